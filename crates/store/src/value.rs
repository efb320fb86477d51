//! One value of a field, between JSON (the API, the journal), columns, and the program.
//!
//! Storage forms: ids 16 bytes; money, percent, area, numbers and moments whole numbers; dates days since 1970-01-01;
//! codes as text; sets as `|a|b|` in ascending order (null unknown, `|` empty); bilingual texts in two columns.
use crate::engine::cell::{Cell, CellRef};
use crate::error::StoreError;
use liangu_base::{Date, Id, Instant, Text};
use liangu_model::record::{FieldType, Model};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Unknown.
    Null,
    Bool(bool),
    /// A number, fen, basis points or square metres.
    Int(i64),
    /// Text, a code, a credit code, a running number, the source of a rule.
    Text(String),
    Bilingual(Text),
    Date(Date),
    Instant(Instant),
    /// Codes; kept sorted and once each.
    Set(Vec<String>),
    Ref(Id),
}

/// Field → value. In an update a field that is absent stays as it is.
pub type Values = BTreeMap<String, Value>;
/// Year → values of yearly fields.
pub type Years = BTreeMap<i32, Values>;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    Bool,
    Int,
    Text,
    Bytes,
}

/// Columns a field type takes: one, or two for a bilingual text.
pub(crate) fn column_kinds(ty: &FieldType) -> &'static [ColumnKind] {
    match ty {
        FieldType::Bilingual { .. } => &[ColumnKind::Text, ColumnKind::Text],
        FieldType::Bool => &[ColumnKind::Bool],
        FieldType::Int | FieldType::Money | FieldType::Area | FieldType::Percent | FieldType::Date | FieldType::Instant => {
            &[ColumnKind::Int]
        }
        FieldType::Ref { .. } => &[ColumnKind::Bytes],
        FieldType::Text { .. }
        | FieldType::Code { .. }
        | FieldType::Set { .. }
        | FieldType::Rule { .. }
        | FieldType::CreditCode
        | FieldType::Number { .. } => &[ColumnKind::Text],
    }
}

impl Value {
    pub fn set<S: Into<String>>(codes: impl IntoIterator<Item = S>) -> Value {
        let mut codes: Vec<String> = codes.into_iter().map(Into::into).collect();
        codes.sort();
        codes.dedup();
        Value::Set(codes)
    }

    pub fn text(text: impl Into<String>) -> Value {
        Value::Text(text.into())
    }

    pub fn is_null(&self) -> bool {
        *self == Value::Null
    }

    /// The API's raw form: ids with their prefix, dates `YYYY-MM-DD`, sets as arrays, unknown as null.
    pub fn to_json(&self, ty: &FieldType, model: &Model) -> Json {
        match self {
            Value::Null => Json::Null,
            Value::Bool(b) => json!(b),
            Value::Int(n) => json!(n),
            Value::Text(s) => json!(s),
            Value::Bilingual(t) => json!({"zh": t.zh, "en": t.en}),
            Value::Date(d) => json!(d.to_string()),
            Value::Instant(at) => json!(at.to_rfc3339_beijing()),
            Value::Set(codes) => json!(codes),
            Value::Ref(id) => json!(id.text(prefix(ty, model))),
        }
    }

