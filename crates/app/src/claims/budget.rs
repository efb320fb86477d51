//! Budgets: what is reserved and spent together never exceeds the total of a policy in a year.
//!
//! Money moves by [`Movements`], one change for each row, on the version that was read: of two that take the last money
//! one commit is refused as stale, and whoever decides again sees what is left.
use super::BUDGET;
use super::values::{int, reference, text};
use super::wire::{BudgetLine, ChangeBudget, NewBudget};
use crate::eligibility::POLICY;
use crate::fault::{Fault, Outcome, forbidden, invalid};
use crate::reads::Reads as _;
use crate::views::Titled;
use crate::{App, Caller, RequestKey, shown};
use liangu_base::{Id, Lang, Text};
use liangu_expr::schema::Unit;
use liangu_store::{Change, Condition, Item, Query, Value, Values, Years};
use std::collections::BTreeMap;

/// The role that sets totals.
const FINANCE: &str = "finance";
/// Rows of a list.
const SHOWN: u32 = 200;
const YEARS: std::ops::RangeInclusive<i64> = 2000..=2100;

/// Money in one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Moved {
    reserved: i64,
    spent: i64,
}

/// Movements of one commit, gathered by policy and year.
#[derive(Clone, Debug, Default)]
pub(crate) struct Movements(BTreeMap<(Id, i64), Moved>);

impl Movements {
    fn add(&mut self, policy: Id, year: i64, reserved: i64, spent: i64) -> &mut Movements {
        let moved = self.0.entry((policy, year)).or_default();
        moved.reserved = moved.reserved.saturating_add(reserved);
        moved.spent = moved.spent.saturating_add(spent);
        self
    }

    /// Free → reserved.
    pub fn reserve(&mut self, policy: Id, year: i64, fen: i64) -> &mut Movements {
        self.add(policy, year, fen, 0)
    }

    /// Reserved → free.
    pub fn release(&mut self, policy: Id, year: i64, fen: i64) -> &mut Movements {
        self.add(policy, year, -fen, 0)
    }

    /// Reserved → spent.
    pub fn spend(&mut self, policy: Id, year: i64, fen: i64) -> &mut Movements {
        self.add(policy, year, -fen, fen)
    }

    /// Spent → free: what was paid came back.
    pub fn recover(&mut self, policy: Id, year: i64, fen: i64) -> &mut Movements {
        self.add(policy, year, 0, -fen)
    }

    /// One update for each row that moves.
    ///
    /// # Errors
    /// Conflict `no_budget` without a row, `budget` where more is taken than there is.
    pub fn changes(&self, app: &App) -> Outcome<Vec<Change>> {
        let moving = self.0.iter().filter(|(_, moved)| **moved != Moved::default());
        moving.map(|((policy, year), moved)| change(app, *policy, *year, *moved)).collect()
    }
}

fn change(app: &App, policy: Id, year: i64, moved: Moved) -> Outcome<Change> {
    let Some(row) = row_of(app, policy, year)? else {
        let (zh, en) = (
            format!("这项政策还没有 {year} 年预算，请财政先录入预算总额。"),
            format!("The policy has no budget for {year}; finance enters the total first."),
        );
        return Err(Fault::Conflict { code: "no_budget", why: Text::new(zh, en), fields: Vec::new() });
    };
    let money = |field: &str| int(&row.values, field).unwrap_or(0);
    let (total, reserved, spent) = (money("total"), money("reserved") + moved.reserved, money("spent") + moved.spent);
    let takes = moved.reserved + moved.spent;
    if takes > 0 && reserved + spent > total {
        return Err(over(total - money("reserved") - money("spent"), takes));
    }
    if reserved < 0 || spent < 0 {
        return Err(Fault::Internal(format!("budget {} would be below zero", row.id)));
    }
    let values = Values::from([("reserved".to_owned(), Value::Int(reserved)), ("spent".to_owned(), Value::Int(spent))]);
    Ok(Change::Update { record: BUDGET.to_owned(), id: row.id, expected_version: Some(row.version), values, years: Years::new() })
}

fn over(left: i64, asked: i64) -> Fault {
    let said = |fen: i64| shown::amount(fen.max(0), Unit::Fen);
    let (left, asked) = (said(left), said(asked));
    let zh = format!("预算只剩 {}，不够 {}。请财政追加预算，或核减金额。", left.zh, asked.zh);
    let en = format!("{} of the budget are left, {} are needed; ask for more or grant less.", left.get(Lang::En), asked.get(Lang::En));
    Fault::Conflict { code: "budget", why: Text::new(zh, en), fields: Vec::new() }
}

/// The row of a policy and year.
pub(crate) fn row_of(app: &App, policy: Id, year: i64) -> Outcome<Option<Item>> {
    if !app.model.records.contains_key(BUDGET) {
        return Ok(None);
    }
    let slot = Value::text(slot(app, policy, year));
    let row = app.store.read(|reader| match reader.find(BUDGET, "slot", &slot)? {
        Some(id) => reader.get(BUDGET, id),
        None => Ok(None),
    })?;
    Ok(row)
}

fn slot(app: &App, policy: Id, year: i64) -> String {
    format!("{}/{year}", policy.text(&app.model.records[POLICY].prefix))
}

