//! Every rule types; a policy's rule is the conjunction of its deciding clauses; the rules are about as selective as
//! real ones; the persona's page is rich.
mod common;

use common::{day, demonstration, visit};
use liangu_base::Lang;
use liangu_demo::policy::Policy;
use liangu_demo::policy::clause::conjunction;
use liangu_demo::{Datum, Entry};
use liangu_expr::row::Context;
use liangu_expr::schema::{ChildIx, FieldIx, Schema, Type};
use liangu_expr::typed::Typed;
use liangu_expr::value::{Answer, Value};
use liangu_expr::{Expect, check};
use liangu_matching::engine::Engine;
use liangu_matching::table::{Cell, FactKey, TableBuilder};
use liangu_policy::Frame;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

static SCHEMA: LazyLock<Arc<Schema>> = LazyLock::new(|| {
    let model =
        liangu_packs::load(Vec::new()).unwrap_or_else(|errors| panic!("{}", errors.iter().map(|e| e.render(Lang::En)).collect::<String>()));
    model.schemas["enterprise"].clone()
});

/// Rule of each policy in force that has one, by its place among the policies. A policy of the stock is typed with its
/// own dates and the reference data.
fn rules(policies: &[Policy]) -> Vec<(usize, Arc<Typed>)> {
    let frame = Frame { today: day(), judged_year: day().year() - 1, ..liangu_demo::policy::stock::frame() };
    let mut faults: BTreeMap<String, String> = BTreeMap::new();
    let mut typed = Vec::new();
    for (number, policy) in policies.iter().enumerate() {
        let written = policy.content.as_ref();
        let frame = Frame { dates: written.map_or(frame.dates, |w| w.content.dates), ..frame.clone() };
        let check = |when: &str| match written {
            Some(_) => frame.typed(when, Expect::Bool),
            None => check(when, &SCHEMA, Expect::Bool),
        };
        for when in policy.clauses.iter().filter_map(|c| c.when.as_ref()) {
            if let Err(findings) = check(when) {
                faults.entry(when.clone()).or_insert_with(|| findings.iter().map(|f| f.render(when)).collect());
            }
        }
        let rule = written.map_or_else(|| conjunction(&policy.clauses), |w| w.rule.clone());
        if let Some(when) = rule
            && let Ok(rule) = check(&when)
            && policy.in_force(day())
        {
            typed.push((number, Arc::new(rule)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.values().take(20).cloned().collect::<Vec<_>>().join("\n"));
    typed
}

#[test]
fn every_rule_types_and_is_the_conjunction_of_its_deciding_clauses() {
    rules(&demonstration().policies());
    let mut rules: BTreeMap<liangu_base::Id, Option<String>> = BTreeMap::new();
    let mut clauses: BTreeMap<liangu_base::Id, Vec<String>> = BTreeMap::new();
    visit(&demonstration(), |entry| match entry.record {
        "policy" => {
            let when = entry.get("when").map(|_| common::text(entry, "when").to_owned());
            rules.insert(entry.id, when);
        }
        "policy_clause" => {
            let Some(Datum::Ref(policy)) = entry.get("policy") else { panic!("a clause without policy") };
            let deciding = common::text(entry, "kind") == "deciding";
            assert_eq!(deciding, entry.get("when").is_some(), "{entry:?}");
            if deciding {
                clauses.entry(*policy).or_default().push(format!("({})", common::text(entry, "when")));
            }
        }
        _ => {}
    });
    // the items of a policy of the stock make its rule more than a conjunction
    let demonstration = demonstration();
    let ids: Vec<liangu_base::Id> = rules.keys().copied().collect();
    let stocked: Vec<bool> = demonstration.policies().iter().map(|p| p.content.is_some()).collect();
    let plain: std::collections::BTreeSet<liangu_base::Id> = ids.into_iter().zip(stocked).filter(|(_, s)| !s).map(|(id, _)| id).collect();
    for (policy, when) in rules.into_iter().filter(|(id, _)| plain.contains(id)) {
        assert_eq!(when, clauses.get(&policy).map(|parts| parts.join(" && ")));
    }
}

#[test]
fn hand_written_policies_with_a_formula_compute_their_money() {
    let policies = demonstration().policies();
    let with_formula: Vec<&Policy> = policies.iter().filter(|p| p.series == "demonstration" && p.content.is_some()).collect();
    assert_eq!(with_formula.len(), 9);
    for policy in with_formula {
        let content = &policy.content.as_ref().unwrap().content;
        let frame = Frame { today: day(), judged_year: day().year() - 1, dates: content.dates, ..liangu_demo::policy::stock::frame() };
        let compiled = liangu_policy::compile(content, &frame);
        assert!(compiled.sound && compiled.amount.is_some() && compiled.money.is_empty(), "{}: {:?}", policy.title.zh, compiled.items);
        let covered = liangu_policy::gate::coverage(content, &compiled);
        let whole = covered.person == 0 && covered.expressed == covered.deciding && covered.deciding > 0;
        assert!(whole || policy.mode == "application", "{} is granted without application and leaves something open", policy.title.zh);
    }
}

/// Answers of one firm over the policies in force.
#[derive(Default)]
struct Page {
    fits: Vec<usize>,
    near: Vec<usize>,
    unknown: Vec<usize>,
}

#[test]
fn rules_are_selective_and_the_personas_page_is_rich() {
    let demonstration = demonstration();
    let policies = demonstration.policies();
    let rules = rules(&policies);
    let places: BTreeMap<u64, usize> = rules.iter().enumerate().map(|(key, (number, _))| (key as u64, *number)).collect();
    let table = table(&demonstration);
    let firms = table.len();
    let keyed = rules.iter().enumerate().map(|(key, (_, rule))| (key as u64, rule.clone())).collect();
    let (engine, refused) = Engine::new(table, keyed, Context::new(day(), day().year() - 1), 2);
    assert!(refused.is_empty(), "{refused:?}");

    let counts = engine.counts(2);
    let pairs: u64 = counts.iter().map(|c| u64::from(c.yes)).sum();
    let unknown: u64 = counts.iter().map(|c| u64::from(c.unknown)).sum();
    let (of_all, of_unknown) = (share(pairs, counts.len(), firms), share(unknown, counts.len(), firms));
    eprintln!("{} in force; of all pairs {of_all:.2} % fit, {of_unknown:.2} % are unknown", counts.len());

    let page = page(&engine, &places, 0);
    let money = |numbers: &[usize]| numbers.iter().filter_map(|n| policies[*n].amount).map(|a| a.fen()).sum::<i64>() / 1_000_000;
    for (what, numbers) in [("fits", &page.fits), ("near", &page.near), ("unknown", &page.unknown)] {
        eprintln!("{what}: {} policies, {} 万元", numbers.len(), money(numbers));
    }
    assert!((0.5..2.0).contains(&of_all), "{of_all} % of all pairs fit");
    assert!((0.5..6.0).contains(&of_unknown), "{of_unknown} % of all pairs are unknown");
    assert!(page.fits.len() >= 10 && money(&page.fits) >= 200);
    assert!(page.fits.iter().filter(|n| policies[**n].window.1.is_some_and(|to| to >= day())).count() >= 5, "deadlines ahead");
    assert!(page.near.len() >= 5 && page.unknown.len() >= 8);
    let questions = engine.questions(0, &[], |key| policies[places[&key]].amount.map_or(0, |a| a.fen())).unwrap();
    let asked: Vec<&str> =
        questions.iter().filter_map(|q| SCHEMA.fields.get_index(q.fact.field.0 as usize)).map(|(name, _)| name.as_str()).collect();
    eprintln!("questions {asked:?}");
    assert!(questions.len() >= 8, "{asked:?}");
    for field in ["hightech_income_ratio", "hometown_investor", "equity_raised", "class1_ip", "legal_person", "giant_in_group"] {
        assert!(asked.contains(&field), "{field} has ready answers and is asked: {asked:?}");
    }
}

fn share(part: u64, policies: usize, firms: usize) -> f64 {
    part as f64 * 100.0 / (policies as f64 * firms as f64)
}

fn page(engine: &Engine, places: &BTreeMap<u64, usize>, row: usize) -> Page {
    let mut page = Page::default();
    for (key, answer) in engine.policies().zip(engine.firm(row).iter()) {
        match answer {
            Answer::Yes => page.fits.push(places[&key]),
            Answer::Unknown => page.unknown.push(places[&key]),
            Answer::No => {}
        }
    }
    page.near = engine.near_all(row, &[]).unwrap().iter().map(|near| places[&near.policy]).collect();
    page
}

/// All firms with their yearly facts and children, in the order of their ids.
fn table(demonstration: &liangu_demo::Demonstration) -> liangu_matching::table::Table {
    let years: Vec<i32> = (-10..=0).rev().collect();
    let mut builder = TableBuilder::all(&SCHEMA, &years);
    let mut children: BTreeMap<ChildIx, Vec<Arc<[Value]>>> = BTreeMap::new();
    let judged = day().year() - 1;
    visit(demonstration, |entry| {
        if entry.record == "enterprise" {
            flush(&mut builder, &mut children);
            builder.row();
            fill(&mut builder, entry, judged);
        } else if let Some((ix, _, child)) =
            SCHEMA.children.iter().enumerate().map(|(i, (n, c))| (i, n, c)).find(|(_, _, c)| c.schema.record == entry.record)
        {
            let record = child
                .schema
                .fields
                .keys()
                .map(|name| entry.get(name).map_or(Value::Unknown(liangu_expr::value::Reason::Later), value))
                .collect();
            children.entry(ChildIx(ix as u32)).or_default().push(record);
        }
    });
    flush(&mut builder, &mut children);
    builder.build()
}

fn flush(builder: &mut TableBuilder, children: &mut BTreeMap<ChildIx, Vec<Arc<[Value]>>>) {
    for (child, records) in std::mem::take(children) {
        builder.children(child, records).unwrap();
    }
}

fn fill(builder: &mut TableBuilder, entry: &Entry, judged: i32) {
    for (ix, (name, decl)) in SCHEMA.fields.iter().enumerate() {
        let field = FieldIx(ix as u32);
        if !decl.yearly {
            put(builder, FactKey::new(field, 0), entry.get(name));
            continue;
        }
        for back in 0..=10 {
            put(builder, FactKey::new(field, -back), entry.get_year(judged - back, name));
        }
    }
}

fn put(builder: &mut TableBuilder, key: FactKey, datum: Option<&Datum>) {
    let id;
    let cell = match datum {
        None | Some(Datum::Bilingual(_) | Datum::Instant(_)) => return,
        Some(Datum::Bool(value)) => Cell::Bool(*value),
        Some(Datum::Int(value)) => Cell::Int(*value),
        Some(Datum::Text(text)) => Cell::Text(text),
        Some(Datum::Date(date)) => Cell::Date(*date),
        Some(Datum::Set(codes)) => Cell::Set(codes),
        Some(Datum::Ref(of)) => {
            id = of.text("park");
            Cell::Text(&id)
        }
    };
    if builder.column(key).is_some() && !matches!(SCHEMA.fields[key.field.0 as usize].ty, Type::Null) {
        builder.set(key, cell).unwrap();
    }
}

fn value(datum: &Datum) -> Value {
    match datum {
        Datum::Bool(value) => Value::Bool(*value),
        Datum::Int(value) => Value::Int(*value),
        Datum::Text(text) => Value::Text(text.as_ref().into()),
        Datum::Date(date) => Value::Date(*date),
        Datum::Set(codes) => Value::List(codes.iter().map(|c| Value::Text((*c).into())).collect()),
        Datum::Ref(id) => Value::Text(id.to_string().into()),
        Datum::Bilingual(text) => Value::Text(text.zh.as_ref().into()),
        Datum::Instant(_) => Value::Null,
    }
}

#[test]
fn the_stock_has_firms_that_fit_and_firms_that_are_asked() {
    let demonstration = demonstration();
    let policies = demonstration.policies();
    let frame = Frame { today: day(), judged_year: day().year() - 1, ..liangu_demo::policy::stock::frame() };
    let stock: Vec<(&Policy, Arc<Typed>)> = policies
        .iter()
        .filter_map(|p| {
            let written = p.content.as_ref()?;
            let frame = Frame { dates: written.content.dates, ..frame.clone() };
            Some((p, Arc::new(frame.typed(written.rule.as_ref()?, Expect::Bool).unwrap())))
        })
        .collect();
    assert_eq!(stock.iter().filter(|(policy, _)| policy.series == "real").count(), 40);
    let keyed = stock.iter().enumerate().map(|(key, (_, rule))| (key as u64, rule.clone())).collect();
    let (engine, refused) = Engine::new(table(&demonstration), keyed, Context::new(day(), day().year() - 1), 2);
    assert!(refused.is_empty(), "{refused:?}");
    let (mut fitting, mut asked, mut here) = (0, 0, 0);
    for ((policy, _), counts) in stock.iter().zip(engine.counts(2)) {
        eprintln!("{:>6} yes {:>6} unknown  {}", counts.yes, counts.unknown, policy.title.zh);
        if policy.series == "real" && policy.region.as_deref().is_none_or(|code| code == "430000" || code.starts_with("4313")) {
            here += 1;
            fitting += usize::from(counts.yes > 0);
            asked += usize::from(counts.unknown > 0);
        }
    }
    assert!(fitting * 10 >= here * 7 && asked * 10 >= here * 6, "{fitting} and {asked} of {here}");
}
