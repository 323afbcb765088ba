//! The application put together: its state, its routes, and the layers around them. The only place that knows both axum and the pages.

use super::config::Config;
use super::documents::Documents;
use super::error::refusals;
use super::exports;
use super::hub::Hub;
use super::limits::Limits;
use super::past;
use super::planning;
use super::rehearsals::WithRehearsals;
use super::request::{self, status};
use super::rooms;
use super::security::{self, ScriptNonce};
use super::setup::SetupToken;
use super::sharing;
use super::store::journal::Journal;
use super::store::sessions::Sessions;
use super::store::{Db, StoreError};
use super::tables;
use super::uploads::{self, Uploads};
use super::ws;
use crate::api::ApiError;
use crate::ui::app::{App, reading_shell, room_shell, shell};
use crate::ui::reading;
use crate::ui::room::document::Inside;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, Path, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use leptos::config::LeptosOptions;
use leptos::prelude::provide_context;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list_with_exclusions, render_app_async_with_context};
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::net::TcpListener;
use tower::ServiceBuilder;
use tower_http::compression::CompressionLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

/// A browser is remembered for this long after it last signed in or took a seat, so that part two of a checkpoint finds it.
const REMEMBERED: time::Duration = time::Duration::days(60);

/// What every request can reach.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The database.
    pub db: Db,
    /// The way to durable events.
    pub journal: Journal,
    /// The open rooms.
    pub hub: Hub,
    /// The settings.
    pub config: Arc<Config>,
    /// How often something may be tried.
    pub limits: Limits,
    /// Published pages, drawn.
    pub documents: Documents,
    /// Files that administrators sent to be imported.
    pub uploads: Uploads,
    /// The one-time token for `/setup`.
    pub setup: SetupToken,
    /// Where the page finds its scripts.
    pub leptos: LeptosOptions,
    /// The port on which cargo-leptos tells pages to reload, while developing.
    pub reload_port: Option<u32>,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}

impl AppState {
    /// Opens the database and everything that stands on it.
    pub async fn open(config: Config, leptos: LeptosOptions) -> Result<Self, StoreError> {
        let db = Db::open(&config.database_url.0).await?;
        let journal = Journal::start(db.clone());
        let hub = Hub::new(db.clone(), journal.clone());
        let setup = SetupToken::if_needed(&db).await?;
        let reload_port = std::env::var("LEPTOS_WATCH").is_ok().then_some(leptos.reload_port);
        Ok(Self {
            db,
            journal,
            hub,
            config: Arc::new(config),
            limits: Limits::default(),
            documents: Documents::default(),
            uploads: Uploads::default(),
            setup,
            leptos,
            reload_port,
        })
    }

    /// Closes every room, writes what waits, closes the database.
    pub async fn close(&self) {
        self.hub.stop().await;
        self.journal.shutdown().await;
        self.db.close().await;
    }
}

/// Serves on a listener until `stop`.
pub async fn serve(listener: TcpListener, state: AppState, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    // A vote must leave at once, not when the one before it has been acknowledged.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps Nagle's algorithm");
        }
    });
    let app = router(state).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app).with_graceful_shutdown(stop).await
}

/// All routes with everything around them.
pub fn router(state: AppState) -> Router {
    let kept = WithRehearsals {
        stored: Sessions::new(state.db.clone()),
        rehearsals: state.hub.rehearsals().clone(),
    };
    let sessions = SessionManagerLayer::new(kept)
        .with_name(if state.config.https() { "__Host-checkpoint" } else { "checkpoint" })
        .with_secure(state.config.https())
        .with_same_site(SameSite::Lax)
        .with_http_only(true)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(REMEMBERED));
    let pages = {
        let (context, state) = (page_context(&state), state.clone());
        Router::new()
            .leptos_routes_with_context(&state, routes(), context.clone(), {
                let options = state.leptos.clone();
                move || shell(options.clone())
            })
            .fallback(leptos_axum::file_and_error_handler_with_context::<AppState, _>(context, shell))
    };
    let everything = ServiceBuilder::new()
        .layer(SetRequestIdLayer::new(HeaderName::from_static("x-request-id"), MakeRequestUuid))
        .layer(PropagateRequestIdLayer::new(HeaderName::from_static("x-request-id")))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(state.clone(), security::headers))
        .layer(from_fn_with_state(state.clone(), security::same_origin))
        .layer(from_fn(security::bounded_body))
        .layer(sessions)
        .layer(from_fn(refusals))
        .layer(from_fn_with_state(state.clone(), exports::by_extension))
        .layer(from_fn_with_state(state.clone(), tables::of_squad));
    reading::ADDRESSES
        .into_iter()
        .fold(pages, |pages, address| pages.route(address, get(read)))
        .route("/ws/{code}", get(ws::upgrade))
        .route("/w/{code}", get(room))
        .route("/w/{code}/present", get(present))
        .route("/w/{code}/recap", get(recap))
        .route("/w/{code}/mine.json", get(exports::mine))
        .route("/w/{code}/flow.svg", get(exports::flow_svg))
        .route("/w/{code}/flow.png", get(exports::flow_png))
        .route("/w/{code}/invite.ics", get(planning::invite))
        .route("/s/{token}/card.png", get(sharing::card))
        .route("/s/{token}/{file}", get(sharing::file))
        .route("/organisation.csv", get(tables::of_organisation))
        .route("/api/v1/page.schema.json", get(exports::schema))
        .route("/compare.csv", get(past::compare::csv))
        .route(uploads::LOOK, post(uploads::look).layer(DefaultBodyLimit::disable()))
        .route("/admin/import/take", post(uploads::take))
        .route("/admin/import/example.csv", get(uploads::example))
        .route("/admin/export.json", get(uploads::export))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .merge(assets(&state.leptos))
        .layer(everything)
        .with_state(state)
}

