//! Claims, budgets and the public notice. Claims are seen and filled in by their own people; what happens to one goes
//! through the flow's commands.
use super::{AFTER, LIMIT, Q};
use crate::handlers::claims;
use crate::route::Access::{Public, Role, SignedIn};
use crate::route::{Parameter, Route, Subject, change, get, get_reply};
use axum::http::Method;
use liangu_app::claims::{BudgetLine, ClaimView, ObjectionReceived};

const OFFICER: &[&str] = &["officer"];
const FINANCE: &[&str] = &["finance"];
/// Those who see budgets.
const BUDGET_READERS: &[&str] = &["officer", "reviewer", "finance", "leader", "administrator"];
const POLICY: Parameter = Parameter { name: "policy", about: "One policy" };
const YEAR: Parameter = Parameter { name: "year", about: "One year" };

pub(super) fn routes() -> Vec<Route> {
    vec![
        change::<_, ClaimView>(Method::POST, "/api/firms/{id}/claims", "start_claim", claims::start)
            .open_to(SignedIn)
            .about(Subject::Firm)
            .creates()
            .says("开始申报", "Begin a claim"),
        get_reply::<ClaimView>("/api/claims/{id}", "claim", claims::read)
            .open_to(SignedIn)
            .about(Subject::Claim)
            .says("一份申报的全部内容", "A claim as a whole"),
        change::<_, ClaimView>(Method::PUT, "/api/claims/{id}", "save_claim", claims::save)
            .open_to(SignedIn)
            .about(Subject::Claim)
            .on_a_version()
            .says("填写申报", "Fill in a claim"),
        change::<_, ClaimView>(Method::POST, "/api/claims/{id}/judge", "judge_clause", claims::judge)
            .open_to(Role(OFFICER))
            .about(Subject::Claim)
            .says("判断一条", "Judge a clause"),
        get("/api/budgets", "budgets", claims::budgets)
            .open_to(Role(BUDGET_READERS))
            .takes(&[POLICY, YEAR])
            .says("政策预算", "Budgets of policies"),
        change::<_, BudgetLine>(Method::POST, "/api/budgets", "set_budget", claims::set_budget)
            .open_to(Role(FINANCE))
            .creates()
            .says("录入预算", "Set a budget"),
        change::<_, BudgetLine>(Method::PUT, "/api/budgets/{id}", "change_budget", claims::change_budget)
            .open_to(Role(FINANCE))
            .about(Subject::Budget)
            .on_a_version()
            .says("调整预算", "Change a budget"),
        get("/api/public-notices", "public_notices", claims::public_notices)
            .open_to(Public)
            .takes(&[Q, AFTER, LIMIT])
            .says("公示", "Grants in public notice"),
        get("/api/public-notices/{claim}", "public_notice", claims::public_notice).open_to(Public).says("一项公示", "One of them"),
        change::<_, ObjectionReceived>(Method::POST, "/api/public-notices/{claim}/objections", "object", claims::object)
            .open_to(Public)
            .creates()
            .says("提出异议", "Object to a grant"),
    ]
}
