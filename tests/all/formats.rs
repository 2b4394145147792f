//! The formats of output: each does what its entry in the table says, and the
//! page that is made from the table is fresh.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use ghirbal::output::layers::{LINKS, Layer};
use ghirbal::output::{FORMATS, Format, Layout};
use ghirbal::record::tables::TABLES;
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::run;
use crate::program::{bless, project};

/// The article of the page.
const ARTICLE: &str = r#"{"id":"saida","published":"2024-03-15","text":"أعلنت وزارة الصحة اللبنانية أمس نقل 350 جريحًا إلى صيدا."}"#;

/// Lines of an example that the page shows.
const SHOWN: usize = 48;

/// What the program writes in `format` for `article`: files and contents, the
/// stream under the name of the format.
fn written(format: &Format, article: &str) -> BTreeMap<String, String> {
    let here = tempfile::tempdir().expect("a folder");
    let mut arguments = vec!["extract", "-", "--format", format.name];
    if format.needs_folder() {
        arguments.extend(["-o", "out"]);
    }
    let output = run(here.path(), &arguments, article);
    assert_eq!(output.status.code(), Some(0), "{}: {}", format.name, String::from_utf8_lossy(&output.stderr));
    if format.needs_folder() { contents(&here.path().join("out")) } else { stream(format, output.stdout) }
}

fn stream(format: &Format, bytes: Vec<u8>) -> BTreeMap<String, String> {
    [(format.name.to_owned(), String::from_utf8(bytes).expect("UTF-8"))].into()
}

/// Names and contents of a folder's files.
fn contents(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    entries.map(|path| (name(&path), fs::read_to_string(&path).expect("UTF-8"))).collect()
}

