//! Rules over tables of firms: what is answered and why. Read them as stories.
mod common;
use expect_test::{Expect as Golden, expect};
use liangu_base::text::Lang;
use liangu_expr::explain::explain;
use liangu_expr::row::eval;
use liangu_expr::value::{Reason, Value};
use liangu_expr::{Expect, check, print};
use std::fmt::Write;

/// Prints the explanation of the rule for each row `name: facts`.
fn check_rule(rule: &str, rows: &str, lang: Lang, golden: Golden) {
    let schema = common::firm();
    let typed = check(rule, &schema, Expect::Bool).unwrap_or_else(|f| panic!("{}", f[0].render(rule)));
    let mut out = String::new();
    for line in rows.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (name, facts) = line.split_once(':').unwrap();
        let explained = explain(&typed, &schema, &common::facts(&schema, facts), &common::context());
        let _ = write!(out, "{name} {}", explained.render(lang));
    }
    golden.assert_eq(&out);
}

#[test]
fn a_subsidy_for_small_manufacturers() {
    check_rule(
        r#"within(industry, "C") && revenue >= wan(2000) && !dishonest && years_since(established) >= 3"#,
        "甲: industry=3130 revenue=3_000_000_000 dishonest=no established=2019-05-01
         乙: industry=3130 revenue=1_000_000_000 dishonest=no established=2019-05-01
         丙: industry=65   revenue=3_000_000_000 dishonest=yes established=2024-02-29
         丁: industry=3130 revenue=?             dishonest=no established=2019-05-01
         戊: industry=3130 revenue=3_000_000_000 dishonest=no established=2024-02-29",
        Lang::Zh,
        expect![[r#"
            甲 ✓ 以下都要满足
              ✓ 行业属于制造业（行业 钢压延加工）
              ✓ 营业收入不少于 2,000 万元（2025 年营业收入 3,000 万元）
              ✓ 不是失信被执行人（失信被执行人 否）
              ✓ 成立日期至今满 3 年（成立日期 2019-05-01）
            乙 ✗ 以下都要满足
              ✓ 行业属于制造业（行业 钢压延加工）
              ✗! 营业收入不少于 2,000 万元（2025 年营业收入 1,000 万元；差 1,000 万元）
              ✓ 不是失信被执行人（失信被执行人 否）
              ✓ 成立日期至今满 3 年（成立日期 2019-05-01）
            丙 ✗ 以下都要满足
              ✗ 行业属于制造业（行业 软件业）
              ✓ 营业收入不少于 2,000 万元（2025 年营业收入 3,000 万元）
              ✗ 不是失信被执行人（失信被执行人 是）
              ✗ 成立日期至今满 3 年（成立日期 2024-02-29；差 1 年；到 2027-02-28 自然满足）
            丁 ? 以下都要满足
              ✓ 行业属于制造业（行业 钢压延加工）
              ?! 营业收入不少于 2,000 万元（2025 年营业收入 未填报）
              ✓ 不是失信被执行人（失信被执行人 否）
              ✓ 成立日期至今满 3 年（成立日期 2019-05-01）
            戊 ✗ 以下都要满足
              ✓ 行业属于制造业（行业 钢压延加工）
              ✓ 营业收入不少于 2,000 万元（2025 年营业收入 3,000 万元）
              ✓ 不是失信被执行人（失信被执行人 否）
              ✗! 成立日期至今满 3 年（成立日期 2024-02-29；差 1 年；到 2027-02-28 自然满足）
        "#]],
    );
}

#[test]
fn the_high_tech_enterprise_rule_on_research_by_size() {
    check_rule(
        r#"(revenue <= wan(5000) && ratio(sum_years(rd_spend, -2, 0), sum_years(revenue, -2, 0)) >= percent(5))
        || (revenue > wan(5000) && revenue <= yi(2) && ratio(sum_years(rd_spend, -2, 0), sum_years(revenue, -2, 0)) >= percent(4))"#,
        "small: revenue=4000000000 revenue@-1=4000000000 revenue@-2=2000000000 rd_spend=250000000 rd_spend@-1=200000000 rd_spend@-2=49999999
         medium: revenue=6000000000 revenue@-1=4000000000 revenue@-2=2000000000 rd_spend=250000000 rd_spend@-1=200000000 rd_spend@-2=50000000
         young: revenue=6000000000 rd_spend=250000000",
        Lang::En,
        expect![[r#"
            small ✗ any of
              ✗! all of
                ✓ Revenue is at most CNY 50 million (Revenue in 2025 CNY 40 million)
                ✗! The 3-year total of R&D expense as a share of the 3-year total of Revenue is at least 5% (R&D expense in 2023 CNY 499,999.99; R&D expense in 2024 CNY 2 million; R&D expense in 2025 CNY 2.5 million; Revenue in 2023 CNY 20 million; Revenue in 2024 CNY 40 million; Revenue in 2025 CNY 40 million; off by 0.01%)
              ✗! all of
                ✗! Revenue is more than CNY 50 million (Revenue in 2025 CNY 40 million; off by CNY 10 million)
                ✓ Revenue is at most CNY 200 million (Revenue in 2025 CNY 40 million)
                ✓ The 3-year total of R&D expense as a share of the 3-year total of Revenue is at least 4% (R&D expense in 2023 CNY 499,999.99; R&D expense in 2024 CNY 2 million; R&D expense in 2025 CNY 2.5 million; Revenue in 2023 CNY 20 million; Revenue in 2024 CNY 40 million; Revenue in 2025 CNY 40 million)
            medium ✓ any of
              ✗ all of
                ✗ Revenue is at most CNY 50 million (Revenue in 2025 CNY 60 million; off by CNY 10 million)
                ✗ The 3-year total of R&D expense as a share of the 3-year total of Revenue is at least 5% (R&D expense in 2023 CNY 500,000; R&D expense in 2024 CNY 2 million; R&D expense in 2025 CNY 2.5 million; Revenue in 2023 CNY 20 million; Revenue in 2024 CNY 40 million; Revenue in 2025 CNY 60 million; off by 0.84%)
              ✓ all of
                ✓ Revenue is more than CNY 50 million (Revenue in 2025 CNY 60 million)
                ✓ Revenue is at most CNY 200 million (Revenue in 2025 CNY 60 million)
                ✓ The 3-year total of R&D expense as a share of the 3-year total of Revenue is at least 4% (R&D expense in 2023 CNY 500,000; R&D expense in 2024 CNY 2 million; R&D expense in 2025 CNY 2.5 million; Revenue in 2023 CNY 20 million; Revenue in 2024 CNY 40 million; Revenue in 2025 CNY 60 million)
            young ? any of
              ✗! all of
                ✗ Revenue is at most CNY 50 million (Revenue in 2025 CNY 60 million; off by CNY 10 million)
                ? The 3-year total of R&D expense as a share of the 3-year total of Revenue is at least 5% (R&D expense in 2023 not on file; R&D expense in 2024 not on file; R&D expense in 2025 CNY 2.5 million; Revenue in 2023 not on file; Revenue in 2024 not on file; Revenue in 2025 CNY 60 million)
              ?! all of
                ✓ Revenue is more than CNY 50 million (Revenue in 2025 CNY 60 million)
                ✓ Revenue is at most CNY 200 million (Revenue in 2025 CNY 60 million)
                ?! The 3-year total of R&D expense as a share of the 3-year total of Revenue is at least 4% (R&D expense in 2023 not on file; R&D expense in 2024 not on file; R&D expense in 2025 CNY 2.5 million; Revenue in 2023 not on file; Revenue in 2024 not on file; Revenue in 2025 CNY 60 million)
        "#]],
    );
}

#[test]
fn one_project_must_meet_all_conditions() {
    check_rule(
        r#"projects.exists(p, p.investment >= wan(500) && within(p.region, "4313")) && patents.filter(p, p.kind == "invention" && p.own).size() >= 2"#,
        "同一项目: projects=[investment=600000000 region=431302] patents=[kind=invention own=yes; kind=invention own=yes]
         两个项目: projects=[investment=600000000 region=44; investment=1 region=431302] patents=[kind=invention own=yes; kind=utility own=yes]
         不知道: patents=[kind=invention own=yes; kind=invention own=?]",
        Lang::Zh,
        expect![[r#"
            同一项目 ✓ 以下都要满足
              ✓ 有项目符合“投资额不少于 500 万元，且所在地属于娄底市”
              ✓ 符合“种类为发明，且是自主研发”的专利数量不少于 2
            两个项目 ✗ 以下都要满足
              ✗ 有项目符合“投资额不少于 500 万元，且所在地属于娄底市”
              ✗ 符合“种类为发明，且是自主研发”的专利数量不少于 2（差 1）
            不知道 ? 以下都要满足
              ? 有项目符合“投资额不少于 500 万元，且所在地属于娄底市”
              ? 符合“种类为发明，且是自主研发”的专利数量不少于 2
        "#]],
    );
}

#[test]
fn choices_and_counts() {
    check_rule(
        r#"at_least(2, "high_tech" in certs, size_class in ["small", "medium"], growth(revenue) >= percent(10)) && !("green" in certs && above_scale)"#,
        "two: certs=high_tech size_class=small
         one: certs=- size_class=micro revenue=110 revenue@-1=100
         none: certs=high_tech|green size_class=micro revenue=5 revenue@-1=0 above_scale=yes",
        Lang::En,
        expect![[r#"
            two ✓ all of
              ✓ at least 2 of
                ✓ Certificates include high_tech in English (Certificates high_tech in English)
                ✓ Size is small in English or medium in English (Size small in English)
                ? Growth of Revenue is at least 10% (Revenue in 2025 not on file; Revenue in 2024 not on file)
              ✓ not
                ✗ all of
                  ✗ Certificates include green in English (Certificates high_tech in English)
                  ? Above scale: yes (Above scale not on file)
            one ✗ all of
              ✗! at least 2 of
                ✗! Certificates include high_tech in English (Certificates none)
                ✗! Size is small in English or medium in English (Size micro in English)
                ✓ Growth of Revenue is at least 10% (Revenue in 2025 CNY 1.10; Revenue in 2024 CNY 1)
              ✓ not
                ✗ all of
                  ✗ Certificates include green in English (Certificates none)
                  ? Above scale: yes (Above scale not on file)
            none ✗ all of
              ? at least 2 of
                ✓ Certificates include high_tech in English (Certificates high_tech in English and green in English)
                ✗ Size is small in English or medium in English (Size micro in English)
                ? Growth of Revenue is at least 10% (Revenue in 2025 CNY 0.05; Revenue in 2024 CNY 0)
              ✗ not
                ✓ all of
                  ✓ Certificates include green in English (Certificates high_tech in English and green in English)
                  ✓ Above scale: yes (Above scale yes)
        "#]],
    );
}

/// GB/T 4754 industry and statistics: the class by staff and revenue, all lower bounds to be met (国统字〔2017〕213号).
#[test]
fn the_size_class_of_an_industrial_firm() {
    let bound = |employees: u32, wan: u32| format!("employees >= {employees} && revenue >= wan({wan})");
    let (large, medium, small) = (bound(1000, 40_000), bound(300, 2_000), bound(20, 300));
    let source = format!("{large} ? 3 : {medium} ? 2 : {small} ? 1 : 0");
    let schema = common::firm();
    let typed = check(&source, &schema, Expect::Any).unwrap_or_else(|f| panic!("{}", f[0].render(&source)));
    for (employees, wan, class) in [(1000, 40_000, 3), (1200, 39_999, 2), (299, 50_000, 1), (19, 50_000, 0), (20, 300, 1)] {
        let row = common::facts(&schema, &format!("employees={employees} revenue={}", wan * 1_000_000i64));
        assert_eq!(eval(&typed, &row, &common::context()), Value::Int(class), "{employees} persons, {wan} 万元");
    }
    let row = common::facts(&schema, "employees=10");
    assert_eq!(eval(&typed, &row, &common::context()), Value::Int(0), "ten people are micro whatever they earn");
}

#[test]
fn overflow_division_and_missing_facts_are_unknown_with_their_reason() {
    let schema = common::firm();
    let row = common::facts(&schema, "rank=0 revenue=9223372036854775807 revenue@-1=0");
    let value = |source: &str| {
        eval(&check(source, &schema, Expect::Any).unwrap_or_else(|f| panic!("{}", f[0].render(source))), &row, &common::context())
    };
    let arithmetic = |source: &str| assert!(matches!(value(source), Value::Unknown(Reason::Failed(_))), "{source}: {:?}", value(source));
    arithmetic("revenue + yuan(0.01)");
    arithmetic("revenue * 2");
    arithmetic("7 / rank");
    arithmetic("7 % rank");
    arithmetic("ratio(revenue, revenue.at(-1))");
    arithmetic("growth(revenue)");
    arithmetic("sum_years(revenue, -1, 0) + revenue");
    arithmetic("established_next > today".replace("established_next", "(today + 9000000)").as_str());
    assert!(matches!(value("rd_spend > wan(1)"), Value::Unknown(Reason::Missing { .. })));
    assert!(matches!(value("patents.size() > 0"), Value::Unknown(Reason::Missing { .. })), "nobody said which patents there are");
    assert_eq!(value("rd_spend > wan(1) && rank > 0"), Value::Bool(false), "no is no, whatever is missing");
    assert_eq!(value("known(rd_spend)"), Value::Bool(false));
    assert_eq!(value("rank / 3 * 3 - 7 / 2"), Value::Int(-3), "division truncates towards zero");
    assert_eq!(value("-7 / 2 + rank"), Value::Int(-3));
}

/// Every kind of leaf of the matching workload, as its policies write them.
#[test]
fn the_forms_of_the_workload() {
    let schema = common::firm();
    for (source, printed) in [
        ("(region == \"4313\" && rank >= 1000000 && dishonest == false)", "region == \"4313\" && rank >= 1000000 && !dishonest"),
        (
            "((rank >= 5 && rank <= 50) && size_class in [\"micro\", \"small\"])",
            "rank >= 5 && rank <= 50 && size_class in [\"micro\", \"small\"]",
        ),
        (
            "(\"srdi\" in certs || certs.exists(x, x in [\"green\", \"high_tech\"]))",
            "\"srdi\" in certs || certs.exists(x, x in [\"green\", \"high_tech\"])",
        ),
        (
            "(established <= date(\"2022-12-31\") && !((dishonest == true || industry in [\"26\", \"65\"])))",
            "established <= date(\"2022-12-31\") && !(dishonest || industry in [\"26\", \"65\"])",
        ),
    ] {
        let typed = check(source, &schema, Expect::Bool).unwrap_or_else(|f| panic!("{}", f[0].render(source)));
        assert_eq!(print::print(&typed, &schema), printed);
    }
}
