//! What the demonstration hands out: records, their yearly values, the sources of their facts, and accounts.
//!
//! Shapes only. Field names are those of the packs; `tests/fits_the_packs.rs` holds every value to its field.
use liangu_base::{Date, Id, Instant, Text};
use std::borrow::Cow;

/// One value. Money in fen, ratios in basis points, areas in square metres, as the store keeps them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Datum {
    Bool(bool),
    Int(i64),
    /// Text, code, credit code or rule.
    Text(Cow<'static, str>),
    Bilingual(Text),
    Date(Date),
    Instant(Instant),
    Set(Vec<&'static str>),
    Ref(Id),
}

/// A name in both languages as it stands in the tables of this crate; [`Label::text`] makes it a [`Text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    pub zh: &'static str,
    pub en: &'static str,
}

impl Label {
    pub const fn new(zh: &'static str, en: &'static str) -> Label {
        Label { zh, en }
    }

    pub const fn text(self) -> Text {
        Text::fixed(self.zh, self.en)
    }
}

impl From<Label> for Datum {
    fn from(value: Label) -> Datum {
        Datum::Bilingual(value.text())
    }
}
impl From<bool> for Datum {
    fn from(value: bool) -> Datum {
        Datum::Bool(value)
    }
}
impl From<i64> for Datum {
    fn from(value: i64) -> Datum {
        Datum::Int(value)
    }
}
impl From<&'static str> for Datum {
    fn from(value: &'static str) -> Datum {
        Datum::Text(Cow::Borrowed(value))
    }
}
impl From<String> for Datum {
    fn from(value: String) -> Datum {
        Datum::Text(Cow::Owned(value))
    }
}
impl From<Text> for Datum {
    fn from(value: Text) -> Datum {
        Datum::Bilingual(value)
    }
}
impl From<Instant> for Datum {
    fn from(value: Instant) -> Datum {
        Datum::Instant(value)
    }
}
impl From<Date> for Datum {
    fn from(value: Date) -> Datum {
        Datum::Date(value)
    }
}
impl From<Id> for Datum {
    fn from(value: Id) -> Datum {
        Datum::Ref(value)
    }
}
impl From<Vec<&'static str>> for Datum {
    fn from(value: Vec<&'static str>) -> Datum {
        Datum::Set(value)
    }
}

/// One record to create. A field that is absent is unknown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    pub record: &'static str,
    pub id: Id,
    pub values: Vec<(&'static str, Datum)>,
    pub years: Vec<(i32, Vec<(&'static str, Datum)>)>,
    pub facts: Vec<FactMark>,
}

impl Entry {
    pub fn new(record: &'static str, id: Id) -> Entry {
        Entry { record, id, values: Vec::new(), years: Vec::new(), facts: Vec::new() }
    }

    /// Builder form: `Entry::new(…).with("name", text)`.
    pub fn with(mut self, field: &'static str, value: impl Into<Datum>) -> Entry {
        self.values.push((field, value.into()));
        self
    }

    /// As [`Entry::with`] where the value may be unknown.
    pub fn maybe(mut self, field: &'static str, value: Option<impl Into<Datum>>) -> Entry {
        if let Some(value) = value {
            self.values.push((field, value.into()));
        }
        self
    }

    /// The value of a field of the record itself.
    pub fn get(&self, field: &str) -> Option<&Datum> {
        self.values.iter().find(|(name, _)| *name == field).map(|(_, value)| value)
    }

    /// The value of a yearly field.
    pub fn get_year(&self, year: i32, field: &str) -> Option<&Datum> {
        let (_, values) = self.years.iter().find(|(y, _)| *y == year)?;
        values.iter().find(|(name, _)| *name == field).map(|(_, value)| value)
    }

    /// The whole number in a field, 0 where it is unknown. For tests and sums.
    pub fn int(&self, field: &str) -> i64 {
        match self.get(field) {
            Some(Datum::Int(value)) => *value,
            _ => 0,
        }
    }
}

/// Who said a fact, and as of which day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FactMark {
    pub field: &'static str,
    /// The year of a yearly fact.
    pub year: Option<i32>,
    /// What this source says where it differs from the record's value (a conflict on file); `None`: the record's value.
    pub value: Option<Box<Datum>>,
    pub source: &'static str,
    pub as_of: Date,
}

/// A document beside the records, as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub kind: &'static str,
    pub key: String,
    pub value: serde_json::Value,
}

/// A user account. None has a password; outside a demonstration nobody can sign in with it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Account {
    pub id: Id,
    pub login: String,
    pub name: String,
    pub roles: Vec<&'static str>,
    pub firm: Option<Id>,
    pub organisation: Option<Id>,
    pub park: Option<Id>,
    pub region: Option<&'static str>,
    /// Set for the seven people through whose eyes the demonstration is seen: `firm`, `officer`, …
    pub persona: Option<&'static str>,
}
