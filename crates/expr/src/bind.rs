//! Constants put in for objects beside the record, and yearly facts read in other years.
use crate::rewrite::with_parts;
use crate::row::{Context, Row, eval_node};
use crate::schema::{ChildIx, FieldIx, Schema, Type, Unit};
use crate::typed::{Arith, Const, Kind, Node, Source, Typed};
use crate::value::Value;
use liangu_base::date::Date;
use std::collections::BTreeMap;

/// What is put into a typed form.
#[derive(Clone, Debug, Default)]
pub struct Binding {
    /// By object and field, as `("policy", "cut_off")`; what is absent becomes unknown.
    pub values: BTreeMap<(String, String), Bound>,
    /// Added to the years of yearly facts and to the judged year.
    pub year_shift: i32,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Bound {
    Const(Const),
    /// The day of evaluation.
    Today,
}

impl Typed {
    /// The form with the binding put in; `schema` is the one it was typed against. The source stays as it was written.
    pub fn bound(&self, binding: &Binding, schema: &Schema) -> Typed {
        Typed { source: self.source.clone(), root: bound(&self.root, binding, schema) }
    }
}

/// As [`Typed::bound`], for a part.
pub fn bound(node: &Node, binding: &Binding, schema: &Schema) -> Node {
    let kind = match &node.kind {
        Kind::Fact(Source::Param { object, field }) => match binding.values.get(&(object.to_string(), field.to_string())) {
            Some(Bound::Const(value)) => Kind::Const(value.clone()),
            Some(Bound::Today) => Kind::Today,
            None => Kind::Const(Const::Null),
        },
        Kind::Fact(Source::Record { field, year }) => {
            let yearly = schema.fields.get_index(field.0 as usize).is_some_and(|(_, decl)| decl.yearly);
            Kind::Fact(Source::Record { field: *field, year: if yearly { year + binding.year_shift } else { *year } })
        }
        Kind::JudgedYear if binding.year_shift != 0 => {
            let year = |kind| Box::new(Node { kind, ty: Type::Int(Unit::Year), span: node.span });
            Kind::Arith(Arith::Add, year(Kind::JudgedYear), year(Kind::Const(Const::Int(binding.year_shift.into()))))
        }
        _ => {
            let mut whole = with_parts(node, &mut |part| bound(part, binding, schema));
            if let Kind::WithinOf(place, ancestor) = &whole.kind
                && let Kind::Const(Const::Text(code)) = &ancestor.kind
            {
                whole.kind = Kind::Within(place.clone(), vec![code.clone()]);
            }
            if let Some(day) = day(&whole) {
                whole.kind = Kind::Const(Const::Date(day));
            }
            return whole;
        }
    };
    Node { kind, ty: node.ty.clone(), span: node.span }
}

/// The day that a date put in makes with a fixed length of time, so that comparing with it is comparing with a constant.
fn day(node: &Node) -> Option<Date> {
    let fixed = |n: &Node| matches!(n.kind, Kind::Const(Const::Date(_) | Const::Int(_)));
    let parts = match &node.kind {
        Kind::Call("add_months", parts) => parts.iter().collect(),
        Kind::Arith(_, a, b) if matches!(node.ty, Type::Date) => vec![&**a, &**b],
        _ => return None,
    };
    if !parts.into_iter().all(fixed) {
        return None;
    }
    match eval_node(node, &Nothing, &Context::default()) {
        Value::Date(day) => Some(day),
        _ => None,
    }
}

/// A record of which nothing is known.
struct Nothing;

impl Row for Nothing {
    fn fact(&self, _: FieldIx, _: i32) -> Value {
        Value::Null
    }

    fn children(&self, _: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        None
    }
}
