//! A classification of codes as a tree: regions (GB/T 2260), industries (GB/T 4754), and what
//! packs add.
//!
//! Nodes are kept in pre-order, so that everything under a code is one contiguous range:
//! [`CodeTree::contains`] is two comparisons and [`CodeTree::span`] lets a column of positions be
//! tested with one range. Each node has a materialised path of codes from the root,
//! `/430000/431300/431382/`, for prefix search in a database. Abolished codes are aliases: they
//! resolve to their successor for grouping and are never rewritten where they are stored.

mod build;
mod error;

pub use error::{CodeTreeError, UnknownCode};

use crate::text::{Lang, Text};
use std::collections::HashMap;
use std::ops::Range;

/// One line of a classification as its source gives it; order among siblings is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeEntry {
    pub code: String,
    pub label: Text,
    /// `None` for a root.
    pub parent: Option<String>,
    /// What the node is in its own classification, such as `prefecture` or `division`.
    pub kind: String,
}

impl CodeEntry {
    pub fn new(code: impl Into<String>, label: Text, parent: Option<&str>, kind: impl Into<String>) -> CodeEntry {
        CodeEntry { code: code.into(), label, parent: parent.map(str::to_owned), kind: kind.into() }
    }
}

/// An abolished code: the name it had and the code that took its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeAlias {
    pub code: String,
    pub label: Text,
    pub successor: String,
    /// The year of the change, where known.
    pub year: Option<i32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeNode {
    pub code: String,
    pub label: Text,
    pub kind: String,
    /// `/` for nothing, then each code from the root to this one, closed by `/`.
    pub path: String,
    /// 0 for a root.
    pub depth: usize,
    parent: Option<u32>,
    /// One past the last node under this one.
    end: u32,
}

#[derive(Clone, Debug, Default)]
pub struct CodeTree {
    nodes: Vec<CodeNode>,
    index: HashMap<String, u32>,
    aliases: HashMap<String, CodeAlias>,
}

impl CodeTree {
    /// Parents may come after their children in `entries`.
    pub fn build(entries: Vec<CodeEntry>) -> Result<CodeTree, CodeTreeError> {
        build::Builder::new(entries)?.finish()
    }

    /// The tree with further entries hung in, and all aliases kept.
    pub fn extend(&self, more: Vec<CodeEntry>) -> Result<CodeTree, CodeTreeError> {
        let mut entries = self.entries();
        entries.extend(more);
        let mut tree = CodeTree::build(entries)?;
        tree.aliases = self.aliases.clone();
        Ok(tree)
    }

    /// Adds abolished codes. Each successor must be in the tree; no alias may be a living code.
    pub fn with_aliases(mut self, aliases: Vec<CodeAlias>) -> Result<CodeTree, CodeTreeError> {
        for alias in aliases {
            if !self.index.contains_key(&alias.successor) {
                return Err(CodeTreeError::UnknownSuccessor { code: alias.code, successor: alias.successor });
            }
            if self.index.contains_key(&alias.code) || self.aliases.contains_key(&alias.code) {
                return Err(CodeTreeError::Duplicate { code: alias.code });
            }
            self.aliases.insert(alias.code.clone(), alias);
        }
        Ok(self)
    }

