//! The outbox as an administrator sees it: what waits, what went out, what was given up, for each target.
use super::state::State;
use super::{MAIL, NOTICE, PAGE, mail};
use crate::fault::Outcome;
use crate::views::Words;
use crate::{App, Caller};
use liangu_base::Instant;
use serde::Serialize;
use utoipa::ToSchema;

/// Rows of a page when no limit is asked for.
const PAGE_ROWS: u32 = 50;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OutboxItem {
    pub id: String,
    pub topic: String,
    /// `mail`, or scheme and host of a webhook.
    pub target: String,
    /// `waiting`, `sent`, `failed` (tried again) or `given_up`.
    pub state: String,
    pub attempts: u32,
    pub at: String,
    /// When it is tried again.
    pub next_at: Option<String>,
    pub error: Option<Words>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OutboxPage {
    pub items: Vec<OutboxItem>,
    pub next: Option<String>,
}

impl Caller<'_> {
    /// Newest first; of each target what waits (up to 200), all retries, and the last 200 settled.
    pub fn outbox(&self, after: Option<&str>, limit: Option<&str>) -> Outcome<OutboxPage> {
        self.sets()?;
        let limit = limit.map_or(Ok(PAGE_ROWS), crate::records::limit)?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut rows: Vec<(i64, OutboxItem)> = Vec::new();
        for hook in self.app.hooks()? {
            self.app.list_target(&hook.target(), &hook.origin(), hook.active, &|topic| hook.takes(topic), &mut rows)?;
        }
        let mails = mail::active_server(self.app)?.is_some();
        self.app.list_target(MAIL, MAIL, mails, &|topic| topic == NOTICE, &mut rows)?;
        rows.sort_by(|(a, left), (b, right)| b.cmp(a).then_with(|| left.id.cmp(&right.id)));
        let start = after.map_or(0, |after| rows.iter().position(|(_, row)| row.id == after).map_or(0, |at| at + 1));
        let more = rows.len() > start + limit;
        let items: Vec<OutboxItem> = rows.into_iter().skip(start).take(limit).map(|(_, row)| row).collect();
        Ok(OutboxPage { next: items.last().filter(|_| more).map(|row| row.id.clone()), items })
    }
}

impl App {
    fn list_target(
        &self,
        target: &str,
        shown: &str,
        active: bool,
        takes: &dyn Fn(&str) -> bool,
        rows: &mut Vec<(i64, OutboxItem)>,
    ) -> Outcome<()> {
        let (state, _) = self.target_state(target)?;
        let row = |n: i64, topic: &str, at: i64, state: &str| OutboxItem {
            id: format!("{n}.{target}"),
            topic: topic.to_owned(),
            target: shown.to_owned(),
            state: state.to_owned(),
            attempts: 0,
            at: moment(at),
            next_at: None,
            error: None,
        };
        if active {
            let unsent = self.store.read(|reader| reader.outbox(state.cursor, PAGE))?;
            let waiting = unsent.iter().filter(|message| takes(&message.topic));
            rows.extend(waiting.map(|message| (message.n, row(message.n, &message.topic, message.at.micros(), "waiting"))));
        }
        let State { retry, settled, .. } = state;
        rows.extend(retry.iter().map(|retry| {
            let base = row(retry.parcel.n, &retry.parcel.topic, retry.parcel.at, "failed");
            let next_at = Some(moment(retry.next_at));
            (retry.parcel.n, OutboxItem { attempts: retry.attempts, next_at, error: Some((&retry.why).into()), ..base })
        }));
        rows.extend(settled.iter().map(|settled| {
            let state = if settled.gave_up.is_some() { "given_up" } else { "sent" };
            let base = row(settled.n, &settled.topic, settled.at, state);
            (settled.n, OutboxItem { attempts: settled.attempts, error: settled.gave_up.as_ref().map(Words::from), ..base })
        }));
        Ok(())
    }
}

fn moment(micros: i64) -> String {
    Instant::from_micros(micros).to_rfc3339_beijing()
}
