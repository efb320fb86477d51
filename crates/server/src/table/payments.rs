//! Payments and recoveries.
use super::ADMINISTRATOR;
use crate::handlers::payments;
use crate::route::Access::{Role, SignedIn};
use crate::route::{Route, Subject, act, change, get, get_file, get_reply};
use axum::http::Method;
use liangu_app::payments::{BankAnswer, BankFileSettings, PaymentBatchView};

/// Those who draw, sign or look at payments.
const PAYERS: &[&str] = &["finance", "reviewer", "leader", "administrator"];
const FINANCE: &[&str] = &["finance"];
/// Those who see how the bank wants its file.
const BANK: &[&str] = &["finance", "administrator"];
/// Bytes of a bank's answer.
const ANSWER_BYTES: usize = 4 << 20;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/payments/payable", "payable", payments::payable).open_to(Role(PAYERS)).says("待拨付的申报", "Claims to be paid"),
        change::<_, PaymentBatchView>(Method::POST, "/api/payment-batches", "draw_batch", payments::draw)
            .open_to(Role(FINANCE))
            .creates()
            .says("拨付制单", "Draw up a payment batch"),
        get_reply::<PaymentBatchView>("/api/payment-batches/{id}", "payment_batch", payments::read)
            .open_to(Role(PAYERS))
            .about(Subject::PaymentBatch)
            .says("拨付批次", "A payment batch"),
        get_file("/api/payment-batches/{id}/file", "payment_file", "text/csv", payments::file)
            .open_to(Role(FINANCE))
            .about(Subject::PaymentBatch)
            .says("银行文件", "The file for the bank"),
        act::<BankAnswer>(Method::POST, "/api/payment-batches/{id}/return/preview", "preview_bank_answer", payments::preview)
            .open_to(Role(FINANCE))
            .about(Subject::PaymentBatch)
            .with_body_up_to(ANSWER_BYTES)
            .says("预览银行回单", "What the bank's answer would change; the body is its file"),
        act::<PaymentBatchView>(Method::POST, "/api/payment-batches/{id}/return", "apply_bank_answer", payments::apply)
            .open_to(Role(FINANCE))
            .about(Subject::PaymentBatch)
            .once()
            .on_a_version()
            .with_body_up_to(ANSWER_BYTES)
            .says("登记银行回单", "Record the bank's answer; the body is its file"),
        get_reply::<BankFileSettings>("/api/settings/bank-file", "bank_file", payments::bank_file)
            .open_to(Role(BANK))
            .says("银行文件格式", "How the bank wants its file"),
        change::<_, BankFileSettings>(Method::PUT, "/api/settings/bank-file", "save_bank_file", payments::save_bank_file)
            .open_to(Role(ADMINISTRATOR))
            .on_a_version()
            .says("修改银行文件格式", "Change how the bank wants its file"),
        get("/api/recoveries/{id}", "recovery", payments::recovery)
            .open_to(SignedIn)
            .about(Subject::Recovery)
            .says("资金追回", "A recovery"),
    ]
}
