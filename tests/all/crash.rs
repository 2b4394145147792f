//! An ingest or a deletion killed at random moments: nothing acknowledged is
//! lost, nothing is there twice, and the same again completes it.
//!
//! `GHIRBAL_KILLS=200` kills so often; by default it is a few times.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use ghirbal::index::search::Search;
use ghirbal::index::{Error, Index, inspect};
use serde_json::{Value, json};

use crate::cli::ghirbal;

/// Documents of an ingest.
const DOCUMENTS: u64 = 300;
/// Documents between two commits.
const COMMIT: &str = "20";
/// Kills where nothing else is asked for.
const KILLS: u64 = 10;

const WORDS: [&str; 24] = [
    "المدينة",
    "القديمة",
    "شاحنة",
    "وصلت",
    "غادر",
    "عاملًا",
    "الميناء",
    "أمس",
    "الحكومة",
    "قررت",
    "افتتاح",
    "مدرسة",
    "جديدة",
    "السوق",
    "الأسعار",
    "ارتفعت",
    "القمح",
    "مزارعون",
    "الشمال",
    "مطر",
    "الطريق",
    "الجسر",
    "مهندس",
    "الماء",
];

/// The next number of the `SplitMix64` sequence.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// The text of a document in one of its versions, with a few claims.
fn text(document: u64, version: u64) -> String {
    let mut state = document * 1_000 + version;
    let mut text = format!("النسخة رقم {version} من الخبر رقم {document}.");
    for _ in 0..4 {
        let mut word = || WORDS[(next(&mut state) % WORDS.len() as u64) as usize];
        let words = [word(), word(), word(), word()].join(" ");
        text += " ";
        text += &words;
        text += " بعد وصول ";
        text += &(next(&mut state) % 900 + 3).to_string();
        text += " شاحنة.";
    }
    text
}

fn write_documents(path: &Path, version: u64) {
    let line = |document| json!({"id": format!("n{document}"), "text": text(document, version)}).to_string();
    let lines: Vec<String> = (0..DOCUMENTS).map(line).collect();
    fs::write(path, lines.join("\n")).expect("writes");
}

/// Begins an ingest of this version into `news.ix`.
fn ingest(folder: &Path, version: u64) -> std::process::Child {
    write_documents(&folder.join("in.jsonl"), version);
    let _ = fs::remove_file(folder.join("acks"));
    let arguments =
        ["ingest", "--quiet", "--index", "news.ix", "--acks", "acks", "--commit", COMMIT, "in.jsonl"];
    ghirbal(folder).args(arguments).stderr(Stdio::null()).spawn().expect("starts")
}

/// Ingests this version to the end. A process that another test starts at this
/// moment holds what this one has open until it becomes itself, so a lock is
/// waited for.
fn ingest_whole(folder: &Path, version: u64) {
    const LOCKED: Option<i32> = Some(5);
    let run = || ingest(folder, version).wait().expect("ends").code();
    let mut code = run();
    for _ in 0..20 {
        if code != LOCKED {
            break;
        }
        std::thread::sleep(Duration::from_millis(200));
        code = run();
    }
    assert_eq!(code, Some(0));
}

/// What the last run has acknowledged: whole lines only.
fn acknowledged(folder: &Path) -> Vec<Value> {
    let acks = fs::read_to_string(folder.join("acks")).unwrap_or_default();
    let whole = &acks[..acks.rfind('\n').map_or(0, |end| end + 1)];
    whole.lines().map(|line| serde_json::from_str(line).expect("a whole line is JSON")).collect()
}

/// Fails where the index in `folder` lacks what `lasting` says, or is not whole.
fn examine(folder: &Path, lasting: &BTreeMap<String, u64>, version: u64) -> usize {
    let index = match Index::open(&folder.join("news.ix")) {
        Err(Error::Missing(_)) if lasting.is_empty() => return 0,
        opened => opened.expect("the index opens"),
    };
    assert_eq!(inspect::check(&index).expect("can be read"), [""; 0]);
    let search = Search::new(&index);
    for (id, &acknowledged) in lasting {
        let article = search.article(id).expect("can be read").unwrap_or_else(|| panic!("{id} is lost"));
        let number: u64 = id[1..].parse().expect("a number");
        let kept = &article.document.text;
        // What was committed and not acknowledged any more may be there.
        assert!(
            [acknowledged, version].iter().any(|v| text(number, *v) == *kept),
            "{id} is of another version"
        );
    }
    inspect::stats(&index).expect("can be read").articles
}

