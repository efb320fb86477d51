//! What a paid claim rests on, held against facts as they are known now. Pure.
use liangu_base::Date;
use liangu_policy::decision::{Frozen, FrozenFact, Judge, Judgements, Known, Said};
use serde::{Deserialize, Serialize};

/// A fact that is known otherwise now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Contradiction {
    pub field: String,
    /// Calendar year of a yearly fact.
    pub year: Option<i32>,
    pub frozen: Known,
    pub now: Known,
    pub source: Option<String>,
    pub as_of: Option<Date>,
}

/// Facts of the file that are said otherwise now, about the same time. What was not known then, or is not known any more,
/// contradicts nothing.
pub(super) fn contradictions(frozen: &Frozen, now: &Frozen) -> Vec<Contradiction> {
    let against = |was: &FrozenFact| {
        let is = now.fact(&was.field, was.year)?;
        let (before, after) = (was.value.as_ref()?, is.value.as_ref()?);
        let about_then = was.year.is_some() || is.as_of.is_some_and(|day| day <= frozen.day);
        (before != after && about_then).then(|| Contradiction {
            field: was.field.clone(),
            year: was.year,
            frozen: before.clone(),
            now: after.clone(),
            source: is.source.clone(),
            as_of: is.as_of,
        })
    };
    frozen.facts.iter().filter_map(against).collect()
}

/// Fen that would be due of `paid` with the facts as they are known now, everything else as it was; all of it where the
/// claim did not rest on its facts in the first place.
pub(super) fn entitled(judge: &Judge, frozen: &Frozen, judgements: &Judgements, against: &[Contradiction], paid: i64) -> i64 {
    if against.is_empty() || judge.adjudicate(frozen, judgements).whole != Said::Yes {
        return paid;
    }
    let mut now = frozen.clone();
    for change in against {
        let fact = now.facts.iter_mut().find(|fact| fact.field == change.field && fact.year == change.year);
        if let Some(fact) = fact {
            (fact.value, fact.source, fact.as_of) = (Some(change.now.clone()), change.source.clone(), change.as_of);
        }
    }
    let decision = judge.adjudicate(&now, judgements);
    match decision.whole {
        Said::Yes if decision.money.computed => decision.money.amount.map_or(paid, |amount| amount.clamp(0, paid)),
        Said::Yes => paid,
        Said::No | Said::Unknown => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn file(facts: &[(&str, Option<i32>, Option<i64>, &str)]) -> Frozen {
        let fact = |(field, year, value, as_of): &(&str, Option<i32>, Option<i64>, &str)| FrozenFact {
            field: (*field).to_owned(),
            year: *year,
            value: value.map(Known::Int),
            source: Some("tax".to_owned()),
            as_of: Some(day(as_of)),
        };
        Frozen {
            basis: String::new(),
            firm: String::new(),
            day: day("2026-11-20"),
            judged_year: 2025,
            taken_on: day("2026-11-20"),
            facts: facts.iter().map(fact).collect(),
            children: BTreeMap::new(),
            items: Vec::new(),
            grants: Vec::new(),
            granted_on: day("2026-11-20"),
        }
    }

    #[test]
    fn only_what_is_said_otherwise_about_the_same_time_contradicts() {
        let was = file(&[
            ("revenue", Some(2025), Some(100), "2026-03-01"),
            ("revenue", Some(2024), Some(90), "2025-03-01"),
            ("employees", None, Some(50), "2026-10-01"),
            ("patents", None, Some(3), "2026-10-01"),
            ("energy", None, None, "2026-10-01"),
            ("debt", None, Some(7), "2026-10-01"),
        ]);
        let now = file(&[
            ("revenue", Some(2025), Some(80), "2027-05-01"),
            ("revenue", Some(2024), Some(90), "2027-05-01"),
            ("employees", None, Some(40), "2027-01-01"),
            ("patents", None, Some(2), "2026-11-20"),
            ("energy", None, Some(9), "2026-10-01"),
            ("debt", None, None, "2026-10-01"),
        ]);
        let found: Vec<(String, Option<i32>)> = contradictions(&was, &now).into_iter().map(|c| (c.field, c.year)).collect();
        assert_eq!(found, [("revenue".to_owned(), Some(2025)), ("patents".to_owned(), None)]);
        assert_eq!(contradictions(&was, &was), []);
    }
}
