//! What an open page is told without asking: how many notices the reader has not read.
//!
//! An event is a state, not a step: one that was missed loses nothing. Whether there is anything to tell is asked of the
//! journal once for all listeners ([`App::notices_since`]).
use crate::fault::Outcome;
use crate::reads::Reads as _;
use crate::{App, Caller};
use serde::Serialize;

const RECORD: &str = "notice";
/// Notices whose ids are told.
const IDS: &str = "20";
/// Journal lines looked at in one step.
const LINES: u32 = 500;

/// The reader's unread notices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Unread {
    pub unread: u64,
    pub ids: Vec<String>,
}

impl Caller<'_> {
    pub fn unread(&self) -> Outcome<Unread> {
        if !self.app.model.records.contains_key(RECORD) {
            return Ok(Unread::default());
        }
        let page = self.notices(true, None, Some(IDS))?;
        Ok(Unread { unread: page.unread.into(), ids: page.items.into_iter().map(|notice| notice.id).collect() })
    }
}

impl App {
    /// The journal's head, and whether any notice was written or read after `sequence`.
    pub fn notices_since(&self, sequence: i64) -> Outcome<(i64, bool)> {
        let head = self.store.head()?;
        let mut from = sequence;
        while from < head {
            let lines = self.store.read(|reader| reader.journal(from, LINES))?;
            if lines.iter().any(|line| line.record == RECORD) {
                return Ok((head, true));
            }
            match lines.last() {
                Some(last) => from = last.sequence,
                None => break,
            }
        }
        Ok((head, false))
    }
}
