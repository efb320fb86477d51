//! Rows that were not taken: kept by batch with their reasons, given back as the rows of the file with one more column.
use super::heads::ERROR_HEADS;
use super::reading::Trouble;
use super::state::Plan;
use crate::Caller;
use crate::fault::{Fault, Outcome};
use crate::reads::Reads as _;
use liangu_base::{Id, Lang};
use liangu_store::DocumentPut;
use liangu_workbook::{Book, Cell, Kind, Out, Row, Writer};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::Cursor;

/// A refused row: its number in the file and why, in both languages.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct BadRow {
    row: u64,
    zh: String,
    en: String,
}

impl BadRow {
    pub fn of(row: u64, troubles: &[Trouble], plan: &Plan) -> BadRow {
        let said = |lang: Lang| {
            let mark = if lang == Lang::Zh { "：" } else { ": " };
            let head =
                |trouble: &Trouble| trouble.column.and_then(|at| plan.columns.get(at)).map(|column| format!("{}{mark}", column.head));
            let one = |trouble: &Trouble| format!("{}{}", head(trouble).unwrap_or_default(), trouble.text.get(lang));
            troubles.iter().map(one).collect::<Vec<_>>().join(if lang == Lang::Zh { " " } else { "; " })
        };
        BadRow { row, zh: said(Lang::Zh), en: said(Lang::En) }
    }
}

impl BadRow {
    pub fn text(self) -> liangu_base::Text {
        liangu_base::Text::new(self.zh, self.en)
    }
}

fn kind(import: Id) -> String {
    format!("import_bad:{import}")
}

pub(super) fn put(import: Id, batch: u64, rows: &[BadRow]) -> Outcome<Option<DocumentPut>> {
    if rows.is_empty() {
        return Ok(None);
    }
    let value = Some(serde_json::to_value(rows).map_err(|e| Fault::Internal(e.to_string()))?);
    Ok(Some(DocumentPut { kind: kind(import), key: format!("{batch:06}"), value, expected_version: None, journal: false }))
}

impl Caller<'_> {
    /// The refused rows as a workbook, with their original columns and one that says what is wrong.
    ///
    /// # Errors
    /// Not found for another person's import, or where no row was refused.
    pub fn bad_rows(&self, id: &str) -> Outcome<(String, Vec<u8>)> {
        let id = self.import_id(id)?;
        let (import, _) = self.import_of(id)?;
        let mut why: HashMap<u64, String> = HashMap::new();
        for document in self.app.store.documents(&kind(id))? {
            let rows: Vec<BadRow> = serde_json::from_value(document.value).map_err(|e| Fault::Internal(e.to_string()))?;
            why.extend(rows.into_iter().map(|bad| (bad.row, if self.lang == Lang::Zh { bad.zh } else { bad.en })));
        }
        if why.is_empty() {
            return Err(Fault::NotFound);
        }
        let failed = |error: std::io::Error| Fault::Internal(error.to_string());
        let mut book = Book::open(self.app.store.open_file(import.file)?, &self.app.exchange.limits())?;
        let (mut rows, mut row) = (book.rows(import.plan.sheet)?, Row::default());
        let sheet = import.sheets.get(import.plan.sheet).map_or("", |sheet| sheet.name.as_str());
        let mut writer = Writer::new(Cursor::new(Vec::new()), sheet).map_err(failed)?;
        // A file that came back once has the column already; it says what is wrong now.
        let kept: Vec<usize> =
            (0..import.plan.columns.len()).filter(|at| !ERROR_HEADS.contains(&import.plan.columns[*at].head.as_str())).collect();
        let error = ERROR_HEADS[usize::from(self.lang == Lang::En)];
        writer.head(kept.iter().map(|at| import.plan.columns[*at].head.as_str()).chain([error])).map_err(failed)?;
        while rows.next_row(&mut row)? {
            let Some(text) = why.remove(&row.number) else { continue };
            let cells = kept.iter().map(|at| row.cell(*at).map_or(Out::Empty, out));
            writer.row(cells.chain([Out::Text(text)])).map_err(failed)?;
        }
        let name = import.name.rsplit_once('.').map_or(import.name.as_str(), |(name, _)| name);
        Ok((format!("{name}-{error}.xlsx"), writer.finish().map_err(failed)?.into_inner()))
    }
}

/// As it was: a number that is no longer exact stays one, so that it is refused again.
fn out(cell: &Cell) -> Out {
    match cell.kind {
        Kind::Empty => Out::Empty,
        Kind::Number => Out::Number(cell.text.clone()),
        Kind::Percent => Out::Text(percent(&cell.text)),
        Kind::Bool => Out::Text(if cell.text == "1" { "TRUE" } else { "FALSE" }.to_owned()),
        Kind::Text | Kind::Date | Kind::Error => Out::Text(cell.text.clone()),
    }
}

/// `0.032` as `3.2%`.
fn percent(text: &str) -> String {
    text.parse::<f64>().map_or_else(|_| text.to_owned(), |value| format!("{}%", (value * 1e8).round() / 1e6))
}
