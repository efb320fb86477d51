//! Rows as payments need them.
use crate::fault::{Fault, Outcome};
use liangu_base::{Date, Id};
use liangu_store::{Item, Value, Values};

pub(crate) fn text<'v>(values: &'v Values, field: &str) -> Option<&'v str> {
    match values.get(field) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

pub(crate) fn int(values: &Values, field: &str) -> Option<i64> {
    match values.get(field) {
        Some(Value::Int(n)) => Some(*n),
        _ => None,
    }
}

pub(crate) fn date(values: &Values, field: &str) -> Option<Date> {
    match values.get(field) {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    }
}

pub(crate) fn reference(values: &Values, field: &str) -> Option<Id> {
    match values.get(field) {
        Some(Value::Ref(id)) => Some(*id),
        _ => None,
    }
}

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Planned,
    Sent,
    Paid,
    Failed,
    Cancelled,
}

const STANDINGS: [(Standing, &str); 5] = [
    (Standing::Planned, "planned"),
    (Standing::Sent, "sent"),
    (Standing::Paid, "paid"),
    (Standing::Failed, "failed"),
    (Standing::Cancelled, "cancelled"),
];

impl Standing {
    pub fn name(self) -> &'static str {
        STANDINGS[self as usize].1
    }

    fn read(name: &str) -> Option<Standing> {
        STANDINGS.iter().find(|(_, own)| *own == name).map(|(standing, _)| *standing)
    }
}

/// A payment's row.
#[derive(Clone, Debug)]
pub(super) struct Payment {
    pub id: Id,
    pub version: i64,
    pub reference: String,
    pub claim: Id,
    pub firm: Id,
    pub policy: Id,
    pub budget_year: i64,
    pub payee_name: String,
    pub payee_bank: String,
    pub payee_account: String,
    /// Fen.
    pub amount: i64,
    pub standing: Standing,
    pub synthetic: bool,
}

impl Payment {
    pub fn of(item: &Item) -> Outcome<Payment> {
        let values = &item.values;
        let damaged = |field: &str| Fault::Internal(format!("payment {} has no {field}", item.id));
        let wanted = |field: &str| reference(values, field).ok_or_else(|| damaged(field));
        let said = |field: &str| text(values, field).unwrap_or_default().to_owned();
        Ok(Payment {
            id: item.id,
            version: item.version,
            reference: said("reference"),
            claim: wanted("claim")?,
            firm: wanted("enterprise")?,
            policy: wanted("policy")?,
            budget_year: int(values, "budget_year").ok_or_else(|| damaged("budget_year"))?,
            payee_name: said("payee_name"),
            payee_bank: said("payee_bank"),
            payee_account: said("payee_account"),
            amount: int(values, "amount").ok_or_else(|| damaged("amount"))?,
            standing: text(values, "state").and_then(Standing::read).ok_or_else(|| damaged("state"))?,
            synthetic: values.get("synthetic") == Some(&Value::Bool(true)),
        })
    }
}

/// Payments in the order of their references.
pub(super) fn payments(items: &[Item]) -> Outcome<Vec<Payment>> {
    let mut payments: Vec<Payment> = items.iter().map(Payment::of).collect::<Outcome<_>>()?;
    payments.sort_by(|a, b| a.reference.cmp(&b.reference).then(a.id.cmp(&b.id)));
    Ok(payments)
}
