//! Numbers with their units, lists and values seen.
use crate::dynamic;
use crate::schema::{Type, Unit};
use crate::value::Value;
use liangu_base::area::Area;
use liangu_base::money::Fen;
use liangu_base::text::{Lang, Text};

/// A number in the unit people use: `2,000 万元`, `CNY 20 million`, `2.5%`, `120 人`.
pub fn number(n: i64, unit: Unit, lang: Lang) -> String {
    let (zh, en) = match unit {
        Unit::One => ("", ""),
        Unit::Fen => return apart(&Fen(n).display(lang)),
        Unit::BasisPoint => return format!("{}%", hundredths(n)),
        Unit::SquareMetre => return area(n, lang),
        Unit::Person => (" 人", " people"),
        Unit::Piece => (" 件", " items"),
        Unit::Year => (" 年", " years"),
        Unit::Month => (" 个月", " months"),
        Unit::Day => (" 天", " days"),
        Unit::Kwh => (" 千瓦时", " kWh"),
        Unit::Kgce if n % 1000 == 0 => return format!("{} {}", grouped(n / 1000), if lang == Lang::Zh { "吨标准煤" } else { "tce" }),
        Unit::Kgce => (" 千克标准煤", " kgce"),
        Unit::Point => (" 分", " points"),
    };
    let plural = if n == 1 { en.strip_suffix("people").map(|_| " person").unwrap_or(en.strip_suffix('s').unwrap_or(en)) } else { en };
    format!("{}{}", grouped(n), if lang == Lang::Zh { zh } else { plural })
}

/// Mu where the area is a whole number of tenths of a mu, as land is spoken of; else square metres.
fn area(n: i64, lang: Lang) -> String {
    let tenths = Area::from_square_metres(n).map(Area::tenths_of_mu);
    let whole = tenths.filter(|t| Area::from_tenths_of_mu(*t).is_some_and(|a| a.square_metres() == n));
    match (whole, lang) {
        (Some(t), Lang::Zh) => format!("{} 亩", tenth(t)),
        (Some(t), Lang::En) => format!("{} mu", tenth(t)),
        (None, Lang::Zh) => format!("{} 平方米", grouped(n)),
        (None, Lang::En) => format!("{} m²", grouped(n)),
    }
}

fn tenth(n: i64) -> String {
    let rest = n.unsigned_abs() % 10;
    if rest == 0 { grouped(n / 10) } else { format!("{}{}.{rest}", if n < 0 && n > -10 { "-" } else { "" }, grouped(n / 10)) }
}

/// A space between the digits and a Chinese unit.
fn apart(text: &str) -> String {
    match text.find(|c: char| !c.is_ascii()) {
        Some(at) if at > 0 && !text[..at].ends_with(' ') => format!("{} {}", &text[..at], &text[at..]),
        _ => text.to_string(),
    }
}

fn hundredths(n: i64) -> String {
    let (whole, rest) = (n.unsigned_abs() / 100, n.unsigned_abs() % 100);
    let sign = if n < 0 { "-" } else { "" };
    match rest {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{rest:02}").trim_end_matches('0').to_string(),
    }
}

fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = if n < 0 { "-".to_string() } else { String::new() };
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The label of a code; the text itself in quotes where it is not of a list.
pub(super) fn code(code: &str, ty: &Type, lang: Lang) -> String {
    match ty {
        Type::Code(list) | Type::Set(list) => list.codes.get(code).map_or_else(|| code.to_string(), |e| e.label.get(lang).to_string()),
        _ if lang == Lang::Zh => format!("“{code}”"),
        _ => format!("\"{code}\""),
    }
}

pub(super) fn listed(items: &[String], lang: Lang, any: bool) -> String {
    let (comma, last) = match (lang, any) {
        (Lang::Zh, true) => ("、", "或"),
        (Lang::Zh, false) => ("、", "和"),
        (Lang::En, true) => (", ", " or "),
        (Lang::En, false) => (", ", " and "),
    };
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., end] => format!("{}{last}{end}", first.join(comma)),
    }
}

/// A value seen on a record, as a person says it: the labels of codes, numbers with their unit.
pub fn value(value: &Value, ty: &Type) -> Text {
    let both = |of: &dyn Fn(Lang) -> String| Text::new(of(Lang::Zh), of(Lang::En));
    match value {
        Value::Unknown(_) | Value::Null => Text::fixed("未填报", "not on file"),
        Value::Bool(true) => Text::fixed("是", "yes"),
        Value::Bool(false) => Text::fixed("否", "no"),
        Value::Int(n) => both(&|lang| number(*n, ty.unit().unwrap_or(Unit::One), lang)),
        Value::Double(x) => both(&|_| x.to_string()),
        Value::Date(d) => both(&|_| d.to_string()),
        Value::Text(t) if matches!(ty, Type::Code(_) | Type::Set(_)) => both(&|lang| code(t, ty, lang)),
        Value::Text(t) => Text::new(t.to_string(), t.to_string()),
        Value::List(items) if items.is_empty() => Text::fixed("无", "none"),
        Value::List(items) => both(&|lang| {
            let each: Vec<String> = items.iter().map(|i| self::value(i, ty).get(lang).to_string()).collect();
            listed(&each, lang, false)
        }),
        other => both(&|_| dynamic::text(other)),
    }
}
