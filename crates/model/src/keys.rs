//! Reading one mapping key by key: what is missing, of the wrong kind, written twice or unknown is reported, and
//! reading goes on.
use crate::error::{At, Errors, Located, text};
use crate::names::nearest;
use crate::raw::Name;
use crate::yaml::{Node, Value};
use liangu_base::text::Text;
use std::cell::RefCell;

pub(crate) struct Keys<'a> {
    pub at: At,
    errors: &'a Errors<'a>,
    entries: &'a [(Located<String>, Node)],
    /// Keys asked for so far: the known ones when `finish` looks for strangers.
    known: RefCell<Vec<&'static str>>,
}

/// What kind of value a message says was wanted.
fn wanted(at: At, errors: &Errors, key: &str, zh: &str, en: &str) {
    errors.report(at, "wrong_kind", text(format!("{key} 应是{zh}"), format!("{key} must be {en}")), None);
}

impl<'a> Keys<'a> {
    /// The mapping under `key_at`; anything else is reported.
    pub fn of(node: &'a Node, key: &str, errors: &'a Errors<'a>) -> Option<Keys<'a>> {
        let Value::Map(entries) = &node.value else {
            wanted(node.at, errors, key, "一组“键: 值”", "a mapping of keys to values");
            return None;
        };
        for (i, (k, _)) in entries.iter().enumerate() {
            if let Some((first, _)) = entries[..i].iter().find(|(e, _)| e.value == k.value) {
                errors.report(
                    k.at,
                    "duplicate",
                    text(
                        format!("{} 写了两次，第一次在第 {} 行", k.value, first.at.line),
                        format!("{} is written twice, first in line {}", k.value, first.at.line),
                    ),
                    Some(text("删去其中一处，或换一个名称。", "remove one of them or give it another name.")),
                );
            }
        }
        let at = entries.first().map_or(node.at, |(k, _)| k.at);
        Some(Keys { at, errors, entries, known: RefCell::default() })
    }

    /// As [`Keys::of`], errors pointing at the key that holds the mapping.
    pub fn under(key: &'a Located<String>, node: &'a Node, errors: &'a Errors<'a>) -> Option<Keys<'a>> {
        let mut keys = Keys::of(node, &key.value, errors)?;
        keys.at = key.at;
        Some(keys)
    }

