//! Mail: the server's settings, the address an account chose, a letter to try, and notices as letters.
//!
//! Invariant: the password is a document of its own that neither journal nor answers tell.
use super::address::{self, MailAddress};
use super::letter::{self, Letter};
use super::smtp::{MailServer, Refusal, Session, Tls};
use super::state::{Ended, Parcel};
use super::{MAIL, TEXT_LETTER, put, version_of};
use crate::fault::{Fault, FieldFault, Outcome, invalid};
use crate::reads::Reads as _;
use crate::views::Words;
use crate::{App, Caller};
use liangu_base::{Id, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use utoipa::ToSchema;

const SETTINGS: &str = "mail";
const SECRET: &str = "mail_secret";
const ADDRESS: &str = "mail_address";
/// The one key of the settings.
const ONLY: &str = "settings";
/// Letters that one notice becomes at most.
const RECIPIENTS: usize = 200;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MailSettings {
    pub version: i64,
    pub active: bool,
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub user: String,
    /// The password itself is told to nobody.
    pub has_password: bool,
    pub from: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeMail {
    pub active: bool,
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub user: String,
    /// `name <address>` or an address.
    pub from: String,
    /// Left out: as before. Empty: none.
    pub password: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TryMail {
    pub to: String,
}

/// How a try went.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tried {
    pub ok: bool,
    /// The HTTP status, of a webhook that answered.
    pub status: Option<u16>,
    pub error: Option<Words>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnAddress {
    #[serde(default)]
    pub version: i64,
    pub address: Option<String>,
}

impl Caller<'_> {
    pub fn mail_settings(&self) -> Outcome<MailSettings> {
        self.sets()?;
        mail_settings(self.app)
    }

    /// # Errors
    /// Invalid for each field that cannot be; stale.
    pub fn change_mail(&self, new: &ChangeMail, version: i64) -> Outcome<MailSettings> {
        self.sets()?;
        let faults = faults(new);
        if !faults.is_empty() {
            return Err(Fault::Invalid(faults));
        }
        let (host, from, user) = (new.host.trim(), new.from.trim(), new.user.trim());
        let value = json!({"active": new.active, "host": host, "port": new.port, "tls": new.tls, "user": user, "from": from});
        let mut commit = self.commit("settings.mail");
        commit.documents.push(put(SETTINGS, ONLY, Some(value), Some(version), true));
        if let Some(password) = &new.password {
            let value = (!password.is_empty()).then(|| json!({"password": password}));
            commit.documents.push(put(SECRET, ONLY, value, None, false));
        }
        match (new.active, mail_settings(self.app)?.active) {
            (true, false) => self.app.open_target(MAIL, &mut commit)?,
            (true, true) => self.app.hurry_target(MAIL, &mut commit)?,
            (false, _) => {}
        }
        self.app.write(commit)?;
        mail_settings(self.app)
    }

    /// Sends a letter at once and waits for the server's word.
    pub fn try_mail(&self, to: &TryMail) -> Outcome<Tried> {
        self.sets()?;
        let to = MailAddress::parse(&to.to).ok_or_else(|| wrong_address("to"))?;
        let Some((server, from)) = server(self.app)? else {
            return Err(invalid("host", "required", "请先填写并保存邮件服务器。", "Fill in and save the mail server first."));
        };
        let name = &self.app.installation.name;
        let (subject, body) = letter::of_notice(&TEXT_LETTER, name);
        let id = format!("try-{}", self.app.next_id());
        let letter = Letter { from, to, subject, body, id, at: self.now() };
        let done = Session::open(&server, own_name(&letter)).and_then(|mut session| {
            let sent = session.send(&letter);
            session.close();
            sent
        });
        let error = done.err().map(|refusal| Words::from(refusal.text()));
        Ok(Tried { ok: error.is_none(), status: None, error })
    }

    /// Where notices for this account go by mail.
    pub fn own_address(&self) -> Outcome<OwnAddress> {
        let account = self.principal.account.ok_or(Fault::Unauthenticated)?;
        let document = self.app.store.document(ADDRESS, &account.to_string())?;
        let address = document.as_ref().and_then(|document| document.value["address"].as_str().map(str::to_owned));
        Ok(OwnAddress { version: version_of(document.as_ref()), address })
    }

    /// # Errors
    /// Invalid for what is no address; stale.
    pub fn change_own_address(&self, new: &OwnAddress, version: i64) -> Outcome<OwnAddress> {
        let account = self.principal.account.ok_or(Fault::Unauthenticated)?;
        let address = match new.address.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => Some(MailAddress::parse(text).ok_or_else(|| wrong_address("address"))?),
            None => None,
        };
        let value = json!({"address": address.as_ref().map(MailAddress::as_str)});
        let mut commit = self.commit("settings.my_mail");
        commit.documents.push(put(ADDRESS, &account.to_string(), Some(value), Some(version), false));
        self.app.write(commit)?;
        self.own_address()
    }
}

fn wrong_address(field: &str) -> Fault {
    invalid(field, "address", "这不是邮箱地址；请写成 name@example.cn。", "This is no mail address; write it as name@example.cn.")
}

fn faults(new: &ChangeMail) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, code, zh: &'static str, en: &'static str| faults.push(FieldFault::new(field, code, Text::fixed(zh, en)));
    let host = new.host.trim();
    if (new.active || !host.is_empty()) && !address::is_host(host) {
        fault("host", "host", "请填写服务器名称或 IPv4 地址。", "Give the server's name or IPv4 address.");
    }
    if new.active && new.port == 0 {
        fault("port", "range", "端口应在 1 到 65535 之间。", "The port lies between 1 and 65535.");
    }
    if (new.active || !new.from.trim().is_empty()) && address::named(&new.from).is_none() {
        fault("from", "address", "请填写发件地址，如 链谷 <noreply@example.cn>。", "Give the sender as Liangu <noreply@example.cn>.");
    }
    let secret_in_the_open = new.tls == Tls::None && !new.user.trim().is_empty() && !matches!(host, "localhost" | "127.0.0.1");
    if secret_in_the_open {
        let (zh, en) = (
            "不加密时不能登录，密码会明文传输；请改用 STARTTLS 或 TLS，或不填用户名。",
            "Without encryption the password would travel in the open; choose STARTTLS or TLS, or leave the user empty.",
        );
        fault("tls", "open_password", zh, en);
    }
    if new.user.chars().any(char::is_control) || new.password.as_ref().is_some_and(|password| password.chars().any(char::is_control)) {
        fault("user", "shape", "用户名和密码不能含控制字符。", "User and password hold no control characters.");
    }
    faults
}

