//! A policy as officials write it: clauses, items and benefits, money, cases, versions.
//!
//! Start at [`content`], the document; [`compile`] types it on a day, in a [`frame`]; [`amount`] says what a firm gets;
//! [`cases`] and [`gate`] say whether it may be released, [`release`] by whom; [`difference`] what a version changes;
//! [`condition`] is the tree behind the condition editor; [`split`] cuts a text into clauses; [`decision`] freezes what a
//! claim rests on, answers it and answers it again years later; [`award`] plans what all that fit get at once.
//!
//! Pure: no clock, no input or output. The rule of a document and the amount it computes are typed forms of the
//! language, so that all its back ends answer them.
pub mod amount;
pub mod award;
pub mod cases;
pub mod compile;
pub mod condition;
pub mod content;
pub mod decision;
pub mod difference;
pub mod frame;
pub mod gate;
pub mod release;
pub mod source;
pub mod split;

pub use compile::{Compiled, compile};
pub use content::Content;
pub use frame::Frame;
