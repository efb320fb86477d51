//! A list as a CSV file that opens in a spreadsheet: byte order mark, labels as heads, values as people write them.
//!
//! A cell that a spreadsheet would take for a formula gets a leading apostrophe; numbers stay numbers.
use crate::Caller;
use crate::fault::{Fault, Outcome};
use crate::shown::Shown;
use liangu_model::record::{Field, FieldType, Record};
use liangu_store::{Query, Value};

/// Rows fetched at a time.
const BATCH: u32 = 1000;

impl Caller<'_> {
    /// All rows of the list with these parameters, over all pages.
    pub fn export(&self, record: &str, params: &[(String, String)]) -> Outcome<Vec<u8>> {
        let listing = self.listing(record, params)?;
        let record = self.record_type(record)?;
        let fields: Vec<&Field> = self.readable(record).into_iter().filter(|field| !matches!(field.ty, FieldType::Rule { .. })).collect();
        let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        out.write_record(fields.iter().map(|field| self.head(field))).map_err(|e| Fault::Internal(e.to_string()))?;
        let mut query = Query { limit: BATCH, total: false, ..listing.query };
        loop {
            let page = self.app.store.query(&record.name, &query)?;
            self.write_rows(&mut out, record, &fields, &page.items)?;
            let Some(next) = page.next else { break };
            query.after = Some(next);
        }
        out.into_inner().map_err(|e| Fault::Internal(e.to_string()))
    }

    fn head(&self, field: &Field) -> String {
        let label = field.label.get(self.lang);
        match crate::shown::unit_of_column(field) {
            Some(unit) => format!("{label} ({})", unit.get(self.lang)),
            None => label.to_owned(),
        }
    }

    fn write_rows(&self, out: &mut csv::Writer<Vec<u8>>, record: &Record, fields: &[&Field], rows: &[liangu_store::Item]) -> Outcome<()> {
        let values: Vec<_> = rows.iter().map(|row| &row.values).collect();
        let titles = self.ref_titles(record, &values)?;
        let shown = Shown { model: &self.app.model, lang: self.lang, titles: &titles };
        for row in rows {
            let cell = |field: &&Field| safe(shown.cell(field, row.values.get(&field.name).unwrap_or(&Value::Null)), field);
            out.write_record(fields.iter().map(cell)).map_err(|e| Fault::Internal(e.to_string()))?;
        }
        Ok(())
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
