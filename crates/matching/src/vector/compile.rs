//! From a typed node to a plan.
//!
//! Over the rows everything has a plan: what is not computed over blocks is left to the row back end, as little of it
//! as can be. Over child records a part without a plan leaves its whole aggregate to the row back end. A part of a
//! predicate over child records that does not speak of them is computed over the rows and handed to their records.
use super::plan::{Cond, Fold, Function, Num, Place};
use crate::dictionary::Dictionary;
use crate::table::{FactKey, Table};
use crate::tree::MOST_PARTS;
use liangu_expr::row::Context;
use liangu_expr::schema::{ChildIx, Type};
use liangu_expr::typed::{Aggregate, Arith, Compare, Const, Kind, Node, Source};
use liangu_expr::value::Value;
use std::sync::Arc;

/// The plan of a condition over the rows.
pub(crate) fn condition(node: &Node, table: &Table, context: &Context) -> Cond {
    Compiler { table, context, child: None, outer: None }.cond(node).unwrap_or_else(|| Cond::Row(Box::new(node.clone())))
}

/// The plan of a number or day over the rows.
pub(crate) fn number(node: &Node, table: &Table, context: &Context) -> Num {
    Compiler { table, context, child: None, outer: None }.num(node).unwrap_or_else(|| Num::Row(Box::new(node.clone())))
}

#[derive(Clone, Copy)]
struct Compiler<'a> {
    table: &'a Table,
    context: &'a Context,
    /// The child records that the plan is of; none: the rows.
    child: Option<ChildIx>,
    /// Those bound by the macro around.
    outer: Option<ChildIx>,
}

/// Where a fact of the records is, with the dictionary of its codes.
type Placed<'a> = (Place, Option<&'a Dictionary>);

impl<'a> Compiler<'a> {
    /// `None` only over child records.
    fn cond(&self, node: &Node) -> Option<Cond> {
        let node = node.meaning();
        if self.child.is_some() && !matches!(node.kind, Kind::Const(_)) && !names_child(node, 0) {
            return Some(Cond::Outside(Box::new(condition(node, self.table, self.context))));
        }
        self.try_cond(node).or_else(|| self.child.is_none().then(|| Cond::Row(Box::new(node.clone()))))
    }

    fn conds(&self, nodes: &[Node]) -> Option<Vec<Cond>> {
        nodes.iter().map(|n| self.cond(n)).collect()
    }

    /// `None` only over child records.
    fn num(&self, node: &Node) -> Option<Num> {
        let node = node.meaning();
        if self.child.is_some() && !matches!(node.kind, Kind::Const(_)) && !names_child(node, 0) {
            return Some(Num::Outside(Box::new(number(node, self.table, self.context))));
        }
        self.try_num(node).or_else(|| self.child.is_none().then(|| Num::Row(Box::new(node.clone()))))
    }

    fn try_cond(&self, node: &Node) -> Option<Cond> {
        let boxed = |n: &Node| self.cond(n).map(Box::new);
        Some(match &node.kind {
            Kind::Const(Const::Bool(b)) => Cond::Const(Some(*b)),
            Kind::Const(Const::Null) => Cond::Const(None),
            Kind::Fact(Source::Param { .. }) => match self.param(node)? {
                Value::Bool(b) => Cond::Const(Some(b)),
                _ => Cond::Const(None),
            },
            Kind::Fact(_) if matches!(node.ty, Type::Bool) => Cond::Flag(self.place(node)?.0),
            Kind::Not(inner) => Cond::Not(boxed(inner)?),
            Kind::And(parts) => Cond::And(self.conds(parts)?),
            Kind::Or(parts) => Cond::Or(self.conds(parts)?),
            Kind::AtLeast(n, parts) if parts.len() <= MOST_PARTS => Cond::AtLeast(*n, self.conds(parts)?),
            Kind::If(condition, yes, no) => match same(yes, no) {
                Some(constant) => self.try_cond(constant)?,
                None => Cond::If(boxed(condition)?, boxed(yes)?, boxed(no)?),
            },
            Kind::Compare(compare, left, right) => self.compare(*compare, left, right)?,
            Kind::OneOf(of, codes) => self.one_of(of, codes)?,
            Kind::Within(of, ancestors) => {
                let ((place, Some(dictionary)), Type::Code(_)) = (self.place(of)?, &of.ty) else { return None };
                let mut codes: Vec<u32> = ancestors.iter().flat_map(|ancestor| dictionary.below(ancestor)).copied().collect();
                codes.sort_unstable();
                codes.dedup();
                Cond::OneOf(place, codes)
            }
            Kind::HasAny(of, codes) => self.has_any(of, codes)?,
            Kind::HasAll(of, codes) if !codes.is_empty() => {
                Cond::And(codes.iter().map(|code| self.has_any(of, std::slice::from_ref(code))).collect::<Option<_>>()?)
            }
            Kind::IsKnown(of) => self.known(of)?,
            Kind::Call("first_reach", arguments) => self.first_reach(arguments)?,
            Kind::Call(name @ ("bands" | "tiers"), arguments) => self.stepped_truth(name, arguments)?,
            Kind::Aggregate { child, filter, what: Aggregate::Exists(condition) } => {
                let (filter, condition) = self.over(*child, filter.as_deref(), condition)?;
                Cond::Exists { child: *child, filter, condition }
            }
            Kind::Aggregate { child, filter, what: Aggregate::All(condition) } => {
                let (filter, condition) = self.over(*child, filter.as_deref(), condition)?;
                Cond::All { child: *child, filter, condition }
            }
            _ => return None,
        })
    }

