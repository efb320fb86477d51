//! Parameters and lists of a day, put into rules.
mod common;
use expect_test::{Expect as Golden, expect};
use liangu_base::date::Date;
use liangu_expr::row::eval;
use liangu_expr::schema::{FieldDecl, Schema, Type};
use liangu_expr::typed::{Binding, Bound, Const, Typed};
use liangu_expr::value::Value;
use liangu_expr::{Expect, Setting, check, check_in, print, sentence};

fn typed_on(source: &str, schema: &Schema, day: Date) -> Typed {
    let reference = common::reference();
    let setting = Setting { day, ..common::setting(&reference) };
    check_in(source, schema, Expect::Any, &setting).unwrap_or_else(|f| panic!("{}", f[0].render(source)))
}

fn shown(value: Value) -> String {
    match value {
        Value::Int(n) => n.to_string(),
        Value::Bool(b) => b.to_string(),
        Value::Date(d) => d.to_string(),
        Value::Unknown(_) => "?".to_string(),
        other => format!("{other:?}"),
    }
}

/// `source | facts` lines, each with its value.
fn values(day: &str, lines: &str, golden: Golden) {
    let schema = common::firm();
    let mut out = String::new();
    for line in lines.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (source, facts) = line.split_once(" | ").unwrap_or((line, ""));
        let typed = typed_on(source, &schema, Date::parse(day).unwrap());
        out += &format!("{source} | {facts} = {}\n", shown(eval(&typed, &common::facts(&schema, facts), &common::context())));
    }
    golden.assert_eq(&out);
}

