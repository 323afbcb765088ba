//! Importing through the pages of administrators: files are looked at first, kept for a while, and imported when that is asked for.
//!
//! The invariant: whoever is no administrator is refused before anything of the body is read. All of it works without script.

use super::app::AppState;
use super::archive::{Archive, Which};
use super::error::ServerError;
use super::import::{self, Source};
use super::request::{Request, status};
use super::store::people::Account;
use super::{auth, clock};
use crate::api::ApiError;
use crate::api::import::{ImportView, Problem, Report};
use crate::domain::ids::AccountId;
use axum::body::{Body, Bytes};
use axum::extract::{Multipart, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::stream;
use std::collections::HashMap;
use std::io::Cursor;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::timeout;
use tower_sessions::Session;

/// The address of the page.
pub(super) const PAGE: &str = "/admin/import";
/// Where its form sends files: the one address that takes large bodies.
pub(super) const LOOK: &str = "/admin/import/look";
/// The most bytes that are taken at once.
const LARGEST: usize = 32 * 1024 * 1024;
/// Files that take longer than this to arrive are not waited for.
const SLOWEST: Duration = Duration::from_mins(5);
/// How long files are kept that were looked at, in milliseconds.
const KEPT: i64 = 15 * 60_000;
/// How many people's files are kept.
const MOST_PEOPLE: usize = 4;

/// A table to begin with.
const EXAMPLE: &str = include_str!("../../docs/past-checkpoints.csv");

/// Files of one person, and what was found in them.
#[derive(Debug, Default)]
struct Upload {
    files: Vec<(String, Bytes)>,
    report: Report,
    at: i64,
}

/// The files that were looked at and not imported yet, by who sent them.
#[derive(Clone, Debug, Default)]
pub struct Uploads(Arc<Mutex<HashMap<AccountId, Upload>>>);

impl Uploads {
    /// What is not too old.
    fn kept(&self) -> std::sync::MutexGuard<'_, HashMap<AccountId, Upload>> {
        // The map is never left half changed, so a panic elsewhere does not spoil it.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = clock::now().0;
        kept.retain(|_, upload| now - upload.at < KEPT);
        kept
    }

    /// Forgets what is too old.
    pub fn tidy(&self) {
        drop(self.kept());
    }

    /// Keeps this in place of what the person sent before; the oldest of the others make way.
    fn keep(&self, who: AccountId, files: Vec<(String, Bytes)>, report: Report) {
        let at = clock::now().0;
        let mut kept = self.kept();
        kept.remove(&who);
        while kept.len() >= MOST_PEOPLE {
            let oldest = kept.iter().min_by_key(|(_, upload)| upload.at).map(|(who, _)| *who);
            oldest.map(|who| kept.remove(&who));
        }
        kept.insert(who, Upload { files, report, at });
    }

    fn take(&self, who: AccountId) -> Option<Upload> {
        self.kept().remove(&who)
    }

    fn report(&self, who: AccountId) -> Option<Report> {
        self.kept().get(&who).map(|upload| upload.report.clone())
    }
}

/// The page.
pub fn view(request: &Request) -> Result<ImportView, ApiError> {
    let me = request.administrator()?;
    Ok(ImportView {
        me: request.me(),
        report: request.app.uploads.report(me.id),
    })
}

/// The administrator who asks, or what to answer to anybody else.
async fn administrator(app: &AppState, session: &Session) -> Result<Account, Response> {
    let account = auth::account(app, session).await.map_err(IntoResponse::into_response)?;
    let request = Request {
        app: app.clone(),
        session: session.clone(),
        account,
    };
    match request.administrator() {
        Ok(me) => Ok(me.clone()),
        Err(ApiError::NotSignedIn) => Err(Redirect::to(&format!("/sign-in?next={}", PAGE.replace('/', "%2F"))).into_response()),
        Err(error) => Err((status(&error).unwrap_or(StatusCode::FORBIDDEN), error.to_string()).into_response()),
    }
}

/// `POST /admin/import/look`: says what would become of these files.
pub async fn look(State(app): State<AppState>, session: Session, form: Multipart) -> Response {
    let me = match administrator(&app, &session).await {
        Ok(me) => me,
        Err(answer) => return answer,
    };
    let files = match timeout(SLOWEST, files(form)).await {
        Ok(files) => files,
        Err(_) => Err("The files took too long to arrive.".to_owned()),
    };
    let looked = match files {
        Ok(files) => run(&app, &me, &files, false).await.map(|report| (files, report)),
        Err(why) => Ok((vec![], refusal(why))),
    };
    match looked {
        Ok((files, report)) => {
            app.uploads.keep(me.id, files, report);
            Redirect::to(PAGE).into_response()
        }
        Err(error) => error.into_response(),
    }
}

