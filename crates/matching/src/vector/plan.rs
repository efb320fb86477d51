//! What is computed over whole blocks: numbers and truth values of the rows, or of the child records of the rows.
//!
//! A plan is made once of a typed node ([`super::compile`]) and evaluated block by block ([`super::evaluate`]).
use liangu_expr::schema::ChildIx;
use liangu_expr::typed::{Arith, Compare, Node};

/// A fact of the records: the place of a column of the table, or the position of a field of the child records bound by
/// the macro that is `depth` macros out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub column: u32,
    pub depth: u32,
}

/// A number or day (as days) of each record.
#[derive(Clone, Debug)]
pub(crate) enum Num {
    /// `None` is unknown for every record.
    Const(Option<i64>),
    Fact(Place),
    /// The number of the row that the child record belongs to.
    Outside(Box<Num>),
    Arith(Arith, Box<Num>, Box<Num>),
    /// A day a number of days after, or before, another.
    MoveDay {
        sign: i64,
        from: Box<Num>,
        days: Box<Num>,
    },
    Neg(Box<Num>),
    If(Box<Cond>, Box<Num>, Box<Num>),
    Call(Function, Vec<Num>),
    /// The number beside the last step that is passed, else `base`; unknown where `of` is.
    Steps {
        of: Box<Num>,
        passed: Compare,
        base: Box<Num>,
        /// Ascending.
        steps: Vec<(i64, Num)>,
    },
    /// Number of codes of a set.
    Size(Place),
    /// Over the child records of the row that each record belongs to.
    Over {
        child: ChildIx,
        filter: Option<Box<Cond>>,
        what: Fold,
    },
    /// Left to the row back end.
    Row(Box<Node>),
}

/// What is computed over the child records that pass the filter.
#[derive(Clone, Debug)]
pub(crate) enum Fold {
    Count,
    Sum(Box<Num>),
    /// The sum by the number.
    Mean(Box<Num>),
    Min(Box<Num>),
    Max(Box<Num>),
}

/// A function of numbers and days; see the table of functions of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Growth,
    Ratio,
    Share,
    Sum,
    Mean,
    Min,
    Max,
    Abs,
    YearsSince,
    MonthsSince,
    DaysSince,
    YearOf,
    MonthsBetween,
    YearsBetween,
    AddMonths,
    FloorTo,
}

/// A truth value of each record.
#[derive(Clone, Debug)]
pub(crate) enum Cond {
    /// `None` is unknown for every record.
    Const(Option<bool>),
    Flag(Place),
    /// The code is one of these numbers of the dictionary, ascending.
    OneOf(Place, Vec<u32>),
    /// The set has one of these numbers of the dictionary, ascending.
    HasAny(Place, Vec<u32>),
    /// The fact is on file.
    OnFile(Place),
    /// The number is known.
    KnownNumber(Box<Num>),
    /// The truth value is known.
    KnownTruth(Box<Cond>),
    Compare(Compare, Box<Num>, Box<Num>),
    /// Comparison of truth values, no being less than yes.
    CompareTruth(Compare, Box<Cond>, Box<Cond>),
    Not(Box<Cond>),
    And(Vec<Cond>),
    Or(Vec<Cond>),
    AtLeast(u32, Vec<Cond>),
    If(Box<Cond>, Box<Cond>, Box<Cond>),
    /// The threshold is reached now and in none of the earlier years; one that is unknown is passed over only if the
    /// year of foundation lies after it.
    FirstReach {
        threshold: Box<Num>,
        founded: Box<Num>,
        /// The year of the figure `now`.
        year: Box<Num>,
        now: Box<Num>,
        /// From the year before backwards.
        earlier: Vec<Num>,
    },
    /// The truth value of the row that the child record belongs to.
    Outside(Box<Cond>),
    /// Some child record that passes the filter fulfils the condition.
    Exists {
        child: ChildIx,
        filter: Option<Box<Cond>>,
        condition: Box<Cond>,
    },
    /// Every child record that passes the filter fulfils the condition.
    All {
        child: ChildIx,
        filter: Option<Box<Cond>>,
        condition: Box<Cond>,
    },
    /// Left to the row back end.
    Row(Box<Node>),
}
