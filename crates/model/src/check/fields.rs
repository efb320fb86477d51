//! Fields: name, type and what it names, and attributes that go with the type.
use super::{Cx, attributes, plain};
use crate::bounds::Bounds;
use crate::error::{At, Located};
use crate::raw::{Name, RawField, RawRecord};
use crate::record::{Choice, Field, FieldType, Question, Sensitivity};
use crate::types::{UNITS, parse};
use indexmap::IndexMap;
use liangu_expr::schema::Unit;

pub(crate) fn build(r: &RawRecord, cx: &Cx) -> IndexMap<String, Field> {
    let mut out: IndexMap<String, Field> = IndexMap::new();
    for f in &r.fields {
        cx.check_name(&f.name, "字段", "field");
        if let Some(base) = f.name.value.strip_suffix("_en")
            && r.fields.iter().any(|b| b.name.value == base && b.ty.value.trim() == "bilingual")
        {
            let message = (
                format!("{} 已是双语字段 {base} 的英文列", f.name.value).into(),
                format!("{} is already the English column of {base}", f.name.value).into(),
            );
            cx.say(f.name.at, "duplicate", message, Some(("换一个名称。".into(), "choose another name.".into())));
        }
        let field = field(f, r, cx);
        // A name written twice in one mapping has been reported by the reader.
        out.entry(f.name.value.clone()).or_insert(field);
    }
    out
}

fn field(f: &RawField, r: &RawRecord, cx: &Cx) -> Field {
    let ty = ty(f, r, cx);
    attributes::check(f, &ty, cx);
    group(f, r, cx);
    f.readers.iter().for_each(|n| cx.role_exists(n));
    was(f, r, cx);
    let number = matches!(ty, FieldType::Number { .. });
    Field {
        name: f.name.value.clone(),
        label: f.label.clone(),
        help: f.help.clone(),
        question: question(f, cx),
        unit: unit(f, &ty, cx),
        ty,
        required: f.required,
        unique: f.unique || number,
        yearly: f.yearly.is_some(),
        fact: f.fact.is_some(),
        lasting: f.lasting,
        read_only: f.read_only || number,
        readers: plain(&f.readers),
        group: f.group.as_ref().map(|g| g.value.clone()),
        hidden: f.hidden,
        was: f.was.as_ref().map(|w| w.value.clone()),
        convert: f.convert.as_ref().map(|c| c.value.clone()),
        default: f.default.as_ref().map(|d| d.value.clone()),
        about: f.about.clone(),
        // Read when lists and types are known: `facts::complete`.
        owner: None,
        fresh: None,
        sensitivity: Sensitivity::default(),
        bounds: Bounds::default(),
    }
}

/// The place of the argument inside `code(…)`, `ref(…)`: the caret goes under the wrong word.
fn argument(f: &RawField, word: &str) -> Name {
    let offset = f.ty.value.find(word).map_or(0, |i| f.ty.value[..i].chars().count());
    let moved = At {
        column: f.ty.at.column + u32::try_from(offset).unwrap_or(0),
        len: u32::try_from(word.chars().count()).unwrap_or(1),
        ..f.ty.at
    };
    // In a quoted type the columns are off by the quote; the whole type is marked instead.
    let quoted = f.ty.at.len as usize > f.ty.value.chars().count();
    Located { value: word.to_owned(), at: if quoted { f.ty.at } else { moved } }
}

fn ty(f: &RawField, r: &RawRecord, cx: &Cx) -> FieldType {
    let limit = f.limit.as_ref().and_then(|l| u32::try_from(l.value).ok());
    let ty = match parse(&f.ty.value, limit) {
        Ok(ty) => ty,
        Err(bad) => {
            cx.errors.report(f.ty.at, "bad_type", bad.message, Some(bad.hint));
            cx.break_record(&r.name.value);
            return FieldType::Text { limit: 1 };
        }
    };
    let pack = file_pack(f, cx);
    let ok = match &ty {
        FieldType::Code { list } | FieldType::Set { list } => {
            let name = argument(f, list);
            match cx.list_packs.get(list) {
                Some(of) => cx.may_use(pack, of, &name),
                None => {
                    cx.unknown(&name, "unknown_list", "代码表", "list", cx.list_packs.keys().map(String::as_str));
                    false
                }
            }
        }
        FieldType::Ref { record } | FieldType::Rule { of: record, .. } => cx.record_exists(pack, &argument(f, record)),
        _ => true,
    };
    if !ok {
        cx.break_record(&r.name.value);
    }
    ty
}

/// The pack in whose file the field is written: of an added field the extending one.
fn file_pack<'a>(f: &RawField, cx: &Cx<'a>) -> &'a str {
    &cx.errors.files()[f.name.at.file as usize].pack
}

fn unit(f: &RawField, ty: &FieldType, cx: &Cx) -> Option<Unit> {
    let own = match ty {
        FieldType::Money => Some(Unit::Fen),
        FieldType::Percent => Some(Unit::BasisPoint),
        FieldType::Area => Some(Unit::SquareMetre),
        _ => None,
    };
    let Some(name) = &f.unit else { return own };
    if !matches!(ty, FieldType::Int) {
        let message = (
            format!("类型 {} 的单位已定，不能另写 unit", f.ty.value).into(),
            format!("type {} has its own unit and takes none", f.ty.value).into(),
        );
        cx.say(name.at, "wrong_attribute", message, Some(("unit 只用于 int".into(), "unit goes with int".into())));
        return own;
    }
    let found = UNITS.iter().find(|(n, _)| *n == name.value).map(|(_, u)| *u);
    if found.is_none() {
        cx.unknown(name, "unknown_unit", "单位", "unit", UNITS.iter().map(|(n, _)| *n));
    }
    found
}

fn group(f: &RawField, r: &RawRecord, cx: &Cx) {
    if let Some(g) = &f.group
        && !r.groups.iter().any(|(n, _)| n.value == g.value)
    {
        cx.unknown(g, "unknown_group", "分组", "group", r.groups.iter().map(|(n, _)| n.value.as_str()));
    }
}

fn was(f: &RawField, r: &RawRecord, cx: &Cx) {
    if let Some(w) = &f.was
        && r.fields.iter().any(|o| o.name.value == w.value)
    {
        let message = (
            format!("{} 说自己从前叫 {}，而 {} 仍是一个字段", f.name.value, w.value, w.value).into(),
            format!("{} says it was {}, but {} is still a field", f.name.value, w.value, w.value).into(),
        );
        cx.say(w.at, "was_exists", message, Some(("删去旧字段，或删去 was。".into(), "remove the old field or the was.".into())));
    }
}

fn question(f: &RawField, cx: &Cx) -> Option<Question> {
    let q = f.question.as_ref()?;
    if f.fact.is_none() {
        let message = (
            format!("字段 {} 有问题，却不是事实", f.name.value).into(),
            format!("field {} has a question but is not a fact", f.name.value).into(),
        );
        cx.say(
            f.name.at,
            "question_without_fact",
            message,
            Some(("加 fact: true：答案要记来源和日期。".into(), "add fact: true: an answer carries source and date.".into())),
        );
    }
    let choices = q.choices.iter().map(|(label, value)| Choice { label: label.clone(), value: value.value.clone() });
    Some(Question { prompt: q.prompt.clone(), choices: choices.collect() })
}
