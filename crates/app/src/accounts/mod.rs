//! People: accounts, passwords, sessions.
//!
//! A password exists only as argon2id; a session token only as SHA-256. A session ends after two hours idle, twelve in
//! all, and at once when its account is disabled, its roles change or its password changes: every request reads the
//! account anew. Unknown login, wrong password, disabled and locked are one message and the same work.
pub mod admin;
mod password;
pub mod personas;
mod session;
mod set_up;
mod throttle;

pub use session::{AccountView, InstallationView, SessionView, SignedIn, refused_sign_in};
pub use set_up::SetUp;
pub use throttle::Throttle;

use crate::reads::Reads as _;
use crate::views::Named;
use crate::{App, Outcome};
use liangu_base::{Id, Lang};

/// Prefix of account ids outside.
pub const PREFIX: &str = "acc";

impl App {
    /// Title of a record for the account that belongs to it.
    fn named(&self, record: &str, id: Option<Id>, lang: Lang) -> Outcome<Option<Named>> {
        let (Some(id), Some(model)) = (id, self.model.records.get(record)) else { return Ok(None) };
        let row = self.store.get_many(record, &[id])?.into_iter().next();
        let name = row.map(|row| crate::records::title_of(model, &row.values, lang)).unwrap_or_default();
        Ok(Some(Named { id: id.text(&model.prefix), name }))
    }
}