    /// The lines that would build this tree again.
    pub fn entries(&self) -> Vec<CodeEntry> {
        let parent = |node: &CodeNode| node.parent.map(|p| self.nodes[p as usize].code.clone());
        self.nodes
            .iter()
            .map(|n| CodeEntry { code: n.code.clone(), label: n.label.clone(), parent: parent(n), kind: n.kind.clone() })
            .collect()
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// All nodes in pre-order: a parent before its children, siblings as the source has them.
    pub fn nodes(&self) -> &[CodeNode] {
        &self.nodes
    }

    /// The living node with exactly this code.
    pub fn get(&self, code: &str) -> Option<&CodeNode> {
        self.index.get(code).map(|i| &self.nodes[*i as usize])
    }

    /// As [`CodeTree::get`], an abolished code giving its successor.
    pub fn resolve(&self, code: &str) -> Option<&CodeNode> {
        self.position(code).map(|i| &self.nodes[i as usize])
    }

    /// As [`CodeTree::resolve`], with an error for the person who typed the code.
    pub fn require(&self, code: &str) -> Result<&CodeNode, UnknownCode> {
        self.resolve(code).ok_or_else(|| UnknownCode { code: code.to_owned() })
    }

    /// The entry of an abolished code.
    pub fn alias(&self, code: &str) -> Option<&CodeAlias> {
        self.aliases.get(code)
    }

    /// Abolished codes in ascending order.
    pub fn aliases(&self) -> Vec<&CodeAlias> {
        let mut all: Vec<&CodeAlias> = self.aliases.values().collect();
        all.sort_by(|a, b| a.code.cmp(&b.code));
        all
    }

    /// Index in [`CodeTree::nodes`]; abolished codes resolve.
    pub fn position(&self, code: &str) -> Option<u32> {
        self.index.get(code).copied().or_else(|| self.aliases.get(code).and_then(|a| self.index.get(&a.successor).copied()))
    }

    /// The positions of a code and everything under it.
    pub fn span(&self, code: &str) -> Option<Range<u32>> {
        self.position(code).map(|start| start..self.nodes[start as usize].end)
    }

    /// Whether `code` is `ancestor` or lies under it. `false` when either is unknown: check codes
    /// with [`CodeTree::require`] where they are entered.
    pub fn contains(&self, ancestor: &str, code: &str) -> bool {
        match (self.span(ancestor), self.position(code)) {
            (Some(span), Some(position)) => span.contains(&position),
            _ => false,
        }
    }

    pub fn parent(&self, code: &str) -> Option<&CodeNode> {
        self.resolve(code)?.parent.map(|p| &self.nodes[p as usize])
    }

    /// From the root down to the parent; empty for roots and unknown codes.
    pub fn ancestors(&self, code: &str) -> Vec<&CodeNode> {
        let mut found = Vec::new();
        let mut next = self.resolve(code).and_then(|n| n.parent);
        while let Some(position) = next {
            let node = &self.nodes[position as usize];
            found.push(node);
            next = node.parent;
        }
        found.reverse();
        found
    }

    /// Direct children in the source's order; empty for leaves and unknown codes.
    pub fn children(&self, code: &str) -> Vec<&CodeNode> {
        self.span(code).map(|span| self.siblings(span.start + 1..span.end)).unwrap_or_default()
    }

    pub fn roots(&self) -> Vec<&CodeNode> {
        self.siblings(0..self.nodes.len() as u32)
    }

    /// Everything under the code, without the code itself.
    pub fn descendants(&self, code: &str) -> &[CodeNode] {
        self.span(code).map(|span| &self.nodes[span.start as usize + 1..span.end as usize]).unwrap_or_default()
    }

    /// 0 for a root; `None` for an unknown code.
    pub fn depth(&self, code: &str) -> Option<usize> {
        self.resolve(code).map(|n| n.depth)
    }

    /// The labels from below the root to the code, as `湖南省 / 娄底市 / 涟源市`.
    pub fn full_label(&self, code: &str, separator: &str) -> Option<Text> {
        let node = self.resolve(code)?;
        let mut chain = self.ancestors(code);
        chain.push(node);
        let join = |lang| chain.iter().map(|n| n.label.get(lang)).collect::<Vec<_>>().join(separator);
        Some(Text::new(join(Lang::Zh), join(Lang::En)))
    }

    fn siblings(&self, range: Range<u32>) -> Vec<&CodeNode> {
        let mut found = Vec::new();
        let mut next = range.start;
        while next < range.end {
            let node = &self.nodes[next as usize];
            found.push(node);
            next = node.end;
        }
        found
    }
}

#[cfg(test)]
mod tests;
