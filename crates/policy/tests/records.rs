//! What facts do not say of a child record a person says, record by record.
mod common;

use common::{day, frame, schema};
use liangu_policy::decision::{Basis, Decision, Frozen, Judge, Judgement, Judgements, Known, Said};
use serde_json::json;
use std::collections::BTreeMap;

fn basis() -> Basis {
    let content = json!({
        "clauses": [
            {"key": "kind", "item": "i1", "text": {"zh": "技改项目", "en": "An upgrade"}, "kind": "deciding", "when": "p.kind == \"upgrade\""},
            {"key": "size", "item": "i1", "text": {"zh": "设备投资达标", "en": "Equipment"}, "kind": "deciding", "when": "p.equipment >= wan(100)"},
        ],
        "items": [{"key": "i1", "label": {"zh": "奖励", "en": "Award"}, "bind": {"child": "projects", "variable": "p"},
                   "benefit": {"kind": "money", "amount": "wan(10)"}}],
    });
    Basis { policy: "pol_1".to_owned(), content: serde_json::from_value(content).expect("a document"), ..Basis::default() }
}

fn project(kind: Option<&str>, wan: i64) -> BTreeMap<String, Known> {
    let kind = kind.map(|kind| ("kind".to_owned(), Known::Text(kind.to_owned())));
    kind.into_iter().chain([("equipment".to_owned(), Known::Int(wan * 1_000_000))]).collect()
}

fn file(basis: &Basis, projects: Vec<BTreeMap<String, Known>>) -> Frozen {
    let today = day("2026-11-20");
    Frozen {
        basis: basis.digest(),
        firm: "ent_1".to_owned(),
        day: today,
        judged_year: 2025,
        taken_on: today,
        facts: Vec::new(),
        children: BTreeMap::from([("projects".to_owned(), projects)]),
        items: Vec::new(),
        grants: Vec::new(),
        granted_on: today,
    }
}

fn said(met: bool) -> Judgement {
    Judgement { met, by: "acc_1".to_owned(), by_name: "王".to_owned(), on: day("2026-11-20"), note: String::new() }
}

#[test]
fn a_record_is_judged_where_its_facts_are_silent_and_paid_when_it_passes() {
    assert_eq!(frame().schema.children.len(), schema().children.len());
    let basis = basis();
    let judge = Judge::new(basis.clone(), &schema(), day("2026-11-20"), 2025);
    // of the first nothing is said, the second is another kind, the third is too small whatever it is
    let projects = vec![project(None, 200), project(Some("rd"), 300), project(None, 50)];
    let frozen = file(&basis, projects.clone());
    let nobody = judge.adjudicate(&frozen, &Judgements::new());
    let places = |decision: &Decision| decision.clauses[0].records.iter().map(|record| record.answer).collect::<Vec<_>>();
    assert_eq!((nobody.whole, places(&nobody)), (Said::Unknown, vec![Said::Unknown, Said::No, Said::Unknown]));
    assert!(nobody.clauses[0].judgeable && !nobody.clauses[1].judgeable);

    let key = |frozen: &Frozen, at: usize| judge.record_key(frozen, "kind", at).expect("a record");
    let met = Judgements::from([(key(&frozen, 0), said(true)), (key(&frozen, 1), said(true))]);
    let judged = judge.adjudicate(&frozen, &met);
    assert_eq!(places(&judged), [Said::Yes, Said::No, Said::Unknown], "a person never turns what facts say");
    assert_eq!((judged.whole, judged.money.amount, &judged.items[0].records), (Said::Yes, Some(10_000_000), &vec![(0, Some(10_000_000))]));
    let against = judge.adjudicate(&frozen, &Judgements::from([(key(&frozen, 0), said(false))]));
    assert_eq!((against.whole, against.money.amount), (Said::No, Some(0)));

    // corrected and in another order: the word holds for the record it was given on, and for no other
    let moved = file(&basis, vec![projects[1].clone(), projects[0].clone(), project(None, 201)]);
    assert_eq!(places(&judge.adjudicate(&moved, &met)), [Said::No, Said::Yes, Said::Unknown]);
}
