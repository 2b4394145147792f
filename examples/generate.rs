//! Writes JSON Lines of generated articles to standard output, for trying the
//! program on any size.
//!
//! ```text
//! cargo run --release --example generate -- MEGABYTES [SEED] > articles.jsonl
//! ```
//!
//! The sentences are those of `corpus/articles` in an order that the seed
//! decides (1 without one); the same arguments give the same bytes. A line is
//! an article of about 3 kB with `id`, `published` and `text`.

#[path = "../benches/generator.rs"]
mod generator;

use std::io::{self, BufWriter, Write};

use generator::Generator;

/// Bytes of text that are generated at once.
const PIECE: usize = 100_000;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default: Option<u64>| match arguments.next() {
        Some(word) => word.parse().ok(),
        None => default,
    };
    let (Some(megabytes), Some(seed)) = (number(None), number(Some(1))) else {
        eprintln!("usage: generate MEGABYTES [SEED]");
        std::process::exit(2);
    };
    let mut generator = Generator::new(seed);
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut written, mut id) = (0, 0_u64);
    while written < megabytes * 1_000_000 {
        for text in generator.articles(PIECE) {
            id += 1;
            let day = id % 28 + 1;
            let line = serde_json::json!({"id": id.to_string(), "published": format!("2024-02-{day:02}"), "text": text});
            let line = format!("{line}\n");
            out.write_all(line.as_bytes())?;
            written += line.len() as u64;
            if written >= megabytes * 1_000_000 {
                break;
            }
        }
    }
    out.flush()
}
