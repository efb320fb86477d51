//! What an expression of a policy is typed against: the firm's facts, the policy's own dates, reference data of a day.
use crate::content::Dates;
use liangu_base::{Date, Text};
use liangu_expr::Expect;
use liangu_expr::Finding;
use liangu_expr::bind::{Binding, Bound};
use liangu_expr::check::{Setting, check_in};
use liangu_expr::reference::Reference;
use liangu_expr::schema::{FieldDecl, Schema, Type};
use liangu_expr::typed::{Const, Typed};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Name of the object under which a policy's dates are read, as `policy.window_to`.
pub const POLICY: &str = "policy";

const DATES: [(&str, Text); 6] = [
    ("published", Text::fixed("发布日期", "the day of publication")),
    ("valid_from", Text::fixed("施行日期", "the day it comes into force")),
    ("valid_to", Text::fixed("失效日期", "the last day in force")),
    ("window_from", Text::fixed("申报开始日", "the first day of applications")),
    ("window_to", Text::fixed("申报截止日", "the last day of applications")),
    ("cut_off", Text::fixed("认定截止日", "the cut-off day")),
];

/// The dates of a policy's head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Head {
    pub published: Option<Date>,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    pub window_from: Option<Date>,
    pub window_to: Option<Date>,
}

/// The record's schema with the policy's dates beside it. Positions of fields are those of the schema it was made from.
pub fn schema_with_policy(schema: &Schema) -> Arc<Schema> {
    let mut schema = schema.clone();
    let field = |(name, label): &(&str, Text)| ((*name).to_owned(), FieldDecl { label: label.clone(), ty: Type::Date, yearly: false });
    schema.params.insert(POLICY.to_owned(), DATES.iter().map(field).collect());
    Arc::new(schema)
}

/// Everything beside the text that an expression's meaning depends on.
#[derive(Clone)]
pub struct Frame {
    /// Made by [`schema_with_policy`].
    pub schema: Arc<Schema>,
    pub reference: Arc<Reference>,
    pub today: Date,
    /// The year a bare yearly fact means where the policy names none.
    pub judged_year: i32,
    pub head: Head,
    pub dates: Dates,
}

impl Frame {
    /// The day on which certificates, lists and parameters must hold.
    pub fn cut_off(&self) -> Date {
        self.dates.cut_off.unwrap_or(self.today)
    }

    /// Types an expression and puts in what the policy itself says: its dates, its judged year, reference data.
    pub fn typed(&self, source: &str, expect: Expect) -> Result<Typed, Vec<Finding>> {
        Ok(self.as_written(source, expect)?.bound(&self.binding(), &self.schema))
    }

    /// As [`Frame::typed`], the policy's dates and years as they were written.
    pub fn as_written(&self, source: &str, expect: Expect) -> Result<Typed, Vec<Finding>> {
        check_in(source, &self.schema, expect, &Setting { reference: &self.reference, day: self.cut_off(), region_field: Some("region") })
    }

    fn binding(&self) -> Binding {
        let own = [
            ("published", self.head.published),
            ("valid_from", self.head.valid_from),
            ("valid_to", self.head.valid_to),
            ("window_from", self.head.window_from),
            ("window_to", self.head.window_to),
            ("cut_off", self.dates.cut_off),
        ];
        let bound = |(name, date): (&str, Option<Date>)| {
            let value = match date {
                Some(date) => Bound::Const(Const::Date(date)),
                None if name == "cut_off" => Bound::Today,
                None => return None,
            };
            Some(((POLICY.to_owned(), name.to_owned()), value))
        };
        Binding { values: own.into_iter().filter_map(bound).collect(), year_shift: self.year_shift() }
    }

    /// The policy's judged year, counted from the one that is judged where a policy names none.
    pub fn year_shift(&self) -> i32 {
        self.dates.judged_year.map_or(0, |year| year - self.judged_year)
    }
}
