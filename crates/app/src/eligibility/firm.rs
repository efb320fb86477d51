//! One firm as the row oracle reads it, with what each fact rests on.
use super::cards::FIRM;
use super::columns::oracle_value;
use super::feed::child_values;
use crate::Caller;
use crate::facts::{OpenContest, any_open, bands_of, open_contests, stale};
use crate::fault::Outcome;
use crate::language;
use crate::views::Words;
use liangu_base::{Date, Id, Lang, Text};
use liangu_expr::schema::{ChildIx, FieldIx, Schema};
use liangu_expr::typed::Node;
use liangu_expr::value::{Reason, Value};
use liangu_model::record::{Field, FieldType, Model, Record};
use liangu_store::{Fact, Item, Query, Reader, StoreError, Values, Years};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

pub(crate) struct Firm<'a> {
    pub item: Item,
    pub record: &'a Record,
    pub schema: &'a Schema,
    pub years: Years,
    pub facts: Vec<Fact>,
    pub children: Vec<Vec<Arc<[Value]>>>,
    pub judged_year: i32,
    /// The day by which facts are stale.
    pub today: Date,
    /// What it contests and nobody has decided.
    pub contests: Vec<OpenContest>,
    /// The ready answers behind its own words, by field and year.
    bands: HashMap<(String, Option<i32>), Words>,
    /// Titles of the records that rules name by their outside id, as parks.
    titles: HashMap<String, String>,
    model: &'a Model,
}

impl<'a> Caller<'a> {
    /// A firm that this reader sees, with everything rules may ask of it.
    pub(crate) fn firm(&self, id: Id) -> Outcome<Firm<'a>> {
        let item = self.visible(FIRM, id)?;
        let app = self.app;
        let year = app.judged_year();
        let today = app.today();
        let firm = app.store.read(|reader| {
            let facts = reader.facts(FIRM, id)?;
            let bands = bands_of(reader, &app.model, id, &facts)?;
            let contests = open_contests(reader, &app.model, Some(id))?;
            Ok(Firm { facts, bands, contests, today, ..Firm::read(reader, &app.model, item, year)? })
        })?;
        Ok(firm)
    }
}

/// A register that firms refer to is named whole up to this many records.
const TITLES: u32 = 500;

/// Titles by outside id of the records that fields of `record` refer to.
fn titles(reader: &mut Reader<'_>, model: &Model, record: &Record) -> Result<HashMap<String, String>, StoreError> {
    let mut titles = HashMap::new();
    for field in record.fields.values() {
        let FieldType::Ref { record: other } = &field.ty else { continue };
        let other = &model.records[other];
        let page = reader.query(&other.name, &Query { limit: TITLES, total: false, ..Query::default() })?;
        for item in page.items {
            titles.insert(item.id.text(&other.prefix), crate::records::title_of(other, &item.values, Lang::Zh));
        }
    }
    Ok(titles)
}

