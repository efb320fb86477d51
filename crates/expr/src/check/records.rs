//! Child records: `filter`, `exists`, `all`, `exists_one`, `size`, `map`, `sum`, `mean`, `min`, `max`.
//!
//! One variable binds one record across a whole predicate; two `exists` may be satisfied by two different records.
use super::openness::{counted, guarded};
use super::{Checker, Item, type_name};
use crate::finding::Finding;
use crate::schema::{ChildIx, Type, Unit};
use crate::syntax::{CallTree, Shape, Tree};
use crate::typed::{Aggregate, Compare, Const, Kind, Node, Span};

const MACROS: [&str; 10] = ["filter", "exists", "all", "exists_one", "existsOne", "map", "sum", "mean", "min", "max"];

impl Checker<'_> {
    /// A macro or aggregate on a target. `None` if the call is an ordinary function.
    pub(crate) fn macro_call(&mut self, target: &Tree, call: &CallTree, span: Span) -> Option<Option<Item>> {
        if !MACROS.contains(&call.name.as_str()) && call.name != "size" {
            return None;
        }
        if let (Shape::List(items), "exists" | "all", [variable, predicate]) = (&target.shape, call.name.as_str(), &call.arguments[..]) {
            return Some(self.list_macro(items, target.span, variable, predicate, call.name == "exists", span).map(Item::Node));
        }
        // the target is checked once: a chain of macros must not be walked again at every link
        Some(match self.item(target) {
            Some(Item::Children { child, filter }) => self.over_children(child, filter, call, span),
            Some(Item::Mapped { child, filter, value }) => self.over_mapped(child, filter, value, call, span),
            Some(Item::Node(set)) if call.name == "size" && call.arguments.is_empty() => self.size(set, span).map(Item::Node),
            Some(Item::Node(set)) if matches!(set.ty, Type::Set(_)) => self.set_macro(set, call, span).map(Item::Node),
            Some(_) => self.fail(Finding::new(
                "expr.macro",
                call.name_span,
                format!(".{} 只能用在子记录或一组代码上", call.name),
                format!(".{} works on child records or a set of codes", call.name),
            )),
            None => None,
        })
    }

    /// Number of codes in a set.
    pub(crate) fn size(&mut self, set: Node, span: Span) -> Option<Node> {
        if matches!(set.ty, Type::Set(_)) {
            return Some(Node { kind: Kind::Size(Box::new(set)), ty: Type::Int(Unit::One), span });
        }
        let (zh, en) = type_name(&set.ty);
        self.fail(Finding::new(
            "expr.type",
            set.span,
            format!("size 用在一组代码或子记录上，却是{zh}"),
            format!("size works on a set of codes or child records, not {en}"),
        ))
    }

    fn over_children(&mut self, child: ChildIx, filter: Option<Node>, call: &CallTree, span: Span) -> Option<Item> {
        let schema = self.schema;
        let aggregate = |what| {
            let kind = Kind::Aggregate { child, filter: filter.clone().map(Box::new), what };
            Some(Item::Node(guarded(Node { kind, ty: Type::Bool, span }, schema)))
        };
        match (call.name.as_str(), &call.arguments[..]) {
            ("size", []) => Some(Item::Node(counted(child, filter, schema, span))),
            ("filter", [variable, predicate]) => {
                let predicate = self.per_child(child, variable, predicate, true)?;
                Some(Item::Children { child, filter: Some(both(filter, predicate)) })
            }
            ("exists", [variable, predicate]) => {
                let predicate = self.per_child(child, variable, predicate, true)?;
                aggregate(Aggregate::Exists(Box::new(predicate)))
            }
            ("all", [variable, predicate]) => {
                let predicate = self.per_child(child, variable, predicate, true)?;
                aggregate(Aggregate::All(Box::new(predicate)))
            }
            ("exists_one" | "existsOne", [variable, predicate]) => {
                let predicate = self.per_child(child, variable, predicate, true)?;
                let count = counted(child, Some(both(filter, predicate)), schema, span);
                let one = Node { kind: Kind::Const(Const::Int(1)), ty: Type::Int(Unit::One), span };
                Some(Item::Node(Node { kind: Kind::Compare(Compare::Eq, Box::new(count), Box::new(one)), ty: Type::Bool, span }))
            }
            ("map", [variable, value]) => {
                let value = self.per_child(child, variable, value, false)?;
                Some(Item::Mapped { child, filter, value })
            }
            ("map", [variable, predicate, value]) => {
                let predicate = self.per_child(child, variable, predicate, true)?;
                let value = self.per_child(child, variable, value, false)?;
                Some(Item::Mapped { child, filter: Some(both(filter, predicate)), value })
            }
            ("sum" | "mean" | "min" | "max", [variable, value]) => {
                let value = self.per_child(child, variable, value, false)?;
                self.reduce(child, filter, value, &call.name, span)
            }
            (name, _) => self.fail(
                Finding::new(
                    "expr.arguments",
                    span,
                    format!(".{name} 的参数个数不对"),
                    format!(".{name} has the wrong number of arguments"),
                )
                .hint(format!("写法：.{name}(x, …)"), format!("it is written .{name}(x, …)")),
            ),
        }
    }

    fn over_mapped(&mut self, child: ChildIx, filter: Option<Node>, value: Node, call: &CallTree, span: Span) -> Option<Item> {
        match (call.name.as_str(), &call.arguments[..]) {
            ("sum" | "mean" | "min" | "max", []) => self.reduce(child, filter, value, &call.name, span),
            ("size", []) => Some(Item::Node(counted(child, filter, self.schema, span))),
            _ => self.fail(Finding::new(
                "expr.macro",
                call.name_span,
                "map 之后只能用 .sum()、.mean()、.min()、.max() 或 .size()",
                "only .sum(), .mean(), .min(), .max() or .size() can follow map",
            )),
        }
    }

    fn reduce(&mut self, child: ChildIx, filter: Option<Node>, value: Node, name: &str, span: Span) -> Option<Item> {
        let date = matches!(value.ty, Type::Date) && matches!(name, "min" | "max");
        if !date && value.ty.unit().is_none() {
            return self.fail(Finding::new("expr.type", value.span, format!(".{name} 要整数"), format!(".{name} needs a whole number")));
        }
        let ty = value.ty.clone();
        let what = match name {
            "sum" => Aggregate::Sum(Box::new(value)),
            "mean" => Aggregate::Mean(Box::new(value)),
            "min" => Aggregate::Min(Box::new(value)),
            _ => Aggregate::Max(Box::new(value)),
        };
        Some(Item::Node(Node { kind: Kind::Aggregate { child, filter: filter.map(Box::new), what }, ty, span }))
    }

    /// Checks an expression with a variable bound to one child record.
    fn per_child(&mut self, child: ChildIx, variable: &Tree, body: &Tree, condition: bool) -> Option<Node> {
        let Shape::Name(name) = &variable.shape else {
            return self.fail(
                Finding::new("expr.macro", variable.span, "这里要一个变量名", "a variable name is needed here")
                    .hint("写作 .exists(x, x.字段 …)", "write .exists(x, x.field …)"),
            );
        };
        self.bound.push((name.clone(), child));
        let node = if condition { self.boolean(body) } else { self.node(body) };
        self.bound.pop();
        node
    }
}

fn both(filter: Option<Node>, predicate: Node) -> Node {
    let Some(first) = filter else { return predicate };
    let span = Span { start: first.span.start.min(predicate.span.start), end: predicate.span.end };
    let mut parts = Vec::new();
    for node in [first, predicate] {
        match node.kind {
            Kind::And(inner) => parts.extend(inner),
            _ => parts.push(node),
        }
    }
    Node { kind: Kind::And(parts), ty: Type::Bool, span }
}
