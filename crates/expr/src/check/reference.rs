//! `param` and `listed`: reference data of a day, put into the form as constants and conditions.
use super::calls::Site;
use super::operators::text_of;
use super::{Checker, type_name};
use crate::finding::{Finding, nearest};
use crate::reference::{Reference, ReferenceRow};
use crate::schema::{CodeList, FieldIx, Type, Unit};
use crate::syntax::Shape;
use crate::typed::{Const, Form, Kind, Node, Source, Span};
use liangu_base::date::Date;
use liangu_base::text::Lang;
use std::sync::Arc;

/// What an expression is typed with beside the record.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    pub reference: &'a Reference,
    /// The day on which rows of the reference data must hold.
    pub day: Date,
    /// The fact of the record that says in which region it is.
    pub region_field: Option<&'a str>,
}

/// Near names listed in a hint.
const MOST_NAMES: usize = 5;

/// The rows of a name that hold, with what they are looked up by.
struct Found<'a> {
    name: Arc<str>,
    all: Vec<&'a ReferenceRow>,
    valid: Vec<&'a ReferenceRow>,
    code: Option<Node>,
}

/// `param("name")`, `param("name", code)`: the most specific row that holds; unknown if there is none.
pub(crate) fn param(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let found = find(checker, site, false)?;
    let keyed = found.all.iter().any(|row| row.key.is_some());
    if keyed != found.code.is_some() {
        return checker.fail(match keyed {
            true => site.wrong(site.span, "的这个参数按代码取值，要写代码", "takes a code as well: this parameter has a value for each"),
            false => site.wrong(site.span, "的这个参数不按代码取值", "takes no code: this parameter has one value"),
        });
    }
    let unit = found.all.iter().find(|row| row.value.is_some()).or(found.all.first()).map_or(Unit::One, |row| row.unit);
    let ty = Type::Int(unit);
    let mut rows = Vec::new();
    for row in latest(&found.valid) {
        let value = row.value.filter(|_| row.unit == unit).map_or(Const::Null, Const::Int);
        rows.push((specificity(checker, row, found.code.as_ref()), condition(checker, site, row, found.code.as_ref())?, value));
    }
    // the most specific rows first; rows as specific keep their order
    rows.sort_by_key(|(specific, ..)| std::cmp::Reverse(*specific));
    let node = |kind: Kind| Node { kind, ty: ty.clone(), span: site.span };
    let mut meaning = node(Kind::Const(Const::Null));
    for (_, condition, value) in rows.into_iter().rev() {
        let value = node(Kind::Const(value));
        meaning = match condition {
            Some(Node { kind: Kind::Const(Const::Bool(true)), .. }) | None => value,
            Some(Node { kind: Kind::Const(Const::Bool(false)), .. }) => meaning,
            Some(condition) => node(Kind::If(Box::new(condition), Box::new(value), Box::new(meaning))),
        };
    }
    Some(named(found, meaning))
}

/// `listed("name", code)`: the code is or lies below one of the list's; unknown where no list holds on the day.
pub(crate) fn listed(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let found = find(checker, site, true)?;
    let node = |kind: Kind| Node { kind, ty: Type::Bool, span: site.span };
    let code = found.code.clone()?;
    let mut parts = Vec::new();
    let mut regions: Vec<Option<&str>> = found.valid.iter().map(|row| row.region.as_deref()).collect();
    regions.sort_unstable();
    regions.dedup();
    for region in regions {
        let rows: Vec<&ReferenceRow> = found.valid.iter().copied().filter(|row| row.region.as_deref() == region).collect();
        let mut keys: Vec<Arc<str>> = rows.iter().filter_map(|row| row.key.as_deref()).map(Arc::from).collect();
        keys.dedup();
        let is = node(is_one_of(&code, keys));
        parts.push(match region {
            Some(_) => node(Kind::And(vec![in_region(checker, site, rows[0])??, is])),
            None => is,
        });
    }
    let meaning = match parts.len() {
        0 => node(Kind::Const(Const::Null)),
        1 => parts.swap_remove(0),
        _ => node(Kind::Or(parts)),
    };
    Some(named(found, meaning))
}

