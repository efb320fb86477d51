//! A claim as a whole, for those who see it: clause by clause with the facts it rests on, the money step by step, what is
//! still asked, what was decided.
use super::decide::{Opened, row};
use super::frozen_firm::frozen_firm;
use super::values::{date, int, text};
use super::wire::{
    ClaimCan, ClaimClause, ClaimItem, ClaimView, DecisionNote, JudgementView, Material, MoneyStep, MoneyTrace, ObjectionView, PaidRecord,
    Payee, WantedMaterial,
};
use super::{Basing, CLAIM, Claim, MATERIAL, OBJECTION, budget, effects, file};
use crate::eligibility::{FIRM, Firm, POLICY, explain};
use crate::fault::Outcome;
use crate::language::Oracle;
use crate::reads::Reads as _;
use crate::views::{Permission, Titled, Words};
use crate::{App, Caller, access, shown};
use liangu_base::{Id, Lang, Text};
use liangu_expr::reads::reads;
use liangu_expr::schema::Unit;
use liangu_policy::compile::CompiledClause;
use liangu_policy::content::ClauseKind;
use liangu_policy::decision::{ClauseResult, Decision, Judgement, Outcome as Verdicts, Said};
use liangu_store::{Condition, Item, Query, Value};

/// Clauses that are named in a refusal.
const NAMED: usize = 3;

pub(super) fn said(said: Said) -> &'static str {
    match said {
        Said::Yes => "yes",
        Said::No => "no",
        Said::Unknown => "unknown",
    }
}

