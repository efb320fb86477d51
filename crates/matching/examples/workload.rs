//! The engine over a matching workload, asked from standard input: `workload DIR COUNTS [THREADS]`.
//!
//! DIR has `schema.json`, `enterprises.csv` and `policies.jsonl`. It prints a line of JSON when loaded and one for each order, a
//! line each: `all` (counts go to the file COUNTS), `sets`, `firm`, `near`, `questions`, `policy`, `impact`, `explain`, `put`,
//! `set`, `memory` (at most), `held` (now). Times are in nanoseconds: of `all` and `sets` one run, of the others the median of a thousand.
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
use std::io::{BufRead, Write};
use std::sync::Arc;
use std::time::Instant;

const ASKED: usize = 1000;

struct Subject {
    engine: Engine,
    names: Vec<String>,
    rules: Vec<(PolicyKey, Arc<Typed>)>,
    /// The conjuncts of each rule, as rules of their own.
    parts: Vec<Vec<Typed>>,
    matches: Matches,
    threads: usize,
}

fn load(dir: &str, threads: usize) -> Result<Subject, Box<dyn Error>> {
    let read = |file: &str| std::fs::read_to_string(format!("{dir}/{file}"));
    let schema = workload::schema(&read("schema.json")?)?;
    let (_, table) = workload::enterprises(&read("enterprises.csv")?, &schema)?;
    let (mut names, mut rules) = (Vec::new(), Vec::new());
    for (key, (id, when)) in workload::policies(&read("policies.jsonl")?)?.into_iter().enumerate() {
        let rule = check(&when, &schema, Expect::Bool).map_err(|findings| format!("{when}: {findings:?}"))?;
        rules.push((key as PolicyKey, Arc::new(rule)));
        names.push(id);
    }
    let context = Context::new(Date::from_ymd(2025, 12, 31).ok_or("no such day")?, 2025);
    let (engine, refused) = Engine::new(table, rules.clone(), context, threads);
    if let Some((_, refused)) = refused.into_iter().next() {
        return Err(refused.into());
    }
    Ok(Subject { engine, names, rules, parts: Vec::new(), matches: Matches::default(), threads })
}

impl Subject {
    fn answer(&mut self, order: &str, counts: &str) -> Result<u128, Box<dyn Error>> {
        let (rows, threads) = (self.engine.table().len().max(1), self.threads);
        let (engine, rules, parts) = (&mut self.engine, &self.rules, &mut self.parts);
        let rule = |i: usize| &*rules[i * 7919 % rules.len()].1;
        let row = |i: usize| i * 7919 % rows;
        Ok(match order {
            "all" => {
                let start = Instant::now();
                let found = engine.counts(threads);
                let taken = start.elapsed().as_nanos();
                std::fs::write(counts, workload::counts_text(&self.names, &found))?;
                taken
            }
            "sets" => {
                let start = Instant::now();
                engine.matches_into(threads, &mut self.matches);
                start.elapsed().as_nanos()
            }
            "firm" => median(|i| drop(black_box(engine.firm(row(i))))),
            "near" => median(|i| drop(black_box(engine.near_all(row(i), &[]).ok()))),
            "questions" => median(|i| drop(black_box(engine.questions(row(i), &[], |key| key as i64).ok()))),
            "policy" => median(|i| drop(black_box(engine.policy(rule(i)).ok()))),
            "impact" => median(|i| drop(black_box(engine.impact(rule(i), rule(i + 1)).ok()))),
            "explain" => {
                let part = |root: &liangu_expr::typed::Node| Typed { source: "".into(), root: root.clone() };
                *parts = rules.iter().map(|(_, rule)| rule.clauses().iter().map(part).collect()).collect();
                median(|i| {
                    let (parts, row) = (&parts[i * 31 % rules.len()], row(i) as u32);
                    parts.iter().for_each(|part| {
                        _ = black_box(engine.row_answer(part, row));
                    });
                })
            }
            "put" => median(|i| _ = black_box(engine.put(rules[i].0, rules[i + 7].1.clone()).ok())),
            "set" => {
                let revenue = engine.table().schema().fields.get_index_of("revenue").unwrap_or(0);
                let fact = FactKey::new(FieldIx(revenue as u32), 0);
                median(|i| _ = black_box(engine.set(row(i), &[(fact, Cell::Int(i as i64 * 10_000))]).ok()))
            }
            other => return Err(format!("no order {other}").into()),
        })
    }
}

fn median(mut ask: impl FnMut(usize)) -> u128 {
    let mut taken: Vec<u128> = (0..ASKED)
        .map(|i| {
            let start = Instant::now();
            ask(i);
            start.elapsed().as_nanos()
        })
        .collect();
    taken.sort_unstable();
    taken[ASKED / 2]
}

/// A row of the kernel's account of this process, in MB: `VmHWM` is the most memory it ever held, `VmRSS` what it holds.
fn memory(row: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(row))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: workload DIR COUNTS [THREADS]";
    let (dir, counts) = (arguments.next().ok_or(usage)?, arguments.next().ok_or(usage)?);
    let threads: usize = arguments.next().map_or(Ok(2), |t| t.parse())?;
    let start = Instant::now();
    let mut subject = load(&dir, threads)?;
    let mut out = std::io::stdout().lock();
    let (loaded, policies, leaves) = (start.elapsed().as_secs_f64(), subject.rules.len(), subject.engine.leaf_count());
    let (name, version, settings) = ("Liangu", env!("CARGO_PKG_VERSION"), format!("{threads} threads, {leaves} distinct leaves"));
    let said = format!(r#""name":"{name}","version":"{version}","settings":"{settings}""#);
    writeln!(out, r#"{{{said},"three":true,"load_s":{loaded:.3},"policies":{policies}}}"#)?;
    out.flush()?;
    for order in std::io::stdin().lock().lines() {
        match order?.trim() {
            "memory" => writeln!(out, r#"{{"mb":{:.1}}}"#, memory("VmHWM").unwrap_or_default())?,
            "held" => writeln!(out, r#"{{"mb":{:.1}}}"#, memory("VmRSS").unwrap_or_default())?,
            order => writeln!(out, r#"{{"ns":{}}}"#, subject.answer(order, &counts)?)?,
        }
        out.flush()?;
    }
    Ok(())
}
