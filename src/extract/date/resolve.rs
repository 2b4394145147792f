//! From drafts to mentions: fills in what is not said from the document's date
//! or the time spoken of, in the order of the text.
//!
//! Without a document date and without context a mention stays unresolved.

use jiff::civil::{Date, DateTime};

use super::calendar::{self, Length, Point, Unit};
use super::mention::{Resolved, mention};
use super::relate;
use super::tense::{self, Tense};
use super::value::{self, Clock, Direction, Draft, Value, YearRef};
use super::words::{Feast, Lists};
use super::{Basis, Calendar, DateMention};
use crate::extract::Reading;

/// What is known when a mention is resolved.
struct Context<'a> {
    r: &'a Reading<'a>,
    /// The document's date.
    now: Option<DateTime>,
    /// The last year said, and the sentence that says it.
    year: Option<(i32, usize)>,
    /// The last day spoken of.
    day: Option<Date>,
    /// The last time spoken of, and the sentence that says it.
    point: Option<(Point, usize)>,
}

/// Resolves `drafts`, which stand in the text's order.
pub(super) fn all(r: &Reading<'_>, l: &Lists, drafts: &[Draft], published: Option<&str>) -> Vec<DateMention> {
    let now = published.and_then(moment);
    let later = drafts.iter().find_map(|d| said_year(&d.value));
    let mut context = Context { r, now, year: later.map(|y| (y, usize::MAX)), day: None, point: None };
    let mut mentions: Vec<DateMention> = Vec::with_capacity(drafts.len());
    let mut moments: Vec<(usize, Option<Point>)> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let resolved = context.resolve(draft);
        let point = resolved.as_ref().map(|resolved| resolved.point);
        context.remember(draft, point);
        moments.push((draft.start, point));
        mentions.push(mention(r, l, draft, resolved.as_ref()));
    }
    for (i, draft) in drafts.iter().enumerate() {
        if matches!(draft.value, Value::Clock) {
            let habit = drafts.iter().any(|d| {
                matches!(d.value, Value::Set(..))
                    && r.text.sentence_of(d.start) == r.text.sentence_of(draft.start)
            });
            if !habit {
                context.set_clock(draft, &mut mentions[i], &moments, i);
            }
        }
    }
    relate::relate(r, drafts, &mut mentions);
    mentions
}

/// A document's date, with or without a time of day.
fn moment(published: &str) -> Option<DateTime> {
    let text = published.trim();
    let day = text.get(..10)?.parse::<Date>().ok()?;
    let time = text.get(11..).and_then(|rest| rest.get(..8)).and_then(|time| time.parse().ok());
    let minutes = || text.get(11..16).and_then(|time| time.parse().ok());
    Some(day.to_datetime(time.or_else(minutes).unwrap_or_default()))
}

/// The year that a value says.
fn said_year(value: &Value) -> Option<i32> {
    match value {
        Value::Date { calendar: Calendar::Gregorian, year: YearRef::Said(y), month: Some(_), .. }
        | Value::Section { year: YearRef::Said(y), .. } => Some(*y),
        Value::Interval(from, _) => said_year(from),
        _ => None,
    }
}

