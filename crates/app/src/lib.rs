//! The use cases: command → authorise → decide → commit → projections. No HTTP, and no SQL.
//!
//! Start at [`App`], the installation while it runs, and [`Caller`], one person's view of it: every use case is a
//! method of the caller, so that none runs without a principal. Architecture invariants: nothing outside this crate
//! reaches the store except through a caller; every write goes through one function of [`App`]; the matching engine
//! follows the journal; errors are the closed set [`Fault`].
//!
//! | module | what |
//! |---|---|
//! | [`access`] | scopes, readable and changeable fields |
//! | [`accounts`] | accounts, passwords, sessions, throttle, personas, set-up |
//! | [`records`] | list, read, create, change, history, export of any record type |
//! | [`eligibility`] | which policies fit a firm, why, what is missing; which firms fit a policy |
//! | [`authoring`] | policies as officials write, try and release them |
//! | [`flows`] | cases: commands, timers, inbox, notices |
//! | [`claims`], [`awards`] | from match to grant, with and without application |
//! | [`exchange`] | import of files, resumable; their bad rows |
//! | [`outgoing`] | mail, webhooks, live notices |
//! | [`measures`] | indicators: value, split, rows, daily history |
//! | [`payments`], [`recovery`] | money to the bank and what the bank answers; claims held against later facts |
//! | [`hall`], [`map`], [`administration`] | the pages that gather from several registers |
pub mod access;
pub mod accounts;
pub mod administration;
pub mod authoring;
pub mod awards;
mod caller;
pub mod claims;
pub mod eligibility;
pub mod exchange;
pub mod facts;
mod fault;
pub mod flows;
pub mod hall;
pub mod installation;
mod kept;
mod language;
pub mod map;
pub mod measures;
pub mod model_view;
pub mod outgoing;
pub mod payments;
mod principal;
mod reads;
pub mod records;
pub mod recovery;
pub mod secrets;
mod shown;
pub mod signal;
pub mod views;

pub use caller::{Caller, RequestKey};
pub use fault::{Fault, FieldFault, Outcome, bad_request};
pub use principal::{ADMINISTRATOR, PUBLIC, Principal};
pub use secrets::sha256_hex;

use crate::reads::Reads as _;
use access::Access;
use accounts::Throttle;
use eligibility::{Eligibility, Lives};
use installation::Installation;
use kept::Kept;
use liangu_base::{Clock, Date, Id, IdSequence, Lang, WorkCalendar};
use liangu_model::record::Model;
use liangu_store::{Commit, Receipt, Store};
use measures::Measures;
use secrets::{Secrets, SystemClock, SystemSecrets};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// What the world gives: time, chance, and the program's version.
pub struct Options {
    pub clock: Arc<dyn Clock>,
    pub secrets: Arc<dyn Secrets>,
    pub version: String,
}

impl Options {
    /// The machine's own clock and generator.
    pub fn system(version: &str) -> Options {
        Options { clock: Arc::new(SystemClock), secrets: Arc::new(SystemSecrets), version: version.to_owned() }
    }
}

/// The installation while it runs.
pub struct App {
    store: Store,
    model: Arc<Model>,
    installation: Installation,
    access: Access,
    eligibility: Eligibility,
    measures: Measures,
    throttle: Throttle,
    lives: Lives,
    halls: Kept<Lang, hall::Hall>,
    figures: Kept<(), Vec<measures::Figure>>,
    regions: Kept<(), Vec<map::MapRegion>>,
    partitions: Kept<(), Arc<authoring::Partitions>>,
    visible: Kept<Vec<String>, Arc<HashSet<Id>>>,
    facts: facts::Index,
    judges: claims::Judges,
    exchange: exchange::Exchange,
    outgoing: outgoing::Outgoing,
    award_signal: signal::Signal,
    drifts: Kept<(Id, i64), Option<liangu_base::Text>>,
    calendar: WorkCalendar,
    clock: Arc<dyn Clock>,
    secrets: Arc<dyn Secrets>,
    ids: Mutex<IdSequence>,
    pub version: String,
}

