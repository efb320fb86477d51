//! Revenues that meet the published sums: the Materials Valley's 2081.7 亿元 (F013) and, with it, 78.5 % of what all firms
//! above scale in the city take in (F014), for the judged year and for 2022.
//!
//! What a firm takes above its statistical line is stretched by one factor for all, so nobody falls below the line
//! and the order of firms stays.
use super::plan::{PERSONA, Place, Plan};
use super::size;
use liangu_base::SplitMix64;
use liangu_base::random::RandomExt;
use liangu_base::sme_size::ScaleLines;
use liangu_base::{CodeTree, Fen};

/// 2081.7 亿元, in yuan.
pub const VALLEY_REVENUE: i64 = 208_170_000_000;
/// With the valley's revenue it makes a share of 78.5 %.
pub const OTHER_REVENUE: i64 = 57_015_000_000;
/// The year of the published figures.
pub const PUBLISHED_YEAR: i32 = 2022;
/// As on the persona's page.
pub const PERSONA_REVENUE: i64 = 286_670_000;

/// What a firm takes in, in yuan.
#[derive(Clone, Copy, Debug)]
pub struct Income {
    pub judged: i64,
    /// For firms above scale in the city.
    pub published: Option<i64>,
    pub above_scale: bool,
    /// The yearly revenue from which statistics count the firm; 0 where revenue does not decide.
    pub line: i64,
}

pub fn incomes(seed: u64, plans: &[Plan], lines: &ScaleLines, industries: &CodeTree) -> Vec<Income> {
    let mut all: Vec<Income> = plans.iter().map(|plan| draw(seed, plan, line(plan, lines, industries))).collect();
    let counted = |plan: &Plan, income: &Income, valley: bool| {
        income.above_scale && plan.region.in_city() && plan.number != PERSONA && matches!(plan.place, Place::Valley(_)) == valley
    };
    for (valley, target) in [(true, VALLEY_REVENUE), (false, OTHER_REVENUE)] {
        let members: Vec<usize> = (0..plans.len()).filter(|i| counted(&plans[*i], &all[*i], valley)).collect();
        let fixed = if valley { PERSONA_REVENUE } else { 0 };
        stretch(&members, target - fixed, &mut all, |income| &mut income.judged);
        let fixed = if valley { all[PERSONA].published.unwrap_or_default() } else { 0 };
        stretch(&members, target - fixed, &mut all, |income| income.published.get_or_insert(0));
    }
    all
}

fn line(plan: &Plan, lines: &ScaleLines, industries: &CodeTree) -> i64 {
    let found = lines.line(industries, plan.trade.code).ok().flatten();
    found.and_then(|line| line.revenue()).map_or(0, |fen: Fen| fen.fen() / 100)
}

fn draw(seed: u64, plan: &Plan, line: i64) -> Income {
    let mut random = SplitMix64::stream(seed, "firm-revenue", plan.number as u64);
    let mut judged = size::revenue(plan.trade.sector, plan.tier, &mut random);
    let above_scale = if plan.place.above_scale() {
        judged = judged.max(line + line / 20 + judged / 3);
        true
    } else if stays_below(plan) {
        judged = judged.min(line / 1000 * random.between(250, 985));
        false
    } else if line == 0 {
        plan.tier >= 1 && plan.trade.sector != crate::trades::Sector::Farming && random.chance(0.3)
    } else {
        judged >= line && random.chance(0.93)
    };
    if plan.number == PERSONA {
        judged = PERSONA_REVENUE;
    }
    let before = permille_before(plan, &mut random);
    let published = (above_scale && plan.region.in_city()).then(|| size::permille(judged, before).max(line + line / 50));
    Income { judged, published, above_scale, line }
}

/// Revenue of 2022 against the judged year.
fn permille_before(plan: &Plan, random: &mut SplitMix64) -> i64 {
    if plan.number == PERSONA { 760 } else { random.between(620, 1180) }
}

/// Firms whose chain the published figures count stay below the line unless the plan put them there, so that the
/// counts are exact.
fn stays_below(plan: &Plan) -> bool {
    plan.place == Place::SmallCeramics || (plan.trade.is_industry() && plan.trade.chain.is_some_and(|chain| COUNTED.contains(&chain)))
}

/// Chains whose firms above scale are counted.
pub const COUNTED: [&str; 6] = ["steel_materials", "advanced_ceramics", "antimony", "new_energy", "building_materials", "energy_saving"];

fn stretch(members: &[usize], target: i64, all: &mut [Income], value: impl Fn(&mut Income) -> &mut i64) {
    let floor: i64 = members.iter().map(|i| all[*i].line).sum();
    let mut excess: i64 = 0;
    for i in members {
        excess += (*value(&mut all[*i]) - all[*i].line).max(0);
    }
    let room = i128::from((target - floor).max(0));
    let mut given = 0;
    for i in members {
        let line = all[*i].line;
        let revenue = value(&mut all[*i]);
        let stretched = i128::from((*revenue - line).max(0)) * room / i128::from(excess.max(1));
        *revenue = size::round(line + i64::try_from(stretched).unwrap_or_default());
        given += *revenue;
    }
    // What rounding left goes to the largest.
    if let Some(largest) = members.iter().copied().max_by_key(|i| all[*i].judged) {
        *value(&mut all[largest]) += target - given;
    }
}
