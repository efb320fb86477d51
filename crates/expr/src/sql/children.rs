//! Child records.
//!
//! What is said of each child is a column of an inner query, over which the outer one aggregates: an aggregate over
//! the record's own columns alone would belong to the record's query.
use super::sets::{Family, family};
use super::{Dialect, Lowering, Refusal};
use crate::schema::ChildIx;
use crate::typed::{Aggregate, Node};

impl Lowering<'_> {
    pub(super) fn aggregate(&mut self, child: ChildIx, filter: Option<&Node>, what: &Aggregate, node: &Node) -> Result<String, Refusal> {
        let table = match self.tables.child(child) {
            Some(table) if table.complete => table,
            _ => {
                return self.refuse(
                    node,
                    "查询里看不到全部子记录，请改用自身字段。",
                    "A query does not see all of these child records; use the record's own fields.",
                );
            }
        };
        let alias = format!("c{}", self.bound.len());
        let from = format!("FROM {} AS {alias} WHERE {}", table.from, table.on.replace("{c}", &alias));
        self.bound.push(table);
        let parts = self.parts(filter, what, node);
        self.bound.pop();
        let (passes, value) = parts?;
        let rows = self.name();
        Ok(match what {
            Aggregate::Exists(_) => {
                let held = kleene("max", &format!("{rows}.t"));
                format!(
                    "(SELECT CASE {held} WHEN 2 THEN TRUE WHEN 1 THEN NULL ELSE FALSE END FROM (SELECT ({passes} AND {value}) AS t {from}) AS {rows})"
                )
            }
            Aggregate::All(_) => {
                let held = kleene("min", &format!("{rows}.t"));
                format!(
                    "(SELECT CASE {held} WHEN 0 THEN FALSE WHEN 1 THEN NULL ELSE TRUE END FROM (SELECT ((NOT {passes}) OR {value}) AS t {from}) AS {rows})"
                )
            }
            Aggregate::Count => {
                format!(
                    "(SELECT CASE WHEN count(*) = count({rows}.p) THEN count(CASE WHEN {rows}.p THEN 1 END) END FROM (SELECT {passes} AS p {from}) AS {rows})"
                )
            }
            Aggregate::Sum(_) | Aggregate::Mean(_) | Aggregate::Min(_) | Aggregate::Max(_) => {
                let known = format!(
                    "count(*) = count({rows}.p) AND count(CASE WHEN {rows}.p THEN 1 END) = count(CASE WHEN {rows}.p THEN {rows}.v END)"
                );
                let kept = format!("CASE WHEN {rows}.p THEN {rows}.v END");
                let result = match what {
                    Aggregate::Min(_) => format!("min({kept})"),
                    Aggregate::Max(_) => format!("max({kept})"),
                    Aggregate::Mean(_) => self.mean(&kept),
                    _ => self.sum(&kept),
                };
                format!("(SELECT CASE WHEN {known} THEN {result} END FROM (SELECT {passes} AS p, {value} AS v {from}) AS {rows})")
            }
        })
    }

    /// Whether the child passes, and what is computed of it.
    fn parts(&mut self, filter: Option<&Node>, what: &Aggregate, node: &Node) -> Result<(String, String), Refusal> {
        let passes = filter.map_or(Ok("TRUE".to_owned()), |f| self.boolean(f))?;
        let value = match what {
            Aggregate::Count => String::new(),
            Aggregate::Exists(test) | Aggregate::All(test) => self.boolean(test)?,
            Aggregate::Sum(of) | Aggregate::Mean(of) | Aggregate::Min(of) | Aggregate::Max(of) => {
                let extreme =
                    matches!(what, Aggregate::Min(_) | Aggregate::Max(_)) && matches!(family(&of.ty), Family::Double | Family::Date);
                if !extreme && family(&of.ty) != Family::Int {
                    return self.refuse(
                        node,
                        "子记录里只能对整数求和，对数和日期取最大、最小。",
                        "Over child records whole numbers are summed, and the least and the greatest are of numbers and dates.",
                    );
                }
                self.expr(of)?
            }
        };
        Ok((passes, value))
    }

    /// The sum by the number of those that pass; null of none.
    fn mean(&mut self, column: &str) -> String {
        let number = format!("nullif(count({column}), 0)");
        format!("({}) / {number}", self.sum(column))
    }

    /// The sum of a column, exact before it is looked at whether it fits: SQLite's own would fail, so that the upper
    /// and lower 32 bits are summed apart.
    fn sum(&mut self, column: &str) -> String {
        if self.dialect == Dialect::Postgres {
            let value = format!("coalesce(sum({column}), 0)");
            return format!("CASE WHEN {value} BETWEEN {} AND {} THEN {value}::bigint END", i64::MIN, i64::MAX);
        }
        let low = format!("coalesce(sum(({column}) & 4294967295), 0)");
        let high = format!("(coalesce(sum(({column}) >> 32), 0) + ({low} >> 32))");
        format!("CASE WHEN {high} BETWEEN -2147483648 AND 2147483647 THEN {high} * 4294967296 + ({low} & 4294967295) END")
    }
}

/// 0 no, 1 unknown, 2 yes.
fn kleene(function: &str, test: &str) -> String {
    format!("{function}(CASE {test} WHEN TRUE THEN 2 WHEN FALSE THEN 0 ELSE 1 END)")
}
