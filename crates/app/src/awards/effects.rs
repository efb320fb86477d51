//! Commands of persons on a run, called by the generic flow: what they refuse and what they write beside the case.
use super::ready::who_fits;
use super::run::{Run, int, values};
use super::{files, sign, trial};
use crate::claims::{Basing, basis_put};
use crate::eligibility::POLICY;
use crate::fault::{Fault, Outcome};
use crate::flows::Order;
use crate::{App, Caller};
use liangu_base::Text;
use liangu_store::{Commit, Item, Value, Values};

/// Firms of a run at most: their list is one document.
const MOST: usize = 200_000;

/// # Errors
/// Conflict with the reason why the run cannot take this step.
pub(crate) fn on_command(order: &Order<'_>, commit: &mut Commit) -> Outcome<Values> {
    let run = Run::read(order.item.clone())?;
    let me = || Value::text(order.caller.me().1);
    match order.command {
        "freeze" => freeze(order.caller, run, commit),
        "dry_run" => {
            sign::stands(order.caller, &run)?;
            trial::dry_run(order.caller.app, &run, commit)
        }
        "sign_first" => {
            sign::holds(order.caller, &run)?;
            sign::affordable(order.caller.app, &run)?;
            Ok(values([("first_by", me())]))
        }
        "sign_second" => {
            sign::reserve(order.caller, &run, commit)?;
            let started = [("progress", int(0)), ("created_count", int(0)), ("created_total", int(0))];
            Ok(values(started).into_iter().chain(values([("second_by", me())])).collect())
        }
        "send_back" => Ok(values([("first_by", Value::Null)])),
        "cancel" => Ok(values([("slot", over(&run))])),
        _ => Ok(Values::new()),
    }
}

/// Why a button must be grey although the flow offers it.
pub(crate) fn on_offer(caller: &Caller<'_>, item: &Item, command: &str) -> Outcome<Option<Text>> {
    let run = || Run::read(item.clone());
    let stands = match command {
        "dry_run" => sign::stands(caller, &run()?),
        "sign_first" | "sign_second" => run().and_then(|run| sign::stands(caller, &run).and_then(|()| sign::affordable(caller.app, &run))),
        _ => Ok(()),
    };
    match stands {
        Err(Fault::Conflict { why, .. }) => Ok(Some(why)),
        other => other.map(|()| None),
    }
}

/// Another run of the policy may begin.
pub(super) fn over(run: &Run) -> Value {
    Value::text(run.item.id.to_string())
}

/// Orders a freeze: from now on by what is in force today, for the firms that fit now.
fn freeze(caller: &Caller<'_>, run: Run, commit: &mut Commit) -> Outcome<Values> {
    let app = caller.app;
    let policy = policy_of(app, &run)?;
    let ready = caller.ready(&policy)?.map_err(|(code, why)| Fault::Conflict { code, why, fields: Vec::new() })?;
    if ready.region != run.region {
        let why = Text::fixed(
            "政策的适用地区改了；请取消这个批次，重新发起。",
            "The policy holds for another region now; cancel this run and begin another.",
        );
        return Err(Fault::Conflict { code: "other_region", why, fields: Vec::new() });
    }
    let firms = who_fits(app, run.policy, &run.region)?;
    if firms.is_empty() || firms.len() > MOST {
        let text = Text::new(
            format!("现在有 {} 家企业符合条件；一个批次要有 1 至 {MOST} 家。", firms.len()),
            format!("{} firms fit now; a run has 1 to {MOST}.", firms.len()),
        );
        return Err(Fault::Conflict { code: "no_firms", why: text, fields: Vec::new() });
    }
    let basing = Basing::of(app, &policy)?;
    let run = Run { round: run.round + 1, ..run };
    let ids: Vec<String> = firms.iter().map(|id| app.firm_text(*id)).collect();
    commit.documents.push(files::put_firms(&run, &ids)?);
    commit.documents.extend(basis_put(app, &basing.digest, basing.judge.basis())?);
    let version = basing.judge.basis().version.map_or(Value::Null, Value::Int);
    Ok(values([
        ("day", Value::Date(basing.day)),
        ("basis", Value::text(basing.digest.clone())),
        ("policy_version", version),
        ("round", Value::Int(run.round)),
        ("candidates", int(ids.len())),
        ("progress", int(0)),
        ("firms", Value::Null),
        ("total", Value::Null),
        ("skipped", Value::Null),
        ("refused", Value::Null),
        ("prepared_by", Value::text(caller.me().1)),
        ("first_by", Value::Null),
    ]))
}

/// The run's policy, whoever asks: the run itself was seen.
pub(super) fn policy_of(app: &App, run: &Run) -> Outcome<Item> {
    app.store.get(POLICY, run.policy)?.ok_or_else(|| Fault::Internal(format!("award run {} has no policy", run.item.id)))
}
