//! All tables of an installation: the store's own and those the model asks for.
//!
//! A table is described once, as data; the description makes the statements for both databases, the list of what a
//! backup holds and the order of rows in its digest. Invariants: every key begins with `tenant`; texts compare by their
//! bytes in both databases, so that sorting and keyset pages agree; what is marked derived can be rebuilt from the rest
//! and is not part of a digest. References between records are checked by the write path, which can name the field,
//! and not by the database, so that an added field is guarded like one that was there from the start.
use crate::engine::Engine;
use crate::layout::{Layout, RecordLayout};
use crate::sql::quoted;
use crate::value::ColumnKind;
use liangu_model::applied::{Applied, AppliedRecord};

pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// Primary key.
    pub key: Vec<String>,
    pub indexes: Vec<Index>,
    pub kind: TableKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// Kept in key order; for narrow rows.
    Keyed,
    /// Rows as they come, the key beside them; for rows with long texts.
    Wide,
    /// SQLite gives each row a number `doc`, by which the full-text index knows it.
    Numbered,
}

pub struct Column {
    pub name: String,
    pub kind: ColumnKind,
    pub required: bool,
}

pub struct Index {
    pub columns: Vec<String>,
    pub unique: bool,
}

/// `name:type` words; a trailing `!` means never null.
fn table(name: &str, columns: &str, key: &[&str], indexes: &[&[&str]]) -> Table {
    let columns = columns
        .split_whitespace()
        .map(|word| {
            let (name, ty) = word.split_once(':').unwrap_or((word, "text"));
            let kind = match ty.trim_end_matches('!') {
                "int" => ColumnKind::Int,
                "bool" => ColumnKind::Bool,
                "bytes" => ColumnKind::Bytes,
                _ => ColumnKind::Text,
            };
            Column { name: name.to_owned(), kind, required: ty.ends_with('!') }
        })
        .collect();
    let owned = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
    let indexes = indexes.iter().map(|i| Index { columns: owned(i), unique: false }).collect();
    Table { name: name.to_owned(), columns, key: owned(key), indexes, kind: TableKind::Keyed }
}

/// The store's own tables.
pub fn system_tables() -> Vec<Table> {
    let mut account = table(
        "account",
        "tenant:text! id:bytes! login:text! name:text! password_hash:text roles:text! firm:bytes organisation:bytes region:text park:bytes disabled:bool! must_change:bool! version:int!",
        &["tenant", "id"],
        &[],
    );
    account.indexes.push(Index { columns: vec!["tenant".into(), "login".into()], unique: true });
    let mut tables = vec![
        table("meta", "tenant:text! key:text! value:text!", &["tenant", "key"], &[]),
        // The last number given out: of the journal, the outbox, the jobs. Its row is the lock that makes them gapless.
        table("counter", "tenant:text! name:text! value:int!", &["tenant", "name"], &[]),
        table(
            "journal",
            "tenant:text! sequence:int! at:int! actor:bytes command:text! request:text record:text! id:bytes! version:int! changes:text! prev_hash:bytes hash:bytes",
            &["tenant", "sequence"],
            &[&["tenant", "id", "sequence"]],
        ),
        table(
            "fact",
            "tenant:text! id:bytes! field:text! period:int! source:text! sequence:int! value:text! as_of:int! recorded_at:int! recorded_by:bytes",
            &["tenant", "id", "field", "period", "source", "sequence"],
            &[],
        ),
        table(
            "idempotency",
            "tenant:text! scope:text! key:text! body_hash:text! sequence:int! response:text at:int! expires:int!",
            &["tenant", "scope", "key"],
            &[&["tenant", "expires"]],
        ),
        table("number_sequence", "tenant:text! prefix:text! year:int! last:int!", &["tenant", "prefix", "year"], &[]),
        table("outbox", "tenant:text! n:int! at:int! topic:text! payload:text! sent_at:int", &["tenant", "n"], &[]),
        table(
            "job",
            "tenant:text! n:int! kind:text! payload:text! run_at:int! attempts:int! error:text done_at:int",
            &["tenant", "n"],
            &[&["tenant", "done_at", "run_at"]],
        ),
        table("document", "tenant:text! kind:text! key:text! value:text! version:int! at:int!", &["tenant", "kind", "key"], &[]),
        account,
        table(
            "session",
            "tenant:text! token_hash:bytes! account:bytes! created:int! expires:int! last_seen:int!",
            &["tenant", "token_hash"],
            &[&["tenant", "account"], &["tenant", "expires"]],
        ),
        table(
            "file",
            "tenant:text! id:bytes! name:text! media_type:text! size:int! sha256:text! created_at:int! created_by:bytes record:text record_id:bytes",
            &["tenant", "id"],
            &[&["tenant", "record_id"]],
        ),
    ];
    for wide in tables.iter_mut().filter(|t| ["meta", "journal", "idempotency", "outbox", "job", "document"].contains(&t.name.as_str())) {
        wide.kind = TableKind::Wide;
    }
    tables
}

