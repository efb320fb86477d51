//! `verify` over a small region of every kind of rule: it agrees where nothing is wrong, and a planted mistake is told.
mod region;

use liangu_app::eligibility::verify::{Columns, Part, Report, Seen, VerifyOptions, Way, What, verify};
use liangu_store::{Change, Commit, Stamp, Store, Value, Values, Years};
use region::{FIRMS, RULES, Region, at, day, id, regions};

const ALL: VerifyOptions = VerifyOptions { policies: None, pairs: 2000, every_pair: true, seed: 7 };

fn run(store: &Store, options: &VerifyOptions) -> Report {
    verify(store, at(10), options, &mut |_| {}).unwrap()
}

#[test]
fn all_ways_agree_over_a_region_with_gaps_and_extremes() {
    for seed in [1, 2] {
        for region in regions(seed) {
            let report = run(&region.store, &ALL);
            assert!(report.refused.is_empty(), "{:#?}", report.refused);
            assert_eq!(report.differences, 0, "{}: {:#?}", report.database, report.first);
            assert_eq!((report.firms as u64, report.rules, report.policies), (FIRMS, RULES.len(), RULES.len()));
            assert_eq!(report.pairs, 2000 + FIRMS * RULES.len() as u64);
            let all = [
                Part::Threshold,
                Part::Codes,
                Part::Sets,
                Part::Within,
                Part::Or,
                Part::Not,
                Part::AtLeast,
                Part::Known,
                Part::Years,
                Part::Children,
                Part::Arithmetic,
                Part::Dates,
                Part::Conditional,
            ];
            assert_eq!(report.parts.keys().copied().collect::<Vec<_>>(), all, "the rules are of every kind");
        }
    }
}

#[test]
fn the_seed_draws_the_rules() {
    let region = regions(1).next().unwrap();
    let some = |seed| run(&region.store, &VerifyOptions { policies: Some(20), pairs: 10, every_pair: false, seed });
    let (once, again, other) = (some(3), some(3), some(4));
    assert_eq!((once.policies, once.pairs, once.answers), (20, 10, 20 * FIRMS));
    assert_eq!(format!("{once:?}"), format!("{again:?}"));
    assert_ne!(format!("{:?}", once.shapes), format!("{:?}", other.shapes));
}

fn values<const N: usize>(pairs: [(&str, Value); N]) -> Values {
    pairs.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
}

/// Commits behind the back of columns that are loaded, and compares them.
fn behind(region: &Region, change: Change) -> Report {
    let store = &region.store;
    let columns = store.read(|reader| Ok(Columns::load(reader, store.model(), day()))).unwrap().unwrap();
    let stamp = Some(Stamp { source: "market_regulation".into(), as_of: day() });
    store.commit(Commit { stamp, changes: vec![change], ..Commit::new(at(20), "test.behind") }).unwrap();
    store.read(|reader| Ok(columns.compare(reader, &VerifyOptions { pairs: 20_000, ..ALL }, &mut |_| {}))).unwrap().unwrap()
}

#[test]
fn a_fact_changed_behind_the_columns_is_told_with_its_rule_and_firm() {
    for region in regions(3) {
        let was = region.store.get("enterprise", id(2, 5)).unwrap().unwrap();
        let flipped = was.values["dishonest"] != Value::Bool(true);
        let years = Years::from([(2025, values([("revenue", Value::Null)]))]);
        let report = behind(
            &region,
            Change::Update {
                record: "enterprise".into(),
                id: id(2, 5),
                expected_version: None,
                values: values([("dishonest", Value::Bool(flipped))]),
                years,
            },
        );
        assert!(report.differences > 0);
        let firm = id(2, 5).text("ent");
        let rule = RULES.iter().position(|rule| *rule == "!dishonest").unwrap();
        let policy = id(3, rule as u64).text("pol");
        let told = |way| {
            report.first.iter().any(|d| d.policy == policy && d.way == way && matches!(&d.what, What::Answers { firm: f, columns, other } if *f == firm && columns != other && *other == if flipped { Seen::No } else { Seen::Yes }))
        };
        assert!(told(Way::Sql) && report.first.iter().any(|d| d.way == Way::Record), "{report:#?}");
        assert!(
            report.first.iter().all(|d| matches!(&d.what, What::Answers { firm: f, .. } if *f == firm)),
            "only the changed firm differs: {report:#?}"
        );
        assert!(report.first.iter().all(|d| d.way != Way::Table), "the columns agree with themselves: {report:#?}");
    }
}

#[test]
fn a_child_and_a_firm_behind_the_columns_are_told() {
    for region in regions(4) {
        let right = values([
            ("enterprise", Value::Ref(id(2, FIRMS - 1))),
            ("name", Value::text("一种方法")),
            ("kind", Value::text("invention")),
            ("active", Value::Bool(true)),
            ("granted", Value::Date(day())),
        ]);
        let report = behind(&region, Change::Create { record: "ip_right".into(), id: id(90, 1), values: right, years: Years::new() });
        let rule = RULES.iter().position(|rule| rule.starts_with("ip_rights.exists")).unwrap();
        let told = report
            .first
            .iter()
            .find(|d| d.policy == id(3, rule as u64).text("pol") && d.way == Way::Sql)
            .expect("the new right is seen by the database");
        assert!(matches!(&told.what, What::Answers { columns: Seen::No, other: Seen::Yes, .. }), "{told:?}");
    }
    for region in regions(5) {
        let firm =
            values([("name", Value::text("新来")), ("credit_code", Value::text("9144030071526726XG")), ("region", Value::text("431302"))]);
        let report = behind(&region, Change::Create { record: "enterprise".into(), id: id(2, FIRMS), values: firm, years: Years::new() });
        assert!(report.first.iter().all(|d| matches!(&d.what, What::Answers { columns: Seen::Absent, .. })), "{report:#?}");
        assert_eq!(report.differences, RULES.len() as u64);
    }
}
