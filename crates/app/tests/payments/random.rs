//! Anybody does anything in any order: draws, signs, hands over, cancels, uploads what a bank might say, corrects facts,
//! asks money back. Most of it is refused; after each step the books agree.
use crate::place::{GRANTED, Place, WANTED, key, person, places};
use crate::watched::correct;
use crate::{apply, refusal, states};
use liangu_app::Principal;
use liangu_app::payments::{NewPaymentBatch, PaymentBatchView};
use liangu_store::{Item, Value};
use std::collections::BTreeMap;

const CLAIMS: u64 = 48;
const STEPS: u64 = 420;

/// The same throws for the same seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % sides as u64).unwrap()
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        if all.is_empty() { None } else { all.get(self.below(all.len())) }
    }
}

fn someone(dice: &mut Dice) -> Principal {
    let people = [(1, "finance"), (2, "finance"), (6, "finance"), (3, "leader"), (4, "reviewer"), (5, "officer")];
    let (n, role) = *dice.of(&people).unwrap();
    person(n, role)
}

fn text<'i>(row: &'i Item, field: &str) -> &'i str {
    if let Some(Value::Text(text)) = row.values.get(field) { text } else { "" }
}

fn int(row: &Item, field: &str) -> i64 {
    if let Some(Value::Int(n)) = row.values.get(field) { *n } else { 0 }
}

/// What a bank might send about a batch: results, silence, doubtful words, wrong amounts, lines twice, orders of others.
fn bank(dice: &mut Dice, batch: &PaymentBatchView) -> Vec<u8> {
    let mut lines = String::from("付款编号,金额,处理结果,失败原因\n");
    for payment in &batch.payments {
        let yuan = payment.amount / 100;
        let (reference, word) = (&payment.reference, if dice.below(3) == 0 { "失败" } else { "成功" });
        let line = match dice.below(10) {
            0 => continue,
            1 => format!("{reference},{yuan},处理中,\n"),
            2 => format!("{reference},{},{word},\n", yuan + 1),
            3 => format!("{reference},{yuan},成功,\n{reference},{yuan},失败,\n"),
            4 => format!("{reference},{yuan},{word},\n{reference},{yuan},{word},\n"),
            5 => format!("ZF-1999-000001,{yuan},{word},\n"),
            _ => format!("{reference},{yuan},{word},账号有误\n"),
        };
        lines.push_str(&line);
    }
    lines.into_bytes()
}

/// The command that would bring a batch on.
fn next(batch: &Item) -> Option<&'static str> {
    Some(match text(batch, "state") {
        "drawn" => "sign_first",
        "signed" => "sign_second",
        "released" => "export",
        _ => return None,
    })
}

/// One step; what was tried and what was told.
fn step(place: &Place, dice: &mut Dice, n: u64) -> (&'static str, &'static str) {
    let who = someone(dice);
    let batches = place.rows("payment_batch");
    let seen = |row: &Item| place.by(&person(1, "finance")).payment_batch(&row.id.text("pay")).unwrap();
    match dice.below(16) {
        0 | 1 => {
            let claims: Vec<String> = (0..1 + dice.below(5)).map(|_| place.claims[dice.below(place.claims.len())].text("clm")).collect();
            ("draw", refusal(place.by(&who).draw_batch(&NewPaymentBatch { claims, policy: None }, &key(&format!("draw {n}")))))
        }
        2..=8 => {
            let moving: Vec<&Item> = batches.iter().filter(|row| next(row).is_some() || dice.below(9) == 0).collect();
            let Some(batch) = dice.of(&moving) else { return ("command", "nothing") };
            let any = *dice.of(&["sign_first", "sign_second", "export", "cancel"]).unwrap();
            let command = next(batch).filter(|_| dice.below(3) > 0).unwrap_or(any);
            let version = batch.version - i64::from(dice.below(8) == 0);
            (command, refusal(place.order(&who, "payment_batch", &batch.id.text("pay"), command, version)))
        }
        9..=11 => {
            let with_bank: Vec<&Item> = batches.iter().filter(|row| text(row, "state") == "sent" || dice.below(9) == 0).collect();
            let Some(batch) = dice.of(&with_bank) else { return ("answer", "nothing") };
            let view = seen(batch);
            let file = bank(dice, &view);
            let told = refusal(apply(place, &view, &file, &format!("answer {n}")));
            let again = refusal(apply(place, &view, &file, &format!("answer {n}")));
            assert_eq!(told, again, "the same request is told the same");
            ("answer", told)
        }
        12 => {
            correct(place, dice.below(place.firms.len()), WANTED - 2 + i64::try_from(dice.below(3)).unwrap());
            ("correct", "done")
        }
        _ => {
            let mut recoveries = place.rows("recovery");
            recoveries.retain(|row| ["open", "demanded"].contains(&text(row, "state")) || dice.below(9) == 0);
            let Some(recovery) = dice.of(&recoveries) else { return ("recover", "nothing") };
            let command = *dice.of(&["demand", "repaid", "waive"]).unwrap();
            ("recover", refusal(place.order(&who, "recovery", &recovery.id.text("rcv"), command, recovery.version)))
        }
    }
}

