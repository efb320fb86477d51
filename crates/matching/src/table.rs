//! The facts of all records of one type as columns, and the child records beside them.
//!
//! Start with [`TableBuilder`]: name the facts that rules may read, push a record at a time, [`TableBuilder::build`].
//! A finished [`Table`] takes single changes ([`Table::set`]), new rows and removals. Rows are dense numbers that stay
//! valid for the life of the table; a removed row keeps its number and answers nothing.
use crate::bits::Bits;
use crate::children::ChildStore;
use crate::column::{Codes, Column, Data, Numbers, Sets, Stored};
use crate::dictionary::Dictionary;
use liangu_base::date::Date;
use liangu_base::text::{Explain, Text};
use liangu_expr::schema::{ChildIx, FieldIx, Schema, Type};
use liangu_expr::value::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// A fact: a field, and for a yearly field the year counted from the judged year (0, -1, …), else 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactKey {
    pub field: FieldIx,
    pub year: i32,
}

impl FactKey {
    pub fn new(field: FieldIx, year: i32) -> FactKey {
        FactKey { field, year }
    }
}

/// A value as it comes from a database row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    Unknown,
    Bool(bool),
    /// In the field's smallest unit.
    Int(i64),
    Double(f64),
    /// Text, a code or the id of a record.
    Text(&'a str),
    Date(Date),
    /// Codes of a set; the empty set is known.
    Set(&'a [&'a str]),
}

/// Why a table refuses a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableError {
    /// The fact was not named when the table was built.
    NoColumn { field: String, year: i32 },
    /// The value is not of the field's type.
    WrongKind { field: String },
    /// The row was never appended.
    NoRow { row: usize },
}

impl Explain for TableError {
    fn text(&self) -> Text {
        match self {
            TableError::NoColumn { field, year } => Text::new(
                format!("匹配表没有事实 {field}（相对年度 {year}）；请在建表时列出它"),
                format!("the matching table has no fact {field} (relative year {year}); name it when the table is built"),
            ),
            TableError::WrongKind { field } => Text::new(
                format!("{field} 的值与字段类型不符；请核对来源数据"),
                format!("the value of {field} is not of the field's type; check the source of the data"),
            ),
            TableError::NoRow { row } => {
                Text::new(format!("匹配表没有第 {row} 行；请先追加这一行"), format!("the matching table has no row {row}; append it first"))
            }
        }
    }
}

impl std::fmt::Display for TableError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for TableError {}

#[derive(Clone, Debug)]
pub struct Table {
    pub(crate) schema: Arc<Schema>,
    rows: usize,
    pub(crate) live: Bits,
    pub(crate) columns: Vec<Column>,
    keys: Vec<FactKey>,
    places: HashMap<FactKey, usize>,
    pub(crate) children: ChildStore,
}

impl Table {
    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// Rows ever appended, removed ones included.
    pub fn len(&self) -> usize {
        self.rows
    }

    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    pub fn is_live(&self, row: usize) -> bool {
        self.live.get(row)
    }

    /// The facts the table has, in the order of its columns.
    pub fn facts(&self) -> &[FactKey] {
        &self.keys
    }

    pub(crate) fn place(&self, key: FactKey) -> Option<usize> {
        self.places.get(&key).copied()
    }

    /// Whether the fact is on file for the row.
    pub fn is_known(&self, row: usize, key: FactKey) -> bool {
        self.place(key).is_some_and(|p| self.columns[p].known.get(row))
    }

    /// The fact as the row back end sees it; `None` if unknown or not in the table.
    pub fn value(&self, row: usize, key: FactKey) -> Option<Value> {
        let place = self.place(key)?;
        let ty = &self.field(key.field)?.1.ty;
        value_of(ty, self.columns[place].dictionary(), self.columns[place].get(row))
    }

    pub(crate) fn field(&self, field: FieldIx) -> Option<(&String, &liangu_expr::schema::FieldDecl)> {
        self.schema.fields.get_index(field.0 as usize)
    }

    fn name(&self, field: FieldIx) -> String {
        self.field(field).map(|(name, _)| name.clone()).unwrap_or_else(|| format!("#{}", field.0))
    }

