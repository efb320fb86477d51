//! The typer: tree + schema → typed form, or what is wrong.
//!
//! Start at [`check`]; names are resolved in `names`, operators in `operators`, sets and codes in `sets`, child records in
//! `records`, functions in the table of [`crate::functions`].
//! Invariants: `None` from a method means that a finding was recorded; a constant operand of a comparison stands on
//! the right; what comes out is a fixed point of printing and checking again.
pub(crate) mod calls;
mod names;
pub(crate) mod openness;
mod operators;
mod records;
pub(crate) mod reference;
mod sets;
pub(crate) mod steps;

use crate::finding::{Finding, nearest};
use crate::functions;
use crate::schema::{ChildIx, FieldDecl, Schema, Type, Unit};
use crate::syntax::{self, CallTree, Shape, Tree};
use crate::typed::{Const, Kind, Node, Source, Span, Typed};
use liangu_base::text::Text;

pub use openness::guarded;
pub use reference::Setting;

/// What the whole expression must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// A rule, scope or filter.
    Bool,
    /// A formula or default value.
    Any,
}

/// Types a source against the record it speaks about. All findings are returned, in source order.
/// Parameters and lists are not available; see [`check_in`].
pub fn check(source: &str, schema: &Schema, expect: Expect) -> Result<Typed, Vec<Finding>> {
    checked(source, schema, expect, None)
}

/// As [`check`], with the reference data of a day.
pub fn check_in(source: &str, schema: &Schema, expect: Expect, setting: &Setting<'_>) -> Result<Typed, Vec<Finding>> {
    checked(source, schema, expect, Some(setting))
}

fn checked(source: &str, schema: &Schema, expect: Expect, setting: Option<&Setting<'_>>) -> Result<Typed, Vec<Finding>> {
    let tree = syntax::parse(source).map_err(|f| vec![names::named_by_label(f, source, schema)])?;
    let mut checker = Checker { schema, setting, findings: Vec::new(), bound: Vec::new() };
    let root = match expect {
        Expect::Bool => checker.boolean(&tree),
        Expect::Any => checker.node(&tree),
    };
    match root {
        Some(root) if checker.findings.is_empty() => Ok(Typed { source: source.into(), root }),
        _ => {
            checker.findings.sort_by_key(|f| (f.span.start, f.span.end));
            checker.findings.dedup();
            Err(checker.findings)
        }
    }
}

pub(crate) struct Checker<'s> {
    pub schema: &'s Schema,
    pub setting: Option<&'s Setting<'s>>,
    findings: Vec<Finding>,
    /// Variables of child macros, outermost first.
    bound: Vec<(String, ChildIx)>,
}

/// What a tree stands for before it must be a value.
pub(crate) enum Item {
    Node(Node),
    /// Child records, filtered.
    Children {
        child: ChildIx,
        filter: Option<Node>,
    },
    /// An expression per child record.
    Mapped {
        child: ChildIx,
        filter: Option<Node>,
        value: Node,
    },
    /// One child record, by its macro variable: its type and how many binders out.
    Child {
        child: ChildIx,
        depth: u32,
    },
    /// An object beside the record, as `user`.
    Object(String),
}

impl<'s> Checker<'s> {
    pub(crate) fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Records a finding and gives up on this part.
    pub(crate) fn fail<T>(&mut self, finding: Finding) -> Option<T> {
        self.report(finding);
        None
    }

    pub(crate) fn boolean(&mut self, tree: &Tree) -> Option<Node> {
        let node = self.node(tree)?;
        if matches!(node.ty, Type::Bool) {
            return Some(node);
        }
        let (zh, en) = type_name(&node.ty);
        let finding = Finding::new(
            "expr.not-a-condition",
            tree.span,
            format!("这里要一个条件，却是{zh}"),
            format!("a condition is needed here, not {en}"),
        );
        self.fail(match &node.ty {
            Type::Int(Unit::Fen) => finding.hint("补上比较，例如 >= wan(2000)", "add a comparison, as >= wan(2000)"),
            Type::Int(Unit::BasisPoint) => finding.hint("补上比较，例如 >= percent(3)", "add a comparison, as >= percent(3)"),
            Type::Int(_) | Type::Days | Type::Double => finding.hint("补上比较，例如 >= 3", "add a comparison, as >= 3"),
            Type::Set(_) => finding.hint("写作 \"代码\" in 字段", "write \"code\" in field"),
            Type::Code(_) | Type::Text => finding.hint("写作 字段 == \"值\"", "write field == \"value\""),
            _ => finding,
        })
    }

