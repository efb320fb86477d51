//! What looks at the day is lowered to a cut of the date, and turns with the day.
mod common;
use common::{FOUNDED, compare, context, fact, node, number, rule};
use liangu_base::date::Date;
use liangu_expr::row::Context;
use liangu_expr::schema::{Type, Unit};
use liangu_expr::typed::{Arith, Compare, Kind, Node};
use liangu_expr::value::Answer;
use liangu_matching::engine::Engine;
use liangu_matching::naive;
use liangu_matching::table::{Cell, TableBuilder};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn since(name: &'static str) -> Node {
    node(Kind::Call(name, vec![fact(FOUNDED)]), Type::Int(Unit::Year))
}

#[test]
fn ages_turn_on_the_right_day() {
    let mut builder = TableBuilder::all(&common::schema(), &[0, -1]);
    let first = date("2019-12-01").days();
    for offset in 0..1600 {
        builder.row();
        builder.set(FOUNDED, Cell::Date(Date::from_days(first + offset).unwrap())).unwrap();
    }
    builder.row();
    let days_between = node(Kind::Arith(Arith::Sub, Box::new(node(Kind::Today, Type::Date)), Box::new(fact(FOUNDED))), Type::Days);
    let ages = [
        (since("years_since"), vec![-1, 0, 1, 3]),
        (since("months_since"), vec![-2, 0, 11, 36]),
        (since("days_since"), vec![-5, 0, 365]),
        (days_between, vec![-5, 0, 365]),
    ];
    let all = [Compare::Lt, Compare::Le, Compare::Gt, Compare::Ge, Compare::Eq, Compare::Ne];
    let mut rules = Vec::new();
    for (age, numbers) in &ages {
        for (c, &n) in all.iter().flat_map(|c| numbers.iter().map(move |n| (c, n))) {
            rules.push((rules.len() as u64, rule(compare(*c, age.clone(), number(n)))));
        }
    }
    let mut engine = Engine::new(builder.build(), rules.clone(), context(), 2).0;
    for today in ["2021-02-28", "2024-02-29", "2024-03-01", "2023-12-31"] {
        let now = Context::new(date(today), 2025);
        engine.set_context(now.clone());
        let counts = engine.counts(1);
        for ((_, rule), count) in rules.iter().zip(&counts) {
            let expected = naive::answers(engine.table(), rule, &now);
            let of = |wanted| expected.iter().filter(|a| **a == wanted).count() as u32;
            assert_eq!((count.yes, count.unknown), (of(Answer::Yes), of(Answer::Unknown)), "{today} {:?}", rule.root.kind);
        }
    }
}

#[test]
fn a_firm_comes_of_age_when_the_day_turns() {
    let mut builder = TableBuilder::all(&common::schema(), &[0, -1]);
    builder.row();
    builder.set(FOUNDED, Cell::Date(date("2023-11-25"))).unwrap();
    let rules = vec![(1, rule(compare(Compare::Ge, since("years_since"), number(3))))];
    let mut engine = Engine::new(builder.build(), rules, Context::new(date("2026-11-24"), 2025), 1).0;
    assert_eq!(engine.firm(0).to_vec(), [Answer::No]);
    engine.set_context(Context::new(date("2026-11-25"), 2025));
    assert_eq!(engine.firm(0).to_vec(), [Answer::Yes]);
}
