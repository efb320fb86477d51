//! Accounts, sessions, documents, jobs, messages and attachments.
use crate::bench::*;
use liangu_store::{Account, AccountChange, Commit, DocumentPut, FileMeta, Job, Outbox, Session, Store, StoreError};
use serde_json::json;

fn account(n: u64, login: &str) -> Account {
    Account {
        id: id(n),
        login: login.into(),
        name: "王".into(),
        password_hash: Some("$argon2id$one".into()),
        roles: vec!["officer".into(), "reviewer".into()],
        firm: None,
        organisation: Some(id(77)),
        region: Some("431302".into()),
        park: None,
        disabled: false,
        must_change: true,
        version: 0,
    }
}

fn put(store: &Store, accounts: Vec<AccountChange>) -> Result<i64, StoreError> {
    store.commit(Commit { accounts, ..Commit::new(noon(0), "account") }).map(|receipt| receipt.sequence)
}

#[test]
fn accounts_are_unique_versioned_and_journalled_without_their_hash() {
    on_each(|bench| {
        let store = bench.open();
        put(&store, vec![AccountChange::Create(account(1, "wang")), AccountChange::Create(account(2, "li"))]).unwrap();
        let wang = store.read(|r| r.account_by_login("wang")).unwrap().unwrap();
        assert_eq!(wang, Account { version: 1, ..account(1, "wang") });
        for taken in [AccountChange::Create(account(3, "li")), AccountChange::Update(Account { login: "li".into(), ..wang.clone() })] {
            assert!(matches!(put(&store, vec![taken]), Err(StoreError::Unique { other, .. }) if other == id(2)));
        }
        let changed = Account { password_hash: Some("$argon2id$two".into()), must_change: false, ..wang.clone() };
        put(&store, vec![AccountChange::Update(changed.clone())]).unwrap();
        assert_eq!(
            put(&store, vec![AccountChange::Update(changed)]).unwrap_err(),
            StoreError::Stale { record: "account".into(), id: id(1), current: 2 }
        );
        assert!(matches!(put(&store, vec![AccountChange::Update(account(9, "nobody"))]), Err(StoreError::Missing { .. })));
        let told = store.read(|r| r.history("account", id(1), None, 10)).unwrap();
        let fields: Vec<_> = told[0].changes.iter().map(|c| (c.field.as_str(), c.to.clone())).collect();
        assert_eq!(fields, [("must_change", json!(false)), ("password", json!(true))]);
        assert!(!format!("{told:?}").contains("argon2"));
        let logins = store.read(|r| r.accounts(None, 10)).unwrap().into_iter().map(|a| a.login).collect::<Vec<_>>();
        assert_eq!(logins, ["li", "wang"]);
        assert_eq!(store.read(|r| r.accounts(Some("li"), 10)).unwrap().len(), 1);
    });
}

#[test]
fn sessions_end_when_they_should() {
    on_each(|bench| {
        let store = bench.open();
        let session = |token: u8, account: u64, end: i64| Session {
            token_hash: vec![token; 32],
            account: id(account),
            created: noon(0),
            expires: noon(end),
            last_seen: noon(0),
        };
        for s in [session(1, 1, 10), session(2, 1, 100), session(3, 1, 100), session(4, 2, 100)] {
            store.put_session(&s).unwrap();
        }
        store.touch_session(&[2; 32], noon(7)).unwrap();
        let alive = || (1..=4u8).filter(|n| store.read(|r| r.session(&[*n; 32])).unwrap().is_some()).collect::<Vec<_>>();
        assert_eq!(store.read(|r| r.session(&[2; 32])).unwrap().unwrap().last_seen, noon(7));
        store.purge(noon(50)).unwrap();
        assert_eq!(alive(), [2, 3, 4]);
        store.end_sessions(id(1), Some(&[3; 32])).unwrap();
        assert_eq!(alive(), [3, 4]);
        store.end_session(&[3; 32]).unwrap();
        store.end_sessions(id(2), None).unwrap();
        assert_eq!(alive(), Vec::<u8>::new());
    });
}

fn document(store: &Store, key: &str, value: Option<i64>, expected: Option<i64>, journal: bool) -> Result<i64, StoreError> {
    let put =
        DocumentPut { kind: "setting".into(), key: key.into(), value: value.map(|n| json!({"n": n})), expected_version: expected, journal };
    store.commit(Commit { documents: vec![put], ..Commit::new(noon(0), "setting") }).map(|receipt| receipt.sequence)
}

