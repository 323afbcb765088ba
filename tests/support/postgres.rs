//! A PostgreSQL of our own for a test: started from the binaries on this machine, thrown away afterwards.
//!
//! `TEST_POSTGRES_URL` names a server to use instead. Without either the test is skipped, except in CI, where that is a failure.

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// A running server.
pub(crate) struct Cluster {
    /// Its address, of a database that always exists.
    url: String,
    /// What to stop, if we started it.
    own: Option<Own>,
}

/// A server that we started.
struct Own {
    process: Child,
    programs: Programs,
    folder: TempDir,
}

impl Cluster {
    /// The server, or `None` when there is nothing to start it from.
    pub(crate) async fn start() -> Option<Self> {
        if let Ok(url) = std::env::var("TEST_POSTGRES_URL") {
            return Some(Self { url, own: None });
        }
        let Some(programs) = Programs::find() else {
            assert!(
                std::env::var_os("CI").is_none(),
                "CI must have PostgreSQL: install its server, or set TEST_POSTGRES_URL"
            );
            eprintln!("skipped: no PostgreSQL on this machine (neither /usr/lib/postgresql/*/bin nor PATH nor TEST_POSTGRES_URL)");
            return None;
        };
        let folder = tempfile::Builder::new().prefix("pg").tempdir().unwrap();
        if let Some((uid, gid)) = programs.user {
            chown(folder.path(), Some(uid), Some(gid)).unwrap();
        }
        let data = folder.path().join("data");
        let made = programs
            .command("initdb")
            .args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "-D"])
            .arg(&data)
            .output()
            .unwrap();
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        // No port at all: a socket in our own folder cannot collide with anything.
        let process = programs
            .command("postgres")
            .args(["-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=200", "-k"])
            .arg(folder.path())
            .arg("-D")
            .arg(&data)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let url = format!("postgres://postgres@localhost/postgres?host={}", folder.path().display());
        let cluster = Self {
            url,
            own: Some(Own { process, programs, folder }),
        };
        for _ in 0..200 {
            if PgConnection::connect(&cluster.url).await.is_ok() {
                return Some(cluster);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("PostgreSQL did not start within ten seconds");
    }

    /// The address of a new, empty database.
    pub(crate) async fn fresh(&self) -> String {
        let name = format!("test_{}", checkpoint::server::clock::fresh_token());
        let mut admin = PgConnection::connect(&self.url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&mut admin)
            .await
            .unwrap();
        let (before, query) = self
            .url
            .split_once('?')
            .map_or((self.url.as_str(), String::new()), |(url, rest)| (url, format!("?{rest}")));
        let (server, _) = before.rsplit_once('/').unwrap();
        format!("{server}/{name}{query}")
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let data = self.folder.path().join("data");
        self.programs
            .command("pg_ctl")
            .args(["stop", "-m", "immediate", "-D"])
            .arg(data)
            .output()
            .ok();
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.own.take());
    }
}

/// Where the programs are, and who may run them: PostgreSQL refuses to run as root.
struct Programs {
    folder: PathBuf,
    user: Option<(u32, u32)>,
}

impl Programs {
    fn find() -> Option<Self> {
        let mut folders: Vec<PathBuf> = std::env::var_os("PG_BIN").map(PathBuf::from).into_iter().collect();
        let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path().join("bin"))
            .collect();
        versions.sort();
        folders.extend(versions.into_iter().rev());
        folders.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
        let folder = folders
            .into_iter()
            .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())?;
        let root = Path::new("/proc/self").metadata().is_ok_and(|me| me.uid() == 0);
        if !root {
            return Some(Self { folder, user: None });
        }
        let people = std::fs::read_to_string("/etc/passwd").ok()?;
        let fields: Vec<&str> = people.lines().find(|line| line.starts_with("postgres:"))?.split(':').collect();
        let user = Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?));
        Some(Self { folder, user })
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.folder.join(program));
        command.current_dir("/").stdin(Stdio::null());
        if let Some((uid, gid)) = self.user {
            command.uid(uid).gid(gid);
        }
        command
    }
}
