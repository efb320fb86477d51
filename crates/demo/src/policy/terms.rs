//! Conditions of invented policies: a term says what kind of condition, chance its numbers.
use super::clause::Clause;
use super::words::{capital, cert, wan_en, wan_zh, word};
use liangu_base::SplitMix64;
use liangu_base::random::RandomExt;

/// A kind of condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// A fact reaches a threshold.
    AtLeast(&'static str),
    AtMost(&'static str),
    /// Revenue grew by a share.
    Growth,
    /// Research grew.
    RdGrowth,
    AboveScale,
    BelowScale,
    /// Holds one of these titles.
    Holds(&'static [&'static str]),
    HoldsNot(&'static str),
    Young,
    Established,
    Size(&'static [&'static str]),
    /// A yes-or-no fact must have this value.
    Flag(&'static str, bool, &'static str, &'static str),
    Grade,
    Listing,
    /// Has a project of this kind, filed within two years, with enough equipment.
    Project,
    /// Holds an invention granted within some years.
    RecentInvention,
    /// Debt below a share of assets.
    Debt,
    /// One of two ways in.
    Either,
    Chain(&'static str, &'static str, &'static str),
    /// Revenue from an amount in 万元.
    From(i64),
}

impl Term {
    /// Whether two terms ask about the same thing, so that one of them must go.
    pub fn clashes(self, other: Term) -> bool {
        let scale = |t: Term| matches!(t, Term::AboveScale | Term::BelowScale);
        let revenue = |t: Term| matches!(t, Term::From(_) | Term::AtLeast("revenue") | Term::AtMost("revenue"));
        let titles = |t: Term| matches!(t, Term::Holds(_) | Term::HoldsNot(_));
        let age = |t: Term| matches!(t, Term::Young | Term::Established);
        let size = |t: Term| matches!(t, Term::Size(_));
        [scale, revenue, titles, age, size].iter().any(|kind| kind(self) && kind(other))
    }

    /// `high` draws the thresholds of policies for larger firms.
    pub fn clause(self, high: bool, r: &mut SplitMix64) -> Clause {
        match self {
            Term::AtLeast(field) => bound(field, true, high, r),
            Term::AtMost(field) => bound(field, false, high, r),
            Term::Growth => growth("revenue", "营业收入", "revenue", r),
            Term::RdGrowth => growth("rd_spend", "研发费用", "R&D spending", r),
            Term::AboveScale => {
                Clause::deciding("统计在库的规模以上企业。", "The firm is in the statistics of enterprises above scale.", "above_scale")
            }
            Term::BelowScale => Clause::deciding(
                "尚未纳入规模以上统计。",
                "The firm is not yet in the statistics of enterprises above scale.",
                "!above_scale",
            ),
            Term::Holds(certs) => holds(certs, r),
            Term::HoldsNot(code) => {
                let (zh, en) = cert(code);
                Clause::deciding(
                    format!("尚未取得{zh}称号。"),
                    format!("The firm does not yet hold the title {en}."),
                    format!("!(\"{code}\" in certs)"),
                )
            }
            Term::Young => young(r),
            Term::Established => established(r),
            Term::Size(classes) => size(classes),
            Term::Flag(field, value, zh, en) => Clause::deciding(zh, en, if value { field.to_owned() } else { format!("!{field}") }),
            Term::Grade => {
                let best = r.chance(0.35);
                let (zh, en, codes) = if best { ("A 级", "A", "\"A\"") } else { ("B 级以上", "B or better", "\"A\", \"B\"") };
                Clause::deciding(
                    format!("公共信用评价为 {zh}。"),
                    format!("Its public credit grade is {en}."),
                    format!("credit_grade in [{codes}]"),
                )
            }
            Term::Listing => Clause::deciding(
                "已进入上市后备库或更后的上市阶段。",
                "The firm is on the reserve list for listing or further on.",
                "listed_stage in [\"reserve\", \"regional\", \"neeq\", \"counselling\", \"filed\"]",
            ),
            Term::Project => project(r),
            Term::RecentInvention => {
                let years = *r.pick(&[1, 2, 3, 5]);
                Clause::deciding(
                    format!("近 {years} 年获得授权的有效发明专利不少于 1 件。"),
                    format!("It holds an invention patent granted in the last {years} years."),
                    format!("ip_rights.exists(x, x.kind == \"invention\" && x.active && years_since(x.granted) < {years})"),
                )
            }
            Term::Debt => {
                let share = *r.pick(&[60, 70, 75, 80]);
                Clause::deciding(
                    format!("上一年末资产负债率不高于 {share}%。"),
                    format!("Debt was at most {share} % of assets at the end of last year."),
                    format!("ratio(total_liabilities, total_assets) <= percent({share})"),
                )
            }
            Term::Either => either(high, r),
            Term::From(wan) => from(wan),
            Term::Chain(code, zh, en) => {
                Clause::deciding(format!("属于{zh}产业链。"), format!("The firm is on the chain of {en}."), format!("\"{code}\" in chains"))
            }
        }
    }
}

/// Younger than some years, as start-up policies ask.
fn young(r: &mut SplitMix64) -> Clause {
    let years = *r.pick(&[1, 2, 3, 3, 5]);
    Clause::deciding(
        format!("成立未满 {years} 年。"),
        format!("The firm is less than {years} years old."),
        format!("years_since(established) < {years}"),
    )
}

fn established(r: &mut SplitMix64) -> Clause {
    let years = *r.pick(&[1, 1, 2, 3, 5]);
    Clause::deciding(
        format!("成立满 {years} 年。"),
        format!("The firm has existed for {years} full years."),
        format!("years_since(established) >= {years}"),
    )
}

fn bound(field: &'static str, least: bool, high: bool, r: &mut SplitMix64) -> Clause {
    let word = word(field);
    // Low rather than high for small firms, the other way round for larger ones and for upper limits.
    let count = word.thresholds.len() as u64;
    let (one, two, three) = (r.below(count), r.below(count), r.below(count));
    let place = if high || !least { one.max(two) } else { one.min(two).min(three) / 2 };
    let value = word.thresholds[place as usize];
    let (zh, en, sign) = if least { ("不低于", "at least", ">=") } else { ("不超过", "at most", "<=") };
    Clause::deciding(
        format!("{}{zh} {}。", word.zh, word.amount_zh(value)),
        format!("{} is {en} {}.", capital(word.en), word.amount_en(value)),
        format!("{field} {sign} {}", word.constant(value)),
    )
}

fn from(wan: i64) -> Clause {
    Clause::deciding(
        format!("上一年度营业收入不低于 {}。", wan_zh(wan)),
        format!("Last year's revenue was at least {}.", wan_en(wan)),
        format!("revenue >= wan({wan})"),
    )
}

fn growth(field: &'static str, zh: &str, en: &str, r: &mut SplitMix64) -> Clause {
    let share = *r.pick(&[5, 8, 10, 10, 15, 20, 30]);
    Clause::deciding(
        format!("上一年度{zh}比前一年增长 {share}% 以上。"),
        format!("Last year's {en} was {share} % or more above the year before."),
        format!("growth({field}) >= percent({share})"),
    )
}

fn holds(certs: &'static [&'static str], r: &mut SplitMix64) -> Clause {
    let chosen: Vec<&str> = if certs.len() > 2 && r.chance(0.5) { certs[..2].to_vec() } else { certs.to_vec() };
    let zh: Vec<&str> = chosen.iter().map(|c| cert(c).0).collect();
    let en: Vec<&str> = chosen.iter().map(|c| cert(c).1).collect();
    let when = match chosen[..] {
        [only] => format!("\"{only}\" in certs"),
        _ => format!("certs.exists(c, c in [{}])", quoted(&chosen)),
    };
    Clause::deciding(
        format!("持有有效的{}称号或证书。", zh.join("、")),
        format!("The firm holds a valid title or certificate: {}.", en.join(" or ")),
        when,
    )
}

fn size(classes: &'static [&'static str]) -> Clause {
    let name = |class: &&str| match *class {
        "micro" => ("微型", "micro"),
        "small" => ("小型", "small"),
        "medium" => ("中型", "medium"),
        _ => ("大型", "large"),
    };
    let zh: Vec<&str> = classes.iter().map(|c| name(c).0).collect();
    let en: Vec<&str> = classes.iter().map(|c| name(c).1).collect();
    Clause::deciding(
        format!("企业划型为{}。", zh.join("、")),
        format!("Its size class is {}.", en.join(" or ")),
        format!("size_class in [{}]", quoted(classes)),
    )
}

