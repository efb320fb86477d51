//! From nothing to an installation: made without a password, set up once with the token, filled from a file, looked
//! over, saved and brought back; its decisions made again; what leaves it encrypted.
mod common;
mod decided;
mod encrypted;

use common::Folder;
use liangu_app::accounts::SetUp;
use liangu_app::{App, Options};
use liangu_store::{Config, Query, Store};
use std::sync::Arc;

fn store(folder: &Folder) -> Store {
    let model = Arc::new(liangu_packs::load(Vec::new()).unwrap());
    Store::open(&Config::Sqlite { dir: folder.path().join("data") }, &model, "main").unwrap()
}

/// The only run of 24 or more token characters in what was printed.
fn token(out: &str) -> String {
    let runs: Vec<&str> = out.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).filter(|run| run.len() >= 24).collect();
    assert_eq!(runs.len(), 1, "{out}");
    runs[0].to_owned()
}

fn firms(folder: &Folder) -> u64 {
    store(folder).read(|r| r.count("enterprise", &Query::default())).unwrap()
}

#[test]
fn an_empty_installation_has_nobody_until_the_token_is_used() {
    let folder = Folder::new("init");
    let made = folder.liangu(&["init", "--region", "431300", "--dir", "data"]).done();
    let token = token(&made.out);
    folder.liangu(&["init", "--region", "431300", "--dir", "data"]).refused(1, &["already"]);
    assert!(store(&folder).read(|r| r.accounts(None, 10)).unwrap().is_empty(), "no account, so no default password");
    folder.liangu(&["doctor", "--dir", "data"]).refused(1, &["administrator", "backup"]);

    let app = App::open(store(&folder), Options::system("test")).unwrap();
    assert!(!app.installation().demonstration);
    let with = |token: &str| SetUp {
        token: token.to_owned(),
        login: "first".to_owned(),
        name: "易槿".to_owned(),
        password: "a long enough passphrase 7".to_owned(),
    };
    assert!(app.set_up(&with("not-the-token"), "127.0.0.1").is_err());
    app.set_up(&with(&token), "127.0.0.1").unwrap();
    assert!(app.set_up(&with(&token), "127.0.0.1").is_err(), "the token works once");
    drop(app);
    let listed = folder.liangu(&["user", "list", "--dir", "data"]).done();
    assert!(listed.out.contains("first") && listed.out.contains("administrator"), "{listed:?}");
}

#[test]
fn a_region_that_does_not_exist_makes_nothing() {
    let folder = Folder::new("init-region");
    folder.liangu(&["init", "--region", "999999", "--dir", "data"]).refused(2, &["999999"]);
    assert!(!folder.path().join("data").exists());
    folder.liangu(&["serve", "--dir", "data"]).refused(1, &["liangu init"]);
}

#[test]
fn an_import_is_whole_or_nothing() {
    let folder = Folder::new("import");
    folder.liangu(&["init", "--region", "431300", "--dir", "data"]).done();
    folder.write(
        "bad.csv",
        "credit_code,name,region,registered_capital,dishonest\n\
         914403001922038217,澜砺甲有限公司,431302,5000000,no\n\
         914403001922038216,,431302,5000000,no\n\
         9144030071526726XG,澜砺丙有限公司,999999,many,perhaps\n\
         914403001922038216,澜砺丁有限公司,431302,1,no\n",
    );
    let run = folder
        .liangu(&["import", "bad.csv", "--dir", "data"])
        .refused(1, &["line 2", "line 3", "line 4", "line 5", "999999", "nothing was imported"]);
    assert!(!run.err.contains("line 6"), "{run:?}");
    assert_eq!(firms(&folder), 0);

    folder.write("good.csv", "\u{feff}统一社会信用代码,企业名称,region,industry,registered_capital,certs\n9144030071526726XG,澜砺甲有限公司,431302,3240,3.5 万元,iso9001|iso14001\n914403001922038216,澜砺乙有限公司,431381,,5000000,\n");
    folder.liangu(&["import", "good.csv", "--dir", "data", "--as-of", "2026-11-01"]).done();
    assert_eq!(firms(&folder), 2);
    folder.liangu(&["import", "good.csv", "--dir", "data"]).refused(1, &["line 2", "line 3", "on the register already"]);
    assert_eq!(firms(&folder), 2);
    folder.liangu(&["import", "good.csv", "--dir", "data", "--source", "hearsay"]).refused(2, &["hearsay", "market_regulation"]);
}

#[test]
fn a_backup_comes_back_elsewhere() {
    let folder = Folder::new("backup");
    folder.liangu(&["init", "--region", "431300", "--dir", "data"]).done();
    folder.write("firms.csv", "credit_code,name,region\n9144030071526726XG,澜砺甲有限公司,431302\n");
    folder.liangu(&["import", "firms.csv", "--dir", "data"]).done();
    folder.liangu(&["backup", "saved", "--dir", "data"]).done();
    folder.liangu(&["restore", "saved", "--dir", "data"]).refused(1, &[]);
    std::fs::remove_dir_all(folder.path().join("data")).unwrap();
    folder.liangu(&["restore", "saved", "--dir", "data"]).done();
    assert_eq!(firms(&folder), 1);
}

