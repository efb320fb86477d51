//! The matching workload's files as schema, table and rules, and its results as text.
//!
//! Pure over text: whoever calls reads and writes the files. The format: `schema.json` names the fields of the
//! record; `enterprises.csv` has a header and a firm a line, an empty cell is unknown, a set is `a|b|c` and the empty
//! set `-`; `policies.jsonl` has `{"id", "when"}` a line; results are `id,true,unknown` lines.
use crate::engine::Count;
use crate::table::{Cell, FactKey, Table, TableBuilder};
use indexmap::IndexMap;
use liangu_base::date::Date;
use liangu_base::text::{Explain, Text};
use liangu_expr::schema::{CodeEntry, CodeList, FieldDecl, FieldIx, Schema, Type, Unit};
use serde_json::Value as Json;
use std::fmt::Write as _;
use std::sync::Arc;

/// What is wrong with a file of the workload, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkloadError {
    pub file: &'static str,
    /// Counted from 1; 0 where the file as a whole is meant.
    pub line: usize,
    pub what: Text,
}

impl WorkloadError {
    pub fn new(file: &'static str, line: usize, zh: impl Into<String>, en: impl Into<String>) -> WorkloadError {
        WorkloadError { file, line, what: Text::new(zh.into(), en.into()) }
    }
}

impl Explain for WorkloadError {
    fn text(&self) -> Text {
        let WorkloadError { file, line, what } = self;
        if *line == 0 {
            return Text::new(format!("{file}：{}", what.zh), format!("{file}: {}", what.en));
        }
        Text::new(format!("{file} 第 {line} 行：{}", what.zh), format!("{file}, line {line}: {}", what.en))
    }
}

impl std::fmt::Display for WorkloadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for WorkloadError {}

const SCHEMA: &str = "schema.json";
const ENTERPRISES: &str = "enterprises.csv";
const POLICIES: &str = "policies.jsonl";

/// Reads `schema.json`. All numbers are bare integers.
pub fn schema(text: &str) -> Result<Arc<Schema>, WorkloadError> {
    let wrong = |zh: String, en: String| WorkloadError::new(SCHEMA, 0, zh, en);
    let json: Json = serde_json::from_str(text).map_err(|e| {
        WorkloadError::new(SCHEMA, e.line(), format!("不是 JSON：{e}；请重新生成"), format!("not JSON: {e}; generate it again"))
    })?;
    let record = json["record"].as_str().unwrap_or("enterprise").to_owned();
    let fields = json["fields"].as_array().ok_or_else(|| wrong("缺少 fields 数组".into(), "the array `fields` is missing".into()))?;
    let mut decls = IndexMap::new();
    for field in fields {
        let Some(name) = field["name"].as_str() else {
            return Err(wrong("有字段没有 name".into(), "a field has no `name`".into()));
        };
        let codes = || Arc::new(code_list(name, &field["codes"]));
        let ty = match field["type"].as_str() {
            Some("code") => Type::Code(codes()),
            Some("set") => Type::Set(codes()),
            Some("int") => Type::Int(Unit::One),
            Some("date") => Type::Date,
            Some("bool") => Type::Bool,
            other => {
                let other = other.unwrap_or("");
                return Err(wrong(
                    format!("字段 {name} 的类型“{other}”不认识；可用 code、set、int、date、bool"),
                    format!("field {name} has the unknown type `{other}`; use code, set, int, date or bool"),
                ));
            }
        };
        decls.insert(name.to_owned(), FieldDecl { label: label(name), ty, yearly: false });
    }
    Ok(Arc::new(Schema { label: label(&record), record, fields: decls, children: IndexMap::new(), params: IndexMap::new() }))
}

fn label(name: &str) -> Text {
    Text::new(name.to_owned(), name.to_owned())
}

fn code_list(name: &str, codes: &Json) -> CodeList {
    let entries = codes.as_array().into_iter().flatten().filter_map(Json::as_str);
    let codes = entries.map(|code| (code.to_owned(), CodeEntry { label: label(code), parent: None })).collect();
    CodeList { name: name.to_owned(), label: label(name), codes }
}

