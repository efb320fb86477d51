//! What an author is told when packs do not fit together, and about roles and sources.
mod common;
use common::{in_demo, mistakes, thing};
use expect_test::expect;

#[test]
fn a_pack_without_head() {
    expect![[r#"
        headless/x.yaml:1:1: 错误[no_head] 包 headless 没有 pack.yaml
        1 | lists: {}
          | ^
          = 建议: 新建 pack.yaml，写 pack: headless、label、version、uses
        headless/x.yaml:1:1: error[no_head] pack headless has no pack.yaml
        1 | lists: {}
          | ^
          = hint: add a pack.yaml with pack: headless, label, version and uses
    "#]]
    .assert_eq(&mistakes(&[
        ("demo/pack.yaml", "pack: demo\nlabel: {zh: 测试, en: Test}\nversion: \"1\"\n"),
        ("headless/x.yaml", "lists: {}\n"),
    ]));
}

#[test]
fn a_pack_named_unlike_its_folder() {
    expect![[r#"
        demo/pack.yaml:1:7: 错误[pack_folder] 包名 demos 与文件夹 demo 不同
        1 | pack: demos
          |       ^^^^^
          = 建议: 写作 pack: demo，或给文件夹改名
        demo/pack.yaml:1:7: error[pack_folder] pack demos lies in a folder named demo
        1 | pack: demos
          |       ^^^^^
          = hint: write pack: demo or rename the folder
    "#]]
    .assert_eq(&mistakes(&[("demo/pack.yaml", "pack: demos\nlabel: {zh: 测试, en: Test}\nversion: \"1\"\n")]));
}

#[test]
fn a_pack_that_uses_one_that_is_not_there() {
    expect![[r#"
        demo/pack.yaml:4:8: 错误[unknown_pack] 没有包 standard
        4 | uses: [standard]
          |        ^^^^^^^^
          = 建议: 是否想写 standards？
        demo/pack.yaml:4:8: error[unknown_pack] there is no pack standard
        4 | uses: [standard]
          |        ^^^^^^^^
          = hint: did you mean standards?
    "#]]
    .assert_eq(&mistakes(&[("demo/pack.yaml", "pack: demo\nlabel: {zh: 测试, en: Test}\nversion: \"1\"\nuses: [standard]\n")]));
}

#[test]
fn packs_that_use_each_other() {
    expect![[r#"
        a/pack.yaml:4:8: 错误[circle] 包 a 与 b 互相使用
        4 | uses: [b]
          |        ^
          = 建议: 去掉一个方向；两者共用的内容移到第三个包。
        a/pack.yaml:4:8: error[circle] packs a and b use each other
        4 | uses: [b]
          |        ^
          = hint: drop one direction; move what both need into a third pack.
        b/pack.yaml:4:8: 错误[circle] 包 b 与 a 互相使用
        4 | uses: [a]
          |        ^
          = 建议: 去掉一个方向；两者共用的内容移到第三个包。
        b/pack.yaml:4:8: error[circle] packs b and a use each other
        4 | uses: [a]
          |        ^
          = hint: drop one direction; move what both need into a third pack.
    "#]]
    .assert_eq(&mistakes(&[
        ("a/pack.yaml", "pack: a\nlabel: {zh: 甲, en: A}\nversion: \"1\"\nuses: [b]\n"),
        ("b/pack.yaml", "pack: b\nlabel: {zh: 乙, en: B}\nversion: \"1\"\nuses: [a]\n"),
    ]));
}

#[test]
fn an_archetype_and_a_place_that_do_not_exist() {
    let roles = "roles: {guest: {label: {zh: 来宾, en: Guest}, places: [garden]}}\n";
    expect![[r#"
        demo/thing.yaml:7:12: 错误[unknown_archetype] 没有界面原型 gallery
        7 | archetype: gallery
          |            ^^^^^^^
          = 建议: 可用：register（名录）、case（办件）、shelf（公开目录）
        demo/thing.yaml:7:12: error[unknown_archetype] there is no archetype gallery
        7 | archetype: gallery
          |            ^^^^^^^
          = hint: use register, case or shelf
        demo/thing.yaml:8:54: 错误[unknown_place] 没有场所 garden
        8 | roles: {guest: {label: {zh: 来宾, en: Guest}, places: [garden]}}
          |                                                        ^^^^^^
          = 建议: 可用：hall, my-firm, work, map, cockpit, administration
        demo/thing.yaml:8:54: error[unknown_place] there is no place garden
        8 | roles: {guest: {label: {zh: 来宾, en: Guest}, places: [garden]}}
          |                                                        ^^^^^^
          = hint: there are: hall, my-firm, work, map, cockpit, administration
    "#]]
    .assert_eq(&thing("", &format!("archetype: gallery\n{roles}")));
}

#[test]
fn a_source_without_rank() {
    expect![[r#"
        demo/thing.yaml:1:11: 错误[missing_key] 来源 tax 缺少 rank
        1 | sources: {tax: {label: {zh: 税务, en: Tax}}}
          |           ^^^
          = 建议: 数小者为准，如 rank: 10
        demo/thing.yaml:1:11: error[missing_key] source tax lacks its rank
        1 | sources: {tax: {label: {zh: 税务, en: Tax}}}
          |           ^^^
          = hint: the lower number counts, as rank: 10
    "#]]
    .assert_eq(&in_demo("sources: {tax: {label: {zh: 税务, en: Tax}}}\n"));
}