    fn try_num(&self, node: &Node) -> Option<Num> {
        let boxed = |n: &Node| self.num(n).map(Box::new);
        if !is_number(&node.ty) && !matches!(node.kind, Kind::Const(Const::Null)) {
            return None;
        }
        Some(match &node.kind {
            Kind::Const(Const::Int(v)) => Num::Const(Some(*v)),
            Kind::Const(Const::Date(d)) => Num::Const(Some(d.days().into())),
            Kind::Const(Const::Null) => Num::Const(None),
            Kind::Today => Num::Const(Some(self.context.today.days().into())),
            Kind::JudgedYear => Num::Const(Some(self.context.judged_year.into())),
            Kind::Fact(Source::Param { .. }) => Num::Const(match (self.param(node)?, &node.ty) {
                (Value::Int(v), Type::Int(_) | Type::Days) => Some(v),
                (Value::Date(d), Type::Date) => Some(d.days().into()),
                _ => None,
            }),
            Kind::Fact(_) => Num::Fact(self.place(node)?.0),
            Kind::Arith(arith, left, right) => self.arith(*arith, left, right)?,
            Kind::Neg(inner) if !matches!(inner.ty, Type::Date) => Num::Neg(boxed(inner)?),
            Kind::If(condition, yes, no) => match same(yes, no) {
                Some(constant) => self.try_num(constant)?,
                None => Num::If(Box::new(self.cond(condition)?), boxed(yes)?, boxed(no)?),
            },
            Kind::Size(of) if matches!(of.ty, Type::Set(_)) => Num::Size(self.place(of)?.0),
            Kind::Call(name @ ("bands" | "tiers"), arguments) => self.steps(name, arguments)?,
            Kind::Call(name, arguments) => {
                let function = function(name, arguments)?;
                Num::Call(function, arguments.iter().map(|n| self.num(n)).collect::<Option<_>>()?)
            }
            Kind::Aggregate { child, filter, what } => self.fold(*child, filter.as_deref(), what)?,
            _ => return None,
        })
    }

    fn arith(&self, arith: Arith, left: &Node, right: &Node) -> Option<Num> {
        let (a, b) = (Box::new(self.num(left)?), Box::new(self.num(right)?));
        match (is_date(left), is_date(right), arith) {
            (false, false, _) | (true, true, Arith::Sub) => Some(Num::Arith(arith, a, b)),
            // whatever the operator, a day and a number are added but where it is subtracted
            (true, false, Arith::Add) => Some(Num::MoveDay { sign: 1, from: a, days: b }),
            (true, false, Arith::Sub) => Some(Num::MoveDay { sign: -1, from: a, days: b }),
            _ => None,
        }
    }

    fn fold(&self, child: ChildIx, filter: Option<&Node>, what: &Aggregate) -> Option<Num> {
        let inner = self.inside(child)?;
        let value = |node: &Node| inner.num(node).map(Box::new);
        let what = match what {
            Aggregate::Count => Fold::Count,
            Aggregate::Sum(node) if !is_date(node) => Fold::Sum(value(node)?),
            Aggregate::Mean(node) if !is_date(node) => Fold::Mean(value(node)?),
            Aggregate::Min(node) => Fold::Min(value(node)?),
            Aggregate::Max(node) => Fold::Max(value(node)?),
            _ => return None,
        };
        let filter = filter.map(|f| inner.cond(f).map(Box::new));
        Some(Num::Over { child, filter: transpose(filter)?, what })
    }

    fn over(&self, child: ChildIx, filter: Option<&Node>, condition: &Node) -> Option<(Option<Box<Cond>>, Box<Cond>)> {
        let inner = self.inside(child)?;
        let filter = filter.map(|f| inner.cond(f).map(Box::new));
        Some((transpose(filter)?, Box::new(inner.cond(condition)?)))
    }

