//! Every answer that is not 2xx: `application/problem+json` (RFC 9457) in the reader's language, made here alone.
//!
//! `code` is stable and what clients switch on; `title` and `detail` are for people and say what to do next. What an
//! operator needs to know of a fault goes to the log under the request's number, which the answer carries too.
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use liangu_app::{Fault, FieldFault};
use liangu_base::{Lang, Text};
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Relative address that names the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    pub detail: String,
    /// Path of the request.
    pub instance: String,
    /// Stable name of the kind of problem.
    pub code: String,
    pub errors: Vec<ProblemField>,
    /// What to do next, where there is more to say than the detail does.
    pub hint: Option<String>,
    /// Number of the request, to quote.
    pub request: String,
    /// The record as it is now, when the change was made on an older version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<Json>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemField {
    pub field: String,
    pub code: String,
    pub message: String,
}

/// What the answer needs to know of the request.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub lang: Lang,
    pub path: &'a str,
    pub request: &'a str,
}

/// A kind of problem that the door itself finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    NotFound,
    Method,
    TooLarge,
    MediaType,
    Guard,
    Unauthenticated,
    MustChangePassword,
    Role,
    SignIn,
    Panic,
}

struct Told {
    status: StatusCode,
    code: &'static str,
    title: Text,
    detail: Text,
    errors: Vec<FieldFault>,
    retry_after: Option<u64>,
    current: Option<Json>,
}

impl Asked<'_> {
    pub fn refuse(&self, refused: Refused) -> Response {
        self.answer(door(refused))
    }

    /// `current`: the record as it is now, for a stale version.
    pub fn fault(&self, fault: Fault, current: Option<Json>) -> Response {
        if let Fault::Internal(cause) | Fault::Unavailable { cause, .. } = &fault {
            tracing::error!(request = self.request, path = self.path, cause, "fault");
        }
        self.answer(Told { current, ..told(fault) })
    }

    fn answer(&self, told: Told) -> Response {
        let say = |text: &Text| text.get(self.lang).to_owned();
        let field = |fault: FieldFault| ProblemField { message: say(&fault.message), code: fault.code.to_owned(), field: fault.field };
        let problem = Problem {
            kind: format!("/problems/{}", told.code),
            title: say(&told.title),
            status: told.status.as_u16(),
            detail: say(&told.detail),
            instance: self.path.to_owned(),
            code: told.code.to_owned(),
            errors: told.errors.into_iter().map(field).collect(),
            hint: None,
            request: self.request.to_owned(),
            current: told.current,
        };
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = told.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        (told.status, headers, body).into_response()
    }
}

fn plain(status: StatusCode, code: &'static str, title: Text, detail: Text) -> Told {
    Told { status, code, title, detail, errors: vec![], retry_after: None, current: None }
}

const NOT_FOUND: (Text, Text) = (
    Text::fixed("没有找到", "Not found"),
    Text::fixed("没有这个内容，或者你看不到它；请核对地址。", "There is no such thing, or you may not see it; check the address."),
);
const UNAUTHENTICATED: (Text, Text) = (
    Text::fixed("需要登录", "Sign in first"),
    Text::fixed("这里需要登录后查看；请登录再试。", "This needs an account; sign in and try again."),
);

fn door(refused: Refused) -> Told {
    let (status, code, title, detail) = match refused {
        Refused::NotFound => (StatusCode::NOT_FOUND, "not_found", NOT_FOUND.0, NOT_FOUND.1),
        Refused::Method => (
            StatusCode::METHOD_NOT_ALLOWED,
            "method",
            Text::fixed("不支持这种请求方法", "Method not supported"),
            Text::fixed(
                "这个地址不支持这种请求方法；可用的方法见 Allow。",
                "This address does not take this method; see Allow for those it takes.",
            ),
        ),
        Refused::TooLarge => (
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            Text::fixed("内容过大", "Too large"),
            Text::fixed("提交的内容超过上限；请减小后再提交。", "What was sent exceeds the limit; make it smaller and send it again."),
        ),
        Refused::MediaType => (
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "media_type",
            Text::fixed("内容类型不对", "Wrong media type"),
            Text::fixed("请以 Content-Type: application/json 提交。", "Send it as Content-Type: application/json."),
        ),
        Refused::Guard => (
            StatusCode::FORBIDDEN,
            "guard",
            Text::fixed("缺少防护标头", "Guard header missing"),
            Text::fixed("修改类请求须带标头 X-Liangu: web。", "A request that changes something needs the header X-Liangu: web."),
        ),
        Refused::Unauthenticated => (StatusCode::UNAUTHORIZED, "unauthenticated", UNAUTHENTICATED.0, UNAUTHENTICATED.1),
        Refused::MustChangePassword => (
            StatusCode::FORBIDDEN,
            "must_change_password",
            Text::fixed("请先修改密码", "Choose a password first"),
            Text::fixed("你用的是一次性密码；请先设定自己的密码。", "You signed in with a one-time password; choose your own first."),
        ),
        Refused::Role => (
            StatusCode::FORBIDDEN,
            "role",
            Text::fixed("没有权限", "Not allowed"),
            Text::fixed(
                "你的角色不能使用此功能；需要时请联系系统管理员。",
                "Your roles do not open this; ask an administrator if you need it.",
            ),
        ),
        Refused::SignIn => {
            (StatusCode::UNAUTHORIZED, "sign_in", Text::fixed("没有登录成功", "Not signed in"), liangu_app::accounts::refused_sign_in())
        }
        Refused::Panic => (StatusCode::INTERNAL_SERVER_ERROR, "internal", INTERNAL.0, INTERNAL.1),
    };
    plain(status, code, title, detail)
}

