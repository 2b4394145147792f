//! Every stage, and the whole, in bytes of text per second.
//!
//! `cargo bench` runs all, `cargo bench -- extract` those with that in their
//! name. Results are kept in `README.md` beside this file.

mod generator;

use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use ghirbal::document::Document;
use ghirbal::extract::{self, Lexicons, Reading, date, entity, number, unit};
use ghirbal::normalize::letters::SEARCH;
use ghirbal::normalize::normalize;
use ghirbal::output::jsonl;
use ghirbal::record::record;
use ghirbal::span::Units;
use unicode_segmentation::UnicodeSegmentation;

use generator::Generator;

fn main() {
    divan::main();
}

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(Lexicons::builtin);

/// About a megabyte of articles.
static ARTICLES: LazyLock<Vec<String>> = LazyLock::new(|| Generator::new(1).articles(1_000_000));

const PUBLISHED: Option<&str> = Some("2024-02-14");

fn bytes() -> BytesCount {
    BytesCount::new(ARTICLES.iter().map(String::len).sum::<usize>())
}

/// Benches `stage` over all articles.
fn each<T>(bencher: Bencher<'_, '_>, mut stage: impl FnMut(&str) -> T) {
    LazyLock::force(&LEXICONS);
    bencher.counter(bytes()).bench_local(|| {
        for article in ARTICLES.iter() {
            black_box(stage(black_box(article)));
        }
    });
}

/// Benches `stage` over what `prepare` makes of all articles beforehand.
fn prepared<'a, P, T>(
    bencher: Bencher<'_, '_>,
    prepare: impl Fn(&'a str) -> P,
    mut stage: impl FnMut(&P) -> T,
) {
    let all: Vec<P> = ARTICLES.iter().map(|article| prepare(article)).collect();
    bencher.counter(bytes()).bench_local(|| {
        for one in &all {
            black_box(stage(black_box(one)));
        }
    });
}

/// One thread, text to findings, beside words alone on the same text.
mod whole {
    use super::{ARTICLES, Bencher, Document, LEXICONS, PUBLISHED, UnicodeSegmentation, Units};
    use super::{bytes, each, extract, jsonl, normalize, record};

    #[divan::bench]
    fn extract(bencher: Bencher<'_, '_>) {
        each(bencher, |text| extract::extract(&normalize(text), &LEXICONS, PUBLISHED));
    }

    #[divan::bench]
    fn unicode_words(bencher: Bencher<'_, '_>) {
        each(bencher, |text| text.unicode_words().count());
    }

    #[divan::bench]
    fn text_to_json(bencher: Bencher<'_, '_>) {
        let documents: Vec<_> = ARTICLES.iter().map(Document::from_text).collect();
        let mut out = Vec::new();
        bencher.counter(bytes()).bench_local(|| {
            out.clear();
            for document in &documents {
                let text = normalize(&document.text);
                let found = extract::extract(&text, &LEXICONS, PUBLISHED);
                jsonl::line(&record(document, &text, &found, Units::Chars), &mut out);
            }
            out.len()
        });
    }
}

/// The stages alone, each on what the one before it gives.
mod stage {
    use super::{ARTICLES, Bencher, Document, LEXICONS, PUBLISHED, Reading, SEARCH, Units, black_box};
    use super::{bytes, date, each, entity, extract, jsonl, normalize, number, prepared, record, unit};

    #[divan::bench]
    fn a_fold(bencher: Bencher<'_, '_>) {
        let mut out = String::new();
        each(bencher, move |text| {
            out.clear();
            SEARCH.fold_into(text, &mut out);
            out.len()
        });
    }

    #[divan::bench]
    fn b_normalize(bencher: Bencher<'_, '_>) {
        each(bencher, |text| normalize(text).tokens.len());
    }

    #[divan::bench]
    fn c_look_up(bencher: Bencher<'_, '_>) {
        prepared(bencher, normalize, |text| Reading::new(text, &LEXICONS.vocabulary).len());
    }

    #[divan::bench]
    fn d_numbers(bencher: Bencher<'_, '_>) {
        on_readings(bencher, |reading| number::read(reading, &LEXICONS.numbers, &LEXICONS.lemmas).len());
    }

    #[divan::bench]
    fn e_units(bencher: Bencher<'_, '_>) {
        on_readings(bencher, |reading| unit::read(reading, &LEXICONS.units).len());
    }

    #[divan::bench]
    fn f_dates(bencher: Bencher<'_, '_>) {
        on_readings(bencher, |reading| date::read(reading, &LEXICONS.dates, PUBLISHED).len());
    }

    #[divan::bench]
    fn g_entities(bencher: Bencher<'_, '_>) {
        on_readings(bencher, |reading| {
            entity::read(reading, &LEXICONS.entities, &mut entity::Identities::default()).len()
        });
    }

    #[divan::bench]
    fn h_claims(bencher: Bencher<'_, '_>) {
        on_readings(bencher, |reading| {
            // Of all numbers, also those that a date or a name would take.
            let units = unit::read(reading, &LEXICONS.units);
            extract::claim::read(reading, &LEXICONS, &units).len()
        });
    }

    #[divan::bench]
    fn i_records(bencher: Bencher<'_, '_>) {
        let texts: Vec<_> = ARTICLES.iter().map(|article| normalize(article)).collect();
        let found: Vec<_> = texts.iter().map(|text| extract::extract(text, &LEXICONS, PUBLISHED)).collect();
        let documents: Vec<_> = ARTICLES.iter().map(Document::from_text).collect();
        let mut out = Vec::new();
        bencher.counter(bytes()).bench_local(|| {
            out.clear();
            for ((document, text), found) in documents.iter().zip(&texts).zip(&found) {
                jsonl::line(&record(document, text, found, Units::Chars), &mut out);
            }
            out.len()
        });
    }

    /// Benches `stage` over readings that know their numbers.
    fn on_readings<T>(bencher: Bencher<'_, '_>, mut stage: impl FnMut(&Reading<'_>) -> T) {
        let texts: Vec<_> = ARTICLES.iter().map(|article| normalize(article)).collect();
        let ready = |text| {
            let mut reading = Reading::new(text, &LEXICONS.vocabulary);
            let numbers = number::read(&reading, &LEXICONS.numbers, &LEXICONS.lemmas);
            reading.set_numbers(numbers);
            reading
        };
        let readings: Vec<_> = texts.iter().map(ready).collect();
        bencher.counter(bytes()).bench_local(|| {
            for reading in &readings {
                black_box(stage(black_box(reading)));
            }
        });
    }
}

/// What a command pays once.
#[divan::bench]
fn load_lists() -> Lexicons {
    Lexicons::builtin()
}
