//! Kleene's three-valued logic. The only place where the truth tables stand.
use crate::value::Answer::{self, No, Unknown, Yes};

/// Unknown stays unknown.
pub fn not(a: Answer) -> Answer {
    match a {
        Yes => No,
        No => Yes,
        Unknown => Unknown,
    }
}

pub fn and(a: Answer, b: Answer) -> Answer {
    match (a, b) {
        (No, _) | (_, No) => No,
        (Yes, Yes) => Yes,
        _ => Unknown,
    }
}

pub fn or(a: Answer, b: Answer) -> Answer {
    not(and(not(a), not(b)))
}

/// No if any part is no, else unknown if any is unknown, else yes.
pub fn all(parts: impl IntoIterator<Item = Answer>) -> Answer {
    parts.into_iter().fold(Yes, and)
}

/// Yes if any part is yes, else unknown if any is unknown, else no.
pub fn any(parts: impl IntoIterator<Item = Answer>) -> Answer {
    parts.into_iter().fold(No, or)
}

/// Yes if `n` parts are yes, no if `n` cannot be reached any more, else unknown.
pub fn at_least(n: u32, parts: impl IntoIterator<Item = Answer>) -> Answer {
    let (mut yes, mut possible) = (0u32, 0u32);
    for part in parts {
        yes += u32::from(part == Yes);
        possible += u32::from(part != No);
    }
    match () {
        () if yes >= n => Yes,
        () if possible < n => No,
        () => Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_kleenes() {
        for (a, b, conjunction, disjunction) in [
            (Yes, Yes, Yes, Yes),
            (Yes, No, No, Yes),
            (Yes, Unknown, Unknown, Yes),
            (No, Yes, No, Yes),
            (No, No, No, No),
            (No, Unknown, No, Unknown),
            (Unknown, Yes, Unknown, Yes),
            (Unknown, No, No, Unknown),
            (Unknown, Unknown, Unknown, Unknown),
        ] {
            assert_eq!((and(a, b), all([a, b])), (conjunction, conjunction), "{a:?} and {b:?}");
            assert_eq!((or(a, b), any([a, b])), (disjunction, disjunction), "{a:?} or {b:?}");
        }
        assert_eq!([not(Yes), not(No), not(Unknown)], [No, Yes, Unknown]);
        assert_eq!((all([]), any([])), (Yes, No));
    }

    #[test]
    fn at_least_counts_what_is_and_what_may_be() {
        assert_eq!(at_least(2, [Yes, Unknown, No]), Unknown);
        assert_eq!(at_least(2, [Yes, Yes, Unknown]), Yes);
        assert_eq!(at_least(2, [Yes, No, No]), No);
        assert_eq!(at_least(0, []), Yes);
        assert_eq!(at_least(1, []), No);
    }
}
