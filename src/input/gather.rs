//! From paths to files: folders and patterns are searched in a fixed order,
//! and each file gets the name by which its documents are known.
//!
//! Opens nothing. In folders only the endings of [`FORMATS`] count, with or
//! without those of packed files; hidden files and folders are passed over, and
//! files with the metadata of a text.

use std::path::{Component, Path, PathBuf};

use globset::GlobBuilder;
use walkdir::{DirEntry, WalkDir};

use super::{FORMATS, Format, text};
use crate::error::{InputError, Reason};
use crate::packing::{self, unpacked};

/// Standard input, in messages and identifiers.
const STDIN: &str = "stdin";

/// Where an input's bytes come from.
#[derive(Debug, PartialEq, Eq)]
pub enum Place {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// A file to be read.
#[derive(Debug)]
pub struct Entry {
    /// Where its bytes come from.
    pub place: Place,
    /// The name for messages.
    pub file: String,
    /// The name that its documents are known by.
    pub name: String,
    /// The format that the file's name says.
    pub format: Option<&'static Format>,
    /// Its size, where it is known.
    pub bytes: Option<u64>,
}

impl Entry {
    fn stdin() -> Self {
        let name = STDIN.to_owned();
        Self { place: Place::Stdin, file: name.clone(), name, format: None, bytes: None }
    }

    fn file(path: PathBuf, name: String) -> Self {
        let bytes = path.metadata().ok().filter(std::fs::Metadata::is_file).map(|m| m.len());
        let file = path.to_string_lossy().into_owned();
        Self { format: format_of(&path), file, name, bytes, place: Place::File(path) }
    }

    /// The file beside a plain text that holds its metadata, if there is one.
    pub fn sidecar(&self) -> Option<PathBuf> {
        let Place::File(path) = &self.place else { return None };
        if self.format.is_none_or(|f| f.name != text::FORMAT.name) {
            return None;
        }
        let beside = unpacked(path).with_extension("json");
        beside.is_file().then_some(beside)
    }
}

/// The files of `paths`, in the order given, each path's own in order of name.
pub fn gather(paths: &[PathBuf]) -> Vec<Result<Entry, InputError>> {
    let mut found = Vec::new();
    for path in paths {
        let before = found.len();
        if path.as_os_str() == "-" {
            found.push(Ok(Entry::stdin()));
        } else if path.is_dir() {
            search(path, |file| format_of(file).is_some() && !is_sidecar(file), &mut found);
            if found.len() == before {
                found.push(Err(refuse(path, Reason::NoArticles(endings()))));
            }
        } else if path.exists() || !is_pattern(path) {
            found.push(single(path));
        } else {
            match_pattern(path, &mut found);
            if found.len() == before {
                found.push(Err(refuse(path, Reason::NoMatch)));
            }
        }
    }
    found
}

fn refuse(path: &Path, reason: Reason) -> InputError {
    InputError::of(path.to_string_lossy(), reason)
}

fn single(path: &Path) -> Result<Entry, InputError> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    match path.try_exists() {
        Ok(true) => Ok(Entry::file(path.to_owned(), name)),
        Ok(false) => Err(refuse(path, Reason::NoSuchFile)),
        Err(error) => Err(refuse(path, error.into())),
    }
}

/// Adds the files under `root` that `wanted` takes, in order of name.
fn search(root: &Path, wanted: impl Fn(&Path) -> bool, found: &mut Vec<Result<Entry, InputError>>) {
    let visible =
        |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    let walk = WalkDir::new(root).follow_links(true).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(visible) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() || !wanted(entry.path()) => {}
            Ok(entry) => {
                let name = name_under(root, entry.path());
                found.push(Ok(Entry::file(entry.into_path(), name)));
            }
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                found.push(Err(refuse(&path, Reason::Unreadable(reason))));
            }
        }
    }
}

