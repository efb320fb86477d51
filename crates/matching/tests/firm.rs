//! Near misses, questions, what-if and the impact of an edit, against trying everything.
mod common;
use common::{FACTS, any_leaf, context, random_cell, random_rows, random_rules, rule, simple, table, values, yes_no};
use liangu_base::random::{RandomExt, SplitMix64};
use liangu_expr::typed::Kind;
use liangu_expr::value::Answer;
use liangu_matching::engine::Engine;
use liangu_matching::naive;
use liangu_matching::table::FactKey;

#[test]
fn what_if_equals_the_changed_table() {
    let mut random = SplitMix64::new(1);
    let rows = random_rows(80, &mut random);
    let engine = Engine::new(table(&rows), random_rules(120, &mut random, &any_leaf), context(), 2).0;
    for row in 0..rows.len() {
        let mut changed = rows.clone();
        let picked: Vec<usize> = (0..random.between(1, 4)).map(|_| random.below(FACTS.len() as u64) as usize).collect();
        for &at in &picked {
            changed[row].facts[at] = random_cell(FACTS[at], &mut random);
        }
        let facts: Vec<_> = picked.iter().map(|&at| (FACTS[at], changed[row].facts[at].cell())).collect();
        let other = table(&changed);
        let expected: Vec<Answer> = engine.policies().map(|k| naive::answer(&other, row, engine.rule(k).unwrap(), &context())).collect();
        assert_eq!(engine.firm_what_if(row, &facts).unwrap().to_vec(), expected);
    }
}

#[test]
fn near_is_no_by_exactly_one_clause() {
    let mut random = SplitMix64::new(2);
    let rows = random_rows(2100, &mut random);
    let mut engine = Engine::new(table(&rows), random_rules(60, &mut random, &any_leaf), context(), 2).0;
    engine.remove_row(70);
    let mut seen = 0;
    for key in engine.policies().collect::<Vec<_>>() {
        let Kind::And(parts) = &engine.rule(key).unwrap().root.kind else { panic!("rules here are conjunctions") };
        let clauses: Vec<_> = parts.iter().map(|part| naive::answers(engine.table(), &rule(part.clone()), &context())).collect();
        let by_clause = engine.near_rows(engine.rule(key).unwrap()).unwrap();
        for row in 0..rows.len() {
            let failing: Vec<usize> = (0..clauses.len()).filter(|&c| clauses[c][row] != Answer::Yes).collect();
            let expected = match failing[..] {
                [only] if clauses[only][row] == Answer::No && row != 70 => Some(only),
                _ => None,
            };
            assert_eq!(by_clause.iter().position(|bits| bits.get(row)), expected);
            if row % 50 == 20 {
                assert_eq!(engine.near(row, key), expected);
                let all = engine.near_all(row, &[]).unwrap();
                assert_eq!(all.iter().find(|n| n.policy == key).map(|n| n.clause), expected);
                let first_no = failing.iter().copied().find(|&c| clauses[c][row] == Answer::No).filter(|_| row != 70);
                assert_eq!(engine.failing(row).iter().find(|n| n.policy == key).map(|n| n.clause), first_no);
            }
            seen += usize::from(expected.is_some());
        }
    }
    assert!(seen > 1000, "{seen} near misses are too few to show anything");
}

#[test]
fn a_group_of_any_width_answers_as_trying_its_alternatives() {
    let mut random = SplitMix64::new(5);
    let rows = random_rows(200, &mut random);
    let mut rules = Vec::new();
    // beside one another, so that groups begin anywhere in a word and reach over several
    for (key, width) in [1, 2, 63, 64, 65, 3, 130, 200].into_iter().enumerate() {
        let alternatives = (0..width).map(|_| simple(&mut random)).collect();
        let group = yes_no(Kind::Or(alternatives));
        rules.push((key as u64, rule(yes_no(Kind::And(vec![simple(&mut random), group])))));
    }
    let engine = Engine::new(table(&rows), rules.clone(), context(), 2).0;
    for row in 0..rows.len() {
        let expected: Vec<Answer> = rules.iter().map(|(_, rule)| naive::answer(engine.table(), row, rule, &context())).collect();
        assert_eq!(engine.firm(row).to_vec(), expected, "row {row}");
    }
}

