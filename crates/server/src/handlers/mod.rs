//! The handlers: each reads its request, calls one use case and answers.
pub mod accounts;
pub mod administration;
pub mod authoring;
pub mod awards;
pub mod claims;
pub mod events;
pub mod exchange;
pub mod facts;
pub mod firms;
pub mod flows;
pub mod hall;
pub mod health;
pub mod model;
pub mod outgoing;
pub mod payments;
pub mod records;
pub mod session;
