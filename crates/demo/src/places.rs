//! The places of the demonstration: regions with the number of their firms, and parks with the industries they stand for.
//!
//! Loudi has its full size. The other places of the newspaper texts are there with a handful of firms each. Firms of
//! the two parks that the city itself runs are registered with the city (431300), as their register does.
use crate::entry::{Entry, Label};
use crate::ids::Ids;
use liangu_base::Date;

/// Loudi, the city whose installation the demonstration is.
pub const CITY: &str = "431300";

#[derive(Debug)]
pub struct Region {
    pub code: &'static str,
    pub name: Label,
    /// As it stands in front of a firm's name.
    pub prefix: &'static str,
    /// Firms registered there.
    pub firms: usize,
    /// First characters of its document numbers.
    pub sign: &'static str,
    /// Trades it is known for: codes of [`crate::trades::TRADES`] that come this many times as often.
    pub known_for: &'static [(&'static str, u32)],
    /// Streets and towns for addresses.
    pub streets: &'static [&'static str],
}

const fn region(code: &'static str, zh: &'static str, en: &'static str, prefix: &'static str, firms: usize, sign: &'static str) -> Region {
    Region { code, name: Label::new(zh, en), prefix, firms, sign, known_for: &[], streets: &["工业路", "建设路", "人民路"] }
}

pub static REGIONS: [Region; 19] = [
    Region {
        known_for: &[("3130", 8), ("3240", 6), ("3812", 5), ("3670", 4), ("3514", 3), ("3841", 4), ("6513", 3)],
        streets: &["吉星北路", "太和路", "涟钢东路", "秋浦街", "新坪街"],
        ..region("431300", "娄底市", "Loudi", "娄底", 5_200, "娄")
    },
    Region {
        known_for: &[("3130", 2), ("3591", 6), ("4210", 4), ("5164", 3), ("7212", 2), ("6513", 2)],
        streets: &["氐星路", "长青中街", "娄星北路", "扶青南路", "湘阳街"],
        ..region("431302", "娄星区", "Louxing District", "娄底市娄星区", 21_800, "星")
    },
    Region {
        known_for: &[("3572", 9), ("3022", 6), ("3576", 6), ("3532", 5), ("1331", 3)],
        streets: &["永丰街", "国藩路", "科技路", "复兴路"],
        ..region("431321", "双峰县", "Shuangfeng County", "双峰县", 8_300, "双")
    },
    Region {
        known_for: &[("3073", 14), ("3474", 10), ("7293", 4), ("3982", 4), ("0164", 3)],
        streets: &["上梅街", "梅苑路", "天华路", "向红工业园"],
        ..region("431322", "新化县", "Xinhua County", "新化县", 11_600, "新")
    },
    Region {
        known_for: &[("3215", 14), ("0915", 10), ("3482", 8), ("3976", 5), ("3110", 4), ("2613", 4)],
        streets: &["锑都中路", "冷水江街", "布溪路", "沙塘湾街"],
        ..region("431381", "冷水江市", "Lengshuijiang City", "冷水江市", 7_900, "冷")
    },
    Region {
        known_for: &[("3514", 8), ("3444", 6), ("3670", 6), ("2740", 5), ("1353", 4), ("0610", 4)],
        streets: &["蓝田街", "人民中路", "石马山街", "财源路"],
        ..region("431382", "涟源市", "Lianyuan City", "涟源市", 10_600, "涟")
    },
    Region {
        known_for: &[("1331", 20), ("3393", 8), ("3321", 6)], ..region("430523", "邵阳县", "Shaoyang County", "邵阳县", 240, "邵")
    },
    region("431021", "桂阳县", "Guiyang County", "桂阳县", 120, "桂"),
    region("430212", "渌口区", "Lukou District", "株洲市渌口区", 110, "渌"),
    region("431127", "蓝山县", "Lanshan County", "蓝山县", 100, "蓝"),
    region("431123", "双牌县", "Shuangpai County", "双牌县", 80, "牌"),
    region("431126", "宁远县", "Ningyuan County", "宁远县", 100, "宁"),
    Region { known_for: &[("3212", 6), ("0912", 6)], ..region("430482", "常宁市", "Changning City", "常宁市", 130, "常") },
    Region {
        known_for: &[("0164", 20), ("7291", 8)], ..region("430802", "永定区", "Yongding District", "张家界市永定区", 125, "张")
    },
    region("430981", "沅江市", "Yuanjiang City", "沅江市", 120, "沅"),
    Region {
        known_for: &[("3714", 8), ("3670", 4)], ..region("430211", "天元区", "Tianyuan District", "株洲市天元区", 130, "天")
    },
    Region {
        known_for: &[("3321", 12), ("3393", 8)], ..region("430202", "荷塘区", "Hetang District", "株洲市荷塘区", 110, "荷")
    },
    region("430203", "芦淞区", "Lusong District", "株洲市芦淞区", 80, "芦"),
    region("430281", "醴陵市", "Liling City", "醴陵市", 60, "醴"),
];

