//! What is not a predicate over one column of facts: arithmetic, child records, functions of dates.
//!
//! Numbers of this kind become columns ([`Formulas`]), predicates become bits, both computed over whole blocks
//! ([`crate::vector`]); what they read is known, so that a changed fact re-evaluates what reads it, for its row alone
//! and by the row back end.
use crate::bits::Bits;
use crate::column::{Column, Data, Numbers, Stored};
use crate::lower;
use crate::table::{FactKey, Table};
use crate::tree::Tree;
use crate::vector;
use crate::view::RowView;
use liangu_base::date::Date;
use liangu_expr::row::{self, Context, Row};
use liangu_expr::schema::{ChildIx, FieldIx, Type};
use liangu_expr::typed::{Aggregate, Arith, Compare, Const, Kind, Node, Source};
use liangu_expr::value::{Answer, Value};
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::hash::{Hash, Hasher};

/// Equal if the canonical text is.
#[derive(Clone, Debug)]
pub(crate) struct Derived {
    key: String,
    pub node: Node,
    pub reads: Reads,
}

impl PartialEq for Derived {
    fn eq(&self, other: &Derived) -> bool {
        self.key == other.key
    }
}

impl Eq for Derived {}

impl Hash for Derived {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

/// What an expression reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    pub facts: BTreeSet<FactKey>,
    pub children: BTreeSet<ChildIx>,
    /// The day of evaluation, the judged year or a parameter.
    pub time: bool,
}

/// What the node reads, its parts included.
pub fn reads(node: &Node) -> Reads {
    let mut reads = Reads::default();
    visit(node, &mut |n| match &n.kind {
        Kind::Fact(Source::Record { field, year }) if !matches!(n.ty, Type::Children(_)) => {
            reads.facts.insert(FactKey::new(*field, *year));
        }
        Kind::Fact(Source::Child { child, .. }) | Kind::Aggregate { child, .. } => {
            reads.children.insert(*child);
        }
        // functions such as years_since look at the day without naming it
        Kind::Today | Kind::JudgedYear | Kind::Call(..) | Kind::Fact(Source::Param { .. }) => reads.time = true,
        _ => {}
    });
    reads
}

/// Visits the node and all its parts.
pub(crate) fn visit(node: &Node, act: &mut impl FnMut(&Node)) {
    act(node);
    each_part(node, &mut |part| visit(part, act));
}

pub(crate) fn each_part(node: &Node, act: &mut dyn FnMut(&Node)) {
    match &node.kind {
        Kind::Const(_) | Kind::Fact(_) | Kind::Today | Kind::JudgedYear => {}
        Kind::Not(a) | Kind::OneOf(a, _) | Kind::Within(a, _) | Kind::HasAny(a, _) | Kind::HasAll(a, _) => act(a),
        Kind::Named { node, .. } => act(node),
        Kind::Size(a) | Kind::IsKnown(a) | Kind::Neg(a) => act(a),
        Kind::And(parts) | Kind::Or(parts) | Kind::AtLeast(_, parts) | Kind::Call(_, parts) => parts.iter().for_each(act),
        Kind::Compare(_, a, b) | Kind::WithinOf(a, b) | Kind::Arith(_, a, b) => [a, b].into_iter().for_each(|n| act(n)),
        Kind::If(a, b, c) => [a, b, c].into_iter().for_each(|n| act(n)),
        Kind::Aggregate { filter, what, .. } => {
            filter.iter().for_each(|n| act(n));
            match what {
                Aggregate::Count => {}
                Aggregate::Sum(n)
                | Aggregate::Mean(n)
                | Aggregate::Min(n)
                | Aggregate::Max(n)
                | Aggregate::Exists(n)
                | Aggregate::All(n) => act(n),
            }
        }
    }
}

impl Derived {
    pub fn new(node: &Node) -> Derived {
        let mut key = String::new();
        write_key(node, &mut key);
        Derived { key, node: node.clone(), reads: reads(node) }
    }

    /// The answer for one row.
    pub fn answer(&self, view: &RowView<'_>, context: &Context) -> Answer {
        row::answer_node(&self.node, view, context)
    }

    /// The number or day for one row, as a column of numbers stores it.
    pub fn number(&self, view: &RowView<'_>, context: &Context) -> Stored {
        match row::eval_node(&self.node, view, context) {
            Value::Int(v) => Stored::Int(v),
            Value::Date(d) => Stored::Int(i64::from(d.days())),
            _ => Stored::Unknown,
        }
    }

    /// True and known bits for all rows.
    pub fn answers(&self, table: &Table, context: &Context, threads: usize) -> (Bits, Bits) {
        vector::answers(&self.node, table, context, threads)
    }

    /// The numbers for all rows as a column.
    pub fn column(&self, table: &Table, context: &Context, threads: usize) -> Column {
        let (values, known) = vector::numbers(&self.node, table, context, threads);
        let mut column = Column { known, data: Data::Int(Numbers { values, ..Numbers::default() }) };
        column.grow(table.len());
        column.index();
        column
    }
}

/// Numbers over several facts that rules compare with constants: growth, ratios, counts of child records. Each is a
/// column of the engine's table behind the columns of facts, so that all its thresholds are simple leaves.
#[derive(Debug, Default)]
pub(crate) struct Formulas {
    by_key: HashMap<String, u32>,
    /// In the order of their columns, which begin where the facts end.
    pub all: Vec<Derived>,
}

