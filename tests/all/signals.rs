//! How a run ends before its end: Ctrl-C once and twice, a full disk, a reader
//! that has gone away.
#![cfg(unix)]

use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::cli::ghirbal;

const LINE: &str = "{\"text\":\"أعلنت الوزارة الإفراج عن 350 أسيرًا يوم الأحد.\"}\n";

fn interrupt(child: &Child) {
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(sent.success());
}

#[test]
fn an_interrupt_writes_what_is_finished_and_nothing_by_halves() {
    let here = tempfile::tempdir().expect("a folder");
    let mut command = ghirbal(here.path());
    command.args(["extract", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("starts");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(LINE.repeat(300).as_bytes()).expect("is read");
    let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
    let mut first = String::new();
    stdout.read_line(&mut first).expect("a record comes before the input ends");
    interrupt(&child);
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).expect("reads");
    let output = child.wait_with_output().expect("ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(130), &b"interrupted\n"[..]));
    for line in first.lines().chain(rest.lines()) {
        serde_json::from_str::<Value>(line).expect("a whole record");
    }
    assert!(first.ends_with('\n') && (rest.is_empty() || rest.ends_with('\n')));
    drop(stdin);
}

/// Waits until a file of the folder that is still to take its name has bytes.
fn wait_for_output(folder: &Path) {
    let begun = Instant::now();
    let under_way = |entry: &fs::DirEntry| {
        entry.file_name().to_string_lossy().starts_with(".ghirbal-")
            && entry.metadata().is_ok_and(|meta| meta.len() > 0)
    };
    while !fs::read_dir(folder).expect("reads").flatten().any(|entry| under_way(&entry)) {
        assert!(begun.elapsed() < Duration::from_mins(2), "something is written");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn an_interrupt_keeps_what_is_finished_beside_the_file_that_was_to_be() {
    let here = tempfile::tempdir().expect("a folder");
    fs::write(here.path().join("out.jsonl"), "old").expect("writes");
    let mut command = ghirbal(here.path());
    command.args(["extract", "-", "-o", "out.jsonl", "--errors", "errors.jsonl"]);
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(format!("{{bad\n{}", LINE.repeat(300)).as_bytes()).expect("is read");
    wait_for_output(here.path());
    interrupt(&child);
    let output = child.wait_with_output().expect("ends");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(130), "{said}");
    let read = |name: &str| fs::read_to_string(here.path().join(name)).expect("reads");
    assert_eq!(read("out.jsonl"), "old");
    let kept = read("out.partial.jsonl");
    assert!(kept.ends_with('\n') && kept.lines().count() > 0);
    for line in kept.lines() {
        serde_json::from_str::<Value>(line).expect("a whole record");
    }
    let told = format!("interrupted: {} documents in out.partial.jsonl;", kept.lines().count());
    assert!(said.contains(&told), "{said}");
    assert_eq!(read("errors.partial.jsonl").lines().count(), 1);
    assert_eq!(fs::read_dir(here.path()).expect("reads").count(), 3);
    drop(stdin);
}

#[test]
fn a_second_interrupt_ends_at_once_what_the_first_does_not() {
    let here = tempfile::tempdir().expect("a folder");
    fs::write(here.path().join("in.jsonl"), LINE.repeat(60_000)).expect("writes");
    let mut command = ghirbal(here.path());
    // Nobody reads, so that the writer waits and cannot end.
    command.args(["extract", "in.jsonl"]).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("starts");
    let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
    stdout.read_line(&mut String::new()).expect("it has begun");
    let begun = Instant::now();
    let status = loop {
        interrupt(&child);
        std::thread::sleep(Duration::from_millis(200));
        if let Some(status) = child.try_wait().expect("waits") {
            break status;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "it ends");
    };
    assert_eq!(status.code(), Some(130));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_a_closed_pipe_is_none() {
    let here = tempfile::tempdir().expect("a folder");
    fs::write(here.path().join("in.jsonl"), LINE.repeat(500)).expect("writes");
    let full = || OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    for (arguments, to_full) in [
        (&["extract", "in.jsonl", "-o", "/dev/full"][..], false),
        (&["extract", "in.jsonl"], true),
        (&["normalize", "in.jsonl"], true),
    ] {
        let stdout = if to_full { Stdio::from(full()) } else { Stdio::piped() };
        let output = ghirbal(here.path()).args(arguments).stdout(stdout).output().expect("runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains("No space left"), "{arguments:?}: {said}");
    }
    let mut child =
        ghirbal(here.path()).args(["extract", "in.jsonl"]).stdout(Stdio::piped()).spawn().expect("starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("ends").code(), Some(0), "nobody reads");
}
