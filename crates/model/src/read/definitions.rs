//! `lists:`, `sources:`, `roles:`, `indicators:`, `synonyms:`.
use super::pairs;
use crate::error::{Errors, Located, text};
use crate::keys::{Keys, words};
use crate::raw::*;
use crate::yaml::{Node, Value};

pub(super) fn read(keys: &Keys, pack: &str, raw: &mut Raw, errors: &Errors) {
    raw.lists.extend(pairs(keys, "lists", |k, n| list(k, n, pack, errors)).into_iter().map(|(_, l)| l));
    raw.sources.extend(pairs(keys, "sources", |k, n| source(k, n, errors)).into_iter().map(|(_, s)| s));
    raw.roles.extend(pairs(keys, "roles", |k, n| role(k, n, errors)).into_iter().map(|(_, r)| r));
    let indicators = pairs(keys, "indicators", |k, n| indicator(k, n, pack, errors));
    raw.indicators.extend(indicators.into_iter().map(|(_, i)| i));
    raw.synonyms.extend(synonyms(keys, errors));
}

fn list(name: &Located<String>, node: &Node, pack: &str, errors: &Errors) -> Option<RawList> {
    let keys = Keys::under(name, node, errors)?;
    let added = keys.map("add");
    let label = if added.is_some() { keys.text("label") } else { Some(keys.label("label")) };
    let codes =
        if added.is_some() { pairs(&keys, "add", |k, n| code(k, n, errors)) } else { pairs(&keys, "codes", |k, n| code(k, n, errors)) };
    keys.finish();
    let codes: Vec<RawCode> = codes.into_iter().map(|(_, c)| c).collect();
    if codes.is_empty() {
        let m = text(format!("代码表 {} 没有代码", name.value), format!("list {} has no codes", name.value));
        let h = text("写作 codes: {micro: {zh: 微型, en: Micro}}", "write codes: {micro: {zh: 微型, en: Micro}}");
        errors.report(name.at, "no_codes", m, Some(h));
    }
    Some(RawList { pack: pack.to_owned(), name: name.clone(), label, codes })
}

fn code(name: &Located<String>, node: &Node, errors: &Errors) -> Option<RawCode> {
    let keys = Keys::under(name, node, errors)?;
    let parent = keys.name("parent");
    let text_of = |key| keys.name(key).map(|n| n.value).filter(|t: &String| !t.trim().is_empty());
    let (zh, en) = (text_of("zh"), text_of("en"));
    keys.finish();
    if zh.is_none() || en.is_none() {
        errors.report(
            name.at,
            "one_language",
            text(format!("代码 {} 要有中文和英文", name.value), format!("code {} needs Chinese and English", name.value)),
            Some(text("写作 {zh: 微型, en: Micro}", "write {zh: 微型, en: Micro}")),
        );
    }
    let label = text(zh.unwrap_or_default(), en.unwrap_or_default());
    Some(RawCode { code: name.clone(), label, parent })
}

fn source(name: &Located<String>, node: &Node, errors: &Errors) -> Option<RawSource> {
    let keys = Keys::under(name, node, errors)?;
    let (label, rank) = (keys.label("label"), keys.int("rank"));
    keys.finish();
    if rank.is_none() {
        let m = text(format!("来源 {} 缺少 rank", name.value), format!("source {} lacks its rank", name.value));
        errors.report(name.at, "missing_key", m, Some(text("数小者为准，如 rank: 10", "the lower number counts, as rank: 10")));
    }
    Some(RawSource { name: name.clone(), label, rank: rank.map_or(0, |r| r.value) })
}

fn role(name: &Located<String>, node: &Node, errors: &Errors) -> Option<RawRole> {
    let keys = Keys::under(name, node, errors)?;
    let role = RawRole { name: name.clone(), label: keys.label("label"), about: keys.text("about"), places: keys.names("places") };
    keys.finish();
    Some(role)
}

fn indicator(name: &Located<String>, node: &Node, pack: &str, errors: &Errors) -> Option<RawIndicator> {
    let keys = Keys::under(name, node, errors)?;
    let (label, definition, unit) = (keys.label("label"), keys.label("definition"), keys.label("unit"));
    let record =
        keys.required_name("record", ("写出数的是哪种记录，如 record: enterprise", "say which records it counts, as record: enterprise"));
    let indicator = |record| RawIndicator {
        pack: pack.to_owned(),
        name: name.clone(),
        label,
        definition,
        owner: keys.name("owner").map(|o| o.value),
        unit,
        record,
        filter: keys.name("where"),
        sum: keys.name("sum"),
        average: keys.name("average"),
        by: keys.name("by"),
        public: keys.flag("public").is_some(),
        figures: keys.names("figures"),
        serves: keys.names("serves"),
        proof: keys.names("proof"),
    };
    let indicator = record.map(indicator);
    if indicator.is_some() {
        keys.finish();
    }
    indicator
}

fn synonyms(keys: &Keys, errors: &Errors) -> Vec<RawSynonyms> {
    let Some(node) = keys.node("synonyms") else {
        return Vec::new();
    };
    let wrong = |node: &Node| {
        let m = text("synonyms 应是若干组词的列表", "synonyms must be a list of groups of words");
        errors.report(node.at, "wrong_kind", m, Some(text("写作 synonyms: [[技改, 技术改造]]", "write synonyms: [[技改, 技术改造]]")));
    };
    let Value::List(groups) = &node.value else {
        wrong(node);
        return Vec::new();
    };
    let mut found = Vec::new();
    for group in groups {
        match group.value {
            Value::List(_) => found.push(RawSynonyms { at: group.at, words: words(group, "synonyms", errors) }),
            _ => wrong(group),
        }
    }
    found
}
