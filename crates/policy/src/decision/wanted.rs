//! What a policy reads of a firm, and taking it from a row.
use super::frozen::{Evidence, FrozenFact, Known};
use crate::amount::formula::firm_money;
use crate::compile::Compiled;
use crate::content::Content;
use crate::frame::Frame;
use liangu_expr::reads::reads;
use liangu_expr::row::Row;
use liangu_expr::schema::{ChildIx, FieldIx, Schema};
use liangu_expr::typed::Node;
use std::collections::{BTreeMap, BTreeSet};

/// Facts by field and year counted from the judged one; collections of child records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub facts: BTreeSet<(FieldIx, i32)>,
    pub children: BTreeSet<ChildIx>,
}

impl Wanted {
    /// Of clauses, items, amounts and the caps.
    pub fn of(content: &Content, compiled: &Compiled, frame: &Frame) -> Wanted {
        let mut wanted = Wanted::default();
        compiled.clauses.iter().filter_map(|clause| clause.rule.as_ref()).for_each(|rule| wanted.add(&rule.root));
        for item in &compiled.items {
            item.gate.iter().chain(&item.amount).for_each(|typed| wanted.add(&typed.root));
            if let Some(bound) = &item.bound {
                wanted.children.insert(bound.child);
                bound.filter.iter().chain(&bound.amount).for_each(|node| wanted.add(node));
            }
        }
        let money = &content.money;
        for text in [&money.firm_cap, &money.year_cap, &money.round_down, &money.floor].into_iter().flatten() {
            if let Ok(node) = firm_money(text, frame) {
                wanted.add(&node);
            }
        }
        wanted
    }

    fn add(&mut self, node: &Node) {
        let reads = reads(node);
        self.facts.extend(reads.facts);
        self.children.extend(reads.children);
    }

    /// The wanted facts of a row, sorted by name and year. `evidence`: whose word a fact is, by name and calendar year.
    pub fn facts_of(
        &self,
        row: &dyn Row,
        schema: &Schema,
        judged_year: i32,
        evidence: &dyn Fn(&str, Option<i32>) -> Option<Evidence>,
    ) -> Vec<FrozenFact> {
        let fact = |(place, offset): &(FieldIx, i32)| {
            let (name, decl) = schema.fields.get_index(place.0 as usize)?;
            let year = decl.yearly.then_some(judged_year + offset);
            let value = Known::of(&row.fact(*place, if decl.yearly { *offset } else { 0 }));
            let evidence = value.as_ref().and_then(|_| evidence(name, year));
            let (source, as_of) = evidence.map(|e| (e.source, e.as_of)).unzip();
            Some(FrozenFact { field: name.clone(), year, value, source, as_of })
        };
        let mut facts: Vec<FrozenFact> = self.facts.iter().filter_map(fact).collect();
        facts.sort_by(|a, b| (&a.field, a.year).cmp(&(&b.field, b.year)));
        facts.dedup_by(|a, b| (&a.field, a.year) == (&b.field, b.year));
        facts
    }

    /// The wanted collections of a row, every known field of each record. One that is not reported is left out.
    pub fn children_of(&self, row: &dyn Row, schema: &Schema) -> BTreeMap<String, Vec<BTreeMap<String, Known>>> {
        let of = |place: &ChildIx| {
            let (name, child) = schema.children.get_index(place.0 as usize)?;
            let known = |record: &dyn Row| -> BTreeMap<String, Known> {
                let fields = child.schema.fields.keys().enumerate();
                fields.filter_map(|(at, field)| Some((field.clone(), Known::of(&record.fact(FieldIx(at as u32), 0))?))).collect()
            };
            Some((name.clone(), row.children(*place)?.iter().map(|record| known(record.as_ref())).collect()))
        };
        self.children.iter().filter_map(of).collect()
    }
}
