//! A small region drawn from a seed: parks, firms with gaps, extremes and child records, and a policy for each rule.
use liangu_app::installation::{Installation, initialise};
use liangu_app::secrets::SystemSecrets;
use liangu_base::credit_code::CreditCode;
use liangu_base::random::{RandomExt, SplitMix64};
use liangu_base::{Date, Id, Instant, Text};
use liangu_model::record::{Field, FieldType, Model, Record};
use liangu_store::{Bulk, Change, Commit, Config, Stamp, Store, Value, Values, Years};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

pub const FIRMS: u64 = 400;
pub const PARKS: u64 = 5;

/// Every form that rules have.
pub const RULES: [&str; 36] = [
    "revenue >= wan(2000)",
    "revenue >= wan(500) && revenue < wan(40000)",
    "employees != 300",
    "credit_grade in [\"A\", \"B\"]",
    "size_class == \"small\"",
    "size_class != \"micro\" && above_scale",
    "within(region, \"430000\")",
    "within(region, \"431300\") && within(industry, \"C\")",
    "!within(industry, \"26\")",
    "\"high_tech\" in certs",
    "!(\"little_giant\" in certs)",
    "certs.exists(c, c in [\"high_tech\", \"tech_sme\"])",
    "size(certs) >= 2",
    "!dishonest",
    "!dishonest || suspended",
    "legal_person && !(abnormal_listed && tax_evasion)",
    "has(market_share) && !has(global_rank)",
    "established <= date(\"2016-02-29\")",
    "years_since(established) >= 3",
    "years_since(established) < 5 || established > today",
    "growth(revenue) >= percent(10)",
    "growth(rd_spend) >= percent(5) && rd_spend.at(-1) >= wan(100)",
    "revenue > revenue.at(-1) && revenue.at(-1) > revenue.at(-2)",
    "sum_years(equity_raised, -2, 0) >= wan(500)",
    "ratio(total_liabilities, total_assets) <= percent(70)",
    "revenue - costs > wan(100)",
    "total_assets * 3 > total_liabilities * 4",
    "(class1_ip >= 1 ? 10 : class2_ip >= 1 ? 5 : 0) + (rd_ratio >= percent(5) ? 20 : 0) >= 20",
    "at_least(2, above_scale, own_rd_institution, rd_ratio >= percent(3), patents >= 5)",
    "ip_rights.exists(x, x.kind == \"invention\" && x.active && years_since(x.granted) < 3)",
    "ip_rights.filter(x, x.active).size() >= 1",
    "ip_rights.all(x, !x.bought)",
    "projects.filter(p, p.accepted).sum(p, p.total_investment) >= wan(1000)",
    "awards.exists(a, a.place <= 3) || certificates.exists(c, c.kind == \"high_tech\" && c.expires > today)",
    "insured_employees + rd_staff > employees * 2 || -rd_staff < -50",
    "land_area >= mu(20) && ownership != \"state\"",
];

pub fn day() -> Date {
    Date::from_ymd(2026, 11, 20).unwrap()
}

pub fn at(second: i64) -> Instant {
    Instant::at_beijing(day(), 9, 0, 0).unwrap().plus_seconds(second)
}

pub fn id(kind: u64, n: u64) -> Id {
    Id::v7(1_700_000_000_000 + kind * 1_000_000 + n, u128::from(n) + 1)
}

/// A database of one engine with the region in it; gone when dropped.
pub struct Region {
    pub store: Store,
    folder: PathBuf,
}

static PLACES: AtomicU32 = AtomicU32::new(0);

/// Where tests run: SQLite, and the PostgreSQL server of the test run where there is one.
pub fn places() -> Vec<(Config, PathBuf)> {
    let server = std::env::var("LIANGU_TEST_PG").ok().filter(|url| !url.is_empty());
    let required = std::env::var("LIANGU_REQUIRE_PG").is_ok_and(|v| v == "1");
    assert!(server.is_some() || !required, "LIANGU_REQUIRE_PG=1 but LIANGU_TEST_PG names no server; run the tests by scripts/pg-test.sh");
    let place = |url: Option<String>| {
        let name = format!("verify_{}_{}", std::process::id(), PLACES.fetch_add(1, Ordering::SeqCst));
        let folder = std::env::temp_dir().join(&name);
        std::fs::create_dir_all(&folder).unwrap();
        let config = match url {
            None => Config::Sqlite { dir: folder.clone() },
            Some(url) => Config::Postgres { url, schema: Some(name), files: folder.clone() },
        };
        (config, folder)
    };
    std::iter::once(place(None)).chain(server.map(|url| place(Some(url)))).collect()
}

