//! Text of any size for benchmarks: sentences of `corpus/articles` in an order
//! that a seed decides. The same seed gives the same text everywhere.
//!
//! `examples/generate.rs` writes it as JSON Lines; the benches include this
//! file as a module.

use std::fs;
use std::path::Path;

/// Sentences of all articles, ready to be recombined.
pub struct Generator {
    sentences: Vec<String>,
    state: u64,
}

impl Generator {
    /// Reads the articles of this project.
    ///
    /// # Panics
    /// When `corpus/articles` is not there.
    pub fn new(seed: u64) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles");
        let entries = fs::read_dir(folder).expect("corpus/articles is part of the project");
        let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|e| e == "txt"));
        paths.sort();
        let texts = paths.iter().map(|path| fs::read_to_string(path).expect("an article is UTF-8"));
        let sentences: Vec<String> = texts.flat_map(|text| sentences(&text)).collect();
        assert!(!sentences.is_empty(), "articles have sentences");
        Self { sentences, state: seed }
    }

    /// The next number of the `SplitMix64` sequence.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// An article of at least `bytes` bytes, a paragraph every few sentences.
    pub fn article(&mut self, bytes: usize) -> String {
        let mut text = String::with_capacity(bytes + 1024);
        while text.len() < bytes {
            let drawn = self.next();
            text.push_str(&self.sentences[(drawn % self.sentences.len() as u64) as usize]);
            text.push(if drawn >> 61 == 0 { '\n' } else { ' ' });
        }
        text
    }

    /// Articles of about 3 kB, as news has them, of `bytes` bytes together.
    pub fn articles(&mut self, bytes: usize) -> Vec<String> {
        let mut articles = Vec::new();
        let mut written = 0;
        while written < bytes {
            let size = 1500 + (self.next() % 3000) as usize;
            let article = self.article(size);
            written += article.len();
            articles.push(article);
        }
        articles
    }
}

/// The sentences of a text, as the program finds them.
fn sentences(text: &str) -> Vec<String> {
    let normal = ghirbal::normalize::normalize(text);
    let spans = normal.sentences.iter().map(|s| normal.span(s.start, s.end));
    spans.map(|span| span.of(text).to_owned()).collect()
}
