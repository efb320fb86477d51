//! Full-text search inside the database: transactional with the rows, the same answers on both.
//!
//! [`words`] cuts, [`index`] stores, [`needle`] reads what is typed, [`find`] asks. Rows are ranked by whole numbers that
//! depend on the row and the query only, not on what else is stored, so that pages stay put while others write.
pub mod index;
pub mod needle;
pub mod words;

use crate::engine::cell::Cell;
use crate::engine::{Conn, Engine};
use crate::error::StoreError;
use crate::layout::RecordLayout;
use crate::sql::quoted;
use needle::{Form, Needle, Typed};
use std::collections::HashMap;

/// How the rows that have the words come into a statement.
pub struct Found {
    /// `WITH …` before the statement: each list of rows is found once, not once per row.
    pub with: String,
    /// Joins after `FROM … r`.
    pub join: String,
    /// An expression for the rank.
    pub score: &'static str,
}

/// Rows with a form that must stand unbroken, in the spelling of the database's statements: looked up in the text of rows
/// once, for all statements of one reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    all: String,
    titled: String,
}

/// By record type and form.
pub type Lists = HashMap<(String, Form), Held>;

/// The rows of a form that [`find`] must have.
pub fn hold(conn: &mut Conn, layout: &RecordLayout, tenant: &str, form: &Form) -> Result<Held, StoreError> {
    let (engine, mut params, held) = (conn.engine(), Vec::new(), Lists::new());
    let sql = Search { table: index::table(layout), layout, engine, tenant, params: &mut params, held: &held }.unbroken(form);
    let (mut all, mut titled) = (Vec::new(), Vec::new());
    conn.each(&sql, &params, &mut |row| {
        let key = if engine == Engine::Sqlite { row.int(0)?.to_string() } else { row.text(0)? };
        if row.int(1)? == 1 {
            titled.push(key.clone());
        }
        all.push(key);
        Ok(())
    })?;
    let spelt = |keys: &[String]| if engine == Engine::Sqlite { format!("[{}]", keys.join(",")) } else { keys.join(",") };
    Ok(Held { all: spelt(&all), titled: spelt(&titled) })
}

/// Binds the words to `params`, whose statement the caller completes. `held` has the unbroken forms of the needle.
pub fn find(
    params: &mut Vec<Cell>,
    layout: &RecordLayout,
    (engine, tenant): (Engine, &str),
    needle: &Needle,
    any: bool,
    held: &Lists,
) -> Found {
    let mut search = Search { table: index::table(layout), layout, engine, tenant, params, held };
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
    held: &'a Lists,
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

    /// Whether the row of the index has this form.
    fn stands(&mut self, form: &Form, title: bool) -> String {
        if form.unbroken.is_empty() {
            let matches = self.matches(&self.expression(&[std::slice::from_ref(form)], title));
            let table = &self.table;
            return match self.engine {
                Engine::Sqlite => format!("+{table}.rowid IN (SELECT {table}.rowid FROM {table} WHERE {matches})"),
                Engine::Postgres => matches,
            };
        }
        let held = self.held.get(&(self.layout.name.clone(), form.clone()));
        let rows = held.map_or("", |held| if title { &held.titled } else { &held.all }).to_owned();
        let rows = self.bind(rows.as_str());
        match self.engine {
            // Without the sign FTS5 takes the list for a constraint and asks the index once per row of it.
            Engine::Sqlite => format!("+{}.rowid IN (SELECT value FROM json_each({rows}))", self.table),
            Engine::Postgres => {
                format!("{}.id IN (SELECT decode(x, 'hex') FROM unnest(string_to_array({rows}::text, ',')) x)", self.table)
            }
        }
    }

    /// The rows with a form that must stand unbroken: its words by the index, its pieces by the text of the row; and
    /// whether the title has all of it.
    fn unbroken(&mut self, form: &Form) -> String {
        let forms = [std::slice::from_ref(form)];
        let (matches, in_title) = (self.matches(&self.expression(&forms, false)), self.matches(&self.expression(&forms, true)));
        let (anywhere, titled) = (self.pieces(form, false), self.pieces(form, true));
        let (table, rows) = (self.table.clone(), self.layout.table());
        match self.engine {
            Engine::Sqlite => format!(
                "SELECT {table}.rowid, {titled} AND +{table}.rowid IN (SELECT {table}.rowid FROM {table} WHERE {in_title}) \
                 FROM {table} CROSS JOIN {rows} t ON t.doc = {table}.rowid WHERE {matches} AND {anywhere}"
            ),
            Engine::Postgres => {
                let tenant = self.bind(self.tenant);
                format!(
                    "SELECT encode({table}.id, 'hex'), ({titled} AND {in_title})::int::bigint FROM {table} \
                     JOIN {rows} t ON t.tenant = {table}.tenant AND t.id = {table}.id WHERE {table}.tenant = {tenant} AND {matches} AND {anywhere}"
                )
            }
        }
    }

    /// Whether each unbroken piece is in one of the columns.
    fn pieces(&mut self, form: &Form, title: bool) -> String {
        let position = if self.engine == Engine::Sqlite { "instr" } else { "strpos" };
        let record = self.layout.record();
        let searched = |field: &String| record.search.contains(field) && (!title || *field == record.title);
        let columns: Vec<String> =
            self.layout.single.iter().filter(|p| searched(&p.field)).flat_map(|p| &p.columns).map(|c| quoted(&c.0)).collect();
        let mut pieces = Vec::new();
        for piece in &form.unbroken {
            let piece = self.bind(piece.as_str());
            // A null column has nothing: the answer is always yes or no.
            let places: Vec<String> = columns.iter().map(|column| format!("coalesce({position}(t.{column}, {piece}), 0) > 0")).collect();
            pieces.push(if places.is_empty() { "FALSE".to_owned() } else { format!("({})", places.join(" OR ")) });
        }
        format!("({})", pieces.join(" AND "))
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