const INTERNAL: (Text, Text) = (
    Text::fixed("程序出错", "A fault of the program"),
    Text::fixed(
        "程序出了错，你的操作没有生效；请稍后再试，并把编号告诉管理员。",
        "The program failed and nothing was changed; try again later and give the number to an administrator.",
    ),
);

fn told(fault: Fault) -> Told {
    let not_allowed = Text::fixed("没有权限", "Not allowed");
    match fault {
        Fault::Unauthenticated => door(Refused::Unauthenticated),
        Fault::NotFound => door(Refused::NotFound),
        Fault::Forbidden { code, why } => plain(StatusCode::FORBIDDEN, code, not_allowed, why),
        Fault::BadRequest { code, why } => plain(StatusCode::BAD_REQUEST, code, Text::fixed("请求有误", "Bad request"), why),
        Fault::Conflict { code, why, fields } => {
            let told = plain(StatusCode::CONFLICT, code, Text::fixed("与现有内容冲突", "Conflict"), why);
            Told { errors: fields, ..told }
        }
        Fault::Stale { .. } => plain(
            StatusCode::PRECONDITION_FAILED,
            "stale",
            Text::fixed("已有更新的版本", "A newer version exists"),
            Text::fixed(
                "其他人先保存了修改；请对照现在的内容，再决定是否重新保存。",
                "Somebody else saved first; compare with what is there now, then decide whether to save again.",
            ),
        ),
        Fault::Invalid(fields) => {
            let detail = match fields.as_slice() {
                [one] => one.message.clone(),
                _ => Text::new(format!("有 {} 处需要修改。", fields.len()), format!("{} things need a change.", fields.len())),
            };
            let told = plain(StatusCode::UNPROCESSABLE_ENTITY, "invalid", Text::fixed("填写有误", "Not valid"), detail);
            Told { errors: fields, ..told }
        }
        Fault::VersionMissing => plain(
            StatusCode::PRECONDITION_REQUIRED,
            "version_missing",
            Text::fixed("缺少版本号", "Version missing"),
            Text::fixed("修改须带 If-Match 和读到的版本号。", "A change needs If-Match with the version that was read."),
        ),
        Fault::TooMany { retry_after } => {
            let detail = Text::fixed("尝试次数过多；请稍后再试。", "Too many tries; wait and try again.");
            let told = plain(StatusCode::TOO_MANY_REQUESTS, "too_many", Text::fixed("请求过多", "Too many requests"), detail);
            Told { retry_after: Some(retry_after), ..told }
        }
        Fault::Unavailable { retry_after, .. } => {
            let detail = Text::fixed(
                "数据库暂时没有响应；请稍候重试，重试不会重复提交。",
                "The database does not answer for the moment; try again shortly, nothing is done twice.",
            );
            let told = plain(StatusCode::SERVICE_UNAVAILABLE, "unavailable", Text::fixed("暂时不可用", "Unavailable"), detail);
            Told { retry_after: Some(retry_after), ..told }
        }
        Fault::Full => plain(
            StatusCode::INSUFFICIENT_STORAGE,
            "full",
            Text::fixed("磁盘已满", "The disk is full"),
            Text::fixed(
                "磁盘已满，没有写入任何内容；请联系管理员清理空间后重试。",
                "The disk is full and nothing was written; ask an administrator to free space, then try again.",
            ),
        ),
        Fault::Internal(_) => door(Refused::Panic),
    }
}
