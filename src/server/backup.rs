//! Backup and restore: a whole database as one file, taken while the server runs, and put back while it does not.
//!
//! The invariant: a file or a database is replaced in one step by one that was looked at before, or is left as it was.

use super::cli::Failure;
use super::clock;
use super::files::NewFile;
use super::store::StoreError;
use super::store::copies::{self, What};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use tokio::process::Command;
use url::Url;

const FOREIGN: &str = "is no backup that `checkpoint backup` made, or only a part of one. Nothing was changed.";
const NEWER: &str = "was made by a newer version of Checkpoint. Install that version, then restore. Nothing was changed.";
const NEWER_THERE: &str =
    "This database is of a newer version of Checkpoint. Restore with that version, or into an empty database. Nothing was changed.";
const IN_USE: &str = "A server uses this database. Stop it first, then restore. Nothing was changed.";
const FILLED: &str =
    "This database holds accounts or checkpoints. Say --force to replace it; what it holds now is kept. Nothing was changed.";

/// Writes a backup of the database into a file.
pub(super) async fn backup(database: &str, path: &Path, replace: bool) -> Result<(), Failure> {
    let new = NewFile::beside(path, replace)?;
    if database.starts_with("sqlite:") {
        let file = copies::file_of(database)?;
        if !file.is_file() {
            return Err(format!(
                "There is no database at {}. CHECKPOINT_DATABASE_URL says where it is.",
                file.display()
            )
            .into());
        }
        let copied = copies::copy(&file, new.temporary()).await;
        copied.map_err(|error| format!("{} cannot be written: {}. Nothing is left behind.", path.display(), reason(&error)))?;
        let what = copies::look_at_file(new.temporary()).await;
        if !matches!(what, Ok(What::Ours { .. } | What::Newer)) {
            return Err("The copy is not sound, so it was thrown away. Look after the disk of the database.".into());
        }
    } else {
        dump(database, new.temporary()).await?;
        if in_dump(new.temporary()).await? == What::Foreign {
            return Err("This database holds nothing of Checkpoint, so there is nothing to back up.".into());
        }
    }
    new.keep()
}

/// Puts a backup in place of the database. What was there is kept beside it; where, if there was anything.
pub(super) async fn restore(database: &str, path: &Path, force: bool) -> Result<Option<PathBuf>, Failure> {
    let mut begin = [0; 16];
    let mut file = std::fs::File::open(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))?;
    let _ = file.read(&mut begin);
    let sqlite = database.starts_with("sqlite:");
    match (&begin, sqlite) {
        (b"SQLite format 3\0", true) => restore_file(&copies::file_of(database)?, path, force).await,
        (begin, false) if begin.starts_with(b"PGDMP") => restore_server(database, path, force).await,
        (b"SQLite format 3\0", false) => {
            Err("This is a backup of a SQLite database, and CHECKPOINT_DATABASE_URL names a PostgreSQL server.".into())
        }
        (begin, true) if begin.starts_with(b"PGDMP") => {
            Err("This is a backup of a PostgreSQL database, and CHECKPOINT_DATABASE_URL names a SQLite file.".into())
        }
        _ => Err(format!("{} {FOREIGN}", path.display()).into()),
    }
}

