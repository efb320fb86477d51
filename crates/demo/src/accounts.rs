//! The 65,120 registered users (F186) and the seven people through whose eyes the demonstration is seen.
//!
//! No account has a password; the personas are entered through the demonstration's own door only.
use crate::entry::Account;
use crate::ids::Ids;
use crate::names;
use crate::organisations::{Bodies, Body};
use crate::places::{CITY, EDZ};
use liangu_base::{Id, SplitMix64};

/// Accounts in all, personas included.
pub const ACCOUNTS: usize = 65_120;

/// The role is the key: `firm`, `officer`, `reviewer`, `finance`, `park`, `leader`, `administrator`.
pub const PERSONAS: [(&str, &str); 7] = [
    ("firm", "周岚"),
    ("officer", "彭砚秋"),
    ("reviewer", "聂珂"),
    ("finance", "颜书宁"),
    ("park", "邹屹川"),
    ("leader", "曾昕岚"),
    ("administrator", "易槿"),
];

pub fn accounts(
    seed: u64,
    ids: &Ids,
    bodies: &Bodies,
    park: impl Fn(usize) -> Id,
    firm: impl Fn(usize) -> (Id, &'static str),
) -> Vec<Account> {
    let mut all: Vec<Account> =
        PERSONAS.iter().enumerate().map(|(n, (role, name))| persona(ids.of("account", n), role, name, bodies, &park, &firm)).collect();
    let officers: Vec<&Body> = bodies.0.iter().filter(|b| b.region.starts_with("4313")).collect();
    for body in officers {
        for role in ["officer", "reviewer"] {
            all.push(official(seed, ids, all.len(), body, role, &park));
        }
    }
    let mut number = 0;
    while all.len() < ACCOUNTS {
        let mut random = SplitMix64::stream(seed, "account", all.len() as u64);
        // Firm 0 is the persona's own.
        number += 1;
        let (id, region) = firm(number);
        all.push(Account {
            id: ids.of("account", all.len()),
            login: format!("qy{number:06}"),
            name: names::person(&mut random),
            roles: vec!["firm"],
            firm: Some(id),
            organisation: None,
            park: None,
            region: Some(region),
            persona: None,
        });
    }
    all
}

fn persona(
    id: Id,
    role: &'static str,
    name: &str,
    bodies: &Bodies,
    park: &impl Fn(usize) -> Id,
    firm: &impl Fn(usize) -> (Id, &'static str),
) -> Account {
    let body = match role {
        "officer" | "reviewer" => bodies.find(CITY, "miit"),
        "finance" => bodies.find(CITY, "finance"),
        "park" => bodies.committee(EDZ),
        "leader" => bodies.find(CITY, "government"),
        "administrator" => bodies.find(CITY, "data"),
        _ => None,
    };
    Account {
        id,
        login: format!("demo-{role}"),
        name: name.to_owned(),
        roles: vec![role],
        firm: (role == "firm").then(|| firm(0).0),
        organisation: body.map(|b| b.id),
        park: (role == "park").then(|| park(EDZ)),
        region: Some(CITY),
        persona: Some(role),
    }
}

fn official(seed: u64, ids: &Ids, number: usize, body: &Body, role: &'static str, park: &impl Fn(usize) -> Id) -> Account {
    let mut random = SplitMix64::stream(seed, "account", number as u64);
    let role = if body.park.is_some() {
        "park"
    } else if body.key == "finance" {
        "finance"
    } else {
        role
    };
    Account {
        id: ids.of("account", number),
        login: format!("gw{number:06}"),
        name: names::person(&mut random),
        roles: vec![role],
        firm: None,
        organisation: Some(body.id),
        park: body.park.map(park),
        region: Some(body.region),
        persona: None,
    }
}
