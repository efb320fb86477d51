//! Slips that the typed form no longer shows: it has every code of a list once.
use crate::finding::Finding;
use crate::syntax::{self, Shape, Tree};

/// Codes written twice in one list or one `within`. A source that is no single expression has none.
pub(super) fn repeated_codes(source: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Ok(tree) = syntax::parse(source) {
        walk(&tree, &mut findings);
    }
    findings
}

fn walk(tree: &Tree, findings: &mut Vec<Finding>) {
    let mut all = |trees: &[Tree]| trees.iter().for_each(|t| walk(t, findings));
    match &tree.shape {
        Shape::Select(operand, ..) => walk(operand, findings),
        Shape::Not(a) | Shape::Negate(a) | Shape::Optional(a) => walk(a, findings),
        Shape::And(parts) | Shape::Or(parts) => all(parts),
        Shape::List(items) => {
            all(items);
            repeated(items, findings);
        }
        Shape::If(parts) => all(&parts[..]),
        Shape::Binary(_, sides) => all(&sides[..]),
        Shape::Call(call) => {
            all(&call.arguments);
            if let Some(target) = &call.target {
                walk(target, findings);
            }
            if call.name == "within" {
                repeated(&call.arguments, findings);
            }
        }
        Shape::Map(entries) => entries.iter().flat_map(|(key, value)| [key, value]).for_each(|t| walk(t, findings)),
        Shape::Null
        | Shape::Bool(_)
        | Shape::Int(_)
        | Shape::Uint(_)
        | Shape::Double(_)
        | Shape::Text(_)
        | Shape::Bytes(_)
        | Shape::Name(_) => {}
    }
}

fn repeated(items: &[Tree], findings: &mut Vec<Finding>) {
    for (at, item) in items.iter().enumerate() {
        let Shape::Text(code) = &item.shape else { continue };
        if items[..at].iter().any(|other| matches!(&other.shape, Shape::Text(c) if c == code)) {
            let finding =
                Finding::new("lint.repeated-code", item.span, format!("“{code}”写了两遍"), format!("\"{code}\" is written twice"));
            findings.push(finding.hint("检查是否想写另一个代码", "check whether another code was meant"));
        }
    }
}
