//! The row back end: one record at a time, slow and obvious. It is the oracle that SQL and columns are held to.
//!
//! Start at [`eval`] and [`answer`]. A fact that is not on file, a failed computation and a collection nobody
//! reported are [`Value::Unknown`] with their reason; nothing else is.
pub(crate) mod calls;
pub(crate) mod steps;

use crate::functions;
use crate::kleene;
use crate::schema::{ChildIx, FieldIx, Type};
use crate::typed::{Aggregate, Arith, Compare, Const, Kind, Node, Source, Typed};
use crate::value::{Answer, Reason, Value};
use liangu_base::date::Date;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

/// The facts of one record. Codes and references are `Text`, sets are `List` of `Text`, dates are `Date`.
pub trait Row {
    /// `year` as in [`Source::Record`]: counted from the judged year, 0 where the field is not yearly. What is not on
    /// file is `Unknown` or `Null`.
    fn fact(&self, field: FieldIx, year: i32) -> Value;
    /// `None` if it is not known which records there are.
    fn children(&self, child: ChildIx) -> Option<Vec<Box<dyn Row + '_>>>;
}

/// What an expression sees beside the record.
#[derive(Clone, Debug)]
pub struct Context {
    pub today: Date,
    pub judged_year: i32,
    /// By object and field, as `("user", "region")`; what is absent is unknown.
    pub params: HashMap<(String, String), Value>,
}

impl Default for Context {
    fn default() -> Context {
        Context { today: Date::MIN, judged_year: 0, params: HashMap::new() }
    }
}

impl Context {
    pub fn new(today: Date, judged_year: i32) -> Context {
        Context { today, judged_year, params: HashMap::new() }
    }

    pub fn with_param(mut self, object: &str, field: &str, value: Value) -> Context {
        self.params.insert((object.to_string(), field.to_string()), value);
        self
    }
}

/// The value of a whole expression for a record.
pub fn eval(typed: &Typed, row: &dyn Row, context: &Context) -> Value {
    eval_node(&typed.root, row, context)
}

/// The value of a part that stands outside any macro over child records.
pub fn eval_node(node: &Node, row: &dyn Row, context: &Context) -> Value {
    Evaluation { row, context }.value(node, &Scope { parent: None, child: None })
}

/// The value of a part that stands within one macro, for the child record it binds.
pub fn eval_in_child(node: &Node, child: &dyn Row, row: &dyn Row, context: &Context) -> Value {
    let outside = Scope { parent: None, child: None };
    Evaluation { row, context }.value(node, &Scope { parent: Some(&outside), child: Some(child) })
}

/// Yes, no or unknown.
pub fn answer(typed: &Typed, row: &dyn Row, context: &Context) -> Answer {
    answer_node(&typed.root, row, context)
}

pub fn answer_node(node: &Node, row: &dyn Row, context: &Context) -> Answer {
    as_answer(&eval_node(node, row, context))
}

fn as_answer(value: &Value) -> Answer {
    match value {
        Value::Bool(true) => Answer::Yes,
        Value::Bool(false) => Answer::No,
        _ => Answer::Unknown,
    }
}

pub(crate) fn failed(what: &str) -> Value {
    Value::Unknown(Reason::Failed(what.to_string()))
}

/// The child records bound by macros, innermost first.
struct Scope<'a> {
    parent: Option<&'a Scope<'a>>,
    child: Option<&'a dyn Row>,
}

struct Evaluation<'a> {
    row: &'a dyn Row,
    context: &'a Context,
}

