//! Policies written by hand around the persona, so that its page shows every kind of answer: what fits, what is one
//! step away and by how much, what only the firm can say. Document numbers read 示范发 as all invented ones do.
use super::Policy;
use super::clause::{Clause, number_articles};
use super::words::{wan_en, wan_zh};
use crate::organisations::Bodies;
use crate::places::{CITY, EDZ};
use liangu_base::{Date, Fen, Text};

/// One policy by hand.
#[derive(Debug)]
pub struct Written {
    pub title: (&'static str, &'static str),
    /// Key of the city's department; `edz` for the zone's committee.
    pub by: &'static str,
    pub kind: &'static str,
    pub mode: &'static str,
    pub cap: i64,
    pub rate: (&'static str, &'static str),
    /// Days from the judged day to the end of the window.
    pub days: Option<i32>,
    /// Sentence in both languages and the rule; an empty rule is a person's judgement.
    pub clauses: &'static [(&'static str, &'static str, &'static str)],
}

pub const IN_CITY: (&str, &str, &str) = ("在娄底市注册、纳税。", "It is registered and pays tax in Loudi.", "within(region, \"431300\")");
pub const HONEST: (&str, &str, &str) = ("未被列入严重失信名单。", "It is on no list of serious dishonesty.", "!dishonest");
pub const ABOVE: (&str, &str, &str) = (
    "统计在库的规模以上工业企业。",
    "It is an industrial firm in the statistics of enterprises above scale.",
    "above_scale && within(industry, \"C\")",
);
pub const SAFE: (&str, &str, &str) =
    ("近三年未发生重大安全、环保事故。", "It had no major accident or environmental incident in three years.", "!major_incident");

