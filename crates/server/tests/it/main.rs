//! The interface as its clients meet it: real router, real store, the packs that come with the program, a small region.
mod authoring;
mod authorization;
mod awards;
mod claims;
mod exchange;
mod facts;
mod figures;
mod firms;
mod flows;
mod openapi;
mod outgoing;
mod payments;
mod problems;
mod records;
mod scope;
mod sessions;
mod support;
