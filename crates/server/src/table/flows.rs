//! Cases and notices.
use super::{AFTER, LIMIT, OFFICES};
use crate::handlers::flows;
use crate::route::Access::{Role, SignedIn};
use crate::route::{Parameter, Route, Subject, act, change, get};
use axum::http::Method;
use liangu_app::records::FullRecord;

const RECORD: Parameter = Parameter { name: "record", about: "Record type" };

pub(super) fn routes() -> Vec<Route> {
    let cases = vec![
        get("/api/inbox", "inbox", flows::inbox)
            .takes(&[
                RECORD,
                Parameter { name: "group", about: "overdue, today, soon, later or paused" },
                Parameter { name: "show", about: "Offices: desk (default), mine, pool, all; firms: todo (default), running, done" },
                AFTER,
                LIMIT,
            ])
            .says("待办", "What waits"),
        get("/api/records/{record}/{id}/flow", "case", flows::flow).about(Subject::Record).says("办件的流转", "Where a case stands"),
        change::<_, FullRecord>(Method::POST, "/api/records/{record}/{id}/commands/{command}", "order", flows::command)
            .about(Subject::Record)
            .on_a_version()
            .says("办理", "Give a command on a case"),
        change::<_, FullRecord>(Method::POST, "/api/records/{record}/{id}/delegate", "delegate", flows::delegate)
            .about(Subject::Record)
            .on_a_version()
            .says("转办", "Hand a case over"),
    ];
    let notices = vec![
        get("/api/notices", "notices", flows::notices)
            .takes(&[Parameter { name: "unread", about: "true: only those not read" }, AFTER, LIMIT])
            .says("通知", "Own notices"),
        act::<()>(Method::POST, "/api/notices/{id}/read", "read_notice", flows::read_notice)
            .about(Subject::Notice)
            .answers_nothing()
            .says("标为已读", "Mark a notice as read"),
        act::<()>(Method::POST, "/api/notices/read", "read_notices", flows::read_notices)
            .answers_nothing()
            .says("全部标为已读", "Mark all notices as read"),
    ];
    let colleagues = get("/api/colleagues", "colleagues", flows::colleagues)
        .open_to(Role(OFFICES))
        .takes(&[
            RECORD,
            Parameter { name: "id", about: "The case to hand over" },
            Parameter { name: "role", about: "Instead of a case: everyone of a role" },
        ])
        .says("可转办的同事", "Colleagues");
    cases.into_iter().chain(notices).map(|route| route.open_to(SignedIn)).chain([colleagues]).collect()
}
