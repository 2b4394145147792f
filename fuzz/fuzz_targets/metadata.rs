//! Any bytes as what says how the files of an index or of a run belong
//! together, and as a stored article: it is read, or there is a message. The
//! first byte chooses which file they are.

#![no_main]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use ghirbal::cli::journal::Journal;
use ghirbal::document::Document;
use ghirbal::extract::{Lexicons, extract};
use ghirbal::index::folder::damaged_files;
use ghirbal::index::writer::Writer;
use ghirbal::index::{Index, inspect, stored};
use ghirbal::input::Inputs;
use ghirbal::normalize::normalize;
use ghirbal::record::record;
use ghirbal::span::Units;
use libfuzzer_sys::fuzz_target;

/// Files of an index that are put in place of those that were written.
const FILES: [&str; 3] = ["ghirbal.json", "segments/meta.json", "segments/.managed.json"];

/// An index of one article, and its files as they were.
struct Made {
    folder: PathBuf,
    files: [Vec<u8>; FILES.len()],
}

static MADE: LazyLock<Made> = LazyLock::new(|| {
    // The engine's panics over a list of segments are caught; others end the run all the same.
    std::panic::set_hook(Box::new(|_| {}));
    let folder = std::env::temp_dir().join(format!("ghirbal-metadata-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let document = Document {
        id: "a".to_owned(), ..Document::from_text("أعلنت الوزارة وصول 350 شاحنة.")
    };
    let text = normalize(&document.text);
    let found = extract(&text, &Lexicons::builtin(), None);
    let record = record(&document, &text, &found, Units::Chars);
    let mut writer = Writer::open(&folder, 1).expect("a new index");
    let entry = writer.preparer().prepare(&document, &text, record);
    writer.put(entry).expect("is written");
    writer.close().expect("is committed");
    let files = FILES.map(|file| fs::read(folder.join(file)).expect("an index has it"));
    Made { folder, files }
});

fuzz_target!(|bytes: &[u8]| {
    let Some((&which, bytes)) = bytes.split_first() else { return };
    match usize::from(which) % (FILES.len() + 2) {
        file if file < FILES.len() => index(file, bytes),
        file if file == FILES.len() => run(bytes),
        _ => article(bytes),
    }
});

/// The index with one of its files replaced.
fn index(file: usize, bytes: &[u8]) {
    let made = &*MADE;
    let path = made.folder.join(FILES[file]);
    fs::write(&path, bytes).expect("is written");
    match Index::open(&made.folder) {
        Ok(index) => said(inspect::stats(&index)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    said(damaged_files(&made.folder));
    fs::write(&path, &made.files[file]).expect("is written");
}

/// The manifest of a run that is to be resumed.
fn run(bytes: &[u8]) {
    let path = MADE.folder.join("run.manifest.json");
    fs::write(&path, bytes).expect("is written");
    if let Err(error) = Journal::begin(path, true, &Inputs::new(&[]), &[], Vec::new()) {
        assert!(!error.to_string().is_empty());
    }
}

fn article(bytes: &[u8]) {
    let index = Path::new("index");
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (line, found) = (String::from_utf8_lossy(&bytes[..end]).into_owned(), bytes[end..].to_vec());
    said(stored::document(&line, index));
    said(stored::decode(&stored::Pair { line, found }, index));
}

fn said<T>(read: ghirbal::index::Result<T>) {
    if let Err(error) = read {
        assert!(!error.to_string().is_empty());
    }
}
