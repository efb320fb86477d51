//! Typed form → tree.
use super::{Children, Condition, Op, Operand, Quantifier, Row};
use liangu_base::Text;
use liangu_expr::print::{number_parts, print_within};
use liangu_expr::schema::{ChildIx, Schema, Type};
use liangu_expr::sentence;
use liangu_expr::typed::{Aggregate, Compare, Const, Kind, Node, Source};

/// The tree of a condition that stands within these collections and variables, outermost first.
pub fn read(node: &Node, within: &[(ChildIx, String)], schema: &Schema) -> Condition {
    Reading { schema, within: within.to_vec() }.condition(node)
}

struct Reading<'s> {
    schema: &'s Schema,
    within: Vec<(ChildIx, String)>,
}

impl Reading<'_> {
    fn condition(&mut self, node: &Node) -> Condition {
        let node = node.written();
        match &node.kind {
            Kind::And(parts) => Condition::All { all: self.parts(parts) },
            Kind::Or(parts) => Condition::Any { any: self.parts(parts) },
            Kind::AtLeast(n, parts) => Condition::AtLeast { at_least: *n, of: self.parts(parts) },
            Kind::Not(inner) => self.denied(inner).unwrap_or_else(|| match &inner.kind {
                Kind::Or(parts) => Condition::None { none: self.parts(parts) },
                _ => Condition::None { none: vec![self.condition(inner)] },
            }),
            _ => self.claimed(node).unwrap_or_else(|| Condition::Text { text: self.print(node) }),
        }
    }

    fn parts(&mut self, parts: &[Node]) -> Vec<Condition> {
        parts.iter().map(|part| self.condition(part)).collect()
    }

    fn claimed(&mut self, node: &Node) -> Option<Condition> {
        match &node.kind {
            Kind::Fact(_) => self.row(node, Op::Is, None),
            Kind::IsKnown(of) => self.row(of, Op::Known, None),
            Kind::OneOf(of, codes) => match (&codes[..], &of.ty) {
                ([only], Type::Text | Type::Ref(_)) => self.row(of, Op::Eq, Some(Operand::Text { text: only.to_string() })),
                ([_], _) => self.row(of, Op::Eq, codes_of(codes)),
                (_, Type::Text | Type::Ref(_)) => None,
                _ => self.row(of, Op::In, codes_of(codes)),
            },
            Kind::Within(of, codes) => self.row(of, Op::Within, codes_of(codes)),
            Kind::HasAny(of, codes) => self.row(of, Op::HasAny, codes_of(codes)),
            Kind::HasAll(of, codes) => self.row(of, Op::HasAll, codes_of(codes)),
            Kind::Compare(compare, left, right) => self.compared(*compare, left, right),
            Kind::Aggregate { child, filter: None, what: Aggregate::Exists(p) } => Some(self.children(*child, Quantifier::Exists, p)),
            Kind::Aggregate { child, filter: None, what: Aggregate::All(p) } => Some(self.children(*child, Quantifier::All, p)),
            _ => None,
        }
    }

    fn denied(&mut self, inner: &Node) -> Option<Condition> {
        let inner = inner.written();
        match &inner.kind {
            Kind::Fact(_) => self.row(inner, Op::IsNot, None),
            Kind::IsKnown(of) => self.row(of, Op::Unknown, None),
            Kind::OneOf(of, codes) if !matches!(of.ty, Type::Text | Type::Ref(_)) => {
                self.row(of, if codes.len() == 1 { Op::Ne } else { Op::NotIn }, codes_of(codes))
            }
            Kind::Within(of, codes) => self.row(of, Op::NotWithin, codes_of(codes)),
            Kind::HasAny(of, codes) => self.row(of, Op::HasNone, codes_of(codes)),
            Kind::Aggregate { child, filter: None, what: Aggregate::Exists(p) } => Some(self.children(*child, Quantifier::None, p)),
            _ => None,
        }
    }

    fn compared(&mut self, compare: Compare, left: &Node, right: &Node) -> Option<Condition> {
        let (op, left) = (op_of(compare), left.written());
        if let (Kind::Aggregate { child, filter: Some(filter), what: Aggregate::Count }, Kind::Const(Const::Int(value))) =
            (&left.kind, &right.kind)
        {
            return Some(self.children(*child, Quantifier::Count { count: op, value: *value }, filter));
        }
        let value = match &right.kind {
            Kind::Const(Const::Int(n)) => {
                let (amount, unit) = number_parts(*n, right.ty.unit()?)?;
                Operand::Amount { amount, unit: unit.to_owned() }
            }
            Kind::Const(Const::Date(date)) => Operand::Date { date: date.to_string() },
            Kind::Const(Const::Bool(bool)) => Operand::Bool { bool: *bool },
            Kind::Const(_) => return None,
            _ => Operand::Expression { expression: self.print(right) },
        };
        self.row(left, op, Some(value))
    }

    fn children(&mut self, child: ChildIx, quantifier: Quantifier, filter: &Node) -> Condition {
        let name = self.schema.children.get_index(child.0 as usize).map_or_else(String::new, |(name, _)| name.clone());
        let variable = self.variable(&name);
        self.within.push((child, variable.clone()));
        let filter = self.condition(filter);
        self.within.pop();
        Condition::Children(Box::new(Children { children: name, variable, quantifier, filter }))
    }

    /// The first letter of the collection, or a longer name where that is taken.
    fn variable(&self, collection: &str) -> String {
        let taken = |name: &str| {
            self.schema.fields.contains_key(name)
                || self.schema.children.contains_key(name)
                || self.schema.params.contains_key(name)
                || self.within.iter().any(|(_, v)| v == name)
        };
        let letter: String = collection.chars().take(1).collect();
        let mut names = std::iter::once(letter.clone()).chain((1..).map(|n| format!("{letter}{n}")));
        names.find(|name| !taken(name)).unwrap_or(letter)
    }

    /// `None` where the left side is no value of one firm or one child record.
    fn row(&mut self, left: &Node, op: Op, value: Option<Operand>) -> Option<Condition> {
        let list = match &left.ty {
            Type::Code(list) | Type::Set(list) => Some(list.name.clone()),
            _ => None,
        };
        let units =
            left.ty.unit().map(|unit| liangu_expr::print::units(unit).iter().map(|u| (*u).to_owned()).collect()).unwrap_or_default();
        let (fact, year) = match &left.kind {
            Kind::Fact(Source::Record { field, year }) => {
                let (name, decl) = self.schema.fields.get_index(field.0 as usize)?;
                (name.clone(), decl.yearly.then_some(*year))
            }
            _ => (self.print(left), None),
        };
        let label: Option<Text> = self.within.is_empty().then(|| sentence::text(left, self.schema));
        Some(Condition::Fact(Row { fact, year, op, value, label, units, list }))
    }

    fn print(&self, node: &Node) -> String {
        let names: Vec<String> = self.within.iter().map(|(_, name)| name.clone()).collect();
        print_within(node, self.schema, &names)
    }
}

fn codes_of(codes: &[std::sync::Arc<str>]) -> Option<Operand> {
    Some(Operand::Codes { codes: codes.iter().map(ToString::to_string).collect() })
}

fn op_of(compare: Compare) -> Op {
    match compare {
        Compare::Eq => Op::Eq,
        Compare::Ne => Op::Ne,
        Compare::Lt => Op::Lt,
        Compare::Le => Op::Le,
        Compare::Gt => Op::Gt,
        Compare::Ge => Op::Ge,
    }
}
