//! `liangu match`: policies against firms from files, without a server.
//!
//! The format is that of the matching workload; see [`liangu_matching::workload`].
use crate::console::Console;
use crate::failure::{Failure, MISUSED, Outcome};
use crate::place::now;
use clap::Args;
use liangu_base::text::{Explain, Text};
use liangu_expr::row::Context;
use liangu_expr::schema::Schema;
use liangu_expr::typed::Typed;
use liangu_expr::{Expect, check};
use liangu_matching::engine::Engine;
use liangu_matching::workload::{self, WorkloadError};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

#[derive(Args, Debug)]
pub struct Arguments {
    /// 字段说明 · fields of the record (JSON)
    #[arg(long, value_name = "FILE")]
    schema: PathBuf,
    /// 企业 · firms (CSV)
    #[arg(long, value_name = "FILE")]
    enterprises: PathBuf,
    /// 政策 · policies (JSON lines)
    #[arg(long, value_name = "FILE")]
    policies: PathBuf,
    /// 每项政策的符合数和未知数 · counts per policy (CSV)
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// 符合的政策企业对 · pairs that match (CSV)
    #[arg(long, value_name = "FILE")]
    matches: Option<PathBuf>,
    /// 线程数，默认全部 · threads, all by default
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

impl From<WorkloadError> for Failure {
    fn from(error: WorkloadError) -> Failure {
        Failure { text: error.text(), code: MISUSED }
    }
}

pub fn run(arguments: &Arguments, console: &Console) -> Outcome<()> {
    let threads = arguments.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1);
    let started = Instant::now();
    let schema = workload::schema(&read(&arguments.schema)?)?;
    let (firms, table) = workload::enterprises(&read(&arguments.enterprises)?, &schema)?;
    let (ids, rules) = rules(&read(&arguments.policies)?, &schema)?;
    let today = now().date_beijing();
    let policies = rules.into_iter().enumerate().map(|(key, rule)| (key as u64, rule)).collect();
    let (engine, refused) = Engine::new(table, policies, Context::new(today, today.year() - 1), threads);
    if let Some((key, refused)) = refused.first() {
        let (id, why) = (&ids[*key as usize], refused.text());
        return Err(Failure::misused(format!("政策 {id}：{}", why.zh), format!("policy {id}: {}", why.en)));
    }
    let loaded = started.elapsed();
    let matching = Instant::now();
    let counts = engine.counts(threads);
    let matched = matching.elapsed();
    write(&arguments.out, &workload::counts_text(&ids, &counts))?;
    if let Some(path) = &arguments.matches {
        pairs(path, &engine, threads, &ids, &firms)?;
    }
    let pairs: u64 = counts.iter().map(|c| u64::from(c.yes)).sum();
    let (firms, policies) = (firms.len(), ids.len());
    console.note(
        format!("{policies} 项政策 × {firms} 家企业：{pairs} 对符合。读入 {loaded:.2?}，匹配 {matched:.2?}，{threads} 线程。"),
        format!("{policies} policies × {firms} firms: {pairs} pairs match. Loaded in {loaded:.2?}, matched in {matched:.2?} on {threads} threads."),
    );
    Ok(())
}

/// Ids and typed rules; the first policy that does not type is the failure.
fn rules(text: &str, schema: &Schema) -> Outcome<(Vec<String>, Vec<Arc<Typed>>)> {
    let policies = workload::policies(text)?;
    let mut typed = Vec::with_capacity(policies.len());
    for (line, (id, when)) in policies.iter().enumerate() {
        typed.push(Arc::new(check(when, schema, Expect::Bool).map_err(|findings| {
            let shown: String = findings.iter().map(|f| f.render(when)).collect();
            let line = line + 1;
            Failure {
                text: Text::new(
                    format!("政策文件第 {line} 行，政策 {id}，表达式有误：\n{shown}"),
                    format!("line {line} of the policies, policy {id}: the expression is wrong:\n{shown}"),
                ),
                code: MISUSED,
            }
        })?));
    }
    Ok((policies.into_iter().map(|p| p.0).collect(), typed))
}

/// Writes `policy,firm` lines, policy by policy.
fn pairs(path: &Path, engine: &Engine, threads: usize, ids: &[String], firms: &[String]) -> Outcome<()> {
    let file = std::fs::File::create(path).map_err(|e| Failure::file(path, &e))?;
    let mut out = std::io::BufWriter::with_capacity(1 << 20, file);
    let matches = engine.matches(threads);
    let mut text = String::from("policy,firm\n");
    for (position, id) in ids.iter().enumerate() {
        for row in matches.rows(position) {
            // writing to a String cannot fail
            let _ = writeln!(text, "{id},{}", firms[row as usize]);
        }
        out.write_all(text.as_bytes()).map_err(|e| Failure::file(path, &e))?;
        text.clear();
    }
    out.flush().map_err(|e| Failure::file(path, &e))
}

fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).map_err(|e| Failure::file(path, &e))
}

fn write(path: &Path, text: &str) -> Outcome<()> {
    std::fs::write(path, text).map_err(|e| Failure::file(path, &e))
}
