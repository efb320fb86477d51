//! The workload as texts and trees.
use serde_json::Value as Json;
use std::error::Error;

pub struct Policy {
    pub id: u64,
    pub when: String,
    pub ast: Json,
}

pub struct Field {
    pub name: String,
    /// `code`, `set`, `int`, `date`, `bool`.
    pub kind: String,
}

/// A fact; dates as days since 1970.
#[derive(Clone)]
pub enum Cell {
    Unknown,
    Int(i64),
    Bool(bool),
    Code(String),
    Set(Vec<String>),
}

pub struct Workload {
    pub fields: Vec<Field>,
    /// By field, by firm.
    pub cells: Vec<Vec<Cell>>,
    pub policies: Vec<Policy>,
    pub firms: usize,
}

impl Workload {
    pub fn read(place: &str) -> Result<Workload, Box<dyn Error>> {
        let schema: Json = serde_json::from_str(&std::fs::read_to_string(format!("{place}/schema.json"))?)?;
        let text = |json: &Json| json.as_str().unwrap_or_default().to_owned();
        let fields: Vec<Field> =
            schema["fields"].as_array().into_iter().flatten().map(|f| Field { name: text(&f["name"]), kind: text(&f["type"]) }).collect();
        let mut cells = vec![Vec::new(); fields.len()];
        let mut reader = csv::Reader::from_path(format!("{place}/enterprises.csv"))?;
        let places: Vec<usize> = {
            let head = reader.headers()?;
            fields.iter().map(|f| head.iter().position(|h| h == f.name).ok_or("a column is missing")).collect::<Result<_, _>>()?
        };
        for row in reader.records() {
            let row = row?;
            for (at, field) in fields.iter().enumerate() {
                cells[at].push(cell(&row[places[at]], &field.kind)?);
            }
        }
        let mut policies = Vec::new();
        for line in std::fs::read_to_string(format!("{place}/policies.jsonl"))?.lines() {
            let json: Json = serde_json::from_str(line)?;
            policies.push(Policy { id: json["id"].as_u64().ok_or("an id")?, when: text(&json["when"]), ast: json["ast"].clone() });
        }
        let firms = cells.first().map_or(0, Vec::len);
        Ok(Workload { fields, cells, policies, firms })
    }

    /// The facts of a firm that are on file.
    pub fn known(&self, row: usize) -> impl Iterator<Item = (&Field, &Cell)> {
        self.fields.iter().zip(&self.cells).map(move |(f, c)| (f, &c[row])).filter(|(_, c)| !matches!(c, Cell::Unknown))
    }
}

fn cell(text: &str, kind: &str) -> Result<Cell, Box<dyn Error>> {
    Ok(match (text, kind) {
        ("", _) => Cell::Unknown,
        (text, "code") => Cell::Code(text.to_owned()),
        ("-", "set") => Cell::Set(Vec::new()),
        (text, "set") => Cell::Set(text.split('|').map(str::to_owned).collect()),
        (text, "date") => Cell::Int(days(text)),
        (text, "bool") => Cell::Bool(text == "1"),
        (text, _) => Cell::Int(text.parse()?),
    })
}

/// Days since 1970 of an ISO date.
pub fn days(text: &str) -> i64 {
    let mut parts = text.split('-').map(|part| part.parse::<i64>().unwrap_or_default());
    let (y, m, d) = (parts.next().unwrap_or(0), parts.next().unwrap_or(1), parts.next().unwrap_or(1));
    let (y, m) = if m <= 2 { (y - 1, m + 9) } else { (y, m - 3) };
    let (era, of_era) = (y.div_euclid(400), y.rem_euclid(400));
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * m + 2) / 5 + d - 1 - 719_468
}

/// The codes of a leaf.
pub fn codes(node: &Json) -> Vec<&str> {
    match &node["v"] {
        Json::Array(codes) => codes.iter().filter_map(Json::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}

/// A bound of a leaf over numbers or dates.
pub fn bound(node: &Json, key: &str) -> i64 {
    node[key].as_i64().unwrap_or_else(|| days(node[key].as_str().unwrap_or_default()))
}
