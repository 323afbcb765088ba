//! A person's browser: it keeps cookies, says where its requests come from, and calls server functions.

use checkpoint::api::ApiError;
use checkpoint::api::account::{SetUp, SignIn};
use checkpoint::api::checkpoints::StartCheckpoint;
use checkpoint::api::room::Join;
use leptos::server_fn::ServerFn;
use reqwest::cookie::{CookieStore, Jar};
use reqwest::header::{ACCEPT, LOCATION, ORIGIN};
use reqwest::{Client, RequestBuilder, Response, redirect};
use serde::de::DeserializeOwned;
use std::net::SocketAddr;
use std::sync::Arc;

pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const ADMIN: &str = "kim@example.org";

/// A browser.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) addr: SocketAddr,
    /// What it says in `Origin`.
    pub(crate) origin: String,
    pub(crate) http: Client,
    jar: Arc<Jar>,
}

/// What a server function answered.
pub(crate) struct Answer<T> {
    pub(crate) result: Result<T, ApiError>,
    pub(crate) status: u16,
    /// Where the browser is sent, or nothing.
    pub(crate) location: String,
    pub(crate) cookie: Option<String>,
}

impl<T: std::fmt::Debug> Answer<T> {
    /// The sentence of the refusal.
    pub(crate) fn refusal(self) -> String {
        assert!(self.status >= 400, "refused with status {}", self.status);
        self.result.unwrap_err().to_string()
    }
}

impl Browser {
    pub(crate) fn new(addr: SocketAddr, origin: &str) -> Self {
        let jar = Arc::new(Jar::default());
        let http = Client::builder()
            .cookie_provider(jar.clone())
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        Self {
            addr,
            origin: origin.to_owned(),
            http,
            jar,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(self.url(path))
    }

    /// A form of our own page.
    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.http.post(self.url(path)).header(ORIGIN, &self.origin)
    }

    /// The header `Cookie` as it stands now.
    pub(crate) fn cookies(&self) -> Option<String> {
        let cookies = self.jar.cookies(&self.url("/").parse().unwrap())?;
        Some(cookies.to_str().unwrap().to_owned())
    }

    /// Calls a server function as our own page does.
    pub(crate) async fn call<F>(&self, form: &[(&str, &str)]) -> Answer<F::Output>
    where
        F: ServerFn,
        F::Output: DeserializeOwned,
    {
        let request = self.post(F::PATH).header(ACCEPT, "application/json").form(form);
        answer(request.send().await.unwrap()).await
    }

    /// The same, where it is meant to work.
    pub(crate) async fn ask<F>(&self, form: &[(&str, &str)]) -> F::Output
    where
        F: ServerFn,
        F::Output: DeserializeOwned,
    {
        self.call::<F>(form).await.result.unwrap()
    }

    /// Creates the first administrator.
    pub(crate) async fn set_up(&self, token: &str) {
        self.ask::<SetUp>(&[("token", token), ("name", "Kim Ito"), ("email", ADMIN), ("password", PASSWORD)])
            .await;
    }

    pub(crate) async fn sign_in(&self, email: &str) -> Answer<()> {
        self.call::<SignIn>(&[("email", email), ("password", PASSWORD)]).await
    }

    /// Starts a checkpoint for the squad of the tests; the code of its room.
    pub(crate) async fn start_checkpoint(&self, more: &[(&str, &str)]) -> String {
        let mut form = more.to_vec();
        for (name, value) in [("form[squad]", "Partner Tooling"), ("form[held_on]", "2023-01-10")] {
            if form.iter().all(|(given, _)| *given != name) {
                form.push((name, value));
            }
        }
        let answer = self.call::<StartCheckpoint>(&form).await;
        answer.result.unwrap();
        answer.location.strip_prefix("/w/").unwrap().to_owned()
    }

    pub(crate) async fn join(&self, code: &str, name: &str) -> Answer<()> {
        self.call::<Join>(&[("code", code), ("name", name)]).await
    }
}

async fn answer<T: DeserializeOwned>(response: Response) -> Answer<T> {
    let status = response.status().as_u16();
    let header = |name: reqwest::header::HeaderName| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let (location, cookie) = (header(LOCATION).unwrap_or_default(), header(reqwest::header::SET_COOKIE));
    let body = response.text().await.unwrap();
    let result = if status < 400 {
        Ok(serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}")))
    } else {
        Err(serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}")))
    };
    Answer {
        result,
        status,
        location,
        cookie,
    }
}
