//! Accounts as an administrator manages them.
//!
//! A change of roles or places, a one-time password and disabling end all sessions of the account in the same call. An
//! administrator cannot disable himself or take his own role, so that an installation is never left without one.
use super::{PREFIX, password};
use crate::fault::{Fault, FieldFault, Outcome, forbidden, invalid};
use crate::reads::Reads as _;
use crate::records::HistoryPage;
use crate::secrets::one_time_password;
use crate::views::Named;
use crate::{ADMINISTRATOR, Caller, RequestKey};
use liangu_base::{Id, Text};
use liangu_store::{Account, AccountChange};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const LIST_LIMIT: u32 = 50;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ManagedAccount)]
pub struct ManagedAccountView {
    pub id: String,
    pub version: i64,
    pub login: String,
    pub name: String,
    pub roles: Vec<String>,
    pub organisation: Option<Named>,
    pub firm: Option<Named>,
    pub park: Option<Named>,
    pub region: Option<String>,
    pub disabled: bool,
    pub must_change_password: bool,
    pub has_password: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AccountPage {
    pub items: Vec<ManagedAccountView>,
    pub next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OneTimePassword {
    /// Shown once; the account must choose its own at the first sign-in.
    pub password: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    pub login: String,
    pub name: String,
    pub roles: Vec<String>,
    pub organisation: Option<String>,
    pub firm: Option<String>,
    pub park: Option<String>,
    pub region: Option<String>,
}

/// What changes of an account; absent stays, null takes away.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountPatch {
    pub name: Option<String>,
    pub roles: Option<Vec<String>>,
    #[serde(default, deserialize_with = "present")]
    pub organisation: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub firm: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub park: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub region: Option<Option<String>>,
    pub disabled: Option<bool>,
}

fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(deserializer).map(Some)
}

