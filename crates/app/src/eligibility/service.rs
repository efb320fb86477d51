//! The engine as the program keeps it: loaded once, brought up to the journal before every use.
use super::cards::{FIRM, POLICY, amount};
use super::columns::{self, Loaded, MOST_COLUMNS, Needs};
use super::life::{Life, closed};
use crate::administration::{MatchingState, RefusedPolicy};
use crate::authoring::Rules;
use crate::fault::{Fault, Outcome};
use crate::reads::Reads as _;
use crate::{judged_year, language};
use liangu_base::{Date, Id, Instant, Lang};
use liangu_expr::typed::Typed;
use liangu_matching::engine::{Engine, PolicyKey};
use liangu_model::record::Model;
use liangu_store::{Item, Query, Reader, Scope, Store, Value};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

/// Policies fetched at a time while loading.
const BATCH: u32 = 1000;

pub(crate) struct Eligibility {
    model: Arc<Model>,
    state: RwLock<State>,
    /// Facts that rules being written asked for beyond those of rules in force; every table has them from then on.
    asked: Mutex<Needs>,
}

/// What the engine knows. Readers hold it as it stands; a writer waits for them.
pub(crate) struct State {
    pub engine: Engine,
    /// What its table holds.
    pub needs: Needs,
    /// Firm of each row, and row of each firm.
    pub ids: Vec<Id>,
    pub rows: HashMap<Id, usize>,
    pub policies: Policies,
    /// The language of policies on this day.
    pub rules: Rules,
    pub today: Date,
    /// Journal sequence that is taken in.
    pub sequence: i64,
    pub loaded_in_ms: u64,
}

/// Which policy is which in the engine; keys are given once and never again.
#[derive(Default)]
pub(crate) struct Policies {
    pub ids: Vec<Id>,
    pub keys: HashMap<Id, PolicyKey>,
    /// Money of each key, fen.
    pub money: Vec<Option<i64>>,
    /// Whether the window for applications of each key is over.
    closed: Vec<bool>,
    /// Journal sequence of the last change of a policy; that of the load while none has come.
    pub changed: i64,
    /// Policies in force that are not judged, with the reason.
    pub refused: BTreeMap<Id, RefusedPolicy>,
}

impl Policies {
    /// The key of a policy as it stands on a day.
    pub fn key(&mut self, policy: &Item, day: Date) -> PolicyKey {
        let next = self.ids.len() as PolicyKey;
        let key = *self.keys.entry(policy.id).or_insert(next);
        if key == next {
            self.ids.push(policy.id);
            self.money.push(None);
            self.closed.push(false);
        }
        self.money[key as usize] = amount(&policy.values);
        self.closed[key as usize] = closed(day, &policy.values);
        key
    }

    pub fn closed(&self, key: PolicyKey) -> bool {
        self.closed[key as usize]
    }

    pub fn id(&self, key: PolicyKey) -> Id {
        self.ids[key as usize]
    }

    pub fn money(&self, key: PolicyKey) -> Option<i64> {
        self.money[key as usize]
    }
}

/// What a policy is to the engine.
pub(crate) enum Judged {
    /// In force, with a rule that types.
    By(Arc<Typed>),
    /// In force, with a rule that does not.
    Refused(String),
    /// Not in force, or without a rule.
    Not,
}

impl Eligibility {
    /// Loads all firms and all policies in force on `today`.
    pub fn load(store: &Store, model: &Arc<Model>, today: Date, now: Instant) -> Outcome<Eligibility> {
        let state = read_all(store, model, today, now, &Needs::default())?;
        Ok(Eligibility { model: model.clone(), state: RwLock::new(state), asked: Mutex::default() })
    }

