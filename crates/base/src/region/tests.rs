use super::*;
use crate::Lang;
use crate::test_data::{REGIONS, REGIONS_EN};

fn hunan() -> CodeTree {
    tree(&serde_json::from_str(REGIONS).unwrap(), &serde_json::from_str(REGIONS_EN).unwrap()).unwrap()
}

#[test]
fn counts_are_those_of_the_standard() {
    let tree = hunan();
    let count = |kind: &str| tree.nodes().iter().filter(|n| n.kind == kind).count();
    let cases = [
        ("province", 1),
        ("prefecture", 14),
        ("district", 36),
        ("county_level_city", 19),
        ("county", 60),
        ("autonomous_county", 7),
        ("statistical_zone", 12),
        ("township", 112),
    ];
    for (kind, expected) in cases {
        assert_eq!(count(kind), expected, "{kind}");
    }
}

#[test]
fn lianyuan_lies_in_loudi_in_hunan() {
    let tree = hunan();
    assert_eq!(tree.full_label("431382", " / ").unwrap(), Text::fixed("湖南省 / 娄底市 / 涟源市", "Hunan / Loudi / Lianyuan City"));
    assert_eq!(tree.get("431382001").unwrap().path, "/430000/431300/431382/431382001/");
    let counties: Vec<&str> = tree.children("431300").iter().map(|n| n.label.get(Lang::Zh)).collect();
    assert_eq!(counties, ["娄星区", "双峰县", "新化县", "冷水江市", "涟源市"]);
    assert!(tree.contains("431300", "431322501") && !tree.contains("431300", "430523100"));
    assert!(tree.contains("430000", "430523") && tree.contains("430500", "430523"));
}

#[test]
fn abolished_counties_are_grouped_with_their_successors() {
    let tree = hunan();
    let cases = [("430124", "430182", 2017), ("430221", "430212", 2018), ("430521", "430582", 2019), ("431121", "431181", 2021)];
    assert_eq!(tree.aliases().len(), cases.len());
    for (old, new, year) in cases {
        assert_eq!(tree.resolve(old).unwrap().code, new);
        assert_eq!(tree.alias(old).unwrap().year, Some(year));
        assert!(tree.get(old).is_none());
    }
    assert_eq!(tree.alias("430221").unwrap().label, Text::fixed("株洲县", "Zhuzhou County"));
    assert!(tree.contains("430200", "430221"));
}

#[test]
fn every_region_has_both_names() {
    for node in hunan().nodes() {
        assert!(node.label.en.is_ascii() && !node.label.en.is_empty(), "{} {}", node.code, node.label.zh);
    }
}

#[test]
fn zones_hang_in_without_national_codes() {
    let tree = hunan();
    let zone = |code: &str, parent: &str| CodeEntry::new(code, Text::fixed("示例经开区", "Example Development Zone"), Some(parent), "zone");
    let grown = attach_zones(&tree, vec![zone("zone-example", "431300"), zone("park-a", "zone-example")]).unwrap();
    assert!(grown.contains("431300", "park-a") && !grown.contains("431302", "park-a"));
    assert_eq!(grown.resolve("430221").unwrap().code, "430212");
    for code in ["431371", "431302900"] {
        let error = attach_zones(&tree, vec![zone(code, "431300")]).unwrap_err();
        assert_eq!(error, CodeTreeError::InventedNationalCode { code: code.into() });
    }
}

#[test]
fn a_malformed_change_is_refused() {
    let text = r#"{"province":{"code":"43","name":"湘"},"cities":[],"_meta":{"changes_since_2016":{"430221株洲县":"430212 渌口区"}}}"#;
    let error = tree(&serde_json::from_str(text).unwrap(), &EnglishNames::default()).unwrap_err();
    assert!(matches!(error, CodeTreeError::Malformed { .. }), "{error}");
}
