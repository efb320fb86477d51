//! The third back end of the language: fact columns and bit programs, for one rule over many records and many rules
//! over one.
//!
//! [`table`] holds the facts of all records of a type, column by column in blocks of [`bits::ROWS`] rows. A rule is
//! lowered ([`lower`]) to clauses over leaves, each a predicate over one column; the distinct leaves of all policies
//! are evaluated once per block and each policy is a short straight program over their bits. Formulas, amounts and what
//! speaks of child records ([`children`]) are computed over whole blocks too. Nothing is approximate: [`naive`] gives the
//! same answers by the row back end.
//!
//! Start with [`table::TableBuilder`] and [`engine::Engine`]. Counts and pairs: [`engine::Engine::counts`],
//! [`engine::Engine::matches`]. One record: [`engine::Engine::firm`], [`engine::Engine::near_all`],
//! [`engine::Engine::questions`]. One rule, saved or not: [`engine::Engine::policy`], [`engine::Engine::impact`];
//! one that is being written: [`engine::Engine::trial`].
//! Changes: [`engine::Engine::set`], [`engine::Engine::put`], [`engine::Engine::set_context`].
//!
//! Pure: no clock, no input or output; the number of threads is an argument.
mod ascending;
pub mod bits;
pub mod children;
mod column;
pub mod derived;
mod dictionary;
pub mod engine;
pub mod firm;
mod index;
mod inverted;
mod leaves;
mod live;
mod lower;
mod mask;
pub mod naive;
mod partition;
mod program;
mod recent;
pub mod rule;
mod settle;
mod sweep;
pub mod table;
mod tree;
pub mod trial;
mod vector;
mod view;
pub mod workload;

pub use lower::Refused;
