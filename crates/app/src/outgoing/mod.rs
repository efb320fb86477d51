//! What leaves the installation: notices by mail, messages to webhooks, and live notices to open pages.
//!
//! Messages are rows of the outbox, written with the change they tell of. A *target* is the mail server or one webhook;
//! each has a cursor over the outbox and its own retries ([`state`]), works on a thread of its own ([`worker`]) and knows
//! nothing of the others: a dead one costs itself alone. A message arrives at least once and says its number.
//!
//! Invariants: secrets (the mail password, a webhook's key and the path of its address) are documents that the journal does
//! not tell; nothing is sent to an address that was not checked ([`address`]); requests of people never wait for a target,
//! except when they ask to try one.
mod address;
mod events;
mod letter;
mod listing;
mod mail;
mod post;
mod smtp;
mod state;
mod webhooks;
mod wire;
mod worker;

pub use events::Unread;
pub use listing::{OutboxItem, OutboxPage};
pub use mail::{ChangeMail, MailSettings, OwnAddress, Tried, TryMail};
pub use post::signature;
pub use smtp::Tls;
pub use webhooks::{ChangeWebhook, LastSent, NewWebhook, TopicView, Webhook, WebhookPage};
pub use worker::{Outgoing, run};

use crate::fault::{Outcome, forbidden};
use crate::reads::Reads as _;
use crate::{ADMINISTRATOR, App, Caller};
use liangu_base::Text;
use liangu_store::{Commit, Document, DocumentPut};
use serde_json::Value as Json;
use state::State;

/// The mail server as a target; webhooks are named by their ids.
const MAIL: &str = "mail";
/// Documents with the state of each target.
const STATE: &str = "outgoing";
/// The topic that becomes letters.
const NOTICE: &str = "notice";
const TEXT_LETTER: Text = Text::fixed("试发邮件：收到即说明设置可用。", "A letter to try: the settings work.");
/// Unsent messages read at once.
const PAGE: u32 = 200;

impl Caller<'_> {
    fn sets(&self) -> Outcome<()> {
        if self.principal.has(ADMINISTRATOR) {
            return Ok(());
        }
        Err(forbidden("role", "只有系统管理员可以设置。", "Only an administrator may set this."))
    }
}

impl App {
    /// The state of a target and the version it was read at.
    fn target_state(&self, target: &str) -> Outcome<(State, i64)> {
        let document = self.store.document(STATE, target)?;
        let version = version_of(document.as_ref());
        Ok((document.and_then(|document| serde_json::from_value(document.value).ok()).unwrap_or_default(), version))
    }

    /// From now on the target gets what is written; what was written before is not for it.
    fn open_target(&self, target: &str, commit: &mut Commit) -> Outcome<()> {
        let mut cursor = 0;
        loop {
            let page = self.store.read(|reader| reader.outbox(cursor, PAGE))?;
            let Some(last) = page.last() else { break };
            cursor = last.n;
        }
        let (before, _) = self.target_state(target)?;
        let state = State { settled: before.settled, ..State::from_cursor(cursor) };
        commit.documents.push(put(STATE, target, serde_json::to_value(state).ok(), None, false));
        Ok(())
    }
    /// What failed is tried again at once: its target was set anew.
    fn hurry_target(&self, target: &str, commit: &mut Commit) -> Outcome<()> {
        let (mut state, _) = self.target_state(target)?;
        if !state.retry.is_empty() {
            state.retry.iter_mut().for_each(|retry| retry.next_at = commit.at.micros());
            commit.documents.push(put(STATE, target, serde_json::to_value(state).ok(), None, false));
        }
        Ok(())
    }
}

fn version_of(document: Option<&Document>) -> i64 {
    document.map_or(0, |document| document.version)
}

fn put(kind: &str, key: &str, value: Option<Json>, expected_version: Option<i64>, journal: bool) -> DocumentPut {
    DocumentPut { kind: kind.to_owned(), key: key.to_owned(), value, expected_version, journal }
}
