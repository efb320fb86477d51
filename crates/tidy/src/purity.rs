//! Pure crates know no clock, network, file or environment; only `store` names a database library.
use crate::{Breach, Source};

const PURE: &[&str] = &["base", "expr", "model", "policy", "matching", "demo", "workbook", "flow"];
const WORLD: &[&str] = &["std::fs", "std::net", "std::env", "std::process", "SystemTime", "Instant::now", "getrandom"];
const DATABASES: &[&str] = &["rusqlite::", "postgres::", "use rusqlite", "use postgres", "sqlx::"];

/// Mentions of the world in the sources of pure crates, their tests left out.
pub fn impure(source: &Source) -> Vec<Breach> {
    let pure = PURE.iter().any(|p| source.path.starts_with(&format!("crates/{p}/src/")));
    if pure { mentions("purity", source, WORLD) } else { Vec::new() }
}

/// Mentions of a database library outside `store`, tests left out.
pub fn stray_database(source: &Source) -> Vec<Breach> {
    let own = source.path.starts_with("crates/store/") || source.path.starts_with("crates/tidy/");
    if own || is_test(source) { Vec::new() } else { mentions("database", source, DATABASES) }
}

fn is_test(source: &Source) -> bool {
    source.path.contains("/tests/") || source.path.contains("/benches/") || source.path.contains("/examples/")
}

fn mentions(rule: &'static str, source: &Source, words: &[&str]) -> Vec<Breach> {
    let code = source.text.split("#[cfg(test)]").next().unwrap_or("");
    let lines = code.lines().map(|l| l.split("//").next().unwrap_or(""));
    let found: Vec<&str> = words.iter().copied().filter(|w| lines.clone().any(|l| l.contains(w))).collect();
    if found.is_empty() {
        return Vec::new();
    }
    vec![Breach { rule, what: source.path.clone(), detail: format!("names {}", found.join(", ")) }]
}
