//! The invented policies: a topic, a place that pays, an industry, numbers by chance, and dates of which a fixed number
//! are in force.
//!
//! Their document numbers all read 示范发 (for demonstration), which no office uses.
use super::Policy;
use super::clause::{Clause, number_articles};
use super::terms::{Term, quoted};
use super::topics::{Audience, EVERYDAY, LARGER_ONES, LITTLE_ONES, SUBJECTS, Subject, TOPICS, Topic};
use super::words::{wan_en, wan_zh};
use crate::ids::Ids;
use crate::organisations::Bodies;
use crate::places::{PARKS, REGIONS, region_of};
use liangu_base::random::RandomExt;
use liangu_base::{Date, Fen, SplitMix64, Text};
use std::collections::HashMap;

/// Who issues a policy and for whom.
#[derive(Clone, Copy, Debug)]
enum Place {
    Province,
    Region(usize),
    Park(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    InForce,
    Ended,
    Upcoming,
}

pub struct Maker<'a> {
    seed: u64,
    as_of: Date,
    ids: &'a Ids,
    bodies: &'a Bodies,
    places: Vec<(Place, u32)>,
}

impl<'a> Maker<'a> {
    pub fn new(seed: u64, as_of: Date, ids: &'a Ids, bodies: &'a Bodies) -> Maker<'a> {
        let mut places = vec![(Place::Province, 165)];
        for (number, region) in REGIONS.iter().enumerate() {
            let weight = match region.code {
                "431300" => 230,
                "431302" => 110,
                _ if region.in_city() => 86,
                _ => 8,
            };
            places.push((Place::Region(number), weight));
        }
        for (number, park) in PARKS.iter().enumerate() {
            let weight = if number == crate::places::EDZ {
                34
            } else if region_of(park.region).in_city() {
                22
            } else {
                3
            };
            places.push((Place::Park(number), weight));
        }
        Maker { seed, as_of, ids, bodies, places }
    }

    /// `count` policies of which `in_force` are in force on the day.
    pub fn policies(&self, count: usize, in_force: usize) -> Vec<Policy> {
        let mut states: Vec<State> = (0..count)
            .map(|n| {
                if n < in_force {
                    State::InForce
                } else if n < in_force + 140 {
                    State::Upcoming
                } else {
                    State::Ended
                }
            })
            .collect();
        SplitMix64::stream(self.seed, "policy-order", 0).shuffle(&mut states);
        let mut titles: HashMap<String, u32> = HashMap::new();
        let mut made: Vec<Policy> = states.into_iter().enumerate().map(|(number, state)| self.policy(number, state)).collect();
        for policy in &mut made {
            let times = titles.entry(policy.title.zh.to_string()).or_insert(0);
            *times += 1;
            if *times > 1 {
                policy.title = Text::new(format!("{}（第 {times} 批）", policy.title.zh), format!("{} (round {times})", policy.title.en));
            }
        }
        made
    }

    fn policy(&self, number: usize, state: State) -> Policy {
        let mut random = SplitMix64::stream(self.seed, "policy", number as u64);
        let r = &mut random;
        let topic = &TOPICS[r.weighted(&TOPICS.iter().map(|t| t.weight).collect::<Vec<_>>())];
        let place = self.places[r.weighted(&self.places.iter().map(|p| p.1).collect::<Vec<_>>())].0;
        let subject = subject(topic, r);
        let mut dates = SplitMix64::stream(self.seed, "policy-dates", number as u64);
        let (valid, published) = self.validity(state, &mut dates);
        let window = self.window(state, topic, valid, &mut dates);
        let cap = topic.caps.get(r.below(topic.caps.len().max(1) as u64) as usize).copied();
        let high = high(topic, r);
        let audience = audience(topic, high, r);
        let mut clauses = self.clauses(topic, place, subject, audience, high, r);
        if let Some(cap) = cap {
            clauses.push(Clause::information(
                format!("{}，最高 {}。", topic.rate.zh, wan_zh(cap)),
                format!("{}, at most {}.", topic.rate.en, wan_en(cap)),
            ));
        }
        number_articles(&mut clauses);
        let year = valid.0.map_or(self.as_of.year(), Date::year);
        let (name, sign) = self.name(place);
        let amount_text = cap.map_or_else(
            || topic.rate.text(),
            |cap| Text::new(format!("{}，最高 {}", topic.rate.zh, wan_zh(cap)), format!("{}, at most {}", topic.rate.en, wan_en(cap))),
        );
        let title = title(&name, subject, audience, topic, year);
        let (issuer, department) = self.issuer(place, topic);
        Policy {
            summary: Some(Text::new(format!("{}：{}。", title.zh, amount_text.zh), format!("{}: {}.", title.en, amount_text.en))),
            title,
            number: Some(format!("{sign}示范发〔{year}〕{:04}号", number % 9000 + 100)),
            issuer,
            department,
            level: match place {
                Place::Province => "province",
                Place::Region(n) if REGIONS[n].code == crate::places::CITY => "city",
                Place::Region(_) => "county",
                Place::Park(_) => "park",
            },
            region: Some(self.region(place).to_owned()),
            kind: topic.kind,
            mode: topic.mode,
            series: "demonstration",
            confidence: None,
            document: "single",
            framework: None,
            grants: None,
            amount: cap.map(Fen::from_wan),
            amount_text: Some(amount_text),
            published: Some(published),
            valid,
            window,
            clauses,
            content: None,
        }
    }

    fn clauses(
        &self,
        topic: &Topic,
        place: Place,
        subject: Option<&Subject>,
        audience: &Audience,
        high: bool,
        r: &mut SplitMix64,
    ) -> Vec<Clause> {
        let mut clauses = vec![self.place_clause(place)];
        clauses.extend(subject.map(subject_clause));
        let mut terms: Vec<Term> = audience.term.into_iter().collect();
        let mut extra = topic.extra.to_vec();
        r.shuffle(&mut extra);
        extra.truncate(r.weighted(if high { &[40, 42, 15, 3] } else { &[72, 26, 2, 0] }));
        for term in topic.core.iter().copied().chain(extra) {
            let chain = |t: Term| matches!(t, Term::Chain(..));
            if !terms.iter().any(|t| t.clashes(term) || (chain(*t) && chain(term))) {
                terms.push(term);
            }
        }
        clauses.extend(terms.into_iter().map(|term| term.clause(high, r)));
        for (chance, zh, en, when) in COMMON {
            let new = clauses.iter().all(|c| c.when.as_deref() != Some(when));
            if clauses.len() < 8 && r.chance(chance) && new {
                clauses.push(Clause::deciding(zh, en, when));
            }
        }
        if clauses.len() < 8 && r.chance(0.4) {
            let (zh, en) = *r.pick(&BY_PEOPLE);
            clauses.push(Clause::person(zh, en));
        }
        clauses
    }

    fn place_clause(&self, place: Place) -> Clause {
        match place {
            Place::Park(n) => {
                let park = &PARKS[n];
                let id = self.ids.of("park", n).text("park");
                Clause::deciding(
                    format!("在{}注册、经营并依法纳税。", park.name.zh),
                    format!("It is registered, works and pays tax in {}.", park.name.en),
                    format!("park == \"{id}\""),
                )
            }
            _ => {
                let (name, code) = (self.place_name(place), self.region(place));
                Clause::deciding(
                    format!("在{}注册登记并依法纳税。", name.zh),
                    format!("It is registered and pays tax in {}.", name.en),
                    format!("within(region, \"{code}\")"),
                )
            }
        }
    }

    fn place_name(&self, place: Place) -> Text {
        match place {
            Place::Province => Text::fixed("湖南省", "Hunan"),
            Place::Region(n) => REGIONS[n].name.text(),
            Place::Park(n) => PARKS[n].name.text(),
        }
    }

    fn region(&self, place: Place) -> &'static str {
        match place {
            Place::Province => "430000",
            Place::Region(n) => REGIONS[n].code,
            Place::Park(n) => PARKS[n].region,
        }
    }

    /// As it stands in titles, and the sign of document numbers.
    fn name(&self, place: Place) -> (Text, String) {
        match place {
            Place::Province => (Text::fixed("湖南省", "Hunan"), "湘".to_owned()),
            Place::Region(n) => (REGIONS[n].name.text(), REGIONS[n].sign.to_owned()),
            Place::Park(n) => (Text::fixed(PARKS[n].short, PARKS[n].name.en), format!("{}园", region_of(PARKS[n].region).sign)),
        }
    }

    fn issuer(&self, place: Place, topic: &Topic) -> (Text, Option<liangu_base::Id>) {
        let region = self.region(place);
        let body = match place {
            Place::Park(n) => self.bodies.committee(n),
            _ => self.bodies.find(region, topic.department).or_else(|| self.bodies.find(region, "miit")),
        };
        body.map_or_else(|| (self.place_name(place), None), |b| (b.name.clone(), Some(b.id)))
    }

    fn validity(&self, state: State, r: &mut SplitMix64) -> ((Option<Date>, Option<Date>), Date) {
        let day = |offset: i64| self.as_of.add_days(offset as i32);
        let (from, to) = match state {
            State::InForce => (day(-r.between(0, 760)), (!r.chance(0.1)).then(|| day(r.between(5, 900)))),
            State::Upcoming => (day(r.between(1, 60)), Some(day(r.between(400, 900)))),
            State::Ended => {
                let to = r.between(1, 2600);
                (day(-to - r.between(180, 1000)), Some(day(-to)))
            }
        };
        ((Some(from), to), from.add_days(-(r.between(0, 12) as i32)).min(self.as_of))
    }

    fn window(&self, state: State, topic: &Topic, valid: (Option<Date>, Option<Date>), r: &mut SplitMix64) -> (Option<Date>, Option<Date>) {
        if topic.mode != "application" || r.chance(0.25) {
            return (None, None);
        }
        let to = match (state, valid) {
            (State::InForce, _) => self.as_of.add_days(r.between(-40, 210) as i32),
            (_, (Some(from), _)) => from.add_days(r.between(60, 170) as i32),
            _ => self.as_of,
        };
        let to = valid.1.map_or(to, |end| to.min(end));
        let from = to.add_days(-(r.between(30, 120) as i32));
        // Most calls that have not closed are open already.
        let opened = r.chance(0.88) && state == State::InForce && from > self.as_of;
        let from = if opened { self.as_of.add_days(-(r.between(1, 60) as i32)) } else { from };
        (Some(from), Some(to))
    }
}

