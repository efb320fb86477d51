//! How the file will be read: the first rows, what becomes of them, and problems by column.
use super::decide::Action;
use super::existing::Known;
use super::reading::{Interpreter, Reading, Target, importable, record_type};
use super::state::Plan;
use crate::Caller;
use crate::fault::Outcome;
use crate::shown;
use crate::views::Words;
use liangu_base::{Lang, Text};
use liangu_model::record::{Field, FieldType};
use liangu_store::Value;
use liangu_workbook::{Book, Row};
use serde::Serialize;
use utoipa::ToSchema;

/// Rows shown.
const SHOWN: usize = 20;
/// Rows whose problems are counted.
const CHECKED: u64 = 3000;
/// Characters of a cell shown.
const CELL: usize = 80;

#[derive(Debug, Serialize, ToSchema)]
pub struct Preview {
    pub columns: Vec<PreviewColumn>,
    pub rows: Vec<PreviewRow>,
    /// Rows that were looked at for the counts, from the first.
    pub checked: u64,
    /// Of these, rows that would come back.
    pub bad: u64,
    /// What a new record needs and no column brings.
    pub missing: Vec<Words>,
    /// Fields that a column can be.
    pub fields: Vec<FieldOffer>,
}

#[derive(Debug, Default, Serialize, ToSchema)]
pub struct PreviewColumn {
    pub problems: u64,
    /// The first problem, with its row.
    pub first: Option<Words>,
    pub first_row: Option<u64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewRow {
    /// As the file counts.
    pub row: u64,
    /// `create`, `update`, `unchanged`, `skip` or `bad`.
    pub action: String,
    pub cells: Vec<PreviewCell>,
    /// What concerns the row as a whole.
    pub problems: Vec<Words>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewCell {
    /// What the file has.
    pub text: String,
    /// What is read.
    pub shown: Option<Words>,
    pub problem: Option<Words>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FieldOffer {
    /// As a plan names it.
    pub field: String,
    pub label: Words,
    pub yearly: bool,
    pub money: bool,
    pub required: bool,
}

impl Caller<'_> {
    /// # Errors
    /// Not found for another person's import; invalid where its mapping does not fit yet.
    pub fn preview_import(&self, id: &str) -> Outcome<Preview> {
        let (import, _) = self.import_of(self.import_id(id)?)?;
        let record = record_type(self, &import.record)?;
        let mut interpreter = Interpreter::new(*self, record, &import.plan)?;
        let mut book = Book::open(self.app.store.open_file(import.file)?, &self.app.exchange.limits())?;
        let mut rows = book.rows(import.plan.sheet)?;
        let (mut known, mut row) = (Known::default(), Row::default());
        let (mut first, mut readings): (Vec<Row>, Vec<Reading>) = (Vec::new(), Vec::new());
        let mut columns: Vec<PreviewColumn> = import.plan.columns.iter().map(|_| PreviewColumn::default()).collect();
        let (mut checked, mut bad) = (0, 0);
        while checked < CHECKED && rows.next_row(&mut row)? {
            if row.number <= import.plan.head_row || row.is_empty() {
                continue;
            }
            checked += 1;
            let mut reading = interpreter.read(&row)?;
            interpreter.note_repeat(&mut known, &mut reading);
            bad += u64::from(!reading.troubles.is_empty());
            count(&reading, &mut columns);
            if first.len() < SHOWN {
                first.push(row.clone());
                readings.push(reading);
            }
        }
        let decisions = interpreter.decide(&mut known, &readings)?;
        let shown = first.iter().zip(&readings).zip(decisions);
        let rows =
            shown.map(|((row, reading), decision)| self.preview_row(&interpreter, &import.plan, row, reading, &decision.action)).collect();
        let fields = importable(self, record);
        let missing = fields.iter().filter(|field| field.required && field.default.is_none() && !interpreter.brings(&field.name));
        Ok(Preview {
            columns,
            rows,
            checked,
            bad,
            missing: missing.map(|field| Words::from(&field.label)).collect(),
            fields: fields.iter().flat_map(|field| offers(field)).collect(),
        })
    }

    fn preview_row(&self, interpreter: &Interpreter<'_>, plan: &Plan, row: &Row, reading: &Reading, action: &Action) -> PreviewRow {
        let troubles = match action {
            Action::Bad(troubles) => troubles.as_slice(),
            _ => &[],
        };
        let cell = |column: usize| {
            let text = row.cell(column).map(|cell| cell.text.chars().take(CELL).collect()).unwrap_or_default();
            let problem = troubles.iter().find(|trouble| trouble.column == Some(column)).map(|trouble| Words::from(&trouble.text));
            PreviewCell { text, shown: self.read_as(interpreter.target(column), reading), problem }
        };
        let (name, whole) = (name_of(action), troubles.iter().filter(|trouble| trouble.column.is_none()));
        PreviewRow {
            row: row.number,
            action: name.to_owned(),
            cells: (0..plan.columns.len()).map(cell).collect(),
            problems: whole.map(|trouble| Words::from(&trouble.text)).collect(),
        }
    }

    /// What a column was read as.
    fn read_as(&self, target: Target<'_>, reading: &Reading) -> Option<Words> {
        let (field, english, year) = match target {
            Target::Field { field, english, year, .. } => (field, english, year),
            Target::Year => return reading.year.map(|year| Words { zh: format!("{year} 年"), en: year.to_string() }),
            Target::Id | Target::Left => return None,
        };
        let value =
            if field.yearly { reading.years.get(&year.or(reading.year)?)?.get(&field.name)? } else { reading.values.get(&field.name)? };
        if let (Value::Ref(id), FieldType::Ref { record }) = (value, &field.ty) {
            let titles = self.app.store.read(|reader| reader.titles(record, &[*id])).ok()?;
            return titles.get(id).map(|title| Words { zh: title.clone(), en: title.clone() });
        }
        let text = shown::value(&self.app.model, field, value)?;
        let side = |lang: Lang| if english { text.en.to_string() } else { text.get(lang).to_owned() };
        Some(Words {
            zh: side(Lang::Zh),
            en: if matches!(value, Value::Bilingual(_)) && !english { side(Lang::Zh) } else { side(Lang::En) },
        })
    }
}

impl Interpreter<'_> {
    /// A row about the record of an earlier row is bad, and says which row that is.
    pub(super) fn note_repeat(&self, known: &mut Known, reading: &mut Reading) {
        if let Some(first) = self.repeats(known, reading) {
            let text =
                Text::new(format!("与第 {first} 行重复；请只留一行。"), format!("the same record as row {first}; keep one of them."));
            reading.troubles.push(super::reading::Trouble { column: None, text });
        }
    }
}

fn name_of(action: &Action) -> &'static str {
    match action {
        Action::Create { .. } => "create",
        Action::Update { .. } | Action::Joined => "update",
        Action::Unchanged => "unchanged",
        Action::Skipped => "skip",
        Action::Bad(_) => "bad",
    }
}

fn count(reading: &Reading, columns: &mut [PreviewColumn]) {
    for trouble in &reading.troubles {
        let Some(column) = trouble.column.and_then(|at| columns.get_mut(at)) else { continue };
        column.problems += 1;
        if column.first.is_none() {
            (column.first, column.first_row) = (Some(Words::from(&trouble.text)), Some(reading.row));
        }
    }
}

fn offers(field: &Field) -> Vec<FieldOffer> {
    let offer = |name: String, label: Words| FieldOffer {
        field: name,
        label,
        yearly: field.yearly,
        money: field.ty == FieldType::Money,
        required: field.required && field.default.is_none(),
    };
    let label = Words::from(&field.label);
    let mut offers = vec![offer(field.name.clone(), label.clone())];
    if matches!(field.ty, FieldType::Bilingual { .. }) {
        let english = Words { zh: format!("{}（英文）", label.zh), en: format!("{} (English)", label.en) };
        offers.push(FieldOffer { required: false, ..offer(format!("{}{}", field.name, super::state::ENGLISH), english) });
    }
    offers
}
