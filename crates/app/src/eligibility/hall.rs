//! Policies as the hall counts and shows them: those that anyone may see.
use super::cards::{POLICY, PolicyCard};
use super::life::{Life, closed};
use crate::Caller;
use crate::fault::Outcome;
use crate::reads::Reads as _;
use liangu_base::{Date, Lang};
use liangu_store::{Condition, Query, Sort, Value};

/// Policies shown on top, and of how many they are chosen.
const TOP: usize = 6;
const CHOSEN_OF: u32 = 60;
const SEARCHES: usize = 6;

/// How many policies stand where.
pub struct LifeCounts {
    pub total: u64,
    pub in_force: u64,
    pub new_this_week: u64,
    pub closing_this_month: u64,
}

impl Caller<'_> {
    pub(crate) fn policy_counts(&self) -> Outcome<LifeCounts> {
        let today = self.app.today();
        let all = self.rows(POLICY)?;
        let within = |field: &str, from: Date, to: Date| Condition::Range {
            field: field.to_owned(),
            from: Some(Value::Date(from)),
            to: Some(Value::Date(to)),
        };
        self.app
            .store
            .read(|reader| {
                let mut total = 0;
                let mut in_force = 0;
                reader.scan(POLICY, &["valid_from", "valid_to", "draft"], &[], &mut |row| {
                    let mut values = liangu_store::Values::new();
                    for (place, field) in ["valid_from", "valid_to"].iter().enumerate() {
                        if let liangu_store::CellRef::Int(days) = row.value(place)?
                            && let Some(date) = i32::try_from(days).ok().and_then(Date::from_days)
                        {
                            values.insert((*field).to_owned(), Value::Date(date));
                        }
                    }
                    if !matches!(row.value(2)?, liangu_store::CellRef::Null) {
                        return Ok(());
                    }
                    total += 1;
                    in_force += u64::from(Life::on(today, &values) == Life::InForce);
                    Ok(())
                })?;
                let mut count = |condition| reader.count(POLICY, &Query { conditions: vec![condition], ..all.clone() });
                Ok(LifeCounts {
                    total,
                    in_force,
                    new_this_week: count(within("published", today.add_days(-6), today))?,
                    closing_this_month: count(within("window_to", today, today.last_of_month()))?,
                })
            })
            .map_err(Into::into)
    }

    /// Policies in force, the largest amounts first.
    pub(crate) fn top_policies(&self) -> Outcome<Vec<PolicyCard>> {
        let sort = Some(Sort { field: "amount_max".to_owned(), descending: true });
        let query = Query { sort, limit: CHOSEN_OF, ..self.rows(POLICY)? };
        let page = self.app.store.query(POLICY, &query)?;
        let today = self.app.today();
        let in_force =
            page.items.iter().filter(|policy| Life::on(today, &policy.values) == Life::InForce && !closed(today, &policy.values));
        Ok(in_force.take(TOP).map(|policy| self.card(policy)).collect())
    }

    /// The kinds of support with most policies, as words to search.
    pub(crate) fn policy_searches(&self) -> Outcome<Vec<String>> {
        let kinds = self.app.store.totals(POLICY, &self.rows(POLICY)?, None, Some("kind"))?;
        let mut kinds: Vec<_> = kinds
            .into_iter()
            .filter_map(|total| {
                Some((total.count, crate::shown::value(&self.app.model, &self.app.model.records[POLICY].fields["kind"], &total.key)?))
            })
            .collect();
        kinds.sort_by(|(a, kind_a), (b, kind_b)| b.cmp(a).then_with(|| kind_a.zh.cmp(&kind_b.zh)));
        let word =
            |(_, kind): &(u64, liangu_base::Text)| if self.lang == Lang::Zh { kind.zh.to_string() } else { kind.get(Lang::En).to_owned() };
        Ok(kinds.iter().take(SEARCHES).map(word).collect())
    }
}
