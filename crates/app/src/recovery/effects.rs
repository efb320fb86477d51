//! What a recovery's commands change beside its own case: the mark on the claim, the budget, the support on record.
use crate::Caller;
use crate::claims::CLAIM;
use crate::claims::budget::Movements;
use crate::fault::{Fault, Outcome};
use crate::flows::Order;
use crate::payments::{PAYMENT, int, reference, text};
use liangu_base::Date;
use liangu_store::{Change, Commit, Item, Value, Values, Years};

const GRANT: &str = "support_grant";

/// What a command on a recovery adds to its commit and to its row.
pub(crate) fn on_command(order: &Order<'_>, commit: &mut Commit) -> Outcome<Values> {
    let (caller, item) = (order.caller, order.item);
    match order.command {
        "demand" => caller.mark_claim(item, "recovering", commit).map(|()| Values::new()),
        "clear" => {
            caller.mark_claim(item, "none", commit)?;
            // the same facts may change again
            let slot = format!("{}/{}", text(&item.values, "slot").unwrap_or_default(), item.id);
            Ok(Values::from([("slot".to_owned(), Value::text(slot))]))
        }
        "waive" => {
            caller.mark_claim(item, "changed", commit)?;
            let reason = order.inputs.get("reason").unwrap_or_default();
            Ok(Values::from([("reason".to_owned(), Value::text(reason))]))
        }
        "repaid" => {
            caller.mark_claim(item, "recovered", commit)?;
            caller.repaid(item, order.inputs.get("paid_on"), commit)
        }
        _ => Ok(Values::new()),
    }
}

impl Caller<'_> {
    fn mark_claim(&self, recovery: &Item, watch: &str, commit: &mut Commit) -> Outcome<()> {
        let claim = reference(&recovery.values, "claim").ok_or(Fault::NotFound)?;
        let claim = self.app.store.get(CLAIM, claim)?.ok_or(Fault::NotFound)?;
        if text(&claim.values, "watch") == Some(watch) {
            return Ok(());
        }
        let values = Values::from([("watch".to_owned(), Value::text(watch))]);
        let (record, id, expected_version) = (CLAIM.to_owned(), claim.id, Some(claim.version));
        commit.changes.push(Change::Update { record, id, expected_version, values, years: Years::new() });
        Ok(())
    }

    /// The money is back: it is free in the budget again, and no longer support that the firm received.
    fn repaid(&self, recovery: &Item, said: Option<&str>, commit: &mut Commit) -> Outcome<Values> {
        let today = self.app.today();
        let day = match said {
            None => today,
            Some(said) => Date::parse(said).ok().filter(|day| *day <= today).ok_or_else(|| {
                crate::fault::invalid("inputs.paid_on", "date", "请填写今天或以前的日期。", "Give a date that is not after today.")
            })?,
        };
        let values = &recovery.values;
        let (policy, due) = (reference(values, "policy").ok_or(Fault::NotFound)?, int(values, "due").unwrap_or(0));
        let mut money = Movements::default();
        money.recover(policy, int(values, "budget_year").unwrap_or(0), due);
        commit.changes.extend(money.changes(self.app)?);
        self.take_from_grant(recovery, due, commit)?;
        Ok(Values::from([("repaid".to_owned(), Value::Int(due)), ("repaid_on".to_owned(), Value::Date(day))]))
    }

    fn take_from_grant(&self, recovery: &Item, due: i64, commit: &mut Commit) -> Outcome<()> {
        let Some(claim) = reference(&recovery.values, "claim") else { return Ok(()) };
        // the recovery was seen; its payment, which holds the claim's slot, may lie in a batch of another region
        let slot = Value::text(claim.text(&self.app.model.records[CLAIM].prefix));
        let payment = match self.app.store.read(|reader| reader.find(PAYMENT, "slot", &slot))? {
            Some(payment) => self.app.store.get(PAYMENT, payment)?,
            None => None,
        };
        let grant = match payment.and_then(|payment| reference(&payment.values, "support")) {
            Some(grant) => self.app.store.get(GRANT, grant)?,
            None => None,
        };
        let Some(grant) = grant else { return Ok(()) };
        let left = int(&grant.values, "amount").unwrap_or(0).saturating_sub(due).max(0);
        let (record, id) = (GRANT.to_owned(), grant.id);
        commit.changes.push(Change::Update {
            record,
            id,
            expected_version: Some(grant.version),
            values: Values::from([("amount".to_owned(), Value::Int(left))]),
            years: Years::new(),
        });
        Ok(())
    }
}
