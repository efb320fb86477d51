//! SQL of the functions of [`crate::functions`], over lowered arguments; null where one is null.
use super::sets::{Family, family};
use super::{Dialect, Lowering, Refusal};
use crate::typed::{Arith, Node};

const WHOLE: i64 = 10_000;

type Lowered = Result<String, Refusal>;

/// Takes the argument of that position.
fn take(lowered: &mut [String], at: usize) -> String {
    std::mem::take(&mut lowered[at])
}

/// `a` as a part of `b` in basis points, for positive `b`.
fn part(sql: &mut Lowering<'_>, a: String, b: &str) -> String {
    let whole = sql.integer(WHOLE);
    let scaled = sql.integers(Arith::Mul, a, whole);
    let share = sql.integers(Arith::Div, scaled, b.to_owned());
    format!("(CASE WHEN {b} > 0 THEN {share} END)")
}

pub fn growth(sql: &mut Lowering<'_>, _: &[Node], lowered: Vec<String>) -> Lowered {
    Ok(sql.once_with(&lowered, |sql, v| {
        let more = sql.integers(Arith::Sub, v[0].clone(), v[1].clone());
        part(sql, more, &v[1])
    }))
}

pub fn ratio(sql: &mut Lowering<'_>, _: &[Node], lowered: Vec<String>) -> Lowered {
    Ok(sql.once_with(&lowered, |sql, v| part(sql, v[0].clone(), &v[1])))
}

pub fn share(sql: &mut Lowering<'_>, _: &[Node], mut lowered: Vec<String>) -> Lowered {
    let (a, b) = (take(&mut lowered, 0), take(&mut lowered, 1));
    let (product, whole) = (sql.integers(Arith::Mul, a, b), sql.integer(WHOLE));
    Ok(sql.integers(Arith::Div, product, whole))
}

pub fn sum(sql: &mut Lowering<'_>, _: &[Node], lowered: Vec<String>) -> Lowered {
    let total = lowered.into_iter().reduce(|total, next| sql.integers(Arith::Add, total, next));
    Ok(total.unwrap_or_else(|| sql.integer(0)))
}

pub fn mean(sql: &mut Lowering<'_>, nodes: &[Node], lowered: Vec<String>) -> Lowered {
    let count = sql.integer(lowered.len() as i64);
    let total = sum(sql, nodes, lowered)?;
    Ok(sql.integers(Arith::Div, total, count))
}

pub fn years_since(sql: &mut Lowering<'_>, _: &[Node], mut lowered: Vec<String>) -> Lowered {
    let months = sql.months(take(&mut lowered, 0));
    Ok(sql.whole_years(months))
}

pub fn months_since(sql: &mut Lowering<'_>, _: &[Node], mut lowered: Vec<String>) -> Lowered {
    Ok(sql.months(take(&mut lowered, 0)))
}

pub fn days_since(sql: &mut Lowering<'_>, _: &[Node], lowered: Vec<String>) -> Lowered {
    let today = sql.integer(sql.context.today.days().into());
    Ok(sql.cast(&format!("({today} - {})", lowered[0])))
}

pub fn year_of(sql: &mut Lowering<'_>, _: &[Node], mut lowered: Vec<String>) -> Lowered {
    Ok(sql.year(take(&mut lowered, 0)))
}

/// SQLite's own gives null if one is null, PostgreSQL's leaves nulls out.
fn extreme(sql: &mut Lowering<'_>, nodes: &[Node], lowered: &[String], names: [&str; 2]) -> Lowered {
    let [in_sqlite, in_postgres] = names;
    if let Some(node) = nodes.iter().find(|n| !matches!(family(&n.ty), Family::Int | Family::Double | Family::Date)) {
        return sql.refuse(node, "查询里只能取数和日期的最大、最小。", "In a query only numbers and dates have a least and a greatest.");
    }
    if let [only] = lowered {
        return Ok(only.clone());
    }
    let dialect = sql.dialect;
    Ok(sql.once(lowered, |v| match dialect {
        Dialect::Sqlite => format!("{in_sqlite}({})", v.join(", ")),
        Dialect::Postgres => {
            let known: Vec<String> = v.iter().map(|v| format!("{v} IS NOT NULL")).collect();
            format!("(CASE WHEN {} THEN {in_postgres}({}) END)", known.join(" AND "), v.join(", "))
        }
    }))
}

pub fn min(sql: &mut Lowering<'_>, nodes: &[Node], lowered: Vec<String>) -> Lowered {
    extreme(sql, nodes, &lowered, ["min", "least"])
}

pub fn max(sql: &mut Lowering<'_>, nodes: &[Node], lowered: Vec<String>) -> Lowered {
    extreme(sql, nodes, &lowered, ["max", "greatest"])
}

pub fn abs(sql: &mut Lowering<'_>, _: &[Node], lowered: Vec<String>) -> Lowered {
    Ok(sql.once_with(&lowered, |sql, v| {
        let negated = sql.negated(v[0].clone());
        format!("(CASE WHEN {0} >= 0 THEN {0} ELSE {negated} END)", v[0])
    }))
}

pub fn starts_with(sql: &mut Lowering<'_>, _: &[Node], lowered: Vec<String>) -> Lowered {
    Ok(format!("({} = 1)", sql.position(&lowered[0], &lowered[1])))
}

pub fn contains(sql: &mut Lowering<'_>, _: &[Node], lowered: Vec<String>) -> Lowered {
    Ok(format!("({} > 0)", sql.position(&lowered[0], &lowered[1])))
}

pub fn in_set(sql: &mut Lowering<'_>, _: &[Node], lowered: Vec<String>) -> Lowered {
    let code = format!("('|' || {} || '|')", lowered[0]);
    Ok(format!("({} > 0)", sql.position(&lowered[1], &code)))
}
