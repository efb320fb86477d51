//! A firm's schema small enough to read, and a frame over it.
use indexmap::IndexMap;
use liangu_base::{Date, Text};
use liangu_expr::reference::{Reference, ReferenceRow};
use liangu_expr::schema::{Child, CodeEntry, CodeList, FieldDecl, Schema, Type, Unit};
use liangu_policy::Frame;
use liangu_policy::content::Dates;
use liangu_policy::frame::{Head, schema_with_policy};
use std::sync::Arc;

pub fn day(text: &str) -> Date {
    Date::parse(text).expect("a date of the test")
}

fn list(name: &str, codes: &[(&str, Option<&str>)]) -> Arc<CodeList> {
    let code = |(code, parent): &(&str, Option<&str>)| {
        ((*code).to_owned(), CodeEntry { label: Text::chinese_only((*code).to_owned()), parent: parent.map(str::to_owned) })
    };
    Arc::new(CodeList { name: name.to_owned(), label: Text::fixed("代码", "codes"), codes: codes.iter().map(code).collect() })
}

fn field(zh: &'static str, en: &'static str, ty: Type, yearly: bool) -> FieldDecl {
    FieldDecl { label: Text::fixed(zh, en), ty, yearly }
}

fn named(fields: Vec<(&str, FieldDecl)>) -> IndexMap<String, FieldDecl> {
    fields.into_iter().map(|(name, decl)| (name.to_owned(), decl)).collect()
}

pub fn schema() -> Schema {
    let kinds = list("project_kind", &[("upgrade", None), ("rd", None)]);
    let projects = Schema {
        record: "project".to_owned(),
        label: Text::fixed("项目", "Project"),
        fields: named(vec![
            ("kind", field("类别", "Kind", Type::Code(kinds), false)),
            ("equipment", field("设备投资", "Equipment", Type::Int(Unit::Fen), false)),
            ("finished", field("竣工日期", "Finished", Type::Date, false)),
        ]),
        children: IndexMap::new(),
        params: IndexMap::new(),
    };
    let regions = list("region", &[("43", None), ("4313", Some("43")), ("431302", Some("4313")), ("431382", Some("4313"))]);
    let certificates = list("certificate", &[("high_tech", None), ("srdi", None)]);
    let child = Child { label: Text::fixed("项目", "projects"), schema: Arc::new(projects), complete_since: None };
    Schema {
        record: "enterprise".to_owned(),
        label: Text::fixed("企业", "Enterprise"),
        fields: named(vec![
            ("region", field("注册地", "Region", Type::Code(regions), false)),
            ("established", field("成立日期", "Established", Type::Date, false)),
            ("abnormal_listed", field("列入经营异常名录", "On the list of abnormal operation", Type::Bool, false)),
            ("revenue", field("营业收入", "Revenue", Type::Int(Unit::Fen), true)),
            ("rd_spend", field("研发费用", "R&D spending", Type::Int(Unit::Fen), true)),
            ("employees", field("从业人数", "Employees", Type::Int(Unit::Person), true)),
            ("certs", field("称号与资质", "Titles", Type::Set(certificates), false)),
        ]),
        children: IndexMap::from([("projects".to_owned(), child)]),
        params: IndexMap::new(),
    }
}

pub fn frame() -> Frame {
    let row = |region: Option<&str>, value: i64| ReferenceRow {
        name: "layoff_target".to_owned(),
        label: Text::fixed("裁员率控制目标", "layoff target"),
        key: None,
        region: region.map(str::to_owned),
        from: None,
        to: None,
        value: Some(value),
        unit: Unit::BasisPoint,
        list: None,
    };
    Frame {
        schema: schema_with_policy(&schema()),
        reference: Arc::new(Reference { rows: vec![row(None, 550), row(Some("4313"), 510)] }),
        today: day("2026-11-20"),
        judged_year: 2025,
        head: Head { window_to: Some(day("2026-12-31")), ..Head::default() },
        dates: Dates::default(),
    }
}