impl Context<'_> {
    fn remember(&mut self, draft: &Draft, point: Option<Point>) {
        let sentence = self.r.text.sentence_of(draft.start);
        if let Some(year) = said_year(&draft.value) {
            self.year = Some((year, sentence));
        }
        match point {
            Some(Point::Day(day)) => self.day = Some(day),
            Some(Point::Moment(at, _)) => self.day = Some(at.date()),
            _ => {}
        }
        self.point = point.map(|point| (point, sentence)).or(self.point);
    }

    fn resolve(&self, draft: &Draft) -> Option<Resolved> {
        if let Some(days) = draft.days
            && let Some(now) = self.now
            && let Value::Weekday { day, .. } = draft.value
        {
            return beside_weekday(now, days, day);
        }
        let mut resolved = self.value(draft, &draft.value)?;
        // «بعد شهرين يوم الخميس»: the day of the week that the length leads to.
        if let (Value::Away { .. }, Some(weekday), Some((at, _))) =
            (&draft.value, draft.weekday, resolved.point.bounds())
        {
            let at = if let Point::Month(..) = resolved.point { self.moved(draft)?.date() } else { at };
            let gap = i64::from(weekday) - i64::from(calendar::weekday(at));
            resolved.point = Point::Day(calendar::step(at.at(0, 0, 0, 0), Unit::Day, gap)?.date());
        }
        let point = match (&draft.clock, resolved.point) {
            (Some(clock), Point::Day(day)) => {
                let second = clock.second.unwrap_or(0);
                let next = i32::from(clock.hour == 24);
                let at = day.at((clock.hour % 24) as i8, clock.minute as i8, second as i8, 0);
                let at = calendar::step(at, Unit::Day, next.into())?;
                Point::Moment(at, clock.second.is_some())
            }
            (_, point) => point,
        };
        Some(Resolved { point, ..resolved })
    }

    fn value(&self, draft: &Draft, value: &Value) -> Option<Resolved> {
        if let Some(point) = value.point() {
            return Some(Resolved { point, basis: Basis::Explicit });
        }
        let from_now = |point: Option<Point>| Some(Resolved { point: point?, basis: Basis::DocumentDate });
        match value {
            Value::Date { calendar: Calendar::Hijri, year, month, day } => {
                self.hijri(draft, *year, *month, *day)
            }
            Value::Date { year, month, day, .. } => self.fields(draft, *year, *month, *day),
            Value::Weekday { day, toward, week } => from_now(self.weekday(draft, *day, *toward, *week)),
            Value::Section { year, code } => {
                let (y, basis) = self.year_of(*year, Some(*code))?;
                Some(Resolved { point: Point::Section(y, *code), basis })
            }
            Value::Shift { unit, size, count, context } => {
                self.shifted(*unit, *size, *count, *context && self.is_near(draft, *count))
            }
            Value::Away { length, sign, context } => {
                let known = !*context || self.point.is_some();
                known.then(|| self.away(length, *sign, *context)).flatten()
            }
            Value::MinuteOf(minute) => {
                let now = self.now?;
                from_now(Some(Point::Moment(
                    now.date().at(now.hour(), i8::try_from(*minute).ok()?, 0, 0),
                    false,
                )))
            }
            Value::DayOfMonth { day, months } => {
                let at = calendar::step(self.now?, Unit::Month, (*months).into())?.date();
                from_now(Point::day(at.year().into(), at.month().unsigned_abs(), *day))
            }
            Value::Nth { nth, weekday, month } => {
                let month = self.value(draft, month)?;
                let (first, last) = month.point.bounds()?;
                Some(Resolved { point: value::nth_in(*nth, *weekday, first, last)?, basis: month.basis })
            }
            Value::Feast(feast, year) => self.feast(draft, *feast, *year),
            Value::Interval(from, to) => {
                let last = self.value(draft, to)?;
                let first = match before(from, to, last.point) {
                    Some(point) => point,
                    None => self.value(draft, from)?.point,
                };
                Some(Resolved { point: first.until(last.point)?, basis: last.basis })
            }
            _ => None,
        }
    }

    /// The year that a reference means, for months before `code` or any.
    fn year_of(&self, year: YearRef, code: Option<u8>) -> Option<(i32, Basis)> {
        let this = || self.now.map(|now| i32::from(now.year()));
        match year {
            YearRef::Said(y) => Some((y, Basis::Explicit)),
            YearRef::Shift(n) => Some((this()?.checked_add(n)?, Basis::DocumentDate)),
            YearRef::Toward(direction) => {
                let now = self.now?.date();
                let y = this()?;
                let (first, last) = Point::Section(y, code?).bounds()?;
                let shift = match direction {
                    Direction::Back if last >= now => -1,
                    Direction::Forward if first <= now => 1,
                    _ => 0,
                };
                Some((y + shift, Basis::DocumentDate))
            }
            YearRef::Beyond(direction) => {
                let (near, basis) = self.year_of(YearRef::Toward(direction), code)?;
                Some((near + direction.sign(), basis))
            }
            YearRef::Context(n) => {
                let year = self.point.and_then(|(p, _)| p.bounds()).map(|(first, _)| i32::from(first.year()));
                match year.or(self.year.map(|(y, _)| y)) {
                    Some(y) => Some((y.checked_add(n)?, Basis::Context)),
                    None => Some((this()?.checked_add(n)?, Basis::DocumentDate)),
                }
            }
            YearRef::Unsaid => match this() {
                Some(y) => Some((y, Basis::DocumentDate)),
                None => self.year.map(|(y, _)| (y, Basis::Context)),
            },
        }
    }

    /// A month, perhaps with a day, whose year is not said outright.
    fn fields(&self, draft: &Draft, year: YearRef, month: Option<u8>, day: Option<u8>) -> Option<Resolved> {
        let point = |y: i32| value::date_point(Calendar::Gregorian, y, month, day);
        if let (None, Some(day), Some(now)) = (month, day, self.now) {
            let point = Point::day(now.year().into(), now.month().unsigned_abs(), day)?;
            return Some(Resolved { point, basis: Basis::DocumentDate });
        }
        let Some(month_number) = month else {
            let (y, basis) = self.year_of(year, None)?;
            return Some(Resolved { point: point(y)?, basis });
        };
        let sentence = self.r.text.sentence_of(draft.start);
        let told = self
            .year
            .filter(|(_, at)| matches!(year, YearRef::Unsaid) && (self.now.is_none() || *at == sentence));
        if let Some((y, _)) = told {
            return Some(Resolved { point: point(y)?, basis: Basis::Context });
        }
        if let YearRef::Context(_) = year {
            let (y, basis) = self.year_of(year, None)?;
            return Some(Resolved { point: point(y)?, basis });
        }
        let now = self.now?.date();
        let this = i32::from(now.year());
        if let Some(weekday) = draft.weekday.filter(|_| matches!(year, YearRef::Unsaid) && day.is_some()) {
            let matches = |y: &i32| matches!(point(*y), Some(Point::Day(d)) if calendar::weekday(d) == weekday && days_between(now, d) < 200);
            if let Some(y) = [this, this - 1, this + 1].into_iter().find(matches) {
                return Some(Resolved { point: point(y)?, basis: Basis::Weekday });
            }
        }
        let y = match year {
            YearRef::Shift(n) => this.checked_add(n)?,
            YearRef::Toward(direction) => toward(now, direction, point)?,
            YearRef::Beyond(direction) => toward(now, direction, point)? + direction.sign(),
            _ if matches!(draft.value, Value::Feast(..)) => {
                let distance =
                    |y: &i32| point(*y).and_then(|p| p.bounds()).map_or(i32::MAX, |b| days_between(now, b.0));
                [this, this + 1, this - 1].into_iter().min_by_key(distance)?
            }
            _ => self.nearest(draft, now, month_number, day.unwrap_or(15)),
        };
        Some(Resolved { point: point(y)?, basis: Basis::DocumentDate })
    }

    /// The year that a day without one most likely means: this year's, unless
    /// that lies far ahead in a text that tells what was.
    fn nearest(&self, draft: &Draft, now: Date, month: u8, day: u8) -> i32 {
        /// Days ahead that a text may look without saying so.
        const AHEAD: i32 = 120;
        let this = i32::from(now.year());
        let Some(at) = calendar::date(this, month, day.min(28)) else { return this };
        let ahead = signed_days(now, at);
        match tense::of(self.r, draft.start, draft.end) {
            Tense::Future if ahead < -31 => this + 1,
            // «مفتوح حتى 15 يناير», told in December
            _ if ahead < -AHEAD && 365 + ahead < AHEAD / 2 && looks_ahead(self.r, draft.start) => this + 1,
            Tense::Told if ahead > AHEAD => this - 1,
            _ => this,
        }
    }

    fn hijri(&self, draft: &Draft, year: YearRef, month: Option<u8>, day: Option<u8>) -> Option<Resolved> {
        let now = self.now?.date();
        let (this, _, _) = calendar::to_hijri(now)?;
        let point = |y: i32| value::date_point(Calendar::Hijri, y, month, day);
        let y = match year {
            YearRef::Shift(n) if month.is_none() => this.checked_add(n)?,
            YearRef::Shift(n) => {
                let gregorian = i32::from(now.year()).checked_add(n)?;
                value::hijri_year_in(gregorian, month?)?
            }
            YearRef::Toward(direction) => {
                let shift = |n: i32| point(this + n).and_then(|p| p.bounds());
                let back = [0, -1].into_iter().find(|n| shift(*n).is_some_and(|(_, last)| last < now));
                let forward = [0, 1].into_iter().find(|n| shift(*n).is_some_and(|(first, _)| first > now));
                this + match direction {
                    Direction::Back => back?,
                    Direction::Now => 0,
                    Direction::Forward => forward?,
                }
            }
            YearRef::Unsaid if matches!(draft.value, Value::Feast(..)) => {
                let distance = |n: &i32| {
                    point(this + n).and_then(|p| p.bounds()).map_or(i32::MAX, |b| days_between(now, b.0))
                };
                this + [0, 1, -1].into_iter().min_by_key(distance)?
            }
            _ => {
                let future = tense::of(self.r, draft.start, draft.end) != Tense::Told;
                let first = point(this).and_then(|p| p.bounds())?.0;
                let ahead = signed_days(now, first);
                this + i32::from(future && ahead < -45) - i32::from(!future && ahead > 60)
            }
        };
        Some(Resolved { point: point(y)?, basis: Basis::DocumentDate })
    }

    fn weekday(&self, draft: &Draft, day: u8, toward: Option<Direction>, week: Option<i32>) -> Option<Point> {
        let now = self.now?;
        let today = calendar::weekday(now.date());
        let gap = i64::from(day) - i64::from(today);
        if let Some(week) = week.filter(|_| toward.is_none()) {
            return calendar::step(now, Unit::Day, gap + 7 * i64::from(week)).map(|at| Point::Day(at.date()));
        }
        let direction = toward.unwrap_or_else(|| {
            super::day::default_direction(tense::of(self.r, draft.start, draft.end) != Tense::Told)
        });
        let days = match direction {
            Direction::Forward if gap <= 0 => gap + 7,
            Direction::Back if gap > 0 => gap - 7,
            Direction::Back if gap == 0 && toward.is_some() => -7,
            _ => gap,
        };
        let days = days + 7 * i64::from(week.unwrap_or(0));
        calendar::step(now, Unit::Day, days).map(|at| Point::Day(at.date()))
    }

    fn shifted(&self, unit: Unit, size: i32, count: i32, context: bool) -> Option<Resolved> {
        let (at, basis) = self.base(context)?;
        let moved = calendar::step(at, unit, i64::from(count) * i64::from(size))?;
        let (y, m) = (i32::from(moved.year()), moved.month().unsigned_abs());
        let point = match (unit, size) {
            (Unit::Year, 1) => Point::Year(y),
            (Unit::Year, 10) => Point::Decade(y.div_euclid(10)),
            (Unit::Year, _) => Point::Century(y.div_euclid(100)),
            (Unit::Month, 3) => Point::Section(y, 33 + (m - 1) / 3),
            (Unit::Month, _) => Point::Month(y, m),
            (Unit::Week, _) => calendar::week_of(moved.date()),
            (Unit::Day, _) => Point::Day(moved.date()),
            _ => Point::Moment(moved, true),
        };
        Some(Resolved { point, basis })
    }

    /// The moment that a length from now leads to.
    fn moved(&self, draft: &Draft) -> Option<DateTime> {
        let Value::Away { length, sign, .. } = &draft.value else { return None };
        length.shift(self.now?, *sign)
    }

    /// What is counted from: the time spoken of, or now.
    fn base(&self, context: bool) -> Option<(DateTime, Basis)> {
        match self.point.and_then(|(p, _)| p.bounds()).filter(|_| context) {
            Some((first, _)) => Some((first.at(0, 0, 0, 0), Basis::Context)),
            None => Some((self.now?, Basis::DocumentDate)),
        }
    }

    /// Whether the last time spoken of is near enough to be what «السابق» and
    /// «التالي» count from.
    fn is_near(&self, draft: &Draft, count: i32) -> bool {
        let sentence = self.r.text.sentence_of(draft.start);
        let reach = if count < 0 { 1 } else { 3 };
        self.now.is_none() || self.point.is_some_and(|(_, at)| sentence - at <= reach)
    }

    fn away(&self, length: &Length, sign: i64, context: bool) -> Option<Resolved> {
        let (at, basis) = self.base(context)?;
        let moved = length.shift(at, sign)?;
        let (y, m) = (i32::from(moved.year()), moved.month().unsigned_abs());
        let point = match length.grain() {
            Unit::Year => Point::Year(y),
            Unit::Month => Point::Month(y, m),
            Unit::Week | Unit::Day => Point::Day(moved.date()),
            _ => Point::Moment(moved, true),
        };
        Some(Resolved { point, basis })
    }

    fn feast(&self, draft: &Draft, feast: Feast, year: YearRef) -> Option<Resolved> {
        match feast {
            Feast::Fixed(Calendar::Gregorian, month, day) => self.fields(draft, year, Some(month), Some(day)),
            Feast::Fixed(Calendar::Hijri, month, day) => self.hijri(draft, year, Some(month), Some(day)),
            _ => {
                let this = i32::from(self.now?.year());
                let y = match year {
                    YearRef::Shift(n) => this.checked_add(n)?,
                    YearRef::Toward(direction) => {
                        toward(self.now?.date(), direction, |y| value::feast_point(feast, y))?
                    }
                    _ => {
                        let now = self.now?.date();
                        let distance =
                            |y: &i32| feast.moving(*y).map_or(i32::MAX, |day| days_between(now, day));
                        [this, this + 1, this - 1].into_iter().min_by_key(distance)?
                    }
                };
                Some(Resolved { point: value::feast_point(feast, y)?, basis: Basis::DocumentDate })
            }
        }
    }

    /// Puts a clock time on the day spoken of beside it, or on the document's.
    fn set_clock(
        &self,
        draft: &Draft,
        mention: &mut DateMention,
        moments: &[(usize, Option<Point>)],
        i: usize,
    ) {
        /// Sentences back to a day that a clock time may belong to.
        const FEW: usize = 3;
        let sentence = self.r.text.sentence_of(draft.start);
        let near = |j: usize| match moments.get(j) {
            Some((start, Some(Point::Day(day)))) if self.r.text.sentence_of(*start) == sentence => Some(*day),
            _ => None,
        };
        let day = i.checked_sub(1).and_then(near).or_else(|| near(i + 1)).or_else(|| {
            moments[..i]
                .iter()
                .rev()
                .take_while(|(start, _)| sentence - self.r.text.sentence_of(*start) <= FEW)
                .find_map(|(_, p)| if let Some(Point::Day(day)) = p { Some(*day) } else { None })
        });
        let (day, basis) = match (day, self.now) {
            (Some(day), _) => (day, Basis::Context),
            (None, Some(now)) => (now.date(), Basis::DocumentDate),
            (None, None) => return,
        };
        let Some(clock) = &draft.clock else {
            mention.resolved = draft.part.map(|part| format!("{}T{part}", calendar::day(day)));
            mention.earliest = Some(calendar::day(day));
            mention.latest.clone_from(&mention.earliest);
            mention.basis = Some(basis);
            return;
        };
        let at = |clock: &Clock| calendar::day(day) + &clock.iso();
        let next = day.tomorrow().unwrap_or(day);
        mention.basis = Some(basis);
        if let Some(until) = &draft.until {
            // «من 22:00 إلى 05:00» ends on the next day.
            let over = (until.hour, until.minute) < (clock.hour, clock.minute);
            let end = calendar::day(if over { next } else { day }) + &until.iso();
            mention.resolved = Some(format!("{}/{end}", at(clock)));
            (mention.earliest, mention.latest) = (Some(at(clock)), Some(end));
        } else {
            mention.resolved = Some(at(clock));
            mention.earliest = Some(calendar::day(day));
            mention.latest.clone_from(&mention.earliest);
        }
        if let Some(resolved) = &mention.resolved {
            mention.timex.clone_from(resolved);
        }
    }
}

