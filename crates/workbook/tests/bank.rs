//! Money orders for a bank: what is written is read back, whatever the names; what the bank answers is read with care.
use encoding_rs::GB18030;
use liangu_base::{Date, Explain as _, Fen};
use liangu_workbook::bank::{Amount, Answer, Charset, Column, Field, Form, FormFault, Line, MoneyUnit, Order, plain, read, write};
use liangu_workbook::{Out, Writer};
use proptest::prelude::*;
use std::io::Cursor;

fn form(charset: Charset, unit: MoneyUnit) -> Form {
    Form { charset, unit, ..Form::default() }
}

fn order(reference: &str, name: &str, account: &str, fen: i64) -> Order {
    let text = str::to_owned;
    Order {
        reference: text(reference),
        payee_name: text(name),
        payee_account: text(account),
        amount: Fen(fen),
        purpose: text("惠企资金"),
        ..Order::default()
    }
}

/// The file as a program of the bank reads it.
fn cells(form: &Form, bytes: &[u8]) -> Vec<Vec<String>> {
    let text = match form.charset {
        Charset::Utf8 => String::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").expect("a byte order mark").to_vec()).unwrap(),
        Charset::Gb18030 => GB18030.decode_without_bom_handling_and_without_replacement(bytes).expect("GB 18030").into_owned(),
    };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The bank sends the file back with its result beside each line.
fn answered(form: &Form, bytes: &[u8], results: &[(&str, &str)]) -> Vec<u8> {
    let mut out = csv::Writer::from_writer(Vec::new());
    for (at, mut line) in cells(form, bytes).into_iter().enumerate() {
        let (result, reason) = if at == 0 { ("处理结果", "失败原因") } else { results[at - 1] };
        line.extend([result.to_owned(), reason.to_owned()]);
        out.write_record(&line).unwrap();
    }
    let text = String::from_utf8(out.into_inner().unwrap()).unwrap();
    if form.charset == Charset::Utf8 { text.into_bytes() } else { GB18030.encode(&text).0.into_owned() }
}

const CALCULATED: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,24}",
        "['=+@＝-]{1,3}[a-z0-9(),\"!]{0,8}",
        "[娄底涟源冷水江楼联通钅鑫𠮷㙍é€]{1,8}(有限公司)?",
        ".{0,12}",
        Just("娄底\"湘中\"精密, 铸造;有限公司".to_owned()),
        Just("=cmd|' /C calc'!A0".to_owned()),
        Just("甲\r\n乙\t丙".to_owned()),
    ]
    // the one assigned place that the encoding's own table leaves out
    .prop_map(|text| text.replace('\u{e5e5}', ""))
}

fn orders() -> impl Strategy<Value = Vec<Order>> {
    let one = (name(), name(), "[0-9]{12,30}|'?[-=][0-9]{5}", 0i64..=9_000_000_000_000_000, name());
    proptest::collection::vec(one, 0..12).prop_map(|all| {
        let made = |(at, (payee_name, payee_bank, payee_account, fen, purpose)): (usize, (String, String, String, i64, String))| Order {
            reference: format!("ZF-2026-{}", at + 1),
            amount: Fen(fen),
            purpose: purpose.clone(),
            firm: payee_name.clone(),
            credit_code: "91431300MA4L2C2X71".to_owned(),
            claim: format!("SB-2026-{at}"),
            policy: purpose,
            batch: "FK-2026-7".to_owned(),
            payee_name,
            payee_bank,
            payee_account,
        };
        all.into_iter().enumerate().map(made).collect()
    })
}