    /// Reads [`Value::to_json`]'s form. The error says what would be right.
    pub fn from_json(json: &Json, ty: &FieldType, model: &Model) -> Result<Value, Text> {
        let value = match (ty, json) {
            (_, Json::Null) => Some(Value::Null),
            (FieldType::Bool, Json::Bool(b)) => Some(Value::Bool(*b)),
            (FieldType::Int | FieldType::Money | FieldType::Area | FieldType::Percent, Json::Number(n)) => n.as_i64().map(Value::Int),
            (FieldType::Date, Json::String(s)) => return Date::parse(s).map(Value::Date).map_err(|e| liangu_base::Explain::text(&e)),
            (FieldType::Instant, Json::String(s)) => {
                return Instant::from_rfc3339(s).map(Value::Instant).map_err(|e| liangu_base::Explain::text(&e));
            }
            (FieldType::Ref { .. }, Json::String(s)) => {
                return Id::parse(prefix(ty, model), s).map(Value::Ref).map_err(|e| liangu_base::Explain::text(&e));
            }
            (FieldType::Bilingual { .. }, Json::String(s)) => Some(Value::Bilingual(Text::chinese_only(s.clone()))),
            (FieldType::Bilingual { .. }, Json::Object(_)) => serde_json::from_value(json.clone()).ok().map(Value::Bilingual),
            (FieldType::Set { .. }, Json::Array(codes)) => {
                codes.iter().map(|c| c.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>().map(Value::set)
            }
            (
                FieldType::Text { .. } | FieldType::Code { .. } | FieldType::Rule { .. } | FieldType::CreditCode | FieldType::Number { .. },
                Json::String(s),
            ) => Some(Value::Text(s.clone())),
            _ => None,
        };
        value.ok_or_else(|| wanted(ty))
    }

    /// Whether the value has the shape of the type; null always has.
    pub(crate) fn fits(&self, ty: &FieldType) -> bool {
        match self {
            Value::Null => true,
            Value::Bool(_) => matches!(ty, FieldType::Bool),
            Value::Int(_) => matches!(ty, FieldType::Int | FieldType::Money | FieldType::Area | FieldType::Percent),
            Value::Date(_) => matches!(ty, FieldType::Date),
            Value::Instant(_) => matches!(ty, FieldType::Instant),
            Value::Bilingual(_) => matches!(ty, FieldType::Bilingual { .. }),
            Value::Set(_) => matches!(ty, FieldType::Set { .. }),
            Value::Ref(_) => matches!(ty, FieldType::Ref { .. }),
            Value::Text(_) => {
                matches!(
                    ty,
                    FieldType::Text { .. }
                        | FieldType::Code { .. }
                        | FieldType::Rule { .. }
                        | FieldType::CreditCode
                        | FieldType::Number { .. }
                )
            }
        }
    }

    /// Appends the cells of the value's columns.
    pub(crate) fn write(&self, ty: &FieldType, out: &mut Vec<Cell>) {
        match self {
            Value::Null => out.extend(column_kinds(ty).iter().map(|_| Cell::Null)),
            Value::Bool(b) => out.push(Cell::Bool(*b)),
            Value::Int(n) => out.push(Cell::Int(*n)),
            Value::Text(s) => out.push(Cell::text(s.as_str())),
            Value::Bilingual(t) => out.extend([Cell::text(t.zh.as_ref()), Cell::text(t.en.as_ref())]),
            Value::Date(d) => out.push((*d).into()),
            Value::Instant(at) => out.push((*at).into()),
            Value::Set(codes) => out.push(Cell::Text(joined(codes))),
            Value::Ref(id) => out.push((*id).into()),
        }
    }

    /// The first (or only) cell, as a condition compares it.
    pub(crate) fn cell(&self, ty: &FieldType) -> Cell {
        let mut cells = Vec::with_capacity(2);
        self.write(ty, &mut cells);
        cells.swap_remove(0)
    }

    /// Reads a field from its columns; `second` is the English side of a bilingual text.
    pub(crate) fn read(ty: &FieldType, first: CellRef<'_>, second: CellRef<'_>) -> Result<Value, StoreError> {
        let broken = || StoreError::damaged(format!("a column of type {} holds something else", type_name(ty)));
        match (ty, first) {
            (_, CellRef::Null) => Ok(Value::Null),
            (FieldType::Bool, CellRef::Int(n)) => Ok(Value::Bool(n != 0)),
            (FieldType::Date, CellRef::Int(n)) => i32::try_from(n).ok().and_then(Date::from_days).map(Value::Date).ok_or_else(broken),
            (FieldType::Instant, CellRef::Int(n)) => Ok(Value::Instant(Instant::from_micros(n))),
            (FieldType::Int | FieldType::Money | FieldType::Area | FieldType::Percent, CellRef::Int(n)) => Ok(Value::Int(n)),
            (FieldType::Bilingual { .. }, CellRef::Text(zh)) => {
                Ok(Value::Bilingual(Text::new(zh.to_owned(), second.text().unwrap_or_default().to_owned())))
            }
            (FieldType::Set { .. }, CellRef::Text(s)) => Ok(Value::Set(split(s).map(str::to_owned).collect())),
            (FieldType::Ref { .. }, CellRef::Bytes(b)) => {
                <[u8; 16]>::try_from(b).map(|b| Value::Ref(Id::from_bytes(b))).map_err(|_| broken())
            }
            (FieldType::Bool | FieldType::Date | FieldType::Instant | FieldType::Ref { .. }, _) => Err(broken()),
            (_, CellRef::Text(s)) => Ok(Value::Text(s.to_owned())),
            _ => Err(broken()),
        }
    }
}

fn prefix<'m>(ty: &FieldType, model: &'m Model) -> &'m str {
    match ty {
        FieldType::Ref { record } => model.records.get(record).map_or("id", |r| r.prefix.as_str()),
        _ => "id",
    }
}