/// Values of a new row; for setting a budget and for the demonstration.
pub fn new_budget_values(app: &App, policy: Id, title: &str, year: i64, total: i64) -> Values {
    Values::from([
        ("name".to_owned(), Value::text(format!("{title} {year}"))),
        ("policy".to_owned(), Value::Ref(policy)),
        ("budget_year".to_owned(), Value::Int(year)),
        ("slot".to_owned(), Value::text(slot(app, policy, year))),
        ("total".to_owned(), Value::Int(total)),
        ("reserved".to_owned(), Value::Int(0)),
        ("spent".to_owned(), Value::Int(0)),
    ])
}

impl Caller<'_> {
    /// Budgets, newest year first; of one policy or one year.
    pub fn budgets(&self, policy: Option<&str>, year: Option<i64>) -> Outcome<Vec<BudgetLine>> {
        let mut conditions = Vec::new();
        if let Some(policy) = policy {
            conditions.push(Condition::In { field: "policy".to_owned(), values: vec![Value::Ref(self.id(POLICY, policy)?)] });
        }
        if let Some(year) = year {
            conditions.push(Condition::In { field: "budget_year".to_owned(), values: vec![Value::Int(year)] });
        }
        let query = Query { conditions, limit: SHOWN, total: false, ..self.rows(BUDGET)? };
        self.app.store.query(BUDGET, &query)?.items.iter().map(|row| self.budget_line(row)).collect()
    }

    /// # Errors
    /// Forbidden to others than finance; conflict where there is one already.
    pub fn set_budget(&self, new: &NewBudget, key: &RequestKey) -> Outcome<BudgetLine> {
        self.may_set_budgets()?;
        let policy = self.visible(POLICY, self.id(POLICY, &new.policy)?)?;
        if !YEARS.contains(&new.year) {
            return Err(invalid("year", "range", "年度应在 2000 至 2100 之间。", "The year lies between 2000 and 2100."));
        }
        not_negative(new.total)?;
        let id = self.app.next_id();
        let title = crate::records::title_of(&self.app.model.records[POLICY], &policy.values, Lang::Zh);
        let values = new_budget_values(self.app, policy.id, &title, new.year, new.total);
        let mut commit = self.commit("budget.set");
        commit.changes.push(Change::Create { record: BUDGET.to_owned(), id, values, years: Years::new() });
        let receipt = self.commit_once(commit, Some(key), move |_| serde_json::json!({ "id": id }))?;
        let made = receipt.replayed.as_ref().and_then(|first| serde_json::from_value(first["id"].clone()).ok()).unwrap_or(id);
        self.budget_line(&self.visible(BUDGET, made)?)
    }

    /// # Errors
    /// Forbidden to others than finance; stale; invalid below what is reserved and spent.
    pub fn change_budget(&self, id: &str, version: i64, change: &ChangeBudget) -> Outcome<BudgetLine> {
        let row = self.visible(BUDGET, self.id(BUDGET, id)?)?;
        self.may_set_budgets()?;
        not_negative(change.total)?;
        let used = int(&row.values, "reserved").unwrap_or(0) + int(&row.values, "spent").unwrap_or(0);
        if row.version == version && change.total < used {
            let used = shown::amount(used, Unit::Fen);
            let (zh, en) =
                (format!("已占用和支出 {}，总额不能更少。", used.zh), format!("{} are reserved or spent already.", used.get(Lang::En)));
            return Err(invalid("total", "below_used", zh, en));
        }
        let mut commit = self.commit("budget.change");
        let values = Values::from([("total".to_owned(), Value::Int(change.total))]);
        commit.changes.push(Change::Update {
            record: BUDGET.to_owned(),
            id: row.id,
            expected_version: Some(version),
            values,
            years: Years::new(),
        });
        self.app.write(commit)?;
        self.budget_line(&self.visible(BUDGET, row.id)?)
    }

    fn may_set_budgets(&self) -> Outcome<()> {
        if self.principal.has(FINANCE) {
            return Ok(());
        }
        Err(forbidden("budget", "预算由财政人员录入。", "Budgets are set by finance."))
    }

    pub(super) fn budget_line(&self, row: &Item) -> Outcome<BudgetLine> {
        let money = |field: &str| int(&row.values, field).unwrap_or(0);
        let policy = reference(&row.values, "policy").ok_or_else(|| Fault::Internal(format!("budget {} has no policy", row.id)))?;
        let title = self.app.store.titles(POLICY, &[policy])?.remove(&policy);
        Ok(BudgetLine {
            id: row.id.text(&self.app.model.records[BUDGET].prefix),
            version: row.version,
            policy: Titled {
                id: policy.text(&self.app.model.records[POLICY].prefix),
                title: title.unwrap_or_else(|| text(&row.values, "name").unwrap_or_default().to_owned()),
            },
            year: money("budget_year"),
            total: money("total"),
            reserved: money("reserved"),
            spent: money("spent"),
            left: money("total") - money("reserved") - money("spent"),
        })
    }
}

fn not_negative(total: i64) -> Outcome<()> {
    if total >= 0 {
        return Ok(());
    }
    Err(invalid("total", "negative", "预算总额不能小于 0。", "A total is not negative."))
}
