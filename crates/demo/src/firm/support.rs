//! Facts that support asks for beyond the registers: for firms that statistics count and some others, each value now and
//! then missing. Drawn from a stream of their own, so that nothing else of the demonstration hangs on them.
use super::entry::Shared;
use super::facts::{Facts, Year};
use super::plan::{PERSONA, Plan};
use crate::entry::{Datum, Entry, FactMark};
use crate::places::region_of;
use crate::trades::Sector;
use liangu_base::random::RandomExt;
use liangu_base::{Date, Fen, SplitMix64};

/// Share of firms below the line of which such facts are on file.
const BELOW_THE_LINE: f64 = 0.05;
/// A single value is missing so often.
const MISSING: f64 = 0.12;

/// Whether support's facts are on file of a firm.
pub fn covers(seed: u64, plan: &Plan, facts: &Facts) -> bool {
    plan.number != PERSONA
        && (facts.above_scale || SplitMix64::stream(seed, "firm-support-covers", plan.number as u64).chance(BELOW_THE_LINE))
}

/// Titles that real policies ask beside the common ones.
pub fn titles(facts: &mut Facts, seed: u64, plan: &Plan) {
    let mut r = SplitMix64::stream(seed, "firm-support-titles", plan.number as u64);
    let technical = plan.tier >= 2 && plan.trade.is_industry() && facts.market_share.is_some();
    if technical && (facts.global_rank.is_some_and(|rank| rank <= 5) || r.chance(0.02)) {
        facts.certs.push("provincial_champion");
    }
    if technical && r.chance(0.03) {
        facts.certs.push("first_set");
    }
}

/// Adds the facts to a firm's entry.
pub fn fill(entry: &mut Entry, shared: &Shared, plan: &Plan, facts: &Facts) {
    let persona = plan.number == PERSONA;
    let mut random = SplitMix64::stream(shared.seed, "firm-support", plan.number as u64);
    let r = &mut random;
    if !persona && !covers(shared.seed, plan, facts) {
        if let Some(year) = facts.years.first() {
            let returned = yearly(plan, facts, year, r).into_iter().filter(|(field, ..)| EVERYBODY.contains(field));
            let returned: Vec<Fact> = returned.filter(|_| !r.chance(MISSING * 2.0)).collect();
            put_year(entry, year.year, returned, shared.as_of);
        }
        return;
    }
    for (field, source, value) in now(shared, plan, facts, r) {
        if persona || !r.chance(MISSING) {
            entry.facts.push(FactMark {
                field,
                year: None,
                value: None,
                source,
                as_of: shared.as_of.add_days(-(r.between(5, 200) as i32)),
            });
            entry.values.push((field, value));
        }
    }
    // what the persona earned and paid is not on file: it will be asked
    for year in facts.years.iter().filter(|y| !persona && shared.as_of.year() - y.year <= 3) {
        let values: Vec<Fact> = yearly(plan, facts, year, r).into_iter().filter(|_| !r.chance(MISSING)).collect();
        put_year(entry, year.year, values, shared.as_of);
    }
}

/// What every firm returns for the judged year.
const EVERYBODY: [&str; 3] = ["taxable_income", "average_assets", "disabled_staff"];

fn put_year(entry: &mut Entry, year: i32, facts: Vec<Fact>, as_of: Date) {
    let said = Date::from_ymd(year + 1, 5, 31).unwrap_or(as_of).min(as_of);
    entry.facts.extend(facts.iter().map(|(field, source, _)| FactMark { field, year: Some(year), value: None, source, as_of: said }));
    let values = facts.into_iter().map(|(field, _, value)| (field, value));
    match entry.years.iter_mut().find(|(y, _)| *y == year) {
        Some((_, known)) => known.extend(values),
        None => entry.years.push((year, values.collect())),
    }
}

type Fact = (&'static str, &'static str, Datum);

fn money(yuan: i64) -> Datum {
    Datum::Int(Fen::from_yuan(yuan).fen())
}

fn now(shared: &Shared, plan: &Plan, facts: &Facts, r: &mut SplitMix64) -> Vec<Fact> {
    let elsewhere = r.chance(0.02);
    let code: &'static str = if elsewhere { "430100" } else { plan.region.code };
    let mut all: Vec<Fact> = vec![
        ("tax_region", "tax", code.into()),
        ("statistics_region", "statistics", plan.region.code.into()),
        ("site_region", "park", plan.region.code.into()),
        ("zones", "park", zones(plan).into()),
        ("paid_in_capital", "market_regulation", money(facts.capital / 100 * r.between(30, 100))),
        ("vat_general", "tax", (facts.above_scale || r.chance(0.6)).into()),
        ("rd_reserve_filed", "science", (facts.own_rd && r.chance(0.4)).into()),
        ("own_premises", "natural_resources", (facts.land > 0).into()),
        ("chain_role", "industry", role(plan, facts).into()),
        ("support_recorded_since", "park", Date::from_ymd(2016, 1, 1).unwrap_or(facts.established).into()),
    ];
    if plan.park.is_some() {
        let entered = facts.established.add_days(r.between(30, 900) as i32).min(shared.as_of.add_days(-30));
        all.push(("entered_park", "park", entered.into()));
    }
    if facts.above_scale {
        let judged = shared.as_of.year() - 1;
        let first = if r.chance(0.08) { judged } else { (facts.established.year() + r.between(1, 8) as i32).min(judged) };
        all.push(("above_scale_kind", "statistics", kind(plan).into()));
        all.extend(Date::from_ymd(first, 12, 31).map(|day| ("above_scale_since", "statistics", day.min(shared.as_of).into())));
    }
    all
}