#[test]
fn accounts_are_managed_from_the_console() {
    let folder = Folder::new("user");
    folder.liangu(&["init", "--region", "431300", "--dir", "data"]).done();
    let added = folder.liangu(&["user", "add", "yi.jin", "--name", "易槿", "--role", "administrator", "--dir", "data"]).done();
    let again = folder.liangu(&["user", "reset", "yi.jin", "--dir", "data"]).done();
    assert_ne!(added.out, again.out, "another one-time password");
    folder.liangu(&["user", "add", "x", "--name", "", "--role", "emperor", "--dir", "data"]).refused(1, &[]);
    folder.liangu(&["user", "disable", "yi.jin", "--dir", "data"]).done();
    let listed = folder.liangu(&["user", "list", "--dir", "data"]).done();
    assert!(listed.out.contains("disabled"), "{listed:?}");
    folder.liangu(&["user", "disable", "nobody", "--dir", "data"]).refused(1, &["nobody"]);
}

#[test]
fn a_demonstration_takes_no_place_of_something_else() {
    let folder = Folder::new("demo");
    folder.liangu(&["init", "--region", "431300", "--dir", "data"]).done();
    folder.liangu(&["demo", "--dir", "data", "--no-serve"]).refused(1, &["does not hold a demonstration"]);
    folder.liangu(&["demo", "--dir", "data", "--no-serve", "--fresh"]).refused(1, &["does not hold a demonstration"]);
    assert_eq!(firms(&folder), 0, "the installation is still there");
    folder.write("photos/one.jpg", "not ours");
    folder.liangu(&["demo", "--dir", "photos", "--no-serve"]).refused(1, &["nothing was changed"]);
    folder.liangu(&["demo", "--dir", "photos", "--no-serve", "--fresh"]).refused(1, &["nothing was changed"]);
    assert_eq!(folder.read("photos/one.jpg"), "not ours");
    folder.liangu(&["demo", "--dir", "photos", "--no-serve", "--as-of", "tomorrow"]).refused(2, &["--as-of"]);
}

/// Changes a kept document behind the program's back.
fn tamper(folder: &Folder, kind: &str, from: &str, to: &str) {
    let file = rusqlite::Connection::open(folder.path().join("data/liangu.db")).unwrap();
    let sql = "UPDATE document SET value = replace(value, ?2, ?3) WHERE kind = ?1 AND instr(value, ?2) > 0";
    assert_eq!(file.execute(sql, [kind, from, to]).unwrap(), 1, "{kind} holds no {from}");
}

#[test]
fn a_decision_is_made_again_and_a_tampered_one_is_told() {
    let folder = Folder::new("replay");
    folder.liangu(&["init", "--region", "431300", "--dir", "data"]).done();
    folder.liangu(&["replay", "--all", "--dir", "data"]).done();
    let decided = decided::decided(&store(&folder));
    let replay = |what: &str| folder.liangu(&["replay", what, "--dir", "data"]);
    for what in [decided.number.as_str(), &decided.id, "--all"] {
        let run = replay(what).done();
        assert!(run.err.contains("1 replayed, 1 agree, 0 differ") || run.out.contains("1 replayed, 1 agree, 0 differ"), "{run:?}");
    }
    replay(&decided.draft).refused(1, &["no decision yet"]);
    replay("SB-1999-000001").refused(1, &["Not found"]);

    // more money than the policy gives
    tamper(&folder, "claim_decision", "50000000", "60000000");
    let place = "0.decision.money.amount";
    let run = replay(&decided.number).refused(1, &[&decided.number, place, "60000000 → 50000000", "digest"]);
    assert!(!run.out.contains("0.file"), "what it rests on is untouched: {run:?}");
    let run = folder.liangu(&["replay", "--all", "--json", "--dir", "data"]).refused(1, &["1 decisions differ"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let paths: Vec<&str> =
        report["differing"][0]["differences"].as_array().unwrap().iter().filter_map(|one| one["path"].as_str()).collect();
    assert!(paths.contains(&place) && report["totals"]["differ"] == 1, "{report}");
    tamper(&folder, "claim_decision", "60000000", "50000000");
    replay("--all").done();

    // a fact that was not there
    tamper(&folder, "claim_decided_file", "3000000000", "1000000000");
    replay(&decided.number).refused(1, &["0.file", "0.decision.rule", "yes → no"]);
    tamper(&folder, "claim_decided_file", "1000000000", "3000000000");

    // who signed it: no expression says so, the digest on the claim does
    tamper(&folder, "claim_decision", "\"by_name\":\"reviewer\"", "\"by_name\":\"nobody\"");
    replay(&decided.number).refused(1, &["digest"]);
}
