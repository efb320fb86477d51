//! What a policy's expressions are typed against: the firm's facts, the policy's own dates, reference data of the day.
use crate::eligibility::{FIRM, PARAMETER};
use crate::fault::Outcome;
use liangu_base::{Date, Text};
use liangu_expr::reference::{Reference, ReferenceRow};
use liangu_expr::row::{Context, eval_node};
use liangu_expr::schema::{Schema, Unit};
use liangu_expr::typed::Typed;
use liangu_expr::{Expect, check};
use liangu_model::record::Model;
use liangu_policy::Frame;
use liangu_policy::cases::CaseFirm;
use liangu_policy::content::Dates;
use liangu_policy::frame::{Head, schema_with_policy};
use liangu_store::{Item, Query, Reader, Scope, Value, Values};
use std::sync::Arc;

/// Rows of reference data fetched at a time.
const BATCH: u32 = 1000;

/// The language of policies on a day: made once per state of the journal.
#[derive(Clone)]
pub(crate) struct Rules {
    pub schema: Arc<Schema>,
    pub reference: Arc<Reference>,
    pub today: Date,
}

impl Rules {
    /// Reads the reference data on file.
    pub fn read(reader: &mut Reader<'_>, model: &Model, today: Date) -> Outcome<Rules> {
        let schema = schema_with_policy(&model.schemas[FIRM]);
        let mut rows = Vec::new();
        if model.records.contains_key(PARAMETER) {
            let mut query = Query { scope: Scope::All, limit: BATCH, total: false, ..Query::default() };
            loop {
                let page = reader.query(PARAMETER, &query)?;
                rows.extend(page.items.iter().map(|item| row(item, &schema)));
                let Some(next) = page.next else { break };
                query.after = Some(next);
            }
        }
        Ok(Rules { schema, reference: Arc::new(Reference { rows }), today })
    }

    /// The frame of a policy as its head stands.
    pub fn frame(&self, policy: &Values) -> Frame {
        let year = match policy.get("judged_year") {
            Some(Value::Int(year)) => i32::try_from(*year).ok(),
            _ => None,
        };
        self.frame_with(policy, Dates { judged_year: year, cut_off: date(policy, "cut_off") })
    }

    /// Types a condition of a policy; the error is for the log and the administrator.
    pub fn condition(&self, source: &str, policy: &Values) -> Result<Typed, String> {
        let findings = match self.frame(policy).typed(source, Expect::Bool) {
            Ok(typed) => return Ok(typed),
            Err(findings) => findings,
        };
        Err(findings.iter().map(|finding| finding.render(source)).collect())
    }

    /// The frame of a policy whose document says which dates it judges by.
    pub fn frame_with(&self, policy: &Values, dates: Dates) -> Frame {
        Frame {
            schema: self.schema.clone(),
            reference: self.reference.clone(),
            today: self.today,
            judged_year: crate::judged_year(self.today),
            head: Head {
                published: date(policy, "published"),
                valid_from: date(policy, "valid_from"),
                valid_to: date(policy, "valid_to"),
                window_from: date(policy, "window_from"),
                window_to: date(policy, "window_to"),
            },
            dates,
        }
    }
}

pub(crate) fn date(values: &Values, field: &str) -> Option<Date> {
    match values.get(field) {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    }
}

/// A value that cannot be read is on file without one: what needs it is unknown.
fn row(item: &Item, schema: &Schema) -> ReferenceRow {
    let text = |field: &str| match item.values.get(field) {
        Some(Value::Text(text)) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        _ => None,
    };
    let (value, unit) = text("value").and_then(|text| constant(&text, schema)).map_or((None, Unit::One), |(n, unit)| (Some(n), unit));
    ReferenceRow {
        name: text("name").unwrap_or_default(),
        label: match item.values.get("label") {
            Some(Value::Bilingual(label)) => label.clone(),
            _ => Text::default(),
        },
        key: text("key"),
        region: text("region"),
        from: date(&item.values, "valid_from"),
        to: date(&item.values, "valid_to"),
        value,
        unit,
        list: text("list"),
    }
}

fn constant(text: &str, schema: &Schema) -> Option<(i64, Unit)> {
    let typed = check(text, schema, Expect::Any).ok()?;
    let unit = typed.root.ty.unit()?;
    match eval_node(&typed.root, &CaseFirm::default(), &Context::default()) {
        liangu_expr::value::Value::Int(n) => Some((n, unit)),
        _ => None,
    }
}
