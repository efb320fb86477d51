//! The demonstration: a region of invented firms, public bodies and policies, as records of the packs.
//!
//! A pure function of a seed and a day. Start at [`Demonstration`]: it yields batches in the order in which they must be
//! written, so that references point backwards. Every record is marked `synthetic`, except the real national criteria.
//! Published figures come out of the records: see [`firm::plan`] and [`firm::calibrate`] for how.
pub mod accounts;
pub mod claims;
pub mod codes;
pub mod entry;
pub mod firm;
pub mod ids;
pub mod names;
pub mod organisations;
pub mod places;
pub mod policy;
pub mod trades;

pub use entry::{Account, Datum, Document, Entry, FactMark};

use firm::calibrate::{self, Income};
use firm::children::Counts;
use firm::entry::Shared;
use firm::facts::Given;
use firm::plan::{self, PERSONA, Plan};
use ids::Ids;
use liangu_base::{Date, Id};
use organisations::Bodies;
use policy::Policy;

/// The seed of the demonstration that the documentation shows.
pub const SEED: u64 = 20_260_722;

/// A portion of the demonstration.
#[derive(Clone, Debug)]
pub enum Batch {
    Records(Vec<Entry>),
    Documents(Vec<Document>),
    Accounts(Vec<Account>),
}

/// Everything that is decided once; the records themselves are made batch by batch.
#[derive(Debug)]
pub struct Demonstration {
    shared: Shared,
    bodies: Bodies,
    plans: Vec<Plan>,
    incomes: Vec<Income>,
}

/// Firms per batch.
const PORTION: usize = 2_000;

impl Demonstration {
    pub fn new(seed: u64, as_of: Date) -> Demonstration {
        let ids = Ids::new(seed, as_of);
        let industries = liangu_packs::standards::industry_tree();
        let sizes = serde_json::from_str(liangu_packs::standards::SME_SIZE).expect("the size table has its form");
        let lines = serde_json::from_str(liangu_packs::standards::ABOVE_SCALE).expect("the scale table has its form");
        let mut plans = plan::plans(seed);
        plan::settle_louxing(&mut plans);
        let incomes = calibrate::incomes(seed, &plans, &lines, &industries);
        let shared = Shared { seed, as_of, ids, sizes, industries };
        Demonstration { bodies: Bodies::new(&ids), shared, plans, incomes }
    }

    pub fn as_of(&self) -> Date {
        self.shared.as_of
    }

    pub fn bodies(&self) -> &Bodies {
        &self.bodies
    }

    /// Id of the firm seen through the persona's eyes.
    pub fn persona_firm(&self) -> Id {
        self.shared.ids.of("enterprise", PERSONA)
    }

    pub fn park(&self, number: usize) -> Id {
        self.shared.ids.of("park", number)
    }

    /// All batches in writing order: bodies, parks, firms with what belongs to them, policies with their clauses, what was
    /// asked and paid in earlier years, accounts.
    pub fn batches(&self) -> impl Iterator<Item = Batch> + '_ {
        let places = std::iter::once_with(|| self.places()).flatten();
        let firms = self.firm_batches();
        let policies = std::iter::once_with(|| self.policy_batches()).flatten();
        let accounts = std::iter::once_with(|| Batch::Accounts(self.accounts()));
        places.chain(firms).chain(policies).chain(accounts)
    }

    fn places(&self) -> Vec<Batch> {
        let (parks, industries) = places::entries(&self.shared.ids, &self.bodies.committees());
        vec![Batch::Records(self.bodies.entries()), Batch::Records(parks), Batch::Records(industries)]
    }

    fn firm_batches(&self) -> impl Iterator<Item = Batch> + '_ {
        let mut counts = Counts::default();
        self.plans.chunks(PORTION).zip(self.incomes.chunks(PORTION)).map(move |(plans, incomes)| {
            let mut entries = Vec::with_capacity(plans.len() * 2);
            for (plan, income) in plans.iter().zip(incomes) {
                entries.extend(self.firm(plan, *income, &mut counts));
            }
            Batch::Records(entries)
        })
    }

    /// One firm and what belongs to it.
    fn firm(&self, plan: &Plan, income: Income, counts: &mut Counts) -> Vec<Entry> {
        let mut facts = firm::facts::facts(&Given { seed: self.shared.seed, as_of: self.shared.as_of, plan, income });
        if plan.number == PERSONA {
            firm::persona::settle(&mut facts, self.shared.as_of);
        } else {
            firm::support::titles(&mut facts, self.shared.seed, plan);
        }
        let mut entry = firm::entry::entry(&self.shared, plan, &facts);
        firm::support::fill(&mut entry, &self.shared, plan, &facts);
        let mut children = firm::children::children(&self.shared, plan, &facts, entry.id, counts);
        firm::support_children::extend(&mut children, &self.shared, plan, &facts, entry.id, counts);
        std::iter::once(entry).chain(children).collect()
    }

    /// The policies before they become records.
    pub fn policies(&self) -> Vec<Policy> {
        policy::policies(self.shared.seed, self.shared.as_of, &self.shared.ids, &self.bodies)
    }

    fn policy_batches(&self) -> Vec<Batch> {
        let ids = &self.shared.ids;
        let mut first_clause = 0;
        let (mut policies, mut clauses, mut versions, mut documents) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let all = self.policies();
        let paid = claims::paid(ids, self.shared.seed, &self.plans, &all);
        let requests = claims::requests(ids, self.shared.seed, &self.plans);
        for (number, policy) in all.into_iter().enumerate() {
            if let Some((version, own)) = policy::stock::version(ids, ids.of("policy", number), versions.len(), &policy, self.shared.as_of)
            {
                versions.push(version);
                documents.extend(own);
            }
            let (entry, own) = policy.entries(ids, number, first_clause);
            first_clause += own.len();
            policies.push(entry);
            clauses.extend(own);
        }
        let parameters = policy::stock::parameter_entries(ids);
        let records = [policies, clauses, versions, parameters].map(Batch::Records);
        let earlier = [paid, requests].map(Batch::Records);
        records.into_iter().chain([Batch::Documents(documents)]).chain(earlier).collect()
    }

    pub fn accounts(&self) -> Vec<Account> {
        let ids = &self.shared.ids;
        accounts::accounts(self.shared.seed, ids, &self.bodies, |n| self.park(n), |n| (ids.of("enterprise", n), self.plans[n].region.code))
    }
}
