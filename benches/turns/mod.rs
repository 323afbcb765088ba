//! A page of the product measured in turns with its floor: a bare axum handler that sends the same bytes.

use crate::browser::Browser;
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

/// So many requests of each.
const REQUESTS: usize = 100;

/// What came of it.
pub(crate) struct Measured {
    /// The size of the page, in kilobytes.
    pub(crate) size: usize,
    /// In milliseconds: p50 and p99 of the floor, p50 and p99 of the product.
    pub(crate) figures: [f64; 4],
}

/// Asks for the page and for its floor in turns.
pub(crate) async fn measure(browser: &Browser, path: &str) -> Measured {
    let (_, text) = timed(browser, path).await;
    let size = text.len() / 1000;
    let bare = floor(text).await;
    let (mut of_floor, mut of_product) = (vec![], vec![]);
    for _ in 0..REQUESTS {
        of_floor.push(timed(&bare, path).await.0);
        of_product.push(timed(browser, path).await.0);
    }
    of_floor.sort();
    of_product.sort();
    let figures = [(&of_floor, 50), (&of_floor, 99), (&of_product, 50), (&of_product, 99)].map(|(times, share)| at(times, share));
    Measured { size, figures }
}

/// A page and how long it took to come.
async fn timed(browser: &Browser, path: &str) -> (Duration, String) {
    let begin = Instant::now();
    let answer = browser.get(path).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    let text = answer.text().await.unwrap();
    (begin.elapsed(), text)
}

/// A bare server of these bytes.
async fn floor(text: String) -> Browser {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let page = get(move || async move { ([(CONTENT_TYPE, "text/html; charset=utf-8")], text.clone()) });
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(page)).await.unwrap() });
    Browser::new(addr, &format!("http://{addr}"))
}

fn at(times: &[Duration], share: usize) -> f64 {
    times[(times.len() - 1) * share / 100].as_secs_f64() * 1e3
}
