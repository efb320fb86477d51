//! A file comes in: it is read through once, its head is found, a mapping is proposed; only then is it kept.
use super::heads;
use super::reading::{importable, record_type};
use super::state::{ColumnPlan, Import, ImportView, Imports, KIND, MAPPING, PREFIX, Plan, Progress, Sheet, Stage};
use crate::fault::{Fault, Outcome, invalid};
use crate::reads::Reads as _;
use crate::views::Named;
use crate::{ADMINISTRATOR, Caller, RequestKey};
use liangu_base::Id;
use liangu_model::record::Record;
use liangu_store::{DocumentPut, FileMeta};
use liangu_workbook::{Book, Limits, Merge, Row, Source, Unreadable};
use std::io::Cursor;

/// Rows among which the head is looked for.
const SAMPLE: usize = 30;
/// Characters of a file's name.
const NAME: usize = 200;
/// Imports shown.
const SHOWN: usize = 50;

/// What one pass over a sheet shows.
pub(super) struct Look {
    sample: Vec<Row>,
    merges: Vec<Merge>,
    /// Rows with content.
    rows: u64,
}

pub(super) fn look<R: Source>(book: &mut Book<R>, sheet: usize) -> Result<Look, Unreadable> {
    let mut rows = book.rows(sheet)?;
    let (mut row, mut look) = (Row::default(), Look { sample: Vec::new(), merges: Vec::new(), rows: 0 });
    while rows.next_row(&mut row)? {
        if !row.is_empty() {
            look.rows += 1;
            if look.sample.len() < SAMPLE {
                look.sample.push(row.clone());
            }
        }
    }
    look.merges = rows.merges().to_vec();
    Ok(look)
}

impl Look {
    /// Heads in a row: those above it that are merged over several columns go before, those merged downwards fill.
    fn heads(&self, number: u64) -> Vec<String> {
        let row = |number: u64| self.sample.iter().find(|row| row.number == number);
        let text = |row: Option<&Row>, column: usize| {
            row.and_then(|row| row.cell(column)).map_or("", |cell| cell.text.trim()).replace(['\n', '\r'], "")
        };
        let width = row(number).map_or(0, |row| row.cells.len());
        let mut heads: Vec<String> = (0..width).map(|column| text(row(number), column)).collect();
        for merge in &self.merges {
            let (wide, above) =
                ((merge.last_column + 1).saturating_sub(merge.first_column), merge.first_row < number && merge.first_row + 2 >= number);
            let top = text(row(merge.first_row), merge.first_column);
            if above && merge.last_row < number && (2..width).contains(&wide) {
                for head in heads.iter_mut().take(merge.last_column + 1).skip(merge.first_column).filter(|head| !head.is_empty()) {
                    *head = format!("{top} {head}");
                }
            } else if above && merge.last_row >= number && wide == 1 && merge.first_column < width && heads[merge.first_column].is_empty() {
                heads[merge.first_column] = top;
            }
        }
        heads
    }

    /// The row whose heads are known best; without any, the first with two cells.
    fn head_row(&self, caller: &Caller<'_>, record: &Record) -> u64 {
        let fields = importable(caller, record);
        let known = self.sample.iter().map(|row| (heads::known(&self.heads(row.number), &fields), row.number));
        let best = known.filter(|(known, _)| *known > 0).max_by_key(|(known, number)| (*known, std::cmp::Reverse(*number)));
        let filled = |row: &&Row| (0..row.cells.len()).filter(|column| row.cell(*column).is_some()).count() > 1;
        best.map(|(_, number)| number).or_else(|| self.sample.iter().find(filled).map(|row| row.number)).unwrap_or(1)
    }

    fn below(&self, head_row: u64) -> u64 {
        self.rows - self.sample.iter().filter(|row| row.number <= head_row).count() as u64
    }
}

