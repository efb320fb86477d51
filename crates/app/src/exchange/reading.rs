//! A row of the file as values of a record, with what is wrong in each column.
use super::cell::{self, Codes};
use super::state::{ENGLISH, ID_COLUMN, MoneyUnit, Plan, YEAR_COLUMN};
use crate::fault::{Fault, Outcome, invalid};
use crate::records::inherits;
use crate::{Caller, access};
use liangu_base::text::Text;
use liangu_base::{CreditCode, Id, Lang};
use liangu_model::record::{Field, FieldType, Record};
use liangu_store::{Condition, Query, Value, Values, Years};
use liangu_workbook::{Cell, Row};
use std::collections::{HashMap, HashSet};

/// What a column is, as the plan says.
#[derive(Clone, Copy)]
pub(super) enum Target<'a> {
    Left,
    Id,
    Year,
    Field { field: &'a Field, english: bool, year: Option<i32>, unit: MoneyUnit },
}

/// What is wrong with a row; without a column it concerns the row as a whole.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    pub column: Option<usize>,
    pub text: Text,
}

/// A row, read.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    pub row: u64,
    /// Of the column `$id`.
    pub id: Option<Id>,
    /// Of the column `$year`.
    pub year: Option<i32>,
    pub values: Values,
    pub years: Years,
    pub troubles: Vec<Trouble>,
}

impl Reading {
    pub fn text(&self, field: &str) -> Option<&str> {
        match self.values.get(field) {
            Some(Value::Text(text)) => Some(text),
            Some(Value::Bilingual(text)) => Some(&text.zh),
            _ => None,
        }
    }
}

/// Reads rows for one plan; remembers what it looked up.
pub(super) struct Interpreter<'a> {
    pub caller: Caller<'a>,
    pub record: &'a Record,
    pub plan: &'a Plan,
    targets: Vec<Target<'a>>,
    codes: Codes,
    refs: HashMap<(String, String), Result<Id, Text>>,
}

/// Fields that a file may bring.
pub(super) fn importable<'a>(caller: &Caller<'a>, record: &'a Record) -> Vec<&'a Field> {
    let writable = |field: &&Field| {
        !field.read_only
            && !field.hidden
            && access::reads(caller.principal, field)
            && !matches!(field.ty, FieldType::Rule { .. } | FieldType::Number { .. })
    };
    record.fields.values().filter(writable).collect()
}

/// The record type, if this person may write such records from a file.
pub(super) fn record_type<'a>(caller: &Caller<'a>, name: &str) -> Outcome<&'a Record> {
    let record = caller.record_type(name)?;
    let by_system = record.fields.values().any(|field| field.required && field.read_only && field.default.is_none());
    if caller.principal.has_any(&record.can_create) && !by_system {
        return Ok(record);
    }
    let (zh, en) = ("你的角色不能导入这类记录。", "Your roles do not import records of this kind.");
    Err(Fault::Forbidden { code: "import", why: Text::fixed(zh, en) })
}