const FITTING: [Written; 13] = [
    Written {
        title: ("技术改造设备投资奖补", "Subsidy for equipment in technical upgrades"),
        by: "miit",
        kind: "subsidy",
        mode: "application",
        cap: 200,
        rate: ("按设备投资额的 8% 补助", "8 % of the equipment bought"),
        days: Some(10),
        clauses: &[
            IN_CITY,
            ABOVE,
            (
                "项目已备案，备案后的三年内实施。",
                "The project is filed and carried out within three years of filing.",
                "projects.exists(p, p.kind in [\"upgrade\", \"digital\"] && years_since(p.filed) < 3)",
            ),
            (
                "上一年度设备投资不少于 500 万元。",
                "Last year's investment in equipment was at least 5 million yuan.",
                "equipment_investment >= wan(500)",
            ),
            (
                "满足任意一项：省级专精特新中小企业；近两年营业收入连续增长。",
                "One of these holds: a provincial specialised SME; revenue grew in both of the last two years.",
                "\"srdi\" in certs || (revenue > revenue.at(-1) && revenue.at(-1) > revenue.at(-2))",
            ),
            SAFE,
            ("设备与备案的建设内容相符。", "The equipment agrees with what was filed.", ""),
        ],
    },
    Written {
        title: ("失业保险稳岗返还", "Refund of unemployment insurance"),
        by: "hr",
        kind: "employment",
        mode: "automatic",
        cap: 20,
        rate: ("中型企业按上年度实缴失业保险费的 60% 返还", "60 % of last year's contributions for a medium-sized firm"),
        days: None,
        clauses: &[
            IN_CITY,
            ("上一年度参保职工不少于 10 人。", "At least 10 people were insured last year.", "insured_employees >= 10"),
            ("企业划型为大中小微型之一。", "Its size class is known.", "size_class in [\"micro\", \"small\", \"medium\", \"large\"]"),
            HONEST,
        ],
    },
    Written {
        title: ("规模以上工业企业增产增收奖励", "Reward for growth of industrial firms"),
        by: "miit",
        kind: "reward",
        mode: "automatic",
        cap: 30,
        rate: ("按营业收入增量分档奖励", "By the growth of revenue"),
        days: None,
        clauses: &[
            IN_CITY,
            ABOVE,
            ("上一年度营业收入增长 10% 以上。", "Last year's revenue grew by 10 % or more.", "growth(revenue) >= percent(10)"),
            HONEST,
        ],
    },
    Written {
        title: ("有色金属材料企业扩能奖励", "Reward for growing non-ferrous firms"),
        by: "miit",
        kind: "reward",
        mode: "application",
        cap: 50,
        rate: ("按设备投资分档奖励", "By investment in equipment"),
        days: Some(37),
        clauses: &[
            IN_CITY,
            (
                "主营业务属于有色金属冶炼和压延加工业。",
                "The main business is the smelting and rolling of non-ferrous metals.",
                "within(industry, \"32\")",
            ),
            ("上一年度营业收入不低于 2 亿元。", "Last year's revenue was at least 200 million yuan.", "revenue >= wan(20000)"),
            (
                "上一年度设备投资不低于 1000 万元。",
                "Last year's investment in equipment was at least 10 million yuan.",
                "equipment_investment >= wan(1000)",
            ),
        ],
    },
    Written {
        title: ("经开区骨干企业用工补贴", "Staff subsidy for the zone's core firms"),
        by: "edz",
        kind: "employment",
        mode: "application",
        cap: 15,
        rate: ("按参保职工每人 500 元补贴", "500 yuan for each insured person"),
        days: Some(21),
        clauses: &[
            ("在娄底市本级登记。", "It is registered with the city.", "region == \"431300\""),
            ("上一年度参保职工不少于 300 人。", "At least 300 people were insured last year.", "insured_employees >= 300"),
            ("公共信用评价为 B 级以上。", "Its public credit grade is B or better.", "credit_grade in [\"A\", \"B\"]"),
        ],
    },
    Written {
        title: ("质量和环境管理体系认证补助", "Subsidy for quality and environmental certificates"),
        by: "market",
        kind: "subsidy",
        mode: "application",
        cap: 6,
        rate: ("每张证书 3 万元", "30,000 yuan a certificate"),
        days: Some(52),
        clauses: &[
            IN_CITY,
            (
                "同时持有质量和环境管理体系认证。",
                "It holds both certificates, ISO 9001 and ISO 14001.",
                "\"iso9001\" in certs && \"iso14001\" in certs",
            ),
            HONEST,
        ],
    },
    Written {
        title: ("守信企业流动资金贷款贴息", "Interest subsidy for trustworthy firms"),
        by: "financial",
        kind: "loan_interest",
        mode: "application",
        cap: 40,
        rate: ("按贷款利息的 30% 贴息", "30 % of the interest"),
        days: Some(66),
        clauses: &[
            IN_CITY,
            ("公共信用评价为 A 级。", "Its public credit grade is A.", "credit_grade == \"A\""),
            (
                "上一年末资产负债率不高于 70%。",
                "Debt was at most 70 % of assets at the end of last year.",
                "ratio(total_liabilities, total_assets) <= percent(70)",
            ),
            ("上一年度实缴税金不低于 300 万元。", "Tax paid last year was at least 3 million yuan.", "tax_paid >= wan(300)"),
        ],
    },
    Written {
        title: ("上市后备企业辅导补助", "Support on the way to listing"),
        by: "financial",
        kind: "subsidy",
        mode: "application",
        cap: 20,
        rate: ("按中介费用的一定比例补助", "A share of advisers' fees"),
        days: Some(88),
        clauses: &[
            IN_CITY,
            (
                "已进入上市后备库，尚未上市。",
                "It is on the reserve list and not yet listed.",
                "listed_stage in [\"reserve\", \"regional\", \"neeq\", \"counselling\"]",
            ),
            ("上一年度营业收入不低于 1 亿元。", "Last year's revenue was at least 100 million yuan.", "revenue >= wan(10000)"),
            HONEST,
        ],
    },
    Written {
        title: ("创新型中小企业培育奖励", "Reward for innovative SMEs"),
        by: "miit",
        kind: "reward",
        mode: "automatic",
        cap: 10,
        rate: ("一次性奖励", "A single payment"),
        days: None,
        clauses: &[
            IN_CITY,
            ("持有有效的创新型中小企业称号。", "It holds a valid title as innovative SME.", "\"innovative_sme\" in certs"),
            (
                "企业划型为中型、小型或微型。",
                "Its size class is medium, small or micro.",
                "size_class in [\"medium\", \"small\", \"micro\"]",
            ),
        ],
    },
    Written {
        title: ("锑及有色金属材料链配套奖励", "Reward for supplying the non-ferrous chain"),
        by: "miit",
        kind: "reward",
        mode: "application",
        cap: 15,
        rate: ("按新增本地配套额的 1% 奖励", "1 % of new local supply"),
        days: Some(44),
        clauses: &[
            IN_CITY,
            ("属于锑及有色金属材料产业链。", "It is on the chain of antimony and non-ferrous materials.", "\"antimony\" in chains"),
            ABOVE,
            SAFE,
        ],
    },
    Written {
        title: ("企业研发机构建设补助", "Support for R&D institutions"),
        by: "science",
        kind: "subsidy",
        mode: "application",
        cap: 30,
        rate: ("按研发机构设备投入的 20% 补助", "20 % of the institution's equipment"),
        days: Some(30),
        clauses: &[
            IN_CITY,
            (
                "建有研发机构，研发人员不少于 30 人。",
                "It has an R&D institution and at least 30 people in R&D.",
                "own_rd_institution && rd_staff >= 30",
            ),
            ("上一年度研发费用不低于 500 万元。", "Last year's R&D spending was at least 5 million yuan.", "rd_spend >= wan(500)"),
        ],
    },
    Written {
        title: ("工业企业厂房加层和土地集约奖励", "Reward for intensive use of land"),
        by: "resources",
        kind: "land",
        mode: "application",
        cap: 12,
        rate: ("按新增建筑面积奖励", "By floor space added"),
        days: Some(120),
        clauses: &[
            IN_CITY,
            ABOVE,
            ("注册资本不低于 1000 万元。", "Its registered capital is at least 10 million yuan.", "registered_capital >= wan(1000)"),
            ("没有停产停业。", "It has not suspended operation.", "!suspended"),
        ],
    },
    Written {
        title: ("安全生产标准化建设补助", "Support for work safety"),
        by: "emergency",
        kind: "subsidy",
        mode: "application",
        cap: 5,
        rate: ("一次性补助", "A single payment"),
        days: Some(75),
        clauses: &[
            IN_CITY,
            (
                "持有安全生产许可证和排污许可证。",
                "It holds a work safety permit and a discharge permit.",
                "\"safety_permit\" in certs && \"discharge_permit\" in certs",
            ),
            SAFE,
        ],
    },
];

