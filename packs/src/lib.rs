//! The packs that come with the program, compiled in, and the national tables they stand on.
//!
//! Start at [`load`]. [`FILES`] is what is compiled in; a test holds it to the folders. The tables themselves
//! ([`standards`]) are data for other crates: calendars, size classes, ladders.
mod criteria;
mod files;
pub mod standards;
mod stock;

use liangu_model::{Model, PackError, SourceFile, check};

pub use criteria::{ClauseRecord, PolicyRecord, criteria};
pub use files::FILES;
pub use stock::{Parameter, StockPolicy, parameters, reference, stock};

/// The model of the packs compiled in and of `extra` ones, as read from the folders of `--packs`.
pub fn load(extra: Vec<SourceFile>) -> Result<Model, Vec<PackError>> {
    let mut sources: Vec<SourceFile> = FILES
        .iter()
        .map(|(path, text)| SourceFile {
            pack: path.split('/').next().unwrap_or_default().to_owned(),
            path: format!("packs/{path}"),
            text: (*text).to_owned(),
        })
        .collect();
    sources.extend(extra);
    check(sources, standards::lists())
}