async fn restore_file(target: &Path, path: &Path, force: bool) -> Result<Option<PathBuf>, Failure> {
    // The copy is looked at, not what somebody may still be writing.
    if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let new = NewFile::beside(target, true)?;
    std::fs::copy(path, new.temporary()).map_err(|error| super::files::failed(target, &error))?;
    match copies::look_at_file(new.temporary()).await {
        Ok(What::Ours { .. }) => {}
        Ok(What::Newer) => return Err(format!("{} {NEWER}", path.display()).into()),
        Ok(What::Foreign) | Err(_) => return Err(format!("{} {FOREIGN}", path.display()).into()),
    }
    let mut aside = None;
    if target.exists() {
        // One that is damaged is used by nobody who could go on: it is put aside like any other.
        if matches!(copies::close_up(target).await, Ok(false)) {
            return Err(IN_USE.into());
        }
        let empty = matches!(copies::look_into_file(target).await, Ok(What::Ours { filled: false }));
        if !empty && !force {
            return Err(FILLED.into());
        }
        let beside = with_ending(target, &format!(".before-restore-{}", clock::now().0));
        std::fs::hard_link(target, &beside).or_else(|_| std::fs::copy(target, &beside).map(drop))?;
        aside = Some(beside);
    }
    // A log without its file would be taken for that of the new one.
    if let Some(log) = ["-wal", "-journal"]
        .map(|ending| with_ending(target, ending))
        .iter()
        .find(|log| log.metadata().is_ok_and(|log| log.len() > 0))
    {
        return Err(format!(
            "{} lies beside the database and does not belong to the backup. Move it away, then restore.",
            log.display()
        )
        .into());
    }
    new.keep()?;
    Ok(aside)
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

async fn restore_server(database: &str, path: &Path, force: bool) -> Result<Option<PathBuf>, Failure> {
    match in_dump(path).await? {
        What::Ours { .. } => {}
        What::Newer => return Err(format!("{} {NEWER}", path.display()).into()),
        What::Foreign => return Err(format!("{} {FOREIGN}", path.display()).into()),
    }
    let (what, others) = copies::look_at_server(database).await?;
    if others > 0 {
        return Err(IN_USE.into());
    }
    if what == What::Newer {
        return Err(NEWER_THERE.into());
    }
    let mut aside = None;
    if what != (What::Ours { filled: false }) {
        if !force {
            return Err(FILLED.into());
        }
        let beside = with_ending(path, &format!(".before-restore-{}", clock::now().0));
        let new = NewFile::beside(&beside, false)?;
        dump(database, new.temporary()).await?;
        new.keep()?;
        aside = Some(beside);
    }
    let script = tempfile::NamedTempFile::new()?;
    let mut restore = program("pg_restore")?;
    restore.args(["--clean", "--if-exists", "--no-owner", "--no-privileges", "--file"]);
    restore.arg(script.path()).arg(path);
    run(restore, None).await?;
    // The dump replaces what it knows. Tables that are newer than the dump hold on to those, so all of ours go first.
    let tables: Vec<&str> = copies::tables().collect();
    let drop = format!("DROP TABLE IF EXISTS {} CASCADE", tables.join(", "));
    let (address, password) = address(database)?;
    let mut replace = program("psql")?;
    replace.args([
        "--no-psqlrc",
        "--no-password",
        "--quiet",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        "--output=/dev/null",
    ]);
    replace
        .arg("--command")
        .arg(drop)
        .arg("--file")
        .arg(script.path())
        .arg("--dbname")
        .arg(address);
    run(replace, password).await?;
    Ok(aside)
}

/// What a dump holds: its list of migrations is read out of it.
async fn in_dump(path: &Path) -> Result<What, Failure> {
    let mut restore = program("pg_restore")?;
    restore.args(["--data-only", "--table=_sqlx_migrations", "--file=-"]).arg(path);
    let Ok(text) = run(restore, None).await else {
        return Ok(What::Foreign);
    };
    let rows = text
        .lines()
        .skip_while(|line| !line.starts_with("COPY "))
        .skip(1)
        .take_while(|line| *line != "\\.");
    let versions: Vec<i64> = rows.filter_map(|row| row.split('\t').next()?.parse().ok()).collect();
    let mut list = program("pg_restore")?;
    list.arg("--list").arg(path);
    let list = run(list, None).await?;
    let holds = |table: &&str| {
        list.lines()
            .any(|line| line.contains(" TABLE ") && line.contains(&format!(" {table} ")))
    };
    // A dump that was cut has no end: reading all of it finds that out.
    let mut whole = program("pg_restore")?;
    whole.arg("--file=/dev/null").arg(path);
    Ok(if ["accounts", "workshops"].iter().all(holds) && run(whole, None).await.is_ok() {
        What::of(&versions, true)
    } else {
        What::Foreign
    })
}

/// Writes a dump of a PostgreSQL database.
async fn dump(database: &str, to: &Path) -> Result<(), Failure> {
    let (address, password) = address(database)?;
    let mut dump = program("pg_dump")?;
    dump.args(["--no-password", "--format=custom", "--no-owner", "--no-privileges", "--file"])
        .arg(to);
    dump.arg("--dbname").arg(address);
    run(dump, password).await.map(drop)
}

/// The address for a program's command line, which all users of the machine can read, and the password for its environment. Parameters
/// that are ours alone get the names that PostgreSQL knows.
fn address(database: &str) -> Result<(String, Option<String>), Failure> {
    let mut url = Url::parse(database).map_err(|error| format!("CHECKPOINT_DATABASE_URL is no address: {error}."))?;
    let mut password = url
        .password()
        .map(|password| percent_decode_str(password).decode_utf8_lossy().into_owned());
    let (mut query, mut options) = (vec![], vec![]);
    for (name, value) in url.query_pairs().into_owned() {
        let option = name.strip_prefix("options[").and_then(|name| name.strip_suffix(']'));
        let known = match (name.as_str(), option) {
            ("password", _) => {
                password = Some(value);
                continue;
            }
            ("options", _) => {
                options.push(value);
                continue;
            }
            (_, Some(option)) => {
                options.push(format!("-c {option}={value}"));
                continue;
            }
            ("statement-cache-capacity", _) => continue,
            ("ssl-mode", _) => "sslmode",
            ("ssl-ca" | "ssl-root-cert", _) => "sslrootcert",
            ("ssl-cert", _) => "sslcert",
            ("ssl-key", _) => "sslkey",
            (other, _) => other,
        };
        query.push((known.to_owned(), value));
    }
    if !options.is_empty() {
        query.push(("options".to_owned(), options.join(" ")));
    }
    // PostgreSQL takes a plus for a plus, so no space is written as one.
    let written = query
        .iter()
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)));
    let written: Vec<String> = written.collect();
    url.set_query((!written.is_empty()).then(|| written.join("&")).as_deref());
    let kept = url.set_password(None);
    kept.map_err(|()| "CHECKPOINT_DATABASE_URL names no server.")?;
    Ok((url.into(), password))
}

