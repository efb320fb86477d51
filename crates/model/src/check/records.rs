//! Record types: prefix, title, parent, and the fields that lists, search and access name.
use super::{Cx, fields, flow, places, plain};
use crate::raw::{Raw, RawChildOf, RawRecord};
use crate::record::{ChildOf, FieldType, Record};
use indexmap::IndexMap;
use std::sync::Arc;

pub(crate) fn build(raw: &Raw, cx: &Cx) -> IndexMap<String, Record> {
    let mut records = IndexMap::new();
    let mut prefixes: IndexMap<String, String> = IndexMap::new();
    for r in &raw.records {
        cx.name_verdict(&r.name, crate::names::check_record(&r.name.value), "记录", "record");
        let record = record(r, &mut prefixes, cx);
        cx.proven(&r.name, &r.serves, &r.proof);
        cx.insert(&mut records, &r.name, record, "记录类型", "record type");
    }
    for r in &raw.records {
        year_table(r, &records, cx);
        parent(r, &records, raw, cx);
    }
    records
}

fn record(r: &RawRecord, prefixes: &mut IndexMap<String, String>, cx: &Cx) -> Record {
    let fields = fields::build(r, cx);
    flow::check(r, cx);
    prefix(r, prefixes, cx);
    places::named_fields(r, &fields, cx);
    places::access(r, &fields, cx);
    let title = r.title.as_ref().map(|t| t.value.clone()).unwrap_or_default();
    let columns = if r.columns.is_empty() { vec![title.clone()] } else { plain(&r.columns) };
    Record {
        name: r.name.value.clone(),
        pack: r.pack.clone(),
        label: r.label.clone(),
        archetype: r.archetype,
        prefix: r.prefix.as_ref().map(|p| p.value.clone()).unwrap_or_default(),
        child_of: r.child_of.as_ref().map(|c| ChildOf {
            record: c.record.value.clone(),
            field: c.field.value.clone(),
            name: c.name.value.clone(),
            complete_since: c.complete_since.as_ref().map(|f| f.value.clone()),
        }),
        groups: r.groups.iter().map(|(n, t)| (n.value.clone(), t.clone())).collect(),
        columns,
        filters: plain(&r.filters),
        facets: plain(&r.facets),
        sort: r.sort.as_ref().map_or_else(|| title.clone(), |s| s.value.clone()),
        search: plain(&r.search),
        scope: r.scope.iter().map(|(n, e)| (n.value.clone(), e.value.clone())).collect(),
        can_create: plain(&r.create),
        can_update: r.update.iter().map(|(n, f)| (n.value.clone(), plain(f))).collect(),
        flow: r.flow.as_ref().map(|f| Arc::new(f.definition.clone())),
        title,
        fields,
    }
}

fn prefix(r: &RawRecord, prefixes: &mut IndexMap<String, String>, cx: &Cx) {
    let Some(p) = &r.prefix else { return };
    if !(2..=8).contains(&p.value.len()) || !p.value.chars().all(|c| c.is_ascii_lowercase()) {
        let message = (format!("前缀 {} 的写法不对", p.value).into(), format!("prefix {} is not written as a prefix", p.value).into());
        cx.say(p.at, "bad_prefix", message, Some(("用 2 至 8 个小写字母，如 ent".into(), "use 2 to 8 lower-case letters, as ent".into())));
    }
    if let Some(other) = prefixes.insert(p.value.clone(), r.name.value.clone()) {
        let message = (format!("前缀 {} 已由 {other} 使用", p.value).into(), format!("prefix {} is taken by {other}", p.value).into());
        cx.say(
            p.at,
            "prefix_taken",
            message,
            Some(("前缀在全部包里只用一次，换一个。".into(), "a prefix is used once in all packs; choose another.".into())),
        );
    }
}

