//! Cardinals in words, or in digits with scale words: the grammar of Arabic
//! numerals as a small machine that reads one word after another.

use rust_decimal::Decimal;

pub(super) use super::super::amount::Cardinal;
use super::super::reading::{Article, Found, Reading};
use super::digits;
use super::words::{Lists, Role, Word, decimal, governs, joined};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;

/// Roles that a cardinal is made of.
const ROLES: [Role; 12] = [
    Role::Zero,
    Role::Unit,
    Role::UnitBound,
    Role::Ten,
    Role::Teen,
    Role::Tens,
    Role::Hundred,
    Role::Hundreds,
    Role::Scale,
    Role::ScalePlural,
    Role::ScaleDual,
    Role::Vague,
];

/// What may still be added below the last scale word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    /// Nothing read yet.
    Empty,
    /// A unit: tens by و, or ten, or a hundred it multiplies.
    Unit,
    /// أحد: only tens or ten.
    Bound,
    /// A hundred: anything below it by و.
    Hundred,
    /// Nothing more.
    Closed,
}

#[derive(Clone, Copy)]
struct Machine {
    /// Sum of the parts that have had their scale word.
    total: Decimal,
    /// The part being read, below its scale word.
    group: Decimal,
    room: Room,
    /// Digits of the group, where it is one run of them.
    width: usize,
    /// The smallest scale word so far, `None` before the first.
    scale: Option<Decimal>,
    /// The value of the last scale word.
    last: Decimal,
}

impl Machine {
    const fn new() -> Self {
        Self {
            total: Decimal::ZERO,
            group: Decimal::ZERO,
            room: Room::Empty,
            width: 0,
            scale: None,
            last: Decimal::ONE,
        }
    }

    fn value(&self) -> Option<Decimal> {
        self.total.checked_add(self.group)
    }

    /// Whether a new group may begin: at the start, or by و below the last scale.
    fn opens(&self, joined: bool) -> bool {
        self.room == Room::Empty && (self.scale.is_none() || joined)
    }

    fn set(&mut self, value: u64, room: Room) -> Option<()> {
        if self.scale.is_some_and(|scale| decimal(value) >= scale) {
            return None;
        }
        (self.group, self.room) = (decimal(value), room);
        Some(())
    }

    fn add(&mut self, value: u64, room: Room) -> Option<()> {
        self.group = self.group.checked_add(decimal(value))?;
        self.room = room;
        Some(())
    }

    /// Takes a word of role `role`; `None` if it cannot follow here.
    fn take(&mut self, role: Role, value: u64, joined: bool) -> Option<()> {
        match (role, self.room) {
            (Role::Zero, Room::Empty) if self.scale.is_none() => self.set(0, Room::Closed),
            (Role::Unit, Room::Empty) if self.opens(joined) => self.set(value, Room::Unit),
            (Role::UnitBound, Room::Empty) if self.opens(joined) => self.set(value, Room::Bound),
            (Role::Teen | Role::Tens | Role::Ten, Room::Empty) if self.opens(joined) => {
                self.set(value, Room::Closed)
            }
            (Role::Hundred | Role::Hundreds, Room::Empty) if self.opens(joined) => {
                self.set(value, Room::Hundred)
            }
            (Role::Unit, Room::Hundred) if joined => self.add(value, Room::Unit),
            (Role::UnitBound, Room::Hundred) if joined => self.add(value, Room::Bound),
            (Role::Teen | Role::Ten, Room::Hundred)
            | (Role::Tens, Room::Hundred | Room::Unit | Room::Bound)
                if joined =>
            {
                self.add(value, Room::Closed)
            }
            (Role::Ten, Room::Unit | Room::Bound) if !joined => self.add(value, Room::Closed),
            (Role::Vague, Room::Unit) if value != 100 => None,
            (Role::Hundred | Role::Vague, Room::Unit)
                if !joined && self.group < Decimal::TEN && self.group > Decimal::TWO =>
            {
                self.group *= decimal(100);
                self.room = Room::Hundred;
                Some(())
            }
            (Role::Scale | Role::ScalePlural, _) => self.scale_by(decimal(value), joined, role),
            (Role::ScaleDual, Room::Empty) if self.opens(joined) => {
                let value = decimal(value);
                self.below(value)?;
                self.close_scale(value * Decimal::TWO, value)
            }
            _ => None,
        }
    }

    /// Takes digits.
    fn take_digits(&mut self, value: Decimal, width: usize, joined: bool) -> Option<()> {
        let fits = match self.room {
            Room::Empty => self.opens(joined) && self.scale.is_none_or(|scale| value < scale),
            Room::Hundred => joined && value < decimal(100),
            _ => false,
        };
        if !fits {
            return None;
        }
        self.group = self.group.checked_add(value)?;
        (self.room, self.width) = (Room::Closed, width);
        Some(())
    }

