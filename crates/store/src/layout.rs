//! Where each field of the model lives: tables, columns, and the statements that are the same every time.
//!
//! Invariant: the order of columns is the order of fields in the model; every statement that reads a whole row selects
//! `id, version, created_at, updated_at` and then the columns in that order.
use crate::error::StoreError;
use crate::sql::quoted;
use crate::value::{ColumnKind, Value, column_kinds};
use liangu_base::Text;
use liangu_expr::value::Value as Constant;
use liangu_model::constant;
use liangu_model::record::{Field, FieldType, Model, Record};
use std::collections::HashMap;
use std::sync::Arc;

/// Names the store keeps for itself; a field cannot have one.
pub const RESERVED: [&str; 8] = ["tenant", "id", "version", "created_at", "updated_at", "doc", "record", "year"];
/// Columns before the fields in a row that was read whole.
pub const LEADING: usize = 4;

pub struct Layout {
    pub model: Arc<Model>,
    records: HashMap<String, Arc<RecordLayout>>,
}

pub struct RecordLayout {
    pub name: String,
    /// Position in [`Model::records`].
    pub index: usize,
    model: Arc<Model>,
    /// Fields with one value, in the model's order.
    pub single: Vec<Place>,
    /// Fields with one value a year.
    pub yearly: Vec<Place>,
    by_name: HashMap<String, (bool, usize)>,
    /// By position of the field in the record: whether it is yearly, and its position among its like.
    slots: Vec<(bool, usize)>,
    /// Fields that refer to other records: field, record type.
    pub refs: Vec<(String, String)>,
    /// What a new record has where nothing is given.
    pub defaults: Vec<(String, Value)>,
    pub insert_year: String,
    pub select_one: String,
}

/// One field's columns within its table.
pub struct Place {
    pub field: String,
    /// Position of the field in the record.
    pub index: usize,
    /// Position of its first column among the table's field columns.
    pub column: usize,
    pub columns: Vec<(String, ColumnKind)>,
}

impl Layout {
    pub fn new(model: &Arc<Model>) -> Result<Layout, StoreError> {
        let mut records = HashMap::new();
        for (index, record) in model.records.values().enumerate() {
            records.insert(record.name.clone(), Arc::new(RecordLayout::new(model, index, record)?));
        }
        Ok(Layout { model: Arc::clone(model), records })
    }

    pub fn record(&self, name: &str) -> Result<&Arc<RecordLayout>, StoreError> {
        self.records.get(name).ok_or_else(|| StoreError::no_record(name))
    }

    /// In the model's order.
    pub fn all(&self) -> impl Iterator<Item = &Arc<RecordLayout>> {
        self.model.records.keys().filter_map(|name| self.records.get(name))
    }
}

impl RecordLayout {
    fn new(model: &Arc<Model>, index: usize, record: &Record) -> Result<RecordLayout, StoreError> {
        let mut layout = RecordLayout {
            name: record.name.clone(),
            index,
            model: Arc::clone(model),
            single: Vec::new(),
            yearly: Vec::new(),
            by_name: HashMap::new(),
            slots: Vec::new(),
            refs: Vec::new(),
            defaults: Vec::new(),
            insert_year: String::new(),
            select_one: String::new(),
        };
        for (position, field) in record.fields.values().enumerate() {
            layout.place(record, position, field)?;
        }
        let columns = layout.columns(false);
        if let Some(twice) = columns.iter().enumerate().find_map(|(n, c)| columns[..n].contains(c).then_some(*c)) {
            return Err(StoreError::unknown(
                format!("记录类型“{}”有两个字段都要用列“{twice}”；请改名。", record.name),
                format!("Two fields of record type \"{}\" want the column \"{twice}\"; rename one.", record.name),
            ));
        }
        layout.insert_year = insert(&layout.year_table(), &["tenant", "record", "year"], &layout.columns(true));
        layout.select_one = format!("SELECT {} FROM {} WHERE tenant = ?1 AND id = ?2", layout.selected(""), quoted(&record.name));
        Ok(layout)
    }

    fn place(&mut self, record: &Record, index: usize, field: &Field) -> Result<(), StoreError> {
        if RESERVED.contains(&field.name.as_str()) {
            return Err(StoreError::unknown(
                format!("记录类型“{}”不能有名为“{}”的字段；该名称由系统使用，请改名。", record.name, field.name),
                format!(
                    "Record type \"{}\" cannot have a field \"{}\": the system uses that name, choose another.",
                    record.name, field.name
                ),
            ));
        }
        if let Some(source) = &field.default {
            self.defaults.push((field.name.clone(), default(&self.model, record, field, source)?));
        }
        if let FieldType::Ref { record } = &field.ty {
            self.refs.push((field.name.clone(), record.clone()));
        }
        let columns = column_kinds(&field.ty)
            .iter()
            .enumerate()
            .map(|(side, kind)| (if side == 0 { field.name.clone() } else { format!("{}_en", field.name) }, *kind))
            .collect();
        let places = if field.yearly { &mut self.yearly } else { &mut self.single };
        let column = places.last().map_or(0, |p| p.column + p.columns.len());
        self.by_name.insert(field.name.clone(), (field.yearly, places.len()));
        self.slots.push((field.yearly, places.len()));
        places.push(Place { field: field.name.clone(), index, column, columns });
        Ok(())
    }

