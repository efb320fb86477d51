//! Rules said in both languages, and written back as text.
mod common;
use expect_test::{Expect as Golden, expect};
use liangu_expr::{Expect, check, print, sentence};

fn said(sources: &[&str], golden: Golden) {
    let schema = common::firm();
    let mut out = String::new();
    for source in sources {
        let typed = check(source, &schema, Expect::Any).unwrap_or_else(|f| panic!("{}", f[0].render(source)));
        let text = sentence::text(&typed.root, &schema);
        out += &format!("{}\n{}\n{}\n\n", print::print(&typed, &schema), text.zh, text.en);
    }
    golden.assert_eq(&out);
}

#[test]
fn leaves() {
    said(
        &[
            "revenue >= wan(2000)",
            "wan(2000) <= revenue",
            "rd_ratio.at(-1) < percent(2.5)",
            "employees <= 500",
            "land_area >= mu(50)",
            "energy < tce(1000)",
            "established <= date('2023-12-31')",
            "years_since(established) >= 3",
            "!(years_since(established) >= 3)",
            "size_class in ['small', 'medium', 'micro']",
            "size_class != 'large'",
            "within(region, '4313')",
            "within(region, user.region)",
            "'srdi' in certs",
            "!certs.exists(x, x in ['srdi', 'green'])",
            "['srdi', 'green'].all(c, c in certs)",
            "dishonest == false",
            "above_scale",
            "known(revenue)",
            "growth(revenue) >= percent(10)",
            "ratio(rd_spend, revenue) >= percent(3)",
            "sum_years(rd_spend, -1, 0) >= wan(1200)",
            "name.startsWith('湖南')",
            "park == user.park",
        ],
        expect![[r#"
            revenue >= wan(2000)
            营业收入不少于 2,000 万元
            Revenue is at least CNY 20 million

            revenue >= wan(2000)
            营业收入不少于 2,000 万元
            Revenue is at least CNY 20 million

            rd_ratio.at(-1) < percent(2.5)
            上年研发费用占比低于 2.5%
            R&D ratio of the year before is less than 2.5%

            employees <= 500
            从业人数不超过 500 人
            Employees is at most 500 people

            land_area >= mu(50)
            用地面积不少于 50 亩
            Land is at least 50 mu

            energy < tce(1000)
            综合能耗少于 1,000 吨标准煤
            Energy is less than 1,000 tce

            established <= date("2023-12-31")
            成立日期不晚于 2023-12-31
            Established is on or before 2023-12-31

            years_since(established) >= 3
            成立日期至今满 3 年
            Established at least 3 years ago

            !(years_since(established) >= 3)
            成立日期至今不满 3 年
            Established less than 3 years ago

            size_class in ["small", "medium", "micro"]
            企业规模为小型、中型或微型
            Size is small in English, medium in English or micro in English

            size_class != "large"
            企业规模不是大型
            Size is not large in English

            within(region, "4313")
            所在地区属于娄底市
            Region is in 4313 in English

            within(region, user.region)
            所在地区在本人的辖区之内
            Region is within the user's region

            "srdi" in certs
            资质含专精特新企业
            Certificates include srdi in English

            !certs.exists(x, x in ["srdi", "green"])
            资质不含专精特新企业或绿色工厂
            Certificates do not include srdi in English or green in English

            ["srdi", "green"].all(x, x in certs)
            资质同时含专精特新企业和绿色工厂
            Certificates include srdi in English and green in English

            !dishonest
            不是失信被执行人
            Dishonest debtor: no

            above_scale
            是规模以上企业
            Above scale: yes

            known(revenue)
            营业收入已填报
            Revenue is on file

            growth(revenue) >= percent(10)
            营业收入增长率不低于 10%
            Growth of Revenue is at least 10%

            ratio(rd_spend, revenue) >= percent(3)
            研发费用与营业收入之比不低于 3%
            R&D expense as a share of Revenue is at least 3%

            sum_years(rd_spend, -1, 0) >= wan(1200)
            研发费用近 2 年合计不少于 1,200 万元
            The 2-year total of R&D expense is at least CNY 12 million

            name.startsWith("湖南")
            名称以“湖南”开头
            Name begins with "湖南"

            park == user.park
            所在园区与本人的园区相同
            Park is the same as the user's park

        "#]],
    );
}

#[test]
fn whole_rules() {
    said(
        &[
            "within(industry, 'C') && (revenue >= wan(2000) || 'high_tech' in certs) && !dishonest",
            "!(dishonest || size_class == 'large')",
            "at_least(2, dishonest, above_scale, known(score))",
            "patents.filter(p, p.kind == 'invention').size() >= 2",
            "projects.exists(p, p.investment >= wan(500) && p.region == region)",
            "patents.all(p, p.own)",
            "patents.filter(p, p.own).sum(p, p.fee) > wan(1)",
            "above_scale ? share(revenue, percent(3)) : min(wan(50), revenue)",
            "max(revenue.at(-1), revenue.at(-2)) * 2 - yuan(12.34)",
        ],
        expect![[r#"
            within(industry, "C") && (revenue >= wan(2000) || "high_tech" in certs) && !dishonest
            行业属于制造业，且（营业收入不少于 2,000 万元，或资质含高新技术企业），且不是失信被执行人
            Industry is in C in English and (Revenue is at least CNY 20 million or Certificates include high_tech in English) and Dishonest debtor: no

            !(dishonest || size_class == "large")
            不是失信被执行人，且企业规模不是大型
            Dishonest debtor: no and Size is not large in English

            at_least(2, dishonest, above_scale, known(score))
            以下至少有 2 项：是失信被执行人；是规模以上企业；评分已填报
            At least 2 of: Dishonest debtor: yes; Above scale: yes; Score is on file

            patents.filter(x, x.kind == "invention").size() >= 2
            符合“种类为发明”的专利数量不少于 2
            Number of Patents where Kind is invention in English is at least 2

            projects.exists(x, x.investment >= wan(500) && x.region == region)
            有项目符合“投资额不少于 500 万元，且所在地与所在地区相同”
            Projects include one where Investment is at least CNY 5 million and Place is the same as Region

            patents.all(x, x.own)
            专利每一项都“是自主研发”
            In every one of Patents: Own work: yes

            patents.filter(x, x.own).sum(x, x.fee) > wan(1)
            符合“是自主研发”的专利的年费合计多于 1 万元
            Total Annual fee of Patents where Own work: yes is more than CNY 10,000

            above_scale ? share(revenue, percent(3)) : min(wan(50), revenue)
            营业收入的3%（如果是规模以上企业，否则50 万元、营业收入中的最小值）
            3% of Revenue (if Above scale: yes, otherwise the least of CNY 500,000, Revenue)

            max(revenue.at(-1), revenue.at(-2)) * 2 - yuan(12.34)
            （上年营业收入、2 年前的营业收入中的最大值 × 2） - 12.34 元
            (the greatest of Revenue of the year before, Revenue of 2 years before × 2) - CNY 12.34

        "#]],
    );
}
