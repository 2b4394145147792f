//! Pages for people: what they show is what the program does.

use std::fs;
#[cfg(unix)]
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cli::run;
use crate::program::{bless, project};

/// Pages whose `console` blocks are run.
#[cfg(unix)]
const PAGES: [&str; 3] = ["README.md", "docs/lexicon.md", "docs/large-runs.md"];

fn page(path: &str) -> String {
    fs::read_to_string(project(path)).expect("committed")
}

fn readme() -> String {
    page("README.md")
}

/// A fenced block of a page.
#[derive(Debug, Default)]
struct Block {
    /// The comment on the line before it, `<!-- name -->`.
    name: String,
    language: String,
    lines: Vec<String>,
}

/// The fenced blocks of a Markdown page, in order.
fn blocks(page: &str) -> Vec<Block> {
    let (mut blocks, mut open, mut name) = (Vec::new(), None::<Block>, String::new());
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => {
                let language = language.to_owned();
                open = Some(Block { name: std::mem::take(&mut name), language, lines: Vec::new() });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => block.lines.push(line.to_owned()),
            (None, None) => {
                let comment = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
                comment.unwrap_or_default().clone_into(&mut name);
            }
        }
    }
    blocks
}

fn block(name: &str) -> Block {
    let found = blocks(&readme()).into_iter().find(|block| block.name == name);
    found.unwrap_or_else(|| panic!("README.md has no block {name}"))
}

/// Whether `line` has the form of `pattern`, in which `[..]` stands for anything.
fn line_matches(pattern: &str, line: &str) -> bool {
    let Some((before, rest)) = pattern.split_once("[..]") else { return pattern == line };
    let Some(tail) = line.strip_prefix(before) else { return false };
    (0..=tail.len()).filter(|&i| tail.is_char_boundary(i)).any(|i| line_matches(rest, &tail[i..]))
}

/// Whether `lines` have the form of `pattern`, in which a line `...` stands
/// for any number of lines.
fn matches(pattern: &[String], lines: &[&str]) -> bool {
    match pattern {
        [] => lines.is_empty(),
        [any, rest @ ..] if any == "..." => (0..=lines.len()).any(|i| matches(rest, &lines[i..])),
        [first, rest @ ..] => {
            lines.first().is_some_and(|line| line_matches(first, line)) && matches(rest, &lines[1..])
        }
    }
}

/// A folder as a reader of the pages has it: the corpus, the pages, and the article.
#[cfg(unix)]
fn workplace() -> tempfile::TempDir {
    let here = tempfile::tempdir().expect("a folder");
    for folder in ["corpus", "docs"] {
        std::os::unix::fs::symlink(project(folder), here.path().join(folder)).expect("links");
    }
    fs::write(here.path().join("article.txt"), block("article").lines.join("\n")).expect("writes");
    here
}

/// What a shell prints for `command`, standard error included.
#[cfg(unix)]
fn shell(folder: &Path, command: &str) -> String {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_ghirbal"));
    let mut path = program.parent().expect("a folder").as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &format!("exec 2>&1; {command}")]).current_dir(folder).env("PATH", path);
    String::from_utf8(shell.output().expect("runs").stdout).expect("UTF-8")
}

#[cfg(unix)]
#[test]
fn commands_print_what_the_pages_show() {
    for path in PAGES {
        run_page(path);
    }
}

/// Runs the commands of a page in order.
#[cfg(unix)]
fn run_page(path: &str) {
    let here = workplace();
    let mut shown = 0;
    for block in blocks(&page(path)).iter().filter(|block| block.language == "console") {
        let mut lines = block.lines.as_slice();
        while let [prompt, rest @ ..] = lines {
            let command = prompt.strip_prefix("$ ").expect("a command");
            let end = rest.iter().position(|line| line.starts_with("$ ")).unwrap_or(rest.len());
            let printed = shell(here.path(), command);
            let printed_lines: Vec<_> = printed.lines().collect();
            assert!(matches(&rest[..end], &printed_lines), "{path}: {command} printed\n{printed}");
            lines = &rest[end..];
            shown += 1;
        }
    }
    assert!(shown > 0);
}

/// Whether everything that `excerpt` says stands in `whole`; objects may have
/// more fields, arrays more items at their end.
fn is_excerpt(excerpt: &Value, whole: &Value) -> bool {
    match (excerpt, whole) {
        (Value::Object(excerpt), Value::Object(whole)) => {
            excerpt.iter().all(|(key, value)| whole.get(key).is_some_and(|other| is_excerpt(value, other)))
        }
        (Value::Array(excerpt), Value::Array(whole)) => {
            excerpt.len() <= whole.len() && excerpt.iter().zip(whole).all(|(a, b)| is_excerpt(a, b))
        }
        _ => excerpt == whole,
    }
}

#[test]
fn the_record_in_the_readme_is_an_excerpt_of_the_real_one() {
    let here = tempfile::tempdir().expect("a folder");
    fs::write(here.path().join("article.txt"), block("article").lines.join("\n")).expect("writes");
    let output = run(here.path(), &["extract", "article.txt"], "");
    let record: Value = serde_json::from_slice(&output.stdout).expect("one record");
    let excerpt: Value = serde_json::from_str(&block("record").lines.join("\n")).expect("JSON");
    assert!(is_excerpt(&excerpt, &record), "the record is\n{record:#}");
}

/// What `ghirbal eval corpus` says of the whole: without kinds, rules and errors.
fn summary(scores: &str) -> Vec<&str> {
    let is_part = |line: &str| {
        let named =
            ["  kind ", "  type ", "  rule ", "  error "].iter().find_map(|part| line.strip_prefix(part));
        named.is_some_and(|name| !name.starts_with(' '))
    };
    scores.trim_end().lines().filter(|line| !is_part(line)).collect()
}

#[test]
fn scores_in_the_readme_are_those_of_the_corpus() {
    let output = run(&project(""), &["eval", "corpus"], "");
    let scores = String::from_utf8(output.stdout).expect("UTF-8");
    let (wanted, quoted) = (summary(&scores).join("\n"), block("scores").lines.join("\n"));
    if bless() {
        let [old, new] =
            [&quoted, &wanted].map(|scores| format!("<!-- scores -->\n```text\n{scores}\n```\n"));
        fs::write(project("README.md"), readme().replace(&old, &new)).expect("writes");
        return;
    }
    assert!(quoted == wanted, "stale: run the tests with GHIRBAL_BLESS=1\n{wanted}");
}

#[test]
fn wildcards_stand_for_lines_and_for_parts_of_lines() {
    let pattern = ["a", "...", "score [..] of [..]"].map(str::to_owned);
    assert!(matches(&pattern, &["a", "b", "c", "score 1 of 2"]));
    assert!(matches(&pattern, &["a", "score  of "]));
    assert!(!matches(&pattern, &["a", "b", "score 1"]));
    assert!(!matches(&pattern, &["b", "score 1 of 2"]));
}
