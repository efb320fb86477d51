//! A plan over the records of one block: its rows, or the child records of its rows.
use super::calls;
use super::plan::{Cond, Num};
use super::records::{Of, of_rows};
use crate::mask::Mask;
use liangu_base::date::Date;
use liangu_expr::typed::{Arith, Compare};
use std::borrow::Cow;

/// A number of each record; those that are not known mean nothing.
pub(super) struct Numbers<'a> {
    pub values: Cow<'a, [i64]>,
    pub known: Mask,
}

/// A truth value of each record: yes, a subset of what is known.
pub(super) struct Truth {
    pub t: Mask,
    pub known: Mask,
}

impl Truth {
    /// Yes or unknown.
    pub fn possible(&self) -> Mask {
        self.t.with(&self.known, |t, known| t | !known)
    }

    fn of_possible(t: Mask, possible: &Mask) -> Truth {
        let known = t.with(possible, |t, p| t | !p);
        Truth { t, known }
    }
}

impl<'a> Of<'a> {
    pub fn num(&self, plan: &Num) -> Numbers<'a> {
        let of = |plan: &Num| self.num(plan);
        match plan {
            Num::Const(value) => self.all(*value),
            Num::Fact(place) => self.fact(*place),
            Num::Size(place) => self.size(*place),
            Num::Outside(plan) => {
                let outside = Of::rows(self.table, self.context, self.block).num(plan);
                let Some(rows) = self.rows else { return outside };
                let values = rows.iter().map(|row| outside.values[*row as usize]).collect();
                Numbers { values: Cow::Owned(values), known: of_rows(&outside.known, rows) }
            }
            Num::Arith(arith, left, right) => {
                let (left, right) = (of(left), of(right));
                match arith {
                    Arith::Add => both(left, &right, i64::checked_add),
                    Arith::Sub => both(left, &right, i64::checked_sub),
                    Arith::Mul => both(left, &right, i64::checked_mul),
                    Arith::Div => both(left, &right, i64::checked_div),
                    Arith::Rem => both(left, &right, i64::checked_rem),
                }
            }
            Num::MoveDay { sign, from, days } => both(of(from), &of(days), |from, days| {
                let days = if *sign < 0 { from.checked_sub(days) } else { from.checked_add(days) };
                days.and_then(|d| i32::try_from(d).ok()).and_then(Date::from_days).map(|d| d.days().into())
            }),
            Num::Neg(inner) => each(of(inner), i64::checked_neg),
            Num::If(condition, yes, no) => picked(&self.cond(condition), of(yes), &of(no)),
            Num::Call(function, arguments) => calls::call(*function, arguments.iter().map(of).collect(), self),
            Num::Steps { of: number, passed, base, steps } => {
                let number = of(number);
                let mut chosen = of(base);
                chosen.known = chosen.known.and(&number.known);
                for (from, value) in steps {
                    let passes = compared(*passed, &number, &self.all(Some(*from)), self.records);
                    chosen = picked(&passes, of(value), &chosen);
                }
                chosen
            }
            Num::Over { child, filter, what } => self.fold(*child, filter.as_deref(), what),
            Num::Row(node) => self.number_by_row(node),
        }
    }

    pub fn cond(&self, plan: &Cond) -> Truth {
        let of = |plan: &Cond| self.cond(plan);
        let certain = |t: Mask| Truth { t, known: Mask::all(self.records, true) };
        match plan {
            Cond::Const(value) => {
                Truth { t: Mask::all(self.records, *value == Some(true)), known: Mask::all(self.records, value.is_some()) }
            }
            Cond::Flag(place) => self.flag(*place),
            Cond::OneOf(place, codes) => self.one_of(*place, codes),
            Cond::HasAny(place, codes) => self.has_any(*place, codes),
            Cond::OnFile(place) => certain(self.on_file(*place)),
            Cond::KnownNumber(number) => certain(self.num(number).known),
            Cond::KnownTruth(condition) => certain(of(condition).known),
            Cond::Compare(compare, left, right) => compared(*compare, &self.num(left), &self.num(right), self.records),
            Cond::CompareTruth(compare, left, right) => {
                let (left, right) = (of(left), of(right));
                let known = left.known.and(&right.known);
                let holds = left.t.with(&right.t, |a, b| match compare {
                    Compare::Eq => !(a ^ b),
                    Compare::Ne => a ^ b,
                    Compare::Lt => !a & b,
                    Compare::Le => !a | b,
                    Compare::Gt => a & !b,
                    Compare::Ge => a | !b,
                });
                Truth { t: holds.and(&known), known }
            }
            Cond::Not(inner) => {
                let inner = of(inner);
                Truth { t: inner.known.with(&inner.t, |known, t| known & !t), known: inner.known }
            }
            Cond::And(parts) => self.joined(parts, true),
            Cond::Or(parts) => self.joined(parts, false),
            Cond::AtLeast(n, parts) => self.at_least(*n, parts),
            Cond::If(condition, yes, no) => {
                let (condition, yes, no) = (of(condition), of(yes), of(no));
                let chosen = |yes: &Mask, no: &Mask| {
                    let yes = condition.t.and(yes);
                    let no = condition.known.with(&condition.t, |known, t| known & !t).and(no);
                    yes.with(&no, |a, b| a | b)
                };
                Truth { t: chosen(&yes.t, &no.t), known: chosen(&yes.known, &no.known) }
            }
            Cond::FirstReach { threshold, founded, year, now, earlier } => self.first_reach((threshold, now, earlier), (founded, year)),
            Cond::Outside(plan) => {
                let outside = Of::rows(self.table, self.context, self.block).cond(plan);
                let Some(rows) = self.rows else { return outside };
                Truth { t: of_rows(&outside.t, rows), known: of_rows(&outside.known, rows) }
            }
            Cond::Exists { child, filter, condition } => self.quantified(*child, filter.as_deref(), condition, true),
            Cond::All { child, filter, condition } => self.quantified(*child, filter.as_deref(), condition, false),
            Cond::Row(node) => self.truth_by_row(node),
        }
    }

    fn joined(&self, parts: &[Cond], all: bool) -> Truth {
        let mut t = Mask::all(self.records, all);
        let mut possible = t.clone();
        for part in parts {
            let part = self.cond(part);
            let join = |a: &Mask, b: &Mask| a.with(b, |a, b| if all { a & b } else { a | b });
            (t, possible) = (join(&t, &part.t), join(&possible, &part.possible()));
        }
        Truth::of_possible(t, &possible)
    }

    fn at_least(&self, n: u32, parts: &[Cond]) -> Truth {
        let (mut yes, mut may) = (vec![0u8; self.records], vec![0u8; self.records]);
        for part in parts {
            let part = self.cond(part);
            part.t.each(self.records, |at| yes[at] += 1);
            part.possible().each(self.records, |at| may[at] += 1);
        }
        let reached = |counts: &[u8]| Mask::of(self.records, |at| u32::from(counts[at]) >= n);
        Truth::of_possible(reached(&yes), &reached(&may))
    }

    fn first_reach(&self, (threshold, now, earlier): (&Num, &Num, &[Num]), (founded, year): (&Num, &Num)) -> Truth {
        let (threshold, founded, year) = (self.num(threshold), self.num(founded), self.num(year));
        let reached = |figure: &Num| compared(Compare::Ge, &self.num(figure), &threshold, self.records);
        let now = reached(now);
        let (mut no, mut open) = (now.known.with(&now.t, |known, t| known & !t), Mask::all(self.records, false));
        let dated = founded.known.and(&year.known);
        for (back, figure) in (1i64..).zip(earlier) {
            let reached = reached(figure);
            no = no.with(&reached.t, |a, b| a | b);
            let (f, y) = (&founded.values[..self.records], &year.values[..self.records]);
            let nothing_yet = Mask::of(self.records, |at| f[at] > y[at].saturating_sub(back)).and(&dated);
            open = open.with(&reached.known.with(&nothing_yet, |known, nothing| !known & !nothing), |a, b| a | b);
        }
        let t = now.t.with(&no, |t, no| t & !no).with(&open, |t, open| t & !open);
        Truth { known: t.with(&no, |t, no| t | no), t }
    }
}

