//! 湖南澜砺合金材料有限公司, the firm through whose eyes the demonstration is seen. Its numbers are those of the design's
//! pages; what it is asked is what is not on file here.
use super::calibrate::PERSONA_REVENUE;
use super::facts::{Facts, Year};
use liangu_base::Date;

/// Revenue, R&D spending, R&D share in basis points, employees, insured, equipment; the judged year first.
const YEARS: [(i64, i64, i64, i64, i64, i64); 3] = [
    (PERSONA_REVENUE, 7_740_000, 270, 312, 306, 22_500_000),
    (257_800_000, 7_992_000, 310, 301, 296, 6_400_000),
    (237_800_000, 7_134_000, 300, 288, 280, 3_100_000),
];

/// Not on file: what the firm will be asked, and what departments have not sent yet.
const UNKNOWN: [&str; 17] = [
    "class1_ip",
    "legal_person",
    "hometown_investor",
    "equity_raised",
    "domestic_rd_share",
    "hightech_income_ratio",
    "giant_in_group",
    "energy",
    "power",
    "innovation_score",
    "platform_score",
    "market_share",
    "domestic_rank",
    "global_rank",
    "recent_incident",
    "prohibited_products",
    "loan_outstanding",
];

pub fn on_file(field: &str, back: i32) -> bool {
    back > 2 || !UNKNOWN.contains(&field)
}

pub fn settle(facts: &mut Facts, as_of: Date) {
    let judged = as_of.year() - 1;
    for year in &mut facts.years {
        if let Some(numbers) = usize::try_from(judged - year.year).ok().and_then(|back| YEARS.get(back)) {
            settle_year(year, *numbers);
        }
    }
    facts.established = Date::from_ymd(2014, 5, 12).unwrap_or(as_of).min(as_of.add_years(-6));
    facts.capital = 60_000_000;
    facts.ownership = "private";
    facts.credit_grade = "A";
    facts.listed_stage = "reserve";
    facts.above_scale = true;
    (facts.dishonest, facts.abnormal, facts.incident, facts.evasion, facts.suspended, facts.audited) =
        (false, false, false, false, false, true);
    (facts.inventions, facts.patents, facts.software) = (1, 14, 0);
    (facts.own_rd, facts.provincial_rd) = (true, false);
    facts.certs = vec!["discharge_permit", "innovative_sme", "iso14001", "iso9001", "safety_permit"];
    facts.chains = vec!["antimony", "hard_alloy"];
    facts.products = vec!["alloy_powder"];
    facts.strategic = true;
    facts.segment_years = 11;
    // 41.6 mu.
    facts.land = 27_733;
}

fn settle_year(year: &mut Year, (revenue, rd_spend, rd_ratio, employees, insured, equipment): (i64, i64, i64, i64, i64, i64)) {
    year.revenue = revenue;
    year.main_revenue = revenue / 100 * 94;
    year.costs = revenue / 1000 * 927;
    year.tax = revenue / 1000 * 31;
    year.export = 4_600_000;
    (year.rd_spend, year.rd_ratio, year.rd_staff) = (rd_spend, rd_ratio, 38);
    (year.employees, year.insured) = (employees, insured);
    year.equipment = equipment;
    year.assets = revenue / 10 * 9;
    year.liabilities = year.assets / 100 * 47;
}
