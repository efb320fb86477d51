//! CEL over bare values: a tree and values by name → a value, or why there is none.
//!
//! Start at [`eval`]. Rules are typed against the model before they are computed ([`crate::check`], [`crate::row`]);
//! here nothing is typed beforehand, and a part that cannot be computed is an error, which CEL treats as rules treat
//! what is not on file: `false && error` is false, `true || error` is true, whatever the order; all else with an error
//! in it is that error. Functions are those of [`crate::functions`]; what only a record has (`revenue.at(-1)`) is an error.
pub(crate) mod convert;
pub(crate) mod field;
pub(crate) mod format;
mod macros;
pub(crate) mod math;
pub(crate) mod moments;
mod names;
pub(crate) mod operators;
pub(crate) mod optional;
pub(crate) mod strings;
pub(crate) mod texts;

use crate::finding::Finding;
use crate::functions;
use crate::row::Context;
use crate::syntax::{self, CallTree, Shape, Tree};
use crate::value::{Map, Reason, Value};
use cel::common::ast::operators as op;
pub use names::Names;
use std::cell::Cell;
use std::sync::Arc;

/// Parts that may be computed and elements that may be made, in one evaluation: about two seconds of work.
pub const STEPS: u64 = 5_000_000;

/// The value of a tree.
pub fn eval(tree: &Tree, names: &Names, context: &Context) -> Result<Value, Reason> {
    Evaluation { names, context, left: Cell::new(STEPS) }.value(tree, None)
}

/// Why a text has no value.
#[derive(Clone, Debug)]
pub enum Fault {
    Syntax(Finding),
    Failed(Reason),
}

/// The value of a text.
pub fn eval_text(source: &str, names: &Names, context: &Context) -> Result<Value, Fault> {
    let tree = syntax::parse(source).map_err(Fault::Syntax)?;
    eval(&tree, names, context).map_err(Fault::Failed)
}

/// A value as CEL writes it, or its type where it has no text.
pub fn text(value: &Value) -> String {
    convert::text(value).unwrap_or_else(|| value.type_name().to_string())
}

type Outcome = Result<Value, Reason>;

pub(crate) fn error(what: impl Into<String>) -> Reason {
    Reason::Failed(what.into())
}

/// That a function or operator does not work on values of these types.
pub(crate) fn no_overload(name: &str, arguments: &[&Value]) -> Reason {
    let types: Vec<&str> = arguments.iter().map(|a| a.type_name()).collect();
    error(format!("no such overload: {name}({})", types.join(", ")))
}

/// A variable bound by a macro, and those around it.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    parent: Option<&'a Scope<'a>>,
    name: &'a str,
    value: &'a Value,
}

pub(crate) struct Evaluation<'a> {
    names: &'a Names,
    context: &'a Context,
    /// What is left of [`STEPS`].
    left: Cell<u64>,
}

