//! Granting: each firm of the list gets a claim to consent to, with the file it rests on and the record of the decision.
//!
//! What the second signature set aside is turned into claims one for one. A firm that has a claim by now (or is gone)
//! gets none: its line says so and its money goes back to the budget.
use super::files::{self, Entry, Line};
use super::run::{Run, int, values};
use super::trial::basing;
use super::{CHUNK, RUN, effects, promise};
use crate::claims::{self, Award, Basing, CLAIM, NewRow, budget};
use crate::eligibility::FIRM;
use crate::fault::Outcome;
use crate::flows::{self, NewNotice, To};
use crate::views::Words;
use crate::{App, Caller, shown};
use liangu_base::{Id, Lang, Text};
use liangu_expr::schema::Unit;
use liangu_policy::award::Skip;
use liangu_policy::decision::{Judgements, Outcome as Verdicts, Record, Verdict};
use liangu_store::{Change, Commit, DocumentPut, Item, Value, Years};
use std::collections::{HashMap, HashSet};

/// What a chunk needs, read in one snapshot.
struct Chunk {
    entries: Vec<Entry>,
    lines: Vec<Line>,
    firms: HashMap<Id, Item>,
    claimed: HashSet<Id>,
    /// The promises of this run, taken away.
    redeemed: Vec<DocumentPut>,
}

/// Makes the claims of the next chunk; after the last one the run is granted.
pub(super) fn batch(caller: &Caller<'_>, run: &Run) -> Outcome<Commit> {
    let app = caller.app;
    let chunk = run.progress / CHUNK;
    let Chunk { entries, mut lines, firms, claimed, redeemed } = read(app, run, chunk)?;
    let mut commit = caller.commit("award_run.work");
    commit.documents.extend(redeemed);
    let grants = Grants { caller, run, policy: effects::policy_of(app, run)?, basing: basing(app, run)? };
    let (mut count, mut total, mut lost) = (0i64, 0i64, 0i64);
    for (entry, line) in entries.iter().zip(&mut lines).filter(|(_, line)| line.amount > 0) {
        let firm = files::firm_id(app, &entry.firm).filter(|id| !claimed.contains(id)).and_then(|id| firms.get(&id));
        match firm {
            Some(firm) => {
                line.claim = Some(grants.claim(firm, entry, line.amount, &mut commit)?);
                (count, total) = (count + 1, total + line.amount);
            }
            None => {
                lost += line.amount;
                missed(line);
            }
        }
    }
    commit.documents.push(files::put_lines(run, chunk, &lines)?);
    if lost > 0 {
        let mut movements = budget::Movements::default();
        movements.release(run.policy, run.frozen_day()?.year().into(), lost);
        commit.changes.extend(movements.changes(app)?);
    }
    let progress = run.candidates.min((chunk + 1) * CHUNK);
    let mut done = values([
        ("progress", int(progress)),
        ("refused", Value::Null),
        ("created_count", Value::Int(run.created_count + count)),
        ("created_total", Value::Int(run.created_total + total)),
    ]);
    if progress < run.candidates {
        commit.changes.push(run.update(done));
    } else {
        done.extend(values([("slot", effects::over(run))]));
        flows::system_step(caller, RUN, &run.item, "granted", &[], done, &mut commit)?;
    }
    Ok(commit)
}

fn read(app: &App, run: &Run, chunk: usize) -> Outcome<Chunk> {
    Ok(app.store.read(|reader| {
        let (entries, lines) = (files::file(reader, run, chunk)?, files::lines(reader, run, chunk)?);
        let granted = entries.iter().zip(&lines).filter(|(_, line)| line.amount > 0);
        let ids: Vec<Id> = granted.filter_map(|(entry, _)| files::firm_id(app, &entry.firm)).collect();
        let firms = reader.get_many(FIRM, &ids)?.into_iter().map(|firm| (firm.id, firm)).collect();
        let claimed = files::claimed(app, reader, run, &ids)?;
        let key = run.item.id.to_string();
        let redeemed = ids.iter().map(|firm| promise::redeem(reader, *firm, &key)).collect::<Result<_, _>>()?;
        Ok(Chunk { entries, lines, firms, claimed, redeemed })
    })?)
}

/// A line that is not granted after all.
fn missed(line: &mut Line) {
    let skip = Skip::Claimed;
    line.amount = 0;
    line.code = Some(skip.code().to_owned());
    line.skipped = Some(Words::from(skip.words(|fen| shown::amount(fen, Unit::Fen))));
}

/// What the claims of a run have in common.
struct Grants<'a> {
    caller: &'a Caller<'a>,
    run: &'a Run,
    policy: Item,
    basing: Basing,
}

impl Grants<'_> {
    /// Adds a claim with its file, its decision and the notice to the firm; answers its id of the outside form.
    fn claim(&self, firm: &Item, entry: &Entry, amount: i64, commit: &mut Commit) -> Outcome<String> {
        let app = self.caller.app;
        let (id, day) = (app.next_id(), self.run.frozen_day()?);
        let decided = self.run.entered.unwrap_or(day);
        let outside = id.text(&app.model.records[CLAIM].prefix);
        let judged = Judgements::new();
        let decision = self.basing.judge.adjudicate(&entry.frozen, &judged);
        let verdict = Verdict {
            outcome: Verdicts::Granted,
            amount,
            reason: String::new(),
            by: None,
            by_name: self.run.second_by.clone().unwrap_or_default(),
            on: decided,
        };
        let record = Record::new(&outside, &entry.frozen, judged, decision, verdict);
        let year = i64::from(day.year());
        let new = NewRow {
            policy: &self.policy,
            firm,
            version: self.basing.judge.basis().version,
            period: year,
            items: &[],
            award: Some(Award { run: self.run.item.id, amount, budget_year: year }),
        };
        let mut row = claims::new_claim_values(app, &new);
        row.extend(flows::begin(app, CLAIM, Some("consenting"))?);
        row.extend(values([
            ("basis", Value::text(entry.frozen.basis.clone())),
            ("digest", Value::text(record.digest())),
            ("decided_on", Value::Date(decided)),
        ]));
        commit.changes.push(Change::Create { record: CLAIM.to_owned(), id, values: row, years: Years::new() });
        commit.documents.push(claims::file_put(id, &entry.frozen)?);
        commit.documents.extend(claims::decision_put(id, 0, &record, &entry.frozen)?);
        let text = self.told(amount);
        flows::notify(self.caller, commit, NewNotice { to: To::Firm(firm.id), text, about: Some((CLAIM.to_owned(), outside.clone())) });
        Ok(outside)
    }

    fn told(&self, fen: i64) -> Text {
        let record = &self.caller.app.model.records[crate::eligibility::POLICY];
        let title = |lang: Lang| crate::records::title_of(record, &self.policy.values, lang);
        let amount = shown::amount(fen, Unit::Fen);
        Text::new(
            format!("《{}》免申即享：贵企业可得 {}，确认收款信息后即可兑现。", title(Lang::Zh), amount.zh),
            format!(
                "\"{}\" grants your firm {} without application; confirm the payee to receive it.",
                title(Lang::En),
                amount.get(Lang::En)
            ),
        )
    }
}
