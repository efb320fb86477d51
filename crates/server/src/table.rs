//! The one table of routes. Router, OpenAPI document and authorization test follow from it.
use crate::handlers::{accounts, administration, firms, hall, health, model, records, session};
use crate::route::Access::{Public, Role, SignedIn, SignedInUnchanged};
use crate::route::{Parameter, Route, Subject, act, change, get, get_file, get_reply};
use axum::http::Method;
use liangu_app::accounts::SessionView;
use liangu_app::accounts::admin::{ManagedAccountView, OneTimePassword};
use liangu_app::eligibility::Answered;
use liangu_app::model_view::CodeListView;
use liangu_app::records::FullRecord;
use serde_json::Value as Json;

const ADMINISTRATOR: &[&str] = &["administrator"];
/// Those who see firms other than their own, and counts beyond their scope.
const OFFICES: &[&str] = &["officer", "reviewer", "finance", "park", "leader", "administrator"];

const AFTER: Parameter = Parameter { name: "after", about: "Cursor of the page before" };
const LIMIT: Parameter = Parameter { name: "limit", about: "Rows on a page, 1 to 200" };
const Q: Parameter = Parameter { name: "q", about: "Words to search" };
const LIST: &[Parameter] = &[
    Q,
    Parameter { name: "sort", about: "Field to sort by; -field for descending" },
    AFTER,
    LIMIT,
    Parameter { name: "facets", about: "Facet fields to count, separated by commas" },
];
const EXPORT: &[Parameter] = &[Parameter { name: "format", about: "csv" }, LIST[0], LIST[1]];
/// Bytes of a map.
const MAP_LIMIT: usize = 20 << 20;

/// Every route of the program.
pub fn routes() -> Vec<Route> {
    [sessions(), shelves(), firm_routes(), accounts_and_administration(), operations()].into_iter().flatten().collect()
}

fn sessions() -> Vec<Route> {
    vec![
        get("/api/session", "session", session::show).open_to(Public).says("当前会话", "The session"),
        change::<_, SessionView>(Method::POST, "/api/session", "sign_in", session::sign_in)
            .open_to(Public)
            .tries_a_secret()
            .says("登录", "Sign in"),
        act::<()>(Method::DELETE, "/api/session", "sign_out", session::sign_out).open_to(Public).answers_nothing().says("退出", "Sign out"),
        change::<_, SessionView>(Method::POST, "/api/session/password", "change_password", session::change_password)
            .open_to(SignedInUnchanged)
            .says("修改密码", "Change the password"),
        get("/api/demo/personas", "personas", session::personas).open_to(Public).says("演示角色", "People of the demonstration"),
        change::<_, SessionView>(Method::POST, "/api/demo/session", "sign_in_as", session::sign_in_as)
            .open_to(Public)
            .says("以演示角色登录", "Sign in as one of them"),
        change::<_, SessionView>(Method::POST, "/api/set-up", "set_up", session::set_up)
            .open_to(Public)
            .says("建立首位管理员", "Make the first administrator"),
    ]
}

fn shelves() -> Vec<Route> {
    vec![
        get("/api/model", "model", model::model).open_to(Public).says("业务模型", "The model"),
        get_reply::<CodeListView>("/api/lists/{list}", "code_list", model::list)
            .open_to(Public)
            .about(Subject::List)
            .says("代码表", "A code list"),
        get("/api/records/{record}", "list_records", records::list)
            .open_to(Public)
            .about(Subject::RecordType)
            .takes(LIST)
            .takes_conditions()
            .says("记录列表", "A list of records"),
        change::<_, FullRecord>(Method::POST, "/api/records/{record}", "create_record", records::create)
            .open_to(SignedIn)
            .about(Subject::RecordType)
            .creates()
            .says("新建记录", "Create a record"),
        get_file("/api/records/{record}/export", "export_records", "text/csv", records::export)
            .open_to(Public)
            .about(Subject::RecordType)
            .takes(EXPORT)
            .takes_conditions()
            .says("导出列表", "A list as a file"),
        get_reply::<FullRecord>("/api/records/{record}/{id}", "read_record", records::read)
            .open_to(Public)
            .about(Subject::Record)
            .says("一条记录", "A record"),
        change::<_, FullRecord>(Method::PATCH, "/api/records/{record}/{id}", "update_record", records::update)
            .open_to(SignedIn)
            .about(Subject::Record)
            .on_a_version()
            .says("修改记录", "Change a record"),
        get("/api/records/{record}/{id}/history", "record_history", records::history)
            .open_to(SignedIn)
            .about(Subject::Record)
            .takes(&[AFTER])
            .says("记录的来历", "History of a record"),
        get("/api/reference/{record}", "reference", records::reference)
            .open_to(Public)
            .about(Subject::RecordType)
            .takes(&[Q])
            .says("选择器", "What a picker offers"),
        get("/api/hall", "hall", hall::hall).open_to(Public).says("大厅", "The hall"),
        get("/api/figures", "figures", hall::figures).open_to(Public).says("数字", "Figures"),
        get("/api/figures/{id}", "figure", hall::figure)
            .open_to(Public)
            .about(Subject::Figure)
            .takes(&[AFTER])
            .says("打开一个数字", "A figure opened"),
        get("/api/map", "map", hall::map).open_to(Public).says("图谱", "The map"),
        change::<Json, ()>(Method::PUT, "/api/map/shapes", "import_shapes", hall::import_shapes)
            .open_to(Role(ADMINISTRATOR))
            .with_body_up_to(MAP_LIMIT)
            .answers_nothing()
            .says("导入地图", "Import a map"),
    ]
}

