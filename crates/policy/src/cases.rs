//! Firms made up to try a policy on: read from the document, run clause by clause.
//!
//! A fact is written as its type asks: codes, texts, dates and sets as JSON; numbers as a constant of the language
//! (`"wan(500)"`) or a whole number in the smallest unit; yearly facts under `name` or `name@-1`; child records as arrays
//! of objects. What is absent or null is not on file. A collection that is not mentioned is empty.
use crate::amount::trace;
use crate::compile::Compiled;
use crate::content::{Case, Content, Expects, Key};
use crate::frame::Frame;
use liangu_base::{Date, Text};
use liangu_expr::row::{Context, Row, answer_node, eval_node};
use liangu_expr::schema::{ChildIx, FieldIx, Schema, Type};
use liangu_expr::typed::Typed;
use liangu_expr::value::{Answer, Reason, Value};
use liangu_expr::{Expect, check};
use serde_json::{Map, Value as Json};
use std::collections::HashMap;
use std::sync::Arc;

/// Longest chain of `like`.
const MOST_LIKE: usize = 20;

/// A firm of a case.
#[derive(Clone, Debug, Default)]
pub struct CaseFirm {
    facts: HashMap<(FieldIx, i32), Value>,
    children: HashMap<ChildIx, Vec<CaseFirm>>,
}

impl Row for CaseFirm {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        self.facts.get(&(field, year)).cloned().unwrap_or(Value::Unknown(Reason::Missing { field: String::new(), year }))
    }

    fn children(&self, child: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        let records = self.children.get(&child).map(Vec::as_slice).unwrap_or_default();
        Some(records.iter().map(|record| Box::new(record) as Box<dyn Row>).collect())
    }
}

impl Row for &CaseFirm {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        (**self).fact(field, year)
    }

    fn children(&self, child: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        (**self).children(child)
    }
}

/// What became of a case.
#[derive(Clone, Debug)]
pub struct CaseResult {
    pub key: Key,
    pub passes: bool,
    pub answer: Answer,
    /// Fen, of a firm that fits.
    pub amount: Option<i64>,
    /// Why it does not pass.
    pub why: Option<Text>,
}

/// Runs all cases of a document.
pub fn run(content: &Content, compiled: &Compiled, frame: &Frame) -> Vec<CaseResult> {
    content.cases.iter().map(|case| run_one(case, content, compiled, frame)).collect()
}

/// Deciding clauses without a passing case that fails on them alone.
pub fn uncovered(content: &Content, results: &[CaseResult]) -> Vec<Key> {
    let shown = |key: &Key| content.cases.iter().zip(results).any(|(case, result)| result.passes && case.fails_on.as_ref() == Some(key));
    let deciding = content.clauses.iter().filter(|c| c.kind == crate::content::ClauseKind::Deciding);
    deciding.filter(|c| !shown(&c.key)).map(|c| c.key.clone()).collect()
}

fn run_one(case: &Case, content: &Content, compiled: &Compiled, frame: &Frame) -> CaseResult {
    let failed = |why: Text| CaseResult { key: case.key.clone(), passes: false, answer: Answer::Unknown, amount: None, why: Some(why) };
    let firm = match firm_of(case, content, frame) {
        Ok(firm) => firm,
        Err(why) => return failed(why),
    };
    if !compiled.sound {
        return failed(Text::fixed("有条款的表达式还有错", "a clause's expression has a mistake"));
    }
    let context = Context::new(frame.today, frame.judged_year);
    let rules = rules_of(case.item.as_deref(), content, compiled);
    let answer = match &case.item {
        Some(_) => together(rules.iter().map(|(_, rule)| rule), &firm, &context),
        None => compiled.rule().map_or(Answer::Yes, |rule| answer_node(&rule.root, &firm, &context)),
    };
    let trace = trace(compiled, content, frame, &firm, &context);
    let amount = match &case.item {
        Some(key) => trace.items.iter().find(|item| &item.key == key).and_then(|item| item.amount),
        None => trace.total,
    }
    .filter(|_| answer == Answer::Yes);
    let why = mismatch(case, answer, amount, frame).or_else(|| not_only(case, content, compiled, &firm, &context));
    CaseResult { key: case.key.clone(), passes: why.is_none(), answer, amount, why }
}

