//! The doors to the expression language that the use cases need: typing a text, asking the row oracle, saying a rule.
use crate::eligibility::{Firm, oracle_value};
use liangu_base::{Date, Id, Lang, Text};
use liangu_expr::row::{Context, Row, answer_node, eval_node};
use liangu_expr::schema::{ChildIx, FieldIx, Schema, Type};
use liangu_expr::typed::{Const, Kind, Node, Source, Span, Typed};
use liangu_expr::value::{Answer, Reason, Value};
use liangu_expr::{Expect, Finding, check};
use liangu_model::record::{FieldType, Model, Record};
use liangu_store::{Scope, Value as Stored, Values};
use std::collections::HashMap;
use std::sync::Arc;

/// Types a boolean expression; the error is for the log and the administrator.
pub(crate) fn boolean(source: &str, schema: &Schema) -> Result<Typed, String> {
    check(source, schema, Expect::Bool).map_err(|findings| findings.iter().map(|finding| finding.render(source)).collect())
}

/// Types a rule that a person wrote; an empty one is none. The error says where and what to write instead.
pub(crate) fn rule(source: &str, schema: &Schema) -> Result<(), Text> {
    if source.trim().is_empty() {
        return Ok(());
    }
    let said = |lang: Lang, findings: &[Finding]| {
        let line = |finding: &Finding| {
            let column = source.get(..finding.span.start as usize).map_or(0, |before| before.chars().count()) + 1;
            let hint = finding.hint.as_ref().map(|hint| hint.get(lang).to_owned()).unwrap_or_default();
            let message = finding.message.get(lang);
            match (lang, hint.is_empty()) {
                (Lang::Zh, true) => format!("第 {column} 个字：{message}"),
                (Lang::Zh, false) => format!("第 {column} 个字：{message}；{hint}"),
                (Lang::En, true) => format!("character {column}: {message}"),
                (Lang::En, false) => format!("character {column}: {message}; {hint}"),
            }
        };
        findings.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    check(source, schema, Expect::Bool).map(drop).map_err(|findings| Text::new(said(Lang::Zh, &findings), said(Lang::En, &findings)))
}

/// A rule's part in both languages.
pub(crate) fn sentence(node: &Node, schema: &Schema) -> Text {
    liangu_expr::sentence::text(node, schema)
}

/// A ready answer of the model (`wan(500)`, `true`, `small`) as a value of the field's type.
pub(crate) fn constant(source: &str, ty: &FieldType, model: &Model) -> Option<Stored> {
    if matches!(ty, FieldType::Code { .. }) {
        return Some(Stored::Text(source.trim_matches('"').to_owned()));
    }
    let schema = model.schemas.values().next()?;
    let typed = check(source, schema, Expect::Any).ok()?;
    match (eval_node(&typed.root, &Nothing, &Context::new(Date::MIN, 0)), ty) {
        (Value::Bool(yes), FieldType::Bool) => Some(Stored::Bool(yes)),
        (Value::Int(n), FieldType::Int | FieldType::Money | FieldType::Area | FieldType::Percent) => Some(Stored::Int(n)),
        (Value::Date(date), FieldType::Date) => Some(Stored::Date(date)),
        (Value::List(codes), FieldType::Set { .. }) => {
            Some(Stored::set(codes.iter().filter_map(|code| if let Value::Text(code) = code { Some(code.to_string()) } else { None })))
        }
        _ => None,
    }
}

/// What the engine judges by.
pub(crate) fn engine_context(today: Date) -> Context {
    Context::new(today, crate::judged_year(today))
}

/// One firm under the row oracle.
pub(crate) struct Oracle<'a> {
    pub model: &'a Model,
    pub firm: &'a Firm<'a>,
    pub context: Context,
}

impl<'a> Oracle<'a> {
    pub fn new(model: &'a Model, firm: &'a Firm<'a>, today: Date) -> Oracle<'a> {
        Oracle { model, firm, context: Context::new(today, firm.judged_year) }
    }

    pub fn answer(&self, node: &Node) -> Answer {
        answer_node(node, self.firm, &self.context)
    }
}

impl Row for Firm<'_> {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        self.value(field, year)
    }

    fn children(&self, child: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        Some(self.child_rows(child).iter().map(|values| Box::new(Child(values)) as Box<dyn Row>).collect())
    }
}

/// A child's values in the order of its schema.
struct Child<'a>(&'a Arc<[Value]>);

impl Row for Child<'_> {
    fn fact(&self, field: FieldIx, _: i32) -> Value {
        self.0.get(field.0 as usize).cloned().unwrap_or_else(|| missing(String::new()))
    }

    fn children(&self, _: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        None
    }
}

/// A row of which nothing is known, under constants.
struct Nothing;

