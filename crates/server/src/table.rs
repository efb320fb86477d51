//! The one table of routes. Router, OpenAPI document and authorization test follow from it.
mod awards;
mod claims;
mod flows;
mod outgoing;
mod payments;

use crate::handlers::{accounts, administration, authoring, exchange, facts, firms, hall, health, model, records, session};
use crate::route::Access::{Public, Role, SignedIn, SignedInUnchanged};
use crate::route::{Parameter, Route, Subject, act, change, get, get_file, get_reply};
use axum::http::Method;
use liangu_app::accounts::SessionView;
use liangu_app::accounts::admin::{ManagedAccountView, OneTimePassword};
use liangu_app::authoring::{PolicyVersion, SplitClauses, Trial};
use liangu_app::eligibility::Answered;
use liangu_app::exchange::ImportView;
use liangu_app::facts::{ContestView, FirmFacts, Settled};
use liangu_app::model_view::CodeListView;
use liangu_app::records::{ATTACHMENT_BYTES, Attachment, FullRecord};
use serde_json::Value as Json;

const ADMINISTRATOR: &[&str] = &["administrator"];
/// Those who see firms other than their own, and counts beyond their scope.
const OFFICES: &[&str] = &["officer", "reviewer", "finance", "park", "leader", "administrator"];

/// Those who write policies.
const AUTHORS: &[&str] = &["officer", "administrator"];

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
const EXPORT: &[Parameter] = &[Parameter { name: "format", about: "csv or xlsx" }, LIST[0], LIST[1]];
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Bytes of a map.
const MAP_LIMIT: usize = 20 << 20;

