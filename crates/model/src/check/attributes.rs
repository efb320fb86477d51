//! Which attributes go with which types.
use super::Cx;
use crate::error::At;
use crate::raw::RawField;
use crate::record::FieldType;

/// Longest text a field may hold, in characters.
const LONGEST_TEXT: i64 = 20_000;

/// An attribute that some fields cannot have.
struct Attribute {
    name: &'static str,
    /// Where the field has it.
    at: fn(&RawField) -> Option<At>,
    fits: fn(&RawField, &FieldType) -> bool,
    zh: &'static str,
    en: &'static str,
}

const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "limit",
        at: |f| f.limit.as_ref().map(|l| l.at),
        fits: |_, ty| matches!(ty, FieldType::Text { .. } | FieldType::Bilingual { .. }),
        zh: "limit 只用于 text 和 bilingual",
        en: "limit goes with text and bilingual",
    },
    Attribute {
        name: "yearly",
        at: |f| f.yearly,
        fits: |_, ty| measured(ty),
        zh: "逐年的字段是数、金额、比例、面积、是否、日期、代码或代码集",
        en: "yearly fields are numbers, money, ratios, areas, booleans, dates, codes or sets",
    },
    Attribute {
        name: "fact",
        at: |f| f.fact,
        fits: |_, ty| !matches!(ty, FieldType::Rule { .. } | FieldType::Number { .. } | FieldType::Instant),
        zh: "规则、编号和时刻不是事实",
        en: "rules, numbers and instants are not facts",
    },
    Attribute {
        name: "unique",
        at: |f| f.unique.then_some(f.name.at),
        fits: |f, ty| keyed(ty) && f.yearly.is_none(),
        zh: "唯一的字段是文字、信用代码、编号、整数、代码或引用，且不逐年",
        en: "unique fields are texts, credit codes, numbers, integers, codes or refs, and not yearly",
    },
    Attribute {
        name: "required",
        at: |f| f.required.then_some(f.name.at),
        fits: |f, _| f.yearly.is_none(),
        zh: "逐年的值可以缺失；缺失即未知",
        en: "a yearly value may be missing; missing means unknown",
    },
    Attribute {
        name: "default",
        at: |f| f.default.as_ref().map(|d| d.at),
        fits: |f, ty| takes_default(ty) && f.yearly.is_none(),
        zh: "双语文字、时刻、编号、引用和逐年的字段没有默认值",
        en: "bilingual texts, instants, numbers, refs and yearly fields have no default",
    },
    Attribute {
        name: "owner",
        at: |f| f.owner.as_ref().map(|o| o.at),
        fits: |f, _| f.fact.is_some(),
        zh: "只有事实（fact: true）有提供部门",
        en: "only facts (fact: true) have an owner",
    },
    Attribute {
        name: "fresh",
        at: |f| f.fresh.as_ref().map(|o| o.at),
        fits: |f, _| f.fact.is_some() && f.yearly.is_none(),
        zh: "只有不分年的事实（fact: true）会过时；逐年的值属于它那一年",
        en: "only facts (fact: true) without years grow stale: a yearly value belongs to its year",
    },
    Attribute {
        name: "least",
        at: |f| f.least.as_ref().map(|l| l.at),
        fits: |_, ty| ordered(ty),
        zh: "least 用于数、金额、比例、面积和日期",
        en: "least goes with numbers, money, ratios, areas and dates",
    },
    Attribute {
        name: "most",
        at: |f| f.most.as_ref().map(|l| l.at),
        fits: |_, ty| ordered(ty),
        zh: "most 用于数、金额、比例、面积和日期",
        en: "most goes with numbers, money, ratios, areas and dates",
    },
    Attribute {
        name: "past",
        at: |f| f.past,
        fits: |_, ty| matches!(ty, FieldType::Date),
        zh: "past 只用于 date",
        en: "past goes with date",
    },
    Attribute {
        name: "pattern",
        at: |f| f.pattern.as_ref().map(|p| p.at),
        fits: |_, ty| matches!(ty, FieldType::Text { .. }),
        zh: "pattern 只用于 text",
        en: "pattern goes with text",
    },
    Attribute {
        name: "hidden",
        at: |f| f.hidden.then_some(f.name.at),
        fits: |f, _| !f.required || f.read_only || f.default.is_some(),
        zh: "必填又隐藏的字段没有人能填写；请给它 default",
        en: "nobody can fill in a field that is required and hidden; give it a default",
    },
];

fn measured(ty: &FieldType) -> bool {
    use FieldType::*;
    matches!(ty, Int | Money | Area | Percent | Bool | Date | Code { .. } | Set { .. })
}

fn ordered(ty: &FieldType) -> bool {
    use FieldType::*;
    matches!(ty, Int | Money | Area | Percent | Date)
}

fn keyed(ty: &FieldType) -> bool {
    use FieldType::*;
    matches!(ty, Text { .. } | CreditCode | Number { .. } | Int | Code { .. } | Ref { .. })
}

/// Whether a new record may be given a value of this type by its pack.
pub(super) fn takes_default(ty: &FieldType) -> bool {
    use FieldType::*;
    !matches!(ty, Bilingual { .. } | Instant | Number { .. } | Ref { .. })
}

pub(super) fn check(f: &RawField, ty: &FieldType, cx: &Cx) {
    let (name, written) = (&f.name.value, &f.ty.value);
    for a in ATTRIBUTES {
        let Some(at) = (a.at)(f) else { continue };
        if !(a.fits)(f, ty) {
            let message = (
                format!("字段 {name} 的类型 {written} 不能有 {}", a.name).into(),
                format!("field {name} of type {written} cannot have {}", a.name).into(),
            );
            cx.say(at, "wrong_attribute", message, Some((a.zh.into(), a.en.into())));
        }
    }
    if let Some(limit) = &f.limit
        && !(1..=LONGEST_TEXT).contains(&limit.value)
    {
        let message = (
            format!("limit {} 超出 1 至 {LONGEST_TEXT}", limit.value).into(),
            format!("limit {} is outside 1 to {LONGEST_TEXT}", limit.value).into(),
        );
        cx.say(limit.at, "bad_limit", message, None);
    }
}
