//! How the bank wants its file: one document, changed by an administrator.
use super::wire::{BankColumn, BankField, BankFileSettings, SaveBankFile};
use crate::Caller;
use crate::fault::{Fault, Outcome, forbidden, invalid};
use crate::principal::ADMINISTRATOR;
use crate::reads::Reads as _;
use crate::{App, payments::FINANCE};
use liangu_base::text::Explain as _;
use liangu_store::{Document, DocumentPut};
use liangu_workbook::bank::{Charset, Column, Field, Form, FormFault, MoneyUnit};

const KIND: &str = "bank_file";
const KEY: &str = "settings";

/// What is in use, as it is kept.
pub(super) fn current(app: &App) -> Outcome<(SaveBankFile, i64)> {
    match app.store.document(KIND, KEY)? {
        Some(Document { value, version, .. }) => {
            let kept = serde_json::from_value(value).map_err(|e| Fault::Internal(format!("document {KIND}: {e}")))?;
            Ok((kept, version))
        }
        None => Ok((kept(&Form::default()), 0)),
    }
}

fn kept(form: &Form) -> SaveBankFile {
    SaveBankFile {
        encoding: if form.charset == Charset::Utf8 { "utf-8" } else { "gb18030" }.to_owned(),
        unit: if form.unit == MoneyUnit::Yuan { "yuan" } else { "fen" }.to_owned(),
        header: form.header,
        columns: form.columns.iter().map(|c| BankColumn { field: c.field.name().to_owned(), head: c.head.clone() }).collect(),
        paid_words: form.paid.clone(),
        failed_words: form.failed.clone(),
    }
}

/// The form that was kept or sent.
///
/// # Errors
/// Invalid for what is no encoding, unit or column, and for a form that no bank could pay by.
pub(super) fn form(saved: &SaveBankFile) -> Outcome<Form> {
    let charset = match saved.encoding.as_str() {
        "utf-8" => Charset::Utf8,
        "gb18030" => Charset::Gb18030,
        _ => return Err(invalid("encoding", "not_in_list", "编码可选 utf-8 或 gb18030。", "The encoding is utf-8 or gb18030.")),
    };
    let unit = match saved.unit.as_str() {
        "yuan" => MoneyUnit::Yuan,
        "fen" => MoneyUnit::Fen,
        _ => return Err(invalid("unit", "not_in_list", "金额单位可选 yuan 或 fen。", "The unit is yuan or fen.")),
    };
    let column = |column: &BankColumn| {
        let field = Field::parse(&column.field).ok_or_else(|| {
            let (zh, en) = (format!("没有“{}”这一项。", column.field), format!("There is no column \"{}\".", column.field));
            invalid("columns", "unknown_field", zh, en)
        })?;
        Ok(Column { field, head: column.head.trim().to_owned() })
    };
    let columns = saved.columns.iter().map(column).collect::<Outcome<Vec<_>>>()?;
    let words = |words: &[String]| words.iter().map(|word| word.trim().to_owned()).collect();
    let form = Form { charset, unit, header: saved.header, columns, paid: words(&saved.paid_words), failed: words(&saved.failed_words) };
    form.check().map_err(|fault| {
        let text = fault.text();
        let place = if fault == FormFault::Words { "paid_words" } else { "columns" };
        invalid(place, "bank_file", text.zh.into_owned(), text.en.into_owned())
    })?;
    Ok(form)
}

impl Caller<'_> {
    /// # Errors
    /// Forbidden to others than administrators and finance.
    pub fn bank_file(&self) -> Outcome<BankFileSettings> {
        if !self.principal.has(ADMINISTRATOR) && !self.principal.has(FINANCE) {
            return Err(forbidden("role", "只有系统管理员和财政人员可以查看。", "Only administrators and finance see this."));
        }
        let (kept, version) = current(self.app)?;
        Ok(view(kept, version))
    }

    /// # Errors
    /// Forbidden to others than administrators, invalid for the form, stale on another version.
    pub fn save_bank_file(&self, version: i64, save: &SaveBankFile) -> Outcome<BankFileSettings> {
        if !self.principal.has(ADMINISTRATOR) {
            return Err(forbidden("role", "只有系统管理员可以修改。", "Only administrators change this."));
        }
        let kept = kept(&form(save)?);
        let value = serde_json::to_value(&kept).map_err(|e| Fault::Internal(e.to_string()))?;
        let mut commit = self.commit("bank_file.save");
        commit.documents.push(DocumentPut {
            kind: KIND.to_owned(),
            key: KEY.to_owned(),
            value: Some(value),
            expected_version: Some(version),
            journal: true,
        });
        self.app.write(commit)?;
        let (kept, version) = current(self.app)?;
        Ok(view(kept, version))
    }
}

fn view(kept: SaveBankFile, version: i64) -> BankFileSettings {
    let SaveBankFile { encoding, unit, header, columns, paid_words, failed_words } = kept;
    let available = Field::all().map(|field| BankField { field: field.name().to_owned(), label: field.label().into() }).collect();
    BankFileSettings { version, encoding, unit, header, columns, paid_words, failed_words, available }
}
