//! What every answer carries and every request must show: headers, the content security policy, and where the request came from.

use super::app::{AppState, loggable};
use super::uploads::LOOK;
use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use leptos::nonce::Nonce;
use std::time::Duration;
use tokio::time::timeout;

/// The largest body of a request; the largest text we take is far below.
const LARGEST_BODY: usize = 256 * 1024;
/// So much of a body that is too large is read and thrown away: a connection that ends while the other end still writes is
/// reset, and the answer is lost with it.
const THROWN_AWAY: usize = 4 * 1024 * 1024;
/// A body that takes longer than this is not waited for.
const SLOWEST_BODY: Duration = Duration::from_secs(30);

/// The nonce of this answer's own scripts; the pages are rendered with it.
#[derive(Clone, Debug)]
pub struct ScriptNonce(pub Nonce);

/// Sets the policy and the other headers. Runs around everything.
pub async fn headers(State(app): State<AppState>, mut request: Request, next: Next) -> Response {
    let nonce = Nonce::new();
    let unlisted = request.uri().path().starts_with("/s/");
    request.extensions_mut().insert(ScriptNonce(nonce.clone()));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let is_html = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_html && let Ok(policy) = HeaderValue::from_str(&policy(&nonce, &app)) {
        // A file that is handed out has a stricter one of its own.
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
        // A page holds what one person may see.
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    for (name, value) in FIXED {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    for (name, value) in UNLISTED.into_iter().filter(|_| unlisted) {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if app.config.https() {
        let a_year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, a_year);
    }
    response
}

const FIXED: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// An address that opens by itself is told to nobody: not to search engines, not to the sites that the page links to, and nobody
/// keeps what it showed after it was taken back.
const UNLISTED: [(&str, &str); 3] = [
    ("x-robots-tag", "noindex, nofollow"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
];

fn policy(nonce: &Nonce, app: &AppState) -> String {
    // While developing, cargo-leptos tells the page over a socket on a port of its own to reload.
    let reload = app
        .reload_port
        .map(|port| format!(" ws://127.0.0.1:{port} ws://localhost:{port}"))
        .unwrap_or_default();
    // Some browsers do not count ws: as 'self', so the socket's own address is named.
    let socket = app.config.base_url.replacen("http", "ws", 1);
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self' {socket}{reload}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// Refuses every request from another site that could change something or open a socket.
///
/// `SameSite=Lax` keeps the cookie from most of them; this holds where it does not.
pub async fn same_origin(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let upgrade = request.headers().contains_key(header::UPGRADE);
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) && !upgrade;
    if harmless || from_here(request.headers(), &app.config.base_url) {
        return next.run(request).await;
    }
    tracing::warn!(path = %loggable(request.uri()), origin = ?request.headers().get(header::ORIGIN), "refused a request from another site");
    (StatusCode::FORBIDDEN, "This request came from another site, so nothing was done.").into_response()
}

/// Reads the body before anybody else does, so that one that is too large or never ends is refused in one place.
pub async fn bounded_body(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    // Files are bounded where they are read, by administrators alone.
    if body.is_end_stream() || parts.uri.path() == LOOK {
        return next.run(Request::from_parts(parts, body)).await;
    }
    match timeout(SLOWEST_BODY, read(body)).await {
        Ok(Some(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(None) => (StatusCode::PAYLOAD_TOO_LARGE, "This is too much text for one request.").into_response(),
        Err(_) => (StatusCode::REQUEST_TIMEOUT, "This request took too long to arrive.").into_response(),
    }
}

/// The whole body; `None` when it is too large or breaks off.
async fn read(body: Body) -> Option<Vec<u8>> {
    let (mut chunks, mut bytes, mut length) = (body.into_data_stream(), Vec::new(), 0);
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.ok()?;
        length += chunk.len();
        if length > THROWN_AWAY {
            return None;
        }
        if length <= LARGEST_BODY {
            bytes.extend_from_slice(&chunk);
        }
    }
    (length <= LARGEST_BODY).then_some(bytes)
}

/// Whether the browser says that the request comes from our own pages. Saying nothing is not enough.
fn from_here(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text(&header::ORIGIN) else {
        return text(&HeaderName::from_static("sec-fetch-site")) == Some("same-origin");
    };
    // Behind a proxy the outside name is the base URL; on a developer's machine it is whatever host was typed.
    let host = text(&header::HOST).unwrap_or_default();
    let scheme = if base_url.starts_with("https://") { "https" } else { "http" };
    origin == base_url || origin == format!("{scheme}://{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &[(&'static str, &'static str)]) -> bool {
        let pairs = headers
            .iter()
            .map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v)));
        from_here(&pairs.collect(), "https://checkpoint.example")
    }

    #[test]
    fn only_our_own_pages_may_change_something() {
        assert!(check(&[("origin", "https://checkpoint.example")]));
        assert!(check(&[("origin", "https://10.0.0.5:3000"), ("host", "10.0.0.5:3000")]));
        assert!(check(&[("sec-fetch-site", "same-origin")]));
        for foreign in [
            &[][..],
            &[("origin", "null")],
            &[("origin", "https://evil.example")],
            &[("origin", "http://checkpoint.example")],
            &[("origin", "https://evil.example"), ("host", "checkpoint.example")],
            &[("origin", "https://evil.example"), ("sec-fetch-site", "same-origin")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "none")],
        ] {
            assert!(!check(foreign), "{foreign:?}");
        }
    }
}
