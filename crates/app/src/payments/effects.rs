//! What commands change besides the batch's own case: signatures, the bank's file, payments and claims.
use super::apply::moved;
use super::row::{Payment, Standing, date, payments, text};
use super::settings::{current, form};
use super::wire::SaveBankFile;
use super::{BATCH, PAYMENT};
use crate::claims::CLAIM;
use crate::eligibility::{FIRM, POLICY};
use crate::fault::{Fault, Outcome};
use crate::flows::{self, Order};
use crate::reads::Reads as _;
use crate::{App, Caller};
use liangu_base::{Fen, Id, Lang, Text};
use liangu_store::{Commit, DocumentPut, Item, Value, Values};
use liangu_workbook::bank::{Form, Order as MoneyOrder, write};
use std::collections::BTreeMap;

/// The form by which a batch was handed over, under its id.
const EXPORTED: &str = "payment_file";
/// States in which the bank's file can be fetched.
const WITH_FILE: [&str; 3] = ["released", "sent", "settled"];

/// What a command on a batch adds to its commit and to its row.
pub(crate) fn on_command(order: &Order<'_>, commit: &mut Commit) -> Outcome<Values> {
    let caller = order.caller;
    match order.command {
        "sign_first" => {
            caller.whole(order.item)?;
            Ok(signed(caller, "first_by", "first_at"))
        }
        "sign_second" => {
            caller.whole(order.item)?;
            Ok(signed(caller, "second_by", "second_at"))
        }
        "export" => caller.handed_over(order.item, commit),
        "cancel" => caller.cancelled(order.item, order.inputs.get("reason").unwrap_or_default(), commit),
        _ => Ok(Values::new()),
    }
}

fn signed(caller: &Caller<'_>, by: &str, at: &str) -> Values {
    Values::from([(by.to_owned(), Value::text(caller.me().1)), (at.to_owned(), Value::Instant(caller.app.moment()))])
}

/// How a batch was handed over, if it was.
pub(super) fn exported(app: &App, batch: Id) -> Outcome<Option<SaveBankFile>> {
    let Some(document) = app.store.document(EXPORTED, &batch.to_string())? else { return Ok(None) };
    serde_json::from_value(document.value).map(Some).map_err(|e| Fault::Internal(format!("form of batch {batch}: {e}")))
}

