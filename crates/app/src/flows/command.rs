//! A person gives a command: seen → permitted → decided → effects → one commit.
use super::actor::refused;
use super::case::case_of;
use super::effects::{self, Inputs, Order};
use super::write::{Moved, commit_anew, text_of};
use super::{flow_of, rows};
use crate::fault::{Fault, FieldFault, Outcome};
use crate::records::FullRecord;
use crate::secrets::sha256_hex;
use crate::views::Raw;
use crate::{Caller, RequestKey};
use liangu_base::Text;
use liangu_flow::{Case, Definition};
use liangu_model::record::Record;
use liangu_store::Item;
use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What is filled in with a command: texts and numbers by name.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommandInputs {
    #[serde(default)]
    pub inputs: BTreeMap<String, Raw>,
}

impl CommandInputs {
    pub(super) fn read(&self) -> Outcome<Inputs> {
        let mut faults = Vec::new();
        let mut texts = Vec::new();
        for (name, raw) in &self.inputs {
            match &raw.0 {
                Json::String(text) => texts.push((name.as_str(), text.clone())),
                Json::Number(number) => texts.push((name.as_str(), number.to_string())),
                Json::Bool(yes) => texts.push((name.as_str(), yes.to_string())),
                Json::Null => {}
                Json::Array(_) | Json::Object(_) => {
                    let text = Text::fixed("这里只能填写文字或数字。", "Only a text or a number can stand here.");
                    faults.push(FieldFault::new(format!("inputs.{name}"), "type", text));
                }
            }
        }
        if !faults.is_empty() {
            return Err(Fault::Invalid(faults));
        }
        Inputs::read(texts.iter().map(|(name, text)| (*name, text.as_str())))
    }
}

impl<'a> Caller<'a> {
    /// A record type with a flow that exists for this reader.
    ///
    /// # Errors
    /// Not found without a flow or out of sight.
    pub(super) fn cases(&self, record: &str) -> Outcome<(&'a Record, &'a Definition)> {
        self.record_type(record)?;
        let (record, definition) = flow_of(self.app, record)?;
        Ok((record, definition))
    }

    /// The case of a row under the definition in force.
    pub(super) fn case_now(&self, definition: &Definition, item: &Item) -> Outcome<Case> {
        let case = case_of(item)?;
        if case.version == definition.version {
            return Ok(case);
        }
        let carried = liangu_flow::carry_over(definition, &case, self.app.moment(), self.app.calendar());
        Ok(carried.map_err(refused)?.case)
    }

    /// Gives a command. A repeat under the same key changes nothing and answers with the record as it now is.
    ///
    /// # Errors
    /// Not found for a case out of sight or an unknown command; stale when somebody else was first; forbidden,
    /// conflict or invalid as the flow ([`refused`]) or the effects refuse.
    pub fn command(
        &self,
        record: &str,
        id: &str,
        command: &str,
        version: i64,
        given: &CommandInputs,
        key: Option<&RequestKey>,
    ) -> Outcome<FullRecord> {
        let (record, definition) = self.cases(record)?;
        let id = self.id(&record.name, id)?;
        let item = self.visible(&record.name, id)?;
        let inputs = given.read()?;
        let key = key.map(|key| self.digest(key));
        let done = self.order((record, definition), &item, command, version, &inputs, key.as_deref());
        if let Err(fault) = done {
            let repeats = match &key {
                Some(key) => self.repeats(record, &item, key)?,
                None => false,
            };
            if !repeats {
                return Err(fault);
            }
        }
        self.full(&record.name, id)
    }

    fn order(
        &self,
        (record, definition): (&Record, &Definition),
        item: &Item,
        command: &str,
        version: i64,
        inputs: &Inputs,
        key: Option<&str>,
    ) -> Outcome<()> {
        is_version(record, item, version)?;
        // A deadline counts by the clock, not by when the program last looked at it.
        let fired = self.fire_first(record, definition, item)?;
        let item = fired.as_ref().unwrap_or(item);
        let case = self.case_now(definition, item)?;
        let actor = self.actor(record, item)?;
        let given: Vec<&str> = inputs.iter().map(|(name, _)| name).collect();
        let (now, calendar) = (self.app.moment(), self.app.calendar());
        let step = liangu_flow::decide(definition, &case, command, &actor, &given, now, calendar).map_err(refused)?;
        let order = Order { caller: self, record, item, command, step: &step, inputs };
        let moved = Moved { record, definition, item, step: &step, command: Some((command, inputs)), key };
        commit_anew(self.app, item, || {
            let mut commit = self.commit_of(record, command);
            let extra = effects::on_command(&order, &mut commit)?;
            self.put_step(&moved, extra, &mut commit)?;
            Ok(commit)
        })?;
        effects::afterwards(self.app, record);
        Ok(())
    }

    /// A request as a step remembers it: who, what, under which key, with which body.
    fn digest(&self, key: &RequestKey) -> String {
        let who = self.me().0;
        sha256_hex(format!("{who}\n{}\n{}\n{}", key.operation, key.key, key.body_hash).as_bytes())
    }

    /// Whether the same request has been carried out on this case already.
    fn repeats(&self, record: &Record, item: &Item, key: &str) -> Outcome<bool> {
        let steps = rows::steps(self.app, &item.id.text(&record.prefix))?;
        Ok(steps.iter().any(|step| text_of(&step.values, "key") == Some(key)))
    }
}

/// # Errors
/// Stale where the row is not the one that was read.
pub(super) fn is_version(record: &Record, item: &Item, version: i64) -> Outcome<()> {
    if item.version == version {
        return Ok(());
    }
    Err(Fault::Stale { record: record.name.clone(), id: item.id })
}
