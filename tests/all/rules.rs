//! Every rule keeps the promises of its card, and the page of rules is fresh.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

use ghirbal::extract::entity::user;
use ghirbal::extract::{self, Card, Lexicons};
use ghirbal::record::Record;
use ghirbal::span::Units;

use crate::cli::run;
use crate::program::{LEXICONS, bless, project, read_with};

/// A mention as an example names it: rule, surface, and what may stand after `=>`.
struct Mention {
    rule: String,
    surface: String,
    values: Vec<String>,
}

fn mentions(record: &Record<'_>) -> Vec<Mention> {
    let mention = |rule: &str, surface: &str, values: Vec<String>| Mention {
        rule: rule.to_owned(),
        surface: surface.to_owned(),
        values,
    };
    let number = |e: ghirbal::record::Exact| e.0.normalize().to_string();
    let claims = record.claims.iter().map(|c| {
        let value = match (c.value, c.min, c.max, c.magnitude, c.ratio, c.score) {
            (_, _, _, _, Some([n, d]), _) => format!("{n}/{d}"),
            (_, _, _, _, _, Some([a, b])) => format!("{}:{}", number(a), number(b)),
            (Some(value), ..) => number(value),
            (_, Some(min), Some(max), ..) => format!("{}..{}", number(min), number(max)),
            (.., Some(magnitude), _, _) => format!("~{}", number(magnitude)),
            _ => "~".to_owned(),
        };
        mention(&c.rule, &c.surface, vec![value])
    });
    // The rules of a claim's fields: what they filled is the value.
    let surfaces: BTreeMap<_, _> =
        record.claims.iter().map(|c| (c.id.as_str(), c.surface.as_ref())).collect();
    let fields = record.claims.iter().flat_map(|c| {
        let noun = c.noun.as_ref().map(|n| n.surface.clone().into_owned());
        let source = c.attribution.as_ref().map(|a| a.source.surface.clone().into_owned());
        let whole = c.part_of.as_deref().and_then(|id| surfaces.get(id)).map(|&s| s.to_owned());
        let words = [c.change.as_deref().map(str::to_owned), Some(c.modality.to_string())];
        let values: Vec<_> = [noun, source, whole].into_iter().chain(words).flatten().collect();
        c.rules.iter().map(move |rule| mention(rule, &c.surface, values.clone()))
    });
    let dates = record.dates.iter().map(|d| mention(&d.rule, &d.surface, vec![d.edtf.clone().into_owned()]));
    let entities = record.entities.iter().map(|e| {
        let named = [Some(&e.kind), e.name.as_ref(), e.code.as_ref()];
        mention(&e.rule, &e.surface, named.into_iter().flatten().map(ToString::to_string).collect())
    });
    claims.chain(fields).chain(dates).chain(entities).collect()
}

/// The built-in lists with the lexicon of a rule's example.
static WITH_EXAMPLE: LazyLock<Lexicons> = LazyLock::new(|| Lexicons::with(&[user::example()]));

fn found(text: &str, lexicons: &Lexicons) -> Vec<Mention> {
    mentions(&read_with(lexicons, text, Some("2024-02-14"), Units::Bytes))
}

fn shown(mentions: &[Mention]) -> String {
    let all = mentions.iter().map(|m| format!("{} [{}] {:?}", m.rule, m.surface, m.values));
    all.collect::<Vec<_>>().join("; ")
}

/// The text without brackets, the words inside them, the value after `=>`.
fn parts(example: &str) -> (String, &str, Option<&str>) {
    let (text, value) = match example.split_once(" => ") {
        Some((text, value)) => (text, Some(value)),
        None => (example, None),
    };
    let open = text.find('[').expect("a bracket opens");
    let close = text.rfind(']').expect("a bracket closes");
    let surface = &text[open + 1..close];
    (format!("{}{}{}", &text[..open], surface, &text[close + 1..]), surface, value)
}

/// What is wrong with a card's examples.
fn broken(card: &Card) -> Vec<String> {
    let mut broken = Vec::new();
    for example in card.yes {
        let (text, surface, value) = parts(example);
        let all = found(&text, &WITH_EXAMPLE);
        let holds = |m: &Mention| {
            m.rule == card.id
                && m.surface == surface
                && value.is_none_or(|value| m.values.iter().any(|v| v == value))
        };
        if !all.iter().any(holds) {
            broken.push(format!("{} yes {example}\n    found {}", card.id, shown(&all)));
        }
    }
    for example in card.no {
        let all = found(example, &WITH_EXAMPLE);
        if all.iter().any(|m| m.rule == card.id) {
            broken.push(format!("{} no {example}\n    found {}", card.id, shown(&all)));
        }
    }
    broken
}

#[test]
fn every_example_of_every_rule_holds() {
    let broken: Vec<_> = extract::cards().into_iter().flat_map(broken).collect();
    assert!(broken.is_empty(), "{} examples do not hold:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn identifiers_are_unique_and_say_family_and_what() {
    let mut seen = BTreeSet::new();
    for card in extract::cards() {
        assert!(seen.insert(card.id), "{} stands twice", card.id);
        let (family, what) = card.id.split_once('/').expect("family/what");
        let plain = |word: &str| {
            !word.is_empty()
                && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
                && !word.starts_with('-')
        };
        assert!(plain(family) && plain(what), "{}", card.id);
        assert!(!card.yes.is_empty() && !card.about.is_empty(), "{} has no example", card.id);
    }
}

#[test]
fn every_mention_names_a_rule_that_has_a_card() {
    let known: BTreeSet<_> = extract::cards().into_iter().map(|card| card.id).collect();
    for path in crate::program::files("corpus/articles", "txt") {
        let text = fs::read_to_string(&path).expect("an article");
        for mention in found(&text, &LEXICONS) {
            assert!(known.contains(mention.rule.as_str()), "{}: {}", path.display(), mention.rule);
        }
    }
}

#[test]
fn the_page_of_rules_is_fresh() {
    let here = tempfile::tempdir().expect("a folder");
    let page = run(here.path(), &["rules", "--markdown"], "").stdout;
    let path = project("docs/rules.md");
    if bless() {
        fs::create_dir_all(project("docs")).expect("a folder");
        fs::write(&path, &page).expect("writes");
    }
    assert!(fs::read(&path).unwrap_or_default() == page, "stale: run the tests with GHIRBAL_BLESS=1");
}
