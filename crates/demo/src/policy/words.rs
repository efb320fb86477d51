//! Facts as the sentences of policies name them, with the thresholds that such texts like.

/// How a threshold is written, in the rule and in the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// 万元; `wan(…)` in the rule.
    Wan,
    /// Whole percent; `percent(…)` in the rule.
    Percent,
    /// 吨标准煤; `tce(…)` in the rule.
    Tce,
    /// A bare number with these words.
    Count(&'static str, &'static str),
}

#[derive(Debug)]
pub struct Word {
    pub field: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub measure: Measure,
    pub thresholds: &'static [i64],
}

use Measure::{Count, Percent, Tce, Wan};

const fn w(field: &'static str, zh: &'static str, en: &'static str, measure: Measure, thresholds: &'static [i64]) -> Word {
    Word { field, zh, en, measure, thresholds }
}

const PEOPLE: Measure = Count("人", "people");
const PIECES: Measure = Count("件", "");

pub static WORDS: [Word; 22] = [
    w(
        "revenue",
        "上一年度营业收入",
        "last year's revenue",
        Wan,
        &[200, 300, 500, 800, 1000, 2000, 3000, 5000, 10_000, 20_000, 30_000, 50_000],
    ),
    w("main_revenue", "上一年度主营业务收入", "last year's revenue of the main business", Wan, &[500, 1000, 2000, 5000, 10_000, 40_000]),
    w("tax_paid", "上一年度实缴税金", "tax paid last year", Wan, &[5, 10, 20, 30, 50, 100, 200, 300, 500, 1000]),
    w("export_value", "上一年度出口额", "last year's exports", Wan, &[50, 100, 200, 300, 500, 1000, 3000]),
    w("employees", "上一年度从业人数", "last year's staff", PEOPLE, &[5, 10, 20, 30, 50, 100, 200, 300]),
    w("insured_employees", "上一年度参保职工", "last year's insured staff", PEOPLE, &[3, 5, 10, 20, 30, 50, 100, 200, 310]),
    w(
        "equipment_investment",
        "上一年度设备投入",
        "last year's investment in equipment",
        Wan,
        &[10, 50, 100, 200, 300, 500, 1000, 2000, 3000],
    ),
    w("total_assets", "资产总额", "total assets", Wan, &[500, 1000, 3000, 5000, 10_000, 20_000]),
    w("equity_raised", "上一年度新增股权融资", "equity raised last year", Wan, &[200, 500, 1000, 2000]),
    w("loan_outstanding", "贷款余额", "loans outstanding", Wan, &[50, 100, 300, 500, 1000]),
    w("rd_spend", "上一年度研发费用", "last year's R&D spending", Wan, &[10, 20, 50, 100, 200, 300, 500, 800, 1000]),
    w("rd_ratio", "上一年度研发费用占营业收入比重", "last year's R&D share of revenue", Percent, &[2, 3, 4, 5, 6]),
    w("rd_staff", "上一年度研发人员", "last year's R&D staff", PEOPLE, &[2, 3, 5, 10, 20, 40]),
    w("hightech_income_ratio", "上一年度高新技术产品收入占比", "the high-tech share of last year's income", Percent, &[50, 60, 70]),
    w("invention_patents", "有效发明专利", "invention patents in force", PIECES, &[1, 2, 3, 5, 8]),
    w("patents", "有效专利", "patents in force", PIECES, &[3, 5, 10, 15, 30]),
    w("class1_ip", "I 类知识产权", "class I rights", PIECES, &[1, 2, 4]),
    w("years_in_segment", "从事主导产品细分市场", "time in the segment of the main product", Count("年", "years"), &[2, 3, 5, 10]),
    w("market_share", "主导产品国内市场占有率", "the main product's share of the market", Percent, &[5, 8, 10]),
    w("platform_score", "优质企业平台评分", "the score of the national platform", Count("分", "points"), &[50, 55, 60]),
    w("energy", "上一年度综合能耗", "last year's energy use", Tce, &[100, 500, 1000, 3000]),
    w("registered_capital", "注册资本", "registered capital", Wan, &[50, 100, 200, 500, 1000, 3000]),
];

