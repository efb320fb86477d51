//! Batches: each one commit with its rows and the import's new state; what was committed is never done again.
use super::decide::{Action, Decision};
use super::existing::Known;
use super::reading::{Interpreter, Reading, Trouble, record_type};
use super::state::{Import, ImportView, KIND, Progress, Stage};
use super::upload::{not_now, put};
use super::{BATCH, bad};
use crate::fault::{Fault, Outcome};
use crate::reads::Reads as _;
use crate::views::Words;
use crate::{App, Caller, Principal};
use liangu_base::text::Text;
use liangu_base::{Id, Lang};
use liangu_store::{Commit, Idempotency, Stamp, StoreError};
use liangu_workbook::{Book, Row};
use std::collections::HashMap;

/// Hours for which a batch keeps its key.
const KEY_HOURS: i64 = 72;
/// Attempts at a batch while others change the same records.
const ATTEMPTS: usize = 5;

/// How a turn of work ended.
#[derive(PartialEq, Eq)]
enum Turn {
    /// The import is at its end, cancelled or stopped, or the program stops.
    Over,
    /// Somebody else changed it; look again.
    Again,
}

impl Caller<'_> {
    /// Starts a draft, or goes on with one that was cancelled or stopped.
    ///
    /// # Errors
    /// Conflict when it is running or done; invalid where its mapping does not fit.
    pub fn start_import(&self, id: &str) -> Outcome<ImportView> {
        let id = self.import_id(id)?;
        let (mut import, version) = self.import_of(id)?;
        let record = record_type(self, &import.record)?;
        if matches!(import.stage, Stage::Running | Stage::Done) {
            return Err(not_now("此导入已在进行或已经完成。", "This import is running or done already."));
        }
        Interpreter::new(*self, record, &import.plan)?;
        (import.stage, import.why, import.ended_at) = (Stage::Running, None, None);
        let mut commit = self.commit("import.start");
        commit.documents.push(put(id, &import, version)?);
        commit.documents.push(self.remembered(record, &import.plan)?);
        self.app.write(commit)?;
        self.app.exchange.signal().call();
        Ok(import.view(id, version + 1))
    }

    /// Stops after the batch under way; what is written stays.
    ///
    /// # Errors
    /// Conflict when it has ended.
    pub fn cancel_import(&self, id: &str) -> Outcome<ImportView> {
        let id = self.import_id(id)?;
        for _ in 0..ATTEMPTS {
            let (mut import, version) = self.import_of(id)?;
            if matches!(import.stage, Stage::Done | Stage::Cancelled) {
                return Err(not_now("此导入已经结束。", "This import has ended already."));
            }
            (import.stage, import.ended_at) = (Stage::Cancelled, Some(self.now()));
            let mut commit = self.commit("import.cancel");
            commit.documents.push(put(id, &import, version)?);
            match self.app.try_write(commit) {
                Ok(_) => return Ok(import.view(id, version + 1)),
                Err(StoreError::Stale { .. } | StoreError::Conflict) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Fault::Unavailable { retry_after: 1, cause: "the import moved on while it was being cancelled".to_owned() })
    }
}

impl Caller<'_> {
    /// Every row that would not be taken as things stand, with its number in the file and why; nothing is written.
    ///
    /// # Errors
    /// Not found for another person's import; invalid where its mapping does not fit.
    pub fn check_import(&self, id: &str) -> Outcome<Vec<(u64, Text)>> {
        let (import, _) = self.import_of(self.import_id(id)?)?;
        let mut interpreter = Interpreter::new(*self, record_type(self, &import.record)?, &import.plan)?;
        let mut book = Book::open(self.app.store.open_file(import.file)?, &self.app.exchange.limits())?;
        let mut rows = book.rows(import.plan.sheet)?;
        let (mut known, mut row, mut batch, mut refused) = (Known::default(), Row::default(), Vec::with_capacity(BATCH), Vec::new());
        loop {
            let more = rows.next_row(&mut row)?;
            if more && row.number > import.plan.head_row && !row.is_empty() {
                let mut reading = interpreter.read(&row)?;
                interpreter.note_repeat(&mut known, &mut reading);
                batch.push(reading);
            }
            if batch.len() == BATCH || !more {
                for decision in interpreter.decide(&mut known, &batch)? {
                    if let Action::Bad(troubles) = &decision.action {
                        refused.push((decision.row, bad::BadRow::of(decision.row, troubles, &import.plan).text()));
                    }
                }
                batch.clear();
            }
            if !more {
                return Ok(refused);
            }
        }
    }

    /// Takes a draft and its file away.
    ///
    /// # Errors
    /// Conflict when it was started: what it wrote is told by it.
    pub fn discard_import(&self, id: &str) -> Outcome<()> {
        let id = self.import_id(id)?;
        let (import, version) = self.import_of(id)?;
        if import.stage != Stage::Draft {
            return Err(not_now("此导入已经开始，不能丢弃。", "This import was started and cannot be discarded."));
        }
        let mut commit = self.commit("import.discard");
        commit.documents.push(liangu_store::DocumentPut { value: None, ..put(id, &import, version)? });
        self.app.write(commit)?;
        Ok(self.app.store.remove_file(import.file)?)
    }
}

