//! What invented policies are about: the offer, who pays it, what it always asks and what it may ask beside.
use super::terms::Term::{self, *};
use crate::entry::Label;

/// A group of industries that a policy is for.
#[derive(Debug)]
pub struct Subject {
    pub key: &'static str,
    pub name: Label,
    /// Codes of GB/T 4754-2017 at any level.
    pub codes: &'static [&'static str],
}

const fn s(key: &'static str, zh: &'static str, en: &'static str, codes: &'static [&'static str]) -> Subject {
    Subject { key, name: Label::new(zh, en), codes }
}

pub static SUBJECTS: [Subject; 34] = [
    s("manufacturing", "制造业", "manufacturing", &["C"]),
    s("steel", "钢铁新材", "steel materials", &["31", "33"]),
    s("nonferrous", "有色金属", "non-ferrous metals", &["32", "09"]),
    s("ceramics", "先进陶瓷和建材", "ceramics and building materials", &["30"]),
    s("equipment", "装备制造", "equipment", &["34", "35"]),
    s("farm-machines", "农机装备", "farm machinery", &["3572", "3576", "3532"]),
    s("electrical", "电气和新能源", "electrical equipment and new energy", &["38", "44"]),
    s("electronics", "电子信息", "electronics", &["39"]),
    s("chemicals", "化工新材料", "chemicals and new materials", &["26", "29"]),
    s("food", "食品医药", "food and medicine", &["13", "14", "15", "27"]),
    s("green", "节能环保", "energy saving and environment", &["42", "46", "3591"]),
    s("vehicles", "汽车零部件", "vehicle parts", &["36", "37"]),
    s("light", "轻工纺织", "light industry and textiles", &["17", "18", "20", "21", "22", "23"]),
    s("mining", "采矿业", "mining", &["B"]),
    s("rolling", "钢压延", "steel rolling", &["3130"]),
    s("fasteners", "紧固件", "fasteners", &["3482"]),
    s("antimony", "锑品", "antimony products", &["3215", "0915"]),
    s("alloys", "有色合金", "non-ferrous alloys", &["3240", "3393"]),
    s("technical-ceramics", "特种陶瓷", "technical ceramics", &["3073", "3985"]),
    s("prefab", "装配式建筑", "prefabricated building", &["3022", "3024"]),
    s("hydraulics", "液压和工程机械", "hydraulics and construction machinery", &["3444", "3514"]),
    s("storage", "储能和光伏", "storage and photovoltaics", &["3841", "3825", "4416"]),
    s("motors", "电机", "motors", &["3812"]),
    s("recycling", "再生资源", "recycled resources", &["4210"]),
    s("printing", "文印和办公设备", "printing and office equipment", &["3474", "2319"]),
    s("tea", "油茶和茶叶", "camellia and tea", &["1331", "1530", "0162", "0164"]),
    s("farming", "现代农业", "farming", &["A"]),
    s("building", "建筑业", "construction", &["E"]),
    s("trade", "批发零售", "wholesale and retail", &["F"]),
    s("logistics", "现代物流", "logistics", &["G"]),
    s("hospitality", "住宿餐饮", "hotels and catering", &["H"]),
    s("software", "软件和信息服务", "software and information services", &["I"]),
    s("services", "商务和科技服务", "business and technical services", &["L", "M"]),
    s("culture", "文化旅游", "culture and tourism", &["R", "7291", "6110"]),
];

#[derive(Debug)]
pub struct Topic {
    pub stem: Label,
    /// Key of the department.
    pub department: &'static str,
    pub kind: &'static str,
    pub mode: &'static str,
    /// Highest amounts in 万元; none for policies without money.
    pub caps: &'static [i64],
    /// How the amount is found, without the cap.
    pub rate: Label,
    pub core: &'static [Term],
    pub extra: &'static [Term],
    /// Keys of [`SUBJECTS`]; empty for all industries.
    pub subjects: &'static [&'static str],
    pub weight: u32,
}

