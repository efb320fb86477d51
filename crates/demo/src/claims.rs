//! What was asked and what was granted before the demonstration's day: requests to match (F187), and the claims and awards
//! that firms of Shaoyang County were paid in 2023 (F110, F111, F112).
//!
//! Finished cases only: they stand in a done state and rest on no frozen file, so that nothing of them is replayed. Cases
//! under way are made by the program's own commands where the demonstration is filled.
use crate::entry::Entry;
use crate::firm::plan::Plan;
use crate::ids::Ids;
use crate::policy::Policy;
use liangu_base::random::RandomExt;
use liangu_base::{Date, Instant, SplitMix64};
use liangu_flow::{Case, Holder};

/// Requests to match of the city up to the end of November 2023 (F187).
pub const REQUESTS: usize = 14_180;
/// Claims of firms (F111) and awards without application (F112) completed in Shaoyang County in 2023.
pub const PROMISED: usize = 24;
pub const AUTOMATIC: usize = 6;
/// What they were paid together (F110): 4,860.2194 万元, in fen.
pub const PAID: i64 = 4_860_219_400;

/// Shaoyang County, and the stem of Loudi's codes.
const COUNTY: &str = "430523";
const CITY_STEM: &str = "4313";
const YEAR: i32 = 2023;
/// Version of the flow of claims that these cases follow.
const FLOW: u32 = 1;
/// Least of an amount and what amounts are rounded to, in fen: 5 万元, 100 yuan.
const LEAST: i64 = 5_000_000;
const ROUND: i64 = 10_000;

fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd(year, month, day).expect("the days of this module are in the calendar")
}

/// The requests in the order of time; firms of the city only.
pub fn requests(ids: &Ids, seed: u64, plans: &[Plan]) -> Vec<Entry> {
    let firms: Vec<&Plan> = plans.iter().filter(|plan| plan.region.code.starts_with(CITY_STEM)).collect();
    let (first, last) = (day(2021, 3, 1), day(YEAR, 11, 30));
    let days = i64::from(last.days() - first.days());
    let mut random = SplitMix64::stream(seed, "match-requests", 0);
    let mut moments: Vec<(Date, u32, u32)> = (0..REQUESTS)
        .map(|_| {
            let ago = i32::try_from(random.between(0, days)).unwrap_or(0);
            (first.add_days(ago), 8 + random.below(10) as u32, random.below(60) as u32)
        })
        .collect();
    moments.sort();
    let mut of_year = (0, 0);
    let entry = |(number, (date, hour, minute)): (usize, (Date, u32, u32))| {
        let firm = random.pick(&firms);
        let at = Instant::at_beijing(date, hour, minute, 0).unwrap_or(Instant::start_of(date));
        of_year = if of_year.0 == date.year() { (of_year.0, of_year.1 + 1) } else { (date.year(), 1) };
        Entry::new("match_request", ids.of("match_request", number))
            .with("number", format!("PP-{}-{:06}", of_year.0, of_year.1))
            .with("enterprise", ids.of("enterprise", firm.number))
            .with("region", firm.region.code)
            .with("requested_at", at)
            .with("synthetic", true)
    };
    moments.into_iter().enumerate().map(entry).collect()
}

/// The paid cases of Shaoyang County; the numbers of `policies` are those of their ids.
pub fn paid(ids: &Ids, seed: u64, plans: &[Plan], policies: &[Policy]) -> Vec<Entry> {
    let mut random = SplitMix64::stream(seed, "paid-claims", 0);
    let mut firms: Vec<&Plan> = plans.iter().filter(|plan| plan.region.code == COUNTY).collect();
    random.shuffle(&mut firms);
    // Those with premises and staff enough to be paid for: the larger ones first.
    firms.sort_by_key(|plan| std::cmp::Reverse(plan.tier));
    let offered = |mode: &str| -> Vec<usize> {
        let there = |policy: &Policy| policy.region.as_deref().is_none_or(|region| region == COUNTY || region == "430000");
        let held = |policy: &Policy| policy.mode == mode && there(policy);
        let (then, others): (Vec<usize>, Vec<usize>) =
            (0..policies.len()).filter(|n| held(&policies[*n])).partition(|n| policies[*n].in_force(day(YEAR, 6, 1)));
        // a demonstration of another decade has none that was in force then
        if then.is_empty() { others } else { then }
    };
    let (applied, automatic) = (offered("application"), offered("automatic"));
    let amounts = amounts(&mut random);
    let mut begun: Vec<Date> =
        (0..PROMISED + AUTOMATIC).map(|_| working(day(YEAR, 1, 9).add_days(i32::try_from(random.between(0, 260)).unwrap_or(0)))).collect();
    begun.sort();
    let mut origins: Vec<bool> = (0..PROMISED + AUTOMATIC).map(|number| number >= PROMISED).collect();
    random.shuffle(&mut origins);
    let case = |number: usize| {
        let (is_automatic, submitted) = (origins[number], begun[number]);
        let policy = *random.pick(if is_automatic { &automatic } else { &applied });
        let days = random.between(4, 14);
        let decided = (0..days).fold(submitted, |date, _| working(date.add_days(1)));
        entry(
            ids,
            Paid { number, firm: firms[number % firms.len()], policy, is_automatic, submitted, decided, days, amount: amounts[number] },
        )
    };
    (0..PROMISED + AUTOMATIC).map(case).collect()
}

