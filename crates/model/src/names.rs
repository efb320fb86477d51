//! Names in packs: how they are written, which are taken, and which one was probably meant.

/// Words that SQL databases keep for themselves; a table or column of that name would have to be quoted everywhere.
const SQL: &[&str] = &[
    "all",
    "alter",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "between",
    "both",
    "by",
    "case",
    "cast",
    "check",
    "collate",
    "column",
    "commit",
    "constraint",
    "create",
    "cross",
    "current_date",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "delete",
    "desc",
    "distinct",
    "do",
    "drop",
    "else",
    "end",
    "escape",
    "except",
    "exists",
    "false",
    "fetch",
    "for",
    "foreign",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "in",
    "index",
    "initially",
    "inner",
    "insert",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "left",
    "like",
    "limit",
    "localtime",
    "natural",
    "not",
    "notnull",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "placing",
    "primary",
    "references",
    "returning",
    "right",
    "rollback",
    "row",
    "select",
    "session_user",
    "set",
    "some",
    "symmetric",
    "table",
    "then",
    "to",
    "trailing",
    "transaction",
    "trigger",
    "true",
    "union",
    "unique",
    "update",
    "using",
    "values",
    "variadic",
    "where",
    "window",
    "with",
];

/// Columns that every table has, and words with a meaning of their own in expressions.
const SYSTEM: &[&str] = &["id", "tenant", "version", "created_at", "updated_at", "seq", "rowid", "user", "today", "year", "old", "as_of"];

/// Tables of the program itself.
const TABLES: &[&str] = &[
    "account",
    "session",
    "journal",
    "outbox",
    "job",
    "fact",
    "idempotency",
    "installation",
    "sequence",
    "applied",
    "migration",
    "setting",
    "file",
];

/// Why a name cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bad {
    /// Not lower-case letters, digits and single underscores, beginning with a letter.
    Form,
    Long,
    Sql,
    System,
}

/// Longest name: PostgreSQL cuts at 63 bytes, and index names add a table name.
const LONGEST: usize = 40;

pub(crate) fn check(name: &str) -> Result<(), Bad> {
    let begins = name.starts_with(|c: char| c.is_ascii_lowercase());
    let written = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !begins || !written || name.contains("__") || name.ends_with('_') {
        return Err(Bad::Form);
    }
    if name.len() > LONGEST {
        return Err(Bad::Long);
    }
    if SQL.binary_search(&name).is_ok() {
        return Err(Bad::Sql);
    }
    if SYSTEM.contains(&name) {
        return Err(Bad::System);
    }
    Ok(())
}

/// As [`check`], for a name that becomes a table.
pub(crate) fn check_record(name: &str) -> Result<(), Bad> {
    check(name)?;
    if TABLES.contains(&name) { Err(Bad::System) } else { Ok(()) }
}

/// A snake_case form of what was written, for the hint.
pub(crate) fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
    }
    out.trim_end_matches('_').to_owned()
}

/// The name most like `wrong`, if one is like enough to have been meant.
pub(crate) fn nearest<'a>(wrong: &str, among: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = match wrong.chars().count() {
        0..=2 => 0,
        n => (n / 3).clamp(1, 3),
    };
    let distance = |name: &str| {
        let contained = name.len() > 3 && wrong.len() > 3 && (name.contains(wrong) || wrong.contains(name));
        let d = edit_distance(wrong, name);
        if contained { d.min(limit) } else { d }
    };
    among.into_iter().map(|n| (distance(n), n)).filter(|(d, _)| *d <= limit).min_by_key(|(d, _)| *d).map(|(_, n)| n)
}

/// Insertions, deletions, replacements and swaps of neighbours.
fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_sql_words_can_be_searched_by_halves() {
        assert!(SQL.is_sorted());
    }

    #[test]
    fn names_are_snake_case_and_free() {
        for (name, expected) in [
            ("revenue", Ok(())),
            ("class1_ip", Ok(())),
            ("domestic_rd_share", Ok(())),
            ("top_50", Ok(())),
            ("Revenue", Err(Bad::Form)),
            ("revenue-2025", Err(Bad::Form)),
            ("2025_revenue", Err(Bad::Form)),
            ("营收", Err(Bad::Form)),
            ("a__b", Err(Bad::Form)),
            ("tail_", Err(Bad::Form)),
            ("", Err(Bad::Form)),
            ("order", Err(Bad::Sql)),
            ("version", Err(Bad::System)),
            ("a_name_that_is_longer_than_any_table_needs", Err(Bad::Long)),
        ] {
            assert_eq!(check(name), expected, "{name}");
        }
        assert_eq!(check_record("journal"), Err(Bad::System));
    }

    #[test]
    fn a_slip_of_the_finger_finds_its_name_and_nonsense_finds_none() {
        let names = ["label", "revenue", "rd_spend", "employees", "size_class"];
        for (wrong, meant) in [
            ("lable", Some("label")),
            ("revenu", Some("revenue")),
            ("rdspend", Some("rd_spend")),
            ("employee", Some("employees")),
            ("sizeclass", Some("size_class")),
            ("banana", None),
        ] {
            assert_eq!(nearest(wrong, names), meant, "{wrong}");
        }
    }

    #[test]
    fn any_writing_becomes_snake_case() {
        assert_eq!(snake("RdSpend"), "rd_spend");
        assert_eq!(snake("rd-spend 2"), "rd_spend_2");
    }
}
