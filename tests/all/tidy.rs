//! The order of the house: layers, module docs, sizes and lists.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::program::project;

/// Files under `folder` with this ending, in order of name.
fn under(folder: &str, ending: &str) -> Vec<PathBuf> {
    if !project(folder).is_dir() {
        return Vec::new();
    }
    let walk = WalkDir::new(project(folder))
        .sort_by_file_name()
        .into_iter()
        .map(|e| e.expect("readable").into_path());
    walk.filter(|path| path.extension().is_some_and(|e| e == ending)).collect()
}

/// The path below the project, `/` on every system.
fn name(path: &Path) -> String {
    let below = path.strip_prefix(project("")).unwrap_or(path);
    below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("UTF-8")
}

/// A source file without comments and without its unit tests.
fn code(path: &Path) -> String {
    let text = read(path);
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = text.lines().map(|line| line.split(" // ").next().unwrap_or(line));
    lines.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The module path of a source file: empty for the crate root.
fn module(path: &Path) -> Vec<String> {
    let inside = path.strip_prefix(project("src")).expect("a source file").with_extension("");
    let mut parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if parts.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        parts.pop();
    }
    parts
}

/// The `mod` lines of every module, in order.
fn declared() -> BTreeMap<Vec<String>, Vec<String>> {
    let sources = under("src", "rs").into_iter().filter(|path| !path.ends_with("main.rs"));
    let names = |path: &Path| {
        let code = code(path);
        let lines = code
            .lines()
            .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
        lines.map(str::to_owned).collect()
    };
    sources.map(|path| (module(&path), names(&path))).collect()
}

/// Every path that the code names from `crate` or `super` on, from the root.
fn named(path: &Path) -> Vec<Vec<String>> {
    let own = module(path);
    let code = code(path);
    let mut found = Vec::new();
    for (anchor, base) in [("crate::", Vec::new()), ("super::", own[..own.len().saturating_sub(1)].to_vec())]
    {
        for (at, _) in code.match_indices(anchor) {
            let before = code[..at].chars().next_back();
            let inside = before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':');
            if !inside {
                expand(&code[at + anchor.len()..], &base, &mut found);
            }
        }
    }
    found
}

/// The paths at the beginning of `code`, with what stands in braces: gives
/// how much of `code` they are.
fn expand(code: &str, base: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = base.to_vec();
    let mut at = 0;
    loop {
        let rest = &code[at..];
        if let Some(list) = rest.strip_prefix('{') {
            let mut inner = at + 1;
            let end = at + 1 + list.find(['}', ';']).unwrap_or(list.len());
            while inner < code.len() {
                let skipped = code[inner..].len() - code[inner..].trim_start_matches([' ', '\n', ',']).len();
                inner += skipped;
                if code[inner..].starts_with('}') || inner >= code.len() {
                    return inner + 1;
                }
                let taken = expand(&code[inner..], &path, found);
                inner += taken.max(1);
                // Aliases: `x as y`.
                let alias = code[inner..].strip_prefix(" as ");
                inner += alias.map_or(0, |a| 4 + a.find([',', '}', '\n']).unwrap_or(0));
            }
            return end;
        }
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        if rest[..word] == *"super" {
            path.pop();
        } else if rest[..word] != *"self" && word > 0 {
            path.push(rest[..word].to_owned());
        }
        at += word;
        if !code[at..].starts_with("::") {
            found.push(path);
            return at.max(1);
        }
        at += 2;
    }
}

