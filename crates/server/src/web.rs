//! The files of the web, inside the binary.
//!
//! Files under `assets/` carry a digest in their name and may be kept for ever; everything else is asked for anew. A
//! path that is no file is a page of the web and gets `index.html`; under `/api` it is a problem.
use crate::problem::Refused;
use crate::router::Head;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Files;

/// Shown by a binary that was built before the web was.
const NOT_BUILT: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>链谷 Liangu</title>\
    <h1>界面还没有构建</h1><p>先运行 <code>make web</code>，再重新编译程序。接口在 <a href=\"/api/openapi.json\">/api/openapi.json</a>。</p>\
    <h1 lang=\"en\">The web interface has not been built</h1><p lang=\"en\">Run <code>make web</code>, then build the program again. The interface for programs is at <a href=\"/api/openapi.json\">/api/openapi.json</a>.</p></html>";

pub(crate) async fn serve(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return Head::of(&request).asked().refuse(Refused::NotFound);
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Head::of(&request).asked().refuse(Refused::Method);
    }
    match Files::get(path) {
        Some(file) => shown(path, file),
        None if path.starts_with("assets/") => Head::of(&request).asked().refuse(Refused::NotFound),
        None => page(),
    }
}

fn page() -> Response {
    match Files::get("index.html") {
        Some(file) => shown("index.html", file),
        None => (StatusCode::OK, [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], NOT_BUILT)
            .into_response(),
    }
}

fn shown(path: &str, file: rust_embed::EmbeddedFile) -> Response {
    let keep = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let media = file.metadata.mimetype().to_owned();
    let media = if media.starts_with("text/") { format!("{media}; charset=utf-8") } else { media };
    ([(header::CONTENT_TYPE, media.as_str()), (header::CACHE_CONTROL, keep)], Body::from(file.data.into_owned())).into_response()
}
