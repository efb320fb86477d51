//! One record type as applied and as the model has it.
use super::{Plan, Refusal, Step};
use crate::applied::{AppliedField, AppliedRecord, field as applied_field};
use crate::error::text;
use crate::record::{Field, Model, Record};
use liangu_base::text::Text;
use std::collections::BTreeSet;

pub(super) fn record(old: &AppliedRecord, r: &Record, model: &Model, plan: &mut Plan) {
    let Some(new) = plan.result.records.get(&r.name).cloned() else {
        return;
    };
    if old.removed {
        plan.steps.push(Step::RestoreRecord { record: r.name.clone() });
    }
    if old.prefix != new.prefix {
        let m = text(
            format!("{} 的前缀由 {} 变为 {}", r.name, old.prefix, new.prefix),
            format!("the prefix of {} changes from {} to {}", r.name, old.prefix, new.prefix),
        );
        let h = text("编号已经发出，前缀不能改；改回去。", "ids have been given out; change the prefix back.");
        refuse(plan, r, None, m, h);
    }
    if old.parent != new.parent {
        let m = text(format!("{} 的上级记录变了", r.name), format!("the parent of {} changes", r.name));
        let h = text("新建一个记录类型，再导入旧数据。", "make a new record type and import the old data.");
        refuse(plan, r, None, m, h);
    }
    let mut renamed = Vec::new();
    for f in r.fields.values() {
        field(old, f, r, model, &mut renamed, plan);
    }
    hide(old, r, &renamed, plan);
    let name = |step: fn(String, String) -> Step, f: &String| step(r.name.clone(), f.clone());
    let missing = |a: &[String], b: &[String]| a.iter().filter(|f| !b.contains(f)).cloned().collect::<Vec<_>>();
    for f in &missing(&old.indexed, &new.indexed) {
        plan.steps.push(name(|record, field| Step::DropIndex { record, field }, f));
    }
    for f in &missing(&new.indexed, &old.indexed) {
        plan.steps.push(name(|record, field| Step::AddIndex { record, field }, f));
    }
    if old.search != new.search {
        plan.steps.push(Step::RebuildSearch { record: r.name.clone(), fields: new.search.clone() });
    }
    flow(old, &new, r, plan);
    access(old, &new, r, plan);
}

fn field(old: &AppliedRecord, f: &Field, r: &Record, model: &Model, renamed: &mut Vec<String>, plan: &mut Plan) {
    let (record, name) = (r.name.clone(), f.name.clone());
    let was = f.was.as_ref().filter(|w| old.fields.contains_key(*w) && !old.fields.contains_key(&f.name));
    if let Some(from) = was {
        renamed.push(from.clone());
        plan.steps.push(Step::RenameField { record: record.clone(), from: from.clone(), to: name.clone() });
    }
    let Some(before) = old.fields.get(was.unwrap_or(&f.name)) else {
        plan.steps.push(Step::AddField { record, field: name });
        return;
    };
    let now = applied_field(f);
    if before.removed {
        plan.steps.push(Step::RestoreField { record: record.clone(), field: name.clone() });
    }
    if before.yearly != now.yearly {
        refuse_yearly(&now, f, r, plan);
    } else if storage(&before.ty) != storage(&now.ty) {
        retype(before, &now, f, r, model, plan);
    }
    match (before.unique, now.unique) {
        (false, true) => plan.steps.push(Step::AddUnique { record: record.clone(), field: name.clone() }),
        (true, false) => plan.steps.push(Step::DropUnique { record: record.clone(), field: name.clone() }),
        _ => {}
    }
    if now.required && !before.required {
        plan.steps.push(Step::Require { record, field: name });
    }
}

fn refuse_yearly(now: &AppliedField, f: &Field, r: &Record, plan: &mut Plan) {
    let (zh, en) = match now.yearly {
        true => ("变为逐年", "becomes yearly"),
        false => ("不再逐年", "is no longer yearly"),
    };
    let m = text(format!("{}.{} {zh}", r.name, f.name), format!("{}.{} {en}", r.name, f.name));
    let h = text("另起一个字段名，旧字段会保留并隐藏。", "add a field of another name; the old one is kept and hidden.");
    refuse(plan, r, Some(&f.name), m, h);
}

/// How a type is stored: rules are text whether live or not, and a number keeps its column when its prefix changes.
fn storage(ty: &str) -> &str {
    match ty.split_once('(') {
        Some(("rule" | "number", _)) => ty.split('(').next().unwrap_or(ty),
        _ => ty,
    }
}

