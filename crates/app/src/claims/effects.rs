//! What a step of a claim changes beside its case: facts frozen, decisions recorded, money reserved and released, the
//! slot freed, objections answered. Registered in [`crate::flows`].
use super::basing::takes_claims;
use super::budget::Movements;
use super::decide::{Opened, row};
use super::start::{conflict, slot};
use super::values::{int, text};
use super::view::{reasons_against, undecided, wanted};
use super::{CLAIM, Claim, OBJECTION, again, file};
use crate::eligibility::POLICY;
use crate::fault::{Fault, FieldFault, Outcome};
use crate::flows::{Fired, Order};
use crate::reads::Reads as _;
use crate::{App, Caller};
use liangu_base::Text;
use liangu_flow::{RunState, Step};
use liangu_model::record::Record;
use liangu_policy::decision::{Outcome as Verdicts, Said};
use liangu_store::{Change, Commit, Condition, Item, Query, Value, Values, Years};

/// The flow's clock for the decision.
const RESOLUTION: &str = "resolution";
/// Objections to one claim.
pub(super) const MOST_OBJECTIONS: u32 = 50;

/// # Errors
/// What refuses a command beyond the flow: an answer that is no or open, missing payee or material, a budget that is used
/// up.
pub(crate) fn on_command(order: &Order<'_>, commit: &mut Commit) -> Outcome<Values> {
    let claim = Claim::of(order.item)?;
    let (caller, app) = (order.caller, order.caller.app);
    let reason = order.inputs.get("reason").unwrap_or_default();
    match order.command {
        "submit" => hand_in(caller, &claim, commit),
        "resubmit" => hand_in_again(app, &claim, commit),
        "appeal" => again::appealed(app, &claim),
        "recommend" => may_pass(app, &claim).map(|_| Values::new()),
        "approve" => approve(order, &claim, reason, commit),
        "refuse" => {
            let mut values = refuse(caller, &claim, reason, commit)?;
            values.extend(days_taken(app, order.step));
            Ok(values)
        }
        "uphold" => {
            answer_objections(caller, &claim, "upheld", reason, commit)?;
            release(app, &claim, commit)?;
            refuse(caller, &claim, reason, commit)
        }
        "dismiss" => {
            answer_objections(caller, &claim, "dismissed", reason, commit)?;
            Ok(noticed(order.step))
        }
        "object" => Ok(Values::from([("notice_until".to_owned(), Value::Null)])),
        "consent" => consent(order, &claim, commit),
        "decline" => {
            release(app, &claim, commit)?;
            Ok(freed(app, &claim))
        }
        "take_up" => again::taken_up(app, &claim, commit),
        "withdraw" => Ok(freed(app, &claim)),
        "close" => match int(claim.values, "amount").unwrap_or(0) {
            0 => Ok(Values::new()),
            _ => Err(conflict("has_money", has_money())),
        },
        _ => Ok(Values::new()),
    }
}

/// What time did to a claim.
///
/// # Errors
/// What the store answers.
pub(crate) fn on_fired(fired: &Fired<'_>, commit: &mut Commit) -> Outcome<Values> {
    let claim = Claim::of(fired.item)?;
    let app = fired.caller.app;
    match (claim.state(), fired.step.case.state.as_str()) {
        ("correcting", "lapsed") => Ok(freed(app, &claim)),
        ("consenting", "unclaimed") => {
            release(app, &claim, commit)?;
            Ok(freed(app, &claim))
        }
        _ => Ok(Values::new()),
    }
}

/// Why a command that the flow offers would be refused.
///
/// # Errors
/// What the store answers.
pub(crate) fn on_offer(caller: &Caller<'_>, _: &Record, item: &Item, command: &str) -> Outcome<Option<Text>> {
    let claim = Claim::of(item)?;
    let refusal = match command {
        "close" if int(claim.values, "amount").unwrap_or(0) != 0 => return Ok(Some(has_money())),
        "recommend" | "approve" => may_pass(caller.app, &claim).err(),
        "submit" => may_hand_in(caller.app, &claim).err(),
        "appeal" | "take_up" => again::slot_is_free(caller.app, &claim).err(),
        "consent" => payee_complete(&claim, int(claim.values, "amount")).err(),
        _ => None,
    };
    Ok(match refusal {
        Some(Fault::Conflict { why, .. }) => Some(why),
        Some(Fault::Invalid(fields)) => fields.into_iter().next().map(|field| field.message),
        Some(other) => return Err(other),
        None => None,
    })
}

