//! What a step changes besides its own case: one line a record type. A function refuses, or adds to the commit (never the
//! case's own row) and answers further values for that row.
//!
//! It may be called again with a fresh commit when something it read was changed meanwhile, so it reads anew each time
//! and does nothing but answer.
use crate::fault::{FieldFault, Outcome};
use crate::{App, Caller, awards, claims, payments, recovery};
use liangu_base::Text;
use liangu_flow::Step;
use liangu_model::record::Record;
use liangu_store::{Commit, Item, Values};
use std::collections::BTreeMap;

/// Most inputs of a command, and most characters of one.
const MOST_INPUTS: usize = 20;
const MOST_CHARACTERS: usize = 4000;

/// A command that the machine allows.
pub(crate) struct Order<'o> {
    pub caller: &'o Caller<'o>,
    pub record: &'o Record,
    /// The row before.
    pub item: &'o Item,
    pub command: &'o str,
    /// The case after, and what happened.
    pub step: &'o Step,
    pub inputs: &'o Inputs,
}

/// What time did: a lapse, the end of a period, escalations, notices of being late.
pub(crate) struct Fired<'o> {
    /// The program itself.
    pub caller: &'o Caller<'o>,
    pub record: &'o Record,
    pub item: &'o Item,
    pub step: &'o Step,
}

pub(super) fn on_command(order: &Order<'_>, commit: &mut Commit) -> Outcome<Values> {
    match order.record.name.as_str() {
        awards::RUN => awards::on_command(order, commit),
        claims::CLAIM => claims::on_command(order, commit),
        payments::BATCH => payments::on_command(order, commit),
        recovery::RECOVERY => recovery::on_command(order, commit),
        _ => Ok(Values::new()),
    }
}

pub(super) fn on_fired(fired: &Fired<'_>, commit: &mut Commit) -> Outcome<Values> {
    match fired.record.name.as_str() {
        claims::CLAIM => claims::on_fired(fired, commit),
        _ => Ok(Values::new()),
    }
}

/// Why a command that the flow offers cannot be given all the same, for its button; the effects refuse it too.
pub(super) fn on_offer(caller: &Caller<'_>, record: &Record, item: &Item, command: &str) -> Outcome<Option<Text>> {
    match record.name.as_str() {
        awards::RUN => awards::on_offer(caller, item, command),
        claims::CLAIM => claims::on_offer(caller, record, item, command),
        _ => Ok(None),
    }
}

/// After the commit: wakes whoever has work by it.
pub(super) fn afterwards(app: &App, record: &Record) {
    if record.name == awards::RUN {
        app.award_signal().call();
    }
}

/// What was filled in with a command, trimmed; nothing of it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Inputs(BTreeMap<String, String>);

impl Inputs {
    /// # Errors
    /// Invalid for more inputs than a command may have, and for each that is too long.
    pub fn read<'t>(given: impl IntoIterator<Item = (&'t str, &'t str)>) -> Outcome<Inputs> {
        let trimmed = given.into_iter().map(|(name, text)| (name.to_owned(), text.trim().to_owned()));
        let inputs: BTreeMap<String, String> = trimmed.filter(|(_, text)| !text.is_empty()).collect();
        if inputs.len() > MOST_INPUTS {
            let (zh, en) = (format!("最多填写 {MOST_INPUTS} 项。"), format!("At most {MOST_INPUTS} inputs are taken."));
            return Err(crate::fault::invalid("inputs", "too_many", zh, en));
        }
        let long = inputs.iter().filter(|(name, text)| text.chars().count() > MOST_CHARACTERS || name.len() > 60);
        let faults: Vec<FieldFault> = long.map(|(name, text)| too_long(name, text)).collect();
        if faults.is_empty() { Ok(Inputs(inputs)) } else { Err(crate::Fault::Invalid(faults)) }
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

fn too_long(name: &str, text: &str) -> FieldFault {
    let n = text.chars().count();
    let text = Text::new(
        format!("最多 {MOST_CHARACTERS} 个字，现有 {n} 个；请删减。"),
        format!("At most {MOST_CHARACTERS} characters, this has {n}; shorten it."),
    );
    FieldFault::new(format!("inputs.{name}"), "too_long", text)
}
