//! The fields and the list of states that a record with a flow has besides its own.
use crate::error::{At, Errors, Located, text};
use crate::raw::{Raw, RawCode, RawField, RawFlow, RawList};
use crate::record::FLOW_FIELDS;
use liangu_base::text::Text;

/// Adds them before anything is checked, so that lists, filters and expressions may name them.
pub(super) fn add(raw: &mut Raw, errors: &Errors) {
    for record in &mut raw.records {
        let Some(flow) = &record.flow else { continue };
        let list = format!("{}_state", record.name.value);
        for own in record.fields.iter().filter(|f| FLOW_FIELDS.contains(&f.name.value.as_str())) {
            let name = &own.name.value;
            let m =
                text(format!("字段 {name} 由流程填写，不能自己写"), format!("field {name} comes with the flow and cannot be written here"));
            let h = text("删去它，或换一个名称", "remove it or give it another name");
            errors.report(own.name.at, "flow_field", m, Some(h));
        }
        record.fields.retain(|f| !FLOW_FIELDS.contains(&f.name.value.as_str()));
        record.fields.extend(fields(flow.at, &list));
        let label = text(format!("{}状态", record.label.zh), format!("State of {}", record.label.en));
        raw.lists.push(RawList { pack: record.pack.clone(), name: at(flow.at, &list), label: Some(label), codes: codes(flow) });
    }
}

fn at(at: At, value: &str) -> Located<String> {
    Located { value: value.to_owned(), at }
}

fn codes(flow: &RawFlow) -> Vec<RawCode> {
    let code =
        |(name, state): (&String, &liangu_flow::State)| RawCode { code: at(flow.at, name), label: state.label.clone(), parent: None };
    flow.definition.states.iter().map(code).collect()
}

fn fields(place: At, list: &str) -> Vec<RawField> {
    let code = format!("code({list})");
    let shown = |name, ty, zh, en| field(place, name, ty, text(zh, en), false);
    let hidden = |name, ty, zh, en| field(place, name, ty, text(zh, en), true);
    vec![
        shown("state", code.as_str(), "状态", "State"),
        hidden("holder_role", "text", "负责角色", "Responsible role"),
        hidden("holder", "text", "经办账户", "Holder's account"),
        shown("holder_name", "text", "经办人", "Held by"),
        shown("promised", "date", "承诺办结日", "Promised by"),
        shown("promise_provisional", "bool", "承诺日待节假日公布后确定", "Promise awaits the holiday calendar"),
        shown("opened_at", "instant", "提交时间", "Handed in"),
        shown("closed_at", "instant", "办结时间", "Finished"),
        shown("entered_at", "instant", "进入此状态的时间", "In this state since"),
        shown("reopened", "int", "重新办理次数", "Times reopened"),
        hidden("pressing", "date", "最近时限", "Earliest due day"),
        hidden("flow_due", "instant", "下一次到点", "Next timer"),
        RawField { limit: Some(Located { value: 20_000, at: place }), ..hidden("flow", "text", "流程", "Flow") },
    ]
}

fn field(place: At, name: &str, ty: &str, label: Text, hidden: bool) -> RawField {
    RawField {
        name: at(place, name),
        label,
        help: None,
        question: None,
        ty: at(place, ty),
        limit: None,
        unit: None,
        required: false,
        unique: false,
        yearly: None,
        fact: None,
        lasting: false,
        read_only: true,
        readers: Vec::new(),
        group: None,
        hidden,
        was: None,
        convert: None,
        default: None,
        owner: None,
        fresh: None,
        sensitive: None,
        about: None,
        least: None,
        most: None,
        past: None,
        pattern: None,
    }
}
