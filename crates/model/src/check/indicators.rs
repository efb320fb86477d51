//! Indicators: the records they count, what they sum, by what they split, and the figures they recompute.
use super::{Cx, plain};
use crate::raw::{Raw, RawIndicator};
use crate::record::{FieldType, Indicator, Record};
use indexmap::IndexMap;

pub(crate) fn build(raw: &Raw, records: &IndexMap<String, Record>, cx: &Cx) -> IndexMap<String, Indicator> {
    let mut out = IndexMap::new();
    for i in &raw.indicators {
        cx.check_name(&i.name, "指标", "indicator");
        cx.proven(&i.name, &i.serves, &i.proof);
        figures(i, cx);
        if cx.record_exists(&i.pack, &i.record)
            && let Some(record) = records.get(&i.record.value)
        {
            fields(i, record, cx);
        }
        cx.insert(&mut out, &i.name, indicator(i), "指标", "indicator");
    }
    out
}

fn figures(i: &RawIndicator, cx: &Cx) {
    for f in &i.figures {
        let digits = f.value.strip_prefix('F').unwrap_or_default();
        if digits.len() != 3 || !digits.chars().all(|c| c.is_ascii_digit()) {
            let message = (format!("{} 不是数字的编号", f.value).into(), format!("{} is not the number of a figure", f.value).into());
            cx.say(f.at, "bad_figure", message, Some(("写作 F185".into(), "write F185".into())));
        }
    }
}

fn fields(i: &RawIndicator, record: &Record, cx: &Cx) {
    let all = || record.fields.keys().map(String::as_str);
    if let (Some(_), Some(average)) = (&i.sum, &i.average) {
        let message = ("sum 和 average 只能写一个".into(), "an indicator has a sum or an average, not both".into());
        cx.say(average.at, "unfit_field", message, Some(("删去其中一个".into(), "take one of them away".into())));
    }
    if let Some(s) = i.sum.as_ref().or(i.average.as_ref()) {
        match record.fields.get(&s.value).map(|f| &f.ty) {
            None => cx.unknown(s, "unknown_field", "字段", "field", all()),
            Some(FieldType::Int | FieldType::Money | FieldType::Area) => {}
            Some(_) => {
                let message = (format!("字段 {} 不能相加", s.value).into(), format!("field {} does not add up", s.value).into());
                cx.say(
                    s.at,
                    "unfit_field",
                    message,
                    Some(("相加的是整数、金额、面积；比例不能相加".into(), "whole numbers, money and areas add up; ratios do not".into())),
                );
            }
        }
    }
    if let Some(b) = &i.by {
        match record.fields.get(&b.value).map(|f| &f.ty) {
            None => cx.unknown(b, "unknown_field", "字段", "field", all()),
            Some(FieldType::Code { .. } | FieldType::Ref { .. } | FieldType::Bool) => {}
            Some(_) => {
                let message = (format!("不能按字段 {} 分组", b.value).into(), format!("field {} does not split", b.value).into());
                cx.say(b.at, "unfit_field", message, Some(("按代码、引用或是否分组".into(), "split by a code, a ref or a boolean".into())));
            }
        }
    }
}

fn indicator(i: &RawIndicator) -> Indicator {
    Indicator {
        name: i.name.value.clone(),
        label: i.label.clone(),
        definition: i.definition.clone(),
        owner: i.owner.clone(),
        unit: i.unit.clone(),
        record: i.record.value.clone(),
        filter: i.filter.as_ref().map(|w| w.value.clone()),
        sum: i.sum.as_ref().or(i.average.as_ref()).map(|s| s.value.clone()),
        average: i.average.is_some(),
        split: i.by.as_ref().map(|b| b.value.clone()),
        public: i.public,
        figures: plain(&i.figures),
        serves: plain(&i.serves),
    }
}
