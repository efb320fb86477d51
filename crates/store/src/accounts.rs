//! Accounts and sessions: the program's own tables, not records of the model.
//!
//! Passwords and tokens come in as hashes. Changes of accounts go through the write path and are in the journal,
//! without the hash; sessions are not in the journal.
use crate::engine::cell::Cell;
use crate::engine::{Conn, Row};
use crate::error::StoreError;
use crate::read::Reader;
use crate::{Inner, Store};
use liangu_base::{Id, Instant, Text};
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: Id,
    /// Unique.
    pub login: String,
    pub name: String,
    /// `None`: cannot sign in with a password.
    pub password_hash: Option<String>,
    pub roles: Vec<String>,
    pub firm: Option<Id>,
    pub organisation: Option<Id>,
    pub region: Option<String>,
    pub park: Option<Id>,
    pub disabled: bool,
    pub must_change: bool,
    /// 0 for a new account; in an update the version that was seen.
    pub version: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountChange {
    Create(Account),
    /// All fields are written; [`Account::version`] is the expected one.
    Update(Account),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub token_hash: Vec<u8>,
    pub account: Id,
    pub created: Instant,
    pub expires: Instant,
    pub last_seen: Instant,
}

const COLUMNS: &str = "id, login, name, password_hash, roles, firm, organisation, region, park, disabled, must_change, version";

fn read(row: &Row<'_>) -> Result<Account, StoreError> {
    Ok(Account {
        id: row.id(0)?,
        login: row.text(1)?,
        name: row.text(2)?,
        password_hash: row.opt_text(3)?,
        roles: crate::value::split(&row.text(4)?).map(str::to_owned).collect(),
        firm: row.opt_id(5)?,
        organisation: row.opt_id(6)?,
        region: row.opt_text(7)?,
        park: row.opt_id(8)?,
        disabled: row.int(9)? != 0,
        must_change: row.int(10)? != 0,
        version: row.int(11)?,
    })
}

fn by_id(tenant: &str, conn: &mut Conn, id: Id) -> Result<Option<Account>, StoreError> {
    conn.one(&format!("SELECT {COLUMNS} FROM account WHERE tenant = ?1 AND id = ?2"), &[tenant.into(), id.into()], read)
}

fn by_login(tenant: &str, conn: &mut Conn, login: &str) -> Result<Option<Account>, StoreError> {
    conn.one(&format!("SELECT {COLUMNS} FROM account WHERE tenant = ?1 AND login = ?2"), &[tenant.into(), login.into()], read)
}

/// What the journal says of an account.
fn told(account: &Account) -> Vec<(&'static str, Json)> {
    let id = |id: Option<Id>| id.map_or(Json::Null, |id| json!(id));
    vec![
        ("login", json!(account.login)),
        ("name", json!(account.name)),
        ("password", json!(account.password_hash.is_some())),
        ("roles", json!(account.roles)),
        ("firm", id(account.firm)),
        ("organisation", id(account.organisation)),
        ("region", json!(account.region)),
        ("park", id(account.park)),
        ("disabled", json!(account.disabled)),
        ("must_change", json!(account.must_change)),
    ]
}

fn cells(tenant: &str, account: &Account, version: i64) -> Vec<Cell> {
    vec![
        tenant.into(),
        account.id.into(),
        account.login.as_str().into(),
        account.name.as_str().into(),
        account.password_hash.clone().into(),
        crate::value::joined(&account.roles).into(),
        account.firm.into(),
        account.organisation.into(),
        account.region.clone().into(),
        account.park.into(),
        account.disabled.into(),
        account.must_change.into(),
        version.into(),
    ]
}

/// Writes an account; its id, new version and what the journal says.
pub(crate) fn write(tenant: &str, conn: &mut Conn, change: &AccountChange) -> Result<(Id, i64, Json), StoreError> {
    let (AccountChange::Create(account) | AccountChange::Update(account)) = change;
    let taken = |other: Id| StoreError::Unique {
        record: "account".into(),
        field: "login".into(),
        label: Box::new(Text::fixed("登录名", "login")),
        other,
    };
    if let Some(other) = by_login(tenant, conn, &account.login)?.filter(|other| other.id != account.id) {
        return Err(taken(other.id));
    }
    match change {
        AccountChange::Create(_) => {
            let marks: Vec<String> = (1..=13).map(|n| format!("?{n}")).collect();
            let sql = format!("INSERT INTO account (tenant, {COLUMNS}) VALUES ({}) ON CONFLICT DO NOTHING", marks.join(", "));
            if conn.run(&sql, &cells(tenant, account, 1))? == 0 {
                return Err(taken(by_login(tenant, conn, &account.login)?.map_or(account.id, |other| other.id)));
            }
            let new: Map<String, Json> = told(account).into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
            Ok((account.id, 1, json!({"c": new})))
        }
        AccountChange::Update(_) => {
            let missing = || StoreError::Missing { record: "account".into(), id: account.id };
            let old = by_id(tenant, conn, account.id)?.ok_or_else(missing)?;
            let mut params = cells(tenant, account, account.version + 1);
            params.push(account.version.into());
            let changed = conn.run(
                "UPDATE account SET login = ?3, name = ?4, password_hash = ?5, roles = ?6, firm = ?7, organisation = ?8, region = ?9, park = ?10,
                 disabled = ?11, must_change = ?12, version = ?13 WHERE tenant = ?1 AND id = ?2 AND version = ?14",
                &params,
            )?;
            if changed == 0 {
                return Err(StoreError::Stale { record: "account".into(), id: account.id, current: old.version });
            }
            let mut pairs: Map<String, Json> = Map::new();
            for ((name, from), (_, to)) in told(&old).into_iter().zip(told(account)) {
                if from != to {
                    pairs.insert(name.to_owned(), json!([from, to]));
                }
            }
            if old.password_hash != account.password_hash {
                pairs.insert("password".to_owned(), json!([old.password_hash.is_some(), account.password_hash.is_some()]));
            }
            Ok((account.id, account.version + 1, json!({"u": pairs})))
        }
    }
}

