//! A policy as a short straight program over the bits of a block.
//!
//! Every leaf has true bits `t` and known bits `k` with `t ⊆ k`; "possible" is `t | !k`. A program keeps possible and
//! all-known of its top-level conjunction (true is their intersection), and merges alternatives and counted groups
//! from a small stack. Negation lives in the references: by De Morgan's laws, which Kleene's logic keeps, a negated
//! group is the dual group of negated parts.
//!
//! Invariant: `T ⊆ P` for every value on the stack and for the result.
use crate::bits::{Block, WORDS};
use crate::tree::Tree;
use pulp::Simd;

/// Positions of a leaf's true and known bits in the block's tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ref {
    pub leaf: u32,
    pub known: u32,
}

/// One word of code: a reference, or an instruction with its argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    a: u32,
    b: u32,
}

/// The top-level conjunction, always first; b: run lengths.
const TOP: u32 = u32::MAX;
const OR: u32 = 0; // b: run lengths; pushes the union of a run
const AND: u32 = 1; // b: run lengths; pushes the intersection of a run
const JOIN_OR: u32 = 2; // pops two, pushes their union
const JOIN_AND: u32 = 3;
const AT_LEAST: u32 = 4; // b: n | parts << 16; pops the parts
const CONST: u32 = 5; // b: 0 no, 1 yes, 2 unknown
const MERGE: u32 = 6; // pops into the top-level conjunction
const OR_MERGE: u32 = 7; // OR, then MERGE, without the stack

/// Compiles a tree. The code begins with the top-level conjunction's run and goes on with its groups.
pub(crate) fn compile(tree: &Tree<Ref>) -> Vec<Step> {
    let mut flat = Vec::new();
    flatten(tree, &mut flat);
    let (runs, groups) = split(&flat);
    let mut code = Vec::new();
    push_run(&runs, TOP, &mut code);
    for group in groups {
        match group {
            Tree::Or(parts) => {
                let parts: Vec<&Tree<Ref>> = parts.iter().collect();
                let (run, rest) = split(&parts);
                if rest.is_empty() {
                    push_run(&run, OR_MERGE, &mut code);
                    continue;
                }
                value(group, &mut code);
            }
            _ => value(group, &mut code),
        }
        code.push(Step { a: MERGE, b: 0 });
    }
    code
}

fn flatten<'a>(tree: &'a Tree<Ref>, out: &mut Vec<&'a Tree<Ref>>) {
    match tree {
        Tree::And(parts) => parts.iter().for_each(|p| flatten(p, out)),
        other => out.push(other),
    }
}

type Runs = (Vec<Ref>, Vec<Ref>);

/// Plain and negated leaves, and the parts that are neither.
fn split<'a>(parts: &[&'a Tree<Ref>]) -> (Runs, Vec<&'a Tree<Ref>>) {
    let (mut plain, mut negated, mut rest) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        match part {
            Tree::Leaf { leaf, negative: false } => plain.push(*leaf),
            Tree::Leaf { leaf, negative: true } => negated.push(*leaf),
            other => rest.push(*other),
        }
    }
    ((plain, negated), rest)
}

fn push_run((plain, negated): &Runs, op: u32, code: &mut Vec<Step>) {
    code.push(Step { a: op, b: plain.len() as u32 | (negated.len() as u32) << 16 });
    code.extend(plain.iter().chain(negated).map(|r| Step { a: r.leaf, b: r.known }));
}

/// Code that pushes the value of a part.
fn value(tree: &Tree<Ref>, code: &mut Vec<Step>) {
    match tree {
        Tree::Const(c) => code.push(Step { a: CONST, b: c.map_or(2, u32::from) }),
        Tree::Leaf { .. } => push_run(&split(&[tree]).0, AND, code),
        Tree::And(parts) | Tree::Or(parts) => {
            let (run_op, join) = if matches!(tree, Tree::And(_)) { (AND, JOIN_AND) } else { (OR, JOIN_OR) };
            let (run, rest) = split(&parts.iter().collect::<Vec<_>>());
            push_run(&run, run_op, code);
            for part in rest {
                value(part, code);
                code.push(Step { a: join, b: 0 });
            }
        }
        Tree::AtLeast(n, parts) => {
            parts.iter().for_each(|p| value(p, code));
            code.push(Step { a: AT_LEAST, b: (*n).min(0xffff) | (parts.len() as u32) << 16 });
        }
    }
}

/// Deepest stack the code needs.
pub(crate) fn depth(code: &[Step]) -> usize {
    let (mut now, mut most) = (0usize, 0usize);
    walk(code, |step, _| {
        match step.a {
            OR | AND | CONST => now += 1,
            JOIN_OR | JOIN_AND | MERGE => now -= 1,
            AT_LEAST => now = now + 1 - (step.b >> 16) as usize,
            _ => {}
        }
        most = most.max(now);
    });
    most
}

