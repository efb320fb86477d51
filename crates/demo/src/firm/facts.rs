//! What is true of a firm, before asking what of it is on file.
//!
//! Invariants, for every year: main revenue ≤ revenue, insured and R&D staff ≤ employees, liabilities < assets, R&D
//! spending = revenue × ratio to the rounding; invention patents ≤ patents; nothing but tax, costs and debts may exceed
//! what a firm of its size has.
use super::calibrate::{Income, PUBLISHED_YEAR};
use super::plan::{Place, Plan};
use super::size::{self, around, permille, round};
use crate::trades::Sector;
use liangu_base::random::RandomExt;
use liangu_base::{Date, SplitMix64};

/// One year, money in yuan, ratios in basis points.
#[derive(Clone, Debug, Default)]
pub struct Year {
    pub year: i32,
    pub revenue: i64,
    pub main_revenue: i64,
    pub costs: i64,
    pub tax: i64,
    pub export: i64,
    pub employees: i64,
    pub insured: i64,
    pub equipment: i64,
    pub assets: i64,
    pub liabilities: i64,
    pub equity: i64,
    pub rd_spend: i64,
    pub rd_ratio: i64,
    pub rd_staff: i64,
    pub domestic_rd: i64,
    pub hightech_income: i64,
    pub energy: i64,
    pub power: i64,
}

#[derive(Clone, Debug)]
pub struct Facts {
    /// The judged year first, then the two before it, then 2022 for firms above scale.
    pub years: Vec<Year>,
    pub established: Date,
    pub capital: i64,
    pub ownership: &'static str,
    pub credit_grade: &'static str,
    pub listed_stage: &'static str,
    pub above_scale: bool,
    pub dishonest: bool,
    pub abnormal: bool,
    pub incident: bool,
    pub evasion: bool,
    pub suspended: bool,
    pub audited: bool,
    pub hometown: bool,
    pub inventions: i64,
    pub patents: i64,
    pub software: i64,
    pub own_rd: bool,
    pub provincial_rd: bool,
    pub innovation_score: Option<i64>,
    pub platform_score: Option<i64>,
    pub certs: Vec<&'static str>,
    pub chains: Vec<&'static str>,
    pub products: Vec<&'static str>,
    pub strategic: bool,
    pub segment_years: i64,
    pub market_share: Option<i64>,
    pub domestic_rank: Option<i64>,
    pub global_rank: Option<i64>,
    pub land: i64,
    pub loans: i64,
}

/// What is not drawn: the day everything is judged by, and the firm's revenue.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    pub seed: u64,
    pub as_of: Date,
    pub plan: &'a Plan,
    pub income: Income,
}

pub fn facts(given: &Given) -> Facts {
    let Given { seed, as_of, plan, income } = *given;
    let mut random = SplitMix64::stream(seed, "firm-facts", plan.number as u64);
    let r = &mut random;
    let tier = plan.tier;
    let established = established(given, r);
    let certs = super::titles::certs(plan, r);
    let rd = rd_ratio(plan, &certs, r);
    let years = years(given, established, rd, &certs, r);
    let (inventions, patents, software) = patents(plan, rd > 0, &certs, r);
    let age = i64::from(established.years_between(as_of));
    let giant = certs.contains(&"little_giant");
    let chains = chains(plan, income.above_scale, r);
    Facts {
        established,
        capital: (around([6e5, 4e6, 3e7, 1.6e8][tier], 0.8, r) as i64 / 10_000).max(3) * 10_000,
        ownership: ["private", "state", "foreign", "hmt", "collective"][r.weighted(&[880, 45, 12, 23, 40])],
        credit_grade: ["A", "B", "C", "D"][r.weighted(&[380, 450, 140, 30])],
        listed_stage: LISTED
            [if tier < 2 { r.weighted(&[970, 18, 10, 1, 1, 0, 0, 0]) } else { r.weighted(&[760, 120, 50, 25, 20, 10, 13, 2]) }],
        above_scale: income.above_scale,
        dishonest: r.chance(0.015),
        abnormal: r.chance(0.025),
        incident: r.chance(0.008),
        evasion: r.chance(0.006),
        suspended: !income.above_scale && r.chance(0.03),
        audited: r.chance([0.62, 0.9, 0.99, 1.0][tier]),
        hometown: r.chance(0.09),
        inventions,
        patents,
        software,
        own_rd: rd > 0 && r.chance([0.15, 0.4, 0.8, 0.95][tier]),
        provincial_rd: rd > 0 && r.chance([0.0, 0.01, 0.12, 0.4][tier]),
        innovation_score: (rd > 0 && tier > 0).then(|| r.between(46, 92)),
        platform_score: (rd > 0 && tier > 0).then(|| r.between(if giant { 60 } else { 34 }, 88)),
        strategic: plan.trade.chain.is_some_and(|c| ["advanced_ceramics", "new_energy", "energy_saving", "software"].contains(&c)),
        products: products(plan, r),
        segment_years: r.between(age / 2, age),
        market_share: (tier >= 2 && rd > 0).then(|| around(if giant { 1400.0 } else { 260.0 }, 0.8, r) as i64).map(|s| s.min(8_000)),
        domestic_rank: (tier >= 2 && rd > 0).then(|| r.between(if giant { 1 } else { 4 }, if giant { 6 } else { 60 })),
        global_rank: (tier == 3 && rd > 0).then(|| r.between(2, 40)),
        land: land(plan, r),
        loans: if r.chance([0.25, 0.55, 0.8, 0.92][tier]) { round(permille(income.judged, r.between(20, 420))) } else { 0 },
        certs,
        chains,
        years,
    }
}

