//! The first administrator of a fresh installation: made once, by whoever holds the printed token.
use super::{SignedIn, password};
use crate::fault::{Fault, Outcome, forbidden};
use crate::installation::{set_up_hash, spend_set_up};
use crate::secrets::{digest, hex};
use crate::{ADMINISTRATOR, App};
use liangu_store::{Account, AccountChange, Commit};
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// Printed when the installation was made.
    pub token: String,
    pub login: String,
    pub name: String,
    pub password: String,
}

impl App {
    /// # Errors
    /// Not found once an installation is set up; forbidden with another token; invalid for login or password.
    pub fn set_up(&self, set_up: &SetUp, address: &str) -> Outcome<SignedIn> {
        let wanted = set_up_hash(&self.store)?.ok_or(Fault::NotFound)?;
        let now = self.now();
        if self.throttle.may_try("set-up", address, now) != super::throttle::Try::Allowed {
            return Err(Fault::TooMany { retry_after: 60 });
        }
        if hex(&digest(&set_up.token)) != wanted {
            self.throttle.failed("set-up", address, now);
            return Err(forbidden(
                "set_up_token",
                "令牌不对；请复制初始化时打印的整行令牌。",
                "This is not the token; copy the whole token printed at initialisation.",
            ));
        }
        super::admin::check_login(&set_up.login)?;
        super::admin::check_name(&set_up.name)?;
        password::check("password", &set_up.password, &set_up.login)?;
        let account = Account {
            id: self.next_id(),
            login: set_up.login.clone(),
            name: set_up.name.clone(),
            password_hash: Some(password::hash(&set_up.password, self.secrets.as_ref())?),
            roles: vec![ADMINISTRATOR.to_owned()],
            firm: None,
            organisation: None,
            park: None,
            region: Some(self.installation().region.clone()),
            disabled: false,
            must_change: false,
            version: 1,
        };
        let mut commit = Commit { actor: Some(account.id), ..Commit::new(now, "installation.set_up") };
        commit.accounts.push(AccountChange::Create(account.clone()));
        commit.documents.push(spend_set_up());
        self.write(commit)?;
        self.open_session(&account)
    }
}
