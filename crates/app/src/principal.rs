//! Who asks: the roles, the firm, the organisation, the region and the park that scopes are judged by.
//!
//! Invariant: nothing reads or writes a record without a [`Principal`]. A person without an account is
//! [`Principal::anonymous`] and has the one role `public`, which everybody has; the machine's own console is
//! [`Principal::operator`].
use liangu_base::Id;
use liangu_store::{Account, Value};
use std::collections::HashMap;

/// The role of everybody, with or without an account.
pub const PUBLIC: &str = "public";
/// The role that manages accounts, packs and the journal.
pub const ADMINISTRATOR: &str = "administrator";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// `None`: not signed in, or the console.
    pub account: Option<Id>,
    pub name: String,
    pub roles: Vec<String>,
    pub firm: Option<Id>,
    pub organisation: Option<Id>,
    pub park: Option<Id>,
    pub region: Option<String>,
    /// Has a one-time password: nothing but a new password is open.
    pub must_change_password: bool,
}

impl Principal {
    pub fn anonymous() -> Principal {
        Principal {
            account: None,
            name: String::new(),
            roles: vec![PUBLIC.to_owned()],
            firm: None,
            organisation: None,
            park: None,
            region: None,
            must_change_password: false,
        }
    }

    /// The console of the machine the program runs on: whoever can start it owns the data already.
    pub fn operator() -> Principal {
        let roles = vec![PUBLIC.to_owned(), ADMINISTRATOR.to_owned()];
        Principal { name: "console".to_owned(), roles, ..Principal::anonymous() }
    }

    /// The principal of an account. With a one-time password it has no role but `public`.
    pub fn of(account: &Account) -> Principal {
        let mut roles = vec![PUBLIC.to_owned()];
        if !account.must_change {
            roles.extend(account.roles.iter().cloned());
        }
        Principal {
            account: Some(account.id),
            name: account.name.clone(),
            roles,
            firm: account.firm,
            organisation: account.organisation,
            park: account.park,
            region: account.region.clone(),
            must_change_password: account.must_change,
        }
    }

    pub fn is_signed_in(&self) -> bool {
        self.account.is_some()
    }

    pub fn has(&self, role: &str) -> bool {
        self.roles.iter().any(|own| own == role)
    }

    pub fn has_any(&self, roles: &[String]) -> bool {
        roles.iter().any(|role| self.has(role))
    }

    /// `user.*` of scope expressions. What an account does not have is unknown, and unknown denies.
    pub fn params(&self) -> HashMap<(String, String), Value> {
        let id = |id: Option<Id>| id.map_or(Value::Null, Value::Ref);
        let region = self.region.clone().map_or(Value::Null, Value::Text);
        [
            ("id", id(self.account)),
            ("firm", id(self.firm)),
            ("organisation", id(self.organisation)),
            ("park", id(self.park)),
            ("region", region),
        ]
        .into_iter()
        .map(|(field, value)| (("user".to_owned(), field.to_owned()), value))
        .collect()
    }
}
