//! What people are told: a notice in the commit of the event, and the same in the outbox for mail and other systems.
//!
//! Told are: the firm when others move its case; who comes to hold a case by somebody else's step; roles of escalations;
//! the holder of a case that is late. Nobody is told of what he did himself, and no pool of what merely came into it:
//! that stands in the inbox.
use super::case::{firm_of, name_of};
use super::write::{Moved, text_of};
use super::{NOTICE, words};
use crate::Caller;
use crate::fault::Outcome;
use liangu_base::{Id, Lang, Text};
use liangu_flow::{Case, EventKind, Holder};
use liangu_store::{Change, Commit, Outbox, Value, Values, Years};
use serde_json::json;

/// Topic of the outbox.
const TOPIC: &str = "notice";
/// Characters of a reason repeated in a notice.
const REASON: usize = 400;
/// Characters of a title in a notice.
const TITLE: usize = 120;

/// To whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum To {
    /// An account, in its outside form.
    Account(String),
    /// The people of a firm.
    Firm(Id),
    /// Those of a role whose region holds this one; without it, all of the installation's.
    Role { role: String, region: Option<String> },
}

pub(crate) struct NewNotice {
    pub to: To,
    pub text: Text,
    /// Record type and outside id of what it is about.
    pub about: Option<(String, String)>,
}

/// Adds a notice to a commit, and the same to its outbox as `{id, to, text, about, at}`.
pub(crate) fn notify(caller: &Caller<'_>, commit: &mut Commit, notice: NewNotice) {
    let app = caller.app;
    let (id, at) = (app.next_id(), app.moment());
    let mut values = Values::from([("text".to_owned(), Value::Bilingual(notice.text.clone())), ("at".to_owned(), Value::Instant(at))]);
    let mut set = |name: &str, value: Value| drop(values.insert(name.to_owned(), value));
    let to = match &notice.to {
        To::Account(account) => {
            set("account", Value::text(account.clone()));
            json!({ "account": account })
        }
        To::Firm(firm) => {
            set("firm", Value::Ref(*firm));
            json!({ "firm": firm.text(&app.model.records[crate::eligibility::FIRM].prefix) })
        }
        To::Role { role, region } => {
            let region = region.clone().unwrap_or_else(|| app.installation().region.clone());
            set("role", Value::text(role.clone()));
            set("region", Value::text(region.clone()));
            json!({ "role": role, "region": region })
        }
    };
    if let Some((record, id)) = &notice.about {
        set("about_type", Value::text(record.clone()));
        set("about_id", Value::text(id.clone()));
    }
    commit.changes.push(Change::Create { record: NOTICE.to_owned(), id, values, years: Years::new() });
    let about = notice.about.map(|(record, id)| json!({ "record": record, "id": id }));
    let prefix = &app.model.records[NOTICE].prefix;
    let payload = json!({
        "id": id.text(prefix), "to": to, "text": notice.text, "about": about, "at": at.to_rfc3339_beijing(),
    });
    commit.outbox.push(Outbox { topic: TOPIC.to_owned(), payload });
}

/// Tells those concerned of a step.
pub(super) fn tell(caller: &Caller<'_>, moved: &Moved<'_>, before: &Case, commit: &mut Commit) -> Outcome<()> {
    let about = (moved.record.name.clone(), moved.item.id.text(&moved.record.prefix));
    let mut say = |to: To, text: Text| notify(caller, commit, NewNotice { to, text, about: Some(about.clone()) });
    let case = &moved.step.case;
    let title = subject(moved);
    let account = caller.principal.account.map(|account| account.text(crate::accounts::PREFIX));
    let firm = firm_of(moved.record, &moved.item.values);
    let by_firm = firm.is_some() && caller.principal.firm == firm && caller.principal.account.is_some();
    let has_moved = before.state != case.state || before.entered != case.entered;
    if let Some(firm) = firm.filter(|_| has_moved && !by_firm) {
        say(To::Firm(firm), to_firm(moved, &title));
    }
    if let Holder::Account(holder) = &case.holder {
        let delegated = moved.step.events.iter().any(|event| matches!(event.kind, EventKind::Delegated { .. }));
        let came = before.holder != case.holder || (has_moved && case.holder != Holder::Nobody);
        if came && account.as_deref() != Some(holder.as_str()) {
            say(To::Account(holder.clone()), to_holder(moved, &title, delegated));
        }
    }
    let region = text_of(&moved.item.values, "region").map(str::to_owned);
    for event in &moved.step.events {
        match &event.kind {
            EventKind::Escalated { clock, after, to } => {
                let holder = match &case.holder {
                    Holder::Account(account) => name_of(caller.app, account)?,
                    _ => String::new(),
                };
                let text = words::escalated(moved.definition, clock.as_deref(), *after, &title, &holder);
                say(To::Role { role: to.clone(), region: region.clone() }, text);
            }
            EventKind::Overdue { clock, after } => {
                let text = words::overdue(moved.definition, clock, *after, &title);
                match (&case.holder, firm) {
                    (Holder::Account(account), _) => say(To::Account(account.clone()), text),
                    (Holder::Firm, Some(firm)) => say(To::Firm(firm), text),
                    (Holder::Role(role), _) => say(To::Role { role: role.clone(), region: region.clone() }, text),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The case as people call it: kind, number, title.
fn subject(moved: &Moved<'_>) -> Text {
    let values = &moved.item.values;
    let short = |lang: Lang| {
        let title: String = crate::records::title_of(moved.record, values, lang).chars().take(TITLE).collect();
        match text_of(values, "number").filter(|number| *number != title) {
            Some(number) => format!("{number} {title}"),
            None => title,
        }
    };
    Text::new(
        format!("{}“{}”", moved.record.label.zh, short(Lang::Zh)),
        format!("{} \"{}\"", moved.record.label.get(Lang::En), short(Lang::En)),
    )
}

fn to_firm(moved: &Moved<'_>, subject: &Text) -> Text {
    let case = &moved.step.case;
    let state = moved.definition.state(&case.state).map(|state| state.label.clone()).unwrap_or_default();
    let mut zh = format!("{}：{}。", subject.zh, state.zh);
    let mut en = format!("{}: {}.", subject.en, state.get(Lang::En));
    let said = moved.command.and_then(|(_, inputs)| inputs.get("question").or_else(|| inputs.get("reason")));
    if let Some(said) = said {
        let said: String = said.chars().take(REASON).collect();
        zh.push_str(&said);
        en.push(' ');
        en.push_str(&said);
    }
    if let (Holder::Firm, Some(timer)) = (&case.holder, &case.timer) {
        zh.push_str(&format!(" 请在 {} 之前办理。", timer.date));
        en.push_str(&format!(" Please act by {}.", timer.date));
    }
    Text::new(zh, en)
}

fn to_holder(moved: &Moved<'_>, subject: &Text, delegated: bool) -> Text {
    let state = moved.definition.state(&moved.step.case.state).map(|state| state.label.clone()).unwrap_or_default();
    if delegated {
        return Text::new(
            format!("{}转由您办理（{}）。", subject.zh, state.zh),
            format!("{} was handed over to you ({}).", subject.en, state.get(Lang::En)),
        );
    }
    Text::new(format!("{}回到您手中：{}。", subject.zh, state.zh), format!("{} is with you again: {}.", subject.en, state.get(Lang::En)))
}