fn said(order: &Order, field: Field) -> &str {
    match field {
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
        Field::Amount => "",
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_written_is_read_back(orders in orders(), gb in any::<bool>(), fen in any::<bool>(), seed in any::<u64>()) {
        let mut columns: Vec<Column> = Field::all().map(|field| Column { field, head: field.label().zh.into_owned() }).collect();
        columns.rotate_left((seed % 11) as usize);
        let charset = if gb { Charset::Gb18030 } else { Charset::Utf8 };
        let unit = if fen { MoneyUnit::Fen } else { MoneyUnit::Yuan };
        let form = Form { charset, unit, columns, ..Form::default() };
        prop_assert_eq!(form.check(), Ok(()));
        let bytes = write(&form, &orders).unwrap();
        let table = cells(&form, &bytes);
        prop_assert_eq!(table.len(), orders.len() + 1, "one line an order");
        for (line, order) in table[1..].iter().zip(&orders) {
            for (cell, column) in line.iter().zip(&form.columns) {
                if column.field == Field::Amount {
                    let (whole, part) = cell.split_once('.').unwrap_or((cell, ""));
                    let read = whole.parse::<i64>().unwrap() * if fen { 1 } else { 100 } + if fen { 0 } else { part.parse::<i64>().unwrap() };
                    prop_assert_eq!(read, order.amount.0);
                    continue;
                }
                prop_assert!(!cell.starts_with(CALCULATED), "{cell:?} would be calculated");
                let wanted = plain(said(order, column.field));
                let defused = format!("'{wanted}");
                prop_assert!(*cell == wanted || (*cell == defused && wanted.trim_start_matches('\'').starts_with(CALCULATED)), "{cell:?} for {wanted:?}");
            }
        }
        let results: Vec<(&str, &str)> = (0..orders.len()).map(|at| [("成功", ""), ("失败", "户名不符, \"账号\"错误"), ("处理中", "")][(seed as usize + at) % 3]).collect();
        let back = read(&form, &answered(&form, &bytes, &results)).unwrap();
        prop_assert_eq!(back.len(), orders.len());
        for ((line, order), (result, reason)) in back.iter().zip(&orders).zip(&results) {
            prop_assert_eq!(&line.reference, &order.reference);
            prop_assert_eq!(&line.amount, &Amount::Is(order.amount));
            prop_assert_eq!(line.account.clone().unwrap_or_default(), plain(&order.payee_account));
            let answer = match *result { "成功" => Answer::Paid, "失败" => Answer::Failed, other => Answer::Unclear(other.to_owned()) };
            prop_assert_eq!(&line.answer, &answer);
            prop_assert_eq!(line.reason.as_deref().unwrap_or(""), *reason);
        }
    }

    #[test]
    fn any_bytes_are_an_answer_or_a_reason(bytes in proptest::collection::vec(any::<u8>(), 0..400), head in any::<bool>()) {
        let bytes = if head { [b"reference,result,amount\n".as_slice(), &bytes].concat() } else { bytes };
        for charset in [Charset::Utf8, Charset::Gb18030] {
            if let Err(fault) = read(&form(charset, MoneyUnit::Yuan), &bytes) {
                prop_assert!(!fault.text().zh.is_empty() && !fault.text().en.is_empty());
            }
        }
    }
}

#[test]
fn the_file_is_as_the_bank_wants_it() {
    let orders =
        [order("ZF-2026-1", "娄底\"沅阶\"精密铸造, 有限公司", "6216000000000001234", 160_000_000), order("ZF-2026-2", "=1+1", "-12", 5)];
    let columns = [(Field::Reference, "编号"), (Field::PayeeName, "户名"), (Field::PayeeAccount, "账号"), (Field::Amount, "金额（元）")];
    let columns: Vec<Column> = columns.map(|(field, head)| Column { field, head: head.to_owned() }).to_vec();
    let named = Form { columns: columns.clone(), ..Form::default() };
    let text = String::from_utf8(write(&named, &orders).unwrap()).unwrap();
    let wanted = "\u{feff}编号,户名,账号,金额（元）\r\nZF-2026-1,\"娄底\"\"沅阶\"\"精密铸造, 有限公司\",6216000000000001234,1600000.00\r\nZF-2026-2,'=1+1,'-12,0.05\r\n";
    assert_eq!(text, wanted);
    let bare = Form { columns, header: false, charset: Charset::Gb18030, unit: MoneyUnit::Fen, ..Form::default() };
    let bytes = write(&bare, &orders[..1]).unwrap();
    let (text, _, _) = GB18030.decode(&bytes);
    assert_eq!(text, "ZF-2026-1,\"娄底\"\"沅阶\"\"精密铸造, 有限公司\",6216000000000001234,160000000\r\n");
}

#[test]
fn an_order_that_the_encoding_cannot_write_is_named() {
    let orders = [order("ZF-2026-1", "甲", "1", 1), order("ZF-2026-2", "乙\u{e5e5}", "2", 1)];
    let fault = write(&form(Charset::Gb18030, MoneyUnit::Yuan), &orders).unwrap_err();
    assert!(fault.code == "encoding" && fault.text().zh.contains("ZF-2026-2"), "{fault:?}");
}

#[test]
fn answers_of_several_banks() {
    let yuan = form(Charset::Utf8, MoneyUnit::Yuan);
    let line = |reference: &str, answer: Answer, amount: Amount| (reference.to_owned(), answer, amount);
    let short = |lines: Vec<Line>| lines.into_iter().map(|l| (l.reference, l.answer, l.amount)).collect::<Vec<_>>();
    let is = |fen: i64| Amount::Is(Fen(fen));
    for (what, text, wanted) in [
        (
            "a title above and a sum below",
            "某银行代付回单,,\n\n付款编号,交易金额,交易状态\nZF-1,\"1,600,000.00\",交易成功\n合计,,\n",
            vec![line("ZF-1", Answer::Paid, is(160_000_000)), line("合计", Answer::Unclear(String::new()), Amount::Unsaid)],
        ),
        (
            "another separator, other words",
            "Reference;Status;Amount\nZF-1;SUCCESS;12.5\nZF-2; Returned ;3\n",
            vec![line("ZF-1", Answer::Paid, is(1250)), line("ZF-2", Answer::Failed, is(300))],
        ),
        ("the head says the unit", "业务编号\t处理结果\t金额（分）\nZF-1\t成功\t1250\n", vec![line("ZF-1", Answer::Paid, is(1250))]),
        ("a number with its unit", "付款编号,结果,金额\nZF-1,成功,12.5万元\n", vec![line("ZF-1", Answer::Paid, is(12_500_000))]),
        (
            "not done is not done",
            "付款编号,结果\nZF-1,不成功\nZF-2,成功待查\nZF-3,\n",
            vec![
                line("ZF-1", Answer::Failed, Amount::Unsaid),
                line("ZF-2", Answer::Unclear("成功待查".into()), Amount::Unsaid),
                line("ZF-3", Answer::Unclear(String::new()), Amount::Unsaid),
            ],
        ),
        (
            "an amount nobody can read",
            "付款编号,结果,金额\nZF-1,成功,很多\nZF-2,成功,0.001\n",
            vec![
                line("ZF-1", Answer::Paid, Amount::Unreadable("很多".into())),
                line("ZF-2", Answer::Paid, Amount::Unreadable("0.001".into())),
            ],
        ),
    ] {
        assert_eq!(short(read(&yuan, text.as_bytes()).unwrap()), wanted, "{what}");
    }
}

#[test]
fn a_bank_may_have_words_and_heads_of_its_own() {
    let own = Form { paid: vec!["0000".into()], failed: vec!["已付".into()], ..Form::default() };
    let own = Form { columns: own.columns.iter().map(|c| Column { head: format!("{}甲", c.head), ..c.clone() }).collect(), ..own };
    let lines = read(&own, "付款编号甲,结果,支付日期\nZF-1,0000,20261123\nZF-2,已付,2026/11/2\nZF-3,成功,二十\n".as_bytes()).unwrap();
    let day = |m, d| Date::from_ymd(2026, m, d);
    assert_eq!(
        lines.iter().map(|l| (l.answer.clone(), l.paid_on)).collect::<Vec<_>>(),
        [(Answer::Paid, day(11, 23)), (Answer::Failed, day(11, 2)), (Answer::Paid, None)]
    );
}

#[test]
fn an_answer_in_a_workbook_or_in_the_other_encoding_is_read_too() {
    let mut book = Writer::new(Cursor::new(Vec::new()), "回单").unwrap();
    book.head(["付款编号", "金额", "处理结果", "失败原因"]).unwrap();
    let text = |text: &str| Out::Text(text.to_owned());
    book.row(vec![text("ZF-1"), Out::Number("1600000.5".into()), text("失败"), text("'=户名不符")]).unwrap();
    let lines = read(&Form::default(), &book.finish().unwrap().into_inner()).unwrap();
    assert_eq!((lines[0].amount.clone(), lines[0].reason.as_deref()), (Amount::Is(Fen(160_000_050)), Some("=户名不符")));
    let text = "付款编号,处理结果,失败原因\nZF-1,失败,户名不符\n";
    for (charset, bytes) in [(Charset::Utf8, GB18030.encode(text).0.into_owned()), (Charset::Gb18030, text.as_bytes().to_vec())] {
        let lines = read(&form(charset, MoneyUnit::Yuan), &bytes).unwrap();
        assert_eq!((lines[0].answer.clone(), lines[0].reason.as_deref()), (Answer::Failed, Some("户名不符")), "{charset:?}");
    }
}

#[test]
fn files_that_are_no_answer_say_what_is_missing() {
    let many = format!("付款编号,结果\n{}", "ZF-1,成功\n".repeat(20_001));
    for (bytes, code) in [
        (b"".as_slice(), "empty"),
        (b"a,b\n1,2\n", "no_heads"),
        (b"\x00\x01\x02", "not_a_table"),
        (b"PK\x03\x04", "damaged"),
        (many.as_bytes(), "too_many_lines"),
    ] {
        assert_eq!(read(&Form::default(), bytes).unwrap_err().code, code, "{:?}", &bytes[..bytes.len().min(12)]);
    }
}

#[test]
fn a_form_without_what_it_needs_is_refused() {
    let good = Form::default();
    let with = |change: &dyn Fn(&mut Form)| {
        let mut form = good.clone();
        change(&mut form);
        form.check()
    };
    assert_eq!(good.check(), Ok(()));
    assert_eq!(with(&|f| f.columns.retain(|c| c.field != Field::Amount)), Err(FormFault::Missing(Field::Amount)));
    assert_eq!(with(&|f| f.columns.push(f.columns[0].clone())), Err(FormFault::Twice(Field::Reference)));
    assert_eq!(with(&|f| f.columns[1].head = " \t".into()), Err(FormFault::Head(Field::PayeeName)));
    assert_eq!(with(&|f| f.columns[1].head = "付款编号（甲）".into()), Err(FormFault::SameHead("付款编号（甲）".into())));
    assert_eq!(with(&|f| (f.paid, f.failed) = (vec!["甲".into()], vec!["甲 ".into()])), Err(FormFault::Words));
}