#[test]
fn the_most_specific_row_of_the_day_holds() {
    values(
        "2026-11-24",
        r#"param("minimum_wage") | region=431302
           param("minimum_wage") | region=431381
           param("minimum_wage") | region=44
           param("minimum_wage") | region=?
           param("layoff_target")
           param("unit_subsidy", size_class) | size_class=micro
           param("unit_subsidy", size_class) | size_class=large
           param("unit_subsidy", "small")
           param("quota", industry) | industry=3130
           param("quota", industry) | industry=26
           param("quota", industry) | industry=65
           listed("key_industries", industry) | industry=3130
           listed("key_industries", industry) | industry=26 region=44
           listed("key_industries", industry) | industry=26 region=4313
           listed("key_industries", industry) | industry=?
           listed("pilot_certificates", certs) | certs=green
           !listed("pilot_certificates", certs) | certs=srdi"#,
        expect![[r#"
            param("minimum_wage") | region=431302 = 180000
            param("minimum_wage") | region=431381 = 170000
            param("minimum_wage") | region=44 = ?
            param("minimum_wage") | region=? = ?
            param("layoff_target") |  = 550
            param("unit_subsidy", size_class) | size_class=micro = 100000
            param("unit_subsidy", size_class) | size_class=large = ?
            param("unit_subsidy", "small") |  = 50000
            param("quota", industry) | industry=3130 = 200
            param("quota", industry) | industry=26 = 300
            param("quota", industry) | industry=65 = ?
            listed("key_industries", industry) | industry=3130 = true
            listed("key_industries", industry) | industry=26 region=44 = true
            listed("key_industries", industry) | industry=26 region=4313 = false
            listed("key_industries", industry) | industry=? = ?
            listed("pilot_certificates", certs) | certs=green = ?
            !listed("pilot_certificates", certs) | certs=srdi = ?
        "#]],
    );
    values(
        "2020-06-30",
        r#"param("minimum_wage") | region=431302
           listed("pilot_certificates", certs) | certs=green|srdi
           listed("pilot_certificates", certs) | certs=srdi
           listed("pilot_certificates", cert) | cert=green"#,
        expect![[r#"
            param("minimum_wage") | region=431302 = 155000
            listed("pilot_certificates", certs) | certs=green|srdi = true
            listed("pilot_certificates", certs) | certs=srdi = false
            listed("pilot_certificates", cert) | cert=green = true
        "#]],
    );
}

#[test]
fn said_and_written_back() {
    let schema = common::firm();
    let mut out = String::new();
    for source in [
        r#"revenue >= param("minimum_wage") * 12"#,
        r#"rd_ratio <= param('layoff_target')"#,
        r#"param("layoff_target") >= rd_ratio"#,
        r#"param("unit_subsidy", size_class) > yuan(100)"#,
        r#"listed("key_industries", industry) && !listed("pilot_certificates", certs)"#,
        r#"projects.exists(p, p.investment >= param("minimum_wage"))"#,
    ] {
        let typed = typed_on(source, &schema, common::today());
        let (printed, said) = (print::print(&typed, &schema), sentence::text(&typed.root, &schema));
        assert_eq!(print::print(&typed_on(&printed, &schema, common::today()), &schema), printed);
        out += &format!("{printed}\n{}\n{}\n\n", said.zh, said.en);
    }
    expect![[r#"
        revenue >= param("minimum_wage") * 12
        营业收入不少于最低工资标准 × 12
        Revenue is at least the minimum wage × 12

        rd_ratio <= param("layoff_target")
        研发费用占比不高于裁员率控制目标（5.5%）
        R&D ratio is at most the layoff target (5.5%)

        rd_ratio <= param("layoff_target")
        研发费用占比不高于裁员率控制目标（5.5%）
        R&D ratio is at most the layoff target (5.5%)

        param("unit_subsidy", size_class) > yuan(100)
        企业规模对应的单位补贴标准多于 100 元
        The unit subsidy of Size is more than CNY 100

        listed("key_industries", industry) && !listed("pilot_certificates", certs)
        行业列入重点产业目录，且资质未列入试点资质
        Industry is listed in the catalogue of key industries and Certificates are not listed in pilot certificates

        projects.exists(x, x.investment >= param("minimum_wage"))
        有项目符合“投资额不少于最低工资标准”
        Projects include one where Investment is at least the minimum wage

    "#]]
    .assert_eq(&out);
}

fn refused(sources: &[&str], golden: Golden) {
    let (schema, reference) = (common::firm(), common::reference());
    let mut out = String::new();
    for source in sources {
        let findings = check_in(source, &schema, Expect::Bool, &common::setting(&reference)).expect_err(source);
        out += &findings.iter().map(|f| f.render(source)).collect::<String>();
    }
    golden.assert_eq(&out);
}

#[test]
fn names_that_are_not_there() {
    refused(
        &[
            r#"revenue > param("minimum_wages")"#,
            r#"revenue > param("最低工资标准")"#,
            r#"revenue > param("subsidy_rate")"#,
            r#"revenue > param("key_industries")"#,
            r#"listed("minimum_wage", industry)"#,
        ],
        expect![[r#"
            1:17: expr.reference
              revenue > param("minimum_wages")
                              ^^^^^^^^^^^^^^^
              没有名为“minimum_wages”的参数
              there is no parameter `minimum_wages`
              → 是不是 "minimum_wage"？
              → did you mean "minimum_wage"?
            1:17: expr.reference
              revenue > param("最低工资标准")
                              ^^^^^^^^^^^^^^
              没有名为“最低工资标准”的参数
              there is no parameter `最低工资标准`
              → 是不是 "minimum_wage"？
              → did you mean "minimum_wage"?
            1:17: expr.reference
              revenue > param("subsidy_rate")
                              ^^^^^^^^^^^^^^
              没有名为“subsidy_rate”的参数
              there is no parameter `subsidy_rate`
              → 可用：unit_subsidy (单位补贴标准), minimum_wage (最低工资标准), layoff_target (裁员率控制目标), quota (产业限额)
              → there are: unit_subsidy (the unit subsidy), minimum_wage (the minimum wage), layoff_target (the layoff target), quota (the quota of the industry)
            1:17: expr.reference
              revenue > param("key_industries")
                              ^^^^^^^^^^^^^^^^
              没有名为“key_industries”的参数
              there is no parameter `key_industries`
              → 它写作 listed("key_industries", …)
              → it is written listed("key_industries", …)
            1:8: expr.reference
              listed("minimum_wage", industry)
                     ^^^^^^^^^^^^^^
              没有名为“minimum_wage”的名单
              there is no list `minimum_wage`
              → 它写作 param("minimum_wage", …)
              → it is written param("minimum_wage", …)
        "#]],
    );
}

#[test]
fn codes_that_do_not_fit() {
    refused(
        &[
            r#"revenue > param("minimum_wage", region)"#,
            r#"revenue > param("unit_subsidy")"#,
            r#"listed("key_industries", size_class)"#,
            r#"revenue > param(name)"#,
        ],
        expect![[r#"
            1:11: expr.arguments
              revenue > param("minimum_wage", region)
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              param 的这个参数不按代码取值
              param takes no code: this parameter has one value
              → 写法：param("minimum_wage")
              → it is written param("minimum_wage")
            1:11: expr.arguments
              revenue > param("unit_subsidy")
                        ^^^^^^^^^^^^^^^^^^^^^
              param 的这个参数按代码取值，要写代码
              param takes a code as well: this parameter has a value for each
              → 写法：param("minimum_wage")
              → it is written param("minimum_wage")
            1:26: expr.arguments
              listed("key_industries", size_class)
                                       ^^^^^^^^^^
              listed 的代码要属于 industry，却是“规模”代码
              listed takes a code of industry, not a code of size_class
              → 写法：listed("key_industries", industry)
              → it is written listed("key_industries", industry)
            1:17: expr.arguments
              revenue > param(name)
                              ^^^^
              param 的名称要写在引号里
              param takes a quoted name
              → 写法：param("minimum_wage")
              → it is written param("minimum_wage")
        "#]],
    );
}

#[test]
fn places_without_data_or_region() {
    let (schema, reference) = (common::firm(), common::reference());
    let alone = r#"listed("key_industries", industry)"#;
    let mut out = check(alone, &schema, Expect::Bool).expect_err("no data")[0].render(alone);
    let nowhere = Setting { region_field: None, ..common::setting(&reference) };
    let wage = r#"revenue > param("minimum_wage")"#;
    out += &check_in(wage, &schema, Expect::Bool, &nowhere).expect_err("no region")[0].render(wage);
    expect![[r#"
        1:1: expr.reference
          listed("key_industries", industry)
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          这里不能用参数和名单：没有给出它们的数据和日期
          parameters and lists are not available here: their data and day are not given
        1:11: expr.reference
          revenue > param("minimum_wage")
                    ^^^^^^^^^^^^^^^^^^^^^
          “最低工资标准”因地区而异，而这里没有地区
          the minimum wage differs by region, and there is no region here
    "#]]
    .assert_eq(&out);
}

/// Dates of a policy become constants, and its own judged year is another one than the system's.
#[test]
fn a_policy_puts_in_its_own_dates_and_years() {
    let mut schema = common::firm();
    let date = |zh: &'static str| FieldDecl { label: liangu_base::text::Text::fixed(zh, zh), ty: Type::Date, yearly: false };
    let dates = ["cut_off", "window_to", "published"].map(|name| (name.to_string(), date(name)));
    schema.params.insert("policy".to_string(), dates.into_iter().collect());
    let cut_off = Bound::Const(Const::Date(Date::parse("2025-06-30").unwrap()));
    let key = |field: &str| ("policy".to_string(), field.to_string());
    let binding = Binding { values: [(key("cut_off"), cut_off), (key("window_to"), Bound::Today)].into(), year_shift: -1 };
    let facts = "region=431302 revenue=300 revenue@-1=200 revenue@-2=100 established=2020-01-01";
    let mut out = String::new();
    for source in [
        "established < policy.cut_off",
        "policy.window_to",
        "established <= add_months(policy.cut_off, -36)",
        "established <= policy.cut_off - 365",
        "established < policy.published",
        "revenue",
        "growth(revenue)",
        "sum_years(revenue, -1, 0)",
        "year",
        "within(region, user.region)",
        "within(region, '4313') && param('layoff_target') > percent(1)",
    ] {
        let bound = typed_on(source, &schema, common::today()).bound(&binding, &schema);
        let value = eval(&bound, &common::facts(&schema, facts), &common::context());
        out += &format!("{source} → {} = {}\n", print::print(&bound, &schema), shown(value));
    }
    expect![[r#"
        established < policy.cut_off → established < date("2025-06-30") = true
        policy.window_to → today = 2026-11-24
        established <= add_months(policy.cut_off, -36) → established <= date("2022-06-30") = true
        established <= policy.cut_off - 365 → established <= date("2024-06-30") = true
        established < policy.published → established < null = ?
        revenue → revenue.at(-1) = 200
        growth(revenue) → growth(revenue.at(-1)) = 10000
        sum_years(revenue, -1, 0) → sum_years(revenue, -2, -1) = 300
        year → year + -1 = 2024
        within(region, user.region) → within(region, null) = ?
        within(region, '4313') && param('layoff_target') > percent(1) → within(region, "4313") && param("layoff_target") > percent(1) = true
    "#]]
    .assert_eq(&out);
    let region =
        Binding { values: [(("user".to_string(), "region".to_string()), Bound::Const(Const::Text("4313".into())))].into(), year_shift: 0 };
    let within = typed_on("within(region, user.region)", &schema, common::today()).bound(&region, &schema);
    assert_eq!(print::print(&within, &schema), "within(region, \"4313\")");
}
