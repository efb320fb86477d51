//! A claim's file, frozen and judged, is answered as matching answers the firm.
use crate::region::{FIRMS, RULES, Region, at, id, regions};
use liangu_app::claims::NewClaim;
use liangu_app::secrets::SystemSecrets;
use liangu_app::{App, Caller, Fault, Options, Principal, RequestKey};
use liangu_base::{Clock, Instant, Lang};
use std::collections::BTreeMap;
use std::sync::Arc;

struct Stopped(Instant);

impl Clock for Stopped {
    fn now(&self) -> Instant {
        self.0
    }
}

/// What matching says of the firm, by policy.
fn matched(caller: &Caller<'_>, firm: &str) -> BTreeMap<String, &'static str> {
    let mut found = BTreeMap::new();
    for (group, answer) in [("fits", "yes"), ("near", "no"), ("unknown", "unknown"), ("no", "no")] {
        let page = caller.match_group(firm, group, None, None, Some("100")).unwrap();
        assert!(page.next.is_none(), "one page holds them");
        found.extend(page.items.into_iter().map(|item| (item.policy.id, answer)));
    }
    found
}

/// What a claim would be answered; none where the policy takes no claims.
fn claimed(caller: &Caller<'_>, firm: &str, policy: &str) -> Option<String> {
    let key = RequestKey { operation: "test".to_owned(), key: format!("{firm} {policy}"), body_hash: String::new() };
    match caller.start_claim(firm, &NewClaim { policy: policy.to_owned(), items: Vec::new() }, &key) {
        Ok(claim) => Some(claim.answer),
        Err(Fault::Conflict { code: "no_fit", .. }) => Some("no".to_owned()),
        Err(Fault::Conflict { code: "automatic" | "not_open", .. }) => None,
        Err(other) => panic!("{firm} {policy}: {other:?}"),
    }
}

fn compared(region: &Region) -> BTreeMap<&'static str, usize> {
    let clock = Arc::new(Stopped(at(10)));
    let app = App::open(region.store.clone(), Options { clock, secrets: Arc::new(SystemSecrets), version: "test".into() }).unwrap();
    let mut counts = BTreeMap::new();
    for n in (0..FIRMS).step_by(9) {
        let firm = id(2, n).text("ent");
        let own = Principal {
            account: Some(id(9, n)),
            roles: vec!["public".to_owned(), "firm".to_owned()],
            firm: Some(id(2, n)),
            ..Principal::anonymous()
        };
        let caller = Caller::new(&app, &own, Lang::Zh);
        let matched = matched(&caller, &firm);
        for (number, rule) in RULES.iter().enumerate() {
            let policy = id(3, number as u64).text("pol");
            let (Some(matching), Some(claim)) = (matched.get(&policy), claimed(&caller, &firm, &policy)) else { continue };
            assert_eq!(claim, *matching, "{rule} of {firm}");
            *counts.entry(*matching).or_default() += 1;
        }
    }
    counts
}

#[test]
fn a_claim_is_answered_as_matching_answers() {
    for region in regions(6) {
        let counts = compared(&region);
        assert!(counts.len() == 3 && counts.values().all(|count| *count > 20), "answers of every kind: {counts:?}");
    }
}
