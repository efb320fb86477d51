//! One policy for one firm, clause by clause: the sentence of the law, what it asks, what was seen, and what to do next.
use super::benefits::Benefits;
use super::cards::{CLAUSE, FIRM, POLICY, PolicyCard, bilingual};
use super::explain::{Leaf, explain, word};
use super::firm::Firm;
use super::life::{Life, closed};
use super::near::{NearMiss, effort, near_miss};
use crate::Caller;
use crate::authoring::Rules;
use crate::fault::Outcome;
use crate::language::Oracle;
use crate::reads::Reads as _;
use crate::records::FullRecord;
use crate::views::Words;
use liangu_base::{Date, Text};
use liangu_expr::typed::{Kind, Node, Typed};
use liangu_expr::value::Answer;
use liangu_store::{Item, Value, Values};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyAnswer {
    pub policy: PolicyCard,
    pub item: FullRecord,
    /// `yes`, `no` or `unknown`: of the deciding clauses together.
    pub answer: String,
    pub near: Option<NearMiss>,
    pub summary: Summary,
    pub clauses: Vec<Clause>,
    pub steps: Vec<Step>,
    /// What it gives, item by item; none where the offer is not written as items.
    pub benefits: Option<Benefits>,
}

/// Clauses by their answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Summary {
    pub yes: u64,
    pub no: u64,
    pub unknown: u64,
    pub person: u64,
    pub info: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Clause {
    pub number: i64,
    pub article: Option<String>,
    /// The sentence of the law.
    pub text: Words,
    /// `deciding`, `person` or `information`.
    pub kind: String,
    /// `yes`, `no`, `near`, `unknown`, `person` or `information`.
    pub answer: String,
    /// What the clause asks, as the program understands it.
    pub sentence: Words,
    pub parts: Vec<Leaf>,
}

/// What happens next, and by when.
#[derive(Debug, Serialize, ToSchema)]
pub struct Step {
    pub label: Words,
    pub within: Words,
}

/// A clause with its rule typed, if it decides.
struct Read {
    item: Item,
    rule: Option<Typed>,
}

