//! One record as a commit will leave it: its old and new values, its facts, and what the journal will say.
use super::facts::NewFact;
use crate::layout::{Place, RecordLayout};
use crate::value::Value;
use liangu_base::Id;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Created,
    Updated,
    Deleted,
}

pub struct Target {
    pub layout: Arc<RecordLayout>,
    pub id: Id,
    pub fate: Fate,
    /// 0 for a new record.
    pub version: i64,
    /// In the order of [`RecordLayout::single`]; empty for a new record.
    pub old: Vec<Value>,
    pub new: Vec<Value>,
    pub years: BTreeMap<i32, YearRow>,
    pub facts: Vec<NewFact>,
    /// Changes that the journal tells of; filled by [`Target::settle`].
    pub line: Option<String>,
    /// Whether a value of the row or of a year differs.
    pub differs: bool,
}

/// Values of one year in the order of [`RecordLayout::yearly`].
#[derive(Default)]
pub struct YearRow {
    /// `None`: there is no row for the year yet.
    pub old: Option<Vec<Value>>,
    pub new: Vec<Value>,
}

impl Target {
    /// Compares old and new and writes the journal's text. Call once, when all values are final.
    pub fn settle(&mut self) {
        let mut text = String::with_capacity(64);
        let model = self.layout.model();
        let mut entries = Entries { text: &mut text, first: true };
        match self.fate {
            Fate::Created => {
                entries.text.push_str("{\"c\":{");
                self.whole(&mut entries, |t| &t.new, |y| Some(&y.new));
                entries.text.push('}');
                self.differs = true;
            }
            Fate::Deleted => {
                entries.text.push_str("{\"d\":{");
                self.whole(&mut entries, |t| &t.old, |y| y.old.as_ref());
                entries.text.push('}');
                self.differs = true;
            }
            Fate::Updated => {
                entries.text.push_str("{\"u\":{");
                for (place, (from, to)) in self.layout.single.iter().zip(self.old.iter().zip(&self.new)) {
                    if from != to {
                        entries.pair(&self.layout, place, None, from, to);
                    }
                }
                for (year, row) in &self.years {
                    for (at, place) in self.layout.yearly.iter().enumerate() {
                        let from = row.old.as_ref().map_or(&Value::Null, |old| &old[at]);
                        if *from != row.new[at] {
                            entries.pair(&self.layout, place, Some(*year), from, &row.new[at]);
                        }
                    }
                }
                self.differs = !entries.first;
                entries.text.push('}');
            }
        }
        let noted = self.facts.iter().filter(|f| !f.shown).collect::<Vec<_>>();
        if !noted.is_empty() {
            text.push_str(",\"f\":[");
            for (n, fact) in noted.iter().enumerate() {
                let comma = if n == 0 { "" } else { "," };
                let value = json(&fact.value, &self.layout.record().fields[fact.field_index].ty, model);
                let _ = write!(text, "{comma}[{},{},{value},{}]", quoted(&fact.field), fact.year.unwrap_or(0), quoted(&fact.source));
            }
            text.push(']');
        }
        text.push('}');
        if self.differs || !self.facts.is_empty() {
            self.line = Some(text);
        }
    }

    fn whole<'t>(
        &'t self,
        entries: &mut Entries<'_>,
        row: impl Fn(&'t Target) -> &'t Vec<Value>,
        year: impl Fn(&'t YearRow) -> Option<&'t Vec<Value>>,
    ) {
        for (place, value) in self.layout.single.iter().zip(row(self)) {
            entries.one(&self.layout, place, None, value);
        }
        for (y, values) in &self.years {
            for (place, value) in self.layout.yearly.iter().zip(year(values).into_iter().flatten()) {
                entries.one(&self.layout, place, Some(*y), value);
            }
        }
    }

    pub fn new_version(&self) -> i64 {
        if self.differs { self.version + 1 } else { self.version }
    }

    /// The new value of a field with one value.
    pub fn new_value(&self, field: &str) -> Option<&Value> {
        let at = self.layout.single.iter().position(|p| p.field == field)?;
        self.new.get(at)
    }
}

struct Entries<'t> {
    text: &'t mut String,
    first: bool,
}

impl Entries<'_> {
    fn key(&mut self, place: &Place, year: Option<i32>) {
        if !self.first {
            self.text.push(',');
        }
        self.first = false;
        let _ = match year {
            None => write!(self.text, "\"{}\":", place.field),
            Some(year) => write!(self.text, "\"{}@{year}\":", place.field),
        };
    }

    fn one(&mut self, layout: &RecordLayout, place: &Place, year: Option<i32>, value: &Value) {
        if !value.is_null() {
            self.key(place, year);
            write_json(value, &layout.field_at(place).ty, layout.model(), self.text);
        }
    }

    fn pair(&mut self, layout: &RecordLayout, place: &Place, year: Option<i32>, from: &Value, to: &Value) {
        let ty = &layout.field_at(place).ty;
        self.key(place, year);
        self.text.push('[');
        write_json(from, ty, layout.model(), self.text);
        self.text.push(',');
        write_json(to, ty, layout.model(), self.text);
        self.text.push(']');
    }
}

pub fn json(value: &Value, ty: &liangu_model::record::FieldType, model: &liangu_model::record::Model) -> String {
    let mut out = String::new();
    write_json(value, ty, model, &mut out);
    out
}

fn write_json(value: &Value, ty: &liangu_model::record::FieldType, model: &liangu_model::record::Model, out: &mut String) {
    let _ = match value {
        Value::Null => out.write_str("null"),
        Value::Bool(b) => write!(out, "{b}"),
        Value::Int(n) => write!(out, "{n}"),
        Value::Text(s) => out.write_str(&quoted(s)),
        _ => write!(out, "{}", value.to_json(ty, model)),
    };
}

/// A JSON string.
pub fn quoted(text: &str) -> String {
    let plain = text.bytes().all(|b| b >= 0x20 && b != b'"' && b != b'\\');
    if plain { format!("\"{text}\"") } else { serde_json::Value::from(text).to_string() }
}
