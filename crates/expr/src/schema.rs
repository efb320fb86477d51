//! What an expression may name: the facts of one record type, its child records and its code lists.
//!
//! Invariant: positions ([`FieldIx`], [`ChildIx`]) are stable for the life of a [`Schema`]; every back end addresses
//! facts by position, never by name.
use indexmap::IndexMap;
use liangu_base::text::Text;
use std::sync::Arc;

/// Position of a field in [`Schema::fields`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldIx(pub u32);

/// Position of a child record type in [`Schema::children`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChildIx(pub u32);

/// One record type as the language sees it.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Name of the record type, e.g. `enterprise`.
    pub record: String,
    pub label: Text,
    pub fields: IndexMap<String, FieldDecl>,
    /// Child records by the name used in expressions (`patents`). Children have no children of their own.
    pub children: IndexMap<String, Child>,
    /// Objects an expression may name beside the record, as `user.region`: name → its fields. Constant per evaluation.
    pub params: IndexMap<String, IndexMap<String, FieldDecl>>,
}

#[derive(Clone, Debug)]
pub struct Child {
    pub label: Text,
    pub schema: Arc<Schema>,
    /// A date of the parent: all records of what happened since that day are on file. Where it is declared and not
    /// known to lie before the parent's `established`, that a record is not found does not mean that there is none.
    pub complete_since: Option<FieldIx>,
}

#[derive(Clone, Debug)]
pub struct FieldDecl {
    pub label: Text,
    pub ty: Type,
    /// Reported once a year: a bare name means the judged year, `name.at(-1)` the year before it.
    pub yearly: bool,
}

/// The type of a fact or of an expression. Numbers are `i64` in the smallest unit named by [`Unit`].
#[derive(Clone, Debug)]
pub enum Type {
    Bool,
    Int(Unit),
    Double,
    Text,
    /// Days since 1970-01-01.
    Date,
    /// A length of time in days, of `date - date`.
    Days,
    Code(Arc<CodeList>),
    /// A set of codes of one list. The empty set is known; null is unknown.
    Set(Arc<CodeList>),
    /// Reference to a record, compared by identity only.
    Ref(String),
    /// A list of child records, the operand of `filter`, `exists`, `all`, `size`, `sum`.
    Children(ChildIx),
    Null,
}

/// Unit of an integer. Only like units compare and add.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A bare number or count.
    One,
    /// Money: 1/100 yuan.
    Fen,
    /// Ratio: 1/100 of a percent.
    BasisPoint,
    /// Area: square metres.
    SquareMetre,
    Person,
    /// Pieces: patents, certificates, projects.
    Piece,
    Year,
    Month,
    Day,
    /// Kilowatt hours.
    Kwh,
    /// Kilograms of coal equivalent.
    Kgce,
    /// Scores and points.
    Point,
}

/// A code list, flat or a tree (regions, industries). A code contains itself and its descendants.
#[derive(Debug)]
pub struct CodeList {
    pub name: String,
    pub label: Text,
    pub codes: IndexMap<String, CodeEntry>,
}

#[derive(Clone, Debug)]
pub struct CodeEntry {
    pub label: Text,
    pub parent: Option<String>,
}

impl CodeList {
    /// Whether `code` is `ancestor` or lies below it. False for codes the list does not have.
    pub fn contains(&self, ancestor: &str, code: &str) -> bool {
        let mut at = Some(code);
        while let Some(c) = at {
            if c == ancestor {
                return self.codes.contains_key(ancestor);
            }
            at = self.codes.get(c).and_then(|e| e.parent.as_deref());
        }
        false
    }
}
