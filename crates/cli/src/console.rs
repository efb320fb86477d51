//! Standard output, standard error and the language of the person in front of them.
use crate::failure::Outcome;
use liangu_base::text::{Lang, Text};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

#[derive(Debug)]
pub struct Console {
    pub lang: Lang,
}

impl Console {
    /// The language asked for, else that of the locale, else Chinese.
    pub fn new(asked: Option<&str>) -> Console {
        let locale =
            || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty());
        let lang = asked.and_then(Lang::parse).or_else(|| Lang::parse(&locale()?.replace('.', "-"))).unwrap_or_default();
        Console { lang }
    }

    /// A line of the result.
    pub fn say(&self, zh: impl Into<String>, en: impl Into<String>) {
        self.line(Text::new(zh.into(), en.into()).get(self.lang));
    }

    /// A line of the result as it is.
    pub fn line(&self, text: &str) {
        // A closed pipe is the reader's decision.
        let _ = writeln!(std::io::stdout().lock(), "{text}");
    }

    /// A line about the work, on standard error.
    pub fn note(&self, zh: impl Into<String>, en: impl Into<String>) {
        let text = Text::new(zh.into(), en.into());
        let _ = writeln!(std::io::stderr().lock(), "{}", text.get(self.lang));
    }

    /// Work under way: rewritten in place on a terminal, a line each time elsewhere.
    pub fn progress(&self, zh: impl Into<String>, en: impl Into<String>, last: bool) {
        let text = Text::new(zh.into(), en.into());
        let mut out = std::io::stderr().lock();
        let _ = if out.is_terminal() && !last {
            write!(out, "\r\u{1b}[K{}", text.get(self.lang))
        } else if out.is_terminal() {
            writeln!(out, "\r\u{1b}[K{}", text.get(self.lang))
        } else {
            writeln!(out, "{}", text.get(self.lang))
        };
        let _ = out.flush();
    }

    pub fn finish(&self, outcome: Outcome<()>) -> ExitCode {
        match outcome {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                let _ = writeln!(std::io::stderr().lock(), "{}", failure.text.get(self.lang));
                ExitCode::from(failure.code)
            }
        }
    }
}
