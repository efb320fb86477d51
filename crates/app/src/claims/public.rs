//! The public notice: who is to get what, for everybody to read, and objections to it.
//!
//! What is public of a claim is said here alone: policy, firm, county and amount of grants in notice; nothing else of a
//! claim is shown to those without an account.
use super::effects::MOST_OBJECTIONS;
use super::values::{date, int, text};
use super::wire::{NewObjection, ObjectionReceived, PublicNotice, PublicNotices};
use super::{CLAIM, Claim, OBJECTION};
use crate::fault::{Fault, FieldFault, Outcome};
use crate::flows;
use crate::records::limit as read_limit;
use crate::{Caller, Principal, RequestKey};
use liangu_base::{Id, Text};
use liangu_store::{Change, Condition, Cursor, Item, Query, Sort, Value, Values, Years};

/// Grants on a page, unless another number is asked.
const PAGE: u32 = 50;
/// Objections that may come in a day, over all claims.
const MOST_A_DAY: u64 = 500;
/// Open objections under one contact.
const MOST_OF_ONE: usize = 3;
/// Letters of a name, a contact, a reason.
const NAME: usize = 80;
const CONTACT: usize = 120;
const REASON: usize = 2000;
/// Objections that meet others on one claim are tried again so often.
const TRIES: usize = 20;

