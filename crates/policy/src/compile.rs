//! From a document to typed rules and amounts.
//!
//! Texts are typed one by one, a bound clause within the macro of its item; what stands above them (the gate, the
//! amount of an item, of a firm) is put together from their typed nodes, so that nothing is parsed twice and a finding
//! lies where the author wrote it.
//!
//! Invariants: clauses and items stand in the document's order; what does not type is absent and has a finding; a
//! [`Compiled::rule`] exists only if every expression of the document's conditions types.
use crate::amount::formula;
use crate::content::{Bind, Clause, ClauseKind, Content, Item, Key};
use crate::frame::Frame;
use liangu_base::Text;
use liangu_expr::check::guarded;
use liangu_expr::print::print_node;
use liangu_expr::schema::{ChildIx, Type};
use liangu_expr::syntax::{self, Shape, Tree};
use liangu_expr::typed::{Aggregate, Const, Kind, Node, Span, Typed};
use liangu_expr::{Expect, Finding};
use std::sync::Arc;

/// A document typed on a day.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub clauses: Vec<CompiledClause>,
    pub items: Vec<CompiledItem>,
    /// The conjuncts of the rule: the common clauses, then the alternative of the items' own conditions.
    pub parts: Vec<Part>,
    /// What a firm that fits gets, up to the firm's cap; fen. None where nothing is computed.
    pub amount: Option<Arc<Typed>>,
    /// What is wrong in the texts of [`crate::content::Money`], by the name of the text.
    pub money: Vec<(&'static str, Finding)>,
    /// Whether every condition types.
    pub sound: bool,
}

#[derive(Clone, Debug)]
pub struct CompiledClause {
    pub key: Key,
    /// Over the firm: a bound clause within its `exists`.
    pub rule: Option<Arc<Typed>>,
    /// As the author wrote it: of a bound clause the condition on one child record, with the collection and the
    /// variable; dates of the policy not put in.
    pub written: Option<Written>,
    pub findings: Vec<Finding>,
}

/// A condition as written, for the editor.
#[derive(Clone, Debug)]
pub struct Written {
    pub node: Node,
    /// With the macro it stands in, over the firm: what its sentence is about.
    pub whole: Node,
    /// Collections and variables it stands in, outermost first.
    pub within: Vec<(ChildIx, String)>,
    /// Bytes before the text in the source that was typed.
    before: usize,
}

impl Written {
    /// A finding about the node with its place in the author's text.
    pub fn in_text(&self, finding: Finding, text: &str) -> Finding {
        moved(finding, self.before, text.len())
    }
}

#[derive(Clone, Debug)]
pub struct CompiledItem {
    pub key: Key,
    /// Its own conditions; none where it has none beside the common ones.
    pub gate: Option<Arc<Typed>>,
    /// What it pays a firm: over its child records if it binds one, capped and rounded. Fen.
    pub amount: Option<Arc<Typed>>,
    pub bound: Option<BoundItem>,
    pub findings: Vec<(ItemText, Finding)>,
}

/// One child record's part of a bound item.
#[derive(Clone, Debug)]
pub struct BoundItem {
    pub child: ChildIx,
    /// All bound clauses together; none: every record counts.
    pub filter: Option<Node>,
    /// Fen for one record, within the macro.
    pub amount: Option<Node>,
    /// Whether some record passes, over the firm.
    pub exists: Node,
}

/// Which text of an item a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemText {
    Bind,
    Amount,
    Cap,
    Floor,
    RoundDown,
}

/// A conjunct of the rule and the clause it is; none: the items together.
#[derive(Clone, Debug)]
pub struct Part {
    pub clause: Option<Key>,
    pub rule: Arc<Typed>,
}

impl CompiledClause {
    /// Whether it speaks of the one child record its item binds.
    pub fn is_bound(&self) -> bool {
        self.written.as_ref().is_some_and(|written| !written.within.is_empty())
    }
}

impl Compiled {
    /// Whom the policy fits; none where a condition does not type or nothing decides.
    pub fn rule(&self) -> Option<Arc<Typed>> {
        if !self.sound || self.parts.is_empty() {
            return None;
        }
        let nodes = self.parts.iter().map(|part| part.rule.root.clone()).collect();
        Some(typed_as(all(nodes)?, self.parts.iter().map(|part| part.rule.source.clone())))
    }
}