impl<'a> Interpreter<'a> {
    /// # Errors
    /// Invalid, where the plan does not fit the record type.
    pub fn new(caller: Caller<'a>, record: &'a Record, plan: &'a Plan) -> Outcome<Interpreter<'a>> {
        let fields = importable(&caller, record);
        let by_year = plan.columns.iter().any(|column| column.field.as_deref() == Some(YEAR_COLUMN));
        let (mut targets, mut taken) = (Vec::new(), HashSet::new());
        for (at, column) in plan.columns.iter().enumerate() {
            let place = format!("columns.{at}");
            let target = match column.field.as_deref() {
                None => Target::Left,
                Some(ID_COLUMN) => Target::Id,
                Some(YEAR_COLUMN) => Target::Year,
                Some(name) => {
                    let (name, english) = name.strip_suffix(ENGLISH).map_or((name, false), |name| (name, true));
                    let field =
                        fields.iter().find(|field| field.name == name && (!english || matches!(field.ty, FieldType::Bilingual { .. })));
                    let Some(field) = field else {
                        let (zh, en) = (format!("没有可以导入的字段“{name}”。"), format!("There is no field \"{name}\" to import."));
                        return Err(invalid(&place, "unknown_field", zh, en));
                    };
                    let year = column.year.filter(|_| field.yearly);
                    if field.yearly && year.is_none() && !by_year {
                        let (zh, en) = (&column.head, &column.head);
                        let zh = format!("“{zh}”按年填报；请选择年度，或指定哪一列是年度。");
                        let en = format!("\"{en}\" is reported by year; choose the year, or the column that holds it.");
                        return Err(invalid(&place, "year", zh, en));
                    }
                    Target::Field { field, english, year, unit: column.unit }
                }
            };
            if !matches!(target, Target::Left) && !taken.insert((column.field.clone(), column.year)) {
                let head = &column.head;
                let (zh, en) = (
                    format!("“{head}”与另一列对应同一字段；请改正其一。"),
                    format!("\"{head}\" and another column are the same field; change one."),
                );
                return Err(invalid(&place, "twice", zh, en));
            }
            targets.push(target);
        }
        Ok(Interpreter { caller, record, plan, targets, codes: Codes::default(), refs: HashMap::new() })
    }

    pub fn by_year(&self) -> bool {
        self.targets.iter().any(|target| matches!(target, Target::Year))
    }

    pub fn target(&self, column: usize) -> Target<'a> {
        self.targets.get(column).copied().unwrap_or(Target::Left)
    }

    /// Whether some column brings the field.
    pub fn brings(&self, name: &str) -> bool {
        self.targets.iter().any(|target| matches!(target, Target::Field { field, .. } if field.name == name))
    }

    pub fn read(&mut self, row: &Row) -> Outcome<Reading> {
        let mut reading = Reading { row: row.number, ..Reading::default() };
        let mut by_row_year = Vec::new();
        for column in 0..self.targets.len() {
            let Some(cell) = row.cell(column) else { continue };
            if matches!(self.targets[column], Target::Left) {
                continue;
            }
            match self.column(column, cell, &mut reading)? {
                Ok(Some((name, value))) => by_row_year.push((name, value)),
                Ok(None) => {}
                Err(text) => reading.troubles.push(Trouble { column: Some(column), text }),
            }
        }
        match reading.year {
            Some(year) => reading.years.entry(year).or_default().extend(by_row_year),
            None if !by_row_year.is_empty() => {
                let text = Text::fixed("这一行没有年度；请填写。", "this row has no year; give it.");
                reading.troubles.push(Trouble { column: None, text });
            }
            None => {}
        }
        Ok(reading)
    }

    /// Puts a cell's value where it belongs; yearly ones of the row's own year are given back.
    fn column(&mut self, at: usize, cell: &Cell, reading: &mut Reading) -> Outcome<Result<Option<(String, Value)>, Text>> {
        let text = match cell::clean(cell) {
            Ok(text) if text.is_empty() => return Ok(Ok(None)),
            Ok(text) => text,
            Err(why) => return Ok(Err(why)),
        };
        let (field, english, year, unit) = match self.targets[at] {
            Target::Left => return Ok(Ok(None)),
            Target::Id => {
                let refused = |_| Text::new(format!("“{text}”不是记录编号。"), format!("\"{text}\" is no record id."));
                return Ok(Id::parse(&self.record.prefix, &text).map(|id| reading.id = Some(id)).map(|()| None).map_err(refused));
            }
            Target::Year => {
                let year = text.trim_end_matches(['年', '度']).parse().ok().filter(|year| (1990..=2100).contains(year));
                let refused =
                    || Text::new(format!("“{text}”不是年度；请写成 2024。"), format!("\"{text}\" is no year; write it like 2024."));
                return Ok(year.map(|year| reading.year = Some(year)).map(|()| None).ok_or_else(refused));
            }
            Target::Field { field, english, year, unit } => (field, english, year, unit),
        };
        let value = match &field.ty {
            FieldType::Ref { record } => self.resolve(record, &text)?.map(Value::Ref),
            _ => cell::value(cell, &text, field, unit, &self.caller.app.model, &mut self.codes),
        };
        let value = match value {
            Ok(value) => value,
            Err(why) => return Ok(Err(why)),
        };
        let value = sided(reading.values.get(&field.name), value, english);
        if let Some((_, why)) = liangu_store::check_value(&self.caller.app.model, field, &value, self.caller.app.today()) {
            return Ok(Err(unlabelled(field, &why)));
        }
        match (field.yearly, year) {
            (true, Some(year)) => drop(reading.years.entry(year).or_default().insert(field.name.clone(), value)),
            (true, None) => return Ok(Ok(Some((field.name.clone(), value)))),
            (false, _) => drop(reading.values.insert(field.name.clone(), value)),
        }
        Ok(Ok(None))
    }