impl Reader<'_> {
    pub fn account(&mut self, id: Id) -> Result<Option<Account>, StoreError> {
        by_id(&self.inner.tenant, self.conn, id)
    }

    pub fn account_by_login(&mut self, login: &str) -> Result<Option<Account>, StoreError> {
        by_login(&self.inner.tenant, self.conn, login)
    }

    /// In the order of logins.
    pub fn accounts(&mut self, after_login: Option<&str>, limit: u32) -> Result<Vec<Account>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM account WHERE tenant = ?1 AND login > ?2 ORDER BY login LIMIT ?3");
        self.conn.all(&sql, &[self.inner.tenant.as_str().into(), after_login.unwrap_or_default().into(), i64::from(limit).into()], read)
    }

    pub fn session(&mut self, token_hash: &[u8]) -> Result<Option<Session>, StoreError> {
        self.conn.one(
            "SELECT token_hash, account, created, expires, last_seen FROM session WHERE tenant = ?1 AND token_hash = ?2",
            &[self.inner.tenant.as_str().into(), token_hash.to_vec().into()],
            |row| {
                let token_hash = row.get(0)?.bytes().unwrap_or_default().to_vec();
                Ok(Session {
                    token_hash,
                    account: row.id(1)?,
                    created: row.instant(2)?,
                    expires: row.instant(3)?,
                    last_seen: row.instant(4)?,
                })
            },
        )
    }
}

impl Store {
    pub fn put_session(&self, session: &Session) -> Result<(), StoreError> {
        let s = session.clone();
        self.write_statement(
            "INSERT INTO session (tenant, token_hash, account, created, expires, last_seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (tenant, token_hash) DO UPDATE SET expires = ?5, last_seen = ?6",
            vec![s.token_hash.into(), s.account.into(), s.created.into(), s.expires.into(), s.last_seen.into()],
        )
    }

    pub fn touch_session(&self, token_hash: &[u8], at: Instant) -> Result<(), StoreError> {
        self.write_statement(
            "UPDATE session SET last_seen = ?3 WHERE tenant = ?1 AND token_hash = ?2",
            vec![token_hash.to_vec().into(), at.into()],
        )
    }

    pub fn end_session(&self, token_hash: &[u8]) -> Result<(), StoreError> {
        self.write_statement("DELETE FROM session WHERE tenant = ?1 AND token_hash = ?2", vec![token_hash.to_vec().into()])
    }

    /// All sessions of an account, save the one given (that of who changed the password).
    pub fn end_sessions(&self, account: Id, except: Option<&[u8]>) -> Result<(), StoreError> {
        let kept = except.unwrap_or_default().to_vec();
        self.write_statement(
            "DELETE FROM session WHERE tenant = ?1 AND account = ?2 AND token_hash <> ?3",
            vec![account.into(), kept.into()],
        )
    }

    /// Removes sessions and idempotency keys whose time is over, and sent messages and finished jobs a week old.
    pub fn purge(&self, at: Instant) -> Result<(), StoreError> {
        let week_ago = at.plus_seconds(-7 * 86_400);
        let inner = Arc::clone(&self.0);
        self.0.writer.write(move |conn| {
            let tenant = inner.tenant.as_str();
            conn.run("DELETE FROM session WHERE tenant = ?1 AND expires < ?2", &[tenant.into(), at.into()])?;
            conn.run("DELETE FROM idempotency WHERE tenant = ?1 AND expires < ?2", &[tenant.into(), at.into()])?;
            conn.run("DELETE FROM outbox WHERE tenant = ?1 AND sent_at < ?2", &[tenant.into(), week_ago.into()])?;
            conn.run("DELETE FROM job WHERE tenant = ?1 AND done_at < ?2", &[tenant.into(), week_ago.into()])?;
            Ok(())
        })
    }

    /// One statement whose first placeholder is the tenant.
    pub(crate) fn write_statement(&self, sql: &'static str, params: Vec<Cell>) -> Result<(), StoreError> {
        let inner: Arc<Inner> = Arc::clone(&self.0);
        self.0.writer.write(move |conn| {
            let mut all = Vec::with_capacity(params.len() + 1);
            all.push(inner.tenant.as_str().into());
            all.extend(params.iter().cloned());
            conn.run(sql, &all).map(|_| ())
        })
    }
}
