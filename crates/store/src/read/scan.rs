//! Reading a whole record type, row by row, without building items: what the matching engine loads.
use super::Reader;
use crate::engine::Row;
use crate::engine::cell::CellRef;
use crate::error::StoreError;
use crate::sql::{Sql, quoted};
use liangu_base::Id;

/// The row at hand: positions are those of the fields and years asked for.
pub struct ScanRow<'a> {
    pub id: Id,
    pub version: i64,
    row: &'a Row<'a>,
    /// By position of the field: its column; of the first year, for yearly ones.
    columns: &'a [usize],
    /// Columns of one year.
    width: usize,
}

impl ScanRow<'_> {
    /// The value of a field with one value; of a bilingual text the Chinese.
    pub fn value(&self, field: usize) -> Result<CellRef<'_>, StoreError> {
        self.row.get(self.columns[field])
    }

    /// The value of a yearly field; null where there is no row for the year.
    pub fn year_value(&self, year: usize, field: usize) -> Result<CellRef<'_>, StoreError> {
        self.row.get(self.columns[field] + year * self.width)
    }
}

impl Reader<'_> {
    /// Shows every row of a record type in the order of ids. `fields` may name `id`, `created_at` and `updated_at` too.
    pub fn scan(
        &mut self,
        record: &str,
        fields: &[&str],
        years: &[i32],
        each: &mut dyn FnMut(&ScanRow<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let layout = self.layout(record)?;
        let (mut single, mut yearly) = (Vec::new(), Vec::new());
        let mut columns = Vec::with_capacity(fields.len());
        for name in fields {
            if ["id", "created_at", "updated_at"].contains(name) {
                columns.push((false, single.len()));
                single.push((*name).to_owned());
                continue;
            }
            let place = layout.place_of(name)?;
            let list = if layout.field(name)?.yearly { &mut yearly } else { &mut single };
            columns.push((layout.field(name)?.yearly, list.len()));
            list.push(place.columns[0].0.clone());
        }
        let positions: Vec<usize> = columns.iter().map(|(yearly, at)| 2 + at + if *yearly { single.len() } else { 0 }).collect();
        let mut sql = Sql::new("SELECT r.id, r.version");
        for column in &single {
            sql.push(&format!(", r.{}", quoted(column)));
        }
        let years = if yearly.is_empty() { &[] } else { years };
        for n in 0..years.len() {
            for column in &yearly {
                sql.push(&format!(", y{n}.{}", quoted(column)));
            }
        }
        sql.push(&format!(" FROM {} r", layout.table()));
        for (n, year) in years.iter().enumerate() {
            let table = quoted(&layout.year_table());
            sql.push(&format!(" LEFT JOIN {table} y{n} ON y{n}.tenant = r.tenant AND y{n}.record = r.id AND y{n}.year = "))
                .bind(i64::from(*year));
        }
        sql.push(" WHERE r.tenant = ").bind(self.tenant()).push(" ORDER BY r.id");
        let width = yearly.len();
        self.conn.each(&sql.text, &sql.params, &mut |row| {
            each(&ScanRow { id: row.id(0)?, version: row.int(1)?, row, columns: &positions, width })
        })
    }
}
