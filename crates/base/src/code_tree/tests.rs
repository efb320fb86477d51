use super::*;
use crate::{Explain, Lang};

fn entry(code: &str, parent: Option<&str>) -> CodeEntry {
    CodeEntry::new(code, Text::new(format!("名{code}"), format!("name {code}")), parent, "level")
}

/// a ─ b ─ (c, d) and e; children listed before their parents.
fn small() -> CodeTree {
    CodeTree::build(vec![entry("c", Some("b")), entry("d", Some("b")), entry("a", None), entry("b", Some("a")), entry("e", None)]).unwrap()
}

fn codes(nodes: &[&CodeNode]) -> String {
    nodes.iter().map(|n| n.code.as_str()).collect()
}

#[test]
fn shape() {
    let tree = small();
    assert_eq!(tree.nodes().iter().map(|n| n.path.as_str()).collect::<Vec<_>>(), ["/a/", "/a/b/", "/a/b/c/", "/a/b/d/", "/e/"]);
    assert_eq!(codes(&tree.roots()), "ae");
    assert_eq!(codes(&tree.children("b")), "cd");
    assert_eq!(codes(&tree.children("a")), "b");
    assert_eq!(codes(&tree.ancestors("d")), "ab");
    assert_eq!(tree.descendants("a").len(), 3);
    assert_eq!((tree.depth("a"), tree.depth("d"), tree.depth("x")), (Some(0), Some(2), None));
    assert_eq!(tree.parent("c").unwrap().code, "b");
    assert_eq!(tree.full_label("c", " / ").unwrap().get(Lang::En), "name a / name b / name c");
}

#[test]
fn containment_agrees_with_the_materialised_path_for_all_pairs() {
    let tree = small();
    for above in tree.nodes() {
        for below in tree.nodes() {
            assert_eq!(tree.contains(&above.code, &below.code), below.path.starts_with(&above.path), "{} {}", above.code, below.code);
        }
    }
    assert!(!tree.contains("a", "x") && !tree.contains("x", "a"));
}

#[test]
fn abolished_codes_group_with_their_successors() {
    let alias = CodeAlias { code: "old".into(), label: Text::fixed("旧", "old"), successor: "c".into(), year: Some(2018) };
    let tree = small().with_aliases(vec![alias.clone()]).unwrap();
    assert!(tree.contains("a", "old") && tree.contains("old", "c"));
    assert_eq!((tree.get("old"), tree.resolve("old").unwrap().code.as_str()), (None, "c"));
    let grown = tree.extend(vec![entry("zone", Some("old"))]);
    assert_eq!(grown.unwrap_err(), CodeTreeError::UnknownParent { code: "zone".into(), parent: "old".into() });
    let grown = tree.extend(vec![entry("zone", Some("c"))]).unwrap();
    assert_eq!(grown.get("zone").unwrap().path, "/a/b/c/zone/");
    assert_eq!(grown.aliases(), [&alias]);
}

#[test]
fn an_unknown_code_is_explained() {
    let error = small().require("9999").unwrap_err();
    assert!(error.text().zh.contains("“9999”") && error.to_string().contains("choose one from the list"));
}

#[test]
fn what_is_no_tree() {
    let alias =
        |code: &str, successor: &str| CodeAlias { code: code.into(), label: Text::default(), successor: successor.into(), year: None };
    let cases = [
        (vec![entry("a", None), entry("a", None)], CodeTreeError::Duplicate { code: "a".into() }),
        (vec![entry("a", Some("b"))], CodeTreeError::UnknownParent { code: "a".into(), parent: "b".into() }),
        (vec![entry("r", None), entry("a", Some("b")), entry("b", Some("a"))], CodeTreeError::Cycle { code: "a".into() }),
        (vec![entry("a/b", None)], CodeTreeError::BadCode { code: "a/b".into() }),
        (vec![entry("", None)], CodeTreeError::BadCode { code: "".into() }),
    ];
    for (entries, expected) in cases {
        assert_eq!(CodeTree::build(entries).unwrap_err(), expected);
    }
    assert_eq!(
        small().with_aliases(vec![alias("x", "y")]).unwrap_err(),
        CodeTreeError::UnknownSuccessor { code: "x".into(), successor: "y".into() }
    );
    assert_eq!(small().with_aliases(vec![alias("a", "b")]).unwrap_err(), CodeTreeError::Duplicate { code: "a".into() });
}
