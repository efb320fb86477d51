//! `liangu match` on a small workload: the counts, the pairs, and what is said of a bad file.
mod common;

use common::{Folder, Run};

const SCHEMA: &str = r#"{"record": "enterprise", "fields": [
    {"name": "region", "type": "code", "codes": ["R1", "R2"]},
    {"name": "revenue", "type": "int"},
    {"name": "established", "type": "date"},
    {"name": "certs", "type": "set", "codes": ["high_tech", "brand"]},
    {"name": "dishonest", "type": "bool"}]}"#;

/// Firm 2 has no revenue on file; firm 3 no certificates on file; firm 1 is known to have none.
const FIRMS: &str = "id,region,revenue,established,certs,dishonest
0,R1,5000000,2012-03-01,high_tech|brand,0
1,R1,900000,2020-07-15,-,0
2,R2,,2018-01-01,brand,1
3,R2,7000000,2024-02-29,,0
";

const POLICIES: &str = r#"{"id": 0, "when": "region == \"R1\""}
{"id": 1, "when": "(revenue >= 1000000 && dishonest == false)"}
{"id": 2, "when": "certs.exists(x, x in [\"high_tech\", \"brand\"])"}
{"id": 3, "when": "!(\"high_tech\" in certs) || revenue >= 6000000"}
{"id": 4, "when": "established <= date(\"2019-12-31\") && region in [\"R1\", \"R2\"]"}
"#;

fn run(folder: &Folder, more: &[&str]) -> Run {
    let mut arguments =
        vec!["match", "--schema", "schema.json", "--enterprises", "firms.csv", "--policies", "policies.jsonl", "--out", "counts.csv"];
    arguments.extend(more);
    folder.liangu(&arguments)
}

fn workload(name: &str, policies: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("schema.json", SCHEMA);
    folder.write("firms.csv", FIRMS);
    folder.write("policies.jsonl", policies);
    folder
}

#[test]
fn counts_and_pairs_are_exact() {
    let folder = workload("match", POLICIES);
    run(&folder, &["--matches", "pairs.csv"]).done();
    assert_eq!(folder.read("counts.csv"), "id,true,unknown\n0,2,0\n1,2,0\n2,2,1\n3,3,0\n4,2,0\n");
    let pairs = "policy,firm\n0,0\n0,1\n1,0\n1,3\n2,0\n2,2\n3,1\n3,2\n3,3\n4,0\n4,2\n";
    assert_eq!(folder.read("pairs.csv"), pairs);
    let one = folder.read("counts.csv");
    run(&folder, &["--threads", "1"]).done();
    assert_eq!(folder.read("counts.csv"), one, "threads change nothing");
}

#[test]
fn a_bad_file_is_named_with_its_line_and_nothing_is_written() {
    let cases: [(&str, &str, &str, &[&str]); 4] = [
        ("policies.jsonl", "{\"id\": 7, \"when\": \"revenue >= \\\"much\\\"\"}\n", "expression", &["line 1", "policy 7"]),
        ("policies.jsonl", "{\"id\": 7}\n", "no rule", &["line 1"]),
        ("firms.csv", "id,region,turnover\n0,R1,5\n", "column", &["turnover"]),
        ("firms.csv", "id,region,revenue\n0,R1,many\n", "value", &["line 2", "revenue"]),
    ];
    for (file, text, what, words) in cases {
        let folder = workload(&format!("match-{what}"), POLICIES);
        folder.write(file, text);
        run(&folder, &[]).refused(2, words);
        assert!(!folder.path().join("counts.csv").exists(), "{what}");
    }
    let folder = workload("match-missing", POLICIES);
    std::fs::remove_file(folder.path().join("firms.csv")).unwrap();
    run(&folder, &[]).refused(2, &["firms.csv"]);
}

#[test]
fn messages_follow_the_locale() {
    let folder = workload("match-locale", "{\"id\": 1, \"when\": \"turnover > 1\"}\n");
    let arguments =
        ["match", "--schema", "schema.json", "--enterprises", "firms.csv", "--policies", "policies.jsonl", "--out", "counts.csv"];
    folder.liangu_in("zh_CN.UTF-8", &arguments).refused(2, &["政策文件第 1 行"]);
    folder.liangu_in("C", &arguments).refused(2, &["政策文件第 1 行"]);
}
