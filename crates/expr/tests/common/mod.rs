//! The record, the rows and the table language that the tests of the expression language share.
#![allow(dead_code)]
use indexmap::IndexMap;
use liangu_base::date::Date;
use liangu_base::text::Text;
use liangu_expr::Setting;
use liangu_expr::reference::{Reference, ReferenceRow};
use liangu_expr::row::{Context, Row};
use liangu_expr::schema::{Child, ChildIx, CodeEntry, CodeList, FieldDecl, FieldIx, Schema, Type, Unit};
use liangu_expr::value::{Reason, Value};
use std::collections::HashMap;
use std::sync::Arc;

pub fn list(name: &str, zh: &str, codes: &[(&str, &str, Option<&str>)]) -> Arc<CodeList> {
    let codes = codes
        .iter()
        .map(|(code, label, parent)| {
            (
                code.to_string(),
                CodeEntry { label: Text::new(label.to_string(), format!("{code} in English")), parent: parent.map(str::to_string) },
            )
        })
        .collect();
    Arc::new(CodeList { name: name.to_string(), label: Text::new(zh.to_string(), name.replace('_', " ")), codes })
}

/// Position of `leases_since`.
const LEASES_SINCE: u32 = 18;

/// Parameters and lists that expressions over the firm name.
pub fn reference() -> Reference {
    let row = |name: &str, zh: &str, en: &str| ReferenceRow {
        name: name.to_string(),
        label: Text::new(zh.to_string(), en.to_string()),
        key: None,
        region: None,
        from: None,
        to: None,
        value: None,
        unit: Unit::Fen,
        list: None,
    };
    let keyed = |row: ReferenceRow, list: &str, key: &str| ReferenceRow { key: Some(key.to_string()), list: Some(list.to_string()), ..row };
    let wage = || row("minimum_wage", "最低工资标准", "the minimum wage");
    let subsidy = || row("unit_subsidy", "单位补贴标准", "the unit subsidy");
    let target = || ReferenceRow { unit: Unit::BasisPoint, ..row("layoff_target", "裁员率控制目标", "the layoff target") };
    let day = |text: &str| Some(Date::parse(text).unwrap());
    let key_industry = || row("key_industries", "重点产业目录", "the catalogue of key industries");
    let old = || row("pilot_certificates", "试点资质", "pilot certificates");
    Reference::new(vec![
        ReferenceRow { value: Some(155_000), to: day("2025-11-30"), ..wage() },
        ReferenceRow { value: Some(170_000), from: day("2025-12-01"), region: Some("43".into()), ..wage() },
        ReferenceRow { value: Some(180_000), from: day("2025-12-01"), region: Some("431302".into()), ..wage() },
        ReferenceRow { value: Some(550), ..target() },
        ReferenceRow { value: Some(100_000), ..keyed(subsidy(), "size_class", "micro") },
        ReferenceRow { value: Some(50_000), ..keyed(subsidy(), "size_class", "small") },
        ReferenceRow { value: Some(300), ..keyed(row("quota", "产业限额", "the quota of the industry"), "industry", "C") },
        ReferenceRow { value: Some(200), ..keyed(row("quota", "产业限额", "the quota of the industry"), "industry", "31") },
        keyed(key_industry(), "industry", "31"),
        keyed(key_industry(), "industry", "65"),
        ReferenceRow { region: Some("44".into()), ..keyed(key_industry(), "industry", "26") },
        ReferenceRow { to: day("2020-12-31"), ..keyed(old(), "certificate", "green") },
    ])
}

pub fn setting(reference: &Reference) -> Setting<'_> {
    Setting { reference, day: today(), region_field: Some("region") }
}

