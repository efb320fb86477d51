//! The SQL back end: one expression as SQL whose null is unknown.
//!
//! Start at [`lower`]. What it writes equals [`crate::row::eval_node`] on every row: true, false and null for yes, no and
//! unknown; a number that does not fit 64 bits is null. Comparisons, text and sets are in `sets`, numbers in
//! `numbers`, dates in `calendar`, child records in `children`, functions in `calls`, constants in `literal`.
//! Invariants: every piece of text stands by itself (a column, a literal, a call or brackets), so that pieces join
//! without thought of precedence; a part free of facts becomes the literal of the row back end's value; a long piece
//! is written once ([`Lowering::once`]), so that the text grows with the expression and not with its powers.
//!
//! Storage forms: numbers `BIGINT`, dates days since 1970-01-01, yes and no `BOOLEAN` (0 and 1 in SQLite), texts and
//! codes `TEXT` compared by bytes, sets `|a|b|` (`|` is the empty set), references as the tables write them.
mod calendar;
pub(crate) mod calls;
mod children;
mod literal;
mod numbers;
mod sets;
pub(crate) mod steps;

use crate::functions;
use crate::row::{self, Context, Row};
use crate::schema::{ChildIx, FieldIx, Type};
use crate::typed::{Kind, Node, Source, Span};
use crate::value::{Reason, Value};
use liangu_base::text::Text;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// Where the facts of a record are found.
pub trait Tables {
    /// The value of a field as SQL that stands by itself: `r."revenue"`, or a scalar subquery. `year` counts from
    /// the judged year.
    fn column(&self, field: FieldIx, year: i32) -> String;

    /// The child records of one type; `None` where they cannot be reached from a statement.
    fn child(&self, child: ChildIx) -> Option<ChildTable>;

    /// The literal of a reference from its outside text, as `x'…'`; `None` for a text that is no reference.
    fn constant_ref(&self, text: &str) -> Option<String>;
}

/// A table of child records. `{c}` in `on` and `columns` stands for the alias, which the lowering chooses.
#[derive(Clone, Debug)]
pub struct ChildTable {
    /// The table without an alias: `"patent"`.
    pub from: String,
    /// Which rows belong to the record: `{c}.tenant = r.tenant AND {c}."firm" = r.id`.
    pub on: String,
    /// By position of the field in the child's schema: `{c}."granted"`.
    pub columns: Vec<String>,
    /// Whether the table has all children of every record. Where it may lack some, nothing can be said in SQL.
    pub complete: bool,
}

/// Why an expression cannot be said in SQL, and the part that cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub text: Text,
    pub span: Span,
}

/// The expression over one record, as SQL without placeholders.
pub fn lower(node: &Node, tables: &dyn Tables, dialect: Dialect, context: &Context) -> Result<String, Refusal> {
    Lowering { tables, dialect, context, bound: Vec::new(), names: 0 }.typed(node, &node.ty)
}

/// The work in hand.
pub struct Lowering<'a> {
    tables: &'a dyn Tables,
    dialect: Dialect,
    context: &'a Context,
    /// Child records bound by macros, outermost first; the position is the number of the alias.
    bound: Vec<ChildTable>,
    /// Names given out so far.
    names: usize,
}

/// A longer piece that is needed twice gets a name.
const SHORT: usize = 100;