impl App {
    /// Works on every import that was started, oldest first, until none is left or the program stops.
    ///
    /// # Errors
    /// What the store answers; the next call goes on where this one ended.
    pub fn run_imports(&self) -> Outcome<()> {
        let _working = super::held(&self.exchange.working);
        for document in self.store.documents(KIND)? {
            let Ok(id) = document.key.parse::<Id>() else { continue };
            if document.value["stage"] == "running" {
                while !self.exchange.signal().is_stopped() && self.run_import(id)? == Turn::Again {}
            }
        }
        Ok(())
    }

    fn run_import(&self, id: Id) -> Outcome<Turn> {
        let Some((import, version)) = self.stored_import(id)?.filter(|(import, _)| import.stage == Stage::Running) else {
            return Ok(Turn::Over);
        };
        let principal = match import.owner {
            None => Some(Principal::operator()),
            Some(account) => self.store.account(account)?.filter(|account| !account.disabled).map(|account| Principal::of(&account)),
        };
        let Some(principal) = principal else {
            let why = Text::fixed("发起导入的账户已停用。", "The account that began this import is disabled.");
            return self.end(id, &import, version, Some(why));
        };
        let caller = Caller::new(self, &principal, Lang::Zh);
        let worked = record_type(&caller, &import.record)
            .and_then(|record| Interpreter::new(caller, record, &import.plan))
            .and_then(|interpreter| Work { interpreter, id, import: import.clone(), version, known: Known::default() }.run());
        match worked {
            Err(Fault::Invalid(faults)) => self.end(id, &import, version, faults.into_iter().next().map(|fault| fault.message)),
            Err(Fault::Forbidden { why, .. } | Fault::BadRequest { why, .. }) => self.end(id, &import, version, Some(why)),
            other => other,
        }
    }

    /// Stops an import that cannot go on, with the reason.
    fn end(&self, id: Id, import: &Import, version: i64, why: Option<Text>) -> Outcome<Turn> {
        let (mut import, version) = self.stored_import(id)?.unwrap_or_else(|| (import.clone(), version));
        (import.stage, import.why, import.ended_at) = (Stage::Stopped, why.map(Words::from), Some(self.now()));
        let mut commit = Commit::new(self.now(), "import.stop");
        commit.documents.push(put(id, &import, version)?);
        self.write(commit)?;
        Ok(Turn::Over)
    }
}

/// One import under way.
struct Work<'a> {
    interpreter: Interpreter<'a>,
    id: Id,
    import: Import,
    /// Version of the stored state.
    version: i64,
    known: Known,
}

