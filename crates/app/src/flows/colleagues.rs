//! Handing a case over, and to whom it can be handed.
use super::actor::refused;
use super::command::is_version;
use super::write::{Moved, commit_anew};
use crate::accounts::PREFIX;
use crate::fault::{Outcome, invalid};
use crate::reads::Reads as _;
use crate::records::FullRecord;
use crate::views::Named;
use crate::{Caller, Principal};
use liangu_base::Id;
use liangu_flow::{Holder, definition::FIRM};
use liangu_store::{Account, Values};
use serde::Deserialize;
use utoipa::ToSchema;

/// Accounts read at once, accounts looked at, colleagues offered.
const PAGE: u32 = 200;
const LOOKED_AT: usize = 5000;
const OFFERED: usize = 100;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Delegation {
    /// The account that is to hold the case.
    pub account: String,
}

impl Caller<'_> {
    /// # Errors
    /// Not found for a case out of sight; stale; forbidden to others than the holder and those whom escalations reach;
    /// invalid for an account that cannot have the duty; a conflict where nobody has a duty to hand over.
    pub fn delegate(&self, record: &str, id: &str, version: i64, to: &Delegation) -> Outcome<FullRecord> {
        let (record, definition) = self.cases(record)?;
        let id = self.id(&record.name, id)?;
        let item = self.visible(&record.name, id)?;
        is_version(record, &item, version)?;
        let nobody = || {
            invalid(
                "account",
                "unknown",
                "没有这个账户；请从列表中选择同事。",
                "There is no such account; choose a colleague from the list.",
            )
        };
        let account = Id::parse(PREFIX, &to.account).map_err(|_| nobody())?;
        let account = self.app.store.account(account)?.filter(|account| !account.disabled).ok_or_else(nobody)?;
        let principal = Principal::of(&account);
        let colleague = Caller { principal: &principal, ..*self }.actor(record, &item)?;
        let case = self.case_now(definition, &item)?;
        let actor = self.actor(record, &item)?;
        let (now, calendar) = (self.app.moment(), self.app.calendar());
        let step = liangu_flow::delegate(definition, &case, &colleague, &actor, now, calendar).map_err(refused)?;
        let moved = Moved { record, definition, item: &item, step: &step, command: None, key: None };
        commit_anew(self.app, &item, || {
            let mut commit = self.commit_of(record, "delegate");
            self.put_step(&moved, Values::new(), &mut commit)?;
            Ok(commit)
        })?;
        self.full(&record.name, id)
    }

    /// To whom a case can be handed: accounts with the role that has the duty, within whose rows it lies; not its holder.
    ///
    /// # Errors
    /// Not found for a case out of sight.
    pub fn colleagues_for(&self, record: &str, id: &str) -> Outcome<Vec<Named>> {
        let (record, definition) = self.cases(record)?;
        let item = self.visible(&record.name, self.id(&record.name, id)?)?;
        let case = self.case_now(definition, &item)?;
        let Some(role) = definition.state(&case.state).and_then(|state| state.duty.role()) else { return Ok(Vec::new()) };
        self.accounts_that(|account| {
            let principal = Principal::of(account);
            let holds = case.holder == Holder::Account(account.id.text(PREFIX));
            if holds || !principal.has(role) {
                return Ok(false);
            }
            let actor = Caller { principal: &principal, ..*self }.actor(record, &item)?;
            Ok(actor.roles.iter().any(|own| own == role))
        })
    }

    /// Those of a role in the caller's region and below it; not himself.
    ///
    /// # Errors
    /// Invalid for a role of firms or none at all.
    pub fn colleagues(&self, role: &str) -> Outcome<Vec<Named>> {
        if role == FIRM || !self.app.model.roles.contains_key(role) {
            return Err(invalid("role", "not_in_list", "没有这个角色。", "There is no such role."));
        }
        self.accounts_that(|account| {
            let with = match (&self.principal.region, &account.region) {
                (None, _) => true,
                (Some(own), Some(region)) => self.lies_within(region, own),
                (Some(_), None) => false,
            };
            Ok(with && Some(account.id) != self.principal.account && account.roles.iter().any(|own| own == role))
        })
    }

    /// Whether a region is the other or lies below it.
    pub(super) fn lies_within(&self, region: &str, above: &str) -> bool {
        let Some(list) = self.app.model.lists.get("region") else { return region == above };
        let mut at = Some(region);
        while let Some(code) = at {
            if code == above {
                return true;
            }
            at = list.codes.get(code).and_then(|entry| entry.parent.as_deref());
        }
        false
    }

    fn accounts_that(&self, fits: impl Fn(&Account) -> Outcome<bool>) -> Outcome<Vec<Named>> {
        let (mut found, mut after, mut seen) = (Vec::new(), None::<String>, 0);
        while seen < LOOKED_AT {
            let page = self.app.store.accounts(after.as_deref(), PAGE)?;
            seen += page.len();
            for account in page.iter().filter(|account| !account.disabled) {
                if fits(account)? {
                    found.push(Named { id: account.id.text(PREFIX), name: account.name.clone() });
                }
            }
            match page.last() {
                Some(last) if page.len() >= PAGE as usize && found.len() < OFFERED => after = Some(last.login.clone()),
                _ => break,
            }
        }
        found.truncate(OFFERED);
        Ok(found)
    }
}
