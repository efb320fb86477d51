//! `liangu openapi`: the description of the HTTP interface, for other programs.
use crate::console::Console;
use crate::failure::Outcome;
use crate::place::VERSION;

pub fn run(console: &Console) -> Outcome<()> {
    console.line(&format!("{:#}", liangu_server::openapi::document(VERSION)));
    Ok(())
}
