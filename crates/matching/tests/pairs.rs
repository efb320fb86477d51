//! The columns give the row back end's answer for every pair, whatever the sizes, gaps and shapes.
mod common;
use common::{any_leaf, context, random_rows, random_rules, table};
use liangu_base::random::{RandomExt, SplitMix64};
use liangu_expr::value::Answer;
use liangu_matching::engine::Engine;
use liangu_matching::naive;

/// Rows, removed rows among them every third or none.
fn agree(rows: usize, removed: bool, policies: usize, seed: u64) {
    let mut random = SplitMix64::new(seed);
    let facts = random_rows(rows, &mut random);
    let rules = random_rules(policies, &mut random, &any_leaf);
    let mut engine = Engine::new(table(&facts), rules.clone(), context(), 2).0;
    if removed {
        (0..rows).step_by(3).for_each(|row| engine.remove_row(row));
    }
    let expected: Vec<Vec<Answer>> = rules.iter().map(|(_, rule)| naive::answers(engine.table(), rule, &context())).collect();
    let of = |answers: &[Answer], wanted: Answer| answers.iter().filter(|a| **a == wanted).count() as u32;
    for threads in [1, 2, 3] {
        let matches = engine.matches(threads);
        for (i, count) in engine.counts(threads).iter().enumerate() {
            assert_eq!(
                (count.yes, count.unknown),
                (of(&expected[i], Answer::Yes), of(&expected[i], Answer::Unknown)),
                "{rows} rows, rule {:?}",
                rules[i].1.root.kind
            );
            assert!(matches.rows(i).eq((0..rows as u32).filter(|&r| expected[i][r as usize] == Answer::Yes)));
        }
    }
    for (i, (_, rule)) in rules.iter().enumerate() {
        let fit = engine.policy(rule).unwrap();
        for (row, answer) in expected[i].iter().enumerate() {
            assert_eq!((fit.yes.get(row), fit.unknown.get(row)), (*answer == Answer::Yes, *answer == Answer::Unknown));
        }
    }
    for row in (0..rows).filter(|r| rows < 300 || r % 17 == 0) {
        let column: Vec<Answer> = expected.iter().map(|e| e[row]).collect();
        assert_eq!(engine.firm(row).to_vec(), column);
    }
}

#[test]
fn all_pairs_at_the_edges_of_words_and_blocks() {
    for rows in [0, 1, 63, 64, 65, 2047, 2048, 2049] {
        agree(rows, false, 60, rows as u64);
        agree(rows, true, 60, 7 + rows as u64);
    }
}

#[test]
fn all_pairs_over_several_blocks() {
    agree(3 * 2048 + 100, true, 150, 42);
}

#[test]
fn many_small_worlds() {
    let mut random = SplitMix64::new(2026);
    for seed in 0..150 {
        agree(random.between(1, 90) as usize, random.chance(0.3), 40, seed);
    }
}
