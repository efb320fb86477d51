//! Industries of GB/T 4754-2017 (国民经济行业分类) as a [`CodeTree`].
//!
//! Four levels: section (letter), division (2 digits), group (3), class (4). The letter is not part
//! of the number, so only the tree knows that section C contains 31, 311 and 3110. Groups follow
//! from the first three digits of the classes. The shipped files name every node in Chinese and in
//! English; a code that a replaced file of English names lacks shows its Chinese name.
//!
//! Beware of the 2011 edition: its divisions after 57 mean something else (58 is 多式联运和运输代理业
//! and 79 is 土地管理业 only since 2017).

use crate::code_tree::{CodeEntry, CodeTree, CodeTreeError};
use crate::region::{EnglishNames, NamedCode};
use crate::text::Text;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `packs/standards/gbt4754_2017.json`
#[derive(Clone, Debug, Deserialize)]
pub struct IndustryFile {
    pub sections: Vec<Section>,
    pub classes: Vec<NamedCode>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Section {
    pub code: String,
    pub name: String,
    pub divisions: Vec<NamedCode>,
}

/// `packs/standards/gbt4754_2017_names.json`: names of groups with several classes, and whole
/// names of classes that are cut in the first file.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct IndustryNames {
    pub groups: BTreeMap<String, String>,
    pub classes: BTreeMap<String, String>,
}

/// Kinds are `section`, `division`, `group` and `class`.
pub fn tree(file: &IndustryFile, names: &IndustryNames, english: &EnglishNames) -> Result<CodeTree, CodeTreeError> {
    let mut entries = Vec::with_capacity(file.classes.len() * 3 / 2);
    for section in &file.sections {
        entries.push(CodeEntry::new(&section.code, english.label(&section.code, &section.name), None, "section"));
        for division in &section.divisions {
            let label = english.label(&division.code, &division.name);
            entries.push(CodeEntry::new(&division.code, label, Some(&section.code), "division"));
        }
    }
    for (group, classes) in classes_by_group(file)? {
        entries.push(CodeEntry::new(group, group_label(group, &classes, names, english), Some(&group[..2]), "group"));
        for class in classes {
            let label = english.label(&class.code, class_name(class, names));
            entries.push(CodeEntry::new(&class.code, label, Some(group), "class"));
        }
    }
    CodeTree::build(entries)
}

fn classes_by_group(file: &IndustryFile) -> Result<BTreeMap<&str, Vec<&NamedCode>>, CodeTreeError> {
    let mut groups: BTreeMap<&str, Vec<&NamedCode>> = BTreeMap::new();
    for class in &file.classes {
        if class.code.len() != 4 || !class.code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CodeTreeError::Malformed { what: format!("class code {}", class.code) });
        }
        groups.entry(&class.code[..3]).or_default().push(class);
    }
    Ok(groups)
}

fn class_name<'a>(class: &'a NamedCode, names: &'a IndustryNames) -> &'a str {
    names.classes.get(&class.code).unwrap_or(&class.name)
}

/// A group with one class has that class's name.
fn group_label(group: &str, classes: &[&NamedCode], names: &IndustryNames, english: &EnglishNames) -> Text {
    match (names.groups.get(group), classes) {
        (Some(name), _) => english.label(group, name),
        (None, [only]) => english.label(group, class_name(only, names)),
        (None, _) => Text::new(format!("第{group}中类"), format!("Group {group}")),
    }
}

#[cfg(test)]
mod tests;
