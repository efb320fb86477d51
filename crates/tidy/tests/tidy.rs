//! The project held against its own style, and each rule held against a planted breach.
use liangu_tidy::*;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the project's root")
}

fn collect(dir: &Path, root: &Path, out: &mut Vec<Source>) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !matches!(name.as_str(), "target" | "node_modules" | "dist" | "results" | "shots") && !name.starts_with('.') {
                collect(&path, root, out);
            }
        } else if let Some(extension) = path.extension().and_then(|e| e.to_str())
            && matches!(extension, "rs" | "ts" | "tsx" | "css" | "mjs")
            && !path.ends_with("web/src/api/schema.ts")
        {
            let relative = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            out.push(Source { path: relative, text: fs::read_to_string(&path).expect("readable source") });
        }
    }
}

fn manifests(root: &Path) -> Vec<Manifest> {
    let crates = fs::read_dir(root.join("crates")).expect("crates").flatten().map(|e| e.path());
    let folders = crates.chain([root.join("packs")]);
    folders.filter_map(|f| fs::read_to_string(f.join("Cargo.toml")).ok()).map(|t| Manifest::read(&t)).collect()
}

#[test]
fn the_project_keeps_its_style() {
    let root = root();
    let mut sources = Vec::new();
    for top in ["crates", "packs", "web", "e2e", "bench"] {
        collect(&root.join(top), &root, &mut sources);
    }
    assert!(sources.len() > 20, "the sources were found");
    let mut breaches = layer_breaches(&manifests(&root));
    for source in &sources {
        breaches.extend(long_file(source));
        breaches.extend(impure(source));
        breaches.extend(stray_database(source));
        if source.path.ends_with(".rs") {
            breaches.extend(long_functions(source));
        }
    }
    let list = fs::read_to_string(root.join("crates/tidy/exceptions.txt")).expect("the list of exceptions");
    let borne = exceptions(&list).unwrap_or_else(|line| panic!("exceptions.txt, line {line}: write `rule what — reason`"));
    let left = verdict(&breaches, &borne);
    assert!(left.is_empty(), "\n{}\n", left.join("\n"));
}

#[test]
fn a_planted_upward_import_is_caught() {
    let planted = [
        Manifest::read("[package]\nname = \"liangu-base\"\n[dependencies]\nliangu-app.workspace = true\n"),
        Manifest::read("[package]\nname = \"liangu-app\"\n[dependencies]\nliangu-base.workspace = true\n"),
    ];
    let found = layer_breaches(&planted);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].what, "base -> app");
}

#[test]
fn a_planted_clock_file_and_database_are_caught() {
    let clock = Source { path: "crates/expr/src/a.rs".into(), text: "fn f() { SystemTime::now(); }".into() };
    let database = Source { path: "crates/app/src/a.rs".into(), text: "use rusqlite::Connection;".into() };
    let comment = Source { path: "crates/expr/src/b.rs".into(), text: "// no SystemTime here".into() };
    assert_eq!(impure(&clock)[0].detail, "names SystemTime");
    assert_eq!(stray_database(&database)[0].rule, "database");
    assert!(impure(&comment).is_empty());
}

#[test]
fn a_planted_long_file_and_function_are_caught_and_a_stale_exception_too() {
    let body = "    let _ = 1;\n".repeat(71);
    let long = Source { path: "a.rs".into(), text: format!("fn f() {{\n{body}}}\n{}", "//\n".repeat(400)) };
    assert!(long_file(&long).is_some());
    assert_eq!(long_functions(&long)[0].what, "a.rs::f");
    let borne = exceptions("function a.rs::f — a table\nfile gone.rs — was long\n").expect("well formed");
    let left = verdict(&long_functions(&long), &borne);
    assert_eq!(left, ["stale exception: file gone.rs"]);
    assert_eq!(exceptions("file a.rs because\n"), Err(1));
}
