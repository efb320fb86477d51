//! Operators and macros, for the manual: forms of the grammar that are no functions.

/// A form as authors see it; as [`super::Function`].
pub struct Form {
    pub signature: &'static str,
    pub about: [&'static str; 2],
    pub example: [&'static str; 2],
    pub in_rules: bool,
    pub over_bare_values: bool,
}

const fn both(signature: &'static str, about: [&'static str; 2], example: [&'static str; 2]) -> Form {
    Form { signature, about, example, in_rules: true, over_bare_values: true }
}

const fn bare(signature: &'static str, about: [&'static str; 2], example: [&'static str; 2]) -> Form {
    Form { signature, about, example, in_rules: false, over_bare_values: true }
}

const fn rules(signature: &'static str, about: [&'static str; 2], example: [&'static str; 2]) -> Form {
    Form { signature, about, example, in_rules: true, over_bare_values: false }
}

pub const FORMS: &[Form] = &[
    both(
        "a && b, a || b, !a",
        [
            "并且、或者、否定；一边已能定论时，另一边未知或出错不影响结果",
            "and, or, not; where one side decides, it does not matter that the other is unknown or fails",
        ],
        ["dishonest == true && employees / 0 > 1", "false"],
    ),
    both("c ? a : b", ["如果 c 则 a，否则 b", "a if c holds, else b"], ["employees > 50 ? 2 : 1", "2"]),
    both("a == b, !=, <, <=, >, >=", ["比较；规则里单位要相同", "comparisons; in rules of like units only"], ["employees >= 100", "true"]),
    both(
        "a + b, -, *, /, %, -a",
        [
            "加减乘除、余数、取负；溢出和除以零在规则里为未知，在其他表达式里为错误",
            "arithmetic; overflow and division by zero are unknown in a rule and an error elsewhere",
        ],
        ["employees * 3 / 2 - 1", "149"],
    ),
    both(
        "a in b",
        ["在列表、一组代码或映射的键里", "is in a list, a set of codes or the keys of a map"],
        ["size_class in [\"small\", \"micro\"]", "true"],
    ),
    both(
        "list.exists(x, p)",
        ["有一项满足 p", "p holds for one at least"],
        ["patents.exists(x, x.kind == \"invention\" && x.own == true)", "true"],
    ),
    both("list.all(x, p)", ["每一项都满足 p", "p holds for all"], ["patents.all(x, x.fee > yuan(0))", "true"]),
    both("list.exists_one(x, p)", ["恰有一项满足 p", "p holds for exactly one"], ["patents.exists_one(x, x.own == true)", "true"]),
    both("list.filter(x, p)", ["满足 p 的各项", "those for which p holds"], ["patents.filter(x, x.own == true).size()", "1"]),
    rules(
        "records.map(x, e).sum()",
        ["各子记录的 e 之和；另有 mean、min、max", "the sum of e over child records; also mean, min, max"],
        ["patents.map(x, x.fee).sum()", "150000"],
    ),
    rules(
        "records.sum(x, e)",
        ["同 map(x, e).sum()；另有 mean、min、max", "the same as map(x, e).sum(); also mean, min, max"],
        ["patents.filter(x, x.own).sum(x, x.fee)", "90000"],
    ),
    bare(
        "list.map(x, e), list.map(x, p, e)",
        ["各项的 e，可只取满足 p 的", "e for each, or for those for which p holds"],
        ["[1, 2, 3].map(x, x > 1, x * x)", "[4, 9]"],
    ),
    bare("has(a.b)", ["映射里有这个键", "the map has that key"], ["has({\"a\": 1}.a) && !has({\"a\": 1}.b)", "true"]),
    bare(
        "list.all(i, x, p), exists, exists_one",
        ["两个变量：列表的位置和值，或映射的键和值", "with two variables: position and value of a list, key and value of a map"],
        ["[3, 4].all(i, x, x == i + 3)", "true"],
    ),
    bare(
        "list.transformList(i, x, e), (i, x, p, e)",
        ["用两个变量算出的列表", "a list computed with two variables"],
        ["{\"a\": 1, \"b\": 2}.transformList(k, v, v > 1, k)", "[\"b\"]"],
    ),
    bare(
        "map.transformMap(k, v, e), transformMapEntry",
        ["用两个变量算出的映射", "a map computed with two variables"],
        ["{\"a\": 1}.transformMap(k, v, v + 1)", "{\"a\": 2}"],
    ),
    bare(
        "a[b], a.b",
        ["列表的第几项（从 0 起）、映射的键对应的值", "an element of a list from 0, or the value of a map's key"],
        ["{\"a\": [7, 8]}.a[1]", "8"],
    ),
    bare(
        "a[?b], a.?b, [?a], {?k: a}",
        ["可缺的值，见 optional.of", "values that may be absent, see optional.of"],
        ["{\"a\": 1}.?b.orValue(0)", "0"],
    ),
    bare("cel.bind(x, a, e)", ["以 x 表示 a 计算 e", "e with a as x"], ["cel.bind(x, 3, x * x)", "9"]),
    bare("1, 1u, 1.0, \"a\", b\"a\", [a], {k: a}, null", ["各种值", "values"], ["{\"a\": [1u, 1.5, null]}", "{\"a\": [1, 1.5, null]}"]),
];
