//! Ids of the demonstration: version 7, one range of milliseconds per record type, so that they sort as made.
use liangu_base::random::RandomExt;
use liangu_base::{Date, Id, Instant, SplitMix64};

/// Makes the id of the `number`-th record of a kind; the same seed and day give the same id.
#[derive(Clone, Copy, Debug)]
pub struct Ids {
    seed: u64,
    start_ms: u64,
}

/// Weeks before the day in which people may do something.
const WEEKS_BEFORE: i32 = 12;

/// Milliseconds kept free for each kind of record; more than any kind has records.
const RANGE: u64 = 1_000_000;

/// The kinds in the order in which they are written.
const KINDS: [&str; 35] = [
    "organisation",
    "park",
    "park_industry",
    "enterprise",
    "certificate",
    "ip_right",
    "project",
    "award",
    "standard",
    "policy",
    "policy_clause",
    "account",
    "match_run",
    "reserve_a",
    "reserve_b",
    "reserve_c",
    "list_entry",
    "person",
    "loan",
    "guarantee",
    "lease",
    "invoice",
    "contract",
    "booth",
    "insurance",
    "product_model",
    "related_firm",
    "support_grant",
    "support_claim",
    "listing_progress",
    "firm_month",
    "policy_version",
    "parameter",
    "match_request",
    "claim",
];

impl Ids {
    /// The ids carry a time weeks before `as_of`, so that everything made later sorts after them, what people did before
    /// that day too.
    pub fn new(seed: u64, as_of: Date) -> Ids {
        let eve = Instant::start_of(as_of.add_days(-WEEKS_BEFORE * 7)).millis();
        Ids { seed, start_ms: u64::try_from(eve).unwrap_or_default() }
    }

    /// Panics on a kind that is not in the table: a mistake of this crate, not of its data.
    pub fn of(&self, kind: &'static str, number: usize) -> Id {
        let place = KINDS.iter().position(|k| *k == kind).expect("every kind has its range") as u64;
        let random = SplitMix64::stream(self.seed, kind, number as u64).next_u128();
        Id::v7(self.start_ms + place * RANGE + number as u64, random)
    }
}
