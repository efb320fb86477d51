//! What an author sees whose text is not an expression, and the limits of one.
mod common;
use expect_test::{Expect as Golden, expect};
use liangu_expr::{Expect, check};

fn errors(source: &str, golden: Golden) {
    let schema = common::firm();
    let findings = check(source, &schema, Expect::Bool).expect_err(source);
    golden.assert_eq(&findings.iter().map(|f| f.render(source)).collect::<String>());
}

#[test]
fn what_does_not_parse() {
    errors(
        "",
        expect![[r#"
        1:1: expr.empty
          表达式是空的
          the expression is empty
          → 恒真写作 true
          → write true for a rule that always holds
    "#]],
    );
    errors(
        "dishonest and above_scale",
        expect![[r#"
        1:11: expr.syntax
          dishonest and above_scale
                    ^^^
          这里应是运算符或结尾，却是“and”
          an operator or the end is expected here, not `and`
          → 并且写作 &&
          → write && for and
    "#]],
    );
    errors(
        "revenue >= wan(2000",
        expect![[r#"
        1:20: expr.syntax
          revenue >= wan(2000
                             ^
          表达式在这里中断，还缺“)”
          the expression ends here, `)` is missing
    "#]],
    );
    errors(
        "size_class = \"small\"",
        expect![[r#"
        1:12: expr.syntax
          size_class = "small"
                     ^
          这里应是运算符或结尾，却是“=”
          an operator or the end is expected here, not `=`
          → 相等写作 ==
          → write == for equality
    "#]],
    );
    errors(
        "revenue ＞= wan(2000)",
        expect![[r#"
        1:9: expr.full-width
          revenue ＞= wan(2000)
                  ^^
          ＞ 是全角符号
          ＞ is a full-width character
          → 改用半角 >
          → write >
    "#]],
    );
    errors(
        "within（region，\"43\"）",
        expect![[r#"
        1:7: expr.full-width
          within（region，"43"）
                ^^
          （ 是全角符号
          （ is a full-width character
          → 改用半角 (
          → write (
    "#]],
    );
    errors(
        "name == “娄底”",
        expect![[r#"
        1:9: expr.full-width
          name == “娄底”
                  ^
          “ 是全角符号
          “ is a full-width character
          → 改用半角 "
          → write "
    "#]],
    );
    errors(
        "name == \"娄底",
        expect![[r#"
        1:9: expr.unterminated
          name == "娄底
                  ^^^^^
          字符串没有结束
          the string is not closed
          → 补上引号
          → add the closing quote
    "#]],
    );
    errors(
        "revenue >= 99999999999999999999",
        expect![[r#"
        1:12: expr.literal
          revenue >= 99999999999999999999
                     ^^^^^^^^^^^^^^^^^^^^
          数太大了
          the number is too large
    "#]],
    );
    errors(
        "known(revenue) &&\n  revenue[0] > 1",
        expect![[r#"
        2:10: expr.not-carried
            revenue[0] > 1
                   ^^^
          规则里不能用 [ ] 取值
          a rule cannot index with [ ]
          → 上一年写作 .at(-1)
          → write .at(-1) for the year before
    "#]],
    );
    errors(
        "{'a': 1}",
        expect![[r#"
        1:1: expr.not-carried
          {'a': 1}
          ^^^^^^^^
          规则里不能用这种值：按列匹配和数据库查询都承载不了
          a rule cannot use such a value: neither columns nor SQL carry it
          → 用数、代码、日期和函数表中规则可用的函数
          → use numbers, codes, dates and the functions that rules may use
    "#]],
    );
    errors(
        "name.matches(\"钢\") || size_class in [\"small\"]",
        expect![[r#"
        1:1: expr.not-carried
          name.matches("钢") || size_class in ["small"]
          ^^^^^^^^^^^^^^^^^^
          规则里不能用函数 matches：按列匹配和数据库查询都承载不了
          a rule cannot use the function matches: neither columns nor SQL carry it
          → 用数、代码、日期和函数表中规则可用的函数
          → use numbers, codes, dates and the functions that rules may use
    "#]],
    );
    errors(
        "Firm{name: 1}",
        expect![[r#"
        1:5: expr.message
          Firm{name: 1}
              ^
          不支持 protobuf 消息
          messages of protocol buffers are left out
          → 映射写作 {"名称": 值}
          → write {"name": value} for a map
    "#]],
    );
}

#[test]
fn limits_hold_without_exhausting_the_stack() {
    let schema = common::firm();
    let code = |source: &str| check(source, &schema, Expect::Bool).expect_err("too much")[0].code;
    assert_eq!(code(&"(".repeat(10_000)), "expr.too-deep");
    assert_eq!(code(&"!".repeat(10_000)), "expr.too-deep");
    assert_eq!(code(&"-".repeat(10_000)), "expr.too-deep");
    assert_eq!(code(&format!("a{}", ".a".repeat(9_000))), "expr.too-deep");
    assert_eq!(code(&format!("1{}", "+1".repeat(9_000))), "expr.too-deep");
    assert_eq!(code(&format!("[{}", "[".repeat(9_000))), "expr.too-deep");
    assert_eq!(code(&"true ? true : ".repeat(1_000)), "expr.too-deep");
    assert_eq!(code(&"x".repeat(20_001)), "expr.too-long");
    assert!(check(&vec!["dishonest"; 1_000].join(" && "), &schema, Expect::Bool).is_ok(), "a long flat rule is fine");
}