/// The values of yearly fields live in a table `<record>_year`.
fn year_table(r: &RawRecord, records: &IndexMap<String, Record>, cx: &Cx) {
    let Some(base) = r.name.value.strip_suffix("_year") else {
        return;
    };
    if records.get(base).is_some_and(|b| b.fields.values().any(|f| f.yearly)) {
        let message = (
            format!("{} 是 {base} 逐年值的表名", r.name.value).into(),
            format!("{} is the table of the yearly values of {base}", r.name.value).into(),
        );
        cx.say(r.name.at, "bad_name", message, Some(("换一个名称。".into(), "choose another name.".into())));
    }
}

fn parent(r: &RawRecord, records: &IndexMap<String, Record>, raw: &Raw, cx: &Cx) {
    let Some(c) = &r.child_of else { return };
    if !cx.record_exists(&r.pack, &c.record) {
        return;
    }
    let Some(parent) = records.get(&c.record.value) else {
        return;
    };
    if parent.child_of.is_some() {
        let message = (
            format!("{} 自己是子记录，不能再有子记录", parent.name).into(),
            format!("{} is a child itself and cannot have children", parent.name).into(),
        );
        cx.say(c.record.at, "grandchild", message, Some(("把它挂在最上层的记录上。".into(), "hang it under the topmost record.".into())));
    }
    parent_field(r, c, parent, records, cx);
    complete_since(c, parent, cx);
    collection_name(r, c, parent, raw, cx);
}

fn parent_field(r: &RawRecord, c: &RawChildOf, parent: &Record, records: &IndexMap<String, Record>, cx: &Cx) {
    let own = records.get(&r.name.value).and_then(|o| o.fields.get(&c.field.value));
    match own.map(|f| (&f.ty, f.required)) {
        None => cx.unknown(&c.field, "unknown_field", "字段", "field", r.fields.iter().map(|f| f.name.value.as_str())),
        Some((FieldType::Ref { record }, true)) if *record == parent.name => {}
        Some(_) => {
            let message = (
                format!("子记录的字段 {} 要是必填的 ref({})", c.field.value, parent.name).into(),
                format!("the child's field {} must be a required ref({})", c.field.value, parent.name).into(),
            );
            let hint = (
                format!("写作 {}: {{type: ref({}), required: true, …}}", c.field.value, parent.name).into(),
                format!("write {}: {{type: ref({}), required: true, …}}", c.field.value, parent.name).into(),
            );
            cx.say(c.field.at, "child_field", message, Some(hint));
        }
    }
}

/// The day since which children are on file is a date of the parent.
fn complete_since(c: &RawChildOf, parent: &Record, cx: &Cx) {
    let Some(since) = &c.complete_since else { return };
    match parent.fields.get(&since.value) {
        None => cx.unknown(since, "unknown_field", "字段", "field", parent.fields.keys().map(String::as_str)),
        Some(field) if matches!(field.ty, FieldType::Date) && !field.yearly => {}
        Some(_) => {
            let message = (
                format!("complete_since 要是 {} 的日期字段，{} 不是", parent.name, since.value).into(),
                format!("complete_since must name a date of {}; {} is none", parent.name, since.value).into(),
            );
            let hint = (
                format!("在 {} 里加一个 {{type: date, …}} 的字段，写它的名称。", parent.name).into(),
                format!("add a field {{type: date, …}} to {} and give its name.", parent.name).into(),
            );
            cx.say(since.at, "complete_since", message, Some(hint));
        }
    }
}

fn collection_name(r: &RawRecord, c: &RawChildOf, parent: &Record, raw: &Raw, cx: &Cx) {
    cx.check_name(&c.name, "子记录集", "collection");
    let sibling = raw.records.iter().any(|o| {
        o.name.value != r.name.value
            && o.child_of.as_ref().is_some_and(|d| d.record.value == c.record.value && d.name.value == c.name.value && d.at < c.at)
    });
    if parent.fields.contains_key(&c.name.value) || sibling {
        let message = (
            format!("{} 里已有 {}，子记录集要另取名", parent.name, c.name.value).into(),
            format!("{} has {} already; the collection needs another name", parent.name, c.name.value).into(),
        );
        cx.say(c.name.at, "duplicate", message, Some(("换 child_of 的 name。".into(), "change the name in child_of.".into())));
    }
}
