//! Units of measure (UCUM), currencies (ISO 4217) and units of time, found
//! beside numbers. Knows no claims.

// One unit in another.
mod compound;
// Numbers that run across their unit.
mod across;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::amount::{Amount, Base, Number, Sort};
use super::reading::{Article, Found, Reading};
use super::rule::Card;
use crate::lexicon::{Bits, List, VocabularyBuilder, rows};
use crate::normalize::Kind;
use crate::span::Span;

pub use across::join;

/// The code system of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// A currency.
    Iso4217,
    /// A physical unit.
    Ucum,
    /// A length of time, as an ISO 8601 duration (`P18M`).
    Iso8601,
    /// Of a hundred.
    Percent,
}

/// A unit beside a number.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The code; empty where several are possible and nothing decides.
    pub code: String,
    /// The codes that are possible where nothing decides, in the list's order.
    pub candidates: Vec<&'static str>,
    /// The system of the code.
    pub system: System,
    /// Where it stands.
    pub span: Span,
    /// First token of the unit.
    pub start: usize,
    /// Token after the last of the unit.
    pub end: usize,
}

/// A unit of time.
#[derive(Clone, Copy, Debug)]
struct Time {
    designator: &'static str,
    factor: u32,
    clock: bool,
}

/// What a row of the unit lists is.
#[derive(Clone, Copy, Debug)]
enum Row {
    Ucum(&'static str),
    Time(Time),
}

/// What a row of the currency lists is.
#[derive(Clone, Copy, Debug)]
enum Money {
    /// A sign or an abbreviation: its code and its own letters.
    Sign(&'static str, &'static str),
    /// A name: its key and default code.
    Name(&'static str, &'static str),
    /// An adjective that tells a currency: its number in `currencies`.
    Adjective(usize),
    /// A country word that settles a bare name: its number in `currencies`.
    Country(usize),
}

#[derive(Clone, Copy, Debug)]
struct Currency {
    code: &'static str,
    name: &'static str,
}

/// Units and currencies.
#[derive(Debug, Default)]
pub struct Lists {
    units: Vec<Row>,
    money: Vec<Money>,
    currencies: Vec<Currency>,
}

impl Lists {
    /// The currencies that a bare name stands for, unless its code is known.
    fn candidates(&self, name: &str, code: &str) -> Vec<&'static str> {
        let named = self.currencies.iter().filter(|c| code.is_empty() && c.name == name);
        named.map(|c| c.code).collect()
    }
}

impl Lists {
    /// Adds the lists to `vocabulary`.
    pub fn load(vocabulary: &mut VocabularyBuilder) -> Self {
        let mut lists = Self::default();
        for row in rows(include_str!("units.tsv")) {
            lists.add_unit(vocabulary, row.forms(1), Row::Ucum(row.cell(0)));
        }
        for row in rows(include_str!("times.tsv")) {
            let factor = row.cell(1).parse().unwrap_or(1);
            let time = Time { designator: row.cell(0), factor, clock: row.cell(2) == "T" };
            lists.add_unit(vocabulary, row.forms(3), Row::Time(time));
        }
        for row in rows(include_str!("currency_names.tsv")) {
            lists.add_money(vocabulary, row.forms(2), Money::Name(row.cell(0), row.cell(1)));
        }
        for row in rows(include_str!("currency_signs.tsv")) {
            for form in row.forms(1) {
                lists.add_money(vocabulary, std::iter::once(form), Money::Sign(row.cell(0), form));
            }
        }
        for row in rows(include_str!("currencies.tsv")) {
            let id = lists.currencies.len();
            lists.currencies.push(Currency { code: row.cell(0), name: row.cell(1) });
            for form in row.forms(2) {
                let forms = [form.to_owned(), format!("{form}ا"), format!("{form}ة")];
                lists.add_money(vocabulary, forms.iter().map(String::as_str), Money::Adjective(id));
            }
            lists.add_money(vocabulary, row.forms(3), Money::Country(id));
        }
        lists
    }