    /// `bands` and `tiers`: a number, then results with ascending thresholds between them.
    fn steps(&self, name: &str, arguments: &[Node]) -> Option<Num> {
        let [of, base, rest @ ..] = arguments else { return None };
        let steps = rest.chunks_exact(2).map(|step| Some((threshold(&step[0], of)?, self.num(&step[1])?))).collect::<Option<Vec<_>>>()?;
        let ascend = steps.windows(2).all(|pair| pair[0].0 < pair[1].0);
        if !is_number(&of.ty) || rest.len() % 2 != 0 || !ascend {
            return None;
        }
        Some(Num::Steps { of: Box::new(self.num(of)?), passed: passed(name), base: Box::new(self.num(base)?), steps })
    }

    /// As [`Self::steps`] where the results are truth values.
    fn stepped_truth(&self, name: &str, arguments: &[Node]) -> Option<Cond> {
        let [of, base, rest @ ..] = arguments else { return None };
        if !is_number(&of.ty) || rest.len() % 2 != 0 {
            return None;
        }
        let (mut chosen, mut below) = (self.cond(base)?, None);
        for step in rest.chunks_exact(2) {
            let from = threshold(&step[0], of).filter(|from| below.is_none_or(|below| below < *from))?;
            below = Some(from);
            let reached = Cond::Compare(passed(name), Box::new(self.num(of)?), Box::new(Num::Const(Some(from))));
            chosen = Cond::If(Box::new(reached), Box::new(self.cond(&step[1])?), Box::new(chosen));
        }
        Some(chosen)
    }

    /// Arguments as typed: the threshold, the year of foundation, the year of the first figure, that figure and the
    /// earlier ones.
    fn first_reach(&self, arguments: &[Node]) -> Option<Cond> {
        let [threshold, founded, year, now, earlier @ ..] = arguments else { return None };
        if arguments.iter().any(|argument| !is_number(&argument.ty) || is_date(argument)) {
            return None;
        }
        let boxed = |n: &Node| self.num(n).map(Box::new);
        let earlier = earlier.iter().map(|figure| self.num(figure)).collect::<Option<_>>()?;
        Some(Cond::FirstReach { threshold: boxed(threshold)?, founded: boxed(founded)?, year: boxed(year)?, now: boxed(now)?, earlier })
    }

    /// The compiler of what stands within a macro; three macros deep there is none.
    fn inside(&self, child: ChildIx) -> Option<Compiler<'a>> {
        let fits = self.outer.is_none() && self.table.children.table(child).is_some();
        fits.then_some(Compiler { child: Some(child), outer: self.child, ..*self })
    }

    fn compare(&self, compare: Compare, left: &Node, right: &Node) -> Option<Cond> {
        let truths = |n: &Node| matches!(n.ty, Type::Bool | Type::Null);
        if truths(left) && truths(right) {
            return Some(Cond::CompareTruth(compare, Box::new(self.cond(left)?), Box::new(self.cond(right)?)));
        }
        let equality = |of: &Node, code: &Arc<str>| {
            let equal = self.one_of(of, std::slice::from_ref(code))?;
            match compare {
                Compare::Eq => Some(equal),
                Compare::Ne => Some(Cond::Not(Box::new(equal))),
                _ => None,
            }
        };
        match (&left.kind, &right.kind) {
            (_, Kind::Const(Const::Text(code))) => return equality(left, code),
            (Kind::Const(Const::Text(code)), _) => return equality(right, code),
            _ => {}
        }
        let numbers = |n: &Node| is_number(&n.ty) || matches!(n.kind, Kind::Const(Const::Null));
        if !numbers(left) || !numbers(right) || is_date(left) != is_date(right) {
            return None;
        }
        Some(Cond::Compare(compare, Box::new(self.num(left)?), Box::new(self.num(right)?)))
    }

    fn one_of(&self, of: &Node, codes: &[Arc<str>]) -> Option<Cond> {
        if !matches!(of.ty, Type::Code(_) | Type::Text | Type::Ref(_)) {
            return None;
        }
        let (place, dictionary) = self.place(of)?;
        Some(Cond::OneOf(place, numbers_of(dictionary?, codes)))
    }

    fn has_any(&self, of: &Node, codes: &[Arc<str>]) -> Option<Cond> {
        let ((place, dictionary), Type::Set(_)) = (self.place(of)?, &of.ty) else { return None };
        Some(Cond::HasAny(place, numbers_of(dictionary?, codes)))
    }

    fn known(&self, of: &Node) -> Option<Cond> {
        match &of.kind {
            Kind::Fact(Source::Param { .. }) => None,
            Kind::Fact(_) if !matches!(of.ty, Type::Children(_)) => Some(Cond::OnFile(self.place(of)?.0)),
            _ if matches!(of.ty, Type::Bool) => Some(Cond::KnownTruth(Box::new(self.cond(of)?))),
            _ if is_number(&of.ty) => Some(Cond::KnownNumber(Box::new(self.num(of)?))),
            _ => None,
        }
    }

    /// Where a fact of the records is; `None` for any other node.
    fn place(&self, node: &Node) -> Option<Placed<'a>> {
        match (&node.kind, self.child) {
            (Kind::Fact(Source::Record { field, year }), None) => {
                let column = self.table.place(FactKey::new(*field, *year))?;
                Some((Place { column: column as u32, depth: 0 }, self.table.columns[column].dictionary()))
            }
            (Kind::Fact(Source::Child { field, depth, .. }), Some(_)) => {
                let child = [self.child, self.outer].get(*depth as usize).copied()??;
                Some((Place { column: field.0, depth: *depth }, self.table.children.table(child)?.dictionary(*field)))
            }
            _ => None,
        }
    }

    /// The constant behind a parameter, if its shape is that of its type.
    fn param(&self, node: &Node) -> Option<Value> {
        let Kind::Fact(Source::Param { object, field }) = &node.kind else { return None };
        Some(self.context.params.get(&(object.to_string(), field.to_string())).cloned().unwrap_or(Value::Null))
    }
}

