//! What happens to cases by themselves: timers that are due, and the carrying over of running cases when the flow or the
//! holiday calendar is another than the one they were counted by.
//!
//! Each case is a commit of its own. One that fails is put off and told in the log, so that it never keeps others
//! waiting; a timer that fires late still fires. When nothing is due this costs one indexed query a record type.
use super::case::case_of;
use super::effects::{self, Fired};
use super::write::{Moved, commit_anew};
use super::{rows, with_flow};
use crate::fault::{Fault, Outcome};
use crate::reads::Reads as _;
use crate::secrets::sha256_hex;
use crate::{App, Caller, Principal};
use liangu_base::Lang;
use liangu_flow::{Case, Definition, Step};
use liangu_model::record::{FLOW_DUE, Record};
use liangu_store::{Change, DocumentPut, Item, Value, Values, Years};
use serde::{Deserialize, Serialize};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Seconds by which a case that could not be moved is put off.
const PUT_OFF_SECONDS: i64 = 15 * 60;
/// Document kind: by which flow and calendar the cases of a record type were last counted; key: the record type.
const CARRIED: &str = "flow_carried";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Carried {
    version: u32,
    /// Digest of the holiday calendar.
    calendar: String,
    /// Day on which some could not be carried; they are tried again on another.
    #[serde(default)]
    failed_on: Option<String>,
}

/// Everything that is due by the clock.
///
/// # Errors
/// When the store cannot be read; the next call goes on.
pub(crate) fn work_by_the_clock(app: &App) -> Outcome<()> {
    let operator = Principal::operator();
    let caller = Caller::new(app, &operator, Lang::Zh);
    caller.carry_cases()?;
    with_flow(app).try_for_each(|(record, definition)| caller.fire_due(record, definition))
}

