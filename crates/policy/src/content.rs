//! What a policy says, as one document: its clauses, what it offers, the order of its money, its dates, its cases.
//!
//! The document is kept as JSON and written by officials, so that every part may be missing or wrong while it is a
//! draft; what is wrong is said by [`crate::compile`] and [`crate::check`].
use liangu_base::{Date, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// Limits of one document.
pub const MAX_CLAUSES: usize = 200;
pub const MAX_ITEMS: usize = 60;
pub const MAX_CASES: usize = 400;

/// A short name within one document, as `c1`.
pub type Key = String;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Content {
    pub dates: Dates,
    pub clauses: Vec<Clause>,
    pub items: Vec<Item>,
    pub money: Money,
    pub cases: Vec<Case>,
}

/// Which year is judged and to which day certificates and lists must hold; the policy's own life and window stand in
/// its head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Dates {
    /// The year a bare yearly fact means; none: the year before the day of evaluation.
    pub judged_year: Option<i32>,
    /// `policy.cut_off`; none: the day of evaluation.
    pub cut_off: Option<Date>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClauseKind {
    /// Has an expression that decides.
    Deciding,
    /// A person must judge.
    Person,
    #[default]
    Information,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    Confirmed,
    Known,
    Unsure,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Clause {
    pub key: Key,
    /// Where it stands in the text, as `第四条`.
    pub article: Option<String>,
    pub text: Text,
    pub kind: ClauseKind,
    /// Expression over the firm, of a deciding clause; over the item's variable too, where the item binds one.
    pub when: Option<String>,
    /// The item it belongs to; none: common to all.
    pub item: Option<Key>,
    pub confidence: Option<Confidence>,
}

/// One thing the policy offers, with conditions of its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Item {
    pub key: Key,
    pub label: Text,
    /// The child record over which its bound conditions and its amount speak.
    pub bind: Option<Bind>,
    pub benefit: Benefit,
}

/// One child record bound over conditions and amount: two separate `exists` could match two different records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bind {
    /// Collection of the firm, as `projects`.
    pub child: String,
    /// Name of the bound record in expressions, as `p`.
    pub variable: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BenefitKind {
    #[default]
    Money,
    /// A recognition.
    Title,
    /// A better rate of tax or interest.
    Rate,
    Service,
    /// A fee or duty that is not asked.
    Waiver,
}

/// Texts are expressions of money. Of a bound item they hold per child record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Benefit {
    pub kind: BenefitKind,
    pub amount: Option<String>,
    pub cap: Option<String>,
    /// Amounts below are not paid.
    pub floor: Option<String>,
    /// Amounts are rounded down to a multiple.
    pub round_down: Option<String>,
    /// The amount is the most there can be, not what there will be.
    pub ceiling: bool,
    pub text: Text,
    /// Code of the title it grants.
    pub certificate: Option<String>,
    /// At most so many child records are paid, the highest first.
    pub times: Option<u32>,
    /// Who is paid, where it is not the firm.
    pub payee: Option<Text>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choose {
    /// All items that fit are paid.
    #[default]
    Sum,
    /// Only the highest is (就高不重复).
    Highest,
}

/// What is done with the items' amounts, in the order of [`crate::amount`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Money {
    pub choose: Choose,
    pub firm_cap: Option<String>,
    /// What one firm can get of this policy in one calendar year.
    pub year_cap: Option<String>,
    pub against: Vec<Against>,
    pub pool: Option<Pool>,
    pub round_down: Option<String>,
    pub floor: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Whoever got the other gets nothing of this.
    Exclusive,
    /// A percentage of the other's award on top of it.
    TopUp,
    /// The difference, where this is higher.
    Higher,
    /// The other's award is deducted.
    Deduct,
}

/// How this policy stands to another one's award.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Against {
    /// Document number or title.
    pub policy: String,
    pub how: How,
    /// Of a top-up, in basis points.
    #[serde(default)]
    pub percent: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// Over budget, every amount is cut by the same share.
    Proportional,
}

/// The second stage, over all that are eligible.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Pool {
    pub budget: Option<String>,
    pub cut: Option<Cut>,
    /// A number of the firm; higher comes first.
    pub rank: Option<String>,
    /// So many firms at most.
    pub quota: Option<u32>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expects {
    #[default]
    Yes,
    No,
    Unknown,
}

/// A firm made up to try the policy on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Case {
    pub key: Key,
    /// Another case whose firm this one changes.
    pub like: Option<Key>,
    pub label: Text,
    /// Facts by name, as [`crate::cases`] reads them.
    pub firm: Map<String, Json>,
    pub expects: Expects,
    /// The one deciding clause that this firm does not meet.
    pub fails_on: Option<Key>,
    /// The item the case speaks of; none: the whole policy.
    pub item: Option<Key>,
    /// What it gets.
    pub amount: Option<String>,
}

impl Content {
    pub fn item(&self, key: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.key == key)
    }

    pub fn clause(&self, key: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.key == key)
    }

    /// Deciding clauses of an item, or those common to all.
    pub fn deciding<'a>(&'a self, item: Option<&'a str>) -> impl Iterator<Item = &'a Clause> + 'a {
        self.clauses.iter().filter(move |c| c.kind == ClauseKind::Deciding && c.item.as_deref() == item)
    }
}
