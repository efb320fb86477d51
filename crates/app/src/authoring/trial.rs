//! The answer to a keystroke: a document tried on all firms in the author's scope, without being kept.
//!
//! Start at [`Caller::try_version`]. Counts, money and names are those of the matching engine at the head of the
//! journal; a condition that came as a tree is written as text, and every text that types is given back as a tree.
use super::firms::Lines;
use super::version::{Version, read_content};
use super::wire::{
    CaseView, CoverageView, FindingView, MostMissing, Strictest, Trial, TrialAgainst, TrialChange, TrialClause, TrialCounts, TrialItem,
    TrialMoney, TrialNames, TrialPool,
};
use crate::Caller;
use crate::eligibility::State;
use crate::fault::Outcome;
use crate::views::{Raw, Words};
use liangu_base::Text;
use liangu_expr::finding::Severity;
use liangu_expr::lint::lint;
use liangu_expr::typed::Typed;
use liangu_expr::value::Answer;
use liangu_expr::{Expect, Finding, sentence};
use liangu_matching::bits::Bits;
use liangu_matching::trial::{Ask, ItemAsk, PartCount};
use liangu_policy::amount::pool::{Asking, divide};
use liangu_policy::compile::{CompiledClause, Written};
use liangu_policy::condition::{Condition, read, write};
use liangu_policy::content::{Content, Cut};
use liangu_policy::{Compiled, Frame, cases, compile, gate};
use liangu_store::Item;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Names of a list.
const NAMES: usize = 20;

/// A condition that is not complete yet, by the clause's key.
type Incomplete = BTreeMap<String, Text>;