impl Work<'_> {
    fn run(mut self) -> Outcome<Turn> {
        let app = self.interpreter.caller.app;
        let mut book = Book::open(app.store.open_file(self.import.file)?, &app.exchange.limits())?;
        let mut rows = book.rows(self.import.plan.sheet)?;
        let (mut row, mut batch, mut passed) = (Row::default(), Vec::with_capacity(BATCH), 0);
        loop {
            let more = rows.next_row(&mut row)?;
            if more && (row.number <= self.import.plan.head_row || row.is_empty()) {
                continue;
            }
            if more {
                let mut reading = self.interpreter.read(&row)?;
                self.interpreter.note_repeat(&mut self.known, &mut reading);
                passed += 1;
                if passed <= self.import.progress.done {
                    continue;
                }
                batch.push(reading);
            }
            if batch.len() == BATCH || !more {
                if self.batch(&mut batch, !more)? == Turn::Again {
                    return Ok(Turn::Again);
                }
                batch.clear();
            }
            if !more || app.exchange.signal().is_stopped() {
                return Ok(Turn::Over);
            }
        }
    }

    /// Decides and commits; a row that the store refuses becomes a bad one, and the rest is tried again.
    fn batch(&mut self, batch: &mut [Reading], last: bool) -> Outcome<Turn> {
        let app = self.interpreter.caller.app;
        for _ in 0..ATTEMPTS.max(batch.len().min(20)) {
            let mut known = std::mem::take(&mut self.known);
            let decisions = self.interpreter.decide(&mut known, batch);
            self.known = known;
            let decisions = decisions?;
            let rows: HashMap<Id, u64> = decisions.iter().filter_map(|decision| Some((touched(&decision.action)?, decision.row))).collect();
            let (commit, next) = self.commit(decisions, batch.len() as u64, last)?;
            match app.try_write(commit) {
                Ok(_) => {
                    self.import = next;
                    self.version += 1;
                    return Ok(Turn::Over);
                }
                Err(StoreError::Stale { record, .. }) if record == "document" => return Ok(Turn::Again),
                Err(StoreError::Stale { .. } | StoreError::Conflict | StoreError::Unique { .. } | StoreError::Missing { .. }) => {}
                Err(StoreError::Invalid(problems)) => {
                    let mut told = false;
                    for problem in problems {
                        let Some(row) = problem.id.and_then(|id| rows.get(&id)) else { continue };
                        if let Some(reading) = batch.iter_mut().find(|reading| reading.row == *row) {
                            reading.troubles.push(Trouble { column: None, text: problem.message });
                            told = true;
                        }
                    }
                    if !told {
                        return Err(Fault::Internal("the store refused a batch without naming a row".to_owned()));
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(crate::bad_request("import", "其他人同时在修改这些记录；请稍后继续。", "Others are changing these records; resume later."))
    }

    fn commit(&self, decisions: Vec<Decision>, rows: u64, last: bool) -> Outcome<(Commit, Import)> {
        let (caller, plan) = (&self.interpreter.caller, &self.import.plan);
        let mut next = self.import.clone();
        let mut commit = caller.commit(&format!("{}.import", self.import.record));
        commit.stamp = Some(Stamp { source: plan.source.clone(), as_of: plan.as_of });
        let Progress { batches, .. } = self.import.progress;
        let mut refused = Vec::new();
        for decision in decisions {
            match decision.action {
                Action::Create { change, .. } => {
                    next.progress.created += 1;
                    commit.changes.push(change);
                }
                Action::Update { change, facts, .. } => {
                    next.progress.updated += 1;
                    commit.changes.extend(change);
                    commit.facts.extend(facts);
                }
                Action::Joined => next.progress.updated += 1,
                Action::Unchanged => next.progress.unchanged += 1,
                Action::Skipped => next.progress.skipped += 1,
                Action::Bad(troubles) => {
                    next.progress.bad += 1;
                    refused.push(bad::BadRow::of(decision.row, &troubles, plan));
                }
            }
        }
        next.progress.done += rows;
        next.progress.batches += 1;
        if last {
            (next.stage, next.ended_at) = (Stage::Done, Some(caller.now()));
            next.progress.rows = next.progress.done;
        }
        commit.documents.push(put(self.id, &next, self.version)?);
        commit.documents.extend(bad::put(self.id, batches, &refused)?);
        commit.idempotency = Some(Idempotency {
            scope: KIND.to_owned(),
            key: format!("import:{}:{batches}", self.id),
            body_hash: String::new(),
            keep_until: caller.now().plus_seconds(KEY_HOURS * 3600),
        });
        Ok((commit, next))
    }
}

fn touched(action: &Action) -> Option<Id> {
    match action {
        Action::Create { id, .. } | Action::Update { id, .. } => Some(*id),
        _ => None,
    }
}
