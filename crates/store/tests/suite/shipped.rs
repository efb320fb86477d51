//! The synonyms that come with the program, on the titles of the demonstration.
use crate::bench::*;
use liangu_demo::{Demonstration, SEED};
use liangu_store::{Change, Commit, Query, Store, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The demonstration's titles as policies of the shipped model: number and title.
fn titles() -> BTreeMap<u64, String> {
    let policies = Demonstration::new(SEED, day("2026-11-20")).policies();
    let titles: BTreeSet<String> = policies.into_iter().map(|p| p.title.zh.into_owned()).collect();
    titles.into_iter().enumerate().map(|(n, title)| (n as u64 + 1, title)).collect()
}

fn filled(bench: &Bench, titles: &BTreeMap<u64, String>) -> Store {
    let store = bench.open();
    let both = |text: &str| Value::Bilingual(liangu_base::Text::new(text.to_owned(), "Policy"));
    let policy = |(n, title): (&u64, &String)| {
        let codes = [("level", t("city")), ("kind", t("reward")), ("series", t("demonstration"))];
        let texts = [("title", both(title)), ("issuer", both("发文单位"))];
        create("policy", *n, codes.into_iter().chain(texts).map(|(name, value)| (name.to_owned(), value)).collect())
    };
    let changes: Vec<Change> = titles.iter().map(policy).collect();
    for some in changes.chunks(100) {
        store.commit(Commit { changes: some.to_vec(), ..Commit::new(noon(0), "test") }).unwrap();
    }
    store
}

fn found(store: &Store, text: &str) -> Vec<u64> {
    let mut query = Query { text: Some(text.to_owned()), limit: 200, ..Query::default() };
    let mut items: Vec<u64> = Vec::new();
    loop {
        let page = store.query("policy", &query).unwrap();
        items.extend(page.items.iter().map(|item| item.id.unix_ms() - 1_700_000_000_000));
        query.after = page.next;
        if query.after.is_none() {
            return items;
        }
    }
}

#[test]
fn abbreviations_find_the_demonstrations_titles() {
    let model = Arc::new(liangu_packs::load(Vec::new()).unwrap_or_else(|errors| panic!("{} mistakes", errors.len())));
    let titles = titles();
    for engine in engines() {
        let bench = Bench::new(engine, Arc::clone(&model));
        let store = filled(&bench, &titles);
        // What is typed, the word typed in full, and what a title must hold to be found.
        for (text, full, holds) in [
            ("技改", "技术改造", &["技术改造", "技改"][..]),
            ("企业技改", "企业技术改造", &["技术改造"]),
            ("高企", "高新技术企业", &["高新技术企业"]),
            ("高企认定", "高新技术企业认定", &["高新技术企业"]),
            ("规上", "规模以上", &["规模以上", "规上"]),
            ("四上企业", "规模以上企业", &["规模以上", "规上"]),
            ("科小", "科技型中小企业", &["科技型中小企业"]),
            ("升规", "入规", &["升规", "入规"]),
            ("首台套", "首台（套）", &["首台套", "首台（套）"]),
            ("数改", "数字化改造", &["数字化改造", "数字化转型", "智能化改造"]),
            ("担保降费", "担保费补贴", &["担保费补", "担保降费"]),
            ("电商", "电子商务", &["电子商务", "电商"]),
            ("限上企业", "限额以上企业", &["限额以上"]),
            ("信保", "出口信用保险", &["出口信用保险"]),
            ("失业险稳岗", "失业保险稳岗", &["失业保险稳岗"]),
            ("标房租金", "标准厂房租金", &["标准厂房租金"]),
        ] {
            let (short, long) = (found(&store, text), found(&store, full));
            assert!(!short.is_empty(), "{text} finds nothing");
            let wrong: Vec<&String> = short.iter().map(|n| &titles[n]).filter(|title| !holds.iter().any(|h| title.contains(h))).collect();
            assert!(wrong.is_empty(), "{text} finds {wrong:?}");
            let sorted = |found: Vec<u64>| found.into_iter().collect::<BTreeSet<_>>();
            assert_eq!(sorted(short), sorted(long), "{text} and {full}");
        }
    }
}
