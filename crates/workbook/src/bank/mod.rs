//! Money orders for a bank as a file, and the bank's answer read back.
//!
//! [`Form`] says which columns in which order under which heads, how the text is encoded and what an amount counts.
//! [`write`] makes the file; a cell that a spreadsheet would take for a formula gets an apostrophe that [`read`] takes
//! away again, and control characters become spaces, so that one order is one line. [`read`] finds its columns by their
//! heads, in delimited text of either encoding or in a workbook, and decides nothing: a word it does not know is
//! [`Answer::Unclear`], an amount it cannot read is said to be unreadable.
mod form;
mod read;
mod write;

pub use form::{Charset, Column, Field, Form, FormFault, MoneyUnit};
pub use read::{Amount, Answer, Line, read};
pub use write::{Order, write};

/// Whether a spreadsheet would calculate a text that begins like this.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// The text with an apostrophe before what would be calculated; [`bare`] undoes it.
fn defused(text: &str) -> String {
    if is_formula(text.trim_start_matches('\'')) { format!("'{text}") } else { text.to_owned() }
}

fn bare(text: &str) -> &str {
    if is_formula(text.trim_start_matches('\'')) { text.strip_prefix('\'').unwrap_or(text) } else { text }
}

/// What a cell can carry: control characters are spaces, and nothing stands around the text.
pub fn plain(text: &str) -> String {
    let spaced: String =
        text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') { ' ' } else { c }).collect();
    spaced.trim().to_owned()
}
