//! A rule said in Chinese or English, short and natural: 营业收入不少于 2,000 万元; Revenue is at least CNY 20 million.
//!
//! Start at [`sentence`]. Conditions are claims that can be said or denied, so that a negation is told where it bites;
//! values are noun phrases (`phrase`), numbers and lists are in `words`. Every typed form has a sentence.
mod phrase;
mod steps;
mod words;

use crate::schema::{ChildIx, Schema, Type, Unit};
use crate::typed::{Aggregate, Compare, Const, Kind, Node};
use liangu_base::text::{Lang, Text};
use std::sync::Arc;

pub use words::{number, value};

/// The rule or a part of it in one language.
pub fn sentence(node: &Node, lang: Lang, schema: &Schema) -> String {
    let speaker = Speaker { schema, lang };
    let said = if matches!(node.ty, Type::Bool) { speaker.claim(node, true) } else { speaker.phrase(node) };
    let mut letters = said.chars();
    match (lang, letters.next()) {
        (Lang::En, Some(first)) => first.to_uppercase().chain(letters).collect(),
        _ => said,
    }
}

/// The rule or a part of it in both languages.
pub fn text(node: &Node, schema: &Schema) -> Text {
    Text::new(sentence(node, Lang::Zh, schema), sentence(node, Lang::En, schema))
}

struct Speaker<'s> {
    schema: &'s Schema,
    lang: Lang,
}

