//! What support asks for one by one: entries on lists, people, loans, leases, products, months, and more of a project.
//! Sparse, from a stream of their own; the persona has none of it and is asked. Projects: [`super::support_projects`].
use super::children::{Counts, child};
use super::entry::Shared;
use super::facts::Facts;
use super::plan::{PERSONA, Plan};
use super::support::covers;
use crate::entry::{Datum, Entry};
use crate::trades::Sector;
use liangu_base::random::RandomExt;
use liangu_base::{Date, Fen, Id, SplitMix64};

/// One firm's part of the work.
pub(super) struct Making<'a> {
    pub shared: &'a Shared,
    pub plan: &'a Plan,
    pub facts: &'a Facts,
    pub firm: Id,
    pub counts: &'a mut Counts,
    pub r: SplitMix64,
    pub all: &'a mut Vec<Entry>,
}

/// Adds to the children of a firm.
pub fn extend(all: &mut Vec<Entry>, shared: &Shared, plan: &Plan, facts: &Facts, firm: Id, counts: &mut Counts) {
    if plan.number == PERSONA {
        return;
    }
    let r = SplitMix64::stream(shared.seed, "firm-support-children", plan.number as u64);
    let covered = covers(shared.seed, plan, facts);
    let mut making = Making { shared, plan, facts, firm, counts, r, all };
    making.certificates();
    making.lists();
    if covered {
        making.projects();
        making.people();
        making.loans();
        making.leases();
        making.trade();
        making.products();
        making.history();
        making.relations();
        making.months();
    }
}

pub(super) fn money(yuan: i64) -> Datum {
    Datum::Int(Fen::from_yuan(yuan).fen())
}