impl Evaluation<'_> {
    fn value(&self, node: &Node, scope: &Scope<'_>) -> Value {
        let value = |n: &Node| self.value(n, scope);
        match &node.kind {
            Kind::Const(c) => constant(c),
            Kind::Fact(source) => conform(self.fact(source, scope), &node.ty),
            Kind::Today => Value::Date(self.context.today),
            Kind::JudgedYear => Value::Int(self.context.judged_year.into()),
            Kind::Not(_) | Kind::And(_) | Kind::Or(_) | Kind::AtLeast(..) => self.logic(node, scope),
            Kind::Compare(compare, a, b) => both(value(a), value(b), |a, b| match order(&a, &b) {
                Some(o) => Value::Bool(holds(*compare, o)),
                None => failed("not comparable"),
            }),
            Kind::OneOf(of, codes) => text(value(of), |t| codes.iter().any(|c| **c == *t)),
            Kind::Within(of, ancestors) => self.within(&of.ty, value(of), ancestors),
            Kind::WithinOf(of, ancestor) => both(value(of), value(ancestor), |code, ancestor| match ancestor {
                Value::Text(a) => self.within(&of.ty, code, &[a]),
                _ => failed("not a code"),
            }),
            Kind::HasAny(of, codes) => set(value(of), |s| codes.iter().any(|c| has(s, c))),
            Kind::HasAll(of, codes) => set(value(of), |s| codes.iter().all(|c| has(s, c))),
            Kind::Size(of) => match value(of) {
                Value::List(l) => Value::Int(l.len() as i64),
                other => unknown(other),
            },
            Kind::IsKnown(of) => Value::Bool(!matches!(value(of), Value::Unknown(_))),
            Kind::Arith(arith, a, b) => both(value(a), value(b), |a, b| compute(*arith, a, b)),
            Kind::Neg(of) => match value(of) {
                Value::Int(n) => n.checked_neg().map_or_else(|| failed("overflow"), Value::Int),
                Value::Double(x) => Value::Double(-x),
                other => unknown(other),
            },
            Kind::If(condition, yes, no) => match value(condition) {
                Value::Bool(b) => value(if b { yes } else { no }),
                other => match (&yes.kind, &no.kind) {
                    (Kind::Const(a), Kind::Const(b)) if a == b => constant(a),
                    _ => unknown(other),
                },
            },
            Kind::Call(name, arguments) => {
                let arguments: Vec<Value> = arguments.iter().map(value).collect();
                let unknown = arguments.iter().find(|a| matches!(a, Value::Unknown(_))).filter(|_| !functions::chooses(name));
                match (unknown, functions::meaning(name)) {
                    (Some(unknown), _) => unknown.clone(),
                    (None, Some(call)) => (call.row)(&arguments, self.context),
                    (None, None) => failed("no such function"),
                }
            }
            Kind::Aggregate { child, filter, what } => self.aggregate(*child, filter.as_deref(), what, scope),
            Kind::Named { node, .. } => value(node),
        }
    }

    fn fact(&self, source: &Source, scope: &Scope<'_>) -> Value {
        match source {
            Source::Record { field, year } => missing(self.row.fact(*field, *year), || format!("#{}", field.0), *year),
            Source::Child { field, depth, .. } => {
                let mut at = Some(scope);
                for _ in 0..*depth {
                    at = at.and_then(|s| s.parent);
                }
                let value = at.and_then(|s| s.child).map_or(Value::Null, |row| row.fact(*field, 0));
                missing(value, || format!("#{}", field.0), 0)
            }
            Source::Param { object, field } => {
                let value = self.context.params.get(&(object.to_string(), field.to_string())).cloned().unwrap_or(Value::Null);
                missing(value, || format!("{object}.{field}"), 0)
            }
        }
    }

    fn logic(&self, node: &Node, scope: &Scope<'_>) -> Value {
        let values: Vec<Value> = match &node.kind {
            Kind::Not(inner) => vec![self.value(inner, scope)],
            Kind::And(parts) | Kind::Or(parts) | Kind::AtLeast(_, parts) => parts.iter().map(|p| self.value(p, scope)).collect(),
            _ => Vec::new(),
        };
        let answers = values.iter().map(as_answer);
        let answer = match &node.kind {
            Kind::Not(_) => kleene::not(kleene::all(answers)),
            Kind::And(_) => kleene::all(answers),
            Kind::Or(_) => kleene::any(answers),
            Kind::AtLeast(n, _) => kleene::at_least(*n, answers),
            _ => Answer::Unknown,
        };
        truth(answer, || values.iter().find(|v| matches!(v, Value::Unknown(_))).cloned())
    }

    fn within(&self, ty: &Type, code: Value, ancestors: &[Arc<str>]) -> Value {
        let Type::Code(list) = ty else { return failed("not a code") };
        text(code, |code| ancestors.iter().any(|a| list.contains(a, code)))
    }

    fn aggregate(&self, child: ChildIx, filter: Option<&Node>, what: &Aggregate, scope: &Scope<'_>) -> Value {
        let Some(rows) = self.row.children(child) else {
            return Value::Unknown(Reason::Missing { field: format!("children #{}", child.0), year: 0 });
        };
        let per_row = |node: &Node, row: &dyn Row| self.value(node, &Scope { parent: Some(scope), child: Some(row) });
        let passes = |row: &dyn Row| filter.map_or(Value::Bool(true), |f| per_row(f, row));
        if let Aggregate::Exists(predicate) | Aggregate::All(predicate) = what {
            let exists = matches!(what, Aggregate::Exists(_));
            let mut doubt = None;
            let answers: Vec<Answer> = rows
                .iter()
                .map(|row| {
                    let (pass, holds) = (passes(&**row), per_row(predicate, &**row));
                    let (p, h) = (as_answer(&pass), as_answer(&holds));
                    let answer = if exists { kleene::and(p, h) } else { kleene::or(kleene::not(p), h) };
                    if answer == Answer::Unknown && doubt.is_none() {
                        doubt = Some(if p == Answer::Unknown { pass } else { holds });
                    }
                    answer
                })
                .collect();
            return truth(if exists { kleene::any(answers) } else { kleene::all(answers) }, || doubt);
        }
        let mut values = Vec::new();
        for row in &rows {
            match passes(&**row) {
                Value::Bool(true) => values.push(match what {
                    Aggregate::Sum(v) | Aggregate::Mean(v) | Aggregate::Min(v) | Aggregate::Max(v) => match per_row(v, &**row) {
                        Value::Unknown(reason) => return Value::Unknown(reason),
                        value => value,
                    },
                    _ => Value::Null,
                }),
                Value::Bool(false) => {}
                other => return unknown(other),
            }
        }
        reduce(what, values)
    }
}

