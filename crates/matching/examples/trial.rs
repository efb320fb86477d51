//! Milliseconds per keystroke: successive edits of ten rules over as many firms as a city has.
//!
//!     cargo run --release -p liangu-matching --example trial
#[path = "../tests/register/mod.rs"]
mod register;

use liangu_base::random::{RandomExt, SplitMix64};
use liangu_expr::schema::FieldIx;
use liangu_expr::typed::Typed;
use liangu_matching::engine::Engine;
use liangu_matching::table::{FactKey, TableBuilder};
use liangu_matching::trial::{Ask, ItemAsk, Partition};
use register::{YEARS, context, random_firm, schema, typed, with_cell};
use std::sync::Arc;
use std::time::Instant;

/// Firms of the city.
const FIRMS: usize = 66_905;
/// Edits of each rule: a constant of it changes.
const EDITS: usize = 40;

/// A rule while it is written: its clauses, what it pays, and its items' gates. `#` is the number that is edited.
struct Draft {
    name: &'static str,
    parts: Vec<&'static str>,
    amount: Option<&'static str>,
    gate: Option<&'static str>,
}

fn draft(name: &'static str, parts: &[&'static str], amount: Option<&'static str>) -> Draft {
    Draft { name, parts: parts.to_vec(), amount, gate: None }
}

fn drafts() -> Vec<Draft> {
    let twelve = [
        "within(region, \"4313\")",
        "size in [\"micro\", \"small\"]",
        "revenue >= yuan(#)",
        "revenue.at(-1) > yuan(0)",
        "growth(revenue) >= percent(5)",
        "years_since(established) >= 1",
        "!listed_firm",
        "staff >= 20",
        "certs.exists(c, c in [\"high_tech\", \"brand\"])",
        "sum_years(revenue, -2, 0) > yuan(2)",
        "ratio(revenue, revenue.at(-1)) > percent(80)",
        "at_least(2, staff > 100, revenue > yuan(4), size(certs) > 0)",
    ];
    let bound = "projects.exists(p, p.kind == \"upgrade\" && p.equipment >= yuan(#) && p.started >= date(\"2023-01-01\") && p.accepted)";
    let paid = "min(projects.filter(p, p.kind == \"upgrade\" && p.accepted).sum(p, share(p.equipment, percent(10))), yuan(#))";
    let bands = "min(bands(revenue, yuan(0), yuan(1), yuan(#), yuan(5), share(revenue - revenue.at(-1), percent(20))), yuan(50))";
    let capped = "floor_to(max(share(mean_years(revenue, -1, 0), percent(#)), yuan(0)), yuan(1)) + (listed_firm ? yuan(2) : yuan(1))";
    vec![
        draft("empty", &[], None),
        draft("empty, with money", &[], Some(bands)),
        draft("three clauses", &["within(region, \"4313\")", "revenue >= yuan(#)", "size != \"large\""], Some("yuan(5)")),
        draft("twelve clauses", &twelve, Some(bands)),
        draft("bound project", &["within(region, \"43\")", bound], Some(paid)),
        draft("leases that may lack", &["leases.filter(l, l.state_owned && l.paid > yuan(#)).size() == 0", "complete(leases)"], None),
        draft("amount of bands and caps", &["staff > 10"], Some(capped)),
        draft("sums of records", &["projects.sum(p, p.equipment) > yuan(#)", "leases.all(l, l.paid > yuan(0))"], Some(paid)),
        draft("first reached", &["first_reach(revenue, yuan(#))"], Some("yuan(20)")),
        Draft { gate: Some(bound), ..draft("gated items", &["revenue > yuan(0)"], Some(paid)) },
        draft("projects within leases", &["leases.exists(l, projects.exists(p, p.started >= l.begins && p.equipment > yuan(#)))"], None),
        draft("left to the row back end", &["owner.contains(\"n\") && revenue > yuan(#)"], None),
    ]
}

fn city() -> Engine {
    let mut random = SplitMix64::new(20_261_125);
    let years: Vec<i32> = (0..=YEARS).map(|year| -year).collect();
    let mut builder = TableBuilder::all(&schema(), &years);
    // firms are drawn once and told apart by nothing but their number: a few thousand kinds are enough
    let kinds: Vec<_> = (0..4_000).map(|_| random_firm(&mut random)).collect();
    for _ in 0..FIRMS {
        let firm = random.pick(&kinds);
        builder.row();
        for (key, value) in &firm.facts {
            with_cell(Some(value), |cell| builder.set(*key, cell)).expect("the fact has a column");
        }
        for (child, records) in &firm.children {
            builder.children(*child, records.clone()).expect("the row was begun");
        }
    }
    Engine::new(builder.build(), Vec::new(), context(), 1).0
}

fn partitions(engine: &Engine) -> Vec<Partition> {
    let of = |name: &str| {
        let field = schema().fields.get_index_of(name).expect("a field of the register") as u32;
        engine.partition(FactKey::new(FieldIx(field), 0), |code| Some(code.to_owned()))
    };
    ["region", "size"].into_iter().filter_map(of).collect()
}

fn main() {
    let engine = city();
    let begun = Instant::now();
    let partitions = partitions(&engine);
    println!("{} firms; partitions {:.2} ms", engine.table().len(), begun.elapsed().as_secs_f64() * 1e3);
    let of_partitions: Vec<&Partition> = partitions.iter().collect();
    let before = typed("revenue >= yuan(3) && projects.exists(p, p.accepted)", &schema());
    println!("{:<28}{:>9}{:>9}{:>9}{:>10}{:>10}", "rule", "first ms", "p50 ms", "max ms", "yes", "unknown");
    for draft in drafts() {
        let mut times = Vec::new();
        let mut counts = Default::default();
        for edit in 0..EDITS {
            let text = |text: &&str| typed(&text.replace('#', &(edit + 1).to_string()), &schema());
            let parts: Vec<Arc<Typed>> = draft.parts.iter().map(text).collect();
            let (amount, gate) = (draft.amount.as_ref().map(text), draft.gate.as_ref().map(text));
            let items = [ItemAsk { gate, amount: amount.clone() }];
            let ask = Ask {
                parts: &parts,
                before: Some(&before),
                scope: None,
                amount: amount.as_deref(),
                items: &items,
                partitions: &of_partitions,
            };
            let begun = Instant::now();
            let trial = engine.trial(&ask).expect("the register has all facts");
            times.push(begun.elapsed().as_secs_f64() * 1e3);
            counts = trial.counts;
        }
        let first = times.remove(0);
        times.sort_by(f64::total_cmp);
        let (p50, most) = (times[times.len() / 2], times[times.len() - 1]);
        println!("{:<28}{first:>9.2}{p50:>9.2}{most:>9.2}{:>10}{:>10}", draft.name, counts.yes, counts.unknown);
    }
}
