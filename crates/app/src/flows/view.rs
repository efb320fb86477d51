//! A case as its reader sees it: where it stands, who has it, by when, what can be done, what was done.
use super::case::name_of;
use super::effects;
use super::write::{instant_of, text_of};
use super::{rows, words};
use crate::Caller;
use crate::fault::Outcome;
use crate::views::{Permission, Words};
use liangu_base::{Instant, Lang, Text};
use liangu_flow::definition::FIRM;
use liangu_flow::{Actor, Case, Colour, Definition, Holder, Kind, Lamp, RunState};
use liangu_model::record::Record;
use liangu_store::Item;
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Inputs that offices write to each other; the firm does not read them.
const INTERNAL: [&str; 1] = ["note"];

#[derive(Debug, Serialize, ToSchema)]
pub struct FlowView {
    pub record: String,
    pub id: String,
    pub version: i64,
    pub state: String,
    pub state_label: Words,
    pub lamp: LampView,
    pub clocks: Vec<ClockView>,
    pub holder: HolderView,
    /// What happens next, and by when.
    pub next: Words,
    /// Day promised to the one who applied.
    pub promised: Option<String>,
    /// A year without published holidays was counted; the day may move.
    pub provisional: bool,
    /// What leads on from here, in the order of the flow.
    pub commands: Vec<CommandView>,
    /// The oldest first.
    pub steps: Vec<StepView>,
    pub may_delegate: Permission,
    pub reopened: u32,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Lamp)]
pub struct LampView {
    /// `red`, `amber`, `green`, `paused` or `done`.
    pub colour: String,
    /// Working days left; negative: over.
    pub days: Option<i32>,
    pub words: Words,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseClock)]
pub struct ClockView {
    pub name: String,
    pub label: Words,
    pub started: String,
    /// Last day, while it runs.
    pub due: Option<String>,
    /// Working days left; negative: it was late by so many.
    pub left_days: i32,
    /// As of a case: `red`, `amber`, `green`; `paused` or `done` as it is.
    pub colour: String,
    /// `running`, `paused` or `stopped`.
    pub state: String,
    pub provisional: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseHolder)]
pub struct HolderView {
    /// `nobody`, `role`, `account` or `firm`.
    pub kind: String,
    pub role: Option<String>,
    pub role_label: Option<Words>,
    /// Of an account.
    pub name: Option<String>,
    /// This reader has the duty: he holds it, or it is his firm's.
    pub mine: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseCommand)]
pub struct CommandView {
    pub name: String,
    pub label: Words,
    pub allowed: bool,
    /// Why it is not allowed, and what to do.
    pub why: Option<Words>,
    /// Inputs without which it is refused.
    pub needs: Vec<String>,
    /// Asked before it is given.
    pub confirm: Option<Words>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseStep)]
pub struct StepView {
    /// A command, or `lapsed`, `ended`, `escalated`, `overdue`, `delegated`, `carried`, `reprojected`, `moved`.
    pub command: String,
    pub label: Words,
    pub from: Option<String>,
    pub to: Option<String>,
    pub to_label: Option<Words>,
    pub at: Option<String>,
    /// `None`: time or the program.
    pub by_name: Option<String>,
    /// What was filled in.
    pub inputs: BTreeMap<String, String>,
}

