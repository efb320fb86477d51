//! A small register with every kind of fact, rows with gaps, and random rules over it.
#![allow(dead_code)]
use indexmap::IndexMap;
use liangu_base::date::Date;
use liangu_base::random::{RandomExt, SplitMix64};
use liangu_base::text::Text;
use liangu_expr::row::Context;
use liangu_expr::schema::{Child, ChildIx, CodeEntry, CodeList, FieldDecl, FieldIx, Schema, Type, Unit};
use liangu_expr::typed::{Aggregate, Arith, Compare, Const, Kind, Node, Source, Span, Typed};
use liangu_expr::value::Value;
use liangu_matching::table::{Cell, FactKey, Table, TableBuilder};
use std::sync::Arc;

pub const REGION: FactKey = FactKey { field: FieldIx(0), year: 0 };
pub const TRADE: FactKey = FactKey { field: FieldIx(1), year: 0 };
pub const MARKS: FactKey = FactKey { field: FieldIx(2), year: 0 };
pub const SALES: FactKey = FactKey { field: FieldIx(3), year: 0 };
pub const SALES_BEFORE: FactKey = FactKey { field: FieldIx(3), year: -1 };
pub const STAFF: FactKey = FactKey { field: FieldIx(4), year: 0 };
pub const FOUNDED: FactKey = FactKey { field: FieldIx(5), year: 0 };
pub const BANNED: FactKey = FactKey { field: FieldIx(6), year: 0 };
pub const OWNER: FactKey = FactKey { field: FieldIx(7), year: 0 };
pub const FACTS: [FactKey; 9] = [REGION, TRADE, MARKS, SALES, SALES_BEFORE, STAFF, FOUNDED, BANNED, OWNER];

pub const REGIONS: [(&str, Option<&str>); 6] =
    [("43", None), ("4313", Some("43")), ("431302", Some("4313")), ("431381", Some("4313")), ("4301", Some("43")), ("44", None)];
pub const TRADES: [&str; 5] = ["steel", "glass", "tea", "chips", "print"];
pub const MARK_CODES: [&str; 4] = ["new", "green", "gazelle", "brand"];
pub const OWNERS: [&str; 3] = ["ann", "bo", "chen"];
/// All numbers and constants lie in this range, days too.
pub const NUMBERS: std::ops::RangeInclusive<i64> = -2..=12;

fn list(name: &str, codes: &[(&str, Option<&str>)]) -> Arc<CodeList> {
    let codes = codes.iter().map(|(c, p)| (c.to_string(), CodeEntry { label: Text::default(), parent: p.map(str::to_owned) })).collect();
    Arc::new(CodeList { name: name.into(), label: Text::default(), codes })
}

