//! What is wrong with an expression, where, and what to write instead.
//!
//! Invariant: a span is a byte range on character boundaries of the checked source.
use crate::typed::Span;
use liangu_base::text::Text;
use std::borrow::Cow;
use std::fmt::Write;

/// One fault of an expression. `code` is stable and may be shown to support staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub code: &'static str,
    pub span: Span,
    pub message: Text,
    /// What to write instead.
    pub hint: Option<Text>,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Must be mended.
    #[default]
    Error,
    /// Is probably not meant.
    Warning,
    /// Could be said more simply.
    Note,
}

impl Finding {
    pub fn new(code: &'static str, span: Span, zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Finding {
        Finding { code, span, message: Text::new(zh, en), hint: None }
    }

    /// How much it weighs follows from its code: what does not type is an error.
    pub fn severity(&self) -> Severity {
        match self.code {
            "lint.never" => Severity::Error,
            "lint.contained" => Severity::Note,
            code if code.starts_with("lint.") => Severity::Warning,
            _ => Severity::Error,
        }
    }

    pub fn hint(mut self, zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Finding {
        self.hint = Some(Text::new(zh, en));
        self
    }

    /// The finding in both languages under its line of the source, marked with carets.
    pub fn render(&self, source: &str) -> String {
        let start = (self.span.start as usize).min(source.len());
        let end = (self.span.end as usize).clamp(start, source.len());
        let line_start = source[..start].rfind('\n').map_or(0, |i| i + 1);
        let line_end = source[start..].find('\n').map_or(source.len(), |i| start + i);
        let number = source[..start].matches('\n').count() + 1;
        let line = &source[line_start..line_end];
        let before = width(&source[line_start..start]);
        let marked = width(&source[start..end.min(line_end)]).max(1);
        let mut out = format!("{number}:{}: {}\n", source[line_start..start].chars().count() + 1, self.code);
        if !line.is_empty() {
            let _ = writeln!(out, "  {line}\n  {}{}", " ".repeat(before), "^".repeat(marked));
        }
        let _ = writeln!(out, "  {}\n  {}", self.message.zh, self.message.en);
        if let Some(hint) = &self.hint {
            let _ = writeln!(out, "  → {}\n  → {}", hint.zh, hint.en);
        }
        out
    }
}

/// Columns of a fixed-width screen: Chinese characters and full-width forms take two.
fn width(s: &str) -> usize {
    s.chars().map(|c| if matches!(c as u32, 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x20000..=0x3fffd) { 2 } else { 1 }).sum()
}

/// The candidate nearest to `name` by edits, if near enough to be a slip of the pen.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|c| !c.is_empty())
        .map(|c| (edits(name, c), c))
        .filter(|(d, _)| *d <= allowed)
        .min_by_key(|(d, _)| *d)
        .map(|(_, c)| c)
}

/// Edit distance with transposition of neighbours.
fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let same = usize::from(a[i - 1] != b[j - 1]);
                let mut best = (table[i - 1][j] + 1).min(table[i][j - 1] + 1).min(table[i - 1][j - 1] + same);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(table[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    table[a.len()][b.len()]
}
