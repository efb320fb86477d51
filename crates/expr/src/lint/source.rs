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
    tree.parts().for_each(|part| walk(part, findings));
    match &tree.shape {
        Shape::List(items) => repeated(items, findings),
        Shape::Call(call) if call.name == "within" => repeated(&call.arguments, findings),
        _ => {}
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
