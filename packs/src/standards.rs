//! The national tables as text, and the code lists `region` and `industry` made of them.
use liangu_base::code_tree::{CodeEntry, CodeTree};
use liangu_base::text::Text;
use liangu_base::{industry, region};
use liangu_expr::schema::CodeList;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// GB/T 2260, Hunan.
pub const REGIONS: &str = include_str!("../standards/gbt2260_hunan.json");
pub const REGIONS_EN: &str = include_str!("../standards/gbt2260_hunan_en.json");
/// GB/T 4754-2017.
pub const INDUSTRIES: &str = include_str!("../standards/gbt4754_2017.json");
pub const INDUSTRY_NAMES: &str = include_str!("../standards/gbt4754_2017_names.json");
pub const INDUSTRIES_EN: &str = include_str!("../standards/gbt4754_2017_en.json");
/// Holidays and make-up days of the State Council, per year.
pub const HOLIDAYS: &str = include_str!("../standards/holidays.json");
/// Size classes, 工信部联企业〔2011〕300号 and 国统字〔2017〕213号.
pub const SME_SIZE: &str = include_str!("../standards/sme_size.json");
/// Lines of above-scale statistics.
pub const ABOVE_SCALE: &str = include_str!("../standards/above_scale.json");
/// Criteria of titles, as numbers with their sources.
pub const LADDERS: &str = include_str!("../standards/ladders.json");

/// The lists that packs use without writing them: `region`, `industry`.
pub fn lists() -> Vec<Arc<CodeList>> {
    vec![
        Arc::new(list("region", Text::fixed("地区", "Region"), &region_tree())),
        Arc::new(list("industry", Text::fixed("行业", "Industry"), &industry_tree())),
    ]
}

fn list(name: &str, label: Text, tree: &CodeTree) -> CodeList {
    let entry = |e: CodeEntry| (e.code, liangu_expr::schema::CodeEntry { label: e.label, parent: e.parent });
    CodeList { name: name.to_owned(), label, codes: tree.entries().into_iter().map(entry).collect() }
}

/// Regions of Hunan by GB/T 2260, abolished codes as aliases.
pub fn region_tree() -> CodeTree {
    region::tree(&data(REGIONS), &data(REGIONS_EN)).expect("the region table is a tree")
}

/// Industries of GB/T 4754-2017.
pub fn industry_tree() -> CodeTree {
    industry::tree(&data(INDUSTRIES), &data(INDUSTRY_NAMES), &data(INDUSTRIES_EN)).expect("the industry table is a tree")
}

fn data<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("a table compiled in has the form of its type")
}