/// The table of a record type, and that of its yearly values.
pub fn record_tables(layout: &RecordLayout) -> Vec<Table> {
    let record = layout.record();
    let mut main = table(&layout.name, "tenant:text! id:bytes! version:int! created_at:int! updated_at:int!", &["tenant", "id"], &[]);
    main.kind = TableKind::Numbered;
    let field_columns = |places: &[crate::layout::Place]| {
        let columns = places.iter().flat_map(|p| p.columns.iter());
        columns.map(|(name, kind)| Column { name: name.clone(), kind: *kind, required: false }).collect::<Vec<_>>()
    };
    main.columns.extend(field_columns(&layout.single));
    main.indexes = indexes(layout);
    let mut tables = vec![main];
    if layout.has_years() {
        let mut years = table(&layout.year_table(), "tenant:text! record:bytes! year:int!", &["tenant", "record", "year"], &[]);
        years.columns.extend(field_columns(&layout.yearly));
        tables.push(years);
    }
    debug_assert!(record.fields.len() == layout.single.len() + layout.yearly.len());
    tables
}

fn indexes(layout: &RecordLayout) -> Vec<Index> {
    let record = layout.record();
    let sort = record.sort.trim_start_matches('-');
    let mut indexes: Vec<Index> = Vec::new();
    for place in &layout.single {
        let field = layout.field_at(place);
        let column = place.columns[0].0.clone();
        if field.unique {
            indexes.push(Index { columns: vec!["tenant".into(), column.clone()], unique: true });
        }
        if field.name == sort {
            indexes.push(Index { columns: vec!["tenant".into(), column, "id".into()], unique: false });
        } else if !field.unique && (record.is_looked_up(&field.name) || layout.refs.iter().any(|(f, _)| *f == field.name)) {
            indexes.push(Index { columns: vec!["tenant".into(), column], unique: false });
        }
    }
    indexes
}

/// Everything a backup holds, in the order in which it is written: the model's tables, and what is kept of fields and
/// record types that are no longer in the packs.
pub fn all_tables(layout: &Layout, applied: &Applied) -> Vec<Table> {
    let mut tables = system_tables();
    tables.extend(layout.all().flat_map(|r| record_tables(r)));
    for (name, record) in &applied.records {
        keep(&mut tables, name, record);
    }
    tables
}

fn keep(tables: &mut Vec<Table>, name: &str, record: &AppliedRecord) {
    if record.removed && !tables.iter().any(|t| t.name == name) {
        let mut main = table(name, "tenant:text! id:bytes! version:int! created_at:int! updated_at:int!", &["tenant", "id"], &[]);
        main.kind = TableKind::Numbered;
        tables.push(main);
        if record.fields.values().any(|f| f.yearly) {
            tables.push(table(&format!("{name}_year"), "tenant:text! record:bytes! year:int!", &["tenant", "record", "year"], &[]));
        }
    }
    for (field, kept) in record.fields.iter().filter(|(_, f)| f.removed || record.removed) {
        let place = if kept.yearly { format!("{name}_year") } else { name.to_owned() };
        let Some(table) = tables.iter_mut().find(|t| t.name == place) else { continue };
        for (side, kind) in written_kinds(&kept.ty).iter().enumerate() {
            let column = if side == 0 { field.clone() } else { format!("{field}_en") };
            if !table.columns.iter().any(|c| c.name == column) {
                table.columns.push(Column { name: column, kind: *kind, required: false });
            }
        }
    }
}

