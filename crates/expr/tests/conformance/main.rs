//! The CEL project's own conformance cases (google/cel-spec, `tests/simple/testdata`), read from the folder that
//! `LIANGU_CEL_SPEC` names. Without it nothing is run, which fails where `LIANGU_REQUIRE_CEL_SPEC` is set.
mod textproto;

use liangu_expr::dynamic::{Fault, Names, eval_text};
use liangu_expr::row::Context;
use liangu_expr::time::{Duration, Timestamp};
use liangu_expr::value::{Key, Map, Reason, Value};
use std::path::PathBuf;
use std::sync::Arc;
use textproto::{Field, Message};

/// Cases that are not passed, by `file/section/case`, each with its reason. One that passes must leave the list.
const SKIPPED: &[(&str, &str)] = &[];

/// A case as the files have it.
struct Case {
    name: String,
    expr: String,
    names: Result<Names, String>,
    /// `Ok(None)` where evaluation must fail.
    expected: Result<Option<Value>, String>,
}

fn cases(file: &Message) -> Vec<Case> {
    let name = |m: &Message| m.text("name").unwrap_or_default();
    let sections = file.messages("section");
    sections.flat_map(|s| s.messages("test").map(move |t| case(t, format!("{}/{}/{}", name(file), name(s), name(t))))).collect()
}

fn case(test: &Message, name: String) -> Case {
    let expected = match (test.message("value"), test.message("typed_result").and_then(|t| t.message("result"))) {
        (Some(plain), _) | (None, Some(plain)) => value(plain).map(Some),
        (None, None) if test.message("eval_error").is_some() => Ok(None),
        (None, None) => Ok(Some(Value::Bool(true))),
    };
    let bound = |b: &Message| {
        let key = b.text("key").unwrap_or_default();
        b.message("value").and_then(|v| v.message("value")).ok_or(format!("no value for {key}")).and_then(|v| Ok((key, value(v)?)))
    };
    let values: Result<_, String> = test.messages("bindings").map(bound).collect();
    let container = test.text("container").unwrap_or_default();
    Case { name, expr: test.text("expr").unwrap_or_default(), names: values.map(|values| Names { values, container }), expected }
}

/// A `cel.expr.Value`.
fn value(message: &Message) -> Result<Value, String> {
    let Some((kind, field)) = message.0.first() else { return Err("an empty value".to_string()) };
    let number = |word: &str| match word.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).map(|n| n.to_string()).unwrap_or_default(),
        None => word.to_string(),
    };
    Ok(match (kind.as_str(), field) {
        ("null_value", _) => Value::Null,
        ("bool_value", Field::Word(w)) => Value::Bool(w == "true"),
        ("int64_value", Field::Word(w)) => Value::Int(number(w).parse().map_err(|_| w.clone())?),
        ("uint64_value", Field::Word(w)) => Value::Uint(number(w).parse().map_err(|_| w.clone())?),
        ("double_value", Field::Word(w)) => Value::Double(w.parse().map_err(|_| w.clone())?),
        ("string_value", Field::Text(t)) => Value::Text(String::from_utf8(t.clone()).map_err(|e| e.to_string())?.into()),
        ("bytes_value", Field::Text(t)) => Value::Bytes(t.as_slice().into()),
        ("type_value", Field::Text(t)) => type_value(t)?,
        ("list_value", Field::Message(list)) => Value::List(list.messages("values").map(value).collect::<Result<_, _>>()?),
        ("map_value", Field::Message(map)) => {
            let mut entries = Map::new();
            for entry in map.messages("entries") {
                let part = |name: &str| entry.message(name).map_or(Err("half an entry".to_string()), value);
                let key = match part("key")? {
                    Value::Bool(b) => Key::Bool(b),
                    Value::Int(n) => Key::Int(n),
                    Value::Uint(n) => Key::Uint(n),
                    Value::Text(t) => Key::Text(t),
                    other => return Err(format!("{other:?} is no key")),
                };
                entries.insert(key, part("value")?);
            }
            Value::Map(Arc::new(entries))
        }
        ("object_value", Field::Message(object)) => object_value(object)?,
        _ => return Err(format!("a value of kind {kind}")),
    })
}

fn type_value(name: &[u8]) -> Result<Value, String> {
    let name = String::from_utf8_lossy(name).into_owned();
    let known = eval_text(&name, &Names::default(), &Context::default());
    known.map_err(|_| format!("the type {name}"))
}

