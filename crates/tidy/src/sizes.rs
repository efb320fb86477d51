//! Files of at most 400 lines, functions of at most 70.
use crate::{Breach, Source};
use syn::visit::{self, Visit};

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 70;

/// The breach of a file that is too long.
pub fn long_file(source: &Source) -> Option<Breach> {
    let lines = source.text.lines().count();
    (lines > FILE_LINES).then(|| Breach { rule: "file", what: source.path.clone(), detail: format!("{lines} lines, at most {FILE_LINES}") })
}

/// Functions of a Rust file that are too long. A file that does not parse has none; the compiler says so elsewhere.
pub fn long_functions(source: &Source) -> Vec<Breach> {
    let Ok(file) = syn::parse_file(&source.text) else { return Vec::new() };
    let mut finder = Finder { path: &source.path, found: Vec::new() };
    finder.visit_file(&file);
    finder.found
}

struct Finder<'a> {
    path: &'a str,
    found: Vec<Breach>,
}

impl Finder<'_> {
    fn measure(&mut self, name: &syn::Ident, block: &syn::Block) {
        let braces = block.brace_token.span;
        let lines = braces.close().end().line - braces.open().start().line + 1;
        if lines > FUNCTION_LINES {
            self.found.push(Breach {
                rule: "function",
                what: format!("{}::{name}", self.path),
                detail: format!("{lines} lines, at most {FUNCTION_LINES}"),
            });
        }
    }
}

impl<'a> Visit<'a> for Finder<'_> {
    fn visit_item_fn(&mut self, f: &'a syn::ItemFn) {
        self.measure(&f.sig.ident, &f.block);
        visit::visit_item_fn(self, f);
    }

    fn visit_impl_item_fn(&mut self, f: &'a syn::ImplItemFn) {
        self.measure(&f.sig.ident, &f.block);
        visit::visit_impl_item_fn(self, f);
    }
}
