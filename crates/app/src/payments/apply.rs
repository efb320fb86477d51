//! The bank's answer is looked at, and what is certain in it is written: payments, claims, budget, support received and the
//! batch, in one commit.
use super::answer::{Judged, Verdict, judge};
use super::row::{Payment, Standing, payments, text};
use super::wire::{BankAnswer, BankAnswerRow, PaymentBatchView, PaymentSum};
use super::{BATCH, PAYMENT, effects, settings};
use crate::claims::budget::Movements;
use crate::claims::{CLAIM, policy_name};
use crate::eligibility::{FIRM, POLICY};
use crate::fault::{Fault, Outcome};
use crate::flows;
use crate::reads::Reads as _;
use crate::{Caller, RequestKey};
use liangu_base::{Date, Id, Text};
use liangu_store::{Change, Commit, Item, Value, Values, Years};
use liangu_workbook::bank::{Amount, Answer, Line, read};
use std::collections::BTreeMap;

/// Record type of support a firm received.
const GRANT: &str = "support_grant";
/// Times a commit is built anew when a budget or a claim was written meanwhile.
const TRIES: u32 = 100;
const NOT_SENT: Text = Text::fixed(
    "批次还没有交给银行；先签批并交银行，再上传回单。",
    "The batch has not been handed to the bank; sign it and hand it over, then upload the answer.",
);

