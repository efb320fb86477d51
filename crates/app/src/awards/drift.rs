//! What became of the firms of a list since they were frozen.
//!
//! A run rests on its frozen facts: a later fact changes neither the list nor who may sign. Whoever signs is told where
//! the facts on file by now say otherwise, and may have the run frozen anew.
use super::files::{self, Entry, Line};
use super::run::Run;
use super::trial::basing;
use crate::App;
use crate::claims::Basing;
use crate::eligibility::FIRM;
use crate::fault::Outcome;
use crate::reads::Reads as _;
use liangu_base::{Id, Text};
use liangu_policy::decision::{Judgements, Said};
use liangu_store::{Item, Reader, StoreError};
use std::collections::HashMap;

/// Firms named.
const NAMED: usize = 3;
/// States in which somebody is to look at the list.
const LOOKED_AT: [&str; 2] = ["tried", "signed"];

#[derive(Default)]
struct Drift {
    /// Firms that would not be on the list any more.
    out: Vec<String>,
    /// Firms whose own amount is another.
    other: Vec<String>,
}

/// In words; nothing where today's facts give the same list.
pub(super) fn drift(app: &App, run: &Run) -> Outcome<Option<Text>> {
    if !LOOKED_AT.contains(&run.state.as_str()) {
        return Ok(None);
    }
    let sequence = app.store.head()?;
    let key = (run.item.id, run.round);
    app.drifts.get(key, sequence, app.today(), || Ok(looked_at(app, run)?.words()))
}

fn looked_at(app: &App, run: &Run) -> Outcome<Drift> {
    let basing = basing(app, run)?;
    let mut drift = Drift::default();
    for chunk in 0..run.chunks() {
        app.store.read(|reader| drift.add(app, reader, run, &basing, chunk))?;
    }
    Ok(drift)
}

impl Drift {
    fn add(&mut self, app: &App, reader: &mut Reader<'_>, run: &Run, basing: &Basing, chunk: usize) -> Result<(), StoreError> {
        let (entries, lines) = (files::file(reader, run, chunk)?, files::lines(reader, run, chunk)?);
        let granted: Vec<(&Entry, &Line)> = entries.iter().zip(&lines).filter(|(_, line)| line.amount > 0).collect();
        let ids: Vec<Id> = granted.iter().filter_map(|(entry, _)| files::firm_id(app, &entry.firm)).collect();
        let firms: HashMap<Id, Item> = reader.get_many(FIRM, &ids)?.into_iter().map(|firm| (firm.id, firm)).collect();
        // child records move without the firm's row
        let has_children = !basing.judge.wanted().children.is_empty();
        for (entry, line) in granted {
            let firm = files::firm_id(app, &entry.firm).and_then(|id| firms.get(&id));
            match firm {
                Some(firm) if firm.version == entry.version && !has_children => {}
                Some(firm) => self.compare(app, reader, basing, firm, (entry, line))?,
                None => self.out.push(entry.title.clone()),
            }
        }
        Ok(())
    }

    fn compare(
        &mut self,
        app: &App,
        reader: &mut Reader<'_>,
        basing: &Basing,
        firm: &Item,
        (entry, line): (&Entry, &Line),
    ) -> Result<(), StoreError> {
        let now = basing.freeze(app, reader, firm, &[])?;
        if (&now.facts, &now.children) == (&entry.frozen.facts, &entry.frozen.children) {
            return Ok(());
        }
        let decision = basing.judge.adjudicate(&now, &Judgements::new());
        if decision.whole != Said::Yes {
            self.out.push(entry.title.clone());
        } else if decision.money.capped != line.full {
            self.other.push(entry.title.clone());
        }
        Ok(())
    }

    fn words(&self) -> Option<Text> {
        let said = |firms: &[String], zh: &str, en: &str| {
            let named = &firms[..firms.len().min(NAMED)];
            let more = if firms.len() > NAMED { ("等", ", …") } else { ("", "") };
            (!firms.is_empty()).then(|| {
                Text::new(
                    format!("{} 家{zh}（{}{}）", firms.len(), named.join("、"), more.0),
                    format!("{} {en} ({}{})", firms.len(), named.join(", "), more.1),
                )
            })
        };
        let out = said(&self.out, "已不符合条件", "no longer fit");
        let other = said(&self.other, "的金额有变", "would get another amount");
        let parts: Vec<Text> = out.into_iter().chain(other).collect();
        if parts.is_empty() {
            return None;
        }
        let joined = |lang, between: &str| parts.iter().map(|text| text.get(lang)).collect::<Vec<_>>().join(between);
        let (zh, en) = (joined(liangu_base::Lang::Zh, "，"), joined(liangu_base::Lang::En, "; "));
        Some(Text::new(
            format!("冻结后有企业的资料变了：按现在的资料，{zh}。签署仍按冻结的资料；要按新资料，请退回后重新冻结和试算。"),
            format!(
                "Facts have changed since the freeze: by what is on file now {en}. A signature rests on the frozen facts; \
                 to use the new ones, send the run back, freeze and try anew."
            ),
        ))
    }
}
