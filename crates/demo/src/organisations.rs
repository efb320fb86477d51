//! The public bodies of the demonstration: provincial departments, the city's and the counties', and park committees.
use crate::codes::credit_code;
use crate::entry::Entry;
use crate::ids::Ids;
use crate::places::{CITY, PARKS, REGIONS, region_of};
use liangu_base::{Id, Text};

/// A department by its short key; its Chinese name follows the name of the place.
#[derive(Debug)]
pub struct Department {
    pub key: &'static str,
    pub zh: &'static str,
    pub short: &'static str,
    pub en: &'static str,
    /// Whether counties have it too.
    pub county: bool,
}

const fn dept(key: &'static str, zh: &'static str, short: &'static str, en: &'static str, county: bool) -> Department {
    Department { key, zh, short, en, county }
}

pub static DEPARTMENTS: [Department; 31] = [
    dept("government", "人民政府", "政府", "People's Government", true),
    dept("miit", "工业和信息化局", "工信局", "Bureau of Industry and Information Technology", true),
    dept("science", "科学技术局", "科技局", "Bureau of Science and Technology", true),
    dept("finance", "财政局", "财政局", "Finance Bureau", true),
    dept("ndrc", "发展和改革委员会", "发改委", "Development and Reform Commission", true),
    dept("commerce", "商务局", "商务局", "Bureau of Commerce", true),
    dept("hr", "人力资源和社会保障局", "人社局", "Bureau of Human Resources and Social Security", true),
    dept("market", "市场监督管理局", "市场监管局", "Administration for Market Regulation", true),
    dept("tax", "税务局", "税务局", "Tax Service", true),
    dept("agriculture", "农业农村局", "农业农村局", "Bureau of Agriculture and Rural Affairs", true),
    dept("resources", "自然资源和规划局", "自然资源局", "Bureau of Natural Resources and Planning", true),
    dept("environment", "生态环境局", "生态环境局", "Bureau of Ecology and Environment", true),
    dept("statistics", "统计局", "统计局", "Bureau of Statistics", true),
    dept("emergency", "应急管理局", "应急局", "Emergency Management Bureau", true),
    dept("culture", "文化旅游广电体育局", "文旅局", "Bureau of Culture, Tourism, Broadcasting and Sports", true),
    dept("transport", "交通运输局", "交通局", "Transport Bureau", true),
    dept("housing", "住房和城乡建设局", "住建局", "Bureau of Housing and Urban-Rural Development", true),
    dept("data", "数据局", "数据局", "Data Bureau", false),
    dept("sasac", "国有资产监督管理委员会", "国资委", "State-owned Assets Supervision Commission", false),
    dept("financial", "政府金融办公室", "金融办", "Financial Affairs Office", false),
    dept("justice", "司法局", "司法局", "Justice Bureau", true),
    dept("education", "教育局", "教育局", "Education Bureau", true),
    dept("health", "卫生健康委员会", "卫健委", "Health Commission", true),
    dept("water", "水利局", "水利局", "Water Resources Bureau", true),
    dept("forestry", "林业局", "林业局", "Forestry Bureau", true),
    dept("approval", "行政审批服务局", "审批局", "Administrative Approval Bureau", true),
    dept("audit", "审计局", "审计局", "Audit Office", false),
    dept("fund", "住房公积金管理中心", "公积金中心", "Housing Provident Fund Centre", false),
    dept("federation", "工商业联合会", "工商联", "Federation of Industry and Commerce", true),
    dept("youth", "退役军人事务局", "退役军人局", "Bureau of Veterans Affairs", true),
    dept("petition", "优化营商环境服务中心", "营商中心", "Business Environment Service Centre", true),
];

const PROVINCE: &str = "430000";