    fn add_unit<'a>(
        &mut self,
        vocabulary: &mut VocabularyBuilder,
        forms: impl Iterator<Item = &'a str>,
        row: Row,
    ) {
        for form in forms {
            vocabulary.add(List::Unit, form, self.units.len());
        }
        self.units.push(row);
    }

    fn add_money<'a>(
        &mut self,
        vocabulary: &mut VocabularyBuilder,
        forms: impl Iterator<Item = &'a str>,
        row: Money,
    ) {
        for form in forms {
            vocabulary.add(List::Currency, form, self.money.len());
        }
        self.money.push(row);
    }
}

/// The cards of what is read across a unit.
pub fn cards() -> impl Iterator<Item = &'static Card> {
    across::CARDS.into_iter()
}

/// The unit of each number of the reading, in the numbers' order.
pub fn read(reading: &Reading<'_>, lists: &Lists) -> Vec<Option<Unit>> {
    let mut settled: Option<FxHashMap<&'static str, &'static str>> = None;
    let mut units = Vec::with_capacity(reading.numbers.len());
    for number in &reading.numbers {
        let unit = unit_of(reading, lists, number, &mut settled);
        units.push(unit);
    }
    units
}

type Settled = Option<FxHashMap<&'static str, &'static str>>;

fn unit_of(reading: &Reading<'_>, lists: &Lists, number: &Number, settled: &mut Settled) -> Option<Unit> {
    if let Some(base) = number.base {
        return Some(rate(reading, base));
    }
    match number.sort {
        Sort::Percent => return Some(percent(reading, number)),
        Sort::Ordinal | Sort::Score | Sort::Ratio | Sort::Multiplier => return None,
        Sort::Dual => return dual(reading, lists, number),
        _ => {}
    }
    // «لتر ونصف»: the number began at its unit.
    let opens = !number.digits && reading.bits(number.start).meets(MEASURES);
    let at = if opens { number.start } else { after(reading, number) };
    // A unit that the number begins with may open a line.
    if at > number.start && !reading.same_line(at) {
        return money_before(reading, lists, number.start);
    }
    money_at(reading, lists, at, if at > number.end { Article::Free } else { article(number) }, settled)
        .or_else(|| money_before(reading, lists, number.start))
        .or_else(|| measure_at(reading, lists, number, at))
        .or_else(|| time_before(reading, lists, number))
        .or_else(|| single_before(reading, lists, number))
}

/// «يوم واحد», «كيلومتر واحد»: one stands behind its unit.
fn single_before(reading: &Reading<'_>, lists: &Lists, number: &Number) -> Option<Unit> {
    let one = number.amount == Amount::Exact(Decimal::ONE) && !number.digits && !number.article;
    let at = number.start.checked_sub(1).filter(|_| one && reading.same_line(number.start))?;
    let found = reading.find(List::Unit, at, Article::Kept).filter(|f| f.end == number.start)?;
    let (code, system) = match lists.units[found.row] {
        Row::Ucum(INDEX_POINT | DEGREE) => return None,
        Row::Ucum(code) => (code.to_owned(), System::Ucum),
        Row::Time(time) => (duration(&number.amount, time), System::Iso8601),
    };
    Some(found_unit(reading, &found, number.start, code, system))
}

/// Whether the unit may have the article: «مئات الدولارات», «نصف اللتر», but
/// not «7 الدرجات».
fn article(number: &Number) -> Article {
    if matches!(number.sort, Sort::Vague | Sort::Fraction) { Article::Free } else { Article::Kept }
}

/// «السنوات العشرين»: the unit of time stands before its number.
fn time_before(reading: &Reading<'_>, lists: &Lists, number: &Number) -> Option<Unit> {
    const PLURALS: [&str; 11] = [
        "السنوات",
        "السنين",
        "الاعوام",
        "الاشهر",
        "الشهور",
        "الاسابيع",
        "الايام",
        "الليالي",
        "الساعات",
        "العقود",
        "القرون",
    ];
    let at = number.start.checked_sub(1).filter(|_| number.article && reading.same_line(number.start))?;
    let found = reading.find(List::Unit, at, Article::Free).filter(|_| reading.is(at, &PLURALS))?;
    let Row::Time(time) = lists.units[found.row] else { return None };
    let fits = found.end == number.start && found.cut.article > 0 && found.cut.clitics == 0;
    fits.then(|| found_unit(reading, &found, found.end, duration(&number.amount, time), System::Iso8601))
}

