//! The functions of the language: one row of the table each.
//!
//! Typing, row meaning, SQL, sentence, documentation and example follow from the row; a test walks the table and holds
//! row and SQL to the example. To add a function, add a row; the columns back end needs nothing. A function of CEL that
//! SQL and columns do not carry has a meaning over bare values alone: it is refused when a rule is typed.
mod forms;
mod math;
mod optional;
mod policies;
mod rules;
mod standard;
mod text;
mod time;

pub use forms::{FORMS, Form};

use crate::check::Checker;
use crate::check::calls::{self, Site};
use crate::row::Context;
use crate::sql::{Lowering, Refusal};
use crate::typed::Node;
use crate::value::Value;

/// A function as authors see it and as the back ends compute it.
pub struct Function {
    pub name: &'static str,
    /// Written after its first argument: `name.startsWith("湘")`.
    pub method: bool,
    /// Least and most arguments, the target of a method included.
    pub arity: (usize, usize),
    pub signature: &'static str,
    /// What it says, in Chinese and English.
    pub about: [&'static str; 2],
    /// An expression over the example record of the documentation, and its value as printed.
    pub example: [&'static str; 2],
    pub(crate) typing: fn(&mut Checker<'_>, &Site<'_>) -> Option<Node>,
    /// How a [`crate::typed::Kind::Call`] is computed and said; none for forms that become another kind of node.
    pub(crate) call: Option<Call>,
    /// Its meaning over bare values, of which none is an error; none for what only a record has.
    pub(crate) dynamic: Option<Meaning>,
    /// Whether rules may use it; else it has a meaning over bare values alone.
    pub in_rules: bool,
}

pub(crate) type Meaning = fn(&[Value], &Context) -> Value;

impl Function {
    /// Whether it needs the record that a rule speaks about.
    pub fn needs_record(&self) -> bool {
        self.dynamic.is_none()
    }

    const fn over(self, meaning: Meaning) -> Function {
        Function { dynamic: Some(meaning), ..self }
    }
}

type Sql = fn(&mut Lowering<'_>, &[Node], Vec<String>) -> Result<String, Refusal>;

pub(crate) struct Call {
    /// Over known values only: an unknown argument makes the call unknown, except where the function [`chooses`].
    pub row: Meaning,
    /// Over lowered arguments; null where one is unknown.
    pub sql: Sql,
    /// Chinese and English with `{0}`, `{1}`, `{n}` (the number of arguments) and `{all}`.
    pub sentence: [&'static str; 2],
}

/// All functions: those of rules, then those over bare values alone.
pub fn all() -> impl Iterator<Item = &'static Function> {
    [rules::TABLE, standard::TABLE, time::TABLE, text::TABLE, math::TABLE, optional::TABLE].into_iter().flatten()
}

/// The function of that name and style.
pub fn find(name: &str, method: bool) -> Option<&'static Function> {
    all().find(|f| f.name == name && f.method == method)
}

/// The meaning of a call node.
pub(crate) fn meaning(name: &str) -> Option<&'static Call> {
    rules::TABLE.iter().filter(|f| f.name == name).find_map(|f| f.call.as_ref())
}

const fn form(
    name: &'static str,
    arity: (usize, usize),
    signature: &'static str,
    about: [&'static str; 2],
    example: [&'static str; 2],
    typing: fn(&mut Checker<'_>, &Site<'_>) -> Option<Node>,
) -> Function {
    Function { name, method: false, arity, signature, about, example, typing, call: None, dynamic: None, in_rules: true }
}

const fn method_free(
    name: &'static str,
    arity: (usize, usize),
    signature: &'static str,
    about: [&'static str; 2],
    example: [&'static str; 2],
    typing: fn(&mut Checker<'_>, &Site<'_>) -> Option<Node>,
    call: Call,
) -> Function {
    Function { name, method: false, arity, signature, about, example, typing, call: Some(call), dynamic: None, in_rules: true }
}

/// A function of CEL that rules may not use.
const fn free(
    name: &'static str,
    arity: (usize, usize),
    signature: &'static str,
    about: [&'static str; 2],
    example: [&'static str; 2],
    meaning: Meaning,
) -> Function {
    let method = false;
    let (call, dynamic, in_rules) = (None, Some(meaning), false);
    Function { name, method, arity, signature, about, example, typing: calls::not_carried, call, dynamic, in_rules }
}

/// As [`free`], written after its first argument.
const fn method(
    name: &'static str,
    arity: (usize, usize),
    signature: &'static str,
    about: [&'static str; 2],
    example: [&'static str; 2],
    meaning: Meaning,
) -> Function {
    Function { method: true, ..free(name, arity, signature, about, example, meaning) }
}

/// Functions that choose among their arguments: one that is not chosen may be unknown.
pub(crate) fn chooses(name: &str) -> bool {
    matches!(name, "bands" | "tiers" | "first_reach")
}

const MANY: usize = 64;
