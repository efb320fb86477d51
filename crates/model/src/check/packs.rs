//! Packs themselves: one head each, named as their folder; what they use exists and goes in no circle.
use super::STANDARDS;
use crate::error::{At, Errors, text};
use crate::names::nearest;
use crate::raw::Raw;
use crate::record::PackInfo;
use indexmap::{IndexMap, IndexSet};

/// For each pack the packs it may name things of.
pub(crate) fn check(raw: &Raw, errors: &Errors) -> IndexMap<String, IndexSet<String>> {
    let mut uses: IndexMap<String, Vec<String>> = IndexMap::new();
    for p in &raw.packs {
        let folder = &errors.files()[p.name.at.file as usize].pack;
        if *folder != p.name.value {
            errors.report(
                p.name.at,
                "pack_folder",
                text(
                    format!("包名 {} 与文件夹 {folder} 不同", p.name.value),
                    format!("pack {} lies in a folder named {folder}", p.name.value),
                ),
                Some(text(format!("写作 pack: {folder}，或给文件夹改名"), format!("write pack: {folder} or rename the folder"))),
            );
        }
        if uses.contains_key(folder) {
            errors.report(
                p.name.at,
                "duplicate",
                text(format!("包 {folder} 有两个开头"), format!("pack {folder} has two heads")),
                Some(text("一个包只有一个 pack.yaml。", "a pack has one pack.yaml.")),
            );
            continue;
        }
        uses.insert(folder.clone(), p.uses.iter().map(|u| u.value.clone()).collect());
    }
    headless(&uses, errors);
    unknown_uses(raw, &uses, errors);
    circles(raw, &uses, errors);
    uses.keys().map(|p| (p.clone(), reach(p, &uses))).collect()
}

fn headless(uses: &IndexMap<String, Vec<String>>, errors: &Errors) {
    let mut seen = IndexSet::new();
    for (i, f) in errors.files().iter().enumerate() {
        if !uses.contains_key(&f.pack) && seen.insert(&f.pack) {
            let at = At { file: u32::try_from(i).unwrap_or(0), line: 1, column: 1, len: 1 };
            errors.report(
                at,
                "no_head",
                text(format!("包 {} 没有 pack.yaml", f.pack), format!("pack {} has no pack.yaml", f.pack)),
                Some(text(
                    format!("新建 pack.yaml，写 pack: {}、label、version、uses", f.pack),
                    format!("add a pack.yaml with pack: {}, label, version and uses", f.pack),
                )),
            );
        }
    }
}

fn unknown_uses(raw: &Raw, uses: &IndexMap<String, Vec<String>>, errors: &Errors) {
    for u in raw.packs.iter().flat_map(|p| &p.uses) {
        if u.value != STANDARDS && !uses.contains_key(&u.value) {
            let hint = nearest(&u.value, uses.keys().map(String::as_str).chain([STANDARDS]));
            errors.report(
                u.at,
                "unknown_pack",
                text(format!("没有包 {}", u.value), format!("there is no pack {}", u.value)),
                Some(match hint {
                    Some(n) => text(format!("是否想写 {n}？"), format!("did you mean {n}?")),
                    None => text("把那个包的文件夹也交给程序（--packs）", "give the program the folder of that pack too (--packs)"),
                }),
            );
        }
    }
}

fn circles(raw: &Raw, uses: &IndexMap<String, Vec<String>>, errors: &Errors) {
    for p in &raw.packs {
        for u in &p.uses {
            if u.value == p.name.value || reach(&u.value, uses).contains(&p.name.value) {
                errors.report(
                    u.at,
                    "circle",
                    text(
                        format!("包 {} 与 {} 互相使用", p.name.value, u.value),
                        format!("packs {} and {} use each other", p.name.value, u.value),
                    ),
                    Some(text("去掉一个方向；两者共用的内容移到第三个包。", "drop one direction; move what both need into a third pack.")),
                );
            }
        }
    }
}

fn reach(pack: &str, uses: &IndexMap<String, Vec<String>>) -> IndexSet<String> {
    let mut found: IndexSet<String> = IndexSet::from([pack.to_owned()]);
    let mut next = 0;
    while let Some(p) = found.get_index(next).cloned() {
        found.extend(uses.get(&p).into_iter().flatten().cloned());
        next += 1;
    }
    found
}

pub(crate) fn infos(raw: &Raw) -> Vec<PackInfo> {
    let info = |p: &crate::raw::RawPack| PackInfo {
        name: p.name.value.clone(),
        label: p.label.clone(),
        version: p.version.clone(),
        uses: super::plain(&p.uses),
    };
    raw.packs.iter().map(info).collect()
}