impl Drop for Region {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub fn regions(seed: u64) -> impl Iterator<Item = Region> {
    places().into_iter().map(move |(config, folder)| {
        let model = Arc::new(liangu_packs::load(Vec::new()).unwrap());
        let store = Store::open(&config, &model, "431300").unwrap();
        fill(&store, &model, seed);
        Region { store, folder }
    })
}

fn fill(store: &Store, model: &Model, seed: u64) {
    let mut random = SplitMix64::new(seed);
    let mut rows = Vec::new();
    for n in 0..PARKS {
        rows.push(create("park", id(1, n), drawn(&model.records["park"], model, n, &mut random), Years::new()));
    }
    for n in 0..FIRMS {
        let record = &model.records["enterprise"];
        let years = (2021..=2025).map(|year| (year, yearly(record, &mut random))).collect();
        rows.push(create("enterprise", id(2, n), drawn(record, model, n, &mut random), years));
    }
    let children = model.records.values().filter(|record| record.child_of.as_ref().is_some_and(|of| of.record == "enterprise"));
    for (kind, record) in children.enumerate() {
        let parent = &record.child_of.as_ref().unwrap().field;
        for n in 0..FIRMS {
            let mut values = drawn(record, model, n, &mut random);
            values.insert(parent.clone(), Value::Ref(id(2, random.below(FIRMS / 2))));
            rows.push(create(&record.name, id(10 + kind as u64, n), values, Years::new()));
        }
    }
    for (n, rule) in RULES.iter().enumerate() {
        let mut values = drawn(&model.records["policy"], model, n as u64, &mut random);
        // in force, and judged by the same year
        let left_out = ["department", "draft", "judged_year", "cut_off", "valid_from", "valid_to", "window_from", "window_to"];
        values.retain(|field, _| !left_out.contains(&field.as_str()));
        values.insert("when".into(), Value::text(*rule));
        rows.push(create("policy", id(3, n as u64), values, Years::new()));
    }
    let stamp = Some(Stamp { source: "market_regulation".into(), as_of: day() });
    store.commit_many(&Commit { stamp, ..Commit::new(at(0), "test.fill") }, rows.into_iter()).unwrap();
    let installation =
        Installation { name: Text::fixed("测试", "Test"), region: "431300".into(), demonstration: true, as_of: Some(day()) };
    initialise(store, &installation, &SystemSecrets, at(1)).unwrap();
}

fn create(record: &str, id: Id, values: Values, years: Years) -> Bulk {
    Bulk { change: Change::Create { record: record.to_owned(), id, values, years }, facts: Vec::new() }
}

fn drawn(record: &Record, model: &Model, n: u64, random: &mut SplitMix64) -> Values {
    let fields = record.fields.values().filter(|field| !field.yearly);
    fields
        .filter_map(|field| {
            (field.required || random.chance(0.75)).then(|| Some((field.name.clone(), value(field, model, n, random)?))).flatten()
        })
        .collect()
}

fn yearly(record: &Record, random: &mut SplitMix64) -> Values {
    let fields: Vec<&Field> = record.fields.values().filter(|field| field.yearly && random.chance(0.8)).collect();
    fields.into_iter().map(|field| (field.name.clone(), Value::Int(number(field, random)))).collect()
}

/// Of every size within the field's bounds, a few so great that sums do not fit where nothing bounds them.
fn number(field: &Field, random: &mut SplitMix64) -> i64 {
    let (least, most) = (field.bounds.least.unwrap_or(i64::MIN), field.bounds.most.unwrap_or(i64::MAX));
    let digits = match field.ty {
        FieldType::Percent => 4,
        FieldType::Money if random.chance(0.02) => return (i64::MAX - random.between(0, 9)).clamp(least, most),
        FieldType::Money => random.between(3, 13),
        _ => random.between(0, 5),
    };
    random.between(0, 10i64.pow(digits as u32)).clamp(least, most)
}

fn value(field: &Field, model: &Model, n: u64, random: &mut SplitMix64) -> Option<Value> {
    let code = |list: &str, random: &mut SplitMix64| {
        let codes = &model.lists[list].codes;
        codes.get_index(random.below(codes.len() as u64) as usize).unwrap().0.clone()
    };
    Some(match &field.ty {
        FieldType::Text { .. } if field.bounds.pattern.is_some() => return None,
        FieldType::Text { .. } => Value::Text(format!("{}{n}", field.label.zh)),
        FieldType::Bilingual { .. } => Value::Bilingual(Text::new(format!("{}{n}", field.label.zh), format!("{} {n}", field.label.en))),
        FieldType::Int | FieldType::Money | FieldType::Area | FieldType::Percent => Value::Int(number(field, random)),
        FieldType::Bool => Value::Bool(random.chance(0.4)),
        FieldType::Date => {
            let drawn = Date::from_ymd(1995, 1, 1).unwrap().add_days(random.between(0, 11_800) as i32);
            Value::Date(if field.bounds.past { drawn.min(day()) } else { drawn })
        }
        FieldType::Code { list } => Value::Text(code(list, random)),
        FieldType::Set { list } => Value::set((0..random.below(4)).map(|_| code(list, random)).collect::<Vec<_>>()),
        FieldType::Ref { record } if record == "park" => Value::Ref(id(1, random.below(PARKS))),
        FieldType::CreditCode => {
            Value::Text(CreditCode::with_check_digits("91", "431300", &format!("{:08}", 10_000_000 + n)).unwrap().as_str().to_owned())
        }
        FieldType::Ref { .. } | FieldType::Instant | FieldType::Number { .. } | FieldType::Rule { .. } => return None,
    })
}