impl Caller<'_> {
    fn administers(&self) -> Outcome<()> {
        if self.principal.has(ADMINISTRATOR) {
            return Ok(());
        }
        Err(forbidden("role", "只有系统管理员可以管理账户。", "Only an administrator manages accounts."))
    }

    /// By login, after the cursor.
    pub fn accounts(&self, after: Option<&str>) -> Outcome<AccountPage> {
        self.administers()?;
        let accounts = self.app.store.accounts(after, LIST_LIMIT)?;
        let next = (accounts.len() >= LIST_LIMIT as usize).then(|| accounts.last().map(|account| account.login.clone())).flatten();
        let items = accounts.iter().map(|account| self.managed(account)).collect::<Outcome<_>>()?;
        Ok(AccountPage { items, next })
    }

    pub fn account(&self, id: &str) -> Outcome<ManagedAccountView> {
        self.administers()?;
        let account = self.existing(id)?;
        self.managed(&account)
    }

    pub fn account_history(&self, id: &str, after: Option<i64>) -> Outcome<HistoryPage> {
        self.administers()?;
        let account = self.existing(id)?;
        self.journal_of("account", account.id, after)
    }

    /// # Errors
    /// Invalid with every field that does not pass; conflict when the login is taken.
    pub fn create_account(&self, new: &NewAccount, key: Option<&RequestKey>) -> Outcome<ManagedAccountView> {
        self.administers()?;
        check_login(&new.login)?;
        check_name(&new.name)?;
        self.check_roles(&new.roles)?;
        let account = Account {
            id: self.app.next_id(),
            login: new.login.clone(),
            name: new.name.clone(),
            password_hash: None,
            roles: new.roles.clone(),
            organisation: self.belonging("organisation", "organisation", new.organisation.as_deref())?,
            firm: self.belonging("firm", "enterprise", new.firm.as_deref())?,
            park: self.belonging("park", "park", new.park.as_deref())?,
            region: self.region(new.region.clone())?,
            disabled: false,
            must_change: true,
            version: 1,
        };
        let id = account.id;
        let mut commit = self.commit("account.create");
        commit.accounts.push(AccountChange::Create(account));
        let receipt = self.commit_once(commit, key, move |_| serde_json::json!({"id": id}))?;
        let made = receipt.replayed.as_ref().and_then(|first| serde_json::from_value(first["id"].clone()).ok());
        self.account(&made.unwrap_or(id).text(PREFIX))
    }

    /// # Errors
    /// Stale when the version is not the account's; forbidden for what would lock the administrator out.
    pub fn update_account(&self, id: &str, version: i64, patch: &AccountPatch) -> Outcome<ManagedAccountView> {
        self.administers()?;
        let mut account = self.existing(id)?;
        account.version = version;
        let itself = self.principal.account == Some(account.id);
        let loses =
            patch.disabled == Some(true) || patch.roles.as_ref().is_some_and(|roles| !roles.iter().any(|role| role == ADMINISTRATOR));
        if itself && loses {
            return Err(forbidden(
                "self",
                "不能停用自己，也不能去掉自己的管理员角色；请由另一位管理员操作。",
                "You cannot disable yourself or take your own role; ask another administrator.",
            ));
        }
        self.apply(&mut account, patch)?;
        let id = account.id;
        let mut commit = self.commit("account.update");
        commit.accounts.push(AccountChange::Update(account));
        self.app.write(commit)?;
        if patch.name.is_none() || patch.roles.is_some() || patch.disabled.is_some() {
            self.app.store.end_sessions(id, None)?;
        }
        self.account(&id.text(PREFIX))
    }

    fn apply(&self, account: &mut Account, patch: &AccountPatch) -> Outcome<()> {
        if let Some(name) = &patch.name {
            check_name(name)?;
            account.name.clone_from(name);
        }
        if let Some(roles) = &patch.roles {
            self.check_roles(roles)?;
            account.roles.clone_from(roles);
        }
        if let Some(organisation) = &patch.organisation {
            account.organisation = self.belonging("organisation", "organisation", organisation.as_deref())?;
        }
        if let Some(firm) = &patch.firm {
            account.firm = self.belonging("firm", "enterprise", firm.as_deref())?;
        }
        if let Some(park) = &patch.park {
            account.park = self.belonging("park", "park", park.as_deref())?;
        }
        if let Some(region) = &patch.region {
            account.region = self.region(region.clone())?;
        }
        if let Some(disabled) = patch.disabled {
            account.disabled = disabled;
        }
        Ok(())
    }

    /// A password for one sign-in; it must be changed there, and every session ends now.
    pub fn one_time_password(&self, id: &str) -> Outcome<OneTimePassword> {
        self.administers()?;
        let account = self.existing(id)?;
        let password = one_time_password(self.app.secrets.as_ref());
        let hash = password::hash(&password, self.app.secrets.as_ref())?;
        let id = account.id;
        let mut commit = self.commit("account.one_time_password");
        commit.accounts.push(AccountChange::Update(Account { password_hash: Some(hash), must_change: true, ..account }));
        self.app.write(commit)?;
        self.app.store.end_sessions(id, None)?;
        Ok(OneTimePassword { password })
    }

    fn existing(&self, id: &str) -> Outcome<Account> {
        let id = Id::parse(PREFIX, id).map_err(|_| Fault::NotFound)?;
        self.app.store.account(id)?.ok_or(Fault::NotFound)
    }

    fn managed(&self, account: &Account) -> Outcome<ManagedAccountView> {
        Ok(ManagedAccountView {
            id: account.id.text(PREFIX),
            version: account.version,
            login: account.login.clone(),
            name: account.name.clone(),
            roles: account.roles.clone(),
            organisation: self.app.named("organisation", account.organisation, self.lang)?,
            firm: self.app.named("enterprise", account.firm, self.lang)?,
            park: self.app.named("park", account.park, self.lang)?,
            region: account.region.clone(),
            disabled: account.disabled,
            must_change_password: account.must_change,
            has_password: account.password_hash.is_some(),
        })
    }

    fn check_roles(&self, roles: &[String]) -> Outcome<()> {
        match roles.iter().find(|role| !self.app.model.roles.contains_key(*role)) {
            None => Ok(()),
            Some(role) => Err(invalid("roles", "not_in_list", format!("没有角色“{role}”。"), format!("There is no role \"{role}\"."))),
        }
    }

    /// The record an account belongs to.
    fn belonging(&self, field: &'static str, record: &str, id: Option<&str>) -> Outcome<Option<Id>> {
        let Some(text) = id else { return Ok(None) };
        let unknown = || {
            Fault::Invalid(vec![FieldFault::new(
                field,
                "no_such_record",
                Text::fixed("没有这条记录；请重新选择。", "There is no such record; choose again."),
            )])
        };
        let id = self.id(record, text).map_err(|_| unknown())?;
        if self.app.store.get_many(record, &[id])?.is_empty() {
            return Err(unknown());
        }
        Ok(Some(id))
    }

    fn region(&self, region: Option<String>) -> Outcome<Option<String>> {
        let known = |code: &String| self.app.model.lists.get("region").is_some_and(|list| list.codes.contains_key(code));
        match region {
            Some(code) if !known(&code) => {
                Err(invalid("region", "not_in_list", format!("没有地区“{code}”。"), format!("There is no region \"{code}\".")))
            }
            region => Ok(region),
        }
    }
}

pub(super) fn check_login(login: &str) -> Outcome<()> {
    let letters = login.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@'));
    if letters && (2..=60).contains(&login.len()) {
        return Ok(());
    }
    Err(invalid("login", "format", "登录名为 2 至 60 个字母、数字或 . - _ @。", "A login has 2 to 60 letters, digits or . - _ @."))
}

pub(super) fn check_name(name: &str) -> Outcome<()> {
    if (1..=60).contains(&name.trim().chars().count()) {
        return Ok(());
    }
    Err(invalid("name", "required", "请填写姓名，最多 60 个字。", "Give a name of at most 60 characters."))
}
