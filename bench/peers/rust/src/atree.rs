//! A-Tree: an index of boolean expressions, searched with one event.
use crate::Racer;
use crate::workload::{Cell, Workload, bound, codes};
use a_tree::{ATree, AttributeDefinition, Event};
use serde_json::Value as Json;
use std::error::Error;

pub struct Tree(ATree<usize>);

impl Tree {
    pub fn new(work: &Workload) -> Result<Tree, Box<dyn Error>> {
        let definition = |field: &crate::workload::Field| match field.kind.as_str() {
            "code" => AttributeDefinition::string(&field.name),
            "set" => AttributeDefinition::string_list(&field.name),
            "bool" => AttributeDefinition::boolean(&field.name),
            _ => AttributeDefinition::integer(&field.name),
        };
        let definitions: Vec<AttributeDefinition> = work.fields.iter().map(definition).collect();
        let mut tree = ATree::new(&definitions).map_err(|e| e.to_string())?;
        for (at, policy) in work.policies.iter().enumerate() {
            tree.insert(&at, &written(&policy.ast)).map_err(|e| format!("{}: {e}", policy.id))?;
        }
        Ok(Tree(tree))
    }
}

fn written(node: &Json) -> String {
    let all = |word: &str| {
        let parts: Vec<String> = node["a"].as_array().into_iter().flatten().map(written).collect();
        format!("({})", parts.join(word))
    };
    let field = node["f"].as_str().unwrap_or_default();
    let list = || codes(node).iter().map(|code| format!("\"{code}\"")).collect::<Vec<_>>().join(", ");
    match node["op"].as_str().unwrap_or_default() {
        "and" => all(" and "),
        "or" => all(" or "),
        "not" => format!("(not {})", all("")),
        "eq" | "in" => format!("{field} in [{}]", list()),
        "has" | "hasany" => format!("{field} one of [{}]", list()),
        "ge" => format!("{field} >= {}", bound(node, "v")),
        "le" => format!("{field} <= {}", bound(node, "v")),
        "between" => format!("({field} >= {} and {field} <= {})", bound(node, "lo"), bound(node, "hi")),
        _ if node["v"] == true => field.to_owned(),
        _ => format!("(not {field})"),
    }
}

impl Racer for Tree {
    const NAME: &'static str = "a-tree";
    const VERSION: &'static str = "0.6";
    const SETTINGS: &'static str = "1 thread, one event a firm, building the event not measured";
    const THREE: bool = false;
    type Firm = Event;

    fn firm(&self, work: &Workload, row: usize) -> Event {
        let mut event = self.0.make_event();
        for (field, cell) in work.known(row) {
            let put = match cell {
                Cell::Int(n) => event.with_integer(&field.name, *n),
                Cell::Bool(yes) => event.with_boolean(&field.name, *yes),
                Cell::Code(code) => event.with_string(&field.name, code),
                Cell::Set(codes) => event.with_string_list(&field.name, &codes.iter().map(String::as_str).collect::<Vec<_>>()),
                Cell::Unknown => Ok(()),
            };
            put.expect("a fact of its type");
        }
        event.build().expect("an event")
    }

    fn all(&mut self, firm: &Event, yes: &mut [u32], _: &mut [u32]) {
        let report = self.0.search(firm).expect("an answer");
        report.matches().iter().for_each(|at| yes[**at] += 1);
    }
}