/// Clauses that decide about an item, or about every item.
fn rules_of(item: Option<&str>, content: &Content, compiled: &Compiled) -> Vec<(Key, Arc<Typed>)> {
    let keys = content.deciding(None).chain(item.into_iter().flat_map(|item| content.deciding(Some(item))));
    let rule = |key: &Key| compiled.clauses.iter().find(|c| &c.key == key)?.rule.clone();
    let mut rules: Vec<(Key, Arc<Typed>)> = keys.filter_map(|c| Some((c.key.clone(), rule(&c.key)?))).collect();
    // the bound clauses of the item must hold of the same record
    if let Some(gate) = item.and_then(|key| compiled.items.iter().find(|i| i.key == key)).and_then(|i| i.gate.clone()) {
        rules.push((String::new(), gate));
    }
    rules
}

fn together<'r>(rules: impl Iterator<Item = &'r Arc<Typed>>, firm: &CaseFirm, context: &Context) -> Answer {
    liangu_expr::kleene::all(rules.map(|rule| answer_node(&rule.root, firm, context)))
}

fn mismatch(case: &Case, answer: Answer, amount: Option<i64>, frame: &Frame) -> Option<Text> {
    let word = |expects: Expects| match expects {
        Expects::Yes => ("符合", "fits"),
        Expects::No => ("不符合", "does not fit"),
        Expects::Unknown => ("无法判断", "cannot be told"),
    };
    let got = match answer {
        Answer::Yes => Expects::Yes,
        Answer::No => Expects::No,
        Answer::Unknown => Expects::Unknown,
    };
    if got != case.expects {
        let ((zh, en), (is_zh, is_en)) = (word(case.expects), word(got));
        return Some(Text::new(format!("应为“{zh}”，结果是“{is_zh}”"), format!("expected \"{en}\", the answer is \"{is_en}\"")));
    }
    let text = case.amount.as_deref().filter(|t| !t.trim().is_empty())?;
    let Some(expected) = constant(text, &frame.schema).and_then(|v| if let Value::Int(n) = v { Some(n) } else { None }) else {
        return Some(Text::new(format!("应得金额“{text}”读不懂"), format!("the expected amount \"{text}\" cannot be read")));
    };
    (amount != Some(expected)).then(|| {
        let said = |amount: Option<i64>| amount.map_or_else(|| "—".to_owned(), yuan);
        Text::new(
            format!("应得 {} 元，算出 {} 元", yuan(expected), said(amount)),
            format!("expected {} yuan, the amount is {}", yuan(expected), said(amount)),
        )
    })
}

fn yuan(fen: i64) -> String {
    if fen % 100 == 0 { (fen / 100).to_string() } else { format!("{}.{:02}", fen / 100, (fen % 100).abs()) }
}

/// Of a case that must fail on one clause: whether it fails there and meets all others.
fn not_only(case: &Case, content: &Content, compiled: &Compiled, firm: &CaseFirm, context: &Context) -> Option<Text> {
    let key = case.fails_on.as_ref()?;
    let Some(clause) = content.clause(key) else {
        return Some(Text::new(format!("没有条款 {key}"), format!("there is no clause {key}")));
    };
    let item = clause.item.as_deref().or(case.item.as_deref()).or_else(|| content.items.first().map(|i| i.key.as_str()));
    for (other, rule) in rules_of(item, content, compiled).into_iter().filter(|(key, _)| !key.is_empty()) {
        let answer = answer_node(&rule.root, firm, context);
        let wanted = if &other == key { Answer::No } else { Answer::Yes };
        if answer != wanted {
            let text = content.clause(&other).map_or("", |c| &c.text.zh);
            return Some(if &other == key {
                Text::new(
                    format!("应只在“{text}”上不符合，这一条却没有判为不符合"),
                    format!("it should fail on {key}, which does not say no"),
                )
            } else {
                Text::new(
                    format!("除 {key} 外都应符合，“{text}”却没有"),
                    format!("it should meet all but {key}, but {other} does not say yes"),
                )
            });
        }
    }
    None
}

