//! What is on file of a firm, who said it and as of when.
//!
//! A fact is missing more often the smaller the firm, and for one firm the facts of one source are missing together:
//! a department that never sent its file has sent nothing. Missing is absent, never zero.
use liangu_base::random::RandomExt;
use liangu_base::{Date, SplitMix64};

/// Where a fact comes from and how often it is missing.
#[derive(Debug)]
pub struct Supply {
    pub field: &'static str,
    pub source: &'static str,
    /// Firms without it, in thousandths, for a small firm.
    missing: u32,
    pub yearly: bool,
}

const fn now(field: &'static str, source: &'static str, missing: u32) -> Supply {
    Supply { field, source, missing, yearly: false }
}
const fn yearly(field: &'static str, source: &'static str, missing: u32) -> Supply {
    Supply { field, source, missing, yearly: true }
}

/// Every fact of a firm that the demonstration fills.
pub static SUPPLIES: [Supply; 60] = [
    now("region", "market_regulation", 0),
    now("park", "park", 20),
    now("industry", "market_regulation", 8),
    now("ownership", "market_regulation", 15),
    now("established", "market_regulation", 0),
    now("registered_capital", "market_regulation", 10),
    now("legal_person", "market_regulation", 120),
    now("resident_enterprise", "tax", 160),
    now("hometown_investor", "firm", 620),
    now("credit_grade", "credit", 190),
    now("dishonest", "credit", 25),
    now("abnormal_listed", "market_regulation", 12),
    now("major_incident", "emergency", 140),
    now("recent_incident", "emergency", 150),
    now("tax_evasion", "tax", 120),
    now("prohibited_products", "industry", 520),
    now("suspended", "statistics", 260),
    now("audited_accounts", "tax", 90),
    now("size_class", "industry", 20),
    now("above_scale", "statistics", 45),
    yearly("revenue", "tax", 150),
    yearly("main_revenue", "tax", 230),
    yearly("costs", "tax", 220),
    yearly("tax_paid", "tax", 130),
    yearly("export_value", "tax", 180),
    yearly("employees", "statistics", 90),
    yearly("insured_employees", "social_security", 110),
    yearly("equipment_investment", "tax", 250),
    yearly("total_assets", "tax", 200),
    yearly("total_liabilities", "tax", 200),
    yearly("equity_raised", "firm", 560),
    now("loan_outstanding", "bank", 270),
    now("listed_stage", "industry", 30),
    yearly("rd_spend", "science", 240),
    yearly("rd_ratio", "science", 240),
    yearly("rd_staff", "science", 260),
    yearly("domestic_rd_share", "firm", 540),
    yearly("hightech_income_ratio", "firm", 500),
    now("invention_patents", "market_regulation", 70),
    now("patents", "market_regulation", 70),
    now("class1_ip", "market_regulation", 90),
    now("class2_ip", "market_regulation", 90),
    now("own_rd_institution", "science", 380),
    now("provincial_rd_institution", "science", 60),
    now("innovation_score", "firm", 600),
    now("platform_score", "industry", 520),
    now("certs", "industry", 40),
    now("chains", "industry", 130),
    now("products", "industry", 240),
    now("strategic_emerging", "statistics", 280),
    now("years_in_segment", "firm", 420),
    now("market_share", "firm", 400),
    now("domestic_rank", "firm", 500),
    now("global_rank", "firm", 500),
    now("giant_in_group", "firm", 560),
    now("land_area", "natural_resources", 240),
    yearly("energy", "power", 300),
    yearly("power", "power", 280),
    now("address", "market_regulation", 0),
    now("synthetic", "system", 0),
];

pub fn supply(field: &str) -> Option<&'static Supply> {
    SUPPLIES.iter().find(|s| s.field == field)
}

/// Times a fact is as often missing as for a small firm, in thousandths, for micro to large.
const BY_SIZE: [u32; 4] = [1150, 900, 500, 220];

/// Decides fact by fact what is on file; one stream per firm.
#[derive(Debug)]
pub struct File {
    random: SplitMix64,
    times: u32,
    /// Sources that never sent anything about this firm.
    silent: Vec<&'static str>,
    as_of: Date,
}

impl File {
    pub fn new(seed: u64, number: usize, tier: usize, as_of: Date) -> File {
        let mut random = SplitMix64::stream(seed, "firm-known", number as u64);
        let mut silent = Vec::new();
        for (source, missing) in [("science", 60u64), ("power", 80), ("bank", 90), ("natural_resources", 60), ("social_security", 20)] {
            if random.below(1000) * 1000 < missing * u64::from(BY_SIZE[tier]) {
                silent.push(source);
            }
        }
        File { random, times: BY_SIZE[tier], silent, as_of }
    }

    pub fn has(&mut self, supply: &Supply) -> bool {
        let missing = u64::from(supply.missing) * u64::from(self.times) / 1000;
        let drawn = self.random.below(1000);
        drawn >= missing && !self.silent.contains(&supply.source)
    }

    /// The day a fact was true by its source: yearly returns in spring of the next year, registers within some months.
    pub fn day(&mut self, supply: &Supply, year: Option<i32>) -> Date {
        let day = match (year, supply.source) {
            (Some(year), "tax") => Date::from_ymd(year + 1, 5, 31).map(|d| d.add_days(-(self.random.below(50) as i32))),
            (Some(year), _) => Date::from_ymd(year + 1, 3, 31).map(|d| d.add_days(self.random.below(120) as i32 - 60)),
            (None, "market_regulation" | "credit" | "social_security") => Some(self.as_of.add_days(-(self.random.below(45) as i32) - 1)),
            (None, "firm") => Some(self.as_of.add_days(-(self.random.below(420) as i32) - 3)),
            (None, _) => Some(self.as_of.add_days(-(self.random.below(240) as i32) - 2)),
        };
        day.unwrap_or(self.as_of).min(self.as_of)
    }

    pub fn chance(&mut self, p: f64) -> bool {
        self.random.chance(p)
    }

    pub fn random(&mut self) -> &mut SplitMix64 {
        &mut self.random
    }
}
