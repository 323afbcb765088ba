//! The commands of the binary.

use super::app::{AppState, router};
use super::config::Config;
use super::store::Db;
use super::store::people::{self, Account, Role};
use super::{auth, clock};
use crate::domain::ids::AccountId;
use crate::domain::text::PersonName;
use clap::{Parser, Subcommand, ValueEnum};
use std::io::{IsTerminal, Read};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;

/// Why a command ended early, in one line for the terminal.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs a squad's DevOps Checkpoint live.
#[derive(Debug, Parser)]
#[command(name = "checkpoint", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server (also without any command).
    Serve,
    /// Manage accounts from the terminal.
    #[command(subcommand)]
    Admin(Admin),
}

#[derive(Debug, Subcommand)]
enum Admin {
    /// Create an account; the password is asked for, or read from standard input.
    Create {
        /// The address the person signs in with.
        #[arg(long)]
        email: String,
        /// The person's name.
        #[arg(long)]
        name: String,
        /// What the person may do.
        #[arg(long, value_enum, default_value = "administrator")]
        role: RoleName,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RoleName {
    Administrator,
    Facilitator,
    Viewer,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Administrator => Self::Administrator,
            RoleName::Facilitator => Self::Facilitator,
            RoleName::Viewer => Self::Viewer,
        }
    }
}

/// Runs the command of this process's arguments.
pub async fn run(cli: Cli, config: Config) -> Result<(), Failure> {
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve(config).await,
        Command::Admin(Admin::Create { email, name, role }) => create_account(&config, &email, &name, role.into()).await,
    }
}

async fn serve(config: Config) -> Result<(), Failure> {
    let leptos = leptos::config::get_configuration(None)?.leptos_options;
    let listener = TcpListener::bind(config.addr)
        .await
        .map_err(|error| format!("CHECKPOINT_ADDR: cannot listen on {}: {error}", config.addr))?;
    let state = AppState::open(config, leptos).await?;
    if let Some(token) = state.setup.shown() {
        println!(
            "\nFirst start: open {}/setup and create the first administrator.",
            state.config.base_url
        );
        println!("setup token: {token}\n");
    }
    println!("Checkpoint is at {}", state.config.base_url);
    tokio::spawn(housekeeping(state.clone()));
    let app = router(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let stopping = state.clone();
    axum::serve(listener, app)
        .with_graceful_shutdown(async move {
            stop_signal().await;
            tracing::info!("stopping");
            // Open sockets would keep the server for ever; their pages come back by themselves.
            stopping.hub.stop().await;
        })
        .await?;
    state.close().await;
    Ok(())
}

/// Forgets what is out of date, once an hour.
async fn housekeeping(state: AppState) {
    let sessions = super::store::sessions::Sessions::new(state.db.clone());
    let mut hour = tokio::time::interval(Duration::from_hours(1));
    loop {
        hour.tick().await;
        state.limits.tidy();
        if let Err(error) = sessions.delete_expired().await {
            tracing::warn!(error = %error, "expired sessions could not be deleted");
        }
    }
}

async fn stop_signal() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}

async fn create_account(config: &Config, email: &str, name: &str, role: Role) -> Result<(), Failure> {
    let name = PersonName::parse(name)?;
    let email = crate::api::account::parse_email(email)?;
    let password = crate::api::account::parse_password(&read_password()?)?;
    let db = Db::open(&config.database_url.0).await?;
    let account = Account {
        id: AccountId::new(clock::fresh_id()),
        email: email.clone(),
        name: name.as_str().to_owned(),
        password_hash: auth::hash_password(password).await?,
        role,
        active: true,
        created_at: clock::now().0,
    };
    people::create(&db, &account).await?;
    db.close().await;
    println!("{email} can sign in at {}/sign-in", config.base_url);
    Ok(())
}

fn read_password() -> Result<String, Failure> {
    if std::io::stdin().is_terminal() {
        return Ok(rpassword::prompt_password("Password: ")?);
    }
    let mut password = String::new();
    std::io::stdin().take(4096).read_to_string(&mut password)?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}