fn named(found: Found<'_>, meaning: Node) -> Node {
    let label = found.all.first().map(|row| row.label.clone()).unwrap_or_default();
    let (ty, span) = (meaning.ty.clone(), meaning.span);
    let form = Form::Reference { name: found.name, label, code: found.code };
    Node { kind: Kind::Named { form: Box::new(form), node: Box::new(meaning) }, ty, span }
}

fn find<'s>(checker: &mut Checker<'s>, site: &Site<'_>, list: bool) -> Option<Found<'s>> {
    let Some(setting) = checker.setting else {
        return checker.fail(Finding::new(
            "expr.reference",
            site.span,
            "这里不能用参数和名单：没有给出它们的数据和日期",
            "parameters and lists are not available here: their data and day are not given",
        ));
    };
    let at = site.arguments[0];
    let Shape::Text(name) = &at.shape else {
        return checker.fail(site.wrong(at.span, "的名称要写在引号里", "takes a quoted name"));
    };
    let all: Vec<&ReferenceRow> = setting.reference.named(name).collect();
    let of_kind = match list {
        true => all.iter().any(|row| row.key.is_some()),
        false => all.iter().any(|row| row.value.is_some() || row.key.is_none()),
    };
    if !of_kind {
        return checker.fail(unknown(setting.reference, name, list, at.span));
    }
    let valid: Vec<&ReferenceRow> = all.iter().copied().filter(|row| row.holds_on(setting.day)).collect();
    let code = match site.arguments.get(1) {
        Some(code) => {
            let code = checker.node(code)?;
            Some(code_of(checker, site, code, &all)?)
        }
        None => None,
    };
    Some(Found { name: name.clone(), all, valid, code })
}

/// The code must be of the list that the rows are about.
fn code_of(checker: &mut Checker<'_>, site: &Site<'_>, code: Node, rows: &[&ReferenceRow]) -> Option<Node> {
    let wanted = rows.iter().find_map(|row| row.list.as_deref());
    let fits = match &code.ty {
        Type::Code(of) => wanted.is_none_or(|list| list == of.name),
        Type::Set(of) => site.function.name == "listed" && wanted.is_none_or(|list| list == of.name),
        Type::Text => true,
        _ => false,
    };
    if fits {
        return Some(code);
    }
    let (zh, en) = type_name(&code.ty);
    let list = wanted.unwrap_or("…");
    checker.fail(site.wrong(code.span, &format!("的代码要属于 {list}，却是{zh}"), &format!("takes a code of {list}, not {en}")))
}

fn unknown(reference: &Reference, name: &str, list: bool, at: Span) -> Finding {
    let (zh, en) = if list { ("名单", "list") } else { ("参数", "parameter") };
    let finding = Finding::new("expr.reference", at, format!("没有名为“{name}”的{zh}"), format!("there is no {en} `{name}`"));
    let names = reference.names(list);
    if reference.named(name).next().is_some() {
        let other = if list { "param" } else { "listed" };
        return finding.hint(format!("它写作 {other}(\"{name}\", …)"), format!("it is written {other}(\"{name}\", …)"));
    }
    let near = nearest(name, names.iter().map(|(n, _)| *n));
    let by_label = names.iter().find(|(_, label)| label.zh == name || label.en == name).map(|(n, _)| *n);
    if let Some(near) = near.or(by_label) {
        return finding.hint(format!("是不是 \"{near}\"？"), format!("did you mean \"{near}\"?"));
    }
    if names.is_empty() {
        return finding;
    }
    let words = |n: &str| n.split('_').any(|word| name.split('_').any(|w| w == word));
    let mut shown: Vec<&(&str, &liangu_base::text::Text)> = names.iter().filter(|(n, _)| words(n)).collect();
    shown.extend(names.iter().filter(|(n, _)| !words(n)));
    shown.truncate(MOST_NAMES);
    let said = |lang: Lang| shown.iter().map(|(n, label)| format!("{n} ({})", label.get(lang))).collect::<Vec<_>>().join(", ");
    finding.hint(format!("可用：{}", said(Lang::Zh)), format!("there are: {}", said(Lang::En)))
}

