//! The store's promises, tried on both databases: SQLite always, PostgreSQL where `LIANGU_TEST_PG` names a server.
mod backups;
mod bench;
mod expressions;
mod facts;
mod failing;
mod flows;
mod large;
mod migrating;
mod model;
mod reading;
mod searching;
mod shipped;
mod things;
mod writing;
