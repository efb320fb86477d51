//! Firms as a trial names and groups them, within the author's scope.
use super::wire::{FirmLine, GroupLine, TrialGroups, Withdrawal};
use crate::Caller;
use crate::eligibility::{FIRM, POLICY, State};
use crate::fault::{Fault, Outcome};
use crate::language;
use crate::reads::Reads as _;
use crate::views::{Titled, Words};
use liangu_base::{Id, Lang, Text};
use liangu_expr::schema::FieldIx;
use liangu_expr::typed::Typed;
use liangu_expr::value::Value;
use liangu_matching::bits::Bits;
use liangu_matching::table::FactKey;
use liangu_matching::trial::{GroupCount, Partition};
use liangu_store::Scope;
use std::sync::Arc;

/// Groups shown of one kind.
const MOST_GROUPS: usize = 40;
/// Names and policies that a withdrawal lists.
const LISTED: usize = 20;

/// All firms by county, by section of industry and by size.
pub(crate) struct Partitions {
    region: Option<Partition>,
    industry: Option<Partition>,
    size: Option<Partition>,
}

impl Partitions {
    pub fn all(&self) -> Vec<&Partition> {
        [&self.region, &self.industry, &self.size].into_iter().flatten().collect()
    }

    /// Counts of [`Partitions::all`] as groups with names.
    pub fn groups(&self, caller: &Caller<'_>, counts: &[Vec<GroupCount>]) -> TrialGroups {
        let mut counts = counts.iter();
        let mut of = |partition: &Option<Partition>, list: &str| match (partition, partition.as_ref().and_then(|_| counts.next())) {
            (Some(partition), Some(counts)) => lines(caller, partition, counts, list),
            _ => Vec::new(),
        };
        TrialGroups { region: of(&self.region, "region"), industry: of(&self.industry, "industry"), size: of(&self.size, "size_class") }
    }
}

fn lines(caller: &Caller<'_>, partition: &Partition, counts: &[GroupCount], list: &str) -> Vec<GroupLine> {
    let list = caller.app.model.lists.get(list);
    let label = |code: &str| list.and_then(|l| l.codes.get(code)).map_or_else(|| Text::chinese_only(code.to_owned()), |c| c.label.clone());
    let line = |(code, count): (&String, &GroupCount)| GroupLine {
        code: code.clone(),
        label: label(code).into(),
        yes: count.yes.into(),
        near: count.near.into(),
        unknown: count.unknown.into(),
    };
    let mut lines: Vec<GroupLine> = partition.codes().iter().zip(counts).map(line).filter(|l| l.yes + l.near + l.unknown > 0).collect();
    lines.sort_by(|a, b| b.yes.cmp(&a.yes).then_with(|| a.code.cmp(&b.code)));
    lines.truncate(MOST_GROUPS);
    lines
}

/// Rows of the engine as lines of a list.
pub(crate) struct Lines<'a> {
    pub caller: &'a Caller<'a>,
    pub state: &'a State,
    pub amount: Option<&'a Typed>,
}

impl Lines<'_> {
    pub fn of(&self, rows: impl Iterator<Item = u32>, clause: impl Fn(u32) -> Option<String>) -> Outcome<Vec<FirmLine>> {
        let rows: Vec<u32> = rows.collect();
        let ids: Vec<Id> = rows.iter().filter_map(|row| self.state.ids.get(*row as usize).copied()).collect();
        let names = self.caller.app.store.titles(FIRM, &ids)?;
        let amounts = match self.amount {
            Some(amount) => self.state.engine.amounts(amount, rows.iter().copied()).unwrap_or_default(),
            None => Vec::new(),
        };
        let prefix = &self.caller.app.model.records[FIRM].prefix;
        let line = |(at, (row, id)): (usize, (&u32, &Id))| FirmLine {
            id: id.text(prefix),
            name: names.get(id).cloned().unwrap_or_default(),
            region: region(self.caller, self.state, *row),
            amount_fen: amounts.get(at).copied().flatten(),
            clause: clause(*row),
        };
        Ok(rows.iter().zip(&ids).enumerate().map(line).collect())
    }
}

fn fact(state: &State, name: &str) -> Option<FactKey> {
    let place = state.engine.table().schema().fields.get_index_of(name)?;
    Some(FactKey::new(FieldIx(u32::try_from(place).ok()?), 0))
}

fn region(caller: &Caller<'_>, state: &State, row: u32) -> Option<Words> {
    let Some(Value::Text(code)) = state.engine.table().value(row as usize, fact(state, "region")?) else { return None };
    let list = caller.app.model.lists.get("region")?;
    list.codes.get(&*code).map(|c| Words::from(&c.label))
}

