//! The rules of STYLE.md that a machine can hold: sizes, layers, purity, where a database may be named.
//!
//! Every rule is a pure function from source texts to [`Breach`]es; `tests/tidy.rs` reads the files and holds the
//! breaches against `exceptions.txt`, a list that may only shrink.
use std::fmt;

mod layers;
mod purity;
mod sizes;

pub use layers::{Manifest, layer_breaches};
pub use purity::{impure, stray_database};
pub use sizes::{long_file, long_functions};

/// A file of the project: path from its root with `/`, and its text.
pub struct Source {
    pub path: String,
    pub text: String,
}

/// One thing that STYLE.md does not allow, named so that an exception can name it too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breach {
    /// `file`, `function`, `layer`, `purity` or `database`.
    pub rule: &'static str,
    /// Path, or `path::function`, or `crate -> crate`.
    pub what: String,
    pub detail: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.rule, self.what, self.detail)
    }
}

/// Why a breach is borne: `rule what — reason` a line; `#` begins a comment.
#[derive(Debug, PartialEq, Eq)]
pub struct Exception {
    pub rule: String,
    pub what: String,
    pub reason: String,
}

/// Reads the list of exceptions.
///
/// # Errors
/// The number of the first line that is not of the form `rule what — reason`.
pub fn exceptions(text: &str) -> Result<Vec<Exception>, usize> {
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    lines
        .map(|(number, line)| {
            let (head, reason) = line.split_once(" — ").ok_or(number + 1)?;
            let (rule, what) = head.split_once(' ').ok_or(number + 1)?;
            if reason.trim().is_empty() {
                return Err(number + 1);
            }
            Ok(Exception { rule: rule.into(), what: what.trim().into(), reason: reason.trim().into() })
        })
        .collect()
}

/// What remains: breaches without an exception, then exceptions that nothing breaks any more.
pub fn verdict(breaches: &[Breach], exceptions: &[Exception]) -> Vec<String> {
    let excused = |b: &Breach| exceptions.iter().any(|e| e.rule == b.rule && e.what == b.what);
    let needed = |e: &Exception| breaches.iter().any(|b| b.rule == e.rule && b.what == e.what);
    let mut out: Vec<String> = breaches.iter().filter(|b| !excused(b)).map(ToString::to_string).collect();
    out.extend(exceptions.iter().filter(|e| !needed(e)).map(|e| format!("stale exception: {} {}", e.rule, e.what)));
    out
}
