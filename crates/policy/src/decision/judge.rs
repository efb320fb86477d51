//! The answer to a frozen file: clause by clause, item by item, to the fen.
//!
//! What a person judged counts for clauses that only a person can judge, and for a deciding clause about which facts are
//! silent; it never turns a yes or a no of the facts. A clause on the one child record of an item is judged on each record
//! by itself ([`super::records`]), since judged apart two clauses could mean two records.
use super::basis::Basis;
use super::frozen::Frozen;
use super::records::{self, ByRecord, RecordResult};
use super::row::FrozenFirm;
use super::wanted::Wanted;
use crate::amount::settle::{Limits, Step, settle};
use crate::amount::trace::{ItemTrace, together, trace};
use crate::compile::{Compiled, CompiledClause, CompiledItem, compile};
use crate::content::{Clause, ClauseKind, Key};
use crate::frame::Frame;
use liangu_base::Date;
use liangu_expr::kleene;
use liangu_expr::row::{Context, answer_node};
use liangu_expr::schema::Schema;
use liangu_expr::value::Answer;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An answer, kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    Yes,
    No,
    Unknown,
}

impl From<Answer> for Said {
    fn from(answer: Answer) -> Said {
        match answer {
            Answer::Yes => Said::Yes,
            Answer::No => Said::No,
            Answer::Unknown => Said::Unknown,
        }
    }
}

impl From<Said> for Answer {
    fn from(said: Said) -> Answer {
        match said {
            Said::Yes => Answer::Yes,
            Said::No => Answer::No,
            Said::Unknown => Answer::Unknown,
        }
    }
}

/// What a person found on a clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    pub met: bool,
    /// Account, and the name it had.
    pub by: String,
    pub by_name: String,
    pub on: Date,
    pub note: String,
}

/// By key of the clause.
pub type Judgements = BTreeMap<Key, Judgement>;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Of the expressions alone: what matching answers.
    pub rule: Said,
    /// With what only a person can judge, over the items that are claimed.
    pub whole: Said,
    pub clauses: Vec<ClauseResult>,
    pub items: Vec<ItemResult>,
    pub money: Money,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClauseResult {
    pub key: Key,
    pub kind: ClauseKind,
    /// Of its expression over the facts; none where it has none.
    pub facts: Option<Said>,
    pub judged: Option<bool>,
    /// What counts; none for what decides nothing.
    pub answer: Option<Said>,
    /// Whether a person's word can count here; of a clause on child records, on one of [`ClauseResult::records`].
    pub judgeable: bool,
    /// Of a clause on the one child record of its item: each record on file, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<RecordResult>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemResult {
    pub key: Key,
    /// Of the item's own conditions; of one that is not claimed, no.
    pub answer: Said,
    pub claimed: bool,
    /// Fen, whether or not it fits; none where it is no amount or not known.
    pub amount: Option<i64>,
    /// Of an item paid by record: place among the firm's records and fen.
    pub records: Vec<(usize, Option<i64>)>,
}

/// Fen throughout.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Money {
    /// Whether any claimed item is an amount at all.
    pub computed: bool,
    pub chosen: Option<i64>,
    pub firm_cap: Option<i64>,
    pub capped: Option<i64>,
    /// What this year and other policies left of it.
    pub steps: Vec<Step>,
    /// What is due; none while it is not known or nothing is computed.
    pub amount: Option<i64>,
    /// Amounts are the most there can be.
    pub ceiling: bool,
}

/// A policy typed once, to answer many files of one day.
pub struct Judge {
    basis: Basis,
    names: Vec<String>,
    frame: Frame,
    compiled: Compiled,
    wanted: Wanted,
    context: Context,
}

/// The answer to one file. See [`Judge`] for many.
pub fn adjudicate(basis: &Basis, schema: &Schema, frozen: &Frozen, judgements: &Judgements) -> Decision {
    Judge::new(basis.clone(), schema, frozen.day, frozen.judged_year).adjudicate(frozen, judgements)
}

impl Judge {
    pub fn new(basis: Basis, schema: &Schema, day: Date, judged_year: i32) -> Judge {
        let frame = basis.frame(schema, day, judged_year);
        let compiled = compile(&basis.content, &frame);
        let wanted = Wanted::of(&basis.content, &compiled, &frame);
        let names = basis.names().into_iter().map(str::to_owned).collect();
        Judge { context: Context::new(day, judged_year), basis, names, frame, compiled, wanted }
    }

    pub fn basis(&self) -> &Basis {
        &self.basis
    }

    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    pub fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    /// What has to be frozen of a firm.
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// The answer to a file of this policy, day and judged year.
    pub fn adjudicate(&self, frozen: &Frozen, judgements: &Judgements) -> Decision {
        let content = &self.basis.content;
        let firm = FrozenFirm::new(frozen, &self.frame.schema);
        let pairs = content.clauses.iter().zip(&self.compiled.clauses);
        let clauses: Vec<ClauseResult> =
            pairs.map(|(clause, compiled)| self.clause(clause, compiled, (frozen, &firm), judgements)).collect();
        let mut traced = trace(&self.compiled, content, &self.frame, &firm, &self.context);
        for (item, compiled) in traced.items.iter_mut().zip(&self.compiled.items) {
            let judged = self.by_record(compiled, &clauses, &firm);
            let claimed = frozen.claims(&item.key);
            item.answer = if claimed { self.item(compiled, &clauses, judged.as_ref(), &firm) } else { Answer::No };
            if let Some(judged) = judged {
                (item.amount, item.records) = (judged.amount.filter(|_| item.computed), judged.records);
            }
        }
        let traced = together(traced.items, content, &self.frame, &firm, &self.context);
        let whole = self.whole(&traced.items, &clauses, frozen);
        let rule = self.compiled.rule().map_or(Answer::Unknown, |rule| answer_node(&rule.root, &firm, &self.context));
        let money = self.money(&traced, whole, frozen);
        let item = |item: ItemTrace| ItemResult {
            claimed: frozen.claims(&item.key),
            answer: item.answer.into(),
            amount: item.amount,
            records: item.records,
            key: item.key,
        };
        Decision { rule: rule.into(), whole: whole.into(), clauses, items: traced.items.into_iter().map(item).collect(), money }
    }

