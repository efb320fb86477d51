//! Files → raw forms. A file is one or more YAML documents; each is a pack's head (`pack:`), a record type
//! (`record:`), an extension of another pack's record (`extend:`), or definitions (`lists:`, `sources:`, `roles:`,
//! `indicators:`, `synonyms:`, which may stand in any document).
mod definitions;
mod flow;

use crate::error::{Errors, Located, text};
use crate::keys::{Keys, both, word, words};
use crate::raw::*;
use crate::record::Archetype;
use crate::yaml::{Node, Value, documents};
use liangu_base::text::Text;

/// One file of a pack: the pack is the name of its folder, the path is what errors show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    pub pack: String,
    pub path: String,
    pub text: String,
}

/// Reads all files; what cannot be read is reported and left out.
pub(crate) fn read(errors: &Errors) -> Raw {
    let mut raw = Raw::default();
    for (i, file) in errors.files().iter().enumerate() {
        let index = u32::try_from(i).unwrap_or(u32::MAX);
        for document in documents(index, &file.text, errors) {
            self::document(&document, &file.pack, &mut raw, errors);
        }
    }
    raw
}

fn document(node: &Node, pack: &str, raw: &mut Raw, errors: &Errors) {
    if !matches!(node.value, Value::Map(_)) {
        let m = text("文件应是一组“键: 值”", "a file is a mapping of keys to values");
        let h = text("以 pack:、record:、extend:、lists: 等键开头", "begin with a key as pack:, record:, extend: or lists:");
        return errors.report(node.at, "wrong_kind", m, Some(h));
    }
    let Some(keys) = Keys::of(node, "", errors) else {
        return;
    };
    let (head, record, extend) = (keys.name("pack"), keys.name("record"), keys.name("extend"));
    definitions::read(&keys, pack, raw, errors);
    if let Some(name) = head {
        let label = keys.label("label");
        let version = keys.required_name("version", ("写作 version: \"1\"", "write version: \"1\""));
        let version = version.map(|v| v.value).unwrap_or_default();
        raw.packs.push(RawPack { name, label, version, uses: keys.names("uses") });
    } else if let Some(name) = record {
        raw.records.push(self::record(name, &keys, pack, errors));
    } else if let Some(record) = extend {
        raw.extends.push(self::extend(record, &keys, pack, errors));
    }
    keys.finish();
}

fn record(name: Name, keys: &Keys, pack: &str, errors: &Errors) -> RawRecord {
    let prefix = keys.required_name("prefix", ("写作 prefix: ent，编号即 ent_…", "write prefix: ent; ids then begin with ent_"));
    let title = keys.required_name("title", ("写出作为名称显示的字段，如 title: name", "name the field shown as its name, as title: name"));
    let record = RawRecord {
        pack: pack.to_owned(),
        label: keys.label("label"),
        prefix,
        archetype: archetype(keys, errors),
        title,
        child_of: child_of(keys),
        groups: groups(keys, errors),
        fields: fields(keys, "fields", errors),
        columns: keys.names("columns"),
        filters: keys.names("filters"),
        facets: keys.names("facets"),
        sort: keys.name("sort"),
        search: keys.names("search"),
        scope: pairs(keys, "scope", |k, n| word(n, &k.value, errors)),
        create: keys.names("create"),
        update: pairs(keys, "update", |k, n| Some(words(n, &k.value, errors))),
        serves: keys.names("serves"),
        proof: keys.names("proof"),
        flow: flow::read(keys, errors),
        name,
    };
    if record.fields.is_empty() {
        let m = text(format!("记录 {} 没有字段", record.name.value), format!("record {} has no fields", record.name.value));
        let h = text("写作 fields: {name: {type: text, label: {…}}}", "write fields: {name: {type: text, label: {…}}}");
        errors.report(record.name.at, "no_fields", m, Some(h));
    }
    record
}

fn archetype(keys: &Keys, errors: &Errors) -> Archetype {
    let Some(name) = keys.name("archetype") else {
        return Archetype::Register;
    };
    match name.value.as_str() {
        "register" => Archetype::Register,
        "case" => Archetype::Case,
        "shelf" => Archetype::Shelf,
        other => {
            let m = text(format!("没有界面原型 {other}"), format!("there is no archetype {other}"));
            let h = text("可用：register（名录）、case（办件）、shelf（公开目录）", "use register, case or shelf");
            errors.report(name.at, "unknown_archetype", m, Some(h));
            Archetype::Register
        }
    }
}

