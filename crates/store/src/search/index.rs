//! The full-text index of a record type, written with the row it speaks of.
//!
//! SQLite: an FTS5 table without content, its row number the row's `doc`. PostgreSQL: a `tsvector` beside the row.
//! Both hold the words that [`super::words`] cut; neither database cuts anything itself. The index is derived: it can be
//! built again from the rows.
use super::words::stored;
use crate::Inner;
use crate::engine::insert::Rows;
use crate::engine::{Conn, Engine};
use crate::error::StoreError;
use crate::layout::RecordLayout;
use crate::sql::quoted;
use crate::value::Value;
use crate::write::target::{Fate, Target};
use liangu_base::Id;
use std::collections::BTreeSet;
use std::fmt::Write as _;

pub fn table(layout: &RecordLayout) -> String {
    quoted(&format!("{}_search", layout.name))
}

pub fn create(layout: &RecordLayout, engine: Engine) -> Vec<String> {
    if layout.record().search.is_empty() {
        return Vec::new();
    }
    let table = table(layout);
    match engine {
        Engine::Sqlite => {
            vec![format!(
                "CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5(title, body, content='', contentless_delete=1, detail=column, tokenize='ascii')"
            )]
        }
        Engine::Postgres => {
            let index = quoted(&format!("{}_search_words", layout.name));
            vec![
                format!(
                    "CREATE TABLE IF NOT EXISTS {table} (tenant TEXT COLLATE \"C\" NOT NULL, id BYTEA NOT NULL, words TSVECTOR NOT NULL, PRIMARY KEY (tenant, id))"
                ),
                format!("CREATE INDEX IF NOT EXISTS {index} ON {table} USING gin (words)"),
            ]
        }
    }
}

/// Words of the title and of everything else.
struct Words {
    title: BTreeSet<String>,
    body: BTreeSet<String>,
}

fn words(layout: &RecordLayout, values: &[Value]) -> Words {
    let record = layout.record();
    let mut words = Words { title: BTreeSet::new(), body: BTreeSet::new() };
    for (place, value) in layout.single.iter().zip(values) {
        if !record.search.contains(&place.field) {
            continue;
        }
        let into = if place.field == record.title { &mut words.title } else { &mut words.body };
        match value {
            Value::Text(text) => stored(text, into),
            Value::Bilingual(text) => {
                stored(&text.zh, into);
                stored(&text.en, into);
            }
            _ => {}
        }
    }
    words
}

/// Adds new records of one type, whose rows are there already.
pub fn add(inner: &Inner, conn: &mut Conn, targets: &[&Target]) -> Result<(), StoreError> {
    let Some(layout) = targets.first().map(|t| &t.layout).filter(|l| !l.record().search.is_empty()) else { return Ok(()) };
    if conn.engine() == Engine::Sqlite {
        return targets.iter().try_for_each(|t| put(&inner.tenant, conn, layout, t.id, &words(layout, &t.new)));
    }
    let name = format!("{}_search", layout.name);
    let mut rows = Rows::new(&name, &["tenant", "id", "words"]);
    for target in targets {
        let vector = vector(&words(layout, &target.new));
        rows.cells.extend([inner.tenant.as_str().into(), target.id.into(), vector.into()]);
    }
    // A statement, other than a stream, has to be told that the text is a vector.
    if targets.len() < 100 {
        return rows.cells.chunks(3).try_for_each(|row| conn.run(&insert_vector(&table(layout)), row).map(|_| ()));
    }
    conn.insert(&rows)
}

/// Brings the index to a changed record's new values. A deleted one is taken out while its row is still there.
pub fn update(inner: &Inner, conn: &mut Conn, target: &Target) -> Result<(), StoreError> {
    let layout = &target.layout;
    let search = &layout.record().search;
    let differs = |(at, place): (usize, &crate::layout::Place)| search.contains(&place.field) && target.old.get(at) != target.new.get(at);
    match target.fate {
        _ if search.is_empty() => Ok(()),
        Fate::Created => add(inner, conn, &[target]),
        Fate::Deleted => remove(&inner.tenant, conn, layout, target.id),
        Fate::Updated if layout.single.iter().enumerate().any(differs) => {
            remove(&inner.tenant, conn, layout, target.id)?;
            put(&inner.tenant, conn, layout, target.id, &words(layout, &target.new))
        }
        Fate::Updated => Ok(()),
    }
}

fn put(tenant: &str, conn: &mut Conn, layout: &RecordLayout, id: Id, words: &Words) -> Result<(), StoreError> {
    let index = table(layout);
    match conn.engine() {
        Engine::Sqlite => {
            let join = |words: &BTreeSet<String>| words.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
            let sql = format!(
                "INSERT INTO {index} (rowid, title, body) SELECT doc, ?3, ?4 FROM {} WHERE tenant = ?1 AND id = ?2",
                layout.table()
            );
            conn.run(&sql, &[tenant.into(), id.into(), join(&words.title).into(), join(&words.body).into()])?;
        }
        Engine::Postgres => {
            conn.run(&insert_vector(&index), &[tenant.into(), id.into(), vector(words).into()])?;
        }
    }
    Ok(())
}

fn insert_vector(index: &str) -> String {
    format!("INSERT INTO {index} (tenant, id, words) VALUES (?1, ?2, ?3::text::tsvector)")
}

/// PostgreSQL's text form of words; those of the title have weight A.
fn vector(words: &Words) -> String {
    let mut vector = String::new();
    for word in &words.title {
        let _ = write!(vector, "'{word}':1A ");
    }
    for word in words.body.difference(&words.title) {
        let _ = write!(vector, "'{word}':1 ");
    }
    vector
}

fn remove(tenant: &str, conn: &mut Conn, layout: &RecordLayout, id: Id) -> Result<(), StoreError> {
    let index = table(layout);
    let sql = match conn.engine() {
        Engine::Sqlite => format!("DELETE FROM {index} WHERE rowid = (SELECT doc FROM {} WHERE tenant = ?1 AND id = ?2)", layout.table()),
        Engine::Postgres => format!("DELETE FROM {index} WHERE tenant = ?1 AND id = ?2"),
    };
    conn.run(&sql, &[tenant.into(), id.into()])?;
    Ok(())
}

/// Builds the index of every record type anew from its rows, of all tenants.
pub fn rebuild<'l>(layouts: impl Iterator<Item = &'l std::sync::Arc<RecordLayout>>, conn: &mut Conn) -> Result<(), StoreError> {
    for layout in layouts.filter(|l| !l.record().search.is_empty()) {
        let index = table(layout);
        let clear = match conn.engine() {
            Engine::Sqlite => format!("INSERT INTO {index} ({index}) VALUES ('delete-all')"),
            Engine::Postgres => format!("DELETE FROM {index}"),
        };
        conn.run(&clear, &[])?;
        let sql = format!("SELECT {}, tenant FROM {}", layout.selected(""), layout.table());
        let tenant_column = crate::layout::LEADING + layout.columns(false).len();
        let mut found = Vec::new();
        conn.each(&sql, &[], &mut |row| {
            let values = crate::write::read_values(layout, &layout.single, row, crate::layout::LEADING)?;
            found.push((row.text(tenant_column)?, row.id(0)?, words(layout, &values)));
            Ok(())
        })?;
        for (tenant, id, words) in found {
            put(&tenant, conn, layout, id, &words)?;
        }
    }
    Ok(())
}