fn firm_routes() -> Vec<Route> {
    vec![
        get("/api/firms/{id}/matches", "matches", firms::matches)
            .open_to(SignedIn)
            .about(Subject::Firm)
            .says("适合本企业的政策", "What fits the firm"),
        get("/api/firms/{id}/matches/groups/{group}", "match_group", firms::group)
            .open_to(SignedIn)
            .about(Subject::Firm)
            .takes(&[AFTER, LIMIT, Parameter { name: "reason", about: "One reason why policies do not fit" }])
            .says("一组匹配结果", "One group of matches"),
        get("/api/firms/{id}/matches/{policy}", "policy_answer", firms::policy)
            .open_to(SignedIn)
            .about(Subject::Firm)
            .says("一项政策的逐条判定", "A policy clause by clause"),
        change::<_, Answered>(Method::POST, "/api/firms/{id}/answers", "answer", firms::answer)
            .open_to(SignedIn)
            .about(Subject::Firm)
            .once()
            .says("回答一个问题", "Answer a question"),
        act::<Answered>(Method::DELETE, "/api/firms/{id}/answers/{answer}", "undo_answer", firms::undo)
            .open_to(SignedIn)
            .about(Subject::Firm)
            .says("撤销回答", "Take an answer back"),
        get("/api/policies/{id}/firms", "policy_firms", firms::firms)
            .open_to(Role(OFFICES))
            .about(Subject::Policy)
            .takes(&[Parameter { name: "answer", about: "yes, near or unknown" }, AFTER])
            .says("政策惠及的企业", "Firms that a policy fits"),
    ]
}

fn accounts_and_administration() -> Vec<Route> {
    vec![
        get("/api/accounts", "accounts", accounts::list).open_to(Role(ADMINISTRATOR)).takes(&[AFTER]).says("账户", "Accounts"),
        change::<_, ManagedAccountView>(Method::POST, "/api/accounts", "create_account", accounts::create)
            .open_to(Role(ADMINISTRATOR))
            .creates()
            .says("新建账户", "Create an account"),
        get_reply::<ManagedAccountView>("/api/accounts/{id}", "account", accounts::read)
            .open_to(Role(ADMINISTRATOR))
            .about(Subject::Account)
            .says("一个账户", "An account"),
        change::<_, ManagedAccountView>(Method::PATCH, "/api/accounts/{id}", "update_account", accounts::update)
            .open_to(Role(ADMINISTRATOR))
            .about(Subject::Account)
            .on_a_version()
            .says("修改账户", "Change an account"),
        get("/api/accounts/{id}/history", "account_history", accounts::history)
            .open_to(Role(ADMINISTRATOR))
            .about(Subject::Account)
            .takes(&[AFTER])
            .says("账户的来历", "History of an account"),
        act::<OneTimePassword>(Method::POST, "/api/accounts/{id}/password", "one_time_password", accounts::one_time_password)
            .open_to(Role(ADMINISTRATOR))
            .about(Subject::Account)
            .says("发一次性密码", "Give a one-time password"),
        get("/api/administration", "administration", administration::overview)
            .open_to(Role(ADMINISTRATOR))
            .says("系统概况", "State of the installation"),
        get("/api/administration/journal", "journal", administration::journal)
            .open_to(Role(ADMINISTRATOR))
            .takes(&[AFTER])
            .says("日志", "The journal"),
    ]
}

fn operations() -> Vec<Route> {
    vec![
        get_reply::<Json>("/api/openapi.json", "openapi", health::document).open_to(Public).says("接口说明", "This document"),
        get_file("/healthz", "healthz", "text/plain", health::alive).open_to(Public).says("程序在运行", "The program runs"),
        get_file("/readyz", "readyz", "text/plain", health::ready).open_to(Public).says("程序可以服务", "The program can work"),
    ]
}