/// Days before the judged one in which people claimed on these policies: they were in force already.
const LIVED: i32 = 70;

pub fn policies(as_of: Date, bodies: &Bodies) -> Vec<Policy> {
    let written = FITTING.iter().chain(&super::flagship_open::NEAR).chain(&super::flagship_open::OPEN);
    let policies = written.enumerate().map(|(number, w)| policy(number, w, as_of, bodies));
    policies.map(|policy| Policy { content: super::formula::written(&policy), ..policy }).collect()
}

fn policy(number: usize, written: &Written, as_of: Date, bodies: &Bodies) -> Policy {
    let body = if written.by == "edz" { bodies.committee(EDZ) } else { bodies.find(CITY, written.by) };
    let from = Date::from_ymd(as_of.year(), 1, 15).unwrap_or(as_of).min(as_of.add_days(-LIVED)).add_days(-(number as i32) * 9);
    let close = written.days.map(|days| as_of.add_days(days));
    let mut clauses: Vec<Clause> = written.clauses.iter().map(clause).collect();
    clauses.push(Clause::information(
        format!("{}，最高 {}。", written.rate.0, wan_zh(written.cap)),
        format!("{}, at most {}.", written.rate.1, wan_en(written.cap)),
    ));
    number_articles(&mut clauses);
    let amount = Text::new(
        format!("{}，最高 {}", written.rate.0, wan_zh(written.cap)),
        format!("{}, at most {}", written.rate.1, wan_en(written.cap)),
    );
    Policy {
        title: Text::fixed(written.title.0, written.title.1),
        number: Some(format!("娄示范发〔{}〕{:04}号", from.year(), number + 11)),
        issuer: body.map_or_else(|| Text::fixed("娄底市人民政府", "Loudi People's Government"), |b| b.name.clone()),
        department: body.map(|b| b.id),
        level: if written.by == "edz" { "park" } else { "city" },
        region: Some(CITY.to_owned()),
        kind: written.kind,
        mode: written.mode,
        series: "demonstration",
        confidence: None,
        document: "single",
        framework: None,
        grants: None,
        amount: Some(Fen::from_wan(written.cap)),
        summary: Some(Text::new(format!("{}：{}。", written.title.0, amount.zh), format!("{}: {}.", written.title.1, amount.en))),
        amount_text: Some(amount),
        published: Some(from),
        valid: (Some(from), Some(as_of.add_days(240 + 17 * number as i32))),
        window: (close.map(|to| to.add_days(-75).min(as_of.add_days(-20))), close),
        clauses,
        content: None,
    }
}

fn clause((zh, en, when): &(&'static str, &'static str, &'static str)) -> Clause {
    if when.is_empty() { Clause::person(zh, en) } else { Clause::deciding(*zh, *en, *when) }
}
