//! Enterprise size (统计上大中小微型企业划分): 工信部联企业〔2011〕300号, in the edition of 国统字〔2017〕213号.
//!
//! Each row of the table has lower bounds for some of three metrics. A firm has a class only when
//! it reaches every bound of it, the bound itself included, and otherwise drops; below one bound
//! of `small` it is micro. The row of a firm is the one whose code lies deepest above its own.
//! A missing metric may leave the class unknown, and sometimes does not: nineteen employees make
//! an industrial firm micro at any revenue.
//!
//! [`ScaleLines`] holds the other measure, the statistical lines of 规模以上 units.

mod scale;

pub use scale::{ScaleLine, ScaleLines, ScaleTest};

use crate::code_tree::{CodeTree, UnknownCode};
use crate::money::Fen;
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// Ordered: `Micro < Small < Medium < Large`. Serialised in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SizeClass {
    Micro,
    Small,
    Medium,
    Large,
}

impl SizeClass {
    pub const fn text(self) -> Text {
        match self {
            SizeClass::Micro => Text::fixed("微型", "micro"),
            SizeClass::Small => Text::fixed("小型", "small"),
            SizeClass::Medium => Text::fixed("中型", "medium"),
            SizeClass::Large => Text::fixed("大型", "large"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SizeMetric {
    Employees,
    Revenue,
    Assets,
}

impl SizeMetric {
    pub const fn text(self) -> Text {
        match self {
            SizeMetric::Employees => Text::fixed("年末从业人员", "employees at the end of the year"),
            SizeMetric::Revenue => Text::fixed("营业收入", "operating revenue"),
            SizeMetric::Assets => Text::fixed("资产总额", "total assets"),
        }
    }
}

/// What is known of a firm; `None` is not known, never zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SizeFacts {
    /// Persons at the end of the year.
    pub employees: Option<i64>,
    /// Of the year.
    pub revenue: Option<Fen>,
    /// At the end of the year.
    pub assets: Option<Fen>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SizeAnswer {
    Known(SizeClass),
    /// The missing metrics decide; whatever they are, the class is at most this.
    Unknown {
        missing: Vec<SizeMetric>,
        at_most: SizeClass,
    },
    /// The table has no row: railways, finance, education, health, public administration.
    NotCovered,
}

/// `packs/standards/sme_size.json`
#[derive(Clone, Debug, Deserialize)]
pub struct SizeTable {
    #[serde(rename = "industries")]
    pub rows: Vec<SizeRow>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct SizeRow {
    pub id: String,
    pub name: String,
    /// Codes of GB/T 4754-2017 at any level.
    pub codes: Vec<String>,
    metrics: Metrics,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Metrics {
    employees: Option<Bounds>,
    revenue: Option<Bounds>,
    assets: Option<Bounds>,
}

/// Lower bounds: persons, or 万元.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Bounds {
    large: i64,
    medium: i64,
    small: i64,
}

impl Bounds {
    /// The highest class whose bound is reached; `unit` is what one of the bound is worth.
    fn class(self, value: i64, unit: i64) -> SizeClass {
        let reaches = |bound: i64| i128::from(value) >= i128::from(bound) * i128::from(unit);
        if reaches(self.large) {
            SizeClass::Large
        } else if reaches(self.medium) {
            SizeClass::Medium
        } else if reaches(self.small) {
            SizeClass::Small
        } else {
            SizeClass::Micro
        }
    }
}

impl SizeTable {
    /// The size of a firm with this industry code at any level.
    pub fn classify(&self, industries: &CodeTree, industry: &str, facts: &SizeFacts) -> Result<SizeAnswer, UnknownCode> {
        let row = self.row(industries, industry)?;
        Ok(row.map_or(SizeAnswer::NotCovered, |row| row.classify(facts)))
    }

    /// The row that decides for this industry code: the longest prefix wins.
    pub fn row(&self, industries: &CodeTree, industry: &str) -> Result<Option<&SizeRow>, UnknownCode> {
        deepest(industries, industry, &self.rows, |row| &row.codes)
    }
}

impl SizeRow {
    /// The metrics that this row asks for.
    pub fn asks(&self) -> Vec<SizeMetric> {
        let asked = [
            (self.metrics.employees.is_some(), SizeMetric::Employees),
            (self.metrics.revenue.is_some(), SizeMetric::Revenue),
            (self.metrics.assets.is_some(), SizeMetric::Assets),
        ];
        asked.into_iter().filter(|(is_asked, _)| *is_asked).map(|(_, metric)| metric).collect()
    }

    /// A firm's class is the lowest that any of its metrics reaches.
    pub fn classify(&self, facts: &SizeFacts) -> SizeAnswer {
        let wan = Fen::from_wan(1).fen();
        let metrics = [
            (self.metrics.employees, facts.employees, 1, SizeMetric::Employees),
            (self.metrics.revenue, facts.revenue.map(Fen::fen), wan, SizeMetric::Revenue),
            (self.metrics.assets, facts.assets.map(Fen::fen), wan, SizeMetric::Assets),
        ];
        let mut at_most = SizeClass::Large;
        let mut missing = Vec::new();
        for (bounds, value, unit, metric) in metrics {
            match (bounds, value) {
                (None, _) => {}
                (Some(bounds), Some(value)) => at_most = at_most.min(bounds.class(value, unit)),
                (Some(_), None) => missing.push(metric),
            }
        }
        if missing.is_empty() || at_most == SizeClass::Micro {
            SizeAnswer::Known(at_most)
        } else {
            SizeAnswer::Unknown { missing, at_most }
        }
    }
}

/// The row with a code that is `industry` or its nearest ancestor.
fn deepest<'a, R>(
    industries: &CodeTree,
    industry: &str,
    rows: &'a [R],
    codes: impl Fn(&R) -> &[String],
) -> Result<Option<&'a R>, UnknownCode> {
    let node = industries.require(industry)?;
    let mut chain = industries.ancestors(industry);
    chain.push(node);
    let of_code = |code: &str| rows.iter().find(|row| codes(row).iter().any(|c| c == code));
    Ok(chain.iter().rev().find_map(|node| of_code(&node.code)))
}

#[cfg(test)]
mod tests;
