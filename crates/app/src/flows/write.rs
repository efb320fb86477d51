//! A step into a commit: the case's row, its `flow_step`s, and what people are told.
use super::case::{case_of, values_of};
use super::effects::Inputs;
use super::{STEP, notify};
use crate::fault::{Fault, Outcome};
use crate::{App, Caller};
use liangu_base::Instant;
use liangu_flow::{Case, Definition, Event, EventKind, Step};
use liangu_model::record::Record;
use liangu_store::{Change, Commit, Item, StoreError, Value, Values, Years};
use serde_json::{Value as Json, json};

/// Times a commit is built anew when something beside the case was changed meanwhile.
const TRIES: u32 = 100;

/// A step of a case, and what led to it.
pub(super) struct Moved<'o> {
    pub record: &'o Record,
    pub definition: &'o Definition,
    /// The row before.
    pub item: &'o Item,
    pub step: &'o Step,
    /// `None`: time, a delegation or another definition, which the events tell.
    pub command: Option<(&'o str, &'o Inputs)>,
    /// Key of the request, so that a repeat is known.
    pub key: Option<&'o str>,
}

impl Caller<'_> {
    /// A commit of a case that the journal calls `<record>.<verb>`.
    pub(super) fn commit_of(&self, record: &Record, verb: &str) -> Commit {
        self.commit(&format!("{}.{verb}", record.name))
    }

    /// Adds a step to a commit; `extra` are further values of the row.
    pub(super) fn put_step(&self, moved: &Moved<'_>, extra: Values, commit: &mut Commit) -> Outcome<()> {
        let before = case_of(moved.item)?;
        let mut values = values_of(self.app, moved.record, moved.definition, &moved.step.case)?;
        values.extend(extra);
        let (record, id) = (moved.record.name.clone(), moved.item.id);
        let expected_version = Some(moved.item.version);
        commit.changes.insert(0, Change::Update { record, id, expected_version, values, years: Years::new() });
        for values in self.step_rows(moved, &before) {
            commit.changes.push(Change::Create { record: STEP.to_owned(), id: self.app.next_id(), values, years: Years::new() });
        }
        notify::tell(self, moved, &before, commit)
    }

    fn step_rows(&self, moved: &Moved<'_>, before: &Case) -> Vec<Values> {
        let case = moved.item.id.text(&moved.record.prefix);
        let at = self.app.moment();
        let row = |command: &str, to: &str, by: Option<&str>, input: Option<Json>| {
            let by_name = by.filter(|by| self.me().0 == **by).map(|_| self.me().1);
            let mut values = Values::from([
                ("record_type".to_owned(), Value::text(moved.record.name.clone())),
                ("case_id".to_owned(), Value::text(case.clone())),
                ("command".to_owned(), Value::text(command)),
                ("from_state".to_owned(), Value::text(before.state.clone())),
                ("to_state".to_owned(), Value::text(to)),
                ("at".to_owned(), Value::Instant(at)),
            ]);
            let more = [
                ("account", by.map(str::to_owned)),
                ("by_name", by_name),
                ("input", input.map(|input| input.to_string())),
                ("key", moved.key.map(str::to_owned)),
            ];
            values.extend(more.into_iter().filter_map(|(name, text)| Some((name.to_owned(), Value::text(text?)))));
            values
        };
        if let Some((command, inputs)) = moved.command {
            let input: serde_json::Map<String, Json> = inputs.iter().map(|(name, text)| (name.to_owned(), text.into())).collect();
            let by = self.principal.account.map(|account| account.text(crate::accounts::PREFIX));
            let input = (!input.is_empty()).then_some(Json::Object(input));
            return vec![row(command, &moved.step.case.state, by.as_deref(), input)];
        }
        let event = |event: &Event| {
            let (name, to, input) = happened(&event.kind, &before.state)?;
            Some(row(name, to, event.by.as_deref(), input))
        };
        moved.step.events.iter().filter_map(event).collect()
    }
}

/// How a step row names an event that no command brought about: name, state after, particulars.
fn happened<'e>(kind: &'e EventKind, state: &'e str) -> Option<(&'static str, &'e str, Option<Json>)> {
    Some(match kind {
        EventKind::Lapsed { to, .. } => ("lapsed", to, None),
        EventKind::Ended { to, .. } => ("ended", to, None),
        EventKind::Escalated { clock, after, to } => ("escalated", state, Some(json!({"clock": clock, "after": after, "to": to}))),
        EventKind::Overdue { clock, after } => ("overdue", state, Some(json!({"clock": clock, "after": after}))),
        EventKind::Delegated { to, .. } => ("delegated", state, Some(json!({"to": to}))),
        EventKind::Carried { from, to } => ("carried", state, Some(json!({"from": from, "to": to}))),
        EventKind::Reprojected { clock, was, due } => {
            ("reprojected", state, Some(json!({"clock": clock, "was": was.to_string(), "due": due.to_string()})))
        }
        EventKind::Entered { from: Some(_), to, .. } => ("moved", to, None),
        EventKind::Entered { .. } | EventKind::Reopened | EventKind::Assigned { .. } => return None,
    })
}

/// Commits what `build` makes, anew when something beside the case `own` was written meanwhile; the case's own version
/// lets one of those who act at once win.
///
/// # Errors
/// What `build` refuses and what the store answers; stale when the case itself has moved on.
pub(super) fn commit_anew(app: &App, own: &Item, mut build: impl FnMut() -> Outcome<Commit>) -> Outcome<()> {
    for _ in 1..TRIES {
        match app.try_write(build()?) {
            Ok(_) => return Ok(()),
            Err(StoreError::Stale { id, .. }) if id != own.id => {}
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(Fault::from(error)),
        }
    }
    app.write(build()?).map(drop)
}

/// The value of a row that is a text.
pub(super) fn text_of<'v>(values: &'v Values, field: &str) -> Option<&'v str> {
    match values.get(field) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

/// The value of a row that is a moment.
pub(super) fn instant_of(values: &Values, field: &str) -> Option<Instant> {
    match values.get(field) {
        Some(Value::Instant(at)) => Some(*at),
        _ => None,
    }
}