fn project(r: &mut SplitMix64) -> Clause {
    let wan = *r.pick(&[50, 100, 200, 300, 500, 1000]);
    Clause::deciding(
        format!("近三年备案的改扩建、技术改造或数字化项目，设备投资不低于 {wan} 万元。"),
        format!("A project of extension, technical or digital upgrade filed within three years has equipment of at least {}.", wan_en(wan)),
        format!(
            "projects.exists(p, p.kind in [\"expand\", \"upgrade\", \"digital\"] && years_since(p.filed) < 3 && p.equipment >= wan({wan}))"
        ),
    )
}

fn either(high: bool, r: &mut SplitMix64) -> Clause {
    let ways = [
        Term::Holds(&["high_tech"]),
        Term::Holds(&["srdi", "little_giant"]),
        Term::AtLeast("invention_patents"),
        Term::AtLeast("rd_ratio"),
        Term::Growth,
        Term::AtLeast("tax_paid"),
        Term::Listing,
    ];
    let first = r.below(ways.len() as u64) as usize;
    let second = (first + 1 + r.below(ways.len() as u64 - 1) as usize) % ways.len();
    let (a, b) = (ways[first].clause(high, r), ways[second].clause(high, r));
    let cut = |text: &str| text.trim_end_matches(['。', '.']).to_owned();
    let (left, right) = (a.when.unwrap_or_default(), b.when.unwrap_or_default());
    Clause::deciding(
        format!("符合下列任意一项：{}；{}。", cut(&a.text.zh), cut(&b.text.zh)),
        format!("One of these holds: {}; {}.", cut(&a.text.en), cut(&b.text.en)),
        format!("{left} || {right}"),
    )
}

pub fn quoted(codes: &[&str]) -> String {
    codes.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ")
}