    pub fn entries(&self) -> impl Iterator<Item = (&'a Located<String>, &'a Node)> + use<'a> {
        self.entries.iter().map(|(k, n)| (k, n))
    }

    fn entry(&self, key: &'static str) -> Option<(&'a Located<String>, &'a Node)> {
        self.known.borrow_mut().push(key);
        self.entries().find(|(k, n)| k.value == key && !matches!(n.value, Value::Null))
    }

    pub fn node(&self, key: &'static str) -> Option<&'a Node> {
        self.entry(key).map(|(_, n)| n)
    }

    pub fn map(&self, key: &'static str) -> Option<Keys<'a>> {
        let (k, n) = self.entry(key)?;
        Keys::under(k, n, self.errors)
    }

    fn missing(&self, key: &str, example: Option<(&'static str, &'static str)>) {
        let hint = example.map(|(zh, en)| text(zh, en));
        self.errors.report(self.at, "missing_key", text(format!("缺少 {key}"), format!("{key} is missing")), hint);
    }

    /// A text; whole numbers and booleans are taken as written, so that `value: 3` needs no quotes.
    pub fn name(&self, key: &'static str) -> Option<Name> {
        let (k, n) = self.entry(key)?;
        word(n, &k.value, self.errors)
    }

    pub fn required_name(&self, key: &'static str, example: (&'static str, &'static str)) -> Option<Name> {
        let name = self.name(key);
        if self.node(key).is_none() {
            self.missing(key, Some(example));
        }
        name
    }

    pub fn names(&self, key: &'static str) -> Vec<Name> {
        let Some((k, n)) = self.entry(key) else {
            return Vec::new();
        };
        words(n, &k.value, self.errors)
    }

    pub fn flag(&self, key: &'static str) -> Option<At> {
        let (k, n) = self.entry(key)?;
        match n.value {
            Value::Bool(b) => b.then_some(k.at),
            _ => {
                wanted(n.at, self.errors, &k.value, " true 或 false", "true or false");
                None
            }
        }
    }

    pub fn int(&self, key: &'static str) -> Option<Located<i64>> {
        let (k, n) = self.entry(key)?;
        match n.value {
            Value::Int(value) => Some(Located { value, at: n.at }),
            _ => {
                wanted(n.at, self.errors, &k.value, "整数", "a whole number");
                None
            }
        }
    }

    /// A text in both languages, both of them given.
    pub fn text(&self, key: &'static str) -> Option<Text> {
        let (k, n) = self.entry(key)?;
        both(k, n, self.errors)
    }

    /// As [`Keys::text`]; its absence is reported and read as empty, so that the other mistakes are found too.
    pub fn label(&self, key: &'static str) -> Text {
        match self.entry(key) {
            Some((k, n)) => both(k, n, self.errors).unwrap_or_default(),
            None => {
                self.missing(key, Some(("写作 label: {zh: 企业, en: Enterprise}", "write label: {zh: 企业, en: Enterprise}")));
                Text::default()
            }
        }
    }

    /// Reports the keys nobody asked for.
    pub fn finish(&self) {
        let known = self.known.borrow();
        for (k, _) in self.entries().filter(|(k, _)| !known.contains(&k.value.as_str())) {
            let mut names: Vec<&str> = known.clone();
            names.sort_unstable();
            names.dedup();
            let all = names.join(", ");
            let hint = match nearest(&k.value, names.iter().copied()) {
                Some(n) => text(format!("是否想写 {n}？"), format!("did you mean {n}?")),
                None => text(format!("这里可用：{all}"), format!("known here: {all}")),
            };
            self.errors.report(
                k.at,
                "unknown_key",
                text(format!("不认识的键 {}", k.value), format!("unknown key {}", k.value)),
                Some(hint),
            );
        }
    }
}

pub(crate) fn word(n: &Node, key: &str, errors: &Errors) -> Option<Name> {
    let value = match &n.value {
        Value::Text(t) => t.clone(),
        Value::Int(i) => i.to_string(),
        Value::Bool(b) => b.to_string(),
        Value::Float => {
            let m = text(format!("{key} 是带小数的数，会失真"), format!("{key} is a number with a fraction and would lose digits"));
            let h = text(
                "加引号写成文字；金额写 wan(1.5)，比例写 percent(2.5)。",
                "quote it as text; write money as wan(1.5), ratios as percent(2.5).",
            );
            errors.report(n.at, "wrong_kind", m, Some(h));
            return None;
        }
        Value::Null | Value::List(_) | Value::Map(_) => {
            wanted(n.at, errors, key, "一个文字", "a text");
            return None;
        }
    };
    Some(Located { value, at: n.at })
}

/// A list of texts; one text alone counts as a list of one.
pub(crate) fn words(n: &Node, key: &str, errors: &Errors) -> Vec<Name> {
    match &n.value {
        Value::List(items) => items.iter().filter_map(|i| word(i, key, errors)).collect(),
        Value::Map(_) => {
            wanted(n.at, errors, key, "列表，如 [a, b]", "a list, as [a, b]");
            Vec::new()
        }
        _ => word(n, key, errors).into_iter().collect(),
    }
}

/// `{zh: …, en: …}`, both not empty.
pub(crate) fn both(key: &Located<String>, n: &Node, errors: &Errors) -> Option<Text> {
    let errors_of = |at: At, lacks: (&str, &str)| {
        errors.report(
            at,
            "one_language",
            text(format!("{} 缺少{}", key.value, lacks.0), format!("{} lacks its {}", key.value, lacks.1)),
            Some(text("两种语言都要写：{zh: 中文, en: English}", "write both languages: {zh: 中文, en: English}")),
        );
    };
    if let Value::Text(t) = &n.value {
        let chinese = t.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        errors_of(n.at, if chinese { ("英文 en", "English (en)") } else { ("中文 zh", "Chinese (zh)") });
        return None;
    }
    let keys = Keys::under(key, n, errors)?;
    let (zh, en) = (keys.name("zh"), keys.name("en"));
    both_of(&keys, zh, en, &errors_of)
}

fn both_of(keys: &Keys, zh: Option<Name>, en: Option<Name>, lacks: &dyn Fn(At, (&str, &str))) -> Option<Text> {
    keys.finish();
    let full = |n: &Option<Name>| n.as_ref().is_some_and(|n| !n.value.trim().is_empty());
    if !full(&zh) {
        lacks(keys.at, ("中文 zh", "Chinese (zh)"));
    }
    if !full(&en) {
        lacks(keys.at, ("英文 en", "English (en)"));
    }
    match (zh, en) {
        (Some(zh), Some(en)) if full(&Some(zh.clone())) && full(&Some(en.clone())) => Some(text(zh.value, en.value)),
        _ => None,
    }
}
