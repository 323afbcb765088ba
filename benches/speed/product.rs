//! The product: rooms with people in them, made by its own code, and the server as the binary runs it.

use crate::screen::{Ticket, VOTE};
use crate::{Error, Outcome};
use checkpoint::api::checkpoints::Start;
use checkpoint::domain::code::JoinCode;
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::event::Event;
use checkpoint::domain::ids::{AccountId, ParticipantId, WorkshopId};
use checkpoint::domain::improve::Item;
use checkpoint::domain::{agenda, dots, improve, people};
use checkpoint::server::app::{self, AppState};
use checkpoint::server::auth::{self, Remembered};
use checkpoint::server::config::Config;
use checkpoint::server::room::Room;
use checkpoint::server::store::people::{Account, Role};
use checkpoint::server::store::sessions::Sessions;
use checkpoint::server::store::{self, workshops};
use checkpoint::server::{clock, start};
use leptos::config::LeptosOptions;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tower_sessions::{Expiry, Session};

/// Opens the application on the database in this folder.
pub(crate) async fn open(folder: &Path, addr: SocketAddr) -> Outcome<AppState> {
    let database = format!("sqlite:{}", folder.join("checkpoint.db").display());
    let config = Config::read(|name| match name {
        "CHECKPOINT_DATABASE_URL" => Some(database.clone()),
        "CHECKPOINT_ADDR" => Some(addr.to_string()),
        _ => None,
    })?;
    let leptos = LeptosOptions::builder().output_name("checkpoint").build();
    Ok(AppState::open(config, leptos).await?)
}

/// Serves until the process ends, with the log as it is by default.
pub(crate) async fn serve(listener: TcpListener, folder: &Path) -> Outcome<()> {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new("info"))
        .with_writer(std::io::stderr)
        .init();
    let state = open(folder, listener.local_addr()?).await?;
    Ok(app::serve(listener, state, std::future::pending()).await?)
}

/// An account that can start checkpoints.
pub(crate) async fn facilitator(app: &AppState) -> Outcome<Account> {
    let account = Account {
        id: AccountId::new(clock::fresh_id()),
        email: "kim@example.org".to_owned(),
        name: "Kim Ito".to_owned(),
        password_hash: String::new(),
        role: Role::Facilitator,
        active: true,
        created_at: clock::now().0,
    };
    store::people::create(&app.db, &account).await?;
    Ok(account)
}

/// Starts a checkpoint.
pub(crate) async fn checkpoint(app: &AppState, facilitator: &Account, squad: String) -> Outcome<(WorkshopId, JoinCode)> {
    let form = Start {
        squad,
        held_on: clock::today().to_string(),
        ..Start::default()
    };
    let code = start::start(app, facilitator, &form).await?;
    let row = workshops::by_code(&app.db, code.as_str())
        .await?
        .ok_or("the checkpoint is not there")?;
    Ok((row.id, code))
}

/// Makes rooms that stand at their first vote, or have a dot vote open, with so many people in each.
pub(crate) async fn rooms(app: &AppState, facilitator: &Account, rooms: usize, people: usize, dots: bool) -> Outcome<Vec<Ticket>> {
    let mut made = JoinSet::new();
    for room in 0..rooms {
        made.spawn(one_room(app.clone(), facilitator.clone(), rooms, room, people, dots));
    }
    let mut tickets = Vec::new();
    while let Some(room) = made.join_next().await {
        tickets.extend(room??);
    }
    Ok(tickets)
}

/// Opens a dot vote on fifteen improvements.
async fn dot_vote(room: &Room) -> Outcome<Arc<[Item]>> {
    let lead = Actor::Participant(ParticipantId(1));
    for number in 1..=15 {
        let add = improve::Command::Add {
            kind: improve::Kind::Improvement,
            text: format!("Improvement {number}"),
            on: None,
        };
        room.execute(lead, Command::Improve(add)).await?;
    }
    let open = dots::Command::Open {
        terms: dots::Terms { dots: 5, on_one: 2 },
        among: vec![],
    };
    let opened = room.execute(lead, Command::Dots(open)).await?;
    let items = opened.into_iter().find_map(|event| match event {
        Event::Dots(dots::Event::Opened { items, .. }) => Some(items),
        _ => None,
    });
    Ok(items.ok_or("the dot vote did not open")?.into())
}

async fn one_room(app: AppState, facilitator: Account, of: usize, number: usize, people: usize, dots: bool) -> Outcome<Vec<Ticket>> {
    let (id, code) = checkpoint(&app, &facilitator, format!("Squad {number} of {of}")).await?;
    let room = app.hub.room(id).await?;
    let go = Command::Agenda(agenda::Command::GoTo(VOTE.0));
    room.execute(Actor::Participant(ParticipantId(1)), go).await?;
    let items = if dots { dot_vote(&room).await? } else { Arc::default() };
    let store = Arc::new(Sessions::new(app.db.clone()));
    let mut tickets = Vec::with_capacity(people);
    // The facilitator has seat 1.
    for seat in (2..).take(people) {
        let join = people::Command::Join {
            name: format!("Person {seat}"),
            observer: false,
        };
        room.execute(Actor::Newcomer(None), Command::People(join)).await?;
        let session = Session::new(None, store.clone(), Some(Expiry::OnInactivity(time::Duration::days(1))));
        let remembered = Remembered {
            participant: ParticipantId(seat),
            request: None,
        };
        auth::remember(&session, id, remembered).await?;
        session.save().await?;
        let cookie = session.id().ok_or_else(|| Error::from("a session without an id"))?;
        tickets.push(Ticket {
            items: Arc::clone(&items),
            room: number,
            seat,
            path: format!("/ws/{code}"),
            cookie: format!("checkpoint={cookie}"),
        });
    }
    Ok(tickets)
}