/// Of rows for one region and code, the one that began last.
fn latest<'a>(rows: &[&'a ReferenceRow]) -> Vec<&'a ReferenceRow> {
    let mut kept: Vec<&ReferenceRow> = Vec::new();
    for &row in rows {
        match kept.iter_mut().find(|k| (&k.region, &k.key) == (&row.region, &row.key)) {
            Some(other) if other.from < row.from => *other = row,
            Some(_) => {}
            None => kept.push(row),
        }
    }
    kept
}

/// How deep in their trees a row's region and code lie.
fn specificity(checker: &Checker<'_>, row: &ReferenceRow, code: Option<&Node>) -> (usize, usize) {
    let region = region_fact(checker).map(|(_, list)| list);
    let of_region = row.region.as_deref().map_or(0, |r| region.map_or(1, |list| depth(&list, r)));
    let of_key = row.key.as_deref().map_or(0, |key| match code.map(|c| &c.ty) {
        Some(Type::Code(list)) => depth(list, key),
        _ => 1,
    });
    (of_region, of_key)
}

fn depth(list: &CodeList, code: &str) -> usize {
    let mut depth = 1;
    let mut at = list.codes.get(code);
    while let Some(parent) = at.and_then(|entry| entry.parent.as_deref()) {
        depth += 1;
        at = list.codes.get(parent);
        if depth > list.codes.len() {
            break;
        }
    }
    depth
}

/// When a row applies; the inner none: always.
fn condition(checker: &mut Checker<'_>, site: &Site<'_>, row: &ReferenceRow, code: Option<&Node>) -> Option<Option<Node>> {
    let region = in_region(checker, site, row)?;
    let key = match (row.key.as_deref(), code) {
        (Some(key), Some(code)) => {
            let kind = match text_of(code) {
                Some(text) => Kind::Const(Const::Bool(text == key)),
                None => is_one_of(code, vec![key.into()]),
            };
            Some(Node { kind, ty: Type::Bool, span: site.span })
        }
        _ => None,
    };
    Some(match (region, key) {
        (Some(_), Some(no @ Node { kind: Kind::Const(Const::Bool(false)), .. })) => Some(no),
        (Some(region), Some(Node { kind: Kind::Const(_), .. })) => Some(region),
        (Some(region), Some(key)) => Some(Node { kind: Kind::And(vec![region, key]), ty: Type::Bool, span: site.span }),
        (region, key) => region.or(key),
    })
}

/// The record lies in the row's region; the inner none: the row holds everywhere.
fn in_region(checker: &mut Checker<'_>, site: &Site<'_>, row: &ReferenceRow) -> Option<Option<Node>> {
    let Some(region) = &row.region else { return Some(None) };
    let Some((field, list)) = region_fact(checker) else {
        return checker.fail(Finding::new(
            "expr.reference",
            site.span,
            format!("“{}”因地区而异，而这里没有地区", row.label.zh),
            format!("{} differs by region, and there is no region here", row.label.get(Lang::En)),
        ));
    };
    let fact = Node { kind: Kind::Fact(Source::Record { field, year: 0 }), ty: Type::Code(list), span: site.span };
    let kind = Kind::Within(Box::new(fact), vec![region.as_str().into()]);
    Some(Some(Node { kind, ty: Type::Bool, span: site.span }))
}

fn region_fact(checker: &Checker<'_>) -> Option<(FieldIx, Arc<CodeList>)> {
    let (ix, _, decl) = checker.schema.fields.get_full(checker.setting?.region_field?)?;
    match &decl.ty {
        Type::Code(list) => Some((FieldIx(ix as u32), list.clone())),
        _ => None,
    }
}

fn is_one_of(code: &Node, keys: Vec<Arc<str>>) -> Kind {
    let of = Box::new(code.clone());
    match &code.ty {
        Type::Code(list) if list.codes.values().any(|entry| entry.parent.is_some()) => Kind::Within(of, keys),
        Type::Set(_) => Kind::HasAny(of, keys),
        _ => Kind::OneOf(of, keys),
    }
}
