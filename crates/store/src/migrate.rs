//! Bringing a database to another model: the steps of [`liangu_model::plan`], all in one transaction.
//!
//! Nothing stored is lost: what is no longer in the packs stays in its table. Indexes are made at the end from the
//! tables of the new model, whichever step asked for them.
use crate::Store;
use crate::engine::{Access, Conn};
use crate::error::StoreError;
use crate::layout::{Layout, Place, RecordLayout};
use crate::open::{Config, DATABASE, applied, lock_schema};
use crate::read::expression_over;
use crate::search;
use crate::sql::quoted;
use crate::tables::{record_tables, sql_type};
use liangu_expr::{Expect, check};
use liangu_model::Model;
use liangu_model::applied::Applied;
use liangu_model::plan::{Plan, Step, plan};
use std::sync::Arc;

impl Store {
    /// The model the database was last brought to; `None` where there is no installation.
    pub fn applied(config: &Config) -> Result<Option<Applied>, StoreError> {
        if !Store::exists(config)? {
            return Ok(None);
        }
        applied_model(&mut config.connect(&Arc::default())?).map(Some)
    }

    /// What bringing the database to the model would mean; an empty database needs nothing but to be opened.
    pub fn plan(config: &Config, model: &Model) -> Result<Plan, StoreError> {
        if !Store::exists(config)? {
            return Ok(plan(&Applied::default(), model));
        }
        planned(&mut config.connect(&Arc::default())?, model)
    }

    /// Carries the plan out, whole or not at all. A plan with refusals is not carried out; its text says why. Servers of
    /// the old model must be stopped before.
    pub fn migrate(config: &Config, model: &Arc<Model>) -> Result<Plan, StoreError> {
        let layout = Layout::new(model)?;
        if matches!(config, Config::Sqlite { dir } if !dir.join(DATABASE).exists()) {
            return Err(StoreError::unknown("此处还没有数据库；请先初始化。", "There is no database here yet; initialise one first."));
        }
        let mut conn = config.connect(&Arc::default())?;
        conn.begin(Access::Write)?;
        let outcome = migrate(&mut conn, &layout).and_then(|plan| conn.commit().map(|()| plan));
        if outcome.is_err() {
            conn.rollback();
        }
        outcome
    }
}

pub(crate) fn applied_model(conn: &mut Conn) -> Result<Applied, StoreError> {
    if applied(conn)?.is_none() {
        return Ok(Applied::default());
    }
    let text = conn.one("SELECT value FROM meta WHERE key = 'model' ORDER BY tenant LIMIT 1", &[], |row| row.text(0))?;
    Applied::parse(&text.unwrap_or_default()).map_err(|e| StoreError::damaged(e.to_string()))
}

fn migrate(conn: &mut Conn, layout: &Layout) -> Result<Plan, StoreError> {
    lock_schema(conn)?;
    let plan = planned(conn, &layout.model)?;
    if !plan.refused.is_empty() {
        let render = |lang| plan.render(lang);
        return Err(StoreError::unknown(render(liangu_base::Lang::Zh), render(liangu_base::Lang::En)));
    }
    for step in &plan.steps {
        carry_out(conn, layout, step)?;
    }
    for record in layout.all() {
        let engine = conn.engine();
        let tables = record_tables(record);
        for statement in tables.iter().flat_map(|t| t.create(engine)).chain(search::index::create(record, engine)) {
            conn.batch(&statement).map_err(|error| named(record, error))?;
        }
    }
    for (key, value) in [("model_hash", layout.model.hash.as_str()), ("model", &plan.result.json())] {
        conn.run("UPDATE meta SET value = ?2 WHERE key = ?1", &[key.into(), value.into()])?;
    }
    Ok(plan)
}

/// The plan, in which states that cases are in cannot go.
fn planned(conn: &mut Conn, model: &Model) -> Result<Plan, StoreError> {
    let mut plan = plan(&applied_model(conn)?, model);
    let removed = plan.steps.iter().filter_map(|step| match step {
        Step::RemoveStates { record, states } => Some((record.clone(), states.clone())),
        _ => None,
    });
    for (record, states) in removed.collect::<Vec<_>>() {
        let sql = format!("SELECT count(*) FROM {} WHERE state = ?1", quoted(&record));
        for state in states {
            let rows = conn.one(&sql, &[state.as_str().into()], |row| row.int(0))?.unwrap_or(0);
            if rows > 0 {
                plan.refuse_state(&record, &state, rows.unsigned_abs());
            }
        }
    }
    Ok(plan)
}

/// An index that cannot be made says of which record.
fn named(record: &RecordLayout, error: StoreError) -> StoreError {
    match error {
        StoreError::Constraint(message) => StoreError::unknown(
            format!("“{}”中已有重复的值，不能要求唯一：{message}。请先更正数据。", record.record().label.zh),
            format!("\"{}\" has values that occur twice, so they cannot be made unique: {message}. Correct the data first.", record.name),
        ),
        other => other,
    }
}

