//! Boolean forms over leaves, and their value for one row.
//!
//! Kleene's tables in two bits: an answer is a [`State`] of "true" (bit 0) and "possible" (bit 1); AND is `&`, OR is
//! `|` on both bits at once. Negation stands at the leaves only.
use crate::program::Ref;
use liangu_expr::value::Answer;

/// Most parts a counted group may have: counters are eight bits deep.
pub(crate) const MOST_PARTS: usize = 255;

/// A boolean form over leaves.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree<L> {
    /// `None` is unknown for every row.
    Const(Option<bool>),
    Leaf {
        leaf: L,
        negative: bool,
    },
    And(Vec<Tree<L>>),
    Or(Vec<Tree<L>>),
    AtLeast(u32, Vec<Tree<L>>),
}

impl<L> Tree<L> {
    pub fn negate(self) -> Tree<L> {
        let all = |parts: Vec<Tree<L>>| parts.into_iter().map(Tree::negate).collect::<Vec<_>>();
        match self {
            Tree::Const(c) => Tree::Const(c.map(|b| !b)),
            Tree::Leaf { leaf, negative } => Tree::Leaf { leaf, negative: !negative },
            Tree::And(parts) => Tree::Or(all(parts)),
            Tree::Or(parts) => Tree::And(all(parts)),
            // fewer than n of m hold: at least m - n + 1 fail
            Tree::AtLeast(n, parts) if n as usize > parts.len() => Tree::Const(Some(true)),
            Tree::AtLeast(n, parts) => Tree::AtLeast((parts.len() as u32 + 1).saturating_sub(n), all(parts)),
        }
    }

    pub fn map<M>(&self, leaf_of: &mut impl FnMut(&L) -> M) -> Tree<M> {
        let mut all = |parts: &[Tree<L>]| parts.iter().map(|p| p.map(leaf_of)).collect::<Vec<_>>();
        match self {
            Tree::Const(c) => Tree::Const(*c),
            Tree::And(parts) => Tree::And(all(parts)),
            Tree::Or(parts) => Tree::Or(all(parts)),
            Tree::AtLeast(n, parts) => Tree::AtLeast(*n, all(parts)),
            Tree::Leaf { leaf, negative } => Tree::Leaf { leaf: leaf_of(leaf), negative: *negative },
        }
    }

    pub fn each_leaf(&self, visit: &mut impl FnMut(&L)) {
        match self {
            Tree::Const(_) => {}
            Tree::Leaf { leaf, .. } => visit(leaf),
            Tree::And(parts) | Tree::Or(parts) | Tree::AtLeast(_, parts) => parts.iter().for_each(|p| p.each_leaf(visit)),
        }
    }
}

/// An answer in two bits.
pub(crate) type State = u8;
pub(crate) const NO: State = 0b00;
pub(crate) const UNKNOWN: State = 0b10;
pub(crate) const YES: State = 0b11;

#[inline(always)]
fn negated(state: State) -> State {
    match state {
        NO => YES,
        YES => NO,
        other => other,
    }
}

/// The state of a conjunction of clauses.
pub(crate) fn all(clauses: &[Tree<Ref>], leaf_state: &impl Fn(Ref) -> State) -> State {
    clauses.iter().fold(YES, |all, clause| all & clause.state(leaf_state))
}

pub(crate) fn answer_of(state: State) -> Answer {
    match state {
        NO => Answer::No,
        YES => Answer::Yes,
        _ => Answer::Unknown,
    }
}

pub(crate) fn state_of(answer: Answer) -> State {
    match answer {
        Answer::No => NO,
        Answer::Yes => YES,
        Answer::Unknown => UNKNOWN,
    }
}

impl Tree<Ref> {
    /// The state by the states of the leaves.
    pub fn state(&self, leaf_state: &impl Fn(Ref) -> State) -> State {
        match self {
            Tree::Const(c) => c.map_or(UNKNOWN, |yes| if yes { YES } else { NO }),
            Tree::Leaf { leaf, negative: false } => leaf_state(*leaf),
            Tree::Leaf { leaf, negative: true } => negated(leaf_state(*leaf)),
            Tree::And(parts) => parts.iter().fold(YES, |all, p| all & p.state(leaf_state)),
            Tree::Or(parts) => parts.iter().fold(NO, |any, p| any | p.state(leaf_state)),
            Tree::AtLeast(n, parts) => {
                let (yes, possible) =
                    parts.iter().map(|p| p.state(leaf_state)).fold((0, 0), |(y, p), s| (y + u32::from(s & 1), p + u32::from(s >> 1)));
                reached(*n, yes, possible)
            }
        }
    }

    /// Visits the unknown leaves on which the unknown answer rests: every group above them is unknown too.
    pub fn each_open_leaf(&self, leaf_state: &impl Fn(Ref) -> State, visit: &mut impl FnMut(u32)) {
        if self.state(leaf_state) != UNKNOWN {
            return;
        }
        match self {
            Tree::Const(_) => {}
            Tree::Leaf { leaf, .. } => visit(leaf.leaf),
            Tree::And(parts) | Tree::Or(parts) | Tree::AtLeast(_, parts) => parts.iter().for_each(|p| p.each_open_leaf(leaf_state, visit)),
        }
    }
}

/// At least `n`, of which `yes` hold and `possible` may.
fn reached(n: u32, yes: u32, possible: u32) -> State {
    u8::from(yes >= n) | u8::from(possible >= n) << 1
}