impl Caller<'_> {
    /// # Errors
    /// Not found out of sight.
    pub fn claim_file(&self, id: &str) -> Outcome<ClaimView> {
        self.claim_view(&self.visible(CLAIM, self.id(CLAIM, id)?)?)
    }

    pub(super) fn claim_view(&self, item: &Item) -> Outcome<ClaimView> {
        let claim = Claim::of(item)?;
        let app = self.app;
        let opened = Opened::read(app, &claim)?;
        let materials = app.store.children(MATERIAL, item.id)?;
        let firm = frozen_firm(app, &opened.frozen, row(app, FIRM, claim.firm)?)?;
        let oracle = Oracle::new(&app.model, &firm, opened.frozen.day);
        let word = |field: &str| text(&item.values, field).map(str::to_owned);
        let day = |field: &str| date(&item.values, field).map(|date| date.to_string());
        let basis = opened.basing.judge.basis();
        Ok(ClaimView {
            id: file::outside(app, item.id),
            version: item.version,
            number: word("number").unwrap_or_default(),
            state: claim.state().to_owned(),
            state_label: self.state_label(claim.state()),
            policy: self.named_record(POLICY, claim.policy)?,
            policy_number: basis.number.clone(),
            policy_version: basis.version,
            firm: self.named_record(FIRM, claim.firm)?,
            region: word("region"),
            origin: word("origin").unwrap_or_default(),
            period: int(&item.values, "period").unwrap_or_default(),
            submitted_on: day("submitted_on"),
            decided_on: day("decided_on"),
            notice_until: day("notice_until"),
            paid_on: day("paid_on"),
            note: word("note"),
            reason: word("reason"),
            answer: said(opened.decision.whole).to_owned(),
            frozen_on: (!opened.live).then(|| opened.frozen.taken_on.to_string()),
            judged_as_of: opened.frozen.day.to_string(),
            clauses: self.clauses_of(&opened, &firm, &oracle, &materials),
            facts: self.frozen_facts(&opened, &firm),
            items: items_of(&opened, &firm),
            money: money_of(&opened, &claim),
            wanted: wanted(app, &opened, &materials),
            materials: materials.iter().map(|row| self.material(row)).collect(),
            payee: self.payee(item),
            budget: self.budget_of(&claim)?,
            objections: self.objections_to(&claim)?,
            decision: decision_note(app, item.id)?,
            can: ClaimCan {
                edit: self.may_edit(&claim),
                payee: self.may_correct_payee(&claim),
                judge: self.may_judge(item)?,
                object: may_object(&claim),
            },
        })
    }

    fn state_label(&self, state: &str) -> Words {
        let flow = self.app.model.records[CLAIM].flow.as_ref();
        flow.and_then(|flow| flow.state(state))
            .map(|state| Words::from(&state.label))
            .unwrap_or(Words { zh: state.into(), en: state.into() })
    }

    pub(super) fn named_record(&self, record: &str, id: Id) -> Outcome<Titled> {
        let item = row(self.app, record, id)?;
        let record = &self.app.model.records[record];
        Ok(Titled { id: id.text(&record.prefix), title: self.title(record, &item.values) })
    }

    fn clauses_of(&self, opened: &Opened, firm: &Firm<'_>, oracle: &Oracle<'_>, materials: &[Item]) -> Vec<ClaimClause> {
        let judge = &opened.basing.judge;
        let pairs = judge.basis().content.clauses.iter().zip(&judge.compiled().clauses).zip(&opened.decision.clauses);
        let one = |((clause, compiled), result): ((&liangu_policy::content::Clause, &CompiledClause), &ClauseResult)| {
            let rule = compiled.rule.as_ref();
            let judged = opened.judgements.get(&clause.key).filter(|_| result.judged.is_some());
            let of_clause = materials.iter().filter(|row| text(&row.values, "clause") == Some(clause.key.as_str()));
            ClaimClause {
                key: clause.key.clone(),
                article: clause.article.clone(),
                text: Words::from(&clause.text),
                kind: kind(clause.kind).to_owned(),
                item: clause.item.clone(),
                answer: result.answer.map(|answer| said(answer).to_owned()),
                facts: result.facts.map(|answer| said(answer).to_owned()),
                judged: judged.map(judgement_view),
                judgeable: result.judgeable,
                sentence: rule.map(|rule| firm.sentence(&rule.root).into()),
                parts: rule.map(|rule| rule.clauses().iter().map(|node| explain(node, firm, oracle)).collect()).unwrap_or_default(),
                materials: of_clause.map(|row| row.id.text(&self.app.model.records[MATERIAL].prefix)).collect(),
                records: self.records_of_clause(opened, compiled, result, firm),
            }
        };
        pairs.map(one).collect()
    }

    fn material(&self, row: &Item) -> Material {
        let word = |field: &str| text(&row.values, field).map(str::to_owned);
        Material {
            id: row.id.text(&self.app.model.records[MATERIAL].prefix),
            clause: word("clause"),
            name: word("name").unwrap_or_default(),
            note: word("note"),
            file: word("file"),
            provided_on: date(&row.values, "provided_on").map(|date| date.to_string()),
        }
    }

    /// None for those who may not read whom the money goes to.
    fn payee(&self, item: &Item) -> Option<Payee> {
        let record = &self.app.model.records[CLAIM];
        record.fields.get("payee_account").filter(|field| access::reads(self.principal, field))?;
        let word = |field: &str| text(&item.values, field).map(str::to_owned);
        Some(Payee { name: word("payee_name"), bank: word("payee_bank"), account: word("payee_account"), contact: word("contact") })
    }

    /// The budget's line, for those who see budgets.
    fn budget_of(&self, claim: &Claim<'_>) -> Outcome<Option<super::BudgetLine>> {
        if !self.app.access.sees_type(self.principal, super::BUDGET) {
            return Ok(None);
        }
        let year = int(claim.values, "budget_year").unwrap_or_else(|| self.app.today().year().into());
        budget::row_of(self.app, claim.policy, year)?.map(|row| self.budget_line(&row)).transpose()
    }

    /// Objections, for those who see them; newest first.
    fn objections_to(&self, claim: &Claim<'_>) -> Outcome<Vec<ObjectionView>> {
        if !self.app.access.sees_type(self.principal, OBJECTION) {
            return Ok(Vec::new());
        }
        let of_claim = Condition::In { field: "claim".to_owned(), values: vec![Value::Ref(claim.id)] };
        let query = Query { conditions: vec![of_claim], limit: effects::MOST_OBJECTIONS, total: false, ..self.rows(OBJECTION)? };
        Ok(self.app.store.query(OBJECTION, &query)?.items.iter().map(|row| self.objection(row)).collect())
    }

    fn objection(&self, row: &Item) -> ObjectionView {
        let record = &self.app.model.records[OBJECTION];
        let may_read = |field: &str| record.fields.get(field).is_some_and(|field| access::reads(self.principal, field));
        let word = |field: &str| text(&row.values, field).map(str::to_owned);
        let day = |field: &str| date(&row.values, field).map(|date| date.to_string());
        ObjectionView {
            id: row.id.text(&record.prefix),
            state: word("state").unwrap_or_default(),
            by_name: word("by_name").unwrap_or_default(),
            contact: word("contact").filter(|_| may_read("contact")),
            reason: word("reason").unwrap_or_default(),
            raised_on: day("raised_on").unwrap_or_default(),
            answer: word("answer"),
            answered_by: word("answered_by"),
            answered_on: day("answered_on"),
        }
    }
}