impl Caller<'_> {
    /// Grants in notice, the newest first.
    pub fn public_notices(&self, q: Option<&str>, after: Option<&str>, limit: Option<&str>) -> Outcome<PublicNotices> {
        let operator = Principal::operator();
        let program = Caller { principal: &operator, ..*self };
        let in_notice = Condition::In { field: "state".to_owned(), values: vec![Value::text("notice")] };
        let newest = Sort { field: "notice_until".to_owned(), descending: true };
        let query = Query {
            conditions: vec![in_notice],
            sort: Some(newest),
            text: q.map(str::trim).filter(|q| !q.is_empty()).map(str::to_owned),
            after: after.map(Cursor::parse),
            limit: limit.map_or(Ok(PAGE), read_limit)?,
            ..program.rows(CLAIM)?
        };
        let page = self.app.store.query(CLAIM, &query)?;
        let items = page.items.iter().map(|item| program.notice_of(item)).collect::<Outcome<_>>()?;
        Ok(PublicNotices { items, total: page.total.unwrap_or_default(), next: page.next.map(|next| next.as_str().to_owned()) })
    }

    /// # Errors
    /// Not found for a claim that is in no notice.
    pub fn public_notice(&self, claim: &str) -> Outcome<PublicNotice> {
        let operator = Principal::operator();
        let program = Caller { principal: &operator, ..*self };
        program.notice_of(&program.in_notice(self.id(CLAIM, claim)?)?)
    }

    /// The row, if its grant is in notice or an objection to it is being answered.
    fn in_notice(&self, id: Id) -> Outcome<Item> {
        let item = self.visible(CLAIM, id)?;
        if ["notice", "objected"].contains(&text(&item.values, "state").unwrap_or_default()) { Ok(item) } else { Err(Fault::NotFound) }
    }

    fn notice_of(&self, item: &Item) -> Outcome<PublicNotice> {
        let claim = Claim::of(item)?;
        let day = |field: &str| date(&item.values, field).map(|date| date.to_string());
        Ok(PublicNotice {
            claim: super::file::outside(self.app, item.id),
            number: text(&item.values, "number").unwrap_or_default().to_owned(),
            policy: self.named_record(crate::eligibility::POLICY, claim.policy)?,
            firm: self.named_record(crate::eligibility::FIRM, claim.firm)?.title,
            region: text(&item.values, "region").map(str::to_owned),
            amount: int(&item.values, "amount"),
            from: day("decided_on"),
            until: day("notice_until"),
        })
    }

    /// Anybody may object, with a name and a way to be reached.
    ///
    /// # Errors
    /// Not found for a claim that is in no notice; invalid; too many.
    pub fn object(&self, claim: &str, new: &NewObjection, key: &RequestKey) -> Outcome<ObjectionReceived> {
        let id = self.id(CLAIM, claim)?;
        let operator = Principal::operator();
        let program = Caller { principal: &operator, ..*self };
        let values = self.objection_values(new)?;
        let own = self.app.next_id();
        for _ in 0..TRIES {
            let item = program.in_notice(id)?;
            program.room_for(&item, &new.contact)?;
            match program.objected(self, &item, own, values.clone(), key) {
                Err(Fault::Stale { .. }) => {}
                Err(fault) => return Err(fault),
                Ok(made) => {
                    return Ok(ObjectionReceived { id: made.text(&self.app.model.records[OBJECTION].prefix), state: "open".to_owned() });
                }
            }
        }
        Err(Fault::Stale { record: CLAIM.to_owned(), id })
    }

    fn objection_values(&self, new: &NewObjection) -> Outcome<Values> {
        let mut faults = Vec::new();
        let mut values = Values::new();
        for (field, name, given, most) in
            [("by_name", "name", &new.name, NAME), ("contact", "contact", &new.contact, CONTACT), ("reason", "reason", &new.reason, REASON)]
        {
            let given = given.trim();
            if given.is_empty() {
                faults.push(FieldFault::new(name, "required", Text::fixed("请填写。", "Fill this in.")));
            } else if given.chars().count() > most {
                let why = Text::new(format!("最多 {most} 个字。"), format!("At most {most} characters."));
                faults.push(FieldFault::new(name, "too_long", why));
            }
            values.insert(field.to_owned(), Value::text(given));
        }
        if !faults.is_empty() {
            return Err(Fault::Invalid(faults));
        }
        values.extend(self.principal.account.map(|id| ("by_account".to_owned(), Value::text(id.text(crate::accounts::PREFIX)))));
        values.insert("state".to_owned(), Value::text("open"));
        values.insert("raised_on".to_owned(), Value::Date(self.app.today()));
        Ok(values)
    }

    /// Bounds what strangers can bring about.
    fn room_for(&self, item: &Item, contact: &str) -> Outcome<()> {
        let claim = Claim::of(item)?;
        let today = Condition::Range { field: "raised_on".to_owned(), from: Some(Value::Date(self.app.today())), to: None };
        let all = self.app.store.count(OBJECTION, &Query { conditions: vec![today], ..self.rows(OBJECTION)? })?;
        let open = super::effects::open_objections(self, &claim)?;
        let same = open.iter().filter(|row| text(&row.values, "contact") == Some(contact.trim())).count();
        if open.len() >= MOST_OBJECTIONS as usize || same >= MOST_OF_ONE || all >= MOST_A_DAY {
            return Err(Fault::TooMany { retry_after: 3600 });
        }
        Ok(())
    }

    fn objected(&self, by: &Caller<'_>, item: &Item, id: Id, mut values: Values, key: &RequestKey) -> Outcome<Id> {
        values.insert("claim".to_owned(), Value::Ref(item.id));
        values.insert("region".to_owned(), item.values.get("region").cloned().unwrap_or(Value::Null));
        let mut commit = by.commit("claim.object");
        commit.changes.push(Change::Create { record: OBJECTION.to_owned(), id, values, years: Years::new() });
        if text(&item.values, "state") == Some("notice") {
            flows::system_step(self, CLAIM, item, "object", &[], Values::new(), &mut commit)?;
        } else {
            // answering the objections and this one follow each other
            let (record, expected_version) = (CLAIM.to_owned(), Some(item.version));
            commit.changes.push(Change::Update { record, id: item.id, expected_version, values: Values::new(), years: Years::new() });
        }
        let receipt = by.commit_once(commit, Some(key), move |_| serde_json::json!({ "id": id }))?;
        Ok(receipt.replayed.as_ref().and_then(|first| serde_json::from_value(first["id"].clone()).ok()).unwrap_or(id))
    }
}
