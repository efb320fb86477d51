//! The flow machine: what a piece of work may become, who has the duty, by when, and what happens if nobody acts.
//!
//! A [`Definition`] names states of declared kinds, commands, clocks in working days and escalations; a [`Case`] is one
//! piece of work under it. Everything is a pure function of definition, case, moment and working-day calendar:
//! [`begin`], [`decide`] (a person or the system acts), [`fire`] (time acts), [`delegate`], [`carry_over`] (to another
//! version of the definition), [`reproject`] (to another calendar). Each gives a [`Step`]: the new case and what happened.
//!
//! Invariants of a case under a definition without [`check`] problems:
//! - its state is declared, and while it is not done exactly one holder has the duty;
//! - while it is open (neither draft nor done) [`due`] is a moment, and [`fire`] at or after it changes the case;
//! - clocks run in open states, stand still in waiting and timed ones, and have stopped when it is done;
//! - no account gives a command that is barred by its own earlier one (two persons).
//!
//! Start at [`definition`], then [`case`] and [`decide`].
mod carry;
pub mod case;
pub mod check;
mod clock;
pub mod decide;
pub mod definition;
mod delegate;
mod enter;
mod fire;
mod lamp;
mod reach;
mod refusal;

pub use carry::{carry_over, reproject};
pub use case::{Actor, Case, Due, Event, EventKind, Holder, Name, Next, Run, RunState, Step, What};
pub use check::{Place, Problem, check};
pub use decide::{Offer, commands, decide};
pub use definition::{Clock, Command, Definition, Duty, Escalation, Kind, Outcome, State, Unassigned};
pub use delegate::{delegate, may_delegate};
pub use enter::{begin, begin_in};
pub use fire::{due, fire};
pub use lamp::{Colour, Lamp, Promise, clock_lamp, lamp, promise};
pub use refusal::Refusal;
