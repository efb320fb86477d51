//! Every row of the function table has a true example, over a record and over bare values; the manual lists each.
mod common;
use liangu_expr::dynamic::{self, Names, eval_text};
use liangu_expr::row::eval;
use liangu_expr::schema::{ChildIx, FieldIx};
use liangu_expr::value::{Key, Map, Value};
use liangu_expr::{Expect, check_in, functions};
use std::fmt::Write;
use std::sync::Arc;

/// The record of the documentation's examples.
pub const EXAMPLE: &str = "name=娄底精钢 region=431302 industry=3130 size_class=small cert=srdi certs=high_tech|srdi dishonest=no \
    established=2020-03-01 revenue=100000000 revenue@-1=80000000 employees=100 leases_since=2020-01-01 \
    patents=[kind=invention fee=90000 own=yes; kind=utility fee=60000 own=no]";

fn shown(value: &Value) -> String {
    match value {
        Value::Text(t) => format!("{t:?}"),
        Value::Double(x) => format!("{x:?}"),
        Value::Null => "null".to_string(),
        Value::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Value::Map(map) => {
            let entry = |(key, value): (&Key, &Value)| format!("{}: {}", shown(&key.clone().into()), shown(value));
            format!("{{{}}}", map.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Value::Optional(None) => "optional.none()".to_string(),
        Value::Optional(Some(inner)) => format!("optional.of({})", shown(inner)),
        other => dynamic::text(other),
    }
}

/// The example record as bare values by name.
fn names() -> Names {
    let schema = common::firm();
    let row = common::facts(&schema, EXAMPLE);
    let fields = schema.fields.keys().enumerate();
    let mut names = Names::default();
    names.values.extend(fields.filter_map(|(ix, name)| Some((name.clone(), row.facts.get(&(FieldIx(ix as u32), 0))?.clone()))));
    for (ix, (name, child)) in schema.children.iter().enumerate() {
        let Some(Some(rows)) = row.children.get(&ChildIx(ix as u32)) else { continue };
        let record = |facts: &common::Facts| {
            let fields = child.schema.fields.keys().enumerate();
            let values =
                fields.filter_map(|(ix, name)| Some((Key::Text(name.as_str().into()), facts.facts.get(&(FieldIx(ix as u32), 0))?.clone())));
            Value::Map(Arc::new(values.collect::<Map>()))
        };
        names.values.insert(name.clone(), Value::List(rows.iter().map(record).collect()));
    }
    names
}

fn over_a_record(source: &str) -> Option<String> {
    let (schema, reference) = (common::firm(), common::reference());
    let typed = check_in(source, &schema, Expect::Any, &common::setting(&reference)).ok()?;
    Some(shown(&eval(&typed, &common::facts(&schema, EXAMPLE), &common::context())))
}

fn over_bare_values(source: &str) -> Option<String> {
    eval_text(source, &names(), &common::context()).ok().map(|value| shown(&value))
}

#[test]
fn examples_are_true() {
    for function in functions::all() {
        let [source, value] = function.example;
        assert_eq!(over_a_record(source).as_deref(), function.in_rules.then_some(value), "{source} in a rule");
        if !function.needs_record() {
            assert_eq!(over_bare_values(source).as_deref(), Some(value), "{source} over bare values");
        }
        let last = function.name.rsplit('.').next().unwrap_or_default();
        let signature = function.signature.split(['(', ' ', '.']).any(|w| w == last);
        assert!(signature || function.name == "in_set", "{} is not in its signature", function.name);
        assert!(function.about.iter().all(|a| !a.is_empty()));
    }
    for form in functions::FORMS {
        let [source, value] = form.example;
        let said = [over_a_record(source), over_bare_values(source)].map(|v| v.as_deref() == Some(value));
        assert_eq!(said, [form.in_rules, form.over_bare_values], "{source}");
    }
}

/// The part of the manual that follows from the tables.
fn tables() -> String {
    let place = |rules: bool, bare: bool| match (rules, bare) {
        (true, true) => "both",
        (true, false) => "rules",
        _ => "bare",
    };
    let cell = |text: &str| text.replace('|', "\\|");
    let mut out = String::from("| written | 说明 | what it says | example | where |\n| --- | --- | --- | --- | --- |\n");
    let mut row = |signature: &str, [zh, en]: [&str; 2], [source, value]: [&str; 2], place: &str| {
        let _ = writeln!(out, "| `{}` | {} | {} | `{}` → `{}` | {place} |", cell(signature), cell(zh), cell(en), cell(source), cell(value));
    };
    for form in functions::FORMS {
        row(form.signature, form.about, form.example, place(form.in_rules, form.over_bare_values));
    }
    for function in functions::all() {
        row(function.signature, function.about, function.example, place(function.in_rules, !function.needs_record()));
    }
    out
}

#[test]
fn the_manual_lists_each() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let manual = std::fs::read_to_string(path).expect("the manual");
    let (before, rest) = manual.split_once("<!-- tables -->\n").expect("where the tables begin");
    let (_, after) = rest.split_once("<!-- /tables -->").expect("where the tables end");
    let fresh = format!("{before}<!-- tables -->\n{}<!-- /tables -->{after}", tables());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, &fresh).expect("the manual is written");
    }
    assert!(manual == fresh || std::env::var_os("UPDATE_EXPECT").is_some(), "run this test with UPDATE_EXPECT=1 and look at README.md");
}