impl Caller<'_> {
    /// # Errors
    /// Not found for a version that is not there; invalid for a document that is not of the form.
    pub fn try_version(&self, policy: &str, number: i64, content: &Json) -> Outcome<Trial> {
        self.may_author()?;
        let item = self.policy_item(policy)?;
        let version = self.version_numbered(item.id, number)?;
        let (json, incomplete) = with_texts(content)?;
        let content = read_content(&json)?;
        let frame = self.rules()?.frame_with(&item.values, content.dates);
        let compiled = compile(&content, &frame);
        let mut trial = self.written(&content, &compiled, &frame, &incomplete);
        if compiled.sound && incomplete.is_empty() {
            let state = self.app.eligibility.able_to_answer(&self.app.store, self.now(), &asked(&compiled))?;
            self.tried(&mut trial, &state, &item, &version, (&content, &compiled, &frame))?;
        }
        Ok(trial)
    }

    /// All of a trial that needs no firms.
    fn written(&self, content: &Content, compiled: &Compiled, frame: &Frame, incomplete: &Incomplete) -> Trial {
        let clauses = content.clauses.iter().zip(&compiled.clauses).map(|(clause, compiled)| {
            let when = clause.when.clone();
            let text = when.as_deref().unwrap_or_default();
            let mut findings: Vec<FindingView> = compiled.findings.iter().map(|finding| shown(finding, text)).collect();
            findings.extend(compiled.written.iter().flat_map(|written| doubts_of(written, text, frame)));
            findings.extend(incomplete.get(&clause.key).map(unfinished));
            TrialClause {
                key: clause.key.clone(),
                condition: condition_of(compiled, frame),
                sentence: compiled.written.as_ref().map(|written| sentence::text(&written.whole, &frame.schema).into()),
                when,
                findings,
                yes: None,
                no: None,
                unknown: None,
            }
        });
        let items = content.items.iter().zip(&compiled.items).map(|(item, compiled)| TrialItem {
            key: item.key.clone(),
            sentence: compiled.gate.as_ref().map(|gate| sentence::text(&gate.root, &frame.schema).into()),
            amount_sentence: compiled.amount.as_ref().map(|amount| sentence::text(&amount.root, &frame.schema).into()),
            findings: compiled.findings.iter().map(|(text, finding)| shown_of_item(*text, finding, item)).collect(),
            firms: None,
            money_fen: None,
        });
        let results = cases::run(content, compiled, frame);
        let covered = gate::coverage(content, compiled);
        Trial {
            clauses: clauses.collect(),
            items: items.collect(),
            findings: of_the_whole(content, compiled),
            coverage: CoverageView {
                deciding: covered.deciding as u64,
                expressed: covered.expressed as u64,
                person: covered.person as u64,
                information: covered.information as u64,
            },
            uncovered: cases::uncovered(content, &results),
            missing: gate::missing(content, compiled, &results).into_iter().map(Words::from).collect(),
            cases: results.into_iter().map(case_view).collect(),
            ..Trial::default()
        }
    }

    /// Counts, money and names.
    fn tried(
        &self,
        trial: &mut Trial,
        state: &State,
        item: &Item,
        version: &Version,
        (content, compiled, frame): (&Content, &Compiled, &Frame),
    ) -> Outcome<()> {
        let parts: Vec<_> = compiled.parts.iter().map(|part| part.rule.clone()).collect();
        let before = state.policies.keys.get(&item.id).and_then(|key| state.engine.rule(*key)).cloned();
        let scope = self.scope_rows(state)?;
        let partitions = self.partitions(state)?;
        let gate = compiled.rule();
        let items: Vec<ItemAsk> = compiled
            .items
            .iter()
            .map(|item| ItemAsk { gate: item.gate.clone().filter(|_| compiled.items.len() > 1), amount: item.amount.clone() })
            .collect();
        let ask = Ask {
            parts: &parts,
            before: before.as_deref(),
            scope: scope.as_ref(),
            amount: compiled.amount.as_deref(),
            items: &items,
            partitions: &partitions.all(),
        };
        let found = match state.engine.trial(&ask) {
            Ok(found) => found,
            Err(refused) => {
                trial.findings.push(unmatched(&refused));
                return Ok(());
            }
        };
        let lines = Lines { caller: self, state, amount: compiled.amount.as_deref() };
        trial.counts = Some(TrialCounts {
            yes: found.counts.yes.into(),
            no: found.counts.no.into(),
            unknown: found.counts.unknown.into(),
            near: found.counts.near.into(),
        });
        let ceiling = content.items.iter().any(|item| item.benefit.ceiling);
        trial.money = found.money.as_ref().map(|money| TrialMoney {
            total_fen: i64::try_from(money.total).unwrap_or(i64::MAX),
            firms: money.firms.into(),
            unknown_firms: money.unknown.into(),
            ceiling,
        });
        trial.pool = pool(state, content, compiled, frame, &found.yes);
        trial.groups = partitions.groups(self, &found.groups);
        trial.names = TrialNames {
            yes: lines.of(found.yes.rows().take(NAMES), |_| None)?,
            near: lines.of(found.near.rows().take(NAMES), |row| in_the_way(state, compiled, row))?,
            unknown: lines.of(found.unknown.rows().take(NAMES), |_| None)?,
        };
        if gate.is_some() && before.is_some() {
            let change = |rows: &Bits| -> Outcome<TrialChange> {
                Ok(TrialChange { count: rows.count() as u64, names: lines.of(rows.rows().take(NAMES), |_| None)? })
            };
            trial.against = Some(TrialAgainst { version: version.base, gained: change(&found.gained)?, lost: change(&found.lost)? });
        }
        by_clause(trial, compiled, &found.by_part);
        trial.most_missing = found.most_missing.and_then(|(fact, firms)| {
            let (name, decl) = state.engine.table().schema().fields.get_index(fact.field.0 as usize)?;
            Some(MostMissing { field: name.clone(), label: Words::from(&decl.label), firms: firms.into() })
        });
        for (line, count) in trial.items.iter_mut().zip(&found.items) {
            line.firms = Some(count.firms.into());
            line.money_fen = count.money.as_ref().map(|money| i64::try_from(money.total).unwrap_or(i64::MAX));
        }
        if found.counts.yes == 0 && found.counts.unknown == 0 && !parts.is_empty() {
            let message = Text::fixed("你辖区内没有一家企业符合，也没有待核的", "No firm in your region fits, and none is in question");
            trial.findings.push(doubt("lint.nobody", message));
        }
        Ok(())
    }
}

