//! The expression language (CEL) in which every rule, scope and filter of a pack is written.
//!
//! text → [`syntax`] (a tree with spans) → [`check`] against a [`schema`] → [`typed`] → meaning.
//! One typed form has three meanings that must agree: [`row`] (slow and obvious, the oracle), [`sql`], and the
//! columns of the matching crate. Answers are three-valued ([`kleene`]): yes, no, unknown; a missing fact is unknown,
//! never no. [`functions`] is the table of functions; [`print`] writes a typed form back as text.
pub mod check;
pub mod explain;
pub mod finding;
pub mod functions;
pub mod kleene;
pub mod print;
pub mod reads;
pub mod row;
pub mod schema;
pub mod sentence;
pub mod sql;
pub mod standalone;
pub mod syntax;
pub mod typed;
pub mod value;

pub use check::{Expect, check};
pub use finding::Finding;
pub use standalone::eval_standalone;
