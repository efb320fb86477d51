//! Only modules that answer for the whole installation may ask the store without a scope; a planted one is caught.
use std::fs;
use std::path::Path;

/// Reviewed: reference data that rules name; the caller, which puts the scope in; open contests of a firm that was seen;
/// the index of conflicts, cut by scope when it is read; what is promised to a firm whose claim is decided; cases
/// that the clock works on, the steps of a case that was seen, and notices by whom they are for; the matching columns; public indicators; the reference numbers of
/// the map; titles of what rules refer to; children by a parent that was seen; and the one that reads scopes.
const WITHOUT_SCOPE: [&str; 12] = [
    "authoring/frame.rs",
    "caller.rs",
    "claims/grants.rs",
    "eligibility/firm.rs",
    "eligibility/service.rs",
    "facts/contest.rs",
    "facts/index.rs",
    "flows/rows.rs",
    "language.rs",
    "map.rs",
    "measures.rs",
    "records/inherited.rs",
];
/// A query made from nothing sees everything.
const WORDS: [&str; 2] = ["Scope::All", "Query::default()"];

fn sources(dir: &Path, below: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(dir).expect("the sources are there").flatten() {
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            sources(&entry.path(), &format!("{name}/"), found);
        } else {
            found.push((name, fs::read_to_string(entry.path()).expect("a source is text")));
        }
    }
}

/// Files that can ask for everything, comments left out.
fn unscoped(sources: &[(String, String)]) -> Vec<&str> {
    let names = |text: &str| text.lines().any(|line| !line.trim_start().starts_with("//") && WORDS.iter().any(|word| line.contains(word)));
    let mut found: Vec<&str> = sources.iter().filter(|(_, text)| names(text)).map(|(name, _)| name.as_str()).collect();
    found.sort_unstable();
    found
}

#[test]
fn nothing_else_reads_records_without_a_scope() {
    let mut all = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut all);
    assert_eq!(unscoped(&all), WITHOUT_SCOPE);
}

#[test]
fn a_planted_use_is_seen_and_a_comment_is_not() {
    let planted = |text: &str| vec![("records/listing.rs".to_owned(), text.to_owned())];
    assert_eq!(unscoped(&planted("let query = Query { scope: Scope::All, ..Query::default() };")), ["records/listing.rs"]);
    assert_eq!(unscoped(&planted("// never Scope::All here")), Vec::<&str>::new());
}
