//! The published figures come out of the records, and records agree with themselves.
mod common;

use common::{day, demonstration, has, text, visit, yes};
use liangu_base::{CreditCode, Date, Id, Instant};
use liangu_demo::firm::plan::FIRMS;
use liangu_demo::policy::{IN_FORCE, POLICIES};
use liangu_demo::{Datum, Entry};
use std::collections::{BTreeMap, HashSet};

const VALLEY: [&str; 5] = ["steel_materials", "advanced_ceramics", "antimony", "new_energy", "building_materials"];

/// What the test adds up over all records.
#[derive(Default)]
struct Sums {
    counts: BTreeMap<&'static str, usize>,
    names: HashSet<String>,
    codes: HashSet<String>,
    ids: HashSet<Id>,
    valley: usize,
    ceramics: usize,
    ceramics_high_tech: usize,
    louxing_steel: usize,
    louxing_energy_saving: usize,
    /// Fen of the Materials Valley and of all above scale in the city, by year.
    valley_revenue: BTreeMap<i32, i64>,
    city_revenue: BTreeMap<i32, i64>,
    shaoyang_industries: usize,
    louxing_industries: usize,
    framework: BTreeMap<String, usize>,
    in_force: usize,
    /// Fen paid, and cases by how they came about, in Shaoyang County in 2023.
    paid: i64,
    paid_cases: BTreeMap<String, usize>,
    /// Requests to match of firms of the city up to the end of November 2023.
    asked: usize,
    numbers: HashSet<String>,
    wrong: Vec<String>,
}

impl Sums {
    fn add(&mut self, entry: &Entry) {
        *self.counts.entry(entry.record).or_insert(0) += 1;
        if !self.ids.insert(entry.id) {
            self.wrong.push(format!("{} {} twice", entry.record, entry.id));
        }
        match entry.record {
            "enterprise" => self.firm(entry),
            "park_industry" => {
                self.shaoyang_industries += usize::from(text(entry, "region") == "430523");
                self.louxing_industries += usize::from(text(entry, "region") == "431302");
            }
            "policy" => self.policy(entry),
            "claim" => self.claim(entry),
            "match_request" => self.request(entry),
            _ => {}
        }
    }

    fn firm(&mut self, firm: &Entry) {
        let code = text(firm, "credit_code").to_owned();
        if !code[8..].starts_with("DEM") || CreditCode::parse(&code).map_or(true, |c| c.organisation_warning().is_some()) {
            self.wrong.push(format!("code {code}"));
        }
        self.codes.insert(code);
        self.names.insert(text(firm, "name").to_owned());
        if !yes(firm, "synthetic") {
            self.wrong.push(format!("{} is not marked", text(firm, "name")));
        }
        let above = yes(firm, "above_scale");
        let (ceramics, louxing) = (has(firm, "chains", "advanced_ceramics"), text(firm, "region") == "431302");
        let valley = above && VALLEY.iter().any(|chain| has(firm, "chains", chain));
        self.valley += usize::from(valley);
        self.ceramics += usize::from(ceramics);
        self.ceramics_high_tech += usize::from(ceramics && has(firm, "certs", "high_tech"));
        self.louxing_steel += usize::from(above && louxing && has(firm, "chains", "steel_materials"));
        self.louxing_energy_saving += usize::from(above && louxing && has(firm, "chains", "energy_saving"));
        for (year, _) in &firm.years {
            self.year(firm, *year, above && text(firm, "region").starts_with("4313"), valley);
        }
        if firm.int("invention_patents") > firm.int("patents") && firm.get("patents").is_some() {
            self.wrong.push(format!("{}: inventions beyond patents", text(firm, "name")));
        }
    }

    fn year(&mut self, firm: &Entry, year: i32, counted: bool, valley: bool) {
        let int = |field: &str| match firm.get_year(year, field) {
            Some(Datum::Int(value)) => Some(*value),
            _ => None,
        };
        for (less, more) in [
            ("insured_employees", "employees"),
            ("rd_staff", "employees"),
            ("main_revenue", "revenue"),
            ("total_liabilities", "total_assets"),
        ] {
            if let (Some(a), Some(b)) = (int(less), int(more))
                && a > b
            {
                self.wrong.push(format!("{}: {less} {a} > {more} {b} in {year}", text(firm, "name")));
            }
        }
        if counted {
            *self.city_revenue.entry(year).or_insert(0) += int("revenue").unwrap_or(0);
            if valley {
                *self.valley_revenue.entry(year).or_insert(0) += int("revenue").unwrap_or(0);
            }
        }
    }

