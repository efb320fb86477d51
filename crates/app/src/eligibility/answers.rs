//! A firm's answer to a question: a fact with the source `firm`, through the one write path; taking it back puts its
//! former word in its place.
use super::cards::{FIRM, PolicyCard};
use super::columns::oracle_value;
use super::feed::with_cell;
use super::firm::Firm;
use super::matches::Matches;
use super::service::State;
use crate::facts::{BAND, band_key, forget_band, keep_band};
use crate::fault::{Fault, FieldFault, Outcome, forbidden, invalid};
use crate::reads::Reads as _;
use crate::views::{Raw, Words};
use crate::{Caller, RequestKey, access, shown};
use liangu_base::{Id, Text};
use liangu_expr::schema::FieldIx;
use liangu_expr::value::Answer;
use liangu_matching::firm::Answers;
use liangu_matching::table::FactKey;
use liangu_model::record::Field;
use liangu_store::{DocumentPut, FactEntry, Value};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::collections::HashSet;
use utoipa::ToSchema;

/// Source of what a firm says of itself.
const SOURCE: &str = "firm";
/// Prefix of answer ids outside.
const PREFIX: &str = "ans";
const KIND: &str = "answer";

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAnswer {
    pub field: String,
    /// Of a yearly fact.
    pub year: Option<i32>,
    pub value: Raw,
    /// The value stands for the ready answer it belongs to: a range, not a figure.
    #[serde(default)]
    pub band: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Answered {
    pub matches: Matches,
    /// Policies that fit now and did not before.
    pub gained: Vec<PolicyCard>,
    /// Policies that fitted before and do not now.
    pub lost: Vec<PolicyCard>,
    pub answer_id: String,
}

/// What an answer replaced, kept so that it can be taken back.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    firm: Id,
    field: String,
    year: Option<i32>,
    /// The firm's former word, raw; null for none.
    former: Json,
    /// What was kept of the ready answer behind the former word.
    #[serde(default)]
    band: Json,
}

/// Policies gained and lost.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Change {
    gained: Vec<Id>,
    lost: Vec<Id>,
}