/// Departments of the province that issue policies, as they are called there.
static PROVINCIAL: [(&str, &str, &str); 8] = [
    ("government", "湖南省人民政府", "Hunan Provincial People's Government"),
    ("miit", "湖南省工业和信息化厅", "Hunan Department of Industry and Information Technology"),
    ("science", "湖南省科学技术厅", "Hunan Department of Science and Technology"),
    ("finance", "湖南省财政厅", "Hunan Department of Finance"),
    ("ndrc", "湖南省发展和改革委员会", "Hunan Development and Reform Commission"),
    ("commerce", "湖南省商务厅", "Hunan Department of Commerce"),
    ("hr", "湖南省人力资源和社会保障厅", "Hunan Department of Human Resources and Social Security"),
    ("agriculture", "湖南省农业农村厅", "Hunan Department of Agriculture and Rural Affairs"),
];

/// One body, findable by place and department.
#[derive(Clone, Debug)]
pub struct Body {
    pub id: Id,
    pub region: &'static str,
    pub key: &'static str,
    pub name: Text,
    /// Place in [`PARKS`] for a park's committee.
    pub park: Option<usize>,
}

/// All bodies, in the order in which they are written.
#[derive(Debug)]
pub struct Bodies(pub Vec<Body>);

impl Bodies {
    pub fn new(ids: &Ids) -> Bodies {
        let mut all = Vec::new();
        let mut add = |region: &'static str, key: &'static str, name: Text, park: Option<usize>| {
            all.push(Body { id: ids.of("organisation", all.len()), region, key, name, park });
        };
        for (key, zh, en) in &PROVINCIAL {
            add(PROVINCE, key, Text::fixed(zh, en), None);
        }
        for region in &REGIONS {
            for d in &DEPARTMENTS {
                if region.code == CITY || (d.county && (region.in_city() || ["government", "miit", "commerce"].contains(&d.key))) {
                    let en = format!("{} {}", region.name.en, d.en);
                    add(region.code, d.key, Text::new(format!("{}{}", region.name.zh, d.zh), en), None);
                }
            }
        }
        for (number, park) in PARKS.iter().enumerate() {
            let name = Text::new(format!("{}管理委员会", park.name.zh), format!("Committee of {}", park.name.en));
            add(park.region, "committee", name, Some(number));
        }
        Bodies(all)
    }

    pub fn find(&self, region: &str, key: &str) -> Option<&Body> {
        self.0.iter().find(|b| b.region == region && b.key == key && b.park.is_none())
    }

    /// The committees in the order of [`PARKS`].
    pub fn committees(&self) -> Vec<Id> {
        self.0.iter().filter(|b| b.park.is_some()).map(|b| b.id).collect()
    }

    pub fn committee(&self, park: usize) -> Option<&Body> {
        self.0.iter().find(|b| b.park == Some(park))
    }

    pub fn entries(&self) -> Vec<Entry> {
        self.0.iter().enumerate().map(|(number, body)| self.entry(number, body)).collect()
    }

    fn entry(&self, number: usize, body: &Body) -> Entry {
        let kind = match body.key {
            "government" => "government",
            "committee" => "park_committee",
            "fund" | "petition" => "institution",
            "federation" => "association",
            _ => "department",
        };
        let superior = match body.key {
            "government" if body.region == PROVINCE || !body.region.starts_with("4313") => None,
            "government" if body.region == CITY => self.find(PROVINCE, "government"),
            "government" => self.find(CITY, "government"),
            _ => self.find(body.region, "government"),
        };
        let place = if body.region == PROVINCE { "湖南省长沙市".to_owned() } else { region_of(body.region).name.zh.to_string() };
        Entry::new("organisation", body.id)
            .with("name", body.name.clone())
            .with("kind", kind)
            .with("credit_code", credit_code("11", body.region, 80_000 + number))
            .with("region", body.region)
            .maybe("superior", superior.map(|s| s.id))
            .with("phone", format!("0738-0{:06}", 100_000 + number * 37))
            .with("address", format!("{place}政务中心 {} 号楼", 1 + number % 9))
            .with("synthetic", true)
    }
}
