//! Three meanings of an expression agree: rows, SQL in both databases, columns; over random expressions and records with
//! gaps, extreme numbers, empty sets, dates at the edges and Chinese text. A case is one expression answered for one
//! record by every back end.
//!
//! `LIANGU_SOAK` makes it ten million cases; `LIANGU_SOAK_CASES` and `LIANGU_SOAK_SEED` say other numbers. PostgreSQL takes
//! part where `LIANGU_TEST_PG` names a server.
#[path = "../../../expr/tests/sql_equals_row/expressions.rs"]
#[allow(dead_code)]
mod expressions;
#[path = "../../../expr/tests/sql_equals_row/records.rs"]
#[allow(dead_code)]
mod records;
mod world;

use expressions::Expressions;
use liangu_base::random::SplitMix64;
use liangu_expr::rewrite::with_parts;
use liangu_expr::schema::Type;
use liangu_expr::typed::{Aggregate, Arith, Compare, Kind, Node};
use std::time::Instant;
use world::{Place, World, expression};

/// Records of one world, and expressions asked of it before the next one is made.
const RECORDS: usize = 50;
const EXPRESSIONS: u64 = 1_000;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name}={text} is no number")))
}

fn drawn(seed: u64) -> Expressions {
    Expressions { random: SplitMix64::new(!seed), list: records::list(), bound: 0, doubles: false }
}

/// The first record of which a back end says something else than rows do.
fn disagreement(world: &mut World, meant: &Node, of: impl Fn(Place) -> Node) -> Option<String> {
    let expected = world.said(Place::Row, &of(Place::Row));
    for place in world.places() {
        let said = world.said(place, &of(place));
        assert_eq!(said.len(), expected.len());
        if let Some(at) = (0..said.len()).find(|at| said[*at] != expected[*at]) {
            let (said, expected) = (&said[at], &expected[at]);
            return Some(format!("{place:?} says {said:?}, rows say {expected:?}\n{:?}\n{}", meant.kind, world.shown(at)));
        }
    }
    None
}

#[test]
fn rows_sql_and_columns_agree() {
    let soak = std::env::var("LIANGU_SOAK").is_ok();
    let wanted = number("LIANGU_SOAK_CASES").unwrap_or(if soak { 10_000_000 } else { 100_000 });
    let seed = number("LIANGU_SOAK_SEED").unwrap_or(20_260_722);
    let server = std::env::var("LIANGU_TEST_PG").ok();
    let (begun, mut cases, mut worlds) = (Instant::now(), 0, 0);
    while cases < wanted {
        let seed = seed.wrapping_add(worlds);
        let (mut world, mut expressions) = (World::new(seed, RECORDS, server.as_deref()), drawn(seed));
        for _ in 0..EXPRESSIONS {
            let node = expression(&mut expressions);
            if let Some(what) = disagreement(&mut world, &node, |_| node.clone()) {
                panic!("world {seed}, after {cases} cases: {what}");
            }
            cases += RECORDS as u64;
        }
        worlds += 1;
    }
    let databases = if server.is_some() { "SQLite and PostgreSQL" } else { "SQLite" };
    println!("three meanings agree: {cases} cases, seed {seed}, {databases}, {} seconds", begun.elapsed().as_secs());
}

/// What a back end makes of a node that it misreads; none where it reads rightly.
type Misread = fn(&Node) -> Option<Kind>;

/// The mistakes of a back end that misreads what it is given.
const MISTAKES: [(&str, Misread); 5] = [
    ("at least taken for more than", |node| match &node.kind {
        Kind::Compare(Compare::Ge, a, b) => Some(Kind::Compare(Compare::Gt, a.clone(), b.clone())),
        _ => None,
    }),
    ("unknown taken for no", |node| {
        let known = |part: &Node| {
            let known = Node { kind: Kind::IsKnown(Box::new(part.clone())), ty: Type::Bool, span: part.span };
            Node { kind: Kind::And(vec![known, part.clone()]), ty: Type::Bool, span: part.span }
        };
        match &node.kind {
            Kind::Or(parts) => Some(Kind::Or(parts.iter().map(known).collect())),
            _ => None,
        }
    }),
    ("nothing taken for something", |node| match &node.kind {
        Kind::Aggregate { child, filter, what: Aggregate::All(p) } => {
            Some(Kind::Aggregate { child: *child, filter: filter.clone(), what: Aggregate::Exists(p.clone()) })
        }
        _ => None,
    }),
    ("a remainder taken for a quotient", |node| match &node.kind {
        Kind::Arith(Arith::Rem, a, b) => Some(Kind::Arith(Arith::Div, a.clone(), b.clone())),
        _ => None,
    }),
    ("a filter left out", |node| match &node.kind {
        Kind::Aggregate { child, filter: Some(_), what } => Some(Kind::Aggregate { child: *child, filter: None, what: what.clone() }),
        _ => None,
    }),
];

fn spoiled(node: &Node, mistake: fn(&Node) -> Option<Kind>) -> Node {
    let inner = with_parts(node, &mut |part| spoiled(part, mistake));
    match mistake(&inner) {
        Some(kind) => Node { kind, ..inner },
        None => inner,
    }
}

#[test]
fn a_planted_mistake_in_any_back_end_is_caught() {
    let server = std::env::var("LIANGU_TEST_PG").ok();
    let mut world = World::new(1, RECORDS, server.as_deref());
    for (name, mistake) in MISTAKES {
        for wrong in world.places() {
            let mut expressions = drawn(2);
            let caught = (0..3_000).any(|_| {
                let node = expression(&mut expressions);
                let of = |place| if place == wrong { spoiled(&node, mistake) } else { node.clone() };
                disagreement(&mut world, &node, of).is_some()
            });
            assert!(caught, "{wrong:?}: {name} is not caught");
        }
    }
}
