//! The firms that a policy fits, for offices: names within the reader's scope, counts of the rest only in groups of
//! five or more.
use super::cards::{FIRM, POLICY};
use super::service::State;
use crate::facts::open_contests;
use crate::fault::{Fault, Outcome, bad_request};
use crate::reads::Reads as _;
use crate::views::Words;
use crate::{Caller, language};
use liangu_base::Id;
use liangu_expr::schema::FieldIx;
use liangu_expr::value::Value;
use liangu_matching::bits::Bits;
use liangu_matching::table::FactKey;
use liangu_store::{Query, Scope};
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use utoipa::ToSchema;

const PAGE: usize = 50;
/// Firms fetched at a time.
const BATCH: u32 = 1000;
/// Groups smaller than this are not shown outside the reader's scope.
const HIDDEN_BELOW: u64 = 5;

#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyFirms {
    /// Firms within the reader's scope.
    pub counts: FirmCounts,
    /// Firms that fit, by region of the whole installation; small groups outside the reader's scope are left out.
    pub by_region: Vec<RegionYes>,
    pub items: Vec<PolicyFirm>,
    pub next: Option<String>,
}

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct FirmCounts {
    pub yes: u64,
    pub near: u64,
    pub unknown: u64,
    pub no: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RegionYes {
    pub code: String,
    pub label: Words,
    pub yes: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyFirm {
    pub id: String,
    pub title: String,
    pub region: Option<String>,
    pub industry: Option<String>,
    /// The firm contests a fact that the policy's rule reads.
    pub contested: bool,
}

/// The rows of a policy by answer.
struct Fit {
    yes: HashSet<Id>,
    near: HashSet<Id>,
    unknown: HashSet<Id>,
}

impl Caller<'_> {
    /// `answer`: `yes` (default), `near` or `unknown`; `after`: how many are passed over.
    pub fn policy_firms(&self, policy: &str, answer: Option<&str>, after: Option<i64>) -> Outcome<PolicyFirms> {
        let id = self.id(POLICY, policy)?;
        self.visible(POLICY, id)?;
        let scoped = self.rows(FIRM)?;
        let mine = self.scoped_firms(&scoped)?;
        let (fit, regions) = {
            let state = self.app.eligibility.current(&self.app.store, self.now())?;
            let fit = fit(&state, id)?;
            let regions = regions(&state, &fit.yes);
            (fit, regions)
        };
        let own = |ids: &HashSet<Id>| -> Vec<Id> {
            let mut own: Vec<Id> = ids.iter().filter(|id| mine.contains(id)).copied().collect();
            own.sort_unstable();
            own
        };
        let (yes, near, unknown) = (own(&fit.yes), own(&fit.near), own(&fit.unknown));
        let counts = FirmCounts {
            yes: yes.len() as u64,
            near: near.len() as u64,
            unknown: unknown.len() as u64,
            no: (mine.len() - yes.len() - near.len() - unknown.len()) as u64,
        };
        let wanted = match answer {
            None | Some("yes") => &yes,
            Some("near") => &near,
            Some("unknown") => &unknown,
            Some(_) => return Err(bad_request("answer", "answer 可为 yes、near、unknown。", "answer is yes, near or unknown.")),
        };
        let from =
            usize::try_from(after.unwrap_or_default()).map_err(|_| bad_request("after", "游标不对。", "This is no cursor of the list."))?;
        let page: Vec<Id> = wanted.iter().skip(from).take(PAGE).copied().collect();
        let next = (from + page.len() < wanted.len()).then(|| (from + page.len()).to_string());
        Ok(PolicyFirms { counts, by_region: self.by_region(&regions, &mine), items: self.firm_lines(&page, id)?, next })
    }

    fn firm_lines(&self, ids: &[Id], policy: Id) -> Outcome<Vec<PolicyFirm>> {
        let doubtful = self.doubtful_firms(policy)?;
        let record = self.record_type(FIRM)?;
        let line = |row: &liangu_store::Item| {
            let values = self.raw(record, &row.values);
            let word = |field: &str| values.get(field).and_then(|value| value.0.as_str()).map(str::to_owned);
            PolicyFirm {
                id: row.id.text(&record.prefix),
                title: self.title(record, &row.values),
                region: word("region"),
                industry: word("industry"),
                contested: doubtful.contains(&row.id),
            }
        };
        Ok(self.app.store.get_many(FIRM, ids)?.iter().map(line).collect())
    }

    /// The firms that contest a fact which the policy's rule reads.
    fn doubtful_firms(&self, policy: Id) -> Outcome<HashSet<Id>> {
        let contests = self.app.store.read(|reader| open_contests(reader, &self.app.model, None))?;
        if contests.is_empty() {
            return Ok(HashSet::new());
        }
        let state = self.app.eligibility.current(&self.app.store, self.now())?;
        let Some(rule) = state.policies.keys.get(&policy).and_then(|key| state.engine.rule(*key)) else { return Ok(HashSet::new()) };
        let schema = &self.app.model.schemas[FIRM];
        let read = rule.reads().facts.into_iter().filter_map(|(field, offset)| {
            let (name, decl) = schema.fields.get_index(field.0 as usize)?;
            Some((name.as_str(), decl.yearly.then_some(self.app.judged_year() + offset)))
        });
        let read: HashSet<(&str, Option<i32>)> = read.collect();
        Ok(contests.iter().filter(|open| read.contains(&(open.field.as_str(), open.year))).map(|open| open.firm).collect())
    }

    /// The firms of a scope. Office scopes are few, so each is found once per state of the journal.
    fn scoped_firms(&self, query: &Query) -> Outcome<HashSet<Id>> {
        let state = self.app.eligibility.current(&self.app.store, self.now())?;
        let Scope::AnyOf(scopes) = &query.scope else { return Ok(state.rows.keys().copied().collect()) };
        let mut firms = HashSet::new();
        for scope in scopes {
            let rule = language::with_params(scope, &query.context.params, &self.app.model);
            match state.engine.policy(&rule) {
                Ok(fit) => firms.extend(ids(&state, &fit.yes)),
                // The scope asks for something that is no column; the database answers it.
                Err(_) => firms.extend(self.firms_by_query(&Query { scope: Scope::AnyOf(vec![scope.clone()]), ..query.clone() })?),
            }
        }
        Ok(firms)
    }

    fn firms_by_query(&self, query: &Query) -> Outcome<Vec<Id>> {
        let mut query = Query { limit: BATCH, ..query.clone() };
        let mut ids = Vec::new();
        loop {
            let page = self.app.store.query(FIRM, &query)?;
            ids.extend(page.items.iter().map(|firm| firm.id));
            let Some(next) = page.next else { return Ok(ids) };
            query.after = Some(next);
        }
    }

    fn by_region(&self, regions: &[(Id, Arc<str>)], mine: &HashSet<Id>) -> Vec<RegionYes> {
        let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        for (firm, region) in regions {
            let (total, own) = counts.entry(region.to_string()).or_default();
            *total += 1;
            *own += u64::from(mine.contains(firm));
        }
        let list = self.app.model.lists.get("region");
        let shown = counts.into_iter().filter(|(_, (total, own))| *total == *own || *total - *own >= HIDDEN_BELOW);
        let region = |(code, (total, _)): (String, (u64, u64))| RegionYes {
            label: list
                .and_then(|list| list.codes.get(&code))
                .map_or_else(|| liangu_base::Text::chinese_only(code.clone()), |e| e.label.clone())
                .into(),
            code,
            yes: total,
        };
        shown.map(region).collect()
    }
}

fn ids<'s>(state: &'s State, rows: &'s Bits) -> impl Iterator<Item = Id> + 's {
    rows.rows().filter_map(|row| state.ids.get(row as usize).copied())
}

/// The region of each firm, as the engine has it.
fn regions(state: &State, firms: &HashSet<Id>) -> Vec<(Id, Arc<str>)> {
    let place = state.engine.table().schema().fields.get_index_of("region").and_then(|place| u32::try_from(place).ok());
    let Some(place) = place else { return Vec::new() };
    let region = |firm: &Id| match state.engine.table().value(*state.rows.get(firm)?, FactKey::new(FieldIx(place), 0))? {
        Value::Text(code) => Some((*firm, code)),
        _ => None,
    };
    firms.iter().filter_map(region).collect()
}

/// Who fits; a policy that is not judged fits nobody.
fn fit(state: &State, policy: Id) -> Outcome<Fit> {
    let rule = state.policies.keys.get(&policy).and_then(|key| state.engine.rule(*key));
    let Some(rule) = rule else { return Ok(Fit { yes: HashSet::new(), near: HashSet::new(), unknown: HashSet::new() }) };
    let refused = |why: liangu_matching::Refused| Fault::Internal(format!("rule of {policy}: {why}"));
    let found = state.engine.policy(rule).map_err(refused)?;
    let near = state.engine.near_rows(rule).map_err(refused)?;
    Ok(Fit {
        yes: ids(state, &found.yes).collect(),
        near: near.iter().flat_map(|rows| ids(state, rows)).collect(),
        unknown: ids(state, &found.unknown).collect(),
    })
}
