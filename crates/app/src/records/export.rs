//! A list as a file: CSV that opens in a spreadsheet (byte order mark, labels as heads, values as people write them), or
//! a workbook that can be imported again unchanged.
//!
//! In CSV a cell that a spreadsheet would take for a formula gets a leading apostrophe; numbers stay numbers. In a
//! workbook every text is typed as text, which no program takes for a formula.
use crate::Caller;
use crate::fault::{Fault, Outcome};
use crate::shown::Shown;
use liangu_base::{Lang, Text};
use liangu_model::record::{Field, FieldType, Record};
use liangu_store::{Item, Query, Value};
use liangu_workbook::{Out, Writer};
use std::collections::HashMap;
use std::io::Cursor;

/// Rows fetched at a time.
const BATCH: u32 = 1000;

impl Caller<'_> {
    /// All rows of the list with these parameters, over all pages.
    pub fn export(&self, record: &str, params: &[(String, String)]) -> Outcome<Vec<u8>> {
        let fields = self.exported(self.record_type(record)?);
        let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        let failed = |error: csv::Error| Fault::Internal(error.to_string());
        out.write_record(fields.iter().map(|field| self.head(field))).map_err(failed)?;
        self.each_page(record, params, |record, rows| {
            let values: Vec<_> = rows.iter().map(|row| &row.values).collect();
            let titles = self.ref_titles(record, &values)?;
            let shown = Shown { model: &self.app.model, lang: self.lang, titles: &titles };
            for row in rows {
                let cell = |field: &&Field| safe(shown.cell(field, row.values.get(&field.name).unwrap_or(&Value::Null)), field);
                out.write_record(fields.iter().map(cell)).map_err(failed)?;
            }
            Ok(())
        })?;
        out.into_inner().map_err(|e| Fault::Internal(e.to_string()))
    }

    /// As [`Caller::export`], as a workbook: with the record's id, both sides of bilingual texts, and the year in the
    /// head of what is reported by year.
    pub fn export_workbook(&self, record: &str, params: &[(String, String)]) -> Outcome<Vec<u8>> {
        let record_type = self.record_type(record)?;
        let fields = self.exported(record_type);
        let failed = |error: std::io::Error| Fault::Internal(error.to_string());
        let mut out = Writer::new(Cursor::new(Vec::new()), record_type.label.get(self.lang)).map_err(failed)?;
        let id = Text::fixed("记录编号", "Record id");
        let heads: Vec<String> = fields.iter().flat_map(|field| self.workbook_heads(field)).collect();
        out.head(std::iter::once(id.get(self.lang)).chain(heads.iter().map(String::as_str))).map_err(failed)?;
        let doubtful = self.doubtful(&fields);
        self.each_page(record, params, |record, rows| {
            let values: Vec<_> = rows.iter().map(|row| &row.values).collect();
            let titles = self.ref_titles(record, &values)?;
            let shown = Shown { model: &self.app.model, lang: self.lang, titles: &titles };
            for row in rows {
                let mut cells = vec![Out::Text(row.id.text(&record.prefix))];
                for field in &fields {
                    let value = row.values.get(&field.name).unwrap_or(&Value::Null);
                    self.workbook_cells(&mut cells, &shown, &doubtful, field, value);
                }
                out.row(cells).map_err(failed)?;
            }
            Ok(())
        })?;
        Ok(out.finish().map_err(failed)?.into_inner())
    }

    fn exported<'a>(&'a self, record: &'a Record) -> Vec<&'a Field> {
        let fields = crate::access::readable(self.principal, record).into_iter();
        fields.filter(|field| !matches!(field.ty, FieldType::Rule { .. })).collect()
    }

    fn each_page(&self, record: &str, params: &[(String, String)], mut each: impl FnMut(&Record, &[Item]) -> Outcome<()>) -> Outcome<()> {
        let listing = self.listing(record, params)?;
        let record = self.record_type(record)?;
        let mut query = Query { limit: BATCH, total: false, ..listing.query };
        loop {
            let page = self.app.store.query(&record.name, &query)?;
            each(record, &page.items)?;
            let Some(next) = page.next else { return Ok(()) };
            query.after = Some(next);
        }
    }

    fn head(&self, field: &Field) -> String {
        let label = field.label.get(self.lang);
        match crate::shown::unit_of_column(field) {
            Some(unit) => format!("{label} ({})", unit.get(self.lang)),
            None => label.to_owned(),
        }
    }

    fn workbook_heads(&self, field: &Field) -> Vec<String> {
        if let FieldType::Bilingual { .. } = field.ty {
            let label = field.label.get(self.lang);
            return vec![label.to_owned(), format!("{label} ({})", Text::fixed("英文", "English").get(self.lang))];
        }
        let head = self.head(field);
        vec![if field.yearly { format!("{} {head}", self.app.judged_year()) } else { head }]
    }

    /// Per code list the codes whose label another code has too: they are written as codes.
    fn doubtful(&self, fields: &[&Field]) -> HashMap<String, Vec<String>> {
        let mut doubtful = HashMap::new();
        for field in fields {
            let (FieldType::Code { list } | FieldType::Set { list }) = &field.ty else { continue };
            let Some(codes) = self.app.model.lists.get(list).map(|list| &list.codes) else { continue };
            let mut by_label: HashMap<&str, Vec<&String>> = HashMap::new();
            for (code, entry) in codes {
                by_label.entry(entry.label.get(self.lang)).or_default().push(code);
            }
            let several = |label: &str, codes: &[&String]| codes.len() > 1 || label.contains(['、', ',', '，', ';', '；', '/', '|']);
            let codes =
                by_label.into_iter().filter(|(label, codes)| several(label, codes)).flat_map(|(_, codes)| codes.into_iter().cloned());
            doubtful.insert(list.clone(), codes.collect());
        }
        doubtful
    }

    fn workbook_cells(
        &self,
        cells: &mut Vec<Out>,
        shown: &Shown<'_>,
        doubtful: &HashMap<String, Vec<String>>,
        field: &Field,
        value: &Value,
    ) {
        let text = |text: String| if text.is_empty() { Out::Empty } else { Out::Text(text) };
        match (value, &field.ty) {
            (Value::Bilingual(both), _) => cells.extend([text(both.zh.to_string()), text(both.en.to_string())]),
            (Value::Null, FieldType::Bilingual { .. }) => cells.extend([Out::Empty, Out::Empty]),
            (Value::Null, _) => cells.push(Out::Empty),
            (Value::Int(_), _) => cells.push(Out::Number(shown.cell(field, value))),
            (Value::Text(code), FieldType::Code { list }) if doubtful.get(list).is_some_and(|codes| codes.contains(code)) => {
                cells.push(text(code.clone()));
            }
            (Value::Set(codes), FieldType::Set { list }) => {
                let one = |code: &String| {
                    let plain = doubtful.get(list).is_some_and(|codes| codes.contains(code));
                    let single = Value::set([code.clone()]);
                    if plain { code.clone() } else { shown.cell(field, &single) }
                };
                let none = Text::fixed("无", "none");
                let said = codes.iter().map(one).collect::<Vec<_>>().join("、");
                cells.push(text(if codes.is_empty() { none.get(Lang::Zh).to_owned() } else { said }));
            }
            _ => cells.push(text(shown.cell(field, value))),
        }
    }
}

fn safe(text: String, field: &Field) -> String {
    use FieldType::{Area, Date, Int, Money, Percent};
    let number = matches!(field.ty, Int | Money | Area | Percent | Date);
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);
    if formula && !number { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn formulas_are_defused_and_numbers_are_left() {
        let model = liangu_packs::load(vec![]).expect("the packs are sound");
        let field = |name: &str| &model.records["enterprise"].fields[name];
        for (given, wanted) in [("=1+1", "'=1+1"), ("＋A1", "'＋A1"), ("@x", "'@x"), ("\tx", "'\tx"), ("涟源-湘中", "涟源-湘中")]
        {
            assert_eq!(safe(given.to_owned(), field("address")), wanted);
        }
        assert_eq!(safe("-3".to_owned(), field("employees")), "-3");
    }
}