    fn below(&self, scale: Decimal) -> Option<()> {
        self.scale.is_none_or(|last| scale < last).then_some(())
    }

    fn close_scale(&mut self, amount: Decimal, scale: Decimal) -> Option<()> {
        self.total = self.total.checked_add(amount)?;
        (self.group, self.room, self.width) = (Decimal::ZERO, Room::Empty, 0);
        (self.scale, self.last) = (Some(scale), scale);
        Some(())
    }

    fn scale_by(&mut self, scale: Decimal, joined: bool, role: Role) -> Option<()> {
        if self.room == Room::Empty {
            let first = self.scale.is_none() && role == Role::Scale;
            let after = joined && role == Role::Scale && self.scale.is_some_and(|last| scale < last);
            if first || after {
                return self.close_scale(scale, scale);
            }
            // «ألف مليون»: the whole is multiplied.
            if !joined && self.scale.is_some_and(|last| scale > last) {
                self.total = self.total.checked_mul(scale)?;
                (self.scale, self.last) = (Some(scale), scale);
                return Some(());
            }
            return None;
        }
        if joined || self.room == Room::Bound {
            return None;
        }
        if self.below(scale).is_some() {
            return self.close_scale(self.group.checked_mul(scale)?, scale);
        }
        // «18 ألف و230 مليون»: thousands and a group of three digits, in millions.
        let thousands = self.scale == Some(decimal(1000)) && scale > decimal(1000);
        if thousands && self.width == 3 {
            self.total = self.value()?.checked_mul(scale)?;
            (self.group, self.room, self.width) = (Decimal::ZERO, Room::Empty, 0);
            (self.scale, self.last) = (Some(scale), scale);
            return Some(());
        }
        None
    }
}

/// A word or a run of digits that may take part in a cardinal.
enum Item {
    Word(Word, Found),
    Digits(digits::Digits),
}

impl Item {
    fn end(&self) -> usize {
        match self {
            Self::Word(_, found) => found.end,
            Self::Digits(digits) => digits.end,
        }
    }
}

