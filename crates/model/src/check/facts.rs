//! What a field says of itself as a fact: who supplies it, how long it stays fresh, who may know it, its bounds.
use super::Cx;
use super::expressions::report;
use crate::bounds::{Bounds, PATTERNS};
use crate::constant::constant;
use crate::raw::{Name, Raw, RawField};
use crate::record::{Record, Sensitivity};
use indexmap::IndexMap;
use liangu_expr::schema::{CodeList, FieldDecl, Schema};
use liangu_expr::value::Value;
use std::sync::Arc;

/// The code list of those who supply facts.
pub(crate) const DEPARTMENT: &str = "department";
/// Longest time for which a value may be called fresh, in months.
const LONGEST_FRESH: u32 = 120;
const SENSITIVITIES: [(&str, Sensitivity); 3] =
    [("public", Sensitivity::Public), ("internal", Sensitivity::Internal), ("confidential", Sensitivity::Confidential)];

type Lists = IndexMap<String, Arc<CodeList>>;
type Schemas = IndexMap<String, Arc<Schema>>;

/// Completes the fields of `records`; what is wrong is reported.
pub(crate) fn complete(raw: &Raw, records: &mut IndexMap<String, Record>, lists: &Lists, schemas: &Schemas, cx: &Cx) {
    for r in &raw.records {
        let schema = schemas.get(&r.name.value).filter(|_| !cx.is_broken(&r.name.value));
        for f in &r.fields {
            let (owner, fresh, sensitivity) = (owner(f, lists, cx), fresh(f, cx), sensitivity(f, cx));
            let bounds = bounds(f, schema.and_then(|s| s.fields.get(&f.name.value)), cx);
            let Some(field) = records.get_mut(&r.name.value).and_then(|r| r.fields.get_mut(&f.name.value)) else { continue };
            (field.owner, field.fresh, field.sensitivity, field.bounds) = (owner, fresh, sensitivity, bounds);
        }
    }
}

fn owner(f: &RawField, lists: &Lists, cx: &Cx) -> Option<String> {
    let owner = f.owner.as_ref()?;
    let Some(list) = lists.get(DEPARTMENT) else {
        let message = ("写了 owner，却没有代码表 department".into(), "owner is written, but there is no list department".into());
        let hint = ("在 lists 里写 department，列出提供资料的部门。".into(), "write a list department of those who supply facts.".into());
        cx.say(owner.at, "unknown_owner", message, Some(hint));
        return None;
    };
    if !list.codes.contains_key(&owner.value) {
        cx.unknown(owner, "unknown_owner", "部门", "department", list.codes.keys().map(String::as_str));
    }
    Some(owner.value.clone())
}

fn fresh(f: &RawField, cx: &Cx) -> Option<u32> {
    let fresh = f.fresh.as_ref()?;
    let months = fresh.value.strip_suffix(" months").or_else(|| fresh.value.strip_suffix(" month"));
    let months = months.and_then(|n| n.trim().parse::<u32>().ok()).filter(|n| (1..=LONGEST_FRESH).contains(n));
    if months.is_none() {
        let message = (format!("看不懂期限 {}", fresh.value).into(), format!("{} is no length of time", fresh.value).into());
        let hint = (
            format!("写作 fresh: 12 months，1 至 {LONGEST_FRESH} 个月").into(),
            format!("write fresh: 12 months, 1 to {LONGEST_FRESH} months").into(),
        );
        cx.say(fresh.at, "bad_fresh", message, Some(hint));
    }
    months
}

fn sensitivity(f: &RawField, cx: &Cx) -> Sensitivity {
    let Some(word) = &f.sensitive else {
        return if f.readers.is_empty() { Sensitivity::Internal } else { Sensitivity::Confidential };
    };
    let Some((_, found)) = SENSITIVITIES.iter().find(|(name, _)| *name == word.value) else {
        cx.unknown(word, "unknown_sensitivity", "密级", "sensitivity", SENSITIVITIES.iter().map(|(name, _)| *name));
        return Sensitivity::Internal;
    };
    let name = &f.name.value;
    if *found == Sensitivity::Confidential && f.readers.is_empty() {
        let message = (
            format!("字段 {name} 是 confidential，却没有写谁能看").into(),
            format!("field {name} is confidential but names no readers").into(),
        );
        cx.say(word.at, "no_readers", message, Some(("加 readers: [firm, officer]。".into(), "add readers: [firm, officer].".into())));
    }
    if *found != Sensitivity::Confidential && !f.readers.is_empty() {
        let message = (
            format!("字段 {name} 是 {}，却限定了谁能看", word.value).into(),
            format!("field {name} is {} but has readers", word.value).into(),
        );
        let hint = ("写作 sensitive: confidential，或去掉 readers。".into(), "write sensitive: confidential, or remove readers.".into());
        cx.say(word.at, "open_with_readers", message, Some(hint));
    }
    *found
}

fn bounds(f: &RawField, decl: Option<&FieldDecl>, cx: &Cx) -> Bounds {
    let pattern = f.pattern.as_ref().and_then(|word| {
        let found = PATTERNS.iter().find(|(name, _)| *name == word.value);
        if found.is_none() {
            cx.unknown(word, "unknown_pattern", "格式", "pattern", PATTERNS.iter().map(|(name, _)| *name));
        }
        found.map(|(_, pattern)| *pattern)
    });
    let number = |source: &Option<Name>| decl.and_then(|decl| number(source.as_ref()?, decl, cx));
    let bounds = Bounds { least: number(&f.least), most: number(&f.most), past: f.past.is_some(), pattern };
    if let (Some(least), Some(most), Some(at)) = (bounds.least, bounds.most, &f.most)
        && least > most
    {
        let message = ("most 小于 least，没有值能通过".into(), "most is below least: no value passes".into());
        cx.say(at.at, "empty_bounds", message, None);
    }
    bounds
}

/// The bound as the field's smallest unit; dates as days.
fn number(source: &Name, decl: &FieldDecl, cx: &Cx) -> Option<i64> {
    match constant(&source.value, decl) {
        Ok(Value::Int(n)) => Some(n),
        Ok(Value::Date(date)) => Some(i64::from(date.days())),
        // A bound on a type that has none is reported with the attributes.
        Ok(_) => None,
        Err(findings) => {
            report(source, findings, cx);
            None
        }
    }
}
