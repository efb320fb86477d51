//! The list of a run, page by page.
use super::files::{self, Line};
use super::ready::region_label;
use super::run::Run;
use super::start::numbered;
use super::wire::{AwardLine, AwardLines, Numbered};
use super::{CHUNK, RUN};
use crate::claims::CLAIM;
use crate::fault::{Outcome, bad_request};
use crate::reads::Reads as _;
use crate::views::Titled;
use crate::{App, Caller};
use liangu_base::Id;
use std::collections::HashMap;

const PAGE: usize = 50;
const MOST: usize = 200;

/// Which lines are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Show {
    Granted,
    Skipped,
    All,
}

impl Show {
    /// # Errors
    /// Bad request for another word.
    pub fn read(text: Option<&str>) -> Outcome<Show> {
        match text {
            Some("granted") => Ok(Show::Granted),
            Some("skipped") => Ok(Show::Skipped),
            None | Some("all" | "") => Ok(Show::All),
            Some(_) => Err(bad_request("show", "show 可为 granted、skipped、all。", "show is granted, skipped or all.")),
        }
    }

    pub fn takes(self, line: &Line) -> bool {
        match self {
            Show::Granted => line.amount > 0,
            Show::Skipped => line.amount == 0,
            Show::All => true,
        }
    }
}

impl Caller<'_> {
    /// `q`: words of a firm's name or its credit code; `after`: how many lines of the run are passed over.
    ///
    /// # Errors
    /// Not found when the run is invisible; bad request for another `show` or no cursor.
    pub fn award_lines(
        &self,
        run: &str,
        show: Option<&str>,
        q: Option<&str>,
        after: Option<i64>,
        limit: Option<i64>,
    ) -> Outcome<AwardLines> {
        let run = Run::read(self.visible(RUN, self.id(RUN, run)?)?)?;
        let (show, q) = (Show::read(show)?, q.unwrap_or_default().trim().to_lowercase());
        let from = usize::try_from(after.unwrap_or_default());
        let from = from.map_err(|_| bad_request("after", "游标不对。", "This is no cursor of the list."))?;
        let limit = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(PAGE).clamp(1, MOST);
        let (mut page, mut total, mut next) = (Vec::new(), 0, None);
        each(self.app, &run, |place, line| {
            let named = q.is_empty()
                || line.title.to_lowercase().contains(&q)
                || line.credit_code.as_deref().is_some_and(|c| c.to_lowercase() == q);
            if !show.takes(&line) || !named {
                return Ok(());
            }
            total += 1;
            if place >= from && page.len() < limit {
                page.push(line);
            } else if place >= from && next.is_none() {
                next = Some(place.to_string());
            }
            Ok(())
        })?;
        let claims = claims_of(self.app, &page)?;
        let line = |line: Line| AwardLine {
            claim: line.claim.as_ref().and_then(|id| claims.get(id).cloned()),
            firm: Titled { id: line.firm, title: line.title },
            region: line.region.map(|code| region_label(&self.app.model, &code).into()),
            amount: line.amount,
            full: line.full,
            skipped: line.skipped,
            code: line.code,
            note: line.note,
        };
        Ok(AwardLines { items: page.into_iter().map(line).collect(), next, total })
    }
}

/// All lines of the last dry run in order, chunk by chunk; none before the first one.
pub(super) fn each(app: &App, run: &Run, mut each: impl FnMut(usize, Line) -> Outcome<()>) -> Outcome<()> {
    if run.firms.is_none() {
        return Ok(());
    }
    for chunk in 0..run.chunks() {
        let lines = app.store.read(|reader| files::lines(reader, run, chunk))?;
        for (place, line) in lines.into_iter().enumerate() {
            each(chunk * CHUNK + place, line)?;
        }
    }
    Ok(())
}

/// The claims of these lines by outside id.
pub(super) fn claims_of(app: &App, lines: &[Line]) -> Outcome<HashMap<String, Numbered>> {
    let prefix = &app.model.records[CLAIM].prefix;
    let ids: Vec<Id> = lines.iter().filter_map(|line| Id::parse(prefix, line.claim.as_deref()?).ok()).collect();
    let claims = app.store.get_many(CLAIM, &ids)?;
    Ok(claims.iter().map(|claim| (claim.id.text(prefix), numbered(app, CLAIM, claim))).collect())
}
