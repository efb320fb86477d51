//! Mail, webhooks, what went out, live notices, and requests to match.
use super::{ADMINISTRATOR, AFTER, LIMIT};
use crate::handlers::{events, outgoing};
use crate::route::Access::{Role, SignedIn};
use crate::route::{Route, Subject, act, change, get, get_file, get_reply};
use axum::http::Method;
use liangu_app::eligibility::MatchRequest;
use liangu_app::outgoing::{MailSettings, OwnAddress, Tried, Webhook};

/// Mail, webhooks, what went out, live notices.
pub(super) fn routes() -> Vec<Route> {
    let settings = vec![
        get_reply::<MailSettings>("/api/settings/mail", "mail_settings", outgoing::mail).says("邮件设置", "Settings of mail"),
        change::<_, MailSettings>(Method::PUT, "/api/settings/mail", "change_mail_settings", outgoing::change_mail)
            .on_a_version()
            .says("修改邮件设置", "Change the settings of mail"),
        change::<_, Tried>(Method::POST, "/api/settings/mail/try", "try_mail", outgoing::try_mail).says("试发邮件", "Send a letter to try"),
        get("/api/webhooks", "webhooks", outgoing::webhooks).says("回调地址", "Webhooks"),
        change::<_, Webhook>(Method::POST, "/api/webhooks", "create_webhook", outgoing::create_webhook)
            .creates()
            .says("新建回调地址，密钥只显示一次", "Make a webhook; its key is told once"),
        change::<_, Webhook>(Method::PATCH, "/api/webhooks/{id}", "change_webhook", outgoing::change_webhook)
            .about(Subject::Webhook)
            .on_a_version()
            .says("修改回调地址", "Change a webhook"),
        act::<()>(Method::DELETE, "/api/webhooks/{id}", "delete_webhook", outgoing::delete_webhook)
            .about(Subject::Webhook)
            .answers_nothing()
            .says("删除回调地址", "Delete a webhook"),
        act::<Tried>(Method::POST, "/api/webhooks/{id}/try", "try_webhook", outgoing::try_webhook)
            .about(Subject::Webhook)
            .says("试发消息", "Post a message to try"),
        get("/api/outbox", "outbox", outgoing::outbox).takes(&[AFTER, LIMIT]).says("外发消息", "What goes out"),
    ];
    let own = vec![
        get_reply::<OwnAddress>("/api/settings/my-mail", "own_mail", outgoing::own_address).says("我的提醒邮箱", "Where own notices go"),
        change::<_, OwnAddress>(Method::PUT, "/api/settings/my-mail", "change_own_mail", outgoing::change_own_address)
            .on_a_version()
            .says("修改提醒邮箱", "Change where own notices go"),
        change::<_, MatchRequest>(Method::POST, "/api/firms/{id}/match-requests", "request_match", outgoing::request_match)
            .about(Subject::Firm)
            .creates()
            .says("一键匹配", "Ask for everything that fits"),
        get_file("/api/events", "events", events::MEDIA_TYPE, events::listen).says("实时提醒", "Live notices, as server-sent events"),
    ];
    let settings = settings.into_iter().map(|route| route.open_to(Role(ADMINISTRATOR)));
    settings.chain(own.into_iter().map(|route| route.open_to(SignedIn))).collect()
}
