//! Answers that are the same for everyone with a key, kept until the sequence they rest on or the day moves on.
use crate::fault::Outcome;
use liangu_base::Date;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// Values by key, each with the journal sequence and the day it was made at.
pub(crate) struct Kept<K, T>(Mutex<HashMap<K, (i64, Date, T)>>);

impl<K, T> Default for Kept<K, T> {
    fn default() -> Kept<K, T> {
        Kept(Mutex::default())
    }
}

impl<K: Eq + Hash, T: Clone> Kept<K, T> {
    /// The kept value, if nothing was written and no day has passed since; else what `make` makes.
    pub fn get(&self, key: K, sequence: i64, day: Date, make: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        let kept = |map: &HashMap<K, (i64, Date, T)>| {
            map.get(&key).filter(|(s, d, _)| (*s, *d) == (sequence, day)).map(|(_, _, value)| value.clone())
        };
        if let Some(value) = kept(&self.0.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(value);
        }
        let value = make()?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, (sequence, day, value.clone()));
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::Kept;
    use liangu_base::Date;

    #[test]
    fn made_once_per_sequence_and_day() {
        let kept: Kept<&str, i64> = Kept::default();
        let mut made = 0;
        let day = Date::from_ymd(2026, 11, 20).unwrap();
        for (sequence, day) in [(1, day), (1, day), (2, day), (2, day.add_days(1)), (2, day.add_days(1))] {
            made = kept.get("hall", sequence, day, || Ok(made + 1)).unwrap();
        }
        assert_eq!(made, 3);
    }
}