impl Caller<'_> {
    fn fire_due(&self, record: &Record, definition: &Definition) -> Outcome<()> {
        let mut after = None;
        loop {
            let page = rows::due(self.app, &record.name, self.app.moment(), after)?;
            for item in &page.items {
                let fired = guarded(|| self.fire(record, definition, item));
                self.settle(record, item, fired);
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(()),
            }
        }
    }

    /// Lets a timer that is due act before a person does; the row after it.
    pub(super) fn fire_first(&self, record: &Record, definition: &Definition, item: &Item) -> Outcome<Option<Item>> {
        let case = self.case_now(definition, item)?;
        if liangu_flow::due(definition, &case).is_none_or(|due| due > self.app.moment()) {
            return Ok(None);
        }
        let operator = Principal::operator();
        Caller { principal: &operator, ..*self }.fire(record, definition, item)?;
        self.app.store.get_many(&record.name, &[item.id]).map(|mut rows| rows.pop()).map_err(Fault::from)
    }

    fn fire(&self, record: &Record, definition: &Definition, item: &Item) -> Outcome<()> {
        let case = self.case_now(definition, item)?;
        let Some(step) = liangu_flow::fire(definition, &case, self.app.moment(), self.app.calendar()) else {
            return Err(Fault::Internal("the timer is due and nothing follows from it".to_owned()));
        };
        let fired = Fired { caller: self, record, item, step: &step };
        let moved = Moved { record, definition, item, step: &step, command: None, key: None };
        commit_anew(self.app, item, || {
            let mut commit = self.commit_of(record, "timer");
            let extra = effects::on_fired(&fired, &mut commit)?;
            self.put_step(&moved, extra, &mut commit)?;
            Ok(commit)
        })
    }

    /// A case that failed waits a while; one that a person moved meanwhile has its own new timer.
    fn settle(&self, record: &Record, item: &Item, fired: Outcome<()>) {
        let fault = match fired {
            Ok(()) | Err(Fault::Stale { .. }) => return,
            Err(fault) => fault,
        };
        tracing::warn!(record = %record.name, case = %item.id, ?fault, "a timer of a case failed; it is tried again in a quarter of an hour");
        let values = Values::from([(FLOW_DUE.to_owned(), Value::Instant(self.app.moment().plus_seconds(PUT_OFF_SECONDS)))]);
        let mut commit = self.commit_of(record, "timer");
        let expected_version = Some(item.version);
        commit.changes.push(Change::Update { record: record.name.clone(), id: item.id, expected_version, values, years: Years::new() });
        if let Err(fault) = self.app.write(commit) {
            tracing::warn!(record = %record.name, case = %item.id, ?fault, "nor could it be put off");
        }
    }

    /// Cases of record types whose flow or calendar has changed since they were last counted.
    fn carry_cases(&self) -> Outcome<()> {
        let calendar = sha256_hex(liangu_packs::standards::HOLIDAYS.as_bytes());
        let known = self.app.store.documents(CARRIED)?;
        for (record, definition) in with_flow(self.app) {
            let found = known.iter().find(|document| document.key == record.name);
            let before: Option<Carried> = found.and_then(|document| serde_json::from_value(document.value.clone()).ok());
            let now = Carried { version: definition.version, calendar: calendar.clone(), failed_on: None };
            let today = self.app.today().to_string();
            let is_counted = before.as_ref().is_some_and(|before| (before.version, &before.calendar) == (now.version, &now.calendar));
            let failed = before.and_then(|before| before.failed_on);
            if is_counted && failed.is_none_or(|day| day == today) {
                continue;
            }
            let all = self.carry_all(record, definition)?;
            self.remember(record, &Carried { failed_on: (!all).then_some(today), ..now })?;
        }
        Ok(())
    }

    fn remember(&self, record: &Record, carried: &Carried) -> Outcome<()> {
        let value = serde_json::to_value(carried).map_err(|error| Fault::Internal(error.to_string()))?;
        let mut commit = self.commit_of(record, "carry");
        let (kind, key) = (CARRIED.to_owned(), record.name.clone());
        commit.documents.push(DocumentPut { kind, key, value: Some(value), expected_version: None, journal: false });
        self.app.write(commit).map(drop)
    }

    /// Whether every case could be carried.
    fn carry_all(&self, record: &Record, definition: &Definition) -> Outcome<bool> {
        let (mut after, mut all) = (None, true);
        loop {
            let page = rows::all(self.app, &record.name, after)?;
            for item in &page.items {
                if let Err(fault) = guarded(|| self.carry(record, definition, item)) {
                    tracing::warn!(record = %record.name, case = %item.id, ?fault, "a case could not be carried over; it is tried again tomorrow");
                    all = false;
                }
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(all),
            }
        }
    }

    fn carry(&self, record: &Record, definition: &Definition, item: &Item) -> Outcome<()> {
        let Some(step) = self.counted_anew(definition, &case_of(item)?)? else { return Ok(()) };
        let moved = Moved { record, definition, item, step: &step, command: None, key: None };
        let written = commit_anew(self.app, item, || {
            let mut commit = self.commit_of(record, "carry");
            self.put_step(&moved, Values::new(), &mut commit)?;
            Ok(commit)
        });
        match written {
            // Somebody moved it meanwhile, and so carried it.
            Err(Fault::Stale { .. }) => Ok(()),
            other => other,
        }
    }

    /// The case under flow and calendar in force, if that changes anything. A finished case stays as it was, unless its
    /// state is gone.
    fn counted_anew(&self, definition: &Definition, case: &Case) -> Outcome<Option<Step>> {
        if definition.state(&case.state).is_some_and(|state| state.kind.is_done()) {
            return Ok(None);
        }
        let (now, calendar) = (self.app.moment(), self.app.calendar());
        let carried = liangu_flow::carry_over(definition, case, now, calendar).map_err(super::actor::refused)?;
        let anew = liangu_flow::reproject(definition, &carried.case, now, calendar);
        Ok(match anew {
            Some(mut step) => {
                step.events.splice(0..0, carried.events);
                Some(step)
            }
            None => Some(carried).filter(|step| step.case != *case),
        })
    }
}

/// A panic in one case is that case's failure.
fn guarded(work: impl FnOnce() -> Outcome<()>) -> Outcome<()> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Fault::Internal("panicked".to_owned())))
}
