//! The dry run: the frozen firms answered one by one, planned together, written as lines.
use super::files::{self, Entry, Line};
use super::run::{Run, int, values};
use super::wire::SkipCount;
use crate::App;
use crate::claims::{self, Basing};
use crate::fault::{Fault, Outcome};
use crate::shown;
use crate::views::Words;
use liangu_base::{Id, Lang, Text};
use liangu_expr::Expect;
use liangu_expr::row::{Context, eval_node};
use liangu_expr::schema::Unit;
use liangu_expr::typed::Typed;
use liangu_expr::value::{Answer, Value as Known};
use liangu_policy::amount::{Award, trace};
use liangu_policy::award::{self, Candidate, Plan, Skip, Stage, Terms};
use liangu_policy::decision::{FrozenFirm, Judgements};
use liangu_store::{Commit, Value, Values};
use std::collections::BTreeMap;

/// What a run is judged by: the basis of its freeze, on its day.
pub(super) fn basing(app: &App, run: &Run) -> Outcome<Basing> {
    let day = run.frozen_day()?;
    let digest = run.basis.as_deref().ok_or_else(|| Fault::Internal(format!("award run {} has no basis", run.item.id)))?;
    Ok(Basing::on(app, claims::basis_of(app, digest)?, day, crate::judged_year(day)))
}

/// Plans the frozen firms and writes the list.
pub(super) fn dry_run(app: &App, run: &Run, commit: &mut Commit) -> Outcome<Values> {
    let basing = basing(app, run)?;
    let trial = Trial::new(app, run, &basing)?;
    let candidates = trial.candidates()?;
    let plan = trial.plan(&candidates);
    let mut left = plan.lines.iter();
    for chunk in 0..run.chunks() {
        let entries = app.store.read(|reader| files::file(reader, run, chunk))?;
        let lines: Vec<Line> = entries.iter().zip(&mut left).map(|(entry, planned)| line(entry, planned)).collect();
        commit.documents.push(files::put_lines(run, chunk, &lines)?);
    }
    commit.documents.push(files::put_skipped(run, &counted(&plan))?);
    let total = i64::try_from(plan.total).map_err(|_| Fault::Internal("an award run exceeds all money".to_owned()))?;
    Ok(values([
        ("firms", int(plan.firms)),
        ("total", Value::Int(total)),
        ("skipped", int(plan.lines.len() - plan.firms)),
        ("refused", Value::Null),
    ]))
}

struct Trial<'a> {
    app: &'a App,
    run: &'a Run,
    basing: &'a Basing,
    rank: Option<Typed>,
    stage: Option<Stage>,
    context: Context,
}

