//! Cases: records whose pack gives them a `flow`. What the pure machine ([`liangu_flow`]) decides is authorised, joined
//! by its effects, written and told here; nothing in this module knows a claim from a payment batch.
//!
//! Start at [`command`], a person's command; [`time`] is what happens by itself. [`effects`] is the table in which record
//! types add what a step changes elsewhere. Invariants: a case's row changes by a step alone, in one commit with its
//! `flow_step`, its notices and its effects; that commit expects the version that was read, so of two who act at once
//! one is told that he is late; the fields of the row beside `flow` are what [`case::values_of`] makes of the case.
mod actor;
mod case;
mod colleagues;
mod command;
mod effects;
mod groups;
mod inbox;
mod merge;
mod notices;
mod notify;
mod rows;
mod system;
mod time;
mod view;
mod words;
mod write;

pub(crate) use case::{begin, case_of, values_of};
pub use colleagues::Delegation;
pub use command::CommandInputs;
pub(crate) use effects::{Fired, Order};
pub use groups::GroupCounts;
pub use inbox::{Inbox, InboxItem, InboxQuery};
pub use notices::{About, NoticePage, NoticeView};
pub(crate) use notify::{NewNotice, To, notify};
pub(crate) use system::{system_command, system_step};
pub(crate) use time::work_by_the_clock;
pub use view::{ClockView, CommandView, FlowView, HolderView, LampView, StepView};

use crate::App;
use crate::fault::{Fault, Outcome};
use liangu_base::{Instant, WorkCalendar};
use liangu_flow::Definition;
use liangu_model::record::Record;
use std::sync::Arc;

/// Record type of the steps of all cases.
pub(crate) const STEP: &str = "flow_step";
/// Record type of what people were told.
pub(crate) const NOTICE: &str = "notice";

impl App {
    /// Working days as published, and Monday to Friday where nothing is published yet.
    pub fn calendar(&self) -> &WorkCalendar {
        &self.calendar
    }

    /// The moment by which flows run: now; in a demonstration of a fixed day, the present hour of that day, so that none
    /// of its cases grows old by itself.
    pub fn moment(&self) -> Instant {
        let now = self.now();
        if self.today() == now.date_beijing() {
            return now;
        }
        let (hour, minute, second) = now.time_beijing();
        Instant::at_beijing(self.today(), hour, minute, second).unwrap_or(now)
    }
}

/// The calendar compiled in.
///
/// # Errors
/// Internal, when it cannot be read; a test of the packs lets no such file through.
pub(crate) fn calendar() -> Outcome<WorkCalendar> {
    serde_json::from_str(liangu_packs::standards::HOLIDAYS).map_err(|error| Fault::Internal(format!("holidays.json: {error}")))
}

/// A record type with its flow.
///
/// # Errors
/// Not found for a record type without one.
pub(crate) fn flow_of<'m>(app: &'m App, record: &str) -> Outcome<(&'m Record, &'m Arc<Definition>)> {
    let record = app.model.records.get(record).ok_or(Fault::NotFound)?;
    Ok((record, record.flow.as_ref().ok_or(Fault::NotFound)?))
}

/// All record types with a flow, in the model's order.
pub(crate) fn with_flow(app: &App) -> impl Iterator<Item = (&Record, &Arc<Definition>)> {
    app.model.records.values().filter_map(|record| Some((record, record.flow.as_ref()?)))
}