/// Batches are the sum of their payments, nobody signed what he drew or signed, and a claim has one payment that lives.
fn agree(place: &Place) {
    place.books_agree();
    let (batches, payments, claims) = (place.rows("payment_batch"), place.rows("payment"), place.rows("claim"));
    for batch in &batches {
        let own: Vec<&Item> = payments.iter().filter(|payment| payment.values.get("batch") == Some(&Value::Ref(batch.id))).collect();
        let sum = |state: &str| own.iter().filter(|p| text(p, "state") == state).map(|p| int(p, "amount")).sum::<i64>();
        let all: i64 = own.iter().map(|payment| int(payment, "amount")).sum();
        assert_eq!((int(batch, "count"), int(batch, "total")), (own.len() as i64, all));
        assert_eq!((int(batch, "paid_total"), int(batch, "failed_total")), (sum("paid"), sum("failed")));
        let (state, answered) = (text(batch, "state"), sum("paid") + sum("failed"));
        assert!(state != "settled" || answered == all, "settled with payments open");
        assert!(state == "sent" || state == "settled" || answered == 0, "{state} with payments answered");
        assert_eq!(sum("cancelled"), if state == "cancelled" { all } else { 0 });
        let (drew, first, second) = (text(batch, "prepared_by"), text(batch, "first_by"), text(batch, "second_by"));
        assert!(second.is_empty() || (second != first && second != drew), "{drew}, {first}, {second}");
        assert!(!["released", "sent", "settled"].contains(&state) || !second.is_empty(), "{state} without two signatures");
    }
    let mut living: BTreeMap<&Value, Vec<&str>> = BTreeMap::new();
    for payment in payments.iter().filter(|payment| ["planned", "sent", "paid"].contains(&text(payment, "state"))) {
        living.entry(&payment.values["claim"]).or_default().push(text(payment, "state"));
    }
    for claim in &claims {
        let own = living.get(&Value::Ref(claim.id)).cloned().unwrap_or_default();
        let wanted: &[&[&str]] = match text(claim, "state") {
            "payable" => &[&[]],
            "paying" => &[&["planned"], &["sent"]],
            "paid" => &[&["paid"]],
            other => panic!("a claim is {other}"),
        };
        assert!(wanted.contains(&own.as_slice()), "{}: {own:?}", text(claim, "state"));
    }
    let back: i64 = place.rows("recovery").iter().map(|row| int(row, "repaid")).sum();
    let support: i64 = place.rows("support_grant").iter().map(|row| int(row, "amount")).sum();
    let paid = payments.iter().filter(|payment| text(payment, "state") == "paid").count() as i64;
    assert_eq!(support, paid * GRANTED - back, "support on record is what was paid and not paid back");
}

#[test]
fn whatever_anybody_does_the_books_agree() {
    let seeds = if std::env::var_os("LIANGU_SOAK").is_some() { 40 } else { 1 };
    for seed in 0..seeds {
        for place in places(CLAIMS) {
            let mut dice = Dice(20_261_120 + seed);
            let mut told: BTreeMap<(&str, &str), u32> = BTreeMap::new();
            place.app.tick().unwrap();
            for n in 0..STEPS {
                *told.entry(step(&place, &mut dice, n)).or_default() += 1;
                agree(&place);
            }
            for what in ["draw", "sign_first", "sign_second", "export", "cancel", "answer", "recover"] {
                assert!(told.contains_key(&(what, "done")), "seed {seed}: nobody came to {what}: {told:?}");
            }
            for refused in [("sign_second", "two_persons"), ("cancel", "other_state"), ("draw", "invalid")] {
                assert!(told.contains_key(&refused), "seed {seed}: {refused:?} never came up: {told:?}");
            }
            let all = [states(&place.rows("payment")), states(&place.rows("recovery"))].concat();
            for state in ["paid", "failed", "cancelled", "recovered"] {
                assert!(all.iter().any(|one| one == state), "seed {seed}: nothing was {state}");
            }
        }
    }
}
