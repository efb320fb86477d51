//! A decision made again from what was frozen, and compared with its record.
use super::values::text;
use super::{Basing, CLAIM, file};
use crate::fault::{Fault, Outcome};
use crate::{App, Caller, Principal};
use liangu_base::{Date, Id, Lang};
use liangu_policy::decision::{Difference, replay_with};
use liangu_store::{Cursor, Item, Query, Sort};
use serde::Serialize;
use std::collections::HashMap;

/// Claims read at a time.
const BATCH: u32 = 500;
/// Policies kept ready at a time.
const READY: usize = 200;

/// What came out of one claim.
#[derive(Clone, Debug, Serialize)]
pub struct Replayed {
    /// Id of the outside form.
    pub claim: String,
    pub number: String,
    /// Decisions on record; of none there is nothing to replay.
    pub decisions: usize,
    pub agrees: bool,
    /// Paths begin with the place of the decision, as `0.decision.items.0.amount`.
    pub differences: Vec<Difference>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReplayTotals {
    /// Claims with a decision.
    pub claims: u64,
    pub agree: u64,
    pub differ: u64,
}

/// For the console: decides one claim again.
///
/// # Errors
/// Not found for an id or number that names no claim; internal for documents that cannot be read.
pub fn replay(app: &App, claim: &str) -> Outcome<Replayed> {
    let operator = Principal::operator();
    let caller = Caller::new(app, &operator, Lang::Zh);
    let id = match caller.id(CLAIM, claim) {
        Ok(id) => id,
        Err(_) => numbered(&caller, claim)?,
    };
    Replayer::default().claim(app, &caller.visible(CLAIM, id)?)
}

/// Decides every claim again.
///
/// # Errors
/// What the store answers.
pub fn replay_all(app: &App, each: &mut dyn FnMut(&Replayed)) -> Outcome<ReplayTotals> {
    let operator = Principal::operator();
    let caller = Caller::new(app, &operator, Lang::Zh);
    let mut replayer = Replayer::default();
    let mut totals = ReplayTotals::default();
    let mut after: Option<Cursor> = None;
    loop {
        let oldest = Some(Sort { field: "id".to_owned(), descending: false });
        let page = app.store.query(CLAIM, &Query { sort: oldest, limit: BATCH, total: false, after, ..caller.rows(CLAIM)? })?;
        for item in &page.items {
            let replayed = replayer.claim(app, item)?;
            if replayed.decisions == 0 {
                continue;
            }
            totals.claims += 1;
            *if replayed.agrees { &mut totals.agree } else { &mut totals.differ } += 1;
            each(&replayed);
        }
        let Some(next) = page.next else { return Ok(totals) };
        after = Some(next);
    }
}

/// By the number people know.
fn numbered(caller: &Caller<'_>, number: &str) -> Outcome<Id> {
    let query = Query { text: Some(number.to_owned()), limit: 20, total: false, ..caller.rows(CLAIM)? };
    let found = caller.app.store.query(CLAIM, &query)?.items;
    found.iter().find(|item| text(&item.values, "number") == Some(number)).map(|item| item.id).ok_or(Fault::NotFound)
}

/// Judges that were made already: claims of a policy share them.
#[derive(Default)]
struct Replayer {
    ready: HashMap<(String, Date, i32), Basing>,
}

impl Replayer {
    fn claim(&mut self, app: &App, item: &Item) -> Outcome<Replayed> {
        let mut differences = Vec::new();
        let records = file::decisions(app, item.id)?;
        for (at, (record, frozen)) in records.iter().enumerate() {
            let key = (record.basis.clone(), frozen.day, frozen.judged_year);
            if !self.ready.contains_key(&key) {
                if self.ready.len() >= READY {
                    self.ready.clear();
                }
                let basing = Basing::on(app, file::basis(app, &record.basis)?, frozen.day, frozen.judged_year);
                self.ready.insert(key.clone(), basing);
            }
            let found = replay_with(record, &self.ready[&key].judge, frozen);
            differences.extend(found.into_iter().map(|d| Difference { path: format!("{at}.{}", d.path), ..d }));
        }
        let last = records.last().map(|(record, _)| record.digest());
        let on_row = text(&item.values, "digest").map(str::to_owned);
        if last != on_row {
            differences.push(Difference { path: "digest".to_owned(), was: on_row.into(), now: last.into() });
        }
        Ok(Replayed {
            claim: file::outside(app, item.id),
            number: text(&item.values, "number").unwrap_or_default().to_owned(),
            decisions: records.len(),
            agrees: differences.is_empty(),
            differences,
        })
    }
}