#[test]
fn a_module_uses_only_what_stands_above_it() {
    let declared = declared();
    let mut wrong = Vec::new();
    for path in under("src", "rs") {
        let own = module(&path);
        for target in named(&path) {
            let common = own.iter().zip(&target).take_while(|(a, b)| a == b).count();
            let children = &declared[&own[..common]];
            let place =
                |part: Option<&String>| part.and_then(|name| children.iter().position(|child| child == name));
            let below = match (place(own.get(common)), place(target.get(common))) {
                (Some(own), Some(used)) => used > own,
                _ => false,
            };
            let through_root =
                common == 0 && !target.is_empty() && !own.is_empty() && place(target.first()).is_none();
            if below || through_root {
                wrong.push(format!("{} uses {}", name(&path), target.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_is_explained_where_it_is_declared() {
    for path in under("src", "rs") {
        let text = read(&path);
        let lines: Vec<_> = text.lines().collect();
        for pair in lines.windows(2).filter(|pair| {
            let rest = pair[1].trim_start_matches("pub ");
            rest.starts_with("mod ") && rest.ends_with(';')
        }) {
            assert!(
                pair[0].starts_with("// "),
                "{}: a line above `{}` says what it is",
                name(&path),
                pair[1]
            );
        }
    }
}

/// What may be used only in these folders of `src/`, and for what reason.
const BOUND: &[(&[&str], &[&str])] = &[
    (&["tantivy::"], &["index"]),
    (
        &[
            "clap::",
            "rayon::",
            "indicatif::",
            "std::env",
            "SystemTime",
            "Instant",
            "Zoned::now",
            "Timestamp::now",
        ],
        &["cli"],
    ),
    (&["std::fs", "fs::File"], &["input", "output", "index", "evaluate", "cli"]),
    (&["std::thread", "thread::spawn", "crossbeam_channel"], &["cli", "index"]),
    (&["anyhow::"], &["cli"]),
    (&["println!", "eprintln!", "dbg!", "todo!", "unimplemented!"], &[]),
];

#[test]
fn libraries_stay_where_they_belong() {
    let mut wrong = Vec::new();
    for path in under("src", "rs") {
        let (own, code) = (module(&path), code(&path));
        for (words, folders) in BOUND {
            let allowed = own.first().is_some_and(|first| folders.contains(&first.as_str()));
            let used = words.iter().filter(|word| !allowed && code.contains(**word));
            wrong.extend(used.map(|word| format!("{} uses {word}", name(&path))));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_and_none_is_long() {
    let mut wrong = Vec::new();
    let folders = ["src", "tests", "benches", "examples", "fuzz/fuzz_targets"];
    let sources = folders.into_iter().flat_map(|folder| under(folder, "rs"));
    for path in sources {
        let text = read(&path);
        if !text.starts_with("//! ") {
            wrong.push(format!("{} does not begin with //!", name(&path)));
        }
        let lines = text.lines().count();
        if lines > 600 {
            wrong.push(format!("{} has {lines} lines", name(&path)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lists_are_well_formed_and_name_their_source() {
    let mut wrong = Vec::new();
    for path in under("src", "tsv") {
        let text = read(&path);
        let head: String = text
            .lines()
            .take_while(|line| line.starts_with('#'))
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase();
        let source = head.contains("source") || head.contains("from geonames");
        let licence = ["licence", "license", "cc by", "cc0"].iter().any(|word| head.contains(word));
        if !source || !licence {
            wrong.push(format!("{}: the head names a source and a licence", name(&path)));
        }
        let mut rows = text.lines().zip(1..).filter(|(line, _)| !line.starts_with('#') && !line.is_empty());
        let columns = rows.next().map_or(0, |(line, _)| line.split('\t').count());
        let mut seen = BTreeMap::new();
        for (line, number) in rows {
            if line.split('\t').count() != columns {
                wrong.push(format!("{}:{number} has not {columns} columns", name(&path)));
            }
            if let Some(first) = seen.insert(line, number) {
                wrong.push(format!("{}:{number} repeats line {first}", name(&path)));
            }
        }
        if text.contains('\r') || !text.ends_with('\n') {
            wrong.push(format!("{}: lines end with LF", name(&path)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_names_a_path_of_one_machine() {
    let mut wrong = Vec::new();
    for (folder, ending) in [("src", "rs"), ("src", "tsv"), ("tests", "rs"), ("corpus", "md"), ("docs", "md")]
    {
        for path in under(folder, ending) {
            let text = read(&path);
            let forbidden =
                ["/wo", "/ro", "/ho"].iter().zip(["rk/", "ot/", "me/"]).map(|(a, b)| format!("{a}{b}"));
            for word in forbidden.filter(|word| text.contains(word.as_str())) {
                wrong.push(format!("{} names {word}", name(&path)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
