//! What is corrected after the decision: revenues of a year, child records, and what of it opens a recovery.
use crate::place::{GRANTED, Place, WANTED, id, person, places};
use crate::{answer, apply, states};
use liangu_app::recovery::RecoveryView;
use liangu_base::Date;
use liangu_store::{Change, Commit, FactEntry, Value, Values, Years};

/// The tax authority says another revenue of 2025.
pub fn correct(place: &Place, firm: usize, fen: i64) {
    let entry = FactEntry {
        record: "enterprise".into(),
        id: place.firms[firm],
        field: "revenue".into(),
        year: Some(2025),
        value: Value::Int(fen),
        source: "tax".into(),
        as_of: Date::from_ymd(2026, 11, 20).unwrap(),
    };
    place.store.commit(Commit { facts: vec![entry], ..Commit::new(place.app.now(), "test.correct") }).unwrap();
    place.app.tick().unwrap();
}

#[test]
fn a_fact_that_changes_after_payment_opens_one_recovery() {
    for place in places(2) {
        place.app.tick().unwrap();
        let batch = place.sent("first");
        apply(&place, &batch, &answer(&batch, &["成功", "成功"]), "answer").unwrap();
        correct(&place, 0, WANTED + 5);
        assert!(place.rows("recovery").is_empty(), "the money is due all the same");
        correct(&place, 0, WANTED - 1);
        place.app.tick().unwrap();
        correct(&place, 0, WANTED - 2);
        let found = place.rows("recovery");
        assert_eq!((states(&found), found[0].values.get("due")), (vec!["open".to_owned()], Some(&Value::Int(GRANTED))));

        let rcv = found[0].id.text("rcv");
        let version = || place.rows("recovery")[0].version;
        let view = place.by(&person(1, "finance")).recovery(&rcv).unwrap();
        assert_eq!((view.changes.len(), view.changes[0].period), (1, Some(2025)));
        place.order(&person(5, "officer"), "recovery", &rcv, "demand", version()).unwrap();
        place.order(&person(1, "finance"), "recovery", &rcv, "repaid", version()).unwrap();
        place.books_agree();
        let support = |row: &liangu_store::Item| if let Some(Value::Int(fen)) = row.values.get("amount") { *fen } else { 0 };
        assert_eq!(place.rows("support_grant").iter().map(support).sum::<i64>(), GRANTED, "what came back is no support received");
        let claim = place.rows("claim").into_iter().find(|row| row.id == place.claims[0]).unwrap();
        assert_eq!(claim.values.get("watch"), Some(&Value::text("recovered")));
        correct(&place, 0, WANTED - 3);
        assert_eq!(place.rows("recovery").len(), 1, "what came back is not asked for again");
        assert_eq!(place.rows("claim").iter().filter(|row| row.id == id(4, 1)).count(), 1);

        correct(&place, 1, WANTED - 1);
        correct(&place, 1, WANTED + 1);
        let mut after = states(&place.rows("recovery"));
        after.sort();
        assert_eq!(after, ["cleared", "recovered"], "what is as it was needs no recovery");
    }
}

fn write(place: &Place, change: Change) {
    place.store.commit(Commit { changes: vec![change], ..Commit::new(place.app.now(), "test.loan") }).unwrap();
    place.app.tick().unwrap();
}

/// The loan of a firm is said to be otherwise.
fn change_loan(place: &Place, firm: usize, field: &str, fen: i64) {
    let (record, values) = ("loan".to_owned(), Values::from([(field.to_owned(), Value::Int(fen))]));
    write(place, Change::Update { record, id: place.loans[firm], expected_version: None, values, years: Years::new() });
}

fn recovery(place: &Place, nth: usize) -> RecoveryView {
    let id = place.rows("recovery")[nth].id.text("rcv");
    place.by(&person(1, "finance")).recovery(&id).unwrap()
}

#[test]
fn a_child_record_that_is_corrected_or_taken_out_opens_a_recovery() {
    for place in places(2) {
        place.app.tick().unwrap();
        let batch = place.sent("first");
        apply(&place, &batch, &answer(&batch, &["成功", "成功"]), "answer").unwrap();
        let more = Change::Create { record: "loan".to_owned(), id: id(6, 9), values: Place::loan(place.firms[0], 1), years: Years::new() };
        write(&place, more);
        change_loan(&place, 0, "interest_paid", 7);
        assert!(place.rows("recovery").is_empty(), "a record that was added, a field that decides nothing");

        change_loan(&place, 0, "principal", 100);
        let found = recovery(&place, 0);
        let names: Vec<&str> = found.changes.iter().map(|change| change.name.as_str()).collect();
        assert_eq!((found.due, names), (GRANTED, vec!["loans.principal", "loans.interest_paid"]));
        assert_eq!(found.changes[0].field.zh, "贷款 1：本金");
        assert!(found.why.zh.starts_with("贷款有变"), "{:?}", found.why);

        write(&place, Change::Delete { record: "loan".to_owned(), id: place.loans[1], expected_version: 1 });
        let gone = place.rows("recovery").iter().position(|row| row.values.get("claim") == Some(&Value::Ref(place.claims[1]))).unwrap();
        let gone = recovery(&place, gone);
        assert_eq!((gone.changes[0].name.as_str(), gone.changes[0].now.en.as_str()), ("loans", "no longer on file"));
        change_loan(&place, 0, "principal", Place::PRINCIPAL);
        let mut after = states(&place.rows("recovery"));
        after.sort();
        assert_eq!(after, ["cleared", "open"]);
    }
}

#[test]
fn what_was_corrected_before_the_money_went_is_found_when_it_is_paid() {
    for place in places(1) {
        place.app.tick().unwrap();
        correct(&place, 0, WANTED - 1);
        let batch = place.sent("first");
        place.app.tick().unwrap();
        assert!(place.rows("recovery").is_empty());
        apply(&place, &batch, &answer(&batch, &["成功"]), "answer").unwrap();
        place.app.tick().unwrap();
        assert_eq!(states(&place.rows("recovery")), ["open"]);
    }
}