const INDUSTRY: &[&str] = &[
    "manufacturing",
    "steel",
    "nonferrous",
    "ceramics",
    "equipment",
    "farm-machines",
    "electrical",
    "electronics",
    "chemicals",
    "food",
    "green",
    "vehicles",
    "light",
    "mining",
    "rolling",
    "fasteners",
    "antimony",
    "alloys",
    "technical-ceramics",
    "prefab",
    "hydraulics",
    "storage",
    "motors",
    "recycling",
    "printing",
    "tea",
];
const TECHNICAL: &[&str] = &[
    "manufacturing",
    "steel",
    "nonferrous",
    "ceramics",
    "equipment",
    "electrical",
    "electronics",
    "chemicals",
    "software",
    "green",
    "storage",
    "technical-ceramics",
    "alloys",
];
/// What policies for any industry name when they name one: mostly what most firms do.
pub const EVERYDAY: &[&str] = &[
    "trade",
    "trade",
    "services",
    "building",
    "farming",
    "logistics",
    "hospitality",
    "culture",
    "software",
    "manufacturing",
    "food",
    "light",
];
const TRADE: &[&str] = &["trade", "hospitality"];
const ANY: &[&str] = &[];
const SME: &[&str] = &["micro", "small", "medium"];
const LITTLE: &[&str] = &["micro", "small"];
const LARGER: &[&str] = &["medium", "large"];
const HIGH: &[&str] = &["high_tech"];
const GRADIENT: &[&str] = &["srdi", "little_giant", "innovative_sme"];
const TECH: &[&str] = &["tech_sme", "high_tech", "innovative_sme"];
const QUALITY: &[&str] = &["iso9001", "iso14001", "iso45001"];
const GREEN: &[&str] = &["iso14001", "iso50001", "green_factory"];
const RD_PLACE: &[&str] = &["tech_center", "engineering_center"];
const HOMETOWN: Term = Flag("hometown_investor", true, "主要投资人为返乡创业人员。", "The main investor is a returned native.");
const SOUND: Term = Flag(
    "prohibited_products",
    false,
    "产品不属于国家禁止、限制和淘汰类。",
    "Its products are not prohibited, restricted or to be phased out.",
);
const AUDITED: Term = Flag("audited_accounts", true, "企业所得税实行查账征收。", "It is taxed on audited accounts.");
const OWN_RD: Term = Flag("own_rd_institution", true, "建有研发机构。", "It has an R&D institution.");

/// Whom a policy is for beside the industry.
#[derive(Debug)]
pub struct Audience {
    pub name: Label,
    /// The condition it means; none for everyone.
    pub term: Option<Term>,
    pub weight: u32,
}

const fn a(zh: &'static str, en: &'static str, term: Term, weight: u32) -> Audience {
    Audience { name: Label::new(zh, en), term: Some(term), weight }
}

/// Of policies for small firms, whose thresholds are low.
pub static LITTLE_ONES: [Audience; 4] = [
    a("小微企业", "micro and small firms", Size(LITTLE), 52),
    a("微型企业", "micro firms", Size(&["micro"]), 16),
    a("初创企业", "young firms", Young, 20),
    a("科技型中小企业", "technology SMEs", Holds(&["tech_sme"]), 12),
];

/// Of policies for larger firms, whose thresholds are high.
pub static LARGER_ONES: [Audience; 9] = [
    Audience { name: Label::new("", ""), term: None, weight: 16 },
    a("规上企业", "firms above scale", AboveScale, 20),
    a("中型企业", "medium-sized firms", Size(&["medium"]), 13),
    a("大中型企业", "medium and large firms", Size(LARGER), 12),
    a("高新技术企业", "high-tech firms", Holds(HIGH), 11),
    a("专精特新企业", "specialised firms", Holds(&["srdi", "little_giant"]), 10),
    a("两千万元以上企业", "firms from 20 million yuan", From(2000), 8),
    a("五千万元以上企业", "firms from 50 million yuan", From(5000), 7),
    a("两亿元以上企业", "firms from 200 million yuan", From(20_000), 4),
];

macro_rules! topics {
    ($($zh:literal, $en:literal, $dept:literal, $kind:literal, $mode:literal, $caps:expr, $rate_zh:literal, $rate_en:literal, $core:expr, $extra:expr, $subjects:expr, $weight:literal;)*) => {
        pub static TOPICS: &[Topic] = &[$(Topic {
            stem: Label::new($zh, $en), department: $dept, kind: $kind, mode: $mode, caps: &$caps,
            rate: Label::new($rate_zh, $rate_en), core: &$core, extra: &$extra, subjects: $subjects, weight: $weight,
        }),*];
    };
}

