//! Shapes of payments on the wire. Money is fen.
use crate::views::{Titled, Words};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Claims of one policy that are to be paid.
#[derive(Debug, Serialize, ToSchema)]
pub struct PayablePolicy {
    pub policy: Titled,
    pub count: u64,
    pub total: i64,
    /// Since when the oldest waits.
    pub oldest: Option<String>,
    /// How many came without application.
    pub automatic: u64,
}

/// Either the claims, or a policy: the oldest 1,000 of its claims that can be paid.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPaymentBatch {
    #[serde(default)]
    pub claims: Vec<String>,
    pub policy: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentBatchView {
    pub id: String,
    pub version: i64,
    pub number: String,
    pub state: String,
    pub state_label: Words,
    pub region: String,
    /// None where it pays for several policies.
    pub policy: Option<Titled>,
    pub drawn_on: Option<String>,
    pub sent_on: Option<String>,
    pub count: u64,
    pub total: i64,
    pub payments: Vec<PaymentLine>,
    pub signatures: Vec<PaymentSignature>,
    pub paid: PaymentSum,
    pub failed: PaymentSum,
    /// Without a result so far.
    pub open: PaymentSum,
    /// Whether the bank's file can be fetched, and whether its answer can be given.
    pub file: bool,
    pub answer: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentLine {
    pub id: String,
    pub claim: Numbered,
    pub firm: Titled,
    pub policy: Titled,
    /// None for who may not read them.
    pub payee_name: Option<String>,
    pub payee_bank: Option<String>,
    pub payee_account: Option<String>,
    pub amount: i64,
    /// `planned`, `sent`, `paid`, `failed` or `cancelled`.
    pub state: String,
    pub reference: String,
    pub paid_on: Option<String>,
    pub failure: Option<String>,
}

/// An id with its running number.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Numbered {
    pub id: String,
    pub number: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentSignature {
    /// `draw`, `sign_first` or `sign_second`.
    pub command: String,
    pub by_name: String,
    pub at: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct PaymentSum {
    pub count: u64,
    pub total: i64,
}

impl PaymentSum {
    pub(super) fn of(amounts: impl Iterator<Item = i64>) -> PaymentSum {
        amounts.fold(PaymentSum::default(), |sum, fen| PaymentSum { count: sum.count + 1, total: sum.total.saturating_add(fen) })
    }
}

/// The bank's answer beside what was sent; nothing is written yet.
#[derive(Debug, Serialize, ToSchema)]
pub struct BankAnswer {
    pub rows: Vec<BankAnswerRow>,
    /// What applying it would record.
    pub paid: PaymentSum,
    pub failed: PaymentSum,
    /// Lines that say what is on record already.
    pub unchanged: u64,
    /// Payments with the bank about which it says nothing.
    pub missing: PaymentSum,
    pub differences: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BankAnswerRow {
    /// Row of the file, from 1.
    pub row: u64,
    pub reference: String,
    pub firm: Option<String>,
    pub amount: Option<i64>,
    /// What was sent.
    pub expected: Option<i64>,
    /// `paid`, `failed` or `unknown`.
    pub result: String,
    pub reason: Option<String>,
    /// Why the line changes nothing.
    pub difference: Option<Words>,
    /// Whether it will be recorded.
    pub effect: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BankFileSettings {
    /// 0 before the first save.
    pub version: i64,
    /// `utf-8` or `gb18030`.
    pub encoding: String,
    /// `yuan` or `fen`.
    pub unit: String,
    /// Whether the first line names the columns.
    pub header: bool,
    pub columns: Vec<BankColumn>,
    /// Words of this bank for what was carried out and what was not, beside the usual ones.
    pub paid_words: Vec<String>,
    pub failed_words: Vec<String>,
    pub available: Vec<BankField>,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BankColumn {
    pub field: String,
    pub head: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BankField {
    pub field: String,
    pub label: Words,
}

/// How the bank wants its file; the same form is kept.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveBankFile {
    pub encoding: String,
    pub unit: String,
    #[serde(default = "yes")]
    pub header: bool,
    pub columns: Vec<BankColumn>,
    #[serde(default)]
    pub paid_words: Vec<String>,
    #[serde(default)]
    pub failed_words: Vec<String>,
}

fn yes() -> bool {
    true
}
