//! A firm as a record: the facts that are on file, each with its source and day.
use super::facts::{Facts, Year};
use super::known::{File, SUPPLIES, Supply};
use super::persona;
use super::plan::{PERSONA, Place, Plan};
use crate::codes::credit_code;
use crate::entry::{Datum, Entry, FactMark};
use crate::ids::Ids;
use crate::names;
use crate::trades::Sector;
use liangu_base::random::RandomExt;
use liangu_base::sme_size::{SizeAnswer, SizeFacts, SizeTable};
use liangu_base::{CodeTree, Date, Fen};

/// What all firms share.
#[derive(Debug)]
pub struct Shared {
    pub seed: u64,
    pub as_of: Date,
    pub ids: Ids,
    pub sizes: SizeTable,
    pub industries: CodeTree,
}

/// Fen from whole yuan.
fn money(yuan: i64) -> Datum {
    Datum::Int(Fen::from_yuan(yuan).fen())
}

pub fn entry(shared: &Shared, plan: &Plan, facts: &Facts) -> Entry {
    let mut file = File::new(shared.seed, plan.number, plan.tier, shared.as_of);
    let mut entry = Entry::new("enterprise", shared.ids.of("enterprise", plan.number)).with("name", plan.name.clone());
    let kind = if plan.cooperative { "93" } else { "91" };
    entry = entry.with("credit_code", credit_code(kind, plan.region.code, plan.number));
    for supply in SUPPLIES.iter().filter(|s| s.yearly) {
        yearly(&mut entry, supply, plan, facts, &mut file, shared.as_of);
    }
    for supply in SUPPLIES.iter().filter(|s| !s.yearly) {
        let Some(value) = value(supply.field, shared, plan, facts, &entry) else { continue };
        if on_file(supply, plan, facts, &mut file) {
            put(&mut entry, supply, None, value, &mut file);
        }
    }
    second_opinion(&mut entry, shared, plan, &mut file);
    let random = file.random();
    entry.values.push(("contact_name", if plan.number == PERSONA { "周岚".into() } else { names::person(random).into() }));
    entry.values.push(("contact_phone", names::phone(random).into()));
    entry
}

fn put(entry: &mut Entry, supply: &Supply, year: Option<i32>, value: Datum, file: &mut File) {
    let as_of = file.day(supply, year);
    match year {
        None => entry.values.push((supply.field, value)),
        Some(year) => match entry.years.iter_mut().find(|(y, _)| *y == year) {
            Some((_, values)) => values.push((supply.field, value)),
            None => entry.years.push((year, vec![(supply.field, value)])),
        },
    }
    if !["address", "synthetic"].contains(&supply.field) {
        entry.facts.push(FactMark { field: supply.field, year, value: None, source: supply.source, as_of });
    }
}

/// Whether the fact is on file. What the published figures count always is.
fn on_file(supply: &Supply, plan: &Plan, facts: &Facts, file: &mut File) -> bool {
    let drawn = file.has(supply);
    if plan.number == PERSONA {
        return persona::on_file(supply.field, 0);
    }
    let counted = match plan.place {
        Place::Ordinary => facts.above_scale && supply.field == "above_scale",
        Place::SmallCeramics => ["certs", "chains", "above_scale"].contains(&supply.field),
        Place::Valley(_) | Place::EnergySaving => ["certs", "chains", "above_scale", "industry", "size_class"].contains(&supply.field),
    };
    drawn || counted
}

fn yearly(entry: &mut Entry, supply: &Supply, plan: &Plan, facts: &Facts, file: &mut File, as_of: Date) {
    let reported = on_file(supply, plan, facts, file);
    for year in &facts.years {
        let back = as_of.year() - 1 - year.year;
        // Statistics of firms above scale are whole in revenue; otherwise a year may be missing on its own.
        let whole = supply.field == "revenue" && facts.above_scale;
        let missing = file.chance(if back == 0 { 0.02 } else { 0.05 });
        let on_file = if plan.number == PERSONA { persona::on_file(supply.field, back) } else { reported && !missing };
        if (whole || on_file) && (back <= 2 || supply.field == "revenue") {
            put(entry, supply, Some(year.year), year_value(supply.field, year), file);
        }
    }
}

fn year_value(field: &str, year: &Year) -> Datum {
    match field {
        "revenue" => money(year.revenue),
        "main_revenue" => money(year.main_revenue),
        "costs" => money(year.costs),
        "tax_paid" => money(year.tax),
        "export_value" => money(year.export),
        "employees" => year.employees.into(),
        "insured_employees" => year.insured.into(),
        "equipment_investment" => money(year.equipment),
        "total_assets" => money(year.assets),
        "total_liabilities" => money(year.liabilities),
        "equity_raised" => money(year.equity),
        "rd_spend" => money(year.rd_spend),
        "rd_ratio" => year.rd_ratio.into(),
        "rd_staff" => year.rd_staff.into(),
        "domestic_rd_share" => year.domestic_rd.into(),
        "hightech_income_ratio" => year.hightech_income.into(),
        "energy" => year.energy.into(),
        "power" => year.power.into(),
        other => unreachable!("the demonstration has no yearly fact {other}"),
    }
}

