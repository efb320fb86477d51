//! One person's view of the program: every use case is a method of [`Caller`], so none runs without a [`Principal`].
//!
//! [`Caller::rows`] is the one way to a query over records: it puts the reader's scope in. A source test refuses
//! `Scope::All` outside the three modules that answer for the whole installation (matching columns, public indicators
//! and the reference numbers of the map).
use crate::App;
use crate::access;
use crate::fault::{Fault, Outcome};
use crate::principal::Principal;
use crate::reads::Reads as _;
use crate::records::inherits;
use liangu_base::{Id, Instant, Lang};
use liangu_model::record::{Field, Record};
use liangu_store::{Commit, Context, Idempotency, Item, Query, Receipt, Scope};
use serde_json::Value as Json;
use std::sync::Arc;

/// Hours for which a request key keeps its answer.
const KEY_HOURS: i64 = 72;

/// Who asks, in which language, under which request number.
#[derive(Clone, Copy)]
pub struct Caller<'a> {
    pub app: &'a App,
    pub principal: &'a Principal,
    pub lang: Lang,
    pub request: Option<&'a str>,
}

/// The key under which a repeated request finds the first one's answer.
#[derive(Clone, Debug)]
pub struct RequestKey {
    /// The operation, so that one key may serve two forms.
    pub operation: String,
    pub key: String,
    /// SHA-256 of the body, in hex.
    pub body_hash: String,
}

impl<'a> Caller<'a> {
    pub fn new(app: &'a App, principal: &'a Principal, lang: Lang) -> Caller<'a> {
        Caller { app, principal, lang, request: None }
    }

    /// The record type, if it exists for this reader.
    ///
    /// # Errors
    /// Unauthenticated for someone without an account, else not found.
    pub fn record_type(&self, name: &str) -> Outcome<&'a Record> {
        let record = self.app.model.records.get(name).ok_or(Fault::NotFound)?;
        let scoped = inherits(record).map_or(name, |of| of.record.as_str());
        if self.app.access.sees_type(self.principal, scoped) {
            return Ok(record);
        }
        Err(if self.principal.is_signed_in() { Fault::NotFound } else { Fault::Unauthenticated })
    }

    /// A query over the rows of `record` that this reader sees.
    pub fn rows(&self, record: &str) -> Outcome<Query> {
        self.record_type(record)?;
        Ok(self.within(self.app.access.scope(self.principal, record)))
    }

    /// A query over the rows that `roles` of this reader see.
    pub(crate) fn rows_in_roles(&self, record: &str, roles: &[&str]) -> Query {
        self.within(self.app.access.scope_in_roles(self.principal, record, roles))
    }

    fn within(&self, scope: Scope) -> Query {
        Query { scope, context: self.context(), ..Query::default() }
    }

    pub(crate) fn context(&self) -> Context {
        Context { today: self.app.today(), year: self.app.judged_year(), params: self.principal.params() }
    }

    /// One record, if this reader sees it.
    pub fn visible(&self, record: &str, id: Id) -> Outcome<Item> {
        if let Some(of) = inherits(self.record_type(record)?) {
            return self.visible_child(record, of, id);
        }
        let query = self.rows(record)?;
        self.app.store.get_in(record, id, &query)?.ok_or(Fault::NotFound)
    }

    /// Reads an id of the outside form; one that is no id names nothing.
    pub fn id(&self, record: &str, text: &str) -> Outcome<Id> {
        let record = self.app.model.records.get(record).ok_or(Fault::NotFound)?;
        Id::parse(&record.prefix, text).map_err(|_| Fault::NotFound)
    }

    pub fn readable(&self, record: &'a Record) -> Vec<&'a Field> {
        access::readable(self.principal, record)
    }

    pub fn now(&self) -> Instant {
        self.app.clock.now()
    }

    /// An empty commit in this person's name; `command` is what the journal calls it.
    pub fn commit(&self, command: &str) -> Commit {
        Commit { actor: self.principal.account, request: self.request.map(str::to_owned), ..Commit::new(self.now(), command) }
    }

    /// Commits under a request key: a repeat changes nothing and gets what `answer` made of the first.
    pub(crate) fn commit_once(
        &self,
        commit: Commit,
        key: Option<&RequestKey>,
        answer: impl Fn(&Receipt) -> Json + Send + Sync + 'static,
    ) -> Outcome<Receipt> {
        let owner = self.principal.account.map_or_else(|| "console".to_owned(), |id| id.to_string());
        let idempotency = key.map(|key| Idempotency {
            scope: format!("{owner} {}", key.operation),
            key: key.key.clone(),
            body_hash: key.body_hash.clone(),
            keep_until: self.now().plus_seconds(KEY_HOURS * 3600),
        });
        let commit = Commit { idempotency, respond: Some(Arc::new(answer)), ..commit };
        self.app.write(commit)
    }
}
