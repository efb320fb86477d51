//! Changes of the facts under a running engine.
use crate::derived::Derived;
use crate::engine::Engine;
use crate::table::{Cell, FactKey, TableError};
use crate::view::RowView;
use liangu_expr::schema::ChildIx;
use liangu_expr::value::{Answer, Value};
use std::sync::Arc;

impl Engine {
    /// Changes facts of a row; answers follow at once.
    ///
    /// # Errors
    /// As [`crate::table::Table::set`]; then nothing has changed.
    pub fn set(&mut self, row: usize, facts: &[(FactKey, Cell<'_>)]) -> Result<(), TableError> {
        let stored = facts.iter().map(|&(key, cell)| self.table.stored(row, key, cell)).collect::<Result<Vec<_>, _>>()?;
        let mut changed = Vec::new();
        for ((place, value), (key, _)) in stored.into_iter().zip(facts) {
            if self.table.columns[place].get(row) != value {
                self.table.columns[place].set(row, value);
                changed.push(*key);
            }
        }
        if !changed.is_empty() {
            self.recent.forget();
            self.derive(row, |d| changed.iter().any(|key| d.reads.facts.contains(key)));
        }
        Ok(())
    }

    /// Replaces the child records of one type of a row; `None` if it is not known which there are.
    ///
    /// # Errors
    /// If the table lacks the row.
    pub fn set_children(&mut self, row: usize, child: ChildIx, records: Option<Vec<Arc<[Value]>>>) -> Result<(), TableError> {
        if self.table.replace_children(row, child, records)? {
            self.recent.forget();
            self.derive(row, |d| d.reads.children.contains(&child));
        }
        Ok(())
    }

    /// Appends a row of unknown facts and returns its number.
    pub fn append(&mut self) -> usize {
        let row = self.table.append();
        self.recent.forget();
        for (_, cached) in &mut self.leaves.derived {
            cached.t.grow(row + 1);
            cached.known.grow(row + 1);
        }
        self.derive(row, |_| true);
        row
    }

    /// Takes a row out of every answer.
    pub fn remove_row(&mut self, row: usize) {
        self.table.remove(row);
    }

    /// Evaluates the formulas and derived leaves that are concerned again for one row.
    fn derive(&mut self, row: usize, concerned: impl Fn(&Derived) -> bool) {
        for (i, formula) in self.formulas.all.iter().enumerate() {
            if concerned(formula) {
                let number = formula.number(&RowView::new(&self.table, row), &self.context);
                let place = self.table.facts().len() + i;
                self.table.columns[place].set(row, number);
            }
        }
        let view = RowView::new(&self.table, row);
        for (_, cached) in &mut self.leaves.derived {
            if concerned(&cached.leaf) {
                let answer = cached.leaf.answer(&view, &self.context);
                cached.t.put(row, answer == Answer::Yes);
                cached.known.put(row, answer != Answer::Unknown);
            }
        }
    }
}
