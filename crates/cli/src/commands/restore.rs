//! `liangu restore`: an installation from a backup, into an empty place.
use crate::console::Console;
use crate::failure::Outcome;
use crate::place::{Place, TENANT};
use clap::Args;
use liangu_store::Store;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct Arguments {
    /// 备份所在目录 · directory of the backup
    from: PathBuf,
    #[command(flatten)]
    place: Place,
}

pub fn run(arguments: &Arguments, console: &Console) -> Outcome<()> {
    let place = &arguments.place;
    Store::restore(&arguments.from, &place.config(), &place.model()?, TENANT)?;
    console.say(format!("已恢复到 {}，并已核对。", place.shown()), format!("Restored to {} and verified.", place.shown()));
    Ok(())
}
