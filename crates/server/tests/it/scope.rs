//! The scope property: over many firms and many people, a list shows a row if and only if the row oracle says yes.
use crate::support::{Database, TestApp};
use liangu_app::{Caller, Principal};
use liangu_base::{Id, IdSequence, Lang, RandomExt, SplitMix64};
use liangu_expr::row::{Context, Row, answer};
use liangu_expr::schema::{ChildIx, FieldIx, Schema};
use liangu_expr::value::{Answer, Reason, Value};
use liangu_store::{Change, Commit, Stamp, Store, Value as Stored, Values, Years};
use std::collections::BTreeSet;

const REGIONS: [&str; 5] = ["431300", "431302", "431382", "430100", "430000"];
const ROLES: [&str; 7] = ["firm", "officer", "reviewer", "finance", "park", "leader", "administrator"];

struct Drawn {
    id: Id,
    region: &'static str,
    park: Option<Id>,
}

/// Sixty firms in drawn places, a third of them in one of two parks.
fn firms(store: &Store, app: &TestApp, random: &mut SplitMix64) -> Vec<Drawn> {
    let mut ids = IdSequence::default();
    let mut changes = Vec::new();
    let mut drawn = Vec::new();
    for number in 0..60 {
        let firm = Drawn {
            id: ids.next(1_700_000_000_000, random.next_u128()),
            region: REGIONS[random.below(5) as usize],
            park: random.chance(0.3).then_some(app.region.park),
        };
        let mut values = Values::from([
            ("name".into(), Stored::Text(format!("抽样企业{number}"))),
            ("credit_code".into(), Stored::Text(crate::support::region::credit_code(1000 + number))),
            ("region".into(), Stored::Text(firm.region.into())),
        ]);
        if let Some(park) = firm.park {
            values.insert("park".into(), Stored::Ref(park));
        }
        changes.push(Change::Create { record: "enterprise".into(), id: firm.id, values, years: Years::new() });
        drawn.push(firm);
    }
    let at = app.app.now();
    let stamp = Some(Stamp { source: "market_regulation".into(), as_of: at.date_beijing() });
    store.commit(Commit { changes, stamp, ..Commit::new(at, "test.firms") }).expect("drawn firms are valid");
    drawn
}

fn person(random: &mut SplitMix64, firms: &[Drawn], park: Id) -> Principal {
    let roles = ROLES.iter().filter(|_| random.chance(0.25)).map(|role| (*role).to_owned()).collect::<Vec<_>>();
    Principal {
        account: Some(Id::v7(1, random.next_u128())),
        roles: std::iter::once("public".to_owned()).chain(roles).collect(),
        firm: random.chance(0.5).then(|| random.pick(firms).id),
        park: random.chance(0.5).then_some(park),
        region: random.chance(0.7).then(|| REGIONS[random.below(5) as usize].to_owned()),
        ..Principal::anonymous()
    }
}

struct OracleRow<'a> {
    firm: &'a Drawn,
    schema: &'a Schema,
}

impl Row for OracleRow<'_> {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        let name = self.schema.fields.get_index(field.0 as usize).map_or("", |(name, _)| name.as_str());
        match (name, self.firm.park) {
            ("id", _) => Value::Text(self.firm.id.text("ent").into()),
            ("region", _) => Value::Text(self.firm.region.into()),
            ("park", Some(park)) => Value::Text(park.text("park").into()),
            _ => Value::Unknown(Reason::Missing { field: name.to_owned(), year }),
        }
    }

    fn children(&self, _: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        None
    }
}

/// What the scopes of the pack say, one role after another, by the row oracle.
fn oracle_sees(app: &TestApp, person: &Principal, firm: &Drawn) -> bool {
    let model = app.app.model();
    let (record, schema) = (&model.records["enterprise"], &model.schemas["enterprise"]);
    let mut context = Context::new(app.app.today(), 2025);
    let id = |id: Option<Id>, prefix: &str| id.map(|id| Value::Text(id.text(prefix).into()));
    let known = [
        ("firm", id(person.firm, "ent")),
        ("park", id(person.park, "park")),
        ("region", person.region.as_deref().map(|code| Value::Text(code.into()))),
    ];
    for (field, value) in known {
        if let Some(value) = value {
            context.params.insert(("user".into(), field.into()), value);
        }
    }
    record.scope.iter().filter(|(role, _)| person.has(role)).any(|(_, source)| {
        let typed = liangu_expr::check(source, schema, liangu_expr::Expect::Bool).expect("scopes of the packs type");
        answer(&typed, &OracleRow { firm, schema }, &context) == Answer::Yes
    })
}

#[test]
fn nobody_sees_a_row_to_which_the_oracle_says_no_or_unknown() {
    for database in crate::support::databases() {
        lists_and_oracle_agree(database);
    }
}

fn lists_and_oracle_agree(database: Database) {
    let app = TestApp::on(database);
    let mut random = SplitMix64::new(20_261_120);
    let drawn = firms(&app.store, &app, &mut random);
    for _ in 0..40 {
        let person = person(&mut random, &drawn, app.region.park);
        let wanted: BTreeSet<String> =
            drawn.iter().filter(|firm| oracle_sees(&app, &person, firm)).map(|firm| firm.id.text("ent")).collect();
        let caller = Caller::new(&app.app, &person, Lang::Zh);
        let params = [("limit".to_owned(), "200".to_owned()), ("q".to_owned(), "抽样".to_owned())];
        let listed =
            caller.list("enterprise", &params).map(|page| page.items.into_iter().map(|item| item.id).collect()).unwrap_or_default();
        assert_eq!(wanted, listed, "{database:?} {person:?}");
        let ids = drawn.iter().map(|firm| firm.id.text("ent"));
        let single: BTreeSet<String> = ids.filter(|id| caller.record("enterprise", id).is_ok()).collect();
        assert_eq!(wanted, single, "{database:?} {person:?}");
    }
}
