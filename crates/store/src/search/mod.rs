//! Full-text search inside the database: transactional with the rows, the same answers on both.
//!
//! [`words`] cuts, [`index`] stores, [`find`] asks. Rows are ranked by whole numbers that depend on the row and the
//! query only, not on what else is stored, so that pages stay put while others write.
pub mod index;
pub mod words;

use crate::engine::Engine;
use crate::engine::cell::Cell;
use crate::layout::RecordLayout;
use words::{Needle, Typed};

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
    let mut search = Search { table: index::table(layout), engine, tenant, params };
    let key = if engine == Engine::Sqlite { "doc" } else { "id" };
    if needle.words.is_empty() {
        return Found { with: String::new(), join: " JOIN (SELECT 0 AS rank WHERE FALSE) s ON TRUE".into(), score: "s.rank" };
    }
    if any {
        let mut lists = Vec::new();
        for word in &needle.words {
            let weight = word.word.chars().count();
            lists.push(search.one(word, false, weight));
            lists.push(search.one(word, true, 2 * weight));
        }
        let lists = lists.join(" UNION ALL ");
        let with = format!("WITH s AS MATERIALIZED (SELECT {key}, CAST(sum(weight) AS BIGINT) AS rank FROM ({lists}) w GROUP BY {key}) ");
        return Found { with, join: format!(" JOIN s ON s.{key} = r.{key}"), score: "s.rank" };
    }
    let with = format!("WITH s AS MATERIALIZED ({}) ", search.all(&needle.words));
    Found { with, join: format!(" JOIN s ON s.{key} = r.{key}"), score: "s.rank" }
}

struct Search<'a> {
    table: String,
    engine: Engine,
    tenant: &'a str,
    params: &'a mut Vec<Cell>,
}

impl Search<'_> {
    fn bind(&mut self, cell: impl Into<Cell>) -> String {
        self.params.push(cell.into());
        format!("?{}", self.params.len())
    }

    /// Rows with all of `words`; rank 1 for those with all of them in the title.
    fn all(&mut self, words: &[Typed]) -> String {
        let (anywhere, title) = (self.expression(words, false), self.expression(words, true));
        let (anywhere, title) = (self.bind(anywhere), self.bind(title));
        let table = &self.table;
        match self.engine {
            Engine::Sqlite => format!(
                "SELECT rowid AS doc, rowid IN (SELECT rowid FROM {table} WHERE {table} MATCH {title}) AS rank FROM {table} WHERE {table} MATCH {anywhere}"
            ),
            Engine::Postgres => {
                let tenant = self.bind(self.tenant);
                let table = &self.table;
                format!(
                    "SELECT id, CASE WHEN words @@ {title}::text::tsquery THEN 1 ELSE 0 END AS rank FROM {table} WHERE tenant = {tenant} AND words @@ {anywhere}::text::tsquery"
                )
            }
        }
    }

    /// Rows with one word, with what it weighs.
    fn one(&mut self, word: &Typed, title: bool, weight: usize) -> String {
        let expression = self.expression(std::slice::from_ref(word), title);
        let expression = self.bind(expression);
        match self.engine {
            Engine::Sqlite => {
                let table = &self.table;
                format!("SELECT rowid AS doc, {weight} AS weight FROM {table} WHERE {table} MATCH {expression}")
            }
            Engine::Postgres => {
                let tenant = self.bind(self.tenant);
                format!(
                    "SELECT id, {weight} AS weight FROM {} WHERE tenant = {tenant} AND words @@ {expression}::text::tsquery",
                    self.table
                )
            }
        }
    }

    /// All of the words, in the query language of the database.
    fn expression(&self, words: &[Typed], title: bool) -> String {
        match self.engine {
            Engine::Sqlite => {
                let terms: Vec<String> = words.iter().map(|w| format!("\"{}\"{}", w.word, if w.prefix { " *" } else { "" })).collect();
                let all = terms.join(" AND ");
                if title { format!("{{title}} : ({all})") } else { all }
            }
            Engine::Postgres => {
                let label = |w: &Typed| match (w.prefix, title) {
                    (true, true) => ":*A",
                    (true, false) => ":*",
                    (false, true) => ":A",
                    (false, false) => "",
                };
                words.iter().map(|w| format!("'{}'{}", w.word, label(w))).collect::<Vec<_>>().join(" & ")
            }
        }
    }
}
