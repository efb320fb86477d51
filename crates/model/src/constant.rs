//! Constants in packs: answers of questions and defaults, written in the language and of their field's type.
use crate::error::text;
use indexmap::IndexMap;
use liangu_expr::finding::Finding;
use liangu_expr::schema::{FieldDecl, Schema, Type};
use liangu_expr::typed::{Const, Kind, Node, Span};
use liangu_expr::value::Value;
use liangu_expr::{Expect, check};
use std::sync::Arc;

/// Name under which the language sees the field while its constant is typed.
const FIELD: &str = "field";

/// The value of `source` as a constant of the field's type: `wan(500)`, `"micro"`, `["a", "b"]`, `date("2026-01-01")`.
/// Codes and texts give `Value::Text`, sets a `Value::List`. Spans of findings are places in `source`.
pub fn constant(source: &str, decl: &FieldDecl) -> Result<Value, Vec<Finding>> {
    let set = matches!(decl.ty, Type::Set(_));
    if set && source.trim() == "[]" {
        return Ok(Value::List(Vec::new()));
    }
    let (before, after) = if set { ("field.exists(c, c in ", ")") } else { ("field == (", ")") };
    let decl = FieldDecl { label: decl.label.clone(), ty: decl.ty.clone(), yearly: false };
    let schema = Schema {
        record: FIELD.into(),
        label: decl.label.clone(),
        fields: IndexMap::from([(FIELD.to_owned(), decl)]),
        children: IndexMap::new(),
        params: IndexMap::new(),
    };
    let inside = |span: Span| {
        let shift = |at: u32| at.saturating_sub(before.len() as u32).min(source.len() as u32);
        Span { start: shift(span.start), end: shift(span.end) }
    };
    match check(&format!("{before}{source}{after}"), &schema, Expect::Bool) {
        Ok(typed) => value(&typed.root).ok_or_else(|| vec![not_constant(Span { start: 0, end: source.len() as u32 })]),
        Err(findings) => Err(findings.into_iter().map(|f| explained(Finding { span: inside(f.span), ..f })).collect()),
    }
}

/// A word that names nothing is a code without quotes or a slip, not a missing field.
fn explained(f: Finding) -> Finding {
    if f.code == "expr.unknown-name" { not_constant(f.span) } else { f }
}

fn not_constant(span: Span) -> Finding {
    Finding {
        code: "not_constant",
        span,
        message: text("这里要一个固定的值", "a fixed value is needed here"),
        hint: Some(text(
            "例如 wan(500)、percent(3)、true；文字和代码要放在引号里：'\"micro\"'",
            "as wan(500), percent(3) or true; texts and codes stand in quotes: '\"micro\"'",
        )),
    }
}

/// The constant side of the typed comparison with the field.
fn value(root: &Node) -> Option<Value> {
    let the_field = |n: &Node| matches!(n.kind, Kind::Fact(_));
    match &root.kind {
        Kind::Fact(_) => Some(Value::Bool(true)),
        Kind::Not(inner) if the_field(inner) => Some(Value::Bool(false)),
        Kind::OneOf(f, codes) if the_field(f) && codes.len() == 1 => Some(Value::Text(codes[0].clone())),
        Kind::HasAny(f, codes) if the_field(f) => Some(Value::List(codes.iter().cloned().map(Value::Text).collect())),
        Kind::Compare(_, f, constant) if the_field(f) => match &constant.kind {
            Kind::Const(Const::Int(n)) => Some(Value::Int(*n)),
            Kind::Const(Const::Text(t)) => Some(Value::Text(Arc::clone(t))),
            Kind::Const(Const::Date(d)) => Some(Value::Date(*d)),
            _ => None,
        },
        _ => None,
    }
}
