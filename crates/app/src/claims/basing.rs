//! What a claim is judged by, and freezing what it rests on.
//!
//! [`Basing`] is made once for a policy and serves any number of firms. Without a document of its own a policy is judged
//! by its clauses on file if they say what its rule says, else by the rule alone, so that a claim is answered as
//! matching answers.
use super::values::{bilingual, date, text};
use crate::authoring::in_force;
use crate::eligibility::{FIRM, POLICY, oracle_value};
use crate::fault::{Fault, Outcome};
use crate::{App, Caller, Principal, judged_year};
use liangu_base::{Date, Lang, Text};
use liangu_expr::Expect;
use liangu_expr::print::print_node;
use liangu_expr::row::Row;
use liangu_expr::schema::{ChildIx, FieldIx, Schema};
use liangu_expr::typed::Typed;
use liangu_expr::value::{Reason, Value};
use liangu_model::record::{Model, Record};
use liangu_policy::Content;
use liangu_policy::compile;
use liangu_policy::content::{Clause, ClauseKind};
use liangu_policy::decision::{Basis, Evidence, Frozen, Judge};
use liangu_policy::frame::Head;
use liangu_store::{Item, Reader, StoreError, Values, Years};
use std::collections::HashMap;
use std::sync::Arc;

/// A policy ready to judge claims.
pub(crate) struct Basing {
    pub judge: Judge,
    /// Of the basis.
    pub digest: String,
    pub day: Date,
    pub judged_year: i32,
}

impl Basing {
    /// By what is in force, as of today.
    pub fn of(app: &App, policy: &Item) -> Outcome<Basing> {
        let day = app.today();
        Ok(Basing::on(app, basis_of(app, policy)?, day, judged_year(day)))
    }

    /// By what was frozen once.
    pub fn on(app: &App, basis: Basis, day: Date, judged_year: i32) -> Basing {
        let digest = basis.digest();
        Basing { judge: Judge::new(basis, schema(app), day, judged_year), digest, day, judged_year }
    }

    /// What a claim of the firm rests on, as things are on file now.
    pub fn freeze(&self, app: &App, reader: &mut Reader<'_>, firm: &Item, items: &[String]) -> Result<Frozen, StoreError> {
        let live = Live::read(self, app, reader, firm)?;
        let facts = reader.facts(FIRM, firm.id)?;
        let spoken: HashMap<(&str, Option<i32>), Evidence> = facts
            .iter()
            .filter(|fact| fact.current)
            .map(|fact| ((fact.field.as_str(), fact.year), Evidence { source: fact.source.clone(), as_of: fact.as_of }))
            .collect();
        let evidence = |field: &str, year: Option<i32>| spoken.get(&(field, year)).cloned();
        let (wanted, schema) = (self.judge.wanted(), schema(app));
        Ok(Frozen {
            basis: self.digest.clone(),
            firm: firm.id.text(&app.model.records[FIRM].prefix),
            day: self.day,
            judged_year: self.judged_year,
            taken_on: app.today(),
            facts: wanted.facts_of(&live, schema, self.judged_year, &evidence),
            children: wanted.children_of(&live, schema),
            items: items.to_vec(),
            grants: super::grants::grants_of(app, reader, firm.id, &self.judge, None)?,
            granted_on: app.today(),
        })
    }
}

pub(super) fn schema(app: &App) -> &Arc<Schema> {
    &app.model.schemas[FIRM]
}

/// What is in force of a policy, with the reference data it names.
fn basis_of(app: &App, policy: &Item) -> Outcome<Basis> {
    let operator = Principal::operator();
    let caller = Caller::new(app, &operator, Lang::Zh);
    let versions = caller.versions_of(policy.id)?;
    let (version, on_file) = caller.content_in_force(policy, &versions)?;
    let rules = caller.rules()?;
    let head = rules.frame_with(&policy.values, on_file.dates).head;
    let content = match in_force(app, policy.id)? {
        Some(content) => content,
        None => as_the_rule(on_file, policy, &rules.frame(&policy.values))?,
    };
    let basis = Basis {
        policy: policy.id.text(&app.model.records[POLICY].prefix),
        number: text(&policy.values, "number").map(str::to_owned),
        title: bilingual(&policy.values, "title"),
        version,
        head: Head { ..head },
        content,
        parameters: Vec::new(),
    };
    Ok(basis.with_parameters(&rules.reference))
}