/// Whether a word for an end stands before token `i` in a sentence that denies nothing.
fn looks_ahead(r: &Reading<'_>, i: usize) -> bool {
    let start = r.text.sentences.get(r.text.sentence_of(i)).map_or(0, |s| s.start);
    i > 0
        && r.is(i - 1, &["حتي", "قبل", "بحلول", "لغايه", "الي"])
        && !(start..i).any(|j| r.is(j, &["لم", "ولم"]))
}

/// The first end of an interval whose year or week only the last end, at `last`,
/// tells: the nearest such time before it.
fn before(from: &Value, to: &Value, last: Point) -> Option<Point> {
    let (start, _) = last.bounds()?;
    match (from, to) {
        (
            Value::Date { calendar: Calendar::Gregorian, year, month: Some(month), day },
            Value::Date { .. },
        ) if !matches!(year, YearRef::Said(_)) => {
            let y = i32::from(start.year());
            let point = |y: i32| value::date_point(Calendar::Gregorian, y, Some(*month), *day);
            [y, y - 1]
                .into_iter()
                .filter_map(point)
                .find(|p| p.bounds().is_some_and(|(first, _)| first <= start))
        }
        (Value::Weekday { day, .. }, Value::Weekday { .. }) => {
            let back = (i64::from(calendar::weekday(start)) - i64::from(*day)).rem_euclid(7);
            calendar::step(start.at(0, 0, 0, 0), Unit::Day, -back).map(|at| Point::Day(at.date()))
        }
        _ => None,
    }
}

