//! Searching: the query language, results, counts and pages, through the
//! program and through the library.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Output;
use std::sync::LazyLock;

use ghirbal::index::Index;
use ghirbal::index::facet::{Step, facets};
use ghirbal::index::page::{Page, Sort};
use ghirbal::index::query::Query;
use ghirbal::index::schema::Kind;
use ghirbal::index::search::Search;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::run;
use crate::program::{bless, project};

/// A handful of articles, each made for one question or another.
fn articles() -> Vec<Value> {
    vec![
        json!({"id": "a", "title": "تبادل أسرى في الشمال", "published": "2023-10-05", "source": "وكالة السهل",
               "text": "أُفرج عن 350 أسيرًا مقابل 20 رهينة يوم 3 نوفمبر 2023. وقال الوزير سامي حداد إن وقف إطلاق النار مستمر في بغداد."}),
        json!({"id": "b", "title": "أسعار القمح", "published": "2023-11-20", "source": "وكالة السهل",
               "text": "بلغ الإنتاج ١٠٬٠٠٠ طن في بغداد. ودفعت الشركة 3 ملايين دولار للمزارعين، وكانت دفعت 40 ألف دولار من قبل."}),
        json!({"id": "c", "title": "مستشفيات جديدة", "published": "2024-01-02", "url": "https://news.example.org/c?x=1",
               "text": "افتُتحت المستشفيات الثلاثة في البصرة. والمستشفى الرابع ينتظر وقفا قصيرا لإطلاق النار."}),
        json!({"id": "d", "title": "كرة القدم",
               "text": "فاز الفريق على ضيفه في الدوري. وحضر المباراة ١٢ ألف متفرج في ملعب الأسير."}),
        json!({"id": "e/\u{1b}[31m\u{202e}x", "title": "عنوان \u{1b}]0;x\u{7} <b>", "published": "2024-01-09", "source": "\u{202e}سبق",
               "text": "نص فيه \u{1b}[2J خبر و350 طفلًا \u{202e}معكوس <script>alert(\"1\")</script> & خبر."}),
    ]
}

/// The index of [`articles`], in a folder of its own.
fn indexed() -> TempDir {
    let here = tempfile::tempdir().expect("a folder");
    let lines: Vec<String> = articles().iter().map(Value::to_string).collect();
    fs::write(here.path().join("in.jsonl"), lines.join("\n")).expect("writes");
    let output = run(here.path(), &["ingest", "--quiet", "--index", "ix", "in.jsonl"], "");
    assert!(output.status.success(), "{}", text(&output.stderr));
    here
}

static ARTICLES: LazyLock<TempDir> = LazyLock::new(indexed);

/// The index of the articles of this project.
static CORPUS: LazyLock<TempDir> = LazyLock::new(|| {
    let here = tempfile::tempdir().expect("a folder");
    let articles = project("corpus/articles").display().to_string();
    // Several commits give several segments.
    assert!(run(here.path(), &["ingest", "--quiet", "--index", "ix", &articles], "").status.success());
    let file = project("corpus/articles/taiz-prisoner-swap.txt").display().to_string();
    assert!(run(here.path(), &["ingest", "--quiet", "--index", "ix", &file], "").status.success());
    here
});

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn ask(command: &str, arguments: &[&str]) -> Output {
    let all: Vec<&str> = [command, "--index", "ix"].into_iter().chain(arguments.iter().copied()).collect();
    run(ARTICLES.path(), &all, "")
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("no signal")
}

/// The JSON that a command wrote.
fn parsed(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)))
}

/// The identifiers that a search of [`articles`] gives, sorted; `e` for the odd one.
fn found(arguments: &[&str]) -> String {
    let output = ask("search", &[arguments, &["--json"]].concat());
    let object = parsed(&output);
    let hits = object["hits"].as_array().expect("hits");
    let ids: BTreeSet<_> = hits.iter().map(|hit| hit["id"].as_str().expect("an id").chars().next()).collect();
    assert_eq!(object["total"], hits.len());
    ids.into_iter().flatten().collect()
}