impl Speaker<'_> {
    fn pick(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        match self.lang {
            Lang::Zh => zh.into(),
            Lang::En => en.into(),
        }
    }

    /// The condition said (`yes`) or denied.
    fn claim(&self, node: &Node, yes: bool) -> String {
        match &node.kind {
            Kind::Not(inner) => self.claim(inner, !yes),
            Kind::And(parts) => self.joined(parts, yes, yes),
            Kind::Or(parts) => self.joined(parts, yes, !yes),
            Kind::AtLeast(n, parts) => self.at_least(*n, parts, yes),
            Kind::Compare(compare, a, b) => self.compare(*compare, a, b, yes),
            Kind::OneOf(of, codes) => self.one_of(of, codes, yes),
            Kind::Within(of, codes) => {
                let (of_said, codes) = (self.phrase(of), self.codes(codes, &of.ty, true));
                match (self.lang, yes) {
                    (Lang::Zh, true) => format!("{of_said}属于{codes}"),
                    (Lang::Zh, false) => format!("{of_said}不属于{codes}"),
                    (Lang::En, true) => format!("{of_said} is in {codes}"),
                    (Lang::En, false) => format!("{of_said} is not in {codes}"),
                }
            }
            Kind::WithinOf(of, within) => {
                let (of, within) = (self.phrase(of), self.phrase(within));
                let denied = if yes { "" } else { self.not_word() };
                self.pick(format!("{of}{denied}在{within}之内"), format!("{of} is{denied} within {within}"))
            }
            Kind::HasAny(of, codes) => self.has(of, codes, true, yes),
            Kind::HasAll(of, codes) => self.has(of, codes, false, yes),
            Kind::IsKnown(of) => {
                let of = self.phrase(of);
                match yes {
                    true => self.pick(format!("{of}已填报"), format!("{of} is on file")),
                    false => self.pick(format!("{of}未填报"), format!("{of} is not on file")),
                }
            }
            Kind::Aggregate { child, filter, what: Aggregate::Exists(predicate) } => self.exists(*child, filter.as_deref(), predicate, yes),
            Kind::Aggregate { child, filter, what: Aggregate::All(predicate) } => self.all(*child, filter.as_deref(), predicate, yes),
            Kind::If(condition, a, b) => {
                let (condition, a, b) = (self.claim(condition, true), self.claim(a, yes), self.claim(b, yes));
                self.pick(format!("如果{condition}，则{a}，否则{b}"), format!("if {condition} then {a}, otherwise {b}"))
            }
            Kind::Named { form, .. } => self.named(form, node, yes),
            Kind::Call("first_reach", arguments) => self.first_reach(arguments, yes),
            Kind::Const(Const::Bool(b)) if *b == yes => self.pick("总是成立", "always"),
            Kind::Const(Const::Bool(_)) => self.pick("总不成立", "never"),
            Kind::Fact(_) => self.flag(&self.phrase(node), yes),
            _ => {
                let said = self.phrase(node);
                if yes { said } else { self.pick(format!("并非{said}"), format!("it is not so that {said}")) }
            }
        }
    }

    fn not_word(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "不",
            Lang::En => " not",
        }
    }

    /// A yes-or-no fact by its label: 有省级研发机构, 规模以上企业.
    fn flag(&self, label: &str, yes: bool) -> String {
        if self.lang == Lang::En {
            return format!("{label}: {}", if yes { "yes" } else { "no" });
        }
        let verbs = [
            ("有", "没有"),
            ("列入", "未列入"),
            ("产品属", "产品不属"),
            ("近三年", "近三年没有"),
            ("近一年", "近一年没有"),
            ("自建", "没有自建"),
            ("已", "未"),
            ("曾", "不曾"),
            ("被", "未被"),
            ("是", "不是"),
            ("属", "不属"),
            ("可", "不可"),
            ("能", "不能"),
            ("在", "不在"),
            ("愿", "不愿"),
            ("发生", "没有发生"),
        ];
        match (yes, verbs.iter().find_map(|(verb, denied)| label.strip_prefix(verb).map(|rest| (denied, rest)))) {
            (true, Some(_)) => label.to_string(),
            (false, Some((denied, rest))) => format!("{denied}{rest}"),
            (true, None) => format!("是{label}"),
            (false, None) => format!("不是{label}"),
        }
    }

    /// Parts joined by "and" (`all`) or "or"; a part that is itself joined stands in brackets.
    fn joined(&self, parts: &[Node], yes: bool, all: bool) -> String {
        let said: Vec<String> = parts
            .iter()
            .map(|part| {
                let said = self.claim(part, yes);
                if compound(part) { self.pick(format!("（{said}）"), format!("({said})")) } else { said }
            })
            .collect();
        said.join(match (self.lang, all) {
            (Lang::Zh, true) => "，且",
            (Lang::Zh, false) => "，或",
            (Lang::En, true) => " and ",
            (Lang::En, false) => " or ",
        })
    }

    fn at_least(&self, n: u32, parts: &[Node], yes: bool) -> String {
        let said: Vec<String> = parts.iter().map(|p| self.claim(p, true)).collect();
        let listed = said.join(if self.lang == Lang::Zh { "；" } else { "; " });
        match yes {
            true => self.pick(format!("以下至少有 {n} 项：{listed}"), format!("at least {n} of: {listed}")),
            false => self.pick(format!("以下不足 {n} 项：{listed}"), format!("fewer than {n} of: {listed}")),
        }
    }

    fn compare(&self, compare: Compare, a: &Node, b: &Node, yes: bool) -> String {
        let compare = if yes { compare } else { compare.negated() };
        if let (Kind::Call("years_since" | "months_since" | "years_between" | "months_between", of), Kind::Const(Const::Int(_))) =
            (&a.kind, &b.kind)
            && let Some(said) = self.age(compare, of, b)
        {
            return said;
        }
        let (subject, object) = (self.phrase(a), self.phrase(b));
        if !matches!(a.ty, Type::Date | Type::Int(_) | Type::Days | Type::Double) {
            return match compare == Compare::Eq {
                true => self.pick(format!("{subject}与{object}相同"), format!("{subject} is the same as {object}")),
                false => self.pick(format!("{subject}与{object}不同"), format!("{subject} is not the same as {object}")),
            };
        }
        let (zh, en) = relation(compare, &a.ty);
        let gap = if object.starts_with(|c: char| c.is_ascii()) { " " } else { "" };
        self.pick(format!("{subject}{zh}{gap}{object}"), format!("{subject} {en} {object}"))
    }

    /// 成立日期至今满 3 年; Established at least 3 years ago. Of two dates: from the first to the second.
    fn age(&self, compare: Compare, dates: &[Node], n: &Node) -> Option<String> {
        let (first, second, n) = (self.phrase(&dates[0]), dates.get(1).map(|d| self.phrase(d)), self.phrase(n));
        let (zh_word, en_word) = match compare {
            Compare::Ge => ("满", "at least"),
            Compare::Lt => ("不满", "less than"),
            _ => return None,
        };
        let until = second.as_ref().map_or_else(|| "至今".to_owned(), |d| format!("到{}", self.set_off(d)));
        let ago = second.map_or_else(|| "ago".to_owned(), |d| format!("before {d}"));
        Some(self.pick(format!("{first}{until}{zh_word} {n}"), format!("{first} {en_word} {n} {ago}")))
    }

    fn one_of(&self, of: &Node, codes: &[Arc<str>], yes: bool) -> String {
        let listed = self.codes(codes, &of.ty, true);
        let of = self.phrase(of);
        match yes {
            true => self.pick(format!("{of}为{listed}"), format!("{of} is {listed}")),
            false => self.pick(format!("{of}不是{listed}"), format!("{of} is not {listed}")),
        }
    }

    fn has(&self, of: &Node, codes: &[Arc<str>], any: bool, yes: bool) -> String {
        let listed = self.codes(codes, &of.ty, any);
        let of = self.phrase(of);
        match (any || codes.len() == 1, yes) {
            (true, true) => self.pick(format!("{of}含{listed}"), format!("{of} include {listed}")),
            (true, false) => self.pick(format!("{of}不含{listed}"), format!("{of} do not include {listed}")),
            (false, true) => self.pick(format!("{of}同时含{listed}"), format!("{of} include {listed}")),
            (false, false) => self.pick(format!("{of}缺{listed}中的至少一项"), format!("{of} lack one of {listed}")),
        }
    }

    fn child(&self, child: ChildIx) -> String {
        self.schema.children.get_index(child.0 as usize).map_or_else(String::new, |(_, c)| c.label.get(self.lang).to_string())
    }

    fn exists(&self, child: ChildIx, filter: Option<&Node>, predicate: &Node, yes: bool) -> String {
        let label = self.child(child);
        let predicate = self.claim(predicate, true);
        let wanted = match filter {
            Some(filter) => {
                self.pick(format!("{}，且{predicate}", self.claim(filter, true)), format!("{} and {predicate}", self.claim(filter, true)))
            }
            None => predicate,
        };
        match yes {
            true => self.pick(format!("有{label}符合“{wanted}”"), format!("{label} include one where {wanted}")),
            false => self.pick(format!("没有{label}符合“{wanted}”"), format!("{label} include none where {wanted}")),
        }
    }

    fn all(&self, child: ChildIx, filter: Option<&Node>, predicate: &Node, yes: bool) -> String {
        let (which, predicate) = (self.which(child, filter), self.claim(predicate, true));
        match yes {
            true => self.pick(format!("{which}每一项都“{predicate}”"), format!("in every one of {which}: {predicate}")),
            false => self.pick(format!("{which}不是每一项都“{predicate}”"), format!("not in every one of {which}: {predicate}")),
        }
    }

    /// The child records that pass the filter.
    fn which(&self, child: ChildIx, filter: Option<&Node>) -> String {
        let label = self.child(child);
        match filter {
            Some(filter) => {
                let wanted = self.claim(filter, true);
                self.pick(format!("符合“{wanted}”的{label}"), format!("{label} where {wanted}"))
            }
            None => label,
        }
    }
}

