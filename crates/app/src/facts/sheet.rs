//! Everything on file about one firm: of each fact every source's word, which one counts, how old it is, whether the
//! firm contests it, and what the firm itself chose when it was asked.
use super::contest::{ContestView, OpenContest};
use crate::eligibility::{FIRM, Firm, SourceNote};
use crate::fault::{Outcome, invalid};
use crate::views::{Raw, Words};
use crate::{Caller, access};
use liangu_base::{Date, Id, Text};
use liangu_model::record::{Field, FieldType, Model};
use liangu_store::{DocumentPut, Fact, FactEntry, Reader, StoreError, Value};
use serde::Serialize;
use serde_json::json;
use std::collections::HashMap;
use utoipa::ToSchema;

/// Kind of the documents that keep which ready answer a firm chose, by [`band_key`].
pub(crate) const BAND: &str = "band";
/// Source of what a firm says of itself.
const OWN: &str = "firm";

#[derive(Debug, Serialize, ToSchema)]
pub struct FirmFacts {
    /// The day they are judged by.
    pub day: String,
    pub facts: Vec<FirmFact>,
    /// The firm's contests, the newest first.
    pub contests: Vec<ContestView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FirmFact {
    pub field: String,
    pub year: Option<i32>,
    pub label: Words,
    /// Null where every word was taken back.
    pub value: Raw,
    /// The ready answer the firm chose, where the value only stands for it.
    pub band: Option<Words>,
    /// The word that counts first.
    pub words: Vec<FactWord>,
    /// Older than the field's freshness allows.
    pub stale: bool,
    /// Sources differ.
    pub conflicting: bool,
    /// The firm has contested it and nobody has decided yet.
    pub contested: bool,
    /// The word that counts is the firm's own, so that it can change it or take it back.
    pub own: bool,
    /// What it means, and its source in law or statistics.
    pub about: Option<Words>,
}

/// The latest word of one source.
#[derive(Debug, Serialize, ToSchema)]
pub struct FactWord {
    pub source: SourceNote,
    /// The lower counts first.
    pub rank: u32,
    pub value: Raw,
    /// The value as a person says it.
    pub shown: Option<Words>,
    pub as_of: String,
    pub counts: bool,
}

/// Whether no source has spoken of the fact since its field's freshness ran out.
pub(crate) fn stale(field: &Field, facts: &[Fact], today: Date) -> bool {
    let Some(months) = field.fresh.and_then(|months| i32::try_from(months).ok()) else { return false };
    let said = facts.iter().filter(|fact| fact.field == field.name && !fact.value.is_null()).map(|fact| fact.as_of).max();
    said.is_some_and(|last| last < today.add_months(-months))
}

/// Key of the document that keeps a chosen answer.
pub(crate) fn band_key(firm: Id, field: &str, year: Option<i32>) -> String {
    format!("{firm}:{field}:{}", year.unwrap_or(0))
}

/// The ready answers behind those facts that are the firm's own word, by field and year.
pub(crate) fn bands_of(
    reader: &mut Reader<'_>,
    model: &Model,
    firm: Id,
    facts: &[Fact],
) -> Result<HashMap<(String, Option<i32>), Words>, StoreError> {
    let mut bands = HashMap::new();
    let record = &model.records[FIRM];
    for fact in facts.iter().filter(|fact| fact.current && fact.source == OWN) {
        let Some(field) = record.fields.get(&fact.field).filter(|field| is_measured(field)) else { continue };
        let Some(kept) = reader.document(BAND, &band_key(firm, &fact.field, fact.year))? else { continue };
        if kept.value["value"] == fact.value.to_json(&field.ty, model)
            && let Ok(label) = serde_json::from_value(kept.value["label"].clone())
        {
            bands.insert((fact.field.clone(), fact.year), label);
        }
    }
    Ok(bands)
}

fn is_measured(field: &Field) -> bool {
    matches!(field.ty, FieldType::Int | FieldType::Money | FieldType::Area | FieldType::Percent)
}

impl Caller<'_> {
    /// # Errors
    /// Not found for a firm out of sight.
    pub fn firm_facts(&self, id: &str) -> Outcome<FirmFacts> {
        let firm = self.firm(self.id(FIRM, id)?)?;
        let mut facts = Vec::new();
        for field in access::readable(self.principal, firm.record).into_iter().filter(|field| field.fact) {
            let mut years: Vec<Option<i32>> = firm.facts.iter().filter(|fact| fact.field == field.name).map(|fact| fact.year).collect();
            years.sort_unstable();
            years.dedup();
            facts.extend(years.into_iter().rev().map(|year| self.firm_fact(&firm, field, year)));
        }
        facts.retain(|fact| !fact.words.is_empty());
        Ok(FirmFacts { day: self.app.today().to_string(), facts, contests: self.contests_of(firm.item.id)? })
    }

