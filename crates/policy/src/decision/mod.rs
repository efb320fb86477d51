//! A claim decided so that it can be decided again: what it rests on is frozen, the answer is a pure function of that.
//!
//! [`Basis`] is what all claims on a version of a policy share: document, dates of the head, parameters. [`Frozen`] is
//! what one claim rests on: the firm's facts with source and date, its child records, what it got before. [`Judge`]
//! answers a frozen file clause by clause and to the fen, with what persons judged. [`Record`] is that answer in
//! canonical form with a digest; [`replay`] recomputes it and names what differs.
//!
//! Invariants: facts are kept by name and calendar year, never by position; a number is a whole number in its smallest
//! unit; the canonical form has sorted keys and no white space, so that equal content has an equal digest.
mod basis;
mod canonical;
mod frozen;
mod judge;
mod record;
mod records;
mod row;
mod wanted;

pub use basis::{Basis, Parameter};
pub use canonical::{canonical, digest_of};
pub use frozen::{Evidence, Frozen, FrozenFact, Grant, Known};
pub use judge::{ClauseResult, Decision, ItemResult, Judge, Judgement, Judgements, Money, Said, adjudicate};
pub use record::{Difference, Outcome, Record, Verdict, replay, replay_with};
pub use records::RecordResult;
pub use row::FrozenFirm;
pub use wanted::Wanted;