fn mail_settings(app: &App) -> Outcome<MailSettings> {
    let document = app.store.document(SETTINGS, ONLY)?;
    let value = document.as_ref().map_or(&Json::Null, |document| &document.value);
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    Ok(MailSettings {
        version: version_of(document.as_ref()),
        active: value["active"].as_bool().unwrap_or(false),
        host: text("host"),
        port: value["port"].as_u64().and_then(|port| u16::try_from(port).ok()).unwrap_or(0),
        tls: serde_json::from_value(value["tls"].clone()).unwrap_or(Tls::Starttls),
        user: text("user"),
        has_password: app.store.document(SECRET, ONLY)?.is_some(),
        from: text("from"),
    })
}

type Sender = (String, MailAddress);

/// The server and the sender, when both are filled in.
fn server(app: &App) -> Outcome<Option<(MailServer, Sender)>> {
    let settings = mail_settings(app)?;
    let Some(from) = address::named(&settings.from) else { return Ok(None) };
    if settings.host.is_empty() || settings.port == 0 {
        return Ok(None);
    }
    let secret = app.store.document(SECRET, ONLY)?;
    let password = secret.and_then(|document| document.value["password"].as_str().map(str::to_owned)).unwrap_or_default();
    let MailSettings { host, port, tls, user, .. } = settings;
    Ok(Some((MailServer { host, port, tls, user, password }, from)))
}

/// The server to send notices with, while mail is switched on.
pub(super) fn active_server(app: &App) -> Outcome<Option<(MailServer, Sender)>> {
    if mail_settings(app)?.active { server(app) } else { Ok(None) }
}

fn own_name(letter: &Letter) -> &str {
    letter.from.1.host()
}

/// Notices as letters through one conversation with the server.
pub(super) struct Postman<'a> {
    app: &'a App,
    server: MailServer,
    from: Sender,
    session: Option<Session>,
}

