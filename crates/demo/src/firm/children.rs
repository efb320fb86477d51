//! What belongs to a firm and is counted one by one: certificates, intellectual property, projects, awards, standards.
//!
//! Certificates and rights agree with the firm's own facts: one valid certificate for each title it holds, as many
//! inventions in force as it counts.
use super::entry::Shared;
use super::facts::Facts;
use super::plan::{PERSONA, Plan};
use crate::entry::Entry;
use crate::trades::Sector;
use liangu_base::random::RandomExt;
use liangu_base::{Fen, Id, SplitMix64};

/// The running numbers of each kind, so that ids stay apart over all firms.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    pub certificates: usize,
    pub rights: usize,
    pub projects: usize,
    pub awards: usize,
    pub standards: usize,
    /// What support asks for, by kind.
    pub support: std::collections::BTreeMap<&'static str, usize>,
}

/// Rights of one firm that are listed one by one; larger portfolios are counted in the firm's own facts only.
const LISTED_RIGHTS: i64 = 40;

pub fn children(shared: &Shared, plan: &Plan, facts: &Facts, firm: Id, counts: &mut Counts) -> Vec<Entry> {
    let mut random = SplitMix64::stream(shared.seed, "firm-children", plan.number as u64);
    let mut all = Vec::new();
    certificates(shared, facts, firm, counts, &mut random, &mut all);
    rights(shared, plan, facts, firm, counts, &mut random, &mut all);
    projects(shared, plan, facts, firm, counts, &mut random, &mut all);
    honours(shared, plan, facts, firm, counts, &mut random, &mut all);
    all
}

pub(super) fn child(record: &'static str, id: Id, firm: Id) -> Entry {
    Entry::new(record, id).with("enterprise", firm)
}

fn certificates(shared: &Shared, facts: &Facts, firm: Id, counts: &mut Counts, r: &mut SplitMix64, all: &mut Vec<Entry>) {
    for cert in &facts.certs {
        let issued = shared.as_of.add_days(-(r.between(40, 1000) as i32));
        let number = format!("示范证字{}{:06}", issued.year(), counts.certificates);
        let lasts = if cert.starts_with("iso") || ["high_tech", "srdi", "little_giant", "innovative_sme"].contains(cert) { 3 } else { 5 };
        all.push(
            child("certificate", shared.ids.of("certificate", counts.certificates), firm)
                .with("kind", *cert)
                .with("number", number)
                .with("issuer", issuer(cert))
                .with("issued", issued)
                .with("expires", issued.add_years(lasts))
                .with("synthetic", true),
        );
        counts.certificates += 1;
    }
}

fn issuer(cert: &str) -> &'static str {
    match cert {
        "high_tech" | "tech_sme" | "engineering_center" | "key_lab" => "湖南省科学技术厅",
        "discharge_permit" => "娄底市生态环境局",
        "safety_permit" => "湖南省应急管理厅",
        "farm_leader" => "湖南省农业农村厅",
        "aeo" => "海关",
        iso if iso.starts_with("iso") => "认证机构（示范）",
        _ => "湖南省工业和信息化厅",
    }
}

const OBJECTS: [&str; 14] = [
    "上料机构",
    "精整装置",
    "冷却系统",
    "检测方法",
    "密封结构",
    "成型模具",
    "除尘装置",
    "输送机构",
    "控制系统",
    "热处理工艺",
    "切割装置",
    "混料设备",
    "夹具",
    "制备方法",
];

