//! The checked model: the form in which the rest of the program sees packs.
use crate::bounds::Bounds;
use indexmap::IndexMap;
use liangu_base::text::Text;
use liangu_expr::schema::{CodeList, Schema, Unit};
use std::sync::Arc;

/// Everything the packs of an installation say. Immutable once checked.
#[derive(Debug)]
pub struct Model {
    pub packs: Vec<PackInfo>,
    pub lists: IndexMap<String, Arc<CodeList>>,
    pub sources: IndexMap<String, FactSource>,
    pub roles: IndexMap<String, Role>,
    /// In the order in which tables must be made: a record after the records it refers to, children after parents.
    pub records: IndexMap<String, Record>,
    pub indicators: IndexMap<String, Indicator>,
    /// Groups of words that search takes for one another; no word is in two groups. Not part of [`Model::hash`]: they
    /// widen what is asked, never what is stored.
    pub synonyms: Vec<Vec<String>>,
    /// The language's view of each record type.
    pub schemas: IndexMap<String, Arc<Schema>>,
    /// SHA-256 over the canonical form, in hex; stored in the database, a server with another model refuses to start.
    pub hash: String,
}

#[derive(Debug)]
pub struct PackInfo {
    pub name: String,
    pub label: Text,
    pub version: String,
    pub uses: Vec<String>,
}

/// Who supplies facts. Of two values for one field and period the source with the lower `rank` counts; among equals
/// the later `as_of`.
#[derive(Debug)]
pub struct FactSource {
    pub label: Text,
    pub rank: u32,
}

#[derive(Debug)]
pub struct Role {
    pub label: Text,
    /// What it sees, in a few words.
    pub about: Option<Text>,
    /// Places of the interface the role opens: `my-firm`, `work`, `map`, `cockpit`, `administration`.
    pub places: Vec<String>,
}

/// How the interface shows a record type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Archetype {
    /// A list of things that exist: firms, organisations, parks.
    Register,
    /// A piece of work with a clock.
    Case,
    /// Public offers to search: policies, loan products, parcels.
    Shelf,
}

#[derive(Debug)]
pub struct Record {
    pub name: String,
    pub pack: String,
    pub label: Text,
    pub archetype: Archetype,
    /// Prefix of its ids outside: `ent_…`. Unique over the model.
    pub prefix: String,
    /// Field shown as the record's name.
    pub title: String,
    /// Parent record type and the name under which the parent's expressions see these children.
    pub child_of: Option<ChildOf>,
    pub fields: IndexMap<String, Field>,
    pub groups: IndexMap<String, Text>,
    /// Columns of the list, filters, facets, sort field (`-` prefix: descending).
    pub columns: Vec<String>,
    pub filters: Vec<String>,
    pub facets: Vec<String>,
    pub sort: String,
    /// Text fields in the full-text index.
    pub search: Vec<String>,
    /// Who sees which rows: role (`public` = no account) → boolean expression over this record with `user.*`.
    /// A role without an entry sees nothing; roles add up.
    pub scope: IndexMap<String, String>,
    pub can_create: Vec<String>,
    /// Role → fields it may update (`*` = all that are not read-only), within its scope.
    pub can_update: IndexMap<String, Vec<String>>,
    /// What its rows may become, by whom and by when; such a record has the fields that [`FLOW_FIELDS`] names.
    pub flow: Option<Arc<liangu_flow::Definition>>,
}

/// Fields of a record with a flow, besides those its pack writes: `state` (code of `<record>_state`), who has the duty,
/// what was promised, moments, the next timer ([`FLOW_DUE`]) and the case itself as JSON (`flow`). All are written by
/// operations only.
pub const FLOW_FIELDS: &[&str] = &[
    "state",
    "holder_role",
    "holder",
    "holder_name",
    "promised",
    "promise_provisional",
    "opened_at",
    "closed_at",
    "entered_at",
    "reopened",
    "pressing",
    FLOW_DUE,
    "flow",
];

/// Fields by which inboxes and timers look cases up, so that they have an index: who holds them, and the earliest due
/// day of a running clock.
const FLOW_KEYS: [&str; 4] = ["holder", "holder_role", "pressing", FLOW_DUE];

