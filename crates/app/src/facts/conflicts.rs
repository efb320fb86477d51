//! Facts of which sources say different things, within the reader's scope, and settling one: a value from a source that
//! counts, or one source's word marked as withdrawn.
use super::contest::reason;
use super::sheet::FactWord;
use crate::eligibility::{FIRM, Firm};
use crate::fault::{Fault, FieldFault};
use crate::fault::{Outcome, bad_request, invalid};
use crate::records::limit as read_limit;
use crate::views::{Raw, Titled, Words};
use crate::{Caller, RequestKey};
use liangu_base::{Id, Text};
use liangu_model::record::Field;
use liangu_store::{Condition, Fact, FactEntry, FactPlace, Query, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Firms asked for at a time.
const PORTION: usize = 200;

#[derive(Debug, Serialize, ToSchema)]
pub struct ConflictPage {
    pub items: Vec<Conflicting>,
    pub total: u64,
    pub next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Conflicting {
    pub firm: Titled,
    pub region: Option<String>,
    pub field: String,
    pub year: Option<i32>,
    pub label: Words,
    /// The one that counts first.
    pub words: Vec<FactWord>,
    /// Why the first counts.
    pub why: Words,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleConflict {
    pub field: String,
    pub year: Option<i32>,
    /// The source whose word is withdrawn.
    pub withdraw: Option<String>,
    /// Or the value that is right, as the word of `source`.
    pub value: Option<Raw>,
    /// By default the source that counts now.
    pub source: Option<String>,
    /// For the journal's reader.
    pub reason: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Settled {
    /// Whether sources still differ.
    pub conflicting: bool,
    pub words: Vec<FactWord>,
}

impl Caller<'_> {
    /// `after`: how many are passed over.
    ///
    /// # Errors
    /// A bad request for a field that is no fact, a region that is no code, or a wrong cursor.
    pub fn fact_conflicts(
        &self,
        field: Option<&str>,
        region: Option<&str>,
        after: Option<i64>,
        limit: Option<&str>,
    ) -> Outcome<ConflictPage> {
        let record = self.record_type(FIRM)?;
        let readable = |name: &str| record.fields.get(name).is_some_and(|field| field.fact && crate::access::reads(self.principal, field));
        if field.is_some_and(|name| !readable(name)) {
            return Err(bad_request("field", "没有这一项资料。", "There is no such fact."));
        }
        let known = self.app.facts.at(&self.app.store, &self.app.model, self.app.today())?;
        let wanted = known.conflicts.into_iter().filter(|place| readable(&place.field) && field.is_none_or(|name| place.field == name));
        let mut by_firm: BTreeMap<Id, Vec<FactPlace>> = BTreeMap::new();
        wanted.for_each(|place| by_firm.entry(place.id).or_default().push(place));
        let mut places = Vec::new();
        for id in self.firms_among(&by_firm.keys().copied().collect::<Vec<_>>(), region)? {
            places.extend(by_firm.remove(&id).unwrap_or_default());
        }
        let from =
            usize::try_from(after.unwrap_or_default()).map_err(|_| bad_request("after", "游标不对。", "This is no cursor of the list."))?;
        let limit = limit.map_or(Ok(20), read_limit)? as usize;
        let shown: Vec<&FactPlace> = places.iter().skip(from).take(limit).collect();
        let items: Outcome<Vec<Conflicting>> = shown.iter().map(|place| self.conflicting(place)).collect();
        let next = (from + shown.len() < places.len()).then(|| (from + shown.len()).to_string());
        Ok(ConflictPage { items: items?, total: places.len() as u64, next })
    }

    /// Those of the firms that the reader sees, in or below a region.
    fn firms_among(&self, ids: &[Id], region: Option<&str>) -> Outcome<Vec<Id>> {
        if let Some(code) = region.filter(|code| !self.app.model.lists.get("region").is_some_and(|list| list.codes.contains_key(*code))) {
            return Err(bad_request("region", format!("没有地区“{code}”。"), format!("There is no region \"{code}\".")));
        }
        let mut seen = Vec::new();
        for portion in ids.chunks(PORTION) {
            let mut conditions = vec![Condition::Ids(portion.to_vec())];
            conditions.extend(region.map(|code| Condition::Within { field: "region".into(), codes: vec![code.to_owned()] }));
            let query = Query { conditions, limit: PORTION as u32, total: false, ..self.rows(FIRM)? };
            seen.extend(self.app.store.read(|reader| reader.query(FIRM, &query))?.items.iter().map(|firm| firm.id));
        }
        seen.sort_unstable();
        Ok(seen)
    }

    fn conflicting(&self, place: &FactPlace) -> Outcome<Conflicting> {
        let firm = self.firm(place.id)?;
        let field = firm.record.fields.get(&place.field).ok_or(Fault::NotFound)?;
        let words = self.words_of(&firm, field, place.year);
        let region = match firm.item.values.get("region") {
            Some(Value::Text(code)) => Some(code.clone()),
            _ => None,
        };
        Ok(Conflicting {
            firm: Titled { id: place.id.text(&firm.record.prefix), title: self.title(firm.record, &firm.item.values) },
            region,
            field: field.name.clone(),
            year: place.year,
            label: (&field.label).into(),
            why: why(&words).into(),
            words,
        })
    }

    fn words_of(&self, firm: &Firm<'_>, field: &Field, year: Option<i32>) -> Vec<FactWord> {
        let on_file: Vec<&Fact> = firm.facts.iter().filter(|fact| fact.field == field.name && fact.year == year).collect();
        self.latest_words(&on_file, field, firm)
    }

    /// # Errors
    /// Not found for a firm out of sight; forbidden to who may not change the fact; invalid for what is asked.
    pub fn settle_conflict(&self, id: &str, settle: &SettleConflict, key: &RequestKey) -> Outcome<Settled> {
        let firm_id = self.id(FIRM, id)?;
        let firm = self.firm(firm_id)?;
        let field = firm.record.fields.get(&settle.field).filter(|field| field.fact && crate::access::reads(self.principal, field));
        let field = field
            .ok_or_else(|| invalid("field", "unknown_field", "没有这一项资料；请核对名称。", "There is no such fact; check its name."))?;
        self.may_write_fact(&firm, field)?;
        reason(&settle.reason)?;
        let word = match (&settle.withdraw, &settle.value) {
            (Some(source), None) => self.withdrawn(&firm, field, settle.year, source)?,
            (None, Some(raw)) => {
                let value = Value::from_json(&raw.0, &field.ty, &self.app.model)
                    .map_err(|why| Fault::Invalid(vec![FieldFault::new("value", "type", why)]))?;
                if value.is_null() {
                    return Err(invalid("value", "required", "请填写正确的值。", "Give the right value."));
                }
                self.standing_word(&firm, field, settle.year, value, settle.source.as_deref())?
            }
            _ => {
                return Err(invalid(
                    "withdraw",
                    "choose_one",
                    "请选一种：填写正确的值，或撤下一个来源的值。",
                    "Choose one: the right value, or the source to withdraw.",
                ));
            }
        };
        let mut commit = self.commit("enterprise.settle_fact");
        commit.facts.push(word);
        self.commit_once(commit, Some(key), |_| serde_json::json!({}))?;
        let firm = self.firm(firm_id)?;
        let conflicting = firm.facts.iter().any(|fact| fact.field == settle.field && fact.year == settle.year && fact.contested);
        Ok(Settled { conflicting, words: self.words_of(&firm, field, settle.year) })
    }

    fn withdrawn(&self, firm: &Firm<'_>, field: &Field, year: Option<i32>, source: &str) -> Outcome<FactEntry> {
        if !self.words_of(firm, field, year).iter().any(|word| word.source.name == source) {
            return Err(invalid("withdraw", "nothing_said", "这个来源没有可撤下的值。", "This source has no value to withdraw."));
        }
        let (record, source) = (FIRM.to_owned(), source.to_owned());
        Ok(FactEntry { record, id: firm.item.id, field: field.name.clone(), year, value: Value::Null, source, as_of: self.app.today() })
    }
}

/// Why the first of the words counts.
fn why(words: &[FactWord]) -> Text {
    let [first, second, ..] = words else { return Text::default() };
    let (a, b) = (&first.source.label, &second.source.label);
    if first.rank < second.rank {
        return Text::new(format!("“{}”比“{}”优先。", a.zh, b.zh), format!("\"{}\" has more standing than \"{}\".", a.en, b.en));
    }
    Text::new(
        format!("两个来源同等优先，“{}”的日期较晚。", a.zh),
        format!("Both sources have the same standing; the word of \"{}\" is the later.", a.en),
    )
}
