//! `liangu import`: records from a workbook or a table of text. All rows are checked first; with one mistake nothing is written.
use crate::console::Console;
use crate::failure::{Failure, Outcome, REFUSED};
use crate::place::Place;
use clap::{Args, ValueEnum};
use liangu_app::exchange::{Existing, Plan, Stage};
use liangu_app::secrets::{SystemSecrets, random_u128};
use liangu_app::{Caller, Principal, RequestKey, sha256_hex};
use liangu_base::{Date, Lang, Text};
use std::path::PathBuf;

/// Rows whose mistakes are told.
const TOLD: usize = 200;

#[derive(Args, Debug)]
pub struct Arguments {
    /// .xlsx 或 .csv（UTF-8、GBK）文件 · .xlsx or .csv (UTF-8, GBK) file; heads are fields, labels or usual names
    file: PathBuf,
    /// 记录类型 · record type
    #[arg(long, default_value = "enterprise")]
    record: String,
    /// 已有的记录：跳过、更新或报告 · records that exist: skip, update or report
    #[arg(long, value_enum, default_value = "report")]
    existing: Choice,
    /// 资料来源 · source of the facts
    #[arg(long, default_value = "market_regulation")]
    source: String,
    /// 资料截止日，默认今天 · day the facts hold for; today by default
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    #[command(flatten)]
    place: Place,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Choice {
    Skip,
    Update,
    Report,
}

pub fn run(arguments: &Arguments, console: &Console) -> Outcome<()> {
    let model = arguments.place.model()?;
    if !model.sources.contains_key(&arguments.source) {
        let (source, known) = (&arguments.source, model.sources.keys().cloned().collect::<Vec<_>>().join(", "));
        return Err(Failure::misused(
            format!("没有资料来源“{source}”；可用：{known}。"),
            format!("There is no source \"{source}\"; there are: {known}."),
        ));
    }
    let app = arguments.place.app()?;
    let bytes = std::fs::read(&arguments.file).map_err(|e| Failure::file(&arguments.file, &e))?;
    let principal = Principal::operator();
    let caller = Caller::new(&app, &principal, Lang::Zh);
    let name = arguments.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let key =
        RequestKey { operation: "import".to_owned(), key: format!("{:032x}", random_u128(&SystemSecrets)), body_hash: sha256_hex(&bytes) };
    let import = caller.upload_import(&arguments.record, &name, &bytes, &key)?;
    drop(bytes);
    let left: Vec<String> = import.plan.columns.iter().filter(|column| column.field.is_none()).map(|column| column.head.clone()).collect();
    let plan = Plan {
        existing: match arguments.existing {
            Choice::Skip => Existing::Skip,
            Choice::Update => Existing::Update,
            Choice::Report => Existing::Report,
        },
        source: arguments.source.clone(),
        as_of: arguments.as_of.unwrap_or(import.plan.as_of),
        ..import.plan
    };
    let checked = caller.plan_import(&import.id, plan).and_then(|_| caller.check_import(&import.id));
    match checked {
        Ok(bad) if bad.is_empty() => {}
        Ok(bad) => {
            caller.discard_import(&import.id)?;
            return Err(refused(&bad));
        }
        Err(fault) => {
            caller.discard_import(&import.id)?;
            return Err(fault.into());
        }
    }
    caller.start_import(&import.id)?;
    app.run_imports()?;
    let done = caller.import(&import.id)?;
    if let (false, Some(why)) = (done.stage == Stage::Done, done.why) {
        return Err(Failure { text: why.into(), code: REFUSED });
    }
    let (created, updated, same) = (done.progress.created, done.progress.updated, done.progress.unchanged + done.progress.skipped);
    console.say(
        format!("已导入：新建 {created}，更新 {updated}，未变或跳过 {same}。"),
        format!("Imported: {created} created, {updated} updated, {same} unchanged or skipped."),
    );
    if !left.is_empty() {
        let left = left.join(", ");
        console.say(format!("没有对应字段而略过的列：{left}。"), format!("Columns left out, being no field: {left}."));
    }
    Ok(())
}

fn refused(bad: &[(u64, Text)]) -> Failure {
    let mut zh: Vec<String> = bad.iter().take(TOLD).map(|(line, why)| format!("第 {line} 行：{}", why.zh)).collect();
    let mut en: Vec<String> = bad.iter().take(TOLD).map(|(line, why)| format!("line {line}: {}", why.en)).collect();
    zh.push(format!("共 {} 行有误，没有导入任何内容；请改正后重新导入。", bad.len()));
    en.push(format!("{} rows with mistakes; nothing was imported. Correct them and import again.", bad.len()));
    Failure { text: Text::new(zh.join("\n"), en.join("\n")), code: REFUSED }
}
