//! The records a plan is evaluated over, and their facts: the rows of a block, the child records of its rows, or the
//! pairs of child records where one macro stands in another.
use super::evaluate::{Numbers, Truth};
use super::plan::Place;
use super::{bits_of, rows_of};
use crate::bits::{Block, ROWS};
use crate::children::chunk::{Cells, ChildColumn, Chunk};
use crate::column::Data;
use crate::mask::Mask;
use crate::table::Table;
use crate::view::RowView;
use liangu_expr::row::{self, Context};
use liangu_expr::schema::FieldIx;
use liangu_expr::typed::Node;
use liangu_expr::value::{Answer, Value};
use std::borrow::Cow;

#[derive(Clone, Copy)]
pub(super) struct Of<'a> {
    pub table: &'a Table,
    pub context: &'a Context,
    pub block: usize,
    /// How many they are.
    pub records: usize,
    /// The row of the block that each belongs to; none: the records are the rows.
    pub rows: Option<&'a [u32]>,
    /// The child records that macros bind, innermost first.
    pub bound: &'a [Bound<'a>],
}

/// One child record for each record.
#[derive(Clone, Copy)]
pub(super) struct Bound<'a> {
    pub chunk: &'a Chunk,
    /// Which of the chunk; none: all of them in their order.
    pub at: Option<&'a [u32]>,
}

impl<'a> Bound<'a> {
    #[inline(always)]
    fn at(&self, record: usize) -> usize {
        self.at.map_or(record, |at| at[record] as usize)
    }

    fn mask(&self, mask: &Mask) -> Mask {
        match self.at {
            Some(at) => Mask::of(at.len(), |record| mask.get(at[record] as usize)),
            None => mask.clone(),
        }
    }

    fn values<T: Copy>(&self, values: &'a [T]) -> Cow<'a, [T]> {
        match self.at {
            Some(at) => at.iter().map(|at| values[*at as usize]).collect::<Vec<T>>().into(),
            None => values.into(),
        }
    }
}

/// The bits of the rows that the records belong to.
pub(super) fn of_rows(bits: &Mask, rows: &[u32]) -> Mask {
    Mask::of(rows.len(), |at| bits.get(rows[at] as usize))
}

impl<'a> Of<'a> {
    pub fn rows(table: &'a Table, context: &'a Context, block: usize) -> Of<'a> {
        Of { table, context, block, records: rows_of(table, block), rows: None, bound: &[] }
    }

