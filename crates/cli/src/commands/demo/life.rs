//! What people did in the weeks before the demonstration's day, done again by the program's own commands: claims in every
//! state, award runs, payments, a recovery, with the steps, decisions and notices that follow from them.
//!
//! Nothing here writes a row. The clock is moved from working day to working day, timers fire as they would have, and
//! each command goes through the same door as a person's request. Start at [`live`]; [`stories`] says who did what when.
//! Everything follows from the seed and the day. A step that is refused ends its story and is told: on an unusual day a
//! window may be shut, which must not keep the demonstration from being made.
mod act;
mod awards;
mod money;
mod stage;
mod stories;

use crate::failure::Outcome;
use liangu_base::{Date, Id};
use liangu_demo::{Account, Batch, Datum, Demonstration, Entry};
use liangu_store::Store;
use stage::Stage;
use std::collections::BTreeMap;

/// Who and what the stories are about, noted while the records are written.
#[derive(Default)]
pub struct Cast {
    /// Logins of the firms' people.
    firms: BTreeMap<Id, String>,
    /// Policies written by hand, by title.
    policies: BTreeMap<String, Id>,
    /// Logins of the offices' people by part: a persona's role, and `officer-2` for a second of the same office.
    offices: BTreeMap<String, String>,
}

impl Cast {
    pub fn note(&mut self, batch: &Batch) {
        match batch {
            Batch::Records(entries) => entries.iter().filter(|entry| entry.record == "policy").for_each(|entry| self.policy(entry)),
            Batch::Accounts(accounts) => self.people(accounts),
            Batch::Documents(_) => {}
        }
    }

    fn policy(&mut self, entry: &Entry) {
        let Some(Datum::Bilingual(title)) = entry.get("title") else { return };
        if stories::is_played(&title.zh) {
            self.policies.entry(title.zh.to_string()).or_insert(entry.id);
        }
    }

    fn people(&mut self, accounts: &[Account]) {
        let personas: Vec<&Account> = accounts.iter().filter(|account| account.persona.is_some()).collect();
        for account in accounts {
            if let Some(key) = account.persona {
                self.offices.insert(key.to_owned(), account.login.clone());
            }
            if let Some(firm) = account.firm {
                self.firms.entry(firm).or_insert_with(|| account.login.clone());
            } else if account.persona.is_none() {
                self.colleague(account, &personas);
            }
        }
    }

    /// Of the same office and role as a persona.
    fn colleague(&mut self, account: &Account, personas: &[&Account]) {
        let of = personas.iter().find(|persona| persona.organisation == account.organisation && persona.roles == account.roles);
        let Some(key) = of.and_then(|persona| persona.persona) else { return };
        let free = (2..=3).map(|n| format!("{key}-{n}")).find(|part| !self.offices.contains_key(part));
        free.map(|part| self.offices.insert(part, account.login.clone()));
    }
}

/// What came of it.
pub struct Lived {
    /// Commands given.
    pub commands: u32,
    /// Stories that a refusal ended early, and why.
    pub ended_early: Vec<String>,
}

/// Plays everything up to the morning of the demonstration's day.
///
/// # Errors
/// What keeps the program from working at all; a refusal of one command ends its story only.
pub fn live(store: &Store, cast: Cast, demonstration: &Demonstration, seed: u64) -> Outcome<Lived> {
    let as_of = demonstration.as_of();
    let mut stage = Stage::open(store, cast, seed, as_of, demonstration.persona_firm())?;
    let mut play = act::Play::new();
    let mut events = stories::events();
    events.sort_by_key(|event| std::cmp::Reverse(event.ago));
    for day in events.chunk_by(|a, b| a.ago == b.ago) {
        stage.begin_day(day[0].ago)?;
        for (nth, event) in day.iter().enumerate() {
            stage.hour(nth, day.len());
            play.perform(&mut stage, event)?;
        }
    }
    stage.begin_day(0)?;
    Ok(Lived { commands: stage.commands(), ended_early: play.ended_early })
}

/// The morning on which the records were written: before anything of this happened.
pub fn eve(as_of: Date) -> Date {
    as_of.add_days(-i32::try_from(stories::FIRST).unwrap_or(0) * 2)
}