impl Formulas {
    pub fn find(&self, formula: &Derived) -> Option<u32> {
        self.by_key.get(&formula.key).copied()
    }

    pub fn push(&mut self, column: u32, formula: Derived) {
        self.by_key.insert(formula.key.clone(), column);
        self.all.push(formula);
    }
}

/// Kind by kind, without spans and types: equal texts mean equal meaning over one schema.
pub(crate) fn write_key(node: &Node, out: &mut String) {
    let node = node.meaning();
    let node = node.meaning();
    // writing to a String cannot fail
    let _ = match &node.kind {
        Kind::Const(c) => write!(out, "{c:?}"),
        Kind::Fact(Source::Record { field, year }) => write!(out, "f{}@{year}", field.0),
        Kind::Fact(source) => write!(out, "{source:?}"),
        Kind::Today => write!(out, "today"),
        Kind::JudgedYear => write!(out, "year"),
        Kind::Not(_) => write!(out, "not"),
        Kind::And(_) => write!(out, "and"),
        Kind::Or(_) => write!(out, "or"),
        Kind::AtLeast(n, _) => write!(out, "least{n}"),
        Kind::Compare(c, ..) => write!(out, "{c:?}"),
        Kind::OneOf(_, codes) => write!(out, "one{codes:?}"),
        Kind::Within(_, codes) => write!(out, "within{codes:?}"),
        Kind::WithinOf(..) => write!(out, "within"),
        Kind::HasAny(_, codes) => write!(out, "any{codes:?}"),
        Kind::HasAll(_, codes) => write!(out, "all{codes:?}"),
        Kind::Size(_) => write!(out, "size"),
        Kind::IsKnown(_) => write!(out, "known"),
        Kind::Arith(a, ..) => write!(out, "{a:?}"),
        Kind::Neg(_) => write!(out, "neg"),
        Kind::If(..) => write!(out, "if"),
        Kind::Named { .. } => Ok(()),
        Kind::Call(name, _) => write!(out, "{name}"),
        Kind::Aggregate { child, filter, what } => {
            let what = match what {
                Aggregate::Count => "count",
                Aggregate::Sum(_) => "sum",
                Aggregate::Mean(_) => "mean",
                Aggregate::Min(_) => "min",
                Aggregate::Max(_) => "max",
                Aggregate::Exists(_) => "exists",
                Aggregate::All(_) => "all",
            };
            write!(out, "{what}{}{}", child.0, if filter.is_some() { "where" } else { "" })
        }
    };
    out.push('(');
    each_part(node, &mut |part| {
        write_key(part, out);
        out.push(',');
    });
    out.push(')');
}

/// A row on which one date has a chosen value, to find where a function of it turns.
struct Probe {
    key: FactKey,
    date: Date,
}

impl Row for Probe {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        if self.key == FactKey::new(field, year) { Value::Date(self.date) } else { Value::Null }
    }

    fn children(&self, _: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        None
    }
}

/// Lowers `years_since(date) >= 3` and its kin to a cut of the date: functions of one date and the day that only
/// grow or only fall with the date. `None` for anything else; such a lowering holds for the context's day alone.
pub(crate) fn date_threshold(compare: Compare, node: &Node, constant: &Const, context: &Context) -> Option<(FactKey, Tree<i64>)> {
    let key = monotone_date(node)?;
    let test = Node {
        kind: Kind::Compare(
            compare,
            Box::new(node.clone()),
            Box::new(Node { kind: Kind::Const(constant.clone()), ty: node.ty.clone(), span: node.span }),
        ),
        ty: Type::Bool,
        span: node.span,
    };
    if matches!(compare, Compare::Eq | Compare::Ne) {
        return None;
    }
    let at = |days: i32| match row::answer_node(&test, &Probe { key, date: Date::from_days(days)? }, context) {
        Answer::Yes => Some(true),
        Answer::No => Some(false),
        Answer::Unknown => None,
    };
    let (mut low, mut high) = (Date::MIN.days(), Date::MAX.days());
    let (first, last) = (at(low)?, at(high)?);
    if first == last {
        return None;
    }
    // the answer at `low` is `first`, at `high` it is `last`
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if at(middle)? == first { low = middle } else { high = middle }
    }
    Some((key, lower::cuts(if last { Compare::Ge } else { Compare::Lt }, i64::from(high))))
}

/// The date fact of a function that is monotone in it.
fn monotone_date(node: &Node) -> Option<FactKey> {
    let date = |n: &Node| match (&n.kind, &n.ty) {
        (Kind::Fact(Source::Record { field, year }), Type::Date) => Some(FactKey::new(*field, *year)),
        _ => None,
    };
    match &node.kind {
        Kind::Call("years_since" | "months_since" | "days_since" | "year_of", parts) => match &parts[..] {
            [only] => date(only),
            _ => None,
        },
        Kind::Arith(Arith::Sub, left, right) if matches!(left.kind, Kind::Today) => date(right),
        Kind::Arith(Arith::Sub, left, right) if matches!(right.kind, Kind::Today) => date(left),
        _ => None,
    }
}
