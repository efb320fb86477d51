//! Sixty-four at once: one of them wins, the others are told so.
use crate::books::{Books, state, text};
use crate::paths::{Claim, refusal};
use crate::place::{FIRMS, Place, Policy, firm, id, places, wan};
use liangu_app::Principal;
use liangu_store::{Change, Commit, Value, Values, Years};

const RACERS: u64 = 64;

fn racer(n: u64, role: &str) -> Principal {
    Principal {
        account: Some(id(8, n)),
        name: format!("{role} {n}"),
        roles: vec![role.to_owned()],
        region: Some("431300".to_owned()),
        ..Principal::anonymous()
    }
}

/// `act` by all at once; what each was told.
fn at_once(racers: u64, act: impl Fn(u64) -> String + Sync) -> Vec<String> {
    std::thread::scope(|scope| {
        let act = &act;
        let all: Vec<_> = (0..racers).map(|n| scope.spawn(move || act(n))).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

fn winners(told: &[String]) -> usize {
    told.iter().filter(|word| *word == "done").count()
}

fn books_agree(place: &Place) -> Books {
    let mut books = Books::default();
    books.follow(place);
    assert_eq!(books.broken(place), Vec::<String>::new());
    books
}

#[test]
fn of_many_who_take_on_or_approve_one_claim_one_wins() {
    for place in places() {
        let claim = Claim::handed_in(&place, Policy::Scale, 4);
        let version = claim.version();
        let told = at_once(RACERS, |n| refusal(claim.tried(&racer(n, "officer"), "sign_for", version, &[])));
        assert_eq!(winners(&told), 1, "{told:?}");
        let holder = text(&claim.row(), "holder").unwrap().to_owned();
        let officer = (0..RACERS).map(|n| racer(n, "officer")).find(|one| one.account.unwrap().text("acc") == holder).unwrap();
        claim.judge(&officer, "health", "yes");
        claim.give(&officer, "recommend", &[]);
        let version = claim.version();
        let told = at_once(RACERS, |n| refusal(claim.tried(&racer(200 + n, "reviewer"), "approve", version, &[])));
        assert_eq!(winners(&told), 1, "{told:?}");
        let books = books_agree(&place);
        assert_eq!(books.of("claim").map(state).collect::<Vec<_>>(), ["notice"]);
    }
}

#[test]
fn of_many_grants_the_last_money_is_one_s() {
    for place in places() {
        let claims: Vec<Claim<'_>> = (2..FIRMS).map(|n| Claim::recommended(&place, Policy::Scale, n)).collect();
        let total = Values::from([("total".to_owned(), Value::Int(wan(14)))]);
        let change =
            Change::Update { record: "budget".to_owned(), id: id(3, 0), expected_version: None, values: total, years: Years::new() };
        place.store.commit(Commit { changes: vec![change], ..Commit::new(place.app.now(), "test.budget") }).unwrap();
        // 80,000 yuan fit once, whoever it is; each claim is tried by eight reviewers
        let amount = wan(8).to_string();
        let inputs = [("amount", amount.as_str()), ("reason", "预算有限")];
        let versions: Vec<i64> = claims.iter().map(Claim::version).collect();
        let told = at_once(RACERS, |n| {
            let at = n as usize % claims.len();
            refusal(claims[at].tried(&racer(300 + n, "reviewer"), "approve", versions[at], &inputs))
        });
        assert_eq!(winners(&told), 1, "{told:?}");
        assert!(told.iter().filter(|word| *word != "done").all(|word| word == "budget" || word == "stale"), "{told:?}");
        books_agree(&place);
    }
}

#[test]
fn of_many_claims_of_one_firm_one_begins() {
    for place in places() {
        let own = &place.people.firms[4];
        let told = at_once(RACERS, |n| refusal(Claim::begun(&place, own, Policy::Scale, 4, &format!("race {n}")).map(drop)));
        assert_eq!(winners(&told), 1, "{told:?}");
        assert!(told.iter().filter(|word| *word != "done").all(|word| word == "claimed"), "{told:?}");
        assert_eq!(books_agree(&place).of("claim").count(), 1);
        assert_eq!(own.firm, Some(firm(4)));
    }
}
