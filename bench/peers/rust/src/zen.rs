//! ZEN's compiled expressions, one by one. It has no third answer: a fact that is not on file is null and compares false.
use crate::Racer;
use crate::workload::{Cell, Workload, bound, codes};
use serde_json::{Map, Value as Json, json};
use std::error::Error;
use zen_expression::expression::{Expression, Standard};
use zen_expression::vm::VM;
use zen_expression::{Variable, compile_expression};

pub struct Zen {
    rules: Vec<Expression<Standard>>,
    machine: VM,
}

impl Zen {
    pub fn new(work: &Workload) -> Result<Zen, Box<dyn Error>> {
        let rule = |policy: &crate::workload::Policy| compile_expression(&written(&policy.ast, false)).map_err(|e| format!("{}: {e}", policy.id).into());
        Ok(Zen { rules: work.policies.iter().map(rule).collect::<Result<_, Box<dyn Error>>>()?, machine: VM::new() })
    }
}

/// Negation stands at the leaves, so that what is not on file is false there too.
fn written(node: &Json, negative: bool) -> String {
    let field = node["f"].as_str().unwrap_or_default();
    let list = || codes(node).iter().map(|code| format!("\"{code}\"")).collect::<Vec<_>>().join(", ");
    let leaf = match node["op"].as_str().unwrap_or_default() {
        op @ ("and" | "or") => {
            let parts: Vec<String> = node["a"].as_array().into_iter().flatten().map(|part| written(part, negative)).collect();
            let word = if (op == "and") != negative { " and " } else { " or " };
            return format!("({})", parts.join(word));
        }
        "not" => return written(&node["a"][0], !negative),
        "eq" | "in" => format!("{field} in [{}]", list()),
        "has" | "hasany" => format!("some({field}, # in [{}])", list()),
        "ge" => format!("{field} >= {}", bound(node, "v")),
        "le" => format!("{field} <= {}", bound(node, "v")),
        "between" => format!("({field} >= {} and {field} <= {})", bound(node, "lo"), bound(node, "hi")),
        _ => format!("{field} == {}", node["v"]),
    };
    if negative { format!("({field} != null and not ({leaf}))") } else { format!("({field} != null and {leaf})") }
}

impl Racer for Zen {
    const NAME: &'static str = "zen-expression";
    const VERSION: &'static str = "2.1";
    const SETTINGS: &'static str = "1 thread, compiled to its bytecode, dates as days, guarded against null";
    const THREE: bool = false;
    type Firm = Variable;

    fn firm(&self, work: &Workload, row: usize) -> Variable {
        let fact = |cell: &Cell| match cell {
            Cell::Int(n) => json!(n),
            Cell::Bool(yes) => json!(yes),
            Cell::Code(code) => json!(code),
            Cell::Set(codes) => json!(codes),
            Cell::Unknown => Json::Null,
        };
        let facts: Map<String, Json> = work.known(row).map(|(field, cell)| (field.name.clone(), fact(cell))).collect();
        Json::Object(facts).into()
    }

    fn all(&mut self, firm: &Variable, yes: &mut [u32], _: &mut [u32]) {
        for (at, rule) in self.rules.iter().enumerate() {
            if matches!(rule.evaluate_with(firm.clone(), &mut self.machine), Ok(Variable::Bool(true))) {
                yes[at] += 1;
            }
        }
    }

    fn one(&mut self, policy: usize, firm: &Variable) -> Option<()> {
        std::hint::black_box(self.rules[policy].evaluate_with(firm.clone(), &mut self.machine).is_ok());
        Some(())
    }
}
