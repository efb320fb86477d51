//! Budgets, batches of payments and recoveries.
use super::act::{Play, WAN, policy_id};
use super::stage::Stage;
use super::stories::{BUDGETS, Money, STORIES};
use liangu_app::Fault;
use liangu_app::claims::NewBudget;
use liangu_app::payments::{NewPaymentBatch, PaymentBatchView};
use liangu_app::records::Change;

use liangu_store::{Condition, Item, Query, Sort, Value};
use serde_json::{Map, json};
use std::collections::{BTreeMap, BTreeSet};

/// Calls of the watch within which it has read what the journal says.
const LOOKS: usize = 20;

impl Play {
    pub(super) fn money(&mut self, stage: &mut Stage, money: Money) -> Result<(), Fault> {
        match money {
            Money::Budgets => budgets(stage),
            Money::Draw(batch, part) => self.draw(stage, batch, part),
            Money::DrawPolicy(batch, policy, part) => self.draw_policy(stage, batch, policy, part),
            Money::Sign(batch, part, command) => self.order(stage, batch, part, command),
            Money::Export(batch, part) => self.order(stage, batch, part, "export"),
            Money::Answer(batch, part, failed) => self.answer(stage, batch, part, failed),
            Money::Corrected(policy, percent) => corrected(stage, policy, percent),
            Money::Demand(policy) => demand(stage, policy),
            Money::Read(part) => {
                let person = stage.office(part)?;
                stage.by(&person).read_all_notices()
            }
        }
    }

    /// A batch of the claims whose stories name it, as far as they can be paid.
    fn draw(&mut self, stage: &mut Stage, batch: &'static str, part: &str) -> Result<(), Fault> {
        let person = stage.office(part)?;
        let named = self.running.iter().filter(|((story, _), _)| STORIES[*story].batch == Some(batch)).map(|(_, running)| &running.claim);
        let claims: Vec<String> =
            named.filter(|claim| stage.state("claim", claim).is_ok_and(|state| state == "payable")).cloned().collect();
        let key = stage.key();
        let view = stage.by(&person).draw_batch(&NewPaymentBatch { claims, policy: None }, &key)?;
        self.batches.insert(batch, view.id);
        Ok(())
    }

    fn draw_policy(&mut self, stage: &mut Stage, batch: &'static str, policy: &str, part: &str) -> Result<(), Fault> {
        let (person, policy, key) = (stage.office(part)?, policy_id(stage, policy)?, stage.key());
        let view = stage.by(&person).draw_batch(&NewPaymentBatch { claims: Vec::new(), policy: Some(policy) }, &key)?;
        self.batches.insert(batch, view.id);
        Ok(())
    }

    fn order(&self, stage: &mut Stage, batch: &str, part: &str, command: &str) -> Result<(), Fault> {
        let id = self.batches.get(batch).ok_or(Fault::NotFound)?;
        let person = stage.office(part)?;
        stage.order(&person, "payment_batch", id, command, &[])
    }

    fn answer(&self, stage: &mut Stage, batch: &str, part: &str, failed: usize) -> Result<(), Fault> {
        let id = self.batches.get(batch).ok_or(Fault::NotFound)?;
        let (person, key) = (stage.office(part)?, stage.key());
        let view = stage.by(&person).payment_batch(id)?;
        stage.by(&person).apply_bank_answer(id, view.version, &bank_file(&view, failed), &key).map(drop)
    }
}

/// What the bank sends back.
fn bank_file(batch: &PaymentBatchView, failed: usize) -> Vec<u8> {
    let good = batch.payments.len().saturating_sub(failed);
    let mut file = "付款编号,金额,处理结果,失败原因\n".to_owned();
    for (nth, payment) in batch.payments.iter().enumerate() {
        let result = if nth < good { "成功," } else { "失败,收款账号与户名不符" };
        let (fen, reference) = (payment.amount, &payment.reference);
        file.push_str(&format!("{reference},{}.{:02},{result}\n", fen / 100, fen % 100));
    }
    file.into_bytes()
}

/// Finance sets what there is of each policy, for every year in which something is decided.
fn budgets(stage: &mut Stage) -> Result<(), Fault> {
    let finance = stage.office("finance")?;
    let years: BTreeSet<i32> = [stage.date(0).year(), stage.date(super::stories::FIRST).year()].into();
    for year in years {
        for (policy, wan) in BUDGETS {
            let Ok(policy) = policy_id(stage, policy) else { continue };
            let key = stage.key();
            stage.by(&finance).set_budget(&NewBudget { policy, year: year.into(), total: wan * WAN }, &key)?;
        }
    }
    Ok(())
}

/// The tax authority corrects the equipment bought by a firm that was paid for it; the program finds what follows.
fn corrected(stage: &mut Stage, policy: &str, percent: i64) -> Result<(), Fault> {
    let claim = newest(stage, "claim", policy, "paid")?;
    let Some(Value::Ref(firm)) = claim.values.get("enterprise") else { return Err(Fault::NotFound) };
    let (firm, officer) = (*firm, stage.office("officer")?);
    let year = stage.date(0).year() - 1;
    let years = stage.store.read(|reader| reader.years("enterprise", firm)).map_err(Fault::from)?;
    let Some(Value::Int(bought)) = years.get(&year).and_then(|values| values.get("equipment_investment")) else {
        return Err(Fault::NotFound);
    };
    let corrected = Map::from_iter([("equipment_investment".to_owned(), json!(bought / 100 * percent))]);
    let outside = stage.outside("enterprise", firm);
    let version = stage.row("enterprise", &outside)?.version;
    let change = Change { values: Map::new(), years: BTreeMap::from([(year, corrected)]), source: None };
    stage.by(&officer).update("enterprise", &outside, version, &change)?;
    // the journal is read in portions
    (0..LOOKS).try_for_each(|_| stage.app.work_on_cases())
}

fn demand(stage: &mut Stage, policy: &str) -> Result<(), Fault> {
    let recovery = newest(stage, "recovery", policy, "open")?;
    let (officer, id) = (stage.office("officer")?, stage.outside("recovery", recovery.id));
    stage.order(&officer, "recovery", &id, "demand", &[])
}

/// The newest row of a policy in a state; of the persona's own firm none.
fn newest(stage: &Stage, record: &str, policy: &str, state: &str) -> Result<Item, Fault> {
    let policy = stage.cast.policies.get(policy).ok_or(Fault::NotFound)?;
    let is = |field: &str, value: Value| Condition::In { field: field.to_owned(), values: vec![value] };
    let conditions = vec![is("policy", Value::Ref(*policy)), is("state", Value::text(state))];
    let sort = Some(Sort { field: "id".to_owned(), descending: true });
    let query = Query { conditions, sort, limit: 50, total: false, ..Query::default() };
    let rows = stage.store.read(|reader| reader.query(record, &query)).map_err(Fault::from)?.items;
    let own = Some(&Value::Ref(stage.own_firm));
    rows.into_iter().find(|row| row.values.get("enterprise") != own).ok_or(Fault::NotFound)
}
