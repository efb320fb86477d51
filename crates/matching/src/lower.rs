//! From the typed form to trees over leaves.
//!
//! A leaf is a predicate over one column, written in a canonical form so that equal predicates of different policies
//! are one leaf. Whatever is not such a predicate becomes a derived leaf, evaluated row by row by the row back end;
//! so every typed boolean expression has a tree, and only a fact that the table lacks is refused.
use crate::column::Data;
use crate::derived::{self, Derived, Formulas};
use crate::table::{FactKey, Table};
use crate::tree::{MOST_PARTS, Tree};
use liangu_base::text::{Explain, Text};
use liangu_expr::row::Context;
use liangu_expr::schema::Type;
use liangu_expr::typed::{Compare, Const, Kind, Node, Source, Typed};
use std::cell::RefCell;
use std::sync::Arc;

/// A predicate in canonical form. Columns are positions in the table; except for [`Leaf::Known`] and
/// [`Leaf::Derived`] it is unknown exactly where the column is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Leaf {
    /// The number is at least `cut`.
    AtLeast {
        column: u32,
        cut: i64,
    },
    /// The code is one of these, or the set has one of these. Ascending numbers of the dictionary.
    AnyOf {
        column: u32,
        codes: Arc<[u32]>,
    },
    /// The truth value itself.
    Flag {
        column: u32,
    },
    /// The fact is on file; never unknown.
    Known {
        column: u32,
    },
    Derived(Arc<Derived>),
}

impl Leaf {
    /// The only column whose known bits decide whether the leaf is unknown.
    pub fn column(&self) -> Option<u32> {
        match self {
            Leaf::AtLeast { column, .. } | Leaf::AnyOf { column, .. } | Leaf::Flag { column } | Leaf::Known { column } => Some(*column),
            Leaf::Derived(_) => None,
        }
    }

    /// The codes of which one is asked for; empty for other leaves.
    pub fn codes(&self) -> &[u32] {
        if let Leaf::AnyOf { codes, .. } = self { codes } else { &[] }
    }
}

/// Why an expression cannot be matched over a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The fact that the table was not built with.
    pub field: String,
    pub year: i32,
}

impl Refused {
    pub(crate) fn new(table: &Table, fact: FactKey) -> Refused {
        let field = table.field(fact.field).map_or_else(|| format!("#{}", fact.field.0), |(name, _)| name.clone());
        Refused { field, year: fact.year }
    }
}

impl Explain for Refused {
    fn text(&self) -> Text {
        let Refused { field, year } = self;
        Text::new(
            format!("匹配表没有事实 {field}（相对年度 {year}），规则不能匹配；请把它加入建表的事实清单"),
            format!(
                "the rule reads {field} (relative year {year}), which the matching table lacks; add it to the facts the table is built with"
            ),
        )
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for Refused {}

/// The clauses of a rule: its top-level conjuncts in source order, or the whole rule.
pub(crate) fn clauses(rule: &Typed) -> &[Node] {
    match &rule.root.kind {
        Kind::And(parts) if !parts.is_empty() => parts,
        _ => std::slice::from_ref(&rule.root),
    }
}

/// A rule over leaves.
pub(crate) struct Lowered {
    pub clauses: Vec<Tree<Leaf>>,
    /// Formulas that have no column yet: theirs follow the columns of the table in this order.
    pub new: Vec<Derived>,
}

/// Lowers each clause of a rule.
pub(crate) fn lower(rule: &Typed, table: &Table, formulas: &Formulas, context: &Context) -> Result<Lowered, Refused> {
    let lowering = Lowering { table, formulas, context, new: RefCell::default() };
    let clauses = clauses(rule).iter().map(|clause| lowering.node(clause)).collect::<Result<_, _>>()?;
    Ok(Lowered { clauses, new: lowering.new.into_inner() })
}

struct Lowering<'a> {
    table: &'a Table,
    formulas: &'a Formulas,
    context: &'a Context,
    new: RefCell<Vec<Derived>>,
}

impl Lowering<'_> {
    fn node(&self, node: &Node) -> Result<Tree<Leaf>, Refused> {
        let node = node.meaning();
        let all = |parts: &[Node]| parts.iter().map(|p| self.node(p)).collect::<Result<Vec<_>, _>>();
        Ok(match &node.kind {
            Kind::Const(Const::Bool(b)) => Tree::Const(Some(*b)),
            Kind::Const(Const::Null) => Tree::Const(None),
            Kind::Not(inner) => self.node(inner)?.negate(),
            Kind::And(parts) => Tree::And(all(parts)?),
            Kind::Or(parts) => Tree::Or(all(parts)?),
            Kind::Named { node, .. } => self.node(node)?,
            Kind::AtLeast(n, parts) if parts.len() <= MOST_PARTS => Tree::AtLeast(*n, all(parts)?),
            _ => match self.simple(node)? {
                Some(tree) => tree,
                None => self.derived(node)?,
            },
        })
    }

