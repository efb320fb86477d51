//! Mistakes in packs, as their author sees them: place, cause, what to do, and the line with a caret under it.
//!
//! Invariant: reading and checking never stop at the first mistake; everything found is in one [`Errors`], and
//! [`Errors::finish`] gives it back in the order of files and lines.
use crate::read::SourceFile;
use liangu_base::text::{Lang, Text};
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Write;

/// A place in one of the files being read: lines and columns count characters from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// Position of the file in the list given to `check`.
    pub file: u32,
    pub line: u32,
    pub column: u32,
    /// Length in characters of what is pointed at, within its line.
    pub len: u32,
}

/// A value with the place where it is written.
#[derive(Clone, Debug)]
pub struct Located<T> {
    pub value: T,
    pub at: At,
}

/// One mistake. `code` is stable and names the kind of mistake, as `unknown_key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackError {
    pub file: String,
    pub line: u32,
    pub column: u32,
    pub code: &'static str,
    pub message: Text,
    pub hint: Option<Text>,
    /// The line with a caret under the mistake, ready to print.
    pub snippet: String,
}

impl PackError {
    /// The whole report in one language: place, cause, line with caret, hint.
    pub fn render(&self, lang: Lang) -> String {
        let (error, hint) = match lang {
            Lang::Zh => ("错误", "建议"),
            Lang::En => ("error", "hint"),
        };
        let cause = self.message.get(lang);
        let mut out = format!("{}:{}:{}: {error}[{}] {cause}\n", self.file, self.line, self.column, self.code);
        out.push_str(&self.snippet);
        if let Some(h) = &self.hint {
            let _ = writeln!(out, "  = {hint}: {}", h.get(lang));
        }
        out
    }
}

/// A text in both languages.
pub(crate) fn text(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Text {
    Text::new(zh, en)
}

/// The collector of mistakes. Shared by reference through reading and checking.
pub(crate) struct Errors<'a> {
    files: &'a [SourceFile],
    found: RefCell<Vec<(At, PackError)>>,
}

impl<'a> Errors<'a> {
    pub fn new(files: &'a [SourceFile]) -> Self {
        Errors { files, found: RefCell::new(Vec::new()) }
    }

    pub fn report(&self, at: At, code: &'static str, message: Text, hint: Option<Text>) {
        let (file, snippet) = match self.files.get(at.file as usize) {
            Some(f) => (f.path.clone(), snippet(&f.text, at)),
            None => (String::new(), String::new()),
        };
        let error = PackError { file, line: at.line, column: at.column, code, message, hint, snippet };
        let mut found = self.found.borrow_mut();
        if !found.iter().any(|(a, e)| *a == at && e.code == code && e.message == error.message) {
            found.push((at, error));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.found.borrow().is_empty()
    }

    /// Mistakes found so far.
    pub fn count(&self) -> usize {
        self.found.borrow().len()
    }

    pub fn files(&self) -> &'a [SourceFile] {
        self.files
    }

    pub fn finish(self) -> Vec<PackError> {
        let mut found = self.found.into_inner();
        found.sort_by_key(|(at, _)| *at);
        found.into_iter().map(|(_, e)| e).collect()
    }
}

/// Columns a character takes on a terminal: two for Chinese.
fn width(c: char) -> usize {
    if ('\u{1100}'..='\u{115f}').contains(&c) || ('\u{2e80}'..='\u{ffef}').contains(&c) { 2 } else { 1 }
}

fn snippet(source: &str, at: At) -> String {
    let Some(line) = source.lines().nth((at.line as usize).saturating_sub(1)) else {
        return String::new();
    };
    let column = (at.column as usize).saturating_sub(1);
    let pad: usize = line.chars().take(column).map(width).sum();
    let marked = line.chars().skip(column).take(at.len.max(1) as usize);
    let carets: usize = marked.map(width).sum::<usize>().max(1);
    let number = at.line.to_string();
    let gap = " ".repeat(number.len());
    format!("{number} | {line}\n{gap} | {}{}\n", " ".repeat(pad), "^".repeat(carets))
}
