//! Answers and numbers of expressions over all rows, the recent ones kept: the next keystroke pays for what it changes.
//!
//! Start at [`Engine::truth`] and [`Engine::numbers`]. Kept by the canonical text of the expression ([`write_key`]).
//!
//! Invariant: what is kept is of the present table and context; whoever changes them forgets all of it.
use crate::bits::{Bits, Block};
use crate::derived::{self, write_key};
use crate::engine::Engine;
use crate::lower::Refused;
use crate::vector;
use liangu_expr::typed::{Kind, Node};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes of what is kept.
const MOST_BYTES: usize = 64 << 20;

/// Yes and known for all rows, removed ones included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answers {
    /// Subset of `known`.
    pub t: Bits,
    pub known: Bits,
}

/// A number for all rows.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub values: Vec<i64>,
    pub known: Bits,
}

#[derive(Debug, Default)]
pub(crate) struct Recent(Mutex<Shelf<Kept>>);

#[derive(Clone, Debug)]
enum Kept {
    Answers(Arc<Answers>),
    Numbers(Arc<Column>),
}

impl Answers {
    /// Yes or unknown; rows that are not there are unknown.
    pub fn possible(&self, block: usize) -> Block {
        self.t.blocks[block].with(&self.known.blocks[block], |t, known| t | !known)
    }

    fn joined(parts: &[Arc<Answers>], join: impl Fn(&[(Block, Block)]) -> (Block, Block)) -> Answers {
        let blocks = parts.first().map_or(0, |part| part.t.blocks.len());
        let of = |block: usize| {
            let pairs: Vec<_> = parts.iter().map(|part| (part.t.blocks[block], part.possible(block))).collect();
            let (t, possible) = join(&pairs);
            (t, t.with(&possible, |t, p| t | !p))
        };
        let (t, known) = (0..blocks).map(of).unzip();
        Answers { t: Bits { blocks: t }, known: Bits { blocks: known } }
    }
}

impl Column {
    pub fn get(&self, row: usize) -> Option<i64> {
        if self.known.get(row) { self.values.get(row).copied() } else { None }
    }
}

