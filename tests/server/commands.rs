//! The commands of the binary beside the server: backup, restore, export and import, as an operator types them.

use crate::app::Place;
use crate::crash::{Server, binary};
use crate::importing::EXAMPLE;
use crate::screen::Screen;
use crate::story::{VOTE, cast, go};
use checkpoint::domain::ids::CommandId;
use checkpoint::server::store::{Db, people};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::{Arc, Mutex};
use tokio::sync::watch;

/// Runs a command in this folder; how it ended, and what it said.
fn run(folder: &Path, database: Option<&str>, arguments: &[&str]) -> (bool, String) {
    let mut command = binary(folder);
    if let Some(database) = database {
        command.env("CHECKPOINT_DATABASE_URL", database);
    }
    said(&command.args(arguments).output().unwrap())
}

fn said(output: &Output) -> (bool, String) {
    let text = [&output.stdout[..], &output.stderr].concat();
    (output.status.success(), String::from_utf8(text).unwrap())
}

/// A command that works.
fn works(folder: &Path, arguments: &[&str]) -> String {
    let (worked, text) = run(folder, None, arguments);
    assert!(worked, "{arguments:?}: {text}");
    text
}

/// A command that is refused; why.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let (worked, text) = run(folder, None, arguments);
    assert!(!worked, "{arguments:?}: {text}");
    text
}

