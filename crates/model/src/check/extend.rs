//! Extensions: fields added, relabelled or hidden in a record of another pack. Nothing is replaced.
use super::Cx;
use crate::raw::{Raw, RawExtend, RawRecord};

pub(crate) fn merge(raw: &mut Raw, cx: &Cx) {
    for e in std::mem::take(&mut raw.extends) {
        if !cx.record_exists(&e.pack, &e.record) {
            continue;
        }
        if cx.record_packs.get(&e.record.value) == Some(&e.pack) {
            let message = (
                format!("{} 是本包自己的记录", e.record.value).into(),
                format!("{} is a record of this pack itself", e.record.value).into(),
            );
            cx.say(e.record.at, "extend_own", message, Some(("直接改它的 record。".into(), "edit its record instead.".into())));
            continue;
        }
        if let Some(r) = raw.records.iter_mut().find(|r| r.name.value == e.record.value) {
            apply(r, e, cx);
        }
    }
}

fn apply(r: &mut RawRecord, e: RawExtend, cx: &Cx) {
    for (name, label) in e.groups {
        if r.groups.iter().any(|(g, _)| g.value == name.value) {
            replaced(&name, "分组", "group", cx);
        } else {
            r.groups.push((name, label));
        }
    }
    for f in e.add {
        if r.fields.iter().any(|o| o.name.value == f.name.value) {
            replaced(&f.name, "字段", "field", cx);
        } else {
            r.fields.push(f);
        }
    }
    for (name, label) in e.relabel {
        match r.fields.iter_mut().find(|f| f.name.value == name.value) {
            Some(f) => f.label = label,
            None => cx.unknown(&name, "unknown_field", "字段", "field", r.fields.iter().map(|f| f.name.value.as_str())),
        }
    }
    for name in e.hide {
        match r.fields.iter_mut().find(|f| f.name.value == name.value) {
            Some(f) if f.required && f.default.is_none() => {
                let message = (
                    format!("字段 {} 必填，不能隐藏", name.value).into(),
                    format!("field {} is required and cannot be hidden", name.value).into(),
                );
                let hint = ("隐藏后没有人能填写它；请给它 default。".into(), "nobody could fill it in any more; give it a default.".into());
                cx.say(name.at, "hide_required", message, Some(hint));
            }
            Some(f) => f.hidden = true,
            None => cx.unknown(&name, "unknown_field", "字段", "field", r.fields.iter().map(|f| f.name.value.as_str())),
        }
    }
    if r.columns.is_empty() && !e.columns.is_empty() {
        // The list that was not written shows the title.
        r.columns.extend(r.title.clone());
    }
    r.columns.extend(e.columns);
    r.filters.extend(e.filters);
    r.facets.extend(e.facets);
}

fn replaced(name: &crate::raw::Name, zh: &str, en: &str, cx: &Cx) {
    let message = (
        format!("extend 不能替换已有的{zh} {}", name.value).into(),
        format!("extend cannot replace the {en} {} that is there", name.value).into(),
    );
    let hint = ("用另一个名称 add，或用 relabel 改显示名。".into(), "add it under another name, or relabel it.".into());
    cx.say(name.at, "extend_replaces", message, Some(hint));
}
