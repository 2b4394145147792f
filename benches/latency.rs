//! The time of a query over many articles, in process: one to three words,
//! the best ten hits with their passages, and all facets.
//!
//! ```text
//! cargo bench --bench latency                      # 100,000 articles, made anew in a temporary folder
//! cargo bench --bench latency -- FOLDER [ARTICLES] # the index in FOLDER, made where there is none
//! ```
//!
//! Every query is another one, so that nothing is remembered from the one
//! before it save what the program itself keeps. All are asked one after the
//! other in a few rounds, and the best time of each counts: in the others it
//! may have waited for a busy machine.

#[allow(dead_code, reason = "the module serves several benches")]
mod generator;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ghirbal::document::Document;
use ghirbal::extract::{Lexicons, extract};
use ghirbal::index::Index;
use ghirbal::index::analyzer::{Analyzer, is_stop_word};
use ghirbal::index::facet::{Facet, facets};
use ghirbal::index::page::Page;
use ghirbal::index::query::Query;
use ghirbal::index::schema::Kind;
use ghirbal::index::search::Search;
use ghirbal::index::writer::Writer;
use ghirbal::normalize::normalize;
use ghirbal::record::record;
use ghirbal::span::Units;
use rayon::prelude::*;

use generator::Generator;

/// Articles where the command line does not say how many.
const ARTICLES: usize = 100_000;
/// Queries of each length.
const QUERIES: usize = 1000;
/// Times that each is asked.
const ROUNDS: usize = 3;
/// Hits of a page.
const HITS: usize = 10;
/// Values of each facet.
const VALUES: usize = 10;
/// Articles that are worked on at once.
const BATCH: usize = 2000;

fn main() {
    // Cargo adds `--bench`.
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = arguments.next().map_or_else(|| temporary.path().join("index"), PathBuf::from);
    let articles = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(ARTICLES);
    if !folder.exists() {
        let start = Instant::now();
        build(&folder, articles);
        println!("{articles} articles indexed in {:.0} s", start.elapsed().as_secs_f64());
    }
    measure(&folder);
}

/// Indexes generated articles, published over five years.
fn build(folder: &Path, articles: usize) {
    let lexicons = Lexicons::builtin();
    let mut generator = Generator::new(1);
    let mut writer = Writer::open(folder, 2).expect("a new index");
    let preparers = writer.preparers();
    for first in (0..articles).step_by(BATCH) {
        let texts: Vec<(usize, String)> = (first..articles.min(first + BATCH))
            .map(|number| (number, generator.article(1500 + number * 7 % 3000)))
            .collect();
        let prepare = |(number, text): (usize, String)| {
            let published = format!("20{}-{:02}-{:02}", 20 + number % 5, 1 + number % 12, 1 + number % 28);
            let source = format!("وكالة {}", number % 40);
            let document = Document {
                id: number.to_string(),
                published: Some(published),
                source: Some(source),
                ..Document::from_text(text)
            };
            let normal = normalize(&document.text);
            let found = extract(&normal, &lexicons, document.published.as_deref());
            let record = record(&document, &normal, &found, Units::Chars);
            preparers().prepare(&document, &normal, record)
        };
        let entries: Vec<_> = texts.into_par_iter().map(prepare).collect();
        for entry in entries {
            writer.put(entry).expect("is written");
        }
    }
    writer.close().expect("is committed");
}

fn measure(folder: &Path) {
    let index = Index::open(folder).expect("an index");
    let mut search = Search::new(&index);
    let chosen: Vec<&Facet> = facets(Kind::Article).collect();
    let words = words();
    let mut drawn = words.iter().cycle().map(String::as_str);
    // What is read from the disk and kept for a state of the index.
    ask(&mut search, "وزارة", &chosen);
    println!("{:>8} {:>9} {:>9} {:>9} {:>9} {:>12}", "words", "median", "90 %", "99 %", "worst", "mean hits");
    let mut all = Vec::new();
    for length in 1..=3 {
        let query = |_| drawn.by_ref().take(length).collect::<Vec<_>>().join(" ");
        let queries: Vec<String> = (0..QUERIES).map(query).collect();
        let mut times = vec![Duration::MAX; QUERIES];
        let mut hits = 0;
        for _ in 0..ROUNDS {
            for (query, time) in queries.iter().zip(&mut times) {
                let start = Instant::now();
                hits += ask(&mut search, query, &chosen);
                *time = start.elapsed().min(*time);
            }
        }
        report(&length.to_string(), &mut times, Some(hits / QUERIES / ROUNDS));
        all.extend(times);
    }
    report("1 to 3", &mut all, None);
}

/// A page with passages and facets; how many articles match.
fn ask(search: &mut Search<'_>, words: &str, chosen: &[&Facet]) -> usize {
    let query = Query::parse(words, Kind::Article).expect("words");
    let (hits, counts) =
        search.find_and_count(&query, &Page::first(HITS), chosen, true).expect("a whole index");
    for (_, snippet) in search.passages(&hits.best, &hits.wanted).expect("a whole index") {
        std::hint::black_box(snippet.html());
    }
    for facet in chosen {
        std::hint::black_box(counts.values(facet, VALUES));
    }
    hits.total
}

/// Words of running text as they stand, stop words left out, in an order that
/// does not follow the text: frequent words come often.
fn words() -> Vec<String> {
    let text = Generator::new(2).article(400_000);
    let normal = normalize(&text);
    let words = Analyzer::default().words(&normal, 0, normal.tokens.len());
    let telling = words.iter().filter(|word| word.folded.chars().count() > 2 && !is_stop_word(&word.folded));
    let words: Vec<String> = telling.map(|word| word.folded.clone()).collect();
    // A step that shares no factor with the count visits each once.
    let step = (words.len() / 3..words.len()).find(|step| gcd(*step, words.len()) == 1).unwrap_or(1);
    (0..words.len()).map(|i| words[i * step % words.len()].clone()).collect()
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn report(name: &str, times: &mut [Duration], hits: Option<usize>) {
    times.sort_unstable();
    let part = |permille: usize| times[(times.len() - 1) * permille / 1000].as_secs_f64() * 1e3;
    let hits = hits.map(|hits| hits.to_string()).unwrap_or_default();
    println!(
        "{name:>8} {:>6.2} ms {:>6.2} ms {:>6.2} ms {:>6.2} ms {hits:>12}",
        part(500),
        part(900),
        part(990),
        part(1000)
    );
}
