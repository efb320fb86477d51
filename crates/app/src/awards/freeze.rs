//! Freezing: the firms of a chunk read in one snapshot, with all that their answer and their money rest on.
use super::CHUNK;
use super::RUN;
use super::files::{self, Entry};
use super::run::{Run, int, values};
use super::trial::basing;
use crate::eligibility::FIRM;
use crate::fault::Outcome;
use crate::{App, Caller, flows};
use liangu_base::{Id, Lang, Text};
use liangu_store::{Commit, Item, Value};
use std::collections::HashMap;

/// Freezes the next chunk; after the last one the run is frozen.
pub(super) fn batch(caller: &Caller<'_>, run: &Run) -> Outcome<Commit> {
    let app = caller.app;
    let mut commit = caller.commit("award_run.work");
    if run.day != Some(app.today()) {
        // firms of one run are taken on one day
        let why = Text::fixed("冻结没有在当天完成，请重新冻结。", "The freeze did not end on its day; freeze anew.");
        let extra = values([("refused", Value::Bilingual(why))]);
        flows::system_step(caller, RUN, &run.item, "failed", &[], extra, &mut commit)?;
        return Ok(commit);
    }
    let chunk = run.progress / CHUNK;
    let entries = frozen(app, run, chunk)?;
    commit.documents.push(files::put_file(run, chunk, &entries)?);
    let progress = run.candidates.min((chunk + 1) * CHUNK);
    let done = values([("progress", int(progress)), ("refused", Value::Null)]);
    if progress < run.candidates {
        commit.changes.push(run.update(done));
    } else {
        flows::system_step(caller, RUN, &run.item, "frozen", &[], done, &mut commit)?;
    }
    Ok(commit)
}

/// A firm that is gone since the freeze was ordered is left out.
fn frozen(app: &App, run: &Run, chunk: usize) -> Outcome<Vec<Entry>> {
    let basing = basing(app, run)?;
    let wanted = files::firms(app, run, chunk)?;
    let ids: Vec<Id> = wanted.iter().filter_map(|firm| files::firm_id(app, firm)).collect();
    let entries = app.store.read(|reader| {
        let firms: HashMap<Id, Item> = reader.get_many(FIRM, &ids)?.into_iter().map(|firm| (firm.id, firm)).collect();
        let mut entries = Vec::with_capacity(ids.len());
        for firm in ids.iter().filter_map(|id| firms.get(id)) {
            let frozen = basing.freeze(app, reader, firm, &[])?;
            entries.push(entry(app, firm, frozen));
        }
        Ok(entries)
    })?;
    Ok(entries)
}

fn entry(app: &App, firm: &Item, frozen: liangu_policy::decision::Frozen) -> Entry {
    let record = &app.model.records[FIRM];
    let text = |field: &str| match firm.values.get(field) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    Entry {
        firm: firm.id.text(&record.prefix),
        title: crate::records::title_of(record, &firm.values, Lang::Zh),
        credit_code: text("credit_code"),
        region: text("region"),
        version: firm.version,
        frozen,
    }
}