fn subject(topic: &Topic, r: &mut SplitMix64) -> Option<&'static Subject> {
    if topic.subjects.is_empty() && !r.chance(0.34) {
        return None;
    }
    let key = *r.pick(if topic.subjects.is_empty() { EVERYDAY } else { topic.subjects });
    SUBJECTS.iter().find(|s| s.key == key)
}

fn subject_clause(subject: &Subject) -> Clause {
    let when = match subject.codes {
        [only] => format!("within(industry, \"{only}\")"),
        several => format!("within(industry, [{}])", quoted(several)),
    };
    Clause::deciding(format!("主营业务属于{}。", subject.name.zh), format!("The main business is {}.", subject.name.en), when)
}

/// Whether a policy is for larger firms.
fn high(topic: &Topic, r: &mut SplitMix64) -> bool {
    let asks = |wanted: fn(&Term) -> bool| topic.core.iter().any(wanted);
    if asks(|t| matches!(t, Term::Size(_) | Term::BelowScale | Term::Young)) {
        return false;
    }
    r.chance(if asks(|t| matches!(t, Term::AboveScale | Term::Holds(_) | Term::AtLeast("energy" | "export_value"))) { 0.7 } else { 0.36 })
}

/// Never one that asks about the same thing as the topic, sizes apart, where the narrower one counts.
fn audience(topic: &Topic, high: bool, r: &mut SplitMix64) -> &'static Audience {
    let all: &[Audience] = if high { &LARGER_ONES } else { &LITTLE_ONES };
    let fits = |a: &Audience| a.term.is_none_or(|term| matches!(term, Term::Size(_)) || !topic.core.iter().any(|core| core.clashes(term)));
    let weights: Vec<u32> = all.iter().map(|a| if fits(a) { a.weight } else { 0 }).collect();
    &all[r.weighted(&weights)]
}

