//! A batch as its page shows it.
use super::effects::{has_file, sent_on};
use super::row::{Payment, Standing, date, int, payments, reference, text};
use super::wire::{Numbered, PaymentBatchView, PaymentLine, PaymentSignature, PaymentSum};
use super::{BATCH, PAYMENT, apply};
use crate::access;
use crate::claims::CLAIM;
use crate::eligibility::{FIRM, POLICY};
use crate::fault::Outcome;
use crate::reads::Reads as _;
use crate::views::{Titled, Words};
use crate::{App, Caller};
use liangu_base::Id;
use liangu_store::{Item, Value, Values};
use std::collections::BTreeMap;

impl Caller<'_> {
    /// # Errors
    /// Not found for a batch out of sight.
    pub fn payment_batch(&self, id: &str) -> Outcome<PaymentBatchView> {
        self.batch_view(self.id(BATCH, id)?)
    }

    pub(super) fn batch_view(&self, id: Id) -> Outcome<PaymentBatchView> {
        let item = self.visible(BATCH, id)?;
        let rows = self.app.store.children(PAYMENT, id)?;
        let values = &item.values;
        let payments = payments(&rows)?;
        let titles = |record: &str, ids: Vec<Id>| self.app.store.titles(record, &ids);
        let policies = titles(POLICY, payments.iter().map(|p| p.policy).chain(reference(values, "policy")).collect())?;
        let firms = titles(FIRM, payments.iter().map(|p| p.firm).collect())?;
        let numbers = titles(CLAIM, payments.iter().map(|p| p.claim).collect())?;
        let by_id: BTreeMap<Id, &Item> = rows.iter().map(|row| (row.id, row)).collect();
        let shows_payee = access::reads(self.principal, &self.app.model.records[PAYMENT].fields["payee_account"]);
        let line = |payment: &Payment| {
            let row = &by_id[&payment.id].values;
            let payee = |said: &str| shows_payee.then(|| said.to_owned());
            PaymentLine {
                id: payment.id.text(&self.app.model.records[PAYMENT].prefix),
                claim: numbered(self.app, payment.claim, &numbers),
                firm: titled(self.app, FIRM, payment.firm, &firms),
                policy: titled(self.app, POLICY, payment.policy, &policies),
                payee_name: payee(&payment.payee_name),
                payee_bank: payee(&payment.payee_bank),
                payee_account: payee(&payment.payee_account),
                amount: payment.amount,
                state: payment.standing.name().to_owned(),
                reference: payment.reference.clone(),
                paid_on: date(row, "paid_on").map(|day| day.to_string()),
                failure: text(row, "failure").map(str::to_owned),
            }
        };
        let open = [Standing::Planned, Standing::Sent].map(|standing| apply::sum(&payments, standing));
        let owned = |field: &str| text(values, field).unwrap_or_default().to_owned();
        let state = owned("state");
        let waits = state == "sent";
        Ok(PaymentBatchView {
            id: id.text(&self.app.model.records[BATCH].prefix),
            version: item.version,
            number: owned("number"),
            state_label: state_label(self.app, BATCH, &state),
            region: owned("region"),
            policy: reference(values, "policy").map(|policy| titled(self.app, POLICY, policy, &policies)),
            drawn_on: date(values, "drawn_on").map(|day| day.to_string()),
            sent_on: sent_on(&item),
            count: int(values, "count").and_then(|n| u64::try_from(n).ok()).unwrap_or(0),
            total: int(values, "total").unwrap_or(0),
            payments: payments.iter().map(line).collect(),
            signatures: signatures(values),
            paid: apply::sum(&payments, Standing::Paid),
            failed: apply::sum(&payments, Standing::Failed),
            open: PaymentSum { count: open[0].count + open[1].count, total: open[0].total + open[1].total },
            file: has_file(&item) && self.principal.has(super::FINANCE),
            answer: waits && self.principal.has(super::FINANCE),
            state,
        })
    }
}

/// A record by its title.
pub(super) fn titled(app: &App, record: &str, id: Id, titles: &BTreeMap<Id, String>) -> Titled {
    Titled { id: id.text(&app.model.records[record].prefix), title: titles.get(&id).cloned().unwrap_or_default() }
}

/// A claim by its number.
pub(crate) fn numbered(app: &App, claim: Id, numbers: &BTreeMap<Id, String>) -> Numbered {
    Numbered { id: claim.text(&app.model.records[CLAIM].prefix), number: numbers.get(&claim).cloned().unwrap_or_default() }
}

/// What the flow of a record calls a state.
pub(crate) fn state_label(app: &App, record: &str, state: &str) -> Words {
    let flow = app.model.records.get(record).and_then(|record| record.flow.as_ref());
    match flow.and_then(|flow| flow.state(state)) {
        Some(state) => Words::from(&state.label),
        None => Words { zh: state.to_owned(), en: state.to_owned() },
    }
}

fn signatures(values: &Values) -> Vec<PaymentSignature> {
    let one = |(command, by, at): (&str, &str, &str)| {
        let Some(Value::Instant(at)) = values.get(at) else { return None };
        Some(PaymentSignature { command: command.to_owned(), by_name: text(values, by)?.to_owned(), at: at.to_rfc3339_beijing() })
    };
    [("draw", "prepared_by", "prepared_at"), ("sign_first", "first_by", "first_at"), ("sign_second", "second_by", "second_at")]
        .into_iter()
        .filter_map(one)
        .collect()
}