impl Caller<'_> {
    /// # Errors
    /// Not found for a firm out of sight; forbidden to others than its people; invalid for the field or the value.
    pub fn answer(&self, id: &str, answer: &NewAnswer, key: &RequestKey) -> Outcome<Answered> {
        let id = self.id(FIRM, id)?;
        let firm = self.firm(id)?;
        self.speaks_for(id)?;
        let field = self.asked(&firm, answer)?;
        let value = self.answer_value(field, &answer.value.0)?;
        let former_band = self.app.store.document(BAND, &band_key(id, &field.name, answer.year))?;
        let band = former_band.map_or(Json::Null, |document| document.value);
        let kept = Kept { firm: id, field: field.name.clone(), year: answer.year, former: self.former(&firm, field, answer.year), band };
        let change = self.foreseen(&firm, field, answer.year, &value)?;
        let answer_id = self.app.next_id();
        let mut commit = self.commit("firm.answer");
        commit.facts.push(self.word(id, field, answer.year, value));
        commit.documents.push(keep(answer_id, Some(json!(kept))));
        commit.documents.push(match self.band(field, answer)? {
            Some(label) => keep_band(id, field, answer.year, &label, &answer.value),
            None => forget_band(id, &field.name, answer.year),
        });
        let stored = json!({"answer": answer_id, "change": change});
        let receipt = self.commit_once(commit, Some(key), move |_| stored.clone())?;
        let (answer_id, change) = match &receipt.replayed {
            Some(first) => (read(&first["answer"])?, read(&first["change"])?),
            None => (answer_id, change),
        };
        self.answered(id, answer_id, &change)
    }

    /// # Errors
    /// Not found for an answer that is not this firm's or was taken back already.
    pub fn undo_answer(&self, id: &str, answer: &str) -> Outcome<Answered> {
        let id = self.id(FIRM, id)?;
        let firm = self.firm(id)?;
        self.speaks_for(id)?;
        let answer_id = Id::parse(PREFIX, answer).map_err(|_| Fault::NotFound)?;
        let document = self.app.store.document(KIND, &answer_id.text(PREFIX))?.ok_or(Fault::NotFound)?;
        let kept: Kept = read(&document.value)?;
        let field = firm.record.fields.get(&kept.field).filter(|_| kept.firm == id).ok_or(Fault::NotFound)?;
        let former = Value::from_json(&kept.former, &field.ty, &self.app.model).map_err(|why| Fault::Internal(why.en.into_owned()))?;
        let before = self.fitting(id)?;
        let mut commit = self.commit("firm.answer_undone");
        commit.facts.push(self.word(id, field, kept.year, former));
        commit.documents.push(keep(answer_id, None));
        let value = (!kept.band.is_null()).then(|| kept.band.clone());
        commit.documents.push(DocumentPut { value, ..forget_band(id, &kept.field, kept.year) });
        self.app.write(commit)?;
        let after = self.fitting(id)?;
        self.answered(id, answer_id, &difference(&before, &after))
    }

    pub(crate) fn speaks_for(&self, firm: Id) -> Outcome<()> {
        if self.principal.firm == Some(firm) && self.principal.has("firm") {
            return Ok(());
        }
        Err(forbidden(
            "not_its_firm",
            "只有企业自己的人可以回答；部门的数据请在名录中修改。",
            "Only the firm's own people answer; an office changes the register instead.",
        ))
    }

    fn asked<'f>(&self, firm: &Firm<'f>, answer: &NewAnswer) -> Outcome<&'f Field> {
        let field =
            firm.record.fields.get(&answer.field).filter(|field| field.fact && !field.read_only && access::reads(self.principal, field));
        let field = field.ok_or_else(|| {
            Fault::Invalid(vec![FieldFault::new(
                "field",
                "unknown_field",
                Text::fixed("没有这一项可以回答；请核对名称。", "There is no such fact to answer; check its name."),
            )])
        })?;
        if field.yearly != answer.year.is_some() {
            return Err(invalid(
                "year",
                "needs_year",
                "按年填报的数要写明年度，其他的不写。",
                "State the year of a yearly fact, and of no other.",
            ));
        }
        let judged = self.app.judged_year();
        if answer.year.is_some_and(|year| !(judged - 10..=judged + 1).contains(&year)) {
            return Err(invalid("year", "range", "年度超出范围。", "The year is out of range."));
        }
        Ok(field)
    }

    fn answer_value(&self, field: &Field, value: &Json) -> Outcome<Value> {
        if value.is_null() {
            return Err(invalid("value", "required", "请给出回答；要收回请用撤销。", "Give an answer; to take one back, undo it."));
        }
        Value::from_json(value, &field.ty, &self.app.model).map_err(|why| Fault::Invalid(vec![FieldFault::new("value", "type", why)]))
    }

    /// The ready answer that was chosen, where it stands for a range: not for nothing, and not where its label is the
    /// figure itself.
    fn band(&self, field: &Field, answer: &NewAnswer) -> Outcome<Option<Words>> {
        if !answer.band {
            return Ok(None);
        }
        let chosen = self.choices(field).into_iter().find(|choice| choice.value == answer.value);
        let chosen =
            chosen.ok_or_else(|| invalid("band", "not_in_list", "这不是可选的答案之一。", "This is none of the ready answers."))?;
        let exact = |n: i64| n == 0 || shown::amount(n, shown::unit_of(&field.ty, field.unit)).zh == chosen.label.zh.as_str();
        Ok(answer.value.0.as_i64().filter(|n| !exact(*n)).map(|_| chosen.label))
    }

    fn word(&self, id: Id, field: &Field, year: Option<i32>, value: Value) -> FactEntry {
        FactEntry {
            record: FIRM.to_owned(),
            id,
            field: field.name.clone(),
            year,
            value,
            source: SOURCE.to_owned(),
            as_of: self.app.today(),
        }
    }

    /// What the firm itself said last, raw.
    fn former(&self, firm: &Firm<'_>, field: &Field, year: Option<i32>) -> Json {
        let own = firm.facts.iter().filter(|fact| fact.source == SOURCE && fact.field == field.name && fact.year == year);
        own.max_by_key(|fact| fact.sequence).map_or(Json::Null, |fact| fact.value.to_json(&field.ty, &self.app.model))
    }

    /// What the answer will change, before it is written: nothing where a source of more weight has spoken.
    fn foreseen(&self, firm: &Firm<'_>, field: &Field, year: Option<i32>, value: &Value) -> Outcome<Change> {
        let offset = year.map_or(0, |year| year - firm.judged_year);
        let rank = |source: &str| self.app.model.sources.get(source).map_or(u32::MAX, |source| source.rank);
        if firm.fact_on_file(field, offset).is_some_and(|fact| rank(&fact.source) < rank(SOURCE)) {
            return Ok(Change::default());
        }
        let visible = self.visible_policies()?;
        let state = self.app.eligibility.current(&self.app.store, self.now())?;
        let row = *state.rows.get(&firm.item.id).ok_or(Fault::NotFound)?;
        let place = firm.schema.fields.get_index_of(&field.name).and_then(|place| u32::try_from(place).ok());
        let fact = FactKey::new(FieldIx(place.unwrap_or(u32::MAX)), offset);
        let seen = oracle_value(value, &field.ty, &self.app.model);
        let after = with_cell(seen.as_ref(), |cell| state.engine.firm_what_if(row, &[(fact, cell)]));
        // A fact that no rule can read changes nothing.
        let Ok(after) = after else { return Ok(Change::default()) };
        let sees = |id: &Id| visible.as_ref().is_none_or(|visible| visible.contains(id));
        let fits = |answers: Answers| -> Vec<Id> { fitting(&state, &answers).into_iter().filter(sees).collect() };
        Ok(difference(&fits(state.engine.firm(row)), &fits(after)))
    }

    fn fitting(&self, firm: Id) -> Outcome<Vec<Id>> {
        let visible = self.visible_policies()?;
        let state = self.app.eligibility.current(&self.app.store, self.now())?;
        let row = *state.rows.get(&firm).ok_or(Fault::NotFound)?;
        let all = fitting(&state, &state.engine.firm(row));
        Ok(all.into_iter().filter(|id| visible.as_ref().is_none_or(|visible| visible.contains(id))).collect())
    }

    fn answered(&self, firm: Id, answer: Id, change: &Change) -> Outcome<Answered> {
        let cards = |ids: &[Id]| -> Outcome<Vec<PolicyCard>> {
            let items = self.policy_items(ids)?;
            Ok(ids.iter().filter_map(|id| items.get(id)).map(|policy| self.card(policy)).collect())
        };
        Ok(Answered {
            gained: cards(&change.gained)?,
            lost: cards(&change.lost)?,
            matches: self.matches_of(firm)?,
            answer_id: answer.text(PREFIX),
        })
    }
}

fn fitting(state: &State, answers: &Answers) -> Vec<Id> {
    let fits = state.engine.policies().zip(answers.iter()).filter(|(_, answer)| *answer == Answer::Yes);
    fits.map(|(key, _)| state.policies.id(key)).collect()
}

fn difference(before: &[Id], after: &[Id]) -> Change {
    let beyond = |these: &[Id], those: &[Id]| {
        let those: HashSet<&Id> = those.iter().collect();
        these.iter().filter(|id| !those.contains(id)).copied().collect()
    };
    Change { gained: beyond(after, before), lost: beyond(before, after) }
}

fn keep(answer: Id, value: Option<Json>) -> DocumentPut {
    DocumentPut { kind: KIND.to_owned(), key: answer.text(PREFIX), value, expected_version: None, journal: false }
}

fn read<T: serde::de::DeserializeOwned>(json: &Json) -> Outcome<T> {
    serde_json::from_value(json.clone()).map_err(|e| Fault::Internal(format!("kept answer: {e}")))
}