topics! {
    "技术改造设备投资奖补", "Subsidy for equipment in technical upgrades", "miit", "subsidy", "application", [30, 50, 100, 150], "按设备投资额的一定比例补助", "A share of the equipment bought", [AtLeast("equipment_investment")], [AboveScale, Project, AtLeast("tax_paid"), Growth, Either], INDUSTRY, 7;
    "智能制造和数字化改造补助", "Subsidy for digital upgrades", "miit", "subsidy", "application", [20, 50, 80, 120], "按数字化投入的一定比例补助", "A share of the digital investment", [Project], [AboveScale, Holds(GRADIENT), AtLeast("revenue"), Size(LARGER)], INDUSTRY, 5;
    "研发投入奖补", "Reward for R&D spending", "science", "reward", "application", [20, 50, 100], "按研发费用增量的一定比例奖补", "A share of the increase in R&D spending", [AtLeast("rd_ratio"), AtLeast("rd_spend")], [RdGrowth, Holds(TECH), AtLeast("rd_staff"), AboveScale], TECHNICAL, 6;
    "高新技术企业认定奖励", "Reward for high-tech recognition", "science", "reward", "automatic", [10, 20, 30], "一次性奖励", "A single payment", [Holds(HIGH)], [AtLeast("rd_ratio"), AtLeast("invention_patents"), Growth], TECHNICAL, 4;
    "高新技术企业培育补助", "Support for future high-tech firms", "science", "subsidy", "application", [5, 10, 15], "入库培育补助", "Support while in the pool", [HoldsNot("high_tech"), AtLeast("rd_ratio")], [AtLeast("patents"), Size(SME), Holds(TECH), AtLeast("hightech_income_ratio")], TECHNICAL, 4;
    "科技型中小企业研发补助", "R&D subsidy for technology SMEs", "science", "subsidy", "application", [5, 10, 20], "按研发费用的一定比例补助", "A share of R&D spending", [Holds(&["tech_sme"]), AtLeast("rd_spend")], [Size(LITTLE), AtLeast("rd_staff"), Young], TECHNICAL, 4;
    "专精特新中小企业奖励", "Reward for specialised SMEs", "miit", "reward", "automatic", [10, 20, 50], "一次性奖励", "A single payment", [Holds(GRADIENT)], [AtLeast("revenue"), AtLeast("years_in_segment"), AtLeast("rd_ratio")], INDUSTRY, 4;
    "企业研发机构建设补助", "Support for R&D institutions", "science", "subsidy", "application", [20, 50, 100], "按建设投入的一定比例补助", "A share of what the institution cost", [Holds(RD_PLACE)], [OWN_RD, AtLeast("rd_spend"), AtLeast("rd_staff")], TECHNICAL, 3;
    "发明专利产业化奖励", "Reward for patents put to use", "market", "reward", "application", [3, 5, 10, 20], "按专利数量分档奖励", "By the number of patents", [RecentInvention], [AtLeast("invention_patents"), AtLeast("revenue"), Size(SME)], TECHNICAL, 4;
    "质量和管理体系认证补助", "Subsidy for management certificates", "market", "subsidy", "application", [2, 3, 5, 10], "按认证费用补助", "The cost of certification", [Holds(QUALITY)], [AtLeast("employees"), Size(SME), AtLeast("revenue")], ANY, 4;
    "小微企业首次升规奖励", "Reward for first entering the statistics", "statistics", "reward", "automatic", [5, 8, 10, 20], "一次性奖励", "A single payment", [AboveScale, Young], [Growth, AtLeast("revenue"), Size(SME)], ANY, 4;
    "准规上企业培育补助", "Support for firms near the statistical line", "statistics", "subsidy", "application", [2, 3, 5], "培育补助", "Support on the way", [BelowScale, AtLeast("revenue")], [Growth, AtLeast("insured_employees"), Grade], ANY, 4;
    "规上工业企业稳产增效奖励", "Reward for steady output", "miit", "reward", "automatic", [10, 20, 30, 50], "按增加值增速分档奖励", "By growth of value added", [AboveScale, Growth], [AtLeast("tax_paid"), AtLeast("insured_employees"), Size(LARGER)], INDUSTRY, 5;
    "纳税贡献奖励", "Reward for tax paid", "finance", "reward", "application", [10, 30, 50, 100], "按纳税增量分档奖励", "By the increase in tax paid", [AtLeast("tax_paid")], [Growth, AboveScale, Grade, Debt], ANY, 4;
    "失业保险稳岗返还", "Refund of unemployment insurance", "hr", "employment", "automatic", [2, 5, 10, 20], "按上年度实缴失业保险费的一定比例返还", "A share of last year's contributions", [AtLeast("insured_employees")], [Size(LITTLE), Established, AtMost("employees")], ANY, 4;
    "一次性扩岗补助", "Grant for new jobs", "hr", "employment", "automatic", [1, 2, 5], "按新招用人数补助", "By people newly hired", [AtLeast("insured_employees"), Size(SME)], [Established, AtLeast("employees"), Grade], ANY, 4;
    "技能培训和以工代训补贴", "Training subsidy", "hr", "employment", "application", [3, 5, 10], "按培训人数补贴", "By people trained", [AtLeast("employees")], [AtLeast("insured_employees"), AboveScale, Established], INDUSTRY, 3;
    "引进高层次人才企业补助", "Support for recruiting talent", "hr", "talent", "application", [10, 20, 50], "按引才人数和层次补助", "By number and rank of recruits", [AtLeast("rd_staff")], [Holds(TECH), AtLeast("rd_spend"), OWN_RD], TECHNICAL, 3;
    "中小微企业贷款贴息", "Interest subsidy for small firms", "financial", "loan_interest", "application", [5, 10, 20, 30], "按贷款利息的一定比例贴息", "A share of the interest", [AtLeast("loan_outstanding"), Size(SME)], [Grade, Debt, Established, AtLeast("revenue")], ANY, 5;
    "技术改造贷款贴息", "Interest subsidy for upgrades", "miit", "loan_interest", "application", [20, 50, 100], "按项目贷款利息的一定比例贴息", "A share of the interest on the project's loan", [Project, AtLeast("loan_outstanding")], [AboveScale, AtLeast("equipment_investment"), Grade], INDUSTRY, 3;
    "政府性融资担保费补助", "Subsidy for guarantee fees", "financial", "guarantee", "application", [2, 5, 10], "按担保费的一定比例补助", "A share of the guarantee fee", [Size(LITTLE), AtLeast("loan_outstanding")], [Grade, Debt, Established], ANY, 4;
    "企业上市和挂牌奖励", "Reward for listing", "financial", "reward", "application", [30, 60, 100], "分阶段奖励", "In stages", [Listing], [AtLeast("revenue"), Debt, AtLeast("tax_paid")], ANY, 3;
    "股权投资引导基金支持", "Support by the guidance fund", "financial", "equity", "application", [50, 100, 150], "按股权融资额跟投", "Following an equity round", [AtLeast("equity_raised")], [Holds(TECH), AtLeast("rd_ratio"), Young], TECHNICAL, 2;
    "外贸出口增量奖励", "Reward for growing exports", "commerce", "trade", "application", [5, 10, 30, 50], "按出口增量奖励", "By the increase of exports", [AtLeast("export_value")], [Grade, AtLeast("revenue"), Holds(&["aeo", "iso9001"])], ANY, 4;
    "出口信用保险保费补助", "Subsidy for export credit insurance", "commerce", "insurance", "application", [3, 5, 10], "按保费的一定比例补助", "A share of the premium", [AtLeast("export_value"), Size(SME)], [Grade, Established], ANY, 2;
    "境内外展会参展补助", "Subsidy for trade fairs", "commerce", "subsidy", "application", [1, 2, 5], "按展位费补助", "The cost of the stand", [Established], [AtLeast("revenue"), Size(SME), AtLeast("patents"), Holds(QUALITY)], INDUSTRY, 3;
    "限额以上商贸企业奖励", "Reward for larger trading firms", "commerce", "reward", "automatic", [2, 3, 5, 10], "一次性奖励", "A single payment", [AboveScale], [Growth, AtLeast("revenue"), AtLeast("insured_employees")], TRADE, 4;
    "电子商务企业培育奖励", "Reward for electronic commerce", "commerce", "reward", "application", [3, 5, 10], "按网络零售额分档奖励", "By online sales", [AtLeast("revenue")], [Growth, Young, AtLeast("insured_employees"), HOMETOWN], &["trade", "software"], 3;
    "绿色制造体系建设奖励", "Reward for green manufacturing", "miit", "reward", "application", [10, 20, 50], "一次性奖励", "A single payment", [Holds(GREEN)], [AtMost("energy"), AboveScale, SOUND], INDUSTRY, 3;
    "节能降碳技术改造补助", "Subsidy for saving energy", "ndrc", "energy", "application", [20, 50, 100], "按节能量补助", "By energy saved", [AtLeast("energy")], [Project, AboveScale, Holds(GREEN)], INDUSTRY, 3;
    "工业企业用电成本补贴", "Subsidy for electricity", "ndrc", "energy", "automatic", [5, 10, 20], "按用电增量补贴", "By additional electricity used", [AboveScale, AtLeast("energy")], [Growth, Size(LARGER), SOUND], INDUSTRY, 2;
    "标准厂房租金补贴", "Rent subsidy for standard plants", "miit", "rent", "application", [5, 10, 20, 30], "按租金的一定比例补贴三年", "A share of the rent for three years", [Young], [AtLeast("equipment_investment"), AtLeast("insured_employees"), HOMETOWN], INDUSTRY, 4;
    "工业用地弹性供应支持", "Flexible supply of industrial land", "resources", "land", "application", [], "按弹性年期或先租后让供地", "Land for a flexible term or rented first", [AtLeast("tax_paid"), AtLeast("registered_capital")], [AtLeast("revenue"), AboveScale, SOUND], INDUSTRY, 2;
    "返乡创业一次性补助", "Start-up grant for returned natives", "hr", "subsidy", "application", [1, 2, 5], "一次性补助", "A single payment", [HOMETOWN, Young], [AtLeast("insured_employees"), Size(LITTLE)], ANY, 3;
    "农业产业化龙头企业奖励", "Reward for leading agricultural firms", "agriculture", "reward", "application", [5, 10, 30], "按级别一次性奖励", "By rank, a single payment", [Holds(&["farm_leader"])], [AtLeast("revenue"), Growth, AtLeast("employees")], &["farming", "food"], 3;
    "设施农业和农产品加工补助", "Support for farming and processing", "agriculture", "subsidy", "application", [5, 10, 20, 50], "按投资额的一定比例补助", "A share of the investment", [AtLeast("revenue")], [AtLeast("total_assets"), Established, AtLeast("employees"), HOMETOWN], &["farming", "food"], 4;
    "软件和信息服务业扶持", "Support for software firms", "miit", "subsidy", "application", [5, 10, 20], "按营业收入增量补助", "By growth of revenue", [AtLeast("revenue")], [Holds(&["cmmi", "high_tech"]), AtLeast("rd_staff"), Young], &["software"], 3;
    "物流企业降本增效补助", "Support for logistics", "ndrc", "subsidy", "application", [5, 10, 20], "按投入的一定比例补助", "A share of the investment", [AtLeast("revenue")], [AtLeast("insured_employees"), Growth, AboveScale], &["logistics"], 3;
    "建筑业企业晋级奖励", "Reward for construction firms", "housing", "reward", "application", [5, 10, 30], "一次性奖励", "A single payment", [AboveScale, AtLeast("revenue")], [AtLeast("tax_paid"), Growth], &["building"], 3;
    "文旅企业纾困和提质补助", "Support for tourism firms", "culture", "subsidy", "application", [2, 5, 10], "按营业收入分档补助", "By revenue", [AtLeast("insured_employees")], [Growth, Established, Grade], &["culture", "hospitality"], 3;
    "服务业企业入规奖励", "Reward for service firms entering the statistics", "ndrc", "reward", "automatic", [3, 5, 10], "一次性奖励", "A single payment", [AboveScale], [Growth, AtLeast("insured_employees"), Young], &["services", "software"], 3;
    "小微企业规费减免", "Fee relief for small firms", "market", "fee", "automatic", [], "减免行政事业性收费", "Administrative fees waived", [Size(LITTLE)], [Grade, AUDITED, AtMost("revenue")], ANY, 3;
    "首台套首批次产品奖励", "Reward for first-of-their-kind products", "miit", "reward", "application", [20, 50, 100], "按销售额的一定比例奖励", "A share of sales", [AtLeast("invention_patents"), AboveScale], [AtLeast("rd_ratio"), Holds(GRADIENT), AtLeast("market_share")], TECHNICAL, 3;
    "产业链配套协作奖励", "Reward for supplying the chain", "miit", "reward", "application", [10, 20, 50], "按新增本地配套额奖励", "By new local supply", [AboveScale], [Chain("steel_materials", "钢铁新材", "steel materials"), Chain("construction_machinery", "工程机械及配套", "construction machinery"), Chain("advanced_ceramics", "先进陶瓷", "advanced ceramics"), Chain("antimony", "锑及有色金属材料", "antimony and non-ferrous materials")], INDUSTRY, 4;
    "重点产业项目建设奖励", "Reward for key industrial projects", "ndrc", "reward", "application", [50, 100, 150], "按投资强度分档奖励", "By intensity of investment", [Project, AtLeast("registered_capital")], [AtLeast("equipment_investment"), AboveScale, SOUND], INDUSTRY, 3;
}
