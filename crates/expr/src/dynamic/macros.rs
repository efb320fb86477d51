//! Macros: calls whose arguments are not all computed beforehand.
use super::{Evaluation, Outcome, Scope, error, junction, no_overload, operators};
use crate::kleene;
use crate::syntax::{CallTree, Shape, Tree};
use crate::value::{Answer, Key, Map, Reason, Value};
use cel::common::ast::operators as op;
use std::sync::Arc;

/// The variables a macro binds and what it computes for each element.
struct Each<'t> {
    variables: [Option<&'t str>; 2],
    bodies: &'t [Tree],
}

impl Evaluation<'_> {
    /// `None` where the call is one of an ordinary function.
    pub(super) fn macro_call(&self, call: &CallTree, scope: Option<&Scope<'_>>) -> Option<Outcome> {
        match (&call.target, call.name.as_str(), &call.arguments[..]) {
            (None, "has" | ".has", [argument]) => Some(self.has(argument, scope)),
            (None, "known", [argument]) => Some(Ok(Value::Bool(!matches!(self.value(argument, scope), Err(_) | Ok(Value::Null))))),
            (None, "at_least", [least, parts @ ..]) if !parts.is_empty() => Some(self.at_least(least, parts, scope)),
            (Some(target), name, arguments) => {
                let named = |name: &str| matches!(&target.shape, Shape::Name(n) if n == name);
                if name == "bind" && named("cel") {
                    return Some(self.bind(arguments, scope));
                }
                let each = Each::of(name, arguments)?;
                Some(each.and_then(|each| self.each(target, name, &each, scope)))
            }
            _ => None,
        }
    }

    /// Whether a field is there.
    fn has(&self, argument: &Tree, scope: Option<&Scope<'_>>) -> Outcome {
        let (operand, field): (&Tree, &str) = match &argument.shape {
            Shape::Select(operand, field, _) => (operand, field),
            Shape::Binary(op::OPT_SELECT, sides) => match &sides[1].shape {
                Shape::Text(field) => (&sides[0], field),
                _ => return Err(error("invalid argument to has() macro")),
            },
            _ => return Err(error("invalid argument to has() macro")),
        };
        match self.value(operand, scope)? {
            Value::Map(map) => Ok(Value::Bool(map.contains_key(&Key::Text(field.into())))),
            Value::Optional(None) => Ok(Value::Bool(false)),
            Value::Optional(Some(inner)) => Ok(Value::Bool(operators::field(*inner, field).is_ok())),
            other => Err(no_overload("has", &[&other])),
        }
    }

    fn at_least(&self, least: &Tree, parts: &[Tree], scope: Option<&Scope<'_>>) -> Outcome {
        let Value::Int(least) = self.value(least, scope)? else { return Err(error("at_least needs a count")) };
        let values: Vec<Outcome> = parts.iter().map(|p| self.value(p, scope)).collect();
        let answers = values.iter().map(|v| match v {
            Ok(Value::Bool(true)) => Answer::Yes,
            Ok(Value::Bool(false)) => Answer::No,
            _ => Answer::Unknown,
        });
        match kleene::at_least(u32::try_from(least).unwrap_or(0), answers) {
            Answer::Yes => Ok(Value::Bool(true)),
            Answer::No => Ok(Value::Bool(false)),
            Answer::Unknown => Err(values.into_iter().find_map(Result::err).unwrap_or_else(|| error("not a condition"))),
        }
    }

    /// `cel.bind(name, value, body)`.
    fn bind(&self, arguments: &[Tree], scope: Option<&Scope<'_>>) -> Outcome {
        let [Tree { shape: Shape::Name(name), .. }, value, body] = arguments else {
            return Err(error("cel.bind takes a name, a value and an expression"));
        };
        let value = self.value(value, scope)?;
        self.value(body, Some(&Scope { parent: scope, name, value: &value }))
    }

    fn each(&self, target: &Tree, name: &str, each: &Each<'_>, scope: Option<&Scope<'_>>) -> Outcome {
        let range = self.value(target, scope)?;
        if matches!(name, "optMap" | "optFlatMap") {
            return self.of_optional(range, name, each, scope);
        }
        let elements = elements(range, each.variables[1].is_some())?;
        let mut compute = |body: &Tree, element: &[Value; 2]| self.body(body, each, element, scope);
        match name {
            "all" => junction(elements.iter().map(|e| compute(&each.bodies[0], e)), false),
            "exists" => junction(elements.iter().map(|e| compute(&each.bodies[0], e)), true),
            "exists_one" | "existsOne" => {
                let mut found = 0;
                for element in &elements {
                    found += u32::from(condition(compute(&each.bodies[0], element)?)?);
                }
                Ok(Value::Bool(found == 1))
            }
            "filter" => {
                let mut kept = Vec::new();
                for element in elements {
                    if condition(compute(&each.bodies[0], &element)?)? {
                        let [first, _] = element;
                        kept.push(first);
                    }
                }
                Ok(Value::List(kept))
            }
            _ => transformed(name, each, elements, &mut compute),
        }
    }

    fn body(&self, body: &Tree, each: &Each<'_>, element: &[Value; 2], scope: Option<&Scope<'_>>) -> Outcome {
        match each.variables {
            [Some(first), Some(second)] => {
                let outer = Scope { parent: scope, name: first, value: &element[0] };
                self.value(body, Some(&Scope { parent: Some(&outer), name: second, value: &element[1] }))
            }
            [first, _] => self.value(body, Some(&Scope { parent: scope, name: first.unwrap_or_default(), value: &element[0] })),
        }
    }

    fn of_optional(&self, range: Value, name: &str, each: &Each<'_>, scope: Option<&Scope<'_>>) -> Outcome {
        let Value::Optional(value) = range else { return Err(no_overload(name, &[&range])) };
        let Some(value) = value else { return Ok(Value::Optional(None)) };
        let made = self.body(&each.bodies[0], each, &[*value, Value::Null], scope)?;
        match (name, made) {
            ("optMap", made) => Ok(Value::Optional(Some(Box::new(made)))),
            (_, made @ Value::Optional(_)) => Ok(made),
            (_, other) => Err(no_overload(name, &[&other])),
        }
    }
}