    /// Appends a row of unknown facts and unknown child records, and returns its number.
    pub fn append(&mut self) -> usize {
        let row = self.rows;
        self.rows += 1;
        self.live.grow(self.rows);
        self.live.put(row, true);
        self.columns.iter_mut().for_each(|c| c.grow(row + 1));
        self.children.grow(row + 1);
        row
    }

    /// Takes a row out of every answer. Its number is not given again.
    pub fn remove(&mut self, row: usize) {
        if row < self.rows {
            self.live.put(row, false);
        }
    }

    /// Changes one fact.
    ///
    /// # Errors
    /// If the table lacks the row or the fact, or the value is not of the field's type; then nothing has changed.
    pub fn set(&mut self, row: usize, key: FactKey, cell: Cell<'_>) -> Result<(), TableError> {
        let (place, stored) = self.stored(row, key, cell)?;
        self.columns[place].set(row, stored);
        Ok(())
    }

    /// Replaces the child records of one type of a row; `None` if it is not known which there are.
    pub fn set_children(&mut self, row: usize, child: ChildIx, records: Option<Vec<Arc<[Value]>>>) -> Result<(), TableError> {
        self.replace_children(row, child, records).map(|_| ())
    }

    /// As [`Table::set_children`]; whether that changes anything.
    pub(crate) fn replace_children(&mut self, row: usize, child: ChildIx, records: Option<Vec<Arc<[Value]>>>) -> Result<bool, TableError> {
        if row >= self.rows {
            return Err(TableError::NoRow { row });
        }
        Ok(self.children.set(row, child, records.as_deref()))
    }

    pub(crate) fn place_of(&self, key: FactKey) -> Result<usize, TableError> {
        self.place(key).ok_or_else(|| TableError::NoColumn { field: self.name(key.field), year: key.year })
    }

    pub(crate) fn wrong_kind(&self, field: FieldIx) -> TableError {
        TableError::WrongKind { field: self.name(field) }
    }

    pub(crate) fn stored(&mut self, row: usize, key: FactKey, cell: Cell<'_>) -> Result<(usize, Stored), TableError> {
        if row >= self.rows {
            return Err(TableError::NoRow { row });
        }
        let place = self.place_of(key)?;
        let stored = stored(&mut self.columns[place], cell);
        stored.map(|s| (place, s)).ok_or_else(|| self.wrong_kind(key.field))
    }
}

/// The cell in the column's terms; new codes enter its dictionary. `None` if the kind differs.
pub(crate) fn stored(column: &mut Column, cell: Cell<'_>) -> Option<Stored> {
    Some(match (&mut column.data, cell) {
        (_, Cell::Unknown) => Stored::Unknown,
        (Data::Bool(_), Cell::Bool(v)) => Stored::Bool(v),
        (Data::Int(_), Cell::Int(v)) => Stored::Int(v),
        (Data::Int(_), Cell::Date(d)) => Stored::Int(i64::from(d.days())),
        (Data::Double(_), Cell::Double(v)) => Stored::Double(v),
        (Data::Code(c), Cell::Text(t)) => Stored::Code(c.dictionary.intern(t)),
        (Data::Set(s), Cell::Set(codes)) => {
            let mut numbers: Vec<u32> = codes.iter().map(|c| s.dictionary.intern(c)).collect();
            numbers.sort_unstable();
            numbers.dedup();
            Stored::Set(numbers)
        }
        _ => return None,
    })
}

/// The stored cell as a value of the row back end; `None` if unknown.
pub(crate) fn value_of(ty: &Type, dictionary: Option<&Dictionary>, stored: Stored) -> Option<Value> {
    let text = |number: u32| dictionary.map(|d| Value::Text(d.code(number).clone()));
    Some(match stored {
        Stored::Unknown => return None,
        Stored::Bool(v) => Value::Bool(v),
        Stored::Int(v) if matches!(ty, Type::Date) => Value::Date(Date::from_days(i32::try_from(v).ok()?)?),
        Stored::Int(v) => Value::Int(v),
        Stored::Double(v) => Value::Double(v),
        Stored::Code(number) => text(number)?,
        Stored::Set(numbers) => Value::List(numbers.into_iter().filter_map(text).collect()),
    })
}

