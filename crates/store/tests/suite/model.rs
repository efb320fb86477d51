//! A small model: parks, firms with yearly facts, patents of firms, policies with clauses, and requests with numbers.
use indexmap::IndexMap;
use liangu_base::Text;
use liangu_expr::schema::{Child, CodeEntry, CodeList, FieldDecl, Schema, Type, Unit};
use liangu_model::Model;
use liangu_model::bounds::Bounds;
use liangu_model::record::{Archetype, ChildOf, FactSource, Field, FieldType, Record, Sensitivity};
use std::sync::Arc;

/// Words that search takes for one another.
const SYNONYMS: [&[&str]; 4] = [&["技改", "技术改造"], &["高企", "高新技术企业"], &["规上", "四上", "规模以上"], &["首台套", "首台（套）"]];

fn both(word: &str) -> Text {
    Text::new(word.to_owned(), word.to_owned())
}

fn list(name: &str, codes: &[(&str, Option<&str>)]) -> (String, Arc<CodeList>) {
    let entry = |parent: Option<&str>, code: &str| CodeEntry { label: both(code), parent: parent.map(str::to_owned) };
    let codes = codes.iter().map(|(code, parent)| ((*code).to_owned(), entry(*parent, code))).collect();
    (name.to_owned(), Arc::new(CodeList { name: name.to_owned(), label: both(name), codes }))
}

/// `flags`: `r`equired, `u`nique, `y`early, `f`act.
fn field(name: &str, ty: FieldType, flags: &str) -> Field {
    let has = |flag: char| flags.contains(flag);
    Field {
        name: name.to_owned(),
        label: both(name),
        help: None,
        question: None,
        ty,
        unit: None,
        required: has('r'),
        unique: has('u'),
        yearly: has('y'),
        fact: has('f'),
        lasting: false,
        read_only: false,
        readers: Vec::new(),
        group: None,
        hidden: false,
        was: None,
        convert: None,
        default: None,
        owner: None,
        fresh: None,
        sensitivity: Sensitivity::default(),
        about: None,
        bounds: Bounds::default(),
    }
}

fn record(name: &str, prefix: &str, title: &str, sort: &str, fields: Vec<Field>) -> Record {
    Record {
        name: name.to_owned(),
        pack: "test".to_owned(),
        label: both(name),
        archetype: Archetype::Register,
        prefix: prefix.to_owned(),
        title: title.to_owned(),
        child_of: None,
        fields: fields.into_iter().map(|f| (f.name.clone(), f)).collect(),
        groups: IndexMap::new(),
        columns: Vec::new(),
        filters: Vec::new(),
        facets: Vec::new(),
        sort: sort.to_owned(),
        search: Vec::new(),
        scope: IndexMap::new(),
        can_create: Vec::new(),
        can_update: IndexMap::new(),
        flow: None,
    }
}

fn code(list: &str) -> FieldType {
    FieldType::Code { list: list.to_owned() }
}

fn refers(record: &str) -> FieldType {
    FieldType::Ref { record: record.to_owned() }
}

fn text(limit: u32) -> FieldType {
    FieldType::Text { limit }
}

fn enterprise() -> Record {
    let certs = FieldType::Set { list: "certificate".to_owned() };
    let mut enterprise = record(
        "enterprise",
        "ent",
        "name",
        "name",
        vec![
            field("name", text(120), "r"),
            field("credit_code", text(18), "u"),
            field("region", code("region"), "rf"),
            field("park", refers("park"), ""),
            field("size_class", code("size_class"), "f"),
            field("certs", certs, "f"),
            field("established", FieldType::Date, "f"),
            field("dishonest", FieldType::Bool, "f"),
            field("registered_capital", FieldType::Money, "f"),
            field("contact", text(40), ""),
            field("seen_at", FieldType::Instant, ""),
            field("revenue", FieldType::Money, "yf"),
            field("rd_ratio", FieldType::Percent, "yf"),
            field("employees", FieldType::Int, "yf"),
        ],
    );
    enterprise.filters = ["region", "size_class", "dishonest"].map(str::to_owned).to_vec();
    enterprise.search = ["name", "credit_code"].map(str::to_owned).to_vec();
    enterprise
}

fn policy() -> Record {
    let when = FieldType::Rule { of: "enterprise".to_owned(), live: true };
    let mut policy = record(
        "policy",
        "pol",
        "title",
        "-published",
        vec![
            field("title", FieldType::Bilingual { limit: 200 }, "r"),
            field("number", text(60), "u"),
            field("region", code("region"), ""),
            field("published", FieldType::Date, ""),
            field("amount_max", FieldType::Money, ""),
            field("summary", text(2000), ""),
            field("when", when, ""),
        ],
    );
    policy.filters = vec!["region".to_owned()];
    policy.search = ["title", "number", "summary"].map(str::to_owned).to_vec();
    policy
}

fn child(mut record: Record, parent: &str, name: &str) -> Record {
    record.child_of = Some(ChildOf { record: parent.to_owned(), field: parent.to_owned(), name: name.to_owned(), complete_since: None });
    record
}

