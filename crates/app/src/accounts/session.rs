//! Signing in and out, and what the web is told about who it speaks for.
use super::{PREFIX, password, throttle::Try};
use crate::fault::{Fault, Outcome, invalid};
use crate::principal::Principal;
use crate::reads::Reads as _;
use crate::secrets::{digest, token};
use crate::views::{Named, Words};
use crate::{App, Caller};
use liangu_base::Text;
use liangu_store::{Account, AccountChange, Session};
use serde::Serialize;
use utoipa::ToSchema;

const IDLE_SECONDS: i64 = 2 * 3600;
const ABSOLUTE_SECONDS: i64 = 12 * 3600;
/// A session's last use is written at most this often.
const TOUCH_SECONDS: i64 = 60;
/// Places in the order of the bar.
const PLACES: [&str; 7] = ["hall", "my-firm", "work", "drive", "map", "cockpit", "administration"];

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionView {
    pub installation: InstallationView,
    pub account: Option<AccountView>,
    pub places: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Installation)]
pub struct InstallationView {
    pub name: Words,
    pub region: String,
    pub demonstration: bool,
    /// The day everything is judged by.
    pub as_of: String,
    pub needs_set_up: bool,
    pub version: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Account)]
pub struct AccountView {
    pub id: String,
    pub login: String,
    pub name: String,
    pub roles: Vec<String>,
    pub firm: Option<Named>,
    pub organisation: Option<Named>,
    pub region: Option<String>,
    pub must_change_password: bool,
}

/// A fresh session: the token goes into the cookie and is kept nowhere.
pub struct SignedIn {
    pub token: String,
    pub principal: Principal,
}

impl App {
    /// Who the token speaks for; anonymous for none, an unknown one, an expired one, a disabled account.
    ///
    /// # Errors
    /// Unavailable when the database does not answer.
    pub fn principal(&self, token: Option<&str>) -> Outcome<Principal> {
        self.principal_of(token, true)
    }

    /// As [`App::principal`], for a page that only listens: it does not keep the session alive.
    ///
    /// # Errors
    /// Unavailable when the database does not answer.
    pub fn listening_principal(&self, token: Option<&str>) -> Outcome<Principal> {
        self.principal_of(token, false)
    }

    fn principal_of(&self, token: Option<&str>, is_active: bool) -> Outcome<Principal> {
        let Some(token) = token else { return Ok(Principal::anonymous()) };
        let hash = digest(token);
        let now = self.now();
        let live = |session: &Session| session.expires > now && session.last_seen.plus_seconds(IDLE_SECONDS) > now;
        let Some(session) = self.store.session(&hash)?.filter(live) else { return Ok(Principal::anonymous()) };
        let Some(account) = self.store.account(session.account)?.filter(|account| !account.disabled) else {
            return Ok(Principal::anonymous());
        };
        if is_active && session.last_seen.plus_seconds(TOUCH_SECONDS) <= now {
            self.store.touch_session(&hash, now)?;
        }
        Ok(Principal::of(&account))
    }

    /// # Errors
    /// Unauthenticated, the same for every reason; too many for an address that has failed too often.
    pub fn sign_in(&self, login: &str, password: &str, address: &str) -> Outcome<SignedIn> {
        let now = self.now();
        let may = self.throttle.may_try(login, address, now);
        if let Try::TooMany(retry_after) = may {
            return Err(Fault::TooMany { retry_after });
        }
        let account = self.store.account_by_login(login)?;
        let stored = account.as_ref().and_then(|account| account.password_hash.as_deref());
        let is_right = password::verify(password, stored);
        match account.filter(|account| is_right && !account.disabled && may == Try::Allowed) {
            Some(account) => {
                self.throttle.succeeded(login, address, now);
                self.open_session(&account)
            }
            None => {
                self.throttle.failed(login, address, now);
                Err(Fault::Unauthenticated)
            }
        }
    }

    pub(super) fn open_session(&self, account: &Account) -> Outcome<SignedIn> {
        let token = token(self.secrets.as_ref());
        let now = self.now();
        self.store.put_session(&Session {
            token_hash: digest(&token),
            account: account.id,
            created: now,
            expires: now.plus_seconds(ABSOLUTE_SECONDS),
            last_seen: now,
        })?;
        Ok(SignedIn { token, principal: Principal::of(account) })
    }

    pub fn sign_out(&self, token: &str) -> Outcome<()> {
        Ok(self.store.end_session(&digest(token))?)
    }
}

impl Caller<'_> {
    pub fn session(&self) -> Outcome<SessionView> {
        let app = self.app;
        let account = match self.principal.account {
            Some(id) => app.store.account(id)?,
            None => None,
        };
        let installation = app.installation();
        Ok(SessionView {
            installation: InstallationView {
                name: (&installation.name).into(),
                region: installation.region.clone(),
                demonstration: installation.demonstration,
                as_of: app.today().to_string(),
                needs_set_up: crate::installation::set_up_hash(&app.store)?.is_some(),
                version: app.version.clone(),
            },
            account: account.map(|account| self.account_view(&account)).transpose()?,
            places: self.places(),
        })
    }

    fn account_view(&self, account: &Account) -> Outcome<AccountView> {
        Ok(AccountView {
            id: account.id.text(PREFIX),
            login: account.login.clone(),
            name: account.name.clone(),
            roles: account.roles.clone(),
            firm: self.app.named("enterprise", account.firm, self.lang)?,
            organisation: self.app.named("organisation", account.organisation, self.lang)?,
            region: account.region.clone(),
            must_change_password: account.must_change,
        })
    }

    fn places(&self) -> Vec<String> {
        let roles = self.principal.roles.iter().filter_map(|role| self.app.model.roles.get(role));
        let own: Vec<&String> = roles.flat_map(|role| &role.places).collect();
        let open = |place: &&str| own.iter().any(|own| *own == *place);
        PLACES.iter().copied().filter(open).map(str::to_owned).collect()
    }

    /// A new password for the signed-in account; all its sessions end and a fresh one is given.
    ///
    /// # Errors
    /// Invalid when the old one is wrong or the new one weak; too many after repeated wrong ones.
    pub fn change_password(&self, old: &str, new: &str, address: &str) -> Outcome<SignedIn> {
        let id = self.principal.account.ok_or(Fault::Unauthenticated)?;
        let account = self.app.store.account(id)?.ok_or(Fault::Unauthenticated)?;
        let now = self.now();
        if self.app.throttle.may_try(&account.login, address, now) != Try::Allowed {
            return Err(Fault::TooMany { retry_after: 60 });
        }
        if !password::verify(old, account.password_hash.as_deref()) {
            self.app.throttle.failed(&account.login, address, now);
            return Err(invalid("old", "wrong", "原密码不对。", "The old password is not right."));
        }
        if old == new {
            return Err(invalid("new", "same", "新密码不能与原密码相同。", "The new password must differ from the old one."));
        }
        password::check("new", new, &account.login)?;
        let hash = password::hash(new, self.app.secrets.as_ref())?;
        let changed = Account { password_hash: Some(hash), must_change: false, ..account };
        let mut commit = self.commit("account.password");
        commit.accounts.push(AccountChange::Update(changed.clone()));
        self.app.write(commit)?;
        self.app.store.end_sessions(id, None)?;
        self.app.open_session(&changed)
    }
}

/// The one message of a refused sign-in.
pub fn refused_sign_in() -> Text {
    Text::fixed(
        "登录名或密码不对，或账户暂时不能登录；请核对后再试，多次失败需等待几分钟。",
        "Login or password is not right, or the account cannot sign in for now; check them, and after several failures wait some minutes.",
    )
}
