//! Dated reference data that rules name: regional parameters (`param("minimum_wage")`) and lists of codes
//! (`listed("key_industries", industry)`).
//!
//! Expansion is in [`crate::check`]: what a rule means is fixed on the day for which it is typed.
use crate::schema::Unit;
use liangu_base::date::Date;
use liangu_base::text::Text;

/// All rows an expression may name.
#[derive(Clone, Debug, Default)]
pub struct Reference {
    pub rows: Vec<ReferenceRow>,
}

/// One value of a parameter, or one code of a list.
#[derive(Clone, Debug)]
pub struct ReferenceRow {
    /// Under which rules name it.
    pub name: String,
    pub label: Text,
    /// The code it holds for; of a tree, what lies below too. None: for all codes.
    pub key: Option<String>,
    /// Code of the list `region` within which it holds; none: everywhere.
    pub region: Option<String>,
    /// First and last day on which it holds; none: without end.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// In the smallest unit; none: not known.
    pub value: Option<i64>,
    pub unit: Unit,
    /// Code list of `key`.
    pub list: Option<String>,
}

impl ReferenceRow {
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// A code of a list rather than a value.
    fn lists(&self) -> bool {
        self.value.is_none() && self.key.is_some()
    }
}

impl Reference {
    pub fn new(rows: Vec<ReferenceRow>) -> Reference {
        Reference { rows }
    }

    /// All rows of a name, whatever the day.
    pub fn named<'r>(&'r self, name: &str) -> impl Iterator<Item = &'r ReferenceRow> {
        self.rows.iter().filter(move |row| row.name == name)
    }

    /// Names of parameters, or of lists, with their labels, once each.
    pub fn names(&self, lists: bool) -> Vec<(&str, &Text)> {
        let mut names: Vec<(&str, &Text)> = Vec::new();
        for row in self.rows.iter().filter(|row| row.lists() == lists) {
            if !names.iter().any(|(name, _)| *name == row.name) {
                names.push((row.name.as_str(), &row.label));
            }
        }
        names
    }
}
