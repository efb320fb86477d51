//! Forms that policies need: steps, periods, first years, collections that may lack records.
mod common;
use expect_test::{Expect as Golden, expect};
use liangu_expr::row::eval;
use liangu_expr::value::Value;
use liangu_expr::{Expect, check, print, sentence};

fn shown(value: Value) -> String {
    match value {
        Value::Int(n) => n.to_string(),
        Value::Bool(b) => b.to_string(),
        Value::Date(d) => d.to_string(),
        Value::Unknown(_) => "?".to_string(),
        other => format!("{other:?}"),
    }
}

/// The rule said in both languages, then its value for each row of facts.
fn story(source: &str, rows: &[&str], golden: Golden) {
    let schema = common::firm();
    let typed = check(source, &schema, Expect::Any).unwrap_or_else(|f| panic!("{}", f[0].render(source)));
    let said = sentence::text(&typed.root, &schema);
    let mut out = format!("{}\n{}\n{}\n", print::print(&typed, &schema), said.zh, said.en);
    for row in rows {
        out += &format!("{row} = {}\n", shown(eval(&typed, &common::facts(&schema, row), &common::context())));
    }
    golden.assert_eq(&out);
}

#[test]
fn amounts_by_steps() {
    story(
        "bands(revenue, yuan(0), wan(1000), wan(10), wan(5000), share(revenue, percent(2)))",
        &["revenue=999_999_999", "revenue=1_000_000_000", "revenue=5_000_000_000", "revenue=?"],
        expect![[r#"
            bands(revenue, yuan(0), wan(1000), wan(10), wan(5000), share(revenue, percent(2)))
            按营业收入分档（不足 1,000 万元为 0 元，满 1,000 万元为 10 万元，满 5,000 万元为营业收入的2%）
            By Revenue (CNY 0 below CNY 10 million, CNY 100,000 from CNY 10 million, 2% of Revenue from CNY 50 million)
            revenue=999_999_999 = 0
            revenue=1_000_000_000 = 10000000
            revenue=5_000_000_000 = 100000000
            revenue=? = ?
        "#]],
    );
    story(
        "tiers(employees, wan(1), 20, wan(2), 300, rd_spend)",
        &["employees=20", "employees=21", "employees=301", "employees=301 rd_spend=7"],
        expect![[r#"
            tiers(employees, wan(1), 20, wan(2), 300, rd_spend)
            按从业人数分档（不超过 20 人为 1 万元，不超过 300 人为 2 万元，其余为研发费用）
            By Employees (CNY 10,000 up to 20 people, CNY 20,000 up to 300 people, R&D expense above)
            employees=20 = 1000000
            employees=21 = 2000000
            employees=301 = ?
            employees=301 rd_spend=7 = 7
        "#]],
    );
    story(
        "floor_to(share(revenue, percent(3)), wan(1))",
        &["revenue=123_456_789", "revenue=-1", "revenue=?"],
        expect![[r#"
            floor_to(share(revenue, percent(3)), wan(1))
            营业收入的3% （按 1 万元向下取整）
            3% of Revenue, rounded down to CNY 10,000
            revenue=123_456_789 = 3000000
            revenue=-1 = 0
            revenue=? = ?
        "#]],
    );
}

#[test]
fn periods() {
    story(
        "years_between(established, date('2026-06-30')) >= 3",
        &["established=2023-06-30", "established=2023-07-01"],
        expect![[r#"
            years_between(established, date("2026-06-30")) >= 3
            成立日期到 2026-06-30 满 3 年
            Established at least 3 years before 2026-06-30
            established=2023-06-30 = true
            established=2023-07-01 = false
        "#]],
    );
    story(
        "months_between(established, leases_since)",
        &["established=2024-01-31 leases_since=2024-02-29"],
        expect![[r#"
        months_between(established, leases_since)
        成立日期到租约登记起始日的满月数
        Full months from Established to Leases on file since
        established=2024-01-31 leases_since=2024-02-29 = 1
    "#]],
    );
    story(
        "established <= add_months(today, -36)",
        &["established=2023-11-24", "established=2023-11-25"],
        expect![[r#"
        established <= add_months(today, -36)
        成立日期不晚于今天之前 36 个月
        Established is on or before 36 months before today
        established=2023-11-24 = true
        established=2023-11-25 = false
    "#]],
    );
    story(
        "add_months(established, 12)",
        &["established=2024-02-29"],
        expect![[r#"
        add_months(established, 12)
        成立日期之后 12 个月
        12 months after Established
        established=2024-02-29 = 2025-02-28
    "#]],
    );
    story(
        "max_years(revenue, -2, 0) >= wan(1)",
        &["revenue=1 revenue@-1=1_000_000 revenue@-2=0", "revenue=1_000_000"],
        expect![[r#"
        max_years(revenue, -2, 0) >= wan(1)
        营业收入近 3 年最高值不少于 1 万元
        The 3-year high of Revenue is at least CNY 10,000
        revenue=1 revenue@-1=1_000_000 revenue@-2=0 = true
        revenue=1_000_000 = ?
    "#]],
    );
}

#[test]
fn a_figure_reached_for_the_first_time() {
    story(
        "first_reach(revenue, wan(2000))",
        &[
            "revenue=2_000_000_000 revenue@-1=1_999_999_999 established=2024-05-01",
            "revenue=2_000_000_000 revenue@-1=1_999_999_999 established=2023-05-01",
            "revenue=2_000_000_000 revenue@-1=2_000_000_000 established=2010-05-01",
            "revenue=1_999_999_999",
            "revenue=2_000_000_000 revenue@-1=1 revenue@-2=1 revenue@-3=1 revenue@-4=1 revenue@-5=1 revenue@-6=1 revenue@-7=1 revenue@-8=1 revenue@-9=1 revenue@-10=1",
            "revenue=2_000_000_000 revenue@-1=1",
        ],
        expect![[r#"
            first_reach(revenue, wan(2000))
            营业收入首次达到 2,000 万元
            Revenue reaches CNY 20 million for the first time
            revenue=2_000_000_000 revenue@-1=1_999_999_999 established=2024-05-01 = true
            revenue=2_000_000_000 revenue@-1=1_999_999_999 established=2023-05-01 = ?
            revenue=2_000_000_000 revenue@-1=2_000_000_000 established=2010-05-01 = false
            revenue=1_999_999_999 = false
            revenue=2_000_000_000 revenue@-1=1 revenue@-2=1 revenue@-3=1 revenue@-4=1 revenue@-5=1 revenue@-6=1 revenue@-7=1 revenue@-8=1 revenue@-9=1 revenue@-10=1 = true
            revenue=2_000_000_000 revenue@-1=1 = ?
        "#]],
    );
    story(
        "!first_reach(revenue, wan(2000))",
        &["revenue=1"],
        expect![[r#"
        !first_reach(revenue, wan(2000))
        营业收入不是首次达到 2,000 万元
        Revenue does not reach CNY 20 million for the first time
        revenue=1 = true
    "#]],
    );
}

const MAYBE_MISSING: [&str; 5] = [
    "leases=[from=2024-01-01] established=2020-01-01 leases_since=2021-01-01",
    "leases=[from=2024-01-01] established=2020-01-01 leases_since=2020-01-01",
    "leases=[from=2025-01-01] established=2020-01-01 leases_since=2021-01-01",
    "leases=[from=2025-01-01] established=2020-01-01 leases_since=2019-01-01",
    "leases=[from=2024-01-01]",
];

#[test]
fn what_is_not_found_where_records_may_be_missing() {
    let rows = MAYBE_MISSING;
    story(
        "leases.exists(l, l.from >= date('2025-01-01'))",
        &rows,
        expect![[r#"
        leases.exists(x, x.from >= date("2025-01-01"))
        有租约符合“起租日不早于 2025-01-01”
        Leases include one where From is on or after 2025-01-01
        leases=[from=2024-01-01] established=2020-01-01 leases_since=2021-01-01 = ?
        leases=[from=2024-01-01] established=2020-01-01 leases_since=2020-01-01 = false
        leases=[from=2025-01-01] established=2020-01-01 leases_since=2021-01-01 = true
        leases=[from=2025-01-01] established=2020-01-01 leases_since=2019-01-01 = true
        leases=[from=2024-01-01] = ?
    "#]],
    );
    story(
        "leases.filter(l, l.from >= date('2025-01-01')).size()",
        &rows,
        expect![[r#"
        leases.filter(x, x.from >= date("2025-01-01")).size()
        符合“起租日不早于 2025-01-01”的租约数量
        Number of Leases where From is on or after 2025-01-01
        leases=[from=2024-01-01] established=2020-01-01 leases_since=2021-01-01 = ?
        leases=[from=2024-01-01] established=2020-01-01 leases_since=2020-01-01 = 0
        leases=[from=2025-01-01] established=2020-01-01 leases_since=2021-01-01 = 1
        leases=[from=2025-01-01] established=2020-01-01 leases_since=2019-01-01 = 1
        leases=[from=2024-01-01] = ?
    "#]],
    );
}

#[test]
fn what_is_sure_although_records_may_be_missing() {
    let rows = MAYBE_MISSING;
    story(
        "leases.all(l, l.from < date('2025-01-01'))",
        &rows,
        expect![[r#"
        leases.all(x, x.from < date("2025-01-01"))
        租约每一项都“起租日早于 2025-01-01”
        In every one of Leases: From is before 2025-01-01
        leases=[from=2024-01-01] established=2020-01-01 leases_since=2021-01-01 = true
        leases=[from=2024-01-01] established=2020-01-01 leases_since=2020-01-01 = true
        leases=[from=2025-01-01] established=2020-01-01 leases_since=2021-01-01 = false
        leases=[from=2025-01-01] established=2020-01-01 leases_since=2019-01-01 = false
        leases=[from=2024-01-01] = true
    "#]],
    );
    story(
        "complete(leases)",
        &rows,
        expect![[r#"
        complete(leases)
        租约登记齐全
        Leases are completely on file
        leases=[from=2024-01-01] established=2020-01-01 leases_since=2021-01-01 = ?
        leases=[from=2024-01-01] established=2020-01-01 leases_since=2020-01-01 = true
        leases=[from=2025-01-01] established=2020-01-01 leases_since=2021-01-01 = ?
        leases=[from=2025-01-01] established=2020-01-01 leases_since=2019-01-01 = true
        leases=[from=2024-01-01] = ?
    "#]],
    );
    story(
        "!leases.exists(l, l.area >= mu(1)) || complete(leases)",
        &[],
        expect![[r#"
        !leases.exists(x, x.area >= mu(1)) || complete(leases)
        没有租约符合“面积不少于 1 亩”，或租约登记齐全
        Leases include none where Area is at least 1 mu or Leases are completely on file
    "#]],
    );
}

#[test]
fn one_collection_within_another() {
    story(
        "leases.exists(l, l.area >= mu(1) && projects.exists(p, p.started >= l.from))",
        &[
            "leases=[from=2024-01-01 area=1000] projects=[started=2024-01-01]",
            "leases=[from=2024-01-02 area=1000] projects=[started=2024-01-01] established=2020-01-01 leases_since=2020-01-01",
        ],
        expect![[r#"
            leases.exists(x, x.area >= mu(1) && projects.exists(y, y.started >= x.from))
            有租约符合“面积不少于 1 亩，且有项目符合“开工日不早于起租日””
            Leases include one where Area is at least 1 mu and Projects include one where Started is on or after From
            leases=[from=2024-01-01 area=1000] projects=[started=2024-01-01] = true
            leases=[from=2024-01-02 area=1000] projects=[started=2024-01-01] established=2020-01-01 leases_since=2020-01-01 = false
        "#]],
    );
    story(
        "projects.filter(p, within(p.region, '4313')).mean(p, p.investment)",
        &["projects=[investment=100 region=4313; investment=201 region=431302; investment=9 region=44]", "projects=[]"],
        expect![[r#"
            projects.filter(x, within(x.region, "4313")).mean(x, x.investment)
            符合“所在地属于娄底市”的项目的投资额平均值
            Mean Investment of Projects where Place is in 4313 in English
            projects=[investment=100 region=4313; investment=201 region=431302; investment=9 region=44] = 150
            projects=[] = ?
        "#]],
    );
}

fn refused(sources: &[&str], golden: Golden) {
    let schema = common::firm();
    let mut out = String::new();
    for source in sources {
        let findings = check(source, &schema, Expect::Bool).expect_err(source);
        out += &findings.iter().map(|f| f.render(source)).collect::<String>();
    }
    golden.assert_eq(&out);
}

#[test]
fn steps_that_cannot_be() {
    refused(
        &[
            "bands(revenue, wan(1), wan(5000), wan(2), wan(1000), wan(3)) > wan(1)",
            "bands(revenue, wan(1), wan(5000)) > wan(1)",
            "bands(revenue, wan(1), rd_spend, wan(2)) > wan(1)",
            "floor_to(revenue, yuan(0)) > wan(1)",
        ],
        expect![[r#"
            1:43: expr.steps
              bands(revenue, wan(1), wan(5000), wan(2), wan(1000), wan(3)) > wan(1)
                                                        ^^^^^^^^^
              bands 的门槛要从小到大，这一个不比前一个大
              the thresholds of bands must ascend; this one does not lie above the one before
              → 检查单位和零的个数，再按从小到大排列
              → check the units and the zeros, then put them in ascending order
            1:1: expr.arguments
              bands(revenue, wan(1), wan(5000)) > wan(1)
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              bands 的参数个数不对
              bands has the wrong number of arguments
              → 写法：bands(revenue, yuan(0), wan(1000), wan(10), wan(5000), wan(50))
              → it is written bands(revenue, yuan(0), wan(1000), wan(10), wan(5000), wan(50))
            1:24: expr.arguments
              bands(revenue, wan(1), rd_spend, wan(2)) > wan(1)
                                     ^^^^^^^^
              bands 的门槛要是固定的值
              bands takes fixed values as thresholds
              → 写法：bands(revenue, yuan(0), wan(1000), wan(10), wan(5000), wan(50))
              → it is written bands(revenue, yuan(0), wan(1000), wan(10), wan(5000), wan(50))
            1:19: expr.arguments
              floor_to(revenue, yuan(0)) > wan(1)
                                ^^^^^^^
              floor_to 的步长要大于零
              floor_to takes a step above zero
              → 写法：floor_to(amount, wan(1))
              → it is written floor_to(amount, wan(1))
        "#]],
    );
}

#[test]
fn dates_and_collections_that_cannot_be() {
    refused(
        &[
            "add_months(established, wan(1)) > today",
            "months_between(established, revenue) > 1",
            "first_reach(energy, tce(1))",
            "complete(patents)",
            "complete(revenue)",
        ],
        expect![[r#"
            1:25: expr.arguments
              add_months(established, wan(1)) > today
                                      ^^^^^^
              add_months 要月数，却是金额
              add_months takes a number of months, not an amount of money
              → 写法：add_months(established, 36)
              → it is written add_months(established, 36)
            1:29: expr.arguments
              months_between(established, revenue) > 1
                                          ^^^^^^^
              months_between 要日期，却是金额
              months_between takes dates, not an amount of money
              → 写法：months_between(established, date("2026-06-30"))
              → it is written months_between(established, date("2026-06-30"))
            1:13: expr.arguments
              first_reach(energy, tce(1))
                          ^^^^^^
              first_reach 要一个按年填报的字段
              first_reach takes a field that is reported yearly
              → 写法：first_reach(revenue, yi(1))
              → it is written first_reach(revenue, yi(1))
            1:10: expr.arguments
              complete(patents)
                       ^^^^^^^
              complete 不能用于“专利”：没有说明从何时起登记齐全
              complete does not work on Patents: nothing says since when it is complete
              → 写法：complete(leases)
              → it is written complete(leases)
            1:10: expr.arguments
              complete(revenue)
                       ^^^^^^^
              complete 用在一组子记录上
              complete works on a collection of child records
              → 写法：complete(leases)
              → it is written complete(leases)
        "#]],
    );
}
