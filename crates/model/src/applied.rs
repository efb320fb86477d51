//! The canonical form of what a model stores: what a database keeps of the model it was last brought to.
//!
//! Labels, questions, lists' labels and synonyms are not in it: changing them needs no migration. Tables, columns, keys, search
//! and who may see and write what are.
use crate::record::{Field, FieldType, Model, Record};
use crate::types::written;
use indexmap::IndexMap;
use liangu_base::text::Text;
use liangu_expr::schema::CodeList;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Sorted maps throughout, so that equal models give equal JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    pub records: BTreeMap<String, AppliedRecord>,
    /// List → its codes, sorted.
    pub lists: BTreeMap<String, Vec<String>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedRecord {
    pub prefix: String,
    /// Parent record type, of a child.
    pub parent: Option<String>,
    pub fields: BTreeMap<String, AppliedField>,
    /// Fields with an index for lists: filters and the sort field.
    pub indexed: Vec<String>,
    /// Fields of the full-text index.
    pub search: Vec<String>,
    /// Role → scope expression.
    pub scope: BTreeMap<String, String>,
    pub create: Vec<String>,
    pub update: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow: Option<AppliedFlow>,
    /// No longer in the packs; its table is kept.
    #[serde(default, skip_serializing_if = "is_false")]
    pub removed: bool,
}

/// What a flow does; its words are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedFlow {
    pub version: u32,
    /// In the order of the pack.
    pub states: Vec<String>,
    /// SHA-256 of everything but version and words, in hex.
    pub digest: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedField {
    /// As a pack writes it, `code(region)`.
    #[serde(rename = "type")]
    pub ty: String,
    /// Letters of a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub unique: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub yearly: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub fact: bool,
    /// Roles that may read it; empty = all who see the record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readers: Vec<String>,
    /// No longer in the packs; its column is kept.
    #[serde(default, skip_serializing_if = "is_false")]
    pub removed: bool,
}

fn is_false(b: &bool) -> bool {
    !b
}

impl Applied {
    pub fn of(model: &Model) -> Applied {
        Applied::of_parts(&model.records, &model.lists)
    }

    pub(crate) fn of_parts(records: &IndexMap<String, Record>, lists: &IndexMap<String, Arc<CodeList>>) -> Applied {
        let codes = |l: &CodeList| {
            let mut codes: Vec<String> = l.codes.keys().cloned().collect();
            codes.sort_unstable();
            codes
        };
        Applied {
            records: records.values().map(|r| (r.name.clone(), record(r))).collect(),
            lists: lists.values().map(|l| (l.name.clone(), codes(l))).collect(),
        }
    }

    /// One line of JSON with sorted keys.
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub fn parse(json: &str) -> Result<Applied, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// SHA-256 of the JSON, in hex; of [`Applied::of`] a model, that model's [`Model::hash`]. What a database keeps
    /// after a plan may hold hidden fields beside, so it stores the model's hash separately.
    pub fn hash(&self) -> String {
        hex(&self.json())
    }
}

fn hex(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

fn flow(d: &liangu_flow::Definition) -> AppliedFlow {
    let mut bare = d.clone();
    bare.version = 0;
    bare.states.values_mut().for_each(|s| s.label = Text::default());
    bare.clocks.values_mut().for_each(|c| c.label = Text::default());
    for command in bare.commands.values_mut() {
        command.label = Text::default();
        command.confirm = None;
    }
    let json = serde_json::to_string(&bare).unwrap_or_default();
    AppliedFlow { version: d.version, states: d.states.keys().cloned().collect(), digest: hex(&json) }
}

fn record(r: &Record) -> AppliedRecord {
    let sort = r.sort.trim_start_matches('-').to_owned();
    let mut indexed: Vec<String> = r.fields.keys().filter(|f| r.is_looked_up(f) || **f == sort).cloned().collect();
    indexed.sort_unstable();
    indexed.dedup();
    AppliedRecord {
        prefix: r.prefix.clone(),
        parent: r.child_of.as_ref().map(|c| c.record.clone()),
        fields: r.fields.values().map(|f| (f.name.clone(), field(f))).collect(),
        indexed,
        search: r.search.clone(),
        scope: r.scope.iter().map(|(role, e)| (role.clone(), e.clone())).collect(),
        create: r.can_create.clone(),
        flow: r.flow.as_deref().map(flow),
        update: r.can_update.iter().map(|(role, f)| (role.clone(), f.clone())).collect(),
        removed: false,
    }
}

pub(crate) fn field(f: &Field) -> AppliedField {
    let limit = match f.ty {
        FieldType::Text { limit } | FieldType::Bilingual { limit } => Some(limit),
        _ => None,
    };
    AppliedField {
        ty: written(&f.ty),
        limit,
        required: f.required,
        unique: f.unique,
        yearly: f.yearly,
        fact: f.fact,
        readers: f.readers.clone(),
        removed: false,
    }
}
