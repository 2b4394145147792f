//! The command line from outside: exit statuses, streams, files, help.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const LINE: &str =
    r#"{"id":"a","text":"أعلنت الوزارة الإفراج عن 350 أسيرًا يوم الأحد.","published":"2024-01-29"}"#;

/// The program, in an empty folder of its own.
pub fn ghirbal(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ghirbal"));
    // The settings of whoever runs the tests are none of theirs.
    command.current_dir(folder).env("GHIRBAL_CONFIG", "").stdin(Stdio::null());
    command
}

/// Runs it with `input` on standard input.
pub fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = ghirbal(folder);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("starts");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.to_owned();
    // A program that does not read its input closes the pipe; that is its affair.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("ends");
    let _ = writer.join();
    output
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        fs::write(folder.path().join(name), content).expect("writes");
    }
    folder
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("no signal")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn records(output: &Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn ids(output: &Output) -> Vec<String> {
    let id = |record: Value| record["doc"]["id"].as_str().expect("an id").to_owned();
    records(output).into_iter().map(id).collect()
}

#[test]
fn status_0_when_all_is_read() {
    let here = folder(&[("a.txt", "قُتل 12 شخصًا."), ("b.jsonl", LINE)]);
    let output = run(here.path(), &["extract", "."], "");
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    assert_eq!(ids(&output), ["a.txt", "a"]);
    assert!(output.stderr.is_empty(), "quiet when piped");
}

#[test]
fn status_2_for_wrong_usage() {
    let here = folder(&[]);
    for arguments in [
        &["extract", "--no-such-flag"][..],
        &["no-such-command"],
        &[],
        &["schema", "none"],
        &["rules", "none/"],
        &["extract", "-", "--bom"],
        &["extract", "-", "-o", "no/such/folder/out.jsonl"],
    ] {
        assert_eq!(status(&run(here.path(), arguments, LINE)), 2, "{arguments:?}");
    }
    for arguments in [&["--help"][..], &["--version"], &["extract", "--help"]] {
        assert_eq!(status(&run(here.path(), arguments, "")), 0, "{arguments:?}");
    }
}

#[test]
fn status_3_when_a_line_is_bad_and_the_rest_is_written() {
    let here = folder(&[]);
    let input = format!("{LINE}\n{{\"id\": \n\n{{\"id\":\"c\",\"text\":\"وصل 3 وزراء\"}}\n");
    let output = run(here.path(), &["extract", "-", "--errors", "errors.jsonl"], &input);
    assert_eq!(status(&output), 3);
    assert_eq!(ids(&output), ["a", "c"]);
    assert!(text(&output.stderr).contains("stdin:2:"), "{}", text(&output.stderr));
    let errors = fs::read_to_string(here.path().join("errors.jsonl")).expect("written");
    let error: Value = serde_json::from_str(errors.trim()).expect("one line of JSON");
    assert_eq!(
        (&error["file"], &error["line"], &error["kind"]),
        (&"stdin".into(), &2.into(), &"bad_json".into())
    );
}

#[test]
fn status_4_when_nothing_can_be_read() {
    let here = folder(&[("empty.txt", ""), ("none.jsonl", "{}\n")]);
    fs::create_dir(here.path().join("bare")).expect("a folder");
    for path in ["empty.txt", "none.jsonl", "bare", "nowhere.txt", "*.csv", "-"] {
        for command in ["extract", "normalize", "analyze"] {
            let output = run(here.path(), &[command, path], "");
            assert_eq!(status(&output), 4, "{command} {path}");
            assert_eq!(text(&output.stderr).lines().count(), 1, "{command} {path}: {}", text(&output.stderr));
        }
    }
}

#[test]
fn every_kind_of_bad_input_is_one_message() {
    let here = folder(&[
        ("good.txt", "عاد 5 نازحين."),
        ("empty.txt", " \n"),
        ("side.txt", "نص"),
        ("side.json", "[]"),
    ]);
    fs::write(here.path().join("latin.txt"), b"\xC7\xE1 abc").expect("writes");
    fs::write(here.path().join("torn.jsonl.gz"), [0x1F, 0x8B, 8, 0, 0]).expect("writes");
    let output = run(here.path(), &["extract", ".", "nowhere", "--errors", "errors.out"], "");
    assert_eq!((status(&output), ids(&output)), (3, vec!["good.txt".to_owned()]));
    let errors = fs::read_to_string(here.path().join("errors.out")).expect("written");
    let kind =
        |line: &str| serde_json::from_str::<Value>(line).expect("JSON")["kind"].as_str().map(str::to_owned);
    let kinds: Vec<_> = errors.lines().filter_map(kind).collect();
    assert_eq!(kinds, ["empty", "not_utf8", "bad_sidecar", "unreadable", "no_such_file"]);
}

#[test]
fn a_closed_pipe_is_success() {
    let here = folder(&[]);
    let many = format!("{LINE}\n").repeat(20_000);
    fs::write(here.path().join("many.jsonl"), many).expect("writes");
    for arguments in
        [&["extract", "many.jsonl"][..], &["analyze", "many.jsonl"], &["normalize", "many.jsonl"]]
    {
        let mut child = ghirbal(here.path())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        let mut first = String::new();
        let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
        stdout.read_line(&mut first).expect("a line");
        drop(stdout);
        let output = child.wait_with_output().expect("ends");
        assert_eq!((status(&output), text(&output.stderr)), (0, ""), "{arguments:?}");
    }
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let here = folder(&[]);
    let line = |i: usize| {
        let text = "قالت الهيئة إن 40% من الأسر نزحت منذ 7 أكتوبر 2023. ".repeat(i % 7 + 1);
        let text = if i.is_multiple_of(97) { text.repeat(200) } else { text };
        if i % 50 == 3 { "{broken\n".to_owned() } else { format!("{{\"id\":{i},\"text\":\"{text}\"}}\n") }
    };
    fs::write(here.path().join("in.jsonl"), (0..700).map(line).collect::<String>()).expect("writes");
    let with = |threads: &str| run(here.path(), &["extract", "in.jsonl", "--threads", threads], "");
    let one = with("1");
    assert_eq!((status(&one), ids(&one).len()), (3, 686));
    for threads in ["4", "0"] {
        let other = with(threads);
        assert!(one.stdout == other.stdout, "{threads} threads write the same");
        assert!(one.stderr == other.stderr, "{threads} threads say the same");
    }
}

#[test]
fn output_appears_whole_or_not_at_all() {
    let here = folder(&[("out.jsonl", "old\n"), ("in.jsonl", LINE)]);
    let out = here.path().join("out.jsonl");
    // The error file cannot be made, so nothing is written.
    let failed =
        run(here.path(), &["extract", "in.jsonl", "-o", "out.jsonl", "--errors", "no/such/folder"], "");
    assert_eq!((status(&failed), fs::read_to_string(&out).expect("reads").as_str()), (2, "old\n"));
    let done = run(here.path(), &["extract", "in.jsonl", "-o", "out.jsonl"], "");
    assert_eq!((status(&done), done.stdout.len()), (0, 0));
    assert!(fs::read_to_string(&out).expect("reads").starts_with("{\"schema_version\""));
    assert_eq!(fs::read_dir(here.path()).expect("reads").count(), 2, "no temporary file is left");
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_the_output_as_it_was() {
    let here = folder(&[("out.jsonl", "old\n")]);
    let mut child = ghirbal(here.path())
        .args(["extract", "-", "-o", "out.jsonl"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(format!("{LINE}\n").repeat(2000).as_bytes()).expect("is read");
    let signalled = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(signalled.success());
    let output = child.wait_with_output().expect("ends");
    assert_eq!(status(&output), 130);
    assert!(text(&output.stderr).starts_with("interrupted"), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(here.path().join("out.jsonl")).expect("reads"), "old\n");
    // What was finished until then, if anything was.
    let _ = fs::remove_file(here.path().join("out.partial.jsonl"));
    assert_eq!(fs::read_dir(here.path()).expect("reads").count(), 1, "no temporary file is left");
    drop(stdin);
}

#[test]
fn packed_files_and_standard_input_are_recognised_by_content() {
    let here = folder(&[]);
    let packed = zstd::encode_all(format!("{LINE}\n").as_bytes(), 1).expect("packs");
    fs::write(here.path().join("misnamed.data"), packed).expect("writes");
    assert_eq!(ids(&run(here.path(), &["extract", "misnamed.data"], "")), ["a"]);
    assert_eq!(ids(&run(here.path(), &["extract"], &format!("\u{FEFF}\r\n{LINE}\r\n"))), ["a"]);
    assert_eq!(ids(&run(here.path(), &["extract", "-"], "نص بلا حقول")), ["stdin"]);
}

#[test]
fn metadata_and_unknown_fields_reach_the_record() {
    let here = folder(&[]);
    let input = r#"{"id":7,"text":"نص","title":"عنوان","url":"https://example.org/7","published":"الأحد","desk":"محليات"}"#;
    let output = run(here.path(), &["extract", "-"], input);
    assert_eq!(status(&output), 0, "a warning rejects nothing");
    assert!(text(&output.stderr).contains("published"), "{}", text(&output.stderr));
    let doc = &records(&output)[0]["doc"];
    assert_eq!((&doc["id"], &doc["published"]), (&"7".into(), &Value::Null));
    assert_eq!((&doc["source"], &doc["extra"]["desk"]), (&"https://example.org/7".into(), &"محليات".into()));
}

#[test]
fn offsets_count_what_is_asked_for() {
    let here = folder(&[]);
    for (unit, length) in [("chars", 4), ("bytes", 9), ("utf16", 5)] {
        let doc =
            &records(&run(here.path(), &["extract", "-", "--offsets", unit], "نص\u{1F600}\n"))[0]["doc"];
        assert_eq!((&doc["chars"], &doc["offsets"]), (&length.into(), &unit.into()));
    }
}

#[test]
fn csv_begins_with_the_columns_and_perhaps_a_mark() {
    let here = folder(&[("in.jsonl", LINE)]);
    let output = run(here.path(), &["extract", "in.jsonl", "--format", "csv", "--bom"], "");
    assert!(text(&output.stdout).starts_with("\u{FEFF}doc_id,doc_source,"), "{}", text(&output.stdout));
    let named = run(here.path(), &["extract", "in.jsonl", "--format", "spreadsheet"], "");
    assert_eq!(named.stdout, output.stdout);
    let by_ending = run(here.path(), &["extract", "in.jsonl", "-o", "out.csv"], "");
    assert_eq!(status(&by_ending), 0);
    assert!(fs::read_to_string(here.path().join("out.csv")).expect("written").starts_with("doc_id,"));
}

#[test]
fn normalize_folds_by_profile() {
    let here = folder(&[]);
    let folded = |profile| {
        let output = run(here.path(), &["normalize", "--profile", profile], "إلى مَدرَسةٍ ٣٥٠ــ\n");
        text(&output.stdout).to_owned()
    };
    assert_eq!(folded("exact"), "إلى مَدرَسةٍ ٣٥٠\n");
    assert_eq!(folded("light"), "الى مدرسة 350\n");
    assert_eq!(folded("search"), "الي مدرسه 350\n");
}

#[test]
fn analyze_shows_tokens_with_proclitics() {
    let here = folder(&[]);
    let output = run(here.path(), &["analyze", "--json"], "وبالمدرسة و350 طفلًا");
    let tokens = records(&output);
    let folded: Vec<_> = tokens.iter().map(|t| t["folded"].as_str().expect("text")).collect();
    assert_eq!(folded, ["وبالمدرسه", "و", "350", "طفلا"]);
    assert_eq!(tokens[0]["proclitics"][2], "وب+ال+مدرسه");
    let table = run(here.path(), &["analyze", "--tsv"], "وصل\u{1b}[31m وفد");
    assert!(!text(&table.stdout).contains('\u{1b}'), "nothing of a text steers the terminal");
    assert_eq!(text(&table.stdout).lines().next().map(|h| h.split('\t').count()), Some(9));
}

#[test]
fn every_command_has_help_with_examples() {
    let here = folder(&[]);
    let help = run(here.path(), &["--help"], "");
    let commands =
        text(&help.stdout).lines().skip_while(|l| *l != "Commands:").skip(1).take_while(|l| !l.is_empty());
    let names: Vec<_> =
        commands.filter_map(|l| l.split_whitespace().next()).filter(|n| *n != "help").collect();
    assert!(names.len() >= 7, "{names:?}");
    for name in names {
        let output = run(here.path(), &[name, "--help"], "");
        assert!(text(&output.stdout).contains("Examples:"), "{name}");
    }
}

#[test]
fn completions_and_manual_pages_are_made() {
    let here = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(here.path(), &["completions", shell], "");
        assert!(text(&output.stdout).contains("extract"), "{shell}");
    }
    assert!(text(&run(here.path(), &["man"], "").stdout).contains(".TH"));
    assert_eq!(status(&run(here.path(), &["man", "--dir", "man"], "")), 0);
    for page in ["ghirbal.1", "ghirbal-extract.1", "ghirbal-schema.1"] {
        assert!(here.path().join("man").join(page).is_file(), "{page}");
    }
}

#[test]
fn an_output_is_not_replaced_where_nothing_can_be_read() {
    let here = tempfile::tempdir().expect("a folder");
    let place = here.path().join("out.jsonl");
    let extract = |input: &str| run(here.path(), &["extract", input, "-o", "out.jsonl"], "").status.code();
    assert_eq!(extract("mistyped.txt"), Some(4));
    assert!(!place.exists());
    fs::write(here.path().join("in.jsonl"), LINE).expect("writes");
    assert_eq!(extract("in.jsonl"), Some(0));
    let before = fs::read(&place).expect("is there");
    assert_eq!(extract("mistyped.txt"), Some(4));
    assert_eq!(fs::read(&place).expect("is there"), before);
}

#[test]
fn a_document_too_long_to_be_read_at_once_is_one_record_like_any_other() {
    let line = "أعلنت وزارة الصحة الإفراج عن 350 أسيرًا من بغداد يوم 7 أكتوبر 2023.";
    let long = format!("{line}{}{line}", "\n".repeat(3 << 20));
    let folder = folder(&[("long.txt", &long)]);
    let extract =
        |arguments: &[&str]| run(folder.path(), &[&["extract", "-q", "long.txt"], arguments].concat(), "");
    let found = extract(&[]);
    let [record] = &records(&found)[..] else { panic!("one record: {}", text(&found.stderr)) };
    assert_eq!(record["doc"]["chars"], long.chars().count());
    let [first, second] = &record["claims"].as_array().expect("claims")[..] else { panic!("{record}") };
    assert_eq!((&first["id"], &second["id"], &second["time"]), (&"c1".into(), &"c2".into(), &"d2".into()));
    let apart = line.chars().count() as u64 + (3 << 20);
    assert_eq!(second["start"].as_u64(), first["start"].as_u64().map(|start| start + apart));
    let entities = record["entities"].as_array().expect("entities");
    assert_eq!(entities[0]["entity_id"], entities[entities.len() / 2]["entity_id"]);
    // A format that needs the whole document tells the same claims.
    let flat = extract(&["--flat"]);
    let rows: Vec<_> =
        records(&flat).into_iter().map(|row| (row["start"].clone(), row["time"].clone())).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!((&rows[1].0, &rows[1].1), (&second["start"], &"يوم 7 أكتوبر 2023".into()));
    let refused = extract(&["--max-document", "1MiB"]);
    assert_eq!(status(&refused), 4);
    assert!(text(&refused.stderr).contains("long.txt: longer than 1 MiB"), "{}", text(&refused.stderr));
}
