//! `liangu pack` and the other commands that need no installation.
mod common;

use common::Folder;

const PACK: &str = "pack: canteen\nlabel: {zh: 食堂, en: Canteens}\nversion: \"1\"\nuses: [registry]\n";

const RECORD: &str = "record: canteen
label: {zh: 食堂, en: Canteen}
prefix: cant
archetype: register
title: name
fields:
  name: {type: text, limit: 80, required: true, label: {zh: 名称, en: Name}}
  seats: {type: int, label: {zh: 座位, en: Seats}}
columns: [name, seats]
sort: name
search: [name]
scope: {administrator: \"true\"}
create: [administrator]
update: {administrator: [\"*\"]}
";

#[test]
fn the_packs_of_the_program_are_good() {
    let folder = Folder::new("pack");
    folder.liangu(&["pack", "check"]).done();
    let glossary = folder.liangu(&["pack", "glossary"]).done();
    for line in ["| `enterprise` | 企业 | Enterprise |", "| `revenue` | 营业收入 | Revenue |", "| `administrator` |"] {
        assert!(glossary.out.contains(line), "{line}");
    }
}

#[test]
fn a_folder_beside_is_a_pack_and_its_mistakes_are_placed() {
    let folder = Folder::new("pack-beside");
    folder.write("more/canteen/pack.yaml", PACK);
    folder.write("more/canteen/canteen.yaml", RECORD);
    folder.liangu(&["pack", "check", "more"]).done();
    folder.liangu(&["pack", "check", "more/canteen"]).done();
    folder.write(
        "more/canteen/canteen.yaml",
        &RECORD.replace("type: int", "type: integer").replace("columns: [name, seats]", "columns: [name, chairs]"),
    );
    folder.liangu(&["pack", "check", "more"]).refused(1, &["canteen.yaml:8", "integer", "chairs", "2 mistakes"]);
    folder.liangu(&["pack", "check", "nowhere"]).refused(2, &["nowhere"]);
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    folder.liangu(&["pack", "check", "empty"]).refused(2, &["pack.yaml"]);
}

#[test]
fn a_database_follows_its_packs_by_plan() {
    let folder = Folder::new("pack-plan");
    folder.liangu(&["init", "--region", "431300", "--dir", "data"]).done();
    folder.liangu(&["pack", "plan", "--dir", "data"]).done();
    folder.write("canteen/pack.yaml", PACK);
    folder.write("canteen/canteen.yaml", RECORD);
    let plan = folder.liangu(&["pack", "plan", "--dir", "data", "--packs", "canteen"]).done();
    assert!(plan.out.contains("canteen"), "{plan:?}");
    folder.liangu(&["doctor", "--dir", "data", "--packs", "canteen"]).refused(1, &["database"]);
    folder.liangu(&["pack", "apply", "--dir", "data", "--packs", "canteen"]).done();
    folder.liangu(&["user", "list", "--dir", "data", "--packs", "canteen"]).done();
    folder.liangu(&["user", "list", "--dir", "data"]).refused(1, &["liangu pack plan"]);
}

#[test]
fn an_expression_is_checked_said_and_answered() {
    let folder = Folder::new("expr");
    folder.write("facts.json", r#"{"size_class": "small", "revenue": {"2025": 900000000}, "certs": ["high_tech"]}"#);
    let rule = "size_class in [\"small\", \"micro\"] && revenue >= wan(500)";
    folder.liangu(&["expr", "check", rule]).done();
    assert!(!folder.liangu(&["expr", "sentence", rule]).done().out.trim().is_empty());
    let with = ["--facts", "facts.json", "--as-of", "2026-11-20"];
    let answer = |rule: &str| folder.liangu(&[&["expr", "eval", rule][..], &with[..]].concat()).done().out.trim().to_owned();
    assert_eq!(answer(rule), r#"{"type":"bool","value":true}"#);
    assert_eq!(answer("revenue >= wan(1000)"), r#"{"type":"bool","value":false}"#);
    assert!(answer("employees >= 5").contains(r#""type":"unknown""#));
    let explained = folder.liangu(&[&["expr", "explain", "revenue >= wan(1000) && employees >= 5"][..], &with[..]].concat()).done().out;
    assert!(explained.contains("✗") && explained.contains("?"), "{explained}");
    folder.liangu(&["expr", "check", "turnover >= 5"]).refused(2, &["turnover"]);
}

#[test]
fn any_cel_expression_has_a_value_in_json() {
    let folder = Folder::new("cel");
    let eval = |more: &[&str]| folder.liangu(&[&["expr", "eval"][..], more].concat());
    for (source, value, ty) in [
        ("1 + 2", "3", "int"),
        ("7u", "7", "uint"),
        ("1.0 / 4.0", "0.25", "double"),
        ("0.0 / 0.0", r#""NaN""#, "double"),
        ("-1.0 / 0.0", r#""-Infinity""#, "double"),
        ("'娄底' + '精钢'", r#""娄底精钢""#, "string"),
        ("b'abc'", r#""YWJj""#, "bytes"),
        ("[1, {'a': null}]", r#"[1,{"a":null}]"#, "list"),
        ("{1u: true}", r#"{"1":true}"#, "map"),
        ("type(1)", r#""int""#, "type"),
        ("timestamp(0)", r#""1970-01-01T00:00:00Z""#, "google.protobuf.Timestamp"),
        ("duration('90m')", r#""5400s""#, "google.protobuf.Duration"),
        ("wan(2000) + yuan(0.5)", "2000000050", "int"),
    ] {
        assert_eq!(eval(&[source]).done().out.trim(), format!(r#"{{"type":"{ty}","value":{value}}}"#), "{source}");
    }
    let bound = r#"{"x": {"a": [1, 2.5]}, "u": {"value": 3, "type": "uint"}, "a.b": 4}"#;
    assert!(eval(&["x.a[0] == 1 && x.a[1] > 2 && type(u) == uint && a.b == 4", "--bindings", bound]).done().out.contains("true"));
    let failed = eval(&["1 / 0"]);
    assert_eq!(failed.out.trim(), r#"{"error":"divide by zero"}"#);
    failed.refused(1, &["divide by zero"]);
    let unread = eval(&["1 +"]);
    assert!(unread.out.starts_with(r#"{"error":"1:4"#), "{}", unread.out);
    unread.refused(2, &["a value"]);
    let bad = eval(&["x", "--bindings", "{x: 1}"]);
    assert!(bad.out.contains("is not JSON"), "{}", bad.out);
    bad.refused(2, &["--bindings", "JSON"]);
    eval(&["x", "--bindings", "[1]"]).refused(2, &["object"]);
}

#[test]
fn the_interface_is_described() {
    let folder = Folder::new("openapi");
    let document: serde_json::Value = serde_json::from_str(&folder.liangu(&["openapi"]).done().out).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
}
