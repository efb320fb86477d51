//! A run as people see it.
use super::RUN;
use super::drift::drift;
use super::files;
use super::ready::region_label;
use super::run::Run;
use super::start::{award_budget, numbered};
use super::wire::{AwardRun, Signature};
use crate::Caller;
use crate::eligibility::POLICY;
use crate::fault::{Fault, Outcome};
use crate::flows::STEP;
use crate::views::Titled;
use liangu_base::Id;
use liangu_store::{Condition, Query, Value};

/// Commands that are signatures.
const SIGNED: [&str; 4] = ["freeze", "dry_run", "sign_first", "sign_second"];
/// Steps of a run that are looked at.
const MOST: u32 = 200;

impl Caller<'_> {
    /// # Errors
    /// Not found when invisible.
    pub fn award_run(&self, id: &str) -> Outcome<AwardRun> {
        self.award_run_of(self.id(RUN, id)?)
    }

    pub(super) fn award_run_of(&self, id: Id) -> Outcome<AwardRun> {
        let run = Run::read(self.visible(RUN, id)?)?;
        let record = self.record_type(RUN)?;
        let named = numbered(self.app, RUN, &run.item);
        let label = record.flow.as_ref().and_then(|flow| flow.state(&run.state)).map(|state| state.label.clone());
        let year = run.day.unwrap_or_else(|| self.app.today()).year();
        let int = |field: &str| match run.item.values.get(field) {
            Some(Value::Int(n)) => Some(*n),
            _ => None,
        };
        let refused = match run.item.values.get("refused") {
            Some(Value::Bilingual(text)) => Some(text.into()),
            _ => None,
        };
        Ok(AwardRun {
            id: named.id,
            version: run.item.version,
            number: named.number,
            policy: self.policy_titled(run.policy)?,
            policy_version: int("policy_version"),
            region: region_label(&self.app.model, &run.region).into(),
            day: run.day.map(|day| day.to_string()),
            state_label: label.unwrap_or_default().into(),
            candidates: int("candidates"),
            progress: int("progress").unwrap_or(0),
            firms: run.firms,
            total: run.total,
            skipped: int("skipped"),
            skipped_by: if run.firms.is_some() { files::skipped(self.app, &run)? } else { Vec::new() },
            refused,
            moved: drift(self.app, &run)?.map(Into::into),
            budget: award_budget(self.app, run.policy, year.into())?,
            created_count: run.created_count,
            created_total: run.created_total,
            signatures: self.signatures(&run)?,
            state: run.state,
        })
    }

    fn policy_titled(&self, policy: Id) -> Outcome<Titled> {
        let item = self.app.store.get(POLICY, policy)?.ok_or_else(|| Fault::Internal(format!("policy {policy} of a run is gone")))?;
        Ok(self.titled_policy(&item))
    }

    /// The last time each was given, in that order.
    fn signatures(&self, run: &Run) -> Outcome<Vec<Signature>> {
        let of_case =
            Condition::In { field: "case_id".to_owned(), values: vec![Value::text(run.item.id.text(&self.app.model.records[RUN].prefix))] };
        let operator = crate::Principal::operator();
        let reader = Caller::new(self.app, &operator, self.lang);
        let query = Query { conditions: vec![of_case], limit: MOST, total: false, ..reader.rows(STEP)? };
        let mut steps = self.app.store.query(STEP, &query)?.items;
        let at = |item: &liangu_store::Item| match item.values.get("at") {
            Some(Value::Instant(at)) => Some(*at),
            _ => None,
        };
        steps.sort_by_key(|step| (at(step), step.id));
        let text = |item: &liangu_store::Item, field: &str| match item.values.get(field) {
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let last = |command: &str| steps.iter().rev().find(|step| text(step, "command") == command);
        let signature = |command: &str| {
            let step = last(command)?;
            let at = at(step)?.to_rfc3339_beijing();
            Some(Signature { command: command.to_owned(), by_name: text(step, "by_name"), at })
        };
        Ok(SIGNED.into_iter().filter_map(signature).collect())
    }
}