impl Evaluation<'_> {
    fn value(&self, tree: &Tree, scope: Option<&Scope<'_>>) -> Outcome {
        let value = self.computed(tree, scope)?;
        let cost = match &value {
            Value::List(items) => items.len(),
            Value::Text(text) => text.len() / 64,
            Value::Bytes(bytes) => bytes.len() / 64,
            _ => 0,
        };
        let left = self.left.get().checked_sub(1 + cost as u64).ok_or_else(|| error("too much to compute"))?;
        self.left.set(left);
        Ok(value)
    }

    fn computed(&self, tree: &Tree, scope: Option<&Scope<'_>>) -> Outcome {
        let value = |t: &Tree| self.value(t, scope);
        Ok(match &tree.shape {
            Shape::Null => Value::Null,
            Shape::Bool(b) => Value::Bool(*b),
            Shape::Int(n) => Value::Int(*n),
            Shape::Uint(n) => Value::Uint(*n),
            Shape::Double(x) => Value::Double(*x),
            Shape::Text(t) => Value::Text(t.clone()),
            Shape::Bytes(b) => Value::Bytes(b.clone()),
            Shape::Name(_) => self.named(tree, scope)?,
            Shape::Select(operand, field, _) => match self.qualified(tree, scope) {
                Some(value) => value?,
                None => operators::field(value(operand)?, field)?,
            },
            Shape::Call(call) => self.call(call, scope)?,
            Shape::List(items) => self.list(items, scope)?,
            Shape::Map(entries) => self.map(entries, scope)?,
            Shape::Optional(_) => return Err(error("an optional value can stand only in a list or a map")),
            Shape::Not(inner) => match value(inner)? {
                Value::Bool(b) => Value::Bool(!b),
                other => return Err(no_overload("!", &[&other])),
            },
            Shape::Negate(inner) => operators::negate(value(inner)?)?,
            Shape::And(parts) => junction(parts.iter().map(value), false)?,
            Shape::Or(parts) => junction(parts.iter().map(value), true)?,
            Shape::If(parts) => match value(&parts[0])? {
                Value::Bool(b) => value(&parts[if b { 1 } else { 2 }])?,
                other => return Err(no_overload("?:", &[&other])),
            },
            Shape::Binary(operator, sides) => {
                let (left, right) = (value(&sides[0])?, value(&sides[1])?);
                operators::binary(operator, left, right)?
            }
        })
    }

    fn list(&self, items: &[Tree], scope: Option<&Scope<'_>>) -> Outcome {
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            match &item.shape {
                Shape::Optional(inner) => list.extend(self.optional(inner, scope)?),
                _ => list.push(self.value(item, scope)?),
            }
        }
        Ok(Value::List(list))
    }

    fn map(&self, entries: &[(Tree, Tree)], scope: Option<&Scope<'_>>) -> Outcome {
        let mut map = Map::new();
        for (key, value) in entries {
            let key = operators::key(self.value(key, scope)?)?;
            let value = match &value.shape {
                Shape::Optional(inner) => self.optional(inner, scope)?,
                _ => Some(self.value(value, scope)?),
            };
            if let Some(value) = value {
                operators::insert(&mut map, key, value)?;
            }
        }
        Ok(Value::Map(Arc::new(map)))
    }

    /// What stands after a `?`, if it is there.
    fn optional(&self, tree: &Tree, scope: Option<&Scope<'_>>) -> Result<Option<Value>, Reason> {
        match self.value(tree, scope)? {
            Value::Optional(value) => Ok(value.map(|v| *v)),
            other => Err(no_overload("?", &[&other])),
        }
    }

    fn call(&self, call: &CallTree, scope: Option<&Scope<'_>>) -> Outcome {
        if let Some(outcome) = self.macro_call(call, scope) {
            return outcome;
        }
        let (name, target) = self.function(call, scope);
        let Some(function) = functions::find(&name, target.is_some()) else {
            return Err(error(format!("unbound function: {name}")));
        };
        let arguments: Vec<Value> =
            target.into_iter().chain(&call.arguments).map(|a| self.value(a, scope)).collect::<Result<_, Reason>>()?;
        if !(function.arity.0..=function.arity.1).contains(&arguments.len()) {
            return Err(no_overload(&name, &arguments.iter().collect::<Vec<_>>()));
        }
        let Some(meaning) = function.dynamic else {
            return Err(error(format!("{name} needs the record that a rule speaks about")));
        };
        match meaning(&arguments, self.context) {
            Value::Unknown(Reason::Failed(what)) if what == NO_OVERLOAD => Err(no_overload(&name, &arguments.iter().collect::<Vec<_>>())),
            Value::Unknown(reason) => Err(reason),
            value => Ok(value),
        }
    }

    /// The name under which a function is found, and the target if it is a method: `math.greatest(…)` is none.
    fn function<'t>(&self, call: &'t CallTree, scope: Option<&Scope<'_>>) -> (String, Option<&'t Tree>) {
        let Some(target) = &call.target else { return (call.name.trim_start_matches('.').to_string(), None) };
        if let Some(path) = names::path(target)
            && scope.is_none_or(|s| s.find(path[0]).is_none())
        {
            let name = format!("{}.{}", path.join(".").trim_start_matches('.'), call.name);
            if functions::find(&name, false).is_some() {
                return (name, None);
            }
        }
        (call.name.clone(), Some(target))
    }
}

/// What a function answers for values that it has no meaning for.
pub(crate) const NO_OVERLOAD: &str = "no such overload";

pub(crate) fn unmet() -> Value {
    Value::Unknown(error(NO_OVERLOAD))
}

/// `&&` where `decides` is false, `||` where it is true: one part that decides is enough, whatever fails beside it.
pub(crate) fn junction(parts: impl IntoIterator<Item = Outcome>, decides: bool) -> Outcome {
    let mut failed = None;
    for part in parts {
        match part {
            Ok(Value::Bool(b)) if b == decides => return Ok(Value::Bool(b)),
            Ok(Value::Bool(_)) => {}
            Ok(other) => failed = failed.or_else(|| Some(no_overload(if decides { "||" } else { "&&" }, &[&other]))),
            Err(reason) => failed = failed.or(Some(reason)),
        }
    }
    failed.map_or(Ok(Value::Bool(!decides)), Err)
}

/// Whether an operator takes an optional value apart.
pub(crate) fn takes_optional(operator: &str) -> bool {
    matches!(operator, op::OPT_INDEX | op::OPT_SELECT)
}