pub(super) fn judgement_view(judgement: &Judgement) -> JudgementView {
    JudgementView {
        answer: if judgement.met { "yes" } else { "no" }.to_owned(),
        by_name: judgement.by_name.clone(),
        on: judgement.on.to_string(),
        note: judgement.note.clone(),
    }
}

fn kind(kind: ClauseKind) -> &'static str {
    match kind {
        ClauseKind::Deciding => "deciding",
        ClauseKind::Person => "person",
        ClauseKind::Information => "information",
    }
}

fn may_object(claim: &Claim<'_>) -> Permission {
    if ["notice", "objected"].contains(&claim.state()) {
        return Permission::granted();
    }
    Permission::refused(Text::fixed("只有公示期间可以提出异议。", "Objections are taken during the public notice."))
}

fn items_of(opened: &Opened, firm: &Firm<'_>) -> Vec<ClaimItem> {
    let judge = &opened.basing.judge;
    let pairs = judge.basis().content.items.iter().zip(&judge.compiled().items).zip(&opened.decision.items);
    let one = |((item, compiled), result): (
        (&liangu_policy::content::Item, &liangu_policy::compile::CompiledItem),
        &liangu_policy::decision::ItemResult,
    )| {
        ClaimItem {
            key: item.key.clone(),
            label: Words::from(&item.label),
            text: Words::from(&item.benefit.text),
            claimed: result.claimed,
            answer: said(result.answer).to_owned(),
            amount: result.amount,
            formula: compiled.amount.as_ref().map(|amount| firm.sentence(&amount.root).into()),
            records: result.records.iter().map(|(at, amount)| PaidRecord { position: *at as u64 + 1, amount: *amount }).collect(),
        }
    };
    pairs.map(one).collect()
}

/// From items to what is due; what the firm got before as it was looked up for the claim.
fn money_of(opened: &Opened, claim: &Claim<'_>) -> MoneyTrace {
    let money = &opened.decision.money;
    let step = |zh: &'static str, en: &'static str, fen: Option<i64>| MoneyStep { label: Text::fixed(zh, en).into(), fen };
    let mut steps = vec![step("符合的支持项合计", "Items that fit", money.chosen)];
    if money.firm_cap.is_some() {
        steps.push(step("单户上限", "The firm's cap", money.firm_cap));
        steps.push(step("按上限核减后", "After the cap", money.capped));
    }
    let settled = money.steps.iter().map(|step| step.words(|fen| shown::amount(fen, Unit::Fen)));
    steps.extend(settled.map(|label| MoneyStep { label: label.into(), fen: None }));
    steps.push(step("应兑现", "Due", money.amount));
    MoneyTrace {
        steps: if money.computed { steps } else { Vec::new() },
        computed: money.amount,
        decided: int(claim.values, "amount"),
        ceiling: money.ceiling,
        is_money: money.computed,
    }
}

fn decision_note(app: &App, claim: Id) -> Outcome<Option<DecisionNote>> {
    let last = file::decisions(app, claim)?.pop();
    Ok(last.map(|(record, _)| DecisionNote {
        digest: record.digest(),
        outcome: if record.verdict.outcome == Verdicts::Granted { "granted" } else { "refused" }.to_owned(),
        amount: record.verdict.amount,
        reason: record.verdict.reason,
        by_name: record.verdict.by_name,
        on: record.verdict.on.to_string(),
    }))
}

