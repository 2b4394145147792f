//! What stands in a page's article and is none of it: menus, links to other
//! articles, buttons for sharing, the line with the author's name.

use dom_smoothie::Readability;

/// Elements that say of themselves that they are no part of an article.
const ELEMENTS: &str = "nav, aside, footer, [role=navigation], [role=complementary]";
/// What stands before links to other articles and to other places of this one, without vowel marks.
const LABELS: [&str; 20] = [
    "اقرأ أيضا",
    "اقرأ ايضا",
    "إقرأ أيضا",
    "اقرا ايضا",
    "اقرأ المزيد",
    "اقرأ كذلك",
    "شاهد أيضا",
    "شاهد ايضا",
    "طالع أيضا",
    "مواضيع ذات صلة",
    "مواضيع متعلقة",
    "مقالات ذات صلة",
    "مقالات متعلقة",
    "أخبار ذات صلة",
    "أخبار متعلقة",
    "قد يهمك",
    "ربما يعجبك",
    "شارك ",
    "تابعونا",
    "تابعنا على",
];
/// The most labels of a page that are looked at.
const MOST: usize = 20;
/// Bytes of the longest block of links, and how far above its label it may begin.
const LONGEST: usize = 3000;
const ABOVE: usize = 4;
/// Words before an author's name.
const BY: [&str; 8] = ["بقلم", "كتب", "كتبت", "إعداد", "بواسطة", "المصدر", "By", "by"];

/// Takes away what is no part of the article.
pub fn strip(page: &Readability) {
    page.doc.select(ELEMENTS).remove();
    let root = page.doc.root();
    let labels = root.descendants_it().filter(|node| node.is_text() && is_label(&node.text()));
    for label in labels.take(MOST).collect::<Vec<_>>() {
        let mut block = None;
        let mut at = label.parent();
        for _ in 0..ABOVE {
            let Some(node) = at.filter(|node| !node.has_name("body")) else { break };
            let length = node.text().trim().len();
            let linked = node.descendants_it().filter(|n| n.has_name("a")).map(|a| a.text().trim().len());
            let (linked, own) = (linked.sum::<usize>(), label.text().trim().len());
            if length > LONGEST {
                break;
            }
            // A label in a link is that link's.
            let rest = length.saturating_sub(if linked >= length { 0 } else { own });
            if linked > 0 && linked * 4 >= rest * 3 {
                block = Some(node);
            }
            at = node.parent();
        }
        if let Some(block) = block {
            block.remove_from_parent();
        }
    }
}

fn is_label(text: &str) -> bool {
    let text = text.trim_start();
    if !LABELS.iter().any(|label| text.chars().next() == label.chars().next()) {
        return false;
    }
    let bare = text.chars().filter(|c| !('\u{64B}'..='\u{652}').contains(c)).take(40).collect::<String>();
    LABELS.iter().any(|label| bare.starts_with(label))
}

/// The text without lines at its beginning that only name the author.
pub fn without_byline<'t>(text: &'t str, author: Option<&str>) -> &'t str {
    let Some(author) = author.map(str::trim) else { return text };
    let Some((first, rest)) = text.split_once('\n') else { return text };
    let name = first.trim();
    let name = BY.iter().find_map(|by| name.strip_prefix(by)).unwrap_or(name);
    if name.trim_matches([' ', ':', '-', '|', '/']) == author { rest.trim_start() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(body: &str) -> String {
        let page = Readability::new(format!("<html><body>{body}</body></html>"), None, None).expect("a page");
        strip(&page);
        page.doc.select("body").text().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn links_to_other_articles_go_and_the_article_stays() {
        let news = "<p>أعلنت الوزارة وصول <a href=x>12 سفينة</a> إلى الميناء الجديد هذا الأسبوع.</p>";
        let kept = "أعلنت الوزارة وصول 12 سفينة إلى الميناء الجديد هذا الأسبوع.";
        for other in [
            "<div><h4>اقرأ أيضًا</h4><ul><li><a href=1>ارتفاع أسعار الوقود</a></li><li><a href=2>حادث سير</a></li></ul></div>",
            "<p>اقرأ أيضا: <a href=1>ارتفاع أسعار الوقود في المدينة</a></p>",
            "<p><a href=1>إقرأ أيضاً: ارتفاع أسعار الوقود</a></p>",
            "<p>شارك الخبر: <a href=#>فيسبوك</a> <a href=#>تويتر</a> <a href=#>واتساب</a></p>",
            "<nav><a href=/>الرئيسية</a></nav>",
            "<aside>إعلان</aside>",
        ] {
            assert_eq!(stripped(&format!("<article>{news}{other}</article>")), kept, "{other}");
        }
        let shared = "<p>شارك نحو 300 شخص في المسيرة التي دعت إليها النقابة.</p>";
        assert_eq!(stripped(shared), "شارك نحو 300 شخص في المسيرة التي دعت إليها النقابة.");
    }

    #[test]
    fn the_author_s_line_is_no_text() {
        assert_eq!(without_byline("سلمى العلي\n\nأعلنت", Some("سلمى العلي")), "أعلنت");
        assert_eq!(without_byline("بقلم: سلمى العلي\nأعلنت", Some("سلمى العلي")), "أعلنت");
        assert_eq!(without_byline("سلمى العلي وزيرة\nأعلنت", Some("سلمى العلي")), "سلمى العلي وزيرة\nأعلنت");
    }
}
