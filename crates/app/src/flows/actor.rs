//! Who acts on a case, and why the machine refuses him.
use super::case::firm_of;
use super::view::{is_mine, label_of};
use crate::fault::{Fault, FieldFault, Outcome, forbidden};
use crate::language::in_scope;
use crate::records::inherits;
use crate::{Caller, flows::words};
use liangu_base::{Lang, Text};
use liangu_flow::definition::FIRM;
use liangu_flow::{Actor, Holder, Refusal};
use liangu_model::record::Record;
use liangu_store::Item;

impl Caller<'_> {
    /// This person before a case: the roles within whose own rows the case lies, and whether it is his firm's.
    pub(super) fn actor(&self, record: &Record, item: &Item) -> Outcome<Actor> {
        let mut roles = Vec::new();
        for role in &self.principal.roles {
            let reaches = match inherits(record) {
                Some(_) => self.reaches(record, item.id, &[role])?,
                None => {
                    let scope = self.app.access.scope_in_roles(self.principal, &record.name, &[role]);
                    in_scope(&self.app.model, record, &scope, item.id, &item.values, &self.context())
                }
            };
            if reaches {
                roles.push(role.clone());
            }
        }
        let own = self.principal.firm.is_some() && self.principal.firm == firm_of(record, &item.values);
        let (account, name) = self.me();
        Ok(Actor { account, name, is_firm: own && self.principal.has(FIRM), roles })
    }

    /// Whether this person may change the contents of a record: of a case only who has the duty, or is of the role whose
    /// pool has it; what is done stays as it is.
    ///
    /// # Errors
    /// Forbidden to everyone else, with who may.
    pub(crate) fn has_duty(&self, record: &Record, item: &Item) -> Outcome<()> {
        let Some(definition) = &record.flow else { return Ok(()) };
        let case = self.case_now(definition, item)?;
        let actor = self.actor(record, item)?;
        let has = match &case.holder {
            Holder::Nobody => false,
            Holder::Role(role) => actor.roles.contains(role),
            Holder::Account(_) | Holder::Firm => is_mine(&case, &actor),
        };
        if has {
            return Ok(());
        }
        let state = label_of(definition, &case.state);
        Err(forbidden(
            "no_duty",
            format!("此件现在是“{}”，不由您办理，内容不能修改。", state.zh),
            format!("This is \"{}\" now and not with you; its content cannot be changed.", state.get(Lang::En)),
        ))
    }
}

/// A refusal as the door says it: 403 for what another person must do, 422 for what is missing or not acceptable, 404
/// for a command that the flow does not have, 409 for what the case's state does not allow.
pub(crate) fn refused(refusal: Refusal) -> Fault {
    match refusal.code {
        "unknown_command" => Fault::NotFound,
        "not_yours" | "not_holder" | "two_persons" => Fault::Forbidden { code: refusal.code, why: refusal.text },
        "needs" => Fault::Invalid(refusal.missing.iter().map(|name| missing(name)).collect()),
        "wrong_role" => Fault::Invalid(vec![FieldFault::new("account", refusal.code, refusal.text)]),
        code => Fault::Conflict { code, why: refusal.text, fields: Vec::new() },
    }
}

fn missing(input: &str) -> FieldFault {
    let label = words::input(input);
    let text = Text::new(format!("请填写{}。", label.zh), format!("Give the {}.", label.en.to_lowercase()));
    FieldFault::new(format!("inputs.{input}"), "required", text)
}
