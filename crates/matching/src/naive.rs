//! The same answers the slow and obvious way: the row back end, row by row, over the same table.
use crate::table::Table;
use crate::view::RowView;
use liangu_expr::row::{self, Context};
use liangu_expr::typed::Typed;
use liangu_expr::value::Answer;

/// The answer of a rule for one row; no for a removed row.
pub fn answer(table: &Table, at: usize, rule: &Typed, context: &Context) -> Answer {
    if table.is_live(at) { row::answer(rule, &RowView::new(table, at), context) } else { Answer::No }
}

/// The answers of a rule for all rows.
pub fn answers(table: &Table, rule: &Typed, context: &Context) -> Vec<Answer> {
    (0..table.len()).map(|row| answer(table, row, rule, context)).collect()
}
