//! Where a policy stands on a day: being written, upcoming, in force, ended.
//!
//! Judged by the policy's own validity; whether its window for applications has closed is another question
//! ([`closed`]). The same rule is said twice, over values and in
//! the language of filters; a test holds the two to each other. Lists and the model show it as the field `status` of a
//! policy, which is computed and stored nowhere.
use super::cards::POLICY;
use crate::fault::{Fault, Outcome};
use crate::language;
use liangu_base::{Date, Text};
use liangu_expr::schema::{CodeEntry, CodeList};
use liangu_expr::typed::Typed;
use liangu_model::record::Model;
use liangu_store::{Value, Values};
use std::sync::Arc;

/// Name of the computed field.
pub(crate) const STATUS: &str = "status";
/// Name of its code list.
pub(crate) const STATUS_LIST: &str = "policy_status";

/// Where a policy stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Life {
    /// No version of it has come into force yet.
    Draft,
    Upcoming,
    InForce,
    Ended,
}

impl Life {
    pub fn on(day: Date, values: &Values) -> Life {
        let date = |field: &str| match values.get(field) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        };
        let ended = |field: &str| date(field).is_some_and(|date| date < day);
        let upcoming = |field: &str| date(field).is_some_and(|date| date > day);
        if values.get("draft").is_some_and(|draft| !draft.is_null()) {
            Life::Draft
        } else if ended("valid_to") {
            Life::Ended
        } else if upcoming("valid_from") {
            Life::Upcoming
        } else {
            Life::InForce
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Life::Draft => "draft",
            Life::Upcoming => "upcoming",
            Life::InForce => "in_force",
            Life::Ended => "ended",
        }
    }
}

/// Whether the window for applications is over on a day, the policy itself being in force or not.
pub(crate) fn closed(day: Date, values: &Values) -> bool {
    matches!(values.get("window_to"), Some(Value::Date(last)) if *last < day)
}

const DRAFT: &str = "known(draft)";
const ENDED: &str = "known(valid_to) && valid_to < today";
const UPCOMING: &str = "known(valid_from) && valid_from > today";

/// The filters of the three lives, typed once.
pub(crate) struct Lives(Vec<(Life, Arc<Typed>)>);

impl Lives {
    /// None where the model has no policies.
    pub fn build(model: &Model) -> Outcome<Lives> {
        let Some(schema) = model.schemas.get(POLICY) else { return Ok(Lives(Vec::new())) };
        let filters = [
            (Life::InForce, format!("!({DRAFT}) && !({ENDED}) && !({UPCOMING})")),
            (Life::Upcoming, format!("!({DRAFT}) && !({ENDED}) && ({UPCOMING})")),
            (Life::Ended, format!("!({DRAFT}) && {ENDED}")),
            (Life::Draft, DRAFT.to_owned()),
        ];
        let typed = |(life, source): (Life, String)| {
            let filter = language::boolean(&source, schema).map_err(|why| Fault::Internal(format!("status of policies: {why}")))?;
            Ok((life, Arc::new(filter)))
        };
        Ok(Lives(filters.into_iter().map(typed).collect::<Outcome<_>>()?))
    }

    /// The filter of one life by its name.
    pub fn filter(&self, name: &str) -> Option<&Arc<Typed>> {
        self.0.iter().find(|(life, _)| life.name() == name).map(|(_, filter)| filter)
    }

    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.iter().map(|(life, _)| life.name())
    }
}

/// The codes of `status`.
pub(crate) fn status_list() -> CodeList {
    let code = |life: Life, zh, en| (life.name().to_owned(), CodeEntry { label: Text::fixed(zh, en), parent: None });
    CodeList {
        name: STATUS_LIST.to_owned(),
        label: Text::fixed("状态", "Status"),
        codes: [
            code(Life::InForce, "现行有效", "In force"),
            code(Life::Upcoming, "尚未生效", "Upcoming"),
            code(Life::Ended, "已失效", "Ended"),
            code(Life::Draft, "起草中", "Being written"),
        ]
        .into_iter()
        .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Life, closed};
    use liangu_base::Date;
    use liangu_store::{Value, Values};

    #[test]
    fn a_life_has_its_own_dates_and_a_window_may_close_within_it() {
        let day = Date::from_ymd(2026, 11, 20).unwrap();
        let life = |dates: &[(&str, (i32, u32, u32))]| {
            let date = |(y, m, d)| Value::Date(Date::from_ymd(y, m, d).unwrap());
            let values: Values = dates.iter().map(|(field, at)| ((*field).to_owned(), date(*at))).collect();
            Life::on(day, &values)
        };
        assert_eq!(life(&[]), Life::InForce);
        assert_eq!(life(&[("valid_to", (2026, 11, 20))]), Life::InForce);
        assert_eq!(life(&[("valid_to", (2026, 11, 19))]), Life::Ended);
        assert_eq!(life(&[("valid_from", (2026, 11, 21))]), Life::Upcoming);
        assert_eq!(life(&[("window_to", (2026, 11, 19)), ("valid_to", (2030, 1, 1))]), Life::InForce);
        let window = |day_of_month| {
            let last = Value::Date(Date::from_ymd(2026, 11, day_of_month).unwrap());
            closed(day, &Values::from([("window_to".to_owned(), last)]))
        };
        assert_eq!([window(19), window(20), closed(day, &Values::new())], [true, false, false]);
    }
}
