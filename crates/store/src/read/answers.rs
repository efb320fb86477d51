//! What boolean expressions say of every row, the unknown told from the no: what filters are made of, without the row
//! being left out.
use super::{Reader, filter};
use crate::engine::Engine;
use crate::engine::cell::CellRef;
use crate::error::StoreError;
use crate::query::Context;
use crate::sql::Sql;
use liangu_base::Id;
use liangu_expr::typed::Typed;
use std::sync::Arc;

/// Name of the savepoint around a statement.
const ASKED: &str = "asked";

impl Reader<'_> {
    /// Shows every row of a record type, in no order, with the answer of each expression; `None` is unknown. All
    /// expressions go into one statement: a few dozen at a time.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] where an expression cannot be said in SQL. After any error the reader can go on.
    pub fn answers(
        &mut self,
        record: &str,
        expressions: &[Arc<Typed>],
        context: &Context,
        each: &mut dyn FnMut(Id, &[Option<bool>]),
    ) -> Result<(), StoreError> {
        let layout = self.layout(record)?;
        let engine = self.conn.engine();
        let mut sql = Sql::new("SELECT r.id");
        for expression in expressions {
            sql.push(", ").push(&filter::expression(self.inner, &layout, engine, expression, context)?);
        }
        sql.push(&format!(" FROM {} r WHERE r.tenant = ", layout.table())).bind(self.inner.tenant.as_str());
        if engine == Engine::Postgres {
            // Many different long statements, each run once: compiling them costs more than it saves.
            self.conn.batch("SET LOCAL jit = off")?;
        }
        let mut answers = vec![None; expressions.len()];
        self.conn.savepoint(ASKED)?;
        let read = self.conn.each(&sql.text, &sql.params, &mut |row| {
            for (at, answer) in answers.iter_mut().enumerate() {
                *answer = match row.get(at + 1)? {
                    CellRef::Null => None,
                    CellRef::Int(n) => Some(n != 0),
                    _ => return Err(StoreError::damaged("an answer is neither yes, no nor unknown")),
                };
            }
            each(row.id(0)?, &answers);
            Ok(())
        });
        match read {
            Ok(()) => self.conn.release(ASKED),
            Err(error) => {
                self.conn.rollback_to(ASKED)?;
                Err(error)
            }
        }
    }
}
