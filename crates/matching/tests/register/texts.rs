//! Random expressions as text. Nearly all of them type; [`drawn`] gives one that does.
use super::{CERTS, KINDS, REGIONS, SIZES, schema};
use liangu_base::random::{RandomExt, SplitMix64};
use liangu_expr::{Expect, check};

/// What the variable in reach is: none, a project `p` or a lease `l`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    Nothing,
    Project,
    Lease,
}

/// A text that types: constants may overflow, and a threshold may be no constant any more.
pub fn drawn(random: &mut SplitMix64, draw: impl Fn(&mut SplitMix64) -> String) -> String {
    let texts: Vec<String> = (0..20).map(|_| draw(random)).collect();
    let schema = schema();
    texts.iter().find(|text| check(text, &schema, Expect::Any).is_ok()).cloned().unwrap_or_else(|| panic!("none types: {}", texts[0]))
}

/// One or two of the codes.
fn codes(of: &[&str], random: &mut SplitMix64) -> String {
    let mut chosen = of.to_vec();
    random.shuffle(&mut chosen);
    chosen.truncate(random.between(1, 2) as usize);
    format!("[\"{}\"]", chosen.join("\", \""))
}

fn yuan(random: &mut SplitMix64) -> String {
    format!("yuan({})", random.between(-1, 6))
}

fn compare(random: &mut SplitMix64) -> &'static str {
    ["==", "!=", "<", "<=", ">", ">="][random.below(6) as usize]
}

fn date(random: &mut SplitMix64) -> String {
    format!("date(\"202{}-0{}-{}\")", random.between(3, 5), random.between(1, 9), random.between(10, 28))
}

/// A day of the firm or of the record in reach.
fn day(bound: Bound, random: &mut SplitMix64) -> String {
    match (bound, random.below(5)) {
        (Bound::Project, 0 | 1) => "p.started".into(),
        (Bound::Lease, 0 | 1) => "l.begins".into(),
        (_, 2) => date(random),
        (_, 3) => format!("add_months({}, {})", day(bound, random), random.between(-14, 14)),
        _ => "established".into(),
    }
}

/// An amount of money.
pub fn money(depth: u32, bound: Bound, random: &mut SplitMix64) -> String {
    if depth == 0 {
        return match (bound, random.below(5)) {
            (Bound::Project, 0..=2) => "p.equipment".into(),
            (Bound::Lease, 0..=2) => "l.paid".into(),
            (_, 3) => "revenue.at(-1)".into(),
            (_, 4) => yuan(random),
            _ => "revenue".into(),
        };
    }
    let m = |random: &mut SplitMix64| money(depth - 1, bound, random);
    match random.below(16) {
        0 => format!("({} + {})", m(random), m(random)),
        1 => format!("({} - {})", m(random), m(random)),
        2 => format!("share({}, percent({}))", m(random), random.between(0, 250)),
        3 => format!("min({}, {})", m(random), m(random)),
        4 => format!("max({}, {}, {})", m(random), yuan(random), m(random)),
        5 => format!("({} ? {} : {})", cond(depth - 1, bound, random), m(random), m(random)),
        6 => format!("floor_to({}, yuan({}))", m(random), random.between(1, 3)),
        7 => format!("bands({}, {}, yuan(1), {}, yuan(4), {})", m(random), m(random), m(random), yuan(random)),
        8 => format!("tiers({}, {}, yuan(0), {}, yuan(3), {})", m(random), yuan(random), m(random), m(random)),
        9 => format!("{}_years(revenue, -2, {})", random.pick(&["sum", "mean", "max", "min"]), random.between(-1, 0)),
        10 => format!("abs(-{})", m(random)),
        11 => format!("({} * {})", m(random), random.between(-2, 3)),
        12 => format!("({} / {})", m(random), random.between(-2, 3)),
        _ if bound == Bound::Nothing => over_children(depth, random),
        _ => m(random),
    }
}

fn over_children(depth: u32, random: &mut SplitMix64) -> String {
    let (collection, variable, bound) = *random.pick(&[("projects", "p", Bound::Project), ("leases", "l", Bound::Lease)]);
    let what = random.pick(&["sum", "sum", "min", "max", "mean"]);
    let value = money(depth - 1, bound, random);
    if random.chance(0.3) {
        return format!("{collection}.{what}({variable}, {value})");
    }
    format!("{collection}.filter({variable}, {}).{what}({variable}, {value})", cond(depth - 1, bound, random))
}