/// The files of a folder.
fn files(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn database(folder: &Path) -> PathBuf {
    folder.join("data/checkpoint.db")
}

/// The accounts' addresses in a database.
async fn accounts(url: &str) -> Vec<String> {
    let db = Db::open(url).await.unwrap();
    let all = people::all(&db).await.unwrap();
    db.close().await;
    all.into_iter().map(|account| account.email).collect()
}

async fn accounts_in(folder: &Path) -> Vec<String> {
    accounts(&format!("sqlite:{}", database(folder).display())).await
}

fn create(folder: &Path, database: Option<&str>, email: &str) {
    let mut command = binary(folder);
    if let Some(database) = database {
        command.env("CHECKPOINT_DATABASE_URL", database);
    }
    let password = folder.join("password");
    std::fs::write(&password, "correct horse battery").unwrap();
    let stdin = std::fs::File::open(&password).unwrap();
    let output = command
        .args(["admin", "create", "--name", "Kim Ito", "--email", email])
        .stdin(stdin)
        .output();
    std::fs::remove_file(password).unwrap();
    let (worked, text) = said(&output.unwrap());
    assert!(worked, "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_backup_while_people_vote_holds_all_that_was_acknowledged_before_it() {
    let mut server = Server::start();
    let (kim, code) = server.opened().await;
    let mut lead = Screen::enter(&kim, &code).await;
    lead.act(go(VOTE)).await.unwrap();
    let (stop, stopped) = watch::channel(false);
    let acknowledged: Arc<Mutex<Vec<CommandId>>> = Arc::default();
    let mut voters = vec![];
    for number in 0..6 {
        let browser = server.browser();
        browser.join(&code, &format!("Member {number}")).await.result.unwrap();
        let mut screen = Screen::enter(&browser, &code).await;
        let (acknowledged, stopped) = (acknowledged.clone(), stopped.clone());
        voters.push(tokio::spawn(async move {
            let mut choice = number;
            let mut beat = tokio::time::interval(std::time::Duration::from_millis(55));
            while !*stopped.borrow() {
                beat.tick().await;
                choice = choice % 6 + 1;
                let id = screen.send(cast(choice)).await;
                screen.answer(id).await.unwrap();
                acknowledged.lock().unwrap().push(id);
            }
        }));
    }
    let folder = server.folder().to_owned();
    for round in 0..4 {
        while acknowledged.lock().unwrap().len() < 30 * (round + 1) {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        let before = acknowledged.lock().unwrap().clone();
        let name = format!("backup-{round}.db");
        let there = folder.clone();
        tokio::task::spawn_blocking(move || works(&there, &["backup", &name]))
            .await
            .unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let backup = folder.join(format!("backup-{round}.db"));
        works(elsewhere.path(), &["restore", backup.to_str().unwrap()]);
        let url = format!("sqlite:{}", database(elsewhere.path()).display());
        let mut db = SqliteConnection::connect(&url).await.unwrap();
        let causes: Vec<Option<String>> = sqlx::query_scalar("SELECT cause FROM events").fetch_all(&mut db).await.unwrap();
        db.close().await.unwrap();
        let kept: std::collections::HashSet<String> = causes.into_iter().flatten().collect();
        assert!(before.iter().all(|id| kept.contains(&id.to_string())), "round {round}");
    }
    stop.send(true).unwrap();
    for voter in voters {
        voter.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_backup_is_put_back_while_no_server_runs() {
    let mut server = Server::start();
    server.opened().await;
    let folder = server.folder().to_owned();
    let text = works(&folder, &["backup", "a.db"]);
    assert!(text.contains("The backup is in a.db."), "{text}");
    assert!(refused(&folder, &["backup", "a.db"]).contains("a.db is there already. Choose another name, or say --force"));
    works(&folder, &["backup", "a.db", "--force"]);
    create(&folder, None, "late@example.org");
    for arguments in [&["restore", "a.db"][..], &["restore", "a.db", "--force"]] {
        assert!(refused(&folder, arguments).contains("A server uses this database."));
    }
    server.kill();
    assert!(refused(&folder, &["restore", "a.db"]).contains("This database holds accounts or checkpoints."));
    assert_eq!(accounts_in(&folder).await.len(), 2, "nothing was changed");
    let text = works(&folder, &["restore", "a.db", "--force"]);
    assert_eq!(accounts_in(&folder).await, ["kim@example.org"]);
    let aside = text
        .split("What it held before is in ")
        .nth(1)
        .unwrap()
        .trim()
        .trim_end_matches('.');
    assert_eq!(
        accounts(&format!("sqlite:{}", folder.join(aside).display())).await.len(),
        2,
        "what was there is kept"
    );
    server.again();
    server.line("Checkpoint is at ").await;
    assert!(server.browser().sign_in("kim@example.org").await.result.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_no_backup_takes_no_place() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    create(folder, None, "kim@example.org");
    works(folder, &["backup", "good.db"]);
    let good = std::fs::read(folder.join("good.db")).unwrap();
    std::fs::write(folder.join("cut.db"), &good[..good.len() / 2]).unwrap();
    std::fs::write(folder.join("text.db"), "hello").unwrap();
    std::fs::write(folder.join("nothing.db"), "").unwrap();
    std::fs::write(folder.join("dump.db"), "PGDMP…").unwrap();
    let mut torn = good.clone();
    torn[8192..12_288].fill(7);
    std::fs::write(folder.join("torn.db"), torn).unwrap();
    for (name, sql) in [
        ("foreign.db", "CREATE TABLE workshops (id TEXT)"),
        ("newer.db", "INSERT INTO _sqlx_migrations VALUES (9999, 'later', '', 1, x'00', 1)"),
    ] {
        let path = folder.join(name);
        if name == "newer.db" {
            std::fs::write(&path, &good).unwrap();
        }
        let mut db = SqliteConnection::connect(&format!("sqlite:{}?mode=rwc", path.display()))
            .await
            .unwrap();
        sqlx::query(AssertSqlSafe(sql)).execute(&mut db).await.unwrap();
        db.close().await.unwrap();
    }
    let before = std::fs::read(database(folder)).unwrap();
    let there = files(&folder.join("data"));
    for (name, why) in [
        ("cut.db", "is no backup"),
        ("text.db", "is no backup"),
        ("nothing.db", "is no backup"),
        ("torn.db", "is no backup"),
        ("foreign.db", "is no backup"),
        ("newer.db", "was made by a newer version of Checkpoint"),
        ("dump.db", "This is a backup of a PostgreSQL database"),
        ("absent.db", "absent.db cannot be read"),
    ] {
        let text = refused(folder, &["restore", name, "--force"]);
        assert!(text.contains(why), "{name}: {text}");
        assert_eq!(std::fs::read(database(folder)).unwrap(), before, "{name} changed something");
        assert_eq!(files(&folder.join("data")), there, "{name} left something behind");
    }
    works(folder, &["restore", "good.db", "--force"]);
}

#[tokio::test]
async fn a_damaged_database_is_replaced_by_force() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    create(folder, None, "kim@example.org");
    works(folder, &["backup", "good.db"]);
    let whole = std::fs::read(database(folder)).unwrap();
    for place in [0..100, 100..4096] {
        let mut damaged = whole.clone();
        damaged[place.clone()].fill(7);
        std::fs::write(database(folder), &damaged).unwrap();
        let text = refused(folder, &["restore", "good.db"]);
        assert!(text.contains("Say --force to replace it"), "{place:?}: {text}");
        let text = works(folder, &["restore", "good.db", "--force"]);
        let aside = text.split("What it held before is in ").nth(1).unwrap().trim();
        let aside = std::fs::read(folder.join(aside.trim_end_matches('.'))).unwrap();
        assert!(aside == damaged, "{place:?}: what was there is kept");
        assert_eq!(accounts_in(folder).await, ["kim@example.org"]);
    }
}

#[tokio::test]
async fn a_full_disk_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    create(folder, None, "kim@example.org");
    let lines = (0..200).map(|n| format!("Squad {n},2023-01-10,4,4,5,6\n"));
    let head = "squad,date,lead_time,deployment_frequency,time_to_restore,change_failure_rate\n".to_owned();
    std::fs::write(folder.join("past.csv"), [head].into_iter().chain(lines).collect::<String>()).unwrap();
    works(folder, &["import", "past.csv"]);
    let there = files(folder);
    for arguments in ["backup full.db", "export full.json"] {
        // No file may grow beyond 40 KiB, which ends a write as a full disk does; what SQLite writes beside its file is smaller.
        let limited = format!("trap '' XFSZ; ulimit -f 80; exec \"$0\" {arguments}");
        let mut shell = std::process::Command::new("sh");
        shell
            .current_dir(folder)
            .arg("-c")
            .arg(limited)
            .arg(env!("CARGO_BIN_EXE_checkpoint"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CHECKPOINT_")) {
            shell.env_remove(name);
        }
        let (worked, text) = said(&shell.output().unwrap());
        assert!(
            !worked && text.contains("cannot be written") && text.contains("Nothing is left behind"),
            "{text}"
        );
        assert_eq!(files(folder), there);
    }
}

#[tokio::test]
async fn exports_and_imports_are_typed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("past.csv"), EXAMPLE).unwrap();
    assert!(refused(folder, &["import", "past.csv"]).contains("Create an administrator with `checkpoint admin create`"));
    create(folder, None, "kim@example.org");
    assert!(refused(folder, &["export", "all.json"]).contains("There is no published checkpoint to export."));
    let text = works(folder, &["import", "past.csv", "--dry-run"]);
    assert!(
        text.contains("Partner Tooling, 2022-07-05, revision 1") && text.contains("3 pages can be imported."),
        "{text}"
    );
    assert!(works(folder, &["import", "past.csv"]).contains("3 pages imported."));
    std::fs::write(folder.join("bad.csv"), "squad,date\nA,soon\n").unwrap();
    let text = refused(folder, &["import", "past.csv", "bad.csv"]);
    assert!(text.contains("bad.csv, line 2: “soon” is no date."), "{text}");
    assert!(text.contains("1 thing cannot be imported, so nothing is."), "{text}");
    let lines = |arguments: &[&str]| {
        let text = works(folder, &[&["export", "-"], arguments].concat());
        text.lines()
            .filter(|line| line.contains("\"id\""))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(lines(&[]).len(), 3);
    assert_eq!(lines(&["--squad", "partner TOOLING"]).len(), 2);
    assert_eq!(lines(&["--squad", "payments"]).len(), 1);
    assert_eq!(lines(&["--from", "2022-10-01", "--to", "2022-10-06"]).len(), 1);
    let page: serde_json::Value = serde_json::from_str(lines(&[])[0].trim_end_matches(',')).unwrap();
    let id = page["id"].as_str().unwrap();
    assert_eq!(lines(&["--id", id]).len(), 1);
    let unknown = ["export", "x.json", "--id", id, "--id", "0197b1c2-5a77-7e52-9f5c-2f6f0a6c9b99"];
    assert!(refused(folder, &unknown).contains("There is no published checkpoint 0197b1c2"));
    works(folder, &["export", "all.json"]);
    assert!(refused(folder, &["export", "all.json"]).contains("all.json is there already."));
    let other = tempfile::tempdir().unwrap();
    create(other.path(), None, "kim@example.org");
    let file = folder.join("all.json");
    works(other.path(), &["import", file.to_str().unwrap()]);
    works(other.path(), &["export", "all.json"]);
    assert_eq!(std::fs::read(other.path().join("all.json")).unwrap(), std::fs::read(file).unwrap());
}

#[tokio::test]
async fn an_import_that_waits_for_its_file_lets_others_save() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    create(folder, None, "kim@example.org");
    let mut import = binary(folder)
        .args(["import", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = import.stdin.take().unwrap();
    let (columns, lines) = EXAMPLE.split_once('\n').unwrap();
    // More than a pipe holds, so it was read from.
    pipe.write_all(format!("{columns}{}", "\n".repeat(200_000)).as_bytes()).unwrap();
    create(folder, None, "late@example.org");
    pipe.write_all(lines.as_bytes()).unwrap();
    drop(pipe);
    let (worked, text) = said(&import.wait_with_output().unwrap());
    assert!(worked && text.contains("3 pages imported."), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_postgres_database_is_backed_up_and_put_back() {
    let Some(place) = Place::postgres().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let url = place.url();
    let on = |arguments: &[&str]| run(folder, Some(&url), arguments);
    let (worked, text) = on(&["backup", "none.dump"]);
    assert!(!worked && text.contains("nothing to back up"), "{text}");
    create(folder, Some(&url), "kim@example.org");
    let (worked, text) = on(&["backup", "a.dump"]);
    assert!(worked, "{text}");
    create(folder, Some(&url), "late@example.org");
    let (worked, text) = on(&["restore", "a.dump"]);
    assert!(!worked && text.contains("This database holds accounts or checkpoints."), "{text}");
    let whole = std::fs::read(folder.join("a.dump")).unwrap();
    std::fs::write(folder.join("cut.dump"), &whole[..whole.len() * 2 / 3]).unwrap();
    let (worked, text) = on(&["restore", "cut.dump", "--force"]);
    assert!(!worked && text.contains("is no backup"), "{text}");
    let db = Db::open(&url).await.unwrap();
    let (worked, text) = on(&["restore", "a.dump", "--force"]);
    assert!(!worked && text.contains("A server uses this database."), "{text}");
    db.close().await;
    assert_eq!(accounts(&url).await.len(), 2, "nothing was changed");
    let (worked, text) = on(&["restore", "a.dump", "--force"]);
    assert!(
        worked && text.contains("What it held before is in a.dump.before-restore-"),
        "{text}"
    );
    assert_eq!(accounts(&url).await, ["kim@example.org"]);
    let (worked, text) = run(folder, None, &["restore", "a.dump"]);
    assert!(!worked && text.contains("This is a backup of a PostgreSQL database"), "{text}");
}

/// One plain line for whoever starts it twice, and nothing of the demo left behind.
#[test]
fn an_address_that_is_taken_is_named_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for arguments in [&["serve"], &["demo"]] {
        let mut command = binary(folder.path());
        command.env("CHECKPOINT_ADDR", &address).env("TMPDIR", folder.path());
        let (worked, text) = said(&command.args(arguments).output().unwrap());
        let line = format!("checkpoint: CHECKPOINT_ADDR: another program listens on {address} already. Stop it, or set another address.\n");
        assert_eq!((worked, text), (false, line));
    }
    let left = files(folder.path());
    assert!(left.iter().all(|name| !name.starts_with("checkpoint-demo")), "{left:?}");
}

async fn sql(url: &str, text: &str) {
    let mut db = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut db).await.unwrap();
    db.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_postgres_backup_of_before_an_upgrade_is_put_back_wherever_the_tables_are() {
    let Some(place) = Place::postgres().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let public = place.url();
    let mark = if public.contains('?') { '&' } else { '?' };
    // Parameters that only the server knows stand in the address, too.
    let url = format!("{public}{mark}options[search_path]=kept&statement-cache-capacity=50");
    let on = |url: &str, arguments: &[&str]| run(folder, Some(url), arguments);
    sql(
        &public,
        "CREATE SCHEMA kept; CREATE TABLE kept._sqlx_migrations (version BIGINT); INSERT INTO kept._sqlx_migrations VALUES (1)",
    )
    .await;
    let (worked, text) = on(&url, &["backup", "foreign.dump"]);
    assert!(
        !worked && text.contains("nothing to back up"),
        "it numbers its migrations too: {text}"
    );
    sql(&public, "DROP TABLE kept._sqlx_migrations").await;
    create(folder, Some(&url), "kim@example.org");
    sql(&url, "DROP TABLE audit").await;
    let (worked, text) = on(&url, &["backup", "a.dump"]);
    assert!(worked, "{text}");
    sql(
        &url,
        "CREATE TABLE audit (id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts (id))",
    )
    .await;
    let (worked, text) = on(&url, &["restore", "a.dump"]);
    assert!(!worked && text.contains("This database holds accounts or checkpoints."), "{text}");
    let (worked, text) = on(&url, &["restore", "a.dump", "--force"]);
    assert!(worked, "{text}");
    sql(&url, "CREATE TABLE audit (id TEXT); SELECT email FROM accounts").await;
    // Tables of somebody else stay, and are in the copy put aside.
    sql(&public, "DROP SCHEMA kept CASCADE; CREATE TABLE theirs (id TEXT)").await;
    let (worked, text) = on(&public, &["restore", "a.dump"]);
    assert!(!worked && text.contains("Say --force"), "{text}");
    let (worked, text) = on(&public, &["restore", "a.dump", "--force"]);
    assert!(
        worked && text.contains("What it held before is in a.dump.before-restore-"),
        "{text}"
    );
    sql(&public, "SELECT id FROM theirs; SELECT email FROM kept.accounts").await;
    // Tables that only a newer version knows would stay behind.
    sql(&url, "INSERT INTO _sqlx_migrations VALUES (9999, 'later', now(), true, '', 1)").await;
    let (worked, text) = on(&url, &["restore", "a.dump", "--force"]);
    assert!(
        !worked && text.contains("This database is of a newer version of Checkpoint."),
        "{text}"
    );
}