    /// Cases of earlier years: finished ones only, which rest on nothing that could be replayed.
    fn claim(&mut self, claim: &Entry) {
        let paid_in_2023 = matches!(claim.get("paid_on"), Some(Datum::Date(day)) if day.year() == 2023);
        if text(claim, "state") != "paid" || text(claim, "region") != "430523" || !paid_in_2023 || !yes(claim, "synthetic") {
            self.wrong.push(format!("{} is no paid case of the county", text(claim, "number")));
        }
        self.paid += claim.int("amount");
        *self.paid_cases.entry(text(claim, "origin").to_owned()).or_insert(0) += 1;
        self.numbered(claim);
    }

    fn request(&mut self, request: &Entry) {
        let until = Instant::start_of(Date::from_ymd(2023, 12, 1).unwrap());
        let before = matches!(request.get("requested_at"), Some(Datum::Instant(at)) if *at < until);
        self.asked += usize::from(before && text(request, "region").starts_with("4313"));
        self.numbered(request);
    }

    fn numbered(&mut self, entry: &Entry) {
        if !self.numbers.insert(text(entry, "number").to_owned()) {
            self.wrong.push(format!("{} twice", text(entry, "number")));
        }
    }

    fn policy(&mut self, policy: &Entry) {
        if text(policy, "framework") == "parks_1_3" {
            *self.framework.entry(text(policy, "document").to_owned()).or_insert(0) += 1;
        }
        let date = |field: &str| match policy.get(field) {
            Some(Datum::Date(date)) => Some(*date),
            _ => None,
        };
        self.in_force += usize::from(date("valid_from").is_none_or(|d| d <= day()) && date("valid_to").is_none_or(|d| d >= day()));
        let (real, number) = (text(policy, "series") == "real", text(policy, "number"));
        if !real && !number.contains("示范发〔") {
            self.wrong.push(format!("an invented policy is numbered {number}"));
        }
    }
}

#[test]
fn published_figures_are_recounted_from_records() {
    let mut sums = Sums::default();
    let accounts = visit(&demonstration(), |entry| sums.add(entry));
    assert_eq!(sums.wrong, Vec::<String>::new());
    assert_eq!(sums.counts["enterprise"], FIRMS);
    assert_eq!((sums.names.len(), sums.codes.len()), (FIRMS, FIRMS));
    assert_eq!(sums.counts["policy"], POLICIES, "F185");
    assert_eq!(accounts.len(), 65_120, "F186");
    assert_eq!(sums.in_force, IN_FORCE);
    assert_eq!(sums.valley, 430, "F012");
    for year in [2022, 2025] {
        let (valley, city) = (sums.valley_revenue[&year], sums.city_revenue[&year]);
        assert_eq!(valley, 208_170_000_000 * 100, "F013 in {year}");
        assert_eq!((valley * 1000 + city / 2) / city, 785, "F014 in {year}");
    }
    assert_eq!((sums.ceramics, sums.ceramics_high_tech), (236, 29), "F023, F024");
    assert_eq!((sums.louxing_steel, sums.louxing_energy_saving), (26, 28), "F328, F329");
    assert_eq!((sums.shaoyang_industries, sums.louxing_industries), (2, 3), "F067, F261");
    assert_eq!((sums.framework["main"], sums.framework["supporting"]), (1, 3), "F254, F255");
    assert_eq!(sums.paid, 48_602_194 * 100, "F110, 4,860.2194 万元 in fen");
    assert_eq!((sums.paid_cases["application"], sums.paid_cases["automatic"]), (24, 6), "F111, F112");
    assert_eq!((sums.asked, sums.counts["match_request"]), (14_180, 14_180), "F187");
}

#[test]
fn nobody_but_the_personas_has_a_way_in() {
    let accounts = demonstration().accounts();
    let personas: Vec<&str> = accounts.iter().filter_map(|a| a.persona).collect();
    assert_eq!(personas, ["firm", "officer", "reviewer", "finance", "park", "leader", "administrator"]);
    assert!(accounts.iter().all(|a| a.firm.is_some() || a.organisation.is_some()), "every account belongs somewhere");
    let logins: HashSet<&str> = accounts.iter().map(|a| a.login.as_str()).collect();
    assert_eq!(logins.len(), accounts.len());
}
