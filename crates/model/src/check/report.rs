//! How checks report: a name that is badly written, taken, unknown, or not to be used from here.
use super::Cx;
use crate::error::At;
use crate::names::nearest;
use crate::raw::Name;
use indexmap::IndexMap;
use liangu_base::text::Text;
use std::borrow::Cow;

pub(crate) type Words = (Cow<'static, str>, Cow<'static, str>);

impl Cx<'_> {
    pub fn say(&self, at: At, code: &'static str, message: Words, hint: Option<Words>) {
        self.errors.report(at, code, Text::new(message.0, message.1), hint.map(|(zh, en)| Text::new(zh, en)));
    }

    /// Inserts unless the name is there already, which is reported.
    pub fn insert<T>(&self, into: &mut IndexMap<String, T>, name: &Name, value: T, zh: &str, en: &str) {
        if into.contains_key(&name.value) {
            self.duplicate(name, zh, en);
        } else {
            into.insert(name.value.clone(), value);
        }
    }

    pub fn duplicate(&self, name: &Name, zh: &str, en: &str) {
        let message = (format!("{zh} {} 已经有了", name.value).into(), format!("{en} {} exists already", name.value).into());
        let hint = (
            "换一个名称；要补充别的包的内容，用 extend 或 lists 的 add。".into(),
            "give it another name; to add to another pack's, use extend or add of lists.".into(),
        );
        self.say(name.at, "duplicate", message, Some(hint));
    }

    pub fn check_name(&self, name: &Name, zh: &str, en: &str) {
        self.name_verdict(name, crate::names::check(&name.value), zh, en);
    }

    pub fn name_verdict(&self, name: &Name, verdict: Result<(), crate::names::Bad>, zh: &str, en: &str) {
        use crate::names::{Bad, snake};
        let n = &name.value;
        let (why, hint): (Words, Words) = match verdict {
            Ok(()) => return,
            Err(Bad::Form) => {
                let better = snake(n);
                let hint = if crate::names::check(&better).is_ok() {
                    (format!("写作 {better}").into(), format!("write {better}").into())
                } else {
                    (
                        "用小写英文字母、数字和单个下划线，以字母开头，如 size_class".into(),
                        "use lower-case letters, digits and single underscores, a letter first, as size_class".into(),
                    )
                };
                (("的写法不对".into(), "is not written as a name".into()), hint)
            }
            Err(Bad::Long) => (
                ("太长，最多 40 个字符".into(), "is longer than 40 characters".into()),
                ("缩短它；全称写在 label 里".into(), "shorten it; the full name goes into the label".into()),
            ),
            Err(Bad::Sql) => (
                ("是 SQL 的保留字".into(), "is a reserved word of SQL".into()),
                (format!("换一个名称，如 {n}_no、{n}_kind").into(), format!("choose another, as {n}_no or {n}_kind").into()),
            ),
            Err(Bad::System) => (
                ("由系统使用".into(), "is used by the system".into()),
                (format!("换一个名称，如 {n}_no").into(), format!("choose another, as {n}_no").into()),
            ),
        };
        self.say(name.at, "bad_name", (format!("{zh}名 {n} {}", why.0).into(), format!("{en} name {n} {}", why.1).into()), Some(hint));
    }

    /// A name that nothing answers to.
    pub fn unknown<'b>(&self, name: &Name, code: &'static str, zh: &str, en: &str, among: impl Iterator<Item = &'b str>) {
        let all: Vec<&str> = among.collect();
        let hint: Words = match nearest(&name.value, all.iter().copied()) {
            Some(n) => (format!("是否想写 {n}？").into(), format!("did you mean {n}?").into()),
            None if all.is_empty() => (format!("这里还没有任何{zh}").into(), format!("there is no {en} at all yet").into()),
            None => {
                let shown = all.iter().take(12).copied().collect::<Vec<_>>().join(", ");
                let more = if all.len() > 12 { ", …" } else { "" };
                (format!("可用：{shown}{more}").into(), format!("there are: {shown}{more}").into())
            }
        };
        let message = (format!("没有{zh} {}", name.value).into(), format!("there is no {en} {}", name.value).into());
        self.say(name.at, code, message, Some(hint));
    }

    /// Whether `pack` may name something of pack `of`; if not, it is reported.
    pub fn may_use(&self, pack: &str, of: &str, name: &Name) -> bool {
        if pack == of || self.reach.get(pack).is_none_or(|r| r.contains(of)) {
            return true;
        }
        let message = (
            format!("{} 属于包 {of}，而包 {pack} 没有声明使用它", name.value).into(),
            format!("{} belongs to pack {of}, which pack {pack} does not declare to use", name.value).into(),
        );
        let hint =
            (format!("在 {pack} 的 pack.yaml 里写 uses: [{of}]").into(), format!("write uses: [{of}] in the pack.yaml of {pack}").into());
        self.say(name.at, "not_used", message, Some(hint));
        false
    }

    /// The record named, if there is one and `pack` may use it; otherwise reported.
    pub fn record_exists(&self, pack: &str, name: &Name) -> bool {
        match self.record_packs.get(&name.value) {
            Some(of) => self.may_use(pack, of, name),
            None => {
                self.unknown(name, "unknown_record", "记录类型", "record type", self.record_packs.keys().map(String::as_str));
                false
            }
        }
    }

    pub fn role_exists(&self, name: &Name) {
        if !self.roles.contains(&name.value) {
            self.unknown(name, "unknown_role", "角色", "role", self.roles.iter().map(String::as_str));
        }
    }

    /// `serves` needs `proof`.
    pub fn proven(&self, what: &Name, serves: &[Name], proof: &[Name]) {
        if let Some(first) = serves.first()
            && proof.is_empty()
        {
            let message = (
                format!("{} 声明服务于 {}，却没有 proof", what.value, first.value).into(),
                format!("{} says it serves {} without proof", what.value, first.value).into(),
            );
            let hint = (
                "写出证明它的场景、数字、测试或旅程，如 proof: [\"figure:F185\"]".into(),
                "name the scenario, figure, test or journey that proves it, as proof: [\"figure:F185\"]".into(),
            );
            self.say(first.at, "no_proof", message, Some(hint));
        }
        for p in proof {
            let (kind, rest) = p.value.split_once(':').unwrap_or_default();
            if !["scenario", "figure", "test", "journey"].contains(&kind) || rest.trim().is_empty() {
                let message = (format!("看不懂证明 {}", p.value).into(), format!("proof {} cannot be read", p.value).into());
                let hint = (
                    "写作 scenario:、figure:、test: 或 journey: 加名称".into(),
                    "write scenario:, figure:, test: or journey: and its name".into(),
                );
                self.say(p.at, "bad_proof", message, Some(hint));
            }
        }
        for p in proof {
            if let Some(figure) = p.value.strip_prefix("figure:").map(str::trim)
                && !self.figures.contains(figure)
            {
                let name = Name { value: figure.to_owned(), at: p.at };
                let known = self.figures.iter().map(String::as_str);
                self.unknown(&name, "unknown_figure", "由指标重算的数字", "recomputed figure", known);
            }
        }
        for s in serves {
            let digits = s.value.strip_prefix('S').unwrap_or_default();
            if digits.len() < 2 || !digits.chars().all(|c| c.is_ascii_digit()) {
                let message = (format!("{} 不是系统编号", s.value).into(), format!("{} is not the number of a system", s.value).into());
                self.say(s.at, "bad_serves", message, Some(("写作 S66".into(), "write S66".into())));
            }
        }
    }

    pub fn break_record(&self, record: &str) {
        self.broken.borrow_mut().insert(record.to_owned());
    }

    pub fn is_broken(&self, record: &str) -> bool {
        self.broken.borrow().contains(record)
    }
}
