//! Orders as the bank's file.
use super::form::{Charset, Field, Form, MoneyUnit};
use super::{defused, plain};
use crate::Unreadable;
use encoding_rs::GB18030;
use liangu_base::Fen;

/// One order to pay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    pub reference: String,
    pub payee_name: String,
    pub payee_bank: String,
    pub payee_account: String,
    /// Not negative.
    pub amount: Fen,
    pub purpose: String,
    pub firm: String,
    pub credit_code: String,
    pub claim: String,
    pub policy: String,
    pub batch: String,
}

/// The file. Lines end as RFC 4180 has it.
///
/// # Errors
/// Names the order with a character that the encoding cannot carry.
pub fn write(form: &Form, orders: &[Order]) -> Result<Vec<u8>, Unreadable> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let heads = form.header.then(|| form.columns.iter().map(|column| defused(&plain(&column.head))).collect::<Vec<_>>());
    let lines = orders.iter().map(|order| form.columns.iter().map(|column| cell(form, column.field, order)).collect::<Vec<_>>());
    for line in heads.into_iter().chain(lines) {
        out.write_record(&line).map_err(Unreadable::damaged)?;
    }
    let text = String::from_utf8(out.into_inner().map_err(Unreadable::damaged)?).map_err(Unreadable::damaged)?;
    if form.charset == Charset::Utf8 {
        return Ok([b"\xef\xbb\xbf", text.as_bytes()].concat());
    }
    let (bytes, _, lost) = GB18030.encode(&text);
    if !lost {
        return Ok(bytes.into_owned());
    }
    let lossy = |order: &&Order| form.columns.iter().any(|column| GB18030.encode(&cell(form, column.field, order)).2);
    let which = orders.iter().find(lossy).map_or("", |order| order.reference.as_str());
    Err(Unreadable::new(
        "encoding",
        format!("付款 {which} 中有 GB 18030 写不出的字符；请更正收款信息，或在设置中改用 UTF-8。"),
        format!("Order {which} has a character that GB 18030 cannot write; correct the payee, or choose UTF-8 in the settings."),
    ))
}

fn cell(form: &Form, field: Field, order: &Order) -> String {
    let text = match field {
        Field::Amount => return amount(order.amount, form.unit),
        Field::Reference => &order.reference,
        Field::PayeeName => &order.payee_name,
        Field::PayeeBank => &order.payee_bank,
        Field::PayeeAccount => &order.payee_account,
        Field::Purpose => &order.purpose,
        Field::Firm => &order.firm,
        Field::CreditCode => &order.credit_code,
        Field::Claim => &order.claim,
        Field::Policy => &order.policy,
        Field::Batch => &order.batch,
    };
    defused(&plain(text))
}

fn amount(fen: Fen, unit: MoneyUnit) -> String {
    match unit {
        MoneyUnit::Fen => fen.0.to_string(),
        MoneyUnit::Yuan => {
            let (sign, size) = (if fen.0 < 0 { "-" } else { "" }, fen.0.unsigned_abs());
            format!("{sign}{}.{:02}", size / 100, size % 100)
        }
    }
}
