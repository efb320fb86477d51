//! What an expression reads, and its clauses.
use crate::schema::{ChildIx, FieldIx};
use crate::typed::{Aggregate, Kind, Node, Source, Typed};
use std::sync::Arc;

/// Everything outside the expression that its value depends on, in source order, once each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// Facts of the record by field and year counted from the judged one.
    pub facts: Vec<(FieldIx, i32)>,
    /// Collections of child records.
    pub children: Vec<ChildIx>,
    /// Facts of child records.
    pub child_facts: Vec<(ChildIx, FieldIx)>,
    /// Constants per evaluation by object and field.
    pub params: Vec<(Arc<str>, Arc<str>)>,
    /// Whether the value may change when only the day does.
    pub today: bool,
    pub judged_year: bool,
}

/// What a rule or a part of it reads.
pub fn reads(node: &Node) -> Reads {
    let mut reads = Reads::default();
    each(node, &mut |node| match &node.kind {
        Kind::Fact(Source::Record { field, year }) => add(&mut reads.facts, (*field, *year)),
        Kind::Fact(Source::Child { child, field, .. }) => add(&mut reads.child_facts, (*child, *field)),
        Kind::Fact(Source::Param { object, field }) => add(&mut reads.params, (object.clone(), field.clone())),
        Kind::Aggregate { child, .. } => add(&mut reads.children, *child),
        Kind::Today | Kind::Call("years_since" | "months_since" | "days_since", _) => reads.today = true,
        Kind::JudgedYear => reads.judged_year = true,
        _ => {}
    });
    reads
}

fn add<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// Shows every node, parents before their parts, parts in source order.
pub fn each<'n>(node: &'n Node, see: &mut dyn FnMut(&'n Node)) {
    see(node);
    for part in parts(node) {
        each(part, see);
    }
}

/// The direct parts of a node in source order.
pub fn parts(node: &Node) -> Vec<&Node> {
    match &node.kind {
        Kind::Const(_) | Kind::Fact(_) | Kind::Today | Kind::JudgedYear => Vec::new(),
        Kind::Not(a)
        | Kind::Neg(a)
        | Kind::Size(a)
        | Kind::IsKnown(a)
        | Kind::OneOf(a, _)
        | Kind::Within(a, _)
        | Kind::HasAny(a, _)
        | Kind::HasAll(a, _)
        | Kind::Named { node: a, .. } => vec![a],
        Kind::And(all) | Kind::Or(all) | Kind::AtLeast(_, all) | Kind::Call(_, all) => all.iter().collect(),
        Kind::Compare(_, a, b) | Kind::WithinOf(a, b) | Kind::Arith(_, a, b) => vec![a, b],
        Kind::If(a, b, c) => vec![a, b, c],
        Kind::Aggregate { filter, what, .. } => {
            let inner = match what {
                Aggregate::Count => None,
                Aggregate::Sum(a)
                | Aggregate::Mean(a)
                | Aggregate::Min(a)
                | Aggregate::Max(a)
                | Aggregate::Exists(a)
                | Aggregate::All(a) => Some(a),
            };
            filter.iter().chain(inner).map(|n| &**n).collect()
        }
    }
}

impl Typed {
    /// The top-level conjuncts in source order, or the whole rule.
    pub fn clauses(&self) -> &[Node] {
        match &self.root.kind {
            Kind::And(parts) if !parts.is_empty() => parts,
            _ => std::slice::from_ref(&self.root),
        }
    }

    pub fn reads(&self) -> Reads {
        reads(&self.root)
    }
}
