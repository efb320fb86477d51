//! `liangu pack`: checks packs, plans and applies what a database needs for them, prints the glossary.
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::packs;
use crate::place::Place;
use clap::Subcommand;
use liangu_base::Text;
use liangu_model::Model;
use liangu_store::Store;
use std::path::PathBuf;

#[derive(Subcommand, Debug)]
pub enum Command {
    /// 检查业务包，列出全部错误 · check packs and list every mistake
    Check {
        /// 业务包文件夹，不写则检查自带的 · folders of packs; the ones compiled in without
        folders: Vec<PathBuf>,
    },
    /// 列出数据库需要的改动 · list what the database needs
    Plan {
        #[command(flatten)]
        place: Place,
    },
    /// 按计划改动数据库 · change the database as planned
    Apply {
        #[command(flatten)]
        place: Place,
    },
    /// 打印术语表 · print the glossary
    Glossary {
        /// 附加业务包文件夹 · folders of further packs
        #[arg(long, value_name = "DIR")]
        packs: Vec<PathBuf>,
    },
}

pub fn run(command: &Command, console: &Console) -> Outcome<()> {
    match command {
        Command::Check { folders } => check(folders, console),
        Command::Plan { place } => plan(place, console),
        Command::Apply { place } => apply(place, console),
        Command::Glossary { packs: folders } => {
            console.line(&glossary(&*packs::model(folders)?));
            Ok(())
        }
    }
}

fn check(folders: &[PathBuf], console: &Console) -> Outcome<()> {
    match liangu_packs::load(packs::sources(folders)?) {
        Err(errors) => Err(packs::report(console, &errors)),
        Ok(model) => {
            let (packs, records, lists) = (model.packs.len(), model.records.len(), model.lists.len());
            console.say(
                format!("通过：{packs} 个业务包，{records} 类记录，{lists} 个代码表。"),
                format!("Good: {packs} packs, {records} record types, {lists} lists."),
            );
            Ok(())
        }
    }
}

fn plan(place: &Place, console: &Console) -> Outcome<()> {
    let model = place.model()?;
    existing(place)?;
    let plan = Store::plan(&place.config(), &model)?;
    console.line(plan.render(console.lang).trim_end());
    if plan.refused.is_empty() {
        return Ok(());
    }
    Err(Failure::refused(
        "有改动会丢失数据，已拒绝；请按建议修改业务包。",
        "Some changes would lose data and are refused; change the packs as hinted.",
    ))
}

fn apply(place: &Place, console: &Console) -> Outcome<()> {
    let model = place.model()?;
    existing(place)?;
    let plan = Store::migrate(&place.config(), &model)?;
    console.line(plan.render(console.lang).trim_end());
    let count = plan.steps.len();
    console.say(format!("已完成 {count} 步改动。"), format!("{count} changes made."));
    Ok(())
}

fn existing(place: &Place) -> Outcome<()> {
    if Store::exists(&place.config())? {
        return Ok(());
    }
    let shown = place.shown();
    Err(Failure::refused(
        format!("{shown} 还没有系统；请先运行 liangu init。"),
        format!("There is no installation in {shown}; run liangu init first."),
    ))
}

/// Every term of the packs in both languages.
fn glossary(model: &Model) -> String {
    let mut out = String::from(
        "# Glossary\n\nGenerated from the packs by `liangu pack glossary`; do not edit. Names are those of packs, API and expressions;\nthe terms are what people read in Chinese and in English.\n",
    );
    section(&mut out, "Packs", model.packs.iter().map(|p| (p.name.clone(), &p.label)));
    section(&mut out, "Record types", model.records.values().map(|r| (r.name.clone(), &r.label)));
    for record in model.records.values() {
        section(
            &mut out,
            &format!("Fields of {}", record.name),
            record.fields.values().filter(|f| !f.hidden).map(|f| (f.name.clone(), &f.label)),
        );
    }
    section(&mut out, "Lists", model.lists.iter().map(|(name, list)| (name.clone(), &list.label)));
    for (name, list) in &model.lists {
        // Regions and industries are national standards of their own.
        if !["region", "industry"].contains(&name.as_str()) {
            section(&mut out, &format!("Codes of {name}"), list.codes.iter().map(|(code, entry)| (code.clone(), &entry.label)));
        }
    }
    section(&mut out, "Roles", model.roles.iter().map(|(name, role)| (name.clone(), &role.label)));
    section(&mut out, "Sources of facts", model.sources.iter().map(|(name, source)| (name.clone(), &source.label)));
    section(&mut out, "Indicators", model.indicators.iter().map(|(name, indicator)| (name.clone(), &indicator.label)));
    out
}

fn section<'a>(out: &mut String, title: &str, terms: impl Iterator<Item = (String, &'a Text)>) {
    let mut terms: Vec<(String, &Text)> = terms.collect();
    terms.sort_by(|a, b| a.0.cmp(&b.0));
    out.push_str(&format!("\n## {title}\n\n| name | 中文 | English |\n|---|---|---|\n"));
    for (name, text) in terms {
        out.push_str(&format!("| `{name}` | {} | {} |\n", text.zh, text.en));
    }
}
