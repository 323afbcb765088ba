//! The commands of the binary.

use super::app::{self, AppState};
use super::archive::{Archive, Which};
use super::config::Config;
use super::files::{NewFile, failed};
use super::import::{self, Source};
use super::store::Db;
use super::store::people::{self, Account, Role};
use super::{auth, backup, clock, demo, feedback, past, retention};
use crate::api::import::Problem;
use crate::domain::ids::{AccountId, WorkshopId};
use crate::domain::text::PersonName;
use chrono::NaiveDate;
use clap::{Parser, Subcommand, ValueEnum};
use futures_util::FutureExt;
use leptos::config::LeptosOptions;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Read, Seek, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
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
    /// Write the whole database into a file; the server may run meanwhile.
    Backup {
        /// The file.
        file: PathBuf,
        /// Replace the file if it is there.
        #[arg(long)]
        force: bool,
    },
    /// Put a backup in place of the database, while no server runs.
    Restore {
        /// The file that `checkpoint backup` wrote.
        file: PathBuf,
        /// Replace a database that holds something; what it holds is kept beside it.
        #[arg(long)]
        force: bool,
    },
    /// Write published summaries, with all their revisions, into a file that can be imported elsewhere.
    Export {
        /// The file, or - for standard output.
        file: PathBuf,
        /// Only this checkpoint, by the id in its address; may be said several times.
        #[arg(long = "id")]
        ids: Vec<WorkshopId>,
        /// Only those of this squad.
        #[arg(long)]
        squad: Option<String>,
        /// Only those held on this day or later, such as 2024-01-31.
        #[arg(long)]
        from: Option<NaiveDate>,
        /// Only those held on this day or earlier.
        #[arg(long)]
        to: Option<NaiveDate>,
        /// Replace the file if it is there.
        #[arg(long)]
        force: bool,
    },
    /// Import summaries of checkpoints that were held elsewhere: exports, pages as JSON or HTML, tables as CSV. All of it or nothing.
    Import {
        /// The files, or - for standard input.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Only say what would be imported.
        #[arg(long)]
        dry_run: bool,
    },
    /// Show an organisation with two years of checkpoints, from a database that is thrown away at the end.
    Demo,
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
        Command::Serve => serve(config, async |_: &AppState| Ok(())).await,
        Command::Demo => demo::run(config).await,
        Command::Backup { file, force } => {
            backup::backup(&config.database_url.0, &file, force).await?;
            println!(
                "The backup is in {}. It holds password hashes: keep it where nobody else reads it.",
                file.display()
            );
            Ok(())
        }
        Command::Restore { file, force } => {
            let aside = backup::restore(&config.database_url.0, &file, force).await?;
            println!("The database is as it was when {} was written. Start the server.", file.display());
            if let Some(aside) = aside {
                println!("What it held before is in {}.", aside.display());
            }
            Ok(())
        }
        Command::Export {
            file,
            ids,
            squad,
            from,
            to,
            force,
        } => export(&config, &file, &Which { ids, squad, from, to }, force).await,
        Command::Import { files, dry_run } => import_files(&config, &files, dry_run).await,
        Command::Admin(Admin::Create { email, name, role }) => create_account(&config, &email, &name, role.into()).await,
    }
}

