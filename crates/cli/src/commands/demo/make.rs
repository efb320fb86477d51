//! Filling a store with the demonstration, batch by batch, and finding out what was filled.
use super::life::{self, Cast};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::place::now;
use liangu_app::installation::{Installation, initialise, stand_still};
use liangu_app::secrets::SystemSecrets;
use liangu_base::{Date, Instant, Text};
use liangu_demo::{Account, Batch, Datum, Demonstration, Entry};
use liangu_store::{AccountChange, Bulk, Change, Commit, FactEntry, Store, Value, Values, Years};
use std::collections::BTreeMap;
use std::path::Path;

/// File in the data directory that says what the demonstration was made from.
pub const MARK: &str = "demonstration.json";

/// What a demonstration was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    pub seed: u64,
    pub as_of: Date,
}

pub fn fill(store: &Store, seed: u64, as_of: Date, console: &Console) -> Outcome<()> {
    let demonstration = Demonstration::new(seed, as_of);
    let mut cast = Cast::default();
    // A morning before everything that people do.
    let at = Instant::at_beijing(life::eve(as_of), 6, 0, 0).unwrap_or_else(now);
    let mut done: BTreeMap<&'static str, usize> = BTreeMap::new();
    for batch in demonstration.batches() {
        cast.note(&batch);
        let (what, count) = match batch {
            Batch::Records(entries) => records(store, entries, at, as_of)?,
            Batch::Documents(documents) => {
                let mut commit = Commit::new(at, "demonstration.documents");
                commit.documents = documents.into_iter().map(document).collect();
                store.commit(commit)?;
                continue;
            }
            Batch::Accounts(accounts) => {
                let count = accounts.len();
                write_accounts(store, accounts, at)?;
                ("account", count)
            }
        };
        let total = done.entry(what).or_insert(0);
        *total += count;
        let (zh, en) = match (what, store.model().records.get(what)) {
            (_, Some(record)) => (record.label.zh.to_string(), record.label.en.to_string()),
            _ => ("账户".to_owned(), "Account".to_owned()),
        };
        let last = what != "enterprise" || *total == liangu_demo::firm::plan::FIRMS;
        console.progress(format!("  {zh} {total}"), format!("  {en} {total}"), last);
    }
    let name = Text::fixed("链谷演示 · 娄底", "Liangu demonstration, Loudi");
    // until its day stands still, the installation lives through the weeks before it
    let installation = Installation { name, region: liangu_demo::places::CITY.to_owned(), demonstration: true, as_of: None };
    initialise(store, &installation, &SystemSecrets, at)?;
    let lived = life::live(store, cast, &demonstration, seed)?;
    let commands = lived.commands;
    console.progress(format!("  办理 {commands}"), format!("  Commands {commands}"), true);
    for why in &lived.ended_early {
        console.note(format!("  未演示：{why}"), format!("  Not shown: {why}"));
    }
    stand_still(store, as_of, Instant::start_of(as_of).plus_seconds(600))?;
    Ok(())
}

/// Writes a batch; gives the kind of its first record and how many of that kind it has.
fn records(store: &Store, entries: Vec<Entry>, at: Instant, day: Date) -> Outcome<(&'static str, usize)> {
    let what = entries.first().map_or("", |e| e.record);
    let count = entries.iter().filter(|e| e.record == what).count();
    let head = Commit { day, ..Commit::new(at, "demonstration.fill") };
    store.commit_many(&head, entries.into_iter().map(bulk))?;
    Ok((what, count))
}

/// Facts carry their values to the row themselves; what has no source is written as it is.
fn bulk(entry: Entry) -> Bulk {
    let mut values: Values = entry.values.into_iter().map(|(field, value)| (field.to_owned(), stored(value))).collect();
    let mut years: Years = entry
        .years
        .into_iter()
        .map(|(year, values)| (year, values.into_iter().map(|(field, value)| (field.to_owned(), stored(value))).collect()))
        .collect();
    let mut facts = Vec::with_capacity(entry.facts.len());
    for mark in entry.facts {
        let value = match (mark.value, mark.year) {
            (Some(other), _) => stored(*other),
            (None, None) => values.remove(mark.field).unwrap_or(Value::Null),
            (None, Some(year)) => years.get_mut(&year).and_then(|values| values.remove(mark.field)).unwrap_or(Value::Null),
        };
        facts.push(FactEntry {
            record: entry.record.to_owned(),
            id: entry.id,
            field: mark.field.to_owned(),
            year: mark.year,
            value,
            source: mark.source.to_owned(),
            as_of: mark.as_of,
        });
    }
    years.retain(|_, values| !values.is_empty());
    Bulk { change: Change::Create { record: entry.record.to_owned(), id: entry.id, values, years }, facts }
}

fn stored(value: Datum) -> Value {
    match value {
        Datum::Bool(value) => Value::Bool(value),
        Datum::Int(value) => Value::Int(value),
        Datum::Text(value) => Value::Text(value.into_owned()),
        Datum::Bilingual(value) => Value::Bilingual(value),
        Datum::Date(value) => Value::Date(value),
        Datum::Instant(value) => Value::Instant(value),
        Datum::Set(codes) => Value::Set(codes.into_iter().map(str::to_owned).collect()),
        Datum::Ref(id) => Value::Ref(id),
    }
}

fn document(document: liangu_demo::Document) -> liangu_store::DocumentPut {
    let liangu_demo::Document { kind, key, value } = document;
    liangu_store::DocumentPut { kind: kind.to_owned(), key, value: Some(value), expected_version: None, journal: false }
}

fn write_accounts(store: &Store, accounts: Vec<Account>, at: Instant) -> Outcome<()> {
    let mut commit = Commit::new(at, "demonstration.accounts");
    commit.accounts = accounts.into_iter().map(|a| AccountChange::Create(account(a))).collect();
    store.commit(commit)?;
    Ok(())
}

fn account(account: Account) -> liangu_store::Account {
    liangu_store::Account {
        id: account.id,
        login: account.login,
        name: account.name,
        password_hash: None,
        roles: account.roles.into_iter().map(str::to_owned).collect(),
        firm: account.firm,
        organisation: account.organisation,
        park: account.park,
        region: account.region.map(str::to_owned),
        disabled: false,
        must_change: false,
        version: 0,
    }
}

/// Marks a directory as a whole demonstration.
pub fn mark(dir: &Path, kept: Kept) -> Outcome<()> {
    let path = dir.join(MARK);
    let text = serde_json::json!({"seed": kept.seed, "as_of": kept.as_of}).to_string();
    std::fs::write(&path, text).map_err(|e| Failure::file(&path, &e))
}

/// What the demonstration in a directory was made from; `None` for anything else.
pub fn kept(dir: &Path) -> Option<Kept> {
    let text = std::fs::read_to_string(dir.join(MARK)).ok()?;
    let value: serde_json::Value = serde_json::from_str(&text).ok()?;
    let as_of = value["as_of"].as_str()?.parse().ok()?;
    Some(Kept { seed: value["seed"].as_u64()?, as_of })
}

/// Record types with how many there are, the large ones first.
pub fn counts(store: &Store) -> Outcome<Vec<(String, u64)>> {
    let mut counts = Vec::new();
    for record in ["enterprise", "policy", "organisation", "park"] {
        let query = liangu_store::Query { total: true, limit: 1, ..liangu_store::Query::default() };
        counts.push((record.to_owned(), store.read(|r| r.count(record, &query))?));
    }
    Ok(counts)
}
