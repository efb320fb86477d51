//! Words that mean the same: how they are read, and what an author is told of groups that are none.
mod common;
use common::{BASE, check, in_demo, mistakes};
use expect_test::expect;

#[test]
fn groups_of_all_packs_are_one_list() {
    let model = check(&[
        ("demo/base.yaml", BASE),
        ("demo/words.yaml", "synonyms:\n  - [技改, 技术改造]\n  - [首台套, 首台（套）]\n"),
        ("more/words.yaml", "synonyms: [[MES, 制造执行系统]]\n"),
    ]);
    assert_eq!(model.unwrap().synonyms, [["技改", "技术改造"], ["首台套", "首台（套）"], ["MES", "制造执行系统"]]);
}

#[test]
fn groups_that_are_no_groups() {
    expect![[r#"
        demo/thing.yaml:2:5: 错误[empty_group] 同义词组是空的
        2 |   - []
          |     ^
          = 建议: 写作 synonyms: [[技改, 技术改造]]
        demo/thing.yaml:2:5: error[empty_group] this group of synonyms is empty
        2 |   - []
          |     ^
          = hint: write synonyms: [[技改, 技术改造]]
        demo/thing.yaml:3:5: 错误[lone_word] 技改 独自一组，没有同义词
        3 |   - [技改]
          |     ^
          = 建议: 写作 synonyms: [[技改, 技术改造]]
        demo/thing.yaml:3:5: error[lone_word] 技改 stands alone in its group
        3 |   - [技改]
          |     ^
          = hint: write synonyms: [[技改, 技术改造]]
        demo/thing.yaml:4:5: 错误[wrong_kind] synonyms 应是若干组词的列表
        4 |   - 高企
          |     ^^^^
          = 建议: 写作 synonyms: [[技改, 技术改造]]
        demo/thing.yaml:4:5: error[wrong_kind] synonyms must be a list of groups of words
        4 |   - 高企
          |     ^^^^
          = hint: write synonyms: [[技改, 技术改造]]
        demo/thing.yaml:5:10: 错误[bad_synonym] “（）”里没有可搜索的字
        5 |   - [规上, "（）"]
          |            ^^^^^^
          = 建议: 写作 synonyms: [[技改, 技术改造]]
        demo/thing.yaml:5:10: error[bad_synonym] "（）" has no letter to search
        5 |   - [规上, "（）"]
          |            ^^^^^^
          = hint: write synonyms: [[技改, 技术改造]]
    "#]]
    .assert_eq(&in_demo("synonyms:\n  - []\n  - [技改]\n  - 高企\n  - [规上, \"（）\"]\n"));
    expect![[r#"
        demo/thing.yaml:1:11: 错误[wrong_kind] synonyms 应是若干组词的列表
        1 | synonyms: {技改: 技术改造}
          |           ^
          = 建议: 写作 synonyms: [[技改, 技术改造]]
        demo/thing.yaml:1:11: error[wrong_kind] synonyms must be a list of groups of words
        1 | synonyms: {技改: 技术改造}
          |           ^
          = hint: write synonyms: [[技改, 技术改造]]
    "#]]
    .assert_eq(&in_demo("synonyms: {技改: 技术改造}\n"));
}

#[test]
fn a_word_in_two_groups_or_twice_in_one() {
    expect![[r#"
        demo/words.yaml:1:38: 错误[duplicate] MES 在这一组里写了两次
        1 | synonyms: [[技改, 技术改造], [mes, 制造执行系统, MES]]
          |                                                  ^^^
          = 建议: 删去其中一处。
        demo/words.yaml:1:38: error[duplicate] MES is in this group twice
        1 | synonyms: [[技改, 技术改造], [mes, 制造执行系统, MES]]
          |                                                  ^^^
          = hint: remove one of them.
        more/words.yaml:2:10: 错误[duplicate] 技术改造 已在另一组里：demo/words.yaml 第 1 行
        2 |   - [改造, 技术改造]
          |            ^^^^^^^^
          = 建议: 意思相同就并成一组，否则删去一处。
        more/words.yaml:2:10: error[duplicate] 技术改造 is in another group already: demo/words.yaml, line 1
        2 |   - [改造, 技术改造]
          |            ^^^^^^^^
          = hint: make one group of both if they mean the same, or remove one.
    "#]]
    .assert_eq(&mistakes(&[
        ("demo/base.yaml", BASE),
        ("demo/words.yaml", "synonyms: [[技改, 技术改造], [mes, 制造执行系统, MES]]\n"),
        ("more/words.yaml", "synonyms:\n  - [改造, 技术改造]\n"),
    ]));
}

#[test]
fn groups_and_words_beyond_their_limits() {
    let many: Vec<String> = (1..=13).map(|n| format!("词{n}")).collect();
    expect![[r#"
        demo/thing.yaml:2:5: 错误[long_group] 一组最多 12 个词，这里有 13 个
        2 |   - [词1, 词2, 词3, 词4, 词5, 词6, 词7, 词8, 词9, 词10, 词11, 词12, 词13]
          |     ^
          = 建议: 只留人们真会输入的词。
        demo/thing.yaml:2:5: error[long_group] a group has at most 12 words, this one 13
        2 |   - [词1, 词2, 词3, 词4, 词5, 词6, 词7, 词8, 词9, 词10, 词11, 词12, 词13]
          |     ^
          = hint: keep the words that people really type.
        demo/thing.yaml:3:9: 错误[bad_synonym] 同义词最长 40 个字
        3 |   - [短, 长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长]
          |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        demo/thing.yaml:3:9: error[bad_synonym] a synonym has at most 40 letters
        3 |   - [短, 长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长]
          |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "#]]
    .assert_eq(&in_demo(&format!("synonyms:\n  - [{}]\n  - [短, {}]\n", many.join(", "), "长".repeat(41))));
}