impl Caller<'_> {
    /// # Errors
    /// Forbidden where the roles do not write such records; invalid for a file that cannot be read, which is not kept.
    pub fn upload_import(&self, record: &str, name: &str, bytes: &[u8], key: &RequestKey) -> Outcome<ImportView> {
        let record = record_type(self, record)?;
        let limits = self.app.exchange.limits();
        let name: String = name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(NAME).collect();
        let name = if name.is_empty() { "import".to_owned() } else { name };
        let mut book = Book::open(Cursor::new(bytes), &limits)?;
        let sheets: Vec<Sheet> = book.sheets().into_iter().map(|sheet| Sheet { name: sheet.name, hidden: sheet.hidden }).collect();
        let sheet = sheets.iter().position(|sheet| !sheet.hidden).unwrap_or(0);
        let look = look(&mut book, sheet)?;
        let plan = self.first_plan(record, sheet, &look)?;
        let progress = Progress { rows: look.below(plan.head_row), ..Progress::default() };
        if progress.rows == 0 {
            return Err(invalid(
                "file",
                "no_rows",
                "表头下面没有数据行；请检查文件。",
                "There are no rows below the heads; check the file.",
            ));
        }
        let id = self.app.next_id();
        let import = Import {
            owner: self.principal.account,
            record: record.name.clone(),
            file: self.app.next_id(),
            name: name.clone(),
            size: bytes.len() as u64,
            sheets,
            stage: Stage::Draft,
            plan,
            progress,
            why: None,
            created_at: self.now(),
            ended_at: None,
        };
        let meta = FileMeta {
            id: import.file,
            name,
            media_type: "application/octet-stream".to_owned(),
            record: Some(KIND.to_owned()),
            record_id: Some(id),
        };
        self.app.store.put_file(&meta, bytes, self.principal.account, self.now())?;
        let mut commit = self.commit("import.upload");
        commit.documents.push(put(id, &import, 0)?);
        let receipt = self.commit_once(commit, Some(key), move |_| serde_json::json!({"id": id}))?;
        let first = receipt.replayed.as_ref().and_then(|first| serde_json::from_value(first["id"].clone()).ok());
        if let Some(first) = first {
            self.app.store.remove_file(import.file)?;
            return self.import_of(first).map(|(import, version)| import.view(first, version));
        }
        Ok(import.view(id, 1))
    }

    fn first_plan(&self, record: &Record, sheet: usize, look: &Look) -> Outcome<Plan> {
        let head_row = look.head_row(self, record);
        let roles: Vec<&str> = record.can_create.iter().map(String::as_str).collect();
        let source = self.source(None, &roles)?;
        let columns = self.propose(record, look, head_row)?;
        Ok(Plan { sheet, head_row, columns, existing: super::Existing::default(), source, as_of: self.app.today() })
    }

    /// The mapping of an earlier file with these heads, else by what the heads say.
    fn propose(&self, record: &Record, look: &Look, head_row: u64) -> Outcome<Vec<ColumnPlan>> {
        let heads = look.heads(head_row);
        let fields = importable(self, record);
        let mut proposed = heads::propose(&heads, &fields);
        let remembered = self.app.store.document(MAPPING, &self.mapping_key(record, &heads))?;
        let remembered: Vec<ColumnPlan> = remembered.and_then(|document| serde_json::from_value(document.value).ok()).unwrap_or_default();
        let known = |plan: &ColumnPlan| {
            let name = plan.field.as_deref().unwrap_or_default();
            plan.field.is_none() || name.starts_with('$') || fields.iter().any(|field| field.name == name.trim_end_matches(".en"))
        };
        for plan in &mut proposed {
            let before = remembered.iter().find(|before| heads::plain(&before.head) == heads::plain(&plan.head));
            if let Some(before) = before.filter(|before| known(before)) {
                *plan = ColumnPlan { head: plan.head.clone(), ..before.clone() };
            }
        }
        Ok(proposed)
    }

    fn mapping_key(&self, record: &Record, heads: &[String]) -> String {
        let owner = self.principal.organisation.or(self.principal.account).unwrap_or(Id(0));
        format!("{owner}/{}/{}", record.name, heads::signature(heads))
    }

    /// Changes how the file is read. With another sheet or head row, or without columns, a mapping is proposed anew.
    ///
    /// # Errors
    /// Conflict when the import was started; invalid where the plan does not fit.
    pub fn plan_import(&self, id: &str, mut plan: Plan) -> Outcome<ImportView> {
        let id = self.import_id(id)?;
        let (mut import, version) = self.import_of(id)?;
        if import.stage != Stage::Draft {
            return Err(not_now("此导入已经开始，不能再改对应关系。", "This import was started; its mapping cannot be changed any more."));
        }
        let record = record_type(self, &import.record)?;
        if plan.sheet >= import.sheets.len() {
            return Err(invalid("sheet", "sheet", "没有这张工作表；请重新选择。", "There is no such sheet; choose again."));
        }
        self.source(Some(&plan.source), &[])?;
        let moved = plan.sheet != import.plan.sheet;
        if moved || plan.head_row != import.plan.head_row || plan.columns.is_empty() {
            let mut book = Book::open(self.app.store.open_file(import.file)?, &self.app.exchange.limits())?;
            let look = look(&mut book, plan.sheet)?;
            if moved {
                plan.head_row = look.head_row(self, record);
            } else if !look.sample.iter().any(|row| row.number == plan.head_row) {
                return Err(invalid(
                    "head_row",
                    "head_row",
                    "表头应在前 30 行有内容的行中；请重新选择。",
                    "The head must be among the first 30 rows with content; choose again.",
                ));
            }
            plan.columns = self.propose(record, &look, plan.head_row)?;
            import.progress.rows = look.below(plan.head_row);
        }
        if plan.columns.len() > import.plan.columns.len().max(Limits::default().columns) {
            return Err(invalid(
                "columns",
                "columns",
                "列数与文件不符；请重新打开。",
                "The columns are not those of the file; open it again.",
            ));
        }
        import.plan = plan;
        self.save_import(id, &import, version)
    }

    /// Keeps the mapping for the next file with these heads; part of the commit that starts the import.
    pub(super) fn remembered(&self, record: &Record, plan: &Plan) -> Outcome<DocumentPut> {
        let heads: Vec<String> = plan.columns.iter().map(|column| column.head.clone()).collect();
        let value = Some(serde_json::to_value(&plan.columns).map_err(|e| Fault::Internal(e.to_string()))?);
        Ok(DocumentPut { kind: MAPPING.to_owned(), key: self.mapping_key(record, &heads), value, expected_version: None, journal: false })
    }

    pub(super) fn save_import(&self, id: Id, import: &Import, version: i64) -> Outcome<ImportView> {
        let mut commit = self.commit("import.plan");
        commit.documents.push(put(id, import, version)?);
        match self.app.try_write(commit) {
            Ok(_) => Ok(import.view(id, version + 1)),
            Err(liangu_store::StoreError::Stale { .. }) => {
                Err(not_now("这个导入刚刚有了变化；请重新打开。", "This import has just changed; open it again."))
            }
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn import_id(&self, text: &str) -> Outcome<Id> {
        Id::parse(PREFIX, text).map_err(|_| Fault::NotFound)
    }

    /// The import, if it is this person's; an administrator sees all.
    pub(super) fn import_of(&self, id: Id) -> Outcome<(Import, i64)> {
        let (import, version) = self.app.stored_import(id)?.ok_or(Fault::NotFound)?;
        let own = import.owner == self.principal.account || self.principal.has(ADMINISTRATOR);
        if own { Ok((import, version)) } else { Err(Fault::NotFound) }
    }

    /// # Errors
    /// Not found for another person's.
    pub fn import(&self, id: &str) -> Outcome<ImportView> {
        let id = self.import_id(id)?;
        self.import_of(id).map(|(import, version)| import.view(id, version))
    }

    /// # Errors
    /// What the store answers.
    pub fn imports(&self) -> Outcome<Imports> {
        let mut imports = Vec::new();
        for document in self.app.store.documents(KIND)?.into_iter().rev() {
            let Some(id) = document.key.parse().ok() else { continue };
            match self.import_of(id) {
                Ok((import, version)) => imports.push(import.view(id, version)),
                Err(Fault::NotFound) => {}
                Err(other) => return Err(other),
            }
            if imports.len() == SHOWN {
                break;
            }
        }
        let named = |record: &Record| Named { id: record.name.clone(), name: record.label.get(self.lang).to_owned() };
        let records = self.app.model.records.values().filter(|record| record_type(self, &record.name).is_ok()).map(named).collect();
        Ok(Imports { imports, records, file_bytes: self.app.exchange.limits().file_bytes })
    }
}

impl crate::App {
    pub(super) fn stored_import(&self, id: Id) -> Outcome<Option<(Import, i64)>> {
        let Some(document) = self.store.document(KIND, &id.to_string())? else { return Ok(None) };
        let import = serde_json::from_value(document.value).map_err(|e| Fault::Internal(format!("import {id}: {e}")))?;
        Ok(Some((import, document.version)))
    }
}

pub(super) fn put(id: Id, import: &Import, version: i64) -> Outcome<DocumentPut> {
    let value = serde_json::to_value(import).map_err(|e| Fault::Internal(e.to_string()))?;
    Ok(DocumentPut { kind: KIND.to_owned(), key: id.to_string(), value: Some(value), expected_version: Some(version), journal: false })
}

pub(super) fn not_now(zh: &'static str, en: &'static str) -> Fault {
    Fault::Conflict { code: "import_stage", why: liangu_base::Text::fixed(zh, en), fields: vec![] }
}