/// The instructions without the references: programs of one shape take the same branches.
pub(crate) fn shape(code: &[Step]) -> Vec<(u32, u32)> {
    let mut shape = Vec::new();
    walk(code, |step, _| shape.push((step.a, step.b)));
    shape
}

/// Visits instructions with their references.
fn walk<'a>(code: &'a [Step], mut visit: impl FnMut(Step, &'a [Step])) {
    let mut at = 0;
    while let Some(&step) = code.get(at) {
        let run = match step.a {
            OR | AND | OR_MERGE | TOP => plain(step) + negated(step),
            _ => 0,
        };
        visit(step, &code[at + 1..at + 1 + run]);
        at += 1 + run;
    }
}

#[inline(always)]
fn plain(step: Step) -> usize {
    (step.b & 0xffff) as usize
}

#[inline(always)]
fn negated(step: Step) -> usize {
    (step.b >> 16) as usize
}

/// True and possible bits of `V` vectors.
pub(crate) struct Pair<S: Simd, const V: usize> {
    t: [S::u64s; V],
    p: [S::u64s; V],
}

impl<S: Simd, const V: usize> Clone for Pair<S, V> {
    #[inline(always)]
    fn clone(&self) -> Pair<S, V> {
        *self
    }
}

impl<S: Simd, const V: usize> Copy for Pair<S, V> {}

impl<S: Simd, const V: usize> Pair<S, V> {
    #[inline(always)]
    pub fn all(simd: S, t: bool, p: bool) -> Pair<S, V> {
        let of = |on: bool| [simd.splat_u64s(if on { u64::MAX } else { 0 }); V];
        Pair { t: of(t), p: of(p) }
    }

    #[inline(always)]
    fn and(&mut self, simd: S, right: &Pair<S, V>) {
        for i in 0..V {
            self.t[i] = simd.and_u64s(self.t[i], right.t[i]);
            self.p[i] = simd.and_u64s(self.p[i], right.p[i]);
        }
    }

    #[inline(always)]
    fn or(&mut self, simd: S, right: &Pair<S, V>) {
        for i in 0..V {
            self.t[i] = simd.or_u64s(self.t[i], right.t[i]);
            self.p[i] = simd.or_u64s(self.p[i], right.p[i]);
        }
    }
}

/// What the programs of a block read.
#[derive(Clone, Copy)]
pub(crate) struct Inputs<'a> {
    pub leaves: &'a [Block],
    pub known: &'a [Block],
    pub live: &'a Block,
}

/// A program at work on chunk number `chunk` of `V` vectors of the block.
#[derive(Clone, Copy)]
struct At<'a, S, const V: usize> {
    simd: S,
    inputs: Inputs<'a>,
    chunk: usize,
}

#[inline(always)]
fn part<S: Simd, const V: usize>(block: &Block, chunk: usize) -> &[S::u64s; V] {
    &S::as_simd_u64s(&block.0).0.as_chunks::<V>().0[chunk]
}

/// Runs a program over a block into true and possible bits. The stack must have [`depth`] places.
#[inline(always)]
pub(crate) fn run<S: Simd, const V: usize>(
    simd: S,
    code: &[Step],
    inputs: Inputs<'_>,
    stack: &mut [Pair<S, V>],
    t: &mut Block,
    p: &mut Block,
) {
    for chunk in 0..WORDS / (V * S::U64_LANES) {
        let pair = At::<S, V> { simd, inputs, chunk }.run(code, stack);
        S::as_mut_simd_u64s(&mut t.0).0.as_chunks_mut::<V>().0[chunk] = pair.t;
        S::as_mut_simd_u64s(&mut p.0).0.as_chunks_mut::<V>().0[chunk] = pair.p;
    }
}

