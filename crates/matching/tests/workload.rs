//! The workload's files: read as they are written, and wrong ones named by file and line.
use liangu_base::date::Date;
use liangu_base::text::Explain;
use liangu_expr::check::{Expect, check};
use liangu_expr::row::Context;
use liangu_expr::value::Value;
use liangu_matching::engine::{Count, Engine};
use liangu_matching::table::FactKey;
use liangu_matching::workload;

const SCHEMA: &str = r#"{"record": "enterprise", "fields": [
    {"name": "region", "type": "code", "codes": ["R1", "R2"]}, {"name": "certs", "type": "set", "codes": ["a", "b", "c"]},
    {"name": "revenue", "type": "int"}, {"name": "established", "type": "date"}, {"name": "dishonest", "type": "bool"}]}"#;

#[test]
fn cells_are_read_by_their_type() {
    let schema = workload::schema(SCHEMA).unwrap();
    let text = "id,region,certs,revenue,established,dishonest\n7,R2,a|c,-5,2020-02-29,1\n8,,-,,,0\n9,R1,,12,,\n";
    let (ids, table) = workload::enterprises(text, &schema).unwrap();
    assert_eq!(ids, ["7", "8", "9"]);
    let fact = |name: &str| FactKey::new(liangu_expr::schema::FieldIx(schema.fields.get_index_of(name).unwrap() as u32), 0);
    let row = |row: usize| ["region", "certs", "revenue", "established", "dishonest"].map(|name| table.value(row, fact(name)));
    let text = |t: &str| Value::Text(t.into());
    let date = Date::from_ymd(2020, 2, 29).unwrap();
    assert_eq!(
        row(0),
        [
            Some(text("R2")),
            Some(Value::List(vec![text("a"), text("c")])),
            Some(Value::Int(-5)),
            Some(Value::Date(date)),
            Some(Value::Bool(true))
        ]
    );
    assert_eq!(row(1), [None, Some(Value::List(vec![])), None, None, Some(Value::Bool(false))]);
    assert_eq!(row(2), [Some(text("R1")), None, Some(Value::Int(12)), None, None]);
}

#[test]
fn policies_keep_their_order_and_ids() {
    let text = "{\"id\": 0, \"when\": \"revenue >= 5\", \"ast\": {\"op\": \"ge\"}}\n\n{\"id\": \"P-2\", \"when\": \"true\"}\n";
    let policies = workload::policies(text).unwrap();
    assert_eq!(policies, [("0".to_owned(), "revenue >= 5".to_owned()), ("P-2".to_owned(), "true".to_owned())]);
}

#[test]
fn results_are_lines_in_the_order_of_the_policies() {
    let ids = ["b".to_owned(), "a".to_owned()];
    let counts = [Count { policy: 0, yes: 3, unknown: 1 }, Count { policy: 1, yes: 0, unknown: 9 }];
    assert_eq!(workload::counts_text(&ids, &counts), "id,true,unknown\nb,3,1\na,0,9\n");
    let mut lines = String::new();
    workload::match_lines("b", [1u32, 0].into_iter(), &["x".to_owned(), "y".to_owned()], &mut lines);
    assert_eq!(lines, "b,y\nb,x\n");
}

#[test]
fn wrong_files_are_refused_with_their_line() {
    let schema = workload::schema(SCHEMA).unwrap();
    let firms = |text: &str| workload::enterprises(text, &schema).unwrap_err().to_string();
    assert_eq!(firms("id,revenue\n1,5\n2,many\n"), "enterprises.csv, line 3: column revenue: the value `many` is not of the field's type");
    assert_eq!(firms("id,profit\n1,5\n"), "enterprises.csv, line 1: column profit is not in schema.json");
    assert_eq!(firms("id,region\n1,R3\n"), "enterprises.csv, line 2: column region: the value `R3` is not of the field's type");
    assert_eq!(firms("id,certs\n1,a|x\n"), "enterprises.csv, line 2: column certs: the value `a|x` is not of the field's type");
    assert_eq!(firms("revenue\n1\n"), "enterprises.csv, line 1: exactly one column `id` is needed");
    assert!(firms("id,revenue\n1,5,6\n").starts_with("enterprises.csv, line 2: not well-formed CSV"));
    assert_eq!(
        firms("id,established\n1,2021-02-29\n"),
        "enterprises.csv, line 2: column established: the value `2021-02-29` is not of the field's type"
    );
    assert_eq!(workload::policies("{\"id\": 1, \"when\": \"true\"}\n{\"id\": 2}\n").unwrap_err().line, 2);
    let wrong = workload::schema(r#"{"fields": [{"name": "x", "type": "money"}]}"#).unwrap_err();
    assert_eq!(wrong.text().zh, "schema.json：字段 x 的类型“money”不认识；可用 code、set、int、date、bool");
}

#[test]
fn texts_become_counts() {
    let schema = workload::schema(SCHEMA).unwrap();
    let firms = "id,region,certs,revenue,established,dishonest\n1,R1,a|c,500,2020-01-01,0\n2,R2,-,,2023-06-30,0\n3,,b,80,,1\n4,R1,,500,2019-12-31,\n";
    let (ids, table) = workload::enterprises(firms, &schema).unwrap();
    let policies = r#"{"id": 0, "when": "(region == \"R1\" && revenue >= 500)"}
{"id": 1, "when": "(\"a\" in certs || certs.exists(x, x in [\"b\", \"c\"]))"}
{"id": 2, "when": "!(dishonest == true && revenue <= 100)"}
{"id": 3, "when": "established <= date(\"2020-01-01\")"}
{"id": 4, "when": "(dishonest == false && region in [\"R1\", \"R2\"] && (revenue >= 100 && revenue <= 400))"}"#;
    let policies = workload::policies(policies).unwrap();
    let typed = |when: &str| std::sync::Arc::new(check(when, &schema, Expect::Bool).unwrap());
    let rules = policies.iter().enumerate().map(|(i, (_, when))| (i as u64, typed(when))).collect();
    let (engine, refused) = Engine::new(table, rules, Context::new(Date::MAX, 2025), 1);
    assert_eq!(refused, []);
    let names: Vec<String> = policies.into_iter().map(|(id, _)| id).collect();
    // firm 4 has no certificates on file, firm 3 no region and no day, firm 2 no revenue
    assert_eq!(workload::counts_text(&names, &engine.counts(1)), "id,true,unknown\n0,2,0\n1,2,1\n2,3,0\n3,2,1\n4,0,1\n");
    let matches = engine.matches(1);
    let mut lines = String::new();
    names.iter().enumerate().for_each(|(i, name)| workload::match_lines(name, matches.rows(i), &ids, &mut lines));
    assert_eq!(lines, "0,1\n0,4\n1,1\n1,3\n2,1\n2,2\n2,4\n3,1\n3,4\n");
    let mut scope = liangu_matching::bits::Bits::empty(4);
    scope.put(0, true);
    scope.put(2, true);
    assert_eq!(workload::counts_text(&names, &engine.counts_within(&scope, 2)), "id,true,unknown\n0,1,0\n1,2,0\n2,1,0\n3,1,1\n4,0,0\n");
}
