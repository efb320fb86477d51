//! The interface as its clients meet it: real router, real store, the packs that come with the program, a small region.
mod authoring;
mod authorization;
mod exchange;
mod facts;
mod firms;
mod openapi;
mod problems;
mod records;
mod scope;
mod sessions;
mod support;
