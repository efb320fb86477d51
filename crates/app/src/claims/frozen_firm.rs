//! A frozen file as a firm that the pages explain: the same words, over what counts for the claim.
use crate::App;
use crate::eligibility::{FIRM, Firm};
use crate::fault::Outcome;
use liangu_base::{Id, Instant, Text};
use liangu_expr::value::{Reason, Value as Seen};
use liangu_model::record::{FieldType, Model};
use liangu_policy::decision::{Frozen, Known};
use liangu_store::{Fact, Item, Value, Values, Years};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The firm's row gives its name; every fact is the frozen one, or not on file.
pub(super) fn frozen_firm<'a>(app: &'a App, frozen: &Frozen, row: Item) -> Outcome<Firm<'a>> {
    let model: &'a Model = &app.model;
    let mut firm = app.store.read(|reader| Firm::read(reader, model, row, frozen.judged_year))?;
    let record = &model.records[FIRM];
    let schema = &model.schemas[FIRM];
    firm.item.values.retain(|name, _| record.fields.get(name).is_none_or(|field| !field.fact));
    firm.years = Years::new();
    firm.facts = Vec::new();
    firm.today = frozen.taken_on;
    for fact in &frozen.facts {
        let Some(field) = record.fields.get(&fact.field) else { continue };
        let Some(value) = fact.value.as_ref().and_then(|value| stored(value, &field.ty, model)) else { continue };
        match fact.year {
            Some(year) => drop(firm.years.entry(year).or_insert_with(Values::new).insert(fact.field.clone(), value.clone())),
            None => drop(firm.item.values.insert(fact.field.clone(), value.clone())),
        }
        if let (Some(source), Some(as_of)) = (&fact.source, fact.as_of) {
            firm.facts.push(Fact {
                field: fact.field.clone(),
                year: fact.year,
                value,
                source: source.clone(),
                as_of,
                recorded_at: Instant::from_micros(0),
                recorded_by: None,
                sequence: 0,
                current: true,
                contested: false,
            });
        }
    }
    firm.children = (schema.children.iter())
        .map(|(name, child)| {
            let records = frozen.children.get(name).map(Vec::as_slice).unwrap_or_default();
            records.iter().map(|record| seen(record, child.schema.fields.keys())).collect()
        })
        .collect();
    Ok(firm)
}

/// In the order of the child's schema.
fn seen<'n>(record: &BTreeMap<String, Known>, names: impl Iterator<Item = &'n String>) -> Arc<[Seen]> {
    let missing = |name: &String| Seen::Unknown(Reason::Missing { field: name.clone(), year: 0 });
    names.map(|name| record.get(name).map_or_else(|| missing(name), Known::value)).collect()
}

/// As the store keeps it; none where the field is of another type now.
pub(super) fn stored(value: &Known, ty: &FieldType, model: &Model) -> Option<Value> {
    Some(match (value, ty) {
        (Known::Bool(yes), _) => Value::Bool(*yes),
        (Known::Int(n), _) => Value::Int(*n),
        (Known::Text(text), FieldType::Ref { record }) => Value::Ref(Id::parse(&model.records.get(record)?.prefix, text).ok()?),
        (Known::Text(text), FieldType::Bilingual { .. }) => Value::Bilingual(Text::chinese_only(text.clone())),
        (Known::Text(text), _) => Value::text(text.clone()),
        (Known::Date(_), FieldType::Instant) => return None,
        (Known::Date(date), _) => Value::Date(*date),
        (Known::Set(codes), _) => Value::set(codes.iter().cloned()),
    })
}
