//! Facts as such: what each means and how well it is filled ([`dictionary`]), what everyone says of one firm ([`sheet`]),
//! where sources differ ([`conflicts`]), and a firm's contest of a fact ([`contest`]).
//!
//! Values are written by the one write path as the word of a source; nothing here overrules the order of sources. A
//! fact older than its field's `fresh` is stale: it counts, and is marked wherever it is shown.
mod conflicts;
mod contest;
mod dictionary;
mod index;
mod sheet;
mod standing;

pub use conflicts::{ConflictPage, Conflicting, SettleConflict, Settled};
pub use contest::{ContestPage, ContestView, DecideContest, NewContest};
pub(crate) use contest::{OpenContest, open_contests};
pub use dictionary::{FactEntryView, FactOpened, FactSourceRank};
pub(crate) use index::Index;
pub(crate) use sheet::{BAND, any_open, band_key, bands_of, forget_band, keep_band, stale};
pub use sheet::{FactWord, FirmFact, FirmFacts};