/// What each unknown fact decides, by trying every value it can have.
fn decided(engine: &Engine, row: usize, fact: FactKey) -> Vec<u64> {
    let now = engine.firm(row).to_vec();
    let tries: Vec<Vec<Answer>> = values(fact).iter().map(|v| engine.firm_what_if(row, &[(fact, v.cell())]).unwrap().to_vec()).collect();
    let unknown = engine.policies().enumerate().filter(|(i, _)| now[*i] == Answer::Unknown);
    unknown.filter(|(i, _)| tries.iter().any(|t| t[*i] != Answer::Unknown)).map(|(_, key)| key).collect()
}

#[test]
fn questions_decide_what_trying_every_value_decides() {
    let mut random = SplitMix64::new(3);
    let rows = random_rows(60, &mut random);
    let engine = Engine::new(table(&rows), random_rules(80, &mut random, &simple), context(), 2).0;
    let money = |key: u64| if key.is_multiple_of(7) { i64::MAX / 2 } else { key as i64 };
    for row in 0..rows.len() {
        let questions = engine.questions(row, &[], money).unwrap();
        for fact in FACTS {
            let asked = questions.iter().find(|q| q.fact == fact).map(|q| q.policies.clone()).unwrap_or_default();
            let expected = if engine.table().is_known(row, fact) { Vec::new() } else { decided(&engine, row, fact) };
            assert_eq!(asked, expected, "row {row}, {fact:?}");
        }
        for pair in questions.windows(2) {
            assert!(pair[0].money >= pair[1].money);
        }
        for q in &questions {
            assert_eq!(q.money, q.policies.iter().fold(0i64, |sum, &key| sum.saturating_add(money(key))));
            assert!(q.policies.iter().all(|key| q.open.contains(key)));
        }
        let unknown: Vec<u64> =
            engine.policies().zip(engine.firm(row).iter()).filter(|(_, a)| *a == Answer::Unknown).map(|(k, _)| k).collect();
        assert!(unknown.iter().all(|key| questions.iter().any(|q| q.open.contains(key))), "an unknown policy that no question concerns");
    }
}

#[test]
fn an_answered_question_is_not_asked_again() {
    let mut random = SplitMix64::new(4);
    let engine = Engine::new(table(&random_rows(40, &mut random)), random_rules(80, &mut random, &any_leaf), context(), 2).0;
    for row in 0..40 {
        let mut answers: Vec<(FactKey, common::Owned)> = Vec::new();
        loop {
            let facts: Vec<_> = answers.iter().map(|(key, v)| (*key, v.cell())).collect();
            let questions = engine.questions(row, &facts, |_| 1).unwrap();
            let Some(first) = questions.first() else { break };
            assert!(answers.iter().all(|(key, _)| *key != first.fact));
            answers.push((first.fact, random.pick(&values(first.fact)).clone()));
        }
    }
}

#[test]
fn impact_names_who_gains_and_who_loses() {
    let mut random = SplitMix64::new(8);
    let rows = random_rows(2500, &mut random);
    let rules = random_rules(30, &mut random, &any_leaf);
    let engine = Engine::new(table(&rows), rules.clone(), context(), 2).0;
    for pair in rules.windows(2) {
        let (old, new) = (&pair[0].1, &pair[1].1);
        let (before, after) = (naive::answers(engine.table(), old, &context()), naive::answers(engine.table(), new, &context()));
        let rows = |wanted: &dyn Fn(Answer, Answer) -> bool| {
            (0..before.len()).filter(|&r| wanted(before[r], after[r])).map(|r| r as u32).collect::<Vec<_>>()
        };
        let impact = engine.impact(old, new).unwrap();
        assert_eq!(impact.gained, rows(&|b, a| b != Answer::Yes && a == Answer::Yes));
        assert_eq!(impact.lost, rows(&|b, a| b == Answer::Yes && a != Answer::Yes));
        assert_eq!(impact.now_unknown, rows(&|b, a| b != Answer::Unknown && a == Answer::Unknown));
    }
}