impl Caller<'_> {
    pub fn policy_answer(&self, firm: &str, policy: &str) -> Outcome<PolicyAnswer> {
        let firm = self.firm(self.id(FIRM, firm)?)?;
        let id = self.id(POLICY, policy)?;
        let item = self.visible(POLICY, id)?;
        let oracle = self.oracle(&firm);
        let rules = self.rules()?;
        let clauses = self.clauses(&item, &rules)?;
        let card = self.card(&item);
        let mut shown: Vec<Clause> = clauses.iter().map(|clause| self.clause(clause, &firm, &oracle)).collect();
        let rule = written_rule(&rules, &item.values, &item);
        let answer = rule.as_ref().map_or_else(|| together(&shown), |rule| oracle.answer(&rule.root));
        let in_the_way = in_the_way(rule.as_ref(), &oracle).filter(|clause| effort(clause, &firm, &oracle).is_some());
        let near = in_the_way.map(|node| near_miss(node, &firm, &oracle, card.deadline.as_deref()));
        if near.is_some() {
            for clause in shown.iter_mut().filter(|clause| clause.answer == "no") {
                "near".clone_into(&mut clause.answer);
            }
        }
        let steps = self.steps(&item, answer, near.as_ref());
        let summary = summary(&shown);
        let benefits = self.benefits(&item, &rules, &firm, &oracle)?;
        Ok(PolicyAnswer {
            item: self.full(POLICY, id)?,
            policy: card,
            answer: word(answer).to_owned(),
            near,
            summary,
            clauses: shown,
            steps,
            benefits,
        })
    }

    fn clauses(&self, policy: &Item, rules: &Rules) -> Outcome<Vec<Read>> {
        let rows = self.app.store.children(CLAUSE, policy.id)?;
        let read = |item: Item| {
            let rule = written_rule(rules, &policy.values, &item);
            Read { item, rule }
        };
        Ok(rows.into_iter().map(read).collect())
    }

    fn clause(&self, clause: &Read, firm: &Firm<'_>, oracle: &Oracle<'_>) -> Clause {
        let values = &clause.item.values;
        let text = |field: &str| match values.get(field) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let kind = text("kind").unwrap_or_else(|| "information".to_owned());
        let law = bilingual(values, "text").cloned().unwrap_or_default();
        let rule = clause.rule.as_ref().filter(|_| kind == "deciding");
        Clause {
            number: match values.get("position") {
                Some(Value::Int(position)) => *position,
                _ => 0,
            },
            article: text("article"),
            answer: match rule {
                Some(rule) => word(oracle.answer(&rule.root)).to_owned(),
                // A deciding clause whose rule does not type is not known, and the register says so.
                None if kind == "deciding" => word(Answer::Unknown).to_owned(),
                None => kind.clone(),
            },
            sentence: rule.map_or_else(|| law.clone(), |rule| firm.sentence(&rule.root)).into(),
            parts: rule.map(|rule| rule.clauses().iter().map(|node| explain(node, firm, oracle)).collect()).unwrap_or_default(),
            text: law.into(),
            kind,
        }
    }

    fn steps(&self, policy: &Item, answer: Answer, near: Option<&NearMiss>) -> Vec<Step> {
        let date = |field: &str| match policy.values.get(field) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        };
        let today = self.app.today();
        let mut steps = Vec::new();
        if Life::on(today, &policy.values) == Life::Ended || closed(today, &policy.values) {
            let label = Text::fixed("本轮申报已结束，关注下一轮通知", "This round is over; watch for the next notice");
            return vec![Step { label: label.into(), within: until(date("window_to"), today).into() }];
        }
        if answer == Answer::Unknown {
            let label = Text::fixed("回答还不知道的事项", "Answer what is not known yet");
            steps.push(Step { label: label.into(), within: until(date("window_to"), today).into() });
        }
        if let Some(near) = near {
            let label = Text::new(format!("补上差的一步：{}", near.sentence.zh), format!("Take the missing step: {}", near.sentence.en));
            steps.push(Step { label: label.into(), within: until(date("window_to"), today).into() });
        }
        let granted = match policy.values.get("grant_mode") {
            Some(Value::Text(mode)) => mode.as_str(),
            _ => "",
        };
        let label = match granted {
            "automatic" => Text::fixed("无需申请，由部门直接兑现", "No application: the department grants it by itself"),
            "declared" => Text::fixed("自行判断、申报享受，留存资料备查", "Declare it yourself and keep the papers"),
            "title" => Text::fixed("取得认定后享受", "It comes with the title"),
            _ => Text::fixed("提交申请", "Apply"),
        };
        steps.push(Step { label: label.into(), within: until(date("window_to"), today).into() });
        steps
    }
}

/// The rule that a policy or one of its clauses says, by the dates of the policy.
fn written_rule(rules: &Rules, policy: &Values, of: &Item) -> Option<Typed> {
    let Some(Value::Text(source)) = of.values.get("when") else { return None };
    rules.condition(source, policy).ok()
}

/// The one top-level part that is no while all others are yes.
fn in_the_way<'r>(rule: Option<&'r Typed>, oracle: &Oracle<'_>) -> Option<&'r Node> {
    let (no, others): (Vec<&Node>, Vec<&Node>) = rule?.clauses().iter().partition(|part| oracle.answer(part) == Answer::No);
    let all_yes = others.iter().all(|part| oracle.answer(part) == Answer::Yes);
    match no.as_slice() {
        [one] if all_yes && !matches!(one.kind, Kind::Const(_)) => Some(one),
        _ => None,
    }
}

/// The answer of clauses without a common rule.
fn together(clauses: &[Clause]) -> Answer {
    let any = |answer: &str| clauses.iter().any(|clause| clause.answer == answer);
    if any("no") {
        Answer::No
    } else if any("unknown") || !any("yes") {
        Answer::Unknown
    } else {
        Answer::Yes
    }
}

fn summary(clauses: &[Clause]) -> Summary {
    let mut summary = Summary::default();
    for clause in clauses {
        match clause.answer.as_str() {
            "yes" => summary.yes += 1,
            "no" | "near" => summary.no += 1,
            "unknown" => summary.unknown += 1,
            "person" => summary.person += 1,
            _ => summary.info += 1,
        }
    }
    summary
}

fn until(deadline: Option<Date>, today: Date) -> Text {
    match deadline {
        Some(day) if day >= today => {
            let left = day.days_since(today);
            Text::new(format!("{day} 前，还有 {left} 天"), format!("by {day}, {left} days left"))
        }
        Some(day) => Text::new(format!("已于 {day} 截止"), format!("closed on {day}")),
        None => Text::fixed("随时", "at any time"),
    }
}
