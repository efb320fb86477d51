//! Small packs for tests: files by path, a head for each pack that does not write its own, and a region list.
#![allow(dead_code)]
use liangu_base::text::{Lang, Text};
use liangu_expr::schema::{CodeEntry, CodeList};
use liangu_model::{Model, PackError, SourceFile};
use std::sync::Arc;

/// Two roles and a record that other records of a test may refer to.
pub const BASE: &str = r#"
roles:
  officer: {label: {zh: 专员, en: Officer}, places: [work]}
  public: {label: {zh: 公众, en: Public}, places: [hall]}
lists:
  size: {label: {zh: 规模, en: Size}, codes: {small: {zh: 小, en: Small}, large: {zh: 大, en: Large}}}
---
record: firm
label: {zh: 企业, en: Firm}
prefix: fi
title: name
fields:
  name: {type: text, required: true, label: {zh: 名称, en: Name}}
  size: {type: code(size), fact: true, label: {zh: 规模, en: Size}}
  region: {type: code(region), label: {zh: 地区, en: Region}}
  revenue: {type: money, yearly: true, fact: true, label: {zh: 营收, en: Revenue}}
"#;

pub fn regions() -> Arc<CodeList> {
    let entry = |code: &str, zh: &'static str, en: &'static str, parent: Option<&str>| {
        (code.to_owned(), CodeEntry { label: Text::new(zh, en), parent: parent.map(str::to_owned) })
    };
    let codes = [
        entry("430000", "湖南省", "Hunan", None),
        entry("431300", "娄底市", "Loudi", Some("430000")),
        entry("431382", "涟源市", "Lianyuan", Some("431300")),
    ];
    Arc::new(CodeList { name: "region".into(), label: Text::new("地区", "Region"), codes: codes.into_iter().collect() })
}

pub fn check(files: &[(&str, &str)]) -> Result<Model, Vec<PackError>> {
    let source = |path: &str, text: &str| SourceFile { pack: path.split('/').next().unwrap().into(), path: path.into(), text: text.into() };
    let mut sources: Vec<SourceFile> = Vec::new();
    for (path, text) in files {
        let pack = path.split('/').next().unwrap();
        // A pack named `headless` stays so.
        let has_head = pack == "headless" || files.iter().any(|(p, t)| p.split('/').next() == Some(pack) && t.contains("pack: "));
        if !has_head && !sources.iter().any(|s| s.pack == pack) {
            let head = format!("pack: {pack}\nlabel: {{zh: 测试, en: Test}}\nversion: \"1\"\nuses: [standards]\n");
            sources.push(source(&format!("{pack}/pack.yaml"), &head));
        }
        sources.push(source(path, text));
    }
    liangu_model::check(sources, vec![regions()])
}

/// What the author of these packs is told, in Chinese and then in English.
pub fn mistakes(files: &[(&str, &str)]) -> String {
    match check(files) {
        Ok(_) => "no mistake".into(),
        Err(errors) => errors.iter().map(|e| e.render(Lang::Zh) + &e.render(Lang::En)).collect(),
    }
}

/// As [`mistakes`], of one file beside the base.
pub fn in_demo(text: &str) -> String {
    mistakes(&[("demo/base.yaml", BASE), ("demo/thing.yaml", text)])
}

/// A record `thing` with these fields and further lines.
pub fn thing(fields: &str, more: &str) -> String {
    in_demo(&record(fields, more))
}

pub fn record(fields: &str, more: &str) -> String {
    let indented: String = fields.lines().map(|l| format!("  {l}\n")).collect();
    format!(
        "record: thing\nlabel: {{zh: 事项, en: Thing}}\nprefix: th\ntitle: name\nfields:\n  name: {{type: text, label: {{zh: 名称, en: Name}}}}\n{indented}{more}"
    )
}
