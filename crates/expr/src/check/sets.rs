//! Membership, codes of a list, and macros over sets of codes.
//!
//! A macro over a set is decided when typed: the predicate is tried on every code of the list, and what remains is
//! "has one of these codes".
use super::operators::text_of;
use super::{Checker, not, type_name};
use crate::finding::{Finding, nearest};
use crate::schema::{CodeList, Type};
use crate::syntax::{CallTree, Shape, Tree};
use crate::typed::{Compare, Kind, Node, Span};
use cel::common::ast::operators as op;
use liangu_base::text::Lang;
use std::sync::Arc;

/// A test of one code.
enum Test {
    OneOf(Vec<Arc<str>>),
    Within(Vec<Arc<str>>),
    StartsWith(String),
    Always(bool),
    Not(Box<Test>),
    All(Vec<Test>),
    Any(Vec<Test>),
}

impl Checker<'_> {
    /// `left in right`.
    pub(crate) fn member(&mut self, left: &Tree, right: &Tree, span: Span) -> Option<Node> {
        if let Shape::List(items) = &right.shape {
            let left = self.node(left)?;
            return self.in_list(left, items, right.span, span);
        }
        let set = self.node(right)?;
        let Type::Set(list) = &set.ty else {
            let (zh, en) = type_name(&set.ty);
            return self.fail(
                Finding::new(
                    "expr.type",
                    right.span,
                    format!("in 的右边要列表或一组代码，却是{zh}"),
                    format!("a list or a set of codes must follow `in`, not {en}"),
                )
                .hint("写作 字段 in [\"a\", \"b\"]", "write field in [\"a\", \"b\"]"),
            );
        };
        let list = list.clone();
        let left = self.node(left)?;
        if let Some(code) = text_of(&left) {
            let code: Arc<str> = code.into();
            self.known_code(&set.ty, &code, left.span)?;
            return Some(Node { kind: Kind::HasAny(Box::new(set), vec![code]), ty: Type::Bool, span });
        }
        match &left.ty {
            Type::Code(of) if of.name == list.name => Some(Node { kind: Kind::Call("in_set", vec![left, set]), ty: Type::Bool, span }),
            ty => {
                let ((lz, le), (rz, re)) = (type_name(ty), type_name(&set.ty));
                self.fail(Finding::new("expr.type", span, format!("{lz}不会在{rz}里"), format!("{le} is never in {re}")))
            }
        }
    }

    fn in_list(&mut self, left: Node, items: &[Tree], list: Span, span: Span) -> Option<Node> {
        if items.is_empty() {
            return self.empty_list(list);
        }
        let items: Vec<Option<Node>> = items.iter().map(|i| self.node(i)).collect();
        let items: Vec<Node> = items.into_iter().collect::<Option<_>>()?;
        if matches!(left.ty, Type::Code(_) | Type::Text | Type::Ref(_))
            && !matches!(left.kind, Kind::Const(_))
            && items.iter().all(|i| text_of(i).is_some())
        {
            let mut codes: Vec<Arc<str>> = Vec::new();
            let mut known = Some(());
            for item in &items {
                let code = text_of(item).unwrap_or_default();
                known = known.and(self.known_code(&left.ty, code, item.span));
                if !codes.iter().any(|c| &**c == code) {
                    codes.push(code.into());
                }
            }
            known?;
            return Some(Node { kind: Kind::OneOf(Box::new(left), codes), ty: Type::Bool, span });
        }
        let each: Vec<Option<Node>> = items.into_iter().map(|i| self.compare(Compare::Eq, left.clone(), i, span)).collect();
        let mut each: Vec<Node> = each.into_iter().collect::<Option<_>>()?;
        match each.len() {
            1 => each.pop(),
            _ => Some(Node { kind: Kind::Or(each), ty: Type::Bool, span }),
        }
    }

    fn empty_list<T>(&mut self, span: Span) -> Option<T> {
        self.fail(Finding::new(
            "expr.empty-list",
            span,
            "这个列表里没有可选的值，条件永远不成立",
            "nothing is in this list, so the condition never holds",
        ))
    }

    /// Whether a constant can be a value of the type: a code must be in the list.
    pub(crate) fn known_code(&mut self, ty: &Type, code: &str, span: Span) -> Option<()> {
        let (Type::Code(list) | Type::Set(list)) = ty else { return Some(()) };
        if list.codes.contains_key(code) {
            return Some(());
        }
        let finding = Finding::new(
            "expr.unknown-code",
            span,
            format!("“{}”里没有代码 {code}", list.label.zh),
            format!("{} has no code `{code}`", list.label.get(Lang::En)),
        );
        let labelled = list.codes.iter().find(|(_, e)| e.label.zh == code || e.label.en == code).map(|(c, _)| c.as_str());
        self.fail(match labelled.or_else(|| nearest(code, list.codes.keys().map(String::as_str))) {
            Some(near) => {
                let label = &list.codes[near].label;
                finding.hint(format!("是不是 \"{near}\"（{}）？", label.zh), format!("did you mean \"{near}\" ({})?", label.get(Lang::En)))
            }
            None if list.codes.len() <= 12 => {
                let all = list.codes.keys().map(String::as_str).collect::<Vec<_>>();
                finding.hint(format!("可用：{}", all.join("、")), format!("it has: {}", all.join(", ")))
            }
            None => finding.hint(
                format!("代码表 {} 共 {} 项", list.name, list.codes.len()),
                format!("the list {} has {} codes", list.name, list.codes.len()),
            ),
        })
    }

    /// Constants of a code list, as the arguments of `within`.
    pub(crate) fn codes(&mut self, trees: &[&Tree], ty: &Type) -> Option<Vec<Arc<str>>> {
        let mut codes: Vec<Arc<str>> = Vec::new();
        let mut flat: Vec<&Tree> = Vec::new();
        for tree in trees {
            match &tree.shape {
                Shape::List(items) => flat.extend(items),
                _ => flat.push(tree),
            }
        }
        if flat.is_empty() {
            return self.empty_list(trees.first().map_or(Span::default(), |t| t.span));
        }
        for tree in flat {
            let Shape::Text(code) = &tree.shape else {
                return self.fail(Finding::new("expr.type", tree.span, "这里要写引号里的代码", "a quoted code is needed here"));
            };
            self.known_code(ty, code, tree.span)?;
            if !codes.contains(code) {
                codes.push(code.clone());
            }
        }
        Some(codes)
    }

    /// `exists` and `all` over a set of codes.
    pub(crate) fn set_macro(&mut self, set: Node, call: &CallTree, span: Span) -> Option<Node> {
        let exists = call.name == "exists";
        let (true, [Tree { shape: Shape::Name(variable), .. }, predicate], Type::Set(list)) =
            (exists || call.name == "all", &call.arguments[..], &set.ty)
        else {
            return self.fail(Finding::new(
                "expr.macro",
                call.name_span,
                "一组代码上只能用 .exists(x, …)、.all(x, …) 和 .size()",
                "only .exists(x, …), .all(x, …) and .size() work on a set of codes",
            ));
        };
        let list = list.clone();
        let test = self.code_test(predicate, variable, &list)?;
        // `all` holds unless a code is there that fails the test
        let chosen: Vec<Arc<str>> = match test {
            Test::OneOf(codes) if exists => codes,
            test => list.codes.keys().filter(|c| test.holds(c, &list) == exists).map(|c| Arc::from(c.as_str())).collect(),
        };
        if chosen.is_empty() {
            return self.fail(Finding::new(
                "expr.macro",
                predicate.span,
                "这个条件对所有代码都一样",
                "this condition is the same for every code",
            ));
        }
        let has = Node { kind: Kind::HasAny(Box::new(set), chosen), ty: Type::Bool, span };
        Some(if exists { has } else { not(has, span) })
    }

    /// `["a", "b"].all(x, x in set)`.
    pub(crate) fn list_macro(
        &mut self,
        items: &[Tree],
        at: Span,
        variable: &Tree,
        predicate: &Tree,
        exists: bool,
        span: Span,
    ) -> Option<Node> {
        if let (Shape::Name(variable), Shape::Binary(op::IN, sides)) = (&variable.shape, &predicate.shape)
            && matches!(&sides[0].shape, Shape::Name(n) if n == variable)
        {
            let set = self.node(&sides[1])?;
            if matches!(set.ty, Type::Set(_)) {
                let codes =
                    if items.is_empty() { self.empty_list(at) } else { self.codes(&items.iter().collect::<Vec<_>>(), &set.ty.clone()) }?;
                let kind = if exists || codes.len() == 1 { Kind::HasAny(Box::new(set), codes) } else { Kind::HasAll(Box::new(set), codes) };
                return Some(Node { kind, ty: Type::Bool, span });
            }
        }
        self.fail(
            Finding::new(
                "expr.macro",
                predicate.span,
                "列表上只能问其中的代码是否在一组代码里",
                "over a list one can only ask whether its codes are in a set",
            )
            .hint("写作 [\"a\", \"b\"].all(x, x in 字段)", "write [\"a\", \"b\"].all(x, x in field)"),
        )
    }

    fn code_test(&mut self, tree: &Tree, variable: &str, list: &Arc<CodeList>) -> Option<Test> {
        let ty = Type::Set(list.clone());
        let is_variable = |t: &Tree| matches!(&t.shape, Shape::Name(n) if n == variable);
        match &tree.shape {
            Shape::Bool(b) => Some(Test::Always(*b)),
            Shape::Not(inner) => Some(Test::Not(Box::new(self.code_test(inner, variable, list)?))),
            Shape::And(parts) => parts.iter().map(|p| self.code_test(p, variable, list)).collect::<Option<_>>().map(Test::All),
            Shape::Or(parts) => parts.iter().map(|p| self.code_test(p, variable, list)).collect::<Option<_>>().map(Test::Any),
            Shape::Binary(op::IN, sides) if is_variable(&sides[0]) && matches!(sides[1].shape, Shape::List(_)) => {
                self.codes(&[&sides[1]], &ty).map(Test::OneOf)
            }
            Shape::Binary(operator @ (op::EQUALS | op::NOT_EQUALS), sides) => {
                let code = match (is_variable(&sides[0]), is_variable(&sides[1])) {
                    (true, false) => &sides[1],
                    (false, true) => &sides[0],
                    _ => return self.bad_test(tree),
                };
                let test = Test::OneOf(self.codes(&[code], &ty)?);
                Some(if *operator == op::EQUALS { test } else { Test::Not(Box::new(test)) })
            }
            Shape::Call(call)
                if call.name == "within" && call.target.is_none() && call.arguments.len() > 1 && is_variable(&call.arguments[0]) =>
            {
                self.codes(&call.arguments[1..].iter().collect::<Vec<_>>(), &ty).map(Test::Within)
            }
            Shape::Call(call) if call.name == "startsWith" && call.target.as_ref().is_some_and(is_variable) => match &call.arguments[..] {
                [Tree { shape: Shape::Text(prefix), .. }] => Some(Test::StartsWith(prefix.to_string())),
                _ => self.bad_test(tree),
            },
            _ => self.bad_test(tree),
        }
    }

    fn bad_test<T>(&mut self, tree: &Tree) -> Option<T> {
        self.fail(
            Finding::new("expr.macro", tree.span, "这里只能判断代码变量本身", "only the code variable itself can be tested here")
                .hint("写作 字段.exists(x, x in [\"a\", \"b\"])", "write field.exists(x, x in [\"a\", \"b\"])"),
        )
    }
}

impl Test {
    fn holds(&self, code: &str, list: &CodeList) -> bool {
        match self {
            Test::OneOf(codes) => codes.iter().any(|c| &**c == code),
            Test::Within(ancestors) => ancestors.iter().any(|a| list.contains(a, code)),
            Test::StartsWith(prefix) => code.starts_with(prefix.as_str()),
            Test::Always(b) => *b,
            Test::Not(inner) => !inner.holds(code, list),
            Test::All(parts) => parts.iter().all(|p| p.holds(code, list)),
            Test::Any(parts) => parts.iter().any(|p| p.holds(code, list)),
        }
    }
}
