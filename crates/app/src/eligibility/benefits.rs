//! What a policy gives a firm, item by item: who of its items fit, and the amount with every step.
use super::explain::{Leaf, explain, word};
use super::firm::Firm;
use crate::Caller;
use crate::authoring::{Rules, in_force};
use crate::fault::Outcome;
use crate::language::Oracle;
use crate::reads::Reads as _;
use crate::views::Words;
use liangu_base::{Id, Lang, Text};
use liangu_expr::schema::Unit;
use liangu_policy::amount::settle::{Award, Limits, Settled, settle};
use liangu_policy::amount::trace::{ItemTrace, trace};
use liangu_policy::content::{Against, Choose, Content, How};
use liangu_policy::{Frame, compile};
use liangu_store::{Item, Value};
use serde::Serialize;
use utoipa::ToSchema;

/// The record type of support a firm received.
const GRANTS: &str = "support_grant";

#[derive(Debug, Serialize, ToSchema)]
pub struct Benefits {
    pub items: Vec<BenefitItem>,
    /// Fen, up to the firm's cap; none while facts are missing or nothing is computed.
    pub total_fen: Option<i64>,
    pub firm_cap_fen: Option<i64>,
    /// The amounts are the most there can be, no promise.
    pub ceiling: bool,
    /// Only the highest item is paid.
    pub highest_only: bool,
    /// What is left of the total after what the firm got before, where that changes it. Fen.
    pub settled_fen: Option<i64>,
    /// What changed it, step by step.
    pub steps: Vec<Words>,
    /// What else decides about the money: selection, budget, other policies.
    pub notes: Vec<Words>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BenefitItem {
    pub key: String,
    pub label: Words,
    pub text: Words,
    /// `yes`, `no` or `unknown`: of the item's own conditions.
    pub answer: String,
    /// Fen for this firm; none where it is no amount or not known.
    pub amount_fen: Option<i64>,
    /// How the amount is computed.
    pub formula: Option<Words>,
    /// The item's own conditions.
    pub parts: Vec<Leaf>,
    /// Of an item paid by record (a project, a loan): those that pass.
    pub records: Vec<BenefitRecord>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BenefitRecord {
    /// Place among the firm's records of that kind, from one.
    pub position: u64,
    pub kind: Words,
    pub amount_fen: Option<i64>,
}

impl Caller<'_> {
    /// None for a policy whose offer is not written as items.
    pub(super) fn benefits(&self, policy: &Item, rules: &Rules, firm: &Firm<'_>, oracle: &Oracle<'_>) -> Outcome<Option<Benefits>> {
        let Some(content) = in_force(self.app, policy.id)? else { return Ok(None) };
        let frame = rules.frame_with(&policy.values, content.dates);
        let compiled = compile(&content, &frame);
        let traced = trace(&compiled, &content, &frame, firm, &oracle.context);
        let items = content.items.iter().zip(&compiled.items).zip(&traced.items).map(|((item, compiled), traced)| BenefitItem {
            key: item.key.clone(),
            label: Words::from(&item.label),
            text: Words::from(&item.benefit.text),
            answer: word(traced.answer).to_owned(),
            amount_fen: traced.amount,
            formula: compiled.amount.as_ref().map(|amount| firm.sentence(&amount.root).into()),
            parts: compiled
                .gate
                .as_ref()
                .map(|gate| gate.clauses().iter().map(|part| explain(part, firm, oracle)).collect())
                .unwrap_or_default(),
            records: records(firm, compiled.bound.as_ref().map(|bound| bound.child), traced),
        });
        let settled = traced.capped.map(|capped| self.settled(capped, policy, &content, &frame, firm)).transpose()?;
        let changed = settled.filter(|settled| traced.total != Some(settled.amount));
        Ok(Some(Benefits {
            settled_fen: changed.as_ref().map(|settled| settled.amount),
            steps: changed.iter().flat_map(|settled| &settled.steps).map(|step| step.words(said).into()).collect(),
            items: items.collect(),
            total_fen: traced.total,
            firm_cap_fen: traced.firm_cap,
            ceiling: traced.ceiling,
            highest_only: content.items.len() > 1 && content.money.choose == Choose::Highest,
            notes: notes(&content, &frame).into_iter().map(Words::from).collect(),
        }))
    }
}

impl Caller<'_> {
    /// The total after what the firm got this year and of other policies.
    fn settled(&self, total: i64, policy: &Item, content: &Content, frame: &Frame, firm: &Firm<'_>) -> Outcome<Settled> {
        let word = |field: &str| match policy.values.get(field) {
            Some(Value::Text(text)) => Some(text.clone()),
            Some(Value::Bilingual(text)) => Some(text.zh.to_string()),
            _ => None,
        };
        let own: Vec<String> = ["number", "title"].into_iter().filter_map(word).collect();
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        let awards = self.awards(firm.item.id)?;
        Ok(settle(total, &own, self.app.today(), &awards, &content.money, Limits::of(&content.money, frame)))
    }