/// Lists of things measured.
const MEASURES: Bits = Bits::of(&[List::Unit, List::Currency]);

/// The unit of a rate: one in so many, with the noun of its base.
fn rate(reading: &Reading<'_>, base: Base) -> Unit {
    let noun = reading.kind(base.end) == Some(Kind::Word)
        && reading.same_line(base.end)
        && !reading.bits(base.end).has(List::Function);
    let end = base.end + usize::from(noun);
    let span = reading.span(base.start, end);
    let code = format!("/{}", base.value.normalize());
    Unit { code, candidates: Vec::new(), system: System::Ucum, span, start: base.start, end }
}

/// Where the unit would stand: next, or after من or «بالـ».
fn after(reading: &Reading<'_>, number: &Number) -> usize {
    let money = || {
        let next = number.end + 1;
        !number.digits && reading.folded(next).starts_with("ال") && reading.bits(next).has(List::Currency)
    };
    let of = reading.is(number.end, &["من"]) && (number.sort == Sort::Vague || money());
    number.end + usize::from(of)
}

fn percent(reading: &Reading<'_>, number: &Number) -> Unit {
    let sign = number.end - 1;
    let span = Span::new(reading.span(sign, number.end).start.min(number.span.end), number.span.end);
    let span = if span.is_empty() { number.span } else { span };
    Unit {
        code: "%".to_owned(),
        candidates: Vec::new(),
        system: System::Percent,
        span,
        start: sign,
        end: number.end,
    }
}

fn found_unit(reading: &Reading<'_>, found: &Found, end: usize, code: String, system: System) -> Unit {
    let span = Span::new(reading.span_of(found).start, reading.span(found.start, end).end);
    Unit { code, candidates: Vec::new(), system, span, start: found.start, end }
}

/// A currency sign or name at token `at`, with its adjective.
fn money_at(
    reading: &Reading<'_>,
    lists: &Lists,
    at: usize,
    article: Article,
    settled: &mut Settled,
) -> Option<Unit> {
    let all = reading.find_all(List::Currency, at, article);
    for found in all.iter().filter(|f| f.cut.clitics == 0) {
        match lists.money[found.row] {
            Money::Sign(..) => return Some(sign(reading, lists, &all, found)),
            Money::Name(name, default) => {
                let (code, end) = adjective(reading, lists, found.end, name).unwrap_or_else(|| {
                    let table = settled.get_or_insert_with(|| settle(reading, lists));
                    let code =
                        if default.is_empty() { table.get(name).copied().unwrap_or("") } else { default };
                    (code, found.end)
                });
                let unit = found_unit(reading, found, end, code.into(), System::Iso4217);
                return Some(Unit { candidates: lists.candidates(name, code), ..unit });
            }
            _ => {}
        }
    }
    None
}

/// The unit of a currency sign; of two signs that folding makes one («د.أ»,
/// «د.إ») the one with the letters of the text.
fn sign(reading: &Reading<'_>, lists: &Lists, all: &[Found], found: &Found) -> Unit {
    let surface = reading.span(found.start, found.end).of(reading.text.raw);
    let signs =
        all.iter().filter(|other| other.end == found.end).filter_map(|other| match lists.money[other.row] {
            Money::Sign(code, form) => Some((code, form)),
            _ => None,
        });
    let candidates: Vec<&'static str> = signs.clone().map(|(code, _)| code).collect();
    let exact = signs.into_iter().find(|(_, form)| *form == surface).map(|(code, _)| code);
    let code = if candidates.len() == 1 { candidates[0] } else { exact.unwrap_or_default() };
    let unit = found_unit(reading, found, found.end, code.to_owned(), System::Iso4217);
    Unit { candidates: if code.is_empty() { candidates } else { Vec::new() }, ..unit }
}

