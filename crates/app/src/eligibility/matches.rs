//! A firm's page: what fits now, what is one step away, what we need to know, what does not fit and why.
use super::cards::{POLICY, PolicyCard};
use super::explain::{contested, fact_label, facts, seen_in_short, word};
use super::firm::Firm;
use super::near::{NearMiss, effort, near_miss};
use super::questions::Question;
use super::reasons::{ReasonCount, Reasons};
use super::service::State;
use crate::fault::{Fault, Outcome, bad_request};
use crate::language::{self, Oracle};
use crate::reads::Reads as _;
use crate::records::limit as read_limit;
use crate::views::{Raw, Titled, Words};
use crate::{Caller, access};
use liangu_base::Id;
use liangu_expr::schema::FieldIx;
use liangu_expr::typed::Node;
use liangu_expr::value::Answer;
use liangu_matching::engine::PolicyKey;
use liangu_store::{Item, Query};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use utoipa::ToSchema;

/// Policies of a group on the first page.
const FIRST: usize = 3;

#[derive(Debug, Serialize, ToSchema)]
pub struct Matches {
    pub firm: Titled,
    /// When the answer was made, and the journal sequence it rests on.
    pub as_of: String,
    pub sequence: i64,
    pub day: String,
    pub judged_year: i32,
    /// Policies in force that are judged.
    pub in_force: u64,
    pub groups: Groups,
    /// The first of `questions`.
    pub question: Option<Question>,
    pub questions: Vec<Question>,
    pub fits: Vec<PolicyMatch>,
    pub near: Vec<PolicyMatch>,
    pub unknown: Vec<PolicyMatch>,
    /// What most often keeps policies from fitting.
    pub reasons: Vec<ReasonCount>,
    pub known: Vec<KnownFact>,
    /// Titles of records that `known` refers to, by id.
    pub titles: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Groups {
    pub fits: Group,
    pub near: Group,
    pub unknown: Group,
    pub no: Group,
}

/// Money: the sum of ceilings, fen.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct Group {
    pub count: u64,
    pub money: i64,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PolicyMatch {
    pub policy: PolicyCard,
    /// `yes`, `no` or `unknown`.
    pub answer: String,
    pub money: Option<i64>,
    pub clauses: Vec<MatchClause>,
    pub near: Option<NearMiss>,
    /// Facts that are not on file and that the answer waits for.
    pub unknown: Vec<UnknownFact>,
    /// Facts it rests on that the firm contests.
    pub contested: Vec<UnknownFact>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MatchClause {
    pub number: usize,
    pub sentence: Words,
    pub answer: String,
    pub seen: Option<Words>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UnknownFact {
    pub field: String,
    pub year: Option<i32>,
    pub label: Words,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KnownFact {
    pub field: String,
    pub year: Option<i32>,
    pub label: Words,
    pub value: Raw,
    pub source: Option<String>,
    pub as_of: Option<String>,
    /// The ready answer the firm chose, where the value only stands for it.
    pub band: Option<Words>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MatchPage {
    pub items: Vec<PolicyMatch>,
    pub total: u64,
    pub next: Option<String>,
}

/// The policies of each group, most money first.
pub(crate) struct Sorted {
    pub fits: Vec<PolicyKey>,
    /// With the clause that is in the way.
    pub near: Vec<PolicyKey>,
    pub unknown: Vec<PolicyKey>,
    pub no: Vec<PolicyKey>,
    pub clause_in_the_way: HashMap<PolicyKey, usize>,
}

impl Caller<'_> {
    pub fn matches(&self, id: &str) -> Outcome<Matches> {
        let id = self.id(super::cards::FIRM, id)?;
        self.matches_of(id)
    }

    pub(crate) fn matches_of(&self, id: Id) -> Outcome<Matches> {
        let firm = self.firm(id)?;
        let visible = self.visible_policies()?;
        let now = self.now();
        let state = self.app.eligibility.current(&self.app.store, now)?;
        let row = *state.rows.get(&id).ok_or(Fault::NotFound)?;
        let oracle = self.oracle(&firm);
        let sorted = sort(&state, &oracle, row, visible.as_deref())?;
        let first = |keys: &[PolicyKey]| self.shown_matches(&state, &firm, &oracle, &sorted, &keys[..keys.len().min(FIRST)]);
        let questions = self.questions(&firm, &state, row)?;
        let sum = |keys: &[PolicyKey]| Group { count: keys.len() as u64, money: money(&state, keys) };
        Ok(Matches {
            firm: Titled { id: id.text(&firm.record.prefix), title: self.title(firm.record, &firm.item.values) },
            as_of: now.to_rfc3339_beijing(),
            sequence: state.sequence,
            day: state.today.to_string(),
            judged_year: firm.judged_year,
            in_force: (sorted.fits.len() + sorted.near.len() + sorted.unknown.len() + sorted.no.len()) as u64,
            groups: Groups { fits: sum(&sorted.fits), near: sum(&sorted.near), unknown: sum(&sorted.unknown), no: sum(&sorted.no) },
            question: questions.first().cloned(),
            questions,
            fits: first(&sorted.fits)?,
            near: first(&sorted.near)?,
            unknown: first(&sorted.unknown)?,
            reasons: Reasons::new(&state, row).counted(&firm, &sorted.no),
            known: self.known(&firm),
            titles: firm.titles_in_use(),
        })
    }

    /// One group, a page at a time; `reason` cuts the last group to the policies one fact keeps away.
    pub fn match_group(&self, id: &str, group: &str, reason: Option<&str>, after: Option<i64>, limit: Option<&str>) -> Outcome<MatchPage> {
        let id = self.id(super::cards::FIRM, id)?;
        let firm = self.firm(id)?;
        let visible = self.visible_policies()?;
        let state = self.app.eligibility.current(&self.app.store, self.now())?;
        let row = *state.rows.get(&id).ok_or(Fault::NotFound)?;
        let oracle = self.oracle(&firm);
        let sorted = sort(&state, &oracle, row, visible.as_deref())?;
        let mut keys = match group {
            "fits" => sorted.fits.clone(),
            "near" => sorted.near.clone(),
            "unknown" => sorted.unknown.clone(),
            "no" => sorted.no.clone(),
            _ => return Err(Fault::NotFound),
        };
        if let Some(reason) = reason {
            if group != "no" {
                return Err(bad_request("reason", "reason 只用于 no 组。", "reason is for the group `no` only."));
            }
            let reasons = Reasons::new(&state, row);
            keys.retain(|key| reasons.key(&firm, *key) == Some(reason));
        }
        let from =
            usize::try_from(after.unwrap_or_default()).map_err(|_| bad_request("after", "游标不对。", "This is no cursor of the list."))?;
        let limit = limit.map_or(Ok(20), read_limit)? as usize;
        let page: Vec<PolicyKey> = keys.iter().copied().skip(from).take(limit).collect();
        let next = (from + page.len() < keys.len()).then(|| (from + page.len()).to_string());
        Ok(MatchPage { items: self.shown_matches(&state, &firm, &oracle, &sorted, &page)?, total: keys.len() as u64, next })
    }

    pub(crate) fn oracle<'f>(&'f self, firm: &'f Firm<'f>) -> Oracle<'f> {
        Oracle::new(&self.app.model, firm, self.app.today())
    }

    fn shown_matches(
        &self,
        state: &State,
        firm: &Firm<'_>,
        oracle: &Oracle<'_>,
        sorted: &Sorted,
        keys: &[PolicyKey],
    ) -> Outcome<Vec<PolicyMatch>> {
        let cards = self.policy_items(&keys.iter().map(|key| state.policies.id(*key)).collect::<Vec<_>>())?;
        let shown = |key: &PolicyKey| {
            let card = self.card(cards.get(&state.policies.id(*key))?);
            let rule = state.engine.rule(*key)?;
            let money = state.policies.money(*key);
            let mut shown = shown_match(card, money, rule.clauses(), firm, oracle, sorted.clause_in_the_way.get(key).copied());
            if state.policies.closed(*key) {
                word(Answer::No).clone_into(&mut shown.answer);
                shown.near = None;
            }
            Some(shown)
        };
        Ok(keys.iter().filter_map(shown).collect())
    }

    pub(crate) fn policy_items(&self, ids: &[Id]) -> Outcome<HashMap<Id, Item>> {
        Ok(self.app.store.get_many(POLICY, ids)?.into_iter().map(|item| (item.id, item)).collect())
    }

    /// Facts on file that rules read, the judged year's of yearly ones.
    fn known(&self, firm: &Firm<'_>) -> Vec<KnownFact> {
        let fields = access::readable(self.principal, firm.record).into_iter().filter(|field| field.fact);
        let known = fields.filter_map(|field| {
            let value = firm.stored(field, 0)?;
            let fact = firm.fact_on_file(field, 0);
            Some(KnownFact {
                field: field.name.clone(),
                year: firm.year_of(field, 0),
                label: (&field.label).into(),
                value: Raw(value.to_json(&field.ty, &self.app.model)),
                source: fact.map(|fact| fact.source.clone()),
                as_of: fact.map(|fact| fact.as_of.to_string()),
                band: firm.band(&field.name, firm.year_of(field, 0)).cloned(),
            })
        });
        known.collect()
    }

    /// The policies this reader sees; `None` for all of them. Kept until a policy changes, for roles that see the same
    /// ones whoever has them.
    pub(crate) fn visible_policies(&self) -> Outcome<Option<Arc<HashSet<Id>>>> {
        let query = self.rows(POLICY)?;
        if language::sees_all(&query.scope) {
            return Ok(None);
        }
        let Some(roles) = self.app.access.impersonal(self.principal, POLICY) else { return Ok(Some(self.read_visible(query)?)) };
        let changed = self.app.eligibility.current(&self.app.store, self.now())?.policies.changed;
        self.app.visible.get(roles, changed, self.app.today(), || self.read_visible(query)).map(Some)
    }

    fn read_visible(&self, mut query: Query) -> Outcome<Arc<HashSet<Id>>> {
        (query.limit, query.total) = (1000, false);
        let mut ids = HashSet::new();
        loop {
            let page = self.app.store.query(POLICY, &query)?;
            ids.extend(page.items.iter().map(|policy| policy.id));
            let Some(next) = page.next else { return Ok(Arc::new(ids)) };
            query.after = Some(next);
        }
    }
}

/// The groups of a row, most money first; near misses by how far off the step is.
/// A policy whose window for applications is over does not fit, whatever its clauses say.
fn sort(state: &State, oracle: &Oracle<'_>, row: usize, visible: Option<&HashSet<Id>>) -> Outcome<Sorted> {
    let refused = |e: liangu_matching::table::TableError| Fault::Internal(e.to_string());
    let mut clause_in_the_way = HashMap::new();
    let mut efforts = HashMap::new();
    for near in state.engine.near_all(row, &[]).map_err(refused)? {
        let clause = state.engine.rule(near.policy).and_then(|rule| rule.clauses().get(near.clause));
        if let Some(effort) = clause.and_then(|clause| effort(clause, oracle.firm, oracle)) {
            clause_in_the_way.insert(near.policy, near.clause);
            efforts.insert(near.policy, effort);
        }
    }
    let mut sorted = Sorted { fits: vec![], near: vec![], unknown: vec![], no: vec![], clause_in_the_way };
    for (key, answer) in state.engine.policies().zip(state.engine.firm(row).iter()) {
        if visible.is_some_and(|visible| !visible.contains(&state.policies.id(key))) {
            continue;
        }
        match answer {
            _ if state.policies.closed(key) => sorted.no.push(key),
            Answer::Yes => sorted.fits.push(key),
            Answer::Unknown => sorted.unknown.push(key),
            Answer::No if efforts.contains_key(&key) => sorted.near.push(key),
            Answer::No => sorted.no.push(key),
        }
    }
    let order = |key: &PolicyKey| (std::cmp::Reverse(state.policies.money(*key).unwrap_or_default()), state.policies.id(*key));
    for keys in [&mut sorted.fits, &mut sorted.unknown, &mut sorted.no] {
        keys.sort_by_key(order);
    }
    sorted.near.sort_by_key(|key| (efforts.get(key).copied(), order(key)));
    Ok(sorted)
}

fn money(state: &State, keys: &[PolicyKey]) -> i64 {
    keys.iter().fold(0, |sum: i64, key| sum.saturating_add(state.policies.money(*key).unwrap_or_default()))
}

fn shown_match(
    policy: PolicyCard,
    money: Option<i64>,
    clauses: &[Node],
    firm: &Firm<'_>,
    oracle: &Oracle<'_>,
    in_the_way: Option<usize>,
) -> PolicyMatch {
    let answers: Vec<Answer> = clauses.iter().map(|clause| oracle.answer(clause)).collect();
    let whole = if answers.contains(&Answer::No) {
        Answer::No
    } else if answers.contains(&Answer::Unknown) {
        Answer::Unknown
    } else {
        Answer::Yes
    };
    let clause = |(number, clause): (usize, &Node)| MatchClause {
        number: number + 1,
        sentence: firm.sentence(clause).into(),
        answer: word(answers[number]).to_owned(),
        seen: seen_in_short(clause, firm, oracle),
    };
    let open = clauses.iter().zip(&answers).filter(|(_, answer)| **answer == Answer::Unknown);
    let missing = open.flat_map(|(clause, _)| facts(clause));
    let missing = missing.filter(|(place, offset)| firm.field(*place).is_some_and(|field| firm.stored(field, *offset).is_none()));
    let doubtful = clauses.iter().flat_map(facts).filter(|(place, offset)| contested(firm, *place, *offset));
    PolicyMatch {
        near: in_the_way.and_then(|at| clauses.get(at)).map(|clause| near_miss(clause, firm, oracle, policy.deadline.as_deref())),
        answer: word(whole).to_owned(),
        money,
        clauses: clauses.iter().enumerate().map(clause).collect(),
        unknown: named(firm, missing),
        contested: named(firm, doubtful),
        policy,
    }
}

/// The facts with their labels, once each.
fn named(firm: &Firm<'_>, facts: impl Iterator<Item = (FieldIx, i32)>) -> Vec<UnknownFact> {
    let mut named: Vec<UnknownFact> = Vec::new();
    for (place, offset) in facts {
        let Some(field) = firm.field(place) else { continue };
        let year = firm.year_of(field, offset);
        if !named.iter().any(|known| known.field == field.name && known.year == year) {
            named.push(UnknownFact { field: field.name.clone(), year, label: fact_label(firm, place, offset).into() });
        }
    }
    named
}