fn child_of(keys: &Keys) -> Option<RawChildOf> {
    let inner = keys.map("child_of")?;
    let example = (
        "写作 child_of: {record: enterprise, field: enterprise, name: projects}",
        "write child_of: {record: enterprise, field: enterprise, name: projects}",
    );
    let parts = (inner.required_name("record", example), inner.required_name("field", example), inner.required_name("name", example));
    let complete_since = inner.name("complete_since");
    inner.finish();
    match parts {
        (Some(record), Some(field), Some(name)) => Some(RawChildOf { at: inner.at, record, field, name, complete_since }),
        _ => None,
    }
}

/// The entries of the mapping `key`, each read by `read`.
fn pairs<'a, T>(keys: &Keys<'a>, key: &'static str, read: impl Fn(&'a Located<String>, &'a Node) -> Option<T>) -> Vec<(Name, T)> {
    let Some(inner) = keys.map(key) else {
        return Vec::new();
    };
    inner.entries().filter_map(|(k, n)| Some((k.clone(), read(k, n)?))).collect()
}

fn groups(keys: &Keys, errors: &Errors) -> Vec<(Name, Text)> {
    pairs(keys, "groups", |k, n| Some(both(k, n, errors).unwrap_or_default()))
}

fn fields(keys: &Keys, key: &'static str, errors: &Errors) -> Vec<RawField> {
    pairs(keys, key, |k, n| field(k, n, errors)).into_iter().map(|(_, f)| f).collect()
}

fn field(name: &Located<String>, node: &Node, errors: &Errors) -> Option<RawField> {
    let keys = Keys::under(name, node, errors)?;
    let ty = keys.required_name("type", ("写作 type: text；类型见文档“字段类型”", "write type: text; see the page on field types"));
    let field = RawField {
        name: name.clone(),
        label: keys.label("label"),
        help: keys.text("help"),
        question: question(&keys, errors),
        limit: keys.int("limit"),
        unit: keys.name("unit"),
        required: keys.flag("required").is_some(),
        unique: keys.flag("unique").is_some(),
        yearly: keys.flag("yearly"),
        fact: keys.flag("fact"),
        lasting: keys.flag("lasting").is_some(),
        read_only: keys.flag("read_only").is_some(),
        readers: keys.names("readers"),
        group: keys.name("group"),
        hidden: keys.flag("hidden").is_some(),
        was: keys.name("was"),
        convert: keys.name("convert"),
        default: keys.name("default"),
        owner: keys.name("owner"),
        fresh: keys.name("fresh"),
        sensitive: keys.name("sensitive"),
        about: keys.text("about"),
        least: keys.name("least"),
        most: keys.name("most"),
        past: keys.flag("past"),
        pattern: keys.name("pattern"),
        // A field whose type is not given is kept as text: other fields may name it without a second complaint.
        ty: ty.unwrap_or_else(|| Located { value: "text".into(), at: name.at }),
    };
    keys.finish();
    Some(field)
}

fn question(keys: &Keys, errors: &Errors) -> Option<RawQuestion> {
    let inner = keys.map("question")?;
    let prompt = inner.label("prompt");
    let mut choices = Vec::new();
    if let Some(node) = inner.node("choices") {
        let Value::List(items) = &node.value else {
            let m = text("choices 应是列表，每项有 label 和 value", "choices must be a list of items with label and value");
            errors.report(node.at, "wrong_kind", m, None);
            return None;
        };
        for item in items {
            let Some(choice) = Keys::of(item, "choices", errors) else {
                continue;
            };
            let label = choice.label("label");
            let value =
                choice.required_name("value", ("写出答案的值，如 value: \"wan(500)\"", "write the answer's value, as value: \"wan(500)\""));
            choice.finish();
            choices.extend(value.map(|v| (label, v)));
        }
    }
    inner.finish();
    Some(RawQuestion { prompt, choices })
}

fn extend(record: Name, keys: &Keys, pack: &str, errors: &Errors) -> RawExtend {
    RawExtend {
        pack: pack.to_owned(),
        record,
        groups: groups(keys, errors),
        add: fields(keys, "add", errors),
        relabel: pairs(keys, "relabel", |k, n| both(k, n, errors)),
        hide: keys.names("hide"),
        columns: keys.names("columns"),
        filters: keys.names("filters"),
        facets: keys.names("facets"),
    }
}
