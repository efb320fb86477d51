//! `liangu import`: firms from a CSV file. All lines are checked first; with one mistake nothing is written.
use crate::console::Console;
use crate::failure::{Failure, MISUSED, Outcome, REFUSED};
use crate::place::{Place, now};
use clap::Args;
use liangu_app::secrets::{SystemSecrets, random_u128};
use liangu_base::text::{Explain, Text};
use liangu_base::{CreditCode, Date, Fen, IdSequence};
use liangu_model::Model;
use liangu_model::record::{Field, FieldType, Record};
use liangu_store::{Bulk, Change, Commit, Stamp, Store, Value, Values};
use std::collections::HashMap;
use std::path::PathBuf;

const RECORD: &str = "enterprise";

#[derive(Args, Debug)]
pub struct Arguments {
    /// CSV 文件，首行为字段名：credit_code、name、region 等 · CSV file, the first line names the fields
    file: PathBuf,
    /// 资料来源 · source of the facts
    #[arg(long, default_value = "market_regulation")]
    source: String,
    /// 资料截止日，默认今天 · day the facts hold for; today by default
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    #[command(flatten)]
    place: Place,
}

/// Lines with their mistakes; line 1 is the header.
type Mistakes = Vec<(u64, Text)>;

pub fn run(arguments: &Arguments, console: &Console) -> Outcome<()> {
    let store = arguments.place.open()?;
    let model = store.model().clone();
    if !model.sources.contains_key(&arguments.source) {
        let (source, known) = (&arguments.source, model.sources.keys().cloned().collect::<Vec<_>>().join(", "));
        return Err(Failure::misused(
            format!("没有资料来源“{source}”；可用：{known}。"),
            format!("There is no source \"{source}\"; there are: {known}."),
        ));
    }
    let text = std::fs::read_to_string(&arguments.file).map_err(|e| Failure::file(&arguments.file, &e))?;
    let rows = rows(text.trim_start_matches('\u{feff}'), &model, &store)?;
    let count = rows.len();
    let mut ids = IdSequence::default();
    let at = now();
    let mut next = || ids.next(u64::try_from(at.millis()).unwrap_or_default(), random_u128(&SystemSecrets));
    let bulks: Vec<Bulk> = rows
        .into_iter()
        .map(|values| Bulk {
            change: Change::Create { record: RECORD.to_owned(), id: next(), values, years: Default::default() },
            facts: Vec::new(),
        })
        .collect();
    let as_of = arguments.as_of.unwrap_or_else(|| at.date_beijing());
    let head = Commit { stamp: Some(Stamp { source: arguments.source.clone(), as_of }), ..Commit::new(at, "enterprise.import") };
    store.commit_many(&head, bulks.into_iter())?;
    console.say(format!("已导入 {count} 家企业。"), format!("{count} firms imported."));
    Ok(())
}

/// The values of every line, or all mistakes.
fn rows(text: &str, model: &Model, store: &Store) -> Outcome<Vec<Values>> {
    let record = &model.records[RECORD];
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| unreadable(&e))?.clone();
    let mut mistakes: Mistakes = Vec::new();
    let fields = columns(&header, record, &mut mistakes);
    for needed in ["credit_code", "name", "region"] {
        if !fields.iter().flatten().any(|field| field.name == needed) {
            mistakes.push((1, Text::new(format!("缺少列 {needed}。"), format!("the column {needed} is missing."))));
        }
    }
    let mut seen: HashMap<String, u64> = HashMap::new();
    let mut rows = Vec::new();
    for line in reader.records() {
        let line = line.map_err(|e| unreadable(&e))?;
        let number = line.position().map_or(0, csv::Position::line);
        if mistakes.iter().all(|(at, _)| *at != 1) {
            rows.push(row(&line, number, &fields, model, &mut mistakes));
            unique(rows.last(), number, &mut seen, store, &mut mistakes)?;
        }
    }
    if mistakes.is_empty() { Ok(rows) } else { Err(refused(&mistakes)) }
}

/// The field of each column, by its name or its label in either language.
fn columns<'m>(header: &csv::StringRecord, record: &'m Record, mistakes: &mut Mistakes) -> Vec<Option<&'m Field>> {
    let find = |title: &str| record.fields.values().find(|f| f.name == title || f.label.zh == title || f.label.en == title);
    let mut fields = Vec::new();
    for title in header {
        let field = find(title.trim()).filter(|f| !f.yearly && !f.read_only && !matches!(f.ty, FieldType::Ref { .. }));
        if field.is_none() {
            mistakes.push((
                1,
                Text::new(
                    format!("列“{title}”不能导入；请用企业的字段名，年度数据和引用不在此导入。"),
                    format!(
                        "the column \"{title}\" cannot be imported; use the field names of a firm, without yearly values and references."
                    ),
                ),
            ));
        }
        fields.push(field);
    }
    fields
}

