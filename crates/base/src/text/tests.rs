use super::*;

#[test]
fn each_language_gets_its_side_and_missing_english_shows_chinese() {
    let firm = Text::new("企业", "firm");
    assert_eq!((firm.get(Lang::Zh), firm.get(Lang::En)), ("企业", "firm"));
    assert_eq!(Text::chinese_only("炼铁").get(Lang::En), "炼铁");
}

#[test]
fn language_tags() {
    let cases = [
        ("zh", Some(Lang::Zh)),
        ("zh-CN", Some(Lang::Zh)),
        ("ZH_Hans", Some(Lang::Zh)),
        ("en-GB", Some(Lang::En)),
        ("fr", None),
        ("", None),
    ];
    for (tag, expected) in cases {
        assert_eq!(Lang::parse(tag), expected, "{tag}");
    }
}

#[test]
fn json_form() {
    let text: Text = serde_json::from_str(r#"{"zh":"园区"}"#).unwrap();
    assert_eq!(text, Text::chinese_only("园区"));
    assert_eq!(serde_json::to_string(&Text::fixed("园区", "park")).unwrap(), r#"{"zh":"园区","en":"park"}"#);
    assert_eq!(serde_json::to_string(&Lang::En).unwrap(), r#""en""#);
}
