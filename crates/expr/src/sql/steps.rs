//! SQL of steps, periods between days and first years, over lowered arguments.
use super::{Lowering, Refusal};
use crate::row;
use crate::row::steps::MOST_MONTHS;
use crate::schema::Type;
use crate::typed::{Arith, Node};
use crate::value::Value;

type Lowered = Result<String, Refusal>;

pub fn floor_to(sql: &mut Lowering<'_>, _: &[Node], lowered: Vec<String>) -> Lowered {
    Ok(sql.once_with(&lowered, |sql, v| {
        let rest = sql.integers(Arith::Rem, v[0].clone(), v[1].clone());
        let floored = sql.once_with(&[rest], |sql, r| {
            let whole = sql.integers(Arith::Sub, v[0].clone(), r[0].clone());
            let below = sql.integers(Arith::Sub, whole.clone(), v[1].clone());
            format!("(CASE WHEN {} < 0 THEN {below} ELSE {whole} END)", r[0])
        });
        format!("(CASE WHEN {} > 0 THEN {floored} END)", v[1])
    }))
}

/// `below` is how a value stands to a threshold that it has not passed, `passed` to the last one it has.
fn stepped(sql: &mut Lowering<'_>, nodes: &[Node], lowered: &[String], below: &str, passed: &str) -> Lowered {
    let unknown = |node: &Node| super::constant(node) && matches!(row::eval_node(node, &super::Nothing, sql.context), Value::Unknown(_));
    let thresholds = || nodes.iter().step_by(2).skip(1);
    if thresholds().any(unknown) {
        return Ok(sql.null(nodes.get(1).map_or(&Type::Null, |n| &n.ty)).to_owned());
    }
    let (scale, results): (Vec<&String>, Vec<&String>) = (lowered.iter().step_by(2).collect(), lowered.iter().skip(1).step_by(2).collect());
    Ok(sql.once(&[scale[0].clone()], |x| {
        let x = &x[0];
        let steps: String = scale[1..].iter().zip(&results).map(|(t, result)| format!("WHEN {x} {below} {t} THEN {result} ")).collect();
        let last = scale.last().zip(results.last()).map(|(t, result)| format!("WHEN {x} {passed} {t} THEN {result} ")).unwrap_or_default();
        format!("(CASE {steps}{last}END)")
    }))
}

pub fn bands(sql: &mut Lowering<'_>, nodes: &[Node], lowered: Vec<String>) -> Lowered {
    stepped(sql, nodes, &lowered, "<", ">=")
}

pub fn tiers(sql: &mut Lowering<'_>, nodes: &[Node], lowered: Vec<String>) -> Lowered {
    stepped(sql, nodes, &lowered, "<=", ">")
}

pub fn months_between(sql: &mut Lowering<'_>, _: &[Node], lowered: Vec<String>) -> Lowered {
    Ok(sql.period(&lowered))
}

pub fn years_between(sql: &mut Lowering<'_>, _: &[Node], lowered: Vec<String>) -> Lowered {
    let months = sql.period(&lowered);
    Ok(sql.whole_years(months))
}

pub fn add_months(sql: &mut Lowering<'_>, _: &[Node], lowered: Vec<String>) -> Lowered {
    let months = format!("(CASE WHEN {0} BETWEEN -{MOST_MONTHS} AND {MOST_MONTHS} THEN {0} END)", lowered[1]);
    Ok(sql.later(lowered[0].clone(), months))
}

pub fn first_reach(sql: &mut Lowering<'_>, _: &[Node], lowered: Vec<String>) -> Lowered {
    Ok(sql.once_with(&lowered, |sql, v| {
        let (threshold, founded, year, now, earlier) = (&v[0], &v[1], &v[2], &v[3], &v[4..]);
        let reached: String = earlier.iter().map(|e| format!(" OR {e} >= {threshold}")).collect();
        let mut not_yet = String::new();
        for (back, figure) in earlier.iter().enumerate() {
            let back = sql.integer(back as i64 + 1);
            let that_year = sql.integers(Arith::Sub, year.clone(), back);
            not_yet.push_str(&format!(" AND ({figure} < {threshold} OR {founded} > {that_year})"));
        }
        format!("(CASE WHEN {now} < {threshold}{reached} THEN FALSE WHEN {now} >= {threshold}{not_yet} THEN TRUE END)")
    }))
}