/// A program of PostgreSQL: the one on the PATH, or the newest of Debian's folders.
fn program(name: &str) -> Result<Command, Failure> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    let version = |folder: &PathBuf| {
        folder
            .parent()
            .and_then(Path::file_name)
            .and_then(OsStr::to_str)?
            .parse::<u32>()
            .ok()
    };
    debian.sort_by_key(|folder| std::cmp::Reverse(version(folder)));
    let file = std::env::split_paths(&path)
        .chain(debian)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file());
    file.map(Command::new).ok_or_else(|| {
        format!("{name} is neither on the PATH nor in /usr/lib/postgresql. Install the client programs of PostgreSQL.").into()
    })
}

/// Runs it; what it wrote, or the last line of what it complained of.
async fn run(mut command: Command, password: Option<String>) -> Result<String, Failure> {
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    // It never asks: there may be nobody to answer.
    let output = command
        .env("PGCONNECT_TIMEOUT", "10")
        .stdin(std::process::Stdio::null())
        .kill_on_drop(true)
        .output()
        .await?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let complaint = said
        .lines()
        .find(|line| line.contains("error") || line.contains("ERROR"))
        .or(said.lines().last())
        .unwrap_or("it ended early");
    Err(format!("{complaint}. Nothing was changed.").into())
}

/// What the database said, without where it is.
fn reason(error: &StoreError) -> String {
    match error {
        StoreError::Database(error) => error
            .as_database_error()
            .map_or_else(|| error.to_string(), |refusal| refusal.message().to_owned()),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn no_password_stands_on_a_command_line_and_no_parameter_that_postgresql_does_not_know() {
        let of = |url: &str| address(url).unwrap();
        assert_eq!(
            of("postgres://kim:s%23cret@host:5433/db?sslmode=require"),
            ("postgres://kim@host:5433/db?sslmode=require".to_owned(), Some("s#cret".to_owned()))
        );
        let ours =
            "postgres://kim@host/db?password=a+b&ssl-mode=require&statement-cache-capacity=9&options=-c%20a%3D1&options[search_path]=kept";
        assert_eq!(
            of(ours),
            (
                "postgres://kim@host/db?sslmode=require&options=%2Dc%20a%3D1%20%2Dc%20search%5Fpath%3Dkept".to_owned(),
                Some("a b".to_owned())
            )
        );
        assert_eq!(
            of("postgres://host/db?password=x"),
            ("postgres://host/db".to_owned(), Some("x".to_owned()))
        );
    }
}
