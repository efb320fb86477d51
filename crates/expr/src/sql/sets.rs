//! Comparisons, texts, codes and sets.
use super::{Dialect, Lowering, Refusal, constant};
use crate::row;
use crate::schema::Type;
use crate::typed::{Compare, Kind, Node};
use crate::value::Value;
use std::sync::Arc;

/// Types whose values compare with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Bool,
    Int,
    Double,
    Date,
    Text,
    Ref,
    Other,
}

pub(super) fn family(ty: &Type) -> Family {
    match ty {
        Type::Bool => Family::Bool,
        Type::Int(_) | Type::Days => Family::Int,
        Type::Double => Family::Double,
        Type::Date => Family::Date,
        Type::Text | Type::Code(_) => Family::Text,
        Type::Ref(_) => Family::Ref,
        Type::Set(_) | Type::Children(_) | Type::Null => Family::Other,
    }
}

impl Lowering<'_> {
    pub(super) fn compare(&mut self, how: Compare, a: &Node, b: &Node) -> Result<String, Refusal> {
        let reference = [a, b].into_iter().find(|n| family(&n.ty) == Family::Ref);
        let (left, right) = match reference {
            Some(r) => (self.typed(a, &r.ty)?, self.typed(b, &r.ty)?),
            None => (self.typed(a, &b.ty)?, self.typed(b, &a.ty)?),
        };
        let comparable = reference.is_some() || (family(&a.ty) == family(&b.ty) && family(&a.ty) != Family::Other);
        if !comparable {
            return Ok(self.null(&Type::Bool).to_owned());
        }
        let ordered = !matches!(how, Compare::Eq | Compare::Ne);
        if ordered && reference.is_some() {
            return self.refuse(a, "引用没有大小先后，请用 == 或 !=。", "References have no order; use == or !=.");
        }
        if let Some(cut) = self.date_cut(how, a, b) {
            return cut;
        }
        let sign = match how {
            Compare::Eq => "=",
            Compare::Ne => "<>",
            Compare::Lt => "<",
            Compare::Le => "<=",
            Compare::Gt => ">",
            Compare::Ge => ">=",
        };
        let bytes = ordered && family(&a.ty) == Family::Text && self.dialect == Dialect::Postgres;
        let collate = if bytes { " COLLATE \"C\"" } else { "" };
        Ok(format!("({left} {sign} {right}{collate})"))
    }

    /// `x IN (…)`; of none, false where x is known.
    fn among(&mut self, value: &str, literals: &[String]) -> String {
        if literals.is_empty() {
            return self.known_as(value, "FALSE");
        }
        format!("({value} IN ({}))", literals.join(", "))
    }

    fn known_as(&self, value: &str, answer: &str) -> String {
        format!("(CASE WHEN {value} IS NOT NULL THEN {answer} END)")
    }

    pub(super) fn one_of(&mut self, a: &Node, list: &[Arc<str>]) -> Result<String, Refusal> {
        let value = self.expr(a)?;
        let literals = match family(&a.ty) {
            Family::Ref => list.iter().filter_map(|id| self.tables.constant_ref(id)).collect(),
            Family::Text => self.texts(list.iter().map(|t| &**t), a)?,
            _ => return Ok(self.null(&Type::Bool).to_owned()),
        };
        Ok(self.among(&value, &literals))
    }

    /// A text with a NUL is in no column: it equals nothing.
    fn texts<'t>(&self, list: impl Iterator<Item = &'t str>, node: &Node) -> Result<Vec<String>, Refusal> {
        list.filter(|t| !t.contains('\0')).map(|t| self.text(t, node)).collect()
    }

    pub(super) fn within(&mut self, a: &Node, ancestors: &[Arc<str>]) -> Result<String, Refusal> {
        let Type::Code(list) = &a.ty else { return Ok(self.null(&Type::Bool).to_owned()) };
        let value = self.expr(a)?;
        let below = list.codes.keys().filter(|code| ancestors.iter().any(|ancestor| list.contains(ancestor, code)));
        let literals = self.texts(below.map(String::as_str), a)?;
        Ok(self.among(&value, &literals))
    }

    pub(super) fn within_of(&mut self, a: &Node, ancestor: &Node) -> Result<String, Refusal> {
        if !constant(ancestor) {
            return self.refuse(
                ancestor,
                "查询里的范围须与各行无关，例如 user.region。",
                "In a query the range must be the same for all rows, as user.region is.",
            );
        }
        match row::eval_node(ancestor, &super::Nothing, self.context) {
            Value::Text(code) => self.within(a, &[code]),
            _ => Ok(self.null(&Type::Bool).to_owned()),
        }
    }

    /// Position of a text in another from 1; 0 where it does not occur.
    pub(super) fn position(&self, text: &str, part: &str) -> String {
        let function = if self.dialect == Dialect::Sqlite { "instr" } else { "strpos" };
        format!("{function}({text}, {part})")
    }

    pub(super) fn has(&mut self, a: &Node, codes: &[Arc<str>], all: bool) -> Result<String, Refusal> {
        let value = self.expr(a)?;
        if !matches!(a.ty, Type::Set(_)) {
            return Ok(self.null(&Type::Bool).to_owned());
        }
        let possible = |code: &&Arc<str>| !code.is_empty() && !code.contains(['|', '\0']);
        let marks: Vec<String> = codes.iter().filter(possible).map(|code| self.text(&format!("|{code}|"), a)).collect::<Result<_, _>>()?;
        if all && marks.len() < codes.len() || !all && marks.is_empty() {
            return Ok(self.known_as(&value, "FALSE"));
        }
        if marks.is_empty() {
            return Ok(self.known_as(&value, "TRUE"));
        }
        let function = if self.dialect == Dialect::Sqlite { "instr" } else { "strpos" };
        Ok(self.once(&[value], |v| {
            let tests: Vec<String> = marks.iter().map(|mark| format!("{function}({}, {mark}) > 0", v[0])).collect();
            format!("({})", tests.join(if all { " AND " } else { " OR " }))
        }))
    }

    /// Every code of a set ends with a bar, and one stands before the first.
    pub(super) fn size(&mut self, a: &Node) -> Result<String, Refusal> {
        let value = self.expr(a)?;
        if !matches!(a.ty, Type::Set(_)) || matches!(a.kind, Kind::Const(_)) {
            return Ok(self.null(&Type::Int(crate::schema::Unit::One)).to_owned());
        }
        let size = self.once(&[value], |v| format!("(length({0}) - length(replace({0}, '|', '')) - 1)", v[0]));
        Ok(self.cast(&size))
    }
}
