//! One pass over the demonstration of the documentation's day, with a visitor for every entry.
use liangu_base::Date;
use liangu_demo::{Account, Batch, Datum, Demonstration, Entry, SEED};

pub fn day() -> Date {
    Date::from_ymd(2026, 11, 20).unwrap()
}

#[allow(dead_code, reason = "each test file uses its part")]
pub fn demonstration() -> Demonstration {
    Demonstration::new(SEED, day())
}

/// Calls `each` for every record in writing order; returns the accounts.
pub fn visit(demonstration: &Demonstration, mut each: impl FnMut(&Entry)) -> Vec<Account> {
    let mut accounts = Vec::new();
    for batch in demonstration.batches() {
        match batch {
            Batch::Records(entries) => entries.iter().for_each(&mut each),
            Batch::Documents(_) => {}
            Batch::Accounts(mut some) => accounts.append(&mut some),
        }
    }
    accounts
}

#[allow(dead_code, reason = "each test file uses its part")]
pub fn text<'a>(entry: &'a Entry, field: &str) -> &'a str {
    match entry.get(field) {
        Some(Datum::Text(text)) => text,
        _ => "",
    }
}

#[allow(dead_code, reason = "each test file uses its part")]
pub fn has(entry: &Entry, field: &str, code: &str) -> bool {
    matches!(entry.get(field), Some(Datum::Set(codes)) if codes.contains(&code))
}

#[allow(dead_code, reason = "each test file uses its part")]
pub fn yes(entry: &Entry, field: &str) -> bool {
    entry.get(field) == Some(&Datum::Bool(true))
}
