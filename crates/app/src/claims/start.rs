//! Beginning a claim: the firm's own people, for a policy that takes claims and does not say no to them.
use super::basing::{Basing, takes_claims};
use super::values::{put, text};
use super::view::reasons_against;
use super::wire::{ClaimView, NewClaim};
use super::{CLAIM, values};
use crate::eligibility::{FIRM, POLICY};
use crate::fault::{Fault, FieldFault, Outcome, invalid};
use crate::flows;
use crate::{App, Caller, RequestKey};
use liangu_base::{Id, Text};
use liangu_policy::Content;
use liangu_policy::decision::{Judgements, Said};
use liangu_store::{Change, Condition, Item, Query, Sort, StoreError, Value, Values, Years};

/// What a new row says beside its flow.
pub(crate) struct NewRow<'r> {
    pub policy: &'r Item,
    pub firm: &'r Item,
    /// Number of the policy's version.
    pub version: Option<i64>,
    /// Calendar year: one claim of a firm on a policy in each.
    pub period: i64,
    /// Keys of the items claimed; none: all.
    pub items: &'r [String],
    /// Of an award without application: the run, what it grants in fen, and the year of the budget it was reserved in.
    pub award: Option<Award>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Award {
    pub run: Id,
    pub amount: i64,
    pub budget_year: i64,
}

/// Values of a new claim without those of its flow.
pub(crate) fn new_claim_values(app: &App, new: &NewRow<'_>) -> Values {
    let of_firm = |field: &str| new.firm.values.get(field).cloned().unwrap_or(Value::Null);
    let origin = if new.award.is_some() { "automatic" } else { "application" };
    let mut values = Values::from([
        ("policy".to_owned(), Value::Ref(new.policy.id)),
        ("enterprise".to_owned(), Value::Ref(new.firm.id)),
        ("region".to_owned(), of_firm("region")),
        ("park".to_owned(), of_firm("park")),
        ("origin".to_owned(), Value::text(origin)),
        ("period".to_owned(), Value::Int(new.period)),
        ("slot".to_owned(), Value::text(slot(app, new.policy.id, new.firm.id, new.period))),
        ("watch".to_owned(), Value::text("none")),
    ]);
    // the claim of an invented firm is as invented as the firm
    values.insert("synthetic".to_owned(), of_firm("synthetic"));
    values.extend(new.version.map(|version| ("policy_version".to_owned(), Value::Int(version))));
    if !new.items.is_empty() {
        values.insert("items".to_owned(), Value::text(new.items.join("|")));
    }
    if let Some(award) = new.award {
        values.insert("amount".to_owned(), Value::Int(award.amount));
        values.insert("amount_computed".to_owned(), Value::Int(award.amount));
        values.insert("budget_year".to_owned(), Value::Int(award.budget_year));
        if app.model.records[CLAIM].fields.contains_key("run") {
            values.insert("run".to_owned(), Value::Ref(award.run));
        }
    }
    values
}

/// What only one claim holds.
pub(crate) fn slot(app: &App, policy: Id, firm: Id, period: i64) -> String {
    let records = &app.model.records;
    format!("{}/{}/{period}", policy.text(&records[POLICY].prefix), firm.text(&records[FIRM].prefix))
}