impl<S: Simd, const V: usize> At<'_, S, V> {
    #[inline(always)]
    fn run(self, code: &[Step], stack: &mut [Pair<S, V>]) -> Pair<S, V> {
        let simd = self.simd;
        let Some((&head, rest)) = code.split_first() else { return Pair::all(simd, false, false) };
        let (refs, mut rest) = rest.split_at(plain(head) + negated(head));
        let mut main = self.and_run(head, refs, *part::<S, V>(self.inputs.live, self.chunk));
        let mut top = 0;
        while let Some((&step, after)) = rest.split_first() {
            rest = after;
            match step.a {
                OR_MERGE | OR | AND => {
                    let (refs, after) = rest.split_at(plain(step) + negated(step));
                    rest = after;
                    if step.a == OR_MERGE {
                        main.and(simd, &self.or_run(step, refs));
                        continue;
                    }
                    stack[top] =
                        if step.a == OR { self.or_run(step, refs) } else { self.and_run(step, refs, [simd.splat_u64s(u64::MAX); V]) };
                    top += 1;
                }
                JOIN_OR | JOIN_AND => {
                    top -= 1;
                    let right = stack[top];
                    let left = &mut stack[top - 1];
                    if step.a == JOIN_OR { left.or(simd, &right) } else { left.and(simd, &right) }
                }
                AT_LEAST => {
                    top -= (step.b >> 16) as usize;
                    stack[top] = self.at_least(step.b & 0xffff, &stack[top..top + (step.b >> 16) as usize]);
                    top += 1;
                }
                CONST => {
                    stack[top] = Pair::all(simd, step.b == 1, step.b != 0);
                    top += 1;
                }
                _ => {
                    top -= 1;
                    main.and(simd, &stack[top]);
                }
            }
        }
        main
    }

    #[inline(always)]
    fn leaf(&self, step: Step) -> (&[S::u64s; V], &[S::u64s; V]) {
        (part::<S, V>(&self.inputs.leaves[step.a as usize], self.chunk), part::<S, V>(&self.inputs.known[step.b as usize], self.chunk))
    }

    #[inline(always)]
    fn and_run(&self, head: Step, refs: &[Step], start: [S::u64s; V]) -> Pair<S, V> {
        let simd = self.simd;
        let (mut possible, mut known) = (start, [simd.splat_u64s(u64::MAX); V]);
        let (plain, negated) = refs.split_at(plain(head));
        for &r in plain {
            let (t, k) = self.leaf(r);
            for i in 0..V {
                possible[i] = simd.and_u64s(possible[i], simd.or_u64s(t[i], simd.not_u64s(k[i])));
                known[i] = simd.and_u64s(known[i], k[i]);
            }
        }
        for &r in negated {
            let (t, k) = self.leaf(r);
            for i in 0..V {
                possible[i] = simd.and_u64s(possible[i], simd.not_u64s(t[i]));
                known[i] = simd.and_u64s(known[i], k[i]);
            }
        }
        for i in 0..V {
            known[i] = simd.and_u64s(known[i], possible[i]);
        }
        Pair { t: known, p: possible }
    }

    #[inline(always)]
    fn or_run(&self, head: Step, refs: &[Step]) -> Pair<S, V> {
        let simd = self.simd;
        let mut out = Pair::<S, V>::all(simd, false, false);
        let (plain, negated) = refs.split_at(plain(head));
        for &r in plain {
            let (t, k) = self.leaf(r);
            for i in 0..V {
                out.t[i] = simd.or_u64s(out.t[i], t[i]);
                out.p[i] = simd.or_u64s(out.p[i], simd.or_u64s(t[i], simd.not_u64s(k[i])));
            }
        }
        for &r in negated {
            let (t, k) = self.leaf(r);
            for i in 0..V {
                out.t[i] = simd.or_u64s(out.t[i], simd.and_u64s(k[i], simd.not_u64s(t[i])));
                out.p[i] = simd.or_u64s(out.p[i], simd.not_u64s(t[i]));
            }
        }
        out
    }

    /// Counts the parts per row in bit slices and compares with `n`.
    fn at_least(&self, n: u32, parts: &[Pair<S, V>]) -> Pair<S, V> {
        let mut out = Pair::<S, V>::all(self.simd, false, false);
        for i in 0..V {
            out.t[i] = self.reached(n, parts.iter().map(|p| p.t[i]));
            out.p[i] = self.reached(n, parts.iter().map(|p| p.p[i]));
        }
        out
    }

    fn reached(&self, n: u32, parts: impl Iterator<Item = S::u64s>) -> S::u64s {
        let simd = self.simd;
        let (none, all) = (simd.splat_u64s(0), simd.splat_u64s(u64::MAX));
        let mut count = [none; 8];
        for mut carry in parts {
            for slice in &mut count {
                (*slice, carry) = (simd.xor_u64s(*slice, carry), simd.and_u64s(*slice, carry));
            }
        }
        if n > crate::tree::MOST_PARTS as u32 {
            return none;
        }
        // from the highest slice down: greater so far, or equal so far
        let (mut greater, mut equal) = (none, all);
        for (bit, &slice) in count.iter().enumerate().rev() {
            if n >> bit & 1 == 1 {
                equal = simd.and_u64s(equal, slice);
            } else {
                greater = simd.or_u64s(greater, simd.and_u64s(equal, slice));
                equal = simd.and_u64s(equal, simd.not_u64s(slice));
            }
        }
        simd.or_u64s(greater, equal)
    }
}
