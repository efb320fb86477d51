//! What the files say, before anything is checked against anything else. Every name keeps its place.
use crate::error::{At, Located};
use crate::record::Archetype;
use crate::yaml::Node;
use liangu_base::text::Text;

pub(crate) type Name = Located<String>;

/// All files together, in the order given.
#[derive(Default)]
pub(crate) struct Raw {
    pub packs: Vec<RawPack>,
    pub records: Vec<RawRecord>,
    pub extends: Vec<RawExtend>,
    pub lists: Vec<RawList>,
    pub sources: Vec<RawSource>,
    pub roles: Vec<RawRole>,
    pub indicators: Vec<RawIndicator>,
    pub synonyms: Vec<RawSynonyms>,
}

pub(crate) struct RawPack {
    pub name: Name,
    pub label: Text,
    pub version: String,
    pub uses: Vec<Name>,
}

pub(crate) struct RawRecord {
    pub pack: String,
    pub name: Name,
    pub label: Text,
    pub prefix: Option<Name>,
    pub archetype: Archetype,
    pub title: Option<Name>,
    pub child_of: Option<RawChildOf>,
    pub groups: Vec<(Name, Text)>,
    pub fields: Vec<RawField>,
    pub columns: Vec<Name>,
    pub filters: Vec<Name>,
    pub facets: Vec<Name>,
    pub sort: Option<Name>,
    pub search: Vec<Name>,
    /// Role → expression.
    pub scope: Vec<(Name, Name)>,
    pub create: Vec<Name>,
    pub update: Vec<(Name, Vec<Name>)>,
    pub serves: Vec<Name>,
    pub proof: Vec<Name>,
    pub flow: Option<RawFlow>,
}

/// A flow as read, with the tree it was read from: problems find their place in it.
pub(crate) struct RawFlow {
    pub at: At,
    pub node: Node,
    pub definition: liangu_flow::Definition,
    /// Read without a mistake: only then is the definition looked at as a whole.
    pub sound: bool,
    /// Roles that have a duty or may give a command, [`liangu_flow::definition::FIRM`] and `SYSTEM` left out.
    pub actors: Vec<Name>,
    /// Roles that are told.
    pub told: Vec<Name>,
}

pub(crate) struct RawChildOf {
    pub at: At,
    pub record: Name,
    pub field: Name,
    pub name: Name,
    pub complete_since: Option<Name>,
}

#[derive(Clone)]
pub(crate) struct RawField {
    pub name: Name,
    pub label: Text,
    pub help: Option<Text>,
    pub question: Option<RawQuestion>,
    pub ty: Name,
    pub limit: Option<Located<i64>>,
    pub unit: Option<Name>,
    pub required: bool,
    pub unique: bool,
    pub yearly: Option<At>,
    pub fact: Option<At>,
    pub lasting: bool,
    pub read_only: bool,
    pub readers: Vec<Name>,
    pub group: Option<Name>,
    pub hidden: bool,
    pub was: Option<Name>,
    pub convert: Option<Name>,
    pub default: Option<Name>,
    pub owner: Option<Name>,
    /// `12 months`.
    pub fresh: Option<Name>,
    pub sensitive: Option<Name>,
    pub about: Option<Text>,
    pub least: Option<Name>,
    pub most: Option<Name>,
    pub past: Option<At>,
    pub pattern: Option<Name>,
}

#[derive(Clone)]
pub(crate) struct RawQuestion {
    pub prompt: Text,
    pub choices: Vec<(Text, Name)>,
}

/// Additions to a record of another pack: nothing that is there may be replaced.
pub(crate) struct RawExtend {
    pub pack: String,
    pub record: Name,
    pub groups: Vec<(Name, Text)>,
    pub add: Vec<RawField>,
    pub relabel: Vec<(Name, Text)>,
    pub hide: Vec<Name>,
    pub columns: Vec<Name>,
    pub filters: Vec<Name>,
    pub facets: Vec<Name>,
}

pub(crate) struct RawList {
    pub pack: String,
    pub name: Name,
    /// Absent where codes are added to a list of another pack.
    pub label: Option<Text>,
    pub codes: Vec<RawCode>,
}

pub(crate) struct RawCode {
    pub code: Name,
    pub label: Text,
    pub parent: Option<Name>,
}

pub(crate) struct RawSource {
    pub name: Name,
    pub label: Text,
    pub rank: i64,
}

pub(crate) struct RawRole {
    pub name: Name,
    pub label: Text,
    pub about: Option<Text>,
    pub places: Vec<Name>,
}

pub(crate) struct RawIndicator {
    pub pack: String,
    pub name: Name,
    pub label: Text,
    pub definition: Text,
    pub owner: Option<String>,
    pub unit: Text,
    pub record: Name,
    pub filter: Option<Name>,
    pub sum: Option<Name>,
    pub average: Option<Name>,
    pub by: Option<Name>,
    pub public: bool,
    pub figures: Vec<Name>,
    pub serves: Vec<Name>,
    pub proof: Vec<Name>,
}

/// One group of words that mean the same.
pub(crate) struct RawSynonyms {
    pub at: At,
    pub words: Vec<Name>,
}