#[test]
fn an_ingest_killed_at_any_moment_loses_and_doubles_nothing() {
    let kills = std::env::var("GHIRBAL_KILLS").map_or(KILLS, |kills| kills.parse().expect("a number"));
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let begin = Instant::now();
    ingest_whole(folder, 0);
    let whole = begin.elapsed();
    fs::remove_dir_all(folder.join("news.ix")).expect("is there");

    let (mut state, mut version, mut lasting) = (1, 0, BTreeMap::new());
    let (mut early, mut between, mut ended) = (0, 0, 0);
    for _ in 0..kills {
        let mut child = ingest(folder, version);
        let share = (next(&mut state) % 1000) as f64 / 1000.0;
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * share));
        child.kill().expect("is killed");
        let done = child.wait().expect("ends").success();
        let acks = acknowledged(folder);
        for ack in &acks {
            lasting.insert(ack["id"].as_str().expect("an id").to_owned(), version);
        }
        examine(folder, &lasting, version);
        *(if done {
            &mut ended
        } else if acks.is_empty() {
            &mut early
        } else {
            &mut between
        }) += 1;
        // What is all there is replaced by another version; else the same goes on.
        version += u64::from(acks.len() as u64 == DOCUMENTS);
    }

    ingest_whole(folder, version);
    let all = (0..DOCUMENTS).map(|number| (format!("n{number}"), version)).collect();
    assert_eq!(examine(folder, &all, version) as u64, DOCUMENTS);
    for _ in 0..kills / 5 {
        for arguments in [&["reindex"][..], &["index", "compact"]] {
            let begun =
                ghirbal(folder).args(arguments).args(["--index", "news.ix"]).stderr(Stdio::null()).spawn();
            let mut child = begun.expect("starts");
            let share = (next(&mut state) % 1000) as f64 / 1000.0;
            std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * share));
            child.kill().expect("is killed");
            child.wait().expect("ends");
            assert_eq!(examine(folder, &all, version) as u64, DOCUMENTS);
        }
    }
    assert!(ingest(folder, version).wait().expect("ends").success());
    assert!(acknowledged(folder).iter().all(|ack| ack["done"] == "unchanged"));
    println!(
        "{kills} kills in {version} versions: {early} before the first acknowledgement, {between} after it, \
         {ended} at the very end; nothing lost, nothing doubled"
    );
}

#[test]
fn a_deletion_killed_at_any_moment_is_done_or_not() {
    let kills = std::env::var("GHIRBAL_KILLS").map_or(KILLS, |kills| kills.parse().expect("a number"));
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    ingest_whole(folder, 0);
    let delete = |ids: &[String]| {
        let mut command = ghirbal(folder);
        command.args(["delete", "--quiet", "--index", "news.ix"]).args(ids).stderr(Stdio::null());
        command.spawn().expect("starts")
    };
    let begin = Instant::now();
    delete(&["nowhere".to_owned()]).wait().expect("ends");
    let whole = begin.elapsed() * 2;
    let (mut state, mut done, mut undone) = (7, 0, 0);
    for _ in 0..kills {
        let gone: Vec<u64> = (0..DOCUMENTS).filter(|_| next(&mut state).is_multiple_of(10)).collect();
        let ids: Vec<String> = gone.iter().map(|number| format!("n{number}")).collect();
        let mut child = delete(&ids);
        let share = (next(&mut state) % 1000) as f64 / 1000.0;
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * share));
        child.kill().expect("is killed");
        let ended = child.wait().expect("ends").success();
        let rest = (0..DOCUMENTS).filter(|number| !gone.contains(number));
        let lasting = rest.map(|number| (format!("n{number}"), 0)).collect();
        let left = examine(folder, &lasting, 0);
        assert!(left == lasting.len() || !ended && left as u64 == DOCUMENTS, "{left} articles are left");
        *(if left == lasting.len() { &mut done } else { &mut undone }) += 1;
        ingest_whole(folder, 0);
        assert_eq!(examine(folder, &lasting, 0) as u64, DOCUMENTS);
    }
    println!("{kills} deletions killed: {done} done, {undone} not; none by half");
}