impl Caller<'_> {
    /// # Errors
    /// Not found for a firm or policy out of sight; forbidden to others than the firm's people; conflict where the policy
    /// takes no claims (`not_open`, `automatic`), says no (`no_fit`), or is claimed already (`claimed`).
    pub fn start_claim(&self, firm: &str, new: &NewClaim, key: &RequestKey) -> Outcome<ClaimView> {
        let firm = self.visible(FIRM, self.id(FIRM, firm)?)?;
        self.speaks_for(firm.id)?;
        let policy = self.visible(POLICY, self.id(POLICY, &new.policy)?)?;
        may_be_claimed(self, &policy)?;
        let basing = Basing::of(self.app, &policy)?;
        known_items(&basing.judge.basis().content, &new.items)?;
        let frozen = self.app.store.read(|reader| basing.freeze(self.app, reader, &firm, &new.items))?;
        let decision = basing.judge.adjudicate(&frozen, &Judgements::new());
        if decision.whole == Said::No {
            return Err(conflict("no_fit", reasons_against(&basing, &decision)));
        }
        let row = NewRow {
            policy: &policy,
            firm: &firm,
            version: basing.judge.basis().version,
            period: self.app.today().year().into(),
            items: &new.items,
            award: None,
        };
        let mut values = new_claim_values(self.app, &row);
        values.extend(flows::begin(self.app, CLAIM, None)?);
        values.extend(self.prefilled(&firm)?);
        let id = self.app.next_id();
        let mut commit = self.commit("claim.start");
        commit.changes.push(Change::Create { record: CLAIM.to_owned(), id, values, years: Years::new() });
        match self.commit_once(commit, Some(key), move |_| serde_json::json!({ "id": id })) {
            Ok(receipt) => {
                let made = receipt.replayed.as_ref().and_then(|first| serde_json::from_value(first["id"].clone()).ok());
                self.claim_view(&self.visible(CLAIM, made.unwrap_or(id))?)
            }
            Err(Fault::Conflict { code: "unique", .. }) => Err(self.claimed_already(&policy, &firm)?),
            Err(fault) => Err(fault),
        }
    }

    /// Payee and contact of the firm's last claim, else its own name and contact.
    fn prefilled(&self, firm: &Item) -> Outcome<Values> {
        let own = Condition::In { field: "enterprise".to_owned(), values: vec![Value::Ref(firm.id)] };
        let newest = Sort { field: "created_at".to_owned(), descending: true };
        let query = Query { conditions: vec![own], sort: Some(newest), limit: 20, total: false, ..self.rows(CLAIM)? };
        let earlier = self.app.store.query(CLAIM, &query)?.items;
        if let Some(last) = earlier.iter().find(|claim| text(&claim.values, "payee_account").is_some()) {
            let of = |field: &str| text(&last.values, field);
            return Ok(put([
                ("payee_name", of("payee_name")),
                ("payee_bank", of("payee_bank")),
                ("payee_account", of("payee_account")),
                ("contact", of("contact")),
            ]));
        }
        let contact: Vec<&str> = ["contact_name", "contact_phone"].iter().filter_map(|field| text(&firm.values, field)).collect();
        Ok(put([("payee_name", text(&firm.values, "name")), ("contact", Some(contact.join(" ")).as_deref())]))
    }

    fn claimed_already(&self, policy: &Item, firm: &Item) -> Outcome<Fault> {
        let slot = Value::text(slot(self.app, policy.id, firm.id, self.app.today().year().into()));
        let found = self.app.store.read(|reader| -> Result<_, StoreError> {
            match reader.find(CLAIM, "slot", &slot)? {
                Some(id) => reader.get(CLAIM, id),
                None => Ok(None),
            }
        })?;
        let number = found.as_ref().and_then(|claim| values::text(&claim.values, "number")).unwrap_or_default();
        let zh = format!("本年度已申报过这项政策（{number}），请继续那一份。");
        let why = Text::new(zh, format!("This policy is claimed for this year already ({number}); go on with that claim."));
        let fields = found.map(|claim| FieldFault::new("claim", "claimed", Text::chinese_only(super::file::outside(self.app, claim.id))));
        Ok(Fault::Conflict { code: "claimed", why, fields: fields.into_iter().collect() })
    }
}

fn may_be_claimed(caller: &Caller<'_>, policy: &Item) -> Outcome<()> {
    takes_claims(&policy.values, caller.app.today()).map_err(|why| conflict("not_open", why))?;
    let why = match text(&policy.values, "grant_mode") {
        Some("automatic") => Text::fixed(
            "这项政策免申即享，由部门直接兑现，不用申报。",
            "This policy is granted without application; there is nothing to claim.",
        ),
        Some("declared") => Text::fixed(
            "这项政策由企业自行申报享受，不在这里受理。",
            "This policy is enjoyed by the firm's own declaration, not claimed here.",
        ),
        _ => return Ok(()),
    };
    Err(conflict("automatic", why))
}

/// # Errors
/// Invalid for a key the policy does not have.
pub(super) fn known_items(content: &Content, items: &[String]) -> Outcome<()> {
    match items.iter().find(|key| content.item(key).is_none()) {
        None => Ok(()),
        Some(key) => Err(invalid("items", "unknown_item", format!("政策没有支持项 {key}。"), format!("The policy has no item {key}."))),
    }
}

pub(super) fn conflict(code: &'static str, why: Text) -> Fault {
    Fault::Conflict { code, why, fields: Vec::new() }
}