fn carry_out(conn: &mut Conn, layout: &Layout, step: &Step) -> Result<(), StoreError> {
    match step {
        Step::AddField { record, field } => {
            let record = layout.record(record)?;
            add_columns(conn, record, record.place_of(field)?)
        }
        Step::RenameField { record, from, to } => rename(conn, layout.record(record)?, from, to),
        Step::RetypeField { record, field, from, convert, .. } => retype(conn, layout, record, field, from, convert),
        Step::DropUnique { record, field } => drop_index(conn, record, field, "key"),
        Step::DropIndex { record, field } => {
            drop_index(conn, record, field, "index").and_then(|()| drop_index(conn, record, &format!("{field}_id"), "index"))
        }
        Step::RebuildSearch { record, .. } => {
            let record = layout.record(record)?;
            conn.batch(&format!("DROP TABLE IF EXISTS {}", search::index::table(record)))?;
            search::index::create(record, conn.engine()).iter().try_for_each(|statement| conn.batch(statement))?;
            search::index::rebuild(std::iter::once(record), conn)
        }
        // Made at the end from the new model's tables.
        Step::CreateRecord { .. } | Step::AddUnique { .. } | Step::AddIndex { .. } => Ok(()),
        // Nothing is stored differently.
        Step::RestoreRecord { .. }
        | Step::HideRecord { .. }
        | Step::RestoreField { .. }
        | Step::HideField { .. }
        | Step::Require { .. }
        | Step::ChangeAccess { .. }
        | Step::ChangeFlow { .. }
        | Step::RemoveStates { .. }
        | Step::AddCodes { .. }
        | Step::RemoveCodes { .. } => Ok(()),
    }
}

fn table_of(record: &RecordLayout, field: &str) -> String {
    if record.place_position(field) == usize::MAX { quoted(&record.year_table()) } else { record.table() }
}

fn add_columns(conn: &mut Conn, record: &RecordLayout, place: &Place) -> Result<(), StoreError> {
    // The first yearly field of a record type brings the table with it.
    for table in record_tables(record).iter().skip(1) {
        if !crate::open::has_table(conn, &table.name)? {
            return table.create(conn.engine()).iter().try_for_each(|statement| conn.batch(statement));
        }
    }
    let table = table_of(record, &place.field);
    for (column, kind) in &place.columns {
        conn.batch(&format!("ALTER TABLE {table} ADD COLUMN {} {}", quoted(column), sql_type(*kind, conn.engine())))?;
    }
    Ok(())
}

fn drop_index(conn: &mut Conn, record: &str, field: &str, kind: &str) -> Result<(), StoreError> {
    conn.batch(&format!("DROP INDEX IF EXISTS {}", quoted(&format!("{record}_{field}_{kind}"))))
}

fn drop_indexes(conn: &mut Conn, record: &str, field: &str) -> Result<(), StoreError> {
    [("key", ""), ("index", ""), ("index", "_id")]
        .iter()
        .try_for_each(|(kind, more)| drop_index(conn, record, &format!("{field}{more}"), kind))
}

fn rename(conn: &mut Conn, record: &RecordLayout, from: &str, to: &str) -> Result<(), StoreError> {
    drop_indexes(conn, &record.name, from)?;
    let table = table_of(record, to);
    for (n, (column, _)) in record.place_of(to)?.columns.iter().enumerate() {
        let old = if n == 0 { from.to_owned() } else { format!("{from}_en") };
        conn.batch(&format!("ALTER TABLE {table} RENAME COLUMN {} TO {}", quoted(&old), quoted(column)))?;
    }
    let sql = format!("UPDATE fact SET field = ?2 WHERE field = ?1 AND id IN (SELECT id FROM {})", record.table());
    conn.run(&sql, &[from.into(), to.into()]).map(|_| ())
}

/// New columns are filled from the old ones by the expression, which then go.
fn retype(conn: &mut Conn, layout: &Layout, record: &str, field: &str, from: &str, convert: &str) -> Result<(), StoreError> {
    let record = layout.record(record)?;
    let schema = liangu_model::convert_schema(from, &layout.model).ok_or_else(|| StoreError::no_field(&record.name, field))?;
    let typed = check(convert, &schema, Expect::Any).map_err(|_| {
        StoreError::unknown(
            format!("换算“{convert}”不是有效的表达式。"),
            format!("The conversion \"{convert}\" is not a valid expression."),
        )
    })?;
    let (table, kept, gone) = (table_of(record, field), quoted("old value"), quoted("old value en"));
    drop_indexes(conn, &record.name, field)?;
    let bilingual = from.starts_with("bilingual");
    conn.batch(&format!("ALTER TABLE {table} RENAME COLUMN {} TO {kept}", quoted(field)))?;
    if bilingual {
        conn.batch(&format!("ALTER TABLE {table} RENAME COLUMN {} TO {gone}", quoted(&format!("{field}_en"))))?;
    }
    add_columns(conn, record, record.place_of(field)?)?;
    let value = expression_over(&kept, conn.engine(), &typed)?;
    conn.batch(&format!("UPDATE {table} SET {} = {value}", quoted(field)))?;
    conn.batch(&format!("ALTER TABLE {table} DROP COLUMN {kept}"))?;
    if bilingual { conn.batch(&format!("ALTER TABLE {table} DROP COLUMN {gone}")) } else { Ok(()) }
}

/// What the database keeps of its model for a tenant that opens it: the model's own form, or what was migrated to.
pub(crate) fn remember(conn: &mut Conn, tenant: &str) -> Result<(), StoreError> {
    conn.run(
        "INSERT INTO meta (tenant, key, value) SELECT ?1, key, value FROM meta WHERE tenant = (SELECT min(tenant) FROM meta) ON CONFLICT DO NOTHING",
        &[tenant.into()],
    )
    .map(|_| ())
}
