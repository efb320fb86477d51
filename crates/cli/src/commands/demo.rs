//! `liangu demo`: makes the demonstration where there is none, and serves it.
//!
//! It is made in a directory beside and moved into place when it is whole, so that what was interrupted is never taken
//! for a demonstration.
use crate::commands::serve;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::place::{Place, VERSION, now, open};
use clap::Args;
use liangu_app::{App, Options};
use liangu_base::Date;
use liangu_server::ServeOptions;
use liangu_store::{Config, Store};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Instant;

mod life;
mod make;

#[derive(Args, Debug)]
pub struct Arguments {
    /// 数据目录 · data directory
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    dir: PathBuf,
    /// 随机种子 · seed
    #[arg(long)]
    seed: Option<u64>,
    /// 判断日，默认今天 · day everything is judged by; today by default
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// 把判断日往后移，到期的事随之发生 · move that day on; what falls due until then happens
    #[arg(long, value_name = "DATE", conflicts_with = "as_of")]
    move_to: Option<Date>,
    /// 监听地址 · address to listen on
    #[arg(long, default_value = "127.0.0.1:8080")]
    address: SocketAddr,
    /// 只制作，不运行 · make it and stop
    #[arg(long)]
    no_serve: bool,
    /// 删除已有演示，重新制作 · remove the demonstration and make it anew
    #[arg(long)]
    fresh: bool,
    /// 附加业务包文件夹 · folders of further packs
    #[arg(long, value_name = "DIR")]
    packs: Vec<PathBuf>,
}

impl Arguments {
    fn place(&self) -> Place {
        Place { dir: self.dir.clone(), database: None, schema: None, packs: self.packs.clone() }
    }
}

pub fn run(arguments: &Arguments, console: &Console) -> Outcome<()> {
    let place = arguments.place();
    if arguments.fresh {
        remove(&arguments.dir)?;
    }
    let model = place.model()?;
    if !Store::exists(&place.config())? {
        if std::fs::read_dir(&arguments.dir).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(not_a_demonstration(&arguments.dir));
        }
        let as_of = arguments.as_of.unwrap_or_else(|| now().date_beijing());
        build(arguments, as_of, &model, console)?;
    }
    let store = open(&place.config(), &model)?;
    let mut kept = make::kept(&arguments.dir).ok_or_else(|| not_a_demonstration(&arguments.dir))?;
    if let Some(day) = arguments.move_to {
        kept = moved(&store, &arguments.dir, kept, day)?;
    }
    let other_day = arguments.as_of.is_some_and(|day| day != kept.as_of);
    if other_day || arguments.seed.is_some_and(|seed| seed != kept.seed) {
        let (seed, day) = (kept.seed, kept.as_of);
        return Err(Failure::refused(
            format!("这里的演示用的是种子 {seed}、判断日 {day}；如要另做，请加 --fresh，或换一个 --dir。"),
            format!("The demonstration here has seed {seed} and day {day}; add --fresh to make another, or choose another --dir."),
        ));
    }
    introduce(&store, &kept, console)?;
    if arguments.no_serve {
        return Ok(());
    }
    let app = App::open(store, Options::system(VERSION))?;
    serve::serve(app, ServeOptions { address: arguments.address, secure_cookies: false }, console)
}

/// The demonstration on a later day. Days gone by do not come back: what happened on them stays.
fn moved(store: &Store, dir: &Path, kept: make::Kept, day: Date) -> Outcome<make::Kept> {
    if day < kept.as_of {
        let from = kept.as_of;
        return Err(Failure::refused(
            format!("判断日已是 {from}，只能往后移；如要从 {day} 看起，请加 --fresh 另做。"),
            format!("The day is {from} already and moves forward only; to see {day} make another with --fresh."),
        ));
    }
    let kept = make::Kept { as_of: day, ..kept };
    liangu_app::installation::stand_still(store, day, now())?;
    make::mark(dir, kept)?;
    Ok(kept)
}

/// Makes the demonstration beside and moves it into place.
fn build(arguments: &Arguments, as_of: Date, model: &std::sync::Arc<liangu_model::Model>, console: &Console) -> Outcome<()> {
    let dir = &arguments.dir;
    let seed = arguments.seed.unwrap_or(liangu_demo::SEED);
    let started = Instant::now();
    console.note(
        format!("制作演示：种子 {}，判断日 {as_of}，目录 {}。", seed, dir.display()),
        format!("Making the demonstration: seed {}, day {as_of}, directory {}.", seed, dir.display()),
    );
    let mut name = dir.file_name().unwrap_or_default().to_os_string();
    name.push(".making");
    let making = dir.with_file_name(name);
    if making.exists() {
        std::fs::remove_dir_all(&making).map_err(|e| Failure::file(&making, &e))?;
    }
    let store = open(&Config::Sqlite { dir: making.clone() }, model)?;
    make::fill(&store, seed, as_of, console)?;
    drop(store);
    make::mark(&making, make::Kept { seed, as_of })?;
    if dir.exists() {
        // Only an empty directory can stand there; anything else was refused before the work.
        std::fs::remove_dir(dir).map_err(|e| Failure::file(dir, &e))?;
    }
    std::fs::rename(&making, dir).map_err(|e| Failure::file(dir, &e))?;
    let took = started.elapsed();
    console.note(format!("演示制作完成，用时 {took:.1?}。"), format!("The demonstration is made, in {took:.1?}."));
    Ok(())
}

/// Removes a demonstration, and nothing that is not one.
fn remove(dir: &Path) -> Outcome<()> {
    if !dir.exists() {
        return Ok(());
    }
    let known = |name: &str| name.starts_with("liangu.db") || name == "files" || name == make::MARK;
    for entry in std::fs::read_dir(dir).map_err(|e| Failure::file(dir, &e))? {
        let name = entry.map_err(|e| Failure::file(dir, &e))?.file_name();
        if !known(&name.to_string_lossy()) {
            return Err(not_a_demonstration(dir));
        }
    }
    let empty = std::fs::read_dir(dir).map_err(|e| Failure::file(dir, &e))?.next().is_none();
    if !empty && make::kept(dir).is_none() {
        return Err(not_a_demonstration(dir));
    }
    std::fs::remove_dir_all(dir).map_err(|e| Failure::file(dir, &e))
}

fn not_a_demonstration(dir: &Path) -> Failure {
    let shown = dir.display();
    Failure::refused(
        format!("{shown} 里不是演示；为免丢失数据，没有改动。请换一个 --dir。"),
        format!("{shown} does not hold a demonstration; nothing was changed. Choose another --dir."),
    )
}

/// What is there and who can look at it.
fn introduce(store: &Store, kept: &make::Kept, console: &Console) -> Outcome<()> {
    let day = kept.as_of;
    console.say(
        format!("演示：判断日 {day}，全部企业和人员均为虚构。"),
        format!("Demonstration of {day}; all firms and people are invented."),
    );
    for (record, count) in make::counts(store)? {
        let label = &store.model().records[&record].label;
        console.say(format!("  {count:>7} {}", label.zh), format!("  {count:>7} {}", label.en));
    }
    console.say("角色（无需密码，在登录页点选）：", "People (no password; choose one on the sign-in page):");
    for (role, name) in liangu_demo::accounts::PERSONAS {
        let label = &store.model().roles[role].label;
        console.say(format!("  demo-{role:<14}{name}，{}", label.zh), format!("  demo-{role:<14}{name}, {}", label.en));
    }
    Ok(())
}
