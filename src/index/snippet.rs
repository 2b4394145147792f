//! The passage of an original text that answers a query best, with the words
//! that match marked, ready for a terminal or a web page.
//!
//! Reads the stored original anew with the analyzer, so that offsets are true
//! whatever marks, strokes and proclitics the text has.

use rustc_hash::FxHashMap;

use super::analyzer::{Analyzer, Word, exact_term};
use crate::normalize::{Gap, Kind, Text, normalize};
use crate::output::page::escape;
use crate::span::Span;

/// Longest passage, in tokens.
const WIDTH: usize = 45;
/// What a second occurrence of a word is worth beside the first.
const REPEATED: f32 = 0.1;

/// What is marked in a text: each term with the number of its query word and
/// the word's weight.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// Words by their stems.
    pub stems: FxHashMap<String, (usize, f32)>,
    /// Words by their folded form or, marked, their exact letters.
    pub forms: FxHashMap<String, (usize, f32)>,
}

impl Wanted {
    /// What a word of a text is wanted for.
    fn find(&self, text: &Text<'_>, token: usize, folded: &str, stems: &[String]) -> Option<(usize, f32)> {
        let stem = || stems.iter().find_map(|stem| self.stems.get(stem));
        let form = || {
            if self.forms.is_empty() {
                return None;
            }
            let exact = || self.forms.get(&exact_term(text.surface(token), folded)?);
            self.forms.get(folded).or_else(exact)
        };
        stem().or_else(form).copied()
    }
}

/// A passage of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// Where the passage stands in the text, in bytes.
    pub span: Span,
    /// Its words as they stand.
    pub text: String,
    /// Matching words, in bytes of the original text.
    pub marks: Vec<Span>,
    /// Whether the text begins before it.
    pub cut_before: bool,
    /// Whether the text goes on after it.
    pub cut_after: bool,
}

/// The best passage of `raw` for the stems `wanted`.
pub fn snippet(raw: &str, wanted: &Wanted, analyzer: &mut Analyzer) -> Snippet {
    let text = normalize(raw);
    let found = matches(&text, wanted, analyzer);
    let (from, to) = place(&text, &best_run(&found));
    let span = text.span(from, to);
    let marks = found.iter().map(|(word, ..)| word.span).filter(|mark| span.contains(mark)).collect();
    let (cut_before, cut_after) = (from > 0, to < text.tokens.len());
    Snippet { span, text: span.of(raw).to_owned(), marks, cut_before, cut_after }
}

/// The whole of `raw` with the stems `wanted` marked.
pub fn whole(raw: &str, wanted: &Wanted, analyzer: &mut Analyzer) -> Snippet {
    let text = normalize(raw);
    let marks = matches(&text, wanted, analyzer).iter().map(|(word, ..)| word.span).collect();
    Snippet { span: Span::new(0, raw.len()), text: raw.to_owned(), marks, ..Snippet::default() }
}

/// The words that are wanted, with number and weight of the query's word.
fn matches(text: &Text<'_>, wanted: &Wanted, analyzer: &mut Analyzer) -> Vec<(Word, usize, f32)> {
    let find = |token: usize, folded: &str, stems: &[String]| wanted.find(text, token, folded, stems);
    let words =
        analyzer.words_where(text, 0, text.tokens.len(), |i, folded, stems| find(i, folded, stems).is_some());
    let numbered = |word: Word| {
        let (number, weight) = find(word.token, &word.folded, &word.stems)?;
        Some((word, number, weight))
    };
    words.into_iter().filter_map(numbered).collect()
}

/// The run of matches within [`WIDTH`] tokens that weighs most: tokens from, to.
fn best_run(found: &[(Word, usize, f32)]) -> (usize, usize) {
    let mut best = (0, 0);
    let mut best_weight = 0.0;
    for (i, (first, ..)) in found.iter().enumerate() {
        let run = found[i..].iter().take_while(|(word, ..)| word.end <= first.token + WIDTH);
        let mut seen: Vec<usize> = Vec::new();
        let mut weight = 0.0;
        let mut end = first.end;
        for (word, number, value) in run {
            let repeated = seen.contains(number);
            seen.push(*number);
            weight += if repeated { value * REPEATED } else { *value };
            end = word.end;
        }
        if weight > best_weight {
            (best, best_weight) = ((first.token, end), weight);
        }
    }
    best
}

