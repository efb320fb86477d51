//! Child records grouped by the row they belong to.
use liangu_expr::schema::ChildIx;
use liangu_expr::value::Value;
use std::sync::Arc;

/// The values of one child record, by the position of the field in the child's schema.
pub type ChildRecord = Arc<[Value]>;

/// For each child type and row its records; `None` where it is not known which there are.
#[derive(Clone, Debug, Default)]
pub struct ChildStore {
    by_type: Vec<Vec<Option<Vec<ChildRecord>>>>,
}

impl ChildStore {
    pub(crate) fn new(types: usize) -> ChildStore {
        ChildStore { by_type: vec![Vec::new(); types] }
    }

    pub(crate) fn grow(&mut self, rows: usize) {
        self.by_type.iter_mut().for_each(|t| t.resize(rows, None));
    }

    pub(crate) fn set(&mut self, row: usize, child: ChildIx, records: Option<Vec<ChildRecord>>) {
        if let Some(place) = self.by_type.get_mut(child.0 as usize).and_then(|t| t.get_mut(row)) {
            *place = records;
        }
    }

    /// `None` if it is not known which records there are.
    pub fn of(&self, row: usize, child: ChildIx) -> Option<&[ChildRecord]> {
        self.by_type.get(child.0 as usize)?.get(row)?.as_deref()
    }
}
