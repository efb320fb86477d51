use super::*;
use crate::test_data::industries;
use crate::{Explain, Lang};

#[test]
fn counts_are_those_of_the_standard() {
    let tree = industries();
    let count = |kind: &str| tree.nodes().iter().filter(|n| n.kind == kind).count();
    assert_eq!(["section", "division", "group", "class"].map(count), [20, 97, 473, 1381]);
}

#[test]
fn this_is_the_edition_of_2017() {
    let tree = industries();
    assert_eq!(tree.get("58").unwrap().label.zh, "多式联运和运输代理业");
    assert_eq!(tree.get("79").unwrap().label.zh, "土地管理业");
}

#[test]
fn manufacturing_contains_ferrous_metals_contains_iron_making() {
    let tree = industries();
    let chain = ["C", "31", "311", "3110"];
    for (i, above) in chain.iter().enumerate() {
        for (j, below) in chain.iter().enumerate() {
            assert_eq!(tree.contains(above, below), i <= j, "{above} {below}");
        }
    }
    assert!(!tree.contains("C", "4411") && !tree.contains("31", "3210"));
    assert_eq!(tree.get("3110").unwrap().path, "/C/31/311/3110/");
    assert_eq!(tree.full_label("31", " > ").unwrap().en, "Manufacturing > Smelting and Pressing of Ferrous Metals");
}

#[test]
fn names() {
    let tree = industries();
    let cases = [
        ("311", "炼铁", "Iron making"),
        ("384", "电池制造", "Battery manufacturing"),
        ("3841", "锂离子电池制造", "Lithium-ion battery manufacturing"),
        ("3240", "有色金属合金制造", "Non-ferrous metal alloy manufacturing"),
        ("422", "非金属废料和碎屑加工处理", "Processing of non-metal waste and scrap"),
        ("1524", "含乳饮料和植物蛋白饮料制造", "Manufacture of milk beverages and plant protein beverages"),
        ("112", "石油和天然气开采专业及辅助性活动", "Specialised and support activities for petroleum and natural gas extraction"),
        ("9700", "国际组织", "International organizations"),
    ];
    for (code, zh, en) in cases {
        let label = &tree.get(code).unwrap().label;
        assert_eq!((label.get(Lang::Zh), label.get(Lang::En)), (zh, en), "{code}");
    }
}

/// Chinese, its punctuation and full-width forms.
fn is_chinese(c: char) -> bool {
    c >= '\u{2e80}'
}

#[test]
fn every_node_is_named_in_chinese_and_in_english() {
    for node in industries().nodes() {
        let Text { zh, en } = &node.label;
        assert!(!zh.starts_with('第') && zh.chars().any(is_chinese), "{} has no Chinese name", node.code);
        assert!(!en.trim().is_empty() && !en.contains(is_chinese), "{} has no English name: {en}", node.code);
        assert!(en.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit()) && en.trim() == en, "{}: {en}", node.code);
    }
}

#[test]
fn english_names_tell_siblings_apart_and_belong_to_codes() {
    let tree = industries();
    let english: EnglishNames = serde_json::from_str(crate::test_data::INDUSTRIES_EN).unwrap();
    let mut seen = BTreeMap::new();
    for (code, name) in &english.names {
        let path = &tree.get(code).unwrap_or_else(|| panic!("{code} is no code of the standard")).path;
        let parent = path.strip_suffix(&format!("{code}/")).unwrap();
        if let Some(other) = seen.insert((parent, name), code) {
            panic!("{other} and {code} are both “{name}”");
        }
    }
}

#[test]
fn an_unnamed_group_and_a_malformed_class() {
    let file = |code: &str| {
        let text = format!(
            r#"{{"sections":[{{"code":"X","name":"某","divisions":[{{"code":"98","name":"某业"}}]}}],"classes":[{{"code":"9811","name":"甲"}},{{"code":"{code}","name":"乙"}}]}}"#
        );
        serde_json::from_str::<IndustryFile>(&text).unwrap()
    };
    let (names, english) = (IndustryNames::default(), EnglishNames::default());
    assert_eq!(tree(&file("9812"), &names, &english).unwrap().get("981").unwrap().label, Text::fixed("第981中类", "Group 981"));
    assert!(matches!(tree(&file("981"), &names, &english), Err(CodeTreeError::Malformed { .. })));
    let orphan = tree(&file("9912"), &names, &english).unwrap_err();
    assert!(orphan.text().zh.contains("上级“99”不存在"));
}