/// The cardinal that begins at token `i`, which may be a minus sign. Many
/// rules ask for the same one: the reading keeps the last few.
pub(super) fn cardinal(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Cardinal> {
    reading.cardinal(i, || signed(reading, lists, i))
}

fn signed(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Cardinal> {
    if !is_minus(reading, i) {
        return unsigned(reading, lists, i);
    }
    let cardinal = unsigned(reading, lists, i + 1)?;
    Some(Cardinal { value: -cardinal.value, at: reading.span(i, i + 1).start, width: 0, ..cardinal })
}

/// Whether token `i` is a minus sign: glued to digits and to nothing before.
pub(super) fn is_minus(reading: &Reading<'_>, i: usize) -> bool {
    let sign = reading.is(i, &["-", "−", "﹣"]) && reading.glued(i + 1);
    if !sign || reading.kind(i + 1) != Some(Kind::Digits) {
        return false;
    }
    let Some(before) = i.checked_sub(1).filter(|_| reading.same_line(i)) else { return true };
    let apart = !reading.glued(i) || reading.is(before, &["(", "\"", "«", "<", ">", "=", "و", "ب", "ل"]);
    apart && reading.kind(before) != Some(Kind::Digits) && !is_percent(reading, before)
}

fn unsigned(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Cardinal> {
    let first = item(reading, lists, i, true)?;
    let mut machine = Machine::new();
    let mut cardinal = begin(reading, i, &first);
    let mut next = Some((first, false, i));
    // The state after the last word that may end a number.
    let mut settled = None;
    while let Some((item, joined, _)) = next {
        let pending = machine.scale.is_some() && machine.room != Room::Empty;
        let opens = joined || machine.room == Room::Empty;
        if step(&mut machine, reading, &item, joined).is_none() {
            // A scale word that fits nowhere takes its own number away from us.
            if pending && !joined && is_scale(&item) {
                machine = settled.map(|(machine, end)| {
                    cardinal.end = end;
                    machine
                })?;
            }
            break;
        }
        cardinal.end = item.end();
        cardinal.one &=
            matches!(item, Item::Word(Word { role: Role::Unit, value: 1, .. }, _)) && cardinal.end == i + 1;
        cardinal.digits &= matches!(item, Item::Digits(_));
        cardinal.doubt = doubt(reading, &item, opens).or(cardinal.doubt);
        if machine.room == Room::Empty {
            settled = Some((machine, cardinal.end));
        }
        next = following(reading, lists, cardinal.end);
    }
    if machine.room == Room::Bound || cardinal.end == i {
        return None;
    }
    cardinal.value = machine.value()?;
    cardinal.scale = machine.last;
    cardinal.width = if cardinal.digits { machine.width } else { 0 };
    Some(cardinal)
}

fn begin(reading: &Reading<'_>, i: usize, first: &Item) -> Cardinal {
    let (at, article) = match first {
        Item::Word(_, found) => (reading.span_of(found).start, found.cut.article > 0),
        Item::Digits(_) => {
            let point = digits::is_pointed(reading, i);
            (reading.span(i - usize::from(point), i + 1).start, i > 0 && glued_article(reading, i))
        }
    };
    Cardinal {
        value: Decimal::ZERO,
        end: i,
        at,
        article,
        digits: true,
        width: 0,
        scale: Decimal::ONE,
        one: true,
        doubt: None,
    }
}

/// Whether the letters glued before the digits at `i` end in an article.
fn glued_article(reading: &Reading<'_>, i: usize) -> bool {
    reading.glued(i) && reading.folded(i - 1).ends_with("ال")
}

fn is_percent(reading: &Reading<'_>, at: usize) -> bool {
    reading.is(at, &["%", "٪"])
}

fn is_scale(item: &Item) -> bool {
    matches!(item, Item::Word(Word { role: Role::Scale | Role::ScalePlural, .. }, _))
}

fn step(machine: &mut Machine, reading: &Reading<'_>, item: &Item, joined: bool) -> Option<()> {
    match item {
        Item::Digits(digits) => machine.take_digits(digits.value, digits.width, joined),
        Item::Word(word, found) if word.role == Role::ScaleDualOrTanwin => {
            let multiplies = !joined && machine.room != Room::Empty;
            let two = !multiplies && is_dual(reading, found);
            let role = if two { Role::ScaleDual } else { Role::Scale };
            machine.take(role, word.value, joined)
        }
        Item::Word(word, _) => machine.take(word.role, word.value, joined),
    }
}

/// Whether «ألفا» without a number before it says two thousand of the noun
/// behind it.
fn is_dual(reading: &Reading<'_>, found: &Found) -> bool {
    const TANWIN: [char; 3] = ['\u{064B}', '\u{064C}', '\u{064D}'];
    !reading.surface(found.start).contains(TANWIN) && governs(reading, found.end)
}

/// What else the item could say: the ending of «ألفا» is written for one
/// thousand too.
fn doubt(reading: &Reading<'_>, item: &Item, opens: bool) -> Option<&'static str> {
    match item {
        Item::Digits(digits) => digits.doubt,
        Item::Word(word, found) if word.role == Role::ScaleDualOrTanwin && opens => {
            is_dual(reading, found).then_some("two; may be one")
        }
        Item::Word(..) => None,
    }
}

/// The word or digits at token `i`; only the first may carry proclitics other
/// than و.
fn item(reading: &Reading<'_>, lists: &Lists, i: usize, first: bool) -> Option<Item> {
    if reading.kind(i) == Some(Kind::Digits) {
        let scaled = |at| lists.word(reading, at, &[Role::Scale, Role::ScalePlural, Role::Percent]).is_some();
        let unit =
            |at| reading.bits(at).meets(Bits::of(&[List::Unit, List::Currency])) || is_percent(reading, at);
        return digits::read(reading, i, |at| scaled(at) || unit(at)).map(Item::Digits);
    }
    let any = lists.word(reading, i, &ROLES).or_else(|| lists.word(reading, i, &[Role::ScaleDualOrTanwin]));
    let (word, found) = any?;
    let bare = found.cut.clitics == 0 || joined(reading, &found);
    (first || bare).then_some(Item::Word(word, found))
}

/// The item after token `end - 1`, whether و joins it, and where it begins.
fn following(reading: &Reading<'_>, lists: &Lists, end: usize) -> Option<(Item, bool, usize)> {
    if !reading.same_line(end) {
        return None;
    }
    if reading.is(end, &["و"]) {
        let item = item(reading, lists, end + 1, false).filter(|_| reading.same_line(end + 1))?;
        let fused = matches!(&item, Item::Word(_, found) if found.cut.clitics > 0);
        return (!fused).then_some((item, true, end + 1));
    }
    if let Some(bound) = and_one(reading, lists, end) {
        return Some((bound, true, end));
    }
    let item = item(reading, lists, end, false)?;
    let joins = match &item {
        Item::Word(_, found) => found.cut.clitics > 0,
        Item::Digits(_) => false,
    };
    Some((item, joins, end))
}

/// «مئة وأحد عشر»: folding makes «وأحد» look like «واحد».
fn and_one(reading: &Reading<'_>, lists: &Lists, at: usize) -> Option<Item> {
    let teen = || lists.word(reading, at + 1, &[Role::Ten]).is_some_and(|(_, found)| found.cut.clitics == 0);
    let found = reading.entries(List::Number, at, Article::Kept).find(|f| f.cut.clitics > 0)?;
    let bound = Word { role: Role::UnitBound, value: 1, second: 0, pronoun: 0 };
    (reading.is(at, &["واحد"]) && teen()).then_some(Item::Word(bound, found))
}
