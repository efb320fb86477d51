//! The program as it ran then: an application over the store with a clock that is moved, and people who call it.
use super::Cast;
use crate::failure::Outcome;
use crate::place::VERSION;
use liangu_app::flows::CommandInputs;
use liangu_app::secrets::Secrets;
use liangu_app::views::Raw;
use liangu_app::{App, Caller, Fault, Options, Principal, RequestKey};
use liangu_base::random::{Random, RandomExt};
use liangu_base::{Clock, Date, Id, Instant, Lang, SplitMix64};
use liangu_store::{Item, Store, Value};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Working hours: from 8:40, so many seconds.
const MORNING: (u32, u32) = (8, 40);
const HOURS: i64 = 9 * 3600;

/// A clock that is moved by hand.
struct Moved(AtomicI64);

impl Clock for Moved {
    fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::Relaxed))
    }
}

/// Ids must be the same for the same seed. Nothing secret is made here.
struct Seeded(Mutex<SplitMix64>);

impl Secrets for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        let mut random = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&random.next_u64().to_le_bytes()[..chunk.len()]);
        }
    }
}

pub struct Stage {
    pub app: Arc<App>,
    pub store: Store,
    pub cast: Cast,
    pub own_firm: Id,
    pub random: SplitMix64,
    clock: Arc<Moved>,
    /// Working days before the demonstration's day, the last first; the day itself at 0.
    days: Vec<Date>,
    commands: u32,
    people: BTreeMap<String, Arc<Principal>>,
}

impl Stage {
    pub fn open(store: &Store, cast: Cast, seed: u64, as_of: Date, own_firm: Id) -> Outcome<Stage> {
        let first = super::stories::FIRST;
        let start = Instant::start_of(as_of.add_days(-i32::try_from(first).unwrap_or(0) * 2 + 1));
        let clock = Arc::new(Moved(AtomicI64::new(start.micros())));
        let secrets = Arc::new(Seeded(Mutex::new(SplitMix64::stream(seed, "life-ids", 0))));
        let app = App::open(store.clone(), Options { clock: clock.clone(), secrets, version: VERSION.to_owned() })?;
        let mut days = vec![as_of];
        while days.len() <= first as usize {
            let before = days[days.len() - 1].add_days(-1);
            days.push(worked(&app, before));
        }
        let random = SplitMix64::stream(seed, "life", 0);
        Ok(Stage { app, store: store.clone(), cast, own_firm, random, clock, days, commands: 0, people: BTreeMap::new() })
    }

    pub fn date(&self, ago: u32) -> Date {
        self.days[ago as usize]
    }

    /// Just after midnight of a working day: what is due by then happens.
    pub fn begin_day(&mut self, ago: u32) -> Outcome<()> {
        self.clock.0.store(Instant::start_of(self.date(ago)).plus_seconds(300).micros(), Ordering::Relaxed);
        Ok(self.app.work_on_cases()?)
    }

    /// The moment of the `nth` of so many events of the day.
    pub fn hour(&self, nth: usize, of: usize) {
        let today = self.clock.now().date_beijing();
        let morning = Instant::at_beijing(today, MORNING.0, MORNING.1, 0).unwrap_or(Instant::start_of(today));
        let seconds = HOURS * i64::try_from(nth).unwrap_or(0) / i64::try_from(of.max(1)).unwrap_or(1);
        self.clock.0.store(morning.plus_seconds(seconds).micros(), Ordering::Relaxed);
    }

    pub fn pass(&self, seconds: i64) {
        self.clock.0.store(self.clock.now().plus_seconds(seconds).micros(), Ordering::Relaxed);
    }

    pub fn commands(&self) -> u32 {
        self.commands
    }

    /// Someone of an office by his part, as `officer` or `officer-2`.
    pub fn office(&mut self, part: &str) -> Result<Arc<Principal>, Fault> {
        let login = self.cast.offices.get(part).cloned();
        self.person(login)
    }

    /// The firm's own account.
    pub fn of_firm(&mut self, firm: Id) -> Result<Arc<Principal>, Fault> {
        let login = self.cast.firms.get(&firm).cloned();
        self.person(login)
    }

    fn person(&mut self, login: Option<String>) -> Result<Arc<Principal>, Fault> {
        let login = login.ok_or(Fault::NotFound)?;
        if let Some(known) = self.people.get(&login) {
            return Ok(known.clone());
        }
        let account = self.store.read(|reader| reader.account_by_login(&login)).map_err(Fault::from)?.ok_or(Fault::NotFound)?;
        let person = Arc::new(Principal::of(&account));
        self.people.insert(login, person.clone());
        Ok(person)
    }

    pub fn by<'a>(&'a self, who: &'a Principal) -> Caller<'a> {
        Caller::new(&self.app, who, Lang::Zh)
    }

    /// A key for the next request.
    pub fn key(&mut self) -> RequestKey {
        self.commands += 1;
        RequestKey { operation: "demonstration".to_owned(), key: self.commands.to_string(), body_hash: String::new() }
    }

    pub fn outside(&self, record: &str, id: Id) -> String {
        id.text(&self.app.model().records[record].prefix)
    }

    pub fn row(&self, record: &str, id: &str) -> Result<Item, Fault> {
        let id = Id::parse(&self.app.model().records[record].prefix, id).map_err(|_| Fault::NotFound)?;
        self.store.read(|reader| reader.get(record, id)).map_err(Fault::from)?.ok_or(Fault::NotFound)
    }

    pub fn state(&self, record: &str, id: &str) -> Result<String, Fault> {
        match self.row(record, id)?.values.get("state") {
            Some(Value::Text(state)) => Ok(state.clone()),
            _ => Ok(String::new()),
        }
    }

    /// Gives a command of the flow on the row as it stands.
    pub fn order(&mut self, who: &Principal, record: &str, id: &str, command: &str, inputs: &[(&str, &str)]) -> Result<(), Fault> {
        self.commands += 1;
        let version = self.row(record, id)?.version;
        let inputs = inputs.iter().map(|(name, text)| ((*name).to_owned(), Raw(serde_json::Value::from(*text)))).collect();
        self.by(who).command(record, id, command, version, &CommandInputs { inputs }, None).map(drop)
    }

    /// An invented account number: 62 and sixteen digits.
    pub fn bank_account(&mut self) -> String {
        format!("62{:016}", self.random.below(10_u64.pow(16)))
    }
}

/// The day, or the last working day before it; Monday to Friday where no calendar is published.
fn worked(app: &App, day: Date) -> Date {
    let works = |day: Date| app.calendar().is_workday(day).unwrap_or(day.weekday() <= 5);
    let mut day = day;
    while !works(day) {
        day = day.add_days(-1);
    }
    day
}