/// The day itself, or the Monday after a weekend.
fn working(date: Date) -> Date {
    let beyond = date.weekday().saturating_sub(5);
    if beyond == 0 { date } else { date.add_days(if beyond == 1 { 2 } else { 1 }) }
}

struct Paid<'p> {
    number: usize,
    firm: &'p Plan,
    policy: usize,
    is_automatic: bool,
    submitted: Date,
    decided: Date,
    /// Working days to the decision.
    days: i64,
    amount: i64,
}

fn entry(ids: &Ids, of: Paid<'_>) -> Entry {
    let (policy, firm) = (ids.of("policy", of.policy), ids.of("enterprise", of.firm.number));
    let paid = working(of.decided.add_days(20));
    let (opened, closed) = (Instant::start_of(of.submitted).plus_seconds(36_000), Instant::start_of(paid).plus_seconds(36_000));
    let case = Case {
        version: FLOW,
        state: "paid".to_owned(),
        holder: Holder::Nobody,
        clocks: std::collections::BTreeMap::new(),
        entered: closed,
        opened: Some(opened),
        timer: None,
        escalated: 0,
        acted: std::collections::BTreeMap::new(),
        held: std::collections::BTreeMap::new(),
        reopened: 0,
    };
    let flow = serde_json::to_string(&case).expect("a case is JSON");
    Entry::new("claim", ids.of("claim", of.number))
        .with("number", format!("SB-{YEAR}-{:06}", of.number + 1))
        .with("policy", policy)
        .with("enterprise", firm)
        .with("region", COUNTY)
        .maybe("park", of.firm.park.map(|park| ids.of("park", park)))
        .with("origin", if of.is_automatic { "automatic" } else { "application" })
        .with("period", i64::from(YEAR))
        .with("slot", format!("{policy}/{firm}/{YEAR}/{}", of.number))
        .maybe("submitted_on", (!of.is_automatic).then_some(of.submitted))
        .with("amount_computed", of.amount)
        .with("amount", of.amount)
        .with("decided_on", of.decided)
        .maybe("decision_days", (!of.is_automatic).then_some(of.days))
        .with("notice_until", working(of.decided.add_days(7)))
        .with("paid_on", paid)
        .with("payee_name", of.firm.name.clone())
        .with("state", "paid")
        .with("opened_at", opened)
        .with("entered_at", closed)
        .with("closed_at", closed)
        .with("reopened", 0_i64)
        .with("flow", flow)
        .with("synthetic", true)
}

/// What each case was paid; together exactly [`PAID`].
fn amounts(random: &mut SplitMix64) -> Vec<i64> {
    let weights: Vec<i64> = (0..PROMISED + AUTOMATIC).map(|_| random.between(5, 100)).collect();
    let whole: i64 = weights.iter().sum();
    let count = i64::try_from(weights.len()).unwrap_or(1);
    let spread = PAID - LEAST * count;
    let mut amounts: Vec<i64> = weights.iter().map(|weight| LEAST + spread / whole * weight / ROUND * ROUND).collect();
    let left = PAID - amounts.iter().sum::<i64>();
    amounts[0] += left;
    amounts
}

#[cfg(test)]
mod tests {
    use super::{AUTOMATIC, COUNTY, PAID, PROMISED, REQUESTS, paid, requests};
    use crate::entry::{Datum, Entry};
    use crate::firm::plan::plans;
    use crate::organisations::Bodies;
    use crate::{SEED, ids::Ids, policy};
    use liangu_base::Date;
    use liangu_flow::Case;
    use std::collections::HashSet;

    fn text<'e>(entry: &'e Entry, field: &str) -> &'e str {
        match entry.get(field) {
            Some(Datum::Text(text)) => text,
            _ => "",
        }
    }

    #[test]
    fn published_figures_come_out_of_the_rows() {
        let as_of = Date::from_ymd(2026, 11, 20).expect("a day");
        let ids = Ids::new(SEED, as_of);
        let plans = plans(SEED);
        let policies = policy::policies(SEED, as_of, &ids, &Bodies::new(&ids));
        let cases = paid(&ids, SEED, &plans, &policies);
        let of = |origin: &str| cases.iter().filter(|case| text(case, "origin") == origin).count();
        assert_eq!((of("application"), of("automatic")), (PROMISED, AUTOMATIC));
        assert_eq!(cases.iter().map(|case| case.int("amount")).sum::<i64>(), PAID);
        let slots: HashSet<&str> = cases.iter().map(|case| text(case, "slot")).collect();
        assert_eq!(slots.len(), cases.len());
        for case in &cases {
            assert!(case.int("amount") >= 5_000_000 && text(case, "region") == COUNTY && text(case, "state") == "paid");
            let Some(Datum::Date(paid_on)) = case.get("paid_on") else { panic!("paid without a day") };
            assert_eq!(paid_on.year(), 2023);
            let flow: Case = serde_json::from_str(text(case, "flow")).expect("a case");
            assert_eq!(flow.state, "paid");
        }
        let asked = requests(&ids, SEED, &plans);
        assert_eq!(asked.len(), REQUESTS);
        assert!(asked.iter().all(|one| text(one, "region").starts_with("4313")));
        assert_eq!(asked, requests(&ids, SEED, &plans), "the same seed gives the same rows");
    }
}