/// Columns of a type as packs write it, `code(region)`.
fn written_kinds(ty: &str) -> &'static [ColumnKind] {
    match ty.split('(').next().unwrap_or(ty) {
        "bilingual" => &[ColumnKind::Text, ColumnKind::Text],
        "bool" => &[ColumnKind::Bool],
        "int" | "money" | "area" | "percent" | "date" | "instant" => &[ColumnKind::Int],
        "ref" => &[ColumnKind::Bytes],
        _ => &[ColumnKind::Text],
    }
}

pub fn sql_type(kind: ColumnKind, engine: Engine) -> &'static str {
    match (kind, engine) {
        (ColumnKind::Bool | ColumnKind::Int, Engine::Sqlite) => "INTEGER",
        (ColumnKind::Text, Engine::Sqlite) => "TEXT",
        (ColumnKind::Bytes, Engine::Sqlite) => "BLOB",
        (ColumnKind::Bool, Engine::Postgres) => "BOOLEAN",
        (ColumnKind::Int, Engine::Postgres) => "BIGINT",
        (ColumnKind::Text, Engine::Postgres) => "TEXT COLLATE \"C\"",
        (ColumnKind::Bytes, Engine::Postgres) => "BYTEA",
    }
}

impl Table {
    /// `CREATE TABLE` and its indexes, each of which may exist already.
    pub fn create(&self, engine: Engine) -> Vec<String> {
        let mut statements = vec![self.create_table(engine)];
        statements.extend(self.indexes.iter().map(|index| index.create(&self.name)));
        statements
    }

    fn create_table(&self, engine: Engine) -> String {
        let mut lines: Vec<String> = Vec::new();
        let numbered = self.kind == TableKind::Numbered && engine == Engine::Sqlite;
        if numbered {
            lines.push("doc INTEGER PRIMARY KEY".into());
        }
        for column in &self.columns {
            let null = if column.required { " NOT NULL" } else { "" };
            lines.push(format!("{} {}{null}", quoted(&column.name), sql_type(column.kind, engine)));
        }
        let key = self.key.iter().map(|c| quoted(c)).collect::<Vec<_>>().join(", ");
        lines.push(if numbered { format!("UNIQUE ({key})") } else { format!("PRIMARY KEY ({key})") });
        let options = match (engine, self.kind) {
            (Engine::Postgres, _) => "",
            (Engine::Sqlite, TableKind::Numbered | TableKind::Wide) => " STRICT",
            (Engine::Sqlite, TableKind::Keyed) => " STRICT, WITHOUT ROWID",
        };
        format!("CREATE TABLE IF NOT EXISTS {} ({}){options}", quoted(&self.name), lines.join(", "))
    }

    /// Column names, quoted, for a statement.
    pub fn column_list(&self) -> String {
        self.columns.iter().map(|c| quoted(&c.name)).collect::<Vec<_>>().join(", ")
    }
}

impl Index {
    pub fn create(&self, table: &str) -> String {
        let unique = if self.unique { "UNIQUE " } else { "" };
        let name = format!("{table}_{}_{}", self.columns[1..].join("_"), if self.unique { "key" } else { "index" });
        let columns = self.columns.iter().map(|c| quoted(c)).collect::<Vec<_>>().join(", ");
        format!("CREATE {unique}INDEX IF NOT EXISTS {} ON {} ({columns})", quoted(&name), quoted(table))
    }
}