fn title(place: &Text, subject: Option<&Subject>, audience: &Audience, topic: &Topic, year: i32) -> Text {
    // A topic of one or two trades names them itself.
    let subject = subject.filter(|_| topic.subjects.is_empty() || topic.subjects.len() > 2);
    let stem = topic.stem;
    // Where the topic says for whom it is, the audience stands behind it.
    let own = stem.zh.contains("企业");
    let mut zh = subject.map_or("", |s| s.name.zh).to_owned();
    let mut en: Vec<&str> = vec![&place.en];
    en.extend(subject.map(|s| s.name.en));
    let mut behind = (String::new(), String::new());
    match (audience.name.zh.is_empty(), own) {
        (true, false) if subject.is_some() => zh.push_str("企业"),
        (true, _) => {}
        (false, true) if stem.zh.contains(audience.name.zh) => {}
        (false, false) => {
            zh.push_str(audience.name.zh);
            en.push(audience.name.en);
        }
        (false, true) => behind = (format!("，{}", audience.name.zh), format!(", {}", audience.name.en)),
    }
    Text::new(
        format!("{}{zh}{}（{year} 年{}）", place.zh, stem.zh, behind.0),
        format!("{}: {} ({year}{})", en.join(", "), stem.en, behind.1),
    )
}

/// Conditions that many texts share, with how often.
const COMMON: [(f64, &str, &str, &str); 5] = [
    (0.55, "未被列入严重失信名单。", "It is on no list of serious dishonesty.", "!dishonest"),
    (0.25, "未被列入经营异常名录。", "It is not on the list of abnormal operation.", "!abnormal_listed"),
    (
        0.2,
        "近三年未发生重大安全、环保、质量事故。",
        "It had no major accident, environmental or quality incident in three years.",
        "!major_incident",
    ),
    (0.18, "公共信用评价为 B 级以上。", "Its public credit grade is B or better.", "credit_grade in [\"A\", \"B\"]"),
    (0.08, "没有停产停业。", "It has not suspended operation.", "!suspended"),
];

const BY_PEOPLE: [(&str, &str); 5] = [
    ("项目建设内容与备案内容相符，由受理单位核查。", "What was built agrees with what was filed, as the office checks."),
    (
        "同一事项没有享受过同级财政其他补助，由财政部门核对。",
        "The same matter has had no other grant of that level, as the finance office checks.",
    ),
    ("产品技术水平经专家评审为省内先进以上。", "Experts judge the product to be advanced in the province or better."),
    ("申报材料真实完整，由受理单位审核。", "The documents are true and complete, as the office reviews."),
    ("现场核查通过。", "The visit on site is passed."),
];
