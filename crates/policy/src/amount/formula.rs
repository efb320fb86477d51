//! Amounts as one expression: what an item pays, what a firm gets up to its cap.
//!
//! The order is fixed: amount of a record → its cap → its rounding → its floor → items that fit, summed or the highest
//! → the firm's cap. What follows (year, other policies, pool) needs more than the firm's own facts: see
//! [`super::settle`] and [`super::pool`].
use crate::compile::{CompiledItem, ItemText, inner, typed_within};
use crate::content::{Choose, Content, Item, Money};
use crate::frame::Frame;
use liangu_expr::print::print_node;
use liangu_expr::schema::{ChildIx, Type, Unit};
use liangu_expr::typed::{Aggregate, Arith, Compare, Const, Kind, Node, Span, Typed};
use liangu_expr::{Expect, Finding};

/// The item's amount over the firm, and over one child record where it binds one.
pub(crate) fn of_item(
    item: &Item,
    child: Option<ChildIx>,
    filter: Option<&Node>,
    frame: &Frame,
    findings: &mut Vec<(ItemText, Finding)>,
) -> (Option<Typed>, Option<Node>) {
    let benefit = &item.benefit;
    let mut money = |which: ItemText, text: &Option<String>| -> Result<Option<Node>, ()> {
        let Some(text) = text.as_deref().filter(|t| !t.trim().is_empty()) else { return Ok(None) };
        match money_node(text, item, frame) {
            Ok(node) => Ok(Some(node)),
            Err(found) => {
                findings.extend(found.into_iter().map(|finding| (which, finding)));
                Err(())
            }
        }
    };
    let amount = money(ItemText::Amount, &benefit.amount);
    let cap = money(ItemText::Cap, &benefit.cap);
    let step = money(ItemText::RoundDown, &benefit.round_down);
    let floor = money(ItemText::Floor, &benefit.floor);
    let (Ok(Some(amount)), Ok(cap), Ok(step), Ok(floor)) = (amount, cap, step, floor) else { return (None, None) };
    let one = finished(amount, cap, step, floor);
    let whole = match (child, benefit.times) {
        (None, _) => one.clone(),
        (Some(child), Some(1)) => over(child, filter, Aggregate::Max(Box::new(one.clone()))),
        (Some(child), _) => over(child, filter, Aggregate::Sum(Box::new(one.clone()))),
    };
    let source = print_node(&whole, &frame.schema).into();
    (Some(Typed { source, root: whole }), child.map(|_| one))
}

/// A text of money; of a bound item, over the variable.
fn money_node(text: &str, item: &Item, frame: &Frame) -> Result<Node, Vec<Finding>> {
    let (typed, written) = typed_within(text, item.bind.as_ref(), Expect::Any, frame)?;
    let node = if written.within.is_empty() { typed.root } else { inner(&typed.root).cloned().unwrap_or(typed.root) };
    money_or_finding(node, text)
}

fn money_or_finding(node: Node, text: &str) -> Result<Node, Vec<Finding>> {
    if node.ty.unit() == Some(Unit::Fen) {
        return Ok(node);
    }
    let span = Span { start: 0, end: text.len() as u32 };
    let finding = Finding::new("policy.not-money", span, "这里要一个金额", "an amount of money is needed here");
    Err(vec![
        finding.hint("写作 wan(50)、share(revenue, percent(2)) 这样的金额", "write an amount as wan(50) or share(revenue, percent(2))"),
    ])
}

/// A text of money over the firm.
pub(crate) fn firm_money(text: &str, frame: &Frame) -> Result<Node, Vec<Finding>> {
    money_or_finding(frame.typed(text, Expect::Any)?.root, text)
}

fn finished(amount: Node, cap: Option<Node>, step: Option<Node>, floor: Option<Node>) -> Node {
    let capped = capped(amount, cap);
    let rounded = match step {
        Some(step) => call("floor_to", vec![capped, step]),
        None => capped,
    };
    match floor {
        Some(floor) => unless_below(rounded, floor),
        None => rounded,
    }
}

