//! What types but is probably not meant: conditions that never fail or never hold, slips of units and zeros, parts said
//! twice, two records where one was meant.
//!
//! Start at [`lint`]. Codes are `lint.*`, their weight is [`Finding::severity`]. Nothing here looks at firms; what a rule does to them is another question.
//! Of conditions joined by `&&` and `||`, [`ranges`] tells whether they leave anything possible.
mod ranges;
mod source;

use crate::check::declaration;
use crate::finding::Finding;
use crate::print::{print_node, print_within};
use crate::reads::parts;
use crate::schema::{Schema, Type, Unit};
use crate::sentence::number;
use crate::typed::{Aggregate, Compare, Const, Form, Kind, Node, Span, Typed};
use liangu_base::text::Lang;

/// Money above this is taken for a slip: a hundred billion yuan, in fen.
const MOST_FEN: u64 = 10_000_000_000_000;
/// Ratios below this are taken for a slip: a tenth of a percent, in basis points.
const LEAST_BASIS_POINTS: u64 = 10;
const WHOLE: i64 = 10_000;

/// All findings about a rule, in source order.
pub fn lint(typed: &Typed, schema: &Schema) -> Vec<Finding> {
    let mut linter = Linter { schema, findings: Vec::new(), bound: Vec::new() };
    linter.node(&typed.root);
    linter.findings.extend(source::repeated_codes(&typed.source));
    linter.findings.sort_by_key(|f| (f.span.start, f.span.end, f.code));
    linter.findings.dedup();
    linter.findings
}

struct Linter<'s> {
    schema: &'s Schema,
    findings: Vec<Finding>,
    /// Variables of the macros around the place at hand, outermost first.
    bound: Vec<String>,
}

