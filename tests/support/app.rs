//! The real server on a port of its own, with a database of its own.

use super::postgres::Cluster;
use super::{browser::Browser, log};
use checkpoint::server::app::{self, AppState};
use checkpoint::server::config::Config;
use leptos::config::LeptosOptions;
use std::net::SocketAddr;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Where the server keeps its data.
pub(crate) enum Place {
    /// A file in this folder.
    Sqlite(TempDir),
    /// A database of this server.
    Postgres { url: String, _cluster: Cluster },
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        Self::Sqlite(tempfile::tempdir().unwrap())
    }

    /// `None` when this machine has no PostgreSQL.
    pub(crate) async fn postgres() -> Option<Self> {
        let cluster = Cluster::start().await?;
        let url = cluster.fresh().await;
        Some(Self::Postgres { url, _cluster: cluster })
    }

    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => format!("sqlite:{}/checkpoint.db", folder.path().display()),
            Self::Postgres { url, .. } => url.clone(),
        }
    }
}

/// A running server.
pub(crate) struct TestApp {
    pub(crate) place: Place,
    pub(crate) state: AppState,
    pub(crate) base: String,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl TestApp {
    /// On SQLite, at an address of its own.
    pub(crate) async fn start() -> Self {
        Self::on(Place::sqlite()).await
    }

    pub(crate) async fn on(place: Place) -> Self {
        Self::behind(place, None).await
    }

    /// Behind a proxy that people reach at this address.
    pub(crate) async fn behind(place: Place, base: Option<&str>) -> Self {
        log::begin();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = base.map_or_else(|| format!("http://{}", listener.local_addr().unwrap()), str::to_owned);
        let (state, running) = serve(listener, &place, &base).await;
        Self {
            place,
            state,
            base,
            running: Some(running),
        }
    }

    /// Where it listens.
    pub(crate) fn addr(&self) -> SocketAddr {
        self.state.config.addr
    }

    /// Ends the server as a signal would.
    pub(crate) async fn stop(&mut self) {
        if let Some((stop, task)) = self.running.take() {
            self.state.close().await;
            let _ = stop.send(());
            task.abort();
            let _ = task.await;
        }
    }

    /// The same server again, on what it left behind.
    pub(crate) async fn restart(&mut self) {
        self.stop().await;
        self.start_again().await;
    }

    /// Starts it after [`TestApp::stop`].
    pub(crate) async fn start_again(&mut self) {
        let listener = TcpListener::bind(self.addr()).await.unwrap();
        let (state, running) = serve(listener, &self.place, &self.base).await;
        (self.state, self.running) = (state, Some(running));
    }

    /// A browser that has never been here.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.addr(), &self.base)
    }
}

async fn serve(listener: TcpListener, place: &Place, base: &str) -> (AppState, (oneshot::Sender<()>, JoinHandle<()>)) {
    let addr = listener.local_addr().unwrap();
    let settings = [
        ("CHECKPOINT_DATABASE_URL", place.url()),
        ("CHECKPOINT_ADDR", addr.to_string()),
        ("CHECKPOINT_BASE_URL", base.to_owned()),
    ];
    let config = Config::read(|name| settings.iter().find(|(n, _)| *n == name).map(|(_, value)| value.clone())).unwrap();
    let leptos = LeptosOptions::builder().output_name("checkpoint").site_root("target/site").build();
    let state = AppState::open(config, leptos).await.unwrap();
    let (stop, stopped) = oneshot::channel();
    let serving = app::serve(listener, state.clone(), async {
        let _ = stopped.await;
    });
    let task = tokio::spawn(async { serving.await.unwrap() });
    (state, (stop, task))
}
