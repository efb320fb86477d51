//! Values as people write them: in exported cells, and as the values seen under a rule's clauses.
use liangu_base::{Lang, Text};
use liangu_expr::schema::Unit;
use liangu_expr::sentence::number;
use liangu_model::record::{Field, FieldType, Model};
use liangu_store::Value;
use std::collections::BTreeMap;

/// 1,000 yuan in fen.
const TENTH_OF_WAN: i64 = 100_000;

/// The word behind a number of this unit; none for money and ratios, which carry their own.
pub(crate) fn unit_words(unit: Unit) -> Option<Text> {
    let words = match unit {
        Unit::One | Unit::Fen | Unit::BasisPoint => return None,
        Unit::SquareMetre => Text::fixed("平方米", "m²"),
        Unit::Person => Text::fixed("人", "people"),
        Unit::Piece => Text::fixed("件", "items"),
        Unit::Year => Text::fixed("年", "years"),
        Unit::Month => Text::fixed("个月", "months"),
        Unit::Day => Text::fixed("天", "days"),
        Unit::Kwh => Text::fixed("千瓦时", "kWh"),
        Unit::Kgce => Text::fixed("千克标准煤", "kgce"),
        Unit::Point => Text::fixed("分", "points"),
    };
    Some(words)
}

/// The unit of a raw number on the wire, where money is fen and a ratio basis points.
pub(crate) fn raw_unit(unit: Unit) -> Option<Text> {
    match unit {
        Unit::Fen => Some(Text::fixed("分", "fen")),
        Unit::BasisPoint => Some(Text::fixed("基点", "bp")),
        other => unit_words(other),
    }
}

/// The unit of a field's column in a file.
pub(crate) fn unit_of_column(field: &Field) -> Option<Text> {
    match field.ty {
        FieldType::Money => Some(Text::fixed("元", "CNY")),
        FieldType::Percent => Some(Text::fixed("%", "%")),
        FieldType::Area => Some(Text::fixed("平方米", "m²")),
        _ => field.unit.and_then(unit_words),
    }
}

/// `12.34` of hundredths, without needless zeros.
fn hundredths(n: i64) -> String {
    let sign = if n < 0 { "-" } else { "" };
    let (whole, rest) = (n.unsigned_abs() / 100, n.unsigned_abs() % 100);
    match rest {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{rest:02}").trim_end_matches('0').to_owned(),
    }
}

/// A number with its unit, as rules say it: `3,450 万元`, `3.2%`, `120 人`. Money from 1 万元 on to a tenth of it.
pub(crate) fn amount(n: i64, unit: Unit) -> Text {
    let n = match unit {
        Unit::Fen if n.unsigned_abs() >= 1_000_000 => n.saturating_add(n.signum() * TENTH_OF_WAN / 2) / TENTH_OF_WAN * TENTH_OF_WAN,
        _ => n,
    };
    Text::new(number(n, unit, Lang::Zh), number(n, unit, Lang::En))
}

/// A value of a field as a person says it; `None` when unknown.
pub(crate) fn value(model: &Model, field: &Field, value: &Value) -> Option<Text> {
    let label = |list: &str, code: &str| match model.lists.get(list).and_then(|list| list.codes.get(code)) {
        Some(entry) => entry.label.clone(),
        None => Text::chinese_only(code.to_owned()),
    };
    let text = match (value, &field.ty) {
        (Value::Null, _) => return None,
        (Value::Bool(true), _) => Text::fixed("是", "yes"),
        (Value::Bool(false), _) => Text::fixed("否", "no"),
        (Value::Int(n), ty) => amount(*n, unit_of(ty, field.unit)),
        (Value::Text(code), FieldType::Code { list }) => label(list, code),
        (Value::Text(text), _) => Text::chinese_only(text.clone()),
        (Value::Bilingual(text), _) => text.clone(),
        (Value::Date(date), _) => Text::new(date.to_string(), date.to_string()),
        (Value::Instant(at), _) => Text::new(at.to_string(), at.to_string()),
        (Value::Set(codes), FieldType::Set { list }) => {
            let labels: Vec<Text> = codes.iter().map(|code| label(list, code)).collect();
            joined(&labels)
        }
        (Value::Set(codes), _) => Text::chinese_only(codes.join("、")),
        (Value::Ref(id), FieldType::Ref { record }) => {
            let prefix = model.records.get(record).map_or("id", |record| record.prefix.as_str());
            Text::chinese_only(id.text(prefix))
        }
        (Value::Ref(id), _) => Text::chinese_only(id.to_string()),
    };
    Some(text)
}

fn joined(labels: &[Text]) -> Text {
    if labels.is_empty() {
        return Text::fixed("无", "none");
    }
    let side = |lang: Lang, with: &str| labels.iter().map(|label| label.get(lang)).collect::<Vec<_>>().join(with);
    Text::new(side(Lang::Zh, "、"), side(Lang::En, ", "))
}

pub(crate) fn unit_of(ty: &FieldType, unit: Option<Unit>) -> Unit {
    match ty {
        FieldType::Money => Unit::Fen,
        FieldType::Percent => Unit::BasisPoint,
        FieldType::Area => Unit::SquareMetre,
        _ => unit.unwrap_or(Unit::One),
    }
}

/// Cells of a file in one language; numbers bare, their unit being in the head.
pub(crate) struct Shown<'a> {
    pub model: &'a Model,
    pub lang: Lang,
    /// Titles of referred records by outside id.
    pub titles: &'a BTreeMap<String, String>,
}

impl Shown<'_> {
    pub fn cell(&self, field: &Field, value: &Value) -> String {
        match (value, &field.ty) {
            (Value::Null, _) => String::new(),
            (Value::Int(n), FieldType::Money | FieldType::Percent) => hundredths(*n),
            (Value::Int(n), _) => n.to_string(),
            (Value::Ref(_), _) => {
                let id = self::value(self.model, field, value).unwrap_or_default();
                self.titles.get(id.zh.as_ref()).cloned().unwrap_or_else(|| id.zh.into_owned())
            }
            _ => self::value(self.model, field, value).map(|text| text.get(self.lang).to_owned()).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::hundredths;

    #[test]
    fn hundredths_without_needless_zeros() {
        assert_eq!([hundredths(-105), hundredths(300), hundredths(1250)], ["-1.05", "3", "12.5"]);
    }
}
