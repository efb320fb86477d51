//! `"%s is %.2f".format([a, b])`.
use super::{convert, error, unmet};
use crate::row::Context;
use crate::value::{Key, Value};

/// Digits after the point that may be asked for.
const MOST_DIGITS: usize = 1_000;

pub fn format(arguments: &[Value], _: &Context) -> Value {
    let [Value::Text(pattern), Value::List(values)] = arguments else { return unmet() };
    match formatted(pattern, values) {
        Ok(text) => Value::Text(text.into()),
        Err(what) => Value::Unknown(error(what)),
    }
}

fn formatted(pattern: &str, values: &[Value]) -> Result<String, String> {
    let mut values = values.iter();
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        let mut digits = None;
        if let Some(after) = rest.strip_prefix('.') {
            let length = after.bytes().take_while(u8::is_ascii_digit).count();
            digits = Some(after[..length].parse::<usize>().ok().filter(|n| *n <= MOST_DIGITS).ok_or("unexpected precision")?);
            rest = &after[length..];
        }
        let clause = rest.chars().next().ok_or("unexpected end of format string")?;
        rest = &rest[clause.len_utf8()..];
        let value = values.next().ok_or("index out of range: more clauses than values")?;
        out.push_str(&clause_text(clause, digits, value)?);
    }
    out.push_str(rest);
    Ok(out)
}

fn clause_text(clause: char, digits: Option<usize>, value: &Value) -> Result<String, String> {
    let refused = || Err(std::format!("%{clause} cannot write a value of type {}", value.type_name()));
    let number = match value {
        Value::Int(n) => Some(i128::from(*n)),
        Value::Uint(n) => Some(i128::from(*n)),
        _ => None,
    };
    match (clause, value, number) {
        ('s', ..) => shown(value).map_or_else(refused, Ok),
        ('d', _, Some(n)) => Ok(n.to_string()),
        ('d' | 'f' | 'e', Value::Double(x), _) if !x.is_finite() => Ok(unbounded(*x)),
        ('f', Value::Double(x), _) => Ok(std::format!("{x:.*}", digits.unwrap_or(6))),
        ('f', _, Some(n)) => Ok(std::format!("{n}.{:0<1$}", "", digits.unwrap_or(6)).trim_end_matches('.').to_owned()),
        ('e', Value::Double(x), _) => Ok(scientific(*x, digits.unwrap_or(6))),
        ('e', _, Some(n)) => Ok(scientific(n as f64, digits.unwrap_or(6))),
        ('b', Value::Bool(b), _) => Ok(u8::from(*b).to_string()),
        ('b', _, Some(n)) => Ok(based(n, |n| std::format!("{n:b}"))),
        ('o', _, Some(n)) => Ok(based(n, |n| std::format!("{n:o}"))),
        ('x', _, Some(n)) => Ok(based(n, |n| std::format!("{n:x}"))),
        ('X', _, Some(n)) => Ok(based(n, |n| std::format!("{n:X}"))),
        ('x' | 'X', Value::Text(t), _) => Ok(hex(t.as_bytes(), clause)),
        ('x' | 'X', Value::Bytes(b), _) => Ok(hex(b, clause)),
        ('d' | 'f' | 'e' | 'b' | 'o' | 'x' | 'X', ..) => refused(),
        _ => Err(std::format!("unrecognized formatting clause \"{clause}\"")),
    }
}

fn based(n: i128, digits: fn(u128) -> String) -> String {
    std::format!("{}{}", if n < 0 { "-" } else { "" }, digits(n.unsigned_abs()))
}

fn hex(bytes: &[u8], clause: char) -> String {
    bytes.iter().map(|b| if clause == 'X' { std::format!("{b:02X}") } else { std::format!("{b:02x}") }).collect()
}

fn unbounded(x: f64) -> String {
    if x.is_nan() {
        "NaN"
    } else if x > 0.0 {
        "Infinity"
    } else {
        "-Infinity"
    }
    .to_owned()
}

fn scientific(x: f64, digits: usize) -> String {
    let text = std::format!("{x:.digits$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let power: i32 = exponent.parse().unwrap_or(0);
    std::format!("{mantissa}e{}{:02}", if power < 0 { '-' } else { '+' }, power.abs())
}

/// Any value as text, the parts of lists and maps too; maps by their keys.
fn shown(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => "null".to_owned(),
        Value::Bytes(b) => String::from_utf8_lossy(b).into_owned(),
        Value::Type(name) => (*name).to_owned(),
        Value::Double(x) if !x.is_finite() => unbounded(*x),
        Value::List(items) => std::format!("[{}]", items.iter().map(shown).collect::<Option<Vec<_>>>()?.join(", ")),
        Value::Map(map) => {
            let entry = |(key, value): (&Key, &Value)| Some((shown(&key.clone().into())?, shown(value)?));
            let mut entries = map.iter().map(entry).collect::<Option<Vec<_>>>()?;
            entries.sort();
            std::format!("{{{}}}", entries.iter().map(|(key, value)| std::format!("{key}: {value}")).collect::<Vec<_>>().join(", "))
        }
        other => convert::text(other)?,
    })
}
