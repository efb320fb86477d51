//! What bringing a database to another model means: only additions and renames; nothing stored is lost.
//!
//! [`plan`] compares what the database has applied with a model. Every step can be printed in both languages
//! (`liangu pack plan`) and is carried out by the store in the given order; a plan with refusals is not carried out.
mod compare;
mod words;

use crate::applied::{Applied, AppliedRecord};
use crate::error::text;
use crate::record::Model;
use liangu_base::text::{Lang, Text};

/// One change. Fields and records are named as in the packs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A table with all fields of the model's record, its indexes and its search index.
    CreateRecord {
        record: String,
    },
    /// The record is in the packs again; its table is still there.
    RestoreRecord {
        record: String,
    },
    /// The record is no longer in the packs; its table stays and is not shown.
    HideRecord {
        record: String,
    },
    AddField {
        record: String,
        field: String,
    },
    RenameField {
        record: String,
        from: String,
        to: String,
    },
    /// Was hidden and is in the packs again, with the type it had.
    RestoreField {
        record: String,
        field: String,
    },
    HideField {
        record: String,
        field: String,
    },
    /// Stored values become `convert` with `old` as the stored value, in one transaction; types as packs write them.
    RetypeField {
        record: String,
        field: String,
        from: String,
        to: String,
        convert: String,
    },
    /// Fails with the values that occur twice, if any do.
    AddUnique {
        record: String,
        field: String,
    },
    DropUnique {
        record: String,
        field: String,
    },
    /// Rows written from now on must have it; stored rows may lack it until they are next edited.
    Require {
        record: String,
        field: String,
    },
    AddIndex {
        record: String,
        field: String,
    },
    DropIndex {
        record: String,
        field: String,
    },
    /// Full-text index over these fields, made anew; dropped if there are none.
    RebuildSearch {
        record: String,
        fields: Vec<String>,
    },
    /// Who may see or write what changes; nothing is stored differently.
    ChangeAccess {
        record: String,
        what: Text,
    },
    /// Cases go on under another version of their flow: the program carries each over.
    ChangeFlow {
        record: String,
        from: u32,
        to: u32,
    },
    /// The flow no longer has these states and names no successors. Who carries the plan out refuses it while rows are
    /// in one of them ([`Plan::refuse_state`]).
    RemoveStates {
        record: String,
        states: Vec<String>,
    },
    AddCodes {
        list: String,
        codes: Vec<String>,
    },
    /// Codes that stored rows may still hold; they stay and show as their code.
    RemoveCodes {
        list: String,
        codes: Vec<String>,
    },
}

/// A change that would lose or falsify stored data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub record: String,
    pub field: Option<String>,
    pub message: Text,
    pub hint: Text,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub steps: Vec<Step>,
    pub refused: Vec<Refusal>,
    /// What the database has applied once the steps are done: the model, and all that is kept hidden.
    pub result: Applied,
}

impl Plan {
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.refused.is_empty()
    }

    /// The step that removes a state cannot be carried out: `rows` are in it.
    pub fn refuse_state(&mut self, record: &str, state: &str, rows: u64) {
        let message = text(
            format!("{record} 的状态 {state} 被删去，但还有 {rows} 件在其中"),
            format!("state {state} of {record} is removed, but {rows} cases are in it"),
        );
        let hint = text(
            format!("在流程里写 moved: {{{state}: 新状态}}，或先办完这些件。"),
            format!("write moved: {{{state}: another state}} in the flow, or finish these cases first."),
        );
        self.refused.push(Refusal { record: record.to_owned(), field: Some("state".to_owned()), message, hint });
    }

    /// The plan for a person, a line a step; refusals last, each with what to do.
    pub fn render(&self, lang: Lang) -> String {
        let mut out: Vec<String> = self.steps.iter().map(|s| format!("- {}", s.text().get(lang))).collect();
        for r in &self.refused {
            let (label, hint) = if lang == Lang::Zh { ("拒绝：", "建议：") } else { ("refused: ", "hint: ") };
            out.push(format!("! {label}{}\n    {hint}{}", r.message.get(lang), r.hint.get(lang)));
        }
        if out.is_empty() {
            let nothing = text("数据库与模型一致，无需改动。", "The database agrees with the model; nothing to do.");
            out.push(nothing.get(lang).to_owned());
        }
        out.join("\n") + "\n"
    }
}

/// The changes that bring a database from `applied` to `model`. An empty `applied` is a new database.
pub fn plan(applied: &Applied, model: &Model) -> Plan {
    let mut plan = Plan { result: Applied::of(model), ..Plan::default() };
    lists(applied, &mut plan);
    for r in model.records.values() {
        match applied.records.get(&r.name) {
            None => plan.steps.push(Step::CreateRecord { record: r.name.clone() }),
            Some(old) => compare::record(old, r, model, &mut plan),
        }
    }
    for (name, old) in &applied.records {
        if !model.records.contains_key(name) {
            if !old.removed {
                plan.steps.push(Step::HideRecord { record: name.clone() });
            }
            plan.result.records.insert(name.clone(), AppliedRecord { removed: true, ..old.clone() });
        }
    }
    plan
}

fn lists(applied: &Applied, plan: &mut Plan) {
    for (name, codes) in &plan.result.lists {
        let Some(old) = applied.lists.get(name) else {
            continue;
        };
        let without = |a: &[String], b: &[String]| a.iter().filter(|c| b.binary_search(c).is_err()).cloned().collect::<Vec<_>>();
        let (added, removed) = (without(codes, old), without(old, codes));
        if !added.is_empty() {
            plan.steps.push(Step::AddCodes { list: name.clone(), codes: added });
        }
        if !removed.is_empty() {
            plan.steps.push(Step::RemoveCodes { list: name.clone(), codes: removed });
        }
    }
}
