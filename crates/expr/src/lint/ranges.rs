//! Comparisons of one value with constants: whether they leave anything possible together.
use crate::typed::{Compare, Const, Kind, Node, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is still possible for one value.
#[derive(Default)]
struct Left {
    least: Option<i64>,
    most: Option<i64>,
    not: Vec<i64>,
    /// Codes that are possible; none: all.
    codes: Option<Vec<Arc<str>>>,
    other_codes: Vec<Arc<str>>,
}

impl Left {
    fn number(&mut self, compare: Compare, n: i64) {
        let (above, below) = (n.saturating_add(1), n.saturating_sub(1));
        let (mut least, mut most) = (None, None);
        match compare {
            Compare::Ge => least = Some(n),
            Compare::Gt => least = Some(above),
            Compare::Le => most = Some(n),
            Compare::Lt => most = Some(below),
            Compare::Eq => (least, most) = (Some(n), Some(n)),
            Compare::Ne => self.not.push(n),
        }
        self.least = self.least.max(least);
        self.most = match (self.most, most) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }

    fn codes(&mut self, codes: &[Arc<str>], yes: bool) {
        if !yes {
            self.other_codes.extend(codes.iter().cloned());
            return;
        }
        self.codes = Some(match self.codes.take() {
            Some(left) => left.into_iter().filter(|c| codes.contains(c)).collect(),
            None => codes.to_vec(),
        });
    }

    fn impossible(&self) -> bool {
        let numbers = match (self.least, self.most) {
            (Some(least), Some(most)) => least > most || (least == most && self.not.contains(&least)),
            _ => false,
        };
        numbers || self.codes.as_ref().is_some_and(|codes| codes.iter().all(|c| self.other_codes.contains(c)))
    }
}

/// The part at which conditions joined by "and" (`all`) exclude each other, or those joined by "or" leave nothing out.
/// `key` names a value.
pub(super) fn clash(parts: &[Node], all: bool, key: &dyn Fn(&Node) -> String) -> Option<Span> {
    let mut left: BTreeMap<String, Left> = BTreeMap::new();
    for part in parts {
        // "or" leaves nothing out if the opposites exclude each other
        if let Some(of) = narrow(part, all, key, &mut left)
            && left.get(&of).is_some_and(Left::impossible)
        {
            return Some(part.span);
        }
    }
    None
}

/// Takes in one condition, or its opposite; the value it is about.
fn narrow(part: &Node, yes: bool, key: &dyn Fn(&Node) -> String, left: &mut BTreeMap<String, Left>) -> Option<String> {
    match &part.kind {
        Kind::Not(inner) => narrow(inner, !yes, key, left),
        Kind::Compare(compare, value, bound) => {
            let n = match &bound.meaning().kind {
                Kind::Const(Const::Int(n)) => *n,
                Kind::Const(Const::Date(d)) => d.days().into(),
                _ => return None,
            };
            let of = key(value);
            left.entry(of.clone()).or_default().number(if yes { *compare } else { compare.negated() }, n);
            Some(of)
        }
        Kind::OneOf(value, codes) => {
            let of = key(value);
            left.entry(of.clone()).or_default().codes(codes, yes);
            Some(of)
        }
        _ => None,
    }
}
