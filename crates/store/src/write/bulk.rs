//! Many records in one transaction: imports and the demonstration.
//!
//! The transaction is all or nothing; records are prepared and written in portions, so that memory stays bounded. Rows
//! may refer to records that came before them.
use super::{Checked, Head, side};
use crate::Inner;
use crate::commit::{Bulk, Commit, Receipt};
use crate::engine::Conn;
use crate::error::StoreError;

/// Records prepared at a time.
const PORTION: usize = 500;

pub fn run(inner: &Inner, conn: &mut Conn, head: &Commit, rows: impl Iterator<Item = Bulk>) -> Result<Receipt, StoreError> {
    let head = Head { inner, commit: head };
    let mut total = Receipt::default();
    let mut checked = Checked::new();
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        let (mut changes, mut facts) = (Vec::with_capacity(PORTION), Vec::new());
        for bulk in rows.by_ref().take(PORTION) {
            changes.push(bulk.change);
            facts.extend(bulk.facts);
        }
        let mut receipt = Receipt::default();
        head.records(conn, changes, facts, &mut checked, &mut receipt)?;
        // Versions of tens of thousands of new records tell nobody anything.
        receipt.versions.clear();
        total.sequence = total.sequence.max(receipt.sequence);
        total.numbers.append(&mut receipt.numbers);
        total.outranked.append(&mut receipt.outranked);
    }
    side::documents(&head, conn, &mut total)?;
    side::accounts(&head, conn, &mut total)?;
    side::messages(&head, conn)?;
    Ok(total)
}