/// How a threshold is passed.
fn passed(name: &str) -> Compare {
    if name == "bands" { Compare::Ge } else { Compare::Gt }
}

/// A constant threshold for numbers or days like `of`.
fn threshold(node: &Node, of: &Node) -> Option<i64> {
    match &node.meaning().kind {
        Kind::Const(Const::Int(v)) if !is_date(of) => Some(*v),
        Kind::Const(Const::Date(d)) if is_date(of) => Some(d.days().into()),
        _ => None,
    }
}

/// The constant that both sides of an `If` are.
fn same<'n>(yes: &'n Node, no: &Node) -> Option<&'n Node> {
    match (&yes.kind, &no.kind) {
        (Kind::Const(a), Kind::Const(b)) if a == b => Some(yes),
        _ => None,
    }
}

fn transpose<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        Some(None) => None,
        Some(some) => Some(some),
        None => Some(None),
    }
}

/// Ascending numbers of the codes; one that no record ever had has none and cannot match.
fn numbers_of(dictionary: &Dictionary, codes: &[Arc<str>]) -> Vec<u32> {
    let mut numbers: Vec<u32> = codes.iter().filter_map(|code| dictionary.find(code)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn is_number(ty: &Type) -> bool {
    matches!(ty, Type::Int(_) | Type::Days | Type::Date)
}

fn is_date(node: &Node) -> bool {
    matches!(node.ty, Type::Date)
}

fn function(name: &str, arguments: &[Node]) -> Option<Function> {
    let dates = arguments.iter().filter(|n| is_date(n)).count();
    let (function, of_dates) = match (name, arguments.len()) {
        ("growth", 2) => (Function::Growth, 0),
        ("ratio", 2) => (Function::Ratio, 0),
        ("share", 2) => (Function::Share, 0),
        ("sum_years", 1..) => (Function::Sum, 0),
        ("mean_years", 1..) => (Function::Mean, 0),
        ("min" | "min_years", 1..) => (Function::Min, if dates > 0 { arguments.len() } else { 0 }),
        ("max" | "max_years", 1..) => (Function::Max, if dates > 0 { arguments.len() } else { 0 }),
        ("abs", 1) => (Function::Abs, 0),
        ("years_since", 1) => (Function::YearsSince, 1),
        ("months_since", 1) => (Function::MonthsSince, 1),
        ("days_since", 1) => (Function::DaysSince, 1),
        ("year_of", 1) => (Function::YearOf, 1),
        ("months_between", 2) => (Function::MonthsBetween, 2),
        ("years_between", 2) => (Function::YearsBetween, 2),
        ("add_months", 2) if is_date(&arguments[0]) => (Function::AddMonths, 1),
        ("floor_to", 2) => (Function::FloorTo, 0),
        _ => return None,
    };
    (dates == of_dates).then_some(function)
}

/// Whether the node speaks of a child record bound outside it. `level` is the number of macros between.
fn names_child(node: &Node, level: u32) -> bool {
    let deeper = level + u32::from(matches!(node.kind, Kind::Aggregate { .. }));
    match &node.kind {
        Kind::Fact(Source::Child { depth, .. }) => *depth >= level,
        _ => {
            let mut names = false;
            crate::derived::each_part(node, &mut |part| names |= names_child(part, deeper));
            names
        }
    }
}
