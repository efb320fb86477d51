//! Every firm that the forty real policies are tried on is frozen, written, read and answered again: the answer and the
//! amount are those of the rule over the firm itself.
use liangu_base::{Date, Text};
use liangu_expr::row::{Context, answer_node};
use liangu_expr::schema::Schema;
use liangu_expr::value::Answer;
use liangu_model::schema_of;
use liangu_packs::{StockPolicy, reference, stock};
use liangu_policy::amount::trace;
use liangu_policy::cases::{CaseFirm, firm_of};
use liangu_policy::content::ClauseKind;
use liangu_policy::decision::{Basis, Evidence, Frozen, Judge, Judgement, Judgements, Outcome, Record, Said, Verdict, canonical, replay};
use liangu_policy::frame::Head;
use std::sync::Arc;

const YEAR: i32 = 2025;

fn today() -> Date {
    Date::parse("2026-11-24").unwrap()
}

fn schema() -> Arc<Schema> {
    let model = liangu_packs::load(Vec::new()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    schema_of(&model, "enterprise").unwrap()
}

fn basis(policy: &StockPolicy, schema: &Schema) -> Basis {
    let head = Head {
        published: policy.published,
        valid_from: policy.valid_from,
        valid_to: policy.valid_to,
        window_from: policy.window_from,
        window_to: policy.window_to,
    };
    let title = Text::chinese_only(policy.key.clone());
    let basis = Basis { policy: "pol".into(), title, version: Some(1), head, content: policy.content.clone(), ..Basis::default() };
    basis.with_parameters(&reference(schema))
}

fn frozen(judge: &Judge, firm: &CaseFirm, schema: &Schema) -> Frozen {
    let evidence = |_: &str, _: Option<i32>| Some(Evidence { source: "tax".to_owned(), as_of: today() });
    Frozen {
        basis: judge.basis().digest(),
        firm: "ent".to_owned(),
        day: today(),
        judged_year: YEAR,
        taken_on: today(),
        facts: judge.wanted().facts_of(firm, schema, YEAR, &evidence),
        children: judge.wanted().children_of(firm, schema),
        items: Vec::new(),
        grants: Vec::new(),
        granted_on: today(),
    }
}

/// Every clause that only a person can judge, judged.
fn all_met(judge: &Judge) -> Judgements {
    let by = |met| Judgement { met, by: "acc".into(), by_name: "审核员".into(), on: today(), note: String::new() };
    let person = judge.basis().content.clauses.iter().filter(|clause| clause.kind == ClauseKind::Person);
    person.map(|clause| (clause.key.clone(), by(true))).collect()
}

#[test]
fn a_frozen_firm_is_answered_as_the_firm() {
    let schema = schema();
    let (mut pairs, mut yes, mut paid) = (0, 0, 0);
    for policy in stock() {
        let judge = Judge::new(basis(&policy, &schema), &schema, today(), YEAR);
        let rule = judge.compiled().rule().expect("the stock is sound");
        let context = Context::new(today(), YEAR);
        for case in &policy.content.cases {
            let firm = firm_of(case, &policy.content, judge.frame()).expect("the case reads");
            let file = frozen(&judge, &firm, &schema);
            let again: Frozen = serde_json::from_str(&canonical(&file)).expect("a file is read as it was written");
            assert_eq!(again, file);
            let decision = judge.adjudicate(&again, &all_met(&judge));
            let answer = answer_node(&rule.root, &firm, &context);
            assert_eq!(decision.rule, Said::from(answer), "{} {}", policy.key, case.key);
            // a deciding clause always has an expression in the stock, so that persons and facts together decide as the rule
            assert_eq!(decision.whole, Said::from(answer), "{} {}", policy.key, case.key);
            if answer == Answer::Yes {
                let total = trace(judge.compiled(), &policy.content, judge.frame(), &firm, &context).total;
                assert_eq!(decision.money.amount, total, "{} {}", policy.key, case.key);
                yes += 1;
                paid += usize::from(total.is_some_and(|fen| fen > 0));
            }
            pairs += 1;
        }
    }
    assert!(pairs > 250 && yes > 80 && paid > 60, "{pairs} pairs, {yes} fit, {paid} are paid");
}

#[test]
fn a_record_replays_and_a_changed_fact_is_named() {
    let schema = schema();
    let mut changed = 0;
    for policy in stock() {
        let judge = Judge::new(basis(&policy, &schema), &schema, today(), YEAR);
        let Some(case) = policy.content.cases.first() else { continue };
        let firm = firm_of(case, &policy.content, judge.frame()).expect("the case reads");
        let file = frozen(&judge, &firm, &schema);
        let decision = judge.adjudicate(&file, &all_met(&judge));
        let amount = decision.money.amount.unwrap_or(0);
        let verdict = Verdict { outcome: Outcome::Granted, amount, reason: String::new(), by: None, by_name: "复核".into(), on: today() };
        let record = Record::new("clm", &file, all_met(&judge), decision, verdict);
        let read: Record = serde_json::from_str(&record.canonical()).expect("a record is read as it was written");
        assert_eq!((read.digest(), &read), (record.digest(), &record));
        assert_eq!(replay(&read, judge.basis(), &schema, &file), vec![], "{}", policy.key);
        let mut other = file.clone();
        for fact in &mut other.facts {
            fact.value = None;
        }
        other.children.clear();
        let differences = replay(&read, judge.basis(), &schema, &other);
        assert!(differences.iter().any(|d| d.path == "file"), "another file has another digest");
        changed += usize::from(differences.iter().any(|d| d.path == "decision.rule"));
    }
    assert!(changed > 20, "without facts the answer is another in {changed} policies");
}
