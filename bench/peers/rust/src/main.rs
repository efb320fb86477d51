//! Racers in Rust: `peers a-tree|zen|cel DIR COUNTS [ROWS]` reads a workload and answers orders as `racing.py` says. All
//! of them look at one firm at a time; `all` is taken over ROWS firms, evenly spread, and extrapolated.
mod atree;
mod cel_rows;
mod workload;
mod zen;

use std::error::Error;
use std::io::{BufRead, Write};
use std::time::Instant;
use workload::Workload;

/// One engine with the policies compiled.
pub trait Racer {
    const NAME: &'static str;
    const VERSION: &'static str;
    const SETTINGS: &'static str;
    const THREE: bool;
    /// Prepares the facts of a firm as the engine takes them: not measured.
    type Firm;
    fn firm(&self, work: &Workload, row: usize) -> Self::Firm;
    /// Answers all policies: adds one to `yes` and `unknown` of each where it is so.
    fn all(&mut self, firm: &Self::Firm, yes: &mut [u32], unknown: &mut [u32]);
    /// Answers one policy; none where the engine cannot ask for one.
    fn one(&mut self, _policy: usize, _firm: &Self::Firm) -> Option<()> {
        None
    }
}

fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

fn median(mut times: Vec<u128>) -> u128 {
    times.sort_unstable();
    times[times.len() / 2]
}

fn serve<R: Racer>(work: &Workload, mut racer: R, loaded: Instant, counts: &str, rows: usize) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    let (name, version, settings, three) = (R::NAME, R::VERSION, R::SETTINGS, R::THREE);
    let policies = work.policies.len();
    writeln!(out, r#"{{"name":"{name}","version":"{version}","settings":"{settings}","three":{three},"load_s":{:.3},"policies":{policies}}}"#, loaded.elapsed().as_secs_f64())?;
    out.flush()?;
    let firms = work.firms;
    for order in std::io::stdin().lock().lines() {
        let said = match order?.trim() {
            "all" => {
                let step = (firms / rows).max(1);
                let chosen: Vec<usize> = (0..firms).step_by(step).collect();
                let prepared: Vec<R::Firm> = chosen.iter().map(|row| racer.firm(work, *row)).collect();
                let (mut yes, mut unknown) = (vec![0u32; policies], vec![0u32; policies]);
                let start = Instant::now();
                prepared.iter().for_each(|firm| racer.all(firm, &mut yes, &mut unknown));
                let ns = start.elapsed().as_nanos() * firms as u128 / chosen.len() as u128;
                let line = |(at, policy): (usize, &workload::Policy)| {
                    let unknown = if three { unknown[at].to_string() } else { String::new() };
                    format!("{},{},{unknown}\n", policy.id, yes[at])
                };
                std::fs::write(counts, work.policies.iter().enumerate().map(line).collect::<String>())?;
                format!(r#"{{"ns":{ns},"step":{step}}}"#)
            }
            "firm" => {
                let times = (0..(rows / 10).clamp(5, 400)).map(|n| {
                    let firm = racer.firm(work, n * 7919 % firms);
                    let (mut yes, mut unknown) = (vec![0u32; policies], vec![0u32; policies]);
                    let start = Instant::now();
                    racer.all(&firm, &mut yes, &mut unknown);
                    start.elapsed().as_nanos()
                });
                format!(r#"{{"ns":{}}}"#, median(times.collect()))
            }
            "policy" => {
                let prepared: Vec<R::Firm> = (0..firms).step_by((firms / 400).max(1)).map(|row| racer.firm(work, row)).collect();
                let times: Vec<u128> = (0..60)
                    .filter_map(|n| {
                        let start = Instant::now();
                        prepared.iter().try_for_each(|firm| racer.one(n * 7919 % policies, firm))?;
                        Some(start.elapsed().as_nanos() * firms as u128 / prepared.len() as u128)
                    })
                    .collect();
                if times.is_empty() { r#"{"ns":null}"#.to_owned() } else { format!(r#"{{"ns":{}}}"#, median(times)) }
            }
            "memory" => format!(r#"{{"mb":{:.1}}}"#, peak()),
            other => return Err(format!("no order {other}").into()),
        };
        writeln!(out, "{said}")?;
        out.flush()?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [kind, place, counts, rows @ ..] = arguments.as_slice() else { return Err("peers a-tree|zen|cel DIR COUNTS [ROWS]".into()) };
    let rows = rows.first().map_or(Ok(500), |rows| rows.parse())?;
    let start = Instant::now();
    let work = Workload::read(place)?;
    match kind.as_str() {
        "a-tree" => serve(&work, atree::Tree::new(&work)?, start, counts, rows),
        "zen" => serve(&work, zen::Zen::new(&work)?, start, counts, rows),
        "cel" => serve(&work, cel_rows::Cel::new(&work)?, start, counts, rows),
        other => Err(format!("no racer {other}").into()),
    }
}
