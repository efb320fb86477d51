//! Expressions over whole blocks: numbers, conditions and child records without a walk of the tree per row.
//!
//! A node is compiled once to a plan ([`compile`]), which is evaluated block by block ([`evaluate`]). Start at
//! [`answers`] and [`numbers`].
//!
//! Invariant: exactly the meaning of the row back end, to which every part is left that has no plan. Overflow and
//! division by zero are unknown.
mod calls;
mod compile;
mod evaluate;
mod over;
mod plan;
mod records;

use crate::bits::{Bits, Block, ROWS};
use crate::table::Table;
use liangu_expr::row::Context;
use liangu_expr::typed::Node;
use records::Of;

/// Yes and known bits of a condition for all rows, removed ones included.
pub(crate) fn answers(node: &Node, table: &Table, context: &Context, threads: usize) -> (Bits, Bits) {
    let plan = compile::condition(node, table, context);
    let (t, known) = each_block(table, threads, |block| {
        let of = Of::rows(table, context, block);
        let truth = of.cond(&plan);
        (truth.t.block(of.records), truth.known.block(of.records))
    })
    .into_iter()
    .unzip();
    (Bits { blocks: t }, Bits { blocks: known })
}

/// The numbers, or days, of an expression for all rows, and where they are known.
pub(crate) fn numbers(node: &Node, table: &Table, context: &Context, threads: usize) -> (Vec<i64>, Bits) {
    let plan = compile::number(node, table, context);
    let blocks = each_block(table, threads, |block| {
        let of = Of::rows(table, context, block);
        let numbers = of.num(&plan);
        (numbers.values.into_owned(), numbers.known.block(of.records))
    });
    let (mut values, mut known) = (Vec::with_capacity(table.len()), Vec::new());
    for (of_block, known_of_block) in blocks {
        values.extend(of_block);
        known.push(known_of_block);
    }
    (values, Bits { blocks: known })
}

/// The results of all blocks, computed by several threads.
fn each_block<T: Send>(table: &Table, threads: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let blocks = table.live.blocks.len();
    let threads = threads.clamp(1, blocks.max(1));
    let bound = |i: usize| blocks * i / threads;
    let part = |i: usize| (bound(i)..bound(i + 1)).map(&work).collect::<Vec<T>>();
    std::thread::scope(|scope| {
        let part = &part;
        let others: Vec<_> = (1..threads).map(|i| scope.spawn(move || part(i))).collect();
        let mut all = part(0);
        for other in others {
            match other.join() {
                Ok(rest) => all.extend(rest),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    })
}

/// Rows of a block that the table has.
fn rows_of(table: &Table, block: usize) -> usize {
    table.len().saturating_sub(block * ROWS).min(ROWS)
}

fn bits_of(bits: &Bits, block: usize) -> &Block {
    bits.blocks.get(block).unwrap_or(&Block::ZERO)
}
