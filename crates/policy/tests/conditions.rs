//! Text → tree → text: the two are one thing.
mod common;

use common::frame;
use liangu_expr::print::print_node;
use liangu_expr::{Expect, check};
use liangu_policy::condition::{Condition, read, write};

const TEXTS: [&str; 24] = [
    "revenue >= wan(2000)",
    "revenue.at(-1) > yi(1.5)",
    "established <= date(\"2020-01-01\")",
    "!abnormal_listed",
    "abnormal_listed",
    "region == \"4313\"",
    "region != \"4313\"",
    "region in [\"4313\", \"431302\"]",
    "!(region in [\"4313\", \"431302\"])",
    "within(region, \"4313\")",
    "!within(region, \"4313\", \"43\")",
    "\"srdi\" in certs",
    "certs.exists(c, c in [\"srdi\", \"high_tech\"])",
    "!certs.exists(c, c in [\"srdi\", \"high_tech\"])",
    "[\"srdi\", \"high_tech\"].all(c, c in certs)",
    "known(revenue) && !known(rd_spend)",
    "ratio(rd_spend, revenue) >= percent(3.5)",
    "rd_spend >= share(revenue, percent(5))",
    "years_since(established) >= 3",
    "revenue >= wan(100) && (abnormal_listed || rd_spend >= wan(5)) && !(employees < 5 || employees > 500)",
    "at_least(2, revenue >= wan(5), employees >= 3, !abnormal_listed)",
    "projects.exists(p, p.kind == \"upgrade\" && p.equipment >= wan(500))",
    "!projects.exists(p, p.kind == \"rd\") && projects.all(p, p.equipment > wan(1))",
    "projects.filter(p, p.kind == \"rd\").size() >= 2",
];

#[test]
fn every_text_comes_back_as_the_same_rule() {
    let frame = frame();
    let mut as_text = Vec::new();
    for text in TEXTS {
        let typed = check(text, &frame.schema, Expect::Bool).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        let tree = read(&typed.root, &[], &frame.schema);
        if matches!(tree, Condition::Text { .. }) {
            as_text.push(text);
        }
        let json = serde_json::to_value(&tree).expect("a tree is JSON");
        let again: Condition = serde_json::from_value(json.clone()).unwrap_or_else(|e| panic!("{text}: {json}: {e}"));
        assert_eq!(again, tree, "{text}");
        let written = write(&again).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        let typed_again = check(&written, &frame.schema, Expect::Bool).unwrap_or_else(|e| panic!("{text} → {written}: {e:?}"));
        assert_eq!(print_node(&typed_again.root, &frame.schema), print_node(&typed.root, &frame.schema), "{text} → {written}");
        assert_eq!(read(&typed_again.root, &[], &frame.schema), tree, "{text}");
    }
    assert_eq!(as_text, Vec::<&str>::new(), "these have no form in the tree");
}

#[test]
fn a_tree_that_is_not_complete_says_what_is_missing() {
    let incomplete = [
        r#"{"fact": "", "op": "=="}"#,
        r#"{"fact": "revenue", "op": ">="}"#,
        r#"{"fact": "revenue", "op": ">=", "value": {"amount": "二十", "unit": "wan"}}"#,
        r#"{"fact": "revenue", "op": ">=", "value": {"amount": "20", "unit": "wan(1)+"}}"#,
        r#"{"fact": "region", "op": "in", "value": {"codes": []}}"#,
        r#"{"all": []}"#,
        r#"{"text": "  "}"#,
        r#"{"children": "projects; drop", "variable": "p", "quantifier": "exists", "where": {"text": "true"}}"#,
    ];
    for json in incomplete {
        let tree: Condition = serde_json::from_str(json).unwrap_or_else(|e| panic!("{json}: {e}"));
        assert!(write(&tree).is_err(), "{json}");
    }
}
