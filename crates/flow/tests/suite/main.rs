//! The flow machine: the life of a claim as a story, definitions that are refused, and random definitions under random
//! commands and clocks.
mod carrying;
mod claim;
mod clocks;
mod persons;
mod random;
mod refused;
mod story;
