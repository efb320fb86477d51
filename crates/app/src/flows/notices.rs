//! A person's notices: to the account, to its firm, and to its roles where they have a region.
//!
//! Each reader's own reading is kept with the notice, since one notice may be for many.
use super::NOTICE;
use super::merge::merged;
use super::rows::{self, For};
use super::write::text_of;
use crate::Caller;
use crate::accounts::PREFIX;
use crate::fault::{Fault, Outcome};
use crate::reads::Reads as _;
use crate::records::limit as read_limit;
use crate::views::Words;
use liangu_base::{Id, Instant};
use liangu_store::{Change, Cursor, Item, Sort, StoreError, Value, Values, Years};
use serde::Serialize;
use utoipa::ToSchema;

/// Notices on a page unless told otherwise.
const PAGE: u32 = 30;
/// Newest notices of each kind among which unread ones are counted and marked.
const COUNTED: u32 = 200;
/// Most unread that are told.
const MOST: u32 = 999;
/// Characters of the readers that are kept with a notice.
const READERS: usize = 20_000;

#[derive(Debug, Serialize, ToSchema)]
pub struct NoticePage {
    pub items: Vec<NoticeView>,
    /// Unread among the newest notices; not more than 999.
    pub unread: u32,
    pub next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Notice)]
pub struct NoticeView {
    pub id: String,
    pub text: Words,
    pub about: Option<About>,
    pub at: Option<String>,
    /// When this reader read it.
    pub read_at: Option<String>,
}

/// The record that a notice is about.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NoticeSubject)]
pub struct About {
    pub record: String,
    pub id: String,
}

impl Caller<'_> {
    /// The newest first; with `unread` only those that this reader has not read.
    ///
    /// # Errors
    /// A bad request for a limit out of bounds or a marker of another list.
    pub fn notices(&self, unread: bool, after: Option<&str>, limit: Option<&str>) -> Outcome<NoticePage> {
        let limit = limit.map_or(Ok(PAGE), read_limit)?;
        let me = self.me().0;
        let new = self.unread_notices()?;
        let count = most(&new);
        if unread {
            let items = new.iter().take(limit as usize).map(|item| view(item, &me)).collect();
            return Ok(NoticePage { items, unread: count, next: None });
        }
        let streams = self.notice_streams();
        let sort = Sort { field: "id".to_owned(), descending: true };
        let fetch = |stream: usize, after: Option<Cursor>| rows::notices(self.app, &streams[stream], after, limit);
        let found = merged(streams.len(), after, limit as usize, fetch, |a, b| b.id.cmp(&a.id), |item| Cursor::of(&sort, None, item.id))?;
        let items = found.items.iter().map(|(_, item)| view(item, &me)).collect();
        Ok(NoticePage { items, unread: count, next: found.next })
    }

    /// How many notices this reader has not read, among the newest; cheap enough to ask at every event.
    pub fn count_unread_notices(&self) -> Outcome<u32> {
        Ok(most(&self.unread_notices()?))
    }

    /// # Errors
    /// Not found for a notice that is not for this reader.
    pub fn read_notice(&self, id: &str) -> Outcome<()> {
        let id = self.id(NOTICE, id)?;
        for _ in 0..100 {
            let item = self.app.store.get_many(NOTICE, &[id])?.pop().filter(|item| self.is_for_me(item)).ok_or(Fault::NotFound)?;
            if !self.mark_read(&[item])? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Marks the unread ones as read.
    pub fn read_all_notices(&self) -> Outcome<()> {
        for _ in 0..100 {
            if !self.mark_read(&self.unread_notices()?)? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Whether another reader was faster on one of them, so that it must be done again.
    fn mark_read(&self, items: &[Item]) -> Outcome<bool> {
        let (me, now) = (self.me().0, self.app.moment());
        let mut commit = self.commit("notice.read");
        for item in items.iter().filter(|item| read_at(item, &me).is_none()) {
            let kept = text_of(&item.values, "readers").unwrap_or_default();
            let entry = format!("{me}@{}|", now.micros());
            // Of very many readers the first are forgotten.
            let cut = (kept.len() + entry.len()).saturating_sub(READERS);
            let kept = kept.get(cut..).and_then(|rest| if cut == 0 { Some(rest) } else { rest.split_once('|').map(|(_, rest)| rest) });
            let mut values = Values::from([("readers".to_owned(), Value::text(format!("{}{entry}", kept.unwrap_or_default())))]);
            if item.values.get("read_at").is_none_or(Value::is_null) {
                values.insert("read_at".to_owned(), Value::Instant(now));
            }
            let expected_version = Some(item.version);
            commit.changes.push(Change::Update { record: NOTICE.to_owned(), id: item.id, expected_version, values, years: Years::new() });
        }
        if commit.changes.is_empty() {
            return Ok(false);
        }
        match self.app.try_write(commit) {
            Ok(_) => Ok(false),
            Err(StoreError::Stale { .. }) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }

    /// Unread among the newest of each kind, the newest first.
    fn unread_notices(&self) -> Outcome<Vec<Item>> {
        let me = self.me().0;
        let mut unread = Vec::new();
        for stream in self.notice_streams() {
            let page = rows::notices(self.app, &stream, None, COUNTED)?;
            unread.extend(page.items.into_iter().filter(|item| read_at(item, &me).is_none()));
        }
        unread.sort_by_key(|item| std::cmp::Reverse(item.id));
        Ok(unread)
    }

    fn notice_streams(&self) -> Vec<For> {
        let principal = self.principal;
        let mut streams: Vec<For> = principal.account.iter().map(|account| For::Account(account.text(PREFIX))).collect();
        streams.extend(principal.firm.filter(|_| principal.has(liangu_flow::definition::FIRM)).map(For::Firm));
        streams.extend(principal.region.clone().map(|region| For::Roles(principal.roles.clone(), region)));
        streams
    }

    fn is_for_me(&self, item: &Item) -> bool {
        let values = &item.values;
        let region = text_of(values, "region");
        self.notice_streams().iter().any(|stream| match stream {
            For::Account(account) => text_of(values, "account") == Some(account),
            For::Firm(firm) => matches!(values.get("firm"), Some(Value::Ref(of)) if of == firm),
            For::Roles(roles, own) => {
                let role = text_of(values, "role");
                role.is_some_and(|role| roles.iter().any(|own| own == role)) && region.is_some_and(|region| self.lies_within(region, own))
            }
        })
    }
}

fn most(unread: &[Item]) -> u32 {
    u32::try_from(unread.len()).unwrap_or(MOST).min(MOST)
}

/// When an account read a notice.
fn read_at(item: &Item, me: &str) -> Option<Instant> {
    let readers = text_of(&item.values, "readers")?;
    let (_, micros) = readers.split('|').filter_map(|entry| entry.split_once('@')).find(|(reader, _)| *reader == me)?;
    micros.parse().ok().map(Instant::from_micros)
}

fn view(item: &Item, me: &str) -> NoticeView {
    let values = &item.values;
    let about = text_of(values, "about_type").zip(text_of(values, "about_id"));
    let text = match values.get("text") {
        Some(Value::Bilingual(text)) => text.into(),
        _ => Words { zh: String::new(), en: String::new() },
    };
    NoticeView {
        id: Id::text(item.id, "ntc"),
        text,
        about: about.map(|(record, id)| About { record: record.to_owned(), id: id.to_owned() }),
        at: super::write::instant_of(values, "at").map(|at| at.to_rfc3339_beijing()),
        read_at: read_at(item, me).map(Instant::to_rfc3339_beijing),
    }
}
