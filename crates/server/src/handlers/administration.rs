//! What an administrator looks after.
use crate::call::Call;
use liangu_app::Outcome;
use liangu_app::administration::Administration;
use liangu_app::records::HistoryPage;

pub fn overview(call: &Call<'_>) -> Outcome<Administration> {
    call.caller.administration()
}

pub fn journal(call: &Call<'_>) -> Outcome<HistoryPage> {
    call.caller.journal(call.number("after")?)
}
