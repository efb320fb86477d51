//! An engine under change answers as one built anew from the same facts and rules.
mod common;
use common::{FACTS, PATENTS, any_leaf, context, day, empty_firm, random_cell, random_patents, random_rows, random_rules, table};
use liangu_base::random::{RandomExt, SplitMix64};
use liangu_expr::row::Context;
use liangu_matching::engine::Engine;
use liangu_matching::naive;
use liangu_matching::table::{Cell, TableError};

#[test]
fn changes_equal_a_rebuild() {
    for seed in 0..12 {
        let mut random = SplitMix64::new(seed);
        let mut rows = random_rows(2000 + random.below(100) as usize, &mut random);
        let mut rules = random_rules(60, &mut random, &any_leaf);
        let mut removed = Vec::new();
        let mut now = context();
        let mut engine = Engine::new(table(&rows), rules.clone(), now.clone(), 2).0;
        for step in 0..120 {
            let row = random.below(rows.len() as u64) as usize;
            match random.below(8) {
                0..=2 => {
                    let at = random.below(FACTS.len() as u64) as usize;
                    rows[row].facts[at] = random_cell(FACTS[at], &mut random);
                    engine.set(row, &[(FACTS[at], rows[row].facts[at].cell())]).unwrap();
                }
                3 if step % 2 == 0 => {
                    rows[row].patents = random_patents(&mut random);
                    engine.set_children(row, PATENTS, rows[row].patents.clone()).unwrap();
                }
                3 => {
                    rows.push(empty_firm());
                    assert_eq!(engine.append() + 1, rows.len());
                }
                4 => {
                    removed.push(row);
                    engine.remove_row(row);
                }
                5 => {
                    let (key, rule) = random_rules(1, &mut random, &any_leaf).remove(0);
                    let place = rules.iter().position(|(k, _)| *k == key + step % 90);
                    engine.put(key + step % 90, rule.clone()).unwrap();
                    match place {
                        Some(place) => rules[place].1 = rule,
                        None => rules.push((key + step % 90, rule)),
                    }
                }
                6 if rules.len() > 3 => {
                    let (key, _) = rules.remove(random.below(rules.len() as u64) as usize);
                    assert!(engine.remove(key));
                    assert!(!engine.remove(key));
                }
                _ => {
                    now = Context::new(day(random.between(-2, 12)), 2025);
                    engine.set_context(now.clone());
                }
            }
        }
        let mut anew = Engine::new(table(&rows), rules.clone(), now, 2).0;
        removed.iter().for_each(|&row| anew.remove_row(row));
        let by_key = |engine: &Engine| {
            let mut counts: Vec<_> = engine.counts(2).iter().map(|c| (c.policy, c.yes, c.unknown)).collect();
            counts.sort_unstable();
            counts
        };
        assert_eq!(by_key(&engine), by_key(&anew), "seed {seed}");
        for (key, rule) in &rules {
            assert_eq!(engine.policy(rule), anew.policy(rule));
            assert_eq!(engine.rule(*key).map(|r| r.root.span), Some(rule.root.span));
        }
        for row in (0..rows.len()).step_by(97) {
            let sorted = |engine: &Engine| {
                let mut all: Vec<_> = engine.policies().zip(engine.firm(row).iter()).collect();
                all.sort_by_key(|a| a.0);
                all
            };
            assert_eq!(sorted(&engine), sorted(&anew));
        }
    }
}

#[test]
fn many_edited_policies_answer_at_once() {
    let mut random = SplitMix64::new(11);
    let rows = random_rows(120, &mut random);
    let mut engine = Engine::new(table(&rows), random_rules(150, &mut random, &any_leaf), context(), 1).0;
    for (key, rule) in random_rules(250, &mut random, &any_leaf) {
        engine.put(key, rule).unwrap();
        let row = random.below(120) as usize;
        let expected: Vec<_> = engine.policies().map(|k| naive::answer(engine.table(), row, engine.rule(k).unwrap(), &context())).collect();
        assert_eq!(engine.firm(row).to_vec(), expected);
    }
    assert_eq!(engine.policies().count(), 250);
}

#[test]
fn a_refused_change_changes_nothing() {
    let mut random = SplitMix64::new(5);
    let rows = random_rows(50, &mut random);
    let mut engine = Engine::new(table(&rows), random_rules(40, &mut random, &any_leaf), context(), 2).0;
    let before = engine.counts(1);
    let wrong = engine.set(3, &[(common::STAFF, Cell::Int(5)), (common::BANNED, Cell::Int(1))]);
    assert_eq!(wrong, Err(TableError::WrongKind { field: "banned".into() }));
    assert_eq!(engine.set(50, &[(common::STAFF, Cell::Int(5))]), Err(TableError::NoRow { row: 50 }));
    assert_eq!(engine.counts(1), before);
}

#[test]
fn a_rule_over_a_fact_that_the_table_lacks_is_refused_by_name() {
    let mut random = SplitMix64::new(6);
    let mut engine = Engine::new(table(&random_rows(9, &mut random)), Vec::new(), context(), 2).0;
    let far = liangu_matching::table::FactKey { year: -5, ..common::SALES };
    let rule = common::rule(common::compare(liangu_expr::typed::Compare::Ge, common::fact(far), common::number(1)));
    let refused = engine.put(1, rule.clone()).unwrap_err();
    assert_eq!((refused.field.as_str(), refused.year), ("sales", -5));
    assert!(engine.policy(&rule).is_err());
    assert_eq!(engine.policies().count(), 0);
    let mut rules = random_rules(3, &mut random, &any_leaf);
    rules.insert(1, (7, rule));
    let (others, refused) = Engine::new(table(&random_rows(9, &mut random)), rules.clone(), context(), 1);
    assert_eq!(refused.iter().map(|(key, _)| *key).collect::<Vec<_>>(), [7]);
    assert_eq!(others.policies().collect::<Vec<_>>(), [rules[0].0, rules[2].0, rules[3].0]);
    assert_eq!(others.counts(1).len(), 3);
}
