//! Running programs block by block on several threads, with the widest instructions the processor has.
//!
//! The loops are plain arrays of words; the dispatcher compiles them once per instruction set and picks at run time,
//! so that one binary is fast everywhere and right everywhere.
use crate::bits::{Bits, Block};
use crate::leaves::Leaves;
use crate::program::{self, Inputs, Pair, Step};
use crate::table::Table;
use pulp::{Arch, Simd, WithSimd};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Programs one after another in one piece of code.
#[derive(Debug, Default)]
pub(crate) struct Programs {
    code: Vec<Step>,
    /// By shape, so that neighbours take the same branches.
    pub order: Vec<Span>,
    depth: usize,
}

/// Where the program of a slot stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    start: u32,
    end: u32,
    pub slot: u32,
}

impl Programs {
    /// Of (slot, code).
    pub fn new(programs: impl Iterator<Item = (u32, Vec<Step>)>) -> Programs {
        let mut shaped: Vec<_> = programs.map(|(slot, code)| (program::shape(&code), slot, code)).collect();
        shaped.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        let mut all = Programs::default();
        for (at, (_, slot, code)) in shaped.iter().enumerate() {
            all.append(*slot, code, at);
        }
        all
    }

    #[inline(always)]
    pub fn code(&self, span: Span) -> &[Step] {
        &self.code[span.start as usize..span.end as usize]
    }

    fn append(&mut self, slot: u32, code: &[Step], at: usize) {
        let start = self.code.len() as u32;
        self.code.extend_from_slice(code);
        self.depth = self.depth.max(program::depth(code));
        self.order.insert(at, Span { start, end: self.code.len() as u32, slot });
    }

    /// Sets the program of a slot, in place of the one it had.
    pub fn put(&mut self, slot: u32, code: &[Step]) {
        self.remove(slot);
        let shape = program::shape(code);
        let at = self.order.partition_point(|s| program::shape(self.code(*s)) < shape);
        self.append(slot, code, at);
    }

    pub fn remove(&mut self, slot: u32) {
        self.order.retain(|s| s.slot != slot);
        // code of former programs stays behind until it is most of all
        let used: usize = self.order.iter().map(|s| (s.end - s.start) as usize).sum();
        if self.code.len() > 2 * used + 4096 {
            let old = std::mem::take(self);
            for (at, span) in old.order.iter().enumerate() {
                self.append(span.slot, old.code(*span), at);
            }
        }
    }
}

/// Buffers of one thread; fresh memory would cost more than the work on it.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    leaves: Vec<Block>,
    known: Vec<Block>,
}

/// What is done with the programs of a block.
pub(crate) trait Work: Sync {
    /// What one thread gathers.
    type State: Send;
    fn state(&self) -> Self::State;
    fn block<S: Simd, const V: usize>(&self, simd: S, state: &mut Self::State, block: usize, inputs: Inputs<'_>, stack: &mut [Pair<S, V>]);
}

/// A set of leaves and programs over a table.
pub(crate) struct Sweep<'a> {
    pub table: &'a Table,
    /// The rows that count, all of them live.
    pub rows: &'a Bits,
    pub leaves: &'a Leaves,
    pub programs: &'a Programs,
    pub pool: &'a Mutex<Vec<Scratch>>,
}

impl Sweep<'_> {
    /// Does the work for every block and returns what each thread gathered.
    pub fn run<K: Work>(&self, threads: usize, work: &K) -> Vec<K::State> {
        let next = AtomicUsize::new(0);
        let one = || Arch::new().dispatch(Job { sweep: self, work, next: &next });
        std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads.min(self.rows.blocks.len())).map(|_| scope.spawn(one)).collect();
            let mut states = vec![one()];
            for other in others {
                match other.join() {
                    Ok(state) => states.push(state),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            states
        })
    }
}

struct Job<'a, K> {
    sweep: &'a Sweep<'a>,
    work: &'a K,
    next: &'a AtomicUsize,
}

impl<K: Work> WithSimd for Job<'_, K> {
    type Output = K::State;

    /// The running values of a program, four arrays of vectors, should fill half of the registers.
    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> K::State {
        match S::U64_LANES {
            8 => self.thread::<S, 4, 32>(simd),
            4 => self.thread::<S, 4, 16>(simd),
            _ => self.thread::<S, 4, 8>(simd),
        }
    }
}

impl<K: Work> Job<'_, K> {
    #[inline(always)]
    fn thread<S: Simd, const V: usize, const W: usize>(self, simd: S) -> K::State {
        let Sweep { table, rows, leaves, programs, pool } = self.sweep;
        let mut scratch = pool.lock().ok().and_then(|mut pool| pool.pop()).unwrap_or_default();
        scratch.leaves.resize(leaves.len(), Block::ZERO);
        scratch.known.resize(leaves.known_len(), Block::ZERO);
        let mut stack = vec![Pair::<S, V>::all(simd, false, false); programs.depth];
        let mut state = self.work.state();
        loop {
            let block = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(live) = rows.blocks.get(block) else { break };
            leaves.evaluate::<W>(table.columns.iter(), block, &mut scratch.leaves, &mut scratch.known);
            let inputs = Inputs { leaves: &scratch.leaves, known: &scratch.known, live };
            self.work.block(simd, &mut state, block, inputs, &mut stack);
        }
        if let Ok(mut pool) = pool.lock() {
            pool.push(scratch);
        }
        state
    }
}

/// Counts true and possible rows, by program in the order of [`Programs::order`].
pub(crate) struct CountWork<'a>(pub &'a Programs);

impl Work for CountWork<'_> {
    type State = Vec<[u32; 2]>;

    fn state(&self) -> Vec<[u32; 2]> {
        vec![[0; 2]; self.0.order.len()]
    }

    #[inline(always)]
    fn block<S: Simd, const V: usize>(&self, simd: S, sums: &mut Vec<[u32; 2]>, _: usize, inputs: Inputs<'_>, stack: &mut [Pair<S, V>]) {
        let (mut t, mut p) = (Block::ZERO, Block::ZERO);
        for (&span, sum) in self.0.order.iter().zip(sums) {
            program::run(simd, self.0.code(span), inputs, stack, &mut t, &mut p);
            sum[0] += ones(&t.0);
            sum[1] += ones(&p.0);
        }
    }
}

#[inline(always)]
fn ones<const W: usize>(words: &[u64; W]) -> u32 {
    let mut sum = 0u64;
    for word in words {
        sum += u64::from(word.count_ones());
    }
    sum as u32
}
