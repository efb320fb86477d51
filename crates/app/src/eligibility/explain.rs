//! A clause taken apart: what each part asks, what was seen, who said so, and how far it is.
//!
//! The tree follows the expression: all, any, at least n, not; a leaf is one comparison. Answers are those of the row
//! oracle, so that the page cannot say something else than the rule does.
use super::firm::Firm;
use crate::language::Oracle;
use crate::shown;
use crate::views::Words;
use liangu_base::{Lang, Text};
use liangu_expr::explain::Distance;
use liangu_expr::reads::{parts, reads};
use liangu_expr::schema::FieldIx;
use liangu_expr::typed::{Kind, Node, Source};
use liangu_expr::value::Answer;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Leaf {
    pub sentence: Words,
    /// `yes`, `no` or `unknown`.
    pub answer: String,
    pub field: Option<String>,
    /// Of a yearly fact.
    pub year: Option<i32>,
    /// The value seen, as a person says it.
    pub seen: Option<Words>,
    pub source: Option<SourceNote>,
    pub as_of: Option<String>,
    /// The firm contests the fact, and nobody has decided yet.
    pub contested: bool,
    /// No source has spoken of it for longer than it stays fresh.
    pub stale: bool,
    /// Numbers of a comparison, raw.
    pub have: Option<i64>,
    pub need: Option<i64>,
    pub missing: Option<i64>,
    pub unit: Option<Words>,
    /// How the parts are joined: `all`, `any`, `not` or `at_least`.
    pub joiner: Option<String>,
    #[schema(no_recursion)]
    pub parts: Vec<Leaf>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SourceNote {
    pub name: String,
    pub label: Words,
}

pub(crate) fn not_on_file() -> Text {
    Text::fixed("还不知道", "not known yet")
}

pub(crate) fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Unknown => "unknown",
    }
}

/// The parts of a clause over one firm.
pub(crate) fn explain(node: &Node, firm: &Firm<'_>, oracle: &Oracle<'_>) -> Leaf {
    let answer = oracle.answer(node);
    let empty = Leaf {
        sentence: firm.sentence(node).into(),
        answer: word(answer).to_owned(),
        field: None,
        year: None,
        seen: None,
        source: None,
        as_of: None,
        contested: false,
        stale: false,
        have: None,
        need: None,
        missing: None,
        unit: None,
        joiner: None,
        parts: Vec::new(),
    };
    let joined = |joiner: &str, parts: &[&Node]| Leaf {
        joiner: Some(joiner.to_owned()),
        parts: parts.iter().map(|part| explain(part, firm, oracle)).collect(),
        ..empty.clone()
    };
    match &node.kind {
        Kind::And(parts) => joined("all", &parts.iter().collect::<Vec<_>>()),
        Kind::Or(parts) => joined("any", &parts.iter().collect::<Vec<_>>()),
        Kind::AtLeast(_, parts) => joined("at_least", &parts.iter().collect::<Vec<_>>()),
        Kind::Not(part) if is_joined(part) => joined("not", &[part.as_ref()]),
        _ => leaf(node, firm, oracle, empty),
    }
}

fn is_joined(node: &Node) -> bool {
    matches!(node.kind, Kind::And(_) | Kind::Or(_) | Kind::AtLeast(..) | Kind::Not(_))
}

fn leaf(node: &Node, firm: &Firm<'_>, oracle: &Oracle<'_>, empty: Leaf) -> Leaf {
    let distance = distance(node, oracle);
    let mut leaf = Leaf {
        have: distance.map(|d| d.have),
        need: distance.map(|d| d.need),
        missing: distance.filter(|_| empty.answer == "no").map(|d| d.missing),
        unit: distance.and_then(|d| shown::raw_unit(d.unit)).map(Words::from),
        seen: distance.map(|d| shown::amount(d.have, d.unit).into()),
        ..empty
    };
    let Some((place, offset)) = first_fact(node) else { return leaf };
    let Some(field) = firm.field(place) else { return leaf };
    leaf.field = Some(field.name.clone());
    leaf.year = firm.year_of(field, offset);
    leaf.contested = facts(node).into_iter().any(|(place, offset)| contested(firm, place, offset));
    leaf.stale = firm.is_stale(field);
    if let Some(band) = firm.band(&field.name, leaf.year) {
        leaf.seen = Some(chosen(band));
    }
    if leaf.seen.is_none() {
        leaf.seen = firm.stored(field, offset).and_then(|value| firm.shown(field, value)).map(Words::from);
    }
    if let Some(fact) = firm.fact_on_file(field, offset) {
        let label = oracle.model.sources.get(&fact.source).map_or_else(|| Text::chinese_only(fact.source.clone()), |s| s.label.clone());
        leaf.source = Some(SourceNote { name: fact.source.clone(), label: label.into() });
        leaf.as_of = Some(fact.as_of.to_string());
    }
    leaf
}

/// A ready answer as what was seen: it stands for a range, not for a figure.
pub(crate) fn chosen(band: &Words) -> Words {
    Words { zh: format!("{}（企业选择的区间）", band.zh), en: format!("{} (range chosen by the firm)", band.en) }
}

pub(crate) fn contested(firm: &Firm<'_>, place: FieldIx, offset: i32) -> bool {
    firm.field(place).is_some_and(|field| firm.is_contested(&field.name, firm.year_of(field, offset)))
}

/// What is there and what is wanted, where both are numbers; days have their own words.
pub(crate) fn distance(node: &Node, oracle: &Oracle<'_>) -> Option<Distance> {
    liangu_expr::explain::distance(node, oracle.firm, &oracle.context).filter(|distance| !distance.date)
}

/// The first fact of the record that a node reads, in source order.
pub(crate) fn first_fact(node: &Node) -> Option<(FieldIx, i32)> {
    match &node.kind {
        Kind::Fact(Source::Record { field, year }) => Some((*field, *year)),
        _ => parts(node).into_iter().find_map(first_fact),
    }
}

/// All facts of the record that a node reads, in source order, once each.
pub(crate) fn facts(node: &Node) -> Vec<(FieldIx, i32)> {
    reads(node).facts
}

/// The value a leaf shows in one line; joined parts show none.
pub(crate) fn seen_in_short(node: &Node, firm: &Firm<'_>, oracle: &Oracle<'_>) -> Option<Words> {
    if is_joined(node) {
        return None;
    }
    let known = first_fact(node).and_then(|(place, offset)| Some((firm.field(place)?, offset)));
    if let Some(band) = known.and_then(|(field, offset)| firm.band(&field.name, firm.year_of(field, offset))) {
        return Some(chosen(band));
    }
    if let Some(distance) = distance(node, oracle) {
        return Some(shown::amount(distance.have, distance.unit).into());
    }
    let (field, offset) = known?;
    firm.shown(field, firm.stored(field, offset)?).map(Words::from)
}

/// `revenue (2025)` in words.
pub(crate) fn fact_label(firm: &Firm<'_>, place: FieldIx, offset: i32) -> Text {
    let Some(field) = firm.field(place) else { return Text::default() };
    match firm.year_of(field, offset) {
        Some(year) => Text::new(format!("{year} 年{}", field.label.zh), format!("{} in {year}", field.label.get(Lang::En))),
        None => field.label.clone(),
    }
}
