//! Runs that are being frozen or granted: worked on in batches until none is left. What a batch did is in its commit.
use super::RUN;
use super::run::{Run, values};
use super::{freeze, grant};
use crate::fault::Outcome;
use crate::{App, Caller, Principal};
use liangu_base::{Id, Lang, Text};
use liangu_store::{Condition, Query, StoreError, Value};

/// Runs worked on in one round.
const MOST: u32 = 100;
/// Attempts at a batch while others change what it reads.
const ATTEMPTS: usize = 100;
/// States in which the program has the work.
const WORKED: [&str; 2] = ["freezing", "granting"];

impl App {
    /// Works on every run that is to be frozen or granted, until none is left or `go_on` says no between two batches. One
    /// that fails is left for the next call and does not hold up the others. Cheap when there is nothing to do.
    ///
    /// # Errors
    /// What the store answers when it is asked for runs.
    pub fn work_on_awards(&self, go_on: &dyn Fn() -> bool) -> Outcome<()> {
        if !self.model.records.contains_key(RUN) {
            return Ok(());
        }
        let operator = Principal::operator();
        let caller = Caller::new(self, &operator, Lang::Zh);
        let working = Condition::In { field: "state".to_owned(), values: WORKED.map(Value::text).to_vec() };
        let query = Query { conditions: vec![working], limit: MOST, total: false, ..caller.rows(RUN)? };
        for item in self.store.query(RUN, &query)?.items {
            if let Err(fault) = whole(&caller, item.id, go_on) {
                tracing::warn!(run = %item.id, ?fault, "an award run could not go on; it is tried again");
                tell(&caller, item.id);
            }
        }
        Ok(())
    }
}

/// Batch after batch of one run, until somebody else has the duty.
fn whole(caller: &Caller<'_>, id: Id, go_on: &dyn Fn() -> bool) -> Outcome<()> {
    let mut failed = 0;
    while go_on() {
        let Some(item) = caller.app.store.get(RUN, id)? else { return Ok(()) };
        let run = Run::read(item)?;
        let commit = match run.state.as_str() {
            "freezing" => freeze::batch(caller, &run)?,
            "granting" => grant::batch(caller, &run)?,
            _ => return Ok(()),
        };
        match caller.app.try_write(commit) {
            Ok(_) => failed = 0,
            // somebody wrote what the batch had read: it is made again of what stands now
            Err(StoreError::Stale { .. } | StoreError::Conflict | StoreError::Unique { .. }) if failed < ATTEMPTS => failed += 1,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The run says that it waits, once; the batch that succeeds takes it back.
fn tell(caller: &Caller<'_>, id: Id) {
    let told = || -> Outcome<()> {
        let Some(item) = caller.app.store.get(RUN, id)?.filter(|item| item.values.get("refused").is_none_or(|why| *why == Value::Null))
        else {
            return Ok(());
        };
        let run = Run::read(item)?;
        if !WORKED.contains(&run.state.as_str()) {
            return Ok(());
        }
        let why = Text::fixed(
            "系统处理这一批企业时出错，会每半分钟自动重试；一直不动请联系系统管理员查看日志。",
            "The program failed on the next firms and tries again every half minute; if it does not move, ask the administrator to read the log.",
        );
        let mut commit = caller.commit("award_run.work");
        commit.changes.push(run.update(values([("refused", Value::Bilingual(why))])));
        caller.app.write(commit).map(drop)
    };
    if let Err(fault) = told() {
        tracing::warn!(run = %id, ?fault, "nor could it be said on the run");
    }
}
