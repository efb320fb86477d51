//! Runs the matching workload and prints what each question costs: `workload DIR [THREADS]`.
//!
//! DIR has `schema.json`, `enterprises.csv`, `policies.jsonl` and, to be compared with, `counts.csv`.
use liangu_base::date::Date;
use liangu_expr::check::{Expect, check};
use liangu_expr::row::Context;
use liangu_expr::schema::FieldIx;
use liangu_expr::typed::Typed;
use liangu_matching::engine::{Engine, PolicyKey};
use liangu_matching::rule::Matches;
use liangu_matching::table::{Cell, FactKey};
use liangu_matching::workload;
use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let dir = arguments.next().ok_or("usage: workload DIR [THREADS]")?;
    let threads: usize = arguments.next().map_or(Ok(2), |t| t.parse())?;
    let read = |file: &str| std::fs::read_to_string(format!("{dir}/{file}"));

    let schema = workload::schema(&read("schema.json")?)?;
    let (firms_text, policies_text) = (read("enterprises.csv")?, read("policies.jsonl")?);
    let (took, loaded) = timed(|| workload::enterprises(&firms_text, &schema));
    let (ids, table) = loaded?;
    println!("{} firms read in {took:?}", ids.len());
    let (took, policies) = timed(|| {
        let rule = |when: &str| check(when, &schema, Expect::Bool).map_err(|findings| format!("{when}: {findings:?}"));
        let policies = workload::policies(&policies_text)?;
        policies
            .into_iter()
            .enumerate()
            .map(|(i, (id, when))| Ok((id, i as PolicyKey, Arc::new(rule(&when)?))))
            .collect::<Result<Vec<_>, Box<dyn Error>>>()
    });
    let policies = policies?;
    println!("{} policies read and typed in {took:?}", policies.len());
    let names: Vec<String> = policies.iter().map(|(id, ..)| id.clone()).collect();
    let rules: Vec<(PolicyKey, Arc<Typed>)> = policies.into_iter().map(|(_, key, rule)| (key, rule)).collect();
    let context = Context::new(Date::from_ymd(2025, 12, 31).ok_or("no such day")?, 2025);
    let (took, (mut engine, refused)) = timed(|| Engine::new(table, rules.clone(), context, threads));
    if let Some((_, refused)) = refused.into_iter().next() {
        return Err(refused.into());
    }
    println!("engine built in {took:?}, {} leaves", engine.leaf_count());

    if workload::counts_text(&names, &engine.counts(threads)) != read("counts.csv")? {
        return Err("the counts differ from counts.csv".into());
    }
    println!("counts equal counts.csv");
    measure(&mut engine, &rules, threads);
    Ok(())
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let done = work();
    (start.elapsed(), done)
}

fn repeat(what: &str, times: usize, mut work: impl FnMut(usize)) {
    let mut took: Vec<Duration> = (0..times).map(|i| timed(|| work(i)).0).collect();
    took.sort_unstable();
    println!("{what}: median {:?}, best {:?}, worst {:?}", took[times / 2], took[0], took[times - 1]);
}

fn measure(engine: &mut Engine, rules: &[(PolicyKey, Arc<Typed>)], threads: usize) {
    let rows = engine.table().len().max(1);
    let rule = |i: usize| &*rules[i * 23 % rules.len()].1;
    let row = |i: usize| i * 131 % rows;
    repeat("all pairs, counts", 41, |_| {
        black_box(engine.counts(threads));
    });
    let mut matches = Matches::default();
    repeat("all pairs, names", 11, |_| engine.matches_into(threads, &mut matches));
    repeat("one firm, all policies", 1000, |i| {
        black_box(engine.firm(row(i)));
    });
    repeat("one firm, near", 1000, |i| {
        black_box(engine.near_all(row(i), &[]).ok());
    });
    repeat("one firm, questions", 1000, |i| {
        black_box(engine.questions(row(i), &[], |key| key as i64).ok());
    });
    repeat("one rule, all firms", 1000, |i| {
        black_box(engine.policy(rule(i)).ok());
    });
    repeat("one rule, near", 1000, |i| {
        black_box(engine.near_rows(rule(i)).ok());
    });
    repeat("impact of an edit", 1000, |i| {
        black_box(engine.impact(rule(i), rule(i + 1)).ok());
    });
    repeat("replace a policy", 200, |i| {
        black_box(engine.put(rules[i].0, rules[i + 7].1.clone()).ok());
    });
    let revenue = engine.table().schema().fields.get_index_of("revenue").unwrap_or(0);
    repeat("change a fact", 1000, |i| {
        black_box(engine.set(row(i), &[(FactKey::new(FieldIx(revenue as u32), 0), Cell::Int(i as i64 * 10_000))]).ok());
    });
}
