//! The typed form: the one representation that all three back ends lower from.
//!
//! The typer normalises: `f.exists(x, x in [..])` over a set → [`Kind::HasAny`]; `"a" in f` → [`Kind::HasAny`] of one;
//! `f == code`, `f in [..]` over a code → [`Kind::OneOf`]; `within(f, "43")` → [`Kind::OneOf`] of all descendants is
//! NOT done here (a region tree is large): it stays [`Kind::Within`]. And/Or are flattened and keep source order.
pub use crate::bind::{Binding, Bound};
use crate::schema::{ChildIx, FieldIx, Type, Unit};
use liangu_base::date::Date;
use liangu_base::text::Text;
use std::sync::Arc;

/// Byte range in the source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// A checked expression.
#[derive(Clone, Debug)]
pub struct Typed {
    pub source: Arc<str>,
    pub root: Node,
}

#[derive(Clone, Debug)]
pub struct Node {
    pub kind: Kind,
    pub ty: Type,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compare {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

impl Compare {
    /// The comparison with its sides exchanged.
    pub fn mirrored(self) -> Compare {
        match self {
            Compare::Lt => Compare::Gt,
            Compare::Le => Compare::Ge,
            Compare::Gt => Compare::Lt,
            Compare::Ge => Compare::Le,
            same => same,
        }
    }

    /// The comparison that holds where this one does not.
    pub fn negated(self) -> Compare {
        match self {
            Compare::Eq => Compare::Ne,
            Compare::Ne => Compare::Eq,
            Compare::Lt => Compare::Ge,
            Compare::Ge => Compare::Lt,
            Compare::Le => Compare::Gt,
            Compare::Gt => Compare::Le,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Arith {
    Add,
    Sub,
    Mul,
    /// Truncates towards zero as CEL does; division by zero is unknown.
    Div,
    Rem,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Const {
    Null,
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(Arc<str>),
    Date(Date),
}

/// Where a fact is read from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A field of the record; `year` counts from the judged year (0, -1, -2 …) and is 0 where the field is not yearly.
    Record { field: FieldIx, year: i32 },
    /// A field of the child record bound by the innermost macro whose variable is `depth` binders out (0 = innermost).
    Child { child: ChildIx, field: FieldIx, depth: u32 },
    /// A constant per evaluation, as `user.region`.
    Param { object: Arc<str>, field: Arc<str> },
}

#[derive(Clone, Debug)]
pub enum Kind {
    Const(Const),
    Fact(Source),
    /// The day of evaluation (`today`).
    Today,
    /// The judged year as a number (`year`).
    JudgedYear,
    Not(Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
    /// At least `n` of the parts hold.
    AtLeast(u32, Vec<Node>),
    Compare(Compare, Box<Node>, Box<Node>),
    /// A code (or text) is one of these constants.
    OneOf(Box<Node>, Vec<Arc<str>>),
    /// A code lies in or below one of these codes (region, industry).
    Within(Box<Node>, Vec<Arc<str>>),
    /// As `Within`, the ancestor being an expression (`within(region, user.region)`).
    WithinOf(Box<Node>, Box<Node>),
    /// A set has at least one of these codes.
    HasAny(Box<Node>, Vec<Arc<str>>),
    /// A set has all of these codes.
    HasAll(Box<Node>, Vec<Arc<str>>),
    /// Number of codes in a set.
    Size(Box<Node>),
    /// Whether a value is known; never unknown itself.
    IsKnown(Box<Node>),
    Arith(Arith, Box<Node>, Box<Node>),
    Neg(Box<Node>),
    /// condition, then, else; an unknown condition is unknown unless both sides are equal constants.
    If(Box<Node>, Box<Node>, Box<Node>),
    /// A function of the table in `functions`, by its name.
    Call(&'static str, Vec<Node>),
    /// Over the child records `child`: those for which `filter` holds (all if none) are counted, summed, tested.
    Aggregate {
        child: ChildIx,
        filter: Option<Box<Node>>,
        what: Aggregate,
    },
    /// What an author wrote in few words and what it means: back ends look at `node` alone, printing and sentences at
    /// `form`.
    Named {
        form: Box<Form>,
        node: Box<Node>,
    },
}

/// How the meaning of a [`Kind::Named`] was written.
#[derive(Clone, Debug)]
pub enum Form {
    /// `param("name")` or `listed("name", code)`; of `listed` the meaning is a condition.
    Reference { name: Arc<str>, label: Text, code: Option<Node> },
    /// `complete(children)`.
    Complete(ChildIx),
    /// An aggregate over a collection that may lack records: that it finds none is unknown unless the collection is
    /// complete. See [`crate::check::guarded`].
    Open(Node),
}

impl Node {
    /// The node as written where it is an aggregate over a collection that may lack records; else the node itself.
    pub fn written(&self) -> &Node {
        match &self.kind {
            Kind::Named { form, .. } => match &**form {
                Form::Open(aggregate) => aggregate,
                _ => self,
            },
            _ => self,
        }
    }

    /// What the node means, short forms taken away.
    pub fn meaning(&self) -> &Node {
        match &self.kind {
            Kind::Named { node, .. } => node.meaning(),
            _ => self,
        }
    }
}

/// What is computed over the child records that pass the filter.
#[derive(Clone, Debug)]
pub enum Aggregate {
    Count,
    /// Sum of an expression per child; unknown if any passing child's value is unknown.
    Sum(Box<Node>),
    /// The sum by the number, towards zero; unknown over none.
    Mean(Box<Node>),
    Min(Box<Node>),
    Max(Box<Node>),
    /// Kleene OR of the predicate over the children that pass the filter; false over none.
    Exists(Box<Node>),
    /// Kleene AND; true over none.
    All(Box<Node>),
}

impl Type {
    /// The unit of a number type.
    pub fn unit(&self) -> Option<Unit> {
        match self {
            Type::Int(u) => Some(*u),
            Type::Days => Some(Unit::Day),
            _ => None,
        }
    }
}
