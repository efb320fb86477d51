//! What must still hold when somebody signs, and what the second signature sets aside.
//!
//! Between a freeze and a signature the world moves on. The list is signed only while the policy says the same, the year
//! is the same, and no firm on it has got or been promised other money: else the run is frozen anew.
use super::effects::policy_of;
use super::files::{self, Entry, Line};
use super::promise::{self, Pending};
use super::run::Run;
use super::trial::basing;
use crate::claims::{Basing, budget, grants_of};
use crate::fault::{Fault, Outcome};
use crate::{App, Caller};
use liangu_base::{Id, Text};
use liangu_policy::decision::Grant;
use liangu_store::{Commit, DocumentPut, Reader, StoreError};
use std::collections::BTreeMap;

/// Firms named in a refusal.
const NAMED: usize = 3;

/// # Errors
/// Conflict with what has changed since the freeze.
pub(super) fn holds(caller: &Caller<'_>, run: &Run) -> Outcome<()> {
    checked(caller, run, &mut |_, _, _| Ok(()))
}

/// Whether what the list was made by still stands: the year, how the policy is granted, and what it says.
///
/// # Errors
/// Conflict with what is another now.
pub(super) fn stands(caller: &Caller<'_>, run: &Run) -> Outcome<()> {
    let app = caller.app;
    if app.today().year() != run.frozen_day()?.year() {
        return Err(changed(Text::fixed(
            "已经跨年：请经办人员重新冻结和试算（已提交签署的先退回）。",
            "The year has turned: the officer freezes and tries anew (a run handed in for signature is sent back first).",
        )));
    }
    let policy = policy_of(app, run)?;
    caller.ready(&policy)?.map_err(|(code, why)| Fault::Conflict { code, why, fields: Vec::new() })?;
    if Basing::of(app, &policy)?.digest != run.basis.clone().unwrap_or_default() {
        return Err(changed(Text::fixed(
            "政策在冻结后改了：请经办人员重新冻结和试算（已提交签署的先退回）。",
            "The policy has changed since the freeze: the officer freezes and tries anew (a run handed in for signature is sent back first).",
        )));
    }
    Ok(())
}

/// # Errors
/// Conflict where the budget does not suffice or there is none.
pub(super) fn affordable(app: &App, run: &Run) -> Outcome<()> {
    movements(run)?.changes(app).map(drop)
}

fn movements(run: &Run) -> Outcome<budget::Movements> {
    let mut movements = budget::Movements::default();
    movements.reserve(run.policy, run.frozen_day()?.year().into(), run.total.unwrap_or(0));
    Ok(movements)
}

/// Sets the whole sum aside and promises each firm its part.
///
/// # Errors
/// As [`holds`] and [`affordable`].
pub(super) fn reserve(caller: &Caller<'_>, run: &Run, commit: &mut Commit) -> Outcome<()> {
    let day = caller.app.today();
    let mut promises: Vec<DocumentPut> = Vec::new();
    checked(caller, run, &mut |reader, firm, line| {
        let pending = Pending { run: run.item.id.to_string(), policy: run.policy, on: day, amount: line.amount };
        promises.push(promise::promise(reader, firm, pending)?);
        Ok(())
    })?;
    commit.changes.extend(movements(run)?.changes(caller.app)?);
    commit.documents.append(&mut promises);
    Ok(())
}

/// Checks the run, and calls `each` on every firm that is to get money, in the snapshot in which it was checked.
fn checked(caller: &Caller<'_>, run: &Run, each: &mut dyn FnMut(&mut Reader<'_>, Id, &Line) -> Result<(), StoreError>) -> Outcome<()> {
    stands(caller, run)?;
    let app = caller.app;
    if run.firms.unwrap_or(0) == 0 {
        let why = Text::fixed("名单上没有可兑现的企业。", "No firm of the list gets anything.");
        return Err(Fault::Conflict { code: "no_firms", why, fields: Vec::new() });
    }
    let basing = basing(app, run)?;
    let (mut moved, mut named) = (0usize, Vec::new());
    for chunk in 0..run.chunks() {
        app.store.read(|reader| {
            let entries = files::file(reader, run, chunk)?;
            let lines = files::lines(reader, run, chunk)?;
            for (entry, line) in entries.iter().zip(&lines).filter(|(_, line)| line.amount > 0) {
                let Some(firm) = files::firm_id(app, &entry.firm) else { continue };
                if has_moved(app, reader, run, &basing, firm, entry)? {
                    moved += 1;
                    named.push(entry.title.clone());
                    named.truncate(NAMED);
                } else {
                    each(reader, firm, line)?;
                }
            }
            Ok(())
        })?;
    }
    if moved == 0 {
        return Ok(());
    }
    let (zh, en) = (named.join("、"), named.join(", "));
    Err(changed(Text::new(
        format!("冻结后有 {moved} 家企业得到了别的资金或已有办件（{zh}），请退回后重新冻结和试算。"),
        format!("{moved} firms got other money or a claim since the freeze ({en}); send the run back, freeze and try anew."),
    )))
}

fn changed(why: Text) -> Fault {
    Fault::Conflict { code: "changed_since", why, fields: Vec::new() }
}

/// Whether the firm's other money is another than when it was frozen, or it has a claim by now. Promised money that was
/// paid since is the same money.
fn has_moved(app: &App, reader: &mut Reader<'_>, run: &Run, basing: &Basing, firm: Id, entry: &Entry) -> Result<bool, StoreError> {
    let now = grants_of(app, reader, firm, &basing.judge, None)?;
    Ok(sums(&now) != sums(&entry.frozen.grants) || !files::claimed(app, reader, run, &[firm])?.is_empty())
}

fn sums(grants: &[Grant]) -> BTreeMap<(&str, i32), i128> {
    let mut sums = BTreeMap::new();
    grants.iter().for_each(|grant| *sums.entry((grant.policy.as_str(), grant.on.year())).or_default() += i128::from(grant.amount));
    sums
}