/// The path relative to the folder, `/` on every system.
fn name_under(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

/// Adds the files that the pattern matches; `**` crosses folders, `*` does not.
fn match_pattern(pattern: &Path, found: &mut Vec<Result<Entry, InputError>>) {
    let fixed = |part: &Component<'_>| !is_pattern(Path::new(part.as_os_str()));
    let root: PathBuf = pattern.components().take_while(fixed).collect();
    let root = if root.as_os_str().is_empty() { PathBuf::from(".") } else { root };
    let normal: PathBuf = pattern.components().collect();
    let glob = GlobBuilder::new(&normal.to_string_lossy()).literal_separator(true).build();
    let matcher = match glob {
        Ok(glob) => glob.compile_matcher(),
        Err(error) => {
            found.push(Err(refuse(pattern, Reason::BadPattern(error.kind().to_string()))));
            return;
        }
    };
    if root.is_dir() {
        let plain = |file: &Path| file.strip_prefix(".").unwrap_or(file).to_owned();
        let wanted =
            |file: &Path| (matcher.is_match(file) || matcher.is_match(plain(file))) && !is_sidecar(file);
        search(&root, wanted, found);
    }
}

/// Whether `file` is the metadata of a text beside it.
fn is_sidecar(file: &Path) -> bool {
    let text = file.with_extension("txt");
    let mut packed = packing::endings().map(|ending| text.with_extension(format!("txt.{ending}")));
    file.extension().is_some_and(|e| e == "json") && (text.exists() || packed.any(|text| text.exists()))
}

/// The format that the name of a file says.
pub fn format_of(path: &Path) -> Option<&'static Format> {
    let name = unpacked(path);
    let extension = name.extension()?;
    FORMATS.iter().find(|f| f.extensions.iter().any(|e| extension.eq_ignore_ascii_case(e)))
}

/// The endings that folders are searched for.
pub fn endings() -> String {
    let all: Vec<_> = FORMATS.iter().flat_map(|f| f.extensions).map(|e| format!(".{e}")).collect();
    let packed: Vec<_> = packing::endings().map(|ending| format!(".{ending}")).collect();
    format!("{}; also with {}", all.join(", "), packed.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{Inputs, Item};
    use std::fs;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
            fs::write(path, content).expect("writes");
        }
        folder
    }

    fn read(path: PathBuf) -> (Vec<(String, Option<String>)>, Vec<String>) {
        let (mut documents, mut errors) = (Vec::new(), Vec::new());
        for item in Inputs::new(&[path]) {
            match item {
                Item::Document(d) => documents.push((d.id, d.title)),
                Item::Rejected(e) | Item::Warning(e) => errors.push(e.reason.kind().to_owned()),
            }
        }
        (documents, errors)
    }

    #[test]
    fn folders_are_read_in_order_with_their_metadata() {
        let folder = folder(&[
            ("b/2.txt", "نص"),
            ("b/2.json", r#"{"title": "عنوان"}"#),
            ("a.txt", "نص"),
            ("c.jsonl", "{\"text\":\"نص\"}\n"),
            ("d.md", "no"),
            (".hidden/x.txt", "no"),
        ]);
        let (documents, errors) = read(folder.path().to_owned());
        let ids: Vec<_> = documents.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!((ids, errors.len()), (vec!["a.txt", "b/2.txt", "c.jsonl:1"], 0));
        assert_eq!(documents[1].1.as_deref(), Some("عنوان"));
    }

    #[test]
    fn a_bad_sidecar_rejects_its_text_only() {
        let folder = folder(&[("1.txt", "نص"), ("1.json", "{"), ("2.txt", "نص"), ("3.txt", "  \n")]);
        let (documents, errors) = read(folder.path().to_owned());
        assert_eq!(documents.len(), 1);
        assert_eq!(errors, ["bad_sidecar", "empty"]);
    }

    #[test]
    fn patterns_match_within_a_folder_and_skip_sidecars() {
        let folder = folder(&[
            ("x/1.txt", "نص"),
            ("x/1.json", "{}"),
            ("x/y/2.txt", "نص"),
            ("x/3.data", "{\"text\":\"نص\"}"),
        ]);
        let ids = |pattern: &str| {
            let (documents, errors) = read(folder.path().join(pattern));
            (documents.into_iter().map(|d| d.0).collect::<Vec<_>>(), errors)
        };
        assert_eq!(ids("x/*").0, ["1.txt", "3.data:1"]);
        assert_eq!(ids("**/*.txt").0, ["x/1.txt", "x/y/2.txt"]);
        assert_eq!(ids("x/*.csv").1, ["no_match"]);
        assert_eq!(ids("nowhere").1, ["no_such_file"]);
    }

    #[test]
    fn a_folder_without_articles_says_so() {
        assert_eq!(read(folder(&[("a.md", "x")]).path().to_owned()).1, ["no_articles"]);
    }
}
