//! Numbers of 64 bits: what does not fit is null.
//!
//! SQLite turns a sum that does not fit into a floating number, which `typeof` tells; PostgreSQL fails, so that the
//! sum is made of its `numeric` and cast back after a look at the range.
use super::sets::{Family, family};
use super::{Dialect, Lowering, Refusal};
use crate::typed::{Arith, Node};
use liangu_base::date::Date;

impl Lowering<'_> {
    pub(super) fn arith(&mut self, op: Arith, a: &Node, b: &Node, node: &Node) -> Result<String, Refusal> {
        let (left, right) = (self.expr(a)?, self.expr(b)?);
        match (op, family(&a.ty), family(&b.ty)) {
            (_, Family::Int, Family::Int) => Ok(self.integers(op, left, right)),
            (Arith::Sub, Family::Date, Family::Date) => Ok(self.cast(&format!("({left} - {right})"))),
            (Arith::Add | Arith::Sub, Family::Date, Family::Int) => Ok(self.shifted(op, &left, &right)),
            (Arith::Add | Arith::Sub | Arith::Mul | Arith::Div, Family::Double, Family::Double) if self.dialect == Dialect::Sqlite => {
                let value = format!("({left} {} {right})", sign(op));
                Ok(self.once(&[value], |v| format!("(CASE WHEN abs({0}) < 9e999 THEN {0} END)", v[0])))
            }
            (Arith::Rem, Family::Double, Family::Double) => Ok(self.null(&node.ty).to_owned()),
            (_, Family::Double, Family::Double) => self.refuse(
                node,
                "小数运算不能用于此查询，请用整数单位。",
                "Floating arithmetic cannot be used in this query; use whole units.",
            ),
            _ => Ok(self.null(&node.ty).to_owned()),
        }
    }

    /// Two whole numbers.
    pub(super) fn integers(&mut self, op: Arith, a: String, b: String) -> String {
        let value = match (self.dialect, op) {
            (_, Arith::Rem) => {
                let least = self.integer(i64::MIN);
                return self.once(&[a, b], |v| {
                    format!("(CASE WHEN {0} = {least} AND {1} = -1 THEN NULL ELSE {0} % NULLIF({1}, 0) END)", v[0], v[1])
                });
            }
            (Dialect::Sqlite, _) => format!("({a} {} {b})", sign(op)),
            (Dialect::Postgres, Arith::Div) => format!("div({a}::numeric, NULLIF({b}, 0)::numeric)"),
            (Dialect::Postgres, _) => format!("({a}::numeric {} {b})", sign(op)),
        };
        self.fitting(value)
    }

    /// The number, or null where it does not fit 64 bits.
    pub(super) fn fitting(&mut self, value: String) -> String {
        let dialect = self.dialect;
        self.once(&[value], |v| match dialect {
            Dialect::Sqlite => format!("(CASE WHEN typeof({0}) = 'integer' THEN {0} END)", v[0]),
            Dialect::Postgres => format!("(CASE WHEN {0} BETWEEN {1} AND {2} THEN {0}::bigint END)", v[0], i64::MIN, i64::MAX),
        })
    }

    fn shifted(&mut self, op: Arith, date: &str, days: &str) -> String {
        let (min, max) = (Date::MIN.days(), Date::MAX.days());
        let dialect = self.dialect;
        let date = if dialect == Dialect::Sqlite { date.to_owned() } else { format!("{date}::numeric") };
        self.once(&[format!("({date} {} {days})", sign(op))], |v| {
            let cast = if dialect == Dialect::Sqlite { "" } else { "::bigint" };
            format!("(CASE WHEN {0} BETWEEN {min} AND {max} THEN {0}{cast} END)", v[0])
        })
    }

    pub(super) fn neg(&mut self, a: &Node, node: &Node) -> Result<String, Refusal> {
        let value = self.expr(a)?;
        Ok(match family(&a.ty) {
            Family::Int => self.negated(value),
            Family::Double => format!("(-{value})"),
            _ => self.null(&node.ty).to_owned(),
        })
    }

    pub(super) fn negated(&mut self, value: String) -> String {
        let zero = self.integer(0);
        self.integers(Arith::Sub, zero, value)
    }
}

fn sign(op: Arith) -> char {
    match op {
        Arith::Add => '+',
        Arith::Sub => '-',
        Arith::Mul => '*',
        Arith::Div => '/',
        Arith::Rem => '%',
    }
}