/// `POST /admin/import/take`: imports the files that were looked at.
pub async fn take(State(app): State<AppState>, session: Session) -> Response {
    let me = match administrator(&app, &session).await {
        Ok(me) => me,
        Err(answer) => return answer,
    };
    let upload = app.uploads.take(me.id).filter(|upload| !upload.files.is_empty());
    let report = match upload {
        Some(upload) => run(&app, &me, &upload.files, true).await,
        None => Ok(refusal("The files are not here any more. Choose them again.".to_owned())),
    };
    match report {
        Ok(report) => {
            app.uploads.keep(me.id, vec![], report);
            Redirect::to(PAGE).into_response()
        }
        Err(error) => error.into_response(),
    }
}

/// `GET /admin/export.json`: all published pages.
pub async fn export(State(app): State<AppState>, session: Session) -> Result<Response, ServerError> {
    if let Err(answer) = administrator(&app, &session).await {
        return Ok(answer);
    }
    let archive = Archive::of(&app.db, &Which::default()).await?;
    let pieces = stream::try_unfold(archive, |mut archive| async move {
        Ok::<_, ServerError>(archive.next().await?.map(|piece| (piece, archive)))
    });
    let name = format!("attachment; filename=\"checkpoints-{}.json\"", clock::today());
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

/// `GET /admin/import/example.csv`: a table to begin with.
pub async fn example() -> impl IntoResponse {
    let name = "attachment; filename=\"past-checkpoints.csv\"";
    (
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
            (header::CONTENT_DISPOSITION, name),
        ],
        EXAMPLE,
    )
}

async fn run(app: &AppState, me: &Account, files: &[(String, Bytes)], commit: bool) -> Result<Report, ServerError> {
    let source = |(name, content): &(String, Bytes)| Source {
        name: name.clone(),
        content: Box::new(Cursor::new(content.clone())),
    };
    import::import(&app.db, files.iter().map(source).collect(), (me.id, &me.name), commit).await
}

fn refusal(why: String) -> Report {
    Report {
        refused: vec![Problem {
            place: "The upload".to_owned(),
            why,
        }],
        ..Report::default()
    }
}

/// The files of a form. What is too large is read to its end and thrown away: a connection that ends before is reset, and the answer is
/// lost with it.
async fn files(mut form: Multipart) -> Result<Vec<(String, Bytes)>, String> {
    let broken = |_| "The files did not arrive whole. Send them again.".to_owned();
    let (mut files, mut length) = (vec![], 0);
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        let name: String = field
            .file_name()
            .unwrap_or_default()
            .chars()
            .filter(|c| !c.is_control())
            .take(100)
            .collect();
        let mut content = vec![];
        while let Some(chunk) = field.chunk().await.map_err(broken)? {
            length += chunk.len();
            if length <= LARGEST {
                content.extend_from_slice(&chunk);
            } else {
                content = vec![];
                files.clear();
            }
        }
        if !name.is_empty() {
            files.push((name, Bytes::from(content)));
        }
    }
    if length > LARGEST {
        Err("This is more than 32 MiB. Send less at once, or use `checkpoint import` on the server.".to_owned())
    } else if files.is_empty() {
        Err("Choose a file first.".to_owned())
    } else {
        Ok(files)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_kept_for_a_while_and_no_longer() {
        let (uploads, who) = (Uploads::default(), AccountId::new(clock::fresh_id()));
        let kept = || vec![("past.csv".to_owned(), Bytes::new())];
        uploads.keep(who, kept(), Report::default());
        assert!(uploads.report(who).is_some());
        uploads.kept().values_mut().for_each(|upload| upload.at -= KEPT);
        assert!(uploads.report(who).is_none());
        uploads.keep(who, kept(), Report::default());
        uploads.kept().values_mut().for_each(|upload| upload.at -= KEPT);
        assert!(uploads.take(who).is_none());
        uploads.keep(who, kept(), Report::default());
        assert!(uploads.take(who).is_some());
    }
}
