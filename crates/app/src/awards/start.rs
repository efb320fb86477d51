//! Policies that are granted without application, and beginning a run.
use super::RUN;
use super::ready::who_fits;
use super::run::values;
use super::wire::{AwardBudget, AwardOffer, AwardOffers, AwardRun, NewAwardRun, Numbered};
use crate::authoring::IN_FORCE;
use crate::claims::budget;
use crate::eligibility::POLICY;
use crate::fault::{Fault, Outcome, forbidden};
use crate::reads::Reads as _;
use crate::views::Titled;
use crate::{App, Caller, RequestKey, flows};
use liangu_base::{Id, Text};
use liangu_store::{Change, Condition, Item, Query, Value, Years};
use std::collections::HashSet;

/// Policies on offer at most.
const MOST: u32 = 200;
const OFFICER: &str = "officer";

impl Caller<'_> {
    /// The policies that say of themselves that they are granted without application; those that can be begun first.
    ///
    /// # Errors
    /// Not found for those who see no runs.
    pub fn award_offers(&self) -> Outcome<AwardOffers> {
        self.record_type(RUN)?;
        let automatic = || Condition::In { field: "grant_mode".to_owned(), values: vec![Value::text("automatic")] };
        let of = |conditions| Ok::<_, Fault>(Query { conditions, limit: MOST, total: false, ..self.rows(POLICY)? });
        let written = self.app.store.documents(IN_FORCE)?.iter().filter_map(|document| document.key.parse().ok()).collect();
        let mut policies = self.app.store.query(POLICY, &of(vec![automatic(), Condition::Ids(written)])?)?.items;
        let with_a_document: HashSet<Id> = policies.iter().map(|policy| policy.id).collect();
        let others = self.app.store.query(POLICY, &of(vec![automatic()])?)?.items;
        policies.extend(others.into_iter().filter(|policy| !with_a_document.contains(&policy.id)));
        policies.truncate(MOST as usize);
        let mut items = policies.iter().map(|policy| self.award_offer(policy)).collect::<Outcome<Vec<_>>>()?;
        items.sort_by_key(|offer| (!offer.ready, offer.open_run.is_none()));
        Ok(AwardOffers { items })
    }

    fn award_offer(&self, policy: &Item) -> Outcome<AwardOffer> {
        let open_run = self.open_run(policy.id)?;
        let (region, why) = match self.ready(policy)? {
            Ok(ready) => (Some(ready.region), None),
            Err((_, why)) => (None, Some(why)),
        };
        let firms = region.map(|region| who_fits(self.app, policy.id, &region)).transpose()?;
        let why = why.or_else(|| open_run.as_ref().map(|_| under_way()));
        Ok(AwardOffer {
            policy: self.titled_policy(policy),
            ready: why.is_none(),
            why: why.map(Into::into),
            firms: firms.map(|firms| firms.len() as u64),
            budget: award_budget(self.app, policy.id, i64::from(self.app.today().year()))?,
            open_run,
        })
    }

    /// Begins a run of a policy that is in force.
    ///
    /// # Errors
    /// Conflict with the obstacle's code for a policy that cannot be granted like this, or with a run under way;
    /// forbidden to others than officers, and beyond their region.
    pub fn start_award_run(&self, new: &NewAwardRun, key: &RequestKey) -> Outcome<AwardRun> {
        let record = self.record_type(RUN)?;
        let policy = self.visible(POLICY, self.id(POLICY, &new.policy)?)?;
        if !self.principal.has(OFFICER) {
            return Err(forbidden("create", "批次由经办人员发起。", "Runs are begun by officers."));
        }
        let ready = self.ready(&policy)?.map_err(|(code, why)| Fault::Conflict { code, why, fields: Vec::new() })?;
        let id = self.app.next_id();
        let mut row = values([
            ("policy", Value::Ref(policy.id)),
            ("region", Value::text(ready.region)),
            ("slot", Value::text(self.app.policy_text(policy.id))),
            ("prepared_by", Value::text(self.me().1)),
        ]);
        self.stays_in_scope(record, &[OFFICER], id, &row)?;
        row.extend(flows::begin(self.app, RUN, None)?);
        let mut commit = self.commit("award_run.create");
        commit.changes.push(Change::Create { record: RUN.to_owned(), id, values: row, years: Years::new() });
        let receipt = self.commit_once(commit, Some(key), move |_| serde_json::json!({ "id": id })).map_err(one_at_a_time)?;
        let made = receipt.replayed.as_ref().and_then(|first| serde_json::from_value(first["id"].clone()).ok()).unwrap_or(id);
        self.award_run_of(made)
    }

    /// The run of a policy that is not over.
    fn open_run(&self, policy: Id) -> Outcome<Option<Numbered>> {
        let slot = Value::text(self.app.policy_text(policy));
        let Some(id) = self.app.store.read(|reader| reader.find(RUN, "slot", &slot))? else { return Ok(None) };
        let query = self.rows(RUN)?;
        Ok(self.app.store.get_in(RUN, id, &query)?.map(|item| numbered(self.app, RUN, &item)))
    }

    pub(super) fn titled_policy(&self, policy: &Item) -> Titled {
        Titled { id: self.app.policy_text(policy.id), title: self.title(&self.app.model.records[POLICY], &policy.values) }
    }
}

fn one_at_a_time(fault: Fault) -> Fault {
    match fault {
        Fault::Conflict { code: "unique", fields, .. } if fields.iter().any(|field| field.field == "slot") => {
            Fault::Conflict { code: "open_run", why: under_way(), fields: Vec::new() }
        }
        other => other,
    }
}

fn under_way() -> Text {
    Text::fixed("这项政策已有一个批次在办，请先办完或取消它。", "A run of this policy is under way; finish or cancel it first.")
}

/// A record with its number.
pub(super) fn numbered(app: &App, record: &str, item: &Item) -> Numbered {
    let number = match item.values.get("number") {
        Some(Value::Text(number)) => Some(number.clone()),
        _ => None,
    };
    Numbered { id: item.id.text(&app.model.records[record].prefix), number }
}

/// The budget of a policy and year, as it stands.
pub(super) fn award_budget(app: &App, policy: Id, year: i64) -> Outcome<Option<AwardBudget>> {
    let Some(row) = budget::row_of(app, policy, year)? else { return Ok(None) };
    let money = |field: &str| match row.values.get(field) {
        Some(Value::Int(fen)) => *fen,
        _ => 0,
    };
    let (total, reserved, spent) = (money("total"), money("reserved"), money("spent"));
    let id = row.id.text(&app.model.records[crate::claims::BUDGET].prefix);
    Ok(Some(AwardBudget { id, year, total, reserved, spent, left: total - reserved - spent }))
}