/// «أمس الثلاثاء»: the day so far from now; where its weekday is another, the
/// nearest day with the weekday said, as the text was written then.
fn beside_weekday(now: DateTime, days: i32, weekday: u8) -> Option<Resolved> {
    let at = calendar::step(now, Unit::Day, days.into())?;
    let gap = (i64::from(weekday) - i64::from(calendar::weekday(at.date()))).rem_euclid(7);
    let gap = if gap > 3 { gap - 7 } else { gap };
    let basis = if gap == 0 { Basis::DocumentDate } else { Basis::Weekday };
    let at = calendar::step(at, Unit::Day, gap)?;
    Some(Resolved { point: Point::Day(at.date()), basis })
}

/// The nearest year in which `point` lies on that side of `now`.
fn toward(now: Date, direction: Direction, point: impl Fn(i32) -> Option<Point>) -> Option<i32> {
    let this = i32::from(now.year());
    let bounds = |y: i32| point(y).and_then(|p| p.bounds());
    match direction {
        Direction::Back => (0..9).map(|n| this - n).find(|y| bounds(*y).is_some_and(|(_, last)| last < now)),
        Direction::Forward => {
            (0..9).map(|n| this + n).find(|y| bounds(*y).is_some_and(|(first, _)| first > now))
        }
        Direction::Now => Some(this),
    }
}

fn signed_days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn days_between(from: Date, to: Date) -> i32 {
    signed_days(from, to).abs()
}