impl<'t> Each<'t> {
    /// `None` where the name and number of arguments are those of no macro.
    fn of(name: &str, arguments: &'t [Tree]) -> Option<Result<Each<'t>, Reason>> {
        let two = match (name, arguments.len()) {
            ("all" | "exists" | "exists_one" | "existsOne" | "filter" | "optMap" | "optFlatMap", 2) | ("map", 2 | 3) => false,
            ("all" | "exists" | "exists_one" | "existsOne", 3) => true,
            ("transformList" | "transformMap" | "transformMapEntry", 3 | 4) => true,
            _ => return None,
        };
        let (bound, bodies) = arguments.split_at(if two { 2 } else { 1 });
        let mut variables = [None, None];
        for (variable, tree) in variables.iter_mut().zip(bound) {
            match &tree.shape {
                Shape::Name(name) if !name.starts_with('.') => *variable = Some(name.as_str()),
                _ => return Some(Err(error("the variable of a macro must be a simple name"))),
            }
        }
        if two && variables[0] == variables[1] {
            return Some(Err(error("the two variables of a macro must differ")));
        }
        Some(Ok(Each { variables, bodies }))
    }
}

/// `map` and the macros that make a list or a map of what they compute.
fn transformed(name: &str, each: &Each<'_>, elements: Vec<[Value; 2]>, compute: &mut dyn FnMut(&Tree, &[Value; 2]) -> Outcome) -> Outcome {
    let (filter, body) = match each.bodies {
        [filter, body] => (Some(filter), body),
        bodies => (None, &bodies[0]),
    };
    let (mut list, mut map) = (Vec::new(), Map::new());
    for element in elements {
        if let Some(filter) = filter
            && !condition(compute(filter, &element)?)?
        {
            continue;
        }
        let made = compute(body, &element)?;
        match name {
            "transformMap" => {
                let [key, _] = element;
                operators::insert(&mut map, operators::key(key)?, made)?;
            }
            "transformMapEntry" => {
                let Value::Map(entry) = made else { return Err(no_overload(name, &[&made])) };
                for (key, value) in entry.iter() {
                    operators::insert(&mut map, key.clone(), value.clone())?;
                }
            }
            _ => list.push(made),
        }
    }
    Ok(if name.starts_with("transformMap") { Value::Map(Arc::new(map)) } else { Value::List(list) })
}

/// The elements of a list or the keys of a map; with two variables, positions and elements or keys and values.
fn elements(range: Value, two: bool) -> Result<Vec<[Value; 2]>, Reason> {
    match range {
        Value::List(items) if two => Ok(items.into_iter().enumerate().map(|(at, item)| [Value::Int(at as i64), item]).collect()),
        Value::List(items) => Ok(items.into_iter().map(|item| [item, Value::Null]).collect()),
        Value::Map(map) => Ok(map.iter().map(|(key, value)| [key.clone().into(), value.clone()]).collect()),
        other => Err(error(format!("a macro over {} instead of a list or a map", other.type_name()))),
    }
}

fn condition(value: Value) -> Result<bool, Reason> {
    match value {
        Value::Bool(b) => Ok(b),
        other => Err(error(format!("a condition is needed, not {}", other.type_name()))),
    }
}
