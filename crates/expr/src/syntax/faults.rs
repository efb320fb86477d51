//! What is said about a source that is not an expression.
use super::{MAX_DEPTH, Parser, span};
use crate::finding::Finding;
use crate::typed::Span;
use cel::parser::pratt_parser::TokenKind;

/// Characters of a Chinese keyboard that stand for an ASCII one.
const FULL_WIDTH: [(&str, char); 18] = [
    ("，、", ','),
    ("（", '('),
    ("）", ')'),
    ("“”", '"'),
    ("‘’", '\''),
    ("＝", '='),
    ("＞", '>'),
    ("＜", '<'),
    ("！", '!'),
    ("：", ':'),
    ("？", '?'),
    ("【［", '['),
    ("】］", ']'),
    ("．。", '.'),
    ("＋", '+'),
    ("－—", '-'),
    ("＊×", '*'),
    ("／÷", '/'),
];

impl Parser<'_> {
    pub(super) fn bad_character(&self) -> Finding {
        let start = self.peek.start;
        let c = self.source[start..].chars().next().unwrap_or(' ');
        let at = Span { start: start as u32, end: (start + c.len_utf8()) as u32 };
        if let Some((_, half)) = FULL_WIDTH.iter().find(|(full, _)| full.contains(c)) {
            return Finding::new("expr.full-width", at, format!("{c} 是全角符号"), format!("{c} is a full-width character"))
                .hint(format!("改用半角 {half}"), format!("write {half}"));
        }
        match c {
            '"' | '\'' => Finding::new(
                "expr.unterminated",
                Span { start: at.start, end: self.source.len() as u32 },
                "字符串没有结束",
                "the string is not closed",
            )
            .hint("补上引号", "add the closing quote"),
            '&' | '|' => Finding::new("expr.character", at, format!("单个 {c} 不是运算符"), format!("a single `{c}` is not an operator"))
                .hint(format!("写作 {c}{c}"), format!("write {c}{c}")),
            '=' => Finding::new("expr.character", at, "单个 = 不是运算符", "a single `=` is not an operator")
                .hint("相等写作 ==", "write == for equality"),
            _ => Finding::new("expr.character", at, format!("这里不能写“{c}”"), format!("`{c}` cannot stand here"))
                .hint("文字要放在引号里", "put text in quotes"),
        }
    }

    pub(super) fn unexpected(&self, zh: &str, en: &str) -> Finding {
        if self.peek.kind == TokenKind::TokEnd {
            let end = self.source.len() as u32;
            return Finding::new(
                "expr.syntax",
                Span { start: end, end },
                format!("表达式在这里中断，还缺{zh}"),
                format!("the expression ends here, {en} is missing"),
            );
        }
        let found = self.text(self.peek);
        let finding = Finding::new(
            "expr.syntax",
            span(self.peek),
            format!("这里应是{zh}，却是“{found}”"),
            format!("{en} is expected here, not `{found}`"),
        );
        match (self.peek.kind, found) {
            (TokenKind::TokEqual, _) => finding.hint("相等写作 ==", "write == for equality"),
            (_, "and") => finding.hint("并且写作 &&", "write && for and"),
            (_, "or") => finding.hint("或者写作 ||", "write || for or"),
            (_, "not") => finding.hint("否定写作 !", "write ! for not"),
            _ => finding,
        }
    }

    /// A message of a protocol buffer.
    pub(super) fn message(&self) -> Finding {
        Finding::new("expr.message", span(self.peek), "不支持 protobuf 消息", "messages of protocol buffers are left out")
            .hint("映射写作 {\"名称\": 值}", "write {\"name\": value} for a map")
    }
}

pub(super) fn too_deep(at: Span) -> Finding {
    Finding::new("expr.too-deep", at, format!("嵌套超过 {MAX_DEPTH} 层"), format!("nested more than {MAX_DEPTH} deep"))
        .hint("拆成几条规则", "split it into several rules")
}