impl<'a> Postman<'a> {
    pub fn new(app: &'a App, server: MailServer, from: Sender) -> Postman<'a> {
        Postman { app, server, from, session: None }
    }

    /// Sends a notice to whom it is for; `left` names those who have not got it yet, when it was tried before.
    pub fn send(&mut self, parcel: &Parcel, left: &[String]) -> Outcome<Ended> {
        let Ok(text) = serde_json::from_value::<Text>(parcel.payload["text"].clone()) else { return Ok(Ended::Nobody) };
        let all = if left.is_empty() { recipients(self.app, &parcel.payload)? } else { left.to_vec() };
        let (subject, body) = letter::of_notice(&text, &self.app.installation.name);
        let (mut later, mut never, mut why, mut sent) = (Vec::new(), 0, None, 0);
        for (place, to) in all.iter().enumerate() {
            let Some(address) = MailAddress::parse(to) else { continue };
            let id = format!("{}-{place}-{}", parcel.n, self.app.installation.region);
            let (from, at) = (self.from.clone(), liangu_base::Instant::from_micros(parcel.at));
            match self.hand_over(&Letter { from, to: address, subject: subject.clone(), body: body.clone(), id, at }) {
                Ok(()) => sent += 1,
                Err(Refusal::Server(text)) => {
                    later.extend(all[place..].iter().cloned());
                    return Ok(Ended::Failed { why: text, holds: true, left: later });
                }
                Err(Refusal::Later(text)) => {
                    later.push(to.clone());
                    why = Some(text);
                }
                Err(Refusal::Never(text)) => {
                    never += 1;
                    why = Some(text);
                }
            }
        }
        Ok(match why {
            Some(why) if !later.is_empty() => Ended::Failed { why, holds: false, left: later },
            Some(why) if never > 0 => Ended::Refused(why),
            _ if sent == 0 => Ended::Nobody,
            _ => Ended::Taken,
        })
    }

    fn hand_over(&mut self, letter: &Letter) -> Result<(), Refusal> {
        let mut session = match self.session.take() {
            Some(session) => session,
            None => Session::open(&self.server, own_name(letter))?,
        };
        let sent = session.send(letter);
        if !matches!(sent, Err(Refusal::Server(_))) {
            self.session = Some(session);
        }
        sent
    }

    pub fn close(self) {
        if let Some(session) = self.session {
            session.close();
        }
    }
}

/// Addresses of whom a notice is for: its account, the accounts of its firm, or those of its role in its region. Only who
/// gave an address is written to.
fn recipients(app: &App, payload: &Json) -> Outcome<Vec<String>> {
    let to = &payload["to"];
    let id = |key: &str, prefix: &str| to[key].as_str().and_then(|text| Id::parse(prefix, text).ok().or_else(|| text.parse().ok()));
    if let Some(account) = id("account", crate::accounts::PREFIX) {
        let enabled = app.store.account(account)?.is_some_and(|account| !account.disabled);
        let document = app.store.document(ADDRESS, &account.to_string())?.filter(|_| enabled);
        return Ok(document.and_then(|document| document.value["address"].as_str().map(str::to_owned)).into_iter().collect());
    }
    let prefix = app.model.records.get(crate::eligibility::FIRM).map_or("", |record| record.prefix.as_str());
    let firm = id("firm", prefix);
    let (role, region) = (to["role"].as_str(), to["region"].as_str());
    let mut found = Vec::new();
    for document in app.store.documents(ADDRESS)? {
        let Some(address) = document.value["address"].as_str() else { continue };
        let Some(account) = document.key.parse::<Id>().ok().map(|id| app.store.account(id)).transpose()?.flatten() else { continue };
        let of_role = role.is_some_and(|role| account.roles.iter().any(|own| own == role)) && covers(account.region.as_deref(), region);
        let meant = if firm.is_some() { account.firm == firm } else { of_role };
        if meant && !account.disabled && found.len() < RECIPIENTS {
            found.push(address.to_owned());
        }
    }
    Ok(found)
}

/// Whether an account of `own` region looks after `region`; codes of GB/T 2260, zeros at the end meaning the whole.
fn covers(own: Option<&str>, region: Option<&str>) -> bool {
    match (own, region) {
        (Some(own), Some(region)) => {
            let stem = own.trim_end_matches("00");
            region.starts_with(stem)
        }
        _ => true,
    }
}
