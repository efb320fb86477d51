//! Titles and certificates, each with those it presupposes.
use super::plan::{Place, Plan};
use crate::trades::Sector;
use liangu_base::SplitMix64;
use liangu_base::random::RandomExt;

/// Chance in ten thousand for micro to large firms, for industry and software (`true`) or for everyone.
const CHANCES: [(&str, bool, [u32; 4]); 22] = [
    ("tech_sme", true, [500, 1700, 1500, 0]),
    ("innovative_sme", true, [120, 1500, 2600, 0]),
    ("high_tech", true, [60, 900, 3200, 5200]),
    ("srdi", true, [0, 330, 1700, 0]),
    ("little_giant", true, [0, 12, 330, 0]),
    ("gazelle", true, [0, 40, 160, 60]),
    ("green_factory", true, [0, 20, 500, 2600]),
    ("smart_factory", true, [0, 6, 180, 1500]),
    ("digital_workshop", true, [0, 60, 600, 1900]),
    ("single_champion", true, [0, 0, 20, 500]),
    ("tech_center", true, [0, 50, 900, 3600]),
    ("engineering_center", true, [0, 20, 280, 1300]),
    ("key_lab", true, [0, 4, 60, 700]),
    ("design_center", true, [0, 10, 80, 500]),
    ("discharge_permit", true, [2600, 4800, 8000, 9600]),
    ("safety_permit", true, [500, 1100, 1900, 3000]),
    ("iso9001", false, [420, 2100, 5600, 8600]),
    ("iso14001", false, [120, 900, 3800, 7600]),
    ("iso45001", false, [90, 700, 3000, 6800]),
    ("iso50001", true, [0, 60, 700, 3200]),
    ("quality_award", false, [2, 14, 160, 900]),
    ("aeo", true, [0, 10, 160, 900]),
];

pub fn certs(plan: &Plan, r: &mut SplitMix64) -> Vec<&'static str> {
    let technical = plan.trade.is_industry() || plan.trade.sector == Sector::Software;
    let mut certs: Vec<&'static str> = Vec::new();
    for (cert, technical_only, chances) in CHANCES {
        let drawn = r.below(10_000) < u64::from(chances[plan.tier]);
        if drawn && (technical || !technical_only) {
            certs.push(cert);
        }
    }
    let ceramics = matches!(plan.place, Place::SmallCeramics | Place::Valley("advanced_ceramics"));
    if ceramics {
        // Exactly the planned ones are high-tech, and nothing that presupposes it is drawn beside.
        certs.retain(|c| *c != "high_tech");
        if plan.ceramic_high_tech {
            certs.push("high_tech");
        }
    }
    presuppose(&mut certs, "little_giant", "srdi");
    presuppose(&mut certs, "srdi", "innovative_sme");
    if plan.trade.sector == Sector::Farming && r.chance([0.01, 0.12, 0.5, 0.9][plan.tier]) {
        certs.push("farm_leader");
    }
    if plan.trade.sector == Sector::Software && plan.tier > 0 && r.chance(0.2) {
        certs.push("cmmi");
    }
    if plan.tier == 3 && r.chance(0.12) {
        certs.push("headquarters");
    }
    certs.sort_unstable();
    certs
}

fn presuppose(certs: &mut Vec<&'static str>, title: &str, below: &'static str) {
    if certs.contains(&title) && !certs.contains(&below) {
        certs.push(below);
    }
}