fn has_money() -> Text {
    Text::fixed("这一份有资金要拨付，请列入拨付批次。", "There is money to pay; put it into a payment.")
}

/// Facts as of today, nothing against it, payee and the materials without which nobody could judge.
fn may_hand_in(app: &App, claim: &Claim<'_>) -> Outcome<Opened> {
    let policy = row(app, POLICY, claim.policy)?;
    takes_claims(&policy.values, app.today()).map_err(|why| conflict("not_open", why))?;
    let opened = Opened::fresh(app, claim, None)?;
    complete(app, claim, &opened)?;
    Ok(opened)
}

fn complete(app: &App, claim: &Claim<'_>, opened: &Opened) -> Outcome<()> {
    if opened.decision.whole == Said::No {
        return Err(conflict("no_fit", reasons_against(&opened.basing, &opened.decision)));
    }
    let most = int(&row(app, POLICY, claim.policy)?.values, "amount_max").unwrap_or(0);
    payee_complete(claim, (opened.decision.money.computed || most > 0).then_some(1))?;
    let materials = app.store.children(super::MATERIAL, claim.id)?;
    let missing: Vec<FieldFault> = wanted(app, opened, &materials)
        .into_iter()
        .filter(|wanted| wanted.required && !wanted.provided)
        .map(|wanted| FieldFault::new(format!("materials.{}", wanted.clause), "required", Text::from(wanted.why)))
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(Fault::Invalid(missing)) }
}

/// Where money is due, whom it goes to.
fn payee_complete(claim: &Claim<'_>, due: Option<i64>) -> Outcome<()> {
    if due.unwrap_or(0) == 0 {
        return Ok(());
    }
    let asked = [
        ("payee_name", Text::fixed("请填写收款户名。", "Give the account holder.")),
        ("payee_bank", Text::fixed("请填写开户银行。", "Give the bank.")),
        ("payee_account", Text::fixed("请填写银行账号。", "Give the account number.")),
    ];
    let missing = asked.into_iter().filter(|(field, _)| text(claim.values, field).is_none());
    let faults: Vec<FieldFault> = missing.map(|(field, why)| FieldFault::new(field, "required", why)).collect();
    if faults.is_empty() { Ok(()) } else { Err(Fault::Invalid(faults)) }
}

fn hand_in(caller: &Caller<'_>, claim: &Claim<'_>, commit: &mut Commit) -> Outcome<Values> {
    let app = caller.app;
    let opened = may_hand_in(app, claim)?;
    opened.keep(app, claim, commit)?;
    let mut values = kept(&opened);
    values.insert("submitted_on".to_owned(), Value::Date(app.today()));
    values.extend(opened.basing.judge.basis().version.map(|version| ("policy_version".to_owned(), Value::Int(version))));
    Ok(values)
}

/// The same basis and day, facts of today: what was mended counts, a window that closed meanwhile does not.
fn hand_in_again(app: &App, claim: &Claim<'_>, commit: &mut Commit) -> Outcome<Values> {
    let opened = Opened::fresh(app, claim, file::file(app, claim.id)?)?;
    complete(app, claim, &opened)?;
    opened.keep(app, claim, commit)?;
    Ok(kept(&opened))
}

fn kept(opened: &Opened) -> Values {
    let computed = opened.decision.money.amount.map_or(Value::Null, Value::Int);
    Values::from([("basis".to_owned(), Value::text(opened.basing.digest.clone())), ("amount_computed".to_owned(), computed)])
}

