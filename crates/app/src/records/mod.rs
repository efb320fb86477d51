//! Any record type of the packs: list, read, create, change, history, export, pickers.
//!
//! Nothing here knows a firm from a policy; what a record type is follows from the model. Values go in and out in the
//! API's raw forms; fields a reader may not read do not exist for him, in answers, conditions and errors alike.
mod attachments;
mod change;
mod export;
mod history;
mod inherited;
mod listing;
mod read;

pub use attachments::{ATTACHMENT_BYTES, Attachment};
pub use change::{Change, NewRecord};
pub use history::{Actor, Changed, HistoryEntry, HistoryPage};
pub(crate) use history::{next, shown};
pub(crate) use inherited::inherits;
pub(crate) use listing::limit;
pub use listing::{FacetCount, ItemPage, unknown_parameter};
pub use read::{FactNote, FullRecord};

use crate::Caller;
use crate::eligibility::{Life, POLICY, STATUS};
use crate::reads::Reads as _;
use crate::views::{Item, Raw, ValueMap};
use liangu_base::{Id, Lang};
use liangu_model::record::{Field, FieldType, Record};
use liangu_store::{Value, Values};
use std::collections::BTreeMap;

impl Caller<'_> {
    /// A stored row as this reader sees it.
    pub(crate) fn item(&self, record: &Record, row: &liangu_store::Item) -> Item {
        let mut values = self.raw(record, &row.values);
        if record.name == POLICY {
            let life = Life::on(self.app.today(), &row.values);
            values.insert(STATUS.to_owned(), Raw(life.name().into()));
        }
        Item { id: row.id.text(&record.prefix), version: row.version, title: self.title(record, &row.values), values }
    }

    /// The readable ones of `values`, raw.
    pub(crate) fn raw(&self, record: &Record, values: &Values) -> ValueMap {
        let known = |field: &&Field| values.contains_key(&field.name);
        let readable = crate::access::readable(self.principal, record);
        let raw = |field: &Field| (field.name.clone(), Raw(values[&field.name].to_json(&field.ty, &self.app.model)));
        readable.into_iter().filter(known).map(raw).collect()
    }

    pub(crate) fn title(&self, record: &Record, values: &Values) -> String {
        title_of(record, values, self.lang)
    }

    /// Titles of the records that readable `ref` fields of these rows point to, by outside id.
    pub(crate) fn ref_titles(&self, record: &Record, rows: &[&Values]) -> crate::Outcome<BTreeMap<String, String>> {
        let mut wanted: BTreeMap<&str, Vec<Id>> = BTreeMap::new();
        for field in crate::access::readable(self.principal, record) {
            let FieldType::Ref { record: target } = &field.ty else { continue };
            let ids = rows.iter().filter_map(|values| match values.get(&field.name) {
                Some(Value::Ref(id)) => Some(*id),
                _ => None,
            });
            wanted.entry(target).or_default().extend(ids);
        }
        let mut titles = BTreeMap::new();
        for (target, mut ids) in wanted {
            ids.sort();
            ids.dedup();
            let prefix = &self.app.model.records[target].prefix;
            titles.extend(self.app.store.titles(target, &ids)?.into_iter().map(|(id, title)| (id.text(prefix), title)));
        }
        Ok(titles)
    }
}

/// The name a person knows the record by.
pub(crate) fn title_of(record: &Record, values: &Values, lang: Lang) -> String {
    match values.get(&record.title) {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Bilingual(text)) => text.get(lang).to_owned(),
        _ => String::new(),
    }
}