impl Linter<'_> {
    fn text(&self, node: &Node) -> String {
        print_within(node, self.schema, &self.bound)
    }

    fn node(&mut self, node: &Node) {
        match &node.kind {
            Kind::And(parts) | Kind::Or(parts) => {
                let all = matches!(node.kind, Kind::And(_));
                self.twice(parts);
                self.possible(parts, all, node.span);
                if all {
                    self.one_record(parts);
                }
            }
            Kind::AtLeast(_, parts) => self.twice(parts),
            Kind::Compare(compare, left, right) => self.bounds(*compare, left, right, node.span),
            Kind::Within(of, codes) => self.contained(of, codes, node.span),
            Kind::Const(Const::Int(n)) => self.constant(*n, &node.ty, node.span),
            // its data is not the author's
            Kind::Named { form, .. } => {
                match &**form {
                    Form::Reference { code, .. } => code.iter().for_each(|code| self.node(code)),
                    Form::Open(aggregate) => self.node(aggregate),
                    Form::Complete(_) => {}
                }
                return;
            }
            _ => {}
        }
        let within = matches!(node.kind, Kind::Aggregate { .. });
        if within {
            self.bound.push(format!("x{}", self.bound.len() + 1));
        }
        parts(node).into_iter().for_each(|part| self.node(part));
        if within {
            self.bound.pop();
        }
    }

    fn twice(&mut self, parts: &[Node]) {
        let said: Vec<String> = parts.iter().map(|part| self.text(part)).collect();
        for (at, part) in parts.iter().enumerate() {
            if said[..at].contains(&said[at]) {
                let finding = Finding::new("lint.twice", part.span, "这个条件写了两遍", "this condition is written twice");
                self.findings.push(finding.hint("删去一个", "delete one of them"));
            }
        }
    }

    /// Whether conditions joined by "and" leave anything possible, or joined by "or" anything impossible.
    fn possible(&mut self, parts: &[Node], all: bool, span: Span) {
        let texts: Vec<String> = parts.iter().map(|part| self.text(part)).collect();
        let denied = |part: &Node| match &part.kind {
            Kind::Not(inner) => Some(self.text(inner)),
            _ => None,
        };
        let opposite = parts.iter().find(|part| denied(part).is_some_and(|text| texts.contains(&text))).map(|part| part.span);
        let clash = opposite.or_else(|| ranges::clash(parts, all, &|node| self.text(node)));
        let Some(at) = clash else { return };
        let at = if at == Span::default() { span } else { at };
        if all {
            let message = ("这些条件不会同时成立", "these conditions never hold together");
            let finding = Finding::new("lint.never", at, message.0, message.1);
            self.findings.push(finding.hint("要其中之一成立，用 || 连接", "to ask for one of them, join them with ||"));
        } else {
            let finding = Finding::new("lint.always", at, "这些条件总有一个成立", "one of these conditions always holds");
            self.findings.push(finding.hint("要同时成立，用 && 连接", "to ask for all of them, join them with &&"));
        }
    }

    /// Two `exists` over one collection may be satisfied by two records.
    fn one_record(&mut self, parts: &[Node]) {
        let exists = |part: &Node| match &part.written().kind {
            Kind::Aggregate { child, filter: None, what: Aggregate::Exists(test) } => Some((*child, (**test).clone())),
            _ => None,
        };
        for (at, part) in parts.iter().enumerate() {
            let Some((child, test)) = exists(part) else { continue };
            let earlier = parts[..at].iter().filter_map(exists).find(|(other, _)| *other == child);
            let Some((_, first)) = earlier.filter(|_| !parts[..at].iter().any(|p| self.text(p) == self.text(part))) else { continue };
            let mut both = Vec::new();
            for test in [first, test] {
                match test.kind {
                    Kind::And(inner) => both.extend(inner),
                    _ => both.push(test),
                }
            }
            let together = Node { kind: Kind::And(both), ty: Type::Bool, span: part.span };
            let kind = Kind::Aggregate { child, filter: None, what: Aggregate::Exists(Box::new(together)) };
            let one = self.text(&Node { kind, ty: Type::Bool, span: part.span });
            let label = self.schema.children.get_index(child.0 as usize).map(|(_, c)| c.label.clone()).unwrap_or_default();
            let finding = Finding::new(
                "lint.two-records",
                part.span,
                format!("两个条件可能由两条不同的“{}”分别满足", label.zh),
                format!("two different records of {} may satisfy the two conditions", label.get(Lang::En)),
            );
            self.findings.push(finding.hint(format!("要同一条满足，写作 {one}"), format!("if one record must satisfy both, write {one}")));
        }
    }

    fn bounds(&mut self, compare: Compare, left: &Node, right: &Node, span: Span) {
        let (Kind::Const(Const::Int(bound)), Some(unit)) = (&right.kind, right.ty.unit()) else { return };
        let counted = match &left.written().kind {
            Kind::Size(_) | Kind::Aggregate { what: Aggregate::Count, .. } => true,
            Kind::Fact(_) => matches!(unit, Unit::Fen | Unit::Person | Unit::Piece | Unit::SquareMetre | Unit::Kwh | Unit::Kgce),
            _ => false,
        };
        let label = declaration_of(left, self.schema);
        if counted && !may_be_negative(&label) && !leaves_both(compare, *bound, 0) {
            let said = self.said(left);
            let finding = Finding::new(
                "lint.negative",
                span,
                format!("{}不会小于零，这样比较没有意义", said.0),
                format!("{} is never below zero, so this comparison means nothing", said.1),
            );
            self.findings.push(finding);
        }
        if unit == Unit::BasisPoint && *bound > WHOLE && is_part(&label) {
            let said = self.said(left);
            let finding = Finding::new(
                "lint.over-whole",
                right.span,
                format!("{}是占整体的比例，不会超过 100%", said.0),
                format!("{} is a part of a whole and never above 100%", said.1),
            );
            self.findings.push(finding);
        }
    }

    fn said(&self, node: &Node) -> (String, String) {
        if self.bound.is_empty() {
            let text = crate::sentence::text(node, self.schema);
            return (text.zh.into_owned(), text.en.into_owned());
        }
        let (zh, en) = declaration_of(node, self.schema);
        (zh, en)
    }

    fn constant(&mut self, n: i64, ty: &Type, span: Span) {
        let printed = |schema: &Schema, n: i64| print_node(&Node { kind: Kind::Const(Const::Int(n)), ty: ty.clone(), span }, schema);
        match ty.unit() {
            Some(Unit::Fen) if n.unsigned_abs() > MOST_FEN => {
                let finding = Finding::new(
                    "lint.unit",
                    span,
                    format!("{}太大了，可能多写了“万”或几个零", number(n, Unit::Fen, Lang::Zh)),
                    format!("{} is too much; perhaps a unit or some zeros too many", number(n, Unit::Fen, Lang::En)),
                );
                self.findings.push(
                    finding.hint("wan(2000) 是 2,000 万元，yuan(2000) 是 2,000 元", "wan(2000) is CNY 20 million, yuan(2000) is CNY 2,000"),
                );
            }
            Some(Unit::BasisPoint) if n != 0 && n.unsigned_abs() < LEAST_BASIS_POINTS => {
                let meant = printed(self.schema, n * 100);
                let finding = Finding::new(
                    "lint.unit",
                    span,
                    format!("{} 很小，可能把百分数写成了小数", number(n, Unit::BasisPoint, Lang::Zh)),
                    format!("{} is very little; perhaps a fraction was written for a percentage", number(n, Unit::BasisPoint, Lang::En)),
                );
                self.findings.push(finding.hint(format!("是不是 {meant}？"), format!("did you mean {meant}?")));
            }
            _ => {}
        }
    }

    /// A code below another of the same `within` says nothing more.
    fn contained(&mut self, of: &Node, codes: &[std::sync::Arc<str>], span: Span) {
        let Type::Code(list) = &of.ty else { return };
        for code in codes {
            if let Some(above) = codes.iter().find(|other| *other != code && list.contains(other, code)) {
                let label = |code: &str, lang| list.codes.get(code).map_or(String::new(), |e| e.label.get(lang).to_owned());
                let finding = Finding::new(
                    "lint.contained",
                    span,
                    format!("“{}”已经包含“{}”", label(above, Lang::Zh), label(code, Lang::Zh)),
                    format!("{} contains {} already", label(above, Lang::En), label(code, Lang::En)),
                );
                self.findings.push(finding.hint(format!("删去 \"{code}\""), format!("delete \"{code}\"")));
            }
        }
    }
}

/// The label of a fact in both languages; empty for what is no fact.
fn declaration_of(node: &Node, schema: &Schema) -> (String, String) {
    let decl = match &node.kind {
        Kind::Fact(source) => declaration(schema, source),
        _ => None,
    };
    decl.map_or_else(Default::default, |d| (d.label.zh.to_string(), d.label.get(Lang::En).to_string()))
}

/// Profits and flows are below zero at times.
fn may_be_negative((zh, _): &(String, String)) -> bool {
    ["利润", "净", "亏", "损益", "差额", "增加", "变动", "余额"].iter().any(|word| zh.contains(word))
}

/// By its label, a share of a whole rather than a change or a multiple.
fn is_part((zh, _): &(String, String)) -> bool {
    ["占比", "比重", "占", "持股", "股比", "份额"].iter().any(|word| zh.contains(word))
        && !["增", "涨"].iter().any(|word| zh.contains(word))
}

/// Whether some number from `least` on fulfils the comparison and another does not.
fn leaves_both(compare: Compare, bound: i64, least: i64) -> bool {
    match compare {
        Compare::Ge | Compare::Lt => bound > least,
        Compare::Gt | Compare::Le | Compare::Eq | Compare::Ne => bound >= least,
    }
}
