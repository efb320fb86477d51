//! Drawing a batch up: which claims can be paid, and taking them in one commit.
use super::row::{int, reference, text};
use super::view::titled;
use super::wire::{NewPaymentBatch, PayablePolicy, PaymentBatchView};
use super::{BATCH, FINANCE, MOST, PAYMENT};
use crate::claims::CLAIM;
use crate::eligibility::POLICY;
use crate::fault::{Fault, FieldFault, Outcome, bad_request, forbidden};
use crate::flows;
use crate::reads::Reads as _;
use crate::{Caller, RequestKey};
use liangu_base::{Id, Text};
use liangu_flow::Actor;
use liangu_store::{Change, Commit, Condition, Item, Query, Sort, Value, Values, Years};
use std::collections::{BTreeMap, BTreeSet};

/// State of claims that wait for their money.
const PAYABLE: &str = "payable";

impl Caller<'_> {
    /// What can be paid, by policy; the one with most money first.
    ///
    /// # Errors
    /// Not found for a reader who sees no batches.
    pub fn payable(&self) -> Outcome<Vec<PayablePolicy>> {
        self.record_type(BATCH)?;
        let all = Query { conditions: vec![is("state", PAYABLE)], total: false, ..self.rows(CLAIM)? };
        let automatic = Query { conditions: vec![is("state", PAYABLE), is("origin", "automatic")], ..all.clone() };
        let split = |query: &Query| self.app.store.totals(CLAIM, query, Some("amount"), Some("policy"));
        let by_itself: BTreeMap<Value, u64> = split(&automatic)?.into_iter().map(|total| (total.key, total.count)).collect();
        let totals = split(&all)?;
        let ids: Vec<Id> = totals.iter().filter_map(|total| if let Value::Ref(id) = total.key { Some(id) } else { None }).collect();
        let titles = self.app.store.titles(POLICY, &ids)?;
        let mut payable = Vec::new();
        for total in totals {
            let Value::Ref(policy) = total.key else { continue };
            let since = Sort { field: "entered_at".to_owned(), descending: false };
            let of_policy = Condition::In { field: "policy".to_owned(), values: vec![Value::Ref(policy)] };
            let first = Query { conditions: vec![is("state", PAYABLE), of_policy], sort: Some(since), limit: 1, ..all.clone() };
            let first = self.app.store.query(CLAIM, &first)?.items.pop();
            let oldest = first.and_then(|item| match item.values.get("entered_at") {
                Some(Value::Instant(at)) => Some(at.date_beijing().to_string()),
                _ => None,
            });
            payable.push(PayablePolicy {
                policy: titled(self.app, POLICY, policy, &titles),
                count: total.count,
                total: total.sum,
                oldest,
                automatic: by_itself.get(&Value::Ref(policy)).copied().unwrap_or(0),
            });
        }
        payable.sort_by(|a, b| b.total.cmp(&a.total).then(a.policy.id.cmp(&b.policy.id)));
        Ok(payable)
    }

    /// # Errors
    /// Forbidden to others than finance; invalid for claims that cannot be paid, each named; conflict where nothing can;
    /// stale when another batch took one of them first.
    pub fn draw_batch(&self, new: &NewPaymentBatch, key: &RequestKey) -> Outcome<PaymentBatchView> {
        self.may_pay()?;
        let request = crate::sha256_hex(format!("{} {} {}", self.me().0, key.key, key.body_hash).as_bytes());
        if let Some(first) = self.app.store.read(|reader| reader.find(BATCH, "request", &Value::text(request.clone())))? {
            return self.batch_view(first);
        }
        let claims = self.claims_to_pay(new)?;
        let id = self.app.next_id();
        let mut commit = self.commit("payment_batch.draw");
        self.put_batch(&mut commit, id, &request, &claims)?;
        for claim in &claims {
            let values = self.payment_of(id, claim)?;
            commit.changes.push(Change::Create { record: PAYMENT.to_owned(), id: self.app.next_id(), values, years: Years::new() });
            flows::system_step(self, CLAIM, claim, "batch", &[], Values::new(), &mut commit)?;
        }
        let receipt = self.commit_once(commit, Some(key), move |_| serde_json::json!({ "id": id }))?;
        let first = receipt.replayed.as_ref().and_then(|answer| serde_json::from_value(answer["id"].clone()).ok());
        self.batch_view(first.unwrap_or(id))
    }

    fn claims_to_pay(&self, new: &NewPaymentBatch) -> Outcome<Vec<Item>> {
        let within = Query { limit: MOST, total: false, ..self.rows_in_roles(CLAIM, &[FINANCE]) };
        let claims = match (&new.policy, new.claims.is_empty()) {
            (Some(policy), true) => {
                let policy = self.id(POLICY, policy)?;
                let of_policy = Condition::In { field: "policy".to_owned(), values: vec![Value::Ref(policy)] };
                let money = Condition::Range { field: "amount".to_owned(), from: Some(Value::Int(1)), to: None };
                let payee = Condition::Known { field: "payee_account".to_owned(), known: true };
                let oldest = Sort { field: "entered_at".to_owned(), descending: false };
                let conditions = vec![is("state", PAYABLE), of_policy, money, payee];
                let rows = self.app.store.query(CLAIM, &Query { conditions, sort: Some(oldest), ..within })?.items;
                rows.into_iter().filter(|row| why_not(row).is_none()).collect()
            }
            (None, false) => self.claims_named(&new.claims, within)?,
            _ => return Err(bad_request("claims", "请列出要拨付的申报，或指明一项政策。", "Name the claims to pay, or a policy.")),
        };
        if claims.is_empty() {
            let why = Text::fixed("没有可以拨付的申报。", "There is no claim that can be paid.");
            return Err(Fault::Conflict { code: "nothing_payable", why, fields: Vec::new() });
        }
        Ok(claims)
    }

    fn claims_named(&self, ids: &[String], within: Query) -> Outcome<Vec<Item>> {
        if ids.len() > MOST as usize {
            let (zh, en) = (format!("一批最多 {MOST} 笔；请分批。"), format!("A batch has at most {MOST} payments; make several."));
            return Err(crate::fault::invalid("claims", "too_many", zh, en));
        }
        let wanted: BTreeSet<Id> = ids.iter().map(|id| self.id(CLAIM, id)).collect::<Outcome<_>>()?;
        let query = Query { conditions: vec![Condition::Ids(wanted.iter().copied().collect())], ..within };
        let found = self.app.store.query(CLAIM, &query)?.items;
        if found.len() < wanted.len() {
            return Err(Fault::NotFound);
        }
        let faults: Vec<FieldFault> =
            found.iter().filter_map(|row| Some(FieldFault::new("claims", "not_payable", why_not(row)?))).collect();
        if faults.is_empty() { Ok(found) } else { Err(Fault::Invalid(faults)) }
    }

    /// The batch's row: drawn by this person, who cannot sign it second.
    fn put_batch(&self, commit: &mut Commit, id: Id, request: &str, claims: &[Item]) -> Outcome<()> {
        let Some(region) = &self.principal.region else {
            return Err(forbidden(
                "region",
                "你的账户没有设定地区，请管理员补上。",
                "Your account has no region; ask an administrator to set it.",
            ));
        };
        let (record, definition) = flows::flow_of(self.app, BATCH)?;
        let (now, calendar) = (self.app.moment(), self.app.calendar());
        let (account, name) = self.me();
        let actor = Actor { account, name: name.clone(), roles: vec![FINANCE.to_owned()], is_firm: false };
        let begun = liangu_flow::begin(definition, now, calendar);
        let drawn = liangu_flow::decide(definition, &begun.case, "draw", &actor, &[], now, calendar)
            .map_err(|refusal| Fault::Internal(format!("a batch cannot be drawn: {}", refusal.text.en)))?;
        let policies: BTreeSet<Id> = claims.iter().filter_map(|claim| reference(&claim.values, "policy")).collect();
        let total = claims.iter().try_fold(0i64, |sum, claim| sum.checked_add(int(&claim.values, "amount").unwrap_or(0)));
        let total = total.ok_or_else(|| bad_request("total", "总额过大；请分批。", "The total is too large; make several batches."))?;
        let mut values = flows::values_of(self.app, record, definition, &drawn.case)?;
        let policy = policies.first().filter(|_| policies.len() == 1).map_or(Value::Null, |policy| Value::Ref(*policy));
        let more = [
            ("policy", policy),
            ("region", Value::text(region.clone())),
            ("drawn_on", Value::Date(self.app.today())),
            ("count", Value::Int(claims.len() as i64)),
            ("total", Value::Int(total)),
            ("prepared_by", Value::text(name)),
            ("prepared_at", Value::Instant(now)),
            ("request", Value::text(request)),
            ("synthetic", Value::Bool(claims.iter().all(|claim| claim.values.get("synthetic") == Some(&Value::Bool(true))))),
        ];
        values.extend(more.map(|(field, value)| (field.to_owned(), value)));
        commit.changes.push(Change::Create { record: BATCH.to_owned(), id, values, years: Years::new() });
        Ok(())
    }

    fn payment_of(&self, batch: Id, claim: &Item) -> Outcome<Values> {
        let copied = [
            ("enterprise", "enterprise"),
            ("policy", "policy"),
            ("budget_year", "budget_year"),
            ("payee_name", "payee_name"),
            ("payee_bank", "payee_bank"),
            ("payee_account", "payee_account"),
            ("amount", "amount"),
            ("synthetic", "synthetic"),
        ];
        let mut values: Values =
            copied.into_iter().filter_map(|(to, from)| Some((to.to_owned(), claim.values.get(from)?.clone()))).collect();
        values.insert("batch".to_owned(), Value::Ref(batch));
        values.insert("claim".to_owned(), Value::Ref(claim.id));
        values.insert("slot".to_owned(), Value::text(claim.id.text(&self.app.model.records[CLAIM].prefix)));
        values.insert("state".to_owned(), Value::text(super::row::Standing::Planned.name()));
        Ok(values)
    }
}

pub(super) fn is(field: &str, value: &str) -> Condition {
    Condition::In { field: field.to_owned(), values: vec![Value::text(value)] }
}

/// Why a claim cannot be paid now, if so.
fn why_not(claim: &Item) -> Option<Text> {
    let values = &claim.values;
    let number = text(values, "number").unwrap_or_default();
    let said = |zh: &str, en: &str| Some(Text::new(format!("{number}：{zh}"), format!("{number}: {en}")));
    let bare = |field: &str| text(values, field).is_none_or(|text| text.trim().is_empty());
    if text(values, "state") != Some(PAYABLE) {
        return said("不在待拨付状态，请刷新列表。", "is not waiting to be paid; look at the list again.");
    }
    if int(values, "amount").unwrap_or(0) <= 0 || int(values, "budget_year").is_none() {
        return said("没有核定金额，无需拨付。", "has no amount granted; there is nothing to pay.");
    }
    if bare("payee_name") || bare("payee_account") {
        return said("没有收款户名或账号，请企业补上。", "has no account holder or account number; ask the firm for them.");
    }
    None
}
