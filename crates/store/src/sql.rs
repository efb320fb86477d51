//! Statement text with its bound values.
//!
//! Invariant: a value never becomes part of the text; names are quoted; a piece of SQL and the values it binds are
//! written together, so that the numbers of the placeholders fit.
use crate::engine::cell::Cell;

/// A statement under construction.
#[derive(Clone, Debug, Default)]
pub struct Sql {
    pub text: String,
    pub params: Vec<Cell>,
}

impl Sql {
    pub fn new(text: &str) -> Sql {
        Sql { text: text.to_owned(), params: Vec::new() }
    }

    pub fn push(&mut self, text: &str) -> &mut Sql {
        self.text.push_str(text);
        self
    }

    /// Writes a placeholder for `cell`.
    pub fn bind(&mut self, cell: impl Into<Cell>) -> &mut Sql {
        self.params.push(cell.into());
        let mark = format!("?{}", self.params.len());
        self.push(&mark)
    }

    /// `(?1, ?2, …)`; `(NULL)` for none, which nothing equals.
    pub fn list(&mut self, cells: impl IntoIterator<Item = Cell>) -> &mut Sql {
        self.push("(");
        let mut first = true;
        for cell in cells {
            if !first {
                self.push(", ");
            }
            first = false;
            self.bind(cell);
        }
        self.push(if first { "NULL)" } else { ")" })
    }
}

/// A name as both databases take it.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
