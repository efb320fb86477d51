//! What an author is told when a name leads nowhere, or where it may not.
mod common;
use common::{BASE, in_demo, mistakes, record, thing};
use expect_test::expect;

#[test]
fn lists_and_records_that_are_not_there() {
    let fields = "grade: {type: code(sise), label: {zh: 等级, en: Grade}}\nowner: {type: ref(frim), label: {zh: 业主, en: Owner}}\nfits: {type: rule(of: shop), label: {zh: 适用, en: Fits}}";
    expect![[r#"
        demo/thing.yaml:7:22: 错误[unknown_list] 没有代码表 sise
        7 |   grade: {type: code(sise), label: {zh: 等级, en: Grade}}
          |                      ^^^^
          = 建议: 是否想写 size？
        demo/thing.yaml:7:22: error[unknown_list] there is no list sise
        7 |   grade: {type: code(sise), label: {zh: 等级, en: Grade}}
          |                      ^^^^
          = hint: did you mean size?
        demo/thing.yaml:8:21: 错误[unknown_record] 没有记录类型 frim
        8 |   owner: {type: ref(frim), label: {zh: 业主, en: Owner}}
          |                     ^^^^
          = 建议: 是否想写 firm？
        demo/thing.yaml:8:21: error[unknown_record] there is no record type frim
        8 |   owner: {type: ref(frim), label: {zh: 业主, en: Owner}}
          |                     ^^^^
          = hint: did you mean firm?
        demo/thing.yaml:9:16: 错误[unknown_record] 没有记录类型 shop
        9 |   fits: {type: "rule(of: shop)", label: {zh: 适用, en: Fits}}
          |                ^^^^^^^^^^^^^^^^
          = 建议: 可用：firm, thing
        demo/thing.yaml:9:16: error[unknown_record] there is no record type shop
        9 |   fits: {type: "rule(of: shop)", label: {zh: 适用, en: Fits}}
          |                ^^^^^^^^^^^^^^^^
          = hint: there are: firm, thing
    "#]]
    .assert_eq(&thing(&fields.replace("rule(of: shop)", "\"rule(of: shop)\""), ""));
}

#[test]
fn a_record_of_a_pack_that_is_not_used() {
    let other = record("owner: {type: ref(firm), label: {zh: 业主, en: Owner}}", "");
    expect![[r#"
        other/thing.yaml:7:21: 错误[not_used] firm 属于包 demo，而包 other 没有声明使用它
        7 |   owner: {type: ref(firm), label: {zh: 业主, en: Owner}}
          |                     ^^^^
          = 建议: 在 other 的 pack.yaml 里写 uses: [demo]
        other/thing.yaml:7:21: error[not_used] firm belongs to pack demo, which pack other does not declare to use
        7 |   owner: {type: ref(firm), label: {zh: 业主, en: Owner}}
          |                     ^^^^
          = hint: write uses: [demo] in the pack.yaml of other
    "#]]
    .assert_eq(&mistakes(&[("demo/base.yaml", BASE), ("other/thing.yaml", &other)]));
}

#[test]
fn fields_that_lists_name_but_records_lack() {
    expect![[r#"
        demo/thing.yaml:7:11: 错误[unknown_field] 没有字段 nmae
        7 | columns: [nmae]
          |           ^^^^
          = 建议: 是否想写 name？
        demo/thing.yaml:7:11: error[unknown_field] there is no field nmae
        7 | columns: [nmae]
          |           ^^^^
          = hint: did you mean name?
        demo/thing.yaml:8:11: 错误[unknown_field] 没有字段 grade
        8 | filters: [grade]
          |           ^^^^^
          = 建议: 可用：name
        demo/thing.yaml:8:11: error[unknown_field] there is no field grade
        8 | filters: [grade]
          |           ^^^^^
          = hint: there are: name
        demo/thing.yaml:9:10: 错误[unknown_field] 没有字段 grade
        9 | facets: [grade]
          |          ^^^^^
          = 建议: 可用：name
        demo/thing.yaml:9:10: error[unknown_field] there is no field grade
        9 | facets: [grade]
          |          ^^^^^
          = hint: there are: name
        demo/thing.yaml:10:7: 错误[unknown_field] 没有字段 date
        10 | sort: -date
           |       ^^^^^
          = 建议: 可用：name
        demo/thing.yaml:10:7: error[unknown_field] there is no field date
        10 | sort: -date
           |       ^^^^^
          = hint: there are: name
        demo/thing.yaml:11:10: 错误[unknown_field] 没有字段 text
        11 | search: [text]
           |          ^^^^
          = 建议: 可用：name
        demo/thing.yaml:11:10: error[unknown_field] there is no field text
        11 | search: [text]
           |          ^^^^
          = hint: there are: name
    "#]]
    .assert_eq(&thing("", "columns: [nmae]\nfilters: [grade]\nfacets: [grade]\nsort: -date\nsearch: [text]\n"));
}

#[test]
fn fields_that_do_not_fit_where_they_are_named() {
    let fields = "fits: {type: \"rule(of: firm)\", label: {zh: 适用, en: Fits}}\nday: {type: date, label: {zh: 日期, en: Day}}\nturnover: {type: money, yearly: true, label: {zh: 营收, en: Turnover}}";
    expect![[r#"
        demo/thing.yaml:10:17: 错误[unfit_field] 字段 fits 不能用于 columns
        10 | columns: [name, fits, turnover]
           |                 ^^^^
          = 建议: 规则不能作列
        demo/thing.yaml:10:17: error[unfit_field] field fits cannot stand in columns
        10 | columns: [name, fits, turnover]
           |                 ^^^^
          = hint: a rule cannot be a column
        demo/thing.yaml:10:23: 错误[yearly_in_list] 逐年的字段 turnover 不能用于 columns
        10 | columns: [name, fits, turnover]
           |                       ^^^^^^^^
          = 建议: 它每年一个值，显示在详情的逐年表里。
        demo/thing.yaml:10:23: error[yearly_in_list] the yearly field turnover cannot stand in columns
        10 | columns: [name, fits, turnover]
           |                       ^^^^^^^^
          = hint: it has a value per year, shown in the table of years of the detail page.
        demo/thing.yaml:11:11: 错误[unfit_field] 字段 name 不能用于 filters
        11 | filters: [name]
           |           ^^^^
          = 建议: 筛选用代码、代码集、是否、引用、日期、数、金额、比例、面积
        demo/thing.yaml:11:11: error[unfit_field] field name cannot stand in filters
        11 | filters: [name]
           |           ^^^^
          = hint: filters are codes, sets, booleans, refs, dates, numbers, money, ratios, areas
        demo/thing.yaml:12:10: 错误[unfit_field] 字段 day 不能用于 facets
        12 | facets: [day]
           |          ^^^
          = 建议: 分面用代码、代码集、是否
        demo/thing.yaml:12:10: error[unfit_field] field day cannot stand in facets
        12 | facets: [day]
           |          ^^^
          = hint: facets are codes, sets, booleans
        demo/thing.yaml:13:10: 错误[unfit_field] 字段 day 不能用于 search
        13 | search: [day]
           |          ^^^
          = 建议: 全文检索用文字、双语文字、编号、信用代码
        demo/thing.yaml:13:10: error[unfit_field] field day cannot stand in search
        13 | search: [day]
           |          ^^^
          = hint: full-text search takes texts, bilingual texts, numbers, credit codes
    "#]]
    .assert_eq(&thing(fields, "columns: [name, fits, turnover]\nfilters: [name]\nfacets: [day]\nsearch: [day]\n"));
}

#[test]
fn a_title_that_is_no_text() {
    let record =
        "record: thing\nlabel: {zh: 事项, en: Thing}\nprefix: th\ntitle: day\nfields: {day: {type: date, label: {zh: 日期, en: Day}}}\n";
    expect![[r#"
        demo/thing.yaml:4:8: 错误[unfit_field] 字段 day 不能用于 title
        4 | title: day
          |        ^^^
          = 建议: 标题是文字、双语文字、编号或信用代码
        demo/thing.yaml:4:8: error[unfit_field] field day cannot stand in title
        4 | title: day
          |        ^^^
          = hint: a title is a text, bilingual, number or credit code
    "#]]
    .assert_eq(&in_demo(record));
}

#[test]
fn a_group_and_readers_that_are_not_there() {
    expect![[r#"
        demo/thing.yaml:7:29: 错误[unknown_group] 没有分组 misc
        7 |   note: {type: text, group: misc, readers: [oficer], label: {zh: 备注, en: Note}}
          |                             ^^^^
          = 建议: 这里还没有任何分组
        demo/thing.yaml:7:29: error[unknown_group] there is no group misc
        7 |   note: {type: text, group: misc, readers: [oficer], label: {zh: 备注, en: Note}}
          |                             ^^^^
          = hint: there is no group at all yet
        demo/thing.yaml:7:45: 错误[unknown_role] 没有角色 oficer
        7 |   note: {type: text, group: misc, readers: [oficer], label: {zh: 备注, en: Note}}
          |                                             ^^^^^^
          = 建议: 是否想写 officer？
        demo/thing.yaml:7:45: error[unknown_role] there is no role oficer
        7 |   note: {type: text, group: misc, readers: [oficer], label: {zh: 备注, en: Note}}
          |                                             ^^^^^^
          = hint: did you mean officer?
    "#]]
    .assert_eq(&thing("note: {type: text, group: misc, readers: [oficer], label: {zh: 备注, en: Note}}", ""));
}

#[test]
fn roles_that_are_not_there() {
    expect![[r#"
        demo/thing.yaml:7:9: 错误[unknown_role] 没有角色 officers
        7 | scope: {officers: "true"}
          |         ^^^^^^^^
          = 建议: 是否想写 officer？
        demo/thing.yaml:7:9: error[unknown_role] there is no role officers
        7 | scope: {officers: "true"}
          |         ^^^^^^^^
          = hint: did you mean officer?
        demo/thing.yaml:8:10: 错误[unknown_role] 没有角色 boss
        8 | create: [boss]
          |          ^^^^
          = 建议: 可用：officer, public
        demo/thing.yaml:8:10: error[unknown_role] there is no role boss
        8 | create: [boss]
          |          ^^^^
          = hint: there are: officer, public
        demo/thing.yaml:9:10: 错误[unknown_role] 没有角色 officers
        9 | update: {officers: [name]}
          |          ^^^^^^^^
          = 建议: 是否想写 officer？
        demo/thing.yaml:9:10: error[unknown_role] there is no role officers
        9 | update: {officers: [name]}
          |          ^^^^^^^^
          = hint: did you mean officer?
    "#]]
    .assert_eq(&thing("", "scope: {officers: \"true\"}\ncreate: [boss]\nupdate: {officers: [name]}\n"));
}

#[test]
fn a_role_that_writes_what_it_does_not_see() {
    expect![[r#"
        demo/thing.yaml:8:10: 错误[writes_unseen] 角色 officer 可以写 thing，却没有 scope，什么也看不到
        8 | create: [officer]
          |          ^^^^^^^
          = 建议: 在 scope 里写 officer: "…"
        demo/thing.yaml:8:10: error[writes_unseen] role officer may write thing but has no scope and sees nothing
        8 | create: [officer]
          |          ^^^^^^^
          = hint: write officer: "…" in scope
    "#]]
    .assert_eq(&thing("", "scope: {public: \"true\"}\ncreate: [officer]\n"));
}
