//! Mail and webhooks under TLS: both kinds of mail encryption and HTTPS, with a certificate of the office's own that the
//! system is told to trust, and refused where it is not.
//!
//! `localhost.pem` is the certificate of `localhost` for a hundred years, with `localhost.key` as its key; nobody trusts
//! it but these tests.
mod ends;

use crate::common::Folder;
use crate::{store, token};
use ends::{Hook, MailServer};
use liangu_app::accounts::SetUp;
use liangu_app::outgoing::{ChangeMail, NewWebhook, OwnAddress, Tls, signature};
use liangu_app::secrets::SystemClock;
use liangu_app::{App, Caller, Options, Principal, RequestKey};
use liangu_base::{Clock as _, Id, Instant, Lang};
use liangu_store::{Commit, Outbox, Store};
use serde_json::json;
use std::process::{Child, Command, Stdio};

/// The program serving with these authorities; it ends with the value.
struct Serving(Child);

impl Serving {
    fn trusting(folder: &Folder, certificate: &str) -> Serving {
        let mut command = Command::new(env!("CARGO_BIN_EXE_liangu"));
        command.current_dir(folder.path()).args(["serve", "--dir", "data", "--address", "127.0.0.1:0"]);
        command.env("SSL_CERT_FILE", certificate).env_remove("LIANGU_DATABASE").stdout(Stdio::null()).stderr(Stdio::null());
        Serving(command.spawn().unwrap())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// An installation with one administrator.
fn installation(folder: &Folder) -> (Store, Principal) {
    let made = folder.liangu(&["init", "--region", "431300", "--dir", "data"]).done();
    let store = store(folder);
    let app = App::open(store.clone(), Options::system("test")).unwrap();
    let (token, password) = (token(&made.out), "a long enough passphrase 7".to_owned());
    app.set_up(&SetUp { token, login: "first".to_owned(), name: "易槿".to_owned(), password }, "127.0.0.1").unwrap();
    let account = store.read(|reader| reader.accounts(None, 1)).unwrap().remove(0);
    (store, Principal::of(&account))
}

fn notice(store: &Store, to: Option<Id>, words: &str) {
    let to = to.map_or(json!({}), |account| json!({"account": account.text("acc")}));
    let payload = json!({"to": to, "text": {"zh": words, "en": words}, "about": null});
    let outbox = vec![Outbox { topic: "notice".to_owned(), payload }];
    store.commit(Commit { outbox, ..Commit::new(now(), "test.notice") }).unwrap();
}

fn now() -> Instant {
    SystemClock.now()
}

#[test]
fn letters_and_messages_travel_encrypted_to_whom_the_office_trusts() {
    let folder = Folder::new("encrypted");
    let (store, admin) = installation(&folder);
    let certificate = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/encrypted/localhost.pem");
    let app = App::open(store.clone(), Options::system("test")).unwrap();
    let caller = Caller::new(&app, &admin, Lang::En);
    let account = admin.account;
    caller.change_own_address(&OwnAddress { version: 0, address: Some("yi@loudi.example".to_owned()) }, 0).unwrap();
    let mail = |server: &MailServer, tls: Tls, version: i64| {
        let (host, user, from) = ("localhost".to_owned(), "liangu".to_owned(), "liangu@loudi.example".to_owned());
        let password = Some("mail-secret".to_owned());
        caller.change_mail(&ChangeMail { active: true, host, port: server.port, tls, user, from, password }, version).unwrap();
    };

    let hook = Hook::start();
    let key = RequestKey { operation: "test".to_owned(), key: "hook".to_owned(), body_hash: String::new() };
    let url = format!("https://localhost:{}/hook", hook.port);
    let made = caller.create_webhook(&NewWebhook { url, topics: vec!["notice".to_owned()], active: None }, &key).unwrap();
    let server = MailServer::start(Tls::Starttls);
    mail(&server, Tls::Starttls, 0);
    notice(&store, account, "first");

    // this process trusts the system's authorities alone
    app.send_due().unwrap();
    let failed = caller.outbox(None, None).unwrap().items;
    let why: Vec<String> = failed.iter().map(|item| item.error.as_ref().map(|text| text.en.clone()).unwrap_or_default()).collect();
    assert!(why.len() == 2 && why.iter().all(|why| why.contains("certificate")), "{why:?}");
    assert_eq!(server.said().unwrap_err(), ["EHLO loudi.example", "STARTTLS"], "nothing but the greeting went in the open");
    assert!(hook.next().is_err());

    mail(&server, Tls::Starttls, 1);
    let serving = Serving::trusting(&folder, certificate);
    let said = server.said().unwrap();
    assert!(said.iter().any(|line| line.starts_with("AUTH PLAIN ")) && said.contains(&"RCPT TO:<yi@loudi.example>".to_owned()), "{said:?}");
    let (head, body) = hook.next().unwrap();
    let wanted = format!("X-Liangu-Signature: {}", signature(&made.secret.unwrap(), &body));
    assert!(head.starts_with("POST /hook HTTP/1.1") && head.contains(&wanted), "{head}");
    drop(serving);

    let server = MailServer::start(Tls::Tls);
    mail(&server, Tls::Tls, 2);
    notice(&store, account, "second");
    let _serving = Serving::trusting(&folder, certificate);
    assert!(server.said().unwrap().contains(&"MAIL FROM:<liangu@loudi.example>".to_owned()));
}
