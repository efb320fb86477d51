//! Comparisons, arithmetic and the units of numbers.
use super::{Checker, not, type_name};
use crate::finding::Finding;
use crate::schema::{Type, Unit};
use crate::syntax::{Shape, Tree};
use crate::typed::{Aggregate, Arith, Compare, Const, Kind, Node, Span};
use cel::common::ast::operators as op;

impl Checker<'_> {
    pub(crate) fn binary(&mut self, operator: &str, left: &Tree, right: &Tree, span: Span) -> Option<Node> {
        match operator {
            op::IN => return self.member(left, right, span),
            op::INDEX => {
                let at = Span { start: left.span.end, end: span.end };
                return self.fail(
                    Finding::new("expr.not-carried", at, "规则里不能用 [ ] 取值", "a rule cannot index with [ ]")
                        .hint("上一年写作 .at(-1)", "write .at(-1) for the year before"),
                );
            }
            op::OPT_INDEX | op::OPT_SELECT => return self.not_carried(span, "可缺的值", "optional values"),
            _ => {}
        }
        if matches!(operator, op::EQUALS | op::NOT_EQUALS) && [left, right].iter().any(|t| matches!(t.shape, Shape::List(_))) {
            return self.fail(
                Finding::new("expr.list", span, "不能与列表比较是否相等", "a list cannot be compared")
                    .hint("写作 字段 in [\"a\", \"b\"]", "write field in [\"a\", \"b\"]"),
            );
        }
        let (left, right) = (self.operand(left), self.operand(right));
        let (left, right) = (left?, right?);
        let compare = match operator {
            op::EQUALS => Compare::Eq,
            op::NOT_EQUALS => Compare::Ne,
            op::LESS => Compare::Lt,
            op::LESS_EQUALS => Compare::Le,
            op::GREATER => Compare::Gt,
            op::GREATER_EQUALS => Compare::Ge,
            _ => return self.arithmetic(arith(operator), left, right, span),
        };
        self.compare(compare, left, right, span)
    }

    /// A value; the bare name of an object stands for its identity (`duty.holder == user`).
    fn operand(&mut self, tree: &Tree) -> Option<Node> {
        if let Shape::Name(name) = &tree.shape
            && let Some(decl) = self.schema.params.get(name).and_then(|o| o.get("id"))
            && !self.schema.fields.contains_key(name)
            && !self.bound.iter().any(|(n, _)| n == name)
        {
            let source = crate::typed::Source::Param { object: name.as_str().into(), field: "id".into() };
            return Some(Node { kind: Kind::Fact(source), ty: decl.ty.clone(), span: tree.span });
        }
        self.node(tree)
    }

    pub(crate) fn compare(&mut self, compare: Compare, mut left: Node, mut right: Node, span: Span) -> Option<Node> {
        let mut compare = compare;
        if constant(&left) && !constant(&right) {
            std::mem::swap(&mut left, &mut right);
            compare = compare.mirrored();
        }
        let equality = matches!(compare, Compare::Eq | Compare::Ne);
        let negated = compare == Compare::Ne;
        match (&left.ty, &right.ty) {
            (Type::Int(_) | Type::Days | Type::Double, Type::Int(_) | Type::Days | Type::Double) => {
                self.unify(&mut left, &mut right, span)?;
            }
            (Type::Date, Type::Date) => {}
            (Type::Date, Type::Text) | (Type::Text, Type::Date) => {
                let text = if matches!(left.ty, Type::Text) { &left } else { &right };
                let shown = text_of(text).unwrap_or("2024-01-01").to_string();
                return self.fail(
                    Finding::new("expr.date", text.span, "日期不能与文字比较", "a date cannot be compared with text")
                        .hint(format!("写作 date(\"{shown}\")"), format!("write date(\"{shown}\")")),
                );
            }
            (Type::Code(_) | Type::Text | Type::Ref(_), Type::Text) if equality && text_of(&right).is_some() => {
                let code = text_of(&right).unwrap_or_default().to_string();
                self.known_code(&left.ty, &code, right.span)?;
                let kind = Kind::OneOf(Box::new(left), vec![code.into()]);
                let node = Node { kind, ty: Type::Bool, span };
                return Some(if negated { not(node, span) } else { node });
            }
            (Type::Bool, Type::Bool) if equality => {
                if let Kind::Const(Const::Bool(wanted)) = right.kind {
                    return Some(if wanted == negated { not(left, span) } else { Node { span, ..left } });
                }
            }
            (Type::Text, Type::Text) if equality => {}
            (Type::Code(a), Type::Code(b)) if equality && a.name == b.name => {}
            (Type::Ref(a), Type::Ref(b)) if equality && a == b => {}
            _ => return self.incomparable(&left, &right, equality, span),
        }
        Some(Node { kind: Kind::Compare(compare, Box::new(left), Box::new(right)), ty: Type::Bool, span })
    }

    fn incomparable(&mut self, left: &Node, right: &Node, equality: bool, span: Span) -> Option<Node> {
        let ((lz, le), (rz, re)) = (type_name(&left.ty), type_name(&right.ty));
        let codes = matches!((&left.ty, &right.ty), (Type::Code(_) | Type::Text | Type::Ref(_), Type::Text));
        if !equality && (lz == rz || codes) {
            return self.fail(
                Finding::new("expr.order", span, format!("{lz}没有大小先后"), format!("{le} has no order"))
                    .hint("用 ==、in 或 within(…)", "use ==, in or within(…)"),
            );
        }
        let finding = Finding::new("expr.type", span, format!("{lz}不能与{rz}比较"), format!("{le} cannot be compared with {re}"));
        self.fail(match (&left.ty, &right.ty) {
            (Type::Set(_), Type::Text) => finding.hint("写作 \"代码\" in 字段", "write \"code\" in field"),
            (Type::Code(_), Type::Int(_)) => finding.hint("代码要放在引号里", "put the code in quotes"),
            (Type::Bool, Type::Int(_)) => finding.hint("写作 true 或 false", "write true or false"),
            _ => finding,
        })
    }

    /// Brings two values to one type: bare literals take the unit of the other side where only one reading exists.
    pub(crate) fn unify(&mut self, a: &mut Node, b: &mut Node, span: Span) -> Option<Type> {
        adapt(a, &b.ty.clone());
        adapt(b, &a.ty.clone());
        let same = match (&a.ty, &b.ty) {
            (Type::Double, Type::Double) | (Type::Bool, Type::Bool) | (Type::Text, Type::Text) | (Type::Date, Type::Date) => true,
            (Type::Code(x), Type::Code(y)) | (Type::Set(x), Type::Set(y)) => x.name == y.name,
            (Type::Ref(x), Type::Ref(y)) => x == y,
            // how many records there are compares with a number of persons or pieces
            (Type::Int(Unit::One), Type::Int(u)) if counted(a) && plain(*u) => {
                a.ty = b.ty.clone();
                true
            }
            (Type::Int(u), Type::Int(Unit::One)) if counted(b) && plain(*u) => {
                b.ty = a.ty.clone();
                true
            }
            (x, y) => x.unit().is_some() && x.unit() == y.unit(),
        };
        if same {
            return Some(a.ty.clone());
        }
        let ((az, ae), (bz, be)) = (type_name(&a.ty), type_name(&b.ty));
        let finding =
            Finding::new("expr.unit", span, format!("单位或类型不同：{az}与{bz}"), format!("units or types differ: {ae} and {be}"));
        let unit = if matches!(a.kind, Kind::Const(_)) { b.ty.unit() } else { a.ty.unit() };
        let bare = [&*a, &*b].into_iter().find_map(|n| match &n.kind {
            Kind::Const(Const::Int(v)) => Some(v.to_string()),
            Kind::Const(Const::Double(v)) => Some(v.to_string()),
            _ => None,
        });
        self.fail(match (unit, bare) {
            (Some(Unit::Fen), Some(n)) => finding
                .hint(format!("金额写作 wan({n})（万元）或 yuan({n})（元）"), format!("write wan({n}) for ten thousand yuan or yuan({n})")),
            (Some(Unit::BasisPoint), Some(n)) => {
                let n = n
                    .parse::<f64>()
                    .map_or(n.clone(), |x| if x.abs() < 1.0 { format!("{}", (x * 10_000.0).round() / 100.0) } else { n.clone() });
                finding.hint(format!("比例写作 percent({n})"), format!("write percent({n})"))
            }
            (Some(Unit::SquareMetre), Some(n)) => {
                finding.hint(format!("面积写作 mu({n})（亩）或 hectare({n})（公顷）"), format!("write mu({n}) or hectare({n})"))
            }
            (Some(Unit::Kgce), Some(n)) => {
                finding.hint(format!("能耗写作 tce({n})（吨标准煤）"), format!("write tce({n}) for tonnes of coal equivalent"))
            }
            (Some(_), Some(n)) if n.contains('.') => finding.hint("这里要整数", "a whole number is needed here"),
            _ => finding,
        })
    }

    pub(crate) fn negate(&mut self, node: Node, span: Span) -> Option<Node> {
        let kind = match (&node.kind, &node.ty) {
            (Kind::Const(Const::Int(n)), _) => match n.checked_neg() {
                Some(n) => Kind::Const(Const::Int(n)),
                None => return self.overflow(span),
            },
            (Kind::Const(Const::Double(x)), _) => Kind::Const(Const::Double(-x)),
            (_, Type::Int(_) | Type::Days | Type::Double) => {
                return Some(Node { ty: node.ty.clone(), kind: Kind::Neg(Box::new(node)), span });
            }
            (_, ty) => {
                let (zh, en) = type_name(ty);
                return self.fail(Finding::new("expr.type", span, format!("{zh}不能取负"), format!("{en} cannot be negated")));
            }
        };
        Some(Node { kind, ty: node.ty, span })
    }

    fn overflow<T>(&mut self, span: Span) -> Option<T> {
        self.fail(Finding::new("expr.overflow", span, "数太大了", "the number is too large"))
    }

    fn arithmetic(&mut self, arith: Arith, mut left: Node, mut right: Node, span: Span) -> Option<Node> {
        use Arith::{Add, Div, Mul, Rem, Sub};
        let days = |n: &Node| n.ty.unit() == Some(Unit::Day) || matches!((&n.kind, &n.ty), (Kind::Const(_), Type::Int(Unit::One)));
        let ty = match (arith, &left.ty, &right.ty) {
            (Sub, Type::Date, Type::Date) => Type::Days,
            (Add | Sub, Type::Date, _) if days(&right) => {
                right.ty = Type::Int(Unit::Day);
                Type::Date
            }
            (Add, _, Type::Date) if days(&left) => {
                std::mem::swap(&mut left, &mut right);
                right.ty = Type::Int(Unit::Day);
                Type::Date
            }
            (_, Type::Double, _) | (_, _, Type::Double) if arith != Rem => self.unify(&mut left, &mut right, span)?,
            (Add | Sub | Rem, Type::Int(_) | Type::Days, Type::Int(_) | Type::Days) => self.unify(&mut left, &mut right, span)?,
            (Mul, Type::Int(u), Type::Int(Unit::One))
            | (Mul, Type::Int(Unit::One), Type::Int(u))
            | (Div, Type::Int(u), Type::Int(Unit::One)) => Type::Int(*u),
            (Mul | Div, Type::Days, Type::Int(Unit::One)) => Type::Days,
            // so much for each person, month or square metre
            (Mul | Div, Type::Int(Unit::Fen), Type::Int(u)) | (Mul, Type::Int(u), Type::Int(Unit::Fen)) if counts(*u) => {
                Type::Int(Unit::Fen)
            }
            (Div, a, b) if a.unit().is_some() && a.unit() == b.unit() => Type::Int(Unit::One),
            _ => {
                let ((lz, le), (rz, re)) = (type_name(&left.ty), type_name(&right.ty));
                let finding = Finding::new(
                    "expr.type",
                    span,
                    format!("{lz}与{rz}不能这样计算"),
                    format!("{le} and {re} cannot be combined like this"),
                );
                return self.fail(match arith {
                    Mul => finding
                        .hint("金额的百分之几写作 share(金额, percent(3))", "write share(amount, percent(3)) for a part of an amount"),
                    Div => finding.hint("两数之比写作 ratio(甲, 乙)", "write ratio(a, b) for a proportion"),
                    _ => finding,
                });
            }
        };
        if let (Kind::Const(Const::Int(a)), Kind::Const(Const::Int(b))) = (&left.kind, &right.kind) {
            let folded = match arith {
                Add => a.checked_add(*b),
                Sub => a.checked_sub(*b),
                Mul => a.checked_mul(*b),
                Div => a.checked_div(*b),
                Rem => a.checked_rem(*b),
            };
            return match folded {
                Some(n) => Some(Node { kind: Kind::Const(Const::Int(n)), ty, span }),
                None => self.fail(Finding::new("expr.overflow", span, "结果太大或除以零", "the result is too large or a division by zero")),
            };
        }
        Some(Node { kind: Kind::Arith(arith, Box::new(left), Box::new(right)), ty, span })
    }
}