    fn derived(&self, node: &Node) -> Result<Tree<Leaf>, Refused> {
        Ok(plain(Leaf::Derived(Arc::new(self.checked(node)?))))
    }

    /// The node to be evaluated row by row; refused if it reads a fact the table lacks.
    fn checked(&self, node: &Node) -> Result<Derived, Refused> {
        let derived = Derived::new(node);
        derived.reads.facts.iter().try_for_each(|&fact| self.require(fact).map(|_| ()))?;
        Ok(derived)
    }

    /// The column of a formula.
    fn formula(&self, node: &Node) -> Result<u32, Refused> {
        let formula = self.checked(node)?;
        if let Some(column) = self.formulas.find(&formula) {
            return Ok(column);
        }
        let mut new = self.new.borrow_mut();
        let place = new.iter().position(|f| *f == formula).unwrap_or_else(|| {
            new.push(formula);
            new.len() - 1
        });
        Ok((self.table.columns.len() + place) as u32)
    }

    /// A predicate over one column, `None` if the node is not one.
    fn simple(&self, node: &Node) -> Result<Option<Tree<Leaf>>, Refused> {
        match &node.kind {
            Kind::Fact(_) => Ok(self.column(node)?.and_then(|column| {
                let flag = matches!(self.table.columns[column as usize].data, Data::Bool(_));
                flag.then(|| plain(Leaf::Flag { column }))
            })),
            Kind::IsKnown(inner) => Ok(self.column(inner)?.map(|column| plain(Leaf::Known { column }))),
            Kind::OneOf(of, codes) | Kind::HasAny(of, codes) if !codes.is_empty() => self.any_of(of, codes),
            Kind::HasAll(of, codes) if !codes.is_empty() => {
                let each = codes.iter().map(|c| self.any_of(of, std::slice::from_ref(c))).collect::<Result<Option<Vec<_>>, _>>()?;
                Ok(each.map(Tree::And))
            }
            Kind::Within(of, ancestors) if !ancestors.is_empty() => self.within(of, ancestors),
            Kind::Compare(compare, left, right) => self.compare(*compare, left, right),
            _ => Ok(None),
        }
    }

    fn require(&self, key: FactKey) -> Result<u32, Refused> {
        self.table.place(key).map(|p| p as u32).ok_or_else(|| Refused::new(self.table, key))
    }

