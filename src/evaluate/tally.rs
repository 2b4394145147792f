//! Counts of what is right, and the list of what is wrong. Knows no layer in
//! particular.

use std::collections::BTreeMap;

/// How many are right, of how many predicted and how many marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Both predicted and marked, and the same.
    pub right: usize,
    /// In the records.
    pub predicted: usize,
    /// In the gold.
    pub gold: usize,
}

impl Tally {
    /// Share of the predicted that is right; `None` where nothing is predicted.
    pub fn precision(&self) -> Option<f64> {
        share(self.right, self.predicted)
    }

    /// Share of the gold that is right; `None` where nothing is marked.
    pub fn recall(&self) -> Option<f64> {
        share(self.right, self.gold)
    }

    /// Harmonic mean of the two; `None` where there is nothing on either side.
    pub fn f1(&self) -> Option<f64> {
        share(2 * self.right, self.predicted + self.gold)
    }

    /// Counts one place.
    pub fn count(&mut self, right: bool, predicted: bool, gold: bool) {
        self.right += usize::from(right);
        self.predicted += usize::from(predicted);
        self.gold += usize::from(gold);
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The document's identifier.
    pub document: String,
    /// `missed`, `spurious`, or the field that is wrong.
    pub what: &'static str,
    /// The words in the text.
    pub surface: String,
    /// What the gold has, empty for nothing.
    pub want: String,
    /// What the record has, empty for nothing.
    pub got: String,
    /// The rule that found it, empty where none did.
    pub rule: String,
}

impl Fault {
    /// A fault in `document`, found by `rule` if by any.
    pub(super) fn new(
        document: &str,
        what: &'static str,
        surface: &str,
        want: &str,
        got: &str,
        rule: &str,
    ) -> Self {
        let [document, surface, want, got, rule] = [document, surface, want, got, rule].map(str::to_owned);
        Self { document, what, surface, want, got, rule }
    }
}

impl Fault {
    /// What sort of error it is: «noun missing», «noun extra», «noun other»; a
    /// mention that is missed or spurious by its kind.
    fn sort(&self) -> String {
        let kind = if self.want.is_empty() { &self.got } else { &self.want };
        let sort = match (self.what, self.want.is_empty(), self.got.is_empty()) {
            ("missed" | "spurious", ..) if kind.bytes().any(|b| b.is_ascii_digit()) => {
                return self.what.to_owned();
            }
            ("missed" | "spurious", ..) => kind.as_str(),
            (_, true, _) => "extra",
            (_, _, true) => "missing",
            _ => "other",
        };
        format!("{} {sort}", self.what)
    }
}

/// The scores of one layer.
#[derive(Debug)]
pub struct Layer {
    /// `claims`, `dates` or `entities`.
    pub name: &'static str,
    /// What its mentions are divided by: `kind` or `type`.
    pub divided_by: &'static str,
    /// Its measures, in the order of the report.
    pub measures: Vec<(&'static str, Tally)>,
    /// The main measure by kind or type.
    pub kinds: BTreeMap<String, Tally>,
    /// The main measure by rule; what a rule misses is not its own.
    pub rules: BTreeMap<String, Tally>,
    /// What is wrong, document by document.
    pub faults: Vec<Fault>,
}

impl Layer {
    /// A layer of which nothing is counted yet.
    pub(super) fn new(
        name: &'static str,
        divided_by: &'static str,
        measures: &'static [&'static str],
    ) -> Self {
        let measures = measures.iter().map(|measure| (*measure, Tally::default())).collect();
        let (kinds, rules, faults) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        Self { name, divided_by, measures, kinds, rules, faults }
    }

    /// The tally of a measure of this layer.
    ///
    /// # Panics
    /// When the layer has no such measure.
    pub fn measure(&mut self, name: &str) -> &mut Tally {
        let found = self.measures.iter_mut().find(|(measure, _)| *measure == name);
        &mut found.expect("the layer's own measures are named").1
    }

    /// Counts a field of a matched pair; a field may be empty on either side.
    /// Gives whether it is right.
    pub(super) fn field(&mut self, name: &str, right: bool, want: &str, got: &str) -> bool {
        let (predicted, gold) = (!got.is_empty(), !want.is_empty());
        self.measure(name).count(right && predicted && gold, predicted, gold);
        right || !predicted && !gold
    }

    /// How often each sort of error occurs, the commonest first.
    pub fn errors(&self) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for fault in &self.faults {
            *counts.entry(fault.sort()).or_default() += 1;
        }
        let mut sorts: Vec<_> = counts.into_iter().collect();
        sorts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        sorts
    }

    /// Counts a prediction for its rule and kind.
    pub(super) fn predicted(&mut self, kind: &str, rule: &str, right: bool) {
        self.kinds.entry(kind.to_owned()).or_default().predicted += 1;
        self.rules.entry(rule.to_owned()).or_default().count(right, true, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_nothing_are_none() {
        let none = Tally::default();
        assert_eq!((none.precision(), none.recall(), none.f1()), (None, None, None));
        let some = Tally { right: 1, predicted: 2, gold: 4 };
        assert_eq!((some.precision(), some.recall()), (Some(0.5), Some(0.25)));
        assert!(some.f1().is_some_and(|f1| (f1 - 1.0 / 3.0).abs() < 1e-12));
    }

    #[test]
    fn the_commonest_errors_come_first() {
        let mut layer = Layer::new("claims", "kind", &[]);
        let fault = |what, want, got| Fault::new("a", what, "5", want, got, "");
        layer.faults = vec![
            fault("missed", "count", ""),
            fault("noun", "رجل", ""),
            fault("noun", "", "رجل"),
            fault("noun", "طفل", ""),
        ];
        let errors = layer.errors();
        let errors: Vec<_> = errors.iter().map(|(sort, count)| (sort.as_str(), *count)).collect();
        assert_eq!(errors, [("noun missing", 2), ("missed count", 1), ("noun extra", 1)]);
    }
}
