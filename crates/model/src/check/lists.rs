//! Code lists: those of the standards and those of packs, with the codes other packs add.
use super::Cx;
use crate::raw::{Raw, RawList};
use indexmap::IndexMap;
use liangu_expr::schema::{CodeEntry, CodeList};
use std::sync::Arc;

/// Longest code; codes are index columns.
const LONGEST: usize = 40;

pub(crate) fn build(raw: &Raw, standards: Vec<Arc<CodeList>>, cx: &Cx) -> IndexMap<String, Arc<CodeList>> {
    let mut lists: IndexMap<String, Arc<CodeList>> = standards.into_iter().map(|l| (l.name.clone(), l)).collect();
    for l in &raw.lists {
        let Some(label) = &l.label else { continue };
        cx.check_name(&l.name, "代码表", "list");
        let mut list = CodeList { name: l.name.value.clone(), label: label.clone(), codes: IndexMap::new() };
        add(&mut list, l, cx);
        cx.insert(&mut lists, &l.name, Arc::new(list), "代码表", "list");
    }
    for l in raw.lists.iter().filter(|l| l.label.is_none()) {
        let Some(of) = cx.list_packs.get(&l.name.value) else {
            cx.unknown(&l.name, "unknown_list", "代码表", "list", cx.list_packs.keys().map(String::as_str));
            continue;
        };
        if cx.may_use(&l.pack, of, &l.name)
            && let Some(known) = lists.get(&l.name.value)
        {
            let mut list = CodeList { name: known.name.clone(), label: known.label.clone(), codes: known.codes.clone() };
            add(&mut list, l, cx);
            lists.insert(l.name.value.clone(), Arc::new(list));
        }
    }
    lists
}

fn add(list: &mut CodeList, raw: &RawList, cx: &Cx) {
    for c in &raw.codes {
        let code = &c.code.value;
        let ok = |ch: char| ch.is_ascii_alphanumeric() || ch == '_' || ch == '-' || ch == '.';
        if code.is_empty() || code.len() > LONGEST || !code.chars().all(ok) {
            let message = (format!("代码 {code} 的写法不对").into(), format!("code {code} is not written as a code").into());
            let hint = (
                "代码用英文字母、数字、_、- 和 .，最长 40；中文写在标签里。".into(),
                "codes are letters, digits, _, - and ., at most 40; Chinese goes into the label.".into(),
            );
            cx.say(c.code.at, "bad_code", message, Some(hint));
        }
        let parent = c.parent.as_ref().map(|p| p.value.clone());
        let entry = CodeEntry { label: c.label.clone(), parent };
        cx.insert(&mut list.codes, &c.code, entry, "代码", "code");
    }
    for c in &raw.codes {
        let Some(p) = &c.parent else { continue };
        if !list.codes.contains_key(&p.value) {
            cx.unknown(p, "unknown_code", "上级代码", "parent code", list.codes.keys().map(String::as_str));
        } else if circular(list, &c.code.value) {
            let message =
                (format!("代码 {} 在自己的下级里", c.code.value).into(), format!("code {} lies below itself", c.code.value).into());
            cx.say(p.at, "circle", message, Some(("改正 parent。".into(), "correct the parent.".into())));
            // Walking up the tree must end, whatever is reported.
            if let Some(e) = list.codes.get_mut(&c.code.value) {
                e.parent = None;
            }
        }
    }
}

fn circular(list: &CodeList, code: &str) -> bool {
    let mut at = list.codes.get(code).and_then(|e| e.parent.as_deref());
    for _ in 0..=list.codes.len() {
        match at {
            None => return false,
            Some(c) if c == code => return true,
            Some(c) => at = list.codes.get(c).and_then(|e| e.parent.as_deref()),
        }
    }
    true
}