    pub(crate) fn node(&mut self, tree: &Tree) -> Option<Node> {
        match self.item(tree)? {
            Item::Node(node) => Some(node),
            Item::Children { child, .. } | Item::Mapped { child, .. } => {
                let label = self.child_label(child);
                self.fail(
                    Finding::new(
                        "expr.list",
                        tree.span,
                        format!("“{}”是一组记录，不是一个值", label.zh),
                        format!("\"{}\" is a list of records, not a value", label.en),
                    )
                    .hint("用 .exists(x, …)、.all(x, …)、.size() 或 .sum(x, …)", "use .exists(x, …), .all(x, …), .size() or .sum(x, …)"),
                )
            }
            Item::Child { .. } => self.fail(
                Finding::new("expr.record", tree.span, "这是一条记录，不是一个值", "this is a record, not a value")
                    .hint("在后面写上 .字段", "add .field"),
            ),
            Item::Object(name) => self.fail(
                Finding::new("expr.record", tree.span, format!("“{name}”不是一个值"), format!("`{name}` is not a value"))
                    .hint(format!("在后面写上 .字段，例如 {name}.region"), format!("add .field, as {name}.region")),
            ),
        }
    }

    pub(crate) fn item(&mut self, tree: &Tree) -> Option<Item> {
        let span = tree.span;
        let constant = |c: Const, ty: Type| Some(Item::Node(Node { kind: Kind::Const(c), ty, span }));
        match &tree.shape {
            Shape::Bool(b) => constant(Const::Bool(*b), Type::Bool),
            Shape::Int(n) => constant(Const::Int(*n), Type::Int(Unit::One)),
            Shape::Double(x) => constant(Const::Double(*x), Type::Double),
            Shape::Text(s) if s.contains('\0') => {
                self.fail(Finding::new("expr.literal", span, "字符串里不能有空字符", "a string cannot contain NUL"))
            }
            Shape::Text(s) => constant(Const::Text(s.clone()), Type::Text),
            Shape::Uint(_) | Shape::Bytes(_) | Shape::Map(_) | Shape::Optional(_) => self.not_carried(span, "这种值", "such a value"),
            Shape::Null => self.fail(
                Finding::new("expr.null", span, "规则里不写 null：没有填报就是未知", "rules have no null: what is not on file is unknown")
                    .hint("问是否已知写作 known(字段)", "write known(field) to ask whether it is on file"),
            ),
            Shape::List(_) => self.fail(
                Finding::new("expr.list", span, "这里不能写列表", "a list cannot stand here")
                    .hint("列表写在 in 的右边", "write it to the right of `in`"),
            ),
            Shape::Name(name) => self.name(name, span),
            Shape::Select(operand, field, at) => self.select(operand, field, *at, span),
            Shape::Call(call) => self.call(call, span),
            Shape::And(parts) => self.joined(parts, span, true).map(Item::Node),
            Shape::Or(parts) => self.joined(parts, span, false).map(Item::Node),
            Shape::Not(inner) => Some(Item::Node(not(self.boolean(inner)?, span))),
            Shape::Negate(inner) => {
                let inner = self.node(inner)?;
                self.negate(inner, span).map(Item::Node)
            }
            Shape::If(parts) => self.conditional(parts, span).map(Item::Node),
            Shape::Binary(op, sides) => self.binary(op, &sides[0], &sides[1], span).map(Item::Node),
        }
    }

    /// A part of CEL that rows compute over bare values, and that neither SQL nor columns carry.
    pub(crate) fn not_carried<T>(&mut self, span: Span, zh: &str, en: &str) -> Option<T> {
        self.fail(
            Finding::new(
                "expr.not-carried",
                span,
                format!("规则里不能用{zh}：按列匹配和数据库查询都承载不了"),
                format!("a rule cannot use {en}: neither columns nor SQL carry it"),
            )
            .hint("用数、代码、日期和函数表中规则可用的函数", "use numbers, codes, dates and the functions that rules may use"),
        )
    }

    /// A chain of `&&` or `||`; every part is checked even if another is wrong.
    fn joined(&mut self, parts: &[Tree], span: Span, all: bool) -> Option<Node> {
        let parts: Vec<Option<Node>> = parts.iter().map(|p| self.boolean(p)).collect();
        let mut flat = Vec::new();
        for part in parts {
            let part = part?;
            match part.kind {
                Kind::And(inner) if all => flat.extend(inner),
                Kind::Or(inner) if !all => flat.extend(inner),
                _ => flat.push(part),
            }
        }
        Some(Node { kind: if all { Kind::And(flat) } else { Kind::Or(flat) }, ty: Type::Bool, span })
    }

    fn conditional(&mut self, parts: &[Tree; 3], span: Span) -> Option<Node> {
        let condition = self.boolean(&parts[0]);
        let (yes, no) = (self.node(&parts[1]), self.node(&parts[2]));
        let (condition, mut yes, mut no) = (condition?, yes?, no?);
        let ty = self.unify(&mut yes, &mut no, span)?;
        Some(Node { kind: Kind::If(Box::new(condition), Box::new(yes), Box::new(no)), ty, span })
    }

