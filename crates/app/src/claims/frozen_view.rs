//! What a claim's file holds, for those who read it: every frozen fact with its source, and child records that a clause
//! speaks of, so that an officer can say of each what facts do not.
use super::decide::Opened;
use super::frozen_firm::stored;
use super::view::{judgement_view, said};
use super::wire::{ClauseRecord, FileFact, RecordFact};
use crate::eligibility::{FIRM, Firm, SourceNote};
use crate::views::Words;
use crate::{Caller, access};
use liangu_base::Text;
use liangu_model::record::{Field, Record};
use liangu_policy::compile::CompiledClause;
use liangu_policy::decision::{ClauseResult, FrozenFact, Known};
use std::collections::BTreeMap;

impl Caller<'_> {
    /// All frozen facts that this reader may read, by name and year.
    pub(super) fn frozen_facts(&self, opened: &Opened, firm: &Firm<'_>) -> Vec<FileFact> {
        let record = &self.app.model.records[FIRM];
        let readable = |fact: &&FrozenFact| record.fields.get(&fact.field).is_some_and(|field| access::reads(self.principal, field));
        opened.frozen.facts.iter().filter(readable).map(|fact| self.frozen_fact(record, fact, firm)).collect()
    }

    fn frozen_fact(&self, record: &Record, fact: &FrozenFact, firm: &Firm<'_>) -> FileFact {
        let field = record.fields.get(&fact.field);
        let source = fact.source.as_ref().map(|name| SourceNote {
            name: name.clone(),
            label: match self.app.model.sources.get(name) {
                Some(source) => (&source.label).into(),
                None => Words { zh: name.clone(), en: name.clone() },
            },
        });
        FileFact {
            field: fact.field.clone(),
            label: field.map_or_else(|| Words { zh: fact.field.clone(), en: fact.field.clone() }, |field| (&field.label).into()),
            year: fact.year,
            value: field.zip(fact.value.as_ref()).and_then(|(field, known)| self.known_words(field, known, firm)),
            source,
            as_of: fact.as_of.map(|day| day.to_string()),
        }
    }

    fn known_words(&self, field: &Field, known: &Known, firm: &Firm<'_>) -> Option<Words> {
        firm.shown(field, &stored(known, &field.ty, &self.app.model)?).map(Words::from)
    }

    /// The records a clause on the one child record of its item speaks of.
    pub(super) fn records_of_clause(
        &self,
        opened: &Opened,
        compiled: &CompiledClause,
        result: &ClauseResult,
        firm: &Firm<'_>,
    ) -> Vec<ClauseRecord> {
        let judge = &opened.basing.judge;
        let place = compiled.written.as_ref().and_then(|written| written.within.first());
        let name = place.and_then(|(child, _)| judge.frame().schema.children.get_index(child.0 as usize));
        let Some((name, _)) = name else { return Vec::new() };
        let model = &self.app.model;
        let owner = model.records.values().find(|r| r.child_of.as_ref().is_some_and(|of| of.record == FIRM && of.name == *name));
        let (Some(owner), Some(kept)) = (owner, opened.frozen.children.get(name)) else { return Vec::new() };
        let one = |(at, (result, record)): (usize, (&liangu_policy::decision::RecordResult, &BTreeMap<String, Known>))| {
            let key = judge.record_key(&opened.frozen, &compiled.key, at);
            let judged = key.and_then(|key| opened.judgements.get(&key)).filter(|_| result.judged.is_some());
            ClauseRecord {
                position: at as u64 + 1,
                title: self.record_title(owner, record, at, firm),
                facts: self.record_facts(owner, record, firm),
                answer: said(result.answer).to_owned(),
                judged: judged.map(judgement_view),
                judgeable: result.facts == liangu_policy::decision::Said::Unknown,
            }
        };
        result.records.iter().zip(kept).enumerate().map(one).collect()
    }

    fn record_title(&self, owner: &Record, record: &BTreeMap<String, Known>, at: usize, firm: &Firm<'_>) -> Words {
        let title = owner.fields.get(&owner.title).zip(record.get(&owner.title));
        let n = at + 1;
        let numbered = || Words::from(Text::new(format!("{}第 {n} 条", owner.label.zh), format!("{} no. {n}", owner.label.en)));
        title.and_then(|(field, known)| self.known_words(field, known, firm)).unwrap_or_else(numbered)
    }

    fn record_facts(&self, owner: &Record, record: &BTreeMap<String, Known>, firm: &Firm<'_>) -> Vec<RecordFact> {
        let fields = owner.fields.values().filter(|field| access::reads(self.principal, field));
        let fact = |field: &Field| {
            let value = self.known_words(field, record.get(&field.name)?, firm)?;
            Some(RecordFact { field: field.name.clone(), label: (&field.label).into(), value })
        };
        fields.filter_map(fact).collect()
    }
}
