//! Clauses on the one child record of an item, record by record, so that a person can say what facts do not.
//!
//! Invariant: a judgement names its record by what the record says, never by its place, so that after a correction it
//! holds for the record it was made on or for none.
use super::frozen::{Frozen, Known};
use super::judge::{ClauseResult, Judgements, Said};
use super::row::FrozenFirm;
use crate::compile::{CompiledClause, CompiledItem, inner};
use crate::content::Key;
use liangu_expr::kleene;
use liangu_expr::row::{Context, Row, eval_in_child};
use liangu_expr::schema::Schema;
use liangu_expr::typed::Node;
use liangu_expr::value::{Answer, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Digits of the record's digest in a key.
const DIGITS: usize = 16;

/// A clause on one child record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordResult {
    /// Of its facts alone; where these are silent a person's word counts.
    pub facts: Said,
    pub judged: Option<bool>,
    pub answer: Said,
}

/// What is known of one record, by field.
type Kept = BTreeMap<String, Known>;

/// What an item comes to where a person judged one of its records.
pub(super) struct ByRecord {
    pub answer: Answer,
    pub amount: Option<i64>,
    /// Place of each record that passes, and its fen.
    pub records: Vec<(usize, Option<i64>)>,
}

/// The records a bound clause speaks of, as the file keeps them; none where they are not reported.
pub(super) fn records_of<'f>(compiled: &CompiledClause, frozen: &'f Frozen, schema: &Schema) -> Option<&'f Vec<Kept>> {
    let (child, _) = compiled.written.as_ref()?.within.first()?;
    frozen.children.get(schema.children.get_index(child.0 as usize)?.0)
}

/// Key of a judgement on one record.
pub(super) fn key(clause: &str, record: &Kept) -> Key {
    format!("{clause}#{}", &super::digest_of(record)[..DIGITS])
}

pub(super) fn of_clause(
    compiled: &CompiledClause,
    (frozen, firm): (&Frozen, &FrozenFirm),
    judgements: &Judgements,
    schema: &Schema,
    context: &Context,
) -> Vec<RecordResult> {
    let place = compiled.written.as_ref().and_then(|written| written.within.first()).map(|(child, _)| *child);
    let (Some(rule), Some(child), Some(kept)) = (&compiled.rule, place, records_of(compiled, frozen, schema)) else { return Vec::new() };
    let (Some(node), Some(rows)) = (inner(&rule.root), firm.children(child)) else { return Vec::new() };
    let one = |(row, record): (&dyn Row, &Kept)| {
        let facts = answered(node, row, firm, context);
        let judged = judgements.get(&key(&compiled.key, record)).filter(|_| facts == Answer::Unknown).map(|judgement| judgement.met);
        let answer = judged.map_or(facts, |met| if met { Answer::Yes } else { Answer::No });
        RecordResult { facts: facts.into(), judged, answer: answer.into() }
    };
    rows.iter().map(AsRef::as_ref).zip(kept).map(one).collect()
}

fn answered(node: &Node, record: &dyn Row, firm: &FrozenFirm, context: &Context) -> Answer {
    match eval_in_child(node, record, firm, context) {
        Value::Bool(true) => Answer::Yes,
        Value::Bool(false) => Answer::No,
        _ => Answer::Unknown,
    }
}

/// None where nobody judged a record of the item: then it is answered as matching answers it. `clauses` are the bound
/// ones of the item.
pub(super) fn of_item(
    item: &CompiledItem,
    only_highest: bool,
    clauses: &[&ClauseResult],
    firm: &FrozenFirm,
    context: &Context,
) -> Option<ByRecord> {
    let bound = item.bound.as_ref()?;
    if !clauses.iter().any(|clause| clause.records.iter().any(|record| record.judged.is_some())) {
        return None;
    }
    let rows = firm.children(bound.child)?;
    let at = |place: usize| kleene::all(clauses.iter().filter_map(|clause| Some(Answer::from(clause.records.get(place)?.answer))));
    let answers: Vec<Answer> = (0..rows.len()).map(at).collect();
    let fen = |place: usize| {
        let value = eval_in_child(bound.amount.as_ref()?, rows[place].as_ref(), firm, context);
        if let Value::Int(fen) = value { Some(fen) } else { None }
    };
    let passing = answers.iter().enumerate().filter(|(_, answer)| **answer == Answer::Yes);
    let records: Vec<(usize, Option<i64>)> = passing.map(|(place, _)| (place, fen(place))).collect();
    let open = answers.contains(&Answer::Unknown);
    let parts = if open { None } else { records.iter().map(|(_, fen)| *fen).collect::<Option<Vec<i64>>>() };
    let amount = parts.and_then(|parts| match only_highest {
        true => Some(parts.into_iter().max().unwrap_or(0)),
        false => parts.into_iter().try_fold(0i64, i64::checked_add),
    });
    Some(ByRecord { answer: kleene::any(answers), amount, records })
}