fn arith(operator: &str) -> Arith {
    match operator {
        op::ADD => Arith::Add,
        op::SUBSTRACT => Arith::Sub,
        op::MULTIPLY => Arith::Mul,
        op::DIVIDE => Arith::Div,
        _ => Arith::Rem,
    }
}

/// Does not change from row to row.
fn constant(node: &Node) -> bool {
    match &node.kind {
        Kind::Const(_) | Kind::Today | Kind::JudgedYear => true,
        Kind::Arith(_, a, b) => constant(a) && constant(b),
        Kind::Named { node, .. } => constant(node),
        _ => false,
    }
}

pub(crate) fn text_of(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Const(Const::Text(s)) => Some(s),
        _ => None,
    }
}

/// Units whose plain number can be read in one way only.
pub(crate) fn plain(unit: Unit) -> bool {
    !matches!(unit, Unit::Fen | Unit::BasisPoint | Unit::SquareMetre | Unit::Kgce)
}

/// Units that money may be multiplied with or divided by.
fn counts(unit: Unit) -> bool {
    !matches!(unit, Unit::One | Unit::Fen | Unit::BasisPoint)
}

/// A number of records, or that many times so many.
fn counted(node: &Node) -> bool {
    match &node.kind {
        Kind::Aggregate { what: Aggregate::Count, .. } | Kind::Size(_) => true,
        Kind::Arith(Arith::Mul, a, b) => counted(a) && b.ty.unit() == Some(Unit::One) || counted(b) && a.ty.unit() == Some(Unit::One),
        _ => false,
    }
}

/// A bare integer literal takes the type of the other side.
fn adapt(node: &mut Node, to: &Type) {
    if let (Kind::Const(Const::Int(n)), Type::Int(Unit::One)) = (&node.kind, &node.ty) {
        match to {
            Type::Double => {
                node.kind = Kind::Const(Const::Double(*n as f64));
                node.ty = Type::Double;
            }
            _ => {
                if let Some(unit) = to.unit().filter(|u| *n == 0 || plain(*u)) {
                    node.ty = Type::Int(unit);
                }
            }
        }
    }
}