/// Serves until a signal comes; `ready` is called once people can come in.
pub(super) async fn serve(config: Config, ready: impl AsyncFnOnce(&AppState) -> Result<(), Failure>) -> Result<(), Failure> {
    let leptos = site()?;
    let listener = TcpListener::bind(config.addr)
        .await
        .map_err(|error| not_listening(config.addr, &error))?;
    let state = AppState::open(config, leptos).await?;
    if let Some(token) = state.setup.shown() {
        println!(
            "\nFirst start: open {}/setup and create the first administrator.",
            state.config.base_url
        );
        println!("setup token: {token}\n");
    }
    println!("Checkpoint is at {}", state.config.base_url);
    ready(&state).await?;
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

fn not_listening(addr: SocketAddr, error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::AddrInUse => format!("CHECKPOINT_ADDR: another program listens on {addr} already. Stop it, or set another address."),
        _ => format!("CHECKPOINT_ADDR: cannot listen on {addr}: {error}"),
    }
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

/// Forgets what is out of date: keys of limits and rehearsals every minute, because anybody can make one, sessions, the browsers
/// that gave feedback, and what the retention says every hour.
async fn housekeeping(state: AppState) {
    let sessions = super::store::sessions::Sessions::new(state.db.clone());
    let mut minute = tokio::time::interval(Duration::from_mins(1));
    let mut hour = tokio::time::interval(Duration::from_hours(1));
    loop {
        tokio::select! {
            _ = minute.tick() => {
                state.limits.tidy();
                state.uploads.tidy();
                state.hub.rehearsals().tidy().await;
            }
            _ = hour.tick() => {
                if let Err(error) = sessions.delete_expired().await {
                    tracing::warn!(error = %error, "expired sessions could not be deleted");
                }
                if let Err(error) = retention::apply(&state, clock::now()).await {
                    tracing::warn!(error = %error, "the retention could not be applied");
                }
                if let Err(error) = feedback::forget_givers(&state.db).await {
                    tracing::warn!(error = %error, "browsers that gave feedback could not be forgotten");
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

pub(super) async fn stop_signal() {
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

async fn export(config: &Config, path: &Path, which: &Which, force: bool) -> Result<(), Failure> {
    let db = Db::open(&config.database_url.0).await?;
    let mut archive = Archive::of(&db, which).await?;
    if let Some(id) = which.ids.iter().find(|id| !archive.holds(**id)) {
        return Err(format!("There is no published checkpoint {id} among those you name.").into());
    }
    if archive.is_empty() {
        return Err("There is no published checkpoint to export.".into());
    }
    if path == Path::new("-") {
        while let Some(piece) = archive.next().await? {
            std::io::stdout().write_all(piece.as_bytes())?;
        }
    } else {
        let mut new = NewFile::beside(path, force)?;
        let mut file = BufWriter::new(new.file().try_clone()?);
        while let Some(piece) = archive.next().await? {
            file.write_all(piece.as_bytes()).map_err(|error| failed(path, &error))?;
        }
        file.flush().map_err(|error| failed(path, &error))?;
        new.keep()?;
    }
    db.close().await;
    eprintln!("{} pages exported.", archive.written());
    if archive.left_out().count() > 0 {
        eprintln!("{} The log above names them.", archive.left_out().sentence());
    }
    Ok(())
}

/// Standard input, all of it: a server could save nothing while an import waits for the rest.
fn arrived() -> std::io::Result<File> {
    let mut file = tempfile::tempfile()?;
    std::io::copy(&mut std::io::stdin().take(import::LARGEST_FILE + 1), &mut file)?;
    file.rewind()?;
    Ok(file)
}

async fn import_files(config: &Config, files: &[PathBuf], dry_run: bool) -> Result<(), Failure> {
    let mut sources = vec![];
    for file in files {
        let opened = if file == Path::new("-") { arrived() } else { File::open(file) };
        let content: Box<dyn Read + Send> = Box::new(opened.map_err(|error| format!("{} cannot be read: {error}.", file.display()))?);
        let name = file.display().to_string();
        sources.push(Source { name, content });
    }
    let db = Db::open(&config.database_url.0).await?;
    let accounts = people::all(&db).await?;
    let by = accounts
        .iter()
        .filter(|account| account.active && account.role == Role::Administrator)
        .min_by_key(|account| account.created_at)
        .ok_or("Nobody administers this server yet. Create an administrator with `checkpoint admin create`, then import.")?;
    let report = import::import(&db, sources, (by.id, &by.name), !dry_run).await?;
    db.close().await;
    for Problem { place, why } in &report.refused {
        eprintln!("{place}: {why}");
    }
    for what in &report.ignored {
        eprintln!("Left out, because this version does not know it: {what}.");
    }
    for entry in report.fresh.iter().filter(|_| dry_run) {
        println!("{}, {}, revision {}", entry.squad, entry.held_on, entry.revision);
    }
    if report.refused.is_empty() {
        println!("{}", report.sentence());
        Ok(())
    } else {
        Err(report.sentence().into())
    }
}

fn read_password() -> Result<String, Failure> {
    if std::io::stdin().is_terminal() {
        return Ok(rpassword::prompt_password("Password: ")?);
    }
    let mut password = String::new();
    std::io::stdin().take(4096).read_to_string(&mut password)?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}
