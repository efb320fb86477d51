//! Integer arithmetic over whole blocks: the common formulas without a walk of the tree per row.
//!
//! Invariant: exactly the meaning of the row back end; an expression with any part that is not in here is left to
//! it. Overflow and division by zero are unknown.
use crate::bits::{Block, ROWS};
use crate::column::Data;
use crate::table::{FactKey, Table};
use liangu_base::date::Date;
use liangu_expr::schema::Type;
use liangu_expr::typed::{Arith, Compare, Const, Kind, Node, Source};

/// The numbers of a block; those of rows that are not known mean nothing.
pub(crate) struct Vector {
    pub values: Vec<i64>,
    pub known: Block,
}

/// Whether the node can be computed here.
pub(crate) fn can(node: &Node, table: &Table) -> bool {
    vector(node, table, 0, Date::MIN).is_some()
}

/// The numbers of a block, or `None` if the node has a part that is not computed here.
pub(crate) fn vector(node: &Node, table: &Table, block: usize, today: Date) -> Option<Vector> {
    let rows = table.len().saturating_sub(block * ROWS).min(ROWS);
    let of = |node: &Node| vector(node, table, block, today);
    let all = |value: i64| Some(Vector { values: vec![value; rows], known: Block::ONES });
    match &node.kind {
        Kind::Const(Const::Int(v)) => all(*v),
        Kind::Const(Const::Date(d)) => all(d.days().into()),
        Kind::Today => all(today.days().into()),
        Kind::Fact(Source::Record { field, year }) if is_number(&node.ty) => {
            let column = &table.columns[table.place(FactKey::new(*field, *year))?];
            let Data::Int(numbers) = &column.data else { return None };
            let values = numbers.values.iter().skip(block * ROWS).take(rows).copied().collect();
            Some(Vector { values, known: column.known.blocks.get(block).copied().unwrap_or(Block::ZERO) })
        }
        Kind::Arith(op, left, right) => {
            let dates = (matches!(left.ty, Type::Date), matches!(right.ty, Type::Date));
            if dates != (false, false) && (dates != (true, true) || *op != Arith::Sub) {
                return None;
            }
            let (left, right) = (of(left)?, of(right)?);
            Some(match op {
                Arith::Add => both(left, right, i64::checked_add),
                Arith::Sub => both(left, right, i64::checked_sub),
                Arith::Mul => both(left, right, i64::checked_mul),
                Arith::Div => both(left, right, i64::checked_div),
                Arith::Rem => both(left, right, i64::checked_rem),
            })
        }
        Kind::Neg(inner) if !matches!(inner.ty, Type::Date) => {
            let inner = of(inner)?;
            Some(both(Vector { values: vec![0; rows], known: Block::ONES }, inner, i64::checked_sub))
        }
        Kind::Call("growth", parts) => two(parts, of, |now, before| share(now.checked_sub(before)?, before)),
        Kind::Call("ratio", parts) => two(parts, of, share),
        Kind::Call("share", parts) => two(parts, of, |of, part| Some(of.checked_mul(part)? / WHOLE)),
        Kind::Call("sum_years", parts) => {
            let (first, rest) = parts.split_first()?;
            rest.iter().try_fold(of(first)?, |sum, part| Some(both(sum, of(part)?, i64::checked_add)))
        }
        _ => None,
    }
}

fn is_number(ty: &Type) -> bool {
    matches!(ty, Type::Int(_) | Type::Days | Type::Date)
}

/// Basis points of a whole.
const WHOLE: i64 = 10_000;

/// One number as a part of a positive other, in basis points truncated towards zero.
fn share(part: i64, of: i64) -> Option<i64> {
    if of > 0 { Some(part.checked_mul(WHOLE)? / of) } else { None }
}

fn two(parts: &[Node], of: impl Fn(&Node) -> Option<Vector>, op: impl Fn(i64, i64) -> Option<i64>) -> Option<Vector> {
    let [left, right] = parts else { return None };
    Some(both(of(left)?, of(right)?, op))
}

fn both(mut left: Vector, right: Vector, op: impl Fn(i64, i64) -> Option<i64>) -> Vector {
    left.known = left.known.with(&right.known, |a, b| a & b);
    for (at, (l, r)) in left.values.iter_mut().zip(right.values).enumerate() {
        match op(*l, r) {
            Some(value) => *l = value,
            None => left.known.clear(at),
        }
    }
    left
}

/// True and known bits of a comparison of two numbers, or `None` if it is not computed here.
pub(crate) fn comparison(node: &Node, table: &Table, block: usize, today: Date) -> Option<(Block, Block)> {
    let Kind::Compare(how, left, right) = &node.kind else { return None };
    if matches!(left.ty, Type::Date) != matches!(right.ty, Type::Date) {
        return None;
    }
    let (left, right) = (vector(left, table, block, today)?, vector(right, table, block, today)?);
    let known = left.known.with(&right.known, |a, b| a & b);
    let mut t = Block::ZERO;
    for (at, (l, r)) in left.values.iter().zip(&right.values).enumerate() {
        let holds = match how {
            Compare::Eq => l == r,
            Compare::Ne => l != r,
            Compare::Lt => l < r,
            Compare::Le => l <= r,
            Compare::Gt => l > r,
            Compare::Ge => l >= r,
        };
        t.put(at, holds);
    }
    Some((t.with(&known, |t, k| t & k), known))
}
