//! Single reads of the store, each over a snapshot of its own; what must agree with each other is read in one
//! [`Store::read`].
use liangu_base::Id;
use liangu_store::{Account, Document, Fact, Item, JournalEntry, Query, Session, Store, StoreError, Total, Years};
use std::collections::BTreeMap;

type Read<T> = Result<T, StoreError>;

macro_rules! single_reads {
    ($($name:ident($($argument:ident: $ty:ty),*) -> $result:ty;)*) => {
        pub(crate) trait Reads {
            $(fn $name(&self, $($argument: $ty),*) -> Read<$result>;)*
        }

        impl Reads for Store {
            $(fn $name(&self, $($argument: $ty),*) -> Read<$result> {
                self.read(|reader| reader.$name($($argument),*))
            })*
        }
    };
}

single_reads! {
    get_in(record: &str, id: Id, query: &Query) -> Option<Item>;
    get_many(record: &str, ids: &[Id]) -> Vec<Item>;
    titles(record: &str, ids: &[Id]) -> BTreeMap<Id, String>;
    children(record: &str, parent: Id) -> Vec<Item>;
    years(record: &str, id: Id) -> Years;
    facts(record: &str, id: Id) -> Vec<Fact>;
    totals(record: &str, query: &Query, sum: Option<&str>, split: Option<&str>) -> Vec<Total>;
    head() -> i64;
    journal_before(before: Option<i64>, limit: u32) -> Vec<JournalEntry>;
    history(record: &str, id: Id, before: Option<i64>, limit: u32) -> Vec<JournalEntry>;
    document(kind: &str, key: &str) -> Option<Document>;
    documents(kind: &str) -> Vec<Document>;
    account(id: Id) -> Option<Account>;
    account_by_login(login: &str) -> Option<Account>;
    accounts(after: Option<&str>, limit: u32) -> Vec<Account>;
    session(token_hash: &[u8]) -> Option<Session>;
}