impl<'a> Firm<'a> {
    /// The firm with its years and child records, and without what its facts rest on.
    pub fn read(reader: &mut Reader<'_>, model: &'a Model, item: Item, judged_year: i32) -> Result<Firm<'a>, StoreError> {
        let (record, schema) = (&model.records[FIRM], model.schemas[FIRM].as_ref());
        let years = reader.years(FIRM, item.id)?;
        let mut children = Vec::with_capacity(schema.children.len());
        for (name, child) in &schema.children {
            let owner = model.records.values().find(|r| r.child_of.as_ref().is_some_and(|of| of.record == FIRM && of.name == *name));
            let rows = owner.map(|owner| Ok::<_, StoreError>((owner, reader.children(&owner.name, item.id)?))).transpose()?;
            let values = |(owner, rows): (&Record, Vec<Item>)| -> Vec<Arc<[Value]>> {
                rows.iter().map(|row| child_values(model, owner, &child.schema, &row.values)).collect()
            };
            children.push(rows.map(values).unwrap_or_default());
        }
        let titles = titles(reader, model, record)?;
        let (facts, contests, bands) = (Vec::new(), Vec::new(), HashMap::new());
        Ok(Firm { item, record, schema, years, facts, children, judged_year, today: Date::MIN, contests, bands, titles, model })
    }

    /// A rule's part in both languages, records by their titles.
    pub fn sentence(&self, node: &Node) -> Text {
        self.titled(language::sentence(node, self.schema))
    }

    /// A value of a field as a person says it.
    pub fn shown(&self, field: &Field, value: &liangu_store::Value) -> Option<Text> {
        crate::shown::value(self.model, field, value).map(|text| self.titled(text))
    }

    /// Titles of the records that this firm's own facts refer to, by outside id.
    pub fn titles_in_use(&self) -> BTreeMap<String, String> {
        let id = |field: &Field| match (&field.ty, self.item.values.get(&field.name)) {
            (FieldType::Ref { record }, Some(liangu_store::Value::Ref(id))) => Some(id.text(&self.model.records[record].prefix)),
            _ => None,
        };
        let named = self.record.fields.values().filter_map(id);
        named.filter_map(|id| self.titles.get(&id).map(|title| (id.clone(), title.clone()))).collect()
    }

    fn titled(&self, text: Text) -> Text {
        let mut text = text;
        for (id, title) in self.titles.iter().filter(|(id, _)| text.zh.contains(id.as_str())).collect::<Vec<_>>() {
            let put = |side: &str| side.replace(&format!("“{id}”"), title).replace(&format!("\"{id}\""), title).replace(id, title);
            text = Text::new(put(&text.zh), put(&text.en));
        }
        text
    }

    pub fn field(&self, field: FieldIx) -> Option<&'a Field> {
        let (name, _) = self.schema.fields.get_index(field.0 as usize)?;
        self.record.fields.get(name)
    }

    /// The year a fact is of: of a yearly field the judged year and `offset`.
    pub fn year_of(&self, field: &Field, offset: i32) -> Option<i32> {
        field.yearly.then_some(self.judged_year + offset)
    }

    /// What is stored; `None` when unknown.
    pub fn stored(&self, field: &Field, offset: i32) -> Option<&liangu_store::Value> {
        let values: Option<&Values> = match self.year_of(field, offset) {
            Some(year) => self.years.get(&year),
            None => Some(&self.item.values),
        };
        values?.get(&field.name).filter(|value| !value.is_null())
    }

    /// The fact that counts.
    pub fn fact_on_file(&self, field: &Field, offset: i32) -> Option<&Fact> {
        let year = self.year_of(field, offset);
        self.facts.iter().find(|fact| fact.current && fact.field == field.name && fact.year == year)
    }

    /// Whether the firm contests the fact.
    pub fn is_contested(&self, field: &str, year: Option<i32>) -> bool {
        any_open(&self.contests, field, year)
    }

    pub fn is_stale(&self, field: &Field) -> bool {
        stale(field, &self.facts, self.today)
    }

    /// The ready answer for which the firm's own word stands.
    pub fn band(&self, field: &str, year: Option<i32>) -> Option<&Words> {
        self.bands.get(&(field.to_owned(), year))
    }

    pub fn value(&self, place: FieldIx, offset: i32) -> Value {
        let known = || {
            let field = self.field(place)?;
            oracle_value(self.stored(field, offset)?, &field.ty, self.model)
        };
        known().unwrap_or_else(|| {
            let name = self.schema.fields.get_index(place.0 as usize).map(|(name, _)| name.clone()).unwrap_or_default();
            Value::Unknown(Reason::Missing { field: name, year: offset })
        })
    }

    pub fn child_rows(&self, child: ChildIx) -> &[Arc<[Value]>] {
        self.children.get(child.0 as usize).map_or(&[], Vec::as_slice)
    }
}