impl App {
    /// Types the scopes and loads the matching engine from the store.
    ///
    /// # Errors
    /// When the store holds no installation yet, or cannot be read.
    pub fn open(store: Store, options: Options) -> Outcome<Arc<App>> {
        let model = store.model().clone();
        let installation = installation::read(&store)?;
        let today = installation.today(options.clock.now());
        let eligibility = Eligibility::load(&store, &model, today, options.clock.now())?;
        Ok(Arc::new(App {
            access: Access::build(&model)?,
            installation,
            eligibility,
            measures: Measures::build(&model)?,
            throttle: Throttle::default(),
            lives: Lives::build(&model)?,
            halls: Kept::default(),
            figures: Kept::default(),
            regions: Kept::default(),
            partitions: Kept::default(),
            visible: Kept::default(),
            facts: facts::Index::default(),
            judges: claims::Judges::default(),
            exchange: exchange::Exchange::default(),
            outgoing: outgoing::Outgoing::default(),
            award_signal: signal::Signal::default(),
            drifts: Kept::default(),
            calendar: flows::calendar()?,
            clock: options.clock,
            secrets: options.secrets,
            ids: Mutex::new(IdSequence::default()),
            version: options.version,
            model,
            store,
        }))
    }

    /// The day everything is judged by: that of the demonstration, else today in Beijing.
    pub fn today(&self) -> Date {
        self.installation.today(self.clock.now())
    }

    /// The last full year: the one whose yearly facts a bare name means.
    pub fn judged_year(&self) -> i32 {
        judged_year(self.today())
    }

    pub fn model(&self) -> &Model {
        &self.model
    }

    pub fn installation(&self) -> &Installation {
        &self.installation
    }

    pub fn now(&self) -> liangu_base::Instant {
        self.clock.now()
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// Unavailable when it does not.
    pub fn ready(&self) -> Outcome<()> {
        self.store.head()?;
        Ok(())
    }

    /// What is due by the clock: expired sessions and keys go, timers of cases act, public indicators get their value of the day, and rules
    /// that depend on the day are lowered again when it has turned. Cheap when nothing is due.
    ///
    /// # Errors
    /// What the store answers; the next call does again what this one left.
    pub fn tick(&self) -> Outcome<()> {
        self.store.purge(self.now())?;
        self.eligibility.turn_to(&self.store, self.today(), self.now())?;
        authoring::release_due(self)?;
        self.work_on_cases()?;
        measures::record_day(self)
    }

    /// The part of [`App::tick`] that moves cases: their timers, and recoveries that changed facts demand.
    ///
    /// # Errors
    /// As [`App::tick`].
    pub fn work_on_cases(&self) -> Outcome<()> {
        flows::work_by_the_clock(self)?;
        recovery::watch(self)
    }

    /// The one write path. The matching engine takes the commit in from the journal, before its next answer.
    fn write(&self, commit: Commit) -> Outcome<Receipt> {
        Ok(self.try_write(commit)?)
    }

    /// As [`App::write`], for work that mends what the store refuses.
    fn try_write(&self, commit: Commit) -> Result<Receipt, liangu_store::StoreError> {
        self.store.commit(Commit { day: self.today(), ..commit })
    }

    /// Imports: their limits, and the call to work on them.
    pub fn exchange(&self) -> &exchange::Exchange {
        &self.exchange
    }

    /// Award runs: the call to work on them.
    pub fn award_signal(&self) -> &signal::Signal {
        &self.award_signal
    }

    fn next_id(&self) -> Id {
        let random = secrets::random_u128(self.secrets.as_ref());
        let now = u64::try_from(self.now().millis()).unwrap_or_default();
        self.ids.lock().unwrap_or_else(PoisonError::into_inner).next(now, random)
    }
}

pub(crate) fn judged_year(today: Date) -> i32 {
    today.year() - 1
}
