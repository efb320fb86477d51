//! Every value of the demonstration is one that its field in the packs takes, and every reference has its record.
mod common;

use common::{demonstration, visit};
use liangu_base::{Id, Lang};
use liangu_demo::{Datum, Entry};
use liangu_model::Model;
use liangu_model::record::FieldType;
use std::collections::{BTreeMap, BTreeSet, HashSet};

fn model() -> Model {
    liangu_packs::load(Vec::new()).unwrap_or_else(|errors| panic!("{}", errors.iter().map(|e| e.render(Lang::En)).collect::<String>()))
}

/// What is wrong with a value, if anything.
fn fault(model: &Model, ty: &FieldType, value: &Datum, ids: &HashSet<Id>) -> Option<String> {
    let known = |list: &str, code: &str| model.lists[list].codes.contains_key(code);
    let fits = match (ty, value) {
        (FieldType::Text { limit }, Datum::Text(text)) => text.chars().count() <= *limit as usize,
        (FieldType::Bilingual { limit }, Datum::Bilingual(text)) => {
            !text.zh.is_empty()
                && !text.en.is_empty()
                && text.zh.chars().count() <= *limit as usize
                && text.en.chars().count() <= *limit as usize
        }
        (FieldType::Int | FieldType::Money | FieldType::Area | FieldType::Percent, Datum::Int(_)) => true,
        (FieldType::Bool, Datum::Bool(_))
        | (FieldType::Date, Datum::Date(_))
        | (FieldType::Instant, Datum::Instant(_))
        | (FieldType::CreditCode | FieldType::Number { .. } | FieldType::Rule { .. }, Datum::Text(_)) => true,
        (FieldType::Code { list }, Datum::Text(code)) => known(list, code.as_ref()),
        (FieldType::Set { list }, Datum::Set(codes)) => codes.iter().all(|code| known(list, code)),
        (FieldType::Ref { .. }, Datum::Ref(id)) => ids.contains(id),
        _ => false,
    };
    (!fits).then(|| format!("{ty:?} does not take {value:?}"))
}

#[test]
fn every_value_fits_its_field() {
    let model = model();
    let mut ids: HashSet<Id> = HashSet::new();
    let mut faults: BTreeMap<String, String> = BTreeMap::new();
    let mut filled: BTreeSet<(&str, &str)> = BTreeSet::new();
    visit(&demonstration(), |entry: &Entry| {
        ids.insert(entry.id);
        let record = &model.records[entry.record];
        let yearly = entry.years.iter().flat_map(|(_, values)| values.iter().map(|v| (true, v)));
        for (of_year, (name, value)) in entry.values.iter().map(|v| (false, v)).chain(yearly) {
            filled.insert((entry.record, name));
            let what = match record.fields.get(*name) {
                None => Some("no such field".to_owned()),
                Some(field) if field.yearly != of_year => Some("yearly or not".to_owned()),
                Some(field) => fault(&model, &field.ty, value, &ids),
            };
            if let Some(what) = what {
                faults.entry(format!("{}.{name}", entry.record)).or_insert(what);
            }
        }
        for mark in &entry.facts {
            if !model.sources.contains_key(mark.source)
                || !record.fields[mark.field].fact
                || record.fields[mark.field].yearly != mark.year.is_some()
            {
                faults.entry(format!("{}.{}", entry.record, mark.field)).or_insert(format!("{mark:?}"));
            }
        }
        for (name, field) in record.fields.iter().filter(|(_, f)| f.required) {
            if entry.get(name).is_none() && !field.yearly {
                faults.entry(format!("{}.{name}", entry.record)).or_insert("required and missing".to_owned());
            }
        }
    });
    assert_eq!(faults, BTreeMap::new());
    let facts = model.records["enterprise"].fields.values().filter(|f| f.fact);
    let empty: Vec<&str> = facts.filter(|f| !filled.contains(&("enterprise", f.name.as_str()))).map(|f| f.name.as_str()).collect();
    assert_eq!(empty, Vec::<&str>::new(), "facts that no firm has");
}
