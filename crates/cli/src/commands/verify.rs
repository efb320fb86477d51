//! `liangu verify`: the matching columns against the database and the row meaning; two ways to an answer must agree.
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::place::{Place, now};
use clap::Args;
use liangu_app::eligibility::verify::{Difference, Progress, Report, Seen, VerifyOptions, Way, What, verify};
use std::time::Instant;

#[derive(Args, Debug)]
pub struct Arguments {
    /// 对全部企业核对多少项政策 · policies compared over all firms
    #[arg(long, value_name = "N", default_value_t = 300)]
    policies: usize,
    /// 抽取多少对政策与企业逐对核对 · pairs of a policy and a firm compared one by one
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    pairs: usize,
    /// 抽样种子 · seed of the draw
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// 全部政策，全部政策企业对（需几分钟） · all policies and all pairs (takes some minutes)
    #[arg(long, conflicts_with = "policies")]
    all: bool,
    /// 以 JSON 输出 · print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

pub fn run(arguments: &Arguments, console: &Console) -> Outcome<()> {
    let store = arguments.place.open()?;
    let options = VerifyOptions {
        policies: (!arguments.all).then_some(arguments.policies),
        pairs: arguments.pairs,
        every_pair: arguments.all,
        seed: arguments.seed,
    };
    let started = Instant::now();
    let mut told = Told { console, at: Instant::now() };
    let report = verify(&store, now(), &options, &mut |progress| told.tell(progress))?;
    if arguments.json {
        let json = serde_json::to_string_pretty(&report)
            .map_err(|e| Failure::refused(format!("报告无法写出：{e}"), format!("The report cannot be written: {e}")))?;
        console.line(&json);
    } else {
        print(&report, console, started.elapsed());
    }
    if report.differences == 0 {
        return Ok(());
    }
    let count = report.differences;
    Err(Failure::refused(
        format!("发现 {count} 处不一致；请停用匹配结果，把以上内容连同备份反馈给开发者。"),
        format!("{count} differences found; do not rely on the matches, and report the above with a backup."),
    ))
}

/// Progress, a line every few seconds at most.
struct Told<'a> {
    console: &'a Console,
    at: Instant,
}

impl Told<'_> {
    fn tell(&mut self, progress: Progress) {
        let last = match progress {
            Progress::Loaded { .. } => true,
            Progress::Policies { done, of } | Progress::Pairs { done, of } => done == of,
        };
        if !last && self.at.elapsed().as_secs() < 3 {
            return;
        }
        self.at = Instant::now();
        match progress {
            Progress::Loaded { firms, policies } => self.console.progress(
                format!("  读入 {firms} 家企业，{policies} 项政策"),
                format!("  loaded {firms} firms, {policies} policies"),
                last,
            ),
            Progress::Policies { done, of } => {
                self.console.progress(format!("  政策 {done}/{of}"), format!("  policies {done}/{of}"), last)
            }
            Progress::Pairs { done, of } => {
                self.console.progress(format!("  政策企业对 {done}/{of}"), format!("  pairs {done}/{of}"), last)
            }
        }
    }
}

fn print(report: &Report, console: &Console, took: std::time::Duration) {
    let Report { database, today, firms, rules, policies, answers, pairs, .. } = report;
    console.say(
        format!("{database}，判断日 {today}：{firms} 家企业，{rules} 项在判政策，种子 {}，用时 {took:.1?}。", report.seed),
        format!("{database}, as of {today}: {firms} firms, {rules} policies judged, seed {}, in {took:.1?}.", report.seed),
    );
    console.say(
        format!("列与数据库：{policies} 项政策，{answers} 个答案；列与逐行：{pairs} 对。"),
        format!("Columns and database: {policies} policies, {answers} answers; columns and row by row: {pairs} pairs."),
    );
    let parts = |lang| report.parts.iter().map(|(part, count)| format!("{} {count}", part.label().get(lang))).collect::<Vec<_>>();
    let shapes = report.shapes.len();
    console.say(
        format!("规则形态 {shapes} 种：{}。", parts(liangu_base::Lang::Zh).join("、")),
        format!("{shapes} shapes of rules: {}.", parts(liangu_base::Lang::En).join(", ")),
    );
    for refused in &report.refused {
        console.say(format!("未判 {}：{}", refused.id, refused.reason), format!("not judged {}: {}", refused.id, refused.reason));
    }
    report.first.iter().for_each(|difference| tell(difference, console));
    if report.differences == 0 {
        console.say("完全一致。", "They agree.");
    } else if report.differences > report.first.len() as u64 {
        let more = report.differences - report.first.len() as u64;
        console.say(format!("另有 {more} 处。"), format!("And {more} more."));
    }
}

fn tell(difference: &Difference, console: &Console) {
    let policy = &difference.policy;
    let (zh, en) = match difference.way {
        Way::Sql => ("数据库", "database"),
        Way::Table => ("逐行（列中数据）", "row by row over the columns"),
        Way::Record => ("逐行（记录）", "row by row over the record"),
    };
    match &difference.what {
        What::Answers { firm, columns, other } => {
            let ((columns_zh, columns_en), (other_zh, other_en)) = (word(*columns), word(*other));
            console.say(
                format!("✗ 政策 {policy} 企业 {firm}：列 {columns_zh}，{zh} {other_zh}"),
                format!("✗ policy {policy} firm {firm}: columns {columns_en}, {en} {other_en}"),
            );
        }
        What::Refused { reason } => {
            console.say(format!("✗ 政策 {policy}：{zh}：{}", reason.zh), format!("✗ policy {policy}: {en}: {}", reason.en))
        }
    }
}

fn word(seen: Seen) -> (&'static str, &'static str) {
    match seen {
        Seen::Yes => ("符合", "yes"),
        Seen::No => ("不符合", "no"),
        Seen::Unknown => ("未知", "unknown"),
        Seen::Absent => ("没有该企业", "no such firm"),
    }
}