fn zones(plan: &Plan) -> Vec<&'static str> {
    match plan.park {
        Some(_) if region_of(plan.region.code).in_city() => vec!["loudi_parks"],
        Some(_) if plan.region.code.starts_with("4302") => vec!["zhuzhou_high_tech"],
        _ => Vec::new(),
    }
}

fn role(plan: &Plan, facts: &Facts) -> &'static str {
    match (facts.chains.is_empty(), plan.tier) {
        (true, _) => "none",
        (_, 3) => "leader",
        (_, 2) => "core",
        _ => "member",
    }
}

fn kind(plan: &Plan) -> &'static str {
    match plan.trade.sector {
        Sector::Industry => "industry",
        Sector::Construction => "construction",
        Sector::Wholesale | Sector::Retail | Sector::Catering => "trade",
        Sector::Property => "real_estate",
        _ => "service",
    }
}

fn yearly(plan: &Plan, facts: &Facts, year: &Year, r: &mut SplitMix64) -> Vec<Fact> {
    let profit = year.revenue - year.costs;
    let mut all: Vec<Fact> = vec![
        ("total_income", "tax", money(year.revenue / 1000 * r.between(1000, 1030))),
        ("local_purchases", "industry", money(year.costs / 100 * r.between(5, 45))),
        ("local_purchase_share", "industry", r.between(500, 4500).into()),
        ("total_profit", "tax", money(profit)),
        ("taxable_income", "tax", money(profit.max(0) / 100 * r.between(70, 100))),
        ("average_assets", "tax", money(year.assets / 100 * r.between(92, 104))),
        ("fixed_assets", "tax", money(year.assets / 100 * r.between(15, 55))),
        ("main_taxes", "tax", money(year.tax / 100 * r.between(70, 95))),
        ("input_vat", "tax", money(year.costs / 1000 * r.between(20, 90))),
        ("local_contribution", "tax", money(year.tax / 100 * r.between(25, 38))),
        ("disabled_staff", "social_security", (if r.chance(0.3) { year.employees / r.between(40, 160) } else { 0 }).into()),
    ];
    all.extend(people(year, r));
    if plan.trade.is_industry() {
        all.push(("industrial_output", "statistics", money(year.revenue / 100 * r.between(95, 108))));
        all.push(("manufacturing_revenue", "tax", money(year.main_revenue)));
    }
    if !facts.chains.is_empty() {
        all.push(("chain_revenue", "industry", money(year.main_revenue / 100 * r.between(60, 100))));
    }
    if year.rd_spend > 0 {
        let domestic = year.rd_spend / 10_000 * year.domestic_rd;
        all.push(("rd_domestic", "tax", money(domestic / 100 * 80)));
        all.push(("rd_overseas", "tax", money(year.rd_spend - domestic)));
        all.push(("rd_deducted", "tax", money(domestic / 100 * r.between(60, 80))));
        all.push(("science_staff", "science", (year.rd_staff * r.between(10, 13) / 10).min(year.employees).into()));
    }
    if year.export > 0 {
        all.push(("export_usd", "tax", (year.export * 100 / 715).into()));
        if r.chance(0.5) {
            all.push(("cross_border_turnover", "firm", money(year.export / 100 * r.between(20, 100))));
        }
    }
    if facts.land > 0 {
        // a mu is 2,000/3 square metres
        all.push(("tax_per_mu", "industry", money(year.tax.saturating_mul(2_000) / (facts.land * 3))));
    }
    if plan.trade.chain == Some("food_medicine") || plan.trade.sector == Sector::Farming {
        all.push(("farm_share", "firm", r.between(3_000, 10_000).into()));
        all.push(("linked_households", "firm", r.between(10, 900).into()));
    }
    all
}

fn people(year: &Year, r: &mut SplitMix64) -> Vec<Fact> {
    let payroll = year.employees * r.between(52_000, 96_000);
    let laid_off = if r.chance(0.2) { year.insured * r.between(1, 14) / 100 } else { 0 };
    vec![
        ("payroll", "tax", money(payroll)),
        ("unemployment_insured", "social_security", year.insured.into()),
        ("layoffs", "social_security", laid_off.into()),
        ("unemployment_months", "social_security", (if r.chance(0.93) { 12 } else { r.between(3, 11) }).into()),
        ("unemployment_premium", "social_security", money(payroll / 100)),
    ]
}