    fn firm_fact(&self, firm: &Firm<'_>, field: &Field, year: Option<i32>) -> FirmFact {
        let on_file: Vec<&Fact> = firm.facts.iter().filter(|fact| fact.field == field.name && fact.year == year).collect();
        let current = on_file.iter().find(|fact| fact.current);
        FirmFact {
            field: field.name.clone(),
            year,
            label: (&field.label).into(),
            value: Raw(current.map_or(serde_json::Value::Null, |fact| fact.value.to_json(&field.ty, &self.app.model))),
            band: firm.band(&field.name, year).cloned(),
            words: self.latest_words(&on_file, field, firm),
            stale: stale(field, &firm.facts, self.app.today()),
            conflicting: current.is_some_and(|fact| fact.contested),
            contested: firm.is_contested(&field.name, year),
            own: current.is_some_and(|fact| fact.source == OWN),
            about: field.about.as_ref().map(Words::from),
        }
    }

    /// The latest word of each source that still stands by it, the one that counts first, then by standing.
    pub(super) fn latest_words(&self, on_file: &[&Fact], field: &Field, firm: &Firm<'_>) -> Vec<FactWord> {
        let newest = |fact: &&&Fact| {
            !on_file.iter().any(|other| other.source == fact.source && (other.as_of, other.sequence) > (fact.as_of, fact.sequence))
        };
        let mut words: Vec<FactWord> = on_file
            .iter()
            .filter(newest)
            .filter(|fact| !fact.value.is_null())
            .map(|fact| FactWord {
                rank: self.rank(&fact.source),
                source: self.source_note(&fact.source),
                value: Raw(fact.value.to_json(&field.ty, &self.app.model)),
                shown: firm.shown(field, &fact.value).map(Words::from),
                as_of: fact.as_of.to_string(),
                counts: fact.current,
            })
            .collect();
        words.sort_by(|a, b| (!a.counts, a.rank, &b.as_of).cmp(&(!b.counts, b.rank, &a.as_of)));
        words
    }

    pub(super) fn rank(&self, source: &str) -> u32 {
        self.app.model.sources.get(source).map_or(u32::MAX, |source| source.rank)
    }

    pub(super) fn source_note(&self, source: &str) -> SourceNote {
        let label = self.app.model.sources.get(source).map_or_else(|| Text::chinese_only(source.to_owned()), |s| s.label.clone());
        SourceNote { name: source.to_owned(), label: label.into() }
    }

    /// A firm takes its own word about one fact back; what another source says of it counts then.
    ///
    /// # Errors
    /// Forbidden to others than the firm's people; invalid where the firm has said nothing.
    pub fn withdraw_own(&self, id: &str, field: &str, year: Option<i64>) -> Outcome<FirmFacts> {
        let firm_id = self.id(FIRM, id)?;
        let firm = self.firm(firm_id)?;
        self.speaks_for(firm_id)?;
        let year = year.and_then(|year| i32::try_from(year).ok());
        let own = firm.facts.iter().filter(|fact| fact.source == OWN && fact.field == field && fact.year == year);
        let said = own.max_by_key(|fact| (fact.as_of, fact.sequence)).filter(|fact| !fact.value.is_null());
        if said.is_none() {
            return Err(invalid(
                "field",
                "nothing_said",
                "您没有回答过这一项，没有可撤回的。",
                "You have not answered this; there is nothing to take back.",
            ));
        }
        let mut commit = self.commit("firm.answer_withdrawn");
        let (record, field, source) = (FIRM.to_owned(), field.to_owned(), OWN.to_owned());
        commit.documents.push(forget_band(firm_id, &field, year));
        commit.facts.push(FactEntry { record, id: firm_id, field, year, value: Value::Null, source, as_of: self.app.today() });
        self.app.write(commit)?;
        self.firm_facts(id)
    }
}

/// Keeps the ready answer `label` that `value` stands for.
pub(crate) fn keep_band(firm: Id, field: &Field, year: Option<i32>, label: &Words, value: &Raw) -> DocumentPut {
    let value = Some(json!({"label": label, "value": value}));
    DocumentPut { kind: BAND.to_owned(), key: band_key(firm, &field.name, year), value, expected_version: None, journal: false }
}

pub(crate) fn forget_band(firm: Id, field: &str, year: Option<i32>) -> DocumentPut {
    DocumentPut { kind: BAND.to_owned(), key: band_key(firm, field, year), value: None, expected_version: None, journal: false }
}

/// Whether a contest of the firm is open on the fact.
pub(crate) fn any_open(contests: &[OpenContest], field: &str, year: Option<i32>) -> bool {
    contests.iter().any(|contest| contest.field == field && contest.year == year)
}
