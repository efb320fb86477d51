//! Random expressions as text, typed by construction over the record of [`super::firm`].
use super::Random;

pub struct Writer<'r> {
    pub random: &'r mut Random,
    /// Variables in scope, each with the collection it stands for.
    bound: Vec<(&'static str, Of)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Of {
    Patent,
    Project,
    Lease,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Unit {
    Fen,
    Percent,
    Person,
    One,
}

impl<'r> Writer<'r> {
    pub fn new(random: &'r mut Random) -> Writer<'r> {
        Writer { random, bound: Vec::new() }
    }

    pub fn condition(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.leaf();
        }
        let d = depth - 1;
        match self.random.below(12) {
            0 => format!("!({})", self.condition(d)),
            1 | 2 => self.joined(d, " && "),
            3 | 4 => self.joined(d, " || "),
            5 => format!("at_least({}, {}, {}, {})", 1 + self.random.below(3), self.condition(d), self.condition(d), self.condition(d)),
            6 => format!("({}) ? {} : ({})", self.condition(d), self.leaf(), self.condition(d)),
            7 => format!("({}) == ({})", self.condition(d), self.condition(d)),
            8 if self.bound.len() < 2 => self.over_records(d),
            9 | 10 => self.comparison(d),
            _ => self.leaf(),
        }
    }

    fn joined(&mut self, depth: usize, by: &str) -> String {
        let parts: Vec<String> = (0..2 + self.random.below(2)).map(|_| format!("({})", self.condition(depth))).collect();
        parts.join(by)
    }

    fn over_records(&mut self, depth: usize) -> String {
        let of = *self.random.pick(&[Of::Patent, Of::Patent, Of::Project, Of::Project, Of::Lease]);
        // an inner variable has another name, so that both can be read
        let [p, q] = if self.bound.is_empty() { ["p", "q"] } else { ["r", "s"] };
        let (list, amount) = match of {
            Of::Patent => ("patents", format!("{q}.fee")),
            Of::Project => ("projects", format!("{q}.investment")),
            Of::Lease => ("leases", format!("{q}.area")),
        };
        let filter = if self.random.one_in(2) { String::new() } else { format!(".filter({p}, {})", self.inside(p, of, depth)) };
        let body = self.inside(q, of, depth);
        let bound = if of == Of::Lease { "mu(3)".to_string() } else { self.money() };
        match self.random.below(8) {
            0 | 1 => format!("{list}{filter}.exists({q}, {body})"),
            2 => format!("{list}{filter}.all({q}, {body})"),
            3 => format!("{list}{filter}.size() {} {}", self.sign(), self.random.below(4)),
            4 => format!("{list}{filter}.sum({q}, {amount}) {} {bound}", self.sign()),
            5 => format!("{list}{filter}.mean({q}, {amount}) {} {bound}", self.sign()),
            6 => format!("{list}{filter}.map({q}, {amount}).max() {} {bound}", self.sign()),
            _ => format!("{list}.exists_one({q}, {body})"),
        }
    }

    fn inside(&mut self, name: &'static str, of: Of, depth: usize) -> String {
        self.bound.push((name, of));
        let body = self.condition(depth.min(1));
        self.bound.pop();
        body
    }

    fn sign(&mut self) -> &'static str {
        self.random.pick::<&str>(&["==", "!=", "<", "<=", ">", ">="])
    }

    fn comparison(&mut self, depth: usize) -> String {
        let unit = *self.random.pick(&[Unit::Fen, Unit::Percent, Unit::Person, Unit::One]);
        let (left, sign, right) = (self.number(unit, depth.min(2)), self.sign(), self.number(unit, depth.min(1)));
        format!("({left}) {sign} ({right})")
    }

    fn leaf(&mut self) -> String {
        if !self.bound.is_empty() && !self.random.one_in(4) {
            return self.leaf_of_record();
        }
        let sign = self.sign();
        match self.random.below(34) {
            0 => "dishonest".to_string(),
            1 => "above_scale == false".to_string(),
            2 => "size_class == \"small\"".to_string(),
            3 => "size_class != \"micro\"".to_string(),
            4 => "industry in [\"26\", \"3130\", \"65\"]".to_string(),
            5 => "within(region, \"4313\", \"44\")".to_string(),
            6 => "within(region, user.region)".to_string(),
            7 => "\"srdi\" in certs".to_string(),
            8 => "certs.exists(x, x in [\"high_tech\", \"green\"])".to_string(),
            9 => "certs.all(x, x != \"green\")".to_string(),
            10 => "[\"high_tech\", \"srdi\"].all(x, x in certs)".to_string(),
            11 => "size_class in user.sizes".to_string(),
            12 => "cert in certs".to_string(),
            13 => format!("score {sign} 3.5"),
            14 => "name == \"O'Brien|链\\\"谷\\\\\"".to_string(),
            15 => "name.startsWith(\"娄\")".to_string(),
            16 => "name.contains(\"链\")".to_string(),
            17 => "park == user.park".to_string(),
            18 => "park == \"park_2\"".to_string(),
            19 => format!("known({})", self.random.pick(&["revenue", "score", "certs", "region", "rd_ratio.at(-1)"])),
            20 => format!("{} {sign} {}", self.day(), self.day()),
            21 => format!("years_since(established) {sign} {}", self.random.below(8)),
            22 => format!("months_since({}) {sign} {}", self.day(), self.random.below(40)),
            23 => format!("year_of({}) {sign} year - {}", self.day(), self.random.below(9)),
            25 => format!("years_between({}, {}) {sign} {}", self.day(), self.day(), self.random.below(5)),
            26 => format!("months_between({}, {}) {sign} {}", self.day(), self.day(), self.random.below(40)),
            27 => format!("first_reach({}, {})", self.random.pick(&["revenue", "rd_spend", "revenue.at(-1)"]), self.money()),
            28 => "complete(leases)".to_string(),
            29 => "listed(\"key_industries\", industry)".to_string(),
            30 => self.random.pick(&["listed(\"pilot_certificates\", cert)", "listed(\"pilot_certificates\", certs)"]).to_string(),
            31 => format!("param(\"quota\", industry) {sign} wan(0)"),
            24 => format!("certs.size() {sign} {}", self.random.below(4)),
            _ => self.comparison(0),
        }
    }

    /// Of any record in scope, at times compared with another one.
    fn leaf_of_record(&mut self) -> String {
        let bound = self.bound.clone();
        let (p, of) = *self.random.pick(&bound);
        let date = |(p, of): (&str, Of)| match of {
            Of::Patent => format!("{p}.granted"),
            Of::Project => format!("{p}.started"),
            Of::Lease => format!("{p}.from"),
        };
        if self.random.one_in(4) {
            let other = *self.random.pick(&bound);
            return format!("{} {} {}", date((p, of)), self.sign(), date(other));
        }
        match (of, self.random.below(4)) {
            (Of::Patent, 0) => format!("{p}.own"),
            (Of::Patent, 1) => format!("{p}.kind == \"invention\""),
            (Of::Patent, 2) => format!("{p}.granted {} {}", self.sign(), self.date()),
            (Of::Patent, _) => format!("{p}.fee {} {}", self.sign(), self.money()),
            (Of::Project, 0) => format!("within({p}.region, \"4313\")"),
            (Of::Project, 1) => format!("{p}.region == region"),
            (Of::Project, 2) => format!("add_months({p}.started, 6) {} {}", self.sign(), self.date()),
            (Of::Project, _) => format!("{p}.investment {} {}", self.sign(), self.money()),
            (Of::Lease, 0) => format!("months_between({p}.from, today) {} {}", self.sign(), self.random.below(40)),
            (Of::Lease, _) => format!("{p}.area {} mu({})", self.sign(), self.random.below(5)),
        }
    }

    /// Values of the unit by steps of another one.
    fn steps(&mut self, unit: Unit, low: &str, high: &str) -> String {
        let name = *self.random.pick(&["bands", "tiers"]);
        let (of, thresholds) = match self.random.below(4) {
            0 => ("established", ["date(\"2020-03-01\")", "date(\"2024-02-29\")"]),
            1 => ("score", ["1.5", "3.5"]),
            2 => ("employees", ["1", "100"]),
            _ => ("revenue", ["wan(500)", "wan(2000)"]),
        };
        let middle = self.number(unit, 0);
        format!("{name}({of}, {low}, {}, {middle}, {}, {high})", thresholds[0], thresholds[1])
    }

    fn day(&mut self) -> String {
        match self.random.below(6) {
            5 => format!(
                "add_months({}, {})",
                self.random.pick(&["established", "today", "leases_since"]),
                self.random.below(50) as i64 - 25
            ),
            0 => "today".to_string(),
            1 => self.date(),
            2 => format!("(established + {})", self.random.below(900)),
            _ => "established".to_string(),
        }
    }

    fn date(&mut self) -> String {
        let days = ["2024-02-29", "2023-11-24", "2026-11-24", "2023-11-30", "2025-12-31", "2020-03-01"];
        format!("date(\"{}\")", self.random.pick(&days))
    }

    fn money(&mut self) -> String {
        self.random.pick(&["yuan(0)", "wan(2000)", "yuan(12.34)", "yi(1.5)", "yuan(-1)", "wan(500)"]).to_string()
    }

    pub fn number(&mut self, unit: Unit, depth: usize) -> String {
        if depth > 0 {
            let d = depth - 1;
            let (a, b) = (self.number(unit, d), self.number(unit, d));
            return match self.random.below(13) {
                0 => format!("({a}) + ({b})"),
                1 => format!("({a}) - ({b})"),
                2 => format!("({a}) * ({})", self.number(Unit::One, d)),
                3 => format!("({a}) / ({})", self.number(Unit::One, d)),
                4 => format!("({a}) % ({b})"),
                5 => format!("-({a})"),
                6 => format!("{}({a}, {b})", self.random.pick(&["min", "max"])),
                7 => format!("abs({a})"),
                9 => format!("floor_to({a}, abs({b}))"),
                10 | 11 => self.steps(unit, &a, &b),
                8 => format!("({}) ? ({a}) : ({b})", self.leaf()),
                _ => a,
            };
        }
        let year = self.random.pick(&["", ".at(-1)", ".at(-2)"]).to_string();
        match (unit, self.random.below(8)) {
            (Unit::Fen, 0 | 1) => self.money(),
            (Unit::Fen, 2) => "sum_years(revenue, -2, 0)".to_string(),
            (Unit::Fen, 3) => "mean_years(rd_spend, -1, 0)".to_string(),
            (Unit::Fen, 4) => "share(revenue, percent(2.5))".to_string(),
            (Unit::Fen, 5) => self.random.pick(&["max_years(revenue, -2, 0)", "min_years(rd_spend, -2, -1)"]).to_string(),
            (Unit::Fen, 6) => self.random.pick(&["param(\"minimum_wage\")", "param(\"unit_subsidy\", size_class)"]).to_string(),
            (Unit::Percent, 7) => "param(\"layoff_target\")".to_string(),
            (Unit::Fen, _) => format!("{}{year}", self.random.pick(&["revenue", "rd_spend"])),
            (Unit::Percent, 0) => self.random.pick(&["percent(3)", "percent(2.05)", "percent(-100)"]).to_string(),
            (Unit::Percent, 1 | 2) => "growth(revenue)".to_string(),
            (Unit::Percent, 3) => format!("ratio(rd_spend{year}, revenue)"),
            (Unit::Percent, _) => format!("rd_ratio{year}"),
            (Unit::Person, 0) => self.random.below(500).to_string() + " + employees",
            (Unit::Person, _) => format!("employees{year}"),
            (Unit::One, 0) => self.random.below(9).to_string() + " + rank",
            (Unit::One, 1) => "certs.size()".to_string(),
            (Unit::One, 2) => "revenue / revenue.at(-1)".to_string(),
            (Unit::One, _) => "rank".to_string(),
        }
    }
}