fn reduce(what: &Aggregate, values: Vec<Value>) -> Value {
    match what {
        Aggregate::Count => Value::Int(values.len() as i64),
        Aggregate::Sum(_) => total(&values).map_or_else(|| failed("overflow"), Value::Int),
        Aggregate::Mean(_) => match total(&values).and_then(|t| t.checked_div(values.len() as i64)) {
            Some(mean) => Value::Int(mean),
            None => failed("overflow, or nothing to take the mean of"),
        },
        Aggregate::Min(_) => {
            values.into_iter().min_by(|a, b| order(a, b).unwrap_or(Ordering::Equal)).unwrap_or_else(|| failed("nothing to choose from"))
        }
        Aggregate::Max(_) => {
            values.into_iter().max_by(|a, b| order(a, b).unwrap_or(Ordering::Equal)).unwrap_or_else(|| failed("nothing to choose from"))
        }
        Aggregate::Exists(_) | Aggregate::All(_) => failed("not a number"),
    }
}

fn total(values: &[Value]) -> Option<i64> {
    i64::try_from(values.iter().map(|v| if let Value::Int(n) = v { i128::from(*n) } else { 0 }).sum::<i128>()).ok()
}

fn constant(c: &Const) -> Value {
    match c {
        Const::Null => Value::Unknown(Reason::Missing { field: "null".to_string(), year: 0 }),
        Const::Bool(b) => Value::Bool(*b),
        Const::Int(n) => Value::Int(*n),
        Const::Double(x) => Value::Double(*x),
        Const::Text(t) => Value::Text(t.clone()),
        Const::Date(d) => Value::Date(*d),
    }
}