/// Every clause met, by facts or by a person's word.
fn may_pass(app: &App, claim: &Claim<'_>) -> Outcome<Opened> {
    let opened = Opened::read(app, claim)?;
    passes(&opened)?;
    Ok(opened)
}

fn passes(opened: &Opened) -> Outcome<()> {
    match opened.decision.whole {
        Said::Yes => Ok(()),
        Said::No => Err(conflict("no_fit", reasons_against(&opened.basing, &opened.decision))),
        Said::Unknown => Err(conflict("open_clauses", undecided(&opened.basing, &opened.decision))),
    }
}

fn approve(order: &Order<'_>, claim: &Claim<'_>, reason: &str, commit: &mut Commit) -> Outcome<Values> {
    let (caller, app) = (order.caller, order.caller.app);
    // the lock first: whatever this decision sees of the firm's awards, another one cannot change unseen
    commit.documents.push(super::firm_lock(app, claim.firm)?);
    let opened = may_pass(app, claim)?.settled_today(app, claim)?;
    passes(&opened)?;
    let amount = granted(app, claim, &opened, order.inputs.get("amount"), reason)?;
    if payee_complete(claim, Some(amount)).is_err() {
        let (zh, en) = (
            "企业还没有填全收款户名、开户行和账号；请退回审核，要求企业补正。",
            "The firm's account is not complete; send the claim back and ask the firm for it.",
        );
        return Err(conflict("no_payee", Text::fixed(zh, en)));
    }
    let year = i64::from(app.today().year());
    commit.changes.extend(Movements::default().reserve(claim.policy, year, amount).changes(app)?);
    commit.documents.push(file::file_put(claim.id, &opened.frozen)?);
    let mut values = opened.record(caller, claim, (Verdicts::Granted, amount, reason), commit)?;
    values.insert("amount".to_owned(), Value::Int(amount));
    values.insert("budget_year".to_owned(), Value::Int(year));
    values.insert("reason".to_owned(), if reason.is_empty() { Value::Null } else { Value::text(reason) });
    values.extend(noticed(order.step));
    values.extend(days_taken(app, order.step));
    Ok(values)
}

/// Working days from submission to the decision: those of the flow's own clock, which stands still while others are
/// waited for.
fn days_taken(app: &App, step: &Step) -> Values {
    let clock = app.model.records[CLAIM].flow.as_ref().and_then(|flow| flow.clocks.get(RESOLUTION));
    let left = step.case.clocks.get(RESOLUTION).and_then(|run| match run.state {
        RunState::Stopped { left, .. } => Some(i64::from(left)),
        _ => None,
    });
    let days = clock.zip(left).map(|(clock, left)| i64::from(clock.days) - left);
    days.map(|days| ("decision_days".to_owned(), Value::Int(days))).into_iter().collect()
}

/// What is granted: what is due, or less with a reason; of a ceiling, what the reviewer says.
fn granted(app: &App, claim: &Claim<'_>, opened: &Opened, input: Option<&str>, reason: &str) -> Outcome<i64> {
    let money = &opened.decision.money;
    let refused = |code, zh: String, en: String| Err(Fault::Invalid(vec![FieldFault::new("inputs.amount", code, Text::new(zh, en))]));
    let wished = match input {
        None => None,
        Some(text) => match text.parse::<i64>() {
            Ok(fen) if fen >= 0 => Some(fen),
            _ => return refused("type", "金额请写成整数（分）。".into(), "Write the amount as a whole number of fen.".into()),
        },
    };
    let said = |fen: i64| crate::shown::amount(fen, liangu_expr::schema::Unit::Fen);
    let most = match (money.computed, money.amount) {
        (true, Some(due)) => due,
        (true, None) => {
            let why =
                Text::fixed("还缺计算金额的资料，请要求企业补正。", "Facts for the amount are missing; ask the firm for corrections.");
            return Err(conflict("amount_unknown", why));
        }
        (false, _) => int(&row(app, POLICY, claim.policy)?.values, "amount_max").unwrap_or(0),
    };
    let fixed = money.computed && !money.ceiling;
    let Some(amount) = wished.or((fixed || most == 0).then_some(most)) else {
        let most = said(most);
        return refused(
            "required",
            format!("政策只写了上限 {}，请填写核定金额。", most.zh),
            format!("The policy gives up to {}; say how much.", most.en),
        );
    };
    if amount > most {
        let most = said(most);
        return refused("over", format!("核定金额不能超过 {}。", most.zh), format!("No more than {} can be granted.", most.en));
    }
    if fixed && amount < most && reason.is_empty() {
        let why = Text::fixed("核定金额低于测算金额，请写明理由。", "Less than computed is granted; give the reason.");
        return Err(Fault::Invalid(vec![FieldFault::new("inputs.reason", "required", why)]));
    }
    Ok(amount)
}