impl Recent {
    pub fn forget(&mut self) {
        *self.shelf() = Shelf::default();
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// The answers of a condition.
    ///
    /// # Errors
    /// If it reads a fact the table lacks.
    pub(crate) fn truth(&self, node: &Node) -> Result<Arc<Answers>, Refused> {
        let key = key('?', node);
        if let Some(Kept::Answers(answers)) = self.recent.shelf().get(&key) {
            return Ok(answers);
        }
        let answers = Arc::new(match &node.meaning().kind {
            Kind::And(parts) if !parts.is_empty() => {
                let and = |a: &Block, b: &Block| a.with(b, |a, b| a & b);
                Answers::joined(&self.truths(parts)?, |pairs| {
                    pairs.iter().fold((Block::ONES, Block::ONES), |(t, p), next| (and(&t, &next.0), and(&p, &next.1)))
                })
            }
            Kind::Or(parts) if !parts.is_empty() => {
                let or = |a: &Block, b: &Block| a.with(b, |a, b| a | b);
                Answers::joined(&self.truths(parts)?, |pairs| {
                    pairs.iter().fold((Block::ZERO, Block::ZERO), |(t, p), next| (or(&t, &next.0), or(&p, &next.1)))
                })
            }
            Kind::Not(inner) => {
                let not = |block: &Block| block.with(block, |b, _| !b);
                Answers::joined(&[self.truth(inner)?], |pairs| (not(&pairs[0].1), not(&pairs[0].0)))
            }
            _ => {
                self.on_file(node)?;
                let (t, known) = vector::answers(node, &self.table, &self.context, 1);
                Answers { t, known }
            }
        });
        let bytes = 2 * size_of::<Block>() * answers.t.blocks.len();
        self.recent.shelf().put(key, Kept::Answers(answers.clone()), bytes);
        Ok(answers)
    }

    fn truths(&self, nodes: &[Node]) -> Result<Vec<Arc<Answers>>, Refused> {
        nodes.iter().map(|node| self.truth(node)).collect()
    }

    /// The numbers, or days, of an expression.
    ///
    /// # Errors
    /// As [`Engine::truth`].
    pub(crate) fn numbers(&self, node: &Node) -> Result<Arc<Column>, Refused> {
        let key = key('#', node);
        if let Some(Kept::Numbers(column)) = self.recent.shelf().get(&key) {
            return Ok(column);
        }
        self.on_file(node)?;
        let (values, known) = vector::numbers(node, &self.table, &self.context, 1);
        let bytes = values.len() * size_of::<i64>() + known.blocks.len() * size_of::<Block>();
        let column = Arc::new(Column { values, known });
        self.recent.shelf().put(key, Kept::Numbers(column.clone()), bytes);
        Ok(column)
    }

    fn on_file(&self, node: &Node) -> Result<(), Refused> {
        let facts = derived::reads(node).facts;
        match facts.iter().find(|fact| self.table.place(**fact).is_none()) {
            Some(fact) => Err(Refused::new(&self.table, *fact)),
            None => Ok(()),
        }
    }
}

fn key(kind: char, node: &Node) -> String {
    let mut key = String::from(kind);
    write_key(node, &mut key);
    key
}

/// Things by key, of which those asked for longest ago go first when there are too many.
#[derive(Debug)]
struct Shelf<T> {
    things: HashMap<String, Thing<T>>,
    bytes: usize,
    /// Counts what is asked for.
    now: u64,
}

#[derive(Debug)]
struct Thing<T> {
    value: T,
    bytes: usize,
    asked: u64,
}

impl<T> Default for Shelf<T> {
    fn default() -> Shelf<T> {
        Shelf { things: HashMap::new(), bytes: 0, now: 0 }
    }
}

impl<T: Clone> Shelf<T> {
    fn get(&mut self, key: &str) -> Option<T> {
        self.now += 1;
        let thing = self.things.get_mut(key)?;
        thing.asked = self.now;
        Some(thing.value.clone())
    }

    fn put(&mut self, key: String, value: T, bytes: usize) {
        let bytes = bytes + key.len();
        if bytes > MOST_BYTES / 8 {
            return;
        }
        self.now += 1;
        if let Some(old) = self.things.insert(key, Thing { value, bytes, asked: self.now }) {
            self.bytes -= old.bytes;
        }
        self.bytes += bytes;
        if self.bytes > MOST_BYTES {
            self.clear_out();
        }
    }

    /// Down to three quarters, so that it is not done at every turn.
    fn clear_out(&mut self) {
        let mut ages: Vec<(u64, usize)> = self.things.values().map(|thing| (thing.asked, thing.bytes)).collect();
        ages.sort_unstable();
        let (mut left, mut until) = (self.bytes, 0);
        for (asked, bytes) in ages {
            if left <= MOST_BYTES / 4 * 3 {
                break;
            }
            (left, until) = (left - bytes, asked);
        }
        self.things.retain(|_, thing| thing.asked > until);
        self.bytes = left;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_longest_ago_goes_first() {
        let mut shelf = Shelf::default();
        let big = MOST_BYTES / 16;
        (0..15).for_each(|i| shelf.put(i.to_string(), i, big));
        assert_eq!(shelf.get("0"), Some(0));
        (15..18).for_each(|i| shelf.put(i.to_string(), i, big));
        assert_eq!((shelf.get("0"), shelf.get("1"), shelf.get("17")), (Some(0), None, Some(17)));
        let held: usize = shelf.things.values().map(|thing| thing.bytes).sum();
        assert!(shelf.bytes == held && held <= MOST_BYTES);
        shelf.put("huge".into(), 0, MOST_BYTES);
        assert_eq!(shelf.get("huge"), None);
    }
}
