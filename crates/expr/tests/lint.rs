//! What an author is asked about a rule that types.
mod common;
use expect_test::{Expect as Golden, expect};
use liangu_expr::{Expect, Severity, check_in, lint};

fn lints(sources: &[&str], golden: Golden) {
    let (schema, reference) = (common::firm(), common::reference());
    let mut out = String::new();
    for source in sources {
        let typed =
            check_in(source, &schema, Expect::Bool, &common::setting(&reference)).unwrap_or_else(|f| panic!("{}", f[0].render(source)));
        let findings = lint(&typed, &schema);
        if findings.is_empty() {
            out += &format!("{source}: nothing\n");
        }
        for finding in findings {
            out += &format!("{:?} {}", finding.severity(), finding.render(source));
        }
    }
    golden.assert_eq(&out);
}

#[test]
fn conditions_that_exclude_each_other_or_leave_nothing_out() {
    lints(
        &[
            "revenue >= wan(5) && revenue < wan(3)",
            "employees > 3 || employees <= 3",
            "revenue > wan(3) && above_scale && revenue <= wan(3)",
            "size_class == \"small\" && size_class == \"micro\"",
            "size_class != \"small\" || size_class != \"micro\"",
            "above_scale || !above_scale",
        ],
        expect![[r#"
            Error 1:22: lint.never
              revenue >= wan(5) && revenue < wan(3)
                                   ^^^^^^^^^^^^^^^^
              这些条件不会同时成立
              these conditions never hold together
              → 要其中之一成立，用 || 连接
              → to ask for one of them, join them with ||
            Warning 1:18: lint.always
              employees > 3 || employees <= 3
                               ^^^^^^^^^^^^^^
              这些条件总有一个成立
              one of these conditions always holds
              → 要同时成立，用 && 连接
              → to ask for all of them, join them with &&
            Error 1:36: lint.never
              revenue > wan(3) && above_scale && revenue <= wan(3)
                                                 ^^^^^^^^^^^^^^^^^
              这些条件不会同时成立
              these conditions never hold together
              → 要其中之一成立，用 || 连接
              → to ask for one of them, join them with ||
            Error 1:26: lint.never
              size_class == "small" && size_class == "micro"
                                       ^^^^^^^^^^^^^^^^^^^^^
              这些条件不会同时成立
              these conditions never hold together
              → 要其中之一成立，用 || 连接
              → to ask for one of them, join them with ||
            Warning 1:26: lint.always
              size_class != "small" || size_class != "micro"
                                       ^^^^^^^^^^^^^^^^^^^^^
              这些条件总有一个成立
              one of these conditions always holds
              → 要同时成立，用 && 连接
              → to ask for all of them, join them with &&
            Warning 1:16: lint.always
              above_scale || !above_scale
                             ^^^^^^^^^^^^
              这些条件总有一个成立
              one of these conditions always holds
              → 要同时成立，用 && 连接
              → to ask for all of them, join them with &&
        "#]],
    );
}

#[test]
fn days_parameters_and_child_records_exclude_each_other_too() {
    lints(
        &[
            "established >= date(\"2024-01-01\") && established < date(\"2023-01-01\")",
            "rd_ratio >= param(\"layoff_target\") && rd_ratio < percent(5)",
            "projects.exists(p, p.investment > wan(3) && p.investment < wan(3))",
        ],
        expect![[r#"
            Error 1:38: lint.never
              established >= date("2024-01-01") && established < date("2023-01-01")
                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              这些条件不会同时成立
              these conditions never hold together
              → 要其中之一成立，用 || 连接
              → to ask for one of them, join them with ||
            Error 1:39: lint.never
              rd_ratio >= param("layoff_target") && rd_ratio < percent(5)
                                                    ^^^^^^^^^^^^^^^^^^^^^
              这些条件不会同时成立
              these conditions never hold together
              → 要其中之一成立，用 || 连接
              → to ask for one of them, join them with ||
            Error 1:45: lint.never
              projects.exists(p, p.investment > wan(3) && p.investment < wan(3))
                                                          ^^^^^^^^^^^^^^^^^^^^^
              这些条件不会同时成立
              these conditions never hold together
              → 要其中之一成立，用 || 连接
              → to ask for one of them, join them with ||
        "#]],
    );
}

#[test]
fn what_is_possible_is_left_alone() {
    lints(
        &[
            "revenue >= wan(3) && revenue < wan(5)",
            "revenue > wan(3) || employees <= 3",
            "revenue >= wan(5) && revenue.at(-1) < wan(3)",
            "size_class in [\"small\", \"micro\"] && size_class != \"micro\"",
            "!(dishonest || above_scale)",
            "projects.exists(p, p.investment > wan(3)) && patents.exists(p, p.fee > wan(0))",
        ],
        expect![[r#"
            revenue >= wan(3) && revenue < wan(5): nothing
            revenue > wan(3) || employees <= 3: nothing
            revenue >= wan(5) && revenue.at(-1) < wan(3): nothing
            size_class in ["small", "micro"] && size_class != "micro": nothing
            !(dishonest || above_scale): nothing
            projects.exists(p, p.investment > wan(3)) && patents.exists(p, p.fee > wan(0)): nothing
        "#]],
    );
}

#[test]
fn slips_of_units_and_zeros() {
    lints(
        &[
            "revenue >= wan(20000000)",
            "rd_ratio >= percent(0.05)",
            "rd_ratio >= percent(500)",
            "growth(revenue) >= percent(500)",
            "revenue >= yuan(-1)",
            "certs.size() >= 0",
            "employees < 0",
        ],
        expect![[r#"
            Warning 1:12: lint.unit
              revenue >= wan(20000000)
                         ^^^^^^^^^^^^^
              2,000 亿元太大了，可能多写了“万”或几个零
              CNY 200 billion is too much; perhaps a unit or some zeros too many
              → wan(2000) 是 2,000 万元，yuan(2000) 是 2,000 元
              → wan(2000) is CNY 20 million, yuan(2000) is CNY 2,000
            Warning 1:13: lint.unit
              rd_ratio >= percent(0.05)
                          ^^^^^^^^^^^^^
              0.05% 很小，可能把百分数写成了小数
              0.05% is very little; perhaps a fraction was written for a percentage
              → 是不是 percent(5)？
              → did you mean percent(5)?
            Warning 1:13: lint.over-whole
              rd_ratio >= percent(500)
                          ^^^^^^^^^^^^
              研发费用占比是占整体的比例，不会超过 100%
              R&D ratio is a part of a whole and never above 100%
            growth(revenue) >= percent(500): nothing
            Warning 1:1: lint.negative
              revenue >= yuan(-1)
              ^^^^^^^^^^^^^^^^^^^
              营业收入不会小于零，这样比较没有意义
              Revenue is never below zero, so this comparison means nothing
            Warning 1:1: lint.negative
              certs.size() >= 0
              ^^^^^^^^^^^^^^^^^
              资质项数不会小于零，这样比较没有意义
              Number of Certificates is never below zero, so this comparison means nothing
            Warning 1:1: lint.negative
              employees < 0
              ^^^^^^^^^^^^^
              从业人数不会小于零，这样比较没有意义
              Employees is never below zero, so this comparison means nothing
        "#]],
    );
}

#[test]
fn said_twice_and_two_records_where_one_is_meant() {
    lints(
        &[
            "above_scale && revenue > wan(1) && above_scale",
            "industry in [\"26\", \"31\", \"26\"]",
            "within(region, \"43\", \"4313\", \"43\")",
            "projects.exists(p, p.investment >= wan(500)) && projects.exists(q, within(q.region, \"4313\"))",
            "leases.exists(l, l.area >= mu(1)) && leases.exists(l, l.from < today)",
        ],
        expect![[r#"
            Warning 1:36: lint.twice
              above_scale && revenue > wan(1) && above_scale
                                                 ^^^^^^^^^^^
              这个条件写了两遍
              this condition is written twice
              → 删去一个
              → delete one of them
            Warning 1:26: lint.repeated-code
              industry in ["26", "31", "26"]
                                       ^^^^
              “26”写了两遍
              "26" is written twice
              → 检查是否想写另一个代码
              → check whether another code was meant
            Note 1:1: lint.contained
              within(region, "43", "4313", "43")
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              “湖南省”已经包含“娄底市”
              43 in English contains 4313 in English already
              → 删去 "4313"
              → delete "4313"
            Warning 1:30: lint.repeated-code
              within(region, "43", "4313", "43")
                                           ^^^^
              “43”写了两遍
              "43" is written twice
              → 检查是否想写另一个代码
              → check whether another code was meant
            Warning 1:49: lint.two-records
              projects.exists(p, p.investment >= wan(500)) && projects.exists(q, within(q.region, "4313"))
                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              两个条件可能由两条不同的“项目”分别满足
              two different records of Projects may satisfy the two conditions
              → 要同一条满足，写作 projects.exists(x, x.investment >= wan(500) && within(x.region, "4313"))
              → if one record must satisfy both, write projects.exists(x, x.investment >= wan(500) && within(x.region, "4313"))
            Warning 1:38: lint.two-records
              leases.exists(l, l.area >= mu(1)) && leases.exists(l, l.from < today)
                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              两个条件可能由两条不同的“租约”分别满足
              two different records of Leases may satisfy the two conditions
              → 要同一条满足，写作 leases.exists(x, x.area >= mu(1) && x.from < today)
              → if one record must satisfy both, write leases.exists(x, x.area >= mu(1) && x.from < today)
        "#]],
    );
}

#[test]
fn mistakes_of_typing_are_errors() {
    let findings = liangu_expr::check("revenu > wan(1)", &common::firm(), Expect::Bool).expect_err("no such field");
    assert_eq!(findings[0].severity(), Severity::Error);
}