/// The moment at which the next timer of a case is due: an instant, hidden, with an index.
pub const FLOW_DUE: &str = "flow_due";

impl Record {
    /// Whether lists or timers look rows up by the field, so that it has an index.
    pub fn is_looked_up(&self, field: &str) -> bool {
        self.filters.iter().any(|f| f == field) || (self.flow.is_some() && FLOW_KEYS.contains(&field))
    }
}

#[derive(Debug)]
pub struct ChildOf {
    pub record: String,
    /// `ref` field of this record that holds the parent.
    pub field: String,
    /// Name of the collection in the parent's expressions, as `patents`.
    pub name: String,
    /// Date field of the parent: what happened since that day is on file completely. Where it is given, that no child
    /// is found says that there is none only if the day is not after the parent's `established`.
    pub complete_since: Option<String>,
}

#[derive(Debug)]
pub struct Field {
    pub name: String,
    pub label: Text,
    pub help: Option<Text>,
    /// What a firm is asked when the fact is missing, with ready answers.
    pub question: Option<Question>,
    pub ty: FieldType,
    pub unit: Option<Unit>,
    pub required: bool,
    pub unique: bool,
    /// One value a year, in the `<record>_year` table.
    pub yearly: bool,
    /// Its values carry source and date in the fact table.
    pub fact: bool,
    /// What a firm is rather than what it does (region, industry): a rule that fails on nothing else is no near miss.
    pub lasting: bool,
    /// Written by operations only.
    pub read_only: bool,
    /// Roles that may read it; empty = everyone who sees the record.
    pub readers: Vec<String>,
    pub group: Option<String>,
    pub hidden: bool,
    /// Name it had before, for a rename that keeps its data.
    pub was: Option<String>,
    /// How stored values become values of a new type: an expression of the new type in which `old` is the stored
    /// value. Without it a changed type is refused by the plan.
    pub convert: Option<String>,
    /// Value of a new record that does not give one: a constant of the field's type; of a rule field, an expression
    /// over the ruled record.
    pub default: Option<String>,
    /// Who supplies it: a code of the list `department`.
    pub owner: Option<String>,
    /// Months after which a value on file counts as stale.
    pub fresh: Option<u32>,
    pub sensitivity: Sensitivity,
    /// What it means, with its law or statistical source where there is one.
    pub about: Option<Text>,
    pub bounds: Bounds,
}

/// Who a value is for. `Confidential` fields name their `readers`, `Public` ones have none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sensitivity {
    /// Anyone may know it.
    Public,
    /// For those who see the record.
    #[default]
    Internal,
    /// For the readers of the field.
    Confidential,
}

#[derive(Debug)]
pub struct Question {
    pub prompt: Text,
    pub choices: Vec<Choice>,
}

#[derive(Debug)]
pub struct Choice {
    pub label: Text,
    /// Written as a constant of the field's type.
    pub value: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum FieldType {
    Text {
        limit: u32,
    },
    /// A text in both languages, stored as two columns `name` (Chinese) and `name_en`.
    Bilingual {
        limit: u32,
    },
    Int,
    /// Fen.
    Money,
    /// Square metres.
    Area,
    /// Basis points.
    Percent,
    Bool,
    Date,
    Instant,
    Code {
        list: String,
    },
    Set {
        list: String,
    },
    Ref {
        record: String,
    },
    /// An expression over another record type; `live` rules are kept in the matching engine.
    Rule {
        of: String,
        live: bool,
    },
    CreditCode,
    /// A running number `PREFIX-2026-000123`, given by the write path.
    Number {
        prefix: String,
    },
}

/// A named number over records.
#[derive(Debug)]
pub struct Indicator {
    pub name: String,
    pub label: Text,
    pub definition: Text,
    pub owner: Option<String>,
    pub unit: Text,
    /// Counted record type and filter; `sum` names a field to add instead of counting.
    pub record: String,
    pub filter: Option<String>,
    pub sum: Option<String>,
    /// Whether the sum is divided by the number of rows; rows without a value are left out then.
    pub average: bool,
    /// Field by which it splits (region, level).
    pub split: Option<String>,
    pub public: bool,
    /// Ids of published figures it recomputes (F185).
    pub figures: Vec<String>,
    pub serves: Vec<String>,
}