    /// The engine at the head of the journal.
    pub fn current(&self, store: &Store, now: Instant) -> Outcome<RwLockReadGuard<'_, State>> {
        let head = store.head()?;
        let state = self.read();
        if state.sequence >= head {
            return Ok(state);
        }
        drop(state);
        self.catch_up(store, now)?;
        Ok(self.read())
    }

    /// As [`Eligibility::current`], with a table that can answer these rules; made anew where they ask for more.
    pub fn able_to_answer(&self, store: &Store, now: Instant, rules: &[&Typed]) -> Outcome<RwLockReadGuard<'_, State>> {
        let state = self.current(store, now)?;
        let record = &self.model.records[FIRM];
        if rules.iter().all(|rule| state.needs.cover(rule, &self.model, record)) {
            return Ok(state);
        }
        let mut needs = state.needs.clone();
        drop(state);
        // read beside those who ask, and only then put in its place
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        for rule in rules {
            needs = needs.with(rule, &self.model, record).ok_or_else(too_much)?;
        }
        if !rules.iter().all(|rule| self.read().needs.cover(rule, &self.model, record)) {
            let mut wanted = asked.clone();
            rules.iter().for_each(|rule| wanted.ask(rule, &self.model, record));
            let today = self.read().today;
            let fresh = read_all(store, &self.model, today, now, &wanted)?;
            *self.state.write().unwrap_or_else(PoisonError::into_inner) = fresh;
            *asked = wanted;
        }
        drop(asked);
        self.current(store, now)
    }

    fn asked(&self) -> Needs {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes in what the journal has beyond the engine's sequence.
    pub fn catch_up(&self, store: &Store, now: Instant) -> Outcome<()> {
        // before the state: who adds to what is asked waits for the state
        let asked = self.asked();
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        if super::feed::take_in(store, &self.model, &mut state)? {
            return Ok(());
        }
        *state = read_all(store, &self.model, state.today, now, &asked)?;
        Ok(())
    }

    /// When the day has turned, rules and policies are read anew for it.
    pub fn turn_to(&self, store: &Store, today: Date, now: Instant) -> Outcome<()> {
        if self.read().today == today {
            return Ok(());
        }
        let fresh = read_all(store, &self.model, today, now, &self.asked())?;
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    pub fn state(&self) -> MatchingState {
        let state = self.read();
        MatchingState {
            rows: state.rows.len() as u64,
            policies: state.engine.policies().count() as u64,
            refused: state.policies.refused.values().cloned().collect(),
            loaded_in_ms: state.loaded_in_ms,
            sequence: state.sequence,
        }
    }

    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A rule that reads more than one table can hold.
fn too_much() -> Fault {
    let zh = "规则合起来要读的资料和年份太多，请少写几个年份。";
    crate::fault::invalid("content", "too_many_facts", zh, "The rules read too many facts and years together; name fewer years.")
}

fn read_all(store: &Store, model: &Arc<Model>, today: Date, begun: Instant, asked: &Needs) -> Outcome<State> {
    let started = std::time::Instant::now();
    let snapshot = store.read(|reader| Ok(read_snapshot(reader, model, today, asked)))?;
    let mut state = snapshot?;
    state.loaded_in_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(
        rows = state.rows.len(),
        policies = state.engine.policies().count(),
        refused = state.policies.refused.len(),
        duration_ms = state.loaded_in_ms,
        at = %begun,
        "matching loaded"
    );
    Ok(state)
}

pub(super) fn read_snapshot(reader: &mut Reader<'_>, model: &Arc<Model>, today: Date, asked: &Needs) -> Outcome<State> {
    let sequence = reader.head()?;
    let mut policies = Policies { changed: sequence, ..Policies::default() };
    let language = Rules::read(reader, model, today)?;
    let mut rules = Vec::new();
    let mut query = Query { scope: Scope::All, limit: BATCH, ..Query::default() };
    loop {
        let page = reader.query(POLICY, &query)?;
        for policy in &page.items {
            match judged(&language, policy) {
                Judged::By(rule) => rules.push((policies.key(policy, today), rule)),
                Judged::Refused(reason) => policies.refuse(model, policy, reason),
                Judged::Not => {}
            }
        }
        let Some(next) = page.next else { break };
        query.after = Some(next);
    }
    let record = &model.records[FIRM];
    let mut needs = Needs::of(model, record, std::iter::empty());
    let mut over = Vec::new();
    rules.retain(|(key, rule): &(PolicyKey, Arc<Typed>)| match needs.with(rule, model, record) {
        Some(more) => {
            needs = more;
            true
        }
        None => {
            over.push(*key);
            false
        }
    });
    let mut wider = needs.clone();
    wider.join(asked);
    if wider.columns(&model.schemas[FIRM]) <= MOST_COLUMNS {
        needs = wider;
    }
    for key in over {
        if let Some(policy) = reader.get(POLICY, policies.id(key))? {
            policies.refuse(model, &policy, "its rule reads more facts and years than a table can hold".to_owned());
        }
    }
    let Loaded { table, ids, rows } = columns::load(reader, model, FIRM, judged_year(today), &needs)?;
    let (engine, refused) = Engine::new(table, rules, language::engine_context(today), threads());
    for (key, why) in refused {
        if let Some(policy) = reader.get(POLICY, policies.id(key))? {
            policies.refuse(model, &policy, why.to_string());
        }
    }
    Ok(State { engine, needs, ids, rows, policies, rules: language, today, sequence, loaded_in_ms: 0 })
}

/// Cores for what the engine evaluates row by row.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

impl Policies {
    pub fn refuse(&mut self, model: &Model, policy: &Item, reason: String) {
        let record = &model.records[POLICY];
        let refused =
            RefusedPolicy { id: policy.id.text(&record.prefix), title: crate::records::title_of(record, &policy.values, Lang::Zh), reason };
        self.refused.insert(policy.id, refused);
    }
}

/// What the engine makes of a policy on the day of the rules.
pub(crate) fn judged(rules: &Rules, policy: &Item) -> Judged {
    let Some(Value::Text(source)) = policy.values.get("when") else { return Judged::Not };
    if source.trim().is_empty() || Life::on(rules.today, &policy.values) != Life::InForce {
        return Judged::Not;
    }
    match rules.condition(source, &policy.values) {
        Ok(rule) => Judged::By(Arc::new(rule)),
        Err(why) => Judged::Refused(why),
    }
}