    /// The column of a fact of the record; `None` for any other node.
    fn column(&self, node: &Node) -> Result<Option<u32>, Refused> {
        match &node.meaning().kind {
            Kind::Fact(Source::Record { field, year }) if !matches!(node.ty, Type::Children(_)) => {
                self.require(FactKey::new(*field, *year)).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn any_of(&self, of: &Node, codes: &[Arc<str>]) -> Result<Option<Tree<Leaf>>, Refused> {
        let Some(column) = self.column(of)? else { return Ok(None) };
        let Some(dictionary) = self.table.columns[column as usize].dictionary() else { return Ok(None) };
        // a code that no row ever had has no number: it cannot match
        let mut numbers: Vec<u32> = codes.iter().filter_map(|c| dictionary.find(c)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        Ok(Some(plain(Leaf::AnyOf { column, codes: numbers.into() })))
    }

    fn within(&self, of: &Node, ancestors: &[Arc<str>]) -> Result<Option<Tree<Leaf>>, Refused> {
        let (Some(column), Type::Code(_)) = (self.column(of)?, &of.ty) else { return Ok(None) };
        let Some(dictionary) = self.table.columns[column as usize].dictionary() else { return Ok(None) };
        let mut codes: Vec<u32> = ancestors.iter().flat_map(|ancestor| dictionary.below(ancestor)).copied().collect();
        codes.sort_unstable();
        codes.dedup();
        Ok(Some(plain(Leaf::AnyOf { column, codes: codes.into() })))
    }

    fn compare(&self, compare: Compare, left: &Node, right: &Node) -> Result<Option<Tree<Leaf>>, Refused> {
        if let Some(constant) = self.constant(right) {
            return self.compare_with(compare, left, &constant);
        }
        match self.constant(left) {
            Some(constant) => self.compare_with(compare.mirrored(), right, &constant),
            None => Ok(None),
        }
    }

    fn constant(&self, node: &Node) -> Option<Const> {
        match &node.meaning().kind {
            Kind::Const(c) => Some(c.clone()),
            Kind::Today => Some(Const::Date(self.context.today)),
            Kind::Named { node, .. } => self.constant(node),
            _ => None,
        }
    }

    fn compare_with(&self, compare: Compare, node: &Node, constant: &Const) -> Result<Option<Tree<Leaf>>, Refused> {
        let Some(column) = self.column(node)? else {
            return match derived::date_threshold(compare, node, constant, self.context) {
                Some((key, tree)) => {
                    let column = self.require(key)?;
                    Ok(Some(tree.map(&mut |&cut| Leaf::AtLeast { column, cut })))
                }
                None => self.compare_formula(compare, node, constant),
            };
        };
        Ok(match (&self.table.columns[column as usize].data, constant, &node.ty) {
            (Data::Int(_), Const::Date(d), Type::Date) => Some(threshold(compare, column, i64::from(d.days()))),
            (Data::Int(_), Const::Int(v), Type::Int(_) | Type::Days) => Some(threshold(compare, column, *v)),
            (Data::Bool(_), Const::Bool(b), _) => equality(compare, *b, Leaf::Flag { column }),
            (Data::Code(_), Const::Text(code), _) => match self.any_of(node, std::slice::from_ref(code))? {
                Some(Tree::Leaf { leaf, .. }) => equality(compare, true, leaf),
                _ => None,
            },
            _ => None,
        })
    }

    fn compare_formula(&self, compare: Compare, node: &Node, constant: &Const) -> Result<Option<Tree<Leaf>>, Refused> {
        let value = match (constant, &node.ty) {
            (Const::Date(d), Type::Date) => i64::from(d.days()),
            (Const::Int(v), Type::Int(_) | Type::Days) => *v,
            _ => return Ok(None),
        };
        Ok(Some(threshold(compare, self.formula(node)?, value)))
    }
}

fn plain<L>(leaf: L) -> Tree<L> {
    Tree::Leaf { leaf, negative: false }
}

/// `leaf == expected` or `leaf != expected`; other comparisons are left to the row back end.
fn equality(compare: Compare, expected: bool, leaf: Leaf) -> Option<Tree<Leaf>> {
    match compare {
        Compare::Eq => Some(Tree::Leaf { leaf, negative: !expected }),
        Compare::Ne => Some(Tree::Leaf { leaf, negative: expected }),
        _ => None,
    }
}

/// A comparison of a number with a constant as cuts `≥`, which all share the column's known bits.
fn threshold(compare: Compare, column: u32, value: i64) -> Tree<Leaf> {
    cuts(compare, value).map(&mut |&cut| Leaf::AtLeast { column, cut })
}

pub(crate) fn cuts(compare: Compare, value: i64) -> Tree<i64> {
    let from = plain(value);
    // no number lies above the greatest: `≥ MIN`, negated, is no for every known number
    let above = value.checked_add(1).map_or_else(|| plain(i64::MIN).negate(), plain);
    match compare {
        Compare::Ge => from,
        Compare::Gt => above,
        Compare::Lt => from.negate(),
        Compare::Le => above.negate(),
        Compare::Eq => Tree::And(vec![from, above.negate()]),
        Compare::Ne => Tree::Or(vec![from.negate(), above]),
    }
}

/// Enters the constants of a rule into the dictionaries, so that a later row with a code new to the table is matched.
pub(crate) fn learn(rule: &Typed, table: &mut Table) {
    derived::visit(&rule.root, &mut |node| {
        let (of, codes): (&Node, Vec<&Arc<str>>) = match &node.kind {
            Kind::OneOf(of, codes) | Kind::HasAny(of, codes) | Kind::HasAll(of, codes) => (of, codes.iter().collect()),
            Kind::Compare(_, left, right) => match (&left.kind, &right.kind) {
                (_, Kind::Const(Const::Text(code))) => (left, vec![code]),
                (Kind::Const(Const::Text(code)), _) => (right, vec![code]),
                _ => return,
            },
            _ => return,
        };
        if let Kind::Fact(Source::Record { field, year }) = &of.kind
            && let Some(place) = table.place(FactKey::new(*field, *year))
            && let Some(dictionary) = table.columns[place].dictionary_mut()
        {
            codes.into_iter().for_each(|c| {
                dictionary.intern(c);
            });
        }
    });
}