/// Fills a table record by record; indexes are made once, at the end.
#[derive(Debug)]
pub struct TableBuilder {
    table: Table,
}

impl TableBuilder {
    /// A table of the given facts. Fields that hold lists of children are not facts and are left out.
    pub fn new(schema: &Arc<Schema>, facts: &[FactKey]) -> TableBuilder {
        let mut table = Table {
            schema: schema.clone(),
            rows: 0,
            live: Bits::default(),
            columns: Vec::new(),
            keys: Vec::new(),
            places: HashMap::new(),
            children: ChildStore::new(schema),
        };
        for &key in facts {
            let Some((_, decl)) = schema.fields.get_index(key.field.0 as usize) else { continue };
            let Some(data) = column_of(&decl.ty) else { continue };
            if table.places.contains_key(&key) {
                continue;
            }
            table.places.insert(key, table.columns.len());
            table.keys.push(key);
            table.columns.push(Column::new(data));
        }
        TableBuilder { table }
    }

    /// Every field of the schema, yearly ones for each of `years` (0, -1, …).
    pub fn all(schema: &Arc<Schema>, years: &[i32]) -> TableBuilder {
        let mut facts = Vec::new();
        for (i, decl) in schema.fields.values().enumerate() {
            let years = if decl.yearly { years } else { &[0] };
            facts.extend(years.iter().map(|&year| FactKey::new(FieldIx(i as u32), year)));
        }
        TableBuilder::new(schema, &facts)
    }

    /// Makes room for that many rows at once.
    pub fn reserve(&mut self, rows: usize) {
        self.table.columns.iter_mut().for_each(|c| match &mut c.data {
            Data::Int(n) => n.values.reserve(rows),
            Data::Code(c) => c.values.reserve(rows),
            Data::Set(s) => s.values.reserve(rows),
            Data::Double(d) => d.reserve(rows),
            Data::Bool(_) => {}
        });
    }

    /// Begins the next row, all facts unknown, and returns its number.
    pub fn row(&mut self) -> usize {
        self.table.append()
    }

    /// Position of a fact's column for [`TableBuilder::put`].
    pub fn column(&self, key: FactKey) -> Option<usize> {
        self.table.place(key)
    }

    /// Writes a fact of the row begun last.
    ///
    /// # Errors
    /// As [`Table::set`].
    pub fn set(&mut self, key: FactKey, cell: Cell<'_>) -> Result<(), TableError> {
        let row = self.table.rows.wrapping_sub(1);
        let (place, stored) = self.table.stored(row, key, cell)?;
        self.table.columns[place].write(row, stored);
        Ok(())
    }

    /// As [`TableBuilder::set`] by the position of the column.
    pub fn put(&mut self, column: usize, cell: Cell<'_>) -> Result<(), TableError> {
        let Some(row) = self.table.rows.checked_sub(1) else { return Err(TableError::NoRow { row: 0 }) };
        match stored(&mut self.table.columns[column], cell) {
            Some(stored) => {
                self.table.columns[column].write(row, stored);
                Ok(())
            }
            None => Err(self.table.wrong_kind(self.table.keys[column].field)),
        }
    }

    /// The child records of one type of the row begun last; left out, it is unknown which there are.
    pub fn children(&mut self, child: ChildIx, records: Vec<Arc<[Value]>>) -> Result<(), TableError> {
        self.table.set_children(self.table.rows.wrapping_sub(1), child, Some(records))
    }

    pub fn build(mut self) -> Table {
        self.table.columns.iter_mut().for_each(Column::index);
        self.table
    }
}

fn column_of(ty: &Type) -> Option<Data> {
    Some(match ty {
        Type::Bool => Data::Bool(Bits::default()),
        Type::Int(_) | Type::Date | Type::Days => Data::Int(Numbers::default()),
        Type::Double => Data::Double(Vec::new()),
        Type::Text | Type::Ref(_) => Data::Code(Codes::default()),
        Type::Code(list) => Data::Code(Codes { dictionary: Dictionary::of(list), closed: true, ..Codes::default() }),
        Type::Set(list) => Data::Set(Sets { dictionary: Dictionary::of(list), ..Sets::default() }),
        Type::Children(_) | Type::Null => return None,
    })
}
