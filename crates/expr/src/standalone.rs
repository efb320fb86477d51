//! An expression over values given by name, without a model: for the command line and for trying things out.
use crate::check::{Expect, check};
use crate::finding::Finding;
use crate::row::{Context, Row, eval};
use crate::schema::{ChildIx, CodeEntry, CodeList, FieldDecl, FieldIx, Schema, Type, Unit};
use crate::value::{Reason, Value};
use indexmap::IndexMap;
use liangu_base::text::Text;
use std::sync::Arc;

/// The value of `source` where each name has its value. Whole numbers have no unit, texts are plain text, and a list
/// of texts is a set of exactly these codes; an unknown value takes the type of a number.
pub fn eval_standalone(source: &str, bindings: &[(String, Value)], context: &Context) -> Result<Value, Vec<Finding>> {
    let field = |(name, value): &(String, Value)| {
        (name.clone(), FieldDecl { label: Text::chinese_only(name.clone()), ty: type_of(name, value), yearly: false })
    };
    let schema = Schema {
        record: "bindings".to_string(),
        label: Text::fixed("给定的值", "The given values"),
        fields: bindings.iter().map(field).collect(),
        children: IndexMap::new(),
        params: IndexMap::new(),
    };
    let typed = check(source, &schema, Expect::Any)?;
    Ok(eval(&typed, &Bindings(bindings), context))
}

fn type_of(name: &str, value: &Value) -> Type {
    match value {
        Value::Bool(_) => Type::Bool,
        Value::Double(_) => Type::Double,
        Value::Text(_) => Type::Text,
        Value::Date(_) => Type::Date,
        Value::List(items) => {
            let entry = |code: &Arc<str>| (code.to_string(), CodeEntry { label: Text::chinese_only(code.to_string()), parent: None });
            let codes = items.iter().filter_map(|i| if let Value::Text(code) = i { Some(entry(code)) } else { None }).collect();
            Type::Set(Arc::new(CodeList { name: name.to_string(), label: Text::chinese_only(name.to_string()), codes }))
        }
        Value::Int(_) | Value::Unknown(_) | Value::Null => Type::Int(Unit::One),
    }
}

struct Bindings<'b>(&'b [(String, Value)]);

impl Row for Bindings<'_> {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        self.0.get(field.0 as usize).map_or(Value::Unknown(Reason::Missing { field: String::new(), year }), |(_, v)| v.clone())
    }

    fn children(&self, _: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_given_by_name() {
        let bindings = [
            ("n".to_string(), Value::Int(7)),
            ("tags".to_string(), Value::List(vec![Value::Text("a".into())])),
            ("x".to_string(), Value::Null),
        ];
        let value = |source: &str| eval_standalone(source, &bindings, &Context::default()).map_err(|f| f[0].code);
        assert_eq!(value("n * 6 / 4 - 1"), Ok(Value::Int(9)));
        assert_eq!(value("'a' in tags && n % 2 == 1"), Ok(Value::Bool(true)));
        assert_eq!(value("known(x) ? x : 0"), Ok(Value::Int(0)));
        assert_eq!(value("m"), Err("expr.unknown-name"));
        assert!(matches!(value("x + 1 > 0"), Ok(Value::Unknown(Reason::Missing { .. }))));
        assert!(matches!(value("n / 0"), Ok(Value::Unknown(Reason::Arithmetic(_)))));
    }
}
