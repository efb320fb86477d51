//! Functions over text beyond standard CEL.
use super::Function;

pub const TABLE: &[Function] = &[];
