//! The small region: four firms in two counties, a park, seven policies: one has ended, one closed.
//!
//! | firm | county | revenue 2025 | R&D 2025 | high-tech |
//! |---|---|---|---|---|
//! | `lianyuan` | Lianyuan | 18 million | unknown | no |
//! | `park_firm` | Lianyuan, in the park | 50 million | 3 million | yes |
//! | `louxing` | Louxing | 80 million | 8 million | yes |
//! | `silent` | Louxing | unknown | unknown | unknown |
use liangu_base::credit_code::CreditCode;
use liangu_base::{Date, Id, IdSequence, Instant, Text};
use liangu_store::{Change, Commit, Stamp, Store, Value, Values, Years};
use std::collections::BTreeMap;

/// Fen of so many 万元.
pub const fn wan(n: i64) -> i64 {
    n * 1_000_000
}

pub struct Region {
    firms: BTreeMap<&'static str, Id>,
    policies: BTreeMap<&'static str, Id>,
    pub park: Id,
}

struct Firm {
    key: &'static str,
    name: &'static str,
    region: &'static str,
    in_park: bool,
    revenue: Option<i64>,
    rd_spend: Option<i64>,
    certs: Option<&'static [&'static str]>,
}

const FIRMS: [Firm; 4] = [
    Firm {
        key: "lianyuan",
        name: "涟源湘石机械有限公司",
        region: "431382",
        in_park: false,
        revenue: Some(wan(1800)),
        rd_spend: None,
        certs: Some(&[]),
    },
    Firm {
        key: "park_firm",
        name: "涟源青谷新材股份有限公司",
        region: "431382",
        in_park: true,
        revenue: Some(wan(5000)),
        rd_spend: Some(wan(300)),
        certs: Some(&["high_tech"]),
    },
    Firm {
        key: "louxing",
        name: "娄星云桥钢构有限公司",
        region: "431302",
        in_park: false,
        revenue: Some(wan(8000)),
        rd_spend: Some(wan(800)),
        certs: Some(&["high_tech", "srdi"]),
    },
    Firm {
        key: "silent", name: "娄星无声商贸有限公司", region: "431302", in_park: false, revenue: None, rd_spend: None, certs: None
    },
];

struct Policy {
    key: &'static str,
    title: &'static str,
    amount: Option<i64>,
    when: &'static str,
    window_to: Option<(i32, u32, u32)>,
    valid_to: Option<(i32, u32, u32)>,
    clauses: &'static [(&'static str, &'static str, Option<&'static str>)],
}

const POLICIES: [Policy; 7] = [
    Policy {
        key: "scale",
        title: "规模企业奖励",
        amount: Some(wan(50)),
        when: "within(region, \"431300\") && revenue >= wan(2000)",
        window_to: Some((2026, 12, 31)),
        valid_to: None,
        clauses: &[
            ("deciding", "在娄底市注册的企业", Some("within(region, \"431300\")")),
            ("deciding", "上年度营业收入不低于 2000 万元", Some("revenue >= wan(2000)")),
            ("person", "经营状况良好", None),
            ("information", "奖励一次性拨付", None),
        ],
    },
    Policy {
        key: "research",
        title: "研发投入补助",
        amount: Some(wan(100)),
        when: "rd_spend >= wan(100)",
        window_to: Some((2026, 11, 28)),
        valid_to: None,
        clauses: &[("deciding", "上年度研发费用不低于 100 万元", Some("rd_spend >= wan(100)"))],
    },
    Policy {
        key: "everyone",
        title: "惠企服务券",
        amount: None,
        when: "within(region, \"430000\")",
        window_to: None,
        valid_to: None,
        clauses: &[("deciding", "在湖南省注册的企业", Some("within(region, \"430000\")"))],
    },
    Policy {
        key: "high_tech",
        title: "高新技术企业奖励",
        amount: Some(wan(20)),
        when: "certs.exists(c, c in [\"high_tech\"]) && revenue >= wan(500)",
        window_to: None,
        valid_to: None,
        clauses: &[
            ("deciding", "高新技术企业", Some("certs.exists(c, c in [\"high_tech\"])")),
            ("deciding", "上年度营业收入不低于 500 万元", Some("revenue >= wan(500)")),
        ],
    },
    Policy {
        key: "changsha",
        title: "长沙落户奖励",
        amount: Some(wan(500)),
        when: "within(region, \"430100\") && revenue >= wan(100000)",
        window_to: None,
        valid_to: None,
        clauses: &[
            ("deciding", "在长沙市注册的企业", Some("within(region, \"430100\")")),
            ("deciding", "上年度营业收入不低于 10 亿元", Some("revenue >= wan(100000)")),
        ],
    },
    Policy {
        key: "ended",
        title: "已结束的补助",
        amount: Some(wan(900)),
        when: "true",
        window_to: None,
        valid_to: Some((2026, 10, 31)),
        clauses: &[],
    },
    Policy {
        key: "closed",
        title: "申报期已过的补助",
        amount: Some(wan(10)),
        when: "within(region, \"431300\")",
        window_to: Some((2026, 10, 31)),
        valid_to: None,
        clauses: &[],
    },
];