impl Caller<'_> {
    /// # Errors
    /// Not found for a case out of sight or a record type without a flow.
    pub fn flow(&self, record: &str, id: &str) -> Outcome<FlowView> {
        let (record, definition) = self.cases(record)?;
        let item = self.visible(&record.name, self.id(&record.name, id)?)?;
        let case = self.case_now(definition, &item)?;
        let actor = self.actor(record, &item)?;
        let promise = liangu_flow::promise(definition, &case);
        let may = liangu_flow::may_delegate(definition, &case, &actor);
        Ok(FlowView {
            record: record.name.clone(),
            id: item.id.text(&record.prefix),
            version: item.version,
            state_label: label_of(definition, &case.state).into(),
            lamp: self.lamp(definition, &case),
            clocks: self.clocks(definition, &case),
            holder: self.holder(definition, &case, &actor)?,
            next: self.next_words(definition, &case)?.into(),
            promised: promise.map(|promise| promise.date.to_string()),
            provisional: promise.is_some_and(|promise| promise.provisional),
            commands: self.offers(record, definition, &item, &case, &actor)?,
            steps: self.steps_of(record, definition, &item, &actor)?,
            may_delegate: may.map_or_else(|refusal| Permission::refused(refusal.text), |()| Permission::granted()),
            reopened: case.reopened,
            state: case.state,
        })
    }

    pub(super) fn lamp(&self, definition: &Definition, case: &Case) -> LampView {
        let lamp: Lamp = liangu_flow::lamp(definition, case, self.app.moment(), self.app.calendar());
        LampView { colour: colour(lamp.colour), days: lamp.days, words: words::lamp(definition, case, &lamp).into() }
    }

    fn clocks(&self, definition: &Definition, case: &Case) -> Vec<ClockView> {
        let view = |(name, clock): (&String, &liangu_flow::Clock)| {
            let run = case.clocks.get(name)?;
            let lamp = liangu_flow::clock_lamp(Some(clock), run, self.app.moment(), self.app.calendar());
            let (state, due) = match run.state {
                RunState::Running { due, .. } => ("running", Some(due.to_string())),
                RunState::Paused { .. } => ("paused", None),
                RunState::Stopped { .. } => ("stopped", None),
            };
            Some(ClockView {
                name: name.clone(),
                label: (&clock.label).into(),
                started: run.started.to_string(),
                due,
                left_days: lamp.days.unwrap_or(0),
                colour: colour(lamp.colour),
                state: state.to_owned(),
                provisional: lamp.provisional,
            })
        };
        definition.clocks.iter().filter_map(view).collect()
    }

    fn holder(&self, definition: &Definition, case: &Case, actor: &Actor) -> Outcome<HolderView> {
        let duty = definition.state(&case.state).and_then(|state| state.duty.role());
        let (kind, role, name) = match &case.holder {
            Holder::Nobody => ("nobody", None, None),
            Holder::Role(role) => ("role", Some(role.as_str()), None),
            Holder::Account(account) => ("account", duty, Some(name_of(self.app, account)?)),
            Holder::Firm => ("firm", Some(FIRM), None),
        };
        Ok(HolderView {
            kind: kind.to_owned(),
            role: role.map(str::to_owned),
            role_label: role.map(|role| self.role_label(role).into()),
            name,
            mine: is_mine(case, actor),
        })
    }

    pub(super) fn role_label(&self, role: &str) -> Text {
        self.app.model.roles.get(role).map_or_else(|| Text::new(role.to_owned(), role.to_owned()), |role| role.label.clone())
    }

    /// Commands that lead on, each with why this person cannot give it.
    pub(super) fn offers(
        &self,
        record: &Record,
        definition: &Definition,
        item: &Item,
        case: &Case,
        actor: &Actor,
    ) -> Outcome<Vec<CommandView>> {
        let offers = liangu_flow::commands(definition, case, actor, self.app.moment(), self.app.calendar());
        let mut shown = Vec::new();
        for offer in offers {
            let why = match offer.refusal {
                Some(refusal) => Some(refusal.text),
                None => effects::on_offer(self, record, item, offer.name)?,
            };
            shown.push(CommandView {
                name: offer.name.clone(),
                label: (&offer.command.label).into(),
                allowed: why.is_none(),
                why: why.map(Words::from),
                needs: offer.command.needs.clone(),
                confirm: offer.command.confirm.as_ref().map(Words::from),
            });
        }
        Ok(shown)
    }

    fn steps_of(&self, record: &Record, definition: &Definition, item: &Item, actor: &Actor) -> Outcome<Vec<StepView>> {
        let rows = rows::steps(self.app, &item.id.text(&record.prefix))?;
        rows.iter().map(|row| self.step_view(definition, row, actor)).collect()
    }

    fn step_view(&self, definition: &Definition, row: &Item, actor: &Actor) -> Outcome<StepView> {
        let text = |field: &str| text_of(&row.values, field);
        let owned = |field: &str| text(field).map(str::to_owned);
        let command = owned("command").unwrap_or_default();
        let input: Json = text("input").and_then(|json| serde_json::from_str(json).ok()).unwrap_or(Json::Null);
        let colleague = match input["to"].as_str().filter(|_| command == "delegated") {
            Some(account) => name_of(self.app, account)?,
            None => String::new(),
        };
        let label = words::step(definition, &command, &input, |role| self.role_label(role), &colleague);
        let is_command = definition.command(&command).is_some();
        let shown = |name: &str| is_command && !(actor.is_firm && INTERNAL.contains(&name));
        let inputs = input.as_object().into_iter().flatten().filter(|(name, _)| shown(name));
        Ok(StepView {
            label: label.into(),
            from: owned("from_state"),
            to_label: text("to_state").map(|state| label_of(definition, state).into()),
            to: owned("to_state"),
            at: instant_of(&row.values, "at").map(Instant::to_rfc3339_beijing),
            by_name: owned("by_name").filter(|name| !name.is_empty()),
            inputs: inputs.filter_map(|(name, text)| Some((name.clone(), text.as_str()?.to_owned()))).collect(),
            command,
        })
    }

    /// What happens next and by when.
    fn next_words(&self, definition: &Definition, case: &Case) -> Outcome<Text> {
        let Some(state) = definition.state(&case.state) else { return Ok(Text::default()) };
        let until = case.timer.as_ref().map(|timer| timer.date.to_string()).unwrap_or_default();
        let target = |to: &str| label_of(definition, to);
        Ok(match &state.kind {
            Kind::Draft => Text::fixed("提交后开始计时。", "Clocks start when it is handed in."),
            Kind::Waiting { to, .. } => Text::new(
                format!("等待答复；{until} 前没有答复，转为“{}”。", target(to).zh),
                format!("Waits for an answer; without one by {until} it becomes \"{}\".", target(to).get(Lang::En)),
            ),
            Kind::Timed { to, .. } => Text::new(
                format!("{until} 期满后转为“{}”。", target(to).zh),
                format!("The period ends on {until}; then it becomes \"{}\".", target(to).get(Lang::En)),
            ),
            Kind::Done { reopen: Some(days), .. } => {
                let last = self.app.calendar().add_workdays(case.entered.date_beijing(), *days).date;
                Text::new(format!("已办结；{last} 前可以再次提出。"), format!("Done; it can be taken up again until {last}."))
            }
            Kind::Done { .. } => Text::fixed("已办结。", "Done."),
            Kind::Open => self.open_words(case, liangu_flow::promise(definition, case).map(|promise| promise.date.to_string()))?,
        })
    }

    fn open_words(&self, case: &Case, promised: Option<String>) -> Outcome<Text> {
        let who = match &case.holder {
            Holder::Role(role) => {
                let role = self.role_label(role);
                Text::new(format!("等待{}签收", role.zh), format!("Waits to be taken by: {}", role.get(Lang::En)))
            }
            Holder::Account(account) => {
                let name = name_of(self.app, account)?;
                Text::new(format!("由{name}办理"), format!("With {name}"))
            }
            Holder::Firm => Text::fixed("由企业办理", "With the firm"),
            Holder::Nobody => Text::fixed("无人办理", "With nobody"),
        };
        Ok(match promised {
            Some(day) => Text::new(format!("{}；承诺 {day} 前办结。", who.zh), format!("{}; promised by {day}.", who.en)),
            None => Text::new(format!("{}。", who.zh), format!("{}.", who.en)),
        })
    }
}

/// Whether this person has the duty.
pub(super) fn is_mine(case: &Case, actor: &Actor) -> bool {
    match &case.holder {
        Holder::Account(account) => *account == actor.account,
        Holder::Firm => actor.is_firm,
        Holder::Role(_) | Holder::Nobody => false,
    }
}

pub(super) fn label_of(definition: &Definition, state: &str) -> Text {
    definition.state(state).map_or_else(|| Text::new(state.to_owned(), state.to_owned()), |state| state.label.clone())
}

fn colour(colour: Colour) -> String {
    let word = match colour {
        Colour::Red => "red",
        Colour::Amber => "amber",
        Colour::Green => "green",
        Colour::Paused => "paused",
        Colour::Done => "done",
    };
    word.to_owned()
}