/// Falls back to revenue for a field that has no words, which the tests exclude.
pub fn word(field: &str) -> &'static Word {
    WORDS.iter().find(|w| w.field == field).unwrap_or(&WORDS[0])
}

impl Word {
    /// The threshold as a constant of the language.
    pub fn constant(&self, value: i64) -> String {
        match self.measure {
            Measure::Wan => format!("wan({value})"),
            Measure::Percent => format!("percent({value})"),
            Measure::Tce => format!("tce({value})"),
            Measure::Count(..) => value.to_string(),
        }
    }

    pub fn amount_zh(&self, value: i64) -> String {
        match self.measure {
            Measure::Wan => wan_zh(value),
            Measure::Percent => format!("{value}%"),
            Measure::Tce => format!("{value} 吨标准煤"),
            Measure::Count(unit, _) => format!("{value} {unit}"),
        }
    }

    pub fn amount_en(&self, value: i64) -> String {
        match self.measure {
            Measure::Wan => wan_en(value),
            Measure::Percent => format!("{value} %"),
            Measure::Tce => format!("{value} tonnes of coal equivalent"),
            Measure::Count(_, "") => value.to_string(),
            Measure::Count(_, unit) => format!("{value} {unit}"),
        }
    }
}

/// 2000 → 2000 万元, 20000 → 2 亿元.
pub fn wan_zh(wan: i64) -> String {
    if wan >= 10_000 && wan % 10_000 == 0 { format!("{} 亿元", wan / 10_000) } else { format!("{wan} 万元") }
}

/// 50 → 500,000 yuan, 250 → 2.5 million yuan.
pub fn wan_en(wan: i64) -> String {
    match wan {
        0..=99 => format!("{}0,000 yuan", wan),
        _ if wan % 100 == 0 => format!("{} million yuan", wan / 100),
        _ => {
            let cents = format!("{}.{:02}", wan / 100, wan % 100);
            format!("{} million yuan", cents.trim_end_matches('0'))
        }
    }
}

/// Capital letter at the beginning of an English sentence.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// Names of the titles and certificates that policies ask for.
pub fn cert(code: &str) -> (&'static str, &'static str) {
    match code {
        "tech_sme" => ("科技型中小企业", "technology SME"),
        "innovative_sme" => ("创新型中小企业", "innovative SME"),
        "high_tech" => ("高新技术企业", "high-tech enterprise"),
        "srdi" => ("专精特新中小企业", "specialised and innovative SME"),
        "little_giant" => ("专精特新“小巨人”企业", "little giant"),
        "gazelle" => ("瞪羚企业", "gazelle"),
        "green_factory" => ("绿色工厂", "green factory"),
        "smart_factory" => ("智能工厂", "smart factory"),
        "digital_workshop" => ("数字化车间", "digital workshop"),
        "tech_center" => ("企业技术中心", "enterprise technology centre"),
        "engineering_center" => ("工程技术研究中心", "engineering research centre"),
        "farm_leader" => ("农业产业化龙头企业", "leading agricultural enterprise"),
        "quality_award" => ("政府质量奖", "government quality award"),
        "iso9001" => ("质量管理体系认证", "ISO 9001 certificate"),
        "iso14001" => ("环境管理体系认证", "ISO 14001 certificate"),
        "iso45001" => ("职业健康安全管理体系认证", "ISO 45001 certificate"),
        "iso50001" => ("能源管理体系认证", "ISO 50001 certificate"),
        "discharge_permit" => ("排污许可证", "discharge permit"),
        "cmmi" => ("软件能力成熟度认证", "CMMI certificate"),
        "aeo" => ("海关 AEO 认证", "customs AEO certificate"),
        "single_champion" => ("制造业单项冠军", "manufacturing champion"),
        _ => ("总部企业", "headquarters"),
    }
}
