//! What all claims on a version of a policy share.
use crate::Frame;
use crate::content::Content;
use crate::frame::{Head, schema_with_policy};
use liangu_base::{Date, Text};
use liangu_expr::reference::{Reference, ReferenceRow};
use liangu_expr::schema::{Schema, Unit};
use liangu_expr::syntax::{self, Shape, Tree};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Basis {
    /// Id of the outside form.
    pub policy: String,
    /// Document number.
    pub number: Option<String>,
    pub title: Text,
    /// Number of the version; none for a policy that came without versions.
    pub version: Option<i64>,
    pub head: Head,
    pub content: Content,
    /// Rows of the reference data that its texts name, whatever their day.
    pub parameters: Vec<Parameter>,
}

/// A row of the reference data. Shape and units as [`ReferenceRow`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    pub name: String,
    pub label: Text,
    pub key: Option<String>,
    pub region: Option<String>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub value: Option<i64>,
    /// Name of the unit, as `fen`.
    pub unit: String,
    pub list: Option<String>,
}

const UNITS: [(Unit, &str); 12] = [
    (Unit::One, "one"),
    (Unit::Fen, "fen"),
    (Unit::BasisPoint, "basis_point"),
    (Unit::SquareMetre, "square_metre"),
    (Unit::Person, "person"),
    (Unit::Piece, "piece"),
    (Unit::Year, "year"),
    (Unit::Month, "month"),
    (Unit::Day, "day"),
    (Unit::Kwh, "kwh"),
    (Unit::Kgce, "kgce"),
    (Unit::Point, "point"),
];

impl Basis {
    /// Takes of the reference data what the document names. Rows are sorted, so that their order on file does not count.
    pub fn with_parameters(self, reference: &Reference) -> Basis {
        let names = named(&self.content);
        let mut parameters: Vec<Parameter> = reference.rows.iter().filter(|row| names.contains(&row.name)).map(Parameter::from).collect();
        parameters.sort_by(|a, b| order(a).cmp(&order(b)));
        Basis { parameters, ..self }
    }

    /// SHA-256 of the canonical form, in hex.
    pub fn digest(&self) -> String {
        super::digest_of(self)
    }

    /// Names under which awards of this policy are on file.
    pub fn names(&self) -> Vec<&str> {
        self.number.as_deref().into_iter().chain([self.title.zh.as_ref()]).collect()
    }

    /// What the document's expressions are typed against on `day`. `judged_year` is the one where the policy names none.
    pub fn frame(&self, schema: &Schema, day: Date, judged_year: i32) -> Frame {
        Frame {
            schema: schema_with_policy(schema),
            reference: Arc::new(Reference::new(self.parameters.iter().map(ReferenceRow::from).collect())),
            today: day,
            judged_year,
            head: self.head,
            dates: self.content.dates,
        }
    }
}

type Order<'a> = (&'a str, Option<&'a str>, Option<&'a str>, Option<Date>, Option<Date>, Option<i64>);

fn order(p: &Parameter) -> Order<'_> {
    (&p.name, p.key.as_deref(), p.region.as_deref(), p.from, p.to, p.value)
}

impl From<&ReferenceRow> for Parameter {
    fn from(row: &ReferenceRow) -> Parameter {
        let unit = UNITS.iter().find(|(unit, _)| *unit == row.unit).map_or("one", |(_, name)| name);
        Parameter {
            name: row.name.clone(),
            label: row.label.clone(),
            key: row.key.clone(),
            region: row.region.clone(),
            from: row.from,
            to: row.to,
            value: row.value,
            unit: unit.to_owned(),
            list: row.list.clone(),
        }
    }
}

impl From<&Parameter> for ReferenceRow {
    fn from(row: &Parameter) -> ReferenceRow {
        ReferenceRow {
            name: row.name.clone(),
            label: row.label.clone(),
            key: row.key.clone(),
            region: row.region.clone(),
            from: row.from,
            to: row.to,
            value: row.value,
            unit: UNITS.iter().find(|(_, name)| *name == row.unit).map_or(Unit::One, |(unit, _)| *unit),
            list: row.list.clone(),
        }
    }
}

/// Every text that stands quoted in the document's expressions: names of parameters and lists are among them.
fn named(content: &Content) -> BTreeSet<String> {
    let money = &content.money;
    let pool = money.pool.iter().flat_map(|pool| [&pool.budget, &pool.rank]);
    let of_items = content.items.iter().map(|item| &item.benefit).flat_map(|b| [&b.amount, &b.cap, &b.floor, &b.round_down]);
    let of_money = [&money.firm_cap, &money.year_cap, &money.round_down, &money.floor];
    let texts = content.clauses.iter().map(|clause| &clause.when).chain(of_items).chain(of_money).chain(pool).flatten();
    let mut names = BTreeSet::new();
    texts.filter_map(|text| syntax::parse(text).ok()).for_each(|tree| quoted(&tree, &mut names));
    names
}

fn quoted(tree: &Tree, names: &mut BTreeSet<String>) {
    if let Shape::Text(text) = &tree.shape {
        names.insert(text.to_string());
    }
    tree.parts().for_each(|part| quoted(part, names));
}
