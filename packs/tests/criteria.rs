//! The real criteria are whole: every clause types over a firm, a firm that meets everything fits every policy, and
//! for each deciding clause one changed fact turns only that clause to no. Cases: `criteria/cases.yaml`.
use liangu_base::date::Date;
use liangu_expr::row::{Context, Row, answer};
use liangu_expr::schema::{ChildIx, FieldIx, Schema, Type, Unit};
use liangu_expr::value::{Answer, Reason, Value};
use liangu_expr::{Expect, check};
use liangu_model::{Model, schema_of};
use liangu_packs::{PolicyRecord, criteria};
use serde_json::{Map, Value as Json};
use std::sync::Arc;

const CASES: &str = include_str!("criteria/cases.yaml");

fn model() -> Model {
    liangu_packs::load(Vec::new()).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

/// A firm, or one of its child records, as written in the cases.
struct Facts {
    schema: Arc<Schema>,
    values: Map<String, Json>,
}

fn value(ty: &Type, written: &Json) -> Option<Value> {
    let scaled = |by: f64| written.as_f64().map(|x| Value::Int((x * by).round() as i64));
    let text = |w: &Json| w.as_str().map(|s| Value::Text(s.into()));
    match ty {
        Type::Bool => written.as_bool().map(Value::Bool),
        Type::Int(Unit::Fen) => scaled(1_000_000.0),
        Type::Int(Unit::BasisPoint) => scaled(100.0),
        Type::Int(_) => written.as_i64().map(Value::Int),
        Type::Date => written.as_str().and_then(|s| Date::parse(s).ok()).map(Value::Date),
        Type::Set(_) => written.as_array().map(|codes| Value::List(codes.iter().filter_map(text).collect())),
        _ => text(written),
    }
}

impl Row for Facts {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        let (name, decl) = self.schema.fields.get_index(field.0 as usize).unwrap();
        let written = self.values.get(name).and_then(|w| if decl.yearly { w.get(year.unsigned_abs() as usize) } else { Some(w) });
        let missing = || Value::Unknown(Reason::Missing { field: name.clone(), year });
        written.map_or_else(missing, |w| value(&decl.ty, w).unwrap_or_else(|| panic!("{name}: {w}")))
    }

    fn children(&self, child: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        let (name, child) = self.schema.children.get_index(child.0 as usize).unwrap();
        let rows = self.values.get(name)?.as_array()?.iter().map(|row| {
            let values = row.as_object().unwrap().clone();
            Box::new(Facts { schema: child.schema.clone(), values }) as Box<dyn Row>
        });
        Some(rows.collect())
    }
}

struct Cases {
    schema: Arc<Schema>,
    context: Context,
    cases: Json,
}

impl Cases {
    fn read() -> Cases {
        let cases: Json = serde_saphyr::from_str(CASES).unwrap();
        let day = Date::parse(cases["as_of"].as_str().unwrap()).unwrap();
        let context = Context::new(day, cases["judged_year"].as_i64().unwrap() as i32);
        Cases { schema: schema_of(&model(), "enterprise").unwrap(), context, cases }
    }

    /// The firm of all cases with the policy's own facts and one change.
    fn firm(&self, policy: &str, change: Option<&Json>) -> Facts {
        let mut values = self.cases["firm"].as_object().unwrap().clone();
        for facts in [self.cases["policies"][policy].get("firm"), change].into_iter().flatten() {
            values.extend(facts.as_object().unwrap().clone());
        }
        for name in values.keys() {
            assert!(self.schema.fields.contains_key(name) || self.schema.children.contains_key(name), "no fact {name}");
        }
        Facts { schema: self.schema.clone(), values }
    }

    fn answer(&self, expression: &str, firm: &Facts) -> Answer {
        let typed = check(expression, &self.schema, Expect::Bool)
            .unwrap_or_else(|findings| panic!("{}", findings.iter().map(|f| f.render(expression)).collect::<String>()));
        answer(&typed, firm, &self.context)
    }

    /// Answers of the deciding clauses, in order.
    fn answers(&self, policy: &PolicyRecord, firm: &Facts) -> Vec<Answer> {
        policy.clauses.iter().filter_map(|c| c.when.as_ref()).map(|w| self.answer(w, firm)).collect()
    }
}

#[test]
fn every_deciding_clause_has_an_expression_and_no_other_has() {
    for p in criteria() {
        for c in &p.clauses {
            assert_eq!(c.kind == "deciding", c.when.is_some(), "{}: {}", p.key, c.text.zh);
        }
    }
}

#[test]
fn every_code_and_region_of_the_criteria_is_in_the_lists() {
    let model = model();
    let known = |list: &str, code: Option<&String>, key: &str| {
        if let Some(code) = code {
            assert!(model.lists[list].codes.contains_key(code), "{key}: {list} {code}");
        }
    };
    for p in criteria() {
        known("policy_level", Some(&p.level), &p.key);
        known("policy_kind", Some(&p.kind), &p.key);
        known("confidence", Some(&p.confidence), &p.key);
        known("grant_mode", p.grant_mode.as_ref(), &p.key);
        known("certificate", p.grants.as_ref(), &p.key);
        known("policy_document", p.document.as_ref(), &p.key);
        known("policy_framework", p.framework.as_ref(), &p.key);
        known("region", p.region.as_ref(), &p.key);
        for c in &p.clauses {
            known("clause_kind", Some(&c.kind), &p.key);
            known("confidence", Some(&p.clause_confidence(c).to_owned()), &p.key);
            assert!(!c.text.zh.is_empty() && !c.text.en.is_empty(), "{}", p.key);
        }
    }
}

#[test]
fn a_firm_that_meets_everything_fits_every_policy() {
    let cases = Cases::read();
    for p in criteria() {
        let Some(when) = p.when() else { continue };
        let firm = cases.firm(&p.key, None);
        let answers = cases.answers(&p, &firm);
        assert!(answers.iter().all(|a| *a == Answer::Yes), "{}: {answers:?}", p.key);
        assert_eq!(cases.answer(&when, &firm), Answer::Yes, "{}", p.key);
    }
}

#[test]
fn each_deciding_clause_can_turn_to_no_alone() {
    let cases = Cases::read();
    for p in criteria() {
        let deciding = p.clauses.iter().filter(|c| c.when.is_some()).count();
        let breaks = cases.cases["policies"][&p.key]["breaks"].as_array().cloned().unwrap_or_default();
        assert_eq!(breaks.len(), deciding, "{}: one change per deciding clause", p.key);
        for (i, change) in breaks.iter().enumerate() {
            let answers = cases.answers(&p, &cases.firm(&p.key, Some(change)));
            for (j, found) in answers.iter().enumerate() {
                let expected = if i == j { Answer::No } else { Answer::Yes };
                assert_eq!(*found, expected, "{} with {change}: deciding clause {}", p.key, j + 1);
            }
        }
    }
}

#[test]
fn of_a_firm_that_nothing_is_known_of_no_policy_is_claimed() {
    let cases = Cases::read();
    let nobody = Facts { schema: cases.schema.clone(), values: Map::new() };
    for p in criteria() {
        if let Some(when) = p.when() {
            assert_eq!(cases.answer(&when, &nobody), Answer::Unknown, "{}", p.key);
        }
    }
}
