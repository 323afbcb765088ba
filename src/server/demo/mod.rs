//! `checkpoint demo`: an organisation to look around in, from a database that is thrown away at the end.
//!
//! The invariant: nothing here writes on its own. Every checkpoint is played by the rules of the domain and stored as a room stores it.

mod answers;
mod delivery;
mod history;
mod organisation;
mod session;

use self::organisation::Squad;
use super::app::AppState;
use super::cli::{self, Failure};
use super::config::{Config, DatabaseUrl};
use super::simulated::{self, Pace};
use super::store::Db;
use super::store::journal::Journal;
use super::store::people::{self, Account, Role};
use super::{auth, clock, start};
use crate::api::checkpoints::Start;
use crate::domain::code::JoinCode;
use chrono::{Datelike, NaiveDate};

/// Who can sign in: name, address, role. The first leads the live checkpoint.
const ACCOUNTS: [(&str, &str, Role); 5] = [
    ("Robin Hale", "robin@demo.example", Role::Facilitator),
    ("Priya Raman", "priya@demo.example", Role::Viewer),
    ("Alex Novak", "alex@demo.example", Role::Administrator),
    ("Ines Duarte", "ines@demo.example", Role::Facilitator),
    ("Sam Okafor", "sam@demo.example", Role::Facilitator),
];

/// The squad whose checkpoint is held today.
const LIVE: &str = "Partner Tooling";
/// The squad that has one planned, and in how many days or just after.
const PLANNED: (&str, usize) = ("Search and Discovery", 9);

/// Serves the demo until a signal comes. Of the settings the database is not used.
pub async fn run(config: Config) -> Result<(), Failure> {
    let folder = tempfile::Builder::new().prefix("checkpoint-demo-").tempdir()?;
    let database_url = DatabaseUrl(format!("sqlite:{}/demo.db", folder.path().display()));
    let password = clock::fresh_code().to_string();
    let db = Db::open(&database_url.0).await?;
    tokio::select! {
        filled = fill(&db, &password, clock::today()) => filled?,
        () = cli::stop_signal() => return Ok(folder.close()?),
    }
    db.close().await;
    cli::serve(Config { database_url, ..config }, async |state: &AppState| {
        let room = open_room(state).await?;
        greet(&state.config.base_url, &password, &room);
        Ok(())
    })
    .await?;
    Ok(folder.close()?)
}

/// Writes accounts and the past of all squads as somebody finds them on this day.
pub async fn fill(db: &Db, password: &str, today: NaiveDate) -> Result<(), Failure> {
    let password_hash = auth::hash_password(password.to_owned()).await?;
    let mut accounts = vec![];
    for (number, (name, email, role)) in (1..).zip(ACCOUNTS) {
        let account = Account {
            id: history::account_id(number),
            email: email.to_owned(),
            name: name.to_owned(),
            password_hash: password_hash.clone(),
            role,
            active: true,
            created_at: clock::now().0,
        };
        people::create(db, &account).await?;
        accounts.push(account);
    }
    let journal = Journal::start(db.clone());
    history::write(db, &journal, &accounts, today).await?;
    journal.shutdown().await;
    Ok(())
}

/// Starts today's checkpoint and sends the members, and plans another one; the code of the room.
async fn open_room(state: &AppState) -> Result<JoinCode, Failure> {
    let (squads, _) = organisation::read()?;
    let of = |name: &str| squads.iter().find(|squad| squad.name == name).ok_or("a squad is missing");
    let (live, planned) = (of(LIVE)?, of(PLANNED.0)?);
    let today = clock::today();
    let room = start(state, live, today).await?;
    let working = |day: &NaiveDate| day.weekday().number_from_monday() < 6;
    let day = today.iter_days().skip(PLANNED.1).find(working).unwrap_or(today);
    start(state, planned, day).await?;
    simulated::send(state, &room, &live.members, Pace::default());
    Ok(room)
}

async fn start(state: &AppState, squad: &Squad, held_on: NaiveDate) -> Result<JoinCode, Failure> {
    let form = Start {
        squad: squad.name.clone(),
        held_on: held_on.to_string(),
        industry: squad.industry.clone(),
        ..Start::default()
    };
    let account = ACCOUNTS.iter().find(|(name, ..)| *name == squad.facilitator);
    let (_, email, _) = account.ok_or("a facilitator has no account")?;
    let facilitator = people::by_email(&state.db, email).await?.ok_or("a facilitator has no account")?;
    Ok(start::start(state, &facilitator, &form).await?)
}

fn greet(base_url: &str, password: &str, room: &JoinCode) {
    println!("\nThis is a demo: all names are invented, and everything is gone when you stop it with Ctrl-C.");
    println!("Sign in at {base_url}/sign-in, password {password}, as");
    for (_, email, role) in ACCOUNTS.iter().take(3) {
        let what = match role {
            Role::Facilitator => "leads the checkpoint that is held now",
            Role::Viewer => "a principal engineer, reads all of them",
            Role::Administrator => "looks after accounts, squads and texts",
        };
        println!("  {email:<20} {what}");
    }
    println!("{LIVE} is waiting for its facilitator at {base_url}/w/{room}");
    println!("Its seven members are simulated: they vote, write and draw as soon as you move on to a step.\n");
}