/// A firm with facts of every type, patents and projects, and leases that may not all be on file.
pub fn firm() -> Schema {
    let region = list(
        "region",
        "地区",
        &[
            ("43", "湖南省", None),
            ("4313", "娄底市", Some("43")),
            ("431302", "娄星区", Some("4313")),
            ("431381", "冷水江市", Some("4313")),
            ("44", "广东省", None),
        ],
    );
    let industry = list(
        "industry",
        "行业",
        &[
            ("C", "制造业", None),
            ("26", "化学制品", Some("C")),
            ("31", "黑色金属冶炼", Some("C")),
            ("3130", "钢压延加工", Some("31")),
            ("I", "信息业", None),
            ("65", "软件业", Some("I")),
        ],
    );
    let size =
        list("size_class", "规模", &[("micro", "微型", None), ("small", "小型", None), ("medium", "中型", None), ("large", "大型", None)]);
    let cert =
        list("certificate", "资质", &[("high_tech", "高新技术企业", None), ("srdi", "专精特新企业", None), ("green", "绿色工厂", None)]);
    let field = |zh: &str, en: &str, ty: Type, yearly: bool| FieldDecl { label: Text::new(zh.to_string(), en.to_string()), ty, yearly };
    let fields = |l: Vec<(&str, FieldDecl)>| l.into_iter().map(|(n, d)| (n.to_string(), d)).collect::<IndexMap<_, _>>();
    let leaf = |record: &str, zh: &str, l| {
        Arc::new(Schema {
            record: record.to_string(),
            label: Text::new(zh.to_string(), record.to_string()),
            fields: fields(l),
            children: IndexMap::new(),
            params: IndexMap::new(),
        })
    };
    let patent = leaf(
        "patent",
        "专利",
        vec![
            (
                "kind",
                field(
                    "种类",
                    "Kind",
                    Type::Code(list("patent_kind", "专利种类", &[("invention", "发明", None), ("utility", "实用新型", None)])),
                    false,
                ),
            ),
            ("granted", field("授权日", "Granted", Type::Date, false)),
            ("fee", field("年费", "Annual fee", Type::Int(Unit::Fen), false)),
            ("own", field("自主研发", "Own work", Type::Bool, false)),
        ],
    );
    let project = leaf(
        "project",
        "项目",
        vec![
            ("investment", field("投资额", "Investment", Type::Int(Unit::Fen), false)),
            ("started", field("开工日", "Started", Type::Date, false)),
            ("region", field("所在地", "Place", Type::Code(region.clone()), false)),
        ],
    );
    let child = |zh: &str, en: &str, schema: &Arc<Schema>| Child {
        label: Text::new(zh.to_string(), en.to_string()),
        schema: schema.clone(),
        complete_since: None,
    };
    // the land register is complete since a day that differs from firm to firm
    let lease = leaf(
        "lease",
        "租约",
        vec![("from", field("起租日", "From", Type::Date, false)), ("area", field("面积", "Area", Type::Int(Unit::SquareMetre), false))],
    );
    let leases = Child { complete_since: Some(FieldIx(LEASES_SINCE)), ..child("租约", "Leases", &lease) };
    Schema {
        record: "enterprise".to_string(),
        label: Text::new("企业", "Enterprise"),
        fields: fields(vec![
            ("name", field("名称", "Name", Type::Text, false)),
            ("region", field("所在地区", "Region", Type::Code(region.clone()), false)),
            ("industry", field("行业", "Industry", Type::Code(industry), false)),
            ("size_class", field("企业规模", "Size", Type::Code(size.clone()), false)),
            ("cert", field("主要资质", "Main certificate", Type::Code(cert.clone()), false)),
            ("certs", field("资质", "Certificates", Type::Set(cert), false)),
            ("dishonest", field("失信被执行人", "Dishonest debtor", Type::Bool, false)),
            ("above_scale", field("规模以上企业", "Above scale", Type::Bool, false)),
            ("established", field("成立日期", "Established", Type::Date, false)),
            ("revenue", field("营业收入", "Revenue", Type::Int(Unit::Fen), true)),
            ("rd_spend", field("研发费用", "R&D expense", Type::Int(Unit::Fen), true)),
            ("rd_ratio", field("研发费用占比", "R&D ratio", Type::Int(Unit::BasisPoint), true)),
            ("employees", field("从业人数", "Employees", Type::Int(Unit::Person), true)),
            ("energy", field("综合能耗", "Energy", Type::Int(Unit::Kgce), false)),
            ("land_area", field("用地面积", "Land", Type::Int(Unit::SquareMetre), false)),
            ("score", field("评分", "Score", Type::Double, false)),
            ("rank", field("排名", "Rank", Type::Int(Unit::One), false)),
            ("park", field("所在园区", "Park", Type::Ref("park".to_string()), false)),
            ("leases_since", field("租约登记起始日", "Leases on file since", Type::Date, false)),
        ]),
        children: IndexMap::from([
            ("patents".to_string(), child("专利", "Patents", &patent)),
            ("projects".to_string(), child("项目", "Projects", &project)),
            ("leases".to_string(), leases),
        ]),
        params: IndexMap::from([(
            "user".to_string(),
            fields(vec![
                ("id", field("本人", "the user", Type::Ref("account".to_string()), false)),
                ("region", field("本人的辖区", "the user's region", Type::Code(region), false)),
                ("park", field("本人的园区", "the user's park", Type::Ref("park".to_string()), false)),
                ("sizes", field("分管规模", "the user's sizes", Type::Set(size), false)),
            ]),
        )]),
    }
}