const LISTED: [&str; 8] = ["none", "reserve", "regional", "neeq", "counselling", "filed", "listed", "delisted"];

/// Some firms are younger than a year, which is what start-up policies ask; those that statistics count are not.
fn established(given: &Given, r: &mut SplitMix64) -> Date {
    let years = around([4.2, 7.0, 12.0, 17.0][given.plan.tier], 0.65, r).min(38.0);
    let days = (years * 365.25) as i32 + r.below(365) as i32;
    let drawn = given.as_of.add_days(-days.max(40));
    let latest = if given.income.published.is_some() { PUBLISHED_YEAR.min(given.as_of.year() - 1) } else { given.as_of.year() - 1 };
    let late = drawn.year() - latest;
    if given.income.above_scale && late > 0 { drawn.add_years(-late) } else { drawn }
}

fn rd_ratio(plan: &Plan, certs: &[&str], r: &mut SplitMix64) -> i64 {
    let titled = certs.iter().any(|c| ["high_tech", "tech_sme", "srdi", "little_giant", "innovative_sme"].contains(c));
    let likely = match plan.trade.sector {
        Sector::Industry => [0.22, 0.5, 0.85, 0.96][plan.tier],
        Sector::Software => 0.6,
        Sector::Service | Sector::Farming => 0.1,
        _ => 0.03,
    };
    let drawn = around(330.0, 0.6, r) as i64;
    match (titled, r.chance(likely)) {
        (true, _) => drawn.max(305) + r.between(0, 160),
        (false, true) => drawn.clamp(20, 3_000),
        (false, false) => 0,
    }
}

fn years(given: &Given, established: Date, rd: i64, certs: &[&str], r: &mut SplitMix64) -> Vec<Year> {
    let judged = given.as_of.year() - 1;
    let mut wanted = vec![judged, judged - 1, judged - 2];
    if given.income.published.is_some() && !wanted.contains(&PUBLISHED_YEAR) {
        wanted.push(PUBLISHED_YEAR);
    }
    let habit = Habit::draw(given.plan, rd, certs, r);
    let mut revenue = given.income.judged;
    let mut all = Vec::with_capacity(wanted.len());
    for year in wanted {
        let counted = given.income.published.filter(|_| year == PUBLISHED_YEAR && year != judged);
        revenue = match counted {
            Some(published) => published,
            None if year == judged => revenue,
            None => round((i128::from(revenue) * 1000 / i128::from(growth(r))) as i64),
        };
        // A young firm has no years before its first.
        if year < established.year() {
            continue;
        }
        all.push(habit.year(year, revenue, given.plan, r));
    }
    all
}

/// This year's revenue against last year's, in thousandths.
fn growth(r: &mut SplitMix64) -> i64 {
    let usual = 1055.0 + 110.0 * r.normal();
    let leap = if r.chance(0.08) { 1.0 + r.unit_f64() } else { 1.0 };
    ((usual * leap) as i64).clamp(420, 3_600)
}

/// What stays the same in a firm from year to year.
struct Habit {
    employees: f64,
    rd: i64,
    margin: i64,
    tax: i64,
    main: i64,
    export: i64,
    debt: i64,
    turnover: i64,
    insured: i64,
    rd_staff: i64,
    hightech: i64,
    energy: i64,
}

impl Habit {
    fn draw(plan: &Plan, rd: i64, certs: &[&str], r: &mut SplitMix64) -> Habit {
        let tier = plan.tier;
        let intensive = ["30", "31", "32", "26", "44"].contains(&plan.trade.division());
        Habit {
            employees: around(size::employees_median(plan.trade.sector)[tier], 0.55, r).max(1.0),
            rd,
            margin: r.between(-60, 190),
            tax: around(29.0, 0.6, r) as i64,
            main: if certs.contains(&"srdi") { r.between(805, 998) } else { r.between(640, 1000) },
            export: if plan.trade.is_industry() && r.chance([0.03, 0.12, 0.34, 0.55][tier]) { r.between(10, 420) } else { 0 },
            debt: r.between(180, 860),
            turnover: r.between(450, 1700),
            insured: r.between(520, 1000),
            rd_staff: if rd > 0 { r.between(40, 340) } else { 0 },
            hightech: if certs.contains(&"high_tech") {
                r.between(6_050, 9_800)
            } else if rd > 0 {
                r.between(500, 7_800)
            } else {
                0
            },
            energy: if intensive { r.between(60, 900) } else { r.between(3, 60) },
        }
    }