/// The pages of [`App`], listed once: listing renders them, and two threads that render while one lists wait for ever (leptos#4773).
fn routes() -> Vec<AxumRouteListing> {
    static ROUTES: OnceLock<Vec<AxumRouteListing>> = OnceLock::new();
    ROUTES
        // The room is answered by `room` below.
        .get_or_init(|| generate_route_list_with_exclusions(App, Some(vec!["/w/{code}".to_owned()])))
        .clone()
}

/// A page that is only read, a document of its own.
async fn read(State(app): State<AppState>, request: Request) -> Response {
    let options = app.leptos.clone();
    render_app_async_with_context(page_context(&app), move || reading_shell(options.clone()))(request).await
}

/// What a document of the room shows.
#[derive(Clone, Copy)]
enum Shows {
    Room,
    Wall,
    Recap,
}

/// The room's page, a document of its own; without a seat the browser is sent to the door.
async fn room(State(app): State<AppState>, Path(code): Path<String>, request: Request) -> Response {
    room_document(app, code, request, Shows::Room).await
}

/// The same for the screen of the meeting room.
async fn present(State(app): State<AppState>, Path(code): Path<String>, request: Request) -> Response {
    room_document(app, code, request, Shows::Wall).await
}

/// What was decided so far.
async fn recap(State(app): State<AppState>, Path(code): Path<String>, request: Request) -> Response {
    room_document(app, code, request, Shows::Recap).await
}

async fn room_document(app: AppState, code: String, request: Request, shows: Shows) -> Response {
    let (parts, body) = request.into_parts();
    let entered = match request::Request::read(app.clone(), &parts).await {
        Ok(request) => match shows {
            Shows::Room => rooms::view(&request, &code).await.map(|view| Inside::Room(Box::new(view))),
            Shows::Wall => rooms::wall(&request, &code).await.map(|view| Inside::Wall(Box::new(view))),
            Shows::Recap => rooms::recap(&request, &code).await.map(Inside::Recap),
        },
        Err(error) => Err(error),
    };
    if matches!(entered, Err(ApiError::NoSeat)) {
        return Redirect::to(&format!("/join/{code}")).into_response();
    }
    let status = entered.as_ref().err().and_then(status);
    let options = app.leptos.clone();
    let render = render_app_async_with_context(page_context(&app), move || room_shell(options.clone(), entered.clone()));
    let mut response = render(Request::from_parts(parts, body)).await;
    if let Some(status) = status {
        *response.status_mut() = status;
    }
    response
}

fn page_context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let state = state.clone();
    move || {
        provide_context(state.clone());
        // leptos makes a nonce of its own; the policy's is the one that counts.
        if let Some(nonce) =
            leptos::prelude::use_context::<axum::http::request::Parts>().and_then(|parts| parts.extensions.get::<ScriptNonce>().cloned())
        {
            provide_context(nonce.0);
        }
    }
}

/// Scripts and styles: their names hold a hash of their content, so browsers keep them for ever.
fn assets(options: &LeptosOptions) -> Router<AppState> {
    let folder = format!("{}/{}", options.site_root, options.site_pkg_dir);
    let for_ever = if options.hash_files {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let files = ServiceBuilder::new()
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            HeaderValue::from_static(for_ever),
        ))
        .service(ServeDir::new(folder).precompressed_br().precompressed_gzip());
    Router::new()
        .nest_service(&format!("/{}", options.site_pkg_dir), files)
        .layer(from_fn(|request: Request, next: axum::middleware::Next| async move {
            let response = next.run(request).await;
            // A file that is not there must not be remembered for ever.
            if response.status() == StatusCode::NOT_FOUND {
                StatusCode::NOT_FOUND.into_response()
            } else {
                response
            }
        }))
}

async fn ready(State(app): State<AppState>) -> impl IntoResponse {
    match tokio::time::timeout(Duration::from_secs(2), app.db.ping()).await {
        Ok(Ok(())) => (StatusCode::OK, "ready"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    }
}

/// The path alone: a query may hold what somebody typed.
fn span<B>(request: &axum::http::Request<B>) -> tracing::Span {
    let id = request
        .headers()
        .get("x-request-id")
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default();
    tracing::info_span!("http", method = %request.method(), path = %loggable(request.uri()), request.id = %id)
}

/// A path as the log may hold it: whoever reads the log must not be able to open a squad's actions, or a summary.
pub(super) fn loggable(uri: &Uri) -> &str {
    match uri.path() {
        path if path.starts_with("/actions/") => "/actions/…",
        path if path.starts_with("/s/") => "/s/…",
        path => path,
    }
}
