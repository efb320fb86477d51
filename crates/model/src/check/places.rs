//! The fields that lists, search and access of a record type name, and the roles that may do what.
use super::Cx;
use crate::raw::{Name, RawRecord};
use crate::record::{Field, FieldType};
use indexmap::IndexMap;

/// Which fields may stand in a place, and why others may not.
struct Place {
    key: &'static str,
    fits: fn(&FieldType) -> bool,
    zh: &'static str,
    en: &'static str,
}

const TITLE: Place = Place {
    key: "title",
    fits: title_fits,
    zh: "标题是文字、双语文字、编号或信用代码",
    en: "a title is a text, bilingual, number or credit code",
};
const COLUMNS: Place =
    Place { key: "columns", fits: |t| !matches!(t, FieldType::Rule { .. }), zh: "规则不能作列", en: "a rule cannot be a column" };
const FILTERS: Place = Place {
    key: "filters",
    fits: filter_fits,
    zh: "筛选用代码、代码集、是否、引用、日期、数、金额、比例、面积",
    en: "filters are codes, sets, booleans, refs, dates, numbers, money, ratios, areas",
};
const FACETS: Place =
    Place { key: "facets", fits: facet_fits, zh: "分面用代码、代码集、是否", en: "facets are codes, sets, booleans" };
const SORT: Place = Place {
    key: "sort",
    fits: |t| !matches!(t, FieldType::Rule { .. } | FieldType::Set { .. }),
    zh: "不能按规则或代码集排序",
    en: "rules and sets do not sort",
};
const SEARCH: Place = Place {
    key: "search",
    fits: title_fits,
    zh: "全文检索用文字、双语文字、编号、信用代码",
    en: "full-text search takes texts, bilingual texts, numbers, credit codes",
};

fn title_fits(t: &FieldType) -> bool {
    matches!(t, FieldType::Text { .. } | FieldType::Bilingual { .. } | FieldType::Number { .. } | FieldType::CreditCode)
}

fn facet_fits(t: &FieldType) -> bool {
    matches!(t, FieldType::Code { .. } | FieldType::Set { .. } | FieldType::Bool)
}

fn filter_fits(t: &FieldType) -> bool {
    facet_fits(t)
        || matches!(
            t,
            FieldType::Ref { .. }
                | FieldType::Date
                | FieldType::Instant
                | FieldType::Int
                | FieldType::Money
                | FieldType::Percent
                | FieldType::Area
        )
}

pub(super) fn named_fields(r: &RawRecord, fields: &IndexMap<String, Field>, cx: &Cx) {
    let each = |names: &[Name], place: &Place| {
        for (i, n) in names.iter().enumerate() {
            named(n, place, fields, cx);
            if names[..i].iter().any(|o| o.value == n.value) {
                let message =
                    (format!("{} 里 {} 写了两次", place.key, n.value).into(), format!("{} names {} twice", place.key, n.value).into());
                cx.say(n.at, "duplicate", message, None);
            }
        }
    };
    each(r.title.as_slice(), &TITLE);
    each(&r.columns, &COLUMNS);
    each(&r.filters, &FILTERS);
    each(&r.facets, &FACETS);
    each(&r.search, &SEARCH);
    if let Some(s) = &r.sort {
        let bare = Name { value: s.value.trim_start_matches('-').to_owned(), at: s.at };
        named(&bare, &SORT, fields, cx);
    }
}

fn named(n: &Name, place: &Place, fields: &IndexMap<String, Field>, cx: &Cx) {
    let Some(f) = fields.get(&n.value) else {
        cx.unknown(n, "unknown_field", "字段", "field", fields.keys().map(String::as_str));
        return;
    };
    let key = place.key;
    if f.yearly {
        let message =
            (format!("逐年的字段 {} 不能用于 {key}", n.value).into(), format!("the yearly field {} cannot stand in {key}", n.value).into());
        cx.say(
            n.at,
            "yearly_in_list",
            message,
            Some((
                "它每年一个值，显示在详情的逐年表里。".into(),
                "it has a value per year, shown in the table of years of the detail page.".into(),
            )),
        );
    } else if !(place.fits)(&f.ty) {
        let message = (format!("字段 {} 不能用于 {key}", n.value).into(), format!("field {} cannot stand in {key}", n.value).into());
        cx.say(n.at, "unfit_field", message, Some((place.zh.into(), place.en.into())));
    }
}

pub(super) fn access(r: &RawRecord, fields: &IndexMap<String, Field>, cx: &Cx) {
    r.scope.iter().for_each(|(role, _)| cx.role_exists(role));
    r.create.iter().for_each(|role| cx.role_exists(role));
    for (role, names) in &r.update {
        cx.role_exists(role);
        for n in names.iter().filter(|n| n.value != "*") {
            match fields.get(&n.value) {
                None => cx.unknown(n, "unknown_field", "字段", "field", fields.keys().map(String::as_str)),
                Some(f) if f.read_only => {
                    let message = (
                        format!("字段 {} 只由系统填写", n.value).into(),
                        format!("field {} is written by the system only", n.value).into(),
                    );
                    cx.say(n.at, "read_only", message, Some(("从 update 里去掉它。".into(), "take it out of update.".into())));
                }
                Some(_) => {}
            }
        }
    }
    let writers = r.create.iter().chain(r.update.iter().map(|(role, _)| role));
    let blind = |w: &&Name| cx.roles.contains(&w.value) && !r.scope.iter().any(|(s, _)| s.value == w.value);
    // A child without a scope takes its parent's.
    for role in writers.filter(|w| !(r.scope.is_empty() && r.child_of.is_some()) && blind(w)) {
        let message = (
            format!("角色 {} 可以写 {}，却没有 scope，什么也看不到", role.value, r.name.value).into(),
            format!("role {} may write {} but has no scope and sees nothing", role.value, r.name.value).into(),
        );
        cx.say(
            role.at,
            "writes_unseen",
            message,
            Some((format!("在 scope 里写 {}: \"…\"", role.value).into(), format!("write {}: \"…\" in scope", role.value).into())),
        );
    }
}