/// The currency called `name` that the adjective at token `at` tells.
fn adjective(reading: &Reading<'_>, lists: &Lists, at: usize, name: &str) -> Option<(&'static str, usize)> {
    let all = reading.entries(List::Currency, at, Article::Free);
    all.filter(|found| found.cut.clitics == 0 && reading.same_line(at)).find_map(|found| {
        let Money::Adjective(id) = lists.money[found.row] else { return None };
        let currency = lists.currencies[id];
        (currency.name == name).then_some((currency.code, found.end))
    })
}

/// A currency sign just before token `start`: one token, or «د.إ».
fn money_before(reading: &Reading<'_>, lists: &Lists, start: usize) -> Option<Unit> {
    if !reading.same_line(start) {
        return None;
    }
    [1, 3].iter().filter_map(|back| start.checked_sub(*back)).find_map(|at| {
        let all = reading.find_all(List::Currency, at, Article::Kept);
        let found = all.iter().find(|f| f.end == start)?;
        let Money::Sign(..) = lists.money[found.row] else { return None };
        let before = at.checked_sub(1).is_some_and(|b| reading.number_at(b).is_some() && reading.glued(at));
        (!before).then(|| sign(reading, lists, &all, found))
    })
}

/// For each ambiguous name the currency whose country the document names most.
fn settle(reading: &Reading<'_>, lists: &Lists) -> FxHashMap<&'static str, &'static str> {
    let mut counts = vec![0_u32; lists.currencies.len()];
    for i in (0..reading.len()).filter(|&i| reading.bits(i).has(List::Currency)) {
        for found in reading.entries(List::Currency, i, Article::Free) {
            if let Money::Country(id) | Money::Adjective(id) = lists.money[found.row] {
                counts[id] += 1;
            }
        }
    }
    let mut best: FxHashMap<&'static str, (u32, &'static str)> = FxHashMap::default();
    for (currency, &count) in lists.currencies.iter().zip(&counts) {
        let entry = best.entry(currency.name).or_insert((0, ""));
        match count {
            _ if count > entry.0 => *entry = (count, currency.code),
            // Two countries named as often leave it open.
            _ if count == entry.0 && count > 0 => entry.1 = "",
            _ => {}
        }
    }
    best.into_iter().map(|(name, (_, code))| (name, code)).collect()
}

/// Letters of one-letter abbreviations, which count only glued to digits.
const SHORT: usize = 2;

fn measure_at(reading: &Reading<'_>, lists: &Lists, number: &Number, at: usize) -> Option<Unit> {
    let found = reading.find(List::Unit, at, Article::Free).filter(|f| f.cut.clitics == 0)?;
    let short = found.end == at + 1 && reading.folded(at).len() <= SHORT;
    if short && !(number.digits && reading.glued(at)) {
        return None;
    }
    match lists.units[found.row] {
        // The article makes «الثلاثة أمتار» no other unit, but «7 الدرجات» none.
        Row::Ucum(_) if found.cut.article > 0 && article(number) == Article::Kept => None,
        Row::Ucum(INDEX_POINT) if !speaks_of(reading, at, &MARKETS) => None,
        Row::Ucum(code) => {
            let code = if code == DEGREE { degree(reading, at) } else { code };
            let (code, end) = compound::per(reading, lists, found.end)
                .map_or((code.to_owned(), found.end), |(under, end)| (format!("{code}/{under}"), end));
            Some(found_unit(reading, &found, end, code, System::Ucum))
        }
        Row::Time(time) => {
            let code = duration(&number.amount, time);
            Some(found_unit(reading, &found, found.end, code, System::Iso8601))
        }
    }
}