    fn clause(
        &self,
        clause: &Clause,
        compiled: &CompiledClause,
        (frozen, firm): (&Frozen, &FrozenFirm),
        judgements: &Judgements,
    ) -> ClauseResult {
        let facts = compiled.rule.as_ref().map(|rule| answer_node(&rule.root, firm, &self.context));
        let records = records::of_clause(compiled, (frozen, firm), judgements, &self.frame.schema, &self.context);
        let on_records = records.iter().any(|record| record.judged.is_some());
        let silent = match compiled.is_bound() {
            true => records.iter().any(|record| record.facts == Said::Unknown),
            false => facts.is_none_or(|answer| answer == Answer::Unknown),
        };
        let judgeable = clause.kind != ClauseKind::Information && silent;
        let judged = judgements.get(&clause.key).filter(|_| judgeable && !compiled.is_bound()).map(|judgement| judgement.met);
        let over_records = on_records.then(|| kleene::any(records.iter().map(|record| Answer::from(record.answer))));
        let said = judged.map(|met| if met { Answer::Yes } else { Answer::No }).or(over_records);
        let answer = (clause.kind != ClauseKind::Information).then(|| said.or(facts).unwrap_or(Answer::Unknown));
        ClauseResult {
            key: clause.key.clone(),
            kind: clause.kind,
            facts: facts.map(Said::from),
            judged,
            answer: answer.map(Said::from),
            judgeable,
            records,
        }
    }

    /// Key of a judgement on one child record of a bound clause, by its place on file from zero.
    pub fn record_key(&self, frozen: &Frozen, clause: &str, at: usize) -> Option<Key> {
        let compiled = self.compiled.clauses.iter().find(|compiled| compiled.key == clause)?;
        let record = records::records_of(compiled, frozen, &self.frame.schema)?.get(at)?;
        Some(records::key(clause, record))
    }

    /// Where a person judged child records of the item: what it comes to.
    fn by_record(&self, item: &CompiledItem, clauses: &[ClauseResult], firm: &FrozenFirm) -> Option<ByRecord> {
        let bound = self.of_item(Some(&item.key), clauses).filter(|(_, compiled)| compiled.is_bound());
        let bound: Vec<&ClauseResult> = bound.map(|(clause, _)| clause).collect();
        let only_highest = self.basis.content.item(&item.key).is_some_and(|item| item.benefit.times == Some(1));
        records::of_item(item, only_highest, &bound, firm, &self.context)
    }

    /// An item's own conditions: its clauses apart, those on its one child record together.
    fn item(&self, item: &CompiledItem, clauses: &[ClauseResult], judged: Option<&ByRecord>, firm: &FrozenFirm) -> Answer {
        let apart = self.of_item(Some(&item.key), clauses).filter(|(_, compiled)| !compiled.is_bound());
        let on_file = || item.bound.as_ref().map(|bound| answer_node(&bound.exists, firm, &self.context));
        let bound = judged.map(|judged| judged.answer).or_else(on_file);
        kleene::all(apart.filter_map(|(clause, _)| clause.answer.map(Answer::from)).chain(bound))
    }

    fn of_item<'a>(
        &'a self,
        item: Option<&'a str>,
        clauses: &'a [ClauseResult],
    ) -> impl Iterator<Item = (&'a ClauseResult, &'a CompiledClause)> {
        let all = self.basis.content.clauses.iter().zip(clauses.iter().zip(&self.compiled.clauses));
        all.filter(move |(clause, _)| clause.item.as_deref() == item).map(|(_, pair)| pair)
    }

    fn whole(&self, items: &[ItemTrace], clauses: &[ClauseResult], frozen: &Frozen) -> Answer {
        let common = self.of_item(None, clauses).filter_map(|(clause, _)| clause.answer.map(Answer::from));
        let claimed = items.iter().filter(|item| frozen.claims(&item.key)).map(|item| item.answer);
        let any = (!items.is_empty()).then(|| kleene::any(claimed));
        kleene::all(common.chain(any))
    }

    fn money(&self, traced: &crate::amount::Trace, whole: Answer, frozen: &Frozen) -> Money {
        let computed = traced.items.iter().any(|item| item.computed && frozen.claims(&item.key));
        let settled = traced.capped.zip(traced.limits).filter(|_| computed).map(|(capped, limits): (i64, Limits)| {
            let own: Vec<&str> = self.names.iter().map(String::as_str).collect();
            settle(capped, &own, frozen.granted_on, &frozen.awards(), &self.basis.content.money, limits)
        });
        let (amount, steps) = settled.map(|settled| (settled.amount, settled.steps)).unzip();
        Money {
            computed,
            chosen: traced.chosen,
            firm_cap: traced.firm_cap,
            capped: traced.capped,
            steps: steps.unwrap_or_default(),
            amount: if whole == Answer::No { computed.then_some(0) } else { amount },
            ceiling: traced.ceiling,
        }
    }
}
