//! What packs say, read and checked: record types, code lists, roles, sources of facts, indicators.
//!
//! Start at [`Model`]. Packs are YAML files ([`SourceFile`]), checked as a whole ([`check`]): every reference
//! resolved, every expression typed; a [`PackError`] names file, line, column, cause and hint. [`plan`] compares a
//! model with the one a database has applied. The model knows no database and no network.
pub mod applied;
pub mod bounds;
mod check;
mod constant;
mod convert;
mod error;
mod keys;
mod names;
pub mod plan;
mod raw;
mod read;
pub mod record;
pub mod schema;
mod types;
mod yaml;

pub use check::{STANDARDS, check};
pub use constant::constant;
pub use convert::convert_schema;
pub use error::{At, PackError};
pub use read::SourceFile;
pub use record::Model;
pub use schema::schema_of;
pub use types::written;