/// The clauses on file where they are the rule, else the rule as the one deciding clause.
fn as_the_rule(content: Content, policy: &Item, frame: &liangu_policy::Frame) -> Outcome<Content> {
    let Some(when) = text(&policy.values, "when").filter(|when| !when.trim().is_empty()) else { return Ok(content) };
    let typed = frame.typed(when, Expect::Bool).map_err(|_| Fault::Internal(format!("the rule of policy {} does not type", policy.id)))?;
    let said = |rule: &Typed| print_node(&rule.root, &frame.schema);
    if compile(&content, frame).rule().is_some_and(|rule| said(&rule) == said(&typed)) {
        return Ok(content);
    }
    let told = |mut clause: Clause| {
        if clause.kind == ClauseKind::Deciding {
            clause.kind = ClauseKind::Information;
        }
        clause
    };
    let rule = Clause {
        key: "rule".to_owned(),
        text: Text::fixed("符合政策的适用规则", "The policy's rule"),
        kind: ClauseKind::Deciding,
        when: Some(when.to_owned()),
        ..Clause::default()
    };
    Ok(Content { clauses: content.clauses.into_iter().map(told).chain([rule]).collect(), ..content })
}

/// A firm as it stands on file, as far as a policy asks.
struct Live<'a> {
    model: &'a Model,
    record: &'a Record,
    schema: &'a Schema,
    values: &'a Values,
    years: Years,
    judged_year: i32,
    children: HashMap<ChildIx, Vec<LiveChild>>,
}

struct LiveChild(Vec<Value>);

impl<'a> Live<'a> {
    fn read(basing: &Basing, app: &'a App, reader: &mut Reader<'_>, firm: &'a Item) -> Result<Live<'a>, StoreError> {
        let (model, schema) = (&app.model, schema(app).as_ref());
        let mut children = HashMap::new();
        for place in &basing.judge.wanted().children {
            let Some((name, child)) = schema.children.get_index(place.0 as usize) else { continue };
            let owner = model.records.values().find(|r| r.child_of.as_ref().is_some_and(|of| of.record == FIRM && of.name == *name));
            let Some(owner) = owner else { continue };
            let rows = reader.children(&owner.name, firm.id)?;
            let read = |row: &Item| LiveChild(child.schema.fields.keys().map(|name| known(model, owner, &row.values, name)).collect());
            children.insert(*place, rows.iter().map(read).collect());
        }
        let years = reader.years(FIRM, firm.id)?;
        let (record, judged_year) = (&model.records[FIRM], basing.judged_year);
        Ok(Live { model, record, schema, values: &firm.values, years, judged_year, children })
    }
}

fn known(model: &Model, record: &Record, values: &Values, name: &str) -> Value {
    let value = record.fields.get(name).and_then(|field| oracle_value(values.get(name)?, &field.ty, model));
    value.unwrap_or_else(|| Value::Unknown(Reason::Missing { field: name.to_owned(), year: 0 }))
}

impl Row for Live<'_> {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        let missing = Value::Unknown(Reason::Missing { field: String::new(), year });
        let Some((name, decl)) = self.schema.fields.get_index(field.0 as usize) else { return missing };
        let values = if decl.yearly { self.years.get(&(self.judged_year + year)) } else { Some(self.values) };
        values.map_or(missing, |values| known(self.model, self.record, values, name))
    }

    fn children(&self, child: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        let rows = self.children.get(&child)?;
        Some(rows.iter().map(|row| Box::new(row) as Box<dyn Row>).collect())
    }
}

impl Row for &LiveChild {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        self.0.get(field.0 as usize).cloned().unwrap_or(Value::Unknown(Reason::Missing { field: String::new(), year }))
    }

    fn children(&self, _: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        None
    }
}

/// Whether the policy takes claims today, and if not, why.
pub(crate) fn takes_claims(policy: &Values, today: Date) -> Result<(), Text> {
    let life = crate::eligibility::Life::on(today, policy);
    match life {
        crate::eligibility::Life::InForce => {}
        crate::eligibility::Life::Upcoming => {
            return Err(Text::fixed("政策尚未施行，施行后再申报。", "The policy is not in force yet; claim once it is."));
        }
        _ => return Err(Text::fixed("政策已失效，不再受理申报。", "The policy has ended; no claims are taken any more.")),
    }
    if let Some(from) = date(policy, "window_from").filter(|from| *from > today) {
        return Err(Text::new(format!("{from} 起受理申报，请届时再来。"), format!("Claims are taken from {from} on.")));
    }
    if let Some(to) = date(policy, "window_to").filter(|to| *to < today) {
        return Err(Text::new(
            format!("申报已于 {to} 截止，请关注下一轮通知。"),
            format!("The window closed on {to}; watch for the next notice."),
        ));
    }
    Ok(())
}
