//! What an author is told when an expression does not type: where in the file, why, and what to write.
mod common;
use common::{in_demo, record, thing};
use expect_test::expect;

#[test]
fn a_scope_that_names_no_field() {
    expect![[r#"
        demo/thing.yaml:7:19: 错误[expr.unknown-name] “事项”没有名为“nmae”的字段
        7 | scope: {officer: "nmae == user.id"}
          |                   ^^^^
          = 建议: 是不是 name（名称）？
        demo/thing.yaml:7:19: error[expr.unknown-name] Thing has no field `nmae`
        7 | scope: {officer: "nmae == user.id"}
          |                   ^^^^
          = hint: did you mean name (Name)?
    "#]]
    .assert_eq(&thing("", "scope: {officer: \"nmae == user.id\"}\n"));
}

#[test]
fn a_scope_that_names_no_field_of_the_reader() {
    let place = "region: {type: code(region), label: {zh: 地区, en: Region}}";
    expect![[r#"
        demo/thing.yaml:8:39: 错误[expr.unknown-name] “user”没有名为“regoin”的字段
        8 | scope: {officer: "within(region, user.regoin)"}
          |                                       ^^^^^^
          = 建议: 是不是 region？
        demo/thing.yaml:8:39: error[expr.unknown-name] user has no field `regoin`
        8 | scope: {officer: "within(region, user.regoin)"}
          |                                       ^^^^^^
          = hint: did you mean region?
    "#]]
    .assert_eq(&thing(place, "scope: {officer: \"within(region, user.regoin)\"}\n"));
}

#[test]
fn a_scope_that_compares_records_of_two_kinds() {
    let owner = "owner: {type: ref(firm), label: {zh: 业主, en: Owner}}";
    expect![[r#"
        demo/thing.yaml:8:19: 错误[expr.type] 对 firm 的引用不能与对 park 的引用比较
        8 | scope: {officer: "owner == user.park"}
          |                   ^^^^^^^^^^^^^^^^^^
        demo/thing.yaml:8:19: error[expr.type] a reference to firm cannot be compared with a reference to park
        8 | scope: {officer: "owner == user.park"}
          |                   ^^^^^^^^^^^^^^^^^^
    "#]]
    .assert_eq(&thing(owner, "scope: {officer: \"owner == user.park\"}\n"));
}

#[test]
fn a_filter_without_condition_and_one_without_unit() {
    let indicator = |name: &str, filter: &str| {
        format!(
            "  {name}: {{label: {{zh: 甲, en: A}}, definition: {{zh: 甲, en: A}}, unit: {{zh: 家, en: firms}}, record: firm, where: \"{filter}\"}}\n"
        )
    };
    let two = indicator("large_firms", "size") + &indicator("rich_firms", "revenue >= 500");
    expect![[r#"
        demo/thing.yaml:2:116: 错误[expr.not-a-condition] 这里要一个条件，却是“规模”代码
        2 |   large_firms: {label: {zh: 甲, en: A}, definition: {zh: 甲, en: A}, unit: {zh: 家, en: firms}, record: firm, where: "size"}
          |                                                                                                                       ^^^^
          = 建议: 写作 字段 == "值"
        demo/thing.yaml:2:116: error[expr.not-a-condition] a condition is needed here, not a code of size
        2 |   large_firms: {label: {zh: 甲, en: A}, definition: {zh: 甲, en: A}, unit: {zh: 家, en: firms}, record: firm, where: "size"}
          |                                                                                                                       ^^^^
          = hint: write field == "value"
        demo/thing.yaml:3:115: 错误[expr.unit] 单位或类型不同：金额与数
        3 |   rich_firms: {label: {zh: 甲, en: A}, definition: {zh: 甲, en: A}, unit: {zh: 家, en: firms}, record: firm, where: "revenue >= 500"}
          |                                                                                                                      ^^^^^^^^^^^^^^
          = 建议: 金额写作 wan(500)（万元）或 yuan(500)（元）
        demo/thing.yaml:3:115: error[expr.unit] units or types differ: an amount of money and a number
        3 |   rich_firms: {label: {zh: 甲, en: A}, definition: {zh: 甲, en: A}, unit: {zh: 家, en: firms}, record: firm, where: "revenue >= 500"}
          |                                                                                                                      ^^^^^^^^^^^^^^
          = hint: write wan(500) for ten thousand yuan or yuan(500)
    "#]].assert_eq(&in_demo(&format!("indicators:\n{two}")));
}

#[test]
fn a_code_that_the_list_lacks() {
    let size = "size: {type: code(size), label: {zh: 规模, en: Size}}";
    expect![[r#"
        demo/thing.yaml:8:27: 错误[expr.unknown-code] “规模”里没有代码 smal
        8 | scope: {officer: 'size == "smal"'}
          |                           ^^^^^^
          = 建议: 是不是 "small"（小）？
        demo/thing.yaml:8:27: error[expr.unknown-code] Size has no code `smal`
        8 | scope: {officer: 'size == "smal"'}
          |                           ^^^^^^
          = hint: did you mean "small" (Small)?
    "#]]
    .assert_eq(&thing(size, "scope: {officer: 'size == \"smal\"'}\n"));
}

#[test]
fn an_expression_over_several_lines_is_marked_in_its_line() {
    let scope = "scope:\n  officer: >-\n    name == \"a\"\n    || naem == \"b\"\n";
    expect![[r#"
        demo/thing.yaml:10:8: 错误[expr.unknown-name] “事项”没有名为“naem”的字段
        10 |     || naem == "b"
           |        ^^^^
          = 建议: 是不是 name（名称）？
        demo/thing.yaml:10:8: error[expr.unknown-name] Thing has no field `naem`
        10 |     || naem == "b"
           |        ^^^^
          = hint: did you mean name (Name)?
    "#]]
    .assert_eq(&thing("", scope));
}

#[test]
fn an_expression_that_is_not_finished() {
    expect![[r#"
        demo/thing.yaml:7:18: 错误[expr.syntax] 表达式在这里中断，还缺一个值
        7 | scope: {officer: "name == "}
          |                  ^^^^^^^^^^
        demo/thing.yaml:7:18: error[expr.syntax] the expression ends here, a value is missing
        7 | scope: {officer: "name == "}
          |                  ^^^^^^^^^^
    "#]]
    .assert_eq(&thing("", "scope: {officer: \"name == \"}\n"));
}

#[test]
fn answers_that_are_no_constants_of_the_type() {
    let choices = |values: [&str; 3]| {
        let choice = |v: &str| format!("{{label: {{zh: 甲, en: A}}, value: '{v}'}}");
        format!("question: {{prompt: {{zh: 多少？, en: How much?}}, choices: [{}]}}", values.map(choice).join(", "))
    };
    let fields = format!(
        "amount: {{type: money, fact: true, label: {{zh: 金额, en: Amount}}, {}}}\nsize: {{type: code(size), fact: true, label: {{zh: 规模, en: Size}}, {}}}",
        choices(["500", "wan(5)", "today"]),
        choices(["small", "\"small\"", "\"tiny\""]),
    );
    expect![[r#"
        demo/thing.yaml:7:153: 错误[expr.unit] 单位或类型不同：金额与数
        7 |   amount: {type: money, fact: true, label: {zh: 金额, en: Amount}, question: {prompt: {zh: 多少？, en: How much?}, choices: [{label: {zh: 甲, en: A}, value: '500'}, {label: {zh: 甲, en: A}, value: 'wan(5)'}, {label: {zh: 甲, en: A}, value: 'today'}]}}
          |                                                                                                                                                               ^^^
          = 建议: 金额写作 wan(500)（万元）或 yuan(500)（元）
        demo/thing.yaml:7:153: error[expr.unit] units or types differ: an amount of money and a number
        7 |   amount: {type: money, fact: true, label: {zh: 金额, en: Amount}, question: {prompt: {zh: 多少？, en: How much?}, choices: [{label: {zh: 甲, en: A}, value: '500'}, {label: {zh: 甲, en: A}, value: 'wan(5)'}, {label: {zh: 甲, en: A}, value: 'today'}]}}
          |                                                                                                                                                               ^^^
          = hint: write wan(500) for ten thousand yuan or yuan(500)
        demo/thing.yaml:7:234: 错误[expr.type] 金额不能与日期比较
        7 |   amount: {type: money, fact: true, label: {zh: 金额, en: Amount}, question: {prompt: {zh: 多少？, en: How much?}, choices: [{label: {zh: 甲, en: A}, value: '500'}, {label: {zh: 甲, en: A}, value: 'wan(5)'}, {label: {zh: 甲, en: A}, value: 'today'}]}}
          |                                                                                                                                                                                                                                                  ^^^^^
        demo/thing.yaml:7:234: error[expr.type] an amount of money cannot be compared with a date
        7 |   amount: {type: money, fact: true, label: {zh: 金额, en: Amount}, question: {prompt: {zh: 多少？, en: How much?}, choices: [{label: {zh: 甲, en: A}, value: '500'}, {label: {zh: 甲, en: A}, value: 'wan(5)'}, {label: {zh: 甲, en: A}, value: 'today'}]}}
          |                                                                                                                                                                                                                                                  ^^^^^
        demo/thing.yaml:8:154: 错误[not_constant] 这里要一个固定的值
        8 |   size: {type: code(size), fact: true, label: {zh: 规模, en: Size}, question: {prompt: {zh: 多少？, en: How much?}, choices: [{label: {zh: 甲, en: A}, value: 'small'}, {label: {zh: 甲, en: A}, value: '"small"'}, {label: {zh: 甲, en: A}, value: '"tiny"'}]}}
          |                                                                                                                                                                ^^^^^
          = 建议: 例如 wan(500)、percent(3)、true；文字和代码要放在引号里：'"micro"'
        demo/thing.yaml:8:154: error[not_constant] a fixed value is needed here
        8 |   size: {type: code(size), fact: true, label: {zh: 规模, en: Size}, question: {prompt: {zh: 多少？, en: How much?}, choices: [{label: {zh: 甲, en: A}, value: 'small'}, {label: {zh: 甲, en: A}, value: '"small"'}, {label: {zh: 甲, en: A}, value: '"tiny"'}]}}
          |                                                                                                                                                                ^^^^^
          = hint: as wan(500), percent(3) or true; texts and codes stand in quotes: '"micro"'
        demo/thing.yaml:8:238: 错误[expr.unknown-code] “规模”里没有代码 tiny
        8 |   size: {type: code(size), fact: true, label: {zh: 规模, en: Size}, question: {prompt: {zh: 多少？, en: How much?}, choices: [{label: {zh: 甲, en: A}, value: 'small'}, {label: {zh: 甲, en: A}, value: '"small"'}, {label: {zh: 甲, en: A}, value: '"tiny"'}]}}
          |                                                                                                                                                                                                                                                      ^^^^^^
          = 建议: 可用：small、large
        demo/thing.yaml:8:238: error[expr.unknown-code] Size has no code `tiny`
        8 |   size: {type: code(size), fact: true, label: {zh: 规模, en: Size}, question: {prompt: {zh: 多少？, en: How much?}, choices: [{label: {zh: 甲, en: A}, value: 'small'}, {label: {zh: 甲, en: A}, value: '"small"'}, {label: {zh: 甲, en: A}, value: '"tiny"'}]}}
          |                                                                                                                                                                                                                                                      ^^^^^^
          = hint: it has: small, large
    "#]].assert_eq(&thing(&fields, ""));
}

#[test]
fn defaults_that_do_not_fit() {
    let fields = "open: {type: bool, default: \"yes\", label: {zh: 开放, en: Open}}\nfits: {type: \"rule(of: firm)\", default: \"size == 3\", label: {zh: 适用, en: Fits}}\nplace: {type: bilingual, default: \"x\", label: {zh: 地点, en: Place}}";
    expect![[r#"
        demo/thing.yaml:7:32: 错误[not_constant] 这里要一个固定的值
        7 |   open: {type: bool, default: "yes", label: {zh: 开放, en: Open}}
          |                                ^^^
          = 建议: 例如 wan(500)、percent(3)、true；文字和代码要放在引号里：'"micro"'
        demo/thing.yaml:7:32: error[not_constant] a fixed value is needed here
        7 |   open: {type: bool, default: "yes", label: {zh: 开放, en: Open}}
          |                                ^^^
          = hint: as wan(500), percent(3) or true; texts and codes stand in quotes: '"micro"'
        demo/thing.yaml:8:44: 错误[expr.type] “规模”代码不能与数比较
        8 |   fits: {type: "rule(of: firm)", default: "size == 3", label: {zh: 适用, en: Fits}}
          |                                            ^^^^^^^^^
          = 建议: 代码要放在引号里
        demo/thing.yaml:8:44: error[expr.type] a code of size cannot be compared with a number
        8 |   fits: {type: "rule(of: firm)", default: "size == 3", label: {zh: 适用, en: Fits}}
          |                                            ^^^^^^^^^
          = hint: put the code in quotes
        demo/thing.yaml:9:37: 错误[wrong_attribute] 字段 place 的类型 bilingual 不能有 default
        9 |   place: {type: bilingual, default: "x", label: {zh: 地点, en: Place}}
          |                                     ^^^
          = 建议: 双语文字、时刻、编号、引用和逐年的字段没有默认值
        demo/thing.yaml:9:37: error[wrong_attribute] field place of type bilingual cannot have default
        9 |   place: {type: bilingual, default: "x", label: {zh: 地点, en: Place}}
          |                                     ^^^
          = hint: bilingual texts, instants, numbers, refs and yearly fields have no default
    "#]]
    .assert_eq(&thing(fields, ""));
}

#[test]
fn a_record_whose_fields_are_wrong_is_not_told_so_again_by_its_expressions() {
    let broken = record("size: {type: code(sise), label: {zh: 规模, en: Size}}", "scope: {officer: 'size == \"small\"'}\n");
    expect![[r#"
        demo/thing.yaml:7:21: 错误[unknown_list] 没有代码表 sise
        7 |   size: {type: code(sise), label: {zh: 规模, en: Size}}
          |                     ^^^^
          = 建议: 是否想写 size？
        demo/thing.yaml:7:21: error[unknown_list] there is no list sise
        7 |   size: {type: code(sise), label: {zh: 规模, en: Size}}
          |                     ^^^^
          = hint: did you mean size?
    "#]]
    .assert_eq(&in_demo(&broken));
}