/// The firm of a case, those it is like taken in.
pub fn firm_of(case: &Case, content: &Content, frame: &Frame) -> Result<CaseFirm, Text> {
    let mut chain = vec![case];
    while let Some(like) = chain.last().and_then(|c| c.like.as_ref()) {
        let Some(next) = content.cases.iter().find(|c| &c.key == like) else {
            return Err(Text::new(format!("没有用例 {like}"), format!("there is no case {like}")));
        };
        chain.push(next);
        if chain.len() > MOST_LIKE {
            return Err(Text::fixed("用例互相引用，绕成了圈", "the cases refer to one another in a circle"));
        }
    }
    let mut facts = Map::new();
    for case in chain.into_iter().rev() {
        facts.extend(case.firm.clone());
    }
    read(&facts, &frame.schema, frame.year_shift())
}

/// A firm, or a child record, from its facts as JSON. `year_shift`: the year a bare yearly fact means, counted from the
/// year that is judged where a policy names none.
pub fn read(facts: &Map<String, Json>, schema: &Schema, year_shift: i32) -> Result<CaseFirm, Text> {
    let mut firm = CaseFirm::default();
    for (name, json) in facts {
        if let Some((at, _, child)) = schema.children.get_full(name) {
            let records = json.as_array().cloned().unwrap_or_default();
            let record = |json: &Json| match json {
                Json::Object(facts) => read(facts, &child.schema, 0),
                _ => Err(unreadable(name)),
            };
            firm.children.insert(ChildIx(at as u32), records.iter().map(record).collect::<Result<_, _>>()?);
            continue;
        }
        let (bare, year) = match name.split_once('@') {
            Some((bare, year)) => (bare, year.parse::<i32>().map_err(|_| unreadable(name))?),
            None => (name.as_str(), 0),
        };
        let Some((at, _, decl)) = schema.fields.get_full(bare) else {
            return Err(Text::new(format!("企业没有事实 {bare}"), format!("a firm has no fact {bare}")));
        };
        let year = if decl.yearly { year + year_shift } else { year };
        if json.is_null() {
            firm.facts.remove(&(FieldIx(at as u32), year));
            continue;
        }
        let value = value(json, &decl.ty, schema).ok_or_else(|| unreadable(name))?;
        firm.facts.insert((FieldIx(at as u32), year), value);
    }
    Ok(firm)
}

fn unreadable(name: &str) -> Text {
    Text::new(format!("{name} 的值与它的类型不符"), format!("the value of {name} is not of its type"))
}

fn value(json: &Json, ty: &Type, schema: &Schema) -> Option<Value> {
    let known = |list: &liangu_expr::schema::CodeList, code: &str| list.codes.contains_key(code).then(|| Value::Text(code.into()));
    Some(match (ty, json) {
        (Type::Bool, Json::Bool(yes)) => Value::Bool(*yes),
        (Type::Code(list), Json::String(code)) => known(list, code)?,
        (Type::Text | Type::Ref(_), Json::String(text)) => Value::Text(text.as_str().into()),
        (Type::Date, Json::String(date)) => Value::Date(Date::parse(date).ok()?),
        (Type::Set(list), Json::Array(codes)) => Value::List(codes.iter().map(|code| known(list, code.as_str()?)).collect::<Option<_>>()?),
        (Type::Int(_) | Type::Days, Json::Number(n)) => Value::Int(n.as_i64()?),
        (Type::Double, Json::Number(n)) => Value::Double(n.as_f64()?),
        (Type::Int(_) | Type::Days | Type::Double, Json::String(text)) => constant(text, schema)?,
        _ => return None,
    })
}

/// The value of an expression that reads nothing.
fn constant(text: &str, schema: &Schema) -> Option<Value> {
    let typed = check(text, schema, Expect::Any).ok()?;
    match eval_node(&typed.root, &CaseFirm::default(), &Context::default()) {
        Value::Unknown(_) => None,
        value => Some(value),
    }
}
