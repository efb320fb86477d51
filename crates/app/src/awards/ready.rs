//! Whether a policy can be granted without application, and whom it fits.
use crate::authoring::in_force;
use crate::eligibility::{FIRM, POLICY};
use crate::fault::{Fault, Outcome};
use crate::{App, Caller};
use liangu_base::{Id, Text};
use liangu_expr::schema::FieldIx;
use liangu_expr::value::Value as Known;
use liangu_matching::table::FactKey;
use liangu_model::record::Model;
use liangu_policy::gate::coverage;
use liangu_policy::{Compiled, Content, compile};
use liangu_store::{Item, Value};
use std::iter::successors;

/// The code of policies that are granted without application.
const AUTOMATIC: &str = "automatic";

/// A policy that may be granted.
pub(super) struct Ready {
    /// Where it holds: its own region, or the whole installation.
    pub region: String,
}

/// Why a policy cannot be granted without application: a stable code and the words.
pub(super) type Obstacle = (&'static str, Text);

impl Caller<'_> {
    /// Whether a policy can be granted without anyone's judgement.
    pub(super) fn ready(&self, policy: &Item) -> Outcome<Result<Ready, Obstacle>> {
        if policy.values.get("grant_mode") != Some(&Value::text(AUTOMATIC)) {
            let why = Text::fixed(
                "这项政策不是免申即享；请在政策里把兑现方式改为“免申即享”。",
                "This policy is not granted without application; change how it is granted in the policy.",
            );
            return Ok(Err(("not_automatic", why)));
        }
        let Some(content) = in_force(self.app, policy.id)? else {
            let why = Text::fixed(
                "这项政策没有生效的版本；请先起草、核对并批准一个版本。",
                "No version of this policy is in force; write, check and approve one first.",
            );
            return Ok(Err(("not_in_force", why)));
        };
        let rules = self.rules()?;
        let compiled = compile(&content, &rules.frame_with(&policy.values, content.dates));
        if let Some(why) = uncovered(&content, &compiled) {
            return Ok(Err(why));
        }
        if !self.app.eligibility.current(&self.app.store, self.now())?.policies.keys.contains_key(&policy.id) {
            let why = Text::fixed(
                "这项政策今天不在有效期内，或它的规则没有参加匹配。",
                "This policy is not in force today, or its rule takes no part in matching.",
            );
            return Ok(Err(("not_in_force", why)));
        }
        let region = match policy.values.get("region") {
            Some(Value::Text(region)) => region.clone(),
            _ => self.app.installation.region.clone(),
        };
        Ok(Ok(Ready { region }))
    }
}

/// Why a document leaves something to a person.
fn uncovered(content: &Content, compiled: &Compiled) -> Option<Obstacle> {
    let covered = coverage(content, compiled);
    let left = covered.deciding - covered.expressed.min(covered.deciding) + covered.person;
    if left > 0 || !compiled.sound || covered.deciding == 0 {
        let text = Text::new(
            format!("还有 {left} 条条款要由人判断，不能免申兑现；条款全部可判定后才能开始。"),
            format!("{left} clauses are left to a person's judgement; a run needs every clause to be decidable."),
        );
        return Some(("not_covered", text));
    }
    let ceiling = content.items.iter().any(|item| item.benefit.ceiling);
    if compiled.amount.is_none() || ceiling || !compiled.money.is_empty() {
        let text = Text::fixed(
            "这项政策算不出确定的金额（没有公式，或只有上限）；请在政策里写出金额公式。",
            "No definite amount can be computed (no formula, or only a ceiling); write the formula in the policy.",
        );
        return Some(("no_amount", text));
    }
    if content.items.iter().any(|item| item.benefit.payee.is_some()) {
        let text = Text::fixed(
            "这项政策的资金不付给企业本身，不能免申兑现。",
            "This policy pays somebody other than the firm, so it cannot be granted without application.",
        );
        return Some(("no_amount", text));
    }
    None
}

/// The firms of `region` that the policy fits at the head of the journal, by id.
pub(super) fn who_fits(app: &App, policy: Id, region: &str) -> Outcome<Vec<Id>> {
    let state = app.eligibility.current(&app.store, app.now())?;
    let Some(rule) = state.policies.keys.get(&policy).and_then(|key| state.engine.rule(*key)) else { return Ok(Vec::new()) };
    let fit = state.engine.policy(rule).map_err(|why| Fault::Internal(format!("rule of {policy}: {why}")))?;
    let place = state.engine.table().schema().fields.get_index_of("region").and_then(|place| u32::try_from(place).ok());
    let place = place.ok_or_else(|| Fault::Internal("firms have no region".to_owned()))?;
    let within_region = |row: u32| match state.engine.table().value(row as usize, FactKey::new(FieldIx(place), 0)) {
        Some(Known::Text(code)) => within(&app.model, region, &code),
        _ => false,
    };
    let mut ids: Vec<Id> =
        fit.yes.rows().filter(|row| within_region(*row)).filter_map(|row| state.ids.get(row as usize).copied()).collect();
    ids.sort_unstable();
    Ok(ids)
}

/// Whether a region is another or lies in it.
fn within(model: &Model, region: &str, code: &str) -> bool {
    let Some(list) = model.lists.get("region") else { return region == code };
    let above = |code: &&str| list.codes.get(*code).and_then(|entry| entry.parent.as_deref());
    successors(Some(code), above).any(|above| above == region)
}

/// Label of a region.
pub(super) fn region_label(model: &Model, code: &str) -> Text {
    let entry = model.lists.get("region").and_then(|list| list.codes.get(code));
    entry.map_or_else(|| Text::chinese_only(code.to_owned()), |entry| entry.label.clone())
}

impl App {
    /// The outside form of a firm's and a policy's id.
    pub(super) fn firm_text(&self, id: Id) -> String {
        id.text(&self.model.records[FIRM].prefix)
    }

    pub(super) fn policy_text(&self, id: Id) -> String {
        id.text(&self.model.records[POLICY].prefix)
    }
}
