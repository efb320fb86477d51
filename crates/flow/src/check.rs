//! What is wrong with a definition. One without problems keeps the invariants of [`crate`].
//!
//! Names first ([`names`]); only where all are known are states walked ([`walk`]), then two persons ([`persons`]).
mod names;
mod persons;
mod say;
mod walk;

use crate::case::Name;
use crate::definition::Definition;
use liangu_base::Text;

/// A mistake in a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub place: Place,
    /// Key under the place that holds the mistake, as a pack writes it: `to`, `from`, `days`.
    pub key: Option<&'static str>,
    /// The word under the key that is wrong.
    pub word: Option<Name>,
    /// Stable name of the kind of mistake.
    pub code: &'static str,
    pub text: Text,
    pub hint: Text,
}

/// The part of a definition a problem is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Flow,
    State(Name),
    Command(Name),
    Clock(Name),
    /// Position in the list.
    Escalation(usize),
    Unassigned,
    /// By the former state.
    Moved(Name),
}

/// States, commands and clocks a definition may have.
pub const MOST_STATES: usize = 40;
pub const MOST_COMMANDS: usize = 80;
pub const MOST_CLOCKS: usize = 8;
/// Working days of a period, and of an escalation before or after the due day.
pub const MOST_DAYS: u32 = 1_000;

/// All problems, in the order of the definition; empty for one that can be used. Roles are not looked up: whoever reads
/// packs knows them.
pub fn check(definition: &Definition) -> Vec<Problem> {
    let mut problems = names::check(definition);
    if problems.is_empty() {
        walk::check(definition, &mut problems);
    }
    if problems.is_empty() {
        persons::check(definition, &mut problems);
    }
    problems
}