fn retype(before: &AppliedField, now: &AppliedField, f: &Field, r: &Record, model: &Model, plan: &mut Plan) {
    let change = (
        format!("{}.{} 由 {} 变为 {}", r.name, f.name, before.ty, now.ty),
        format!("{}.{} changes from {} to {}", r.name, f.name, before.ty, now.ty),
    );
    let Some(convert) = &f.convert else {
        let h = text(
            "在字段里写 convert:，用 old 表示旧值，例如 convert: \"old * 10000\"；或另起一个字段名。",
            "write convert: in the field, old being the stored value, as convert: \"old * 10000\"; or add a field of another name.",
        );
        return refuse(plan, r, Some(&f.name), text(change.0, change.1), h);
    };
    match crate::convert::check(convert, &before.ty, f, model) {
        Ok(()) => plan.steps.push(Step::RetypeField {
            record: r.name.clone(),
            field: f.name.clone(),
            from: before.ty.clone(),
            to: now.ty.clone(),
            convert: convert.clone(),
        }),
        Err(why) => {
            let m =
                text(format!("{}，convert 不成立：{}", change.0, why.zh), format!("{}; its convert does not hold: {}", change.1, why.en));
            let h = text(format!("让 convert 得出 {} 的值", now.ty), format!("let convert give a value of type {}", now.ty));
            refuse(plan, r, Some(&f.name), m, h);
        }
    }
}

fn hide(old: &AppliedRecord, r: &Record, renamed: &[String], plan: &mut Plan) {
    for (name, f) in &old.fields {
        if r.fields.contains_key(name) || renamed.contains(name) {
            continue;
        }
        if !f.removed {
            plan.steps.push(Step::HideField { record: r.name.clone(), field: name.clone() });
        }
        if let Some(kept) = plan.result.records.get_mut(&r.name) {
            // A hidden column binds nobody: new rows leave it empty.
            let f = AppliedField { removed: true, required: false, ..f.clone() };
            kept.fields.insert(name.clone(), f);
        }
    }
}

fn flow(old: &AppliedRecord, new: &AppliedRecord, r: &Record, plan: &mut Plan) {
    let (Some(before), Some(now), Some(definition)) = (&old.flow, &new.flow, &r.flow) else { return };
    if before == now {
        return;
    }
    if now.version <= before.version && (now.digest != before.digest || now.version < before.version) {
        let m = text(
            format!("{} 的流程变了，version 却是 {}（数据库里是 {}）", r.name, now.version, before.version),
            format!("the flow of {} changes, but its version is {} (the database has {})", r.name, now.version, before.version),
        );
        let h = text(
            format!("写作 version: {}，在办件才会转入新流程。", before.version + 1),
            format!("write version: {}, so that running cases are carried over.", before.version + 1),
        );
        return refuse(plan, r, None, m, h);
    }
    if now.version != before.version {
        plan.steps.push(Step::ChangeFlow { record: r.name.clone(), from: before.version, to: now.version });
    }
    let gone = |s: &&String| !definition.states.contains_key(*s) && !definition.moved.contains_key(*s);
    let states: Vec<String> = before.states.iter().filter(gone).cloned().collect();
    if !states.is_empty() {
        plan.steps.push(Step::RemoveStates { record: r.name.clone(), states });
    }
}

fn access(old: &AppliedRecord, new: &AppliedRecord, r: &Record, plan: &mut Plan) {
    let mut said = |zh: String, en: String| plan.steps.push(Step::ChangeAccess { record: r.name.clone(), what: text(zh, en) });
    let all_roles: BTreeSet<&String> = old.scope.keys().chain(new.scope.keys()).collect();
    for role in all_roles {
        match (old.scope.get(role), new.scope.get(role)) {
            (Some(a), Some(b)) if a != b => said(format!("{role} 的范围由 {a} 变为 {b}"), format!("scope of {role} from {a} to {b}")),
            (None, Some(b)) => said(format!("{role} 可见 {b}"), format!("{role} sees {b}")),
            (Some(_), None) => said(format!("{role} 不再可见"), format!("{role} sees nothing any more")),
            _ => {}
        }
    }
    if old.create != new.create {
        said(format!("可新建：{}", new.create.join("、")), format!("may create: {}", new.create.join(", ")));
    }
    if old.update != new.update {
        let shown = |sep: &str| new.update.iter().map(|(role, f)| format!("{role} [{}]", f.join(", "))).collect::<Vec<_>>().join(sep);
        said(format!("可修改：{}", shown("、")), format!("may update: {}", shown(", ")));
    }
    for (name, f) in &new.fields {
        if old.fields.get(name).is_some_and(|o| o.readers != f.readers) {
            said(format!("{name} 的可读角色：{}", or_all(&f.readers, "全部")), format!("readers of {name}: {}", or_all(&f.readers, "all")));
        }
    }
}

fn or_all(roles: &[String], all: &str) -> String {
    if roles.is_empty() { all.to_owned() } else { roles.join(", ") }
}

fn refuse(plan: &mut Plan, r: &Record, field: Option<&str>, message: Text, hint: Text) {
    plan.refused.push(Refusal { record: r.name.clone(), field: field.map(str::to_owned), message, hint });
}
