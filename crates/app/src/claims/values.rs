//! Reading a row's values by name.
use liangu_base::{Date, Id, Text};
use liangu_store::{Value, Values};

pub(super) fn text<'v>(values: &'v Values, field: &str) -> Option<&'v str> {
    match values.get(field) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

pub(super) fn int(values: &Values, field: &str) -> Option<i64> {
    match values.get(field) {
        Some(Value::Int(n)) => Some(*n),
        _ => None,
    }
}

pub(super) fn date(values: &Values, field: &str) -> Option<Date> {
    match values.get(field) {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    }
}

pub(super) fn reference(values: &Values, field: &str) -> Option<Id> {
    match values.get(field) {
        Some(Value::Ref(id)) => Some(*id),
        _ => None,
    }
}

pub(super) fn bilingual(values: &Values, field: &str) -> Text {
    match values.get(field) {
        Some(Value::Bilingual(text)) => text.clone(),
        _ => Text::default(),
    }
}

/// Texts; an empty one is none.
pub(super) fn put<const N: usize>(values: [(&str, Option<&str>); N]) -> Values {
    let value = |text: Option<&str>| text.filter(|text| !text.is_empty()).map_or(Value::Null, Value::text);
    values.into_iter().map(|(field, text)| (field.to_owned(), value(text))).collect()
}