fn missing(value: Value, field: impl FnOnce() -> String, year: i32) -> Value {
    match value {
        Value::Null => Value::Unknown(Reason::Missing { field: field(), year }),
        value => value,
    }
}

/// A value of another shape than its type is not used.
fn conform(value: Value, ty: &Type) -> Value {
    match (&value, ty) {
        (Value::Int(n), Type::Double) => Value::Double(*n as f64),
        (Value::Double(x), Type::Double) if !x.is_finite() => failed("not a number"),
        (Value::Unknown(_), _)
        | (Value::Bool(_), Type::Bool)
        | (Value::Int(_), Type::Int(_) | Type::Days)
        | (Value::Double(_), Type::Double)
        | (Value::Text(_), Type::Text | Type::Code(_) | Type::Ref(_))
        | (Value::Date(_), Type::Date)
        | (Value::List(_), Type::Set(_)) => value,
        _ => failed("a value of another type"),
    }
}

fn unknown(value: Value) -> Value {
    match value {
        Value::Unknown(_) => value,
        _ => failed("a value of another type"),
    }
}

fn truth(answer: Answer, reason: impl FnOnce() -> Option<Value>) -> Value {
    match answer {
        Answer::Yes => Value::Bool(true),
        Answer::No => Value::Bool(false),
        Answer::Unknown => reason().unwrap_or_else(|| failed("not a condition")),
    }
}

fn both(a: Value, b: Value, f: impl FnOnce(Value, Value) -> Value) -> Value {
    match (a, b) {
        (u @ Value::Unknown(_), _) | (_, u @ Value::Unknown(_)) => u,
        (a, b) => f(a, b),
    }
}

fn text(value: Value, f: impl FnOnce(&str) -> bool) -> Value {
    match value {
        Value::Text(t) => Value::Bool(f(&t)),
        other => unknown(other),
    }
}

fn set(value: Value, f: impl FnOnce(&[Value]) -> bool) -> Value {
    match value {
        Value::List(l) => Value::Bool(f(&l)),
        other => unknown(other),
    }
}

fn has(set: &[Value], code: &str) -> bool {
    set.iter().any(|v| matches!(v, Value::Text(t) if **t == *code))
}

pub(crate) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::Double(a), Value::Double(b)) => a.partial_cmp(b),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

pub(crate) fn holds(compare: Compare, order: Ordering) -> bool {
    match compare {
        Compare::Eq => order.is_eq(),
        Compare::Ne => order.is_ne(),
        Compare::Lt => order.is_lt(),
        Compare::Le => order.is_le(),
        Compare::Gt => order.is_gt(),
        Compare::Ge => order.is_ge(),
    }
}

pub(crate) fn compute(arith: Arith, a: Value, b: Value) -> Value {
    let result = match (a, b) {
        (Value::Int(a), Value::Int(b)) => match arith {
            Arith::Add => a.checked_add(b),
            Arith::Sub => a.checked_sub(b),
            Arith::Mul => a.checked_mul(b),
            Arith::Div => a.checked_div(b),
            // the least number has no remainder by -1 in CEL; its quotient overflows
            Arith::Rem => a.checked_rem(b),
        }
        .map(Value::Int),
        (Value::Double(a), Value::Double(b)) => Some(match arith {
            Arith::Add => a + b,
            Arith::Sub => a - b,
            Arith::Mul => a * b,
            Arith::Div => a / b,
            Arith::Rem => f64::NAN,
        })
        .filter(|x| x.is_finite())
        .map(Value::Double),
        (Value::Date(a), Value::Date(b)) if arith == Arith::Sub => Some(Value::Int(i64::from(a.days()) - i64::from(b.days()))),
        (Value::Date(a), Value::Int(b)) => {
            let days = if arith == Arith::Sub { i64::from(a.days()).checked_sub(b) } else { i64::from(a.days()).checked_add(b) };
            days.and_then(|d| i32::try_from(d).ok()).and_then(Date::from_days).map(Value::Date)
        }
        _ => None,
    };
    result.unwrap_or_else(|| failed("overflow or division by zero"))
}
