//! Grants without application as a run makes them: a claim that waits for consent, its money reserved, its file frozen.
use crate::books::{Books, int, text};
use crate::place::{Place, Policy, create, firm, put, values, wan};
use liangu_base::{Id, WorkCalendar};
use liangu_policy::decision::{Basis, Frozen, FrozenFact, Known};
use liangu_store::{Change, Commit, Item, Value, Years};
use std::collections::BTreeMap;

/// None where the firm has such a claim this year, or the budget does not reach.
pub fn award(place: &Place, books: &Books, n: u64, amount: i64, claim: Id) -> Option<Commit> {
    let (policy, year) = (Policy::Automatic, i64::from(place.app.today().year()));
    let slot = format!("{}/{}/{year}", policy.id().text("pol"), firm(n).text("ent"));
    if books.of("claim").any(|row| text(row, "slot") == Some(&slot)) {
        return None;
    }
    let of = |row: &&Item| row.values.get("policy") == Some(&Value::Ref(policy.id())) && int(row, "budget_year") == year;
    let budget = books.of("budget").find(of)?;
    if int(budget, "reserved") + int(budget, "spent") + amount > int(budget, "total") {
        return None;
    }
    let now = place.app.moment();
    let calendar: WorkCalendar = serde_json::from_str(liangu_packs::standards::HOLIDAYS).ok()?;
    let definition = place.app.model().records["claim"].flow.clone()?;
    let begun = liangu_flow::begin_in(&definition, "consenting", now, &calendar).ok()?.case;
    let basis = Basis { policy: policy.id().text("pol"), content: serde_json::from_value(policy.content()?).ok()?, ..Basis::default() };
    let row = values([
        ("policy", Value::Ref(policy.id())),
        ("enterprise", Value::Ref(firm(n))),
        ("region", Value::text(if n.is_multiple_of(2) { "431382" } else { "431302" })),
        ("origin", Value::text("automatic")),
        ("period", Value::Int(year)),
        ("slot", Value::text(slot)),
        ("watch", Value::text("none")),
        ("basis", Value::text(basis.digest())),
        ("amount", Value::Int(amount)),
        ("amount_computed", Value::Int(amount)),
        ("budget_year", Value::Int(year)),
        ("state", Value::text("consenting")),
        ("holder_role", Value::text("firm")),
        ("entered_at", Value::Instant(now)),
        ("opened_at", Value::Instant(now)),
        ("flow_due", liangu_flow::due(&definition, &begun).map_or(Value::Null, Value::Instant)),
        ("flow", Value::text(serde_json::to_string(&begun).ok()?)),
    ]);
    let reserved = values([("reserved", Value::Int(int(budget, "reserved") + amount))]);
    let moved = Change::Update {
        record: "budget".to_owned(),
        id: budget.id,
        expected_version: Some(budget.version),
        values: reserved,
        years: Years::new(),
    };
    Some(Commit {
        changes: vec![create("claim", claim, row), moved],
        documents: vec![
            put("claim_basis", basis.digest(), serde_json::to_value(&basis).ok()?),
            put("claim_file", claim.to_string(), serde_json::to_value(frozen(place, &basis, n)).ok()?),
        ],
        ..Commit::new(place.app.now(), "test.award")
    })
}

fn frozen(place: &Place, basis: &Basis, n: u64) -> Frozen {
    let revenue = FrozenFact {
        field: "revenue".to_owned(),
        year: Some(place.app.judged_year()),
        value: Some(Known::Int(wan(900))),
        source: Some("tax".to_owned()),
        as_of: Some(place.app.today()),
    };
    Frozen {
        basis: basis.digest(),
        firm: firm(n).text("ent"),
        day: place.app.today(),
        judged_year: place.app.judged_year(),
        taken_on: place.app.today(),
        facts: vec![revenue],
        children: BTreeMap::new(),
        items: Vec::new(),
        grants: Vec::new(),
        granted_on: place.app.today(),
    }
}
