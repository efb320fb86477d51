//! What an author is told when a file is not written as packs are: YAML, keys, languages, names, heads.
mod common;
use common::{BASE, in_demo, mistakes, thing};
use expect_test::expect;

#[test]
fn not_yaml() {
    expect![[r#"
        demo/thing.yaml:2:8: 错误[yaml] 这里不是合法的 YAML：mapping values are not allowed in this context at line 2, column 8
        2 |   label: {zh: 事项
          |        ^
          = 建议: 检查缩进、冒号后的空格、括号和引号；含冒号、# 或 {} 的文字要加引号。
        demo/thing.yaml:2:8: error[yaml] this is not valid YAML: mapping values are not allowed in this context at line 2, column 8
        2 |   label: {zh: 事项
          |        ^
          = hint: check indentation, the space after a colon, brackets and quotes; quote texts that hold a colon, # or {}.
    "#]]
    .assert_eq(&in_demo("record: thing\n  label: {zh: 事项\n"));
}

#[test]
fn a_list_where_keys_belong() {
    expect![[r#"
        demo/thing.yaml:1:1: 错误[wrong_kind] 文件应是一组“键: 值”
        1 | - record: thing
          | ^
          = 建议: 以 pack:、record:、extend:、lists: 等键开头
        demo/thing.yaml:1:1: error[wrong_kind] a file is a mapping of keys to values
        1 | - record: thing
          | ^
          = hint: begin with a key as pack:, record:, extend: or lists:
    "#]]
    .assert_eq(&in_demo("- record: thing\n"));
}

#[test]
fn an_unknown_key_with_a_near_name() {
    expect![[r#"
        demo/thing.yaml:7:1: 错误[unknown_key] 不认识的键 colums
        7 | colums: [name]
          | ^^^^^^
          = 建议: 是否想写 columns？
        demo/thing.yaml:7:1: error[unknown_key] unknown key colums
        7 | colums: [name]
          | ^^^^^^
          = hint: did you mean columns?
    "#]]
    .assert_eq(&thing("", "colums: [name]\n"));
}

#[test]
fn an_unknown_key_like_no_other() {
    expect![[r#"
        demo/thing.yaml:7:49: 错误[unknown_key] 不认识的键 banana
        7 |   note: {type: text, label: {zh: 备注, en: Note}, banana: 1}
          |                                                   ^^^^^^
          = 建议: 这里可用：about, convert, default, fact, fresh, group, help, hidden, label, lasting, least, limit, most, owner, past, pattern, question, read_only, readers, required, sensitive, type, unique, unit, was, yearly
        demo/thing.yaml:7:49: error[unknown_key] unknown key banana
        7 |   note: {type: text, label: {zh: 备注, en: Note}, banana: 1}
          |                                                   ^^^^^^
          = hint: known here: about, convert, default, fact, fresh, group, help, hidden, label, lasting, least, limit, most, owner, past, pattern, question, read_only, readers, required, sensitive, type, unique, unit, was, yearly
    "#]].assert_eq(&thing("note: {type: text, label: {zh: 备注, en: Note}, banana: 1}", ""));
}

#[test]
fn a_key_written_twice() {
    expect![[r#"
        demo/thing.yaml:8:3: 错误[duplicate] note 写了两次，第一次在第 7 行
        8 |   note: {type: int, label: {zh: 备注, en: Note}}
          |   ^^^^
          = 建议: 删去其中一处，或换一个名称。
        demo/thing.yaml:8:3: error[duplicate] note is written twice, first in line 7
        8 |   note: {type: int, label: {zh: 备注, en: Note}}
          |   ^^^^
          = hint: remove one of them or give it another name.
    "#]]
    .assert_eq(&thing("note: {type: text, label: {zh: 备注, en: Note}}\nnote: {type: int, label: {zh: 备注, en: Note}}", ""));
}

#[test]
fn a_label_in_one_language() {
    expect![[r#"
        demo/thing.yaml:7:22: 错误[one_language] label 缺少英文 en
        7 |   note: {type: text, label: {zh: 备注}}
          |                      ^^^^^
          = 建议: 两种语言都要写：{zh: 中文, en: English}
        demo/thing.yaml:7:22: error[one_language] label lacks its English (en)
        7 |   note: {type: text, label: {zh: 备注}}
          |                      ^^^^^
          = hint: write both languages: {zh: 中文, en: English}
        demo/thing.yaml:8:30: 错误[one_language] label 缺少英文 en
        8 |   place: {type: text, label: 地点}
          |                              ^^^^
          = 建议: 两种语言都要写：{zh: 中文, en: English}
        demo/thing.yaml:8:30: error[one_language] label lacks its English (en)
        8 |   place: {type: text, label: 地点}
          |                              ^^^^
          = hint: write both languages: {zh: 中文, en: English}
    "#]]
    .assert_eq(&thing("note: {type: text, label: {zh: 备注}}\nplace: {type: text, label: 地点}", ""));
}

#[test]
fn a_field_without_label_and_type() {
    expect![[r#"
        demo/thing.yaml:7:3: 错误[missing_key] 缺少 type
        7 |   note: {required: true}
          |   ^^^^
          = 建议: 写作 type: text；类型见文档“字段类型”
        demo/thing.yaml:7:3: error[missing_key] type is missing
        7 |   note: {required: true}
          |   ^^^^
          = hint: write type: text; see the page on field types
        demo/thing.yaml:7:3: 错误[missing_key] 缺少 label
        7 |   note: {required: true}
          |   ^^^^
          = 建议: 写作 label: {zh: 企业, en: Enterprise}
        demo/thing.yaml:7:3: error[missing_key] label is missing
        7 |   note: {required: true}
          |   ^^^^
          = hint: write label: {zh: 企业, en: Enterprise}
    "#]]
    .assert_eq(&thing("note: {required: true}", ""));
}

#[test]
fn a_record_without_prefix_title_and_fields() {
    expect![[r#"
        demo/thing.yaml:1:1: 错误[missing_key] 缺少 prefix
        1 | record: thing
          | ^^^^^^
          = 建议: 写作 prefix: ent，编号即 ent_…
        demo/thing.yaml:1:1: error[missing_key] prefix is missing
        1 | record: thing
          | ^^^^^^
          = hint: write prefix: ent; ids then begin with ent_
        demo/thing.yaml:1:1: 错误[missing_key] 缺少 title
        1 | record: thing
          | ^^^^^^
          = 建议: 写出作为名称显示的字段，如 title: name
        demo/thing.yaml:1:1: error[missing_key] title is missing
        1 | record: thing
          | ^^^^^^
          = hint: name the field shown as its name, as title: name
        demo/thing.yaml:1:9: 错误[no_fields] 记录 thing 没有字段
        1 | record: thing
          |         ^^^^^
          = 建议: 写作 fields: {name: {type: text, label: {…}}}
        demo/thing.yaml:1:9: error[no_fields] record thing has no fields
        1 | record: thing
          |         ^^^^^
          = hint: write fields: {name: {type: text, label: {…}}}
    "#]]
    .assert_eq(&in_demo("record: thing\nlabel: {zh: 事项, en: Thing}\n"));
}

#[test]
fn yes_is_a_word_not_a_boolean() {
    expect![[r#"
        demo/thing.yaml:7:32: 错误[wrong_kind] required 应是 true 或 false
        7 |   note: {type: text, required: yes, label: {zh: 备注, en: Note}}
          |                                ^^^
        demo/thing.yaml:7:32: error[wrong_kind] required must be true or false
        7 |   note: {type: text, required: yes, label: {zh: 备注, en: Note}}
          |                                ^^^
    "#]]
    .assert_eq(&thing("note: {type: text, required: yes, label: {zh: 备注, en: Note}}", ""));
}

#[test]
fn a_number_with_a_fraction() {
    let question = "question: {prompt: {zh: 多少？, en: How much?}, choices: [{label: {zh: 一半, en: Half}, value: 0.5}]}";
    expect![[r#"
        demo/thing.yaml:7:156: 错误[wrong_kind] value 是带小数的数，会失真
        7 |   share: {type: percent, fact: true, label: {zh: 份额, en: Share}, question: {prompt: {zh: 多少？, en: How much?}, choices: [{label: {zh: 一半, en: Half}, value: 0.5}]}}
          |                                                                                                                                                                   ^^^
          = 建议: 加引号写成文字；金额写 wan(1.5)，比例写 percent(2.5)。
        demo/thing.yaml:7:156: error[wrong_kind] value is a number with a fraction and would lose digits
        7 |   share: {type: percent, fact: true, label: {zh: 份额, en: Share}, question: {prompt: {zh: 多少？, en: How much?}, choices: [{label: {zh: 一半, en: Half}, value: 0.5}]}}
          |                                                                                                                                                                   ^^^
          = hint: quote it as text; write money as wan(1.5), ratios as percent(2.5).
    "#]].assert_eq(&thing(&format!("share: {{type: percent, fact: true, label: {{zh: 份额, en: Share}}, {question}}}"), ""));
}

#[test]
fn names_that_are_not_snake_case_or_not_free() {
    let field = |name: &str| format!("{name}: {{type: text, label: {{zh: 备注, en: Note}}}}");
    let fields = ["MainProduct", "order", "version", "备注"].map(field).join("\n");
    expect![[r#"
        demo/thing.yaml:7:3: 错误[bad_name] 字段名 MainProduct 的写法不对
        7 |   MainProduct: {type: text, label: {zh: 备注, en: Note}}
          |   ^^^^^^^^^^^
          = 建议: 写作 main_product
        demo/thing.yaml:7:3: error[bad_name] field name MainProduct is not written as a name
        7 |   MainProduct: {type: text, label: {zh: 备注, en: Note}}
          |   ^^^^^^^^^^^
          = hint: write main_product
        demo/thing.yaml:8:3: 错误[bad_name] 字段名 order 是 SQL 的保留字
        8 |   order: {type: text, label: {zh: 备注, en: Note}}
          |   ^^^^^
          = 建议: 换一个名称，如 order_no、order_kind
        demo/thing.yaml:8:3: error[bad_name] field name order is a reserved word of SQL
        8 |   order: {type: text, label: {zh: 备注, en: Note}}
          |   ^^^^^
          = hint: choose another, as order_no or order_kind
        demo/thing.yaml:9:3: 错误[bad_name] 字段名 version 由系统使用
        9 |   version: {type: text, label: {zh: 备注, en: Note}}
          |   ^^^^^^^
          = 建议: 换一个名称，如 version_no
        demo/thing.yaml:9:3: error[bad_name] field name version is used by the system
        9 |   version: {type: text, label: {zh: 备注, en: Note}}
          |   ^^^^^^^
          = hint: choose another, as version_no
        demo/thing.yaml:10:3: 错误[bad_name] 字段名 备注 的写法不对
        10 |   备注: {type: text, label: {zh: 备注, en: Note}}
           |   ^^^^
          = 建议: 用小写英文字母、数字和单个下划线，以字母开头，如 size_class
        demo/thing.yaml:10:3: error[bad_name] field name 备注 is not written as a name
        10 |   备注: {type: text, label: {zh: 备注, en: Note}}
           |   ^^^^
          = hint: use lower-case letters, digits and single underscores, a letter first, as size_class
    "#]]
    .assert_eq(&thing(&fields, ""));
}

#[test]
fn a_record_named_as_a_table_of_the_program() {
    let record = "record: journal\nlabel: {zh: 日记, en: Diary}\nprefix: di\ntitle: name\nfields: {name: {type: text, label: {zh: 名称, en: Name}}}\n";
    expect![[r#"
        demo/thing.yaml:1:9: 错误[bad_name] 记录名 journal 由系统使用
        1 | record: journal
          |         ^^^^^^^
          = 建议: 换一个名称，如 journal_no
        demo/thing.yaml:1:9: error[bad_name] record name journal is used by the system
        1 | record: journal
          |         ^^^^^^^
          = hint: choose another, as journal_no
    "#]]
    .assert_eq(&in_demo(record));
}

#[test]
fn a_prefix_of_the_wrong_form_and_one_that_is_taken() {
    let record = |name: &str, prefix: &str| {
        format!(
            "record: {name}\nlabel: {{zh: 甲, en: A}}\nprefix: {prefix}\ntitle: name\nfields: {{name: {{type: text, label: {{zh: 名称, en: Name}}}}}}\n"
        )
    };
    expect![[r#"
        demo/thing.yaml:3:9: 错误[bad_prefix] 前缀 T1 的写法不对
        3 | prefix: T1
          |         ^^
          = 建议: 用 2 至 8 个小写字母，如 ent
        demo/thing.yaml:3:9: error[bad_prefix] prefix T1 is not written as a prefix
        3 | prefix: T1
          |         ^^
          = hint: use 2 to 8 lower-case letters, as ent
        demo/thing.yaml:9:9: 错误[prefix_taken] 前缀 fi 已由 firm 使用
        9 | prefix: fi
          |         ^^
          = 建议: 前缀在全部包里只用一次，换一个。
        demo/thing.yaml:9:9: error[prefix_taken] prefix fi is taken by firm
        9 | prefix: fi
          |         ^^
          = hint: a prefix is used once in all packs; choose another.
    "#]]
    .assert_eq(&in_demo(&[record("one", "T1"), record("two", "fi")].join("---\n")));
}

#[test]
fn everything_wrong_is_told_in_one_run() {
    let wrong = "colour: red\nlists: {Grade: {label: {zh: 等级, en: Grade}, codes: {甲: {zh: 甲等, en: First}}}}\n";
    let told = mistakes(&[("demo/base.yaml", BASE), ("demo/a.yaml", wrong), ("demo/b.yaml", "roles: {boss: {label: 老板}}\n")]);
    expect![[r#"
        demo/a.yaml:1:1: 错误[unknown_key] 不认识的键 colour
        1 | colour: red
          | ^^^^^^
          = 建议: 这里可用：extend, indicators, lists, pack, record, roles, sources, synonyms
        demo/a.yaml:1:1: error[unknown_key] unknown key colour
        1 | colour: red
          | ^^^^^^
          = hint: known here: extend, indicators, lists, pack, record, roles, sources, synonyms
        demo/a.yaml:2:9: 错误[bad_name] 代码表名 Grade 的写法不对
        2 | lists: {Grade: {label: {zh: 等级, en: Grade}, codes: {甲: {zh: 甲等, en: First}}}}
          |         ^^^^^
          = 建议: 写作 grade
        demo/a.yaml:2:9: error[bad_name] list name Grade is not written as a name
        2 | lists: {Grade: {label: {zh: 等级, en: Grade}, codes: {甲: {zh: 甲等, en: First}}}}
          |         ^^^^^
          = hint: write grade
        demo/a.yaml:2:53: 错误[bad_code] 代码 甲 的写法不对
        2 | lists: {Grade: {label: {zh: 等级, en: Grade}, codes: {甲: {zh: 甲等, en: First}}}}
          |                                                       ^^
          = 建议: 代码用英文字母、数字、_、- 和 .，最长 40；中文写在标签里。
        demo/a.yaml:2:53: error[bad_code] code 甲 is not written as a code
        2 | lists: {Grade: {label: {zh: 等级, en: Grade}, codes: {甲: {zh: 甲等, en: First}}}}
          |                                                       ^^
          = hint: codes are letters, digits, _, - and ., at most 40; Chinese goes into the label.
        demo/b.yaml:1:23: 错误[one_language] label 缺少英文 en
        1 | roles: {boss: {label: 老板}}
          |                       ^^^^
          = 建议: 两种语言都要写：{zh: 中文, en: English}
        demo/b.yaml:1:23: error[one_language] label lacks its English (en)
        1 | roles: {boss: {label: 老板}}
          |                       ^^^^
          = hint: write both languages: {zh: 中文, en: English}
    "#]]
    .assert_eq(&told);
}