fn row(line: &csv::StringRecord, number: u64, fields: &[Option<&Field>], model: &Model, mistakes: &mut Mistakes) -> Values {
    let mut values = Values::new();
    if line.len() != fields.len() {
        let (has, needs) = (line.len(), fields.len());
        mistakes.push((number, Text::new(format!("有 {has} 个值，应有 {needs} 个。"), format!("{has} values instead of {needs}."))));
    }
    for (cell, field) in line.iter().zip(fields) {
        let (Some(field), cell) = (field, cell.trim()) else { continue };
        if cell.is_empty() {
            if field.required {
                mistakes.push((number, Text::new(format!("{}不能为空。", field.label.zh), format!("{} is missing.", field.label.en))));
            }
            continue;
        }
        match value(cell, field, model) {
            Ok(value) => {
                values.insert(field.name.clone(), value);
            }
            Err(why) => {
                mistakes.push((number, Text::new(format!("{}：{}", field.label.zh, why.zh), format!("{}: {}", field.label.en, why.en))))
            }
        }
    }
    values
}

/// A cell as a person writes it: money in yuan, yes or no, sets with `|`.
fn value(cell: &str, field: &Field, model: &Model) -> Result<Value, Text> {
    let json = match &field.ty {
        FieldType::CreditCode => return CreditCode::parse(cell).map(|code| Value::Text(code.as_str().to_owned())).map_err(|e| e.text()),
        FieldType::Money => return money(cell),
        FieldType::Int | FieldType::Percent | FieldType::Area => cell
            .parse::<i64>()
            .map(Into::into)
            .map_err(|_| Text::new(format!("“{cell}”不是整数。"), format!("\"{cell}\" is not a whole number.")))?,
        FieldType::Bool => match cell {
            "1" | "true" | "是" | "yes" => true.into(),
            "0" | "false" | "否" | "no" => false.into(),
            _ => return Err(Text::new(format!("“{cell}”应写“是”或“否”。"), format!("\"{cell}\" should be yes or no."))),
        },
        FieldType::Code { list } => known(cell, list, model)?.into(),
        FieldType::Set { list } => {
            let codes = cell.split('|').filter(|c| !c.is_empty() && *c != "-").map(|code| known(code, list, model));
            codes.collect::<Result<Vec<_>, Text>>()?.into()
        }
        _ => cell.into(),
    };
    Value::from_json(&json, &field.ty, model)
}

/// A code of a list, or the name it has in one of the languages.
fn known(cell: &str, list: &str, model: &Model) -> Result<String, Text> {
    let codes = &model.lists[list].codes;
    let found = codes.get_key_value(cell).or_else(|| codes.iter().find(|(_, entry)| entry.label.zh == cell || entry.label.en == cell));
    found.map(|(code, _)| code.clone()).ok_or_else(|| {
        let label = &model.lists[list].label;
        Text::new(format!("“{cell}”不在{}代码中。", label.zh), format!("\"{cell}\" is not on the list {}.", label.en))
    })
}

/// Whole yuan, or an amount with its unit such as 3.5 万元.
fn money(cell: &str) -> Result<Value, Text> {
    match cell.replace(',', "").parse::<i64>().ok().and_then(Fen::checked_from_yuan) {
        Some(fen) => Ok(Value::Int(fen.fen())),
        None => Fen::from_wan_text(cell).map(|fen| Value::Int(fen.fen())).map_err(|e| e.text()),
    }
}

fn unique(row: Option<&Values>, number: u64, seen: &mut HashMap<String, u64>, store: &Store, mistakes: &mut Mistakes) -> Outcome<()> {
    let Some(Value::Text(code)) = row.and_then(|values| values.get("credit_code")) else { return Ok(()) };
    if let Some(first) = seen.insert(code.clone(), number) {
        mistakes.push((number, Text::new(format!("{code} 与第 {first} 行重复。"), format!("{code} stands on line {first} already."))));
    }
    if store.read(|r| r.find(RECORD, "credit_code", &Value::Text(code.clone())))?.is_some() {
        mistakes.push((
            number,
            Text::new(format!("{code} 已在名录中；请在网页上修改。"), format!("{code} is on the register already; change it on the page.")),
        ));
    }
    Ok(())
}

fn unreadable(error: &csv::Error) -> Failure {
    let line = error.position().map_or(0, csv::Position::line);
    Failure {
        text: Text::new(format!("第 {line} 行不是合格的 CSV：{error}"), format!("Line {line} is not well-formed CSV: {error}")),
        code: MISUSED,
    }
}

fn refused(mistakes: &Mistakes) -> Failure {
    let mut zh: Vec<String> = mistakes.iter().map(|(line, why)| format!("第 {line} 行：{}", why.zh)).collect();
    let mut en: Vec<String> = mistakes.iter().map(|(line, why)| format!("line {line}: {}", why.en)).collect();
    zh.push(format!("共 {} 处错误，没有导入任何内容；请改正后重新导入。", mistakes.len()));
    en.push(format!("{} mistakes; nothing was imported. Correct them and import again.", mistakes.len()));
    Failure { text: Text::new(zh.join("\n"), en.join("\n")), code: REFUSED }
}