#[inline(always)]
pub(super) fn both<'a>(mut left: Numbers<'a>, right: &Numbers<'_>, op: impl Fn(i64, i64) -> Option<i64>) -> Numbers<'a> {
    left.known = left.known.and(&right.known);
    for (at, (l, r)) in left.values.to_mut().iter_mut().zip(&*right.values).enumerate() {
        match op(*l, *r) {
            Some(value) => *l = value,
            None => left.known.clear(at),
        }
    }
    left
}

#[inline(always)]
pub(super) fn each(mut of: Numbers<'_>, op: impl Fn(i64) -> Option<i64>) -> Numbers<'_> {
    for (at, value) in of.values.to_mut().iter_mut().enumerate() {
        match op(*value) {
            Some(new) => *value = new,
            None => of.known.clear(at),
        }
    }
    of
}

/// One of two numbers by a condition; unknown where it is.
fn picked<'a>(condition: &Truth, mut yes: Numbers<'a>, no: &Numbers<'_>) -> Numbers<'a> {
    let not = condition.known.with(&condition.t, |known, t| known & !t);
    yes.known = condition.t.and(&yes.known).with(&not.and(&no.known), |a, b| a | b);
    for (at, (value, other)) in yes.values.to_mut().iter_mut().zip(&*no.values).enumerate() {
        *value = if condition.t.get(at) { *value } else { *other };
    }
    yes
}

fn compared(compare: Compare, left: &Numbers<'_>, right: &Numbers<'_>, records: usize) -> Truth {
    let (l, r) = (&left.values[..records], &right.values[..records]);
    let t = match compare {
        Compare::Eq => Mask::of(records, |at| l[at] == r[at]),
        Compare::Ne => Mask::of(records, |at| l[at] != r[at]),
        Compare::Lt => Mask::of(records, |at| l[at] < r[at]),
        Compare::Le => Mask::of(records, |at| l[at] <= r[at]),
        Compare::Gt => Mask::of(records, |at| l[at] > r[at]),
        Compare::Ge => Mask::of(records, |at| l[at] >= r[at]),
    };
    let known = left.known.and(&right.known);
    Truth { t: t.and(&known), known }
}