impl Row for Nothing {
    fn fact(&self, _: FieldIx, _: i32) -> Value {
        missing(String::new())
    }

    fn children(&self, _: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        None
    }
}

fn missing(field: String) -> Value {
    Value::Unknown(Reason::Missing { field, year: 0 })
}

/// A record that is about to be written.
struct Proposed<'a> {
    model: &'a Model,
    record: &'a Record,
    id: Id,
    values: &'a Values,
}

impl Row for Proposed<'_> {
    fn fact(&self, field: FieldIx, _: i32) -> Value {
        let schema = &self.model.schemas[&self.record.name];
        let name = schema.fields.get_index(field.0 as usize).map_or("", |(name, _)| name.as_str());
        if name == "id" {
            return Value::Text(self.id.text(&self.record.prefix).into());
        }
        let known = self.record.fields.get(name).and_then(|field| oracle_value(self.values.get(name)?, &field.ty, self.model));
        known.unwrap_or_else(|| missing(name.to_owned()))
    }

    fn children(&self, _: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        None
    }
}

/// Whether a record with these values lies in the scope. Unknown denies.
pub(crate) fn in_scope(model: &Model, record: &Record, scope: &Scope, id: Id, values: &Values, reader: &liangu_store::Context) -> bool {
    let Scope::AnyOf(scopes) = scope else { return true };
    let row = Proposed { model, record, id, values };
    let context = Context::new(reader.today, reader.year);
    scopes.iter().any(|scope| answer_node(&with_params(scope, &reader.params, model).root, &row, &context) == Answer::Yes)
}

/// A rule that holds where any of these does.
pub(crate) fn any(rules: &[Arc<Typed>]) -> Arc<Typed> {
    match rules {
        [one] => one.clone(),
        _ => {
            let parts = rules.iter().map(|rule| rule.root.clone()).collect();
            let source = rules.iter().map(|rule| format!("({})", rule.source)).collect::<Vec<_>>().join(" || ");
            Arc::new(Typed { source: source.into(), root: Node { kind: Kind::Or(parts), ty: Type::Bool, span: Span::default() } })
        }
    }
}

/// Whether some part of the scope lets every row through.
pub(crate) fn sees_all(scope: &Scope) -> bool {
    match scope {
        Scope::All => true,
        Scope::AnyOf(scopes) => scopes.iter().any(|scope| matches!(scope.root.kind, Kind::Const(Const::Bool(true)))),
    }
}

/// The rule with the parameters put in as constants; what a person does not have is null, which compares unknown.
pub(crate) fn with_params(rule: &Typed, params: &HashMap<(String, String), Stored>, model: &Model) -> Typed {
    Typed { source: rule.source.clone(), root: put(&rule.root, params, model) }
}

fn put(node: &Node, params: &HashMap<(String, String), Stored>, model: &Model) -> Node {
    let of = |node: &Node| Box::new(put(node, params, model));
    let all = |nodes: &[Node]| nodes.iter().map(|node| put(node, params, model)).collect();
    let kind = match &node.kind {
        Kind::Fact(Source::Param { object, field }) => {
            let value = params.get(&(object.to_string(), field.to_string())).unwrap_or(&Stored::Null);
            Kind::Const(constant_of(value, &node.ty, model))
        }
        Kind::WithinOf(place, ancestor) => match of(ancestor).kind {
            Kind::Const(Const::Text(code)) => Kind::Within(of(place), vec![code]),
            _ => Kind::WithinOf(of(place), of(ancestor)),
        },
        Kind::Not(a) => Kind::Not(of(a)),
        Kind::And(parts) => Kind::And(all(parts)),
        Kind::Or(parts) => Kind::Or(all(parts)),
        Kind::AtLeast(n, parts) => Kind::AtLeast(*n, all(parts)),
        Kind::Compare(how, a, b) => Kind::Compare(*how, of(a), of(b)),
        Kind::IsKnown(a) => Kind::IsKnown(of(a)),
        Kind::If(a, b, c) => Kind::If(of(a), of(b), of(c)),
        other => other.clone(),
    };
    Node { kind, ty: node.ty.clone(), span: node.span }
}

fn constant_of(value: &Stored, ty: &Type, model: &Model) -> Const {
    match (value, ty) {
        (Stored::Text(text), _) => Const::Text(text.as_str().into()),
        (Stored::Ref(id), Type::Ref(record)) => {
            let prefix = model.records.get(record).map_or("id", |record| record.prefix.as_str());
            Const::Text(id.text(prefix).into())
        }
        (Stored::Ref(id), _) => Const::Text(id.to_string().into()),
        (Stored::Bool(yes), _) => Const::Bool(*yes),
        (Stored::Int(n), _) => Const::Int(*n),
        (Stored::Date(date), _) => Const::Date(*date),
        _ => Const::Null,
    }
}
