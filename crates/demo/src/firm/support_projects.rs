//! Projects as support asks for them: what was invested in what, and now and then one of another kind or size.
use super::children::child;
use super::support_children::{Making, money};
use crate::entry::Datum;
use liangu_base::random::RandomExt;

impl Making<'_> {
    /// More of the projects there are, and now and then one of another kind.
    pub fn projects(&mut self) {
        let zone = (self.plan.park.is_some() && self.plan.region.in_city()).then_some("loudi_parks");
        if self.plan.trade.is_industry() && self.r.chance(0.08) {
            let kind = *self.r.pick(&["standard_plant", "chain_gap", "open_topic", "energy", "upgrade", "digital"]);
            let total = (self.revenue() / 100 * self.r.between(5, 120)).max(2_000_000);
            let filed = self.ago(100, 1_400);
            let started = filed.add_days(self.r.between(10, 120) as i32);
            let finished = started.add_days(self.r.between(150, 700) as i32);
            let done = finished < self.shared.as_of;
            let id = self.shared.ids.of("project", self.counts.projects);
            self.counts.projects += 1;
            let entry = child("project", id, self.firm)
                .with("name", format!("{}（补充）项目", self.plan.trade.words[0]))
                .with("kind", kind)
                .with("region", self.plan.region.code)
                .with("total_investment", money(total))
                .with("equipment", money(total / 2))
                .with("filed", filed)
                .maybe("started", (started < self.shared.as_of).then_some(started))
                .maybe("finished", done.then_some(finished))
                .with("accepted", done)
                .with("synthetic", true);
            self.all.push(entry);
        }
        self.large_project();
        let Making { all, r, .. } = self;
        for entry in all.iter_mut().filter(|e| e.record == "project") {
            let (total, equipment) = (entry.int("total_investment"), entry.int("equipment"));
            let mut put = |field, value: Datum| entry.values.push((field, value));
            put("fixed_investment", (total / 10 * r.between(7, 10)).into());
            put("first_year_investment", (total / 10 * r.between(2, 8)).into());
            put("equipment_paid", (equipment / 10 * r.between(4, 10)).into());
            put("entry_equipment", (equipment / 10 * r.between(3, 10)).into());
            put("local_equipment", (equipment / 10 * r.between(0, 4)).into());
            put("software_investment", (equipment / 100 * r.between(0, 18)).into());
            put("plant_investment", (total / 100 * r.between(0, 25)).into());
            put("land_price", (total / 100 * r.between(0, 12)).into());
            put("land_bought", r.chance(0.4).into());
            put("pv_investment", (total / 100 * r.between(0, 6)).into());
            put("funds_received", (total / 10 * r.between(2, 10)).into());
            put("plant_area", r.between(800, 42_000).into());
            put("in_statistics", r.chance(0.7).into());
            put("permits_complete", r.chance(0.9).into());
            put("consortium", r.chance(0.1).into());
            put("energy_saved", r.between(0, 900_000).into());
            if let Some(zone) = zone {
                put("zone", zone.into());
            }
        }
    }

    /// A project beyond a billion yuan, with a loan of its own.
    fn large_project(&mut self) {
        if self.plan.tier < 3 || !self.plan.trade.is_industry() || !self.r.chance(0.06) {
            return;
        }
        let (total, started) = (self.r.between(1_400, 2_600) * 1_000_000, self.ago(400, 700));
        let id = self.shared.ids.of("project", self.counts.projects);
        self.counts.projects += 1;
        let entry = child("project", id, self.firm)
            .with("name", format!("{}生产基地", self.plan.trade.words[0]))
            .with("kind", "build")
            .with("region", self.plan.region.code)
            .with("total_investment", money(total))
            .with("equipment", money(total / 10 * 4))
            .with("filed", started.add_days(-60))
            .with("started", started)
            .with("accepted", false)
            .with("synthetic", true);
        self.all.push(entry);
        self.add("loan", |e| {
            e.with("name", "项目贷款（示范）")
                .with("purpose", "project")
                .with("principal", money(total / 5))
                .with("rate", 360)
                .with("months", 60)
                .with("started", started.add_days(45))
                .with("interest_paid", money(total / 5 * 36 / 1000))
        });
    }
}
