//! A claim that was over and is taken up again: it holds its slot again, if no other does, and promises no more than is
//! still due.
use super::budget::Movements;
use super::decide::Opened;
use super::effects::period;
use super::start::{conflict, slot};
use super::values::{int, text};
use super::{CLAIM, Claim, file};
use crate::App;
use crate::fault::Outcome;
use liangu_base::Text;
use liangu_policy::decision::Said;
use liangu_store::{Commit, Item, StoreError, Value, Values};

/// # Errors
/// Conflict `claimed` where the firm began another claim of the year meanwhile.
pub(super) fn slot_is_free(app: &App, claim: &Claim<'_>) -> Outcome<()> {
    let slot = Value::text(slot(app, claim.policy, claim.firm, period(claim)));
    let holder = app.store.read(|reader| -> Result<Option<Item>, StoreError> {
        match reader.find(CLAIM, "slot", &slot)? {
            Some(id) => reader.get(CLAIM, id),
            None => Ok(None),
        }
    })?;
    let Some(other) = holder.filter(|other| other.id != claim.id) else { return Ok(()) };
    let number = text(&other.values, "number").unwrap_or_default();
    let zh = format!("本年度已另有一份申报（{number}）在办，请继续那一份。");
    Err(conflict("claimed", Text::new(zh, format!("There is another claim of this year ({number}); go on with that one."))))
}

pub(super) fn taken(app: &App, claim: &Claim<'_>) -> Values {
    Values::from([("slot".to_owned(), Value::text(slot(app, claim.policy, claim.firm, period(claim))))])
}

/// Asked to be looked at again after a refusal: it waits for another decision.
pub(super) fn appealed(app: &App, claim: &Claim<'_>) -> Outcome<Values> {
    slot_is_free(app, claim)?;
    let mut values = taken(app, claim);
    for field in ["decided_on", "decision_days", "amount", "reason", "notice_until", "budget_year"] {
        values.insert(field.to_owned(), Value::Null);
    }
    Ok(values)
}

/// A grant without application that was not taken in time: reserved anew, and less where other grants leave less.
pub(super) fn taken_up(app: &App, claim: &Claim<'_>, commit: &mut Commit) -> Outcome<Values> {
    slot_is_free(app, claim)?;
    // the lock first: what is seen of the firm's other grants cannot change unseen
    commit.documents.push(super::firm_lock(app, claim.firm)?);
    let opened = Opened::read(app, claim)?.settled_today(app, claim)?;
    let promised = int(claim.values, "amount").unwrap_or(0);
    let amount = opened.decision.money.amount.map_or(promised, |due| due.min(promised));
    if opened.decision.whole == Said::No || (promised > 0 && amount == 0) {
        let (zh, en) = ("企业此后另有兑现，这一份已没有可享受的金额。", "Other grants have left nothing of this one.");
        return Err(conflict("used_up", Text::fixed(zh, en)));
    }
    if let Some(year) = int(claim.values, "budget_year") {
        commit.changes.extend(Movements::default().reserve(claim.policy, year, amount).changes(app)?);
    }
    commit.documents.push(file::file_put(claim.id, &opened.frozen)?);
    let mut values = taken(app, claim);
    values.insert("amount".to_owned(), Value::Int(amount));
    Ok(values)
}
