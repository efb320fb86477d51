//! Above-scale lines (规模以上、限额以上) of the statistical system, by industry.
//!
//! Most lines are a yearly revenue, the line itself included; construction counts by qualification
//! and property development by activity, which no revenue decides.

use super::deepest;
use crate::code_tree::{CodeTree, UnknownCode};
use crate::money::Fen;
use crate::text::Text;
use serde::Deserialize;

/// `packs/standards/above_scale.json`
#[derive(Clone, Debug, Deserialize)]
pub struct ScaleLines {
    rows: Vec<ScaleLine>,
    /// Planned total investment from which a fixed-asset project is counted, in 万元.
    project_line_wan: i64,
}

#[derive(Clone, Debug, Deserialize)]
pub struct ScaleLine {
    pub id: String,
    pub label: Text,
    /// Codes of GB/T 4754-2017 at any level.
    pub codes: Vec<String>,
    #[serde(flatten)]
    pub test: ScaleTest,
}

/// What makes a unit above scale.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub enum ScaleTest {
    /// Main business revenue of the year in 万元 reaches this.
    #[serde(rename = "revenue_wan")]
    RevenueWan(i64),
    /// All units of which this sentence is true.
    #[serde(rename = "all_that")]
    AllThat(Text),
}

impl ScaleLines {
    /// The line for an industry code at any level: the longest prefix wins. `None` where the
    /// statistical system has no line, as for farming or banking.
    pub fn line(&self, industries: &CodeTree, industry: &str) -> Result<Option<&ScaleLine>, UnknownCode> {
        deepest(industries, industry, &self.rows, |row| &row.codes)
    }

    pub fn rows(&self) -> &[ScaleLine] {
        &self.rows
    }

    pub fn project_line(&self) -> Fen {
        Fen::from_wan(self.project_line_wan)
    }
}

impl ScaleLine {
    /// `None` when revenue does not decide.
    pub fn revenue(&self) -> Option<Fen> {
        match self.test {
            ScaleTest::RevenueWan(wan) => Some(Fen::from_wan(wan)),
            ScaleTest::AllThat(_) => None,
        }
    }

    /// Whether a unit is above scale by its revenue; `None` when the revenue is not known or does
    /// not decide.
    pub fn reached(&self, revenue: Option<Fen>) -> Option<bool> {
        Some(revenue? >= self.revenue()?)
    }
}