/// A condition.
pub fn cond(depth: u32, bound: Bound, random: &mut SplitMix64) -> String {
    if depth == 0 {
        return simple(bound, random);
    }
    let c = |random: &mut SplitMix64| cond(depth - 1, bound, random);
    match random.below(12) {
        0 => format!("({} && {})", c(random), c(random)),
        1 => format!("({} || {} || {})", c(random), c(random), c(random)),
        2 => format!("!({})", c(random)),
        3 => format!("at_least(2, {}, {}, {})", c(random), c(random), c(random)),
        4 => format!("({} ? {} : {})", c(random), c(random), c(random)),
        5 => format!("bands({}, {}, yuan(2), {})", money(depth - 1, bound, random), c(random), c(random)),
        6 => format!("{} {} {}", money(depth - 1, bound, random), compare(random), money(depth - 1, bound, random)),
        7 => format!("known({})", money(depth - 1, bound, random)),
        8 => format!("({}) {} ({})", c(random), random.pick(&["==", "!="]), c(random)),
        _ if bound == Bound::Nothing => quantified(depth, random),
        _ => c(random),
    }
}

fn quantified(depth: u32, random: &mut SplitMix64) -> String {
    let (collection, variable, bound) = *random.pick(&[("projects", "p", Bound::Project), ("leases", "l", Bound::Lease)]);
    let inner = cond(depth - 1, bound, random);
    let filter = if random.chance(0.3) { format!(".filter({variable}, {})", cond(0, bound, random)) } else { String::new() };
    match random.below(6) {
        0 | 1 => format!("{collection}{filter}.exists({variable}, {inner})"),
        2 => format!("{collection}{filter}.all({variable}, {inner})"),
        3 => format!("{collection}.filter({variable}, {inner}).size() {} {}", compare(random), random.between(0, 2)),
        4 => "complete(leases)".into(),
        _ => format!(
            "leases.exists(l, {} && projects.exists(p, p.started >= l.begins || {}))",
            cond(0, Bound::Lease, random),
            cond(0, Bound::Project, random)
        ),
    }
}

fn simple(bound: Bound, random: &mut SplitMix64) -> String {
    let own = match (bound, random.below(9)) {
        (Bound::Project, 0) => Some(format!("p.kind in {}", codes(&KINDS, random))),
        (Bound::Project, 1) => Some("p.accepted".into()),
        (Bound::Project, 2) => Some(format!("p.certs.exists(c, c in {})", codes(&CERTS, random))),
        (Bound::Project, 3) => Some("within(p.place, \"4313\")".into()),
        (Bound::Project, 4) => Some(format!("p.partner {} \"bo\"", random.pick(&["==", "!="]))),
        (Bound::Project, 5) => Some(format!("known(p.{})", random.pick(&["equipment", "kind", "accepted", "certs"]))),
        (Bound::Project, 6) => Some(format!("p.certs.all(c, c in {})", codes(&CERTS, random))),
        (Bound::Lease, 0..=2) => Some("l.state_owned".into()),
        (Bound::Lease, 3) => Some(format!("years_since(l.begins) {} 1", compare(random))),
        _ => None,
    };
    if let Some(own) = own {
        return own;
    }
    match random.below(15) {
        0 => format!("within(region, \"{}\")", random.pick(&REGIONS).0),
        1 => format!("size in {}", codes(&SIZES, random)),
        2 => format!("certs.exists(c, c in {})", codes(&CERTS, random)),
        3 => format!("size(certs) {} {}", compare(random), random.between(0, 2)),
        4 => format!("revenue {} {}", compare(random), yuan(random)),
        5 => format!("staff {} {}", compare(random), random.between(-200, 700)),
        6 => "listed_firm".into(),
        7 => format!("growth(revenue) {} percent({})", compare(random), random.between(-50, 50)),
        8 => format!(
            "{}({}) {} {}",
            random.pick(&["years_since", "months_since"]),
            day(bound, random),
            compare(random),
            random.between(0, 14)
        ),
        9 => format!(
            "{}({}, {}) >= {}",
            random.pick(&["months_between", "years_between"]),
            day(bound, random),
            day(bound, random),
            random.between(-3, 9)
        ),
        10 => format!("{} {} {}", day(bound, random), compare(random), day(bound, random)),
        11 => format!("first_reach(revenue{}, {})", random.pick(&["", ".at(-1)"]), yuan(random)),
        12 => format!("owner.contains(\"{}\")", random.pick(&["n", "o"])),
        13 => format!("(today - established > {}) == true", random.between(0, 900)),
        _ => format!("known({})", random.pick(&["revenue", "certs", "size", "listed_firm", "growth(revenue)"])),
    }
}