fn value(field: &str, shared: &Shared, plan: &Plan, facts: &Facts, so_far: &Entry) -> Option<Datum> {
    Some(match field {
        "region" => plan.region.code.into(),
        "park" => shared.ids.of("park", plan.park?).into(),
        "industry" => plan.trade.code.into(),
        "ownership" => facts.ownership.into(),
        "established" => facts.established.into(),
        "registered_capital" => money(facts.capital),
        "legal_person" | "resident_enterprise" => true.into(),
        "hometown_investor" => facts.hometown.into(),
        "credit_grade" => facts.credit_grade.into(),
        "dishonest" => facts.dishonest.into(),
        "abnormal_listed" => facts.abnormal.into(),
        "major_incident" => facts.incident.into(),
        "recent_incident" => false.into(),
        "tax_evasion" => facts.evasion.into(),
        "prohibited_products" => false.into(),
        "suspended" => facts.suspended.into(),
        "audited_accounts" => facts.audited.into(),
        "size_class" => size_class(shared, plan, so_far)?.into(),
        "above_scale" => facts.above_scale.into(),
        "loan_outstanding" => money(facts.loans),
        "listed_stage" => facts.listed_stage.into(),
        "invention_patents" | "class1_ip" => facts.inventions.into(),
        "patents" => facts.patents.into(),
        "class2_ip" => (facts.patents - facts.inventions + facts.software).into(),
        "own_rd_institution" => facts.own_rd.into(),
        "provincial_rd_institution" => facts.provincial_rd.into(),
        "innovation_score" => facts.innovation_score?.into(),
        "platform_score" => facts.platform_score?.into(),
        "certs" => facts.certs.clone().into(),
        "chains" => facts.chains.clone().into(),
        "products" => facts.products.clone().into(),
        "strategic_emerging" => facts.strategic.into(),
        "years_in_segment" => facts.segment_years.into(),
        "market_share" => facts.market_share?.into(),
        "domestic_rank" => facts.domestic_rank?.into(),
        "global_rank" => facts.global_rank?.into(),
        "giant_in_group" => false.into(),
        "land_area" => facts.land.into(),
        "address" => address(shared, plan).into(),
        _ => true.into(),
    })
}

/// The class that the national table gives for what is on file. Where what is missing decides, there is none.
fn size_class(shared: &Shared, plan: &Plan, so_far: &Entry) -> Option<&'static str> {
    let year = shared.as_of.year() - 1;
    let int = |field: &str| match so_far.get_year(year, field) {
        Some(Datum::Int(value)) => Some(*value),
        _ => None,
    };
    let known = SizeFacts { employees: int("employees"), revenue: int("revenue").map(Fen), assets: int("total_assets").map(Fen) };
    match shared.sizes.classify(&shared.industries, plan.trade.code, &known) {
        Ok(SizeAnswer::Known(class)) => Some(["micro", "small", "medium", "large"][class as usize]),
        Ok(SizeAnswer::Unknown { .. } | SizeAnswer::NotCovered) | Err(_) => None,
    }
}

const VILLAGES: [&str; 12] = ["青山", "白石", "桥头", "荷塘", "枫树", "清溪", "双江", "竹山", "洪家", "大坪", "石门", "花园"];

fn address(shared: &Shared, plan: &Plan) -> String {
    let mut random = liangu_base::SplitMix64::stream(shared.seed, "firm-address", plan.number as u64);
    let street = random.pick(plan.region.streets);
    let number = random.between(1, 388);
    match plan.park {
        Some(park) => format!("{}{street} {number} 号", crate::places::PARKS[park].name.zh),
        None if plan.trade.sector == Sector::Farming => format!("{}{}村", plan.region.name.zh, random.pick(&VILLAGES)),
        None => format!("{}{street} {number} 号", plan.region.name.zh),
    }
}

/// Now and then a second source says something else, so that conflicts can be seen: the firm counts its own people.
fn second_opinion(entry: &mut Entry, shared: &Shared, plan: &Plan, file: &mut File) {
    let year = shared.as_of.year() - 1;
    let Some(Datum::Int(people)) = entry.get_year(year, "employees").cloned() else { return };
    if plan.number == PERSONA || file.chance(0.02) {
        let said = people + 1 + people / 52;
        let as_of = shared.as_of.add_days(-20);
        entry.facts.push(FactMark { field: "employees", year: Some(year), value: Some(Box::new(said.into())), source: "firm", as_of });
    }
}