impl Caller<'_> {
    /// # Errors
    /// Forbidden to others than finance; not found for a batch out of sight; invalid for what is no answer of a bank.
    pub fn preview_bank_answer(&self, batch: &str, file: &[u8]) -> Outcome<BankAnswer> {
        self.may_pay()?;
        let item = self.visible(BATCH, self.id(BATCH, batch)?)?;
        let lines = self.bank_lines(&item, file)?;
        let payments = payments(&self.app.store.children(PAYMENT, item.id)?)?;
        let firms: Vec<Id> = payments.iter().map(|payment| payment.firm).collect();
        let titles = self.app.store.titles(FIRM, &firms)?;
        Ok(preview(&judge(&lines, &payments), &payments, &titles))
    }

    /// Records what is certain in the answer; the rest changes nothing. What was recorded before stays as it is.
    ///
    /// # Errors
    /// As [`Caller::preview_bank_answer`]; conflict before the batch is with the bank; stale when somebody else wrote first.
    pub fn apply_bank_answer(&self, batch: &str, version: i64, file: &[u8], key: &RequestKey) -> Outcome<PaymentBatchView> {
        self.may_pay()?;
        let id = self.id(BATCH, batch)?;
        for attempt in 0..TRIES {
            let item = self.visible(BATCH, id)?;
            let lines = self.bank_lines(&item, file)?;
            let commit = match self.answer_commit(&Item { version, ..item }, &lines) {
                // what was read came from before and after another's commit
                Err(_) if self.visible(BATCH, id)?.version != version => return Err(Fault::Stale { record: BATCH.to_owned(), id }),
                built => built?,
            };
            match self.commit_once(commit, Some(key), move |_| serde_json::json!({ "id": id })) {
                Err(Fault::Stale { record, .. }) if record != BATCH && attempt + 1 < TRIES => {}
                written => {
                    written?;
                    break;
                }
            }
        }
        self.batch_view(id)
    }

    fn bank_lines(&self, batch: &Item, file: &[u8]) -> Outcome<Vec<Line>> {
        if !["sent", "settled"].contains(&text(&batch.values, "state").unwrap_or_default()) {
            return Err(Fault::Conflict { code: "not_sent", why: NOT_SENT, fields: Vec::new() });
        }
        let form = match effects::exported(self.app, batch.id)? {
            Some(form) => settings::form(&form)?,
            None => settings::form(&settings::current(self.app)?.0)?,
        };
        read(&form, file).map_err(|unreadable| {
            let text = unreadable.text;
            crate::fault::invalid("file", unreadable.code, text.zh.into_owned(), text.en.into_owned())
        })
    }

    /// `item` bears the version that the person saw.
    fn answer_commit(&self, item: &Item, lines: &[Line]) -> Outcome<Commit> {
        let mut payments = payments(&self.app.store.children(PAYMENT, item.id)?)?;
        let claims: Vec<Id> = payments.iter().map(|payment| payment.claim).collect();
        let claims: BTreeMap<Id, Item> = self.app.store.get_many(CLAIM, &claims)?.into_iter().map(|row| (row.id, row)).collect();
        let mut commit = self.commit("payment_batch.return");
        let (mut money, mut names) = (Movements::default(), BTreeMap::new());
        for Judged { payment, verdict, .. } in judge(lines, &payments.clone()) {
            let Some(payment) = payment.and_then(|at| payments.get_mut(at)) else { continue };
            let claim = claims.get(&payment.claim).ok_or_else(|| Fault::Internal(format!("payment {} has no claim", payment.id)))?;
            match verdict {
                Verdict::Paid(day) => {
                    self.put_paid(&mut commit, payment, claim, self.day_paid(item, day), &mut names)?;
                    money.spend(payment.policy, payment.budget_year, payment.amount);
                    payment.standing = Standing::Paid;
                }
                Verdict::Failed(why) => {
                    self.put_failed(&mut commit, payment, claim, &why)?;
                    payment.standing = Standing::Failed;
                }
                Verdict::Same | Verdict::Differs(_) => {}
            }
        }
        commit.changes.extend(money.changes(self.app)?);
        self.put_counts(&mut commit, item, &payments)?;
        Ok(commit)
    }

    /// The day the bank names if it lies between the handing over and today, else today.
    fn day_paid(&self, batch: &Item, said: Option<Date>) -> Date {
        let today = self.app.today();
        let sent = super::row::date(&batch.values, "sent_on").unwrap_or(today);
        said.filter(|day| (sent..=today).contains(day)).unwrap_or(today)
    }

    fn put_paid(&self, commit: &mut Commit, payment: &Payment, claim: &Item, day: Date, names: &mut BTreeMap<Id, String>) -> Outcome<()> {
        let grant = self.app.next_id();
        let name = match names.get(&payment.policy) {
            Some(name) => name.clone(),
            None => {
                let policy = self.app.store.get(POLICY, payment.policy)?.ok_or(Fault::NotFound)?;
                let name: String = policy_name(&policy.values).chars().take(200).collect();
                names.entry(payment.policy).or_insert(name).clone()
            }
        };
        let values = Values::from([
            ("enterprise".to_owned(), Value::Ref(payment.firm)),
            ("policy".to_owned(), Value::text(name)),
            ("amount".to_owned(), Value::Int(payment.amount)),
            ("paid".to_owned(), Value::Date(day)),
            ("synthetic".to_owned(), Value::Bool(payment.synthetic)),
        ]);
        commit.changes.push(Change::Create { record: GRANT.to_owned(), id: grant, values, years: Years::new() });
        let values = [("paid_on", Value::Date(day)), ("support", Value::Ref(grant))];
        commit.changes.push(moved(payment, Standing::Paid, values));
        let paid_on = Values::from([("paid_on".to_owned(), Value::Date(day))]);
        flows::system_step(self, CLAIM, claim, "pay", &[], paid_on, commit)
    }

    fn put_failed(&self, commit: &mut Commit, payment: &Payment, claim: &Item, why: &str) -> Outcome<()> {
        let slot = Value::text(self.freed_slot(payment));
        commit.changes.push(moved(payment, Standing::Failed, [("failure", Value::text(why)), ("slot", slot)]));
        flows::system_step(self, CLAIM, claim, "fail", &[("reason", why)], Values::new(), commit)
    }

    /// A slot that no longer holds the claim.
    pub(super) fn freed_slot(&self, payment: &Payment) -> String {
        let prefix = |record: &str| self.app.model.records[record].prefix.as_str();
        format!("{}/{}", payment.claim.text(prefix(CLAIM)), payment.id.text(prefix(PAYMENT)))
    }

    /// What the batch came to; settled when no payment is open.
    fn put_counts(&self, commit: &mut Commit, batch: &Item, payments: &[Payment]) -> Outcome<()> {
        let paid = sum(payments, Standing::Paid);
        let failed = sum(payments, Standing::Failed);
        let count = |n: u64| Value::Int(i64::try_from(n).unwrap_or(i64::MAX));
        let values: Values = [
            ("answered", count(paid.count + failed.count)),
            ("paid_count", count(paid.count)),
            ("paid_total", Value::Int(paid.total)),
            ("failed_count", count(failed.count)),
            ("failed_total", Value::Int(failed.total)),
        ]
        .map(|(field, value)| (field.to_owned(), value))
        .into();
        let is_open = payments.iter().any(|payment| payment.standing == Standing::Sent);
        if !is_open && text(&batch.values, "state") == Some("sent") {
            return flows::system_step(self, BATCH, batch, "reconcile", &[], values, commit);
        }
        let expected_version = Some(batch.version);
        let change = Change::Update { record: BATCH.to_owned(), id: batch.id, expected_version, values, years: Years::new() };
        commit.changes.push(change);
        Ok(())
    }
}

