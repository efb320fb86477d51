//! `liangu backup`: a verified copy of an installation in a new directory, while it runs.
use crate::console::Console;
use crate::failure::Outcome;
use crate::place::{Place, now};
use clap::Args;
use liangu_store::{Commit, DocumentPut};
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct Arguments {
    /// 备份写到的新目录 · new directory for the backup
    to: PathBuf,
    #[command(flatten)]
    place: Place,
}

pub fn run(arguments: &Arguments, console: &Console) -> Outcome<()> {
    let store = arguments.place.open()?;
    let at = now();
    store.backup(&arguments.to, at)?;
    // Administration and doctor tell the age of the last backup.
    let mut commit = Commit::new(at, "backup.done");
    let value = serde_json::json!({"at": at.to_rfc3339_beijing()});
    commit.documents.push(DocumentPut {
        kind: "backup".to_owned(),
        key: "last".to_owned(),
        value: Some(value),
        expected_version: None,
        journal: false,
    });
    store.commit(commit)?;
    let shown = arguments.to.display();
    console.say(format!("已备份到 {shown}，并已核对。"), format!("Backed up to {shown} and verified."));
    Ok(())
}