fn refuse(caller: &Caller<'_>, claim: &Claim<'_>, reason: &str, commit: &mut Commit) -> Outcome<Values> {
    let opened = Opened::read(caller.app, claim)?;
    let mut values = opened.record(caller, claim, (Verdicts::Refused, 0, reason), commit)?;
    values.insert("reason".to_owned(), Value::text(reason));
    values.insert("notice_until".to_owned(), Value::Null);
    values.extend(freed(caller.app, claim));
    Ok(values)
}

/// The firm takes what was granted without application.
fn consent(order: &Order<'_>, claim: &Claim<'_>, commit: &mut Commit) -> Outcome<Values> {
    let amount = int(claim.values, "amount").unwrap_or(0);
    payee_complete(claim, Some(amount))?;
    let opened = Opened::read(order.caller.app, claim)?;
    let mut values = opened.record(order.caller, claim, (Verdicts::Granted, amount, ""), commit)?;
    values.extend(noticed(order.step));
    Ok(values)
}

/// Last day of the public notice that has begun.
fn noticed(step: &Step) -> Values {
    let until = step.case.timer.as_ref().map_or(Value::Null, |timer| Value::Date(timer.date));
    Values::from([("notice_until".to_owned(), until)])
}

pub(super) fn period(claim: &Claim<'_>) -> i64 {
    int(claim.values, "period").unwrap_or(0)
}

/// Another claim of the year may be made.
fn freed(app: &App, claim: &Claim<'_>) -> Values {
    let free = format!("{}#{}", slot(app, claim.policy, claim.firm, period(claim)), file::outside(app, claim.id));
    Values::from([("slot".to_owned(), Value::text(free))])
}

fn release(app: &App, claim: &Claim<'_>, commit: &mut Commit) -> Outcome<()> {
    if let (Some(year), Some(amount)) = (int(claim.values, "budget_year"), int(claim.values, "amount")) {
        commit.changes.extend(Movements::default().release(claim.policy, year, amount).changes(app)?);
    }
    Ok(())
}

fn answer_objections(caller: &Caller<'_>, claim: &Claim<'_>, state: &str, answer: &str, commit: &mut Commit) -> Outcome<()> {
    for objection in open_objections(caller, claim)? {
        let values = Values::from([
            ("state".to_owned(), Value::text(state)),
            ("answer".to_owned(), Value::text(answer)),
            ("answered_by".to_owned(), Value::text(caller.me().1)),
            ("answered_on".to_owned(), Value::Date(caller.app.today())),
        ]);
        let (record, id, expected_version) = (OBJECTION.to_owned(), objection.id, Some(objection.version));
        commit.changes.push(Change::Update { record, id, expected_version, values, years: Years::new() });
    }
    Ok(())
}

pub(super) fn open_objections(caller: &Caller<'_>, claim: &Claim<'_>) -> Outcome<Vec<Item>> {
    let conditions = vec![
        Condition::In { field: "claim".to_owned(), values: vec![Value::Ref(claim.id)] },
        Condition::In { field: "state".to_owned(), values: vec![Value::text("open")] },
    ];
    let query = Query { conditions, limit: MOST_OBJECTIONS, total: false, ..caller.rows(OBJECTION)? };
    Ok(caller.app.store.query(OBJECTION, &query)?.items)
}
