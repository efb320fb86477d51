//! A condition as a tree for people: groups, and rows of fact, operator, value.
//!
//! The tree and the text are one thing: [`read`] makes the tree of a typed text, [`write`] the text of a tree, and the
//! text types to the same form again. What the tree has no form for stays text within it ([`Condition::Text`]).
mod read;
mod write;

pub use read::read;
pub use write::write;

use liangu_base::Text;
use serde::{Deserialize, Serialize};

/// Serialised without a tag: the fields tell the forms apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Condition {
    All {
        all: Vec<Condition>,
    },
    Any {
        any: Vec<Condition>,
    },
    /// None of them holds.
    None {
        none: Vec<Condition>,
    },
    AtLeast {
        at_least: u32,
        of: Vec<Condition>,
    },
    Children(Box<Children>),
    Fact(Row),
    Text {
        text: String,
    },
}

/// A row: a fact (or an expression in its place), an operator, a value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Name of a fact, as `revenue` or `p.kind`, or an expression, as `growth(revenue)`.
    pub fact: String,
    /// Of a yearly fact, counted from the judged year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    pub op: Op,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Operand>,
    /// What the left side is called; said, not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// Ways to write the value's number; said, not read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<String>,
    /// Code list of the left side; said, not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
}

/// Child records that meet a condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Children {
    /// Collection of the firm.
    pub children: String,
    pub variable: String,
    pub quantifier: Quantifier,
    #[serde(rename = "where")]
    pub filter: Condition,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantifier {
    Exists,
    All,
    None,
    #[serde(untagged)]
    Count {
        count: Op,
        value: i64,
    },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Op {
    #[default]
    #[serde(rename = "==")]
    Eq,
    #[serde(rename = "!=")]
    Ne,
    #[serde(rename = "<")]
    Lt,
    #[serde(rename = "<=")]
    Le,
    #[serde(rename = ">")]
    Gt,
    #[serde(rename = ">=")]
    Ge,
    #[serde(rename = "in")]
    In,
    #[serde(rename = "not_in")]
    NotIn,
    #[serde(rename = "within")]
    Within,
    #[serde(rename = "not_within")]
    NotWithin,
    #[serde(rename = "has_any")]
    HasAny,
    #[serde(rename = "has_all")]
    HasAll,
    #[serde(rename = "has_none")]
    HasNone,
    #[serde(rename = "is")]
    Is,
    #[serde(rename = "is_not")]
    IsNot,
    #[serde(rename = "known")]
    Known,
    #[serde(rename = "unknown")]
    Unknown,
}

/// The right side of a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Operand {
    /// A number in a unit: `{"amount": "2000", "unit": "wan"}`; the unit of bare numbers is empty.
    Amount {
        amount: String,
        unit: String,
    },
    Codes {
        codes: Vec<String>,
    },
    Date {
        date: String,
    },
    Text {
        text: String,
    },
    Bool {
        bool: bool,
    },
    Expression {
        expression: String,
    },
}
