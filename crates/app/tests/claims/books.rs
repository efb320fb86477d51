//! The books of claims, kept beside the program from what its journal says was written, and what must hold of them after
//! every step.
use crate::place::Place;
use liangu_base::{Id, Instant};
use liangu_flow::{Case, Definition, Duty, Holder};
use liangu_store::{Item, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Record types whose rows the books hold.
const HELD: [&str; 5] = ["claim", "payment", "payment_batch", "recovery", "budget"];
/// States in which money is promised and not paid.
const PROMISED: [&str; 5] = ["consenting", "notice", "objected", "payable", "paying"];
/// States in which a claim no longer holds its slot.
const FREE: [&str; 4] = ["withdrawn", "refused", "lapsed", "unclaimed"];

/// What a firm filled in last: fields of the claim, names and notes of materials.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub fields: BTreeMap<&'static str, String>,
    pub materials: BTreeSet<(String, String)>,
}

#[derive(Default)]
pub struct Books {
    sequence: i64,
    rows: BTreeMap<(&'static str, Id), Item>,
    pub typed: BTreeMap<Id, Typed>,
}

pub fn text<'i>(item: &'i Item, field: &str) -> Option<&'i str> {
    match item.values.get(field) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

pub fn int(item: &Item, field: &str) -> i64 {
    if let Some(Value::Int(n)) = item.values.get(field) { *n } else { 0 }
}

fn reference(item: &Item, field: &str) -> Option<Id> {
    if let Some(Value::Ref(id)) = item.values.get(field) { Some(*id) } else { None }
}

fn instant(item: &Item, field: &str) -> Option<Instant> {
    if let Some(Value::Instant(at)) = item.values.get(field) { Some(*at) } else { None }
}

pub fn state(item: &Item) -> &str {
    text(item, "state").unwrap_or_default()
}

pub fn case(item: &Item) -> Option<Case> {
    serde_json::from_str(text(item, "flow")?).ok()
}