impl Lowering<'_> {
    fn refuse<T>(&self, node: &Node, zh: &'static str, en: &'static str) -> Result<T, Refusal> {
        Err(Refusal { text: Text::fixed(zh, en), span: node.span })
    }

    fn expr(&mut self, node: &Node) -> Result<String, Refusal> {
        self.typed(node, &node.ty)
    }

    fn boolean(&mut self, node: &Node) -> Result<String, Refusal> {
        self.typed(node, &Type::Bool)
    }

    /// A null takes the type that its place expects, and so does a text where a reference is expected.
    fn typed(&mut self, node: &Node, expected: &Type) -> Result<String, Refusal> {
        let ty = if matches!(node.ty, Type::Null) { expected } else { &node.ty };
        if constant(node) {
            let ty = if matches!(expected, Type::Ref(_)) { expected } else { ty };
            return self.literal(&row::eval_node(node, &Nothing, self.context), ty, node);
        }
        if matches!(expected, Type::Ref(_)) != matches!(ty, Type::Ref(_)) {
            return self.refuse(
                node,
                "引用只能与同类引用或编号比较，请改写此条件。",
                "A reference compares with references of its kind and with ids only; write the condition in another way.",
            );
        }
        match &node.kind {
            Kind::Const(_) | Kind::Today | Kind::JudgedYear => self.literal(&row::eval_node(node, &Nothing, self.context), ty, node),
            Kind::Fact(source) => self.fact(source, node),
            Kind::Not(a) => Ok(format!("(NOT {})", self.boolean(a)?)),
            Kind::And(parts) => self.joined(parts, " AND "),
            Kind::Or(parts) => self.joined(parts, " OR "),
            Kind::AtLeast(n, parts) => self.at_least(*n, parts),
            Kind::Compare(how, a, b) => self.compare(*how, a, b),
            Kind::OneOf(a, list) => self.one_of(a, list),
            Kind::Within(a, list) => self.within(a, list),
            Kind::WithinOf(a, b) => self.within_of(a, b),
            Kind::HasAny(a, list) => self.has(a, list, false),
            Kind::HasAll(a, list) => self.has(a, list, true),
            Kind::Size(a) => self.size(a),
            Kind::IsKnown(a) => Ok(format!("({} IS NOT NULL)", self.expr(a)?)),
            Kind::Arith(op, a, b) => self.arith(*op, a, b, node),
            Kind::Neg(a) => self.neg(a, node),
            Kind::If(condition, a, b) => self.conditional(condition, a, b, ty),
            Kind::Call(name, arguments) => self.call(name, arguments, node),
            Kind::Aggregate { child, filter, what } => self.aggregate(*child, filter.as_deref(), what, node),
            Kind::Named { node, .. } => self.typed(node, expected),
        }
    }

    fn fact(&self, source: &Source, node: &Node) -> Result<String, Refusal> {
        match source {
            Source::Record { field, year } => Ok(self.tables.column(*field, *year)),
            Source::Child { field, depth, .. } => {
                let level = self.bound.len().checked_sub(1 + *depth as usize);
                let column = level.and_then(|l| self.bound[l].columns.get(field.0 as usize).map(|c| c.replace("{c}", &format!("c{l}"))));
                Ok(column.unwrap_or_else(|| self.null(&node.ty).to_owned()))
            }
            Source::Param { .. } => self.literal(&row::eval_node(node, &Nothing, self.context), &node.ty, node),
        }
    }

    fn joined(&mut self, parts: &[Node], word: &str) -> Result<String, Refusal> {
        let parts: Vec<String> = parts.iter().map(|p| self.boolean(p)).collect::<Result<_, _>>()?;
        Ok(match (parts.is_empty(), word) {
            (true, " AND ") => "TRUE".to_owned(),
            (true, _) => "FALSE".to_owned(),
            _ => format!("({})", parts.join(word)),
        })
    }

    /// Every part counts once: a yes 1, an unknown as much as all the parts could not.
    fn at_least(&mut self, n: u32, parts: &[Node]) -> Result<String, Refusal> {
        let unknown = parts.len() + 1;
        let mut counts = Vec::with_capacity(parts.len() + 1);
        for part in parts {
            counts.push(format!("CASE {} WHEN TRUE THEN 1 WHEN FALSE THEN 0 ELSE {unknown} END", self.boolean(part)?));
        }
        counts.push("0".to_owned());
        let sum = format!("({})", counts.join(" + "));
        let answer = |s: &[String]| {
            let s = &s[0];
            format!("(CASE WHEN {s} % {unknown} >= {n} THEN TRUE WHEN {s} % {unknown} + {s} / {unknown} >= {n} THEN NULL ELSE FALSE END)")
        };
        Ok(self.once(&[sum], answer))
    }

    fn conditional(&mut self, condition: &Node, a: &Node, b: &Node, ty: &Type) -> Result<String, Refusal> {
        if let (Kind::Const(x), Kind::Const(y)) = (&a.kind, &b.kind)
            && x == y
        {
            return self.typed(a, ty);
        }
        let (condition, a, b) = (self.boolean(condition)?, self.typed(a, ty)?, self.typed(b, ty)?);
        Ok(format!("(CASE {condition} WHEN TRUE THEN {a} WHEN FALSE THEN {b} END)"))
    }

    fn call(&mut self, name: &str, arguments: &[Node], node: &Node) -> Result<String, Refusal> {
        let Some(call) = functions::meaning(name) else {
            return self.refuse(node, "此函数不能用于查询。", "This function cannot be used in a query.");
        };
        let lowered = arguments.iter().map(|a| self.expr(a)).collect::<Result<_, _>>()?;
        (call.sql)(self, arguments, lowered)
    }

    /// Writes `body` over the values; long ones are computed in a subquery and known to `body` by name.
    fn once(&mut self, values: &[String], body: impl FnOnce(&[String]) -> String) -> String {
        self.once_with(values, |_, v| body(v))
    }

    fn once_with(&mut self, values: &[String], body: impl FnOnce(&mut Self, &[String]) -> String) -> String {
        if values.iter().all(|v| v.len() <= SHORT) {
            return body(self, values);
        }
        let names: Vec<String> = values.iter().map(|_| self.name()).collect();
        let list: Vec<String> = values.iter().zip(&names).map(|(v, n)| format!("{v} AS {n}")).collect();
        let table = self.name();
        format!("(SELECT {} FROM (SELECT {}{}) AS {table})", body(self, &names), list.join(", "), self.fence())
    }

    /// Ends a subquery that is not to be merged into the query around it: PostgreSQL's planner would write its long
    /// pieces as often as they are used. SQLite does not merge a subquery without tables.
    fn fence(&self) -> &'static str {
        match self.dialect {
            Dialect::Sqlite => "",
            Dialect::Postgres => " OFFSET 0",
        }
    }

    /// A name that no table of the model and no other piece has.
    fn name(&mut self) -> String {
        self.names += 1;
        format!("v_{}", self.names)
    }

    fn cast(&self, value: &str) -> String {
        match self.dialect {
            Dialect::Sqlite => value.to_owned(),
            Dialect::Postgres => format!("({value})::bigint"),
        }
    }
}