#[test]
fn documents_have_versions_and_may_be_kept_out_of_the_journal() {
    on_each(|bench| {
        let store = bench.open();
        assert_eq!(document(&store, "a", Some(1), Some(0), true), Ok(1));
        assert_eq!(document(&store, "secret", Some(2), None, false), Ok(0));
        assert!(matches!(document(&store, "a", Some(3), Some(0), true), Err(StoreError::Stale { current: 1, .. })));
        assert_eq!(document(&store, "a", Some(3), Some(1), true), Ok(2));
        let read = |key: &str| store.read(|r| r.document("setting", key)).unwrap().map(|d| (d.value, d.version));
        assert_eq!((read("a"), read("b")), (Some((json!({"n": 3}), 2)), None));
        assert_eq!(store.read(|r| r.documents("setting")).unwrap().len(), 2);
        let told = store.read(|r| r.journal(1, 10)).unwrap();
        assert_eq!((told[0].changes[0].field.as_str(), told[0].changes[0].from.clone()), ("setting/a", json!({"n": 1})));
        document(&store, "a", None, Some(2), true).unwrap();
        assert_eq!(read("a"), None);
    });
}

#[test]
fn jobs_and_messages_are_there_with_their_commit_and_gone_when_done() {
    on_each(|bench| {
        let store = bench.open();
        let job = |kind: &str, at: i64| Job { kind: kind.into(), payload: json!({"at": at}), run_at: noon(at) };
        let message = |n: i64| Outbox { topic: "changed".into(), payload: json!(n) };
        let refused =
            Commit { jobs: vec![job("lost", 0)], outbox: vec![message(0)], ..commit_of(vec![create("enterprise", 1, values([]))]) };
        store.commit(refused).unwrap_err();
        store
            .commit(Commit {
                jobs: vec![job("later", 100), job("soon", 5)],
                outbox: vec![message(1), message(2)],
                ..Commit::new(noon(0), "jobs")
            })
            .unwrap();
        let due = |at: i64| store.read(|r| r.due_jobs(noon(at), 10)).unwrap();
        assert_eq!(due(0), []);
        assert_eq!(due(200).iter().map(|j| (j.n, j.kind.as_str())).collect::<Vec<_>>(), [(2, "soon"), (1, "later")]);
        store.delay_job(2, noon(150), "no connection").unwrap();
        assert_eq!(due(120).iter().map(|j| j.n).collect::<Vec<_>>(), [1]);
        store.finish_job(1, noon(120)).unwrap();
        assert_eq!(due(200).iter().map(|j| (j.n, j.attempts)).collect::<Vec<_>>(), [(2, 1)]);
        store.outbox_sent(1, noon(1)).unwrap();
        assert_eq!(store.read(|r| r.outbox(0, 10)).unwrap().iter().map(|m| (m.n, m.payload.clone())).collect::<Vec<_>>(), [(2, json!(2))]);
    });
}

#[test]
fn attachments_are_what_was_stored_or_an_error() {
    on_each(|bench| {
        let store = bench.open();
        let meta = |n: u64| FileMeta {
            id: id(n),
            name: "../../章程.pdf".into(),
            media_type: "application/pdf".into(),
            record: Some("enterprise".into()),
            record_id: Some(id(5)),
        };
        let stored = store.put_file(&meta(1), b"abc", None, noon(0)).unwrap();
        assert_eq!((stored.size, stored.sha256.as_str()), (3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        assert_eq!(store.file_bytes(id(1)).unwrap(), b"abc");
        assert!(matches!(store.put_file(&meta(1), b"other", None, noon(0)), Err(StoreError::NotEmpty(_))));
        assert_eq!(store.read(|r| r.files_of("enterprise", id(5))).unwrap(), [stored]);
        store.faults().fail_at(3);
        store.put_file(&meta(2), b"lost", None, noon(0)).unwrap_err();
        store.faults().fail_at(0);
        assert!(matches!(store.file_bytes(id(2)), Err(StoreError::Missing { .. })));
        store.put_file(&meta(2), b"again", None, noon(0)).unwrap();
        let folder = bench.config.dir().join("files");
        let found: Vec<_> = walk(&folder);
        assert_eq!(found.len(), 2, "the failed attempt left no file: {found:?}");
        let name = format!("{:032x}", id(1).0);
        std::fs::write(found.iter().find(|p| p.ends_with(&name)).unwrap(), b"abd").unwrap();
        assert!(matches!(store.file_bytes(id(1)), Err(StoreError::Damaged(_))));
    });
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() { found.extend(walk(&entry.path())) } else { found.push(entry.path()) }
    }
    found
}