/// Widens a run of tokens to a passage: back to the start of its sentence
/// where that is near, and on to the end of one.
fn place(text: &Text<'_>, run: &(usize, usize)) -> (usize, usize) {
    let count = text.tokens.len();
    if count == 0 {
        return (0, 0);
    }
    let spare = WIDTH.saturating_sub(run.1 - run.0);
    let sentence = text.sentences[text.sentence_of(run.0.min(count - 1))];
    let mut from = if run.0 - sentence.start <= spare { sentence.start } else { run.0 - spare / 2 };
    // Not in the middle of a word or right after its proclitic.
    while from > sentence.start
        && (text.tokens[from].gap == Gap::None || text.tokens[from].kind == Kind::Sign)
    {
        from -= 1;
    }
    let limit = (from + WIDTH).max(run.1).min(count);
    let ends = text.sentences.iter().map(|s| s.end).filter(|&end| end >= run.1 && end <= limit);
    let end = ends.max().filter(|end| end + WIDTH / 3 >= limit);
    (from, end.unwrap_or(limit).max(run.1))
}

impl Snippet {
    /// The passage as pieces: text and whether it is marked.
    pub fn pieces(&self) -> impl Iterator<Item = (&str, bool)> {
        let offset = self.span.start;
        let mut at = 0;
        let mut pieces = Vec::with_capacity(self.marks.len() * 2 + 1);
        for mark in &self.marks {
            let (start, end) = (mark.start - offset, mark.end - offset);
            if start >= at {
                pieces.push((&self.text[at..start], false));
                pieces.push((&self.text[start..end], true));
                at = end;
            }
        }
        pieces.push((&self.text[at..], false));
        pieces.into_iter()
    }

    /// The passage as HTML, matching words in `<b>`, everything escaped.
    ///
    /// ```
    /// use ghirbal::index::{analyzer::Analyzer, snippet::{Wanted, snippet}};
    /// let stems = [("350".to_owned(), (0, 1.0))].into_iter().collect();
    /// let wanted = Wanted { stems, ..Wanted::default() };
    /// let found = snippet("بينهم 56 سيدة و350 طفلًا", &wanted, &mut Analyzer::default());
    /// assert_eq!(found.html(), "بينهم 56 سيدة و<b>350</b> طفلًا");
    /// ```
    pub fn html(&self) -> String {
        let mut out = String::with_capacity(self.text.len() + 64);
        if self.cut_before {
            out.push_str("… ");
        }
        for (piece, marked) in self.pieces() {
            let piece = escape(piece);
            if marked {
                out.push_str("<b>");
                out.push_str(&piece);
                out.push_str("</b>");
            } else {
                out.push_str(&piece);
            }
        }
        if self.cut_after {
            out.push_str(" …");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(words: &[&str]) -> Wanted {
        let mut analyzer = Analyzer::default();
        let mut wanted = Wanted::default();
        for (number, word) in words.iter().enumerate() {
            let text = normalize(word);
            for word in analyzer.words(&text, 0, text.tokens.len()) {
                wanted.stems.extend(word.stems.into_iter().map(|stem| (stem, (number, 1.0))));
            }
        }
        wanted
    }

    fn html(raw: &str, words: &[&str]) -> String {
        snippet(raw, &wanted(words), &mut Analyzer::default()).html()
    }

    #[test]
    fn marks_stand_on_the_words_as_written() {
        assert_eq!(html("زار المَديـــنةَ أمس", &["مدينة"]), "زار <b>المَديـــنةَ</b> أمس");
        assert_eq!(html("زار والمدينة", &["المدينة"]), "زار و<b>المدينة</b>");
        assert_eq!(html("بلغ ١٠٬٠٠٠ طن", &["10000"]), "بلغ <b>١٠٬٠٠٠</b> طن");
    }

    #[test]
    fn what_is_not_text_is_escaped() {
        assert_eq!(
            html("<b>سعر</b> & \"ربح\"", &["سعر"]),
            "&lt;b&gt;<b>سعر</b>&lt;/b&gt; &amp; &quot;ربح&quot;"
        );
    }

    #[test]
    fn the_passage_with_most_of_the_query_wins() {
        let filler = "كلام طويل عن الطقس والسفر في فصل الصيف. ".repeat(20);
        let raw =
            format!("وصل القطار متأخرًا. {filler}أعلن الوزير أن القطار الجديد يربط الساحل بالعاصمة. {filler}");
        let found = snippet(&raw, &wanted(&["القطار", "الساحل", "العاصمة"]), &mut Analyzer::default());
        assert!(found.text.contains("أعلن الوزير أن القطار الجديد يربط الساحل بالعاصمة."));
        assert!(found.cut_before && found.cut_after);
        assert_eq!(found.text, found.span.of(&raw));
    }

    #[test]
    fn no_match_gives_the_beginning() {
        assert_eq!(html("نص قصير", &["بعيد"]), "نص قصير");
        assert_eq!(html("", &["بعيد"]), "");
    }
}
