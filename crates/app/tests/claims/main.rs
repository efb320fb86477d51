//! Claims under everything that people and time do to them at once and one after another.
//!
//! [`walk`] acts at random; [`books`] are kept beside it and say what must hold. `LIANGU_SOAK=1` walks a million steps.
mod books;
mod granted;
mod paths;
mod place;
mod races;
mod walk;

use books::Books;
use granted::award;
use liangu_app::claims::replay_all;
use liangu_store::{Change, Commit, Value, Years};
use place::{Place, create, engines, firm, id, values, wan};
use std::collections::BTreeMap;
use walk::Walk;

/// Steps in one place, and places: a server answers many times slower than a file, by the same code.
const STEPS: usize = 1500;
const STEPS_ON_A_SERVER: usize = 500;
const WALKS: u64 = 2;
/// Walks that make a million steps, on SQLite.
const MANY_WALKS: u64 = 667;

fn walked(place: &Place, seed: u64, steps: usize) -> BTreeMap<String, usize> {
    let mut walk = Walk::new(place, seed);
    for _ in 0..steps {
        walk.step();
    }
    let totals = replay_all(&place.app, &mut |one| assert!(one.agrees, "seed {seed}: {one:?}")).unwrap();
    assert_eq!(totals.differ, 0, "seed {seed}");
    walk.done
}

#[test]
fn whatever_people_and_time_do_the_books_agree() {
    let soak = std::env::var("LIANGU_SOAK").is_ok_and(|v| v == "1");
    let mut done: BTreeMap<String, usize> = BTreeMap::new();
    for (at, engine) in engines().into_iter().enumerate() {
        let (walks, steps) = match (&engine, soak) {
            (None, true) => (MANY_WALKS, STEPS),
            (None, false) => (WALKS, STEPS),
            (Some(_), _) => (1, STEPS_ON_A_SERVER),
        };
        for seed in 0..walks {
            let place = Place::open(engine.clone());
            for (what, count) in walked(&place, seed + 10_000 * at as u64, steps) {
                *done.entry(what).or_default() += count;
            }
        }
    }
    // a walk that never comes to the end of a claim proves nothing
    let wanted =
        ["start", "claim.submit", "claim.resubmit", "claim.approve", "claim.consent", "claim.uphold", "claim.appeal", "object", "draw"];
    for what in wanted.into_iter().chain(["payment_batch.sign_second", "answer", "judge", "claim.take_up", "award", "delegate"]) {
        assert!(done.get(what).copied().unwrap_or(0) > 0, "{what} never happened: {done:?}");
    }
    println!("{done:?}");
}

/// What the books say once `change` is written past the program.
fn planted(change: impl FnOnce(&Place) -> Vec<Change>) -> String {
    let place = Place::open(None);
    let mut books = Books::default();
    books.follow(&place);
    place.store.commit(award(&place, &books, 3, wan(20), id(5, 1)).unwrap()).unwrap();
    books.follow(&place);
    assert_eq!(books.broken(&place), Vec::<String>::new());
    let changes = change(&place);
    place.store.commit(Commit { changes, ..Commit::new(place.app.now(), "test.plant") }).unwrap();
    books.follow(&place);
    books.broken(&place).join("\n")
}

fn update<const N: usize>(record: &str, id: liangu_base::Id, changed: [(&str, Value); N]) -> Change {
    Change::Update { record: record.to_owned(), id, expected_version: None, values: values(changed), years: Years::new() }
}

#[test]
fn planted_mistakes_are_seen_in_the_books() {
    let (claim, budget) = (id(5, 1), id(3, 2));
    let payment = |n: u64, state: &str| {
        create(
            "payment",
            id(7, n),
            values([
                ("batch", Value::Ref(id(6, 1))),
                ("claim", Value::Ref(claim)),
                ("slot", Value::text(format!("{n}"))),
                ("enterprise", Value::Ref(firm(3))),
                ("policy", Value::Ref(place::Policy::Automatic.id())),
                ("budget_year", Value::Int(2026)),
                ("payee_name", Value::text("户名")),
                ("payee_account", Value::text("62220000")),
                ("amount", Value::Int(wan(20))),
                ("state", Value::text(state)),
            ]),
        )
    };
    let batch = |place: &Place| {
        create(
            "payment_batch",
            id(6, 1),
            values([
                ("region", Value::text("431300")),
                ("count", Value::Int(1)),
                ("total", Value::Int(wan(20))),
                ("request", Value::text("r")),
                ("drawn_on", Value::Date(place.app.today())),
                ("prepared_by", Value::text("甲")),
                ("prepared_at", Value::Instant(place.app.now())),
            ]),
        )
    };
    for (said, change) in [
        ("claims and payments say", update("budget", budget, [("reserved", Value::Int(wan(20) - 1))])),
        ("of 1000", update("budget", budget, [("total", Value::Int(1000))])),
        ("claims and payments say", update("claim", claim, [("amount", Value::Int(1))])),
        ("no timer fires", update("claim", claim, [("flow_due", Value::Null)])),
        ("held by", update("claim", claim, [("holder", Value::text("acc_x"))])),
        ("held by", update("claim", claim, [("holder_role", Value::Null)])),
        ("its flow says consenting", update("claim", claim, [("state", Value::text("notice"))])),
        (
            "a second one",
            create(
                "claim",
                id(5, 2),
                values([
                    ("policy", Value::Ref(place::Policy::Automatic.id())),
                    ("enterprise", Value::Ref(firm(3))),
                    ("region", Value::text("431382")),
                    ("origin", Value::text("automatic")),
                    ("period", Value::Int(2026)),
                    ("slot", Value::text("other")),
                    ("state", Value::text("draft")),
                    ("flow", Value::text("{}")),
                ]),
            ),
        ),
        ("(paid, open) payments (1, 0)", payment(1, "paid")),
    ] {
        let told = planted(|place| vec![batch(place), change]);
        assert!(told.contains(said), "{said}: {told}");
    }
}
