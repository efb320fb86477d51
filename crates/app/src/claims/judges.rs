//! What claims are judged by, typed once for each basis and day: a list of cases asks for the same few again and again.
use super::basing::Basing;
use super::file;
use crate::App;
use crate::fault::Outcome;
use liangu_base::Date;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Kept at once; the room is cleared when it is full.
const MOST: usize = 256;

/// Digest of the basis, day, judged year.
type Key = (String, Date, i32);

/// Invariant: a basis never changes under its digest, so what was kept is never out of date.
#[derive(Default)]
pub(crate) struct Judges(Mutex<HashMap<Key, Arc<Basing>>>);

impl Judges {
    /// By what was frozen once.
    pub fn of(&self, app: &App, digest: &str, day: Date, judged_year: i32) -> Outcome<Arc<Basing>> {
        let key = (digest.to_owned(), day, judged_year);
        if let Some(kept) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(kept.clone());
        }
        let made = Arc::new(Basing::on(app, file::basis(app, digest)?, day, judged_year));
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, made.clone());
        Ok(made)
    }
}
