//! What a changed pack does to a database that holds data: every step printed in both languages, nothing lost.
mod common;
use common::{BASE, check, record};
use expect_test::{Expect, expect};
use liangu_base::text::Lang;
use liangu_model::applied::Applied;
use liangu_model::plan::{Plan, Step, plan};
use liangu_model::{Model, PackError};

fn model(thing: &str) -> Model {
    check(&[("demo/base.yaml", BASE), ("demo/thing.yaml", thing)])
        .unwrap_or_else(|errors: Vec<PackError>| panic!("{}", errors.iter().map(|e| e.render(Lang::En)).collect::<String>()))
}

fn between(old: &str, new: &str) -> Plan {
    plan(&Applied::of(&model(old)), &model(new))
}

fn printed(plan: &Plan, expected: Expect) {
    expected.assert_eq(&(plan.render(Lang::Zh) + &plan.render(Lang::En)));
}

const NOTE: &str = "note: {type: text, label: {zh: 备注, en: Note}}";

#[test]
fn a_new_database_gets_every_record() {
    printed(
        &plan(&Applied::default(), &model(&record("", ""))),
        expect![[r#"
        - 新建记录 firm
        - 新建记录 thing
        - create record firm
        - create record thing
    "#]],
    );
}

#[test]
fn an_unchanged_model_a_new_label_and_synonyms_need_nothing() {
    let thing = record(NOTE, "");
    assert!(between(&thing, &thing).is_empty());
    let relabelled = record("note: {type: text, label: {zh: 说明, en: Remark}}", "");
    printed(
        &between(&thing, &relabelled),
        expect![[r#"
        数据库与模型一致，无需改动。
        The database agrees with the model; nothing to do.
    "#]],
    );
    assert_eq!(model(&thing).hash, model(&relabelled).hash);
    let widened = thing.clone() + "synonyms: [[技改, 技术改造]]\n";
    assert!(between(&thing, &widened).is_empty());
    assert_eq!((model(&thing).hash, model(&widened).synonyms.len()), (model(&widened).hash, 1));
}

#[test]
fn fields_come_go_and_come_back() {
    let (without, with) = (record("", ""), record(NOTE, ""));
    printed(
        &between(&without, &with),
        expect![[r#"
        - thing：增加字段 note
        - thing: add field note
    "#]],
    );
    let gone = between(&with, &without);
    printed(
        &gone,
        expect![[r#"
        - thing：隐藏字段 note（数据保留）
        - thing: hide field note (its data is kept)
    "#]],
    );
    assert!(plan(&gone.result, &model(&without)).is_empty());
    printed(
        &plan(&gone.result, &model(&with)),
        expect![[r#"
        - thing：恢复字段 note（数据仍在）
        - thing: restore field note (its data is still there)
    "#]],
    );
}

#[test]
fn a_renamed_field_keeps_its_data() {
    let renamed = record("remark: {type: text, was: note, label: {zh: 备注, en: Remark}}", "");
    let first = between(&record(NOTE, ""), &renamed);
    printed(
        &first,
        expect![[r#"
        - thing：字段 note 改名为 remark
        - thing: rename field note to remark
    "#]],
    );
    assert!(plan(&first.result, &model(&renamed)).is_empty(), "a rename is done once");
}

#[test]
fn a_type_changes_only_with_a_way_to_convert() {
    let amount = |ty: &str, more: &str| record(&format!("amount: {{type: {ty}, label: {{zh: 数额, en: Amount}}{more}}}"), "");
    printed(
        &between(&amount("int", ""), &amount("date", "")),
        expect![[r#"
        ! 拒绝：thing.amount 由 int 变为 date
            建议：在字段里写 convert:，用 old 表示旧值，例如 convert: "old * 10000"；或另起一个字段名。
        ! refused: thing.amount changes from int to date
            hint: write convert: in the field, old being the stored value, as convert: "old * 10000"; or add a field of another name.
    "#]],
    );
    printed(
        &between(&amount("int", ""), &amount("int", ", yearly: true")),
        expect![[r#"
        ! 拒绝：thing.amount 变为逐年
            建议：另起一个字段名，旧字段会保留并隐藏。
        ! refused: thing.amount becomes yearly
            hint: add a field of another name; the old one is kept and hidden.
    "#]],
    );
}

#[test]
fn a_conversion_is_typed_with_the_old_value() {
    let amount = |ty: &str, more: &str| record(&format!("amount: {{type: {ty}, label: {{zh: 数额, en: Amount}}{more}}}"), "");
    let good = between(&amount("int", ""), &amount("money", ", convert: \"old * 1000000\""));
    printed(
        &good,
        expect![[r#"
        - thing：字段 amount 由 int 变为 money，按 old * 1000000 换算
        - thing: field amount becomes money instead of int by old * 1000000
    "#]],
    );
    let wrong = |convert: &str| between(&amount("int", ""), &amount("date", &format!(", convert: \"{convert}\"")));
    printed(
        &wrong("old"),
        expect![[r#"
        ! 拒绝：thing.amount 由 int 变为 date，convert 不成立：它不给出 date 的值
            建议：让 convert 得出 date 的值
        ! refused: thing.amount changes from int to date; its convert does not hold: it gives no value of date
            hint: let convert give a value of type date
    "#]],
    );
    printed(
        &wrong("older"),
        expect![[r#"
        ! 拒绝：thing.amount 由 int 变为 date，convert 不成立：“旧值”没有名为“older”的字段
            建议：让 convert 得出 date 的值
        ! refused: thing.amount changes from int to date; its convert does not hold: the stored value has no field `older`
            hint: let convert give a value of type date
    "#]],
    );
}

#[test]
fn a_rule_that_becomes_live_is_stored_as_before() {
    let rule = |ty: &str| record(&format!("fits: {{type: \"{ty}\", label: {{zh: 适用, en: Fits}}}}"), "");
    assert!(between(&rule("rule(of: firm)"), &rule("rule(of: firm, live)")).is_empty());
}

#[test]
fn keys_indexes_search_and_duties() {
    let plain = record(NOTE, "");
    let more = record(
        "note: {type: text, required: true, unique: true, label: {zh: 备注, en: Note}}\nday: {type: date, label: {zh: 日期, en: Day}}",
        "filters: [day]\nsearch: [note]\n",
    );
    printed(
        &between(&plain, &more),
        expect![[r#"
        - thing：字段 note 从此唯一（先查重）
        - thing：字段 note 从此必填（只约束新的写入）
        - thing：增加字段 day
        - thing：为 day 建索引
        - thing：重建全文检索（note）
        - thing: field note becomes unique (checked first)
        - thing: field note becomes required (binds new writes only)
        - thing: add field day
        - thing: index day
        - thing: rebuild full-text search (note)
    "#]],
    );
    printed(
        &between(&more, &plain),
        expect![[r#"
        - thing：字段 note 不再唯一
        - thing：隐藏字段 day（数据保留）
        - thing：去掉 day 的索引
        - thing：取消全文检索
        - thing: field note is no longer unique
        - thing: hide field day (its data is kept)
        - thing: drop the index of day
        - thing: drop full-text search
    "#]],
    );
}

#[test]
fn access_changes_are_shown() {
    let open = record(NOTE, "scope: {public: \"true\", officer: \"true\"}\ncreate: [officer]\n");
    let closed = record(
        "note: {type: text, readers: [officer], label: {zh: 备注, en: Note}}",
        "scope: {officer: 'name == \"a\"'}\nupdate: {officer: [note]}\n",
    );
    printed(
        &between(&open, &closed),
        expect![[r#"
        - thing：权限变化，officer 的范围由 true 变为 name == "a"
        - thing：权限变化，public 不再可见
        - thing：权限变化，可新建：
        - thing：权限变化，可修改：officer [note]
        - thing：权限变化，note 的可读角色：officer
        - thing: access changes, scope of officer from true to name == "a"
        - thing: access changes, public sees nothing any more
        - thing: access changes, may create: 
        - thing: access changes, may update: officer [note]
        - thing: access changes, readers of note: officer
    "#]],
    );
    assert_ne!(model(&open).hash, model(&closed).hash);
}

#[test]
fn codes_come_and_go() {
    let list = |codes: &str| record("", &format!("lists: {{grade: {{label: {{zh: 等级, en: Grade}}, codes: {{{codes}}}}}}}\n"));
    let (two, other) = (list("a: {zh: 甲, en: A}, b: {zh: 乙, en: B}"), list("a: {zh: 甲, en: A}, c: {zh: 丙, en: C}"));
    printed(
        &between(&two, &other),
        expect![[r#"
        - 代码表 grade：增加 c
        - 代码表 grade：去掉 b（已存的值保留）
        - list grade: add c
        - list grade: remove b (stored values stay)
    "#]],
    );
}

#[test]
fn a_record_that_is_gone_is_hidden_and_can_come_back() {
    let none = "lists: {grade: {label: {zh: 等级, en: Grade}, codes: {a: {zh: 甲, en: A}}}}\n";
    let gone = between(&record("", ""), none);
    printed(
        &gone,
        expect![[r#"
        - 隐藏记录 thing（数据保留）
        - hide record thing (its data is kept)
    "#]],
    );
    let back = plan(&gone.result, &model(&record("", "")));
    assert!(back.steps.contains(&Step::RestoreRecord { record: "thing".into() }), "{back:?}");
}

#[test]
fn ids_that_were_given_out_keep_their_prefix() {
    printed(
        &between(&record("", ""), &record("", "").replace("prefix: th", "prefix: tx")),
        expect![[r#"
        ! 拒绝：thing 的前缀由 th 变为 tx
            建议：编号已经发出，前缀不能改；改回去。
        ! refused: the prefix of thing changes from th to tx
            hint: ids have been given out; change the prefix back.
    "#]],
    );
}

#[test]
fn the_applied_form_survives_the_database() {
    let applied = Applied::of(&model(&record(NOTE, "")));
    assert_eq!(Applied::parse(&applied.json()).unwrap(), applied);
    assert_eq!(applied.hash(), model(&record(NOTE, "")).hash);
    assert_eq!(applied.hash().len(), 64);
}
