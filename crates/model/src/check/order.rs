//! The order in which tables must be made: a record after those it refers to. Records that refer to each other in a
//! circle have no such order; a record may refer to itself.
use super::Cx;
use crate::raw::Raw;
use crate::record::{FieldType, Record};
use indexmap::{IndexMap, IndexSet};

fn needs(r: &Record) -> impl Iterator<Item = &str> {
    r.fields.values().filter_map(|f| match &f.ty {
        FieldType::Ref { record } if *record != r.name => Some(record.as_str()),
        _ => None,
    })
}

pub(crate) fn sort(records: &mut IndexMap<String, Record>, raw: &Raw, cx: &Cx) {
    let mut done: IndexSet<String> = IndexSet::new();
    loop {
        let known = |n: &str| !records.contains_key(n) || done.contains(n);
        let next = records.values().find(|r| !done.contains(&r.name) && needs(r).all(known));
        match next {
            Some(r) => done.insert(r.name.clone()),
            None => break,
        };
    }
    if let Some(stuck) = records.values().find(|r| !done.contains(&r.name)) {
        report(stuck, records, &done, raw, cx);
        return;
    }
    records.sort_by(|a, _, b, _| done.get_index_of(a).cmp(&done.get_index_of(b)));
}

/// Walks from a record that waits to one it waits for, until one comes again.
fn report(from: &Record, records: &IndexMap<String, Record>, done: &IndexSet<String>, raw: &Raw, cx: &Cx) {
    let mut path: IndexSet<&str> = IndexSet::new();
    let mut at = from;
    while path.insert(&at.name) {
        match needs(at).filter(|n| !done.contains(*n)).find_map(|n| records.get(n)) {
            Some(next) => at = next,
            None => return,
        }
    }
    let start = path.get_index_of(at.name.as_str()).unwrap_or(0);
    let mut circle: Vec<&str> = path.iter().skip(start).copied().collect();
    circle.push(&at.name);
    let circle = circle.join(" → ");
    let place = raw
        .records
        .iter()
        .find(|r| r.name.value == at.name)
        .and_then(|r| {
            r.fields
                .iter()
                .find(|f| f.ty.value.starts_with("ref(") && circle.contains(f.ty.value.trim_start_matches("ref(").trim_end_matches(')')))
        })
        .map(|f| f.ty.at);
    let message = (format!("记录互相引用成环：{circle}").into(), format!("records refer to each other in a circle: {circle}").into());
    let hint = ("去掉一个 ref；多对多用一个子记录表示。".into(), "drop one ref; model many-to-many as a child record.".into());
    cx.say(place.unwrap_or_default(), "circle", message, Some(hint));
}
