//! Typing of steps (`floor_to`, `bands`, `tiers`), periods between days, and the year in which a figure is first reached.
use super::calls::{Site, moved, series};
use super::openness::established;
use super::{Checker, type_name};
use crate::finding::Finding;
use crate::row::order;
use crate::schema::{Type, Unit};
use crate::syntax::Tree;
use crate::typed::{Arith, Const, Kind, Node, Source};
use crate::value::Value;
use std::cmp::Ordering;

/// Earlier years that `first_reach` looks at.
const REACH_YEARS: i32 = 10;

/// Brings all parts to one type: the first that is no constant gives it to bare literals on either side.
pub(super) fn alike(checker: &mut Checker<'_>, site: &Site<'_>, parts: &mut [Node]) -> Option<Type> {
    let lead = parts.iter().position(|p| !matches!(p.kind, Kind::Const(_))).unwrap_or(0);
    let mut first = parts.get(lead)?.clone();
    for (i, part) in parts.iter_mut().enumerate() {
        if i != lead {
            checker.unify(part, &mut first, site.span)?;
        }
    }
    let ty = first.ty.clone();
    parts[lead] = first;
    Some(ty)
}

fn nodes(checker: &mut Checker<'_>, trees: &[&Tree]) -> Option<Vec<Node>> {
    let nodes: Vec<Option<Node>> = trees.iter().map(|t| checker.node(t)).collect();
    nodes.into_iter().collect()
}

pub(crate) fn floor_to(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let mut parts = nodes(checker, &site.arguments)?;
    let ty = alike(checker, site, &mut parts)?;
    if ty.unit().is_none() {
        return checker.fail(site.wrong(site.span, "要两个单位相同的整数", "takes two whole numbers of one unit"));
    }
    if let Kind::Const(Const::Int(step)) = parts[1].kind
        && step <= 0
    {
        return checker.fail(site.wrong(parts[1].span, "的步长要大于零", "takes a step above zero"));
    }
    site.call(parts, ty)
}

/// `bands` and `tiers`: a value, then results with the thresholds between them.
pub(crate) fn stepped(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    if !site.arguments.len().is_multiple_of(2) {
        return checker.fail(site.wrong(site.span, "的门槛和取值要成对", "takes thresholds and values in pairs"));
    }
    let parts = nodes(checker, &site.arguments)?;
    let (mut scale, mut results) = (Vec::new(), Vec::new());
    for (at, part) in parts.into_iter().enumerate() {
        if at % 2 == 0 { scale.push(part) } else { results.push(part) }
    }
    let of = alike(checker, site, &mut scale)?;
    let ty = alike(checker, site, &mut results)?;
    if of.unit().is_none() && !matches!(of, Type::Date | Type::Double) {
        let (zh, en) = type_name(&of);
        return checker.fail(site.wrong(
            scale[0].span,
            &format!("按数或日期分档，却是{zh}"),
            &format!("steps by a number or a date, not {en}"),
        ));
    }
    if ty.unit().is_none() && !matches!(ty, Type::Date | Type::Bool) {
        return checker.fail(site.wrong(site.span, "的取值要是整数、日期或是否", "gives whole numbers, dates or conditions"));
    }
    ascending(checker, site, &scale[1..])?;
    let arguments = scale.into_iter().zip(results).flat_map(|(a, b)| [a, b]).collect();
    site.call(arguments, ty)
}