/// `|a|b|`; the empty set is `|`.
pub(crate) fn joined(codes: &[String]) -> String {
    let mut out = String::from("|");
    for code in codes {
        out.push_str(code);
        out.push('|');
    }
    out
}

/// The codes of a stored set.
pub fn split(set: &str) -> impl Iterator<Item = &str> {
    set.split('|').filter(|code| !code.is_empty())
}

pub(crate) fn type_name(ty: &FieldType) -> &'static str {
    match ty {
        FieldType::Text { .. } => "text",
        FieldType::Bilingual { .. } => "bilingual",
        FieldType::Int => "int",
        FieldType::Money => "money",
        FieldType::Area => "area",
        FieldType::Percent => "percent",
        FieldType::Bool => "bool",
        FieldType::Date => "date",
        FieldType::Instant => "instant",
        FieldType::Code { .. } => "code",
        FieldType::Set { .. } => "set",
        FieldType::Ref { .. } => "ref",
        FieldType::Rule { .. } => "rule",
        FieldType::CreditCode => "credit_code",
        FieldType::Number { .. } => "number",
    }
}

/// What a field of this type takes.
pub(crate) fn wanted(ty: &FieldType) -> Text {
    match ty {
        FieldType::Bool => Text::fixed("请填写是或否（true、false）。", "Give yes or no (true, false)."),
        FieldType::Int => Text::fixed("请填写整数。", "Give a whole number."),
        FieldType::Money => Text::fixed("请填写以分为单位的整数金额。", "Give an amount as a whole number of fen."),
        FieldType::Area => Text::fixed("请填写以平方米为单位的整数面积。", "Give an area as a whole number of square metres."),
        FieldType::Percent => Text::fixed("请填写整数，1 表示万分之一。", "Give a whole number of basis points."),
        FieldType::Date => Text::fixed("请填写日期，例如 2026-03-01。", "Give a date such as 2026-03-01."),
        FieldType::Instant => Text::fixed(
            "请填写带时区的时间，例如 2026-03-01T09:30:00+08:00。",
            "Give a time with offset such as 2026-03-01T09:30:00+08:00.",
        ),
        FieldType::Set { .. } => Text::fixed("请填写代码数组。", "Give an array of codes."),
        FieldType::Ref { .. } => Text::fixed("请填写所引用记录的编号。", "Give the id of the record referred to."),
        FieldType::Bilingual { .. } => Text::fixed("请填写中英文文本 {zh, en}。", "Give a text in both languages, {zh, en}."),
        _ => Text::fixed("请填写文本。", "Give a text."),
    }
}
