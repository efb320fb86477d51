//! What an author is told when records, lists, extensions, indicators and proofs do not fit together.
mod common;
use common::{BASE, in_demo, mistakes, record, thing};
use expect_test::expect;

#[test]
fn records_that_refer_to_each_other() {
    let two = |name: &str, other: &str, prefix: &str| {
        format!(
            "record: {name}\nlabel: {{zh: 甲, en: A}}\nprefix: {prefix}\ntitle: name\nfields:\n  name: {{type: text, label: {{zh: 名称, en: Name}}}}\n  other: {{type: ref({other}), label: {{zh: 对方, en: Other}}}}\n"
        )
    };
    expect![[r#"
        demo/thing.yaml:7:17: 错误[circle] 记录互相引用成环：left_part → right_part → left_part
        7 |   other: {type: ref(right_part), label: {zh: 对方, en: Other}}
          |                 ^^^^^^^^^^^^^^^
          = 建议: 去掉一个 ref；多对多用一个子记录表示。
        demo/thing.yaml:7:17: error[circle] records refer to each other in a circle: left_part → right_part → left_part
        7 |   other: {type: ref(right_part), label: {zh: 对方, en: Other}}
          |                 ^^^^^^^^^^^^^^^
          = hint: drop one ref; model many-to-many as a child record.
    "#]]
    .assert_eq(&in_demo(&[two("left_part", "right_part", "lp"), two("right_part", "left_part", "rp")].join("---\n")));
}

#[test]
fn children_whose_parent_field_is_not_one() {
    expect![[r#"
        demo/thing.yaml:8:33: 错误[child_field] 子记录的字段 firm 要是必填的 ref(firm)
        8 | child_of: {record: firm, field: firm, name: things}
          |                                 ^^^^
          = 建议: 写作 firm: {type: ref(firm), required: true, …}
        demo/thing.yaml:8:33: error[child_field] the child's field firm must be a required ref(firm)
        8 | child_of: {record: firm, field: firm, name: things}
          |                                 ^^^^
          = hint: write firm: {type: ref(firm), required: true, …}
    "#]]
    .assert_eq(&thing("firm: {type: ref(firm), label: {zh: 企业, en: Firm}}", "child_of: {record: firm, field: firm, name: things}\n"));
}

#[test]
fn children_complete_since_a_field_that_is_no_date_or_is_not_there() {
    let firm = "firm: {type: ref(firm), required: true, label: {zh: 企业, en: Firm}}";
    let since = |field: &str| thing(firm, &format!("child_of: {{record: firm, field: firm, name: things, complete_since: {field}}}\n"));
    expect![[r#"
        demo/thing.yaml:8:69: 错误[complete_since] complete_since 要是 firm 的日期字段，region 不是
        8 | child_of: {record: firm, field: firm, name: things, complete_since: region}
          |                                                                     ^^^^^^
          = 建议: 在 firm 里加一个 {type: date, …} 的字段，写它的名称。
        demo/thing.yaml:8:69: error[complete_since] complete_since must name a date of firm; region is none
        8 | child_of: {record: firm, field: firm, name: things, complete_since: region}
          |                                                                     ^^^^^^
          = hint: add a field {type: date, …} to firm and give its name.
    "#]]
    .assert_eq(&since("region"));
    expect![[r#"
        demo/thing.yaml:8:69: 错误[unknown_field] 没有字段 nothing
        8 | child_of: {record: firm, field: firm, name: things, complete_since: nothing}
          |                                                                     ^^^^^^^
          = 建议: 可用：name, size, region, revenue
        demo/thing.yaml:8:69: error[unknown_field] there is no field nothing
        8 | child_of: {record: firm, field: firm, name: things, complete_since: nothing}
          |                                                                     ^^^^^^^
          = hint: there are: name, size, region, revenue
    "#]]
    .assert_eq(&since("nothing"));
}

#[test]
fn children_named_as_a_field_of_the_parent_and_children_of_children() {
    let firm = "firm: {type: ref(firm), required: true, label: {zh: 企业, en: Firm}}";
    let child = record(firm, "child_of: {record: firm, field: firm, name: revenue}\n");
    let grandchild =
        record("up: {type: ref(thing), required: true, label: {zh: 上级, en: Up}}", "child_of: {record: thing, field: up, name: parts}\n")
            .replace("record: thing\n", "record: part\n")
            .replace("prefix: th", "prefix: pa");
    expect![[r#"
        demo/thing.yaml:8:45: 错误[duplicate] firm 里已有 revenue，子记录集要另取名
        8 | child_of: {record: firm, field: firm, name: revenue}
          |                                             ^^^^^^^
          = 建议: 换 child_of 的 name。
        demo/thing.yaml:8:45: error[duplicate] firm has revenue already; the collection needs another name
        8 | child_of: {record: firm, field: firm, name: revenue}
          |                                             ^^^^^^^
          = hint: change the name in child_of.
        demo/thing.yaml:17:20: 错误[grandchild] thing 自己是子记录，不能再有子记录
        17 | child_of: {record: thing, field: up, name: parts}
           |                    ^^^^^
          = 建议: 把它挂在最上层的记录上。
        demo/thing.yaml:17:20: error[grandchild] thing is a child itself and cannot have children
        17 | child_of: {record: thing, field: up, name: parts}
           |                    ^^^^^
          = hint: hang it under the topmost record.
    "#]]
    .assert_eq(&in_demo(&format!("{child}---\n{grandchild}")));
}

#[test]
fn codes_that_are_wrong_or_below_themselves() {
    let lists = "lists:\n  tree:\n    label: {zh: 树, en: Tree}\n    codes:\n      a: {zh: 甲, en: A, parent: b}\n      b: {zh: 乙, en: B, parent: a}\n      c: {zh: 丙, en: C, parent: x}\n      有: {zh: 有, en: D}\n  none: {label: {zh: 空, en: None}, codes: {}}\n";
    expect![[r#"
        demo/thing.yaml:5:33: 错误[circle] 代码 a 在自己的下级里
        5 |       a: {zh: 甲, en: A, parent: b}
          |                                  ^
          = 建议: 改正 parent。
        demo/thing.yaml:5:33: error[circle] code a lies below itself
        5 |       a: {zh: 甲, en: A, parent: b}
          |                                  ^
          = hint: correct the parent.
        demo/thing.yaml:7:33: 错误[unknown_code] 没有上级代码 x
        7 |       c: {zh: 丙, en: C, parent: x}
          |                                  ^
          = 建议: 可用：a, b, c, 有
        demo/thing.yaml:7:33: error[unknown_code] there is no parent code x
        7 |       c: {zh: 丙, en: C, parent: x}
          |                                  ^
          = hint: there are: a, b, c, 有
        demo/thing.yaml:8:7: 错误[bad_code] 代码 有 的写法不对
        8 |       有: {zh: 有, en: D}
          |       ^^
          = 建议: 代码用英文字母、数字、_、- 和 .，最长 40；中文写在标签里。
        demo/thing.yaml:8:7: error[bad_code] code 有 is not written as a code
        8 |       有: {zh: 有, en: D}
          |       ^^
          = hint: codes are letters, digits, _, - and ., at most 40; Chinese goes into the label.
        demo/thing.yaml:9:3: 错误[no_codes] 代码表 none 没有代码
        9 |   none: {label: {zh: 空, en: None}, codes: {}}
          |   ^^^^
          = 建议: 写作 codes: {micro: {zh: 微型, en: Micro}}
        demo/thing.yaml:9:3: error[no_codes] list none has no codes
        9 |   none: {label: {zh: 空, en: None}, codes: {}}
          |   ^^^^
          = hint: write codes: {micro: {zh: 微型, en: Micro}}
    "#]]
    .assert_eq(&in_demo(lists));
}

#[test]
fn a_list_and_a_record_that_exist_already() {
    let again = "lists: {size: {label: {zh: 规模, en: Size}, codes: {a: {zh: 甲, en: A}}}}\n---\nrecord: firm\nlabel: {zh: 企业, en: Firm}\nprefix: fx\ntitle: name\nfields: {name: {type: text, label: {zh: 名称, en: Name}}}\n";
    expect![[r#"
        demo/thing.yaml:1:9: 错误[duplicate] 代码表 size 已经有了
        1 | lists: {size: {label: {zh: 规模, en: Size}, codes: {a: {zh: 甲, en: A}}}}
          |         ^^^^
          = 建议: 换一个名称；要补充别的包的内容，用 extend 或 lists 的 add。
        demo/thing.yaml:1:9: error[duplicate] list size exists already
        1 | lists: {size: {label: {zh: 规模, en: Size}, codes: {a: {zh: 甲, en: A}}}}
          |         ^^^^
          = hint: give it another name; to add to another pack's, use extend or add of lists.
        demo/thing.yaml:3:9: 错误[duplicate] 记录类型 firm 已经有了
        3 | record: firm
          |         ^^^^
          = 建议: 换一个名称；要补充别的包的内容，用 extend 或 lists 的 add。
        demo/thing.yaml:3:9: error[duplicate] record type firm exists already
        3 | record: firm
          |         ^^^^
          = hint: give it another name; to add to another pack's, use extend or add of lists.
    "#]]
    .assert_eq(&in_demo(again));
}

#[test]
fn an_extension_that_replaces() {
    let extend =
        "extend: firm\nadd: {size: {type: int, label: {zh: 规模, en: Size}}}\nrelabel: {sise: {zh: 规模, en: Size}}\nhide: [name]\n";
    let head = "pack: more\nlabel: {zh: 补充, en: More}\nversion: \"1\"\nuses: [demo]\n";
    expect![[r#"
        more/firm.yaml:2:7: 错误[extend_replaces] extend 不能替换已有的字段 size
        2 | add: {size: {type: int, label: {zh: 规模, en: Size}}}
          |       ^^^^
          = 建议: 用另一个名称 add，或用 relabel 改显示名。
        more/firm.yaml:2:7: error[extend_replaces] extend cannot replace the field size that is there
        2 | add: {size: {type: int, label: {zh: 规模, en: Size}}}
          |       ^^^^
          = hint: add it under another name, or relabel it.
        more/firm.yaml:3:11: 错误[unknown_field] 没有字段 sise
        3 | relabel: {sise: {zh: 规模, en: Size}}
          |           ^^^^
          = 建议: 是否想写 size？
        more/firm.yaml:3:11: error[unknown_field] there is no field sise
        3 | relabel: {sise: {zh: 规模, en: Size}}
          |           ^^^^
          = hint: did you mean size?
        more/firm.yaml:4:8: 错误[hide_required] 字段 name 必填，不能隐藏
        4 | hide: [name]
          |        ^^^^
          = 建议: 隐藏后没有人能填写它；请给它 default。
        more/firm.yaml:4:8: error[hide_required] field name is required and cannot be hidden
        4 | hide: [name]
          |        ^^^^
          = hint: nobody could fill it in any more; give it a default.
    "#]]
    .assert_eq(&mistakes(&[("demo/base.yaml", BASE), ("more/pack.yaml", head), ("more/firm.yaml", extend)]));
}

#[test]
fn an_extension_of_what_is_ones_own_or_not_there() {
    expect![[r#"
        demo/thing.yaml:1:9: 错误[extend_own] firm 是本包自己的记录
        1 | extend: firm
          |         ^^^^
          = 建议: 直接改它的 record。
        demo/thing.yaml:1:9: error[extend_own] firm is a record of this pack itself
        1 | extend: firm
          |         ^^^^
          = hint: edit its record instead.
        demo/thing.yaml:4:9: 错误[unknown_record] 没有记录类型 shop
        4 | extend: shop
          |         ^^^^
          = 建议: 可用：firm
        demo/thing.yaml:4:9: error[unknown_record] there is no record type shop
        4 | extend: shop
          |         ^^^^
          = hint: there are: firm
        demo/thing.yaml:7:9: 错误[unknown_list] 没有代码表 colour
        7 | lists: {colour: {add: {red: {zh: 红, en: Red}}}}
          |         ^^^^^^
          = 建议: 可用：region, size
        demo/thing.yaml:7:9: error[unknown_list] there is no list colour
        7 | lists: {colour: {add: {red: {zh: 红, en: Red}}}}
          |         ^^^^^^
          = hint: there are: region, size
    "#]]
    .assert_eq(&in_demo(
        "extend: firm\nhide: [size]\n---\nextend: shop\nhide: [size]\n---\nlists: {colour: {add: {red: {zh: 红, en: Red}}}}\n",
    ));
}

#[test]
fn serving_without_proof() {
    expect![[r#"
        demo/thing.yaml:7:10: 错误[no_proof] thing 声明服务于 S66，却没有 proof
        7 | serves: [S66]
          |          ^^^
          = 建议: 写出证明它的场景、数字、测试或旅程，如 proof: ["figure:F185"]
        demo/thing.yaml:7:10: error[no_proof] thing says it serves S66 without proof
        7 | serves: [S66]
          |          ^^^
          = hint: name the scenario, figure, test or journey that proves it, as proof: ["figure:F185"]
    "#]]
    .assert_eq(&thing("", "serves: [S66]\n"));
}

#[test]
fn proof_and_systems_of_the_wrong_form() {
    expect![[r#"
        demo/thing.yaml:7:10: 错误[bad_serves] 66 不是系统编号
        7 | serves: [66]
          |          ^^
          = 建议: 写作 S66
        demo/thing.yaml:7:10: error[bad_serves] 66 is not the number of a system
        7 | serves: [66]
          |          ^^
          = hint: write S66
        demo/thing.yaml:8:9: 错误[bad_proof] 看不懂证明 surely
        8 | proof: [surely, "figure:F999"]
          |         ^^^^^^
          = 建议: 写作 scenario:、figure:、test: 或 journey: 加名称
        demo/thing.yaml:8:9: error[bad_proof] proof surely cannot be read
        8 | proof: [surely, "figure:F999"]
          |         ^^^^^^
          = hint: write scenario:, figure:, test: or journey: and its name
        demo/thing.yaml:8:17: 错误[unknown_figure] 没有由指标重算的数字 F999
        8 | proof: [surely, "figure:F999"]
          |                 ^^^^^^^^^^^^^
          = 建议: 这里还没有任何由指标重算的数字
        demo/thing.yaml:8:17: error[unknown_figure] there is no recomputed figure F999
        8 | proof: [surely, "figure:F999"]
          |                 ^^^^^^^^^^^^^
          = hint: there is no recomputed figure at all yet
    "#]]
    .assert_eq(&thing("", "serves: [66]\nproof: [surely, \"figure:F999\"]\n"));
}

#[test]
fn an_indicator_that_counts_nothing_there_is() {
    let indicator = "indicators:\n  turnover: {label: {zh: 营收, en: Turnover}, definition: {zh: 营收之和, en: Sum}, unit: {zh: 元, en: yuan}, record: firm, sum: name, by: name, figures: [185]}\n  shops: {label: {zh: 店, en: Shops}, definition: {zh: 店数, en: Number}, unit: {zh: 家, en: shops}, record: shop}\n";
    expect![[r#"
        demo/thing.yaml:2:122: 错误[unfit_field] 字段 name 不能相加
        2 |   turnover: {label: {zh: 营收, en: Turnover}, definition: {zh: 营收之和, en: Sum}, unit: {zh: 元, en: yuan}, record: firm, sum: name, by: name, figures: [185]}
          |                                                                                                                                 ^^^^
          = 建议: 相加的是整数、金额、面积；比例不能相加
        demo/thing.yaml:2:122: error[unfit_field] field name does not add up
        2 |   turnover: {label: {zh: 营收, en: Turnover}, definition: {zh: 营收之和, en: Sum}, unit: {zh: 元, en: yuan}, record: firm, sum: name, by: name, figures: [185]}
          |                                                                                                                                 ^^^^
          = hint: whole numbers, money and areas add up; ratios do not
        demo/thing.yaml:2:132: 错误[unfit_field] 不能按字段 name 分组
        2 |   turnover: {label: {zh: 营收, en: Turnover}, definition: {zh: 营收之和, en: Sum}, unit: {zh: 元, en: yuan}, record: firm, sum: name, by: name, figures: [185]}
          |                                                                                                                                           ^^^^
          = 建议: 按代码、引用或是否分组
        demo/thing.yaml:2:132: error[unfit_field] field name does not split
        2 |   turnover: {label: {zh: 营收, en: Turnover}, definition: {zh: 营收之和, en: Sum}, unit: {zh: 元, en: yuan}, record: firm, sum: name, by: name, figures: [185]}
          |                                                                                                                                           ^^^^
          = hint: split by a code, a ref or a boolean
        demo/thing.yaml:2:148: 错误[bad_figure] 185 不是数字的编号
        2 |   turnover: {label: {zh: 营收, en: Turnover}, definition: {zh: 营收之和, en: Sum}, unit: {zh: 元, en: yuan}, record: firm, sum: name, by: name, figures: [185]}
          |                                                                                                                                                           ^^^
          = 建议: 写作 F185
        demo/thing.yaml:2:148: error[bad_figure] 185 is not the number of a figure
        2 |   turnover: {label: {zh: 营收, en: Turnover}, definition: {zh: 营收之和, en: Sum}, unit: {zh: 元, en: yuan}, record: firm, sum: name, by: name, figures: [185]}
          |                                                                                                                                                           ^^^
          = hint: write F185
        demo/thing.yaml:3:106: 错误[unknown_record] 没有记录类型 shop
        3 |   shops: {label: {zh: 店, en: Shops}, definition: {zh: 店数, en: Number}, unit: {zh: 家, en: shops}, record: shop}
          |                                                                                                              ^^^^
          = 建议: 可用：firm
        demo/thing.yaml:3:106: error[unknown_record] there is no record type shop
        3 |   shops: {label: {zh: 店, en: Shops}, definition: {zh: 店数, en: Number}, unit: {zh: 家, en: shops}, record: shop}
          |                                                                                                              ^^^^
          = hint: there are: firm
    "#]].assert_eq(&in_demo(indicator));
}
