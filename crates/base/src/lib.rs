//! The vocabulary of the system: values that every other crate speaks in.
//!
//! Everything here is pure: no clock, no chance, no input or output. Time and randomness come in
//! as arguments ([`instant::Clock`], [`random::Random`]); tables of the State or of a standard
//! come in as deserialised data files from `packs/standards`, because each of them is dated and
//! replaceable. Any serde format works; the shipped files are JSON:
//! `let calendar: WorkCalendar = serde_json::from_str(text)?;`
//!
//! Every error implements [`std::error::Error`] (English) and [`text::Explain`] (both languages)
//! and says what to do next.
//!
//! Start with [`text`] and [`id`]; then [`code_tree`] with its two users [`region`] and
//! [`industry`]; then [`calendar`].

pub mod area;
pub mod calendar;
pub mod code_tree;
pub mod credit_code;
pub mod date;
pub mod id;
pub mod industry;
pub mod instant;
pub mod money;
mod numeral;
pub mod random;
pub mod region;
pub mod sme_size;
pub mod text;

#[cfg(test)]
mod test_data;

pub use area::Area;
pub use calendar::{Deadline, UnpublishedYear, WorkCalendar};
pub use code_tree::{CodeEntry, CodeTree, UnknownCode};
pub use credit_code::CreditCode;
pub use date::Date;
pub use id::{Id, IdSequence};
pub use instant::{Clock, FixedClock, Instant};
pub use money::Fen;
pub use random::{Random, RandomExt, SplitMix64};
pub use sme_size::SizeClass;
pub use text::{Explain, Lang, Text};