fn compound(node: &Node) -> bool {
    match &node.kind {
        Kind::And(parts) | Kind::Or(parts) => parts.len() > 1,
        Kind::Not(inner) => compound(inner),
        Kind::If(..) | Kind::AtLeast(..) => true,
        _ => false,
    }
}

fn relation(compare: Compare, ty: &Type) -> (&'static str, &'static str) {
    let height = matches!(ty, Type::Double | Type::Int(Unit::BasisPoint | Unit::Point));
    match (compare, ty) {
        (Compare::Eq, _) => ("等于", "is"),
        (Compare::Ne, _) => ("不等于", "is not"),
        (Compare::Ge, Type::Date) => ("不早于", "is on or after"),
        (Compare::Gt, Type::Date) => ("晚于", "is after"),
        (Compare::Le, Type::Date) => ("不晚于", "is on or before"),
        (Compare::Lt, Type::Date) => ("早于", "is before"),
        (Compare::Ge, _) => (if height { "不低于" } else { "不少于" }, "is at least"),
        (Compare::Gt, _) => (if height { "高于" } else { "多于" }, "is more than"),
        (Compare::Le, _) => (if height { "不高于" } else { "不超过" }, "is at most"),
        (Compare::Lt, _) => (if height { "低于" } else { "少于" }, "is less than"),
    }
}
