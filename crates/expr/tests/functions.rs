//! Every row of the function table has a true example.
mod common;
use liangu_expr::row::eval;
use liangu_expr::value::Value;
use liangu_expr::{Expect, check_in, functions};

/// The record of the documentation's examples.
pub const EXAMPLE: &str = "name=娄底精钢 region=431302 industry=3130 size_class=small cert=srdi certs=high_tech|srdi dishonest=no \
    established=2020-03-01 revenue=100000000 revenue@-1=80000000 employees=100 leases_since=2020-01-01";

fn shown(value: Value) -> String {
    match value {
        Value::Bool(b) => b.to_string(),
        Value::Int(n) => n.to_string(),
        Value::Date(d) => d.to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn examples_are_true() {
    let schema = common::firm();
    let reference = common::reference();
    let row = common::facts(&schema, EXAMPLE);
    for function in functions::all() {
        let [source, value] = function.example;
        let typed = check_in(source, &schema, Expect::Any, &common::setting(&reference))
            .unwrap_or_else(|f| panic!("{source}\n{}", f[0].render(source)));
        assert_eq!(shown(eval(&typed, &row, &common::context())), value, "{source}");
        let signature = function.signature.split(['(', ' ', '.']).any(|w| w == function.name);
        assert!(signature || function.name == "in_set", "{} is not in its signature", function.name);
        assert!(function.about.iter().all(|a| !a.is_empty()));
    }
}