pub fn today() -> Date {
    Date::from_ymd(2026, 11, 24).unwrap()
}

pub fn context() -> Context {
    Context::new(today(), 2025).with_param("user", "region", "4313".into_value()).with_param(
        "user",
        "sizes",
        Value::List(vec!["small".into_value()]),
    )
}

pub trait IntoValue {
    fn into_value(self) -> Value;
}
impl IntoValue for &str {
    fn into_value(self) -> Value {
        Value::Text(self.into())
    }
}

/// Facts by field and year; collections by child.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub facts: HashMap<(FieldIx, i32), Value>,
    pub children: HashMap<ChildIx, Option<Vec<Facts>>>,
}

impl Row for Facts {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        self.facts.get(&(field, year)).cloned().unwrap_or(Value::Unknown(Reason::Missing { field: format!("#{}", field.0), year }))
    }
    fn children(&self, child: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        let rows = self.children.get(&child)?.as_ref()?;
        Some(rows.iter().map(|r| Box::new(r) as Box<dyn Row>).collect())
    }
}

impl Row for &Facts {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        (**self).fact(field, year)
    }
    fn children(&self, child: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        (**self).children(child)
    }
}

/// One cell of a test table: `?` is unknown, `-` the empty set.
pub fn cell(text: &str, ty: &Type) -> Option<Value> {
    if text == "?" {
        return None;
    }
    Some(match ty {
        Type::Bool => Value::Bool(text == "yes"),
        Type::Int(_) | Type::Days => Value::Int(text.replace('_', "").parse().unwrap_or_else(|_| panic!("not a number: {text}"))),
        Type::Double => Value::Double(text.parse().unwrap()),
        Type::Date => Value::Date(Date::parse(text).unwrap()),
        Type::Set(_) if text == "-" => Value::List(Vec::new()),
        Type::Set(_) => Value::List(text.split('|').map(|c| c.into_value()).collect()),
        _ => text.into_value(),
    })
}

/// `field=value` and `field@-1=value` pairs; `patents=[kind=invention own=yes; kind=utility]`.
pub fn facts(schema: &Schema, text: &str) -> Facts {
    let mut row = Facts::default();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=').unwrap_or_else(|| panic!("no value: {rest}"));
        if let Some(list) = after.strip_prefix('[') {
            let (list, after) = list.split_once(']').unwrap();
            let (ix, _, child) = schema.children.get_full(name).unwrap();
            let rows = list.split(';').map(str::trim).filter(|r| !r.is_empty()).map(|r| facts(&child.schema, r)).collect();
            row.children.insert(ChildIx(ix as u32), Some(rows));
            rest = after.trim_start();
            continue;
        }
        let (value, after) = after.split_once(char::is_whitespace).unwrap_or((after, ""));
        let (name, year) = name.split_once('@').map_or((name, 0), |(n, y)| (n, y.parse().unwrap()));
        let (ix, _, decl) = schema.fields.get_full(name).unwrap_or_else(|| panic!("no field {name}"));
        if let Some(value) = cell(value, &decl.ty) {
            row.facts.insert((FieldIx(ix as u32), year), value);
        }
        rest = after.trim_start();
    }
    row
}

/// A small generator, so that cases are the same everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