    fn year(&self, year: i32, revenue: i64, plan: &Plan, r: &mut SplitMix64) -> Year {
        let employees = ((self.employees * (0.92 + 0.16 * r.unit_f64())) as i64).max(1);
        let rd_ratio = if self.rd == 0 { 0 } else { (self.rd + r.between(-25, 25)).max(10) };
        let rd_spend = (i128::from(revenue) * i128::from(rd_ratio) / 10_000) as i64;
        let assets = round(permille(revenue, self.turnover + r.between(-40, 40))).max(20_000);
        let equipment = if plan.trade.is_industry() && r.chance([0.16, 0.4, 0.66, 0.8][plan.tier]) {
            round(permille(revenue, r.between(4, 160)))
        } else {
            0
        };
        let energy = (i128::from(revenue) * i128::from(self.energy) / 10_000) as i64;
        Year {
            year,
            revenue,
            main_revenue: round(permille(revenue, self.main)),
            costs: round(permille(revenue, 1000 - self.margin)),
            tax: round(permille(revenue, self.tax)),
            export: round(permille(revenue, self.export)),
            employees,
            insured: employees * self.insured / 1000,
            equipment,
            assets,
            liabilities: permille(assets, self.debt),
            equity: if plan.tier > 0 && self.rd > 300 && r.chance(0.05) { r.between(200, 9_000) * 10_000 } else { 0 },
            rd_spend,
            rd_ratio,
            rd_staff: employees * self.rd_staff / 1000,
            domestic_rd: if r.chance(0.94) { 10_000 } else { r.between(4_500, 9_900) },
            hightech_income: self.hightech,
            energy: energy / 10,
            power: energy / 4,
        }
    }
}

fn patents(plan: &Plan, rd: bool, certs: &[&str], r: &mut SplitMix64) -> (i64, i64, i64) {
    if !rd {
        return (0, 0, 0);
    }
    let mean = [0.5, 2.0, 7.0, 34.0][plan.tier];
    let titled = certs.iter().any(|c| ["high_tech", "srdi", "little_giant"].contains(c));
    let mut inventions = around(mean * 0.5, 1.1, r) as i64;
    if titled {
        inventions = inventions.max(1);
    }
    if certs.contains(&"little_giant") {
        inventions = inventions.max(4);
    }
    let software = if plan.trade.sector == Sector::Software { around(4.0, 0.8, r) as i64 } else { 0 };
    (inventions, inventions + around(mean, 1.0, r) as i64, software)
}

fn chains(plan: &Plan, above_scale: bool, r: &mut SplitMix64) -> Vec<&'static str> {
    let mut chains = match plan.place {
        Place::Valley(chain) => vec![chain],
        Place::EnergySaving => vec!["energy_saving"],
        Place::SmallCeramics => vec!["advanced_ceramics"],
        Place::Ordinary => {
            let own = plan.trade.chain.filter(|c| plan.trade.is_industry() || !super::calibrate::COUNTED.contains(c));
            own.filter(|_| r.chance(if above_scale { 0.85 } else { 0.6 })).into_iter().collect()
        }
    };
    // A second chain never is one that the published figures count.
    for (own, other) in [
        ("steel_materials", "automotive"),
        ("construction_machinery", "automotive"),
        ("advanced_ceramics", "digital_printing"),
        ("antimony", "hard_alloy"),
    ] {
        if chains.contains(&own) && r.chance(0.16) {
            chains.push(other);
        }
    }
    chains
}

fn products(plan: &Plan, r: &mut SplitMix64) -> Vec<&'static str> {
    let mut products: Vec<&'static str> = plan.trade.products.iter().copied().filter(|_| r.chance(0.62)).collect();
    if products.is_empty() {
        products.extend(plan.trade.products.first().copied().filter(|_| r.chance(0.8)));
    }
    products
}

/// Square metres.
fn land(plan: &Plan, r: &mut SplitMix64) -> i64 {
    let owns = match plan.trade.sector {
        Sector::Industry => [0.3, 0.6, 0.9, 0.98][plan.tier],
        Sector::Farming => 0.8,
        _ => 0.08,
    };
    if r.chance(owns) { around([2.2e3, 9e3, 4.2e4, 2.4e5][plan.tier], 0.7, r) as i64 } else { 0 }
}
