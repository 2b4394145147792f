//! Settings from files and the environment, and the look over an installation.

use std::fs;
use std::path::Path;

use crate::cli::ghirbal;

/// Standard output, standard error and the status with a project's file and
/// variables of the environment.
fn run(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> (String, String, i32) {
    let mut command = ghirbal(folder);
    command.env_remove("GHIRBAL_CONFIG").env("XDG_CONFIG_HOME", folder.join("user"));
    let output = command.args(arguments).envs(variables.iter().copied()).output().expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr), output.status.code().expect("no signal"))
}

/// The line of a flag in what `config show extract` prints, without its comment's path.
fn shown(folder: &Path, flag: &str, more: &[&str], variables: &[(&str, &str)]) -> (String, String) {
    let arguments: Vec<_> = ["config", "show", "extract"].into_iter().chain(more.iter().copied()).collect();
    let (out, err, status) = run(folder, &arguments, variables);
    assert_eq!(status, 0, "{err}");
    let line = out.lines().find(|line| line.split_whitespace().next() == Some(flag)).expect("a line");
    let (value, place) = line[flag.len()..].split_once(" # ").expect("a place");
    (value.trim().to_owned(), place.rsplit('/').next().unwrap_or(place).to_owned())
}

#[test]
fn flags_count_more_than_the_environment_than_the_project_than_the_user() {
    let here = tempfile::tempdir().expect("a folder");
    let sub = here.path().join("a/b");
    fs::create_dir_all(&sub).expect("makes");
    fs::create_dir_all(here.path().join("user/ghirbal")).expect("makes");
    let set = |place: &str, text: &str| fs::write(here.path().join(place), text).expect("writes");
    let of = |more: &[&str], variables: &[(&str, &str)]| shown(here.path(), "threads", more, variables);
    let pair = |value: &str, place: &str| (value.to_owned(), place.to_owned());
    assert_eq!(of(&[], &[]), pair("0", "default"));
    set("user/ghirbal/ghirbal.toml", "threads = 2\n[extract]\nthreads = 3\n");
    assert_eq!(of(&[], &[]), pair("3", "ghirbal.toml"));
    set("ghirbal.toml", "threads = 4\noffsets = \"bytes\"\n");
    assert_eq!(of(&[], &[]), pair("4", "ghirbal.toml"), "the project's");
    let variable = [("GHIRBAL_THREADS", "5")];
    assert_eq!(of(&[], &variable), pair("5", "environment: GHIRBAL_THREADS"));
    assert_eq!(of(&["--threads", "6"], &variable), pair("6", "command line"));
    fs::write(sub.join("x.txt"), "قُتل 12 شخصًا").expect("writes");
    let (out, err, _) = run(&sub, &["extract", "x.txt"], &[]);
    assert!(out.contains("\"offsets\":\"bytes\""), "found from a folder below: {out} {err}");
}

#[test]
fn a_file_sets_lexicons_and_what_counts_as_a_name() {
    let here = tempfile::tempdir().expect("a folder");
    let sub = here.path().join("a/b");
    fs::create_dir_all(&sub).expect("makes");
    let set = |place: &str, text: &str| fs::write(here.path().join(place), text).expect("writes");
    set("a.tsv", "name\ttype\nريح الجنوب\tORG\n");
    set("b.tsv", "name\ttype\nسنابل الغد\tORG\n");
    set(
        "ghirbal.toml",
        "lexicon = [\"a.tsv\", \"b.tsv\"]\nentities-as = [\"no-facilities\", \"adjectives\"]\n",
    );
    fs::write(sub.join("x.txt"), "زار الوفد المصري مع ريح الجنوب وسنابل الغد سجن عوفر.").expect("writes");
    let names = |more: &[&str]| {
        let arguments: Vec<_> = ["extract", "x.txt"].into_iter().chain(more.iter().copied()).collect();
        let (out, err, status) = run(&sub, &arguments, &[]);
        assert_eq!(status, 0, "{err}");
        let has = |name: &str| out.contains(&format!("\"surface\":\"{name}\",\"type\""));
        ["المصري", "ريح الجنوب", "سنابل الغد", "سجن عوفر"].map(has)
    };
    assert_eq!(names(&[]), [true, true, true, false], "a path is taken from the folder of the file");
    assert_eq!(names(&["--entities-as", "no-teams"]), [false, true, true, true], "a flag counts more");
    let (value, place) = shown(here.path(), "entities-as", &[], &[]);
    assert_eq!((value.as_str(), place.as_str()), ("no-facilities,adjectives", "ghirbal.toml"));
}

#[test]
fn a_wrong_setting_is_named_with_its_file() {
    let here = tempfile::tempdir().expect("a folder");
    for (text, word) in [
        ("no-such-flag = 1\n", "no-such-flag"),
        ("[no-such-command]\n", "no-such-command"),
        ("threads = [1]\n", "threads"),
        ("threads = \n", "TOML"),
        ("threads = \"many\"\n", "many"),
    ] {
        fs::write(here.path().join("ghirbal.toml"), text).expect("writes");
        let (_, err, status) = run(here.path(), &["extract", "-"], &[]);
        assert_eq!(status, 2, "{text}");
        assert!(err.contains(word), "{text}: {err}");
        if word != "many" {
            let (out, _, status) = run(here.path(), &["doctor"], &[]);
            assert_eq!((status, out.contains("WRONG settings")), (2, true), "{out}");
        }
    }
}

#[test]
fn the_doctor_looks_over_program_index_and_lexicon() {
    let here = tempfile::tempdir().expect("a folder");
    let (out, err, status) = run(here.path(), &["doctor"], &[]);
    assert_eq!((status, out.contains("WRONG")), (0, false), "{out}{err}");
    let (out, _, status) = run(here.path(), &["doctor", "--index", "none.ix"], &[]);
    assert_ne!(status, 0, "{out}");
    fs::write(here.path().join("bad.tsv"), "no header\n").expect("writes");
    let (out, _, status) = run(here.path(), &["doctor", "--lexicon", "bad.tsv"], &[]);
    assert_eq!((status, out.contains("WRONG lexicon")), (2, true), "{out}");
}