impl<'a> Trial<'a> {
    fn new(app: &'a App, run: &'a Run, basing: &'a Basing) -> Outcome<Trial<'a>> {
        let (frame, content) = (basing.judge.frame(), &basing.judge.basis().content);
        let rank = content.money.pool.as_ref().and_then(|pool| pool.rank.as_deref()).filter(|text| !text.trim().is_empty());
        let typed = |text: &str| frame.typed(text, Expect::Any).map_err(|_| Fault::Internal("the rank of a pool does not type".to_owned()));
        Ok(Trial {
            rank: rank.map(typed).transpose()?,
            stage: Stage::of(content, frame),
            context: Context::new(basing.day, basing.judged_year),
            app,
            run,
            basing,
        })
    }

    /// All frozen firms in the order of their ids; the files are read chunk by chunk.
    fn candidates(&self) -> Outcome<Vec<Candidate>> {
        let mut candidates = Vec::with_capacity(self.run.candidates);
        for chunk in 0..self.run.chunks() {
            let (entries, claimed) = self.app.store.read(|reader| {
                let entries = files::file(reader, self.run, chunk)?;
                let firms: Vec<Id> = entries.iter().filter_map(|entry| files::firm_id(self.app, &entry.firm)).collect();
                let claimed = files::claimed(self.app, reader, self.run, &firms)?;
                Ok((entries, claimed))
            })?;
            let claimed = |entry: &Entry| files::firm_id(self.app, &entry.firm).is_some_and(|id| claimed.contains(&id));
            candidates.extend(entries.iter().map(|entry| self.candidate(entry, claimed(entry))));
        }
        Ok(candidates)
    }

    fn candidate(&self, entry: &Entry, claimed: bool) -> Candidate {
        let (judge, frozen) = (&self.basing.judge, &entry.frozen);
        let decision = judge.adjudicate(frozen, &Judgements::new());
        let firm = FrozenFirm::new(frozen, &judge.frame().schema);
        let limits = trace(judge.compiled(), &judge.basis().content, judge.frame(), &firm, &self.context).limits;
        let rank = self.rank.as_ref().and_then(|rank| match eval_node(&rank.root, &firm, &self.context) {
            Known::Int(n) => Some(n),
            Known::Bool(yes) => Some(i64::from(yes)),
            _ => None,
        });
        let award =
            |grant: &liangu_policy::decision::Grant| Award { policy: grant.policy.clone(), paid_on: grant.on, amount: grant.amount };
        Candidate {
            answer: Answer::from(decision.whole),
            capped: decision.money.capped.filter(|_| limits.is_some()),
            limits: limits.unwrap_or_default(),
            rank,
            awards: frozen.grants.iter().map(award).collect(),
            claimed,
        }
    }

    fn plan(&self, candidates: &[Candidate]) -> Plan {
        let basis = self.basing.judge.basis();
        let own = basis.names();
        award::plan(candidates, &Terms { own: &own, day: self.basing.day, money: &basis.content.money, stage: self.stage })
    }
}

fn said(fen: i64) -> Text {
    shown::amount(fen, Unit::Fen)
}

fn line(entry: &Entry, planned: &award::Line) -> Line {
    Line {
        firm: entry.firm.clone(),
        title: entry.title.clone(),
        credit_code: entry.credit_code.clone(),
        region: entry.region.clone(),
        full: planned.full,
        amount: planned.amount,
        code: planned.skipped.as_ref().map(|skip| skip.code().to_owned()),
        skipped: planned.skipped.as_ref().map(|skip| skip.words(said).into()),
        note: note(planned),
        claim: None,
    }
}

/// What made the amount less, of a line with money.
fn note(planned: &award::Line) -> Option<Words> {
    if planned.skipped.is_some() {
        return None;
    }
    let mut words: Vec<Text> = planned.steps.iter().map(|step| step.words(said)).collect();
    if let Some(cut) = planned.cut {
        let cut = said(cut);
        words.push(Text::new(format!("资金总量有限，核减为 {}", cut.zh), format!("cut to {} by the pool", cut.get(Lang::En))));
    }
    let joined = |lang: Lang, between: &str| words.iter().map(|text| text.get(lang)).collect::<Vec<_>>().join(between);
    (!words.is_empty()).then(|| Words { zh: joined(Lang::Zh, "；"), en: joined(Lang::En, "; ") })
}

/// Reasons by how many firms they concern, most first. A reason that names another policy counts by that policy.
fn counted(plan: &Plan) -> Vec<SkipCount> {
    let mut counts: BTreeMap<(String, String), SkipCount> = BTreeMap::new();
    for skip in plan.lines.iter().filter_map(|line| line.skipped.as_ref()) {
        let key = match skip {
            Skip::Excluded { policy } => (skip.code().to_owned(), policy.clone()),
            _ => (skip.code().to_owned(), String::new()),
        };
        let new = || SkipCount { code: skip.code().to_owned(), reason: skip.words(said).into(), count: 0 };
        counts.entry(key).or_insert_with(new).count += 1;
    }
    let mut counts: Vec<SkipCount> = counts.into_values().collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.count));
    counts
}