fn capped(amount: Node, cap: Option<Node>) -> Node {
    match cap {
        Some(cap) => call("min", vec![amount, cap]),
        None => amount,
    }
}

/// Nothing where the amount is below the floor.
fn unless_below(amount: Node, floor: Node) -> Node {
    let below = Node { kind: Kind::Compare(Compare::Lt, Box::new(amount.clone()), Box::new(floor)), ty: Type::Bool, span: Span::default() };
    money(Kind::If(Box::new(below), Box::new(nothing()), Box::new(amount)))
}

/// What is wrong in the texts beside the items, by name.
pub(crate) fn findings_of_money(money: &Money, frame: &Frame) -> Vec<(&'static str, Finding)> {
    let pool = money.pool.as_ref();
    let amounts = [
        ("firm_cap", &money.firm_cap),
        ("year_cap", &money.year_cap),
        ("round_down", &money.round_down),
        ("floor", &money.floor),
        ("pool.budget", pool.map_or(&None, |pool| &pool.budget)),
    ];
    let mut found = Vec::new();
    for (name, text) in amounts {
        if let Some(text) = text.as_deref().filter(|t| !t.trim().is_empty())
            && let Err(findings) = firm_money(text, frame)
        {
            found.extend(findings.into_iter().map(|finding| (name, finding)));
        }
    }
    let rank = pool.and_then(|pool| pool.rank.as_deref()).filter(|t| !t.trim().is_empty());
    match rank.map(|text| frame.typed(text, Expect::Any)) {
        Some(Err(findings)) => found.extend(findings.into_iter().map(|finding| ("pool.rank", finding))),
        Some(Ok(typed)) if typed.root.ty.unit().is_none() => {
            let span = Span { start: 0, end: typed.source.len() as u32 };
            found.push(("pool.rank", Finding::new("policy.not-number", span, "排序要用一个数", "the rank must be a number")));
        }
        _ => {}
    }
    found
}

/// What a firm that fits gets: items that fit it, up to the firm's cap. None where no item is computed.
pub(crate) fn of_firm(content: &Content, items: &[CompiledItem], frame: &Frame) -> Option<Typed> {
    let mut parts = items.iter().filter_map(|item| {
        let amount = item.amount.as_ref()?.root.clone();
        Some(match &item.gate {
            // the only item's conditions are the policy's
            Some(gate) if items.len() > 1 => money(Kind::If(Box::new(gate.root.clone()), Box::new(amount), Box::new(nothing()))),
            _ => amount,
        })
    });
    let first = parts.next()?;
    let chosen = match content.money.choose {
        Choose::Sum => parts.fold(first, |sum, part| money(Kind::Arith(Arith::Add, Box::new(sum), Box::new(part)))),
        Choose::Highest => {
            let all: Vec<Node> = std::iter::once(first).chain(parts).collect();
            if all.len() == 1 { all.into_iter().next()? } else { call("max", all) }
        }
    };
    let money = &content.money;
    let text = |text: &Option<String>| match text.as_deref().filter(|t| !t.trim().is_empty()) {
        Some(text) => firm_money(text, frame).map(Some),
        None => Ok(None),
    };
    // a firm that got nothing yet this year can get the year's cap at most
    let below_year = capped(capped(chosen, text(&money.firm_cap).ok()?), text(&money.year_cap).ok()?);
    let root = finished(below_year, None, text(&money.round_down).ok()?, text(&money.floor).ok()?);
    Some(Typed { source: print_node(&root, &frame.schema).into(), root })
}

fn over(child: ChildIx, filter: Option<&Node>, what: Aggregate) -> Node {
    money(Kind::Aggregate { child, filter: filter.cloned().map(Box::new), what })
}

fn call(name: &'static str, arguments: Vec<Node>) -> Node {
    money(Kind::Call(name, arguments))
}

fn nothing() -> Node {
    money(Kind::Const(Const::Int(0)))
}

fn money(kind: Kind) -> Node {
    Node { kind, ty: Type::Int(Unit::Fen), span: Span::default() }
}
