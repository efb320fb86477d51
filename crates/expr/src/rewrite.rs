//! A node with other parts.
use crate::typed::{Aggregate, Form, Kind, Node};

/// The node with each direct part replaced, in source order; what was written beside its meaning is replaced too.
pub fn with_parts(node: &Node, part: &mut dyn FnMut(&Node) -> Node) -> Node {
    let mut one = |n: &Node| Box::new(part(n));
    let kind = match &node.kind {
        Kind::Const(_) | Kind::Fact(_) | Kind::Today | Kind::JudgedYear => node.kind.clone(),
        Kind::Not(a) => Kind::Not(one(a)),
        Kind::Neg(a) => Kind::Neg(one(a)),
        Kind::Size(a) => Kind::Size(one(a)),
        Kind::IsKnown(a) => Kind::IsKnown(one(a)),
        Kind::OneOf(a, codes) => Kind::OneOf(one(a), codes.clone()),
        Kind::Within(a, codes) => Kind::Within(one(a), codes.clone()),
        Kind::HasAny(a, codes) => Kind::HasAny(one(a), codes.clone()),
        Kind::HasAll(a, codes) => Kind::HasAll(one(a), codes.clone()),
        Kind::Compare(how, a, b) => Kind::Compare(*how, one(a), one(b)),
        Kind::WithinOf(a, b) => Kind::WithinOf(one(a), one(b)),
        Kind::Arith(how, a, b) => Kind::Arith(*how, one(a), one(b)),
        Kind::If(a, b, c) => Kind::If(one(a), one(b), one(c)),
        Kind::And(all) => Kind::And(all.iter().map(part).collect()),
        Kind::Or(all) => Kind::Or(all.iter().map(part).collect()),
        Kind::AtLeast(n, all) => Kind::AtLeast(*n, all.iter().map(part).collect()),
        Kind::Call(name, all) => Kind::Call(name, all.iter().map(part).collect()),
        Kind::Aggregate { child, filter, what } => {
            let filter = filter.as_ref().map(|f| one(f));
            Kind::Aggregate { child: *child, filter, what: aggregated(what, &mut one) }
        }
        Kind::Named { form, node } => {
            let node = one(node);
            let form = match &**form {
                Form::Reference { name, label, code } => {
                    Form::Reference { name: name.clone(), label: label.clone(), code: code.as_ref().map(part) }
                }
                Form::Complete(child) => Form::Complete(*child),
                Form::Open(aggregate) => Form::Open(part(aggregate)),
            };
            Kind::Named { form: Box::new(form), node }
        }
    };
    Node { kind, ty: node.ty.clone(), span: node.span }
}

fn aggregated(what: &Aggregate, one: &mut dyn FnMut(&Node) -> Box<Node>) -> Aggregate {
    match what {
        Aggregate::Count => Aggregate::Count,
        Aggregate::Sum(a) => Aggregate::Sum(one(a)),
        Aggregate::Mean(a) => Aggregate::Mean(one(a)),
        Aggregate::Min(a) => Aggregate::Min(one(a)),
        Aggregate::Max(a) => Aggregate::Max(one(a)),
        Aggregate::Exists(a) => Aggregate::Exists(one(a)),
        Aggregate::All(a) => Aggregate::All(one(a)),
    }
}
