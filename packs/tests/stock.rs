//! The stock is whole: every content types, every case says what it should, every deciding clause has a case that fails
//! on it alone, and of the facts collected about the forty policies (`policy/stock/real.json`) nearly all are expressed.
use liangu_base::Date;
use liangu_expr::row::Context;
use liangu_expr::value::Answer;
use liangu_model::{Model, schema_of};
use liangu_packs::{StockPolicy, parameters, reference, stock};
use liangu_policy::amount::trace;
use liangu_policy::content::{BenefitKind, ClauseKind};
use liangu_policy::frame::{Head, schema_with_policy};
use liangu_policy::{Compiled, Frame, cases, compile, gate};
use serde::Deserialize;
use std::sync::Arc;

/// What was collected of a policy before it was written as rules.
#[derive(Deserialize)]
struct Collected {
    key: String,
    conditions: Vec<Condition>,
    benefit: Figures,
}

#[derive(Deserialize)]
struct Condition {
    zh: String,
    kind: String,
    /// Clause that says it.
    clause: String,
}

#[derive(Deserialize)]
struct Figures {
    /// Whether all figures were seen.
    complete: bool,
}

fn collected() -> Vec<Collected> {
    serde_json::from_str(include_str!("../policy/stock/real.json")).unwrap()
}