/// The code of «نقطة», which also counts a game's points.
const INDEX_POINT: &str = "{index_point}";
/// How many tokens before and after «نقطة» a market is looked for.
const MARKET_REACH: usize = 25;
/// Words that speak of a market, without article and ending.
const MARKETS: [&str; 16] = [
    "مؤشر",
    "بورص",
    "اسهم",
    "سهم",
    "داو",
    "ناسداك",
    "نيكاي",
    "داكس",
    "فوتسي",
    "توبكس",
    "تداول",
    "ستاندرد",
    "ستوكس",
    "كاك",
    "المؤشر",
    "وول",
];

/// The code of «درجة», which is an angle where nothing says else.
const DEGREE: &str = "deg";
/// Words that speak of heat, and of earthquakes, without article and ending.
const HEAT: [&str; 6] = ["حرار", "مئوي", "ميوي", "الصفر", "طقس", "صقيع"];
const QUAKES: [&str; 5] = ["زلزال", "هزه", "هزات", "ارتداديه", "رجه"];

/// What «درجة» at token `at` measures.
fn degree(reading: &Reading<'_>, at: usize) -> &'static str {
    match () {
        () if speaks_of(reading, at, &QUAKES) => "{Richter}",
        () if speaks_of(reading, at, &["فهرنهايت"]) => "[degF]",
        () if speaks_of(reading, at, &HEAT) => "Cel",
        () => DEGREE,
    }
}

/// Whether one of the words, without article and ending, stands near `at`.
fn speaks_of(reading: &Reading<'_>, at: usize, words: &[&str]) -> bool {
    let sentence = reading.text.sentences[reading.text.sentence_of(at)];
    let from = sentence.start.max(at.saturating_sub(MARKET_REACH));
    (from..sentence.end.min(at + MARKET_REACH)).any(|i| {
        let word = reading.folded(i).trim_start_matches(['و', 'ب', 'ل']);
        let word = word.strip_prefix("ال").unwrap_or(word);
        words.iter().any(|w| word.starts_with(w))
    })
}

/// A dual noun that is itself a unit («شهرين», «دولارين»).
fn dual(reading: &Reading<'_>, lists: &Lists, number: &Number) -> Option<Unit> {
    let at = number.start;
    let units = reading.find(List::Unit, at, Article::Free);
    if let Some(found) = units {
        let (code, system) = match lists.units[found.row] {
            Row::Ucum(DEGREE) => (degree(reading, at).to_owned(), System::Ucum),
            Row::Ucum(code) => (code.to_owned(), System::Ucum),
            Row::Time(time) => (duration(&number.amount, time), System::Iso8601),
        };
        let span = Span::new(number.span.start, reading.span(at, found.end).end);
        let candidates = Vec::new();
        return Some(Unit { code, candidates, system, span, start: at, end: found.end });
    }
    let found = reading.find(List::Currency, at, Article::Free)?;
    let Money::Name(name, default) = lists.money[found.row] else { return None };
    let (code, end) = adjective(reading, lists, number.end, name).unwrap_or((default, number.end));
    let span = Span::new(number.span.start, reading.span(at, end).end);
    let candidates = lists.candidates(name, code);
    Some(Unit { code: code.to_owned(), candidates, system: System::Iso4217, span, start: at, end })
}

/// The ISO 8601 duration of `amount` units of time; `X` where it is vague, the
/// larger where it is a range.
fn duration(amount: &Amount, time: Time) -> String {
    let count = |value: Decimal| (value * Decimal::from(time.factor)).normalize().to_string();
    let number = match *amount {
        Amount::Exact(value) => count(value),
        Amount::Range(low, high) => format!("{}/{}", count(low), count(high)),
        Amount::Fraction(n, d) => count((Decimal::from(n) / Decimal::from(d.max(1))).round_dp(4)),
        Amount::Vague { .. } | Amount::Score(..) => "X".to_owned(),
    };
    let letter = |n: &str| format!("P{}{n}{}", if time.clock { "T" } else { "" }, time.designator);
    match number.split_once('/') {
        Some((low, high)) => format!("{}/{}", letter(low), letter(high)),
        None => letter(&number),
    }
}