fn object_value(object: &Message) -> Result<Value, String> {
    let Some((kind, Field::Message(inner))) = object.0.first() else { return Err("an empty object".to_string()) };
    let number = |name: &str| inner.word(name).map_or(Ok(0), str::parse::<i64>).map_err(|e| e.to_string());
    let (seconds, nanos) = (number("seconds")?, number("nanos")?);
    let length = Duration::new(seconds, nanos).ok_or("too long");
    match kind.rsplit('/').next() {
        Some("google.protobuf.Duration") => Ok(Value::Duration(length?)),
        Some("google.protobuf.Timestamp") => {
            let second = Timestamp::from_seconds(seconds).ok_or("too late")?;
            second.plus(Duration::new(0, nanos).ok_or("too long")?).map(Value::Timestamp).ok_or("too late".to_string())
        }
        _ => Err(format!("the message {kind}")),
    }
}

/// Equal in value and in type; what is not a number is the same as itself.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Double(a), Value::Double(b)) => a == b || a.is_nan() && b.is_nan(),
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Map(a), Value::Map(b)) => a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b))),
        _ => a == b,
    }
}

/// What is wrong with the answer to a case.
fn fault(case: &Case) -> Option<String> {
    let (names, expected) = match (&case.names, &case.expected) {
        (Ok(names), Ok(expected)) => (names, expected),
        (Err(what), _) | (_, Err(what)) => return Some(format!("cannot be read: {what}")),
    };
    match (eval_text(&case.expr, names, &Context::default()), expected) {
        (Ok(value), Some(expected)) if same(&value, expected) => None,
        (Err(Fault::Failed(Reason::Failed(what))), None) if !what.is_empty() => None,
        (Err(Fault::Syntax(_)), None) => None,
        (got, expected) => Some(format!("{got:?} instead of {expected:?}")),
    }
}

#[test]
fn the_cases_of_the_cel_project_pass() {
    let folder = std::env::var("LIANGU_CEL_SPEC").ok().filter(|f| !f.is_empty());
    let mut files: Vec<PathBuf> = folder
        .iter()
        .flat_map(|f| std::fs::read_dir(f).unwrap_or_else(|e| panic!("LIANGU_CEL_SPEC={f}: {e}")))
        .filter_map(|entry| entry.ok().map(|e| e.path()).filter(|p| p.extension().is_some_and(|x| x == "textproto")))
        .collect();
    files.sort();
    let mut faults = Vec::new();
    let (mut ran, mut skipped) = (0, 0);
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        for case in cases(&textproto::read(&text)) {
            let reason = SKIPPED.iter().find(|(name, _)| *name == case.name).map(|(_, reason)| reason);
            match (fault(&case), reason) {
                (None, None) => ran += 1,
                (Some(_), Some(_)) => skipped += 1,
                (Some(fault), None) => faults.push(format!("{}: {}\n    {fault}", case.name, case.expr)),
                (None, Some(reason)) => faults.push(format!("{} passes and must leave the list of skipped cases ({reason})", case.name)),
            }
        }
    }
    println!("CEL conformance: {ran} cases passed, {skipped} skipped, {} files", files.len());
    assert!(faults.is_empty(), "{} of {} cases:\n{}", faults.len(), ran + faults.len(), faults.join("\n"));
    let required = std::env::var("LIANGU_REQUIRE_CEL_SPEC").is_ok();
    assert!(ran > 0 || !required, "LIANGU_REQUIRE_CEL_SPEC is set, but LIANGU_CEL_SPEC names no folder with cases");
}

#[test]
fn a_wrong_answer_and_a_wrong_type_are_faults() {
    let file = |value: &str| format!("name: \"f\" section {{ name: 's' test {{ name: \"t\" expr: \"1 + \" '1' value: {{ {value} }} }} }}");
    let faults = |value: &str| cases(&textproto::read(&file(value))).iter().filter_map(fault).count();
    assert_eq!(faults("int64_value: 2"), 0);
    assert_eq!(faults("int64_value: 3"), 1);
    assert_eq!(faults("uint64_value: 2"), 1);
    assert_eq!(faults("object_value { [type.googleapis.com/x.Y] { } }"), 1);
    let failing = "section { test { expr: '1 + 1' eval_error { errors { message: 'no' } } } }";
    assert_eq!(cases(&textproto::read(failing)).iter().filter_map(fault).count(), 1);
}
