//! `flow:` of a record: what it adds, what its author is told, what its change means for a database.
mod common;
use common::{BASE, check, in_demo};
use expect_test::expect;
use liangu_base::text::Lang;
use liangu_model::Model;
use liangu_model::applied::Applied;
use liangu_model::plan::{Step, plan};
use liangu_model::record::{FLOW_DUE, FLOW_FIELDS, FieldType};

const REQUEST: &str = r#"record: request
label: {zh: 申请, en: Request}
prefix: rq
archetype: case
title: name
fields:
  name: {type: text, label: {zh: 名称, en: Name}}
columns: [name, state, promised]
filters: [state, promised]
facets: [state]
scope: {officer: "state != \"draft\""}
flow:
  version: 1
  start: draft
  states:
    draft: {kind: draft, duty: firm, label: {zh: 草稿, en: Draft}}
    open: {kind: open, duty: officer, label: {zh: 办理, en: Open}}
    asking: {kind: waiting, duty: firm, lapses: 5, to: lapsed, label: {zh: 待答复, en: Asking}}
    granted: {kind: done, outcome: fulfilled, label: {zh: 同意, en: Granted}}
    lapsed: {kind: done, outcome: withdrawn, reopen: 5, label: {zh: 逾期, en: Lapsed}}
  commands:
    submit: {from: [draft], to: open, by: [firm], label: {zh: 提交, en: Hand in}}
    take: {from: [open], to: open, by: [officer], takes: true, label: {zh: 签收, en: Take}}
    ask: {from: [open], to: asking, by: [officer], holder_only: true, needs: [question], label: {zh: 询问, en: Ask}}
    answer: {from: [asking, lapsed], to: open, by: [firm], label: {zh: 答复, en: Answer}}
    grant: {from: [open], to: granted, by: [officer, system], label: {zh: 同意, en: Grant}, confirm: {zh: 确定吗？, en: Sure?}}
  clocks:
    resolution: {days: 10, stops: [grant], label: {zh: 办理, en: Resolution}}
  unassigned: {days: 1, to: officer}
  escalation:
    - {clock: resolution, after: -2, to: officer}
"#;

fn model(text: &str) -> Model {
    match check(&[("demo/base.yaml", BASE), ("demo/request.yaml", text)]) {
        Ok(model) => model,
        Err(errors) => panic!("{}", errors.iter().map(|e| e.render(Lang::En)).collect::<String>()),
    }
}

/// What the author is told when one thing in the request is written otherwise.
fn told(from: &str, to: &str) -> String {
    assert!(REQUEST.contains(from), "{from}");
    in_demo(&REQUEST.replacen(from, to, 1))
}

#[test]
fn a_flow_adds_fields_and_the_list_of_its_states() {
    let model = model(REQUEST);
    let record = &model.records["request"];
    let flow = record.flow.as_ref().expect("a flow");
    assert_eq!((flow.version, flow.states.len(), flow.commands.len()), (1, 5, 5));
    assert!(flow.commands["take"].takes && flow.commands["ask"].holder_only && flow.commands["grant"].confirm.is_some());
    assert!(FLOW_FIELDS.iter().all(|f| record.fields[*f].read_only));
    assert_eq!(record.fields["state"].ty, FieldType::Code { list: "request_state".into() });
    let shown = FLOW_FIELDS.iter().filter(|f| !record.fields[**f].hidden).copied().collect::<Vec<_>>();
    assert_eq!(shown, ["state", "holder_name", "promised", "promise_provisional", "opened_at", "closed_at", "entered_at", "reopened"]);
    let states = &model.lists["request_state"];
    assert_eq!(states.codes.keys().collect::<Vec<_>>(), ["draft", "open", "asking", "granted", "lapsed"]);
    assert_eq!(states.codes["asking"].label.zh, "待答复");
    assert!(record.is_looked_up(FLOW_DUE) && !model.records["firm"].is_looked_up(FLOW_DUE));
    assert!(Applied::of(&model).records["request"].indexed.contains(&FLOW_DUE.to_owned()));
}

