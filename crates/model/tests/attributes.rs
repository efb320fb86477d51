//! What an author is told when a field says what its type cannot.
mod common;
use common::thing;
use expect_test::expect;

#[test]
fn types_that_cannot_be_read() {
    let field = |(name, ty): (&str, &str)| format!("{name}: {{type: \"{ty}\", label: {{zh: 甲, en: A}}}}");
    let fields = [("a", "txt"), ("b", "code"), ("c", "money(fen)"), ("d", "rule(enterprise)"), ("e", "ref(firm"), ("f", "number(sq)")];
    expect![[r#"
        demo/thing.yaml:7:13: 错误[bad_type] 没有类型 txt
        7 |   a: {type: "txt", label: {zh: 甲, en: A}}
          |             ^^^^^
          = 建议: 是否想写 text？可用的类型：text, bilingual, int, money, area, percent, bool, date, instant, code, set, ref, rule, credit_code, number
        demo/thing.yaml:7:13: error[bad_type] there is no type txt
        7 |   a: {type: "txt", label: {zh: 甲, en: A}}
          |             ^^^^^
          = hint: did you mean text? types: text, bilingual, int, money, area, percent, bool, date, instant, code, set, ref, rule, credit_code, number
        demo/thing.yaml:8:13: 错误[bad_type] 类型 code 要在括号里说明对象
        8 |   b: {type: "code", label: {zh: 甲, en: A}}
          |             ^^^^^^
          = 建议: 写作 code(size_class)
        demo/thing.yaml:8:13: error[bad_type] type code needs its object in parentheses
        8 |   b: {type: "code", label: {zh: 甲, en: A}}
          |             ^^^^^^
          = hint: write code(size_class)
        demo/thing.yaml:9:13: 错误[bad_type] 类型 money 不带括号
        9 |   c: {type: "money(fen)", label: {zh: 甲, en: A}}
          |             ^^^^^^^^^^^^
          = 建议: 写作 money
        demo/thing.yaml:9:13: error[bad_type] type money takes no parentheses
        9 |   c: {type: "money(fen)", label: {zh: 甲, en: A}}
          |             ^^^^^^^^^^^^
          = hint: write money
        demo/thing.yaml:10:13: 错误[bad_type] 看不懂类型 rule(enterprise)
        10 |   d: {type: "rule(enterprise)", label: {zh: 甲, en: A}}
           |             ^^^^^^^^^^^^^^^^^^
          = 建议: 写作 rule(of: enterprise, live)
        demo/thing.yaml:10:13: error[bad_type] type rule(enterprise) cannot be read
        10 |   d: {type: "rule(enterprise)", label: {zh: 甲, en: A}}
           |             ^^^^^^^^^^^^^^^^^^
          = hint: write rule(of: enterprise, live)
        demo/thing.yaml:11:13: 错误[bad_type] 类型 ref(firm 缺少右括号
        11 |   e: {type: "ref(firm", label: {zh: 甲, en: A}}
           |             ^^^^^^^^^^
          = 建议: 写作 ref(enterprise)
        demo/thing.yaml:11:13: error[bad_type] type ref(firm lacks its closing parenthesis
        11 |   e: {type: "ref(firm", label: {zh: 甲, en: A}}
           |             ^^^^^^^^^^
          = hint: write ref(enterprise)
        demo/thing.yaml:12:13: 错误[bad_type] 看不懂类型 number(sq)
        12 |   f: {type: "number(sq)", label: {zh: 甲, en: A}}
           |             ^^^^^^^^^^^^
          = 建议: 写作 number(SQ)
        demo/thing.yaml:12:13: error[bad_type] type number(sq) cannot be read
        12 |   f: {type: "number(sq)", label: {zh: 甲, en: A}}
           |             ^^^^^^^^^^^^
          = hint: write number(SQ)
    "#]].assert_eq(&thing(&fields.map(field).join("\n"), ""));
}

#[test]
fn a_field_only_the_system_writes() {
    expect![[r#"
        demo/thing.yaml:9:20: 错误[read_only] 字段 no 只由系统填写
        9 | update: {officer: [no]}
          |                    ^^
          = 建议: 从 update 里去掉它。
        demo/thing.yaml:9:20: error[read_only] field no is written by the system only
        9 | update: {officer: [no]}
          |                    ^^
          = hint: take it out of update.
    "#]]
    .assert_eq(&thing("no: {type: number(TH), label: {zh: 编号, en: Number}}", "scope: {officer: \"true\"}\nupdate: {officer: [no]}\n"));
}

#[test]
fn attributes_that_do_not_go_with_the_type() {
    let fields = "a: {type: int, limit: 5, label: {zh: 甲, en: A}}\nb: {type: money, unit: person, label: {zh: 乙, en: B}}\nc: {type: text, yearly: true, label: {zh: 丙, en: C}}\nd: {type: set(size), unique: true, label: {zh: 丁, en: D}}\ne: {type: text, hidden: true, required: true, label: {zh: 戊, en: E}}\nf: {type: int, unit: persons, label: {zh: 己, en: F}}\ng: {type: text, limit: 99999, label: {zh: 庚, en: G}}";
    expect![[r#"
        demo/thing.yaml:7:25: 错误[wrong_attribute] 字段 a 的类型 int 不能有 limit
        7 |   a: {type: int, limit: 5, label: {zh: 甲, en: A}}
          |                         ^
          = 建议: limit 只用于 text 和 bilingual
        demo/thing.yaml:7:25: error[wrong_attribute] field a of type int cannot have limit
        7 |   a: {type: int, limit: 5, label: {zh: 甲, en: A}}
          |                         ^
          = hint: limit goes with text and bilingual
        demo/thing.yaml:8:26: 错误[wrong_attribute] 类型 money 的单位已定，不能另写 unit
        8 |   b: {type: money, unit: person, label: {zh: 乙, en: B}}
          |                          ^^^^^^
          = 建议: unit 只用于 int
        demo/thing.yaml:8:26: error[wrong_attribute] type money has its own unit and takes none
        8 |   b: {type: money, unit: person, label: {zh: 乙, en: B}}
          |                          ^^^^^^
          = hint: unit goes with int
        demo/thing.yaml:9:19: 错误[wrong_attribute] 字段 c 的类型 text 不能有 yearly
        9 |   c: {type: text, yearly: true, label: {zh: 丙, en: C}}
          |                   ^^^^^^
          = 建议: 逐年的字段是数、金额、比例、面积、是否、日期、代码或代码集
        demo/thing.yaml:9:19: error[wrong_attribute] field c of type text cannot have yearly
        9 |   c: {type: text, yearly: true, label: {zh: 丙, en: C}}
          |                   ^^^^^^
          = hint: yearly fields are numbers, money, ratios, areas, booleans, dates, codes or sets
        demo/thing.yaml:10:3: 错误[wrong_attribute] 字段 d 的类型 set(size) 不能有 unique
        10 |   d: {type: set(size), unique: true, label: {zh: 丁, en: D}}
           |   ^
          = 建议: 唯一的字段是文字、信用代码、编号、整数、代码或引用，且不逐年
        demo/thing.yaml:10:3: error[wrong_attribute] field d of type set(size) cannot have unique
        10 |   d: {type: set(size), unique: true, label: {zh: 丁, en: D}}
           |   ^
          = hint: unique fields are texts, credit codes, numbers, integers, codes or refs, and not yearly
        demo/thing.yaml:11:3: 错误[wrong_attribute] 字段 e 的类型 text 不能有 hidden
        11 |   e: {type: text, hidden: true, required: true, label: {zh: 戊, en: E}}
           |   ^
          = 建议: 必填又隐藏的字段没有人能填写；请给它 default
        demo/thing.yaml:11:3: error[wrong_attribute] field e of type text cannot have hidden
        11 |   e: {type: text, hidden: true, required: true, label: {zh: 戊, en: E}}
           |   ^
          = hint: nobody can fill in a field that is required and hidden; give it a default
        demo/thing.yaml:12:24: 错误[unknown_unit] 没有单位 persons
        12 |   f: {type: int, unit: persons, label: {zh: 己, en: F}}
           |                        ^^^^^^^
          = 建议: 是否想写 person？
        demo/thing.yaml:12:24: error[unknown_unit] there is no unit persons
        12 |   f: {type: int, unit: persons, label: {zh: 己, en: F}}
           |                        ^^^^^^^
          = hint: did you mean person?
        demo/thing.yaml:13:26: 错误[bad_limit] limit 99999 超出 1 至 20000
        13 |   g: {type: text, limit: 99999, label: {zh: 庚, en: G}}
           |                          ^^^^^
        demo/thing.yaml:13:26: error[bad_limit] limit 99999 is outside 1 to 20000
        13 |   g: {type: text, limit: 99999, label: {zh: 庚, en: G}}
           |                          ^^^^^
    "#]]
    .assert_eq(&thing(fields, ""));
}

#[test]
fn a_question_about_what_is_no_fact() {
    let question = "question: {prompt: {zh: 几人？, en: How many?}}";
    expect![[r#"
        demo/thing.yaml:7:3: 错误[question_without_fact] 字段 staff 有问题，却不是事实
        7 |   staff: {type: int, label: {zh: 人数, en: Staff}, question: {prompt: {zh: 几人？, en: How many?}}}
          |   ^^^^^
          = 建议: 加 fact: true：答案要记来源和日期。
        demo/thing.yaml:7:3: error[question_without_fact] field staff has a question but is not a fact
        7 |   staff: {type: int, label: {zh: 人数, en: Staff}, question: {prompt: {zh: 几人？, en: How many?}}}
          |   ^^^^^
          = hint: add fact: true: an answer carries source and date.
    "#]]
    .assert_eq(&thing(&format!("staff: {{type: int, label: {{zh: 人数, en: Staff}}, {question}}}"), ""));
}

#[test]
fn a_renamed_field_whose_old_name_is_still_there() {
    expect![[r#"
        demo/thing.yaml:7:27: 错误[was_exists] note 说自己从前叫 name，而 name 仍是一个字段
        7 |   note: {type: text, was: name, label: {zh: 备注, en: Note}}
          |                           ^^^^
          = 建议: 删去旧字段，或删去 was。
        demo/thing.yaml:7:27: error[was_exists] note says it was name, but name is still a field
        7 |   note: {type: text, was: name, label: {zh: 备注, en: Note}}
          |                           ^^^^
          = hint: remove the old field or the was.
    "#]]
    .assert_eq(&thing("note: {type: text, was: name, label: {zh: 备注, en: Note}}", ""));
}

#[test]
fn an_english_column_that_exists_already() {
    expect![[r#"
        demo/thing.yaml:8:3: 错误[duplicate] place_en 已是双语字段 place 的英文列
        8 |   place_en: {type: text, label: {zh: 地点, en: Place}}
          |   ^^^^^^^^
          = 建议: 换一个名称。
        demo/thing.yaml:8:3: error[duplicate] place_en is already the English column of place
        8 |   place_en: {type: text, label: {zh: 地点, en: Place}}
          |   ^^^^^^^^
          = hint: choose another name.
    "#]]
    .assert_eq(&thing("place: {type: bilingual, label: {zh: 地点, en: Place}}\nplace_en: {type: text, label: {zh: 地点, en: Place}}", ""));
}

const DEPARTMENTS: &str = "lists:\n  department: {label: {zh: 部门, en: Department}, codes: {tax: {zh: 税务局, en: Tax authority}}}\n";

fn told(fields: &[&str]) -> String {
    common::in_demo(&format!("{}{DEPARTMENTS}", common::record(&fields.join("\n"), "")))
}

#[test]
fn who_supplies_a_fact_and_how_long_it_is_fresh() {
    let fields = [
        "a: {type: money, fact: true, owner: taxes, label: {zh: 甲, en: A}}",
        "b: {type: money, owner: tax, fresh: 3 months, label: {zh: 乙, en: B}}",
        "c: {type: int, fact: true, fresh: a year, label: {zh: 丙, en: C}}",
        "d: {type: int, yearly: true, fact: true, fresh: 12 months, label: {zh: 丁, en: D}}",
    ];
    expect![[r#"
        demo/thing.yaml:7:39: 错误[unknown_owner] 没有部门 taxes
        7 |   a: {type: money, fact: true, owner: taxes, label: {zh: 甲, en: A}}
          |                                       ^^^^^
          = 建议: 可用：tax
        demo/thing.yaml:7:39: error[unknown_owner] there is no department taxes
        7 |   a: {type: money, fact: true, owner: taxes, label: {zh: 甲, en: A}}
          |                                       ^^^^^
          = hint: there are: tax
        demo/thing.yaml:8:27: 错误[wrong_attribute] 字段 b 的类型 money 不能有 owner
        8 |   b: {type: money, owner: tax, fresh: 3 months, label: {zh: 乙, en: B}}
          |                           ^^^
          = 建议: 只有事实（fact: true）有提供部门
        demo/thing.yaml:8:27: error[wrong_attribute] field b of type money cannot have owner
        8 |   b: {type: money, owner: tax, fresh: 3 months, label: {zh: 乙, en: B}}
          |                           ^^^
          = hint: only facts (fact: true) have an owner
        demo/thing.yaml:8:39: 错误[wrong_attribute] 字段 b 的类型 money 不能有 fresh
        8 |   b: {type: money, owner: tax, fresh: 3 months, label: {zh: 乙, en: B}}
          |                                       ^^^^^^^^
          = 建议: 只有不分年的事实（fact: true）会过时；逐年的值属于它那一年
        demo/thing.yaml:8:39: error[wrong_attribute] field b of type money cannot have fresh
        8 |   b: {type: money, owner: tax, fresh: 3 months, label: {zh: 乙, en: B}}
          |                                       ^^^^^^^^
          = hint: only facts (fact: true) without years grow stale: a yearly value belongs to its year
        demo/thing.yaml:9:37: 错误[bad_fresh] 看不懂期限 a year
        9 |   c: {type: int, fact: true, fresh: a year, label: {zh: 丙, en: C}}
          |                                     ^^^^^^
          = 建议: 写作 fresh: 12 months，1 至 120 个月
        demo/thing.yaml:9:37: error[bad_fresh] a year is no length of time
        9 |   c: {type: int, fact: true, fresh: a year, label: {zh: 丙, en: C}}
          |                                     ^^^^^^
          = hint: write fresh: 12 months, 1 to 120 months
        demo/thing.yaml:10:51: 错误[wrong_attribute] 字段 d 的类型 int 不能有 fresh
        10 |   d: {type: int, yearly: true, fact: true, fresh: 12 months, label: {zh: 丁, en: D}}
           |                                                   ^^^^^^^^^
          = 建议: 只有不分年的事实（fact: true）会过时；逐年的值属于它那一年
        demo/thing.yaml:10:51: error[wrong_attribute] field d of type int cannot have fresh
        10 |   d: {type: int, yearly: true, fact: true, fresh: 12 months, label: {zh: 丁, en: D}}
           |                                                   ^^^^^^^^^
          = hint: only facts (fact: true) without years grow stale: a yearly value belongs to its year
    "#]]
    .assert_eq(&told(&fields));
}

#[test]
fn who_may_know_a_fact() {
    let fields = [
        "a: {type: int, sensitive: secret, label: {zh: 甲, en: A}}",
        "b: {type: int, sensitive: confidential, label: {zh: 乙, en: B}}",
        "c: {type: int, sensitive: public, readers: [officer], label: {zh: 丙, en: C}}",
    ];
    expect![[r#"
        demo/thing.yaml:7:29: 错误[unknown_sensitivity] 没有密级 secret
        7 |   a: {type: int, sensitive: secret, label: {zh: 甲, en: A}}
          |                             ^^^^^^
          = 建议: 可用：public, internal, confidential
        demo/thing.yaml:7:29: error[unknown_sensitivity] there is no sensitivity secret
        7 |   a: {type: int, sensitive: secret, label: {zh: 甲, en: A}}
          |                             ^^^^^^
          = hint: there are: public, internal, confidential
        demo/thing.yaml:8:29: 错误[no_readers] 字段 b 是 confidential，却没有写谁能看
        8 |   b: {type: int, sensitive: confidential, label: {zh: 乙, en: B}}
          |                             ^^^^^^^^^^^^
          = 建议: 加 readers: [firm, officer]。
        demo/thing.yaml:8:29: error[no_readers] field b is confidential but names no readers
        8 |   b: {type: int, sensitive: confidential, label: {zh: 乙, en: B}}
          |                             ^^^^^^^^^^^^
          = hint: add readers: [firm, officer].
        demo/thing.yaml:9:29: 错误[open_with_readers] 字段 c 是 public，却限定了谁能看
        9 |   c: {type: int, sensitive: public, readers: [officer], label: {zh: 丙, en: C}}
          |                             ^^^^^^
          = 建议: 写作 sensitive: confidential，或去掉 readers。
        demo/thing.yaml:9:29: error[open_with_readers] field c is public but has readers
        9 |   c: {type: int, sensitive: public, readers: [officer], label: {zh: 丙, en: C}}
          |                             ^^^^^^
          = hint: write sensitive: confidential, or remove readers.
    "#]]
    .assert_eq(&told(&fields));
}

#[test]
fn bounds_that_bind_nothing() {
    let fields = [
        "a: {type: percent, least: \"percent(100)\", most: \"percent(0)\", label: {zh: 甲, en: A}}",
        "b: {type: money, most: \"percent(5)\", label: {zh: 乙, en: B}}",
        "c: {type: bool, least: \"true\", past: true, pattern: phone, label: {zh: 丙, en: C}}",
        "d: {type: text, pattern: telephone, label: {zh: 丁, en: D}}",
    ];
    expect![[r#"
        demo/thing.yaml:7:51: 错误[empty_bounds] most 小于 least，没有值能通过
        7 |   a: {type: percent, least: "percent(100)", most: "percent(0)", label: {zh: 甲, en: A}}
          |                                                   ^^^^^^^^^^^^
        demo/thing.yaml:7:51: error[empty_bounds] most is below least: no value passes
        7 |   a: {type: percent, least: "percent(100)", most: "percent(0)", label: {zh: 甲, en: A}}
          |                                                   ^^^^^^^^^^^^
        demo/thing.yaml:8:27: 错误[expr.unit] 单位或类型不同：金额与比例
        8 |   b: {type: money, most: "percent(5)", label: {zh: 乙, en: B}}
          |                           ^^^^^^^^^^
          = 建议: 金额写作 wan(500)（万元）或 yuan(500)（元）
        demo/thing.yaml:8:27: error[expr.unit] units or types differ: an amount of money and a percentage
        8 |   b: {type: money, most: "percent(5)", label: {zh: 乙, en: B}}
          |                           ^^^^^^^^^^
          = hint: write wan(500) for ten thousand yuan or yuan(500)
        demo/thing.yaml:9:26: 错误[wrong_attribute] 字段 c 的类型 bool 不能有 least
        9 |   c: {type: bool, least: "true", past: true, pattern: phone, label: {zh: 丙, en: C}}
          |                          ^^^^^^
          = 建议: least 用于数、金额、比例、面积和日期
        demo/thing.yaml:9:26: error[wrong_attribute] field c of type bool cannot have least
        9 |   c: {type: bool, least: "true", past: true, pattern: phone, label: {zh: 丙, en: C}}
          |                          ^^^^^^
          = hint: least goes with numbers, money, ratios, areas and dates
        demo/thing.yaml:9:34: 错误[wrong_attribute] 字段 c 的类型 bool 不能有 past
        9 |   c: {type: bool, least: "true", past: true, pattern: phone, label: {zh: 丙, en: C}}
          |                                  ^^^^
          = 建议: past 只用于 date
        demo/thing.yaml:9:34: error[wrong_attribute] field c of type bool cannot have past
        9 |   c: {type: bool, least: "true", past: true, pattern: phone, label: {zh: 丙, en: C}}
          |                                  ^^^^
          = hint: past goes with date
        demo/thing.yaml:9:55: 错误[wrong_attribute] 字段 c 的类型 bool 不能有 pattern
        9 |   c: {type: bool, least: "true", past: true, pattern: phone, label: {zh: 丙, en: C}}
          |                                                       ^^^^^
          = 建议: pattern 只用于 text
        demo/thing.yaml:9:55: error[wrong_attribute] field c of type bool cannot have pattern
        9 |   c: {type: bool, least: "true", past: true, pattern: phone, label: {zh: 丙, en: C}}
          |                                                       ^^^^^
          = hint: pattern goes with text
        demo/thing.yaml:10:28: 错误[unknown_pattern] 没有格式 telephone
        10 |   d: {type: text, pattern: telephone, label: {zh: 丁, en: D}}
           |                            ^^^^^^^^^
          = 建议: 是否想写 phone？
        demo/thing.yaml:10:28: error[unknown_pattern] there is no pattern telephone
        10 |   d: {type: text, pattern: telephone, label: {zh: 丁, en: D}}
           |                            ^^^^^^^^^
          = hint: did you mean phone?
    "#]]
    .assert_eq(&told(&fields));
}

#[test]
fn an_owner_needs_the_list_of_departments() {
    expect![[r#"
        demo/thing.yaml:7:39: 错误[unknown_owner] 写了 owner，却没有代码表 department
        7 |   a: {type: money, fact: true, owner: tax, label: {zh: 甲, en: A}}
          |                                       ^^^
          = 建议: 在 lists 里写 department，列出提供资料的部门。
        demo/thing.yaml:7:39: error[unknown_owner] owner is written, but there is no list department
        7 |   a: {type: money, fact: true, owner: tax, label: {zh: 甲, en: A}}
          |                                       ^^^
          = hint: write a list department of those who supply facts.
    "#]]
    .assert_eq(&thing("a: {type: money, fact: true, owner: tax, label: {zh: 甲, en: A}}", ""));
}

#[test]
fn what_operations_write_may_be_required_and_hidden() {
    let field = "slot: {type: text, required: true, hidden: true, read_only: true, label: {zh: 占用, en: Slot}}";
    assert_eq!(thing(field, ""), "no mistake");
}