impl Books {
    /// Takes in what was written since the last time; the claims among it.
    pub fn follow(&mut self, place: &Place) -> Vec<Id> {
        let mut changed: BTreeSet<(&'static str, Id)> = BTreeSet::new();
        loop {
            let entries = place.store.read(|reader| reader.journal(self.sequence, 1000)).unwrap();
            let Some(last) = entries.last() else { break };
            self.sequence = last.sequence;
            let held = |record: &str| HELD.iter().find(|name| **name == record).copied();
            changed.extend(entries.iter().filter_map(|entry| Some((held(&entry.record)?, entry.id))));
        }
        for (record, id) in &changed {
            match place.store.read(|reader| reader.get(record, *id)).unwrap() {
                Some(item) => drop(self.rows.insert((record, *id), item)),
                None => drop(self.rows.remove(&(*record, *id))),
            }
        }
        changed.into_iter().filter(|(record, _)| *record == "claim").map(|(_, id)| id).collect()
    }

    pub fn of(&self, record: &str) -> impl Iterator<Item = &Item> {
        self.rows.iter().filter(move |((name, _), _)| *name == record).map(|(_, item)| item)
    }

    pub fn get(&self, record: &'static str, id: Id) -> Option<&Item> {
        self.rows.get(&(record, id))
    }

    /// What does not hold, in words.
    pub fn broken(&self, place: &Place) -> Vec<String> {
        let mut found = Vec::new();
        for record in ["claim", "payment_batch", "recovery"] {
            let definition = place.app.model().records[record].flow.clone().unwrap();
            self.of(record).for_each(|item| stands(record, &definition, item, &mut found));
        }
        self.slots(&mut found);
        self.money(&mut found);
        self.payments(&mut found);
        self.two_persons(&mut found);
        found
    }

    /// After the clock was looked at nothing is due any more.
    pub fn overdue_timers(&self, now: Instant) -> Vec<String> {
        let due = |item: &&Item| instant(item, "flow_due").is_some_and(|due| due <= now);
        let cases = ["claim", "payment_batch", "recovery"].into_iter().flat_map(|record| self.of(record));
        cases.filter(due).map(|item| format!("{} in {} was due and nothing happened", item.id, state(item))).collect()
    }

    /// Nothing that a firm filled in is lost.
    pub fn kept(&self, place: &Place, claims: &[Id]) -> Vec<String> {
        let mut found = Vec::new();
        for claim in claims {
            let (Some(typed), Some(item)) = (self.typed.get(claim), self.get("claim", *claim)) else { continue };
            for (field, wanted) in &typed.fields {
                if text(item, field) != Some(wanted) {
                    found.push(format!("claim {claim}: {field} is {:?}, the firm wrote {wanted}", text(item, field)));
                }
            }
            let rows = place.store.read(|reader| reader.children("claim_material", *claim)).unwrap();
            let word = |row: &Item, field: &str| text(row, field).unwrap_or_default().to_owned();
            let held: BTreeSet<(String, String)> = rows.iter().map(|row| (word(row, "name"), word(row, "note"))).collect();
            if held != typed.materials {
                found.push(format!("claim {claim}: materials are {held:?}, the firm handed in {:?}", typed.materials));
            }
        }
        found
    }

    fn slots(&self, found: &mut Vec<String>) {
        let mut alive = BTreeSet::new();
        for claim in self.of("claim").filter(|claim| !FREE.contains(&state(claim))) {
            let slot = (reference(claim, "policy"), reference(claim, "enterprise"), int(claim, "period"));
            if !alive.insert(slot) {
                found.push(format!("claim {} is a second one of its firm, policy and year", claim.id));
            }
        }
    }

    fn money(&self, found: &mut Vec<String>) {
        let place = |item: &Item| (reference(item, "policy"), int(item, "budget_year"));
        let mut reserved: BTreeMap<(Option<Id>, i64), i64> = BTreeMap::new();
        for claim in self.of("claim").filter(|claim| PROMISED.contains(&state(claim)) && int(claim, "amount") > 0) {
            *reserved.entry(place(claim)).or_default() += int(claim, "amount");
        }
        let mut spent: BTreeMap<(Option<Id>, i64), i64> = BTreeMap::new();
        for payment in self.of("payment").filter(|payment| state(payment) == "paid") {
            *spent.entry(place(payment)).or_default() += int(payment, "amount");
        }
        for recovery in self.of("recovery") {
            *spent.entry(place(recovery)).or_default() -= int(recovery, "repaid");
        }
        for budget in self.of("budget") {
            let at = place(budget);
            let (promised, paid) = (reserved.remove(&at).unwrap_or(0), spent.remove(&at).unwrap_or(0));
            let (total, said) = (int(budget, "total"), (int(budget, "reserved"), int(budget, "spent")));
            if said != (promised, paid) {
                found.push(format!(
                    "budget {}: reserved and spent are {said:?}, claims and payments say {:?}",
                    budget.id,
                    (promised, paid)
                ));
            }
            if said.0 + said.1 > total || said.0 < 0 || said.1 < 0 {
                found.push(format!("budget {}: {said:?} of {total}", budget.id));
            }
        }
        found.extend(reserved.iter().filter(|(_, fen)| **fen != 0).map(|(at, fen)| format!("{fen} are promised without a budget: {at:?}")));
        found.extend(spent.iter().filter(|(_, fen)| **fen != 0).map(|(at, fen)| format!("{fen} are spent without a budget: {at:?}")));
    }

    fn payments(&self, found: &mut Vec<String>) {
        let mut of_claim: BTreeMap<Id, (usize, usize)> = BTreeMap::new();
        for payment in self.of("payment") {
            let Some(claim) = reference(payment, "claim") else { continue };
            let (paid, open) = of_claim.entry(claim).or_default();
            match state(payment) {
                "paid" => *paid += 1,
                "planned" | "sent" => *open += 1,
                _ => {}
            }
            let granted = self.get("claim", claim).map(|claim| int(claim, "amount"));
            if ["planned", "sent", "paid"].contains(&state(payment)) && granted != Some(int(payment, "amount")) {
                found.push(format!("payment {} is of {}, granted are {granted:?}", payment.id, int(payment, "amount")));
            }
        }
        for claim in self.of("claim") {
            let wanted = match state(claim) {
                "paid" => (1, 0),
                "paying" => (0, 1),
                _ => (0, 0),
            };
            let have = of_claim.get(&claim.id).copied().unwrap_or_default();
            if have != wanted {
                found.push(format!("claim {} is {}, with (paid, open) payments {have:?}", claim.id, state(claim)));
            }
        }
    }

    fn two_persons(&self, found: &mut Vec<String>) {
        let apart =
            [("claim", "recommend", "approve"), ("payment_batch", "draw", "sign_second"), ("payment_batch", "sign_first", "sign_second")];
        for (record, one, other) in apart {
            for item in self.of(record) {
                let Some(case) = case(item) else { continue };
                if case.acted.contains_key(one) && case.acted.get(one) == case.acted.get(other) {
                    found.push(format!("{record} {}: one person gave {one} and {other}", item.id));
                }
            }
        }
    }
}

/// A declared state, exactly one who has the duty while it is open, a timer behind every promise.
fn stands(record: &str, definition: &Arc<Definition>, item: &Item, found: &mut Vec<String>) {
    let at = state(item);
    let mut say = |what: String| found.push(format!("{record} {} in {at}: {what}", item.id));
    let (Some(declared), Some(case)) = (definition.state(at), case(item)) else {
        return say("is in no declared state".to_owned());
    };
    if case.state != at {
        say(format!("its flow says {}", case.state));
    }
    let (role, account) = (text(item, "holder_role"), text(item, "holder"));
    let duty = match &declared.duty {
        Duty::Firm => Some("firm"),
        Duty::Role(role) => Some(role.as_str()),
        Duty::Nobody => None,
    };
    let holds = match &case.holder {
        Holder::Nobody => (None, None),
        Holder::Firm => (Some("firm"), None),
        Holder::Role(role) => (Some(role.as_str()), None),
        Holder::Account(account) => (duty, Some(account.as_str())),
    };
    if (role, account) != holds || role != duty || declared.kind.is_done() != role.is_none() {
        say(format!("held by {role:?} {account:?}, the flow says {:?}, the duty is {duty:?}", case.holder));
    }
    let due = instant(item, "flow_due");
    let is_draft = at == definition.start;
    if !is_draft && !declared.kind.is_done() && due.is_none() {
        say("no timer fires".to_owned());
    }
    if item.values.get("promised").is_some_and(|promised| !promised.is_null()) && due.is_none() && !declared.kind.is_done() {
        say("promised without a timer".to_owned());
    }
}
