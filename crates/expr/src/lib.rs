//! The expression language (CEL) in which every rule, scope and filter of a pack is written.
//!
//! text → [`syntax`] (a tree with spans) → [`check`] against a [`schema`] → [`typed`] → meaning.
//! One typed form has three meanings that must agree: [`row`] (slow and obvious, the oracle), [`sql`], and the
//! columns of the matching crate. Answers are three-valued ([`kleene`]): yes, no, unknown; a missing fact is unknown,
//! never no. [`reference`] is dated data that rules name, [`bind`] puts in what is the same for all records.
//! Over bare values, without a model, [`dynamic`] computes the whole of CEL from the same tree and functions.
//! [`functions`] is the table of functions; [`print`] writes a typed form back as text.
pub mod bind;
pub mod check;
pub mod dynamic;
pub mod explain;
pub mod finding;
pub mod functions;
pub mod kleene;
pub mod lint;
pub mod print;
pub mod reads;
pub mod reference;
pub mod rewrite;
pub mod row;
pub mod schema;
pub mod sentence;
pub mod sql;
pub mod syntax;
pub mod time;
pub mod typed;
pub mod value;

pub use check::{Expect, Setting, check, check_in};
pub use finding::{Finding, Severity};
pub use lint::lint;