/// What each clause does by itself, and which keeps most firms out.
fn by_clause(trial: &mut Trial, compiled: &Compiled, counts: &[PartCount]) {
    for (part, count) in compiled.parts.iter().zip(counts) {
        let Some(key) = &part.clause else { continue };
        if let Some(clause) = trial.clauses.iter_mut().find(|clause| &clause.key == key) {
            (clause.yes, clause.no, clause.unknown) = (Some(count.yes.into()), Some(count.no.into()), Some(count.unknown.into()));
            clause.findings.extend(by_population(count.yes, count.no, count.unknown));
        }
    }
    let strictest = compiled.parts.iter().zip(counts).max_by_key(|(_, count)| count.removes);
    trial.strictest = strictest
        .filter(|(_, count)| count.removes > 0)
        .map(|(part, count)| Strictest { clause: part.clause.clone().unwrap_or_default(), removes: count.removes.into() });
}

/// Every expression that is asked of all firms.
fn asked(compiled: &Compiled) -> Vec<&Typed> {
    let parts = compiled.parts.iter().map(|part| &part.rule);
    let items = compiled.items.iter().flat_map(|item| item.gate.iter().chain(&item.amount));
    parts.chain(items).chain(&compiled.amount).map(AsRef::as_ref).collect()
}

/// A fact that no table of all firms can hold, as a free text.
fn unmatched(refused: &liangu_matching::Refused) -> FindingView {
    let message =
        Text::new(format!("这条规则不能对所有企业判定：{refused}"), format!("the rule cannot be decided for all firms: {refused}"));
    FindingView { severity: "error".to_owned(), ..doubt("matching.refused", message) }
}

/// The clause that keeps a firm one step away.
fn in_the_way(state: &State, compiled: &Compiled, row: u32) -> Option<String> {
    let no = |part: &&liangu_policy::compile::Part| state.engine.row_answer(&part.rule, row) == Answer::No;
    compiled.parts.iter().find(no).map(|part| part.clause.clone().unwrap_or_default())
}

/// The document with every tree of a condition written as text, and what is not complete.
fn with_texts(content: &Json) -> Outcome<(Json, Incomplete)> {
    let mut content = content.clone();
    let mut incomplete = Incomplete::new();
    let clauses = content.get_mut("clauses").and_then(Json::as_array_mut).into_iter().flatten();
    for clause in clauses.filter_map(Json::as_object_mut) {
        let Some(tree) = clause.remove("condition").filter(|tree| !tree.is_null()) else { continue };
        let key = clause.get("key").and_then(Json::as_str).unwrap_or_default().to_owned();
        let condition: Condition = serde_json::from_value(tree).map_err(|error| {
            let (zh, en) = (format!("条件不合格式：{error}"), format!("The condition is not of the form: {error}"));
            crate::fault::invalid("content", "condition", zh, en)
        })?;
        let text = match write(&condition) {
            Ok(text) => Json::String(text),
            Err(why) => {
                incomplete.insert(key, why);
                Json::Null
            }
        };
        clause.insert("when".to_owned(), text);
    }
    Ok((content, incomplete))
}

fn condition_of(compiled: &CompiledClause, frame: &Frame) -> Option<Raw> {
    let written = compiled.written.as_ref()?;
    let tree = read(&written.node, &written.within, &frame.schema);
    serde_json::to_value(tree).ok().map(Raw)
}

/// The second stage over all that fit: ranked, limited, cut. Firms whose amount is not known stand outside.
fn pool(state: &State, content: &Content, compiled: &Compiled, frame: &Frame, yes: &Bits) -> Option<TrialPool> {
    let pool = content.money.pool.as_ref()?;
    let rows: Vec<u32> = yes.rows().collect();
    let numbers = |typed: &Typed| state.engine.amounts(typed, rows.iter().copied()).unwrap_or_default();
    let amounts = numbers(compiled.amount.as_deref()?);
    let rank = pool.rank.as_deref().and_then(|text| frame.typed(text, Expect::Any).ok()).map(|rank| numbers(&rank));
    let place = |firm: usize| rank.as_ref().and_then(|ranks| ranks.get(firm).copied().flatten());
    let asking = amounts.iter().enumerate().filter_map(|(firm, amount)| Some(Asking { firm, amount: (*amount)?, rank: place(firm) }));
    let asking: Vec<Asking> = asking.collect();
    let budget = pool.budget.as_deref().and_then(|text| liangu_policy::amount::constant(text, frame));
    let granted = divide(&asking, budget, pool.quota, pool.cut);
    let asked = asking.iter().map(|a| a.amount).fold(0i64, i64::saturating_add);
    let is_cut = pool.cut == Some(Cut::Proportional) && pool.quota.is_none();
    let short = budget.filter(|budget| is_cut && *budget < asked);
    Some(TrialPool {
        budget_fen: budget,
        quota: pool.quota,
        asked_fen: asked,
        granted_fen: granted.iter().map(|g| g.amount).fold(0i64, i64::saturating_add),
        firms: granted.iter().filter(|g| g.amount > 0).count() as u64,
        paid_share: short.and_then(|budget| i64::try_from(i128::from(budget) * 10_000 / i128::from(asked)).ok()),
    })
}

