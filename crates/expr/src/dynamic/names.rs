//! What names stand for: variables of macros, values given by name, types, and the day of evaluation.
use super::{Evaluation, Outcome, Scope, error, operators};
use crate::syntax::{Shape, Tree};
use crate::value::{Reason, Value};
use indexmap::IndexMap;

/// Values by name; a name may have dots (`a.b`).
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub values: IndexMap<String, Value>,
    /// Names are looked for below it first: in `a.b`, the name `c` is `a.b.c`, else `a.c`, else `c`.
    pub container: String,
}

const TYPES: [&str; 14] = [
    "bool",
    "bytes",
    "date",
    "double",
    "google.protobuf.Duration",
    "google.protobuf.Timestamp",
    "int",
    "list",
    "map",
    "null_type",
    "optional_type",
    "string",
    "type",
    "uint",
];

impl<'a> Scope<'a> {
    pub(super) fn find(&self, name: &str) -> Option<&'a Value> {
        if self.name == name { Some(self.value) } else { self.parent?.find(name) }
    }
}

/// The parts of `a.b.c`; `None` for what is no name.
pub(super) fn path(tree: &Tree) -> Option<Vec<&str>> {
    match &tree.shape {
        Shape::Name(name) => Some(vec![name]),
        Shape::Select(operand, field, _) => {
            let mut parts = path(operand)?;
            parts.push(field);
            Some(parts)
        }
        _ => None,
    }
}

impl Evaluation<'_> {
    pub(super) fn named(&self, tree: &Tree, scope: Option<&Scope<'_>>) -> Outcome {
        let Shape::Name(name) = &tree.shape else { return Err(error("not a name")) };
        match scope.and_then(|s| s.find(name)) {
            Some(value) => Ok(value.clone()),
            None => self.global(name).ok_or_else(|| undeclared(name)),
        }
    }

    /// The value of `a.b.c` where the longest part that is a name is taken as one; `None` where `a` is no such name, or
    /// is bound by a macro.
    pub(super) fn qualified(&self, tree: &Tree, scope: Option<&Scope<'_>>) -> Option<Outcome> {
        let path = path(tree)?;
        if scope.is_some_and(|s| s.find(path[0]).is_some()) {
            return None;
        }
        for taken in (1..=path.len()).rev() {
            if let Some(value) = self.global(&path[..taken].join(".")) {
                return Some(path[taken..].iter().try_fold(value, |value, field| operators::field(value, field)));
            }
        }
        Some(Err(undeclared(path[0])))
    }

    fn global(&self, name: &str) -> Option<Value> {
        if let Some(rooted) = name.strip_prefix('.') {
            return self.rooted(rooted);
        }
        let mut container = self.names.container.as_str();
        while !container.is_empty() {
            if let Some(value) = self.rooted(&format!("{container}.{name}")) {
                return Some(value);
            }
            container = container.rsplit_once('.').map_or("", |(outer, _)| outer);
        }
        self.rooted(name)
    }

    fn rooted(&self, name: &str) -> Option<Value> {
        if let Some(value) = self.names.values.get(name) {
            return Some(value.clone());
        }
        match name {
            "today" => Some(Value::Date(self.context.today)),
            "year" => Some(Value::Int(self.context.judged_year.into())),
            _ => TYPES.iter().find(|t| **t == name).map(|t| Value::Type(t)),
        }
    }
}

fn undeclared(name: &str) -> Reason {
    error(format!("undeclared reference to '{name}'"))
}