    pub fn all(&self, value: Option<i64>) -> Numbers<'a> {
        Numbers { values: vec![value.unwrap_or(0); self.records].into(), known: Mask::all(self.records, value.is_some()) }
    }

    pub fn nothing(&self) -> Truth {
        Truth { t: Mask::all(self.records, false), known: Mask::all(self.records, false) }
    }

    /// The cells of a fact of child records.
    fn cells(&self, place: Place) -> Option<(&'a Bound<'a>, &'a ChildColumn)> {
        let bound = self.bound.get(place.depth as usize)?;
        Some((bound, bound.chunk.column(FieldIx(place.column))?))
    }

    fn data(&self, place: Place) -> &'a Data {
        &self.table.columns[place.column as usize].data
    }

    /// The part of a column that belongs to the block.
    fn part<T>(&self, values: &'a [T]) -> &'a [T] {
        &values[self.block * ROWS..][..self.records]
    }

    pub fn on_file(&self, place: Place) -> Mask {
        if self.rows.is_none() {
            return Mask::of_block(bits_of(&self.table.columns[place.column as usize].known, self.block), self.records);
        }
        self.cells(place).map_or_else(|| Mask::all(self.records, false), |(bound, column)| bound.mask(&column.known))
    }

    pub fn fact(&self, place: Place) -> Numbers<'a> {
        let values = match (self.rows, self.data_or_cells(place)) {
            (None, Ok(Data::Int(numbers))) => Cow::Borrowed(self.part(&numbers.values)),
            (_, Err(Some((bound, Cells::Int(values))))) => bound.values(values),
            _ => return self.all(None),
        };
        Numbers { values, known: self.on_file(place) }
    }

    /// The column of a fact of the rows, or the cells of one of child records.
    fn data_or_cells(&self, place: Place) -> Result<&'a Data, Option<(&'a Bound<'a>, &'a Cells)>> {
        if self.rows.is_none() { Ok(self.data(place)) } else { Err(self.cells(place).map(|(bound, column)| (bound, &column.cells))) }
    }

    pub fn size(&self, place: Place) -> Numbers<'a> {
        let size = |set: &[u32]| set.len() as i64;
        let values: Vec<i64> = match self.data_or_cells(place) {
            Ok(Data::Set(sets)) => self.part(&sets.values).iter().map(|set| size(set)).collect(),
            Err(Some((bound, Cells::Set(sets)))) => (0..self.records).map(|record| size(&sets[bound.at(record)])).collect(),
            _ => return self.all(None),
        };
        Numbers { values: values.into(), known: self.on_file(place) }
    }

    pub fn flag(&self, place: Place) -> Truth {
        let t = match self.data_or_cells(place) {
            Ok(Data::Bool(bits)) => Mask::of_block(bits_of(bits, self.block), self.records),
            Err(Some((bound, Cells::Bool(t)))) => bound.mask(t),
            _ => return self.nothing(),
        };
        self.known_truth(t, place)
    }

    fn known_truth(&self, t: Mask, place: Place) -> Truth {
        let known = self.on_file(place);
        Truth { t: t.and(&known), known }
    }

    pub fn one_of(&self, place: Place, codes: &[u32]) -> Truth {
        let values = match self.data_or_cells(place) {
            Ok(Data::Code(column)) if column.closed => {
                let mut t = Block::ZERO;
                column.inverted[self.block].any_of::<8>(codes, &mut t);
                return self.known_truth(Mask::of_block(&t, self.records), place);
            }
            Ok(Data::Code(column)) => Cow::Borrowed(self.part(&column.values)),
            Err(Some((bound, Cells::Code(values)))) => bound.values(values),
            _ => return self.nothing(),
        };
        let t = match codes {
            [] => Mask::all(self.records, false),
            [only] => Mask::of(self.records, |at| values[at] == *only),
            many => {
                let mut allowed = vec![false; many.last().map_or(0, |last| *last as usize + 1)];
                many.iter().for_each(|code| allowed[*code as usize] = true);
                Mask::of(self.records, |at| allowed.get(values[at] as usize).is_some_and(|allowed| *allowed))
            }
        };
        self.known_truth(t, place)
    }

    pub fn has_any(&self, place: Place, codes: &[u32]) -> Truth {
        let t = match self.data_or_cells(place) {
            Ok(Data::Set(column)) => {
                let mut t = Block::ZERO;
                column.inverted[self.block].any_of::<8>(codes, &mut t);
                Mask::of_block(&t, self.records)
            }
            Err(Some((bound, Cells::Set(sets)))) => {
                Mask::of(self.records, |record| sets[bound.at(record)].iter().any(|code| codes.binary_search(code).is_ok()))
            }
            _ => return self.nothing(),
        };
        self.known_truth(t, place)
    }

    /// By the row back end; of rows only.
    pub fn number_by_row(&self, node: &Node) -> Numbers<'a> {
        let (mut values, mut known) = (vec![0; self.records], Mask::all(self.records, false));
        for (at, number) in values.iter_mut().enumerate() {
            *number = match row::eval_node(node, &RowView::new(self.table, self.block * ROWS + at), self.context) {
                Value::Int(v) => v,
                Value::Date(d) => d.days().into(),
                _ => continue,
            };
            known.set(at);
        }
        Numbers { values: values.into(), known }
    }

    /// By the row back end; of rows only.
    pub fn truth_by_row(&self, node: &Node) -> Truth {
        let mut truth = self.nothing();
        for at in 0..self.records {
            let answer = row::answer_node(node, &RowView::new(self.table, self.block * ROWS + at), self.context);
            truth.t.put(at, answer == Answer::Yes);
            truth.known.put(at, answer != Answer::Unknown);
        }
        truth
    }
}