impl Region {
    pub fn seed(store: &Store, now: Instant, ids: &mut IdSequence) -> Region {
        let mut id = || ids.next(now.millis().unsigned_abs(), 11);
        let park = id();
        let mut changes = vec![create("park", park, park_values())];
        let (mut firms, mut policies) = (BTreeMap::new(), BTreeMap::new());
        for (number, firm) in FIRMS.iter().enumerate() {
            let own = id();
            firms.insert(firm.key, own);
            changes.push(firm_change(own, number, firm, park));
        }
        for policy in &POLICIES {
            let own = id();
            policies.insert(policy.key, own);
            changes.push(create("policy", own, policy_values(policy)));
            for (position, clause) in policy.clauses.iter().enumerate() {
                changes.push(create("policy_clause", id(), clause_values(own, position, clause)));
            }
        }
        let stamp = Some(Stamp { source: "market_regulation".into(), as_of: now.date_beijing() });
        store.commit(Commit { changes, stamp, ..Commit::new(now, "test.seed") }).expect("the region is valid");
        Region { firms, policies, park }
    }

    pub fn firm(&self, key: &str) -> Id {
        self.firms[key]
    }

    pub fn firm_id(&self, key: &str) -> String {
        self.firms[key].text("ent")
    }

    pub fn policy(&self, key: &str) -> Id {
        self.policies[key]
    }

    pub fn policy_id(&self, key: &str) -> String {
        self.policies[key].text("pol")
    }
}

fn create(record: &str, id: Id, values: Values) -> Change {
    Change::Create { record: record.into(), id, values, years: Years::new() }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn both(zh: &str) -> Value {
    Value::Bilingual(Text::new(zh.to_owned(), format!("[en] {zh}")))
}

fn values<const N: usize>(values: [(&str, Value); N]) -> Values {
    values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn park_values() -> Values {
    values([("name", both("涟源高新区")), ("level", text("province")), ("region", text("431382"))])
}

/// A valid code made from a number.
pub fn credit_code(number: usize) -> String {
    CreditCode::with_check_digits("91", "431300", &format!("MA4{number:05}")).expect("a well-formed stem").as_str().to_owned()
}

fn firm_change(id: Id, number: usize, firm: &Firm, park: Id) -> Change {
    let mut flat = values([
        ("name", text(firm.name)),
        ("credit_code", text(&credit_code(number))),
        ("region", text(firm.region)),
        ("contact_name", text("联系人")),
    ]);
    if firm.in_park {
        flat.insert("park".into(), Value::Ref(park));
    }
    if let Some(certs) = firm.certs {
        flat.insert("certs".into(), Value::set(certs.iter().copied()));
    }
    let known = [("revenue", firm.revenue), ("rd_spend", firm.rd_spend)];
    let yearly: Values = known.iter().filter_map(|(name, fen)| Some(((*name).to_owned(), Value::Int((*fen)?)))).collect();
    let years = if yearly.is_empty() { Years::new() } else { Years::from([(2025, yearly)]) };
    Change::Create { record: "enterprise".into(), id, values: flat, years }
}

fn policy_values(policy: &Policy) -> Values {
    let date = |(y, m, d)| Value::Date(Date::from_ymd(y, m, d).expect("a day"));
    let mut all = values([
        ("title", both(policy.title)),
        ("issuer", both("娄底市工业和信息化局")),
        ("level", text("city")),
        ("kind", text("reward")),
        ("region", text("431300")),
        ("series", text("demonstration")),
        ("published", date((2026, 1, 5))),
        ("when", text(policy.when)),
    ]);
    if let Some(amount) = policy.amount {
        all.insert("amount_max".into(), Value::Int(amount));
    }
    for (field, day) in [("window_to", policy.window_to), ("valid_to", policy.valid_to)] {
        if let Some(day) = day {
            all.insert(field.into(), date(day));
        }
    }
    all
}

fn clause_values(policy: Id, position: usize, (kind, sentence, when): &(&str, &str, Option<&str>)) -> Values {
    let position = i64::try_from(position).expect("few clauses") + 1;
    let mut all =
        values([("policy", Value::Ref(policy)), ("position", Value::Int(position)), ("text", both(sentence)), ("kind", text(kind))]);
    if let Some(when) = when {
        all.insert("when".into(), text(when));
    }
    all
}
