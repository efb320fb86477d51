//! Which crate may name which: nothing points up.
use crate::Breach;

/// Layers from the ground up. A crate may name crates of lower layers only.
const LAYERS: &[&[&str]] = &[
    &["base"],
    &["expr", "workbook", "flow"],
    &["model", "policy"],
    &["matching", "packs"],
    &["store", "demo"],
    &["app"],
    &["server"],
    &["cli"],
];

/// What a manifest says of its dependencies.
pub struct Manifest {
    /// Name without the project's prefix.
    pub name: String,
    /// Names of the project's crates it depends on, tests left out.
    pub depends_on: Vec<String>,
}

impl Manifest {
    /// Reads `[package] name` and `[dependencies]` of a Cargo.toml written one dependency a line.
    pub fn read(text: &str) -> Manifest {
        let mut section = "";
        let mut manifest = Manifest { name: String::new(), depends_on: Vec::new() };
        for line in text.lines().map(str::trim) {
            if line.starts_with('[') {
                section = line;
            } else if section == "[package]" && line.starts_with("name") {
                manifest.name = line.split('"').nth(1).unwrap_or("").trim_start_matches("liangu-").into();
            } else if section == "[dependencies]"
                && let Some(rest) = line.strip_prefix("liangu-")
            {
                let end = rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len());
                manifest.depends_on.push(rest[..end].into());
            }
        }
        manifest
    }
}

/// Dependencies that do not point down, and crates without a layer.
pub fn layer_breaches(manifests: &[Manifest]) -> Vec<Breach> {
    let level = |name: &str| LAYERS.iter().position(|l| l.contains(&name));
    let mut out = Vec::new();
    for m in manifests {
        let Some(own) = level(&m.name) else {
            if m.name != "tidy" {
                out.push(breach(&m.name, "?", "has no layer; give it one in crates/tidy/src/layers.rs"));
            }
            continue;
        };
        for dependency in &m.depends_on {
            if level(dependency).is_none_or(|other| other >= own) {
                out.push(breach(&m.name, dependency, "points up or sideways"));
            }
        }
    }
    out
}

fn breach(from: &str, to: &str, detail: &str) -> Breach {
    Breach { rule: "layer", what: format!("{from} -> {to}"), detail: detail.into() }
}
