//! Full-text search inside the database: transactional with the rows, the same answers on both.
//!
//! [`words`] cuts, [`index`] stores, [`needle`] reads what is typed, [`find`] asks. Rows are ranked by whole numbers that
//! depend on the row and the query only, not on what else is stored, so that pages stay put while others write.
pub mod index;
pub mod needle;
pub mod words;

use crate::engine::Engine;
use crate::engine::cell::Cell;
use crate::layout::RecordLayout;
use crate::sql::quoted;
use needle::{Form, Needle, Typed};

/// How the rows that have the words come into a statement.
pub struct Found {
    /// `WITH …` before the statement: each list of rows is found once, not once per row.
    pub with: String,
    /// Joins after `FROM … r`.
    pub join: String,
    /// An expression for the rank.
    pub score: &'static str,
}

/// Binds the words to `sql`, whose text the caller completes.
pub fn find(params: &mut Vec<Cell>, layout: &RecordLayout, engine: Engine, tenant: &str, needle: &Needle, any: bool) -> Found {
    let mut search = Search { table: index::table(layout), layout, engine, tenant, params };
    let key = if engine == Engine::Sqlite { "doc" } else { "id" };
    if needle.words.is_empty() {
        return Found { with: String::new(), join: " JOIN (SELECT 0 AS rank WHERE FALSE) s ON TRUE".into(), score: "s.rank" };
    }
    let rows = if any {
        let lists: Vec<String> = needle.words.iter().flat_map(|word| search.any(word)).collect();
        let lists = lists.join(" UNION ALL ");
        format!("SELECT {key}, CAST(sum(weight) AS BIGINT) AS rank FROM ({lists}) w GROUP BY {key}")
    } else {
        search.all(&needle.words)
    };
    Found { with: format!("WITH s AS MATERIALIZED ({rows}) "), join: format!(" JOIN s ON s.{key} = r.{key}"), score: "s.rank" }
}

struct Search<'a> {
    table: String,
    layout: &'a RecordLayout,
    engine: Engine,
    tenant: &'a str,
    params: &'a mut Vec<Cell>,
}

