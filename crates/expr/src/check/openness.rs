//! Collections that may lack records.
//!
//! Where a collection declares since when it is complete ([`crate::schema::Child::complete_since`]), that no record is
//! found says something only if it is complete since the firm was founded. The guard is part of the typed form, so that
//! all back ends agree: `exists` that finds none and a count of none are unknown unless the collection is complete;
//! `all`, sums and extremes speak of the records on file.
use super::calls::Site;
use super::{Checker, Item};
use crate::schema::{ChildIx, FieldIx, Schema, Type, Unit};
use crate::typed::{Aggregate, Compare, Const, Form, Kind, Node, Source, Span};
use liangu_base::text::Lang;

/// An aggregate over child records with the guard of its collection; any other node, and one over a collection that
/// declares nothing, as it is. For nodes that are put together rather than typed.
pub fn guarded(node: Node, schema: &Schema) -> Node {
    let Kind::Aggregate { child, what, .. } = &node.kind else { return node };
    let Some(complete) = completeness(*child, schema, node.span) else { return node };
    let (ty, span) = (node.ty.clone(), node.span);
    let truth = |kind| Node { kind, ty: Type::Bool, span };
    let meaning = match what {
        Aggregate::Exists(_) => truth(Kind::Or(vec![node.clone(), truth(Kind::Not(Box::new(complete)))])),
        Aggregate::Count => {
            let none = Node { kind: Kind::Const(Const::Int(0)), ty: ty.clone(), span };
            let some = truth(Kind::Compare(Compare::Gt, Box::new(node.clone()), Box::new(none)));
            let sure = truth(Kind::Or(vec![some, complete]));
            let unknown = Node { kind: Kind::Const(Const::Null), ty: ty.clone(), span };
            Node { kind: Kind::If(Box::new(sure), Box::new(node.clone()), Box::new(unknown)), ty: ty.clone(), span }
        }
        _ => return node,
    };
    Node { kind: Kind::Named { form: Box::new(Form::Open(node)), node: Box::new(meaning) }, ty, span }
}

/// True where the collection is complete since the firm was founded, else unknown; none where nothing is declared.
fn completeness(child: ChildIx, schema: &Schema, span: Span) -> Option<Node> {
    let since = schema.children.get_index(child.0 as usize)?.1.complete_since?;
    let node = |kind, ty| Node { kind, ty, span };
    let unknown = node(Kind::Const(Const::Null), Type::Bool);
    let Some(established) = established(schema) else { return Some(unknown) };
    let date = |field| Box::new(node(Kind::Fact(Source::Record { field, year: 0 }), Type::Date));
    let whole = node(Kind::Compare(Compare::Le, date(since), date(established)), Type::Bool);
    Some(node(Kind::Or(vec![whole, unknown]), Type::Bool))
}

/// The fact that says when the firm was founded.
pub(super) fn established(schema: &Schema) -> Option<FieldIx> {
    let (ix, _, decl) = schema.fields.get_full("established")?;
    matches!(decl.ty, Type::Date).then_some(FieldIx(ix as u32))
}

/// `complete(children)`.
pub(crate) fn complete(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let at = site.arguments[0].span;
    let Item::Children { child, filter: None } = checker.item(site.arguments[0])? else {
        return checker.fail(site.wrong(at, "用在一组子记录上", "works on a collection of child records"));
    };
    let Some(meaning) = completeness(child, checker.schema, site.span) else {
        let label = &checker.schema.children[child.0 as usize].label;
        let finding = site.wrong(
            at,
            &format!("不能用于“{}”：没有说明从何时起登记齐全", label.zh),
            &format!("does not work on {}: nothing says since when it is complete", label.get(Lang::En)),
        );
        return checker.fail(finding);
    };
    let kind = Kind::Named { form: Box::new(Form::Complete(child)), node: Box::new(meaning) };
    Some(Node { kind, ty: Type::Bool, span: site.span })
}

/// The number of child records, guarded.
pub(crate) fn counted(child: ChildIx, filter: Option<Node>, schema: &Schema, span: Span) -> Node {
    let kind = Kind::Aggregate { child, filter: filter.map(Box::new), what: Aggregate::Count };
    guarded(Node { kind, ty: Type::Int(Unit::One), span }, schema)
}
