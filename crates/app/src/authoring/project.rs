//! What a document in force is to the rest of the program: fields of the policy and its clauses, written in the commit
//! that releases it.
use crate::eligibility::{CLAUSE, POLICY};
use liangu_base::{Date, Id};
use liangu_expr::row::{Context, eval_node};
use liangu_expr::typed::Node;
use liangu_policy::cases::CaseFirm;
use liangu_policy::content::{ClauseKind, Confidence, Content};
use liangu_policy::{Compiled, Frame, source};
use liangu_store::{Change, Item, Value, Values, Years};

/// Changes that make the policy's rows say what the document says. `next` gives ids for new rows.
pub(crate) fn released(
    policy: &Item,
    clauses: &[Item],
    content: &Content,
    compiled: &Compiled,
    frame: &Frame,
    from: Date,
    mut next: impl FnMut() -> Id,
) -> Vec<Change> {
    let mut values = Values::new();
    let mut set = |field: &str, value: Option<Value>| drop(values.insert(field.to_owned(), value.unwrap_or(Value::Null)));
    set("when", source::rule(content, compiled).map(Value::Text));
    set("judged_year", content.dates.judged_year.map(|year| Value::Int(year.into())));
    set("cut_off", content.dates.cut_off.map(Value::Date));
    set("draft", None);
    set("amount_max", most(content, compiled, frame).map(Value::Int));
    set("grants", content.items.iter().find_map(|item| item.benefit.certificate.clone()).map(Value::Text));
    // it was withdrawn, and lives again
    if super::frame::date(&policy.values, "valid_to").is_some_and(|last| last < from) {
        set("valid_to", None);
    }
    if !policy.values.contains_key("valid_from") || policy.values["valid_from"].is_null() {
        set("valid_from", Some(Value::Date(from)));
    }
    let mut changes =
        vec![Change::Update { record: POLICY.to_owned(), id: policy.id, expected_version: None, values, years: Years::new() }];
    changes.extend(clauses.iter().map(|row| Change::Delete { record: CLAUSE.to_owned(), id: row.id, expected_version: row.version }));
    for (position, clause) in content.clauses.iter().enumerate() {
        let mut values = Values::new();
        let mut set = |field: &str, value: Value| drop(values.insert(field.to_owned(), value));
        set("policy", Value::Ref(policy.id));
        set("position", Value::Int(position as i64 + 1));
        set("text", Value::Bilingual(clause.text.clone()));
        set("kind", Value::text(kind(clause.kind)));
        if let Some(article) = &clause.article {
            set("article", Value::text(article.clone()));
        }
        if let Some(confidence) = clause.confidence {
            set("confidence", Value::text(confidence_code(confidence)));
        }
        if clause.kind == ClauseKind::Deciding
            && let Some(when) = source::clause(clause, content, compiled)
        {
            set("when", Value::Text(when));
        }
        changes.push(Change::Create { record: CLAUSE.to_owned(), id: next(), values, years: Years::new() });
    }
    changes
}

fn kind(kind: ClauseKind) -> &'static str {
    match kind {
        ClauseKind::Deciding => "deciding",
        ClauseKind::Person => "person",
        ClauseKind::Information => "information",
    }
}

fn confidence_code(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Confirmed => "confirmed",
        Confidence::Known => "known",
        Confidence::Unsure => "unsure",
    }
}

/// The most a firm can get, where caps that do not depend on the firm say so. Fen.
fn most(content: &Content, compiled: &Compiled, frame: &Frame) -> Option<i64> {
    let nothing = CaseFirm::default();
    let constant = |node: &Node| match eval_node(node, &nothing, &Context::new(frame.today, frame.judged_year)) {
        liangu_expr::value::Value::Int(n) => Some(n),
        _ => None,
    };
    let money = |text: &Option<String>| {
        let text = text.as_deref().filter(|t| !t.trim().is_empty())?;
        constant(&frame.typed(text, liangu_expr::Expect::Any).ok()?.root)
    };
    if let Some(cap) = money(&content.money.firm_cap) {
        return Some(cap);
    }
    let of_item = |(at, item): (usize, &liangu_policy::content::Item)| {
        let bound_many = item.bind.is_some() && item.benefit.times != Some(1);
        let whole = compiled.items.get(at).and_then(|i| i.amount.as_ref()).and_then(|amount| constant(&amount.root));
        if bound_many { None } else { whole.or_else(|| money(&item.benefit.cap)) }
    };
    let all: Option<Vec<i64>> = content.items.iter().enumerate().map(of_item).collect();
    let all = all.filter(|all| !all.is_empty())?;
    match content.money.choose {
        liangu_policy::content::Choose::Sum => all.iter().try_fold(0i64, |sum, part| sum.checked_add(*part)),
        liangu_policy::content::Choose::Highest => all.into_iter().max(),
    }
}