fn records() -> Vec<Record> {
    let number = FieldType::Number { prefix: "SQ".to_owned() };
    vec![
        record("park", "prk", "name", "name", vec![field("name", text(60), "ru"), field("region", code("region"), "")]),
        enterprise(),
        child(
            record(
                "patent",
                "pat",
                "title",
                "title",
                vec![field("enterprise", refers("enterprise"), "r"), field("title", text(200), "r"), field("granted", FieldType::Date, "")],
            ),
            "enterprise",
            "patents",
        ),
        policy(),
        child(
            record(
                "policy_clause",
                "pcl",
                "article",
                "position",
                vec![field("policy", refers("policy"), "r"), field("position", FieldType::Int, "r"), field("article", text(2000), "r")],
            ),
            "policy",
            "clauses",
        ),
        record(
            "request",
            "req",
            "text",
            "-created_at",
            vec![field("number", number, "u"), field("text", text(500), "r"), field("enterprise", refers("enterprise"), "")],
        ),
    ]
}

fn lists() -> IndexMap<String, Arc<CodeList>> {
    let region =
        [("430000", None), ("431300", Some("430000")), ("431302", Some("431300")), ("431382", Some("431300")), ("430100", Some("430000"))];
    [
        list("region", &region),
        list("size_class", &[("micro", None), ("small", None), ("medium", None), ("large", None)]),
        list("certificate", &[("sme", None), ("hightech", None), ("giant", None), ("green", None)]),
    ]
    .into_iter()
    .collect()
}

fn declared(field: &Field, lists: &IndexMap<String, Arc<CodeList>>) -> Option<Type> {
    Some(match &field.ty {
        FieldType::Text { .. } | FieldType::Bilingual { .. } | FieldType::CreditCode | FieldType::Number { .. } => Type::Text,
        FieldType::Int => Type::Int(Unit::One),
        FieldType::Money => Type::Int(Unit::Fen),
        FieldType::Area => Type::Int(Unit::SquareMetre),
        FieldType::Percent => Type::Int(Unit::BasisPoint),
        FieldType::Bool => Type::Bool,
        FieldType::Date => Type::Date,
        FieldType::Code { list } => Type::Code(Arc::clone(&lists[list])),
        FieldType::Set { list } => Type::Set(Arc::clone(&lists[list])),
        FieldType::Ref { record } => Type::Ref(record.clone()),
        FieldType::Instant | FieldType::Rule { .. } => return None,
    })
}

fn schemas(records: &[Record], lists: &IndexMap<String, Arc<CodeList>>) -> IndexMap<String, Arc<Schema>> {
    let plain = |record: &Record| {
        let mut fields: IndexMap<String, FieldDecl> = IndexMap::new();
        fields.insert("id".to_owned(), FieldDecl { label: both("id"), ty: Type::Ref(record.name.clone()), yearly: false });
        for field in record.fields.values() {
            if let Some(ty) = declared(field, lists) {
                fields.insert(field.name.clone(), FieldDecl { label: field.label.clone(), ty, yearly: field.yearly });
            }
        }
        Schema { record: record.name.clone(), label: record.label.clone(), fields, children: IndexMap::new(), params: params(lists) }
    };
    let mut schemas: IndexMap<String, Schema> = records.iter().map(|r| (r.name.clone(), plain(r))).collect();
    for record in records {
        if let Some(of) = &record.child_of {
            let child = Child { label: record.label.clone(), schema: Arc::new(plain(record)), complete_since: None };
            schemas[&of.record].children.insert(of.name.clone(), child);
        }
    }
    schemas.into_iter().map(|(name, schema)| (name, Arc::new(schema))).collect()
}

fn params(lists: &IndexMap<String, Arc<CodeList>>) -> IndexMap<String, IndexMap<String, FieldDecl>> {
    let decl = |ty: Type| FieldDecl { label: both("user"), ty, yearly: false };
    let user = [
        ("firm", decl(Type::Ref("enterprise".to_owned()))),
        ("region", decl(Type::Code(Arc::clone(&lists["region"])))),
        ("park", decl(Type::Ref("park".to_owned()))),
    ];
    IndexMap::from([("user".to_owned(), user.into_iter().map(|(name, d)| (name.to_owned(), d)).collect())])
}

/// `change` may alter the records before the model is put together.
pub fn model_with(hash: &str, change: impl FnOnce(&mut Vec<Record>)) -> Arc<Model> {
    let mut records = records();
    change(&mut records);
    let lists = lists();
    let source = |rank: u32| FactSource { label: both("source"), rank };
    let sources = [("tax", 1), ("statistics", 1), ("officer", 2), ("firm", 3)].map(|(name, rank)| (name.to_owned(), source(rank)));
    Arc::new(Model {
        packs: Vec::new(),
        schemas: schemas(&records, &lists),
        lists,
        sources: sources.into_iter().collect(),
        roles: IndexMap::new(),
        records: records.into_iter().map(|r| (r.name.clone(), r)).collect(),
        indicators: IndexMap::new(),
        synonyms: SYNONYMS.iter().map(|group| group.iter().map(|word| (*word).to_owned()).collect()).collect(),
        hash: hash.to_owned(),
    })
}

pub fn model() -> Arc<Model> {
    model_with("model-1", |_| {})
}

pub fn added_field(name: &str, ty: FieldType, flags: &str) -> Field {
    field(name, ty, flags)
}