#[test]
fn a_problem_of_the_flow_stands_where_it_is_written() {
    expect![[r#"
        demo/thing.yaml:25:29: 错误[unknown_state] 没有状态 lapsd
        25 |     answer: {from: [asking, lapsd], to: open, by: [firm], label: {zh: 答复, en: Answer}}
           |                             ^^^^^
          = 建议: 写 states 里有的名称
        demo/thing.yaml:25:29: error[unknown_state] there is no state lapsd
        25 |     answer: {from: [asking, lapsd], to: open, by: [firm], label: {zh: 答复, en: Answer}}
           |                             ^^^^^
          = hint: use a name that stands under states
    "#]]
    .assert_eq(&told("{from: [asking, lapsed], to: open", "{from: [asking, lapsd], to: open"));
    expect![[r#"
        demo/thing.yaml:18:56: 错误[unknown_state] 没有状态 closed
        18 |     asking: {kind: waiting, duty: firm, lapses: 5, to: closed, label: {zh: 待答复, en: Asking}}
           |                                                        ^^^^^^
          = 建议: 写 states 里有的名称
        demo/thing.yaml:18:56: error[unknown_state] there is no state closed
        18 |     asking: {kind: waiting, duty: firm, lapses: 5, to: closed, label: {zh: 待答复, en: Asking}}
           |                                                        ^^^^^^
          = hint: use a name that stands under states
    "#]]
    .assert_eq(&told("lapses: 5, to: lapsed", "lapses: 5, to: closed"));
    expect![[r#"
        demo/thing.yaml:17:5: 错误[no_clock] 状态 open 里没有时限在走，逾期也没有人知道（经由：draft → submit）
        17 |     open: {kind: open, duty: officer, label: {zh: 办理, en: Open}}
           |     ^^^^
          = 建议: 给它一个时限：在 clocks 里写 starts: [该状态]
        demo/thing.yaml:17:5: error[no_clock] no clock runs in state open, so nobody learns that it is late (by way of: draft → submit)
        17 |     open: {kind: open, duty: officer, label: {zh: 办理, en: Open}}
           |     ^^^^
          = hint: give it a clock: under clocks, one with starts: [this state]
        demo/thing.yaml:28:5: 错误[clock_never_starts] 时限 resolution 从不起算
        28 |     resolution: {days: 10, stops: [submit], label: {zh: 办理, en: Resolution}}
           |     ^^^^^^^^^^
          = 建议: 写 starts，或写能到达的 stops
        demo/thing.yaml:28:5: error[clock_never_starts] clock resolution never starts
        28 |     resolution: {days: 10, stops: [submit], label: {zh: 办理, en: Resolution}}
           |     ^^^^^^^^^^
          = hint: give starts, or stops that can be reached
    "#]]
    .assert_eq(&told("stops: [grant]", "stops: [submit]"));
    expect![[r#"
        demo/thing.yaml:22:50: 错误[unknown_role] 没有角色 clerk
        22 |     submit: {from: [draft], to: open, by: [firm, clerk], label: {zh: 提交, en: Hand in}}
           |                                                  ^^^^^
          = 建议: 可用：officer, public
        demo/thing.yaml:22:50: error[unknown_role] there is no role clerk
        22 |     submit: {from: [draft], to: open, by: [firm, clerk], label: {zh: 提交, en: Hand in}}
           |                                                  ^^^^^
          = hint: there are: officer, public
    "#]]
    .assert_eq(&told("by: [firm], label: {zh: 提交", "by: [firm, clerk], label: {zh: 提交"));
    expect![[r#"
        demo/thing.yaml:31:34: 错误[escalation_early] 时限 resolution 只有 10 个工作日，不能在到期前 20 日催办
        31 |     - {clock: resolution, after: -20, to: officer}
           |                                  ^^^
          = 建议: 把 after 改近一些
        demo/thing.yaml:31:34: error[escalation_early] clock resolution has 10 working days, so nobody can be told 20 days before it is due
        31 |     - {clock: resolution, after: -20, to: officer}
           |                                  ^^^
          = hint: bring after closer
    "#]]
    .assert_eq(&told("after: -2", "after: -20"));
}

#[test]
fn what_is_missing_or_of_a_wrong_kind() {
    expect![[r#"
        demo/thing.yaml:18:5: 错误[missing_key] 缺少 lapses（工作日数）
        18 |     asking: {kind: waiting, duty: firm, to: lapsed, label: {zh: 待答复, en: Asking}}
           |     ^^^^^^
          = 建议: 写作 lapses: 10, to: 状态——无人回应时转到哪里
        demo/thing.yaml:18:5: error[missing_key] lapses (working days) is missing
        18 |     asking: {kind: waiting, duty: firm, to: lapsed, label: {zh: 待答复, en: Asking}}
           |     ^^^^^^
          = hint: write lapses: 10, to: state, where it goes if nobody answers
    "#]]
    .assert_eq(&told("lapses: 5, ", ""));
    expect![[r#"
        demo/thing.yaml:18:20: 错误[unknown_kind] 没有状态种类 wait
        18 |     asking: {kind: wait, duty: firm, lapses: 5, to: lapsed, label: {zh: 待答复, en: Asking}}
           |                    ^^^^
          = 建议: 可用：draft（草稿）、open（在办）、waiting（等待）、timed（计时）、done（办结）
        demo/thing.yaml:18:20: error[unknown_kind] there is no kind wait of states
        18 |     asking: {kind: wait, duty: firm, lapses: 5, to: lapsed, label: {zh: 待答复, en: Asking}}
           |                    ^^^^
          = hint: use draft, open, waiting, timed or done
    "#]]
    .assert_eq(&told("kind: waiting", "kind: wait"));
    expect![[r#"
        demo/thing.yaml:19:36: 错误[unknown_outcome] 没有结果 good
        19 |     granted: {kind: done, outcome: good, label: {zh: 同意, en: Granted}}
           |                                    ^^^^
          = 建议: 写作 outcome: fulfilled、refused 或 withdrawn
        demo/thing.yaml:19:36: error[unknown_outcome] there is no outcome good
        19 |     granted: {kind: done, outcome: good, label: {zh: 同意, en: Granted}}
           |                                    ^^^^
          = hint: write outcome: fulfilled, refused or withdrawn
    "#]]
    .assert_eq(&told("outcome: fulfilled", "outcome: good"));
}

#[test]
fn numbers_names_and_keys_that_are_not_as_they_should_be() {
    expect![[r#"
        demo/thing.yaml:12:1: 错误[missing_key] 流程缺少 version
        12 | flow:
           | ^^^^
          = 建议: 写作 version: 1，每次修改加一
        demo/thing.yaml:12:1: error[missing_key] the flow lacks its version
        12 | flow:
           | ^^^^
          = hint: write version: 1 and add one with every change
    "#]]
    .assert_eq(&told("  version: 1\n", ""));
    expect![[r#"
        demo/thing.yaml:28:24: 错误[wrong_kind] days 应是整数
        28 |     resolution: {days: ten, stops: [grant], label: {zh: 办理, en: Resolution}}
           |                        ^^^
        demo/thing.yaml:28:24: error[wrong_kind] days must be a whole number
        28 |     resolution: {days: ten, stops: [grant], label: {zh: 办理, en: Resolution}}
           |                        ^^^
    "#]]
    .assert_eq(&told("days: 10, stops", "days: ten, stops"));
    expect![[r#"
        demo/thing.yaml:23:5: 错误[bad_name] 操作名 Take it 的写法不对
        23 |     Take it: {from: [open], to: open, by: [officer], takes: true, label: {zh: 签收, en: Take}}
           |     ^^^^^^^
          = 建议: 写作 take_it
        demo/thing.yaml:23:5: error[bad_name] command name Take it is not written as a name
        23 |     Take it: {from: [open], to: open, by: [officer], takes: true, label: {zh: 签收, en: Take}}
           |     ^^^^^^^
          = hint: write take_it
    "#]]
    .assert_eq(&told("take: {from", "Take it: {from"));
    expect![[r#"
        demo/thing.yaml:24:52: 错误[unknown_key] 不认识的键 holderonly
        24 |     ask: {from: [open], to: asking, by: [officer], holderonly: true, needs: [question], label: {zh: 询问, en: Ask}}
           |                                                    ^^^^^^^^^^
          = 建议: 是否想写 holder_only？
        demo/thing.yaml:24:52: error[unknown_key] unknown key holderonly
        24 |     ask: {from: [open], to: asking, by: [officer], holderonly: true, needs: [question], label: {zh: 询问, en: Ask}}
           |                                                    ^^^^^^^^^^
          = hint: did you mean holder_only?
    "#]]
    .assert_eq(&told("holder_only: true", "holderonly: true"));
}

#[test]
fn a_field_of_the_flow_is_not_written_and_who_acts_sees() {
    expect![[r#"
        demo/thing.yaml:7:3: 错误[flow_field] 字段 state 由流程填写，不能自己写
        7 |   state: {type: text, label: {zh: 状态, en: State}}
          |   ^^^^^
          = 建议: 删去它，或换一个名称
        demo/thing.yaml:7:3: error[flow_field] field state comes with the flow and cannot be written here
        7 |   state: {type: text, label: {zh: 状态, en: State}}
          |   ^^^^^
          = hint: remove it or give it another name
    "#]]
    .assert_eq(&told("fields:\n", "fields:\n  state: {type: text, label: {zh: 状态, en: State}}\n"));
    expect![[r#"
        demo/thing.yaml:16:30: 错误[writes_unseen] 角色 officer 在流程里办理 request，却没有 scope，什么也看不到
        16 |     open: {kind: open, duty: officer, label: {zh: 办理, en: Open}}
           |                              ^^^^^^^
          = 建议: 在 scope 里写 officer: "…"
        demo/thing.yaml:16:30: error[writes_unseen] role officer acts in the flow of request but has no scope and sees nothing
        16 |     open: {kind: open, duty: officer, label: {zh: 办理, en: Open}}
           |                              ^^^^^^^
          = hint: write officer: "…" in scope
        demo/thing.yaml:22:41: 错误[writes_unseen] 角色 officer 在流程里办理 request，却没有 scope，什么也看不到
        22 |     take: {from: [open], to: open, by: [officer], takes: true, label: {zh: 签收, en: Take}}
           |                                         ^^^^^^^
          = 建议: 在 scope 里写 officer: "…"
        demo/thing.yaml:22:41: error[writes_unseen] role officer acts in the flow of request but has no scope and sees nothing
        22 |     take: {from: [open], to: open, by: [officer], takes: true, label: {zh: 签收, en: Take}}
           |                                         ^^^^^^^
          = hint: write officer: "…" in scope
        demo/thing.yaml:23:42: 错误[writes_unseen] 角色 officer 在流程里办理 request，却没有 scope，什么也看不到
        23 |     ask: {from: [open], to: asking, by: [officer], holder_only: true, needs: [question], label: {zh: 询问, en: Ask}}
           |                                          ^^^^^^^
          = 建议: 在 scope 里写 officer: "…"
        demo/thing.yaml:23:42: error[writes_unseen] role officer acts in the flow of request but has no scope and sees nothing
        23 |     ask: {from: [open], to: asking, by: [officer], holder_only: true, needs: [question], label: {zh: 询问, en: Ask}}
           |                                          ^^^^^^^
          = hint: write officer: "…" in scope
        demo/thing.yaml:25:45: 错误[writes_unseen] 角色 officer 在流程里办理 request，却没有 scope，什么也看不到
        25 |     grant: {from: [open], to: granted, by: [officer, system], label: {zh: 同意, en: Grant}, confirm: {zh: 确定吗？, en: Sure?}}
           |                                             ^^^^^^^
          = 建议: 在 scope 里写 officer: "…"
        demo/thing.yaml:25:45: error[writes_unseen] role officer acts in the flow of request but has no scope and sees nothing
        25 |     grant: {from: [open], to: granted, by: [officer, system], label: {zh: 同意, en: Grant}, confirm: {zh: 确定吗？, en: Sure?}}
           |                                             ^^^^^^^
          = hint: write officer: "…" in scope
    "#]]
    .assert_eq(&told("scope: {officer: \"state != \\\"draft\\\"\"}\n", ""));
}

/// From one text of the request to another, as a person reads the plan.
fn change(to: &str) -> (Vec<Step>, String) {
    let plan = plan(&Applied::of(&model(REQUEST)), &model(to));
    (plan.steps.clone(), plan.render(Lang::Zh) + &plan.render(Lang::En))
}

#[test]
fn words_change_freely_and_meaning_only_with_a_new_version() {
    assert_eq!(change(&REQUEST.replace("zh: 办理, en: Open", "zh: 在办, en: In work")).0, []);
    let longer = REQUEST.replace("days: 10", "days: 12");
    expect![[r#"
        ! 拒绝：request 的流程变了，version 却是 1（数据库里是 1）
            建议：写作 version: 2，在办件才会转入新流程。
        ! refused: the flow of request changes, but its version is 1 (the database has 1)
            hint: write version: 2, so that running cases are carried over.
    "#]]
    .assert_eq(&change(&longer).1);
    let longer = longer.replace("version: 1", "version: 2");
    assert_eq!(change(&longer).0, [Step::ChangeFlow { record: "request".into(), from: 1, to: 2 }]);
    assert_ne!(model(&longer).hash, model(REQUEST).hash);
}

#[test]
fn a_state_that_goes_must_be_empty_or_have_a_successor() {
    let without = REQUEST
        .replace("version: 1", "version: 2")
        .replace("    asking: {kind: waiting, duty: firm, lapses: 5, to: lapsed, label: {zh: 待答复, en: Asking}}\n", "")
        .replace("to: asking, by: [officer], holder_only: true", "to: lapsed, by: [officer], holder_only: true")
        .replace("from: [asking, lapsed]", "from: [lapsed]");
    expect![[r#"
        - 代码表 request_state：去掉 asking（已存的值保留）
        - request：流程由第 1 版变为第 2 版（在办件随之转入）
        - request：流程去掉状态 asking（其中不得再有办件）
        - list request_state: remove asking (stored values stay)
        - request: the flow goes from version 1 to 2 (running cases are carried over)
        - request: the flow loses the states asking (no case may be in them)
    "#]]
    .assert_eq(&change(&without).1);
    let moved = without.clone() + "  moved: {asking: open}\n";
    assert!(!change(&moved).0.iter().any(|s| matches!(s, Step::RemoveStates { .. })));
    let mut refused = plan(&Applied::of(&model(REQUEST)), &model(&without));
    refused.refuse_state("request", "asking", 3);
    expect![[r#"
        - 代码表 request_state：去掉 asking（已存的值保留）
        - request：流程由第 1 版变为第 2 版（在办件随之转入）
        - request：流程去掉状态 asking（其中不得再有办件）
        ! 拒绝：request 的状态 asking 被删去，但还有 3 件在其中
            建议：在流程里写 moved: {asking: 新状态}，或先办完这些件。
        - list request_state: remove asking (stored values stay)
        - request: the flow goes from version 1 to 2 (running cases are carried over)
        - request: the flow loses the states asking (no case may be in them)
        ! refused: state asking of request is removed, but 3 cases are in it
            hint: write moved: {asking: another state} in the flow, or finish these cases first.
    "#]]
    .assert_eq(&(refused.render(Lang::Zh) + &refused.render(Lang::En)));
}
