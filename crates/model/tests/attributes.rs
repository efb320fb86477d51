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
