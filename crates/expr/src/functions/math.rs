//! Functions over numbers beyond standard CEL, as the CEL project's libraries have them.
use super::{Function, MANY, free};
use crate::dynamic::math;

pub const TABLE: &[Function] = &[
    free(
        "math.greatest",
        (1, MANY),
        "math.greatest(a, b, …)",
        ["最大的，也可给列表", "the greatest, also of a list"],
        ["math.greatest(1, 2.5, 2u)", "2.5"],
        math::greatest,
    ),
    free(
        "math.least",
        (1, MANY),
        "math.least(a, b, …)",
        ["最小的，也可给列表", "the least, also of a list"],
        ["math.least([3, 1, 2])", "1"],
        math::least,
    ),
    free("math.ceil", (1, 1), "math.ceil(x)", ["向上取整", "rounded up"], ["math.ceil(1.2)", "2.0"], math::ceil),
    free("math.floor", (1, 1), "math.floor(x)", ["向下取整", "rounded down"], ["math.floor(-1.2)", "-2.0"], math::floor),
    free("math.round", (1, 1), "math.round(x)", ["四舍五入", "rounded, a half away from zero"], ["math.round(2.5)", "3.0"], math::round),
    free("math.trunc", (1, 1), "math.trunc(x)", ["向零取整", "rounded towards zero"], ["math.trunc(-1.7)", "-1.0"], math::trunc),
    free("math.abs", (1, 1), "math.abs(a)", ["绝对值", "without its sign"], ["math.abs(-3)", "3"], math::abs),
    free("math.sign", (1, 1), "math.sign(a)", ["符号：-1、0、1", "its sign: -1, 0 or 1"], ["math.sign(-3)", "-1"], math::sign),
    free("math.sqrt", (1, 1), "math.sqrt(a)", ["平方根", "the square root"], ["math.sqrt(49)", "7.0"], math::sqrt),
    free("math.isNaN", (1, 1), "math.isNaN(x)", ["不是数", "is not a number"], ["math.isNaN(0.0 / 0.0)", "true"], math::is_nan),
    free("math.isInf", (1, 1), "math.isInf(x)", ["无穷大", "is infinite"], ["math.isInf(1.0 / 0.0)", "true"], math::is_inf),
    free(
        "math.isFinite",
        (1, 1),
        "math.isFinite(x)",
        ["是有限的数", "is a finite number"],
        ["math.isFinite(1.5)", "true"],
        math::is_finite,
    ),
    free("math.bitAnd", (2, 2), "math.bitAnd(a, b)", ["按位与", "bits of both"], ["math.bitAnd(6, 3)", "2"], math::bit_and),
    free("math.bitOr", (2, 2), "math.bitOr(a, b)", ["按位或", "bits of either"], ["math.bitOr(6, 3)", "7"], math::bit_or),
    free("math.bitXor", (2, 2), "math.bitXor(a, b)", ["按位异或", "bits of one alone"], ["math.bitXor(6, 3)", "5"], math::bit_xor),
    free("math.bitNot", (1, 1), "math.bitNot(a)", ["按位取反", "the other bits"], ["math.bitNot(1)", "-2"], math::bit_not),
    free(
        "math.bitShiftLeft",
        (2, 2),
        "math.bitShiftLeft(a, n)",
        ["左移", "moved left"],
        ["math.bitShiftLeft(1, 4)", "16"],
        math::bit_shift_left,
    ),
    free(
        "math.bitShiftRight",
        (2, 2),
        "math.bitShiftRight(a, n)",
        ["右移，左边补零", "moved right, filled with zeros"],
        ["math.bitShiftRight(16, 2)", "4"],
        math::bit_shift_right,
    ),
];
