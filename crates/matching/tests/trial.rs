//! A trial counts what going through all firms one by one counts.
mod register;
use liangu_base::random::{RandomExt, SplitMix64};
use liangu_expr::schema::FieldIx;
use liangu_expr::typed::Typed;
use liangu_expr::value::{Answer, Value};
use liangu_expr::{kleene, row};
use liangu_matching::bits::Bits;
use liangu_matching::engine::Engine;
use liangu_matching::table::FactKey;
use liangu_matching::trial::{Ask, Counts, GroupCount, ItemAsk, ItemCount, Money, PartCount, Trial};
use register::texts::{Bound, cond, drawn, money};
use register::{Firm, context, random_firm, schema, table, typed};
use std::collections::BTreeSet;
use std::sync::Arc;

const FIRMS: usize = 2_200;
const REGION: FactKey = FactKey { field: FieldIx(0), year: 0 };

/// All firms with their engine, every seventh removed.
struct City {
    firms: Vec<Firm>,
    engine: Engine,
}

impl City {
    fn new(random: &mut SplitMix64) -> City {
        let firms: Vec<Firm> = (0..FIRMS).map(|_| random_firm(random)).collect();
        let mut engine = Engine::new(table(&firms), Vec::new(), context(), 1).0;
        (0..FIRMS).step_by(7).for_each(|row| engine.remove_row(row));
        City { firms, engine }
    }

    fn answer(&self, rule: &Typed, row: usize) -> Answer {
        row::answer(rule, &self.firms[row], self.engine.context())
    }

    fn money(&self, amount: &Typed, rows: &[usize]) -> Money {
        let mut money = Money::default();
        for row in rows {
            match row::eval(amount, &self.firms[*row], self.engine.context()) {
                Value::Int(v) => (money.total, money.firms) = (money.total + i128::from(v), money.firms + u32::from(v > 0)),
                _ => money.unknown += 1,
            }
        }
        money
    }

    fn region(&self, row: usize) -> Option<&str> {
        if let Some(Value::Text(code)) = self.firms[row].facts.get(&REGION) { Some(&code[..2]) } else { None }
    }
}

fn bits(rows: &[usize]) -> Bits {
    let mut bits = Bits::empty(FIRMS);
    rows.iter().for_each(|row| bits.put(*row, true));
    bits
}

/// The trial by going through the firms.
fn expected(city: &City, ask: &Ask<'_>, groups: &[String]) -> Trial {
    let counts = |row: &usize| !row.is_multiple_of(7) && ask.scope.is_none_or(|scope| scope.get(*row));
    let rows: Vec<usize> = (0..FIRMS).filter(counts).collect();
    let of_parts = |row: usize| ask.parts.iter().map(|part| city.answer(part, row)).collect::<Vec<Answer>>();
    let all = |row: usize| kleene::all(of_parts(row));
    let of = |wanted: Answer| rows.iter().copied().filter(|row| all(*row) == wanted).collect::<Vec<usize>>();
    let (yes, unknown) = (of(Answer::Yes), of(Answer::Unknown));
    let alone = |part: usize| {
        let only = |row: usize| of_parts(row).iter().enumerate().all(|(i, a)| *a == if i == part { Answer::No } else { Answer::Yes });
        rows.iter().copied().filter(|row| only(*row)).collect::<Vec<usize>>()
    };
    let kept_out: Vec<Vec<usize>> = (0..ask.parts.len()).map(alone).collect();
    let near: Vec<usize> = kept_out.iter().flatten().copied().collect();
    let by_part = ask.parts.iter().zip(&kept_out).map(|(part, kept_out)| {
        let of = |wanted: Answer| rows.iter().filter(|row| city.answer(part, **row) == wanted).count() as u32;
        PartCount { yes: of(Answer::Yes), no: of(Answer::No), unknown: of(Answer::Unknown), removes: kept_out.len() as u32 }
    });
    let was_yes = |row: &usize| ask.before.is_some_and(|before| city.answer(before, *row) == Answer::Yes);
    let before: Vec<usize> = rows.iter().copied().filter(was_yes).collect();
    let (gained, lost) = match ask.before {
        Some(_) => (bits(&yes).without(&bits(&before)), bits(&before).without(&bits(&yes))),
        None => (bits(&[]), bits(&[])),
    };
    let item = |item: &ItemAsk| {
        let gated = |row: &usize| item.gate.as_ref().is_none_or(|gate| city.answer(gate, *row) == Answer::Yes);
        let rows: Vec<usize> = yes.iter().copied().filter(gated).collect();
        ItemCount { firms: rows.len() as u32, money: item.amount.as_ref().map(|amount| city.money(amount, &rows)) }
    };
    let group = |code: &String| {
        let of = |rows: &[usize]| rows.iter().filter(|row| city.region(**row) == Some(code)).count() as u32;
        GroupCount { yes: of(&yes), near: of(&near), unknown: of(&unknown) }
    };
    let read: BTreeSet<(FieldIx, i32)> = ask.parts.iter().flat_map(|part| part.reads().facts).collect();
    let missing = |(field, year): &(FieldIx, i32)| {
        let key = FactKey::new(*field, *year);
        (key, unknown.iter().filter(|row| !city.firms[**row].facts.contains_key(&key)).count() as u32)
    };
    let most = read.iter().map(missing).filter(|m| m.1 > 0).max_by_key(|m| (m.1, std::cmp::Reverse(m.0)));
    let sizes = [yes.len(), rows.len() - yes.len() - unknown.len(), unknown.len(), near.len()].map(|n| n as u32);
    Trial {
        yes: bits(&yes),
        unknown: bits(&unknown),
        near: bits(&near),
        counts: Counts { yes: sizes[0], no: sizes[1], unknown: sizes[2], near: sizes[3] },
        money: ask.amount.map(|amount| city.money(amount, &yes)),
        items: ask.items.iter().map(item).collect(),
        by_part: by_part.collect(),
        gained,
        lost,
        groups: ask.partitions.iter().map(|_| groups.iter().map(group).collect()).collect(),
        most_missing: most,
    }
}