impl Search<'_> {
    fn bind(&mut self, cell: impl Into<Cell>) -> String {
        self.params.push(cell.into());
        format!("?{}", self.params.len())
    }

    /// Rows with all of `words`; those with all of them in the title rank higher, then those with the words typed
    /// rather than what means the same.
    fn all(&mut self, words: &[Typed]) -> String {
        let forms: Vec<&[Form]> = words.iter().map(|w| w.forms.as_slice()).collect();
        let typed: Vec<&[Form]> = words.iter().map(|w| &w.forms[..1]).collect();
        let mut rank = self.in_index(&forms, true);
        if forms != typed {
            rank = format!("2 * {rank} + {}", self.in_index(&typed, false));
        }
        self.list(&forms, false, &format!("{rank} AS rank"))
    }

    /// Rows with one word, with what each sight of it weighs: longer words more, the title twice more; the word as
    /// typed a little more than its synonyms; last, pieces of it.
    fn any(&mut self, word: &Typed) -> Vec<String> {
        let weight = word.weight();
        let mut lists = vec![self.one(&word.forms, false, weight), self.one(&word.forms, true, 2 * weight)];
        if word.forms.len() > 1 {
            lists.push(self.one(&word.forms[..1], false, 1));
        }
        let parts = word.parts();
        if !parts.is_empty() {
            lists.push(self.one(&parts, false, 1));
        }
        lists
    }

    fn one(&mut self, forms: &[Form], title: bool, weight: usize) -> String {
        self.list(&[forms], title, &format!("{weight} AS weight"))
    }

    /// Rows of the index with a form of each word.
    fn list(&mut self, words: &[&[Form]], title: bool, column: &str) -> String {
        let condition = self.condition(words, title);
        let table = &self.table;
        match self.engine {
            Engine::Sqlite => format!("SELECT {table}.rowid AS doc, {column} FROM {table} WHERE {condition}"),
            Engine::Postgres => {
                let (table, tenant) = (table.clone(), self.bind(self.tenant));
                format!("SELECT id, {column} FROM {table} WHERE tenant = {tenant} AND {condition}")
            }
        }
    }

    /// 1 or 0: whether a row of the index has a form of each word.
    fn in_index(&mut self, words: &[&[Form]], title: bool) -> String {
        let condition = self.condition(words, title);
        let table = &self.table;
        match self.engine {
            Engine::Sqlite => format!("({table}.rowid IN (SELECT {table}.rowid FROM {table} WHERE {condition}))"),
            Engine::Postgres => format!("CASE WHEN {condition} THEN 1 ELSE 0 END"),
        }
    }

    /// What the index says of all words at once and, where a word has a form that must stand unbroken, each of its
    /// forms with the text of the row.
    fn condition(&mut self, words: &[&[Form]], title: bool) -> String {
        let mut condition = self.matches(&self.expression(words, title));
        for forms in words.iter().filter(|forms| forms.iter().any(|f| !f.unbroken.is_empty())) {
            let forms: Vec<String> = forms.iter().map(|form| self.stands(form, title)).collect();
            condition.push_str(&format!(" AND ({})", forms.join(" OR ")));
        }
        condition
    }

    fn matches(&mut self, expression: &str) -> String {
        let expression = self.bind(expression);
        match self.engine {
            Engine::Sqlite => format!("{} MATCH {expression}", self.table),
            Engine::Postgres => format!("words @@ {expression}::text::tsquery"),
        }
    }

    /// Whether the row has this form: its words by the index, its unbroken pieces by the text of the row.
    fn stands(&mut self, form: &Form, title: bool) -> String {
        let matches = self.matches(&self.expression(&[std::slice::from_ref(form)], title));
        let (table, rows) = (self.table.clone(), self.layout.table());
        let mut condition = match self.engine {
            Engine::Sqlite => format!("({table}.rowid IN (SELECT {table}.rowid FROM {table} WHERE {matches})"),
            Engine::Postgres => format!("({matches}"),
        };
        let (same, position) = match self.engine {
            Engine::Sqlite => (format!("t.doc = {table}.rowid"), "instr"),
            Engine::Postgres => (format!("t.tenant = {table}.tenant AND t.id = {table}.id"), "strpos"),
        };
        let record = self.layout.record();
        let searched = |field: &String| record.search.contains(field) && (!title || *field == record.title);
        let columns: Vec<String> =
            self.layout.single.iter().filter(|p| searched(&p.field)).flat_map(|p| &p.columns).map(|c| quoted(&c.0)).collect();
        for piece in &form.unbroken {
            let piece = self.bind(piece.as_str());
            let places: Vec<String> = columns.iter().map(|column| format!("{position}(t.{column}, {piece}) > 0")).collect();
            condition.push_str(&format!(" AND EXISTS (SELECT 1 FROM {rows} t WHERE {same} AND ({}))", places.join(" OR ")));
        }
        condition + ")"
    }

    /// A form of each word, in the query language of the database.
    fn expression(&self, words: &[&[Form]], title: bool) -> String {
        let either = |forms: &&[Form]| {
            let forms: Vec<String> = forms.iter().map(|form| self.term(form, title)).collect();
            forms.join(if self.engine == Engine::Sqlite { " OR " } else { " | " })
        };
        let words: Vec<String> = words.iter().map(|forms| format!("({})", either(forms))).collect();
        match self.engine {
            Engine::Sqlite if title => format!("{{title}} : ({})", words.join(" AND ")),
            Engine::Sqlite => words.join(" AND "),
            Engine::Postgres => words.join(" & "),
        }
    }

    fn term(&self, form: &Form, title: bool) -> String {
        let sqlite = form.words.iter().map(|w| format!("\"{}\"{}", w.word, if w.prefix { " *" } else { "" }));
        let postgres = form.words.iter().map(|w| {
            let (begins, weight) = (if w.prefix { "*" } else { "" }, if title { "A" } else { "" });
            let mark = if w.prefix || title { ":" } else { "" };
            format!("'{}'{mark}{begins}{weight}", w.word)
        });
        match self.engine {
            Engine::Sqlite => format!("({})", sqlite.collect::<Vec<_>>().join(" AND ")),
            Engine::Postgres => format!("({})", postgres.collect::<Vec<_>>().join(" & ")),
        }
    }
}
