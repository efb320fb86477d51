//! `liangu verify` agrees with a sound installation, and fails on one whose file was tampered with.
mod common;

use common::Folder;
use liangu_base::{Id, Instant, Text};
use liangu_store::{Change, Commit, Config, Store, Value, Values, Years};
use std::sync::Arc;

const FIRMS: &str = "credit_code,name,region,certs,dishonest\n\
    9144030071526726XG,澜砺甲有限公司,431302,high_tech|green_factory,no\n\
    914403001922038216,澜砺乙有限公司,431381,,no\n";

/// Two firms, one of which holds the title that a policy wants.
fn installation(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.liangu(&["init", "--region", "431300", "--dir", "data"]).done();
    folder.write("firms.csv", FIRMS);
    folder.liangu(&["import", "firms.csv", "--dir", "data"]).done();
    let model = Arc::new(liangu_packs::load(Vec::new()).unwrap());
    let store = Store::open(&Config::Sqlite { dir: folder.path().join("data") }, &model, "main").unwrap();
    let text = |text: &str| Value::Bilingual(Text::new(text.to_owned(), text.to_owned()));
    let values: Values = [
        ("title", text("高企奖补")),
        ("issuer", text("娄底市")),
        ("level", Value::text("city")),
        ("series", Value::text("demonstration")),
        ("kind", Value::text("subsidy")),
        ("when", Value::text("\"high_tech\" in certs && !dishonest")),
    ]
    .map(|(field, value)| (field.to_owned(), value))
    .into();
    let at = Instant::from_micros(1_790_000_000_000_000);
    let policy = Change::Create { record: "policy".into(), id: Id::v7(1_790_000_000_000, 1), values, years: Years::new() };
    store.commit(Commit { changes: vec![policy], ..Commit::new(at, "test") }).unwrap();
    folder
}

#[test]
fn a_sound_installation_agrees_in_both_languages_and_as_json() {
    let folder = installation("verify");
    let run = folder.liangu(&["verify", "--dir", "data"]).done();
    assert!(run.out.contains("2 firms, 1 policies") && run.out.contains("They agree."), "{run:?}");
    let run = folder.liangu_in("zh_CN.UTF-8", &["verify", "--dir", "data", "--all"]).done();
    assert!(run.out.contains("2 家企业") && run.out.contains("完全一致"), "{run:?}");
    let run = folder.liangu(&["verify", "--dir", "data", "--json", "--seed", "9"]).done();
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(
        (&report["differences"], &report["answers"], &report["seed"], &report["parts"]["sets"]),
        (&0.into(), &2.into(), &9.into(), &1.into()),
        "{report}"
    );
    folder.liangu(&["verify", "--dir", "nowhere"]).refused(1, &["liangu init"]);
    folder.liangu(&["verify", "--dir", "data", "--all", "--policies", "3"]).refused(2, &["--all"]);
}

#[test]
fn a_tampered_file_is_told_and_the_exit_code_says_so() {
    let folder = installation("verify-tampered");
    let file = rusqlite::Connection::open(folder.path().join("data/liangu.db")).unwrap();
    // A set that is not written as the store writes it: read as one, and not found by the database.
    let changed = file.execute("UPDATE enterprise SET certs = 'high_tech' WHERE certs LIKE '%high_tech%'", []).unwrap();
    assert_eq!(changed, 1);
    drop(file);
    let run =
        folder.liangu(&["verify", "--dir", "data"]).refused(1, &["policy pol_", "firm ent_", "columns yes, database no", "1 differences"]);
    assert!(!run.out.contains("They agree."), "{run:?}");
    let run = folder.liangu(&["verify", "--dir", "data", "--json"]).refused(1, &[]);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(
        (&report["first"][0]["way"], &report["first"][0]["columns"], &report["first"][0]["other"]),
        (&"sql".into(), &"yes".into(), &"no".into()),
        "{report}"
    );
}
