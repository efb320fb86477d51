//! From entries in any order to nodes in pre-order, without recursion, so that depth is no limit.

use super::{CodeEntry, CodeNode, CodeTree, CodeTreeError};
use std::collections::HashMap;

pub(super) struct Builder {
    entries: Vec<CodeEntry>,
    children: Vec<Vec<usize>>,
    roots: Vec<usize>,
}

impl Builder {
    pub fn new(entries: Vec<CodeEntry>) -> Result<Builder, CodeTreeError> {
        let mut index = HashMap::with_capacity(entries.len());
        for (i, entry) in entries.iter().enumerate() {
            if entry.code.is_empty() || entry.code.contains(['/', '|']) || entry.code.chars().any(char::is_whitespace) {
                return Err(CodeTreeError::BadCode { code: entry.code.clone() });
            }
            if index.insert(entry.code.as_str(), i).is_some() {
                return Err(CodeTreeError::Duplicate { code: entry.code.clone() });
            }
        }
        let mut children = vec![Vec::new(); entries.len()];
        let mut roots = Vec::new();
        for (i, entry) in entries.iter().enumerate() {
            match &entry.parent {
                None => roots.push(i),
                Some(parent) => match index.get(parent.as_str()) {
                    Some(p) => children[*p].push(i),
                    None => {
                        return Err(CodeTreeError::UnknownParent { code: entry.code.clone(), parent: parent.clone() });
                    }
                },
            }
        }
        Ok(Builder { entries, children, roots })
    }

    pub fn finish(self) -> Result<CodeTree, CodeTreeError> {
        let mut tree = CodeTree { nodes: Vec::with_capacity(self.entries.len()), ..CodeTree::default() };
        // Pending work, last first: enter an entry under a placed parent, or close a placed node.
        enum Step {
            Enter(usize, Option<u32>),
            Close(usize),
        }
        let mut steps: Vec<Step> = self.roots.iter().rev().map(|r| Step::Enter(*r, None)).collect();
        while let Some(step) = steps.pop() {
            match step {
                Step::Enter(i, parent) => {
                    let position = tree.nodes.len();
                    tree.place(&self.entries[i], parent);
                    steps.push(Step::Close(position));
                    steps.extend(self.children[i].iter().rev().map(|c| Step::Enter(*c, Some(position as u32))));
                }
                Step::Close(position) => tree.nodes[position].end = tree.nodes.len() as u32,
            }
        }
        match self.entries.into_iter().find(|e| !tree.index.contains_key(&e.code)) {
            Some(left) => Err(CodeTreeError::Cycle { code: left.code }),
            None => Ok(tree),
        }
    }
}

impl CodeTree {
    fn place(&mut self, entry: &CodeEntry, parent: Option<u32>) {
        let (mut path, depth) = match parent {
            Some(p) => (self.nodes[p as usize].path.clone(), self.nodes[p as usize].depth + 1),
            None => ("/".to_owned(), 0),
        };
        path.push_str(&entry.code);
        path.push('/');
        self.index.insert(entry.code.clone(), self.nodes.len() as u32);
        let (code, label, kind) = (entry.code.clone(), entry.label.clone(), entry.kind.clone());
        self.nodes.push(CodeNode { code, label, kind, path, depth, parent, end: 0 });
    }
}