impl Region {
    /// Whether the region belongs to Loudi.
    pub fn in_city(&self) -> bool {
        self.code.starts_with("4313")
    }
}

pub fn region_of(code: &str) -> &'static Region {
    REGIONS.iter().find(|r| r.code == code).unwrap_or(&REGIONS[0])
}

#[derive(Debug)]
pub struct Park {
    pub name: Label,
    pub short: &'static str,
    pub level: &'static str,
    pub region: &'static str,
    pub approved: i32,
    /// Hectares planned, built, and of standard plants.
    pub hectares: (i64, i64, i64),
    pub firms: usize,
    pub industries: &'static [Role],
}

/// An industry that a park stands for, from one year to another.
#[derive(Debug)]
pub struct Role {
    /// `lead`, `feature` or `new`.
    pub role: &'static str,
    pub name: Label,
    pub chain: Option<&'static str>,
    pub from: i32,
    pub to: Option<i32>,
}

const fn role(role: &'static str, zh: &'static str, en: &'static str, chain: Option<&'static str>, from: i32, to: Option<i32>) -> Role {
    Role { role, name: Label::new(zh, en), chain, from, to }
}

const fn park(
    zh: &'static str,
    en: &'static str,
    short: &'static str,
    level: &'static str,
    region: &'static str,
    firms: usize,
    industries: &'static [Role],
) -> Park {
    Park { name: Label::new(zh, en), short, level, region, approved: 2006, hectares: (1200, 520, 24), firms, industries }
}

/// Place of the park in [`PARKS`].
pub const EDZ: usize = 0;
pub const LOUXING: usize = 1;

const STEEL: Option<&str> = Some("steel_materials");

