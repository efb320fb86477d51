//! Money to the bank and back: two persons, one winner of each race, no claim paid twice, nothing over budget; what the
//! bank refused is paid later; what is corrected after the decision opens one recovery.
mod place;
mod random;
mod watched;

use liangu_app::payments::PaymentBatchView;
use liangu_app::{Fault, Outcome};
use liangu_store::{Item, Value};
use place::{GRANTED, Place, key, person, places};

/// Persons who act at once.
const RACERS: u64 = 64;

/// The bank's answer: a result for each payment, in the order of their references.
fn answer(batch: &PaymentBatchView, results: &[&str]) -> Vec<u8> {
    let lines = batch.payments.iter().zip(results).map(|(p, result)| format!("{},{}.00,{result},户名不符\n", p.reference, p.amount / 100));
    format!("付款编号,金额,处理结果,失败原因\n{}", lines.collect::<String>()).into_bytes()
}

fn apply(place: &Place, batch: &PaymentBatchView, bytes: &[u8], request: &str) -> Outcome<PaymentBatchView> {
    place.by(&person(1, "finance")).apply_bank_answer(&batch.id, batch.version, bytes, &key(request))
}

fn states(rows: &[Item]) -> Vec<String> {
    let state = |row: &Item| if let Some(Value::Text(state)) = row.values.get("state") { state.clone() } else { String::new() };
    rows.iter().map(state).collect()
}

fn refusal<T>(outcome: Outcome<T>) -> &'static str {
    match outcome {
        Ok(_) => "done",
        Err(Fault::Forbidden { code, .. } | Fault::Conflict { code, .. }) => code,
        Err(Fault::Stale { .. }) => "stale",
        Err(Fault::Invalid(_)) => "invalid",
        Err(Fault::NotFound) => "not_found",
        Err(other) => panic!("{other:?}"),
    }
}

/// `act` by all at once; what each was told.
fn at_once(act: impl Fn(u64) -> &'static str + Sync) -> Vec<&'static str> {
    std::thread::scope(|scope| {
        let act = &act;
        let all: Vec<_> = (0..RACERS).map(|n| scope.spawn(move || act(n))).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

fn winners(told: &[&str]) -> usize {
    told.iter().filter(|word| **word == "done").count()
}

#[test]
fn two_persons_sign_and_what_failed_is_paid_later() {
    for place in places(3) {
        let (one, two, three) = (person(1, "finance"), person(2, "finance"), person(3, "leader"));
        let batch = place.draw(&one, "first").unwrap();
        assert_eq!(place.draw(&one, "first").unwrap().id, batch.id, "a repeated request draws nothing");
        assert_eq!(refusal(place.draw(&two, "second")), "nothing_payable", "the claims are taken");
        let sign = |who, command, version| place.order(who, "payment_batch", &batch.id, command, version);
        let version = sign(&two, "sign_first", batch.version).unwrap();
        assert_eq!(refusal(sign(&one, "sign_second", version)), "two_persons", "whoever drew it signs never second");
        assert_eq!(refusal(sign(&two, "sign_second", version)), "two_persons");
        assert_eq!(refusal(place.by(&one).payment_file(&batch.id)), "not_released");
        let version = sign(&three, "sign_second", version).unwrap();
        sign(&one, "export", version).unwrap();
        let (name, bytes) = place.by(&one).payment_file(&batch.id).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(name.ends_with(".csv") && text.contains("\"'=湘石, \"\"机械\"\"\"") && text.contains(",500000.00,"), "{text}");
        place.books_agree();

        let batch = place.by(&one).payment_batch(&batch.id).unwrap();
        let bytes = answer(&batch, &["成功", "失败", "处理中"]);
        let preview = place.by(&one).preview_bank_answer(&batch.id, &bytes).unwrap();
        assert_eq!((preview.paid.count, preview.failed.count, preview.differences), (1, 1, 1));
        let half = apply(&place, &batch, &bytes, "answer").unwrap();
        assert_eq!((half.state.as_str(), half.open.count), ("sent", 1));
        place.books_agree();
        let again = apply(&place, &half, &bytes, "answer again").unwrap();
        assert_eq!((again.version, place.rows("support_grant").len()), (half.version, 1), "what is applied twice changes nothing");
        let done = apply(&place, &half, &answer(&batch, &["成功", "失败", "成功"]), "rest").unwrap();
        assert_eq!((done.state.as_str(), done.paid.total, done.failed.total), ("settled", 2 * GRANTED, GRANTED));
        let mut claims = states(&place.rows("claim"));
        claims.sort();
        assert_eq!(claims, ["paid", "paid", "payable"]);
        place.books_agree();

        let later = place.sent("later");
        assert_eq!(later.payments.len(), 1);
        apply(&place, &later, &answer(&later, &["成功"]), "later answer").unwrap();
        assert_eq!(states(&place.rows("claim")), ["paid"; 3]);
        place.books_agree();
    }
}

#[test]
fn a_cancelled_batch_gives_its_claims_back() {
    for place in places(2) {
        let one = person(1, "finance");
        let batch = place.draw(&one, "first").unwrap();
        place.order(&one, "payment_batch", &batch.id, "cancel", batch.version).unwrap();
        assert_eq!(states(&place.rows("claim")), ["payable"; 2]);
        place.books_agree();
        assert_eq!(place.draw(&one, "second").unwrap().payments.len(), 2);
    }
}

#[test]
fn of_many_at_once_one_wins() {
    for place in places(2) {
        let drawn = at_once(|n| refusal(place.draw(&person(n, "finance"), &format!("draw {n}"))));
        assert_eq!((winners(&drawn), place.rows("payment").len()), (1, 2), "{drawn:?}");
        let batch = place.by(&person(1, "finance")).payment_batch(&place.rows("payment_batch")[0].id.text("pay")).unwrap();
        let signer = |n: u64| person(100 + n, "finance");
        let told = at_once(|n| refusal(place.order(&signer(n), "payment_batch", &batch.id, "sign_first", batch.version)));
        assert_eq!(winners(&told), 1, "{told:?}");
        let signed = place.by(&signer(0)).payment_batch(&batch.id).unwrap();
        let told = at_once(|n| refusal(place.order(&signer(n), "payment_batch", &batch.id, "sign_second", signed.version)));
        assert_eq!(winners(&told), 1, "{told:?}");
        let released = place.by(&signer(0)).payment_batch(&batch.id).unwrap();
        place.order(&signer(0), "payment_batch", &batch.id, "export", released.version).unwrap();
        let sent = place.by(&signer(0)).payment_batch(&batch.id).unwrap();
        let bytes = answer(&sent, &["成功", "成功"]);
        let told = at_once(|n| refusal(apply(&place, &sent, &bytes, &format!("answer {n}"))));
        assert_eq!((winners(&told), place.rows("support_grant").len()), (1, 2), "{told:?}");
        place.books_agree();
    }
}
