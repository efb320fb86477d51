//! Accounts, for administrators.
use crate::call::{Call, Reply};
use axum::http::StatusCode;
use liangu_app::Outcome;
use liangu_app::accounts::admin::{AccountPage, AccountPatch, ManagedAccountView, NewAccount};
use liangu_app::records::HistoryPage;

pub fn list(call: &Call<'_>) -> Outcome<AccountPage> {
    call.caller.accounts(call.param("after"))
}

pub fn read(call: &Call<'_>) -> Outcome<Reply> {
    shown(StatusCode::OK, &call.caller.account(call.part("id"))?)
}

pub fn history(call: &Call<'_>) -> Outcome<HistoryPage> {
    call.caller.account_history(call.part("id"), call.number("after")?)
}

pub fn create(call: &Call<'_>, new: NewAccount) -> Outcome<Reply> {
    shown(StatusCode::CREATED, &call.caller.create_account(&new, Some(&call.key()?))?)
}

pub fn update(call: &Call<'_>, patch: AccountPatch) -> Outcome<Reply> {
    shown(StatusCode::OK, &call.caller.update_account(call.part("id"), call.version()?, &patch)?)
}

pub fn one_time_password(call: &Call<'_>) -> Outcome<Reply> {
    Reply::json(StatusCode::OK, &call.caller.one_time_password(call.part("id"))?)
}

fn shown(status: StatusCode, account: &ManagedAccountView) -> Outcome<Reply> {
    Ok(Reply::json(status, account)?.versioned(account.version))
}