pub static PARKS: [Park; 17] = [
    Park {
        approved: 2012,
        hectares: (4180, 2050, 96),
        ..park(
            "娄底经济技术开发区",
            "Loudi Economic and Technological Development Zone",
            "娄底经开区",
            "national",
            "431300",
            1_900,
            &[
                role("lead", "钢铁新材", "Steel materials", STEEL, 2021, None),
                role("feature", "先进储能与电力", "Storage and power equipment", Some("new_energy"), 2021, None),
                role("lead", "黑色金属冶炼", "Iron and steel making", STEEL, 2013, Some(2020)),
            ],
        )
    },
    Park {
        hectares: (1630, 780, 41),
        ..park(
            "娄星经济开发区",
            "Louxing Economic Development Zone",
            "娄星经开区",
            "province",
            "431302",
            820,
            &[
                role("lead", "钢铁新材", "Steel materials", STEEL, 2021, None),
                role("feature", "节能环保", "Energy saving and environment", Some("energy_saving"), 2021, None),
                role("new", "新一代信息技术", "Information technology", Some("software"), 2023, None),
            ],
        )
    },
    park(
        "万宝新区产业园",
        "Wanbao New Area Industrial Park",
        "万宝新区",
        "local",
        "431300",
        610,
        &[
            role("lead", "现代物流", "Logistics", Some("logistics"), 2021, None),
            role("feature", "智能制造", "Intelligent manufacturing", Some("construction_machinery"), 2021, None),
        ],
    ),
    park(
        "双峰经济开发区",
        "Shuangfeng Economic Development Zone",
        "双峰经开区",
        "province",
        "431321",
        560,
        &[
            role("lead", "农机装备", "Farm machinery", Some("farm_machinery"), 2021, None),
            role("feature", "装配式建筑", "Prefabricated building", Some("building_materials"), 2021, None),
        ],
    ),
    park(
        "新化高新技术产业开发区",
        "Xinhua High-tech Zone",
        "新化高新区",
        "province",
        "431322",
        640,
        &[
            role("lead", "先进陶瓷", "Advanced ceramics", Some("advanced_ceramics"), 2021, None),
            role("feature", "现代文印", "Digital printing", Some("digital_printing"), 2021, None),
        ],
    ),
    park(
        "冷水江经济开发区",
        "Lengshuijiang Economic Development Zone",
        "冷水江经开区",
        "province",
        "431381",
        470,
        &[
            role("lead", "锑及有色金属材料", "Antimony and non-ferrous materials", Some("antimony"), 2021, None),
            role("feature", "高强度紧固件", "High-strength fasteners", STEEL, 2021, None),
        ],
    ),
    park(
        "涟源高新技术产业开发区",
        "Lianyuan High-tech Zone",
        "涟源高新区",
        "province",
        "431382",
        590,
        &[
            role("lead", "工程机械及配套", "Construction machinery and parts", Some("construction_machinery"), 2021, None),
            role("feature", "食品医药", "Food and medicine", Some("food_medicine"), 2021, None),
        ],
    ),
    park(
        "邵阳县高新技术产业开发区",
        "Shaoyang County High-tech Zone",
        "邵阳县高新区",
        "province",
        "430523",
        90,
        &[
            role("lead", "新材料", "New materials", Some("hard_alloy"), 2021, None),
            role("feature", "油茶精深加工", "Camellia oil processing", Some("camellia"), 2021, None),
        ],
    ),
    park(
        "桂阳高新技术产业开发区",
        "Guiyang High-tech Zone",
        "桂阳高新区",
        "province",
        "431021",
        30,
        &[role("lead", "有色金属精深加工", "Non-ferrous metal processing", None, 2021, None)],
    ),
    park(
        "渌口经济开发区",
        "Lukou Economic Development Zone",
        "渌口经开区",
        "province",
        "430212",
        30,
        &[role("lead", "有色金属新材料", "Non-ferrous materials", None, 2021, None)],
    ),
    park(
        "蓝山经济开发区",
        "Lanshan Economic Development Zone",
        "蓝山经开区",
        "province",
        "431127",
        25,
        &[role("lead", "轻工制造", "Light industry", None, 2021, None)],
    ),
    park(
        "宁远工业集中区",
        "Ningyuan Industrial Park",
        "宁远工业集中区",
        "province",
        "431126",
        25,
        &[role("lead", "轻工纺织", "Textiles and light industry", None, 2021, None)],
    ),
    park(
        "常宁水口山经济开发区",
        "Changning Shuikoushan Economic Development Zone",
        "水口山经开区",
        "province",
        "430482",
        35,
        &[role("lead", "有色金属", "Non-ferrous metals", None, 2021, None)],
    ),
    park(
        "张家界高新技术产业开发区",
        "Zhangjiajie High-tech Zone",
        "张家界高新区",
        "province",
        "430802",
        35,
        &[
            role("lead", "生物医药与绿色食品", "Biomedicine and green food", Some("food_medicine"), 2021, None),
            role("feature", "莓茶", "Berry tea", Some("berry_tea"), 2021, None),
        ],
    ),
    park(
        "沅江高新技术产业园区",
        "Yuanjiang High-tech Park",
        "沅江高新区",
        "province",
        "430981",
        30,
        &[role("lead", "船舶与装备制造", "Ships and equipment", None, 2021, None)],
    ),
    park(
        "株洲高新技术产业开发区",
        "Zhuzhou High-tech Zone",
        "株洲高新区",
        "national",
        "430211",
        45,
        &[
            role("lead", "轨道交通装备", "Rail transit equipment", Some("rail_transit"), 2021, None),
            role("feature", "汽车及零部件", "Vehicles and parts", Some("automotive"), 2021, None),
        ],
    ),
    park(
        "荷塘工业集中区",
        "Hetang Industrial Park",
        "荷塘工业集中区",
        "province",
        "430202",
        35,
        &[role("lead", "硬质合金", "Hard alloys", Some("hard_alloy"), 2021, None)],
    ),
];

/// Square metres in a hectare.
const HECTARE: i64 = 10_000;

/// Parks and their industries, in the order of [`PARKS`].
pub fn entries(ids: &Ids, committees: &[liangu_base::Id]) -> (Vec<Entry>, Vec<Entry>) {
    let (mut parks, mut industries) = (Vec::new(), Vec::new());
    for (number, park) in PARKS.iter().enumerate() {
        let id = ids.of("park", number);
        let (planned, built, plants) = park.hectares;
        parks.push(
            Entry::new("park", id)
                .with("name", park.name)
                .with("level", park.level)
                .with("region", park.region)
                .maybe("committee", committees.get(number).copied())
                .maybe("approved", Date::from_ymd(park.approved, 4, 18))
                .with("planned_area", planned * HECTARE)
                .with("built_area", built * HECTARE)
                .with("plant_area", plants * HECTARE)
                .with("synthetic", true),
        );
        for industry in park.industries {
            industries.push(
                Entry::new("park_industry", ids.of("park_industry", industries.len()))
                    .with("park", id)
                    .with("name", industry.name)
                    .with("role", industry.role)
                    .with("region", park.region)
                    .maybe("chain", industry.chain)
                    .maybe("valid_from", Date::from_ymd(industry.from, 1, 1))
                    .maybe("valid_to", industry.to.and_then(|year| Date::from_ymd(year, 12, 31)))
                    .with("synthetic", true),
            );
        }
    }
    (parks, industries)
}
