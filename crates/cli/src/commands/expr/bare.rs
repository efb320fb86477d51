//! Values of `liangu expr eval` as JSON, and CEL over variables given as JSON.
use crate::failure::{Failure, MISUSED, Outcome};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use liangu_base::text::Text;
use liangu_expr::dynamic::{self, Fault, Names, eval_text};
use liangu_expr::row::Context;
use liangu_expr::time::{Duration, Timestamp};
use liangu_expr::value::{Key, Map, Reason, Value};
use serde_json::{Map as Object, Value as Json, json};
use std::sync::Arc;

/// The value of any CEL expression. A text that is no expression is not understood; one that has no value is not done.
pub fn value(source: &str, bindings: Option<&str>, container: Option<&str>, context: &Context) -> Outcome<Value> {
    let values = bindings.map_or(Ok(Object::new()), variables)?.into_iter();
    let values = values.map(|(name, json)| (name, variable(json))).collect();
    let names = Names { values, container: container.unwrap_or_default().to_owned() };
    eval_text(source, &names, context).map_err(|fault| match fault {
        Fault::Syntax(finding) => {
            let shown = finding.render(source);
            Failure { text: Text::new(shown.clone(), shown), code: MISUSED }
        }
        Fault::Failed(reason) => {
            let why = said(&reason);
            Failure::refused(why.clone(), why)
        }
    })
}

fn said(reason: &Reason) -> String {
    match reason {
        Reason::Failed(what) => what.clone(),
        Reason::Missing { field, year } => format!("{field} is not on file (relative year {year})"),
        Reason::Later => "waits for a later check".to_owned(),
    }
}

fn variables(text: &str) -> Outcome<Object<String, Json>> {
    match serde_json::from_str(text) {
        Ok(Json::Object(object)) => Ok(object),
        Ok(_) => Err(Failure::misused("--bindings 要一个 JSON 对象，例如 {\"x\": 1}", "--bindings takes a JSON object, as {\"x\": 1}")),
        Err(e) => Err(Failure::misused(format!("--bindings 不是 JSON：{e}"), format!("--bindings is not JSON: {e}"))),
    }
}

/// The value of a variable; what `eval` prints can be bound.
fn variable(json: Json) -> Value {
    let typed = match &json {
        Json::Object(o) if o.len() == 2 => o.get("value").zip(o.get("type").and_then(Json::as_str)),
        _ => None,
    };
    typed.and_then(|(value, ty)| of_type(value, ty)).unwrap_or_else(|| plain(json))
}

fn of_type(json: &Json, ty: &str) -> Option<Value> {
    Some(match ty {
        "uint" => Value::Uint(json.as_u64()?),
        "double" => Value::Double(match json.as_str() {
            Some(text) => text.parse().ok()?,
            None => json.as_f64()?,
        }),
        "bytes" => Value::Bytes(BASE64.decode(json.as_str()?).ok()?.into()),
        "date" => Value::Date(liangu_base::Date::parse(json.as_str()?).ok()?),
        "google.protobuf.Timestamp" => Value::Timestamp(Timestamp::parse(json.as_str()?)?),
        "google.protobuf.Duration" => Value::Duration(Duration::parse(json.as_str()?)?),
        "type" => eval_text(json.as_str()?, &Names::default(), &Context::default()).ok()?,
        "int" | "bool" | "string" | "list" | "map" | "null_type" => Some(plain(json.clone())).filter(|v| v.type_name() == ty)?,
        _ => return None,
    })
}

fn plain(json: Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(b) => Value::Bool(b),
        Json::Number(n) => match (n.as_i64(), n.as_u64()) {
            (Some(n), _) => Value::Int(n),
            (None, Some(n)) => Value::Uint(n),
            (None, None) => n.as_f64().map_or(Value::Null, Value::Double),
        },
        Json::String(text) => Value::Text(text.into()),
        Json::Array(items) => Value::List(items.into_iter().map(plain).collect()),
        Json::Object(object) => {
            Value::Map(Arc::new(object.into_iter().map(|(key, value)| (Key::Text(key.into()), plain(value))).collect::<Map>()))
        }
    }
}

/// `{"value": …, "type": …}`; what is not known has its reason beside it.
pub fn shown(value: &Value) -> Json {
    match value {
        Value::Unknown(reason) => json!({"value": null, "type": "unknown", "reason": said(reason)}),
        value => json!({"value": to_json(value), "type": value.type_name()}),
    }
}

fn to_json(value: &Value) -> Json {
    match value {
        Value::Unknown(_) | Value::Null | Value::Optional(None) => Json::Null,
        Value::Bool(b) => json!(b),
        Value::Int(n) => json!(n),
        Value::Uint(n) => json!(n),
        Value::Double(x) if x.is_finite() => json!(x),
        Value::Double(x) => json!(if x.is_nan() {
            "NaN"
        } else if *x > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }),
        Value::Bytes(bytes) => json!(BASE64.encode(bytes)),
        Value::List(items) => items.iter().map(to_json).collect(),
        Value::Map(map) => map.iter().map(|(key, value)| (dynamic::text(&key.clone().into()), to_json(value))).collect(),
        Value::Type(name) => json!(name),
        Value::Optional(Some(inner)) => to_json(inner),
        Value::Text(_) | Value::Date(_) | Value::Timestamp(_) | Value::Duration(_) => json!(dynamic::text(value)),
    }
}
