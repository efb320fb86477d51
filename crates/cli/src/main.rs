//! `liangu`: one program that makes, serves, fills, checks and saves an installation.
//!
//! The shell of the system: arguments, environment, clock, chance, standard output and exit codes live here and nowhere
//! below. Start at [`Command`]; each subcommand is a file in [`commands`]. Results go to standard output, everything
//! else to standard error in the language of the environment. Exit codes: 0 done, 1 not done, 2 not understood.
mod commands;
mod console;
mod failure;
mod packs;
mod place;

use clap::{Parser, Subcommand};
use console::Console;
use failure::Outcome;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "liangu", version, about = "链谷：产业区域操作系统 · Liangu, the operating system of an industrial region")]
struct Arguments {
    /// 输出语言 · language of messages (zh, en)
    #[arg(long, global = true, value_name = "zh|en")]
    lang: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 制作并运行演示 · make and serve the demonstration
    Demo(commands::demo::Arguments),
    /// 运行系统 · serve an installation
    Serve(commands::serve::Arguments),
    /// 新建空白系统 · make an empty installation
    Init(commands::init::Arguments),
    /// 导入企业名录 · import firms from a CSV file
    Import(commands::import::Arguments),
    /// 检查业务包 · check packs
    #[command(subcommand)]
    Pack(commands::pack::Command),
    /// 离线匹配 · match policies with firms from files
    Match(commands::match_::Arguments),
    /// 重新计算公布的数字 · recount the published figures
    Figures(commands::figures::Arguments),
    /// 备份 · back up
    Backup(commands::backup::Arguments),
    /// 恢复 · restore a backup
    Restore(commands::restore::Arguments),
    /// 核对匹配结果 · verify that two ways to an answer agree
    Verify(commands::verify::Arguments),
    /// 重新作出决定并与记录对照 · make decisions again and compare them with their records
    Replay(commands::replay::Arguments),
    /// 账户 · accounts
    #[command(subcommand)]
    User(commands::user::Command),
    /// 体检 · look for faults
    Doctor(commands::doctor::Arguments),
    /// 表达式 · work with one expression
    #[command(subcommand)]
    Expr(commands::expr::Command),
    /// 打印接口说明 · print the OpenAPI document
    Openapi,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let console = Console::new(arguments.lang.as_deref());
    console.finish(run(arguments.command, &console))
}

fn run(command: Command, console: &Console) -> Outcome<()> {
    match command {
        Command::Demo(arguments) => commands::demo::run(&arguments, console),
        Command::Serve(arguments) => commands::serve::run(&arguments, console),
        Command::Init(arguments) => commands::init::run(&arguments, console),
        Command::Import(arguments) => commands::import::run(&arguments, console),
        Command::Pack(command) => commands::pack::run(&command, console),
        Command::Match(arguments) => commands::match_::run(&arguments, console),
        Command::Figures(arguments) => commands::figures::run(&arguments, console),
        Command::Backup(arguments) => commands::backup::run(&arguments, console),
        Command::Restore(arguments) => commands::restore::run(&arguments, console),
        Command::Verify(arguments) => commands::verify::run(&arguments, console),
        Command::Replay(arguments) => commands::replay::run(&arguments, console),
        Command::User(command) => commands::user::run(&command, console),
        Command::Doctor(arguments) => commands::doctor::run(&arguments, console),
        Command::Expr(command) => commands::expr::run(&command, console),
        Command::Openapi => commands::openapi::run(console),
    }
}
