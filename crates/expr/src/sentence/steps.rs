//! Steps, reference data and what else is written in few words and means much.
use super::Speaker;
use crate::schema::Type;
use crate::typed::{Const, Form, Kind, Node};
use liangu_base::text::Lang;

impl Speaker<'_> {
    /// 按营业收入：不足 1,000 万元为 0 元，满 1,000 万元为 10 万元.
    pub(super) fn stepped(&self, node: &Node, arguments: &[Node]) -> String {
        let bands = matches!(node.kind, Kind::Call("bands", _));
        let value = |n: &Node| self.spaced(&self.phrase(n));
        let (x, last) = (self.phrase(&arguments[0]), arguments.len() - 1);
        let mut said = Vec::new();
        for at in (1..=last).step_by(2) {
            let result = self.phrase(&arguments[at]);
            let result_zh = value(&arguments[at]);
            let limit = arguments.get(if bands && at > 1 { at - 1 } else { at + 1 }).map(|t| (self.phrase(t), value(t)));
            said.push(match (limit, bands, at) {
                (Some((en, zh)), true, 1) => self.pick(format!("不足{zh}为{result_zh}"), format!("{result} below {en}")),
                (Some((en, zh)), true, _) => self.pick(format!("满{zh}为{result_zh}"), format!("{result} from {en}")),
                (Some((en, zh)), false, _) => self.pick(format!("不超过{zh}为{result_zh}"), format!("{result} up to {en}")),
                (None, ..) => self.pick(format!("其余为{result_zh}"), format!("{result} above")),
            });
        }
        match self.lang {
            Lang::Zh => format!("按{x}分档（{}）", said.join("，")),
            Lang::En => format!("by {x} ({})", said.join(", ")),
        }
    }

    /// A space before digits in Chinese.
    fn spaced(&self, said: &str) -> String {
        if self.lang == Lang::Zh && said.starts_with(|c: char| c.is_ascii()) { format!(" {said}") } else { said.to_owned() }
    }

    /// With spaces about digits in Chinese, where it stands between words.
    pub(super) fn set_off(&self, said: &str) -> String {
        let spaced = self.spaced(said);
        if self.lang == Lang::Zh && said.ends_with(|c: char| c.is_ascii()) { format!("{spaced} ") } else { spaced }
    }

    /// 成立日期之后 36 个月; 36 months after Established. Backwards: 之前.
    pub(super) fn later(&self, date: &Node, months: &Node) -> String {
        let date = self.phrase(date);
        let (months, back) = match &months.kind {
            Kind::Const(Const::Int(n)) => {
                let length = Node { kind: Kind::Const(Const::Int(n.saturating_abs())), ..months.clone() };
                (self.phrase(&length), *n < 0)
            }
            _ => (self.phrase(months), false),
        };
        let (zh, en) = if back { ("之前", "before") } else { ("之后", "after") };
        let spaced = self.spaced(&months);
        self.pick(format!("{date}{zh}{spaced}"), format!("{months} {en} {date}"))
    }

    pub(super) fn first_reach(&self, arguments: &[Node], yes: bool) -> String {
        let (threshold, figure) = (self.phrase(&arguments[0]), self.phrase(&arguments[3]));
        let spaced = self.spaced(&threshold);
        match yes {
            true => self.pick(format!("{figure}首次达到{spaced}"), format!("{figure} reaches {threshold} for the first time")),
            false => self.pick(format!("{figure}不是首次达到{spaced}"), format!("{figure} does not reach {threshold} for the first time")),
        }
    }

    /// A parameter by its label, with its value where that is the same for all.
    pub(super) fn parameter(&self, form: &Form, node: &Node) -> String {
        match form {
            Form::Open(aggregate) => self.phrase(aggregate),
            Form::Complete(_) => self.claim(node, true),
            Form::Reference { label, code, .. } => {
                let label = label.get(self.lang);
                let said = match code {
                    Some(code) => {
                        let code = self.phrase(code);
                        self.pick(format!("{code}对应的{label}"), format!("{label} of {code}"))
                    }
                    None => label.to_owned(),
                };
                match &node.meaning().kind {
                    Kind::Const(Const::Null) | Kind::If(..) => said,
                    _ => {
                        let value = self.phrase(node.meaning());
                        self.pick(format!("{said}（{value}）"), format!("{said} ({value})"))
                    }
                }
            }
        }
    }

    /// A condition that was written in few words.
    pub(super) fn named(&self, form: &Form, node: &Node, yes: bool) -> String {
        match (form, yes) {
            (Form::Open(aggregate), _) => self.claim(aggregate, yes),
            (Form::Complete(child), true) => {
                let label = self.child(*child);
                self.pick(format!("{label}登记齐全"), format!("{label} are completely on file"))
            }
            (Form::Complete(child), false) => {
                let label = self.child(*child);
                self.pick(format!("{label}登记不齐全"), format!("{label} are not completely on file"))
            }
            (Form::Reference { label, code: Some(code), .. }, _) if matches!(node.ty, Type::Bool) => {
                let is = if matches!(code.ty, Type::Set(_)) { "are" } else { "is" };
                let (code, label) = (self.phrase(code), label.get(self.lang));
                match yes {
                    true => self.pick(format!("{code}列入{label}"), format!("{code} {is} listed in {label}")),
                    false => self.pick(format!("{code}未列入{label}"), format!("{code} {is} not listed in {label}")),
                }
            }
            (Form::Reference { .. }, _) => self.parameter(form, node),
        }
    }
}