    pub fn record(&self) -> &Record {
        &self.model.records[self.index]
    }

    pub fn model(&self) -> &Model {
        &self.model
    }

    pub fn field(&self, name: &str) -> Result<&Field, StoreError> {
        self.record().fields.get(name).ok_or_else(|| StoreError::no_field(&self.name, name))
    }

    pub fn field_at(&self, place: &Place) -> &Field {
        &self.record().fields[place.index]
    }

    pub fn place_of(&self, name: &str) -> Result<&Place, StoreError> {
        match self.by_name.get(name) {
            Some((false, at)) => Ok(&self.single[*at]),
            Some((true, at)) => Ok(&self.yearly[*at]),
            None => Err(StoreError::no_field(&self.name, name)),
        }
    }

    pub fn slot(&self, field_index: usize) -> (bool, usize) {
        self.slots[field_index]
    }

    /// Position of a field with one value among [`RecordLayout::single`].
    pub fn place_position(&self, field: &str) -> usize {
        self.by_name.get(field).map_or(usize::MAX, |(yearly, at)| if *yearly { usize::MAX } else { *at })
    }

    pub fn table(&self) -> String {
        quoted(&self.name)
    }

    /// Name of the table of yearly values, unquoted.
    pub fn year_table(&self) -> String {
        format!("{}_year", self.name)
    }

    pub fn has_years(&self) -> bool {
        !self.yearly.is_empty()
    }

    /// Column names of the record's table or of its yearly table, unquoted.
    pub fn columns(&self, yearly: bool) -> Vec<&str> {
        let places = if yearly { &self.yearly } else { &self.single };
        places.iter().flat_map(|p| p.columns.iter().map(|(name, _)| name.as_str())).collect()
    }

    /// The select list of a whole row; `alias` as `r.` or empty.
    pub fn selected(&self, alias: &str) -> String {
        let mut list = format!("{alias}id, {alias}version, {alias}created_at, {alias}updated_at");
        for column in self.columns(false) {
            list.push_str(", ");
            list.push_str(alias);
            list.push_str(&quoted(column));
        }
        list
    }

    /// The select list of yearly values; empty without yearly fields.
    pub fn selected_years(&self, alias: &str) -> String {
        self.columns(true).iter().map(|column| format!("{alias}{}", quoted(column))).collect::<Vec<_>>().join(", ")
    }
}

/// A field's default, which the checker of packs has typed.
fn default(model: &Model, record: &Record, field: &Field, source: &str) -> Result<Value, StoreError> {
    if matches!(field.ty, FieldType::Rule { .. }) {
        return Ok(Value::text(source));
    }
    let wrong = || {
        StoreError::unknown(
            format!("字段“{}.{}”的默认值“{source}”无效；请更正业务包。", record.name, field.name),
            format!("The default \"{source}\" of the field \"{}.{}\" is not valid; correct the pack.", record.name, field.name),
        )
    };
    let declared = model.schemas.get(&record.name).and_then(|s| s.fields.get(&field.name)).ok_or_else(wrong)?;
    let value = match constant(source, declared).map_err(|_| wrong())? {
        Constant::Bool(b) => Value::Bool(b),
        Constant::Int(n) => Value::Int(n),
        Constant::Date(d) => Value::Date(d),
        Constant::Text(text) if matches!(field.ty, FieldType::Bilingual { .. }) => Value::Bilingual(Text::chinese_only(text.to_string())),
        Constant::Text(text) => Value::text(text.as_ref()),
        Constant::List(codes) => {
            let codes: Option<Vec<String>> =
                codes.iter().map(|c| if let Constant::Text(code) = c { Some(code.to_string()) } else { None }).collect();
            Value::set(codes.ok_or_else(wrong)?)
        }
        _ => return Err(wrong()),
    };
    if value.fits(&field.ty) { Ok(value) } else { Err(wrong()) }
}

fn insert(table: &str, leading: &[&str], columns: &[&str]) -> String {
    let names: Vec<String> = leading.iter().map(|n| (*n).to_owned()).chain(columns.iter().map(|c| quoted(c))).collect();
    let marks: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
    format!("INSERT INTO {} ({}) VALUES ({})", quoted(table), names.join(", "), marks.join(", "))
}
