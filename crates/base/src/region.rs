//! Administrative divisions of GB/T 2260 as a [`CodeTree`].
//!
//! Three levels of 6-digit codes (province, prefecture, county), below them streets and towns of 9
//! digits where the data has them. Kinds are those of the file: `province`, `prefecture`,
//! `district`, `county`, `county_level_city`, `autonomous_county`, `township`, and
//! `statistical_zone` for the codes that only the National Bureau of Statistics uses.
//!
//! Development zones and parks have no national code and get none: [`attach_zones`] hangs them in
//! under codes of the installation's own that cannot be mistaken for one. Abolished codes (430221)
//! are aliases of their successors.

use crate::code_tree::{CodeAlias, CodeEntry, CodeTree, CodeTreeError};
use crate::text::Text;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `packs/standards/gbt2260_hunan.json`
#[derive(Clone, Debug, Deserialize)]
pub struct RegionFile {
    pub province: NamedCode,
    pub cities: Vec<City>,
    /// Streets and towns by the county's code.
    #[serde(default)]
    pub streets: BTreeMap<String, Vec<NamedCode>>,
    #[serde(default, rename = "_meta")]
    meta: Meta,
}

#[derive(Clone, Debug, Deserialize)]
pub struct NamedCode {
    pub code: String,
    pub name: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct City {
    pub code: String,
    pub name: String,
    pub areas: Vec<Area>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Area {
    pub code: String,
    pub name: String,
    pub level: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Meta {
    /// `"430221 株洲县": "430212 渌口区 (2018)"`
    #[serde(default)]
    changes_since_2016: BTreeMap<String, String>,
}

/// English names by code: `gbt2260_hunan_en.json`, `gbt4754_2017_en.json`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct EnglishNames {
    pub names: BTreeMap<String, String>,
}

impl EnglishNames {
    /// The label of a code; Chinese only where there is no English name.
    pub fn label(&self, code: &str, zh: &str) -> Text {
        Text::new(zh.to_owned(), self.names.get(code).cloned().unwrap_or_default())
    }
}

/// The tree of a province with its abolished codes.
pub fn tree(file: &RegionFile, english: &EnglishNames) -> Result<CodeTree, CodeTreeError> {
    let province = &file.province;
    let entry = |code: &str, name: &str, parent: Option<&str>, kind: &str| CodeEntry::new(code, english.label(code, name), parent, kind);
    let mut entries = vec![entry(&province.code, &province.name, None, "province")];
    for city in &file.cities {
        entries.push(entry(&city.code, &city.name, Some(&province.code), "prefecture"));
        for area in &city.areas {
            entries.push(entry(&area.code, &area.name, Some(&city.code), &area.level));
        }
    }
    for (county, streets) in &file.streets {
        for street in streets {
            entries.push(entry(&street.code, &street.name, Some(county), "township"));
        }
    }
    let aliases = file.meta.changes_since_2016.iter().map(|(old, new)| alias(old, new, english)).collect::<Result<_, _>>()?;
    CodeTree::build(entries)?.with_aliases(aliases)
}

fn alias(old: &str, new: &str, english: &EnglishNames) -> Result<CodeAlias, CodeTreeError> {
    let malformed = || CodeTreeError::Malformed { what: format!("changes_since_2016: {old} → {new}") };
    let (code, name) = old.split_once(' ').ok_or_else(malformed)?;
    let (successor, rest) = new.split_once(' ').ok_or_else(malformed)?;
    let year = rest.rsplit_once('(').and_then(|(_, y)| y.trim_end_matches(')').parse().ok());
    Ok(CodeAlias { code: code.to_owned(), label: english.label(code, name), successor: successor.to_owned(), year })
}

/// Hangs development zones and parks into the tree. Their codes must contain a letter, since a
/// code of digits could be taken for a national one.
pub fn attach_zones(tree: &CodeTree, zones: Vec<CodeEntry>) -> Result<CodeTree, CodeTreeError> {
    match zones.iter().find(|zone| !zone.code.chars().any(char::is_alphabetic)) {
        Some(zone) => Err(CodeTreeError::InventedNationalCode { code: zone.code.clone() }),
        None => tree.extend(zones),
    }
}

#[cfg(test)]
mod tests;