impl Caller<'_> {
    /// The rows an author sees; none: all of them.
    pub(crate) fn scope_rows(&self, state: &State) -> Outcome<Option<Bits>> {
        let query = self.rows(FIRM)?;
        let Scope::AnyOf(scopes) = &query.scope else { return Ok(None) };
        let mut rows: Option<Bits> = None;
        for scope in scopes {
            let rule = language::with_params(scope, &query.context.params, &self.app.model);
            let fit = state.engine.policy(&rule).map_err(|why| Fault::Internal(format!("scope of firms: {why}")))?;
            rows = Some(match rows {
                Some(rows) => rows.or(&fit.yes),
                None => fit.yes,
            });
        }
        Ok(rows.or_else(|| Some(Bits::empty(state.engine.table().len()))))
    }

    pub(crate) fn partitions(&self, state: &State) -> Outcome<Arc<Partitions>> {
        let model = &self.app.model;
        self.app.partitions.get((), state.sequence, state.today, || {
            let of =
                |name: &str, group: &dyn Fn(&str) -> Option<String>| fact(state, name).and_then(|key| state.engine.partition(key, group));
            let top = |code: &str| {
                let list = model.lists.get("industry")?;
                let mut at = code;
                while let Some(parent) = list.codes.get(at).and_then(|c| c.parent.as_deref()) {
                    at = parent;
                }
                Some(at.to_owned())
            };
            Ok(Arc::new(Partitions {
                region: of("region", &|code| Some(code.chars().take(6).collect())),
                industry: of("industry", &top),
                size: of("size_class", &|code| Some(code.to_owned())),
            }))
        })
    }

    /// What a withdrawal of a policy would change, for the reader's own firms.
    pub fn withdrawal(&self, policy: &str) -> Outcome<Withdrawal> {
        self.may_author()?;
        let item = self.policy_item(policy)?;
        let versions = self.versions_of(item.id)?;
        let (_, content) = self.content_in_force(&item, &versions)?;
        let frame = self.rules()?.frame_with(&item.values, content.dates);
        let amount = liangu_policy::compile(&content, &frame).amount;
        let asked: Vec<&Typed> = amount.iter().map(AsRef::as_ref).collect();
        let state = self.app.eligibility.able_to_answer(&self.app.store, self.now(), &asked)?;
        let rule = state.policies.keys.get(&item.id).and_then(|key| state.engine.rule(*key));
        let mut firms = Bits::empty(state.engine.table().len());
        if let Some(rule) = rule {
            firms = state.engine.policy(rule).map_err(|why| Fault::Internal(why.to_string()))?.yes;
            if let Some(scope) = self.scope_rows(&state)? {
                firms = firms.within(&scope);
            }
        }
        let amounts = amount.as_deref().map(|amount| state.engine.amounts(amount, firms.rows()).unwrap_or_default());
        let lines = Lines { caller: self, state: &state, amount: amount.as_deref() };
        Ok(Withdrawal {
            firms: firms.count() as u64,
            money_fen: amounts.map(|all| all.into_iter().flatten().fold(0i64, i64::saturating_add)),
            names: lines.of(firms.rows().take(LISTED), |_| None)?,
            policies: self.policies_after(&state, &item, &content)?,
        })
    }

    /// Policies in force whose rules ask for a title that this one grants.
    fn policies_after(&self, state: &State, item: &liangu_store::Item, content: &liangu_policy::Content) -> Outcome<Vec<Titled>> {
        let granted: Vec<&str> = content.items.iter().filter_map(|i| i.benefit.certificate.as_deref()).collect();
        if granted.is_empty() {
            return Ok(Vec::new());
        }
        let asks = |rule: &Typed| granted.iter().any(|code| rule.source.contains(&format!("\"{code}\"")));
        let keys = state.engine.policies().filter(|key| state.engine.rule(*key).is_some_and(|rule| asks(rule)));
        let ids: Vec<Id> = keys.map(|key| state.policies.id(key)).filter(|id| *id != item.id).take(LISTED).collect();
        let record = &self.app.model.records[POLICY];
        let titled = |item: liangu_store::Item| Titled {
            id: item.id.text(&record.prefix),
            title: crate::records::title_of(record, &item.values, Lang::Zh),
        };
        Ok(self.app.store.get_many(POLICY, &ids)?.into_iter().map(titled).collect())
    }
}
