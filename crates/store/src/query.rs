//! What can be asked of a record type: conditions, expressions, words, order, and where to go on.
use crate::error::StoreError;
use crate::value::Value;
use liangu_base::{Date, Id};
use liangu_expr::typed::Typed;
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::sync::Arc;

#[derive(Clone, Debug)]
pub struct Query {
    /// Rows for which this is true; unknown counts as no.
    pub filter: Option<Arc<Typed>>,
    pub scope: Scope,
    pub context: Context,
    /// All of them hold.
    pub conditions: Vec<Condition>,
    /// Words a person typed, over the full-text index.
    pub text: Option<String>,
    /// `None`: with `text` the best first, without it the record's own order.
    pub sort: Option<Sort>,
    pub after: Option<Cursor>,
    pub limit: u32,
    /// Yearly fields are shown, sorted and compared by this year's values.
    pub year: Option<i32>,
    /// Whether the page says how many rows there are in all.
    pub total: bool,
}

impl Default for Query {
    fn default() -> Query {
        Query {
            filter: None,
            scope: Scope::All,
            context: Context::default(),
            conditions: Vec::new(),
            text: None,
            sort: None,
            after: None,
            limit: 50,
            year: None,
            total: true,
        }
    }
}

/// Which rows the reader may see.
#[derive(Clone, Debug)]
pub enum Scope {
    /// The program itself reads.
    All,
    /// Rows for which one of these is true; none at all if there are none.
    AnyOf(Vec<Arc<Typed>>),
}

/// What expressions see beside the row.
#[derive(Clone, Debug)]
pub struct Context {
    pub today: Date,
    /// The judged year.
    pub year: i32,
    /// Object and field, as `("user", "region")`.
    pub params: HashMap<(String, String), Value>,
}

impl Default for Context {
    fn default() -> Context {
        Context { today: Date::MIN, year: 0, params: HashMap::new() }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The field has one of these values; [`Value::Null`] among them stands for unknown.
    In {
        field: String,
        values: Vec<Value>,
    },
    /// Both ends included.
    Range {
        field: String,
        from: Option<Value>,
        to: Option<Value>,
    },
    /// A code equals or lies below one of these in its tree.
    Within {
        field: String,
        codes: Vec<String>,
    },
    /// A set has at least one of these codes.
    HasAny {
        field: String,
        codes: Vec<String>,
    },
    Known {
        field: String,
        known: bool,
    },
    Ids(Vec<Id>),
}

impl Condition {
    pub fn field(&self) -> Option<&str> {
        match self {
            Condition::In { field, .. }
            | Condition::Range { field, .. }
            | Condition::Within { field, .. }
            | Condition::HasAny { field, .. }
            | Condition::Known { field, .. } => Some(field),
            Condition::Ids(_) => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// A field, or `created_at`, `updated_at`, `id`.
    pub field: String,
    pub descending: bool,
}

impl Sort {
    /// `name`, `-published`.
    pub fn parse(text: &str) -> Sort {
        match text.strip_prefix('-') {
            Some(field) => Sort { field: field.to_owned(), descending: true },
            None => Sort { field: text.to_owned(), descending: false },
        }
    }
}

/// Where a page ended: the last row's place in the order. Opaque outside; rows that come or go in between neither
/// repeat nor hide others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(String);

/// The place of the last row in the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Names the order, so that a cursor of another order is refused.
    pub order: String,
    pub key: Key,
    pub id: Id,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Null,
    Int(i64),
    Text(String),
    Id(Id),
}

impl Cursor {
    /// A cursor as it came back from outside; what is wrong with it shows when it is used.
    pub fn parse(text: &str) -> Cursor {
        Cursor(text.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The place of a row in an order by a field with one value, as if a page had ended with it; `value` is what the row
    /// has in that field. For lists that are merged from several.
    pub fn of(sort: &Sort, value: Option<&Value>, id: Id) -> Cursor {
        let key = match value {
            _ if sort.field == "id" => Key::Id(id),
            Some(Value::Int(n)) => Key::Int(*n),
            Some(Value::Date(day)) => Key::Int(day.days().into()),
            Some(Value::Instant(at)) => Key::Int(at.micros()),
            Some(Value::Text(text)) => Key::Text(text.clone()),
            Some(Value::Ref(of)) => Key::Id(*of),
            _ => Key::Null,
        };
        let order = format!("{}{}", if sort.descending { "-" } else { "+" }, sort.field);
        Cursor::at(&Place { order, key, id })
    }

    pub(crate) fn at(place: &Place) -> Cursor {
        let key = match &place.key {
            Key::Null => Json::Null,
            Key::Int(n) => json!(n),
            Key::Text(s) => json!(s),
            Key::Id(id) => json!({"id": id}),
        };
        let text = json!([place.order, key, place.id]).to_string();
        Cursor(text.bytes().map(|b| format!("{b:02x}")).collect())
    }

    pub(crate) fn place(&self, order: &str) -> Result<Place, StoreError> {
        let bad =
            || StoreError::unknown("翻页标记无效；请从第一页重新开始。", "The page marker is not valid; start again at the first page.");
        let bytes: Option<Vec<u8>> =
            (0..self.0.len()).step_by(2).map(|i| self.0.get(i..i + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok())).collect();
        let json: Json = bytes.and_then(|b| serde_json::from_slice(&b).ok()).ok_or_else(bad)?;
        let id = |json: &Json| json.as_str().and_then(|s| s.parse::<Id>().ok());
        let (Some(found), Some(last)) = (json[0].as_str(), id(&json[2])) else { return Err(bad()) };
        let key = match &json[1] {
            Json::Null => Key::Null,
            Json::Number(n) => Key::Int(n.as_i64().ok_or_else(bad)?),
            Json::String(s) => Key::Text(s.clone()),
            other => Key::Id(id(&other["id"]).ok_or_else(bad)?),
        };
        if found == order { Ok(Place { order: found.to_owned(), key, id: last }) } else { Err(bad()) }
    }
}