/// Thresholds must be constants that ascend; one that is not known makes the whole unknown.
fn ascending(checker: &mut Checker<'_>, site: &Site<'_>, thresholds: &[Node]) -> Option<()> {
    let value = |node: &Node| match &node.meaning().kind {
        Kind::Const(Const::Int(n)) => Some(Value::Int(*n)),
        Kind::Const(Const::Double(x)) => Some(Value::Double(*x)),
        Kind::Const(Const::Date(d)) => Some(Value::Date(*d)),
        Kind::Const(Const::Null) => Some(Value::Null),
        _ => None,
    };
    let mut below: Option<Value> = None;
    for threshold in thresholds {
        let Some(value) = value(threshold) else {
            return checker.fail(site.wrong(threshold.span, "的门槛要是固定的值", "takes fixed values as thresholds"));
        };
        if let Some(below) = &below
            && matches!(order(below, &value), Some(Ordering::Equal | Ordering::Greater))
        {
            let name = site.function.name;
            return checker.fail(
                Finding::new(
                    "expr.steps",
                    threshold.span,
                    format!("{name} 的门槛要从小到大，这一个不比前一个大"),
                    format!("the thresholds of {name} must ascend; this one does not lie above the one before"),
                )
                .hint("检查单位和零的个数，再按从小到大排列", "check the units and the zeros, then put them in ascending order"),
            );
        }
        below = Some(value);
    }
    Some(())
}

fn dates(checker: &mut Checker<'_>, site: &Site<'_>, trees: &[&Tree]) -> Option<Vec<Node>> {
    let dates = nodes(checker, trees)?;
    match dates.iter().find(|d| !matches!(d.ty, Type::Date)) {
        Some(other) => {
            let (zh, en) = type_name(&other.ty);
            checker.fail(site.wrong(other.span, &format!("要日期，却是{zh}"), &format!("takes dates, not {en}")))
        }
        None => Some(dates),
    }
}

/// `months_between` and `years_between`.
pub(crate) fn between(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let dates = dates(checker, site, &site.arguments)?;
    site.call(dates, Type::Int(if site.function.name == "months_between" { Unit::Month } else { Unit::Year }))
}

pub(crate) fn add_months(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let mut parts = dates(checker, site, &site.arguments[..1])?;
    let mut months = checker.node(site.arguments[1])?;
    if months.ty.unit() == Some(Unit::One) && matches!(months.kind, Kind::Const(_)) {
        months.ty = Type::Int(Unit::Month);
    }
    if !matches!(months.ty.unit(), Some(Unit::Month | Unit::One)) {
        let (zh, en) = type_name(&months.ty);
        return checker.fail(site.wrong(months.span, &format!("要月数，却是{zh}"), &format!("takes a number of months, not {en}")));
    }
    parts.push(months);
    site.call(parts, Type::Date)
}

/// Arguments of the node: the threshold, the year of foundation, the year of the first figure, that figure and the
/// ten before it.
pub(crate) fn first_reach(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let mut fact = series(checker, site, site.arguments[0])?;
    let mut threshold = checker.node(site.arguments[1])?;
    let ty = checker.unify(&mut threshold, &mut fact, site.span)?;
    if ty.unit().is_none() {
        return checker.fail(site.wrong(fact.span, "要一个整数", "takes a whole number"));
    }
    let Some(founded) = established(checker.schema) else {
        return checker.fail(Finding::new(
            "expr.arguments",
            site.span,
            "first_reach 要知道企业何时成立，而这里没有成立日期（established）",
            "first_reach needs to know when the firm was founded, and there is no `established` here",
        ));
    };
    let span = site.span;
    let year = |kind| Node { kind, ty: Type::Int(Unit::Year), span };
    let founded = Node { kind: Kind::Fact(Source::Record { field: founded, year: 0 }), ty: Type::Date, span };
    let judged = match &fact.kind {
        Kind::Fact(Source::Record { year: by, .. }) if *by != 0 => {
            let by = year(Kind::Const(Const::Int(i64::from(*by))));
            year(Kind::Arith(Arith::Add, Box::new(year(Kind::JudgedYear)), Box::new(by)))
        }
        _ => year(Kind::JudgedYear),
    };
    let mut arguments = vec![threshold, year(Kind::Call("year_of", vec![founded])), judged];
    arguments.extend((0..=REACH_YEARS).map(|back| moved(&fact, -back)));
    site.call(arguments, Type::Bool)
}
