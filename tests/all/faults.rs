//! Faults of disks, files and people that an index must survive, each with its
//! message and exit status; docs/RELIABILITY.md has the table.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use ghirbal::index::Index;
use ghirbal::index::search::Search;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::{ghirbal, run};

fn status(output: &Output) -> Option<i32> {
    output.status.code()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Documents `from..to`, as JSON Lines.
fn documents(from: usize, to: usize) -> String {
    let line = |number: usize| {
        let text = format!(
            "الخبر رقم {number}: وصلت {} شاحنة إلى ميناء المدينة رقم {}، وقال مدير الميناء إن {} عاملًا أفرغوها في يوم واحد.",
            number * 7 + 3,
            number * 13,
            number * 3 + 11,
        );
        json!({"id": format!("n{number}"), "text": text}).to_string() + "\n"
    };
    (from..to).map(line).collect()
}

/// A folder with an index of `count` documents.
fn filled(count: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    add(folder.path(), 0, count);
    folder
}

fn add(folder: &Path, from: usize, to: usize) {
    let output = run(folder, &["ingest", "-q", "--index", "news.ix", "-"], &documents(from, to));
    assert_eq!(status(&output), Some(0), "{}", said(&output));
}

fn index(folder: &Path, arguments: &[&str]) -> Output {
    run(folder, &[arguments, &["--index", "news.ix"]].concat(), "")
}

fn articles(folder: &Path) -> u64 {
    let output = index(folder, &["index", "stats", "--json"]);
    assert_eq!(status(&output), Some(0), "{}", said(&output));
    let stats: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    stats["articles"].as_u64().expect("a number")
}

fn is_whole(folder: &Path) -> bool {
    status(&index(folder, &["index", "check"])) == Some(0)
}

fn segment_files(folder: &Path) -> Vec<PathBuf> {
    let segments = folder.join("news.ix/segments");
    let entries = fs::read_dir(segments).expect("is there").map(|entry| entry.expect("an entry").path());
    let is_segment = |path: &PathBuf| {
        let kind = path.extension().and_then(|kind| kind.to_str());
        kind.is_some_and(|kind| ["store", "pos", "idx", "term", "fast", "fieldnorm", "del"].contains(&kind))
    };
    let mut files: Vec<_> = entries.filter(is_segment).collect();
    files.sort();
    files
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_what_was_committed_stands() {
    let folder = filled(50);
    let folder = folder.path();
    fs::write(folder.join("more.jsonl"), documents(50, 1500)).expect("writes");
    // No file may grow beyond these blocks; the signal for it is ignored, so that writing fails.
    let shell = "trap '' XFSZ; ulimit -f 40; exec \"$@\"";
    let program = env!("CARGO_BIN_EXE_ghirbal");
    let arguments = ["ingest", "-q", "--acks", "acks", "--index", "news.ix", "more.jsonl"];
    let output = Command::new("sh")
        .args(["-c", shell, "sh", program])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("starts");
    assert_eq!(status(&output), Some(2), "{}", said(&output));
    assert!(said(&output).contains("what was committed before stands"), "{}", said(&output));
    assert_eq!(fs::read_to_string(folder.join("acks")).expect("was made"), "");
    assert!(is_whole(folder));
    assert_eq!(articles(folder), 50);
    add(folder, 50, 1500);
    assert_eq!(articles(folder), 1500);
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_is_told_and_what_was_acknowledged_stands() {
    let folder = filled(50);
    let folder = folder.path();
    fs::write(folder.join("more.jsonl"), documents(50, 6000)).expect("writes");
    fs::create_dir(folder.join("disk")).expect("is made");
    // A disk of two megabytes; what is on it is copied before it goes.
    let shell = "mount -t tmpfs -o size=2m none disk || exit 99; cp -r news.ix disk; \
                 \"$0\" ingest -q --commit 200 --acks acks --index disk/news.ix more.jsonl; ended=$?; \
                 rm -r news.ix; cp -r disk/news.ix . && exit $ended";
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", shell, env!("CARGO_BIN_EXE_ghirbal")]).current_dir(folder);
    let Ok(output) = command.output() else { return };
    if status(&output) == Some(99) || said(&output).contains("unshare") {
        // No disk can be made here.
        return;
    }
    assert_eq!(status(&output), Some(2), "{}", said(&output));
    // The engine hands the system's words on, or only the sort of error.
    let told =
        ["No space left on device", "no storage space"].iter().any(|words| said(&output).contains(words));
    assert!(told, "{}", said(&output));
    let acks = fs::read_to_string(folder.join("acks")).expect("was made").lines().count() as u64;
    assert!(acks >= 200 && is_whole(folder), "{acks} acknowledged");
    assert_eq!(articles(folder), 50 + acks);
    add(folder, 50, 6000);
    assert_eq!(articles(folder), 6000);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_told_and_read() {
    use std::os::unix::fs::PermissionsExt;

    let folder = filled(5);
    let path = folder.path();
    let set = |mode| {
        for entry in walkdir::WalkDir::new(path) {
            let entry = entry.expect("readable");
            let mode = if entry.file_type().is_dir() { mode | 0o111 } else { mode };
            fs::set_permissions(entry.path(), fs::Permissions::from_mode(mode)).expect("is set");
        }
    };
    set(0o444);
    // Whoever may write everywhere does so as nobody.
    let nobody = fs::File::create(path.join("probe")).is_ok();
    let as_reader_run = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(if nobody { "setpriv" } else { program });
        if nobody {
            command.args(["--reuid=65534", "--clear-groups", program]);
        }
        command.args(arguments).current_dir(path).stdin(Stdio::null()).output()
    };
    let as_reader = |arguments: &[&str]| as_reader_run(env!("CARGO_BIN_EXE_ghirbal"), arguments);
    let listed = as_reader_run("ls", &[&path.join("news.ix").to_string_lossy()]);
    if !listed.is_ok_and(|output| output.status.success()) {
        // A folder above is closed to nobody, or nobody cannot be played here.
        set(0o644);
        return;
    }
    let searched = as_reader(&["search", "--index", "news.ix", "شاحنة"]);
    let written = as_reader(&["ingest", "--index", "news.ix", "nowhere.txt"]);
    set(0o644);
    let (Ok(searched), Ok(written)) = (searched, written) else { return };
    if said(&searched).contains("setpriv") || status(&searched).is_some_and(|code| code > 100) {
        // The program itself cannot be started as nobody here.
        return;
    }
    assert_eq!(status(&searched), Some(0), "{}", said(&searched));
    assert_eq!(status(&written), Some(2), "{}", said(&written));
    assert!(said(&written).contains("Permission denied"), "{}", said(&written));
    assert!(is_whole(path));
}

#[test]
fn a_second_writer_is_told_and_readers_are_not_blocked() {
    let folder = filled(5);
    let path = folder.path();
    fs::create_dir(path.join("in")).expect("is made");
    fs::write(path.join("in/new.jsonl"), documents(5, 6)).expect("writes");
    let mut first = ghirbal(path);
    first.args(["ingest", "-q", "--index", "news.ix", "--acks", "acks", "--watch", "in"]);
    let mut first = first.spawn().expect("starts");
    wait_for(|| fs::read_to_string(path.join("acks")).is_ok_and(|acks| acks.contains("n5")));
    for arguments in [&["ingest", "-q", "-"][..], &["delete", "n1"], &["reindex"], &["index", "compact"]] {
        let second = index(path, arguments);
        assert_eq!(status(&second), Some(5), "{arguments:?}: {}", said(&second));
        assert!(said(&second).contains("another ghirbal is writing"), "{}", said(&second));
    }
    let found = index(path, &["search", "شاحنة"]);
    assert_eq!(status(&found), Some(0), "{}", said(&found));
    assert_eq!(articles(path), 6);
    first.kill().expect("is killed");
    first.wait().expect("ends");
    add(path, 6, 8);
    assert_eq!(articles(path), 8);
}

/// Waits until something holds, at most a minute.
fn wait_for(holds: impl Fn() -> bool) {
    let begin = Instant::now();
    while !holds() {
        assert!(begin.elapsed() < Duration::from_mins(1), "nothing happens");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Every command on an index of which `damaged` is not what was written ends
/// with its message; none dies, and none that writes accepts it.
fn is_told(folder: &Path, damaged: &Path) {
    let name = damaged.file_name().expect("a name").to_string_lossy().into_owned();
    let check = index(folder, &["index", "check"]);
    assert_eq!(status(&check), Some(5), "check passes over {name}: {}", said(&check));
    for arguments in [&["ingest", "-q", "-"][..], &["delete", "n1"], &["index", "compact"]] {
        let output = index(folder, arguments);
        assert_eq!(status(&output), Some(5), "{arguments:?} with {name}: {}", said(&output));
        assert!(said(&output).contains("damaged"), "{}", said(&output));
    }
    for arguments in [&["search", "شاحنة"][..], &["claims", "شاحنة"], &["show", "n3"]] {
        let output = index(folder, arguments);
        // A reader does not compare checksums, and may not come upon the damage.
        assert!(
            matches!(status(&output), Some(0 | 1 | 5)),
            "{arguments:?} with {name}: {} {}",
            output.status,
            said(&output)
        );
    }
}

#[test]
fn damaged_files_are_told_and_healed_where_no_article_is_lost() {
    let folder = filled(40);
    let path = folder.path();
    for file in segment_files(path) {
        let whole = fs::read(&file).expect("is there");
        let mut flipped = whole.clone();
        flipped[whole.len() / 3] ^= 0x10;
        for (damage, content) in [("cut short", &whole[..whole.len() / 2]), ("a bit flipped", &flipped)] {
            fs::write(&file, content).expect("writes");
            is_told(path, &file);
            let keeps = file.extension().is_some_and(|kind| kind == "store");
            let copy = copied(path);
            let again = index(copy.path(), &["reindex", "-q"]);
            let expected = if keeps { 5 } else { 0 };
            assert_eq!(status(&again), Some(expected), "{damage}: {}", said(&again));
            if !keeps {
                assert!(is_whole(copy.path()));
                assert_eq!(articles(copy.path()), 40);
            }
        }
        fs::write(&file, &whole).expect("writes");
        assert!(is_whole(path));
    }
}

/// Articles with another text than `documents` gives them, and those that are
/// there at all.
fn kept(folder: &Path, count: usize) -> (usize, usize) {
    let originals = documents(0, count);
    let index = Index::open(&folder.join("news.ix")).expect("opens");
    let search = Search::new(&index);
    let (mut changed, mut there) = (0, 0);
    for line in originals.lines() {
        let original: Value = serde_json::from_str(line).expect("JSON");
        let article = search.article(original["id"].as_str().expect("an id")).expect("can be read");
        if let Some(article) = article {
            there += 1;
            changed += usize::from(article.document.text != original["text"]);
        }
    }
    (changed, there)
}

#[test]
fn what_can_be_read_of_damaged_articles_is_salvaged() {
    const COUNT: usize = 600;
    let folder = filled(COUNT);
    let path = folder.path();
    // One segment, so that one file has all articles.
    assert_eq!(status(&index(path, &["index", "compact"])), Some(0));
    let is_store = |file: &PathBuf| file.extension().is_some_and(|kind| kind == "store");
    let store = segment_files(path).into_iter().find(is_store).expect("is there");
    let whole = fs::read(&store).expect("is there");
    let mut fewest = COUNT;
    for place in [100, whole.len() / 5, whole.len() / 3, whole.len() / 2] {
        let mut flipped = whole.clone();
        flipped[place] ^= 0x10;
        fs::write(&store, flipped).expect("writes");
        assert_eq!(status(&index(path, &["reindex", "-q"])), Some(5));
        let copy = copied(path);
        let salvaged = index(copy.path(), &["reindex", "--salvage"]);
        assert!(is_whole(copy.path()));
        let (changed, there) = kept(copy.path(), COUNT);
        assert_eq!((changed, there as u64), (0, articles(copy.path())));
        // Damage in a record alone loses nothing, for it is extracted anew; damage
        // beside the articles is told and loses nothing either.
        let told = said(&salvaged).contains("damaged");
        assert_eq!(status(&salvaged), Some(if told { 3 } else { 0 }), "{}", said(&salvaged));
        assert!(told || there == COUNT, "{}", said(&salvaged));
        fewest = fewest.min(there);
        add(copy.path(), 0, COUNT);
        assert_eq!(kept(copy.path(), COUNT), (0, COUNT));
    }
    assert!(fewest > COUNT / 2 && fewest < COUNT, "{fewest}");
    // Without its end the file tells nothing; an empty index does not take its place.
    fs::write(&store, &whole[..whole.len() / 2]).expect("writes");
    let salvaged = index(path, &["reindex", "--salvage"]);
    assert_eq!(status(&salvaged), Some(4), "{}", said(&salvaged));
    fs::write(&store, &whole).expect("writes");
    assert!(is_whole(path));
    assert_eq!(kept(path, COUNT), (0, COUNT));
}

/// A copy of an index, to try something with.
fn copied(folder: &Path) -> TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.expect("readable");
        let target = copy.path().join(entry.path().strip_prefix(folder).expect("inside"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("is made");
        } else {
            fs::copy(entry.path(), target).expect("is copied");
        }
    }
    copy
}

#[test]
fn what_says_which_segments_there_are_is_guarded_too() {
    // The last two are text that the engine itself panics over.
    for (name, old, new) in [
        ("ghirbal.json", "{", ""),
        ("segments/meta.json", "{", ""),
        ("segments/meta.json", "(compression_level=", ""),
        ("segments/meta.json", "\"name\": \"near\"", "\"name\": \"kind\""),
    ] {
        let folder = filled(3);
        let file = folder.path().join("news.ix").join(name);
        let whole = fs::read_to_string(&file).expect("is there");
        assert!(whole.contains(old));
        fs::write(&file, whole.replacen(old, new, 1)).expect("writes");
        for arguments in [&["search", "شاحنة"][..], &["index", "check"], &["ingest", "-"], &["reindex"]]
        {
            let output = index(folder.path(), arguments);
            assert_eq!(status(&output), Some(5), "{name} {arguments:?}: {}", said(&output));
            assert!(said(&output).contains("damaged"), "{}", said(&output));
        }
    }
}

#[test]
fn an_index_of_another_version_is_told_and_made_anew() {
    let folder = filled(30);
    let path = folder.path();
    let label = path.join("news.ix/ghirbal.json");
    let mut ours: Value = serde_json::from_slice(&fs::read(&label).expect("is there")).expect("JSON");
    ours["analyzer_version"] = json!(0);
    fs::write(&label, ours.to_string()).expect("writes");
    for arguments in [&["search", "شاحنة"][..], &["ingest", "-"]] {
        let output = index(path, arguments);
        assert_eq!(status(&output), Some(5), "{}", said(&output));
        assert!(said(&output).contains("version 0") && said(&output).contains("ghirbal reindex"));
    }
    assert_eq!(status(&index(path, &["reindex", "-q"])), Some(0));
    assert!(is_whole(path));
    assert_eq!(articles(path), 30);
    let folders = fs::read_dir(path.join("news.ix")).expect("is there").flatten();
    let segments = folders.filter(|entry| entry.file_name().to_string_lossy().starts_with("segments"));
    assert_eq!(segments.count(), 1);
}

#[test]
fn closing_leaves_no_file_that_nothing_needs() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let arguments = ["ingest", "-q", "--commit", "20", "--index", "news.ix", "-"];
    let output = run(path, &arguments, &documents(0, 600));
    assert_eq!(status(&output), Some(0), "{}", said(&output));
    let meta = fs::read(path.join("news.ix/segments/meta.json")).expect("is there");
    let meta: Value = serde_json::from_slice(&meta).expect("JSON");
    let segments = meta["segments"].as_array().expect("segments").len();
    let is_store = |file: &&PathBuf| file.extension().is_some_and(|kind| kind == "store");
    assert_eq!(segment_files(path).iter().filter(is_store).count(), segments);
    assert!(is_whole(path));
}

#[test]
fn articles_are_deleted_by_identifier() {
    let folder = filled(4);
    let path = folder.path();
    assert_eq!(status(&index(path, &["delete", "n1", "n2"])), Some(0));
    let again = index(path, &["delete", "n1", "n3"]);
    assert_eq!(status(&again), Some(1));
    assert!(said(&again).contains("no article \"n1\"") && said(&again).contains("1 article deleted"));
    assert_eq!(articles(path), 1);
    assert!(is_whole(path));
    assert_eq!(status(&index(path, &["show", "n1"])), Some(1));
    assert_eq!(status(&index(path, &["index", "compact"])), Some(0));
    assert!(is_whole(path));
}

#[test]
fn near_duplicates_are_kept_told_and_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let report = "أعلنت بلدية المدينة يوم الأحد انتهاء أعمال الصيانة في جسر النهر القديم بعد ثلاثة أشهر من الإغلاق، \
                  وقال رئيس البلدية إن الكلفة بلغت مليوني دينار وإن الجسر سيفتح أمام السيارات صباح الغد.";
    let copy = report.replace("يوم الأحد", "أمس");
    let other =
        "سجل المنتخب الوطني ثلاثة أهداف في الشوط الثاني من المباراة التي جرت مساء أمس على ملعب العاصمة.";
    let lines = [("a", report), ("b", &copy), ("c", other)].map(|(id, text)| json!({"id": id, "text": text}));
    let input = lines.map(|line| line.to_string()).join("\n");
    let output = run(path, &["ingest", "--index", "news.ix", "--acks", "-", "-"], &input);
    assert!(
        said(&output).contains("3 added") && said(&output).contains("1 near duplicate"),
        "{}",
        said(&output)
    );
    let acks: Vec<Value> =
        output.stdout.split(|b| *b == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
    assert_eq!(acks[1]["duplicates"][0]["id"], "a");
    assert_eq!(acks[2]["duplicates"], json!([]));
    let groups = index(path, &["index", "duplicates", "--json"]);
    assert_eq!(String::from_utf8_lossy(&groups.stdout), "[\"a\",\"b\"]\n");
    let of_one = index(path, &["index", "duplicates", "b"]);
    assert!(String::from_utf8_lossy(&of_one.stdout).contains("  a"), "{}", said(&of_one));
    assert_eq!(status(&index(path, &["index", "duplicates", "c"])), Some(1));
    let found = index(path, &["search", "--ids", "duplicates:a"]);
    assert_eq!(String::from_utf8_lossy(&found.stdout), "b\n", "{}", said(&found));
}

#[test]
fn a_watched_folder_is_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    fs::create_dir_all(path.join("in/sub")).expect("is made");
    fs::write(path.join("in/1.txt"), "وصلت 12 شاحنة إلى الميناء.").expect("writes");
    let mut watch = ghirbal(path);
    watch.args(["ingest", "-q", "--index", "news.ix", "--acks", "acks", "--watch", "in"]);
    let mut watch = watch.spawn().expect("starts");
    let acks = || fs::read_to_string(path.join("acks")).unwrap_or_default();
    wait_for(|| acks().contains("1.txt"));
    fs::write(path.join("in/sub/2.txt"), "غادرت 5 سفن الميناء.").expect("writes");
    wait_for(|| acks().contains("sub/2.txt"));
    fs::write(path.join("in/1.txt"), "وصلت 13 شاحنة إلى الميناء.").expect("writes");
    wait_for(|| acks().contains("\"replaced\""));
    watch.kill().expect("is killed");
    watch.wait().expect("ends");
    assert_eq!(articles(path), 2);
    assert!(is_whole(path));
}