/// Types a document. Errors in it are findings of its parts.
pub fn compile(content: &Content, frame: &Frame) -> Compiled {
    let clauses: Vec<CompiledClause> = content.clauses.iter().map(|clause| compiled_clause(clause, content, frame)).collect();
    let items: Vec<CompiledItem> = content.items.iter().map(|item| compiled_item(item, content, &clauses, frame)).collect();
    let sound = clauses.iter().all(|c| c.rule.is_some() || c.findings.is_empty());
    let rule_of = |key: &Key| clauses.iter().find(|c| &c.key == key).and_then(|c| c.rule.clone());
    let mut parts: Vec<Part> =
        content.deciding(None).filter_map(|c| Some(Part { clause: Some(c.key.clone()), rule: rule_of(&c.key)? })).collect();
    if let Some(rule) = items_together(&items) {
        parts.push(Part { clause: None, rule });
    }
    let amount = formula::of_firm(content, &items, frame).map(Arc::new);
    Compiled { clauses, items, parts, amount, money: formula::findings_of_money(&content.money, frame), sound }
}

/// Any item's own conditions; none if some item has none, for then it asks nothing more.
fn items_together(items: &[CompiledItem]) -> Option<Arc<Typed>> {
    let gates: Vec<&Arc<Typed>> = items.iter().map(|item| item.gate.as_ref()).collect::<Option<_>>()?;
    match &gates[..] {
        [] => None,
        [only] => Some((*only).clone()),
        many => {
            let nodes = many.iter().map(|gate| gate.root.clone()).collect();
            let source = many.iter().map(|gate| format!("({})", gate.source)).collect::<Vec<_>>().join(" || ");
            let root = Node { kind: Kind::Or(nodes), ty: Type::Bool, span: Span::default() };
            Some(Arc::new(Typed { source: source.into(), root }))
        }
    }
}

fn compiled_clause(clause: &Clause, content: &Content, frame: &Frame) -> CompiledClause {
    let nothing = CompiledClause { key: clause.key.clone(), rule: None, written: None, findings: Vec::new() };
    let Some(when) = clause.when.as_deref().filter(|when| clause.kind == ClauseKind::Deciding && !when.trim().is_empty()) else {
        return nothing;
    };
    let bind = bind_of(clause, content).filter(|bind| names(when, &bind.variable));
    match typed_within(when, bind, Expect::Bool, frame) {
        Ok((rule, written)) => CompiledClause { rule: Some(Arc::new(rule)), written: Some(written), ..nothing },
        Err(findings) => CompiledClause { findings, ..nothing },
    }
}

fn bind_of<'c>(clause: &Clause, content: &'c Content) -> Option<&'c Bind> {
    content.item(clause.item.as_deref()?)?.bind.as_ref()
}

/// Types a text, within the macro of a bound item if there is one. Findings lie in the text.
pub(crate) fn typed_within(text: &str, bind: Option<&Bind>, expect: Expect, frame: &Frame) -> Result<(Typed, Written), Vec<Finding>> {
    let Some(bind) = bind else {
        let node = frame.as_written(text, expect)?.root;
        let written = Written { whole: node.clone(), node, within: Vec::new(), before: 0 };
        return Ok((frame.typed(text, expect)?, written));
    };
    // a text that is no expression by itself must not become one within the macro
    syntax::parse(text).map_err(|finding| vec![finding])?;
    let Some(child) = frame.schema.children.get_index_of(&bind.child) else {
        return Err(vec![no_collection(bind)]);
    };
    let macro_name = if expect == Expect::Bool { "exists" } else { "sum" };
    let before = format!("{}.{macro_name}({}, ", bind.child, bind.variable);
    // the line ends before the bracket, so that a comment at the end of the text does not swallow it
    let source = format!("{before}{text}\n)");
    let within = |finding: Finding| moved(finding, before.len(), text.len());
    let moved_all = |findings: Vec<Finding>| findings.into_iter().map(within).collect::<Vec<_>>();
    let written = frame.as_written(&source, Expect::Any).map_err(moved_all)?;
    let rule = frame.typed(&source, Expect::Any).map_err(moved_all)?;
    match inner(&written.root) {
        Some(node) => {
            let within = vec![(ChildIx(child as u32), bind.variable.clone())];
            let written = Written { node: node.clone(), whole: written.root.clone(), within, before: before.len() };
            Ok((rule, written))
        }
        None => Err(vec![no_collection(bind)]),
    }
}

