//! The bank's answer: columns found by their heads, words and amounts read with care.
use super::form::{Charset, Field, Form, MoneyUnit};
use super::{bare, plain};
use crate::delimited::{self, TextRows};
use crate::{Book, Kind, Limits, Row, Unreadable};
use encoding_rs::{Encoding, GB18030, UTF_8};
use liangu_base::{Date, Fen};
use std::io::Cursor;

/// Rows above the heads that may say something else, as a bank's title and account.
const ABOVE: u64 = 30;
/// Lines of an answer.
const LINES: usize = 20_000;

/// What the bank says about one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Row of the file, from 1.
    pub row: u64,
    pub reference: String,
    pub answer: Answer,
    pub amount: Amount,
    pub account: Option<String>,
    pub reason: Option<String>,
    pub paid_on: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Paid,
    Failed,
    /// The word that was found; none of those known.
    Unclear(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// The file does not say.
    Unsaid,
    Is(Fen),
    Unreadable(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Reference,
    Answer,
    Amount,
    Account,
    Reason,
    PaidOn,
}

const HEADS: [(What, &[&str]); 6] = [
    (What::Reference, &["付款编号", "业务编号", "业务参考号", "支付编号", "参考号", "客户参考号", "reference", "payment reference"]),
    (What::Answer, &["处理结果", "结果", "交易结果", "支付结果", "付款结果", "交易状态", "处理状态", "状态", "result", "status"]),
    (What::Amount, &["金额", "交易金额", "付款金额", "支付金额", "amount"]),
    (What::Account, &["收款人账号", "收款账号", "对方账号", "payee account", "account"]),
    (What::Reason, &["失败原因", "原因", "返回信息", "错误信息", "说明", "备注", "reason", "message", "note"]),
    (What::PaidOn, &["支付日期", "付款日期", "交易日期", "入账日期", "处理日期", "日期", "paid on", "date"]),
];
const PAID: [&str; 17] = [
    "成功",
    "交易成功",
    "支付成功",
    "付款成功",
    "转账成功",
    "处理成功",
    "入账成功",
    "已付",
    "已支付",
    "已付款",
    "已入账",
    "paid",
    "success",
    "successful",
    "succeeded",
    "completed",
    "ok",
];
const FAILED: [&str; 17] = [
    "失败",
    "交易失败",
    "支付失败",
    "付款失败",
    "转账失败",
    "处理失败",
    "入账失败",
    "不成功",
    "未成功",
    "退回",
    "已退回",
    "退汇",
    "退票",
    "拒绝",
    "failed",
    "rejected",
    "returned",
];

/// What the file says, line by line; lines without reference and result are left out.
///
/// # Errors
/// When it is no table, when no line names a reference and a result, or beyond 20,000 lines.
pub fn read(form: &Form, bytes: &[u8]) -> Result<Vec<Line>, Unreadable> {
    let limits = Limits { file_bytes: 20 << 20, cells: 2_000_000, columns: 200, ..Limits::default() };
    if bytes.starts_with(b"PK") {
        let mut book = Book::open(Cursor::new(bytes), &limits)?;
        let sheet = book.sheets().iter().position(|sheet| !sheet.hidden).unwrap_or(0);
        let mut rows = book.rows(sheet)?;
        return lines(form, |row| rows.next_row(row))?.ok_or_else(no_heads);
    }
    // opened for its checks: empty, too large, an old workbook
    Book::open(Cursor::new(bytes), &limits)?;
    let found = delimited::encoding(&mut Cursor::new(bytes))?;
    let configured = if form.charset == Charset::Gb18030 { GB18030 } else { UTF_8 };
    let marked = bytes.starts_with(b"\xef\xbb\xbf");
    let order: Vec<&'static Encoding> = if marked || found == configured { vec![found] } else { vec![configured, found] };
    let mut fault = None;
    for encoding in order {
        let separator = delimited::separator(&mut Cursor::new(bytes), encoding).unwrap_or(b',');
        let mut rows = TextRows::new(Cursor::new(bytes), encoding, separator, &limits)?;
        match lines(form, |row| rows.next_row(row)) {
            Ok(Some(lines)) => return Ok(lines),
            Ok(None) => {}
            Err(error) => fault = Some(error),
        }
    }
    Err(fault.unwrap_or_else(no_heads))
}

fn no_heads() -> Unreadable {
    Unreadable::new(
        "no_heads",
        "找不到“付款编号”和“处理结果”两列；请在回单文件的列名行中写明这两列后再上传。",
        "There is no line with the heads \"Reference\" and \"Result\"; name these two columns in the bank's file and upload it again.",
    )
}

/// `None` when no row has the heads that are needed.
fn lines(form: &Form, mut next: impl FnMut(&mut Row) -> Result<bool, Unreadable>) -> Result<Option<Vec<Line>>, Unreadable> {
    let mut row = Row::default();
    let columns = loop {
        if !next(&mut row)? || row.number > ABOVE {
            return Ok(None);
        }
        if let Some(columns) = Columns::of(form, &row) {
            break columns;
        }
    };
    let mut found = Vec::new();
    while next(&mut row)? {
        let line = columns.line(form, &row);
        let says_nothing = line.reference.is_empty() && line.answer == Answer::Unclear(String::new());
        if row.is_empty() || says_nothing {
            continue;
        }
        if found.len() == LINES {
            return Err(Unreadable::new(
                "too_many_lines",
                format!("回单超过 {LINES} 行；请分成几个文件上传。"),
                format!("The answer has more than {LINES} lines; upload it in parts."),
            ));
        }
        found.push(line);
    }
    Ok(Some(found))
}

/// Where each thing stands; amounts count what their head says in brackets, else what the form says.
struct Columns {
    at: [Option<usize>; 6],
    unit: &'static str,
}

impl Columns {
    fn of(form: &Form, row: &Row) -> Option<Columns> {
        let heads: Vec<String> = row.cells.iter().map(|cell| plain(bare(&cell.text))).collect();
        let own = |what: What| {
            let field = match what {
                What::Reference => Field::Reference,
                What::Amount => Field::Amount,
                What::Account => Field::PayeeAccount,
                _ => return None,
            };
            form.columns.iter().find(|column| column.field == field).map(|column| column.head.as_str())
        };
        let place = |what: What, names: &[&str]| {
            let named = |name: &str| heads.iter().position(|head| same_head(head, name));
            own(what).and_then(named).or_else(|| names.iter().find_map(|name| named(name)))
        };
        let at = HEADS.map(|(what, names)| place(what, names));
        at[What::Reference as usize]?;
        at[What::Answer as usize]?;
        let said = at[What::Amount as usize].map(|column| heads[column].as_str()).unwrap_or_default();
        let unit = match in_brackets(said) {
            Some("万元") => "万元",
            Some("元") => "元",
            Some("分") => "分",
            _ if form.unit == MoneyUnit::Fen => "分",
            _ => "元",
        };
        Some(Columns { at, unit })
    }

    fn line(&self, form: &Form, row: &Row) -> Line {
        let cell = |what: What| self.at[what as usize].and_then(|column| row.cell(column));
        let text = |what: What| cell(what).map(|cell| plain(bare(&cell.text))).filter(|text| !text.is_empty());
        let amount = match text(What::Amount) {
            None => Amount::Unsaid,
            Some(said) => Fen::from_wan_text(&format!("{said}{}", self.unit))
                .or_else(|_| Fen::from_wan_text(&said))
                .map_or(Amount::Unreadable(said), Amount::Is),
        };
        Line {
            row: row.number,
            reference: text(What::Reference).unwrap_or_default(),
            answer: answer(form, &text(What::Answer).unwrap_or_default()),
            amount,
            account: text(What::Account),
            reason: text(What::Reason),
            paid_on: cell(What::PaidOn).and_then(|cell| day(&cell.text, cell.kind)),
        }
    }
}

fn answer(form: &Form, said: &str) -> Answer {
    let word = folded(said);
    let among = |own: &[String], usual: &[&str]| own.iter().any(|w| folded(w) == word) || usual.contains(&word.as_str());
    if form.failed.iter().any(|w| folded(w) == word) {
        return Answer::Failed;
    }
    if !word.is_empty() && among(&form.paid, &PAID) {
        return Answer::Paid;
    }
    if among(&[], &FAILED) { Answer::Failed } else { Answer::Unclear(said.to_owned()) }
}

fn day(text: &str, kind: Kind) -> Option<Date> {
    let day = plain(text);
    if kind != Kind::Date && day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()) {
        return Date::parse(&format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..])).ok();
    }
    Date::parse(day.split(['T', ' ']).next().unwrap_or_default()).ok()
}

/// Whether two heads name one column: letters' case, spaces and what stands in brackets do not count.
pub(super) fn same_head(a: &str, b: &str) -> bool {
    folded(without_brackets(a)) == folded(without_brackets(b))
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

fn without_brackets(head: &str) -> &str {
    head.split(['(', '（']).next().unwrap_or(head)
}

fn in_brackets(head: &str) -> Option<&str> {
    let inside = head.split_once(['(', '（'])?.1;
    Some(inside.trim_end_matches([')', '）']).trim_start_matches("单位：").trim())
}