/// The record of a part that reads none.
struct Nothing;

impl Row for Nothing {
    fn fact(&self, _: FieldIx, _: i32) -> Value {
        Value::Unknown(Reason::Missing { field: String::new(), year: 0 })
    }

    fn children(&self, _: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        None
    }
}

/// Whether the value is the same for all records.
fn constant(node: &Node) -> bool {
    match &node.kind {
        Kind::Const(_) | Kind::Today | Kind::JudgedYear | Kind::Fact(Source::Param { .. }) => true,
        Kind::Fact(_) | Kind::Aggregate { .. } => false,
        Kind::Not(a)
        | Kind::OneOf(a, _)
        | Kind::Within(a, _)
        | Kind::HasAny(a, _)
        | Kind::HasAll(a, _)
        | Kind::Size(a)
        | Kind::IsKnown(a)
        | Kind::Neg(a)
        | Kind::Named { node: a, .. } => constant(a),
        Kind::Compare(_, a, b) | Kind::WithinOf(a, b) | Kind::Arith(_, a, b) => constant(a) && constant(b),
        Kind::And(parts) | Kind::Or(parts) | Kind::AtLeast(_, parts) | Kind::Call(_, parts) => parts.iter().all(constant),
        Kind::If(c, a, b) => constant(c) && constant(a) && constant(b),
    }
}