/// A payment's own change.
pub(super) fn moved<const N: usize>(payment: &Payment, to: Standing, more: [(&str, Value); N]) -> Change {
    let mut values = Values::from([("state".to_owned(), Value::text(to.name()))]);
    values.extend(more.map(|(field, value)| (field.to_owned(), value)));
    let (id, expected_version) = (payment.id, Some(payment.version));
    Change::Update { record: PAYMENT.to_owned(), id, expected_version, values, years: Years::new() }
}

pub(super) fn sum(payments: &[Payment], standing: Standing) -> PaymentSum {
    PaymentSum::of(payments.iter().filter(|payment| payment.standing == standing).map(|payment| payment.amount))
}

fn preview(judged: &[Judged<'_>], payments: &[Payment], titles: &BTreeMap<Id, String>) -> BankAnswer {
    let row = |one: &Judged<'_>| {
        let payment = one.payment.map(|at| &payments[at]);
        BankAnswerRow {
            row: one.line.row,
            reference: one.line.reference.clone(),
            firm: payment.and_then(|payment| titles.get(&payment.firm).cloned()),
            amount: if let Amount::Is(fen) = one.line.amount { Some(fen.0) } else { None },
            expected: payment.map(|payment| payment.amount),
            result: match one.line.answer {
                Answer::Paid => "paid",
                Answer::Failed => "failed",
                Answer::Unclear(_) => "unknown",
            }
            .to_owned(),
            reason: one.line.reason.clone(),
            difference: if let Verdict::Differs(why) = &one.verdict { Some(why.into()) } else { None },
            effect: matches!(one.verdict, Verdict::Paid(_) | Verdict::Failed(_)),
        }
    };
    let amounts = |wanted: fn(&Verdict) -> bool| {
        let of = judged.iter().filter(move |one| wanted(&one.verdict)).filter_map(|one| one.payment);
        PaymentSum::of(of.map(|at| payments[at].amount))
    };
    let count = |wanted: fn(&Verdict) -> bool| judged.iter().filter(|one| wanted(&one.verdict)).count() as u64;
    let named = |at: usize| judged.iter().any(|one| one.payment == Some(at));
    let silent = payments.iter().enumerate().filter(|(at, payment)| payment.standing == Standing::Sent && !named(*at));
    BankAnswer {
        rows: judged.iter().map(row).collect(),
        paid: amounts(|verdict| matches!(verdict, Verdict::Paid(_))),
        failed: amounts(|verdict| matches!(verdict, Verdict::Failed(_))),
        unchanged: count(|verdict| *verdict == Verdict::Same),
        missing: PaymentSum::of(silent.map(|(_, payment)| payment.amount)),
        differences: count(|verdict| matches!(verdict, Verdict::Differs(_))),
    }
}