pub fn schema() -> Arc<Schema> {
    let flat = |codes: &[&'static str]| codes.iter().map(|&c| (c, None)).collect::<Vec<_>>();
    let fields = [
        ("region", Type::Code(list("region", &REGIONS)), false),
        ("trade", Type::Code(list("trade", &flat(&TRADES))), false),
        ("marks", Type::Set(list("mark", &flat(&MARK_CODES))), false),
        ("sales", Type::Int(Unit::Fen), true),
        ("staff", Type::Int(Unit::Person), false),
        ("founded", Type::Date, false),
        ("banned", Type::Bool, false),
        ("owner", Type::Text, false),
    ];
    let fields = fields.into_iter().map(|(name, ty, yearly)| (name.to_owned(), FieldDecl { label: Text::default(), ty, yearly })).collect();
    let children = IndexMap::from([("patents".to_owned(), Child { label: Text::default(), schema: patents(), complete_since: None })]);
    Arc::new(Schema { record: "firm".into(), label: Text::default(), fields, children, params: IndexMap::new() })
}

/// Child records: how many claims, granted or not.
fn patents() -> Arc<Schema> {
    let field = |ty| FieldDecl { label: Text::default(), ty, yearly: false };
    let fields = IndexMap::from([("claims".to_owned(), field(Type::Int(Unit::Piece))), ("granted".to_owned(), field(Type::Bool))]);
    Arc::new(Schema { record: "patent".into(), label: Text::default(), fields, children: IndexMap::new(), params: IndexMap::new() })
}

pub const PATENTS: ChildIx = ChildIx(0);

/// One row: its facts in the order of [`FACTS`], and its patents if it is known which there are.
#[derive(Clone, Debug)]
pub struct Firm {
    pub facts: Vec<Owned>,
    pub patents: Option<Vec<Arc<[Value]>>>,
}

pub fn empty_firm() -> Firm {
    Firm { facts: vec![Owned::Unknown; FACTS.len()], patents: None }
}

pub fn random_patents(random: &mut SplitMix64) -> Option<Vec<Arc<[Value]>>> {
    let cell = |value: Value, random: &mut SplitMix64| if random.chance(0.15) { Value::Null } else { value };
    let patent = |random: &mut SplitMix64| {
        let claims = Value::Int(random.between(0, 4));
        let granted = Value::Bool(random.chance(0.5));
        Arc::from([cell(claims, random), cell(granted, random)])
    };
    (!random.chance(0.2)).then(|| (0..random.below(4)).map(|_| patent(random)).collect())
}

pub fn context() -> Context {
    Context::new(day(8), 2025)
}

pub fn day(n: i64) -> Date {
    Date::from_days(n as i32).unwrap()
}

/// A cell that owns its text.
#[derive(Clone, Debug, PartialEq)]
pub enum Owned {
    Unknown,
    Bool(bool),
    Int(i64),
    Text(&'static str),
    Date(Date),
    Set(Vec<&'static str>),
}

impl Owned {
    pub fn cell(&self) -> Cell<'_> {
        match self {
            Owned::Unknown => Cell::Unknown,
            Owned::Bool(b) => Cell::Bool(*b),
            Owned::Int(v) => Cell::Int(*v),
            Owned::Text(t) => Cell::Text(t),
            Owned::Date(d) => Cell::Date(*d),
            Owned::Set(codes) => Cell::Set(codes),
        }
    }
}

/// Every known value the fact can have here.
pub fn values(key: FactKey) -> Vec<Owned> {
    let texts = |codes: &[&'static str]| codes.iter().map(|c| Owned::Text(c)).collect::<Vec<_>>();
    match key {
        REGION => REGIONS.iter().map(|(c, _)| Owned::Text(c)).collect(),
        TRADE => texts(&TRADES),
        OWNER => texts(&["ann", "bo", "chen", "someone new"]),
        BANNED => vec![Owned::Bool(true), Owned::Bool(false)],
        FOUNDED => NUMBERS.map(|n| Owned::Date(day(n))).collect(),
        MARKS => (0..16)
            .map(|set| Owned::Set(MARK_CODES.iter().enumerate().filter(|(i, _)| set >> i & 1 == 1).map(|(_, c)| *c).collect()))
            .collect(),
        _ => NUMBERS.map(Owned::Int).collect(),
    }
}

pub fn random_cell(key: FactKey, random: &mut SplitMix64) -> Owned {
    if random.chance(0.3) { Owned::Unknown } else { random.pick(&values(key)).clone() }
}

pub fn random_rows(rows: usize, random: &mut SplitMix64) -> Vec<Firm> {
    (0..rows)
        .map(|_| Firm { facts: FACTS.iter().map(|&key| random_cell(key, random)).collect(), patents: random_patents(random) })
        .collect()
}

pub fn table(rows: &[Firm]) -> Table {
    let mut builder = TableBuilder::all(&schema(), &[0, -1]);
    for row in rows {
        builder.row();
        for (key, cell) in FACTS.iter().zip(&row.facts) {
            builder.set(*key, cell.cell()).unwrap();
        }
        if let Some(patents) = &row.patents {
            builder.children(PATENTS, patents.clone()).unwrap();
        }
    }
    builder.build()
}

pub fn node(kind: Kind, ty: Type) -> Node {
    Node { kind, ty, span: Span::default() }
}

pub fn fact(key: FactKey) -> Node {
    let ty = schema().fields[key.field.0 as usize].ty.clone();
    node(Kind::Fact(Source::Record { field: key.field, year: key.year }), ty)
}

pub fn yes_no(kind: Kind) -> Node {
    node(kind, Type::Bool)
}

pub fn compare(c: Compare, left: Node, right: Node) -> Node {
    yes_no(Kind::Compare(c, Box::new(left), Box::new(right)))
}

pub fn number(v: i64) -> Node {
    node(Kind::Const(Const::Int(v)), Type::Int(Unit::Fen))
}

pub fn rule(root: Node) -> Arc<Typed> {
    Arc::new(Typed { source: "".into(), root })
}

fn some(codes: &[&str], random: &mut SplitMix64) -> Vec<Arc<str>> {
    let mut chosen: Vec<&str> = codes.to_vec();
    random.shuffle(&mut chosen);
    chosen.truncate(random.between(1, 3) as usize);
    chosen.into_iter().map(Arc::from).collect()
}

/// A predicate over one fact.
pub fn simple(random: &mut SplitMix64) -> Node {
    let c = *random.pick(&[Compare::Eq, Compare::Ne, Compare::Lt, Compare::Le, Compare::Gt, Compare::Ge]);
    let n = random.between(*NUMBERS.start(), *NUMBERS.end());
    let regions: Vec<&str> = REGIONS.iter().map(|r| r.0).collect();
    let of = |key| Box::new(fact(key));
    match random.below(13) {
        0 => yes_no(Kind::OneOf(of(TRADE), some(&TRADES, random))),
        1 => yes_no(Kind::Within(of(REGION), some(&regions, random))),
        2 => yes_no(Kind::HasAny(of(MARKS), some(&MARK_CODES, random))),
        3 => yes_no(Kind::HasAll(of(MARKS), some(&MARK_CODES, random))),
        4 => compare(c, fact(SALES), number(n)),
        5 => compare(c, number(n), fact(SALES_BEFORE)),
        6 => compare(c, fact(STAFF), number(n)),
        7 => compare(c, fact(FOUNDED), node(Kind::Const(Const::Date(day(n))), Type::Date)),
        8 => compare(c, node(Kind::Today, Type::Date), fact(FOUNDED)),
        9 => fact(BANNED),
        10 => compare(if n > 5 { Compare::Eq } else { Compare::Ne }, fact(BANNED), yes_no(Kind::Const(Const::Bool(n % 2 == 0)))),
        11 => yes_no(Kind::OneOf(of(OWNER), some(&OWNERS, random))),
        _ => yes_no(Kind::IsKnown(of(*random.pick(&FACTS)))),
    }
}

/// A predicate over several facts, a constant, or a count of marks.
pub fn derived(random: &mut SplitMix64) -> Node {
    let n = random.between(*NUMBERS.start(), *NUMBERS.end());
    let arith = |a, left, right| node(Kind::Arith(a, Box::new(left), Box::new(right)), Type::Int(Unit::Fen));
    let claims = || node(Kind::Fact(Source::Child { child: PATENTS, field: FieldIx(0), depth: 0 }), Type::Int(Unit::Piece));
    let granted = || node(Kind::Fact(Source::Child { child: PATENTS, field: FieldIx(1), depth: 0 }), Type::Bool);
    let over = |filter: bool, what, ty| node(Kind::Aggregate { child: PATENTS, filter: filter.then(|| Box::new(granted())), what }, ty);
    let many = Box::new(compare(Compare::Ge, claims(), number(n.clamp(1, 4))));
    let call = |name, parts| node(Kind::Call(name, parts), Type::Int(Unit::One));
    match random.below(14) {
        6 => compare(Compare::Ge, over(n % 2 == 0, Aggregate::Count, Type::Int(Unit::Piece)), number(n.clamp(0, 3))),
        7 => compare(Compare::Lt, over(n % 2 == 0, Aggregate::Sum(Box::new(claims())), Type::Int(Unit::Piece)), number(n)),
        8 => compare(Compare::Ne, over(false, Aggregate::Max(Box::new(claims())), Type::Int(Unit::Piece)), number(n.clamp(0, 4))),
        9 => over(n % 2 == 0, Aggregate::Exists(many), Type::Bool),
        10 => over(n % 2 == 0, Aggregate::All(many), Type::Bool),
        11 => compare(Compare::Gt, call("days_since", vec![fact(FOUNDED)]), number(n - 4)),
        12 => {
            let (name, parts) = match n.rem_euclid(4) {
                0 => ("growth", vec![fact(SALES), fact(SALES_BEFORE)]),
                1 => ("ratio", vec![fact(SALES_BEFORE), fact(STAFF)]),
                2 => ("share", vec![fact(SALES), number(7000)]),
                _ => ("sum_years", vec![fact(SALES), fact(SALES_BEFORE)]),
            };
            compare(Compare::Ge, call(name, parts), number(if n % 4 < 2 { n * 1000 } else { n }))
        }
        13 => yes_no(Kind::If(
            Box::new(fact(BANNED)),
            Box::new(compare(Compare::Gt, fact(STAFF), number(n))),
            Box::new(yes_no(Kind::Const(Const::Bool(true)))),
        )),
        0 => compare(Compare::Ge, fact(SALES), fact(SALES_BEFORE)),
        1 => compare(Compare::Gt, arith(Arith::Add, fact(SALES), fact(SALES_BEFORE)), number(n)),
        2 => compare(Compare::Le, arith(Arith::Div, fact(SALES), fact(STAFF)), number(n)),
        3 => compare(Compare::Ge, node(Kind::Size(Box::new(fact(MARKS))), Type::Int(Unit::One)), number(n.clamp(0, 4))),
        4 => yes_no(Kind::Const(Const::Bool(n > 4))),
        _ => compare(Compare::Lt, arith(Arith::Mul, fact(STAFF), number(i64::MAX / 4)), number(n)),
    }
}

/// A rule of some depth; `leaf` draws its predicates.
pub fn random_node(depth: u32, random: &mut SplitMix64, leaf: &dyn Fn(&mut SplitMix64) -> Node) -> Node {
    if depth == 0 {
        return leaf(random);
    }
    let parts = |random: &mut SplitMix64| (0..random.between(1, 4)).map(|_| random_node(depth - 1, random, leaf)).collect::<Vec<_>>();
    match random.below(6) {
        0 | 1 => yes_no(Kind::And(parts(random))),
        2 => yes_no(Kind::Or(parts(random))),
        3 => yes_no(Kind::Not(Box::new(random_node(depth - 1, random, leaf)))),
        4 => {
            let n = random.below(5) as u32;
            yes_no(Kind::AtLeast(n, parts(random)))
        }
        _ => leaf(random),
    }
}

pub fn any_leaf(random: &mut SplitMix64) -> Node {
    if random.chance(0.25) { derived(random) } else { simple(random) }
}

/// Rules numbered from 100.
pub fn random_rules(count: usize, random: &mut SplitMix64, leaf: &dyn Fn(&mut SplitMix64) -> Node) -> Vec<(u64, Arc<Typed>)> {
    (0..count as u64)
        .map(|i| {
            let parts = (0..random.between(1, 5))
                .map(|_| {
                    let depth = random.below(3) as u32;
                    random_node(depth, random, leaf)
                })
                .collect();
            (100 + i, rule(yes_no(Kind::And(parts))))
        })
        .collect()
}
