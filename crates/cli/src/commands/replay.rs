//! `liangu replay`: decisions made again from what was frozen when they were made, compared with their records.
//!
//! Exit code 0 when all agree, 1 when any differs or there is nothing to replay under that name.
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::place::Place;
use clap::Args;
use liangu_app::claims::{ReplayTotals, Replayed, replay, replay_all};
use serde_json::{Value as Json, json};
use std::time::Instant;

/// Characters of a value in the table.
const SHOWN: usize = 60;

#[derive(Args, Debug)]
pub struct Arguments {
    /// 申报的编号或标识 · number or id of a claim
    #[arg(value_name = "CLAIM", required_unless_present = "all")]
    claim: Option<String>,
    /// 全部已有决定的申报 · every claim with a decision
    #[arg(long, conflicts_with = "claim")]
    all: bool,
    /// 以 JSON 输出 · print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

pub fn run(arguments: &Arguments, console: &Console) -> Outcome<()> {
    let app = arguments.place.app()?;
    let started = Instant::now();
    let mut differing: Vec<Json> = Vec::new();
    let mut told = |replayed: &Replayed| {
        if arguments.json {
            differing.extend((!replayed.agrees).then(|| json!(replayed)));
        } else if !replayed.agrees {
            table(replayed).iter().for_each(|line| console.line(line));
        }
    };
    let totals = match &arguments.claim {
        Some(claim) => one(&replay(&app, claim)?, &mut told)?,
        None => replay_all(&app, &mut told)?,
    };
    if arguments.json {
        console.line(&format!("{:#}", json!({"totals": totals, "differing": differing})));
    }
    let ReplayTotals { claims, agree, differ } = totals;
    let took = started.elapsed();
    console.note(
        format!("重放 {claims} 件，一致 {agree} 件，不一致 {differ} 件，用时 {took:.1?}。"),
        format!("{claims} replayed, {agree} agree, {differ} differ, in {took:.1?}."),
    );
    if differ == 0 {
        return Ok(());
    }
    Err(Failure::refused(
        format!("{differ} 件决定与记录不一致；请先查明原因，再使用这些结果，并连同备份反馈。"),
        format!("{differ} decisions differ from their records; find out why before relying on them, and report it with a backup."),
    ))
}

fn one(replayed: &Replayed, told: &mut impl FnMut(&Replayed)) -> Outcome<ReplayTotals> {
    if replayed.decisions == 0 {
        let number = &replayed.number;
        return Err(Failure::refused(
            format!("申报 {number} 还没有决定，没有可重放的内容。"),
            format!("The claim {number} has no decision yet; there is nothing to replay."),
        ));
    }
    told(replayed);
    let agree = u64::from(replayed.agrees);
    Ok(ReplayTotals { claims: 1, agree, differ: 1 - agree })
}

/// A claim and its differences, a line each: where, what the record says, what comes out now.
fn table(replayed: &Replayed) -> Vec<String> {
    let mut lines = vec![format!("{}  {}", replayed.number, replayed.claim)];
    let width = replayed.differences.iter().map(|difference| difference.path.chars().count()).max().unwrap_or(0);
    lines.extend(replayed.differences.iter().map(|difference| {
        let (was, now) = (shown(&json!(difference.was)), shown(&json!(difference.now)));
        format!("  {:<width$}  {was} → {now}", difference.path)
    }));
    lines
}

fn shown(value: &Json) -> String {
    let text = match value {
        Json::Null => "—".to_owned(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text.chars().count() <= SHOWN { text } else { text.chars().take(SHOWN).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::table;
    use liangu_app::claims::Replayed;
    use serde_json::json;

    #[test]
    fn differences_stand_in_a_table() {
        let differences = json!([{"path": "0.decision.amount", "was": 100, "now": 90}, {"path": "digest", "was": null, "now": "ab"}]);
        let replayed = Replayed {
            claim: "clm_1".into(),
            number: "SB-2026-000007".into(),
            decisions: 1,
            agrees: false,
            differences: serde_json::from_value(differences).expect("differences"),
        };
        assert_eq!(table(&replayed), ["SB-2026-000007  clm_1", "  0.decision.amount  100 → 90", "  digest             — → ab"]);
    }
}
