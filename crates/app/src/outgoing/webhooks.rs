//! Webhooks: where messages are posted to, signed with a key that both sides know.
use super::address::WebAddress;
use super::mail::Tried;
use super::post::Post;
use super::state::{Ended, Parcel, State};
use super::{NOTICE, PAGE, put, version_of};
use crate::fault::{Fault, Outcome, invalid};
use crate::reads::Reads as _;
use crate::views::Words;
use crate::{App, Caller, RequestKey, secrets};
use liangu_base::{Id, Instant, Text};
use liangu_store::Document;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// What everyone may know of a webhook; the journal tells it.
const PUBLIC: &str = "webhook";
/// Address and key; the journal does not tell them.
const SECRET: &str = "webhook_secret";
pub(super) const PREFIX: &str = "whk";
/// Webhooks of an installation.
const MOST: usize = 20;

/// What may be subscribed to.
const TOPICS: [(&str, Text); 1] = [(NOTICE, Text::fixed("事项提醒", "Notices"))];
/// The topic of a try.
const TEST: &str = "test";

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Webhook {
    pub id: String,
    pub version: i64,
    pub url: String,
    pub topics: Vec<String>,
    pub active: bool,
    pub has_secret: bool,
    pub last: Option<LastSent>,
    /// Messages that have not gone out yet; counted up to 200.
    pub waiting: usize,
    /// Told once, when it is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LastSent {
    pub at: String,
    /// `sent`, `failed` or `given_up`.
    pub state: String,
    pub error: Option<Words>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookPage {
    pub items: Vec<Webhook>,
    pub topics: Vec<TopicView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TopicView {
    pub name: String,
    pub label: Words,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    pub url: String,
    pub topics: Vec<String>,
    /// By default it is.
    pub active: Option<bool>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeWebhook {
    pub url: Option<String>,
    pub topics: Option<Vec<String>>,
    pub active: Option<bool>,
    /// Makes a new key and tells it.
    pub new_secret: Option<bool>,
}

/// A webhook as it is kept.
#[derive(Clone, Debug)]
pub(super) struct Hook {
    pub id: Id,
    version: i64,
    url: String,
    secret: String,
    pub topics: Vec<String>,
    pub active: bool,
}

impl Hook {
    pub fn target(&self) -> String {
        self.id.text(PREFIX)
    }

    /// Where it goes, without what may be secret in a path.
    pub fn origin(&self) -> String {
        WebAddress::parse(&self.url).map(|web| web.origin()).unwrap_or_default()
    }

    pub fn takes(&self, topic: &str) -> bool {
        self.topics.iter().any(|own| own == topic)
    }

    /// Posts a message; waits for the other side's answer.
    pub fn send(&self, parcel: &Parcel) -> Ended {
        match self.post(parcel) {
            Ok(_) => Ended::Taken,
            Err((_, why)) => Ended::Failed { why, holds: true, left: Vec::new() },
        }
    }

    fn post(&self, parcel: &Parcel) -> Result<u16, (Option<u16>, Text)> {
        let wrong = || (None, Text::fixed("回调地址无效；请重新填写。", "The address is not valid; fill it in again."));
        let to = WebAddress::parse(&self.url).ok_or_else(wrong)?;
        let at = Instant::from_micros(parcel.at).to_rfc3339_beijing();
        let body = json!({"id": parcel.n, "topic": parcel.topic, "at": at, "payload": parcel.payload}).to_string();
        Post { to: &to, secret: &self.secret, topic: &parcel.topic, delivery: parcel.n, body: body.as_bytes() }.send()
    }

    fn public(&self) -> serde_json::Value {
        json!({"origin": self.origin(), "topics": self.topics, "active": self.active})
    }

    fn private(&self) -> serde_json::Value {
        json!({"url": self.url, "secret": self.secret})
    }
}

impl App {
    pub(super) fn hooks(&self) -> Outcome<Vec<Hook>> {
        let secrets = self.store.documents(SECRET)?;
        let mut hooks: Vec<Hook> = self
            .store
            .documents(PUBLIC)?
            .iter()
            .filter_map(|public| hook(public, secrets.iter().find(|own| own.key == public.key)?))
            .collect();
        hooks.sort_by_key(|hook| hook.id);
        Ok(hooks)
    }

    pub(super) fn hook(&self, target: &str) -> Outcome<Option<Hook>> {
        let Ok(id) = Id::parse(PREFIX, target) else { return Ok(None) };
        let key = id.to_string();
        let (public, secret) = (self.store.document(PUBLIC, &key)?, self.store.document(SECRET, &key)?);
        Ok(public.zip(secret).and_then(|(public, secret)| hook(&public, &secret)))
    }
}

fn hook(public: &Document, secret: &Document) -> Option<Hook> {
    let topics = public.value["topics"].as_array()?.iter().filter_map(|topic| topic.as_str().map(str::to_owned)).collect();
    Some(Hook {
        id: public.key.parse().ok()?,
        version: version_of(Some(public)),
        url: secret.value["url"].as_str()?.to_owned(),
        secret: secret.value["secret"].as_str()?.to_owned(),
        topics,
        active: public.value["active"].as_bool()?,
    })
}

impl Caller<'_> {
    pub fn webhooks(&self) -> Outcome<WebhookPage> {
        self.sets()?;
        let items = self.app.hooks()?.iter().map(|hook| self.webhook_view(hook, false)).collect::<Outcome<_>>()?;
        let topic = |(name, label): &(&str, Text)| TopicView { name: (*name).to_owned(), label: label.into() };
        Ok(WebhookPage { items, topics: TOPICS.iter().map(topic).collect() })
    }

    /// # Errors
    /// Invalid for the address or a topic; a conflict when there are too many.
    pub fn create_webhook(&self, new: &NewWebhook, key: &RequestKey) -> Outcome<Webhook> {
        self.sets()?;
        if self.app.hooks()?.len() >= MOST {
            let why = Text::new(format!("最多 {MOST} 个回调地址；请先删除不用的。"), format!("At most {MOST} webhooks; delete one first."));
            return Err(Fault::Conflict { code: "too_many_webhooks", why, fields: Vec::new() });
        }
        let id = self.app.next_id();
        let secret = secrets::token(self.app.secrets.as_ref());
        let hook = Hook { id, version: 1, url: url(&new.url)?, secret, topics: topics(&new.topics)?, active: new.active.unwrap_or(true) };
        let mut commit = self.commit("webhook.create");
        commit.documents.push(put(PUBLIC, &id.to_string(), Some(hook.public()), Some(0), true));
        commit.documents.push(put(SECRET, &id.to_string(), Some(hook.private()), Some(0), false));
        self.app.open_target(&hook.target(), &mut commit)?;
        let receipt = self.commit_once(commit, Some(key), move |_| json!({"id": id}))?;
        let first = receipt.replayed.as_ref().and_then(|first| first["id"].as_str()?.parse::<Id>().ok());
        let made = self.app.hook(&first.unwrap_or(id).text(PREFIX))?.ok_or(Fault::NotFound)?;
        self.webhook_view(&made, true)
    }

    /// # Errors
    /// Not found, stale, invalid.
    pub fn change_webhook(&self, id: &str, new: &ChangeWebhook, version: i64) -> Outcome<Webhook> {
        self.sets()?;
        let old = self.app.hook(id)?.ok_or(Fault::NotFound)?;
        let renews = new.new_secret.unwrap_or(false);
        let hook = Hook {
            url: new.url.as_deref().map_or_else(|| Ok(old.url.clone()), url)?,
            topics: new.topics.as_deref().map_or_else(|| Ok(old.topics.clone()), topics)?,
            active: new.active.unwrap_or(old.active),
            secret: if renews { secrets::token(self.app.secrets.as_ref()) } else { old.secret.clone() },
            ..old.clone()
        };
        let key = hook.id.to_string();
        let mut commit = self.commit("webhook.update");
        commit.documents.push(put(PUBLIC, &key, Some(hook.public()), Some(version), true));
        commit.documents.push(put(SECRET, &key, Some(hook.private()), None, false));
        match (hook.active, old.active) {
            (true, false) => self.app.open_target(&hook.target(), &mut commit)?,
            (true, true) => self.app.hurry_target(&hook.target(), &mut commit)?,
            (false, _) => {}
        }
        self.app.write(commit)?;
        self.webhook_view(&self.app.hook(id)?.ok_or(Fault::NotFound)?, renews)
    }

    pub fn delete_webhook(&self, id: &str) -> Outcome<()> {
        self.sets()?;
        let hook = self.app.hook(id)?.ok_or(Fault::NotFound)?;
        let mut commit = self.commit("webhook.delete");
        let key = hook.id.to_string();
        commit.documents.push(put(PUBLIC, &key, None, None, true));
        commit.documents.push(put(SECRET, &key, None, None, false));
        commit.documents.push(put(super::STATE, &hook.target(), None, None, false));
        self.app.write(commit)?;
        Ok(())
    }

    /// Posts a message of topic `test` at once, outside the order.
    pub fn try_webhook(&self, id: &str) -> Outcome<Tried> {
        self.sets()?;
        let hook = self.app.hook(id)?.ok_or(Fault::NotFound)?;
        let parcel = Parcel { n: 0, at: self.now().micros(), topic: TEST.to_owned(), payload: json!({"text": super::TEXT_LETTER}) };
        Ok(match hook.post(&parcel) {
            Ok(status) => Tried { ok: true, status: Some(status), error: None },
            Err((status, why)) => Tried { ok: false, status, error: Some(why.into()) },
        })
    }

    fn webhook_view(&self, hook: &Hook, tells: bool) -> Outcome<Webhook> {
        let (state, _) = self.app.target_state(&hook.target())?;
        let unsent = self.app.store.read(|reader| reader.outbox(state.cursor, PAGE))?;
        let waiting = unsent.iter().filter(|message| hook.takes(&message.topic)).count() + state.retry.len();
        Ok(Webhook {
            id: hook.target(),
            version: hook.version,
            url: hook.url.clone(),
            topics: hook.topics.clone(),
            active: hook.active,
            has_secret: !hook.secret.is_empty(),
            last: last(&state),
            waiting: if hook.active { waiting } else { 0 },
            secret: tells.then(|| hook.secret.clone()),
        })
    }
}

fn last(state: &State) -> Option<LastSent> {
    if let Some(retry) = state.retry.first() {
        let at = Instant::from_micros(retry.parcel.at).to_rfc3339_beijing();
        return Some(LastSent { at, state: "failed".to_owned(), error: Some((&retry.why).into()) });
    }
    let settled = state.settled.last()?;
    let name = if settled.gave_up.is_some() { "given_up" } else { "sent" };
    let at = Instant::from_micros(settled.settled_at).to_rfc3339_beijing();
    Some(LastSent { at, state: name.to_owned(), error: settled.gave_up.as_ref().map(Words::from) })
}

fn url(text: &str) -> Outcome<String> {
    match WebAddress::parse(text) {
        Some(_) => Ok(text.trim().to_owned()),
        None => Err(invalid(
            "url",
            "address",
            "请填写以 http:// 或 https:// 开头、不含用户名的完整地址。",
            "Give a whole address that begins with http:// or https:// and holds no user name.",
        )),
    }
}

fn topics(topics: &[String]) -> Outcome<Vec<String>> {
    let known = |topic: &String| TOPICS.iter().any(|(name, _)| name == topic);
    match topics.iter().find(|topic| !known(topic)) {
        None if topics.is_empty() => Err(invalid("topics", "required", "请至少选择一类消息。", "Choose at least one kind of message.")),
        None => Ok(topics.to_vec()),
        Some(other) => {
            let names: Vec<&str> = TOPICS.iter().map(|(name, _)| *name).collect();
            let names = names.join(", ");
            Err(invalid(
                "topics",
                "unknown",
                format!("没有消息“{other}”；可选：{names}。"),
                format!("There is no message \"{other}\"; there are: {names}."),
            ))
        }
    }
}