#[test]
fn words_phrases_prefixes_and_fuzzy_words() {
    assert_eq!(found(&["أسرى"]), "ad");
    assert_eq!(found(&["title:أسرى"]), "a");
    assert_eq!(found(&["\"وقف إطلاق النار\""]), "a");
    assert_eq!(found(&["\"وقف النار\""]), "");
    assert_eq!(found(&["\"وقف النار\"~1"]), "a");
    assert_eq!(found(&["\"وقف النار\"~3"]), "ac");
    assert_eq!(found(&["مستشف*"]), "c");
    assert_eq!(found(&["المستش*"]), "c");
    assert_eq!(found(&["مستسفى~1"]), "c");
    assert_eq!(found(&["exact:على"]), "d");
    assert_eq!(found(&["exact:علي"]), "");
    assert_eq!(found(&["exact:المستش*"]), "c");
}

#[test]
fn numbers_are_found_in_every_digit_form() {
    for query in ["350", "٣٥٠", "۳۵۰"] {
        assert_eq!(found(&[query]), "ae", "{query}");
    }
    for query in ["10000", "10,000", "١٠٬٠٠٠", "١٠٠٠٠"] {
        assert_eq!(found(&[query]), "b", "{query}");
    }
}

#[test]
fn operators_and_fields() {
    assert_eq!(found(&["بغداد AND أسرى"]), "a");
    assert_eq!(found(&["بغداد OR البصرة"]), "abc");
    assert_eq!(found(&["(بغداد OR البصرة) AND NOT أسرى"]), "bc");
    assert_eq!(found(&["بغداد -أسرى"]), "b");
    assert_eq!(found(&["NOT بغداد"]), "cde");
    assert_eq!(found(&["+بغداد أسرى"]), "ab");
    assert_eq!(found(&["أسرى place:بغداد"]), "a");
    assert_eq!(found(&["place:(بغداد OR البصرة)"]), "abc");
    assert_eq!(found(&["place:=بغداد"]), "ab");
    assert_eq!(found(&["person:حداد"]), "a");
    assert_eq!(found(&["source:السهل"]), "ab");
    assert_eq!(found(&["source:=\"وكالة السهل\""]), "ab");
    assert_eq!(found(&["outlet:news.example.org"]), "c");
    assert_eq!(found(&["published:2023"]), "ab");
    assert_eq!(found(&["published:2023-11..2024-01-05"]), "bc");
    assert_eq!(found(&["published:[2024 TO *]"]), "ce");
    assert_eq!(found(&["published:٢٠٢٣-١٠"]), "a");
    assert_eq!(found(&["mentions:2023-11"]), "a");
    assert_eq!(found(&["mentions:2023-10..2023-12"]), "a");
    assert_eq!(found(&["mentions:2023-12"]), "");
    assert_eq!(found(&["*"]), "abcde");
    assert_eq!(found(&["id:c"]), "c");
}

#[test]
fn flags_ask_what_the_query_language_asks() {
    for (flags, query) in [
        (&["--all", "بغداد أسرى"][..], "+بغداد +أسرى"),
        (&["--any", "بغداد أسرى"], "بغداد أسرى"),
        (&["--any", "بغداد البصرة", "--none", "أسرى"], "(بغداد OR البصرة) -أسرى"),
        (&["--phrase", "وقف النار", "--slop", "3"], "\"وقف النار\"~3"),
        (&["--prefix", "مستشف"], "مستشف*"),
        (&["--fuzzy", "مستسفى"], "مستسفى~1"),
        (&["--place", "بغداد", "أسرى"], "أسرى place:بغداد"),
        (&["--published", "2023-11..2024-01-05"], "published:2023-11..2024-01-05"),
        (&["--person", "=سامي حداد"], "person:=\"سامي حداد\""),
        (&["--title", "أسعار القمح"], "title:\"أسعار القمح\""),
    ] {
        assert_eq!(found(flags), found(&[query]), "{query}");
        assert_ne!(found(&[query]), "", "{query}");
    }
}

#[test]
fn mistakes_say_where_and_unknown_words_what_was_meant() {
    let output = ask("search", &["أسرى (هدنة"]);
    assert_eq!(status(&output), 2);
    assert!(text(&output.stderr).contains("character 6: the parenthesis is not closed"));
    let output = ask("search", &["--published", "2023-99", "أسرى"]);
    assert!(status(&output) == 2 && text(&output.stderr).contains("--published: 2023-99 is no date"));
    let output = ask("search", &["بغدادد"]);
    assert_eq!(status(&output), 1);
    assert!(text(&output.stderr).contains("did you mean بغداد?"), "{}", text(&output.stderr));
    let output = ask("claims", &["kind:weight"]);
    assert!(text(&output.stderr).contains("count"), "{}", text(&output.stderr));
    assert_eq!(status(&ask("search", &[])), 2);
    let output = ask("search", &["--json", "بغدادد OR أسرى"]);
    let object: Value = parsed(&output);
    assert_eq!(object["unknown"][0], json!({"word": "بغدادد", "at": 1, "suggestions": ["بغداد"]}));
}

