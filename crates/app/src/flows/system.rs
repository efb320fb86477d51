//! Commands of the program itself (`by: [system]`), alone or within a commit of another operation.
use super::actor::refused;
use super::effects::{self, Inputs, Order};
use super::flow_of;
use super::write::{Moved, commit_anew};
use crate::fault::{Fault, Outcome};
use crate::reads::Reads as _;
use crate::{App, Caller, Principal};
use liangu_base::{Id, Lang};
use liangu_flow::Actor;
use liangu_store::{Commit, Item, Values};

/// Carries out a system command on a case, in a commit of its own.
///
/// # Errors
/// Not found for a case that is not there or has no flow; what the flow or the effects refuse; stale when somebody else
/// moved the case meanwhile.
pub(crate) fn system_command(app: &App, record: &str, id: Id, command: &str, inputs: &[(&str, &str)]) -> Outcome<()> {
    let operator = Principal::operator();
    let caller = Caller::new(app, &operator, Lang::Zh);
    let (model, _) = flow_of(app, record)?;
    let item = app.store.get_many(record, &[id])?.pop().ok_or(Fault::NotFound)?;
    commit_anew(app, &item, || {
        let mut commit = caller.commit_of(model, command);
        system_step(&caller, record, &item, command, inputs, Values::new(), &mut commit)?;
        Ok(commit)
    })
}

/// Adds a system command on a case to a commit of the caller's: the row's update with `extra`, its step, notices and
/// effects. Whoever commits must build anew when the store says that something else was changed meanwhile.
///
/// # Errors
/// Not found without a flow; what the flow or the effects refuse.
pub(crate) fn system_step(
    caller: &Caller<'_>,
    record: &str,
    item: &Item,
    command: &str,
    inputs: &[(&str, &str)],
    extra: Values,
    commit: &mut Commit,
) -> Outcome<()> {
    let (record, definition) = flow_of(caller.app, record)?;
    let inputs = Inputs::read(inputs.iter().copied())?;
    let case = caller.case_now(definition, item)?;
    let given: Vec<&str> = inputs.iter().map(|(name, _)| name).collect();
    let (now, calendar) = (caller.app.moment(), caller.app.calendar());
    let step = liangu_flow::decide(definition, &case, command, &Actor::system(), &given, now, calendar).map_err(refused)?;
    let order = Order { caller, record, item, command, step: &step, inputs: &inputs };
    let mut values = effects::on_command(&order, commit)?;
    values.extend(extra);
    let moved = Moved { record, definition, item, step: &step, command: Some((command, &inputs)), key: None };
    caller.put_step(&moved, values, commit)
}
