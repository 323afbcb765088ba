//! The commands of the binary.

use super::app::{self, AppState};
use super::config::Config;
use super::store::Db;
use super::store::people::{self, Account, Role};
use super::{auth, clock, past};
use crate::domain::ids::AccountId;
use crate::domain::text::PersonName;
use clap::{Parser, Subcommand, ValueEnum};
use futures_util::FutureExt;
use leptos::config::LeptosOptions;
use std::io::{IsTerminal, Read};
use std::path::Path;
use std::time::Duration;
use tokio::net::TcpListener;

/// Requests that were begun before the signal have this long to end, after the sockets have.
const LAST_REQUESTS: Duration = Duration::from_secs(1);
/// What waits for the disk has this long to get there.
const LAST_WRITES: Duration = Duration::from_millis(1_500);

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
    let leptos = site()?;
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
    tokio::spawn(catch_up(state.db.clone()));
    let stopped = stop_signal().shared();
    let serving = app::serve(listener, state.clone(), stopped.clone());
    let leaving = async {
        stopped.await;
        tracing::info!("stopping");
        // axum waits for requests, not for sockets; their pages come back by themselves.
        state.hub.stop().await;
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    tokio::select! {
        served = serving => served?,
        () = leaving => tracing::warn!("some requests did not end in time"),
    }
    if tokio::time::timeout(LAST_WRITES, state.close()).await.is_err() {
        tracing::warn!("the database did not close in time");
    }
    Ok(())
}

/// Where scripts and styles lie. cargo-leptos says so in `LEPTOS_…`; without these the folder `site` is looked for beside the
/// program, where an installation has it, then beside the program's folder, where cargo-leptos puts it, and is `target/site`
/// otherwise. Names hold hashes when the list of hashes lies beside the program.
fn site() -> Result<LeptosOptions, Failure> {
    let mut options = leptos::config::get_configuration(None)?.leptos_options;
    let unset = |name| std::env::var_os(name).is_none();
    let program = std::env::current_exe()?;
    let folder = program.parent().unwrap_or(Path::new("."));
    let mut places = folder.ancestors().take(2).map(|folder| folder.join("site"));
    if unset("LEPTOS_SITE_ROOT")
        && let Some(site) = places.find(|site| site.join(&*options.site_pkg_dir).is_dir())
    {
        options.site_root = site.to_string_lossy().into();
    }
    if unset("LEPTOS_HASH_FILES") {
        options.hash_files = folder.join(&*options.hash_file).is_file();
    }
    Ok(options)
}

/// Forgets what is out of date: keys of limits every minute, because anybody can make one, sessions every hour.
async fn housekeeping(state: AppState) {
    let sessions = super::store::sessions::Sessions::new(state.db.clone());
    let mut minute = tokio::time::interval(Duration::from_mins(1));
    let mut hour = tokio::time::interval(Duration::from_hours(1));
    loop {
        tokio::select! {
            _ = minute.tick() => state.limits.tidy(),
            _ = hour.tick() => {
                if let Err(error) = sessions.delete_expired().await {
                    tracing::warn!(error = %error, "expired sessions could not be deleted");
                }
            }
        }
    }
}

/// Reads what was published before lists and search kept anything of it, while the first pages are answered.
async fn catch_up(db: Db) {
    if let Err(error) = past::catch_up(&db).await {
        tracing::warn!(%error, "published pages could not be read for lists and search");
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