#[test]
fn nothing_of_a_document_steers_a_terminal_or_a_page() {
    for arguments in [&["خبر"][..], &["خبر", "--ids"], &["--facets", "خبر"], &["--explain", "خبر"]]
    {
        let output = ask("search", arguments);
        let harmless =
            |c: char| !matches!(c, '\u{1b}' | '\u{7}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        assert!(text(&output.stdout).chars().all(harmless), "{}", text(&output.stdout).escape_debug());
        assert_eq!(status(&output), 0);
    }
    let output = ask("search", &["--json", "350 خبر id:\"e/\u{1b}[31m\u{202e}x\""]);
    let object: Value = parsed(&output);
    let html = object["hits"][0]["snippet"]["html"].as_str().expect("a passage");
    assert!(html.contains("و<b>350</b> طفلًا") && html.contains("&lt;script&gt;"), "{html}");
}

#[test]
fn claims_are_found_by_what_they_say() {
    let values = |arguments: &[&str]| -> Vec<String> {
        let output = ask("claims", &[arguments, &["--json"]].concat());
        let object = parsed(&output);
        let claims = object["hits"].as_array().expect("hits").iter();
        claims.map(|hit| hit["claim"]["value"].to_string()).collect()
    };
    assert_eq!(values(&["noun:أسرى"]), ["350"]);
    assert_eq!(values(&["value:[9000 TO *]", "--sort", "value"]), ["3000000", "40000", "12000", "10000"]);
    assert_eq!(values(&["value:9000..12000", "--sort", "value", "--ascending"]), ["10000", "12000"]);
    assert_eq!(values(&["value:{10000 TO 40000}"]), ["12000"]);
    assert_eq!(values(&["unit:USD", "--sort", "value"]), ["3000000", "40000"]);
    assert_eq!(values(&["unit:دولار value:>50000"]), ["3000000"]);
    assert_eq!(values(&["--value", "[\"مليون دولار\" TO *]"]), ["3000000"]);
    assert_eq!(values(&["kind:money -value:40000"]), ["3000000"]);
    assert_eq!(values(&["place:بغداد kind:measure"]), ["10000"]);
    assert_eq!(values(&["id:d published:2024"]), [""; 0]);
    assert_eq!(values(&["outlet:\"وكالة السهل\" published:2023-11 value:10000"]), ["10000"]);
    let output = ask("search", &["--claims", "noun:أسير"]);
    assert!(text(&output.stdout).contains("350") && text(&output.stdout).contains("1 claim\n"));
    let output = ask("claims", &["--json", "noun:أسير"]);
    let object: Value = parsed(&output);
    assert_eq!(object["hits"][0]["article"]["id"], "a");
    let html = object["hits"][0]["sentence"]["html"].as_str().expect("a sentence");
    assert!(html.contains("<b>350</b> <b>أسيرًا</b>"), "{html}");
    assert_eq!(text(&ask("claims", &["--ids", "noun:أسير"]).stdout), "a\tc1\n");
    assert_eq!(text(&ask("claims", &["--count", "unit:USD"]).stdout), "2\n");
    let csv = ask("claims", &["--csv", "unit:USD"]);
    assert_eq!(
        text(&csv.stdout)
            .lines()
            .filter(|line| line.starts_with("doc_id,") || line.starts_with("b,"))
            .count(),
        3
    );
}

#[test]
fn output_forms_of_articles() {
    assert_eq!(text(&ask("search", &["--count", "بغداد"]).stdout), "2\n");
    let ids = ask("search", &["--ids", "بغداد", "--sort", "date"]);
    assert_eq!(text(&ids.stdout), "b\na\n");
    let ids = ask("search", &["--ids", "بغداد", "--sort", "date", "--ascending"]);
    assert_eq!(text(&ids.stdout), "a\nb\n");
    let csv = ask("search", &["--csv", "بغداد"]);
    assert!(text(&csv.stdout).starts_with("rank,id,score,title,published,source,url,snippet\r\n1,"));
    let drawn = ask("search", &["*", "--histogram", "month", "--count"]);
    let lines: Vec<_> = text(&drawn.stdout).lines().collect();
    assert_eq!(lines.len(), 8, "{lines:?}");
    assert!(lines[5].trim_start().starts_with("2023-12        0"), "{lines:?}");
    assert!(lines[7].trim_start().starts_with("undated        1"), "{lines:?}");
}

#[test]
fn a_file_of_questions_gives_a_run() {
    fs::write(ARTICLES.path().join("questions.tsv"), "q1\tهل بغداد هي؟\nq2\t؟\nq3\tالمستشفى\n")
        .expect("writes");
    let output = ask("search", &["--queries", "questions.tsv", "--format", "trec", "--limit", "5"]);
    let first: Vec<_> = text(&output.stdout)
        .lines()
        .map(|line| line.split(' ').take(3).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(first.len(), 3, "{first:?}");
    assert!(first[0].starts_with("q1 Q0 ") && first[2] == "q3 Q0 c");
    assert!(text(&output.stderr).contains("questions.tsv:2:"));
}

#[test]
fn a_score_is_explained_and_being_new_counts_when_asked() {
    let output = ask("search", &["--json", "--explain", "--recency", "30", "بغداد أسرى"]);
    let object: Value = parsed(&output);
    for hit in object["hits"].as_array().expect("hits") {
        let parts = hit["explanation"].as_array().expect("parts");
        let sum: f64 = parts.iter().map(|part| part["score"].as_f64().expect("a number")).sum();
        assert!((sum - hit["score"].as_f64().expect("a number")).abs() < 1e-3, "{hit}");
        let dated = !hit["published"].is_null();
        assert_eq!(parts.iter().any(|part| part["what"] == "recency"), dated, "{hit}");
    }
}

fn with_corpus<T>(work: impl FnOnce(&mut Search<'_>) -> T) -> T {
    let index = Index::open(&Path::join(CORPUS.path(), "ix")).expect("opens");
    work(&mut Search::new(&index))
}

fn total(search: &mut Search<'_>, query: &str, kind: Kind) -> usize {
    let query = Query::parse(query, kind).unwrap_or_else(|error| panic!("{query}: {error}"));
    search.find(&query, &Page::first(0)).expect("searches").total
}

#[test]
fn counts_of_facets_are_those_of_listing() {
    with_corpus(|search| {
        for (base, kind) in
            [("*", Kind::Article), ("وزارة", Kind::Article), ("*", Kind::Claim), ("مدرسة سفينة", Kind::Claim)]
        {
            let chosen: Vec<_> = facets(kind).collect();
            let query = Query::parse(base, kind).expect("reads");
            let (hits, counts) =
                search.find_and_count(&query, &Page::first(0), &chosen, true).expect("counts");
            assert_eq!(hits.total, counts.total);
            for facet in chosen {
                for value in counts.values(facet, 40) {
                    let listed = total(search, &format!("({base}) AND {}", value.query), kind);
                    assert_eq!(listed, value.count, "{} {}", facet.name, value.query);
                }
            }
            for step in [Step::Day, Step::Month, Step::Year] {
                let histogram = counts.histogram(step);
                assert_eq!(
                    histogram.iter().map(|bucket| bucket.count).sum::<usize>() + counts.undated,
                    hits.total
                );
                for bucket in histogram.iter().filter(|bucket| bucket.count > 0).take(20) {
                    assert_eq!(total(search, &format!("({base}) AND {}", bucket.query), kind), bucket.count);
                }
            }
        }
    });
}

#[test]
fn operators_agree_with_one_another() {
    with_corpus(|search| {
        let mut count = |query: &str| total(search, query, Kind::Article);
        let all = count("*");
        for (a, b) in [("وزارة", "مدينة"), ("مستشف*", "\"الأمم المتحدة\""), ("published:2024", "place:بيروت")]
        {
            assert!(count(a) > 0 && count(b) > 0);
            assert_eq!(count(a) + count(b), count(&format!("{a} OR {b}")) + count(&format!("{a} AND {b}")));
            assert_eq!(count(a) + count(&format!("NOT {a}")), all);
            assert_eq!(count(&format!("NOT ({a} OR {b})")), count(&format!("NOT {a} AND NOT {b}")));
            assert_eq!(count(&format!("{a} NOT {b}")) + count(&format!("{a} AND {b}")), count(a));
        }
    });
}

#[test]
fn pages_follow_one_another_without_gap_or_double() {
    with_corpus(|search| {
        for (query, kind, sort) in [
            ("وزارة مدينة", Kind::Article, Sort::Relevance),
            ("published:2022..", Kind::Article, Sort::Relevance),
            ("وزارة", Kind::Article, Sort::Date),
            ("مدينة", Kind::Claim, Sort::Relevance),
            ("*", Kind::Claim, Sort::Value),
        ] {
            let query = Query::parse(query, kind).expect("reads");
            let whole = search.find(&query, &Page { sort, ..Page::default() }).expect("searches");
            assert!(whole.best.len() == whole.total && whole.next.is_none());
            let (mut cursor, mut seen) = (None, Vec::new());
            loop {
                let page = Page { limit: Some(7), cursor, sort, ..Page::default() };
                let hits = search.find(&query, &page).expect("searches");
                seen.extend(hits.best);
                cursor = hits.next;
                if cursor.is_none() {
                    break;
                }
            }
            assert!(seen == whole.best);
        }
    });
}

#[test]
fn a_cursor_goes_with_its_query() {
    let output = ask("search", &["--json", "--limit", "1", "بغداد"]);
    let object: Value = parsed(&output);
    let next = object["next"].as_str().expect("a second page");
    let second = ask("search", &["--json", "--limit", "1", "--cursor", next, "بغداد"]);
    let second: Value = parsed(&second);
    assert!(second["next"].is_null() && second["hits"][0]["id"] != object["hits"][0]["id"]);
    assert_eq!(status(&ask("search", &["--cursor", next, "البصرة"])), 2);
    assert_eq!(status(&ask("search", &["--cursor", "junk", "بغداد"])), 2);
}

#[test]
fn articles_that_resemble_one_are_found_and_not_itself() {
    let output = run(CORPUS.path(), &["more-like", "--index", "ix", "--ids", "negev-prison-count.txt"], "");
    let ids: Vec<_> = text(&output.stdout).lines().collect();
    assert!(!ids.contains(&"negev-prison-count.txt"));
    let same = run(CORPUS.path(), &["search", "--index", "ix", "--ids", "like:negev-prison-count.txt"], "");
    assert_eq!(text(&same.stdout), text(&output.stdout));
    let none = run(CORPUS.path(), &["more-like", "--index", "ix", "no-such-article"], "");
    assert_eq!(status(&none), 2);
}

#[test]
fn every_field_is_a_flag_with_help() {
    let help = run(ARTICLES.path(), &["search", "--help"], "");
    for field in &ghirbal::index::fields::FIELDS {
        assert!(text(&help.stdout).contains(&format!("--{} <VALUE>", field.name)), "{}", field.name);
    }
}

/// The table of fields in docs/SEARCH.md.
fn table_of_fields() -> String {
    let mut table = "| field | articles | claims | what it finds |\n|---|---|---|---|\n".to_owned();
    for field in &ghirbal::index::fields::FIELDS {
        let [article, claim] =
            [field.articles, field.claims].map(|place| if place.is_some() { "yes" } else { "" });
        table += &["| `", field.name, ":` | ", article, " | ", claim, " | ", field.about, " |\n"].concat();
    }
    table
}

#[test]
fn the_page_of_search_lists_every_field() {
    let path = project("docs/SEARCH.md");
    let page = fs::read_to_string(&path).expect("committed");
    let (before, rest) = page.split_once("<!-- fields -->\n").expect("a place for the table");
    let (old, after) = rest.split_once("<!-- /fields -->").expect("its end");
    if bless() {
        let new = format!("{before}<!-- fields -->\n{}<!-- /fields -->{after}", table_of_fields());
        fs::write(path, new).expect("writes");
        return;
    }
    assert!(old == table_of_fields(), "stale: run the tests with GHIRBAL_BLESS=1");
}

#[test]
fn the_page_of_search_has_the_formula_and_constants_of_ranking() {
    let page = fs::read_to_string(project("docs/SEARCH.md")).expect("committed");
    let source = fs::read_to_string(project("src/index/rank.rs")).expect("committed");
    let formula: Vec<_> = source
        .lines()
        .skip_while(|line| *line != "//! ```text")
        .skip(1)
        .take_while(|line| *line != "//! ```")
        .map(|line| line.trim_start_matches("//! "))
        .collect();
    assert!(formula.len() > 4);
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(squeezed(&page).contains(&squeezed(&formula.join("\n"))), "the formula differs");
    let ranking = ghirbal::index::rank::Ranking::default();
    for value in
        [ranking.k1, ranking.b, ranking.form, ranking.title, ranking.noun, ranking.possible, ranking.nearness]
    {
        assert!(page.contains(&format!("| {value} |")), "{value}");
    }
}
