//! Functions that policies need beyond comparing: steps, periods between days, reference data, completeness.
use super::{Call, Function, MANY, form, method_free};
use crate::check::calls;
use crate::check::{openness, reference, steps};
use crate::row::calls as row;
use crate::row::steps as row_steps;
use crate::sql::calls as sql;
use crate::sql::steps as sql_steps;

pub const FLOOR_TO: Function = method_free(
    "floor_to",
    (2, 2),
    "floor_to(amount, wan(1))",
    ["向下取整到步长的倍数；步长不大于零时未知", "rounded down to a multiple of the step; unknown unless the step is above zero"],
    ["floor_to(yuan(12345), yuan(100))", "1230000"],
    steps::floor_to,
    Call { row: row_steps::floor_to, sql: sql_steps::floor_to, sentence: ["{0}（按{1}向下取整）", "{0}, rounded down to {1}"] },
)
.over(row_steps::floor_to);

pub const BANDS: Function = method_free(
    "bands",
    (4, MANY),
    "bands(revenue, yuan(0), wan(1000), wan(10), wan(5000), wan(50))",
    [
        "按数值分档：低于第一个起点取第二项，达到起点（含）取其后的值；起点从小到大",
        "by bands: the second argument below the first start, else the value after the last start that is reached; starts ascend",
    ],
    ["bands(employees, 0, 100, 1, 300, 2)", "1"],
    steps::stepped,
    Call { row: row_steps::bands, sql: sql_steps::bands, sentence: ["{all}", "{all}"] },
)
.over(row_steps::bands);

pub const TIERS: Function = method_free(
    "tiers",
    (4, MANY),
    "tiers(revenue, wan(10), wan(1000), wan(50), wan(5000), wan(100))",
    [
        "按数值分档：不超过第一个上限（含）取第二项，依此类推，超过最后一个上限取末项；上限从小到大",
        "by tiers: the second argument up to the first limit, and so on, the last one above the last limit; limits ascend and belong to their tier",
    ],
    ["tiers(employees, 1, 100, 2, 300, 3)", "1"],
    steps::stepped,
    Call { row: row_steps::tiers, sql: sql_steps::tiers, sentence: ["{all}", "{all}"] },
)
.over(row_steps::tiers);

pub const MONTHS_BETWEEN: Function = method_free(
    "months_between",
    (2, 2),
    "months_between(established, date(\"2026-06-30\"))",
    ["从前一日到后一日的满月数，规则同 months_since", "full months from the first day to the second, by the rule of months_since"],
    ["months_between(date(\"2024-01-31\"), date(\"2024-02-29\"))", "1"],
    steps::between,
    Call {
        row: row_steps::months_between, sql: sql_steps::months_between, sentence: ["{0}到{1}的满月数", "full months from {0} to {1}"]
    },
)
.over(row_steps::months_between);

pub const YEARS_BETWEEN: Function = method_free(
    "years_between",
    (2, 2),
    "years_between(established, date(\"2026-06-30\"))",
    ["从前一日到后一日的周年数，规则同 years_since", "full years from the first day to the second, by the rule of years_since"],
    ["years_between(established, date(\"2026-02-28\"))", "5"],
    steps::between,
    Call {
        row: row_steps::years_between, sql: sql_steps::years_between, sentence: ["{0}到{1}的周年数", "full years from {0} to {1}"]
    },
)
.over(row_steps::years_between);

pub const ADD_MONTHS: Function = method_free(
    "add_months",
    (2, 2),
    "add_months(established, 36)",
    [
        "某日之后若干个月的对应日，没有对应日的到月末；负数为之前",
        "the same day that many months later, or the last day of a shorter month; before it if negative",
    ],
    ["add_months(date(\"2024-01-31\"), 1)", "2024-02-29"],
    steps::add_months,
    Call { row: row_steps::add_months, sql: sql_steps::add_months, sentence: ["{0}之后{1}", "{1} after {0}"] },
)
.over(row_steps::add_months);

pub const MAX_YEARS: Function = method_free(
    "max_years",
    (3, 3),
    "max_years(revenue, -2, 0)",
    ["从第一年到最后一年的最高值；缺一年即未知", "the highest from the first to the last year; unknown if one is missing"],
    ["max_years(revenue, -1, 0)", "100000000"],
    calls::years,
    Call { row: row::max, sql: sql::max, sentence: ["{0}近 {n} 年最高值", "the {n}-year high of {0}"] },
);

pub const MIN_YEARS: Function = method_free(
    "min_years",
    (3, 3),
    "min_years(revenue, -2, 0)",
    ["从第一年到最后一年的最低值；缺一年即未知", "the lowest from the first to the last year; unknown if one is missing"],
    ["min_years(revenue, -1, 0)", "80000000"],
    calls::years,
    Call { row: row::min, sql: sql::min, sentence: ["{0}近 {n} 年最低值", "the {n}-year low of {0}"] },
);

pub const FIRST_REACH: Function = method_free(
    "first_reach",
    (2, 2),
    "first_reach(revenue, yi(1))",
    [
        "评价年度达到而此前十年都没有达到；没有填报的年度，只有企业当年还没有成立才放过，否则未知",
        "reached in the judged year and in none of the ten before; a year not on file is passed over only if the firm was not founded yet, else unknown",
    ],
    ["first_reach(revenue, wan(50))", "false"],
    steps::first_reach,
    Call {
        row: row_steps::first_reach, sql: sql_steps::first_reach, sentence: ["{3}首次达到{0}", "{3} reaches {0} for the first time"]
    },
);

pub const PARAM: Function = form(
    "param",
    (1, 2),
    "param(\"minimum_wage\")",
    [
        "按地区和日期的参数，取最具体的一条；可再给一个代码；没有数据即未知",
        "a parameter by region and day, the most specific row; a code may follow; unknown without a row",
    ],
    ["param(\"unit_subsidy\", size_class)", "50000"],
    reference::param,
);

pub const LISTED: Function = form(
    "listed",
    (2, 2),
    "listed(\"key_industries\", industry)",
    [
        "代码在当日有效的名单里，或在其下；当日没有名单即未知",
        "the code is on the list of the day, or below a code of it; unknown where no list holds",
    ],
    ["listed(\"key_industries\", industry)", "true"],
    reference::listed,
);

pub const COMPLETE: Function = form(
    "complete",
    (1, 1),
    "complete(leases)",
    [
        "这组记录自企业成立起已登记齐全；不能确定即未知",
        "the collection is complete since the firm was founded; unknown where that is not sure",
    ],
    ["complete(leases)", "true"],
    openness::complete,
);