#[test]
fn a_trial_is_what_going_through_the_firms_gives() {
    let mut random = SplitMix64::new(4);
    let city = City::new(&mut random);
    let partition = city.engine.partition(REGION, |code| Some(code[..2].to_owned())).unwrap();
    assert_eq!(partition.codes(), ["43", "44"]);
    let condition = |random: &mut SplitMix64| {
        let depth = random.below(3) as u32;
        typed(&drawn(random, |random| cond(depth, Bound::Nothing, random)), &schema())
    };
    let amount = |random: &mut SplitMix64| typed(&drawn(random, |random| money(2, Bound::Nothing, random)), &schema());
    for round in 0..60 {
        let parts: Vec<Arc<Typed>> = (0..round % 5).map(|_| condition(&mut random)).collect();
        let before = condition(&mut random);
        let scope = bits(&(0..FIRMS).filter(|_| random.chance(0.6)).collect::<Vec<_>>());
        let whole = amount(&mut random);
        let items =
            [ItemAsk { gate: None, amount: None }, ItemAsk { gate: Some(condition(&mut random)), amount: Some(amount(&mut random)) }];
        let ask = Ask {
            parts: &parts,
            before: random.chance(0.7).then_some(&*before),
            scope: random.chance(0.7).then_some(&scope),
            amount: random.chance(0.8).then_some(&*whole),
            items: &items,
            partitions: &[&partition],
        };
        let trial = city.engine.trial(&ask).unwrap();
        assert_eq!(trial, expected(&city, &ask, partition.codes()), "{:?}", parts.iter().map(|p| &p.source).collect::<Vec<_>>());
        // the same question again is answered from what is kept
        assert_eq!(city.engine.trial(&ask).unwrap(), trial);
    }
}

#[test]
fn rules_over_children_have_near_rows_and_impact_without_being_saved() {
    let mut random = SplitMix64::new(9);
    let city = City::new(&mut random);
    let old = typed("revenue > yuan(1) && projects.exists(p, p.accepted)", &schema());
    let new = typed("revenue > yuan(2) && projects.exists(p, p.accepted && p.equipment > yuan(1))", &schema());
    let near = city.engine.near_rows(&new).unwrap();
    let parts: Vec<Arc<Typed>> = new.clauses().iter().map(|c| Arc::new(Typed { source: "".into(), root: c.clone() })).collect();
    let trial = city.engine.trial(&Ask { parts: &parts, before: Some(&old), ..Ask::default() }).unwrap();
    let removed: Vec<u32> = trial.by_part.iter().map(|part| part.removes).collect();
    assert_eq!(near.iter().map(|rows| rows.count() as u32).collect::<Vec<_>>(), removed);
    assert!(removed.iter().all(|rows| *rows > 0));
    let impact = city.engine.impact(&old, &new).unwrap();
    assert!(impact.gained.is_empty() && trial.gained.count() == 0);
    assert_eq!(impact.lost, trial.lost.rows().collect::<Vec<_>>());
    assert!(!impact.lost.is_empty());
    let fit = city.engine.policy(&new).unwrap();
    assert_eq!((fit.yes, fit.unknown), (trial.yes, trial.unknown));
}

#[test]
fn a_trial_over_a_fact_that_the_table_lacks_names_it() {
    let city = City::new(&mut SplitMix64::new(1));
    let rule = typed("revenue.at(-20) > yuan(1)", &schema());
    let refused = city.engine.trial(&Ask { parts: &[rule], ..Ask::default() }).unwrap_err();
    assert_eq!((refused.field.as_str(), refused.year), ("revenue", -20));
}
