//! Awards without application. What moves a run goes through the flow's commands.
use super::{AFTER, LIMIT, Q};
use crate::handlers::awards;
use crate::route::Access::Role;
use crate::route::{Parameter, Route, Subject, change, get, get_file, get_reply};
use axum::http::Method;
use liangu_app::awards::AwardRun;

const OFFICER: &[&str] = &["officer"];
/// Those who see runs.
const READERS: &[&str] = &["officer", "reviewer", "finance", "leader", "administrator"];
const SHOW: Parameter = Parameter { name: "show", about: "granted, skipped or all" };

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/award-runs/policies", "award_offers", awards::offers)
            .open_to(Role(READERS))
            .says("免申即享的政策", "Policies granted without application"),
        change::<_, AwardRun>(Method::POST, "/api/award-runs", "start_award_run", awards::start)
            .open_to(Role(OFFICER))
            .creates()
            .says("发起免申即享批次", "Begin an award run"),
        get_reply::<AwardRun>("/api/award-runs/{id}", "award_run", awards::read)
            .open_to(Role(READERS))
            .about(Subject::AwardRun)
            .says("免申即享批次", "An award run"),
        get("/api/award-runs/{id}/lines", "award_lines", awards::lines)
            .open_to(Role(READERS))
            .about(Subject::AwardRun)
            .takes(&[SHOW, Q, AFTER, LIMIT])
            .says("批次名单", "The list of a run"),
        get_file("/api/award-runs/{id}/export", "award_list", "text/csv", awards::export)
            .open_to(Role(READERS))
            .about(Subject::AwardRun)
            .takes(&[SHOW])
            .says("导出批次名单", "The list of a run as a file"),
    ]
}
