//! Raw forms → the checked model. Every mistake of all files is found in one run.
//!
//! Order: packs and what they use → extensions merged into records → lists, roles, sources → fields → what records
//! name → order of records → the language's view of them → every expression typed. Expressions over a record whose
//! fields are already wrong are left out: they would only repeat the first mistake.
mod attributes;
mod expressions;
mod extend;
mod facts;
mod fields;
mod flow;
mod flow_fields;
mod indicators;
mod lists;
mod order;
mod packs;
mod places;
mod records;
mod report;
mod synonyms;

use crate::applied::Applied;
use crate::error::{Errors, PackError};
use crate::raw::{Name, Raw};
use crate::read::{SourceFile, read};
use crate::record::{FactSource, Model, Role};
use crate::schema::schemas_of;
use indexmap::{IndexMap, IndexSet};
use liangu_expr::schema::CodeList;
use std::cell::RefCell;
use std::sync::Arc;

/// Pack of the lists given to [`check`]: regions, industries.
pub const STANDARDS: &str = "standards";

/// Checks packs as a whole. `standards` are the lists that are not written in packs; they count as lists of the pack
/// `standards`. All mistakes come back, in the order of files and lines.
pub fn check(files: Vec<SourceFile>, standards: Vec<Arc<CodeList>>) -> Result<Model, Vec<PackError>> {
    let errors = Errors::new(&files);
    let mut raw = read(&errors);
    let cx = Cx::new(&errors, &mut raw, &standards);
    let model = cx.model(&raw, standards);
    match model {
        Some(model) if errors.is_empty() => Ok(model),
        _ => Err(errors.finish()),
    }
}

/// What checking needs everywhere: the collector, who uses whom, and which pack each name comes from.
pub(crate) struct Cx<'a> {
    pub errors: &'a Errors<'a>,
    /// Pack → itself and all it uses, directly or not.
    pub reach: IndexMap<String, IndexSet<String>>,
    /// Record → its pack.
    pub record_packs: IndexMap<String, String>,
    /// List → its pack.
    pub list_packs: IndexMap<String, String>,
    pub roles: IndexSet<String>,
    /// Published figures that indicators recompute.
    pub figures: IndexSet<String>,
    /// Records with wrong fields, over which expressions are not typed.
    pub broken: RefCell<IndexSet<String>>,
}

impl<'a> Cx<'a> {
    fn new(errors: &'a Errors<'a>, raw: &mut Raw, standards: &[Arc<CodeList>]) -> Cx<'a> {
        let reach = packs::check(raw, errors);
        flow_fields::add(raw, errors);
        let mut record_packs = IndexMap::new();
        for r in &raw.records {
            record_packs.entry(r.name.value.clone()).or_insert_with(|| r.pack.clone());
        }
        let mut list_packs: IndexMap<String, String> = standards.iter().map(|l| (l.name.clone(), STANDARDS.to_owned())).collect();
        for l in raw.lists.iter().filter(|l| l.label.is_some()) {
            list_packs.entry(l.name.value.clone()).or_insert_with(|| l.pack.clone());
        }
        let roles = raw.roles.iter().map(|r| r.name.value.clone()).collect();
        let figures = raw.indicators.iter().flat_map(|i| &i.figures);
        let figures = figures.map(|f| f.value.clone()).collect();
        let cx = Cx { errors, reach, record_packs, list_packs, roles, figures, broken: RefCell::default() };
        extend::merge(raw, &cx);
        cx
    }

    fn model(&self, raw: &Raw, standards: Vec<Arc<CodeList>>) -> Option<Model> {
        let lists = lists::build(raw, standards, self);
        let (sources, roles) = (self.sources(raw), self.roles(raw));
        let mut records = records::build(raw, self);
        order::sort(&mut records, raw, self);
        let indicators = indicators::build(raw, &records, self);
        let schemas = schemas_of(&records, &lists);
        expressions::check(raw, &records, &schemas, self);
        facts::complete(raw, &mut records, &lists, &schemas, self);
        let hash = Applied::of_parts(&records, &lists).hash();
        let (packs, synonyms) = (packs::infos(raw), synonyms::build(raw, self));
        Some(Model { packs, lists, sources, roles, records, indicators, synonyms, schemas, hash })
    }

    fn sources(&self, raw: &Raw) -> IndexMap<String, FactSource> {
        let mut out = IndexMap::new();
        for s in &raw.sources {
            self.check_name(&s.name, "来源", "source");
            let source = FactSource { label: s.label.clone(), rank: u32::try_from(s.rank).unwrap_or(0) };
            if u32::try_from(s.rank).is_err() {
                self.say(s.name.at, "bad_rank", ("rank 不能为负".into(), "rank must not be negative".into()), None);
            }
            self.insert(&mut out, &s.name, source, "来源", "source");
        }
        out
    }

    fn roles(&self, raw: &Raw) -> IndexMap<String, Role> {
        const PLACES: [&str; 6] = ["hall", "my-firm", "work", "map", "cockpit", "administration"];
        let mut out = IndexMap::new();
        for r in &raw.roles {
            self.check_name(&r.name, "角色", "role");
            for p in r.places.iter().filter(|p| !PLACES.contains(&p.value.as_str())) {
                self.unknown(p, "unknown_place", "场所", "place", PLACES.into_iter());
            }
            let places = r.places.iter().map(|p| p.value.clone()).collect();
            self.insert(&mut out, &r.name, Role { label: r.label.clone(), about: r.about.clone(), places }, "角色", "role");
        }
        out
    }
}

/// Names without their places.
pub(crate) fn plain(names: &[Name]) -> Vec<String> {
    names.iter().map(|n| n.value.clone()).collect()
}
