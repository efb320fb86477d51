//! Bilingual text: every sentence a person may read exists in Chinese and in English.
//!
//! Chinese comes first; an English side left empty falls back to Chinese (names of industry
//! classes, for example), never the other way round.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The two languages of the interface. Serialised as `zh` and `en`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Zh,
    En,
}

impl Lang {
    /// Reads a language tag such as `zh`, `zh-CN` or `en-GB`; `None` for any other language.
    pub fn parse(tag: &str) -> Option<Lang> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") {
            Some(Lang::Zh)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Lang::En)
        } else {
            None
        }
    }

    pub const fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }
}

/// One meaning in both languages. Serialised as `{"zh": …, "en": …}`; `en` may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text {
    pub zh: Cow<'static, str>,
    #[serde(default)]
    pub en: Cow<'static, str>,
}

impl Text {
    /// Takes literals and owned strings alike: `Text::new("企业", format!("firm {n}"))`.
    pub fn new(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Text {
        Text { zh: zh.into(), en: en.into() }
    }

    /// For constants.
    pub const fn fixed(zh: &'static str, en: &'static str) -> Text {
        Text { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
    }

    /// A name without translation: both sides show the Chinese.
    pub fn chinese_only(zh: impl Into<Cow<'static, str>>) -> Text {
        Text { zh: zh.into(), en: Cow::Borrowed("") }
    }

    /// The side for `lang`; Chinese where the English is empty.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.en.is_empty() => &self.en,
            _ => &self.zh,
        }
    }
}

/// An error that can be shown to a person: what happened and what to do next.
pub trait Explain {
    fn text(&self) -> Text;
}

/// `Display` (the English side) and `Error` for a type that implements [`Explain`].
#[macro_export]
macro_rules! display_by_explain {
    ($($type:ty),+ $(,)?) => {$(
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$crate::text::Explain::text(self).en)
            }
        }
        impl std::error::Error for $type {}
    )+};
}

#[cfg(test)]
mod tests;