    /// The money on file that the firm got.
    fn awards(&self, firm: Id) -> Outcome<Vec<Award>> {
        if !self.app.model.records.contains_key(GRANTS) {
            return Ok(Vec::new());
        }
        let award = |row: &Item| match (row.values.get("policy"), row.values.get("paid"), row.values.get("amount")) {
            (Some(Value::Text(policy)), Some(Value::Date(paid_on)), Some(Value::Int(amount))) => {
                Some(Award { policy: policy.clone(), paid_on: *paid_on, amount: *amount })
            }
            _ => None,
        };
        Ok(self.app.store.children(GRANTS, firm)?.iter().filter_map(award).collect())
    }
}

fn said(fen: i64) -> Text {
    crate::shown::amount(fen, Unit::Fen)
}

fn records(firm: &Firm<'_>, child: Option<liangu_expr::schema::ChildIx>, traced: &ItemTrace) -> Vec<BenefitRecord> {
    let kind =
        child.and_then(|child| firm.schema.children.get_index(child.0 as usize)).map(|(_, child)| child.label.clone()).unwrap_or_default();
    let record = |(position, amount): &(usize, Option<i64>)| BenefitRecord {
        position: *position as u64 + 1,
        kind: Words::from(&kind),
        amount_fen: *amount,
    };
    traced.records.iter().map(record).collect()
}

fn notes(content: &Content, frame: &liangu_policy::Frame) -> Vec<Text> {
    let mut notes = Vec::new();
    if let Some(cap) = content.money.year_cap.as_deref().and_then(|text| liangu_policy::amount::constant(text, frame)) {
        let cap = said(cap);
        notes.push(Text::new(format!("同一企业一年最多 {}", cap.zh), format!("At most {} a year for one firm", cap.get(Lang::En))));
    }
    if let Some(pool) = &content.money.pool {
        notes.push(Text::fixed("符合条件后还要经过择优或名额分配，不保证获得", "Eligible firms are still selected; this is no promise"));
        if let Some(quota) = pool.quota {
            notes.push(Text::new(format!("名额 {quota} 家"), format!("{quota} firms at most")));
        }
        if let Some(budget) = pool.budget.as_deref().and_then(|text| liangu_policy::amount::constant(text, frame)) {
            let budget = said(budget);
            notes.push(Text::new(
                format!("预算 {}，超出时按比例核减", budget.zh),
                format!("A budget of {}; beyond it amounts are cut", budget.get(Lang::En)),
            ));
        }
    }
    notes.extend(content.money.against.iter().map(against));
    notes
}

fn against(against: &Against) -> Text {
    let other = &against.policy;
    match against.how {
        How::Exclusive => Text::new(format!("已享受《{other}》的不再享受"), format!("Not together with \"{other}\"")),
        How::Higher => Text::new(format!("与《{other}》就高不重复"), format!("The higher of this and \"{other}\"")),
        How::Deduct => Text::new(format!("扣除《{other}》已兑现的金额"), format!("Less what \"{other}\" paid")),
        How::TopUp => {
            let percent = against.percent.unwrap_or(0);
            Text::new(
                format!("按《{other}》已兑现金额的 {}% 配套", percent / 100),
                format!("{} % on top of what \"{other}\" paid", percent / 100),
            )
        }
    }
}
