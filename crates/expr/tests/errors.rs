//! What an author sees who makes a mistake.
mod common;
use expect_test::{Expect as Golden, expect};
use liangu_expr::{Expect, check};

fn errors(source: &str, golden: Golden) {
    let schema = common::firm();
    let findings = check(source, &schema, Expect::Bool).expect_err(source);
    golden.assert_eq(&findings.iter().map(|f| f.render(source)).collect::<String>());
}

#[test]
fn a_slip_of_the_pen() {
    errors(
        "revenu >= wan(2000) && size_class == \"smal\"",
        expect![[r#"
        1:1: expr.unknown-name
          revenu >= wan(2000) && size_class == "smal"
          ^^^^^^
          “企业”没有名为“revenu”的字段
          Enterprise has no field `revenu`
          → 是不是 revenue（营业收入）？
          → did you mean revenue (Revenue)?
        1:38: expr.unknown-code
          revenu >= wan(2000) && size_class == "smal"
                                               ^^^^^^
          “规模”里没有代码 smal
          size class has no code `smal`
          → 是不是 "small"（小型）？
          → did you mean "small" (small in English)?
    "#]],
    );
    errors(
        "营业收入 >= wan(2000)",
        expect![[r#"
        1:1: expr.character
          营业收入 >= wan(2000)
          ^^^^^^^^
          “营业收入”要放在引号里，或写成字段名
          `营业收入` must be quoted, or written as the name of a field
          → 这个字段写作 revenue
          → this field is written revenue
    "#]],
    );
    errors(
        "yeers_since(established) >= 3",
        expect![[r#"
        1:1: expr.unknown-function
          yeers_since(established) >= 3
          ^^^^^^^^^^^
          没有名为 yeers_since 的函数
          there is no function yeers_since
          → 是不是 years_since？
          → did you mean years_since?
    "#]],
    );
    errors(
        "user.regin == region",
        expect![[r#"
        1:6: expr.unknown-name
          user.regin == region
               ^^^^^
          “user”没有名为“regin”的字段
          user has no field `regin`
          → 是不是 region？
          → did you mean region?
    "#]],
    );
    errors(
        "industry == \"制造业\"",
        expect![[r#"
        1:13: expr.unknown-code
          industry == "制造业"
                      ^^^^^^^^
          “行业”里没有代码 制造业
          industry has no code `制造业`
          → 是不是 "C"（制造业）？
          → did you mean "C" (C in English)?
    "#]],
    );
}

#[test]
fn units_that_do_not_fit() {
    errors(
        "revenue >= 20000000",
        expect![[r#"
        1:1: expr.unit
          revenue >= 20000000
          ^^^^^^^^^^^^^^^^^^^
          单位或类型不同：金额与数
          units or types differ: an amount of money and a number
          → 金额写作 wan(20000000)（万元）或 yuan(20000000)（元）
          → write wan(20000000) for ten thousand yuan or yuan(20000000)
    "#]],
    );
    errors(
        "rd_ratio >= 0.03",
        expect![[r#"
        1:1: expr.unit
          rd_ratio >= 0.03
          ^^^^^^^^^^^^^^^^
          单位或类型不同：比例与小数
          units or types differ: a percentage and a decimal number
          → 比例写作 percent(3)
          → write percent(3)
    "#]],
    );
    errors(
        "revenue * percent(3) > wan(1)",
        expect![[r#"
        1:1: expr.type
          revenue * percent(3) > wan(1)
          ^^^^^^^^^^^^^^^^^^^^
          金额与比例不能这样计算
          an amount of money and a percentage cannot be combined like this
          → 金额的百分之几写作 share(金额, percent(3))
          → write share(amount, percent(3)) for a part of an amount
    "#]],
    );
    errors(
        "land_area > 50 && employees >= revenue",
        expect![[r#"
        1:1: expr.unit
          land_area > 50 && employees >= revenue
          ^^^^^^^^^^^^^^
          单位或类型不同：面积与数
          units or types differ: an area and a number
          → 面积写作 mu(50)（亩）或 hectare(50)（公顷）
          → write mu(50) or hectare(50)
        1:19: expr.unit
          land_area > 50 && employees >= revenue
                            ^^^^^^^^^^^^^^^^^^^^
          单位或类型不同：人数与金额
          units or types differ: a number of persons and an amount of money
    "#]],
    );
    errors(
        "revenue >= yuan(0.001)",
        expect![[r#"
        1:17: expr.arguments
          revenue >= yuan(0.001)
                          ^^^^^
          yuan 的小数位太多
          yuan has too many decimal places
          → 写法：yuan(500.5)
          → it is written yuan(500.5)
    "#]],
    );
}

#[test]
fn dates_and_types() {
    errors(
        "established <= \"2023-12-31\"",
        expect![[r#"
        1:16: expr.date
          established <= "2023-12-31"
                         ^^^^^^^^^^^^
          日期不能与文字比较
          a date cannot be compared with text
          → 写作 date("2023-12-31")
          → write date("2023-12-31")
    "#]],
    );
    errors(
        "established <= date(\"2023-02-30\")",
        expect![[r#"
        1:21: expr.date
          established <= date("2023-02-30")
                              ^^^^^^^^^^^^
          “2023-02-30”不是有效日期;请按“年-月-日”填写,例如2026-03-01。
          "2023-02-30" is not a date; write year-month-day, for example 2026-03-01.
    "#]],
    );
    errors(
        "region >= \"4313\"",
        expect![[r#"
        1:1: expr.order
          region >= "4313"
          ^^^^^^^^^^^^^^^^
          “地区”代码没有大小先后
          a code of region has no order
          → 用 ==、in 或 within(…)
          → use ==, in or within(…)
    "#]],
    );
    errors(
        "certs == \"srdi\"",
        expect![[r#"
        1:1: expr.type
          certs == "srdi"
          ^^^^^^^^^^^^^^^
          一组“资质”代码不能与文字比较
          a set of codes of certificate cannot be compared with text
          → 写作 "代码" in 字段
          → write "code" in field
    "#]],
    );
    errors(
        "revenue == null",
        expect![[r#"
        1:12: expr.null
          revenue == null
                     ^^^^
          规则里不写 null：没有填报就是未知
          rules have no null: what is not on file is unknown
          → 问是否已知写作 known(字段)
          → write known(field) to ask whether it is on file
    "#]],
    );
    errors(
        "revenue",
        expect![[r#"
        1:1: expr.not-a-condition
          revenue
          ^^^^^^^
          这里要一个条件，却是金额
          a condition is needed here, not an amount of money
          → 补上比较，例如 >= wan(2000)
          → add a comparison, as >= wan(2000)
    "#]],
    );
    errors(
        "growth(region) > percent(1)",
        expect![[r#"
        1:8: expr.arguments
          growth(region) > percent(1)
                 ^^^^^^
          growth 要一个按年填报的字段
          growth takes a field that is reported yearly
          → 写法：growth(revenue)
          → it is written growth(revenue)
    "#]],
    );
    errors(
        "at_least(4, dishonest, above_scale)",
        expect![[r#"
        1:10: expr.arguments
          at_least(4, dishonest, above_scale)
                   ^
          at_least 的个数要在 1 到 2 之间
          at_least takes a count from 1 to 2
          → 写法：at_least(2, a, b, c)
          → it is written at_least(2, a, b, c)
    "#]],
    );
    errors(
        "size_class in []",
        expect![[r#"
        1:15: expr.empty-list
          size_class in []
                        ^^
          这个列表里没有可选的值，条件永远不成立
          nothing is in this list, so the condition never holds
    "#]],
    );
    errors(
        "patents.size",
        expect![[r#"
        1:9: expr.no-fields
          patents.size
                  ^^^^
          size 后面要有括号
          size needs brackets
          → 写作 .size()
          → write .size()
    "#]],
    );
    errors(
        "patents.exists(p, p.amount > wan(1))",
        expect![[r#"
        1:21: expr.unknown-name
          patents.exists(p, p.amount > wan(1))
                              ^^^^^^
          “专利”没有名为“amount”的字段
          patent has no field `amount`
          → 它有：kind、granted、fee、own
          → it has: kind, granted, fee, own
    "#]],
    );
}
