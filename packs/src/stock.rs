//! The stock: forty real policies with their rules, amounts and cases, and the dated parameters and lists they name.
//!
//! Data, not model: they become records of `policy` with a version in force, and of `parameter`. What was seen of each
//! and what was not stands in `policy/stock/README.md`.
use liangu_base::{Date, Fen, Text};
use liangu_expr::reference::{Reference, ReferenceRow};
use liangu_expr::row::{Context, eval};
use liangu_expr::schema::{Schema, Unit};
use liangu_expr::value::Value;
use liangu_expr::{Expect, check};
use liangu_policy::Content;
use liangu_policy::cases::CaseFirm;
use serde::Deserialize;

const FILES: [&str; 7] = [
    include_str!("../policy/stock/national_titles.yaml"),
    include_str!("../policy/stock/national_money.yaml"),
    include_str!("../policy/stock/hunan_province.yaml"),
    include_str!("../policy/stock/hunan_cities.yaml"),
    include_str!("../policy/stock/elsewhere_growth.yaml"),
    include_str!("../policy/stock/elsewhere_projects.yaml"),
    include_str!("../policy/stock/elsewhere_finance.yaml"),
];
const REFERENCE: &str = include_str!("../policy/stock/reference.yaml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    policies: Vec<StockPolicy>,
}

/// A policy: its head, with codes of the policy pack's lists, and what it says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StockPolicy {
    /// Number of the policy in the collection of facts, as `N01`.
    pub key: String,
    /// Key of the entry of [`crate::criteria`] that is the same policy.
    #[serde(default)]
    pub instead_of: Option<String>,
    #[serde(default)]
    pub source_url: Option<String>,
    pub title: Text,
    #[serde(default)]
    pub number: Option<String>,
    pub issuer: Text,
    pub level: String,
    /// Code of GB/T 2260; none for national policies.
    #[serde(default)]
    pub region: Option<String>,
    pub kind: String,
    pub grant_mode: String,
    /// Code of the title it grants.
    #[serde(default)]
    pub grants: Option<String>,
    #[serde(default)]
    pub framework: Option<String>,
    #[serde(default)]
    pub published: Option<Date>,
    #[serde(default)]
    pub valid_from: Option<Date>,
    #[serde(default)]
    pub valid_to: Option<Date>,
    #[serde(default)]
    pub window_from: Option<Date>,
    #[serde(default)]
    pub window_to: Option<Date>,
    pub confidence: String,
    #[serde(default)]
    amount_max_wan: Option<i64>,
    pub amount_text: Text,
    pub summary: Text,
    pub content: Content,
}

impl StockPolicy {
    /// The most a firm can get, where the text names it.
    pub fn amount_max(&self) -> Option<Fen> {
        self.amount_max_wan.map(Fen::from_wan)
    }
}

/// A row of a parameter or list, as a record of `parameter` keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    pub name: String,
    pub label: Text,
    pub key: Option<String>,
    pub list: Option<String>,
    pub region: Option<String>,
    /// As the language writes it; none in a row of a list.
    pub value: Option<String>,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    pub source: String,
    pub confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReferenceFile {
    parameters: Vec<Values>,
    lists: Vec<Codes>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Values {
    name: String,
    label: Text,
    #[serde(default)]
    list: Option<String>,
    source: String,
    confidence: String,
    values: Vec<One>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct One {
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    region: Option<String>,
    value: String,
    #[serde(default)]
    from: Option<Date>,
    #[serde(default)]
    to: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Codes {
    name: String,
    label: Text,
    list: String,
    source: String,
    confidence: String,
    codes: Vec<String>,
    #[serde(default)]
    from: Option<Date>,
    #[serde(default)]
    to: Option<Date>,
}

/// All policies of the stock, in the order of the files. Panics if a file compiled in is not of this form, which a test
/// excludes.
pub fn stock() -> Vec<StockPolicy> {
    FILES.iter().flat_map(|text| serde_saphyr::from_str::<File>(text).expect("the stock has its form").policies).collect()
}

/// The parameters and lists that the stock names. Panics as [`stock`].
pub fn parameters() -> Vec<Parameter> {
    let file: ReferenceFile = serde_saphyr::from_str(REFERENCE).expect("the reference data have their form");
    let values = file.parameters.into_iter().flat_map(|of| {
        let Values { name, label, list, source, confidence, values } = of;
        values.into_iter().map(move |one| Parameter {
            name: name.clone(),
            label: label.clone(),
            key: one.key,
            list: list.clone(),
            region: one.region,
            value: Some(one.value),
            valid_from: one.from,
            valid_to: one.to,
            source: source.clone(),
            confidence: confidence.clone(),
        })
    });
    let codes = file.lists.into_iter().flat_map(|of| {
        let Codes { name, label, list, source, confidence, codes, from, to } = of;
        codes.into_iter().map(move |code| Parameter {
            name: name.clone(),
            label: label.clone(),
            key: Some(code),
            list: Some(list.clone()),
            region: None,
            value: None,
            valid_from: from,
            valid_to: to,
            source: source.clone(),
            confidence: confidence.clone(),
        })
    });
    values.chain(codes).collect()
}

/// [`parameters`] as the language takes them. A value that is no constant is a mistake of the file, which a test
/// excludes; here it is unknown.
pub fn reference(schema: &Schema) -> Reference {
    let row = |p: Parameter| {
        let (value, unit) = p.value.and_then(|text| constant(&text, schema)).map_or((None, Unit::One), |(n, unit)| (Some(n), unit));
        ReferenceRow {
            name: p.name,
            label: p.label,
            key: p.key,
            region: p.region,
            from: p.valid_from,
            to: p.valid_to,
            value,
            unit,
            list: p.list,
        }
    };
    Reference::new(parameters().into_iter().map(row).collect())
}

fn constant(text: &str, schema: &Schema) -> Option<(i64, Unit)> {
    let typed = check(text, schema, Expect::Any).ok()?;
    match eval(&typed, &CaseFirm::default(), &Context::default()) {
        Value::Int(n) => Some((n, typed.root.ty.unit()?)),
        _ => None,
    }
}
