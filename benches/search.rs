//! The index: adding articles in bytes of text per second, and the time of a
//! query.

mod extracted;
mod generator;

use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use ghirbal::document::Document;
use ghirbal::index::Index;
use ghirbal::index::page::Page;
use ghirbal::index::query::Query;
use ghirbal::index::schema::Kind;
use ghirbal::index::search::Search;
use ghirbal::index::writer::Writer;
use ghirbal::normalize::normalize;
use ghirbal::record::Record;
use tempfile::TempDir;

use extracted::extracted;
use generator::Generator;

fn main() {
    divan::main();
}

/// About two megabytes of articles with their records.
static ARTICLES: LazyLock<Vec<(Document, Record<'static>)>> = LazyLock::new(|| {
    let articles = Generator::new(1).articles(2_000_000).into_iter().enumerate();
    extracted(articles.map(|(number, text)| Document {
        id: number.to_string(),
        published: Some("2024-02-14".to_owned()),
        ..Document::from_text(text)
    }))
});

/// An index of all articles, on one thread.
fn build() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = Writer::open(folder.path(), 1).expect("a new index");
    let mut preparer = writer.preparer();
    for (document, record) in ARTICLES.iter() {
        let entry = preparer.prepare(document, &normalize(&document.text), record.clone());
        writer.put(entry).expect("is written");
    }
    writer.close().expect("is committed");
    folder
}

static INDEX: LazyLock<(TempDir, Index)> = LazyLock::new(|| {
    let folder = build();
    let index = Index::open(folder.path()).expect("was just written");
    (folder, index)
});

/// From extracted articles to a committed index.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn index(bencher: Bencher<'_, '_>) {
    let bytes = ARTICLES.iter().map(|(document, _)| document.text.len()).sum::<usize>();
    bencher.counter(BytesCount::new(bytes)).bench_local(build);
}

/// Ten best articles with their snippets.
#[divan::bench(args = ["أسرى", "وزارة الصحة", "\"وقف إطلاق النار\"", "ارتفاع أسعار الخبز في لبنان"])]
fn query(bencher: Bencher<'_, '_>, words: &str) {
    let mut search = Search::new(&INDEX.1);
    bencher.bench_local(|| {
        let query = Query::parse(words, Kind::Article).expect("a query");
        let hits = search.find(&query, &Page::first(10)).expect("a whole index");
        let mut length = 0;
        for hit in &hits.best {
            let document = search.document(hit).expect("is stored");
            length += search.snippet(&document.text, &hits.wanted).text.len();
        }
        (hits.total, length)
    });
}