fn rights(shared: &Shared, plan: &Plan, facts: &Facts, firm: Id, counts: &mut Counts, r: &mut SplitMix64, all: &mut Vec<Entry>) {
    let inventions = facts.inventions.min(LISTED_RIGHTS);
    let models = (facts.patents - facts.inventions).min(LISTED_RIGHTS - inventions);
    let software = facts.software.min(6);
    for (kind, count) in [("invention", inventions), ("utility_model", models), ("software_copyright", software)] {
        for _ in 0..count {
            let granted = shared.as_of.add_days(-(r.between(30, 2600) as i32)).max(facts.established);
            let name = format!("一种{}{}", r.pick(plan.trade.words), r.pick(&OBJECTS));
            all.push(
                child("ip_right", shared.ids.of("ip_right", counts.rights), firm)
                    .with("name", name)
                    .with("kind", kind)
                    .with("number", format!("ZL示范{}{:06}", granted.year(), counts.rights))
                    .with("granted", granted)
                    .with("active", true)
                    .with("applied", kind != "invention" || r.chance(0.8))
                    .with("bought", r.chance(0.06))
                    .with("holder_rank", 1)
                    .with("synthetic", true),
            );
            counts.rights += 1;
        }
    }
}

fn projects(shared: &Shared, plan: &Plan, facts: &Facts, firm: Id, counts: &mut Counts, r: &mut SplitMix64, all: &mut Vec<Entry>) {
    let likely = if plan.trade.is_industry() { [0.03, 0.12, 0.5, 0.85][plan.tier] } else { 0.01 };
    if plan.number != PERSONA && !r.chance(likely) {
        return;
    }
    let persona = plan.number == PERSONA;
    let (kind, noun) = if persona {
        ("upgrade", "高强薄板精整线改造")
    } else {
        *r.pick(&[("build", "新建生产线"), ("expand", "扩产"), ("upgrade", "技术改造"), ("rd", "研发中心"), ("digital", "数字化车间")])
    };
    let equipment = facts.years.first().map_or(0, |y| y.equipment).max(500_000);
    let total = equipment / 10 * r.between(13, 30);
    let filed = shared.as_of.add_days(-(if persona { 448 } else { r.between(60, 1100) } as i32));
    let started = filed.add_days(r.between(20, 200) as i32);
    let finished = started.add_days(r.between(120, 800) as i32);
    let name = if persona { noun.to_owned() } else { format!("{}{noun}项目", r.pick(plan.trade.words)) };
    let done = finished < shared.as_of && !persona;
    all.push(
        child("project", shared.ids.of("project", counts.projects), firm)
            .with("name", name)
            .with("kind", kind)
            .with("region", plan.region.code)
            .with("planned_investment", Fen::from_yuan(total / 10 * 9).fen())
            .with("total_investment", Fen::from_yuan(total).fen())
            .with("equipment", Fen::from_yuan(equipment).fen())
            .with("filed", filed)
            .maybe("started", (started < shared.as_of).then_some(started))
            .maybe("finished", done.then_some(finished))
            .with("accepted", done && r.chance(0.8))
            .with("synthetic", true),
    );
    counts.projects += 1;
}

fn honours(shared: &Shared, plan: &Plan, facts: &Facts, firm: Id, counts: &mut Counts, r: &mut SplitMix64, all: &mut Vec<Entry>) {
    if plan.number == PERSONA || plan.tier < 2 || facts.inventions == 0 {
        return;
    }
    let technical = plan.trade.is_industry() || plan.trade.sector == Sector::Software;
    if technical && r.chance(0.05) {
        let awarded = shared.as_of.add_days(-(r.between(60, 1600) as i32));
        all.push(
            child("award", shared.ids.of("award", counts.awards), firm)
                .with("name", format!("{}关键技术及应用", plan.trade.words[0]))
                .with("kind", if r.chance(0.1) { "national_science" } else { "provincial_science" })
                .with("place", r.between(1, 6))
                .with("awarded", awarded)
                .with("synthetic", true),
        );
        counts.awards += 1;
    }
    if technical && r.chance(0.12) {
        let published = shared.as_of.add_days(-(r.between(60, 2400) as i32));
        all.push(
            child("standard", shared.ids.of("standard", counts.standards), firm)
                .with("name", format!("{}技术规范", plan.trade.words[0]))
                .with("level", *r.pick(&["national", "industry", "local"]))
                .with("drafter_rank", r.between(1, 7))
                .with("published", published)
                .with("synthetic", true),
        );
        counts.standards += 1;
    }
}
