//! Values that may be absent.
use super::{Function, free, method};
use crate::dynamic::optional;

pub const TABLE: &[Function] = &[
    free(
        "optional.of",
        (1, 1),
        "optional.of(a)",
        ["有值的可缺值", "an optional value that is there"],
        ["optional.of(1).value()", "1"],
        optional::of,
    ),
    free(
        "optional.none",
        (0, 0),
        "optional.none()",
        ["没有值的可缺值", "an optional value that is absent"],
        ["optional.none().hasValue()", "false"],
        optional::none,
    ),
    free(
        "optional.ofNonZeroValue",
        (1, 1),
        "optional.ofNonZeroValue(a)",
        ["零、空和 null 作为没有", "absent if it is zero, empty or null"],
        ["optional.ofNonZeroValue(\"\").hasValue()", "false"],
        optional::of_non_zero,
    ),
    method("hasValue", (1, 1), "a.hasValue()", ["有值", "it is there"], ["optional.of(1).hasValue()", "true"], optional::has_value),
    method("value", (1, 1), "a.value()", ["取值，没有是错误", "the value; an error if absent"], ["[5][?0].value()", "5"], optional::value),
    method("orValue", (2, 2), "a.orValue(b)", ["没有时取 b", "b if it is absent"], ["[5][?3].orValue(6)", "6"], optional::or_value),
    method(
        "or",
        (2, 2),
        "a.or(b)",
        ["没有时取可缺值 b", "the optional value b if it is absent"],
        ["optional.none().or(optional.of(1)).value()", "1"],
        optional::or,
    ),
];
