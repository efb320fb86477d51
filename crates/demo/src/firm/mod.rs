//! The firms: first who and where ([`plan`]), then the sums the published figures fix ([`calibrate`]), then each firm's
//! facts on its own ([`facts`]), what of them is on file and who said it ([`known`]).
pub mod calibrate;
pub mod children;
pub mod entry;
pub mod facts;
pub mod known;
pub mod persona;
pub mod plan;
pub mod size;
pub mod support;
pub mod support_children;
mod support_projects;
pub mod titles;