    fn call(&mut self, call: &CallTree, span: Span) -> Option<Item> {
        if let Some(target) = &call.target
            && let Some(item) = self.macro_call(target, call, span)
        {
            return item;
        }
        let arguments: Vec<&Tree> = call.target.iter().chain(&call.arguments).collect();
        let Some(function) = functions::find(&call.name, call.target.is_some()) else {
            return self.unknown_function(call);
        };
        if !(function.arity.0..=function.arity.1).contains(&arguments.len()) {
            return self.fail(
                Finding::new(
                    "expr.arguments",
                    span,
                    format!("{} 的参数个数不对", call.name),
                    format!("{} has the wrong number of arguments", call.name),
                )
                .hint(format!("写法：{}", function.signature), format!("it is written {}", function.signature)),
            );
        }
        let site = calls::Site { function, span, arguments };
        (function.typing)(self, &site).map(Item::Node)
    }

    fn unknown_function<T>(&mut self, call: &CallTree) -> Option<T> {
        let name = &call.name;
        let finding = Finding::new(
            "expr.unknown-function",
            call.name_span,
            format!("没有名为 {name} 的函数"),
            format!("there is no function {name}"),
        );
        if let Some(other) = functions::find(name, call.target.is_none()) {
            return self.fail(finding.hint(format!("写法：{}", other.signature), format!("it is written {}", other.signature)));
        }
        let names = functions::all().filter(|f| f.in_rules).map(|f| f.name).chain(["exists", "all", "filter", "map", "sum", "exists_one"]);
        self.fail(match nearest(name, names) {
            Some(near) => finding.hint(format!("是不是 {near}？"), format!("did you mean {near}?")),
            None => finding,
        })
    }

    pub(crate) fn child_schema(&self, child: ChildIx) -> &'s Schema {
        &self.schema.children[child.0 as usize].schema
    }

    fn child_label(&self, child: ChildIx) -> Text {
        self.schema.children[child.0 as usize].label.clone()
    }

    /// The declaration behind a fact; none for other nodes.
    pub(crate) fn declaration(&self, node: &Node) -> Option<&'s FieldDecl> {
        match &node.kind {
            Kind::Fact(source) => declaration(self.schema, source),
            _ => None,
        }
    }
}

/// The field that a source reads.
pub(crate) fn declaration<'s>(schema: &'s Schema, source: &Source) -> Option<&'s FieldDecl> {
    match source {
        Source::Record { field, .. } => schema.fields.get_index(field.0 as usize).map(|(_, d)| d),
        Source::Child { child, field, .. } => {
            schema.children.get_index(child.0 as usize).and_then(|(_, c)| c.schema.fields.get_index(field.0 as usize)).map(|(_, d)| d)
        }
        Source::Param { object, field } => schema.params.get(&**object).and_then(|o| o.get(&**field)),
    }
}

pub(crate) fn not(node: Node, span: Span) -> Node {
    let kind = match node.kind {
        Kind::Not(inner) => return Node { span, ..*inner },
        Kind::Const(Const::Bool(b)) => Kind::Const(Const::Bool(!b)),
        _ => Kind::Not(Box::new(node)),
    };
    Node { kind, ty: Type::Bool, span }
}

pub(crate) fn type_name(ty: &Type) -> (String, String) {
    let fixed = |zh: &str, en: &str| (zh.to_string(), en.to_string());
    match ty {
        Type::Bool => fixed("是否", "a condition"),
        Type::Int(Unit::One) => fixed("数", "a number"),
        Type::Int(unit) => {
            let (zh, en) = unit_name(*unit);
            (zh.to_string(), en.to_string())
        }
        Type::Double => fixed("小数", "a decimal number"),
        Type::Text => fixed("文字", "text"),
        Type::Date => fixed("日期", "a date"),
        Type::Days => fixed("天数", "a number of days"),
        Type::Code(list) => (format!("“{}”代码", list.label.zh), format!("a code of {}", list.name)),
        Type::Set(list) => (format!("一组“{}”代码", list.label.zh), format!("a set of codes of {}", list.name)),
        Type::Ref(record) => (format!("对 {record} 的引用"), format!("a reference to {record}")),
        Type::Children(_) => fixed("一组记录", "a list of records"),
        Type::Null => fixed("空值", "null"),
    }
}

pub(crate) fn unit_name(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::One => ("数", "a number"),
        Unit::Fen => ("金额", "an amount of money"),
        Unit::BasisPoint => ("比例", "a percentage"),
        Unit::SquareMetre => ("面积", "an area"),
        Unit::Person => ("人数", "a number of persons"),
        Unit::Piece => ("件数", "a number of pieces"),
        Unit::Year => ("年数", "years"),
        Unit::Month => ("月数", "months"),
        Unit::Day => ("天数", "days"),
        Unit::Kwh => ("电量（千瓦时）", "kilowatt hours"),
        Unit::Kgce => ("能耗（千克标准煤）", "kilograms of coal equivalent"),
        Unit::Point => ("分数", "points"),
    }
}
