//! The functions of the language: one row of the table each.
//!
//! Typing, row meaning, SQL, sentence, documentation and example follow from the row; a test walks the table and holds
//! row and SQL to the example. To add a function, add a row; the columns back end needs nothing. A function of CEL that
//! SQL and columns do not carry has a meaning over bare values alone: it is refused when a rule is typed.
mod forms;
mod math;
mod optional;
mod policies;
mod standard;
mod text;
mod time;

pub use forms::{FORMS, Form};

use crate::check::Checker;
use crate::check::calls::{self, Site};
use crate::dynamic::{field, texts};
use crate::row::Context;
use crate::row::calls as row;
use crate::sql::calls as sql;
use crate::sql::{Lowering, Refusal};
use crate::typed::Node;
use crate::value::Value;

/// A function as authors see it and as the back ends compute it.
pub struct Function {
    pub name: &'static str,
    /// Written after its first argument: `name.startsWith("湘")`.
    pub method: bool,
    /// Least and most arguments, the target of a method included.
    pub arity: (usize, usize),
    pub signature: &'static str,
    /// What it says, in Chinese and English.
    pub about: [&'static str; 2],
    /// An expression over the example record of the documentation, and its value as printed.
    pub example: [&'static str; 2],
    pub(crate) typing: fn(&mut Checker<'_>, &Site<'_>) -> Option<Node>,
    /// How a [`crate::typed::Kind::Call`] is computed and said; none for forms that become another kind of node.
    pub(crate) call: Option<Call>,
    /// Its meaning over bare values, of which none is an error; none for what only a record has.
    pub(crate) dynamic: Option<Meaning>,
    /// Whether rules may use it; else it has a meaning over bare values alone.
    pub in_rules: bool,
}

pub(crate) type Meaning = fn(&[Value], &Context) -> Value;

impl Function {
    /// Whether it needs the record that a rule speaks about.
    pub fn needs_record(&self) -> bool {
        self.dynamic.is_none()
    }

    const fn over(self, meaning: Meaning) -> Function {
        Function { dynamic: Some(meaning), ..self }
    }
}

type Sql = fn(&mut Lowering<'_>, &[Node], Vec<String>) -> Result<String, Refusal>;

pub(crate) struct Call {
    /// Over known values only: an unknown argument makes the call unknown, except where the function [`chooses`].
    pub row: Meaning,
    /// Over lowered arguments; null where one is unknown.
    pub sql: Sql,
    /// Chinese and English with `{0}`, `{1}`, `{n}` (the number of arguments) and `{all}`.
    pub sentence: [&'static str; 2],
}

/// All functions: those of rules, then those over bare values alone.
pub fn all() -> impl Iterator<Item = &'static Function> {
    [TABLE, standard::TABLE, time::TABLE, text::TABLE, math::TABLE, optional::TABLE].into_iter().flatten()
}

/// The function of that name and style.
pub fn find(name: &str, method: bool) -> Option<&'static Function> {
    all().find(|f| f.name == name && f.method == method)
}

/// The meaning of a call node.
pub(crate) fn meaning(name: &str) -> Option<&'static Call> {
    TABLE.iter().filter(|f| f.name == name).find_map(|f| f.call.as_ref())
}

const fn form(
    name: &'static str,
    arity: (usize, usize),
    signature: &'static str,
    about: [&'static str; 2],
    example: [&'static str; 2],
    typing: fn(&mut Checker<'_>, &Site<'_>) -> Option<Node>,
) -> Function {
    Function { name, method: false, arity, signature, about, example, typing, call: None, dynamic: None, in_rules: true }
}

const fn method_free(
    name: &'static str,
    arity: (usize, usize),
    signature: &'static str,
    about: [&'static str; 2],
    example: [&'static str; 2],
    typing: fn(&mut Checker<'_>, &Site<'_>) -> Option<Node>,
    call: Call,
) -> Function {
    Function { name, method: false, arity, signature, about, example, typing, call: Some(call), dynamic: None, in_rules: true }
}

/// A function of CEL that rules may not use.
const fn free(
    name: &'static str,
    arity: (usize, usize),
    signature: &'static str,
    about: [&'static str; 2],
    example: [&'static str; 2],
    meaning: Meaning,
) -> Function {
    let method = false;
    let (call, dynamic, in_rules) = (None, Some(meaning), false);
    Function { name, method, arity, signature, about, example, typing: calls::not_carried, call, dynamic, in_rules }
}

/// As [`free`], written after its first argument.
const fn method(
    name: &'static str,
    arity: (usize, usize),
    signature: &'static str,
    about: [&'static str; 2],
    example: [&'static str; 2],
    meaning: Meaning,
) -> Function {
    Function { method: true, ..free(name, arity, signature, about, example, meaning) }
}

/// Functions that choose among their arguments: one that is not chosen may be unknown.
pub(crate) fn chooses(name: &str) -> bool {
    matches!(name, "bands" | "tiers" | "first_reach")
}

const MANY: usize = 64;

const TABLE: &[Function] = &[
    form("yuan", (1, 1), "yuan(500.5)", ["金额，元", "an amount in yuan"], ["yuan(12.5)", "1250"], calls::number)
        .over(|a, _| field::measure("yuan", a)),
    form("wan", (1, 1), "wan(2000)", ["金额，万元", "an amount in ten thousand yuan"], ["wan(2)", "2000000"], calls::number)
        .over(|a, _| field::measure("wan", a)),
    form("yi", (1, 1), "yi(1.5)", ["金额，亿元", "an amount in hundred million yuan"], ["yi(1.5)", "15000000000"], calls::number)
        .over(|a, _| field::measure("yi", a)),
    form(
        "percent",
        (1, 1),
        "percent(2.5)",
        ["百分比，至多两位小数", "a percentage with at most two places"],
        ["percent(2.5)", "250"],
        calls::number,
    )
    .over(|a, _| field::measure("percent", a)),
    form(
        "mu",
        (1, 1),
        "mu(50)",
        ["面积，亩（三亩为 2,000 平方米，四舍五入到平方米）", "an area in mu (three are 2,000 m²; rounded to the square metre)"],
        ["mu(1)", "667"],
        calls::number,
    )
    .over(|a, _| field::measure("mu", a)),
    form("hectare", (1, 1), "hectare(2)", ["面积，公顷", "an area in hectares"], ["hectare(2)", "20000"], calls::number)
        .over(|a, _| field::measure("hectare", a)),
    form(
        "square_metres",
        (1, 1),
        "square_metres(800)",
        ["面积，平方米", "an area in square metres"],
        ["square_metres(800)", "800"],
        calls::number,
    )
    .over(|a, _| field::measure("square_metres", a)),
    form("tce", (1, 1), "tce(1000)", ["能耗，吨标准煤", "energy in tonnes of coal equivalent"], ["tce(1.5)", "1500"], calls::number)
        .over(|a, _| field::measure("tce", a)),
    form("date", (1, 1), "date(\"2024-01-01\")", ["一天", "a day"], ["date(\"1970-01-02\")", "1970-01-02"], calls::date).over(field::date),
    form(
        "known",
        (1, 1),
        "known(revenue)",
        ["是否已知；本身不会未知", "whether it is on file; never unknown itself"],
        ["known(energy)", "false"],
        calls::known,
    ),
    form("has", (1, 1), "has(revenue)", ["同 known", "the same as known"], ["has(revenue)", "true"], calls::known),
    form(
        "within",
        (2, MANY),
        "within(industry, \"26\", \"C\")",
        ["代码等于其中之一或在其下", "the code is one of these or lies below it"],
        ["within(industry, \"C\")", "true"],
        calls::within,
    ),
    form(
        "at_least",
        (2, MANY),
        "at_least(2, a, b, c)",
        ["其中至少 n 项成立", "at least n of them hold"],
        ["at_least(2, true, false, known(revenue))", "true"],
        calls::at_least,
    ),
    form("size", (1, 1), "size(certs)", ["有几个代码或几条子记录", "how many codes or child records"], ["size(certs)", "2"], calls::size)
        .over(texts::size),
    Function {
        name: "at",
        method: true,
        arity: (2, 2),
        signature: "revenue.at(-1)",
        about: ["相对评价年度的另一年", "another year, counted from the judged one"],
        example: ["revenue.at(-1)", "80000000"],
        typing: calls::at,
        call: None,
        dynamic: None,
        in_rules: true,
    },
    Function {
        name: "growth",
        method: false,
        arity: (1, 1),
        signature: "growth(revenue)",
        about: [
            "比上年增长的比例，向零取整到基点；上年没有填报或不大于零时未知",
            "growth over the year before in basis points, truncated; unknown if the year before is not on file or not positive",
        ],
        example: ["growth(revenue)", "2500"],
        typing: calls::growth,
        call: Some(Call { row: row::growth, sql: sql::growth, sentence: ["{0}增长率", "growth of {0}"] }),
        dynamic: None,
        in_rules: true,
    },
    Function {
        name: "ratio",
        method: false,
        arity: (2, 2),
        signature: "ratio(rd_spend, revenue)",
        about: [
            "甲占乙的比例，向零取整到基点；乙不大于零时未知",
            "a as a part of b in basis points, truncated; unknown unless b is positive",
        ],
        example: ["ratio(wan(1), wan(3))", "3333"],
        typing: calls::ratio,
        call: Some(Call { row: row::ratio, sql: sql::ratio, sentence: ["{0}与{1}之比", "{0} as a share of {1}"] }),
        dynamic: Some(row::ratio),
        in_rules: true,
    },
    Function {
        name: "share",
        method: false,
        arity: (2, 2),
        signature: "share(revenue, percent(3))",
        about: ["数量的百分之几，向零取整", "a percentage of a quantity, truncated"],
        example: ["share(revenue, percent(3))", "3000000"],
        typing: calls::share,
        call: Some(Call { row: row::share, sql: sql::share, sentence: ["{0}的{1}", "{1} of {0}"] }),
        dynamic: Some(row::share),
        in_rules: true,
    },
    Function {
        name: "sum_years",
        method: false,
        arity: (3, 3),
        signature: "sum_years(revenue, -2, 0)",
        about: [
            "从第一年到最后一年的和，年度从评价年度算起；缺一年即未知",
            "sum from the first to the last year, counted from the judged one; unknown if one is missing",
        ],
        example: ["sum_years(revenue, -1, 0)", "180000000"],
        typing: calls::years,
        call: Some(Call { row: row::sum, sql: sql::sum, sentence: ["{0}近 {n} 年合计", "the {n}-year total of {0}"] }),
        dynamic: None,
        in_rules: true,
    },
    Function {
        name: "mean_years",
        method: false,
        arity: (3, 3),
        signature: "mean_years(revenue, -2, 0)",
        about: [
            "从第一年到最后一年的平均，向零取整；缺一年即未知",
            "mean from the first to the last year, truncated; unknown if one is missing",
        ],
        example: ["mean_years(revenue, -1, 0)", "90000000"],
        typing: calls::years,
        call: Some(Call { row: row::mean, sql: sql::mean, sentence: ["{0}近 {n} 年平均", "the {n}-year mean of {0}"] }),
        dynamic: None,
        in_rules: true,
    },
    Function {
        name: "years_since",
        method: false,
        arity: (1, 1),
        signature: "years_since(established)",
        about: [
            "到今天的周年数，对应日当天算满，没有对应日的到月末（民法典第二百零二条）",
            "full years up to today; a year is full on the same day, or on the last day of a shorter month (Civil Code, article 202)",
        ],
        example: ["years_since(established)", "6"],
        typing: calls::since,
        call: Some(Call { row: row::years_since, sql: sql::years_since, sentence: ["{0}至今的年数", "years since {0}"] }),
        dynamic: Some(row::years_since),
        in_rules: true,
    },
    Function {
        name: "months_since",
        method: false,
        arity: (1, 1),
        signature: "months_since(established)",
        about: ["到今天的满月数，对应日的规则同 years_since", "full months up to today, by the rule of years_since"],
        example: ["months_since(established)", "80"],
        typing: calls::since,
        call: Some(Call { row: row::months_since, sql: sql::months_since, sentence: ["{0}至今的月数", "months since {0}"] }),
        dynamic: Some(row::months_since),
        in_rules: true,
    },
    Function {
        name: "days_since",
        method: false,
        arity: (1, 1),
        signature: "days_since(established)",
        about: ["到今天的天数", "days up to today"],
        example: ["days_since(date(\"2026-11-20\"))", "4"],
        typing: calls::since,
        call: Some(Call { row: row::days_since, sql: sql::days_since, sentence: ["{0}至今的天数", "days since {0}"] }),
        dynamic: Some(row::days_since),
        in_rules: true,
    },
    Function {
        name: "year_of",
        method: false,
        arity: (1, 1),
        signature: "year_of(established)",
        about: ["日期所在的年份", "the year of a date"],
        example: ["year_of(established)", "2020"],
        typing: calls::since,
        call: Some(Call { row: row::year_of, sql: sql::year_of, sentence: ["{0}的年份", "the year of {0}"] }),
        dynamic: Some(row::year_of),
        in_rules: true,
    },
    Function {
        name: "min",
        method: false,
        arity: (2, MANY),
        signature: "min(a, b, …)",
        about: ["最小的；有一个未知即未知", "the least; unknown if one is unknown"],
        example: ["min(employees, 50, 120)", "50"],
        typing: calls::extreme,
        call: Some(Call { row: row::min, sql: sql::min, sentence: ["{all}中的最小值", "the least of {all}"] }),
        dynamic: Some(field::min),
        in_rules: true,
    },
    Function {
        name: "max",
        method: false,
        arity: (2, MANY),
        signature: "max(a, b, …)",
        about: ["最大的；有一个未知即未知", "the greatest; unknown if one is unknown"],
        example: ["max(employees, 50, 120)", "120"],
        typing: calls::extreme,
        call: Some(Call { row: row::max, sql: sql::max, sentence: ["{all}中的最大值", "the greatest of {all}"] }),
        dynamic: Some(field::max),
        in_rules: true,
    },
    Function {
        name: "abs",
        method: false,
        arity: (1, 1),
        signature: "abs(a)",
        about: ["绝对值", "the value without its sign"],
        example: ["abs(employees - 150)", "50"],
        typing: calls::abs,
        call: Some(Call { row: row::abs, sql: sql::abs, sentence: ["{0}的绝对值", "the absolute value of {0}"] }),
        dynamic: Some(row::abs),
        in_rules: true,
    },
    Function {
        name: "startsWith",
        method: true,
        arity: (2, 2),
        signature: "name.startsWith(\"湘\")",
        about: ["文字或代码以此开头", "the text or code begins with this"],
        example: ["name.startsWith(\"娄底\")", "true"],
        typing: calls::part,
        call: Some(Call { row: texts::starts_with, sql: sql::starts_with, sentence: ["{0}以{1}开头", "{0} begins with {1}"] }),
        dynamic: Some(texts::starts_with),
        in_rules: true,
    },
    Function {
        name: "contains",
        method: true,
        arity: (2, 2),
        signature: "name.contains(\"钢\")",
        about: ["文字里有此", "the text contains this"],
        example: ["name.contains(\"钢\")", "true"],
        typing: calls::part,
        call: Some(Call { row: texts::contains, sql: sql::contains, sentence: ["{0}含有{1}", "{0} contains {1}"] }),
        dynamic: Some(texts::contains),
        in_rules: true,
    },
    policies::FLOOR_TO,
    policies::BANDS,
    policies::TIERS,
    policies::MONTHS_BETWEEN,
    policies::YEARS_BETWEEN,
    policies::ADD_MONTHS,
    policies::MAX_YEARS,
    policies::MIN_YEARS,
    policies::FIRST_REACH,
    policies::PARAM,
    policies::LISTED,
    policies::COMPLETE,
    // written `code in set`
    Function {
        name: "in_set",
        method: false,
        arity: (2, 2),
        signature: "size_class in user.sizes",
        about: ["代码在一组代码里", "the code is in a set of codes"],
        example: ["cert in certs", "true"],
        typing: calls::in_set,
        call: Some(Call { row: row::in_set, sql: sql::in_set, sentence: ["{0}在{1}之中", "{0} is among {1}"] }),
        dynamic: None,
        in_rules: true,
    },
];