/// What is wrong or doubtful beside clauses and items.
fn of_the_whole(content: &Content, compiled: &Compiled) -> Vec<FindingView> {
    let money = compiled.money.iter().map(|(name, finding)| {
        let view = shown(finding, "");
        FindingView { code: format!("{name}:{}", view.code), start: None, end: None, ..view }
    });
    money.chain(gate::doubts(content).into_iter().map(|(code, message)| doubt(code, message))).collect()
}

/// What the linter says of a clause as it was written.
fn doubts_of(written: &Written, text: &str, frame: &Frame) -> Vec<FindingView> {
    let typed = Typed { source: text.into(), root: written.node.clone() };
    lint(&typed, &frame.schema).iter().map(|finding| shown(&written.in_text(finding.clone(), text), text)).collect()
}

fn by_population(yes: u32, no: u32, unknown: u32) -> Option<FindingView> {
    let (code, message) = match (yes, no, unknown) {
        (0, 0, _) => return None,
        (0, _, 0) => ("lint.nobody", Text::fixed("你辖区内没有一家企业满足这一条", "No firm in your region meets this")),
        (_, 0, 0) => ("lint.everybody", Text::fixed("你辖区内每家企业都满足这一条", "Every firm in your region meets this")),
        _ => return None,
    };
    Some(FindingView { severity: "note".to_owned(), ..doubt(code, message) })
}

fn doubt(code: &str, message: Text) -> FindingView {
    FindingView { code: code.to_owned(), severity: "warning".to_owned(), message: message.into(), hint: None, start: None, end: None }
}

fn unfinished(why: &Text) -> FindingView {
    FindingView {
        code: "condition.incomplete".to_owned(),
        severity: "error".to_owned(),
        message: why.into(),
        hint: None,
        start: None,
        end: None,
    }
}

/// A finding with offsets as browsers count them.
fn shown(finding: &Finding, text: &str) -> FindingView {
    let at = |byte: u32| {
        let byte = (byte as usize).min(text.len());
        text.get(..byte).map(|before| before.encode_utf16().count() as u32)
    };
    FindingView {
        code: finding.code.to_owned(),
        severity: match finding.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
        .to_owned(),
        message: Words::from(&finding.message),
        hint: finding.hint.as_ref().map(Words::from),
        start: at(finding.span.start),
        end: at(finding.span.end),
    }
}

fn shown_of_item(which: liangu_policy::compile::ItemText, finding: &Finding, item: &liangu_policy::content::Item) -> FindingView {
    use liangu_policy::compile::ItemText;
    let benefit = &item.benefit;
    let (name, text) = match which {
        ItemText::Bind => ("bind", None),
        ItemText::Amount => ("amount", benefit.amount.as_deref()),
        ItemText::Cap => ("cap", benefit.cap.as_deref()),
        ItemText::Floor => ("floor", benefit.floor.as_deref()),
        ItemText::RoundDown => ("round_down", benefit.round_down.as_deref()),
    };
    let view = shown(finding, text.unwrap_or_default());
    FindingView { code: format!("{name}:{}", view.code), ..view }
}

fn case_view(result: cases::CaseResult) -> CaseView {
    CaseView {
        key: result.key,
        passes: result.passes,
        answer: match result.answer {
            Answer::Yes => "yes",
            Answer::No => "no",
            Answer::Unknown => "unknown",
        }
        .to_owned(),
        amount_fen: result.amount,
        why: result.why.map(Words::from),
    }
}