/// Reads `enterprises.csv` into the ids of the firms and the table of their facts, row by row the same.
pub fn enterprises(text: &str, schema: &Arc<Schema>) -> Result<(Vec<String>, Table), WorkloadError> {
    let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(text.as_bytes());
    let unreadable = |e: csv::Error| {
        let line = e.position().map_or(0, |p| p.line() as usize);
        WorkloadError::new(ENTERPRISES, line, format!("不是合格的 CSV：{e}"), format!("not well-formed CSV: {e}"))
    };
    let mut builder = TableBuilder::all(schema, &[0]);
    builder.reserve(text.len() / 128);
    let mut places = Vec::new();
    for name in reader.headers().map_err(unreadable)? {
        let column = match schema.fields.get_full(name) {
            Some((i, _, decl)) => builder.column(FactKey::new(FieldIx(i as u32), 0)).map(|c| (c, &decl.ty)),
            None if name == "id" => None,
            None => {
                return Err(WorkloadError::new(
                    ENTERPRISES,
                    1,
                    format!("列 {name} 不在 schema.json 中"),
                    format!("column {name} is not in schema.json"),
                ));
            }
        };
        places.push((name.to_owned(), column));
    }
    if places.iter().filter(|(_, column)| column.is_none()).count() != 1 {
        return Err(WorkloadError::new(ENTERPRISES, 1, "需要恰好一列 id", "exactly one column `id` is needed"));
    }
    let (mut ids, mut record) = (Vec::new(), csv::StringRecord::new());
    while reader.read_record(&mut record).map_err(unreadable)? {
        builder.row();
        for (cell, (name, column)) in record.iter().zip(&places) {
            let Some((column, ty)) = column else {
                ids.push(cell.to_owned());
                continue;
            };
            if !put(&mut builder, *column, ty, cell) {
                let line = record.position().map_or(0, |p| p.line() as usize);
                return Err(WorkloadError::new(
                    ENTERPRISES,
                    line,
                    format!("列 {name} 的值“{cell}”不符合类型"),
                    format!("column {name}: the value `{cell}` is not of the field's type"),
                ));
            }
        }
    }
    Ok((ids, builder.build()))
}

/// Writes one cell; false if the text is not a value of the type.
fn put(builder: &mut TableBuilder, column: usize, ty: &Type, text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    let cell = match ty {
        Type::Bool => match text {
            "1" => Cell::Bool(true),
            "0" => Cell::Bool(false),
            _ => return false,
        },
        Type::Int(_) => match text.parse() {
            Ok(number) => Cell::Int(number),
            Err(_) => return false,
        },
        Type::Date => match Date::parse(text) {
            Ok(date) => Cell::Date(date),
            Err(_) => return false,
        },
        Type::Code(list) if list.codes.contains_key(text) => Cell::Text(text),
        Type::Set(list) => {
            let codes: Vec<&str> = if text == "-" { Vec::new() } else { text.split('|').collect() };
            if !codes.iter().all(|c| list.codes.contains_key(*c)) {
                return false;
            }
            return builder.put(column, Cell::Set(&codes)).is_ok();
        }
        _ => return false,
    };
    builder.put(column, cell).is_ok()
}

/// Reads `policies.jsonl` into ids and expressions, in order.
pub fn policies(text: &str) -> Result<Vec<(String, String)>, WorkloadError> {
    let mut policies = Vec::new();
    for (i, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let json: PolicyLine = serde_json::from_str(line).map_err(|e| {
            WorkloadError::new(POLICIES, i + 1, format!("不是带 id 和 when 的 JSON：{e}"), format!("not JSON with `id` and `when`: {e}"))
        })?;
        let id = json.id.as_str().map_or_else(|| json.id.to_string(), str::to_owned);
        policies.push((id, json.when));
    }
    Ok(policies)
}

#[derive(serde::Deserialize)]
struct PolicyLine {
    id: Json,
    when: String,
}

/// The lines `id,true,unknown`, with header, in the order of the policies.
pub fn counts_text(ids: &[String], counts: &[Count]) -> String {
    let mut out = String::from("id,true,unknown\n");
    for (id, count) in ids.iter().zip(counts) {
        // writing to a String cannot fail
        let _ = writeln!(out, "{id},{},{}", count.yes, count.unknown);
    }
    out
}

/// Appends the lines `policy,firm` of one policy.
pub fn match_lines(policy: &str, rows: impl Iterator<Item = u32>, firms: &[String], out: &mut String) {
    for firm in rows.filter_map(|row| firms.get(row as usize)) {
        out.push_str(policy);
        out.push(',');
        out.push_str(firm);
        out.push('\n');
    }
}