fn model() -> Model {
    liangu_packs::load(Vec::new()).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

struct Bench {
    frame: Frame,
}

impl Bench {
    fn new() -> Bench {
        let schema = schema_of(&model(), "enterprise").unwrap();
        let frame = Frame {
            reference: Arc::new(reference(&schema)),
            schema: schema_with_policy(&schema),
            today: Date::parse("2026-11-24").unwrap(),
            judged_year: 2025,
            head: Head::default(),
            dates: Default::default(),
        };
        Bench { frame }
    }

    fn frame(&self, policy: &StockPolicy) -> Frame {
        let head = Head {
            published: policy.published,
            valid_from: policy.valid_from,
            valid_to: policy.valid_to,
            window_from: policy.window_from,
            window_to: policy.window_to,
        };
        Frame { head, dates: policy.content.dates, ..self.frame.clone() }
    }

    fn compiled(&self, policy: &StockPolicy) -> Compiled {
        compile(&policy.content, &self.frame(policy))
    }
}

/// Findings of all texts, each under its policy and place.
fn findings(policy: &StockPolicy, compiled: &Compiled) -> Vec<String> {
    let clauses = compiled.clauses.iter().flat_map(|c| c.findings.iter().map(move |f| (c.key.clone(), f)));
    let items = compiled.items.iter().flat_map(|i| i.findings.iter().map(move |(text, f)| (format!("{} {text:?}", i.key), f)));
    clauses
        .chain(items)
        .map(|(place, f)| format!("{} {place}: {} {}", policy.key, f.message.en, f.hint.as_ref().map_or("", |h| &h.en)))
        .collect()
}

#[test]
fn forty_policies_are_in_stock_and_every_text_types() {
    let bench = Bench::new();
    let all = stock();
    assert_eq!(all.len(), 40);
    let wrong: Vec<String> = all.iter().flat_map(|p| findings(p, &bench.compiled(p))).collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_case_says_what_it_should_and_every_policy_could_be_released() {
    let bench = Bench::new();
    let mut wrong = Vec::new();
    for policy in stock() {
        let (frame, compiled) = (bench.frame(&policy), bench.compiled(&policy));
        let results = cases::run(&policy.content, &compiled, &frame);
        wrong.extend(results.iter().filter(|r| !r.passes).map(|r| format!("{} {}: {:?}", policy.key, r.key, r.why)));
        wrong.extend(gate::missing(&policy.content, &compiled, &results).into_iter().map(|text| format!("{}: {}", policy.key, text.en)));
        wrong.extend(
            cases::uncovered(&policy.content, &results).into_iter().map(|key| format!("{} {key}: no case fails on it alone", policy.key)),
        );
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn nearly_all_deciding_conditions_are_expressed() {
    let bench = Bench::new();
    let all = stock();
    let (mut deciding, mut missing) = (0, Vec::new());
    for facts in collected() {
        let policy = all.iter().find(|p| p.key == facts.key).unwrap_or_else(|| panic!("{} is not in stock", facts.key));
        let compiled = bench.compiled(policy);
        for condition in &facts.conditions {
            let clause = policy.content.clause(&condition.clause).unwrap_or_else(|| panic!("{} {}", facts.key, condition.clause));
            if condition.kind != "data" {
                continue;
            }
            deciding += 1;
            let typed = compiled.clauses.iter().any(|c| c.key == clause.key && c.rule.is_some());
            if clause.kind != ClauseKind::Deciding || !typed {
                missing.push(format!("{} {}", facts.key, condition.zh));
            }
        }
    }
    assert_eq!(deciding, 153);
    assert!((deciding - missing.len()) * 100 >= deciding * 95, "{missing:?}");
}

#[test]
fn nearly_all_benefits_whose_figures_are_known_are_computed() {
    let bench = Bench::new();
    let all = stock();
    let known: Vec<Collected> = collected().into_iter().filter(|facts| facts.benefit.complete).collect();
    let computed = |facts: &Collected| {
        let policy = all.iter().find(|p| p.key == facts.key).unwrap();
        let compiled = bench.compiled(policy);
        let title = policy.content.items.iter().any(|i| i.benefit.kind == BenefitKind::Title && i.benefit.certificate.is_some());
        let shown = policy.content.cases.iter().any(|c| c.amount.is_some());
        title || compiled.amount.is_some() && shown
    };
    let missing: Vec<&str> = known.iter().filter(|facts| !computed(facts)).map(|facts| facts.key.as_str()).collect();
    assert_eq!(known.len(), 31);
    assert!((known.len() - missing.len()) * 100 >= known.len() * 95, "{missing:?}");
}

/// An item's amount that no case shows could be anything.
#[test]
fn every_amount_is_shown_by_a_case_that_gets_it() {
    let bench = Bench::new();
    let mut unshown = Vec::new();
    for policy in stock() {
        let (frame, compiled) = (bench.frame(&policy), bench.compiled(&policy));
        let context = Context::new(frame.today, frame.judged_year);
        let content = &policy.content;
        let traces: Vec<_> = content
            .cases
            .iter()
            .filter(|case| case.amount.is_some())
            .map(|case| {
                let firm = cases::firm_of(case, content, &frame).unwrap();
                (case, trace(&compiled, content, &frame, &firm, &context))
            })
            .collect();
        for item in content.items.iter().filter(|item| item.benefit.amount.is_some()) {
            let shown = traces.iter().any(|(case, trace)| {
                let spoken = case.item.as_ref().is_none_or(|key| key == &item.key);
                spoken && trace.items.iter().any(|i| i.key == item.key && i.answer == Answer::Yes && i.amount.is_some_and(|n| n > 0))
            });
            if !shown {
                unshown.push(format!("{} {}", policy.key, item.key));
            }
        }
    }
    assert_eq!(unshown, Vec::<String>::new());
}

#[test]
fn every_code_of_the_stock_is_in_the_lists() {
    let model = model();
    let known = |list: &str, code: Option<&String>, key: &str| {
        if let Some(code) = code {
            assert!(model.lists[list].codes.contains_key(code), "{key}: {list} {code}");
        }
    };
    for p in stock() {
        known("policy_level", Some(&p.level), &p.key);
        known("policy_kind", Some(&p.kind), &p.key);
        known("confidence", Some(&p.confidence), &p.key);
        known("grant_mode", Some(&p.grant_mode), &p.key);
        known("certificate", p.grants.as_ref(), &p.key);
        known("policy_framework", p.framework.as_ref(), &p.key);
        known("region", p.region.as_ref(), &p.key);
        let bilingual = [&p.title, &p.issuer, &p.amount_text, &p.summary];
        let texts = bilingual.into_iter().chain(p.content.clauses.iter().map(|c| &c.text)).chain(p.content.items.iter().map(|i| &i.label));
        for text in texts {
            assert!(!text.zh.is_empty() && !text.en.is_empty(), "{}: {text:?}", p.key);
        }
        if let Some(key) = &p.instead_of {
            assert!(liangu_packs::criteria().iter().any(|c| &c.key == key), "{}: {key}", p.key);
        }
    }
    for p in parameters() {
        known("confidence", Some(&p.confidence), &p.name);
        known("region", p.region.as_ref(), &p.name);
        if let Some(list) = &p.list {
            known(list, p.key.as_ref(), &p.name);
        }
    }
}

#[test]
fn every_value_of_the_reference_data_is_a_constant() {
    let schema = schema_of(&model(), "enterprise").unwrap();
    let rows = reference(&schema).rows;
    for (row, written) in rows.iter().zip(parameters()) {
        assert_eq!(row.value.is_some(), written.value.is_some(), "{} {:?}", row.name, written.value);
    }
}
