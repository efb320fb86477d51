//! Why a file cannot be read: in both languages, with sheet, row or column where they are known.
use liangu_base::display_by_explain;
use liangu_base::text::{Explain, Text};
use std::io;

/// A file that cannot be read as a table. `code` is stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub code: &'static str,
    pub text: Text,
}

impl Unreadable {
    pub fn new(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Unreadable {
        Unreadable { code, text: Text::new(zh.into(), en.into()) }
    }

    pub(crate) fn damaged(what: impl std::fmt::Display) -> Unreadable {
        Unreadable::new(
            "damaged",
            format!("文件已损坏（{what}）；请在表格软件中打开并另存为 .xlsx 后再上传。"),
            format!("The file is damaged ({what}); open it in a spreadsheet program, save it again as .xlsx and upload that."),
        )
    }

    pub(crate) fn to_io(&self) -> io::Error {
        io::Error::other(self.clone())
    }
}

impl Explain for Unreadable {
    fn text(&self) -> Text {
        self.text.clone()
    }
}

display_by_explain!(Unreadable);

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Unreadable {
        let own = error.get_ref().and_then(|inner| inner.downcast_ref::<Unreadable>()).cloned();
        own.unwrap_or_else(|| Unreadable::damaged(error))
    }
}

impl From<quick_xml::Error> for Unreadable {
    fn from(error: quick_xml::Error) -> Unreadable {
        match error {
            quick_xml::Error::Io(error) => {
                let own = error.get_ref().and_then(|inner| inner.downcast_ref::<Unreadable>()).cloned();
                own.unwrap_or_else(|| Unreadable::damaged(error))
            }
            other => Unreadable::damaged(other),
        }
    }
}