impl Caller<'_> {
    /// Refuses a signature under payments that are not what the batch says.
    fn whole(&self, batch: &Item) -> Outcome<()> {
        let payments = payments(&self.app.store.children(PAYMENT, batch.id)?)?;
        let total: i64 = payments.iter().map(|payment| payment.amount).sum();
        let claims: Vec<Id> = payments.iter().map(|payment| payment.claim).collect();
        let held = self.app.store.get_many(CLAIM, &claims)?;
        let paying = held.iter().filter(|claim| text(&claim.values, "state") == Some("paying")).count();
        let said = (super::int(&batch.values, "count"), super::int(&batch.values, "total"));
        if said == (i64::try_from(payments.len()).ok(), Some(total)) && paying == payments.len() {
            return Ok(());
        }
        let why = Text::fixed(
            "批次中的付款与申报不一致；请取消本批次后重新制单。",
            "The payments no longer match their claims; cancel the batch and draw a new one.",
        );
        Err(Fault::Conflict { code: "not_whole", why, fields: Vec::new() })
    }

    /// The form in use now is the one this batch keeps.
    fn handed_over(&self, batch: &Item, commit: &mut Commit) -> Outcome<Values> {
        let kept = current(self.app)?.0;
        let bytes = self.bank_bytes(batch, &form(&kept)?)?;
        let value = serde_json::to_value(&kept).map_err(|e| Fault::Internal(e.to_string()))?;
        commit.documents.push(DocumentPut {
            kind: EXPORTED.to_owned(),
            key: batch.id.to_string(),
            value: Some(value),
            expected_version: Some(0),
            journal: false,
        });
        for payment in payments(&self.app.store.children(PAYMENT, batch.id)?)? {
            commit.changes.push(moved(&payment, Standing::Sent, []));
        }
        let digest = Value::text(crate::sha256_hex(&bytes));
        Ok(Values::from([("sent_on".to_owned(), Value::Date(self.app.today())), ("file_digest".to_owned(), digest)]))
    }

    fn cancelled(&self, batch: &Item, reason: &str, commit: &mut Commit) -> Outcome<Values> {
        let payments = payments(&self.app.store.children(PAYMENT, batch.id)?)?;
        let claims: Vec<Id> = payments.iter().map(|payment| payment.claim).collect();
        let claims: BTreeMap<Id, Item> = self.app.store.get_many(CLAIM, &claims)?.into_iter().map(|row| (row.id, row)).collect();
        let why = format!("批次取消 / batch cancelled: {reason}");
        let why: String = why.chars().take(400).collect();
        for payment in &payments {
            let more = [("failure", Value::text(why.clone())), ("slot", Value::text(self.freed_slot(payment)))];
            commit.changes.push(moved(payment, Standing::Cancelled, more));
            let claim = claims.get(&payment.claim).ok_or_else(|| Fault::Internal(format!("payment {} has no claim", payment.id)))?;
            flows::system_step(self, CLAIM, claim, "fail", &[("reason", why.as_str())], Values::new(), commit)?;
        }
        Ok(Values::new())
    }

    /// Name and bytes of the file for the bank; after the batch was handed over always those that were handed over.
    ///
    /// # Errors
    /// Forbidden to others than finance; not found for a batch out of sight; conflict before both signatures.
    pub fn payment_file(&self, batch: &str) -> Outcome<(String, Vec<u8>)> {
        self.may_pay()?;
        let item = self.visible(BATCH, self.id(BATCH, batch)?)?;
        if !has_file(&item) {
            let why = Text::fixed("两人签批后才能取得银行文件。", "The bank's file can be fetched once two persons have signed.");
            return Err(Fault::Conflict { code: "not_released", why, fields: Vec::new() });
        }
        let kept = match exported(self.app, item.id)? {
            Some(kept) => kept,
            None => current(self.app)?.0,
        };
        let name = format!("{}.csv", text(&item.values, "number").unwrap_or("payments"));
        Ok((name, self.bank_bytes(&item, &form(&kept)?)?))
    }

    fn bank_bytes(&self, batch: &Item, form: &Form) -> Outcome<Vec<u8>> {
        let orders = self.money_orders(batch)?;
        write(form, &orders).map_err(|unwritable| {
            let text = unwritable.text;
            crate::fault::invalid("file", unwritable.code, text.zh.into_owned(), text.en.into_owned())
        })
    }

    fn money_orders(&self, batch: &Item) -> Outcome<Vec<MoneyOrder>> {
        let payments = payments(&self.app.store.children(PAYMENT, batch.id)?)?;
        let rows = |record: &str, of: fn(&Payment) -> Id| -> Outcome<BTreeMap<Id, Item>> {
            let ids: Vec<Id> = payments.iter().map(of).collect();
            Ok(self.app.store.get_many(record, &ids)?.into_iter().map(|row| (row.id, row)).collect())
        };
        let (firms, claims, policies) = (rows(FIRM, |p| p.firm)?, rows(CLAIM, |p| p.claim)?, rows(POLICY, |p| p.policy)?);
        let said = |rows: &BTreeMap<Id, Item>, record: &str, id: Id, field: &str| {
            let field = if field == "title" { self.app.model.records[record].title.as_str() } else { field };
            match rows.get(&id).and_then(|row| row.values.get(field)) {
                Some(Value::Text(text)) => text.clone(),
                Some(Value::Bilingual(text)) => text.get(Lang::Zh).to_owned(),
                _ => String::new(),
            }
        };
        let number = text(&batch.values, "number").unwrap_or_default();
        let order = |payment: &Payment| {
            let policy = said(&policies, POLICY, payment.policy, "title");
            MoneyOrder {
                reference: payment.reference.clone(),
                payee_name: payment.payee_name.clone(),
                payee_bank: payment.payee_bank.clone(),
                payee_account: payment.payee_account.clone(),
                amount: Fen(payment.amount),
                purpose: policy.chars().take(60).collect(),
                firm: said(&firms, FIRM, payment.firm, "title"),
                credit_code: said(&firms, FIRM, payment.firm, "credit_code"),
                claim: said(&claims, CLAIM, payment.claim, "number"),
                policy,
                batch: number.to_owned(),
            }
        };
        Ok(payments.iter().map(order).collect())
    }
}

pub(super) fn has_file(batch: &Item) -> bool {
    WITH_FILE.contains(&text(&batch.values, "state").unwrap_or_default())
}

/// Day on which a batch was handed over.
pub(super) fn sent_on(batch: &Item) -> Option<String> {
    date(&batch.values, "sent_on").map(|day| day.to_string())
}