/// The expression per child record of a macro.
pub(crate) fn inner(node: &Node) -> Option<&Node> {
    match &node.written().kind {
        Kind::Aggregate { what: Aggregate::Exists(inner) | Aggregate::Sum(inner), .. } => Some(inner),
        _ => None,
    }
}

fn moved(finding: Finding, by: usize, length: usize) -> Finding {
    let place = |at: u32| (at as usize).saturating_sub(by).min(length) as u32;
    Finding { span: Span { start: place(finding.span.start), end: place(finding.span.end) }, ..finding }
}

fn no_collection(bind: &Bind) -> Finding {
    Finding::new(
        "policy.bind",
        Span::default(),
        format!("企业没有名为 {} 的记录组，或变量名 {} 不能用", bind.child, bind.variable),
        format!("a firm has no collection {}, or the variable {} cannot be used", bind.child, bind.variable),
    )
}

/// Whether a name stands free in the text. A text that is no expression names nothing.
fn names(text: &str, variable: &str) -> bool {
    fn walk(tree: &Tree, variable: &str) -> bool {
        matches!(&tree.shape, Shape::Name(name) if name == variable) || tree.parts().any(|part| walk(part, variable))
    }
    syntax::parse(text).is_ok_and(|tree| walk(&tree, variable))
}

fn compiled_item(item: &Item, content: &Content, clauses: &[CompiledClause], frame: &Frame) -> CompiledItem {
    let mut findings = Vec::new();
    let child = item.bind.as_ref().and_then(|bind| frame.schema.children.get_index_of(&bind.child)).map(|at| ChildIx(at as u32));
    if let (Some(bind), None) = (&item.bind, child) {
        findings.push((ItemText::Bind, no_collection(bind)));
    }
    let (mut outside, mut filter) = (Vec::new(), Vec::new());
    for clause in content.deciding(Some(&item.key)) {
        let Some(compiled) = clauses.iter().find(|k| k.key == clause.key) else { continue };
        let Some(rule) = &compiled.rule else { continue };
        match inner(&rule.root).filter(|_| compiled.is_bound()) {
            Some(node) => filter.push(node.clone()),
            None => outside.push(rule.root.clone()),
        }
    }
    let filter = all(filter);
    let exists = child.map(|child| {
        let predicate = filter.clone().unwrap_or_else(truth);
        let kind = Kind::Aggregate { child, filter: None, what: Aggregate::Exists(Box::new(predicate)) };
        guarded(Node { kind, ty: Type::Bool, span: Span::default() }, &frame.schema)
    });
    outside.extend(exists.clone());
    let gate = all(outside).map(|root| typed_of(root, frame));
    let (amount, per_record) = formula::of_item(item, child, filter.as_ref(), frame, &mut findings);
    let bound = child.zip(exists).map(|(child, exists)| BoundItem { child, filter, amount: per_record, exists });
    CompiledItem { key: item.key.clone(), gate, amount: amount.map(Arc::new), bound, findings }
}

fn truth() -> Node {
    Node { kind: Kind::Const(Const::Bool(true)), ty: Type::Bool, span: Span::default() }
}

/// The conjunction, flat; none of none.
pub(crate) fn all(nodes: Vec<Node>) -> Option<Node> {
    let mut flat = Vec::new();
    for node in nodes {
        match node.kind {
            Kind::And(parts) => flat.extend(parts),
            _ => flat.push(node),
        }
    }
    match flat.len() {
        0 | 1 => flat.pop(),
        _ => Some(Node { kind: Kind::And(flat), ty: Type::Bool, span: Span::default() }),
    }
}

/// A rule whose source is what prints, since no author wrote it as a whole.
fn typed_of(root: Node, frame: &Frame) -> Arc<Typed> {
    Arc::new(Typed { source: print_node(&root, &frame.schema).into(), root })
}

fn typed_as(root: Node, sources: impl Iterator<Item = Arc<str>>) -> Arc<Typed> {
    let source = sources.map(|s| format!("({s})")).collect::<Vec<_>>().join(" && ");
    Arc::new(Typed { source: source.into(), root })
}

/// Sentence of a whole item's conditions, for lists.
pub fn item_sentence(item: &CompiledItem, frame: &Frame) -> Option<Text> {
    item.gate.as_ref().map(|gate| liangu_expr::sentence::text(&gate.root, &frame.schema))
}
