//! Which policies fit a firm and why; which firms a policy fits.
//!
//! The matching engine holds the facts of all firms as columns and the rules of all policies in force. It is a
//! projection of the store: it remembers the journal sequence it has taken in, and every reader first brings it up to
//! the head of the journal ([`Eligibility::current`]), so that no answer is older than the last commit. Sentences and
//! values seen come from the row oracle over the firm's stored record, clause by clause.
//!
//! Start at [`service`]; then [`matches`] for a firm's page and [`policy`] for one policy clause by clause.
mod answers;
mod benefits;
mod cards;
mod columns;
mod explain;
mod feed;
mod firm;
pub(crate) use columns::oracle_value;
pub(crate) use firm::Firm;
mod firms;
mod hall;
mod life;
mod matches;
mod near;
mod policy;
mod questions;
mod reasons;
mod request;
mod service;
pub mod verify;

pub use answers::{Answered, NewAnswer};
pub use benefits::{BenefitItem, BenefitRecord, Benefits};
pub use cards::PolicyCard;
pub(crate) use cards::{CLAUSE, FIRM, PARAMETER, POLICY};
pub use explain::{Leaf, SourceNote};
pub(crate) use explain::{explain, not_on_file};
pub use firms::{PolicyFirm, PolicyFirms, RegionYes};
pub use hall::LifeCounts;
pub(crate) use life::{Life, Lives, STATUS, STATUS_LIST, status_list};
pub use matches::{Group, Groups, KnownFact, MatchClause, MatchPage, Matches, PolicyMatch, UnknownFact};
pub use near::NearMiss;
pub use policy::{Clause, PolicyAnswer, Step, Summary};
pub use questions::{Choice, Decides, Question};
pub use reasons::ReasonCount;
pub use request::{MatchRequest, NewMatchRequest};
pub(crate) use service::{Eligibility, State};