/// Every route of the program.
pub fn routes() -> Vec<Route> {
    [
        sessions(),
        shelves(),
        firm_routes(),
        fact_routes(),
        authoring_routes(),
        exchange_routes(),
        accounts_and_administration(),
        outgoing::routes(),
        flows::routes(),
        claims::routes(),
        awards::routes(),
        payments::routes(),
        operations(),
    ]
    .into_iter()
    .flatten()
    .collect()
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

fn fact_routes() -> Vec<Route> {
    vec![
        get("/api/facts", "fact_dictionary", facts::dictionary).open_to(Role(OFFICES)).says("资料目录", "The dictionary of facts"),
        get("/api/facts/conflicts", "fact_conflicts", facts::conflicts)
            .open_to(Role(OFFICES))
            .takes(&[
                Parameter { name: "field", about: "One fact" },
                Parameter { name: "region", about: "A region and what lies below it" },
                AFTER,
                LIMIT,
            ])
            .says("说法不一的资料", "Facts on which sources differ"),
        get("/api/facts/{fact}", "fact", facts::open).open_to(Role(OFFICES)).says("一项资料", "One fact"),
        get("/api/firms/{id}/facts", "firm_facts", facts::of_firm)
            .open_to(SignedIn)
            .about(Subject::Firm)
            .says("企业的全部资料和来源", "Everything on file about a firm"),
        act::<FirmFacts>(Method::DELETE, "/api/firms/{id}/facts/{fact}", "withdraw_answer", facts::withdraw)
            .open_to(SignedIn)
            .about(Subject::Firm)
            .takes(&[Parameter { name: "year", about: "Of a yearly fact" }])
            .says("撤回企业自己的一项资料", "Take the firm's own word back"),
        change::<_, ContestView>(Method::POST, "/api/firms/{id}/contests", "contest", facts::contest)
            .open_to(SignedIn)
            .about(Subject::Firm)
            .creates()
            .says("对一项资料提出异议", "Contest a fact"),
        change::<_, Settled>(Method::POST, "/api/firms/{id}/conflicts", "settle_conflict", facts::settle)
            .open_to(Role(AUTHORS))
            .about(Subject::Firm)
            .once()
            .says("处理说法不一的资料", "Settle a conflict of sources"),
        get("/api/contests", "contests", facts::contests)
            .open_to(SignedIn)
            .takes(&[Parameter { name: "state", about: "open (default), upheld, rejected or all" }, AFTER, LIMIT])
            .says("资料异议", "Contested facts"),
        change::<_, ContestView>(Method::POST, "/api/contests/{id}/decide", "decide_contest", facts::decide)
            .open_to(Role(AUTHORS))
            .about(Subject::Contest)
            .says("处理资料异议", "Decide a contest"),
    ]
}

fn authoring_routes() -> Vec<Route> {
    let routes = vec![
        get("/api/policies/authoring", "authoring", authoring::list).takes(&[Q]).says("政策编写一览", "Policies being written"),
        get("/api/policies/vocabulary", "vocabulary", authoring::vocabulary).says("条件编辑器的词汇", "What rules may say"),
        change::<_, SplitClauses>(Method::POST, "/api/policies/split", "split_text", authoring::split)
            .says("原文切分为条款", "A text cut into clauses"),
        change::<_, PolicyVersion>(Method::POST, "/api/policies", "draft_policy", authoring::draft)
            .creates()
            .says("起草政策", "Draft a policy"),
        get("/api/policies/{id}/versions", "policy_versions", authoring::versions)
            .about(Subject::Policy)
            .says("政策版本", "Versions of a policy"),
        change::<_, PolicyVersion>(Method::POST, "/api/policies/{id}/versions", "open_version", authoring::open)
            .about(Subject::Policy)
            .creates()
            .says("起草新版本", "Begin a version"),
        get_reply::<PolicyVersion>("/api/policies/{id}/versions/{number}", "policy_version", authoring::read)
            .about(Subject::Policy)
            .says("一个版本", "A version"),
        change::<_, PolicyVersion>(Method::PUT, "/api/policies/{id}/versions/{number}", "save_version", authoring::save)
            .about(Subject::Policy)
            .on_a_version()
            .says("保存草稿", "Save a draft"),
        change::<_, Trial>(Method::POST, "/api/policies/{id}/versions/{number}/trial", "try_version", authoring::attempt)
            .about(Subject::Policy)
            .says("试算", "Try a version on all firms"),
        change::<_, PolicyVersion>(
            Method::POST,
            "/api/policies/{id}/versions/{number}/commands/{command}",
            "order_version",
            authoring::order,
        )
        .about(Subject::Policy)
        .on_a_version()
        .says("核对、批准、退回、弃用、废止", "Check, approve, return, discard, withdraw"),
        get("/api/policies/{id}/versions/{number}/difference", "version_difference", authoring::difference)
            .about(Subject::Policy)
            .takes(&[Parameter { name: "from", about: "Number of the version compared with" }])
            .says("两个版本的差别", "What a version changes"),
        get("/api/policies/{id}/withdrawal", "withdrawal", authoring::withdrawal)
            .about(Subject::Policy)
            .says("废止的影响", "What a withdrawal changes"),
    ];
    routes.into_iter().map(|route| route.open_to(Role(AUTHORS))).collect()
}

/// Import is for whoever may create such records; the use case looks. Documents are seen and changed with their record.
fn exchange_routes() -> Vec<Route> {
    const NAME: Parameter = Parameter { name: "name", about: "Name of the file" };
    let imports = vec![
        get("/api/imports", "imports", exchange::list).says("我的导入", "Own imports"),
        act::<ImportView>(Method::POST, "/api/imports", "upload_import", exchange::upload)
            .creates()
            .takes_a_file()
            .takes(&[Parameter { name: "record", about: "Record type" }, NAME])
            .says("上传待导入的文件", "Upload a file to import; the body is the file"),
        get("/api/imports/{import}", "import", exchange::read).says("一次导入", "An import"),
        change::<_, ImportView>(Method::PUT, "/api/imports/{import}/plan", "plan_import", exchange::plan)
            .says("设定对应关系", "Say how it is read"),
        get("/api/imports/{import}/preview", "preview_import", exchange::preview).says("预览", "How it will be read"),
        act::<()>(Method::DELETE, "/api/imports/{import}", "discard_import", exchange::discard)
            .answers_nothing()
            .says("丢弃草稿", "Discard a draft"),
        act::<ImportView>(Method::POST, "/api/imports/{import}/start", "start_import", exchange::start)
            .says("开始或继续导入", "Start or resume"),
        act::<ImportView>(Method::POST, "/api/imports/{import}/cancel", "cancel_import", exchange::cancel).says("取消导入", "Cancel"),
        get_file("/api/imports/{import}/bad-rows", "bad_rows", WORKBOOK, exchange::bad_rows).says("未导入的行", "Rows that were not taken"),
    ];
    let documents = vec![
        get("/api/records/{record}/{id}/files", "attachments", exchange::attachments)
            .open_to(Public)
            .about(Subject::Record)
            .says("附件", "Documents of a record"),
        act::<Attachment>(Method::POST, "/api/records/{record}/{id}/files", "attach", exchange::attach)
            .open_to(SignedIn)
            .about(Subject::Record)
            .creates()
            .takes(&[NAME])
            .with_body_up_to(ATTACHMENT_BYTES)
            .says("添加附件", "Attach a document; the body is the document"),
        get_file("/api/records/{record}/{id}/files/{file}", "attachment", "application/octet-stream", exchange::attachment)
            .open_to(Public)
            .about(Subject::Record)
            .says("下载附件", "A document"),
        act::<()>(Method::DELETE, "/api/records/{record}/{id}/files/{file}", "detach", exchange::detach)
            .open_to(SignedIn)
            .about(Subject::Record)
            .answers_nothing()
            .says("移除附件", "Remove a document"),
    ];
    imports.into_iter().map(|route| route.open_to(SignedIn)).chain(documents).collect()
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
