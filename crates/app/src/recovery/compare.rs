//! What a paid claim rests on, held against what is on file now. Pure.
use liangu_base::Date;
use liangu_policy::decision::{Frozen, FrozenFact, Judge, Judgements, Known, Said};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A child record by its fields; what is not known stands not in it.
pub(super) type Fields = BTreeMap<String, Known>;

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

/// A child record that stands no more as it was frozen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Rewritten {
    pub collection: String,
    /// Place in the file, from 0.
    pub at: usize,
    pub frozen: Fields,
    /// None where it is on file no more.
    pub now: Option<Fields>,
}

/// All that is said otherwise now.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Against {
    pub facts: Vec<Contradiction>,
    pub records: Vec<Rewritten>,
}

impl Against {
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.records.is_empty()
    }
}

/// A child record on file now.
#[derive(Clone, Debug)]
pub(super) struct OnFile {
    pub fields: Fields,
    /// Entered after the claim's file was taken.
    pub is_later: bool,
}

/// Facts of the file that are said otherwise now, about the same time: of yearly facts what counts for their year
/// (`now`), of others what would count if nothing had been said about later days (`then`). What was not known then, or is
/// not known any more, contradicts nothing.
pub(super) fn contradictions(frozen: &Frozen, now: &Frozen, then: &[FrozenFact]) -> Vec<Contradiction> {
    let against = |was: &FrozenFact| {
        let is = match was.year {
            Some(_) => now.fact(&was.field, was.year)?,
            None => then.iter().find(|fact| fact.field == was.field)?,
        };
        let (before, after) = (was.value.as_ref()?, is.value.as_ref()?);
        (before != after).then(|| Contradiction {
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

/// Records of a collection that stand no more as they were frozen. Files do not name records: what stands as it was is
/// taken away on both sides, what is left of the file is paired with what is left of the records that were there then,
/// the most alike first, and with a later one only if it is the same for the most part (taken out and entered anew).
/// Records that were added change nothing.
pub(super) fn rewritten(collection: &str, frozen: &[Fields], now: &[OnFile]) -> Vec<Rewritten> {
    let mut left: Vec<&OnFile> = now.iter().collect();
    let mut gone: Vec<(usize, &Fields)> = Vec::new();
    for (at, was) in frozen.iter().enumerate() {
        match left.iter().position(|one| one.fields == *was) {
            Some(same) => {
                left.remove(same);
            }
            None => gone.push((at, was)),
        }
    }
    let mut found = Vec::new();
    for (at, was) in gone {
        let alike = |one: &OnFile| was.iter().filter(|(field, value)| one.fields.get(*field) == Some(value)).count();
        let may_be = |one: &OnFile| !one.is_later || 2 * alike(one) > was.len();
        let best = (0..left.len()).filter(|place| may_be(left[*place])).max_by_key(|place| {
            let one = left[*place];
            (!one.is_later, alike(one), std::cmp::Reverse(*place))
        });
        let now = best.map(|place| left.remove(place).fields.clone());
        found.push(Rewritten { collection: collection.to_owned(), at, frozen: was.clone(), now });
    }
    found
}

/// Fen that would be due of `paid` with what is known now, everything else as it was; all of it where the claim did not
/// rest on its file in the first place.
pub(super) fn entitled(judge: &Judge, frozen: &Frozen, judgements: &Judgements, against: &Against, paid: i64) -> i64 {
    if against.is_empty() || judge.adjudicate(frozen, judgements).whole != Said::Yes {
        return paid;
    }
    let decision = judge.adjudicate(&corrected(frozen, against), judgements);
    match decision.whole {
        Said::Yes if decision.money.computed => decision.money.amount.map_or(paid, |amount| amount.clamp(0, paid)),
        Said::Yes => paid,
        Said::No | Said::Unknown => 0,
    }
}

/// The file with what is known now in the place of what was known then.
fn corrected(frozen: &Frozen, against: &Against) -> Frozen {
    let mut now = frozen.clone();
    for change in &against.facts {
        let fact = now.facts.iter_mut().find(|fact| fact.field == change.field && fact.year == change.year);
        if let Some(fact) = fact {
            (fact.value, fact.source, fact.as_of) = (Some(change.now.clone()), change.source.clone(), change.as_of);
        }
    }
    for (name, records) in &mut now.children {
        let of = |at: usize| against.records.iter().find(|one| one.collection == *name && one.at == at);
        let kept = std::mem::take(records).into_iter().enumerate();
        *records = kept.filter_map(|(at, was)| of(at).map_or(Some(was), |one| one.now.clone())).collect();
    }
    now
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn fact(field: &str, year: Option<i32>, value: Option<i64>, as_of: &str) -> FrozenFact {
        let (value, source, as_of) = (value.map(Known::Int), Some("tax".to_owned()), Some(day(as_of)));
        FrozenFact { field: field.to_owned(), year, value, source, as_of }
    }

    fn file(facts: Vec<FrozenFact>) -> Frozen {
        Frozen {
            basis: String::new(),
            firm: String::new(),
            day: day("2026-11-20"),
            judged_year: 2025,
            taken_on: day("2026-11-20"),
            facts,
            children: BTreeMap::new(),
            items: Vec::new(),
            grants: Vec::new(),
            granted_on: day("2026-11-20"),
        }
    }

    #[test]
    fn only_what_is_said_otherwise_about_the_same_time_contradicts() {
        let was = file(vec![
            fact("revenue", Some(2025), Some(100), "2026-03-01"),
            fact("revenue", Some(2024), Some(90), "2025-03-01"),
            fact("employees", None, Some(50), "2026-10-01"),
            fact("patents", None, Some(3), "2026-10-01"),
            fact("energy", None, None, "2026-10-01"),
            fact("debt", None, Some(7), "2026-10-01"),
        ]);
        let now = file(vec![
            fact("revenue", Some(2025), Some(80), "2027-05-01"),
            fact("revenue", Some(2024), Some(90), "2027-05-01"),
            fact("employees", None, Some(40), "2027-01-01"),
            fact("patents", None, Some(9), "2027-01-01"),
        ]);
        let then = [
            fact("employees", None, Some(50), "2026-10-01"),
            fact("patents", None, Some(2), "2026-11-20"),
            fact("energy", None, Some(9), "2026-10-01"),
        ];
        let found: Vec<(String, Option<i32>)> = contradictions(&was, &now, &then).into_iter().map(|c| (c.field, c.year)).collect();
        assert_eq!(found, [("revenue".to_owned(), Some(2025)), ("patents".to_owned(), None)]);
        assert_eq!(contradictions(&was, &was, &was.facts), []);
    }

    /// A record of a number, a kind and an amount.
    fn record(number: i64, kind: i64, amount: i64) -> Fields {
        [("number", number), ("kind", kind), ("amount", amount)].map(|(name, n)| (name.to_owned(), Known::Int(n))).into()
    }

    #[test]
    fn a_record_is_known_again_by_what_stayed_of_it() {
        let was = [record(1, 1, 100), record(2, 1, 200), record(2, 1, 200)];
        let (then, later) = (|fields| OnFile { fields, is_later: false }, |fields| OnFile { fields, is_later: true });
        type Case = (&'static str, Vec<OnFile>, Vec<(usize, Option<Fields>)>);
        let cases: Vec<Case> = vec![
            ("as it was, in another order", vec![then(record(2, 1, 200)), then(record(2, 1, 200)), then(record(1, 1, 100))], vec![]),
            (
                "one of two alike is gone, others were added",
                vec![then(record(1, 1, 100)), then(record(2, 1, 200)), later(record(7, 3, 900))],
                vec![(2, None)],
            ),
            (
                "one was corrected",
                vec![then(record(1, 1, 100)), then(record(2, 1, 200)), then(record(2, 1, 150))],
                vec![(2, Some(record(2, 1, 150)))],
            ),
            (
                "one was taken out and entered anew",
                vec![later(record(1, 1, 90)), then(record(2, 1, 200)), then(record(2, 1, 200))],
                vec![(0, Some(record(1, 1, 90)))],
            ),
            ("all are gone", vec![], vec![(0, None), (1, None), (2, None)]),
        ];
        for (what, now, wanted) in cases {
            let found: Vec<_> = rewritten("loans", &was, &now).into_iter().map(|one| (one.at, one.now)).collect();
            assert_eq!(found, wanted, "{what}");
        }
    }

    #[test]
    fn the_corrected_file_has_what_is_known_now() {
        let mut was = file(vec![fact("revenue", Some(2025), Some(100), "2026-03-01")]);
        was.children.insert("loans".to_owned(), vec![record(1, 1, 100), record(2, 1, 200), record(3, 1, 300)]);
        let mut facts = contradictions(&was, &file(vec![fact("revenue", Some(2025), Some(80), "2027-03-01")]), &[]);
        let on_file = [record(3, 1, 300), record(1, 1, 50)].map(|fields| OnFile { fields, is_later: false });
        let records = rewritten("loans", &was.children["loans"], &on_file);
        let now = corrected(&was, &Against { facts: facts.clone(), records });
        assert_eq!(now.facts[0].value, Some(Known::Int(80)));
        assert_eq!(now.children["loans"], [record(1, 1, 50), record(3, 1, 300)]);
        assert_eq!(facts.remove(0).as_of, Some(day("2027-03-01")));
    }
}