    /// The record that a text names: by its id, by a unique field, by its title.
    fn resolve(&mut self, target: &str, text: &str) -> Outcome<Result<Id, Text>> {
        let key = (target.to_owned(), text.to_owned());
        if let Some(known) = self.refs.get(&key) {
            return Ok(known.clone());
        }
        let found = self.look_up(target, text)?;
        self.refs.insert(key, found.clone());
        Ok(found)
    }

    fn look_up(&self, target: &str, text: &str) -> Outcome<Result<Id, Text>> {
        let (caller, record) = (&self.caller, self.caller.record_type(target)?);
        let seen = |id: Id| match caller.visible(target, id) {
            Ok(_) => Ok(Some(id)),
            Err(Fault::NotFound) => Ok(None),
            Err(other) => Err(other),
        };
        if let Ok(id) = Id::parse(&record.prefix, text)
            && let Some(id) = seen(id)?
        {
            return Ok(Ok(id));
        }
        for field in record.fields.values().filter(|field| field.unique && !field.yearly) {
            let value = match &field.ty {
                FieldType::CreditCode => CreditCode::parse(text).ok().map(|code| Value::text(code.as_str())),
                FieldType::Text { .. } | FieldType::Number { .. } => Some(Value::text(text)),
                _ => None,
            };
            let Some(value) = value else { continue };
            let found = caller.app.store.read(|reader| reader.find(target, &field.name, &value))?;
            if let Some(id) = found.map(seen).transpose()?.flatten() {
                return Ok(Ok(id));
            }
        }
        let label = (&record.label.zh, record.label.get(Lang::En).to_lowercase());
        if inherits(record).is_none() && record.fields.get(&record.title).is_some_and(|title| !matches!(title.ty, FieldType::Ref { .. })) {
            let conditions = vec![Condition::In { field: record.title.clone(), values: vec![Value::text(text)] }];
            let page = caller.app.store.query(target, &Query { conditions, limit: 2, total: false, ..caller.rows(target)? })?;
            match page.items.as_slice() {
                [one] => return Ok(Ok(one.id)),
                [_, _, ..] => {
                    return Ok(Err(Text::new(
                        format!("有多个{}叫“{text}”；请写统一社会信用代码或记录编号。", label.0),
                        format!("several records of {} are called \"{text}\"; write the credit code or record id.", label.1),
                    )));
                }
                [] => {}
            }
        }
        Ok(Err(Text::new(
            format!("没有找到{}“{text}”；请写全称、统一社会信用代码或记录编号，或先导入它。", label.0),
            format!("there is no {} \"{text}\"; write its full name, credit code or record id, or import it first.", label.1),
        )))
    }
}

/// A bilingual text of two columns is one value.
fn sided(before: Option<&Value>, value: Value, english: bool) -> Value {
    let Value::Bilingual(mut text) = value else { return value };
    if english {
        text.en = std::mem::take(&mut text.zh);
    }
    if let Some(Value::Bilingual(before)) = before {
        if english {
            text.zh = before.zh.clone();
        } else {
            text.en = before.en.clone();
        }
    }
    Value::Bilingual(text)
}

/// The store says whose value it is; here the column says it already.
fn unlabelled(field: &Field, why: &Text) -> Text {
    let without = |text: &str, label: &str, colon: &str| {
        text.strip_prefix(label).and_then(|rest| rest.strip_prefix(colon)).unwrap_or(text).trim_start().to_owned()
    };
    Text::new(without(&why.zh, &field.label.zh, "："), without(&why.en, field.label.get(Lang::En), ":"))
}
