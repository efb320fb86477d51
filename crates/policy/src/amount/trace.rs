//! The amount of one firm, step by step, by the row back end.
use crate::amount::formula::firm_money;
use crate::amount::settle::{Limits, Settled, finish};
use crate::compile::{Compiled, CompiledItem};
use crate::content::{Choose, Content};
use crate::frame::Frame;
use liangu_base::Text;
use liangu_expr::row::{Context, Row, answer_node, eval_in_child, eval_node};
use liangu_expr::typed::Node;
use liangu_expr::value::{Answer, Value};

/// What a firm gets of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemTrace {
    pub key: String,
    pub answer: Answer,
    /// Fen; none where unknown or where the item is no amount.
    pub amount: Option<i64>,
    /// Of a bound item: position of each child record that passes, and its part in fen.
    pub records: Vec<(usize, Option<i64>)>,
    /// Whether the item is an amount at all.
    pub computed: bool,
}

/// The steps up to the firm's cap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    pub items: Vec<ItemTrace>,
    /// Sum or highest of the items that fit. Fen.
    pub chosen: Option<i64>,
    pub firm_cap: Option<i64>,
    /// Before the year, other policies, rounding and floor: what [`crate::amount::settle`] starts from.
    pub capped: Option<i64>,
    /// What a firm without earlier awards gets.
    pub total: Option<i64>,
    /// Of the firm and its year, by this firm's facts; none while one of them is not known.
    pub limits: Option<Limits>,
    /// The amounts are ceilings, not promises.
    pub ceiling: bool,
}

/// The trace of a firm. Items that do not fit count nothing; an unknown one makes the total unknown.
pub fn trace(compiled: &Compiled, content: &Content, frame: &Frame, row: &dyn Row, context: &Context) -> Trace {
    let items = compiled.items.iter().map(|item| of_item(item, content, row, context)).collect();
    together(items, content, frame, row, context)
}

/// The steps after the items, whose answers and amounts are given.
pub fn together(items: Vec<ItemTrace>, content: &Content, frame: &Frame, row: &dyn Row, context: &Context) -> Trace {
    let counted: Option<Vec<i64>> = items.iter().filter(|item| item.computed).map(counts).collect();
    let chosen = counted.filter(|all| !all.is_empty()).and_then(|all| match content.money.choose {
        Choose::Sum => all.iter().try_fold(0i64, |sum, part| sum.checked_add(*part)),
        Choose::Highest => all.into_iter().max(),
    });
    let money = |text: &Option<String>| match text.as_deref().filter(|t| !t.trim().is_empty()) {
        Some(text) => firm_money(text, frame).ok().and_then(|node| number(&eval_node(&node, row, context))).map(Some),
        None => Some(None),
    };
    let cap = money(&content.money.firm_cap);
    let capped = chosen.zip(cap).map(|(amount, cap)| cap.map_or(amount, |cap| amount.min(cap)));
    let last = [&content.money.year_cap, &content.money.round_down, &content.money.floor].map(money);
    let limits = match last {
        [Some(year_cap), Some(round_down), Some(floor)] => Some(Limits { year_cap, round_down, floor }),
        _ => None,
    };
    let total = capped.zip(limits).map(|(capped, limits)| {
        let below_year = limits.year_cap.map_or(capped, |cap| capped.min(cap));
        finish(Settled { amount: below_year, steps: Vec::new() }, limits).amount
    });
    let ceiling = content.items.iter().any(|item| item.benefit.ceiling);
    Trace { items, chosen, firm_cap: cap.flatten(), capped, total, limits, ceiling }
}

fn counts(item: &ItemTrace) -> Option<i64> {
    match item.answer {
        Answer::Yes => item.amount,
        Answer::No => Some(0),
        Answer::Unknown => None,
    }
}

fn of_item(item: &CompiledItem, content: &Content, row: &dyn Row, context: &Context) -> ItemTrace {
    let only = content.items.len() == 1;
    let answer = match &item.gate {
        // the only item's conditions are the policy's: whether it fits is answered there
        Some(gate) if !only => answer_node(&gate.root, row, context),
        _ => Answer::Yes,
    };
    let amount = item.amount.as_ref().and_then(|amount| number(&eval_node(&amount.root, row, context)));
    let records = match &item.bound {
        Some(bound) => {
            let of_record = |node: &Node, record: &dyn Row| eval_in_child(node, record, row, context);
            let passes = |record: &dyn Row| bound.filter.as_ref().is_none_or(|filter| of_record(filter, record) == Value::Bool(true));
            let children = row.children(bound.child).unwrap_or_default();
            let passing = children.iter().enumerate().filter(|(_, record)| passes(record.as_ref()));
            passing.map(|(at, record)| (at, bound.amount.as_ref().and_then(|node| number(&of_record(node, record.as_ref()))))).collect()
        }
        None => Vec::new(),
    };
    ItemTrace { key: item.key.clone(), answer, amount, records, computed: item.amount.is_some() }
}

fn number(value: &Value) -> Option<i64> {
    if let Value::Int(n) = value { Some(*n) } else { None }
}

impl Trace {
    /// How the total came about, for people.
    pub fn words(&self) -> Text {
        match (self.chosen, self.firm_cap, self.total) {
            (Some(chosen), Some(cap), Some(total)) if total < chosen => {
                Text::new(format!("按单户上限 {} 元核减", whole_yuan(cap)), format!("cut to the firm's cap of {} yuan", whole_yuan(cap)))
            }
            (_, _, None) => Text::fixed("还缺事实，金额算不出", "facts are missing for the amount"),
            _ => Text::default(),
        }
    }
}

fn whole_yuan(fen: i64) -> i64 {
    fen / 100
}
