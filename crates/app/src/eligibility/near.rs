//! A near miss: the one clause that is in the way, said as what it is, what is needed, what is missing, by when.
use super::explain::{distance, fact_label, first_fact, seen_in_short};
use super::firm::Firm;
use crate::language::Oracle;
use crate::shown;
use crate::views::Words;
use liangu_base::{Lang, Text};
use liangu_expr::reads::reads;
use liangu_expr::schema::FieldIx;
use liangu_expr::typed::{Kind, Node};
use liangu_expr::value::Answer;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Near)]
pub struct NearMiss {
    /// What the clause asks.
    pub sentence: Words,
    pub have: Option<i64>,
    pub need: Option<i64>,
    pub missing: Option<i64>,
    pub unit: Option<Words>,
    /// The day from which the clause holds by itself.
    pub time_cures: Option<String>,
    pub text: Words,
}

/// `deadline`: last day of the policy's window.
pub(crate) fn near_miss(clause: &Node, firm: &Firm<'_>, oracle: &Oracle<'_>, deadline: Option<&str>) -> NearMiss {
    let blocking = blocking(clause, oracle);
    let sentence = firm.sentence(clause);
    let distance = distance(blocking, oracle);
    let time_cures = liangu_expr::explain::time_cures(clause, oracle.firm, &oracle.context);
    let seen = seen_in_short(blocking, firm, oracle);
    let label = first_fact(blocking).map(|(place, offset)| fact_label(firm, place, offset));
    let text = |lang: Lang| {
        let side = |words: &Words| if lang == Lang::Zh { words.zh.clone() } else { words.en.clone() };
        let mut parts = Vec::new();
        if let (Some(label), Some(seen)) = (&label, &seen) {
            parts.push(said(lang, "现为", "is now", label.get(lang), &side(seen)));
        }
        parts.push(said(lang, "需要", "needed:", "", sentence.get(lang)));
        if let Some(distance) = distance.filter(|distance| distance.missing > 0) {
            parts.push(said(lang, "还差", "missing:", "", shown::amount(distance.missing, distance.unit).get(lang)));
        }
        if let Some(day) = time_cures {
            parts.push(said(lang, "到期自然满足：", "holds by itself from", "", &day.to_string()));
        }
        if let Some(deadline) = deadline {
            parts.push(said(lang, "申报截止", "applications close on", "", deadline));
        }
        parts.join(if lang == Lang::Zh { "；" } else { "; " })
    };
    NearMiss {
        sentence: (&sentence).into(),
        have: distance.map(|d| d.have),
        need: distance.map(|d| d.need),
        missing: distance.map(|d| d.missing),
        unit: distance.and_then(|d| shown::raw_unit(d.unit)).map(Words::from),
        time_cures: time_cures.map(|day| day.to_string()),
        text: Text::new(text(Lang::Zh), text(Lang::En)).into(),
    }
}

fn said(lang: Lang, zh: &str, en: &str, subject: &str, object: &str) -> String {
    let verb = if lang == Lang::Zh { zh } else { en };
    [subject, verb, object].iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// Of a number too high, the thousandths of what is allowed that may be over for it to be a step.
const MOST_OVER: i64 = 200;
/// The effort of a step that has no distance: a certificate, a project, a yes.
const WITHOUT_DISTANCE: i64 = 400;

/// How far off this step is, in thousandths of what is asked; `None` where it is no step that a firm takes: a clause that
/// asks only what the firm is (where, in which industry, of which size), or a number far too high.
pub(crate) fn effort(clause: &Node, firm: &Firm<'_>, oracle: &Oracle<'_>) -> Option<i64> {
    let reads = reads(clause);
    let changes = |(place, _): &(FieldIx, i32)| firm.field(*place).is_none_or(|field| !field.lasting);
    let step = reads.today || !reads.children.is_empty() || reads.facts.iter().any(changes);
    if !step {
        return None;
    }
    let blocking = blocking(clause, oracle);
    let Some(distance) = distance(blocking, oracle) else { return Some(WITHOUT_DISTANCE) };
    let share = distance.missing.saturating_mul(1000) / distance.need.abs().max(1);
    (distance.have < distance.need || share <= MOST_OVER).then_some(share)
}

/// Of a joined clause the part that is nearest to yes: of alternatives the one with the least left to do.
fn blocking<'n>(clause: &'n Node, oracle: &Oracle<'_>) -> &'n Node {
    let parts = match &clause.kind {
        Kind::And(parts) | Kind::Or(parts) | Kind::AtLeast(_, parts) => parts,
        _ => return clause,
    };
    let not_yet = parts.iter().filter(|part| oracle.answer(part) == Answer::No).map(|part| blocking(part, oracle));
    let share = |part: &&Node| match distance(part, oracle) {
        Some(d) => d.missing.saturating_mul(1000) / d.need.abs().max(1),
        None => i64::MAX,
    };
    not_yet.min_by_key(share).unwrap_or(clause)
}
