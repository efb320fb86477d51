//! Whole blocks give the row back end's answers and amounts, over children with gaps, whatever the shape of the text.
mod register;
use liangu_base::random::{RandomExt, SplitMix64};
use liangu_expr::row;
use liangu_expr::schema::{ChildIx, FieldIx};
use liangu_expr::value::{Answer, Value};
use liangu_matching::engine::Engine;
use liangu_matching::table::FactKey;
use liangu_matching::trial::Ask;
use register::texts::{Bound, cond, drawn, money};
use register::{Firm, context, random_children, random_firm, schema, table, typed, with_cell};

fn engine(firms: &[Firm]) -> Engine {
    Engine::new(table(firms), Vec::new(), context(), 2).0
}

/// The condition's answers are the oracle's for every firm.
fn same_answers(engine: &Engine, firms: &[Firm], text: &str) {
    let rule = typed(text, &schema());
    let trial = engine.trial(&Ask { parts: std::slice::from_ref(&rule), ..Ask::default() }).unwrap();
    for (at, firm) in firms.iter().enumerate() {
        let answer = match (trial.yes.get(at), trial.unknown.get(at)) {
            (true, _) => Answer::Yes,
            (_, true) => Answer::Unknown,
            _ => Answer::No,
        };
        assert_eq!(answer, row::answer(&rule, firm, engine.context()), "{text}\n{firm:?}");
        assert_eq!(answer, engine.row_answer(&rule, at as u32), "{text}");
    }
}

fn same_amounts(engine: &Engine, firms: &[Firm], text: &str) {
    let amount = typed(text, &schema());
    let amounts = engine.amounts(&amount, 0..firms.len() as u32).unwrap();
    for (firm, amount_of) in firms.iter().zip(amounts) {
        let expected = if let Value::Int(v) = row::eval(&amount, firm, engine.context()) { Some(v) } else { None };
        assert_eq!(amount_of, expected, "{text}\n{firm:?}");
    }
}

#[test]
fn conditions_and_amounts_are_the_oracles() {
    let mut random = SplitMix64::new(31);
    let firms: Vec<Firm> = (0..2100).map(|_| random_firm(&mut random)).collect();
    let (few, many) = (engine(&firms[..130]), engine(&firms));
    for round in 0..700 {
        let depth = random.between(0, 3) as u32;
        let condition = drawn(&mut random, |random| cond(depth, Bound::Nothing, random));
        let amount = drawn(&mut random, |random| money(depth, Bound::Nothing, random));
        same_answers(&few, &firms[..130], &condition);
        same_amounts(&few, &firms[..130], &amount);
        if round % 35 == 0 {
            same_answers(&many, &firms, &condition);
            same_amounts(&many, &firms, &amount);
        }
    }
}

#[test]
fn what_policies_say_is_the_oracles() {
    let mut random = SplitMix64::new(8);
    let firms: Vec<Firm> = (0..400).map(|_| random_firm(&mut random)).collect();
    let engine = engine(&firms);
    for text in [
        "projects.exists(p, p.kind == \"upgrade\" && p.equipment >= yuan(3) && p.started >= date(\"2023-01-01\"))",
        "projects.filter(p, p.accepted).all(p, p.equipment > revenue / 10)",
        "leases.filter(l, l.state_owned).size() == 0",
        "leases.exists(l, l.begins < established) && complete(leases)",
        "leases.exists(l, projects.exists(p, p.started >= l.begins))",
        "projects.exists(p, size(certs) > 1 && leases.exists(l, l.paid > yuan(2)))",
        "leases.all(l, projects.filter(p, p.started < l.begins && p.place == region).sum(p, p.equipment) <= l.paid)",
        "leases.filter(l, l.state_owned && projects.all(p, p.certs.exists(c, c in [\"green\"]) || size(p.certs) == 0 || p.accepted == l.state_owned)).size() > 0",
        "first_reach(revenue, yuan(5)) || growth(revenue) >= percent(10)",
    ] {
        same_answers(&engine, &firms, text);
    }
    for text in [
        "min(projects.filter(p, p.accepted).sum(p, share(p.equipment, percent(10))), yuan(9))",
        "bands(revenue, yuan(0), yuan(1), yuan(10), yuan(5), yuan(50))",
        "tiers(revenue, yuan(10), yuan(1), yuan(20), yuan(5), leases.sum(l, l.paid))",
        "floor_to(max(share(revenue - revenue.at(-1), percent(5)), yuan(0)), yuan(1))",
        "leases.filter(l, l.paid > yuan(1)).mean(l, l.paid) * 3",
    ] {
        same_amounts(&engine, &firms, text);
    }
}

#[test]
fn a_changed_fact_or_record_is_seen_by_the_next_question() {
    let mut random = SplitMix64::new(77);
    let mut firms: Vec<Firm> = (0..2049).map(|_| random_firm(&mut random)).collect();
    let mut engine = engine(&firms);
    let condition = |random: &mut SplitMix64| drawn(random, |random| cond(2, Bound::Nothing, random));
    let amount = |random: &mut SplitMix64| drawn(random, |random| money(2, Bound::Nothing, random));
    let questions: Vec<(String, String)> = (0..12).map(|_| (condition(&mut random), amount(&mut random))).collect();
    for step in 0..48 {
        let (condition, amount) = &questions[step % questions.len()];
        same_answers(&engine, &firms, condition);
        same_amounts(&engine, &firms, amount);
        let row = random.below(firms.len() as u64) as usize;
        let fresh = random_firm(&mut random);
        match step % 4 {
            0 => {
                let key = FactKey::new(FieldIx(random.below(9) as u32), 0);
                firms[row].facts.remove(&key);
                fresh.facts.get(&key).map(|value| firms[row].facts.insert(key, value.clone()));
                with_cell(fresh.facts.get(&key), |cell| engine.set(row, &[(key, cell)])).unwrap();
            }
            1 | 2 => {
                let child = ChildIx(random.below(2) as u32);
                let records = random_children(child, &mut random);
                firms[row].children.remove(&child);
                records.clone().map(|records| firms[row].children.insert(child, records));
                engine.set_children(row, child, records).unwrap();
            }
            _ => {
                assert_eq!(engine.append(), firms.len());
                firms.push(Firm::default());
            }
        }
        same_answers(&engine, &firms, condition);
        same_amounts(&engine, &firms, amount);
    }
}