fn corpus(format: &str) -> String {
    let articles = project("corpus/articles");
    let output = run(&project(""), &["extract", &articles.to_string_lossy(), "--format", format], "");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The lines of a stream as JSON.
fn values(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// `text[start..end]` as Python counts.
fn slice(text: &str, start: &Value, end: &Value) -> String {
    let number = |value: &Value| usize::try_from(value.as_u64().expect("an offset")).expect("fits");
    text.chars().skip(number(start)).take(number(end) - number(start)).collect()
}

/// The page, made from the table and from what the program writes.
fn page() -> String {
    let mut page = String::from(
        "# Formats of output\n\n\
         `ghirbal extract --format NAME`; without `--format` the ending of `-o FILE` decides. This page is made from the \
         table `FORMATS` in `src/output/mod.rs` and from what the program writes; the tests keep it true.\n\n\
         | format | endings | what it writes |\n|---|---|---|\n",
    );
    for format in FORMATS {
        let endings: Vec<_> = format.extensions.iter().map(|e| format!("`.{e}`")).collect();
        let about = format.about.replace('|', "\\|");
        let _ = writeln!(page, "| [{0}](#{0}) | {1} | {about} |", format.name, endings.join(" "));
    }
    let _ = write!(
        page,
        "\nFormats of annotation tools count offsets in characters; the others count what `--offsets` asks for. \
         The examples show what is written for this article; JSON is shown over several lines, long examples are cut off:\n\n\
         ```json\n{ARTICLE}\n```\n"
    );
    for format in FORMATS {
        let _ = write!(page, "\n## {}\n\n{}\n", format.name, format.guide);
        if matches!(format.layout, Layout::Tables) {
            page += &tables();
            continue;
        }
        for (name, content) in written(format, ARTICLE) {
            if name != format.name {
                let _ = write!(page, "\n`{name}`\n");
            }
            let _ = write!(page, "\n```text\n{}\n```\n", shown(&content));
        }
    }
    page
}

/// The columns of the tables.
fn tables() -> String {
    let mut page = String::new();
    for table in &TABLES {
        let _ = write!(
            page,
            "\n`{}`: {}\n\n| column | type | what it is |\n|---|---|---|\n",
            table.name, table.about
        );
        for column in (table.columns)() {
            let kind = format!("{:?}{}", column.kind, if column.nullable { ", nullable" } else { "" });
            let _ = writeln!(page, "| `{}` | {} | {} |", column.name, kind.to_lowercase(), column.about);
        }
    }
    page
}

/// The beginning of what was written, JSON over several lines.
fn shown(content: &str) -> String {
    let pretty = content.lines().map(|line| match serde_json::from_str::<Value>(line) {
        Ok(value) if value.is_object() => serde_json::to_string_pretty(&value).expect("JSON"),
        _ => line.to_owned(),
    });
    let pretty = pretty.collect::<Vec<_>>().join("\n");
    let lines: Vec<_> = pretty.trim_end().lines().map(str::trim_end).collect();
    let cut = if lines.len() > SHOWN { "\n…" } else { "" };
    lines[..lines.len().min(SHOWN)].join("\n") + cut
}

#[test]
fn the_page_of_formats_is_fresh() {
    let (path, page) = (project("docs/formats.md"), page());
    if bless() {
        fs::write(&path, &page).expect("writes");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == page, "docs/formats.md is stale: run the tests with GHIRBAL_BLESS=1");
}

#[test]
fn every_format_is_in_the_help_and_chosen_by_its_endings() {
    let here = tempfile::tempdir().expect("a folder");
    let help = String::from_utf8(run(here.path(), &["extract", "--help"], "").stdout).expect("UTF-8");
    for format in FORMATS {
        assert!(help.contains(&format!("- {}:", format.name)), "{}", format.name);
        let single = !matches!(format.layout, Layout::Tables);
        for ending in format.extensions.iter().filter(|_| single) {
            let file = format!("{}.{ending}", format.name);
            let output = run(here.path(), &["extract", "-", "-o", &file], ARTICLE);
            assert_eq!(output.status.code(), Some(0), "{file}");
            let bytes = fs::read(here.path().join(&file)).expect("written");
            assert!(stream(format, bytes) == written(format, ARTICLE), "{file}");
        }
    }
}

#[test]
fn formats_of_several_files_need_a_new_folder() {
    let here = tempfile::tempdir().expect("a folder");
    let fails = |arguments: &[&str]| {
        let arguments = [&["extract", "-", "--format", "brat"][..], arguments].concat();
        let output = run(here.path(), &arguments, ARTICLE);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    assert!(fails(&[]).contains("-o DIR"));
    assert!(fails(&["-o", "-"]).contains("-o DIR"));
    assert!(fails(&["-o", "none/out"]).contains("cannot be written"));
    fs::create_dir(here.path().join("full")).expect("is made");
    fs::write(here.path().join("full/mine.txt"), "mine").expect("writes");
    assert!(fails(&["-o", "full"]).contains("it is not empty"));
    fs::create_dir(here.path().join("bare")).expect("is made");
    assert!(fails(&["-o", "bare", "--errors", "none/errors"]).contains("cannot be written"));
    assert_eq!(fs::read_dir(here.path()).expect("reads").count(), 2, "nothing is left behind");
    let done = run(here.path(), &["extract", "-", "--format", "brat", "-o", "bare/"], ARTICLE);
    assert_eq!(done.status.code(), Some(0));
    let names: Vec<_> = contents(&here.path().join("bare")).into_keys().collect();
    assert_eq!(names, ["annotation.conf", "saida.ann", "saida.txt"]);
}

#[test]
fn no_identifier_leads_out_of_the_folder() {
    let here = tempfile::tempdir().expect("a folder");
    let ids = ["../../out", "/etc/x", "..", "", "a\\b", "CON\u{0}", "x", "x"];
    let line = |id: &&str| format!("{}\n", serde_json::json!({"id": id, "text": "وصل 3 وزراء."}));
    let input: String = ids.iter().map(line).collect();
    let output = run(here.path(), &["extract", "-", "--format", "brat", "-o", "out"], &input);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(contents(&here.path().join("out")).len(), 2 * ids.len() + 1, "no document replaces another");
    assert_eq!(fs::read_dir(here.path()).expect("reads").count(), 1);
}

#[test]
fn offsets_of_annotation_tools_are_characters() {
    let here = tempfile::tempdir().expect("a folder");
    for format in FORMATS.iter().filter(|format| format.units.is_some()) {
        let arguments = ["extract", "-", "--format", format.name, "--offsets", "utf16", "-o", "out"];
        assert_eq!(run(here.path(), &arguments, ARTICLE).status.code(), Some(2), "{}", format.name);
    }
}

/// The corpus as brat has it.
fn brat() -> (TempDir, BTreeMap<String, String>) {
    let here = tempfile::tempdir().expect("a folder");
    let articles = project("corpus/articles");
    let arguments = ["extract", &articles.to_string_lossy(), "--format", "brat", "-o", "out"];
    assert_eq!(run(here.path(), &arguments, "").status.code(), Some(0));
    let files = contents(&here.path().join("out"));
    (here, files)
}

#[test]
fn brat_shows_the_words_that_its_offsets_name() {
    let (_here, files) = brat();
    let configuration = &files["annotation.conf"];
    let declares =
        |word: &str| configuration.split(|c: char| !c.is_alphanumeric() && c != '_').any(|w| w == word);
    let mut seen = BTreeMap::new();
    for (name, annotations) in files.iter().filter(|(name, _)| name.ends_with(".ann")) {
        let text = &files[&name.replace(".ann", ".txt")];
        for line in annotations.lines() {
            let cells: Vec<_> = line.split('\t').collect();
            let words: Vec<_> = cells[1].split(' ').collect();
            *seen.entry(line.chars().next().expect("a letter")).or_insert(0) += 1;
            if line.starts_with('T') {
                let [start, end] =
                    [words[1], words[2]].map(|n| Value::from(n.parse::<u64>().expect("a number")));
                assert_eq!(slice(text, &start, &end), cells[2], "{name}: {line}");
            }
            if !line.starts_with('#') {
                assert!(declares(words[0]), "{name}: {line}");
            }
            if line.starts_with('A') {
                assert!(declares(words[2]), "{name}: {line}");
            }
        }
    }
    assert_eq!(seen.keys().copied().collect::<String>(), "#ART");
}

#[test]
fn conll_has_the_tokens_and_well_formed_columns() {
    let lines = corpus("conll");
    let head = lines.lines().next().and_then(|l| l.strip_prefix("# global.columns = ")).expect("a head");
    let columns = head.split(' ').count();
    let (mut before, mut tokens) = (Vec::new(), 0);
    for line in lines.lines().skip(1) {
        let cells: Vec<_> = line.split('\t').map(str::to_owned).collect();
        if line.starts_with("# ") || line.is_empty() {
            before.clear();
            continue;
        }
        assert_eq!(cells.len(), columns, "{line}");
        tokens += 1;
        for (i, cell) in cells.iter().enumerate().skip(4) {
            let goes_on = cell.strip_prefix("I-");
            let last = before.get(i).and_then(|b: &String| b.get(2..));
            assert!(goes_on.is_none_or(|label| last == Some(label)), "{line}");
        }
        before = cells;
    }
    let analyzed = run(&project(""), &["analyze", "--tsv", "corpus/articles"], "").stdout;
    assert_eq!(tokens, String::from_utf8(analyzed).expect("UTF-8").lines().count() - 1);
    assert!(lines.contains("\tB-count\t") && lines.contains("\tI-DATE\t") && lines.contains("\tB-LOC\n"));
}

#[test]
fn web_annotations_quote_the_text_and_lead_to_one_another() {
    let texts: BTreeMap<_, _> = values(&corpus("doccano"))
        .into_iter()
        .map(|line| (line["doc_id"].to_string(), line["text"].as_str().expect("a text").to_owned()))
        .collect();
    for page in values(&corpus("webannotation")) {
        let text = &texts[&page["doc"].to_string()];
        let items = page["items"].as_array().expect("items");
        let ids: Vec<_> = items.iter().map(|item| &item["id"]).collect();
        for item in items {
            let [place, quote] = [0, 1].map(|i| &item["target"]["selector"][i]);
            assert_eq!(slice(text, &place["start"], &place["end"]), quote["exact"].as_str().expect("words"));
            let part = |name: &str| quote[name].as_str().expect("words");
            assert!(text.contains(&[part("prefix"), part("exact"), part("suffix")].concat()));
            assert_eq!(item["record"]["surface"], quote["exact"]);
            for body in item["body"].as_array().expect("bodies") {
                assert!(body["purpose"] != "linking" || ids.contains(&&body["source"]), "{body}");
            }
        }
    }
}

#[test]
fn labels_are_declared_and_name_their_words() {
    let labels: Vec<_> = Layer::ALL.iter().flat_map(|layer| layer.labels()).copied().collect();
    let configuration = FORMATS.iter().find(|f| f.name == "labelstudio").expect("known").guide;
    for label in &labels {
        assert!(configuration.contains(&format!("<Label value=\"{label}\"/>")), "{label}");
    }
    for link in LINKS {
        assert!(configuration.contains(&format!("<Relation value=\"{link}\"/>")), "{link}");
    }
    let known = |label: &Value| labels.contains(&label.as_str().expect("a label"));
    for line in values(&corpus("doccano")) {
        assert!(line["label"].as_array().expect("labels").iter().all(|label| known(&label[2])));
    }
    for task in values(&corpus("labelstudio")) {
        let text = task["data"]["text"].as_str().expect("a text");
        for result in task["predictions"][0]["result"].as_array().expect("results") {
            let value = &result["value"];
            if result["type"] == "labels" {
                assert!(known(&value["labels"][0]));
                assert_eq!(
                    slice(text, &value["start"], &value["end"]),
                    value["text"].as_str().expect("words")
                );
            } else {
                assert!(LINKS.contains(&result["labels"][0].as_str().expect("a name")));
            }
        }
    }
}

#[test]
fn any_number_of_threads_writes_the_same_folder() {
    let here = tempfile::tempdir().expect("a folder");
    let articles = project("corpus/articles");
    for threads in ["1", "4"] {
        let arguments =
            ["extract", &articles.to_string_lossy(), "--format", "brat", "-o", threads, "--threads", threads];
        assert_eq!(run(here.path(), &arguments, "").status.code(), Some(0));
    }
    assert!(contents(&here.path().join("1")) == contents(&here.path().join("4")));
}