impl Making<'_> {
    pub fn add(&mut self, record: &'static str, make: impl FnOnce(Entry) -> Entry) {
        let number = self.counts.support.entry(record).or_insert(0);
        let id = self.shared.ids.of(record, *number);
        *number += 1;
        self.all.push(make(child(record, id, self.firm)).with("synthetic", true));
    }

    /// A day between so many days ago.
    pub fn ago(&mut self, least: i64, most: i64) -> Date {
        self.shared.as_of.add_days(-(self.r.between(least, most) as i32))
    }

    pub fn revenue(&self) -> i64 {
        self.facts.years.first().map_or(0, |y| y.revenue)
    }

    fn certificates(&mut self) {
        for (at, entry) in self.all.iter_mut().filter(|e| e.record == "certificate").enumerate() {
            let level = match entry.get("kind") {
                Some(Datum::Text(kind))
                    if ["little_giant", "key_little_giant", "single_champion", "high_tech"].contains(&kind.as_ref()) =>
                {
                    "national"
                }
                _ => "province",
            };
            entry.values.push(("level", level.into()));
            entry.values.push(("first", (!(self.plan.number + at).is_multiple_of(4)).into()));
        }
        for entry in self.all.iter_mut().filter(|e| e.record == "ip_right") {
            entry.values.push(("pledged", self.r.chance(0.02).into()));
        }
    }

    fn lists(&mut self) {
        const NEGATIVE: [&str; 7] =
            ["dishonest", "serious_dishonesty", "offence", "incident", "subsidy_fraud", "wage_arrears", "fiscal_arrears"];
        if self.r.chance(0.02) {
            let (list, listed) = (*self.r.pick(&NEGATIVE), self.ago(40, 2_000));
            let removed = listed.add_days(self.r.between(90, 900) as i32);
            let removed = (removed < self.shared.as_of).then_some(removed);
            self.add("list_entry", |e| {
                e.with("name", "公示信息（示范）").with("list", list).with("listed", listed).maybe("removed", removed)
            });
        }
        let industrial = self.plan.trade.is_industry();
        for (list, chance) in [("hunan_top100", 0.05), ("digital_pilot", 0.04), ("giant_fund", 0.01)] {
            let fits = industrial && if list == "hunan_top100" { self.plan.tier == 3 } else { self.plan.tier >= 1 };
            if fits && self.r.chance(chance) {
                let (listed, rank) = (self.ago(20, 800), self.r.between(20, 100));
                self.add("list_entry", |e| e.with("name", "入选名单（示范）").with("list", list).with("listed", listed).with("rank", rank));
            }
        }
    }

    fn people(&mut self) {
        const KINDS: [(&str, u32); 6] = [
            ("graduate_year", 30),
            ("graduate_two_years", 12),
            ("young_jobless", 10),
            ("registered_jobless", 22),
            ("returned_migrant", 12),
            ("other", 30),
        ];
        if !self.r.chance(0.12) {
            return;
        }
        for number in 0..self.r.between(1, 4) {
            let kind = KINDS[self.r.weighted(&KINDS.map(|k| k.1))].0;
            let hired = self.ago(20, 700);
            let months = i64::from(hired.months_between(self.shared.as_of));
            let degree = *self.r.pick(&["bachelor", "bachelor", "college", "master", "other", "doctor"]);
            let born = self.ago(22 * 365, 44 * 365);
            let graduate = kind.starts_with("graduate").then(|| hired.add_days(-(self.r.between(5, 600) as i32)));
            let (contract, settled) = (*self.r.pick(&[12, 24, 36, 36, 6]), self.r.chance(0.5));
            let subsidies: Vec<&'static str> = if self.r.chance(0.15) { vec!["hiring"] } else { Vec::new() };
            let name = format!("示范人员{}-{}", self.plan.number, number + 1);
            self.add("person", |e| {
                e.with("number", name)
                    .with("kind", kind)
                    .with("degree", degree)
                    .with("hired", hired)
                    .with("contract_months", contract)
                    .with("insured_months", months)
                    .maybe("graduated", graduate)
                    .with("born", born)
                    .with("settled", settled)
                    .with("subsidies", subsidies)
            });
        }
    }

    fn loans(&mut self) {
        if self.facts.loans == 0 || !self.r.chance(0.45) {
            return;
        }
        let small = self.plan.tier < 2;
        let purpose = if small && self.r.chance(0.15) {
            "startup"
        } else {
            *self.r.pick(&["working_capital", "working_capital", "project", "pledged_ip"])
        };
        let principal = (self.facts.loans / 100 * self.r.between(20, 100)).max(200_000);
        let (rate, months, started) = (self.r.between(300, 620), *self.r.pick(&[12, 24, 36]), self.ago(30, 900));
        self.add("loan", |e| {
            e.with("name", "银行贷款（示范）")
                .with("purpose", purpose)
                .with("principal", money(principal))
                .with("rate", rate)
                .with("months", months)
                .with("started", started)
                .with("interest_paid", money(principal / 10_000 * rate))
        });
    }

    fn leases(&mut self) {
        let likely = if self.facts.land > 0 { 0.03 } else { 0.35 };
        if !self.r.chance(likely) {
            return;
        }
        let (area, rent) = (self.r.between(60, 2_400), self.r.between(8, 45));
        let (state, started, code) = (self.r.chance(0.25), self.ago(60, 1_500), self.plan.region.code);
        self.add("lease", |e| {
            e.with("address", "租用场所（示范）")
                .with("region", code)
                .with("area", area)
                .with("state_owned", state)
                .with("unit_rent", money(rent))
                .with("paid", money(area * rent * 12))
                .with("started", started)
        });
    }

    /// Fairs, contracts, appraisals.
    fn trade(&mut self) {
        let exports = self.facts.years.first().is_some_and(|y| y.export > 0);
        if exports && self.r.chance(0.25) {
            let (fair, area, held) =
                (*self.r.pick(&["hannover", "ces", "gulfood", "automechanika", "other"]), self.r.between(9, 54), self.ago(30, 600));
            let fee = area * self.r.between(2_000, 4_800);
            self.add("booth", |e| {
                e.with("name", "境外展会（示范）")
                    .with("fair", fair)
                    .with("market", "goods")
                    .with("abroad", true)
                    .with("area", area)
                    .with("fee_paid", money(fee))
                    .with("held", held)
            });
            if self.r.chance(0.5) {
                self.add("support_claim", |e| {
                    e.with("policy", "境外展会支持（示范）")
                        .with("amount", money(fee / 10 * 7))
                        .with("spent", money(fee))
                        .with("claimed", held.add_days(20))
                });
            }
        }
        if self.plan.trade.sector == Sector::Software && self.r.chance(0.3) {
            let (amount, signed) = (self.r.between(10, 120) * 10_000, self.ago(60, 700));
            self.add("contract", |e| {
                e.with("name", "软件销售合同（示范）")
                    .with("kind", "sale")
                    .with("amount", money(amount))
                    .with("sequence", 1)
                    .with("signed", signed)
            });
        }
        if self.facts.inventions > 0 && self.r.chance(0.03) {
            let (amount, issued) = (self.r.between(1, 9) * 10_000, self.ago(30, 600));
            let number = format!("示范票{:06}", self.plan.number);
            self.add("invoice", |e| {
                e.with("number", number).with("item", "appraisal").with("amount", money(amount)).with("issued", issued)
            });
        }
        if self.plan.trade.sector == Sector::Service && self.r.chance(0.004) {
            let (amount, started) = (self.r.between(100, 900) * 10_000, self.ago(30, 600));
            self.add("guarantee", |e| {
                e.with("name", "担保业务（示范）")
                    .with("amount", money(amount))
                    .with("rate", 90)
                    .with("small_borrower", true)
                    .with("batch", false)
                    .with("started", started)
            });
        }
    }

    fn products(&mut self) {
        let Some(share) = self.facts.market_share else { return };
        let name = self.plan.trade.words[0];
        let certified = self.facts.certs.contains(&"first_set");
        let price = (self.revenue() / 1000 * self.r.between(1, 20)).max(10_000);
        let kind = *self.r.pick(&["set", "part", "material"]);
        let champion = self.facts.certs.contains(&"provincial_champion");
        let (years, rank) = match champion {
            true => (self.facts.segment_years.max(10), Some(self.r.between(1, 4))),
            false => (self.facts.segment_years, self.facts.global_rank),
        };
        if champion {
            let id = self.shared.ids.of("standard", self.counts.standards);
            self.counts.standards += 1;
            let published = self.ago(60, 900);
            let entry = child("standard", id, self.firm)
                .with("name", format!("{name}技术要求"))
                .with("level", "industry")
                .with("drafter_rank", 2)
                .with("published", published)
                .with("synthetic", true);
            self.all.push(entry);
        }
        let catalogues: Vec<&'static str> = if certified || self.r.chance(0.04) { vec!["first_set"] } else { Vec::new() };
        self.add("product_model", |e| {
            e.with("name", name)
                .with("kind", kind)
                .with("series", format!("{name}一型"))
                .with("catalogues", catalogues)
                .maybe("level", certified.then_some("province"))
                .with("unit_price", money(price))
                .with("market_share", share)
                .maybe("global_rank", rank)
                .with("years_made", years)
                .with("new_product", false)
        });
        if certified {
            let (started, rate) = (self.ago(30, 330), self.r.between(150, 420));
            self.add("insurance", |e| {
                e.with("name", "首台（套）综合保险（示范）")
                    .with("kind", "first_set")
                    .with("premium_paid", money(price / 10_000 * rate))
                    .with("rate", rate)
                    .with("started", started)
                    .with("product", name)
            });
        }
    }

    fn history(&mut self) {
        if self.r.chance(0.12) {
            let (policy, paid) = (
                *self.r.pick(&["长政办发〔2021〕10号", "工信部联重装〔2024〕89号", "财金〔2023〕75号", "园区技改奖补（示范）"]),
                self.ago(40, 1_000),
            );
            let amount = self.r.between(2, 60) * 10_000;
            self.add("support_grant", |e| {
                e.with("policy", policy).with("item", "奖补（示范）").with("amount", money(amount)).with("paid", paid).with("level", "city")
            });
        }
    }

    fn relations(&mut self) {
        if self.plan.tier == 3 && self.r.chance(0.4) {
            for number in 0..self.r.between(1, 4) {
                let region = *self.r.pick(&["430100", "431302", "431382", "440300", "430200"]);
                let share = self.r.between(2_000, 10_000);
                self.add("related_firm", |e| {
                    e.with("name", format!("关联企业（示范）{}", number + 1))
                        .with("region", region)
                        .with("share", share)
                        .with("branch", false)
                });
            }
        }
        let step = match self.facts.listed_stage {
            "counselling" => Some("counselling"),
            "filed" => Some("accepted"),
            "listed" => Some("listed"),
            "neeq" => Some("neeq"),
            _ => None,
        };
        if let Some(step) = step {
            let reached = self.ago(60, 1_400);
            let board = if step == "neeq" { "neeq" } else { *self.r.pick(&["main", "chinext", "bse", "star"]) };
            let local = if step == "listed" { self.r.between(10, 900) * 1_000_000 } else { 0 };
            self.add("listing_progress", |e| {
                e.with("name", "上市进展（示范）")
                    .with("step", step)
                    .with("board", board)
                    .with("reached", reached)
                    .with("local_investment", money(local))
            });
        }
    }

    /// Of large firms only: the months of the judged year and those since.
    fn months(&mut self) {
        if self.plan.tier < 3 || !self.plan.trade.is_industry() || !self.r.chance(0.5) {
            return;
        }
        let (judged, today) = (self.shared.as_of.year() - 1, self.shared.as_of);
        let (usual, tax) = self.facts.years.first().map_or((0, 0), |y| (y.revenue / 12, y.tax / 12));
        let power = self.facts.years.first().map_or(0, |y| y.power / 12);
        let days = (judged..=judged + 1).flat_map(|year| (1..=12).filter_map(move |month| Date::from_ymd(year, month, 1)));
        for day in days.filter(|day| day.add_days(31) < today) {
            let level = self.r.between(80, 122);
            let (taxed, used) = (self.r.between(70, 130), self.r.between(85, 115));
            let bought = self.r.between(10, 40);
            self.add("firm_month", |e| {
                e.with("name", format!("{}-{:02}", day.year(), day.month()))
                    .with("month", day)
                    .with("output", money(usual / 100 * level))
                    .with("tax", money(tax / 100 * taxed))
                    .with("power", power * used / 100)
                    .with("local_purchases", money(usual / 100 * bought))
            });
        }
    }
}
