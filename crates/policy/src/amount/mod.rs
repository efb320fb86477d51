//! From "fits" to fen, in a fixed order, with every step shown.
//!
//! Item amount → item cap → rounding → floor → sum or highest of the items → firm's cap → year's cap → other policies
//! → pool → rounding → floor. The first half is an expression ([`formula`]) and a trace ([`trace`]) that must agree;
//! the second ([`settle`], [`pool`]) works on amounts and past awards.
pub(crate) mod formula;
pub mod pool;
pub mod settle;
pub mod trace;

use crate::frame::Frame;
use liangu_expr::row::{Context, eval_node};
use liangu_expr::value::Value;

/// The value of a text of money that reads no fact, in fen.
pub fn constant(text: &str, frame: &Frame) -> Option<i64> {
    let node = formula::firm_money(text, frame).ok()?;
    match eval_node(&node, &crate::cases::CaseFirm::default(), &Context::new(frame.today, frame.judged_year)) {
        Value::Int(fen) => Some(fen),
        _ => None,
    }
}

pub use settle::{Award, Settled, settle};
pub use trace::{Trace, trace};
