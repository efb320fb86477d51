//! Values as noun phrases: 上年营业收入, 发明的专利数量, 2,000 万元.
use super::{Speaker, words};
use crate::check::declaration;
use crate::functions;
use crate::schema::{Type, Unit};
use crate::typed::{Aggregate, Arith, Const, Kind, Node, Source};
use liangu_base::text::Lang;
use std::sync::Arc;

/// Codes listed in full; of a longer list the first ones and the number.
const MOST_LISTED: usize = 8;

impl Speaker<'_> {
    pub(super) fn phrase(&self, node: &Node) -> String {
        match &node.kind {
            Kind::Const(c) => self.constant(c, &node.ty),
            Kind::Fact(source) => self.fact(source),
            Kind::Today => self.pick("今天", "today"),
            Kind::JudgedYear => self.pick("评价年度", "the judged year"),
            Kind::Size(of) => {
                let of = self.phrase(of);
                self.pick(format!("{of}项数"), format!("number of {of}"))
            }
            Kind::Neg(of) => format!("-{}", self.operand(of)),
            Kind::Arith(arith, a, b) => {
                let sign = match arith {
                    Arith::Add => "+",
                    Arith::Sub => "-",
                    Arith::Mul => "×",
                    Arith::Div => "÷",
                    Arith::Rem => "mod",
                };
                format!("{} {sign} {}", self.operand(a), self.operand(b))
            }
            Kind::If(condition, a, b) if !matches!(node.ty, Type::Bool) => {
                let (condition, a, b) = (self.claim(condition, true), self.phrase(a), self.phrase(b));
                self.pick(format!("{a}（如果{condition}，否则{b}）"), format!("{a} (if {condition}, otherwise {b})"))
            }
            Kind::Call("bands" | "tiers", arguments) => self.stepped(node, arguments),
            Kind::Call("add_months", arguments) => self.later(&arguments[0], &arguments[1]),
            Kind::Call(name, arguments) => self.call(name, arguments),
            Kind::Named { form, .. } if !matches!(node.ty, Type::Bool) => self.parameter(form, node),
            Kind::Aggregate { child, filter, what } => {
                let which = self.which(*child, filter.as_deref());
                let (value, zh, en) = match what {
                    Aggregate::Count => return self.pick(format!("{which}数量"), format!("number of {which}")),
                    Aggregate::Sum(v) => (v, "合计", "total"),
                    Aggregate::Mean(v) => (v, "平均值", "mean"),
                    Aggregate::Min(v) => (v, "最小值", "least"),
                    Aggregate::Max(v) => (v, "最大值", "greatest"),
                    Aggregate::Exists(_) | Aggregate::All(_) => return self.claim(node, true),
                };
                let value = self.phrase(value);
                self.pick(format!("{which}的{value}{zh}"), format!("{en} {value} of {which}"))
            }
            _ => self.claim(node, true),
        }
    }

    /// A phrase that stands beside an operator.
    fn operand(&self, node: &Node) -> String {
        let said = self.phrase(node);
        if matches!(node.kind, Kind::Arith(..) | Kind::If(..)) { self.pick(format!("（{said}）"), format!("({said})")) } else { said }
    }

    fn constant(&self, c: &Const, ty: &Type) -> String {
        match c {
            Const::Null => self.pick("未知", "unknown"),
            Const::Bool(b) => {
                if *b {
                    self.pick("是", "yes")
                } else {
                    self.pick("否", "no")
                }
            }
            Const::Int(n) => words::number(*n, ty.unit().unwrap_or(Unit::One), self.lang),
            Const::Double(x) => x.to_string(),
            Const::Text(t) => self.code(t, ty),
            Const::Date(d) => d.to_string(),
        }
    }

    fn fact(&self, source: &Source) -> String {
        let Some(declaration) = declaration(self.schema, source) else { return String::new() };
        let label = declaration.label.get(self.lang);
        match source {
            Source::Record { year: 0, .. } => label.to_string(),
            Source::Record { year: -1, .. } => self.pick(format!("上年{label}"), format!("{label} of the year before")),
            Source::Record { year, .. } if *year < 0 => {
                self.pick(format!("{} 年前的{label}", -year), format!("{label} of {} years before", -year))
            }
            Source::Record { year, .. } => self.pick(format!("{year} 年后的{label}"), format!("{label} of {year} years later")),
            Source::Child { .. } | Source::Param { .. } => label.to_string(),
        }
    }

    fn call(&self, name: &str, arguments: &[Node]) -> String {
        let Some(call) = functions::meaning(name) else { return name.to_string() };
        let latest = name.ends_with("_years");
        let set_off = matches!(name, "floor_to" | "months_between" | "years_between");
        let said = |a: &Node| if set_off { self.set_off(&self.phrase(a)) } else { self.phrase(a) };
        let said: Vec<String> = arguments.iter().map(said).collect();
        let template = match self.lang {
            Lang::Zh => call.sentence[0],
            Lang::En => call.sentence[1],
        };
        let first = if latest { said.last() } else { said.first() };
        template
            .replace("{0}", first.map_or("", String::as_str))
            .replace("{1}", said.get(1).map_or("", String::as_str))
            .replace("{n}", &said.len().to_string())
            .replace("{all}", &said.join(if self.lang == Lang::Zh { "、" } else { ", " }))
    }

    fn code(&self, code: &str, ty: &Type) -> String {
        words::code(code, ty, self.lang)
    }

    /// Labels of codes joined by "or" (`any`) or "and".
    pub(super) fn codes(&self, codes: &[Arc<str>], ty: &Type, any: bool) -> String {
        let labels: Vec<String> = codes.iter().take(MOST_LISTED).map(|c| self.code(c, ty)).collect();
        let rest = codes.len() - labels.len();
        if rest > 0 {
            let listed = labels.join(if self.lang == Lang::Zh { "、" } else { ", " });
            let one = if any { ("之一", "one of ") } else { ("", "all of ") };
            return self.pick(format!("{listed}等 {} 项{}", codes.len(), one.0), format!("{}{listed} and {rest} more", one.1));
        }
        words::listed(&labels, self.lang, any)
    }
}