/// What is asked of the firm: papers for what only a person can judge, and for what facts do not say. Where another item
/// fits already, the silence of one does not keep the claim from being handed in.
pub(super) fn wanted(app: &App, opened: &Opened, materials: &[Item]) -> Vec<WantedMaterial> {
    let judge = &opened.basing.judge;
    let schema = &app.model.schemas[FIRM];
    let fits = opened.decision.items.iter().any(|item| item.claimed && item.answer == Said::Yes);
    let claimed = |item: &Option<String>| item.as_deref().is_none_or(|key| opened.frozen.claims(key));
    let pairs = judge.basis().content.clauses.iter().zip(&judge.compiled().clauses).zip(&opened.decision.clauses);
    let silent = |compiled: &CompiledClause, result: &ClauseResult| {
        compiled.is_bound() && result.records.is_empty() && result.answer == Some(Said::Unknown)
    };
    let asked = pairs.filter(|((clause, compiled), result)| (result.judgeable || silent(compiled, result)) && claimed(&clause.item));
    let one = |((clause, compiled), result): ((&liangu_policy::content::Clause, &CompiledClause), &ClauseResult)| {
        let facts = compiled.rule.as_ref().map(|rule| reads(&rule.root).facts).unwrap_or_default();
        let known = |name: &str| opened.frozen.facts.iter().any(|fact| fact.field == name && fact.value.is_some());
        let names = facts.into_iter().filter_map(|(place, _)| Some(schema.fields.get_index(place.0 as usize)?.0.clone()));
        let mut fields: Vec<String> = names.filter(|name| !known(name)).collect();
        fields.dedup();
        let person = clause.kind == ClauseKind::Person || compiled.rule.is_none();
        let unreported = silent(compiled, result);
        let why = if unreported {
            Text::fixed("还没有登记这类记录；登记以后才能核定。", "No such record is on file; nothing can be granted before there is one.")
        } else if person {
            Text::fixed("这一条由人工认定，请提供能说明情况的材料。", "A person judges this; hand in what shows it.")
        } else {
            Text::fixed("登记资料里没有这一项：请直接回答，或提供材料。", "Nothing on file says this: answer it, or hand in a paper.")
        };
        WantedMaterial {
            clause: clause.key.clone(),
            label: Words::from(&clause.text),
            why: why.into(),
            fields,
            required: !person && !unreported && (clause.item.is_none() || !fits),
            provided: materials.iter().any(|row| text(&row.values, "clause") == Some(clause.key.as_str())),
        }
    };
    asked.map(one).collect()
}

/// Which clauses say no.
pub(super) fn reasons_against(basing: &Basing, decision: &Decision) -> Text {
    let (zh, en) = named(basing, decision, Said::No);
    if zh.is_empty() {
        return Text::fixed("没有一个支持项的条件符合。", "None of the items fits.");
    }
    Text::new(format!("不符合：{zh}。"), format!("Not met: {en}."))
}

/// Which clauses nobody has decided.
pub(super) fn undecided(basing: &Basing, decision: &Decision) -> Text {
    let (zh, en) = named(basing, decision, Said::Unknown);
    Text::new(format!("还没有判断：{zh}。"), format!("Not judged yet: {en}."))
}

fn named(basing: &Basing, decision: &Decision, wanted: Said) -> (String, String) {
    let pairs = basing.judge.basis().content.clauses.iter().zip(&decision.clauses);
    let hit: Vec<&Text> = pairs.filter(|(_, result)| result.answer == Some(wanted)).map(|(clause, _)| &clause.text).collect();
    // The sentence that names them ends by itself.
    let bare = |text: &'_ Text, lang: Lang| text.get(lang).trim_end_matches(['。', '.', '；', ';']).to_owned();
    let join = |lang: Lang, with: &str| hit.iter().take(NAMED).map(|text| bare(text, lang)).collect::<Vec<_>>().join(with);
    (join(Lang::Zh, "；"), join(Lang::En, "; "))
}
