//! One question for each page: it is asked at the top of the page, waited for in one place, and refused in one way.

use super::components::Page;
use super::frame::Frame;
use super::query::address;
use crate::api::account::look_around;
use crate::api::json::Json;
use crate::api::{ApiError, Me};
use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_location;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A page that is not shown: why, and to whom, so that the header still knows the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Why.
    pub error: ApiError,
    /// Who is signed in.
    pub me: Option<Me>,
}

/// What a page's question came to.
pub type Loaded<T> = Result<T, Refused>;

/// The answer, or why there is none and for whom.
async fn answer<T>(answer: Result<T, ApiError>) -> Loaded<T> {
    match answer {
        Ok(answer) => Ok(answer),
        Err(ApiError::NotSignedIn) => Err(Refused {
            error: ApiError::NotSignedIn,
            me: None,
        }),
        Err(error) => Err(Refused {
            error,
            me: look_around().await.ok().and_then(|door| door.me),
        }),
    }
}

/// Asks once; the page is not sent before the answer is there.
pub fn once<T>(question: impl Future<Output = Result<T, ApiError>> + Send + 'static) -> OnceResource<Loaded<T>, Json>
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    OnceResource::new_with_options(async { answer(question.await).await }, true)
}

/// Asks again whenever what the question is about changes.
pub fn again<S, T, Fut>(
    about: impl Fn() -> S + Send + Sync + 'static,
    question: impl Fn(S) -> Fut + Send + Sync + 'static,
) -> Resource<Loaded<T>, Json>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = Result<T, ApiError>> + Send + 'static,
{
    let ask = move |about| {
        let asked = question(about);
        async { answer(asked.await).await }
    };
    Resource::new_with_options(about, ask, true)
}

/// Shows the answer when it is there. The old one stays while a new one is on its way, so that nobody loses the place.
///
/// Nobody signed in: the browser goes to the sign-in page, by a redirect of the server where there is no script.
pub fn show<T, R>(resource: R, current: &'static str, view: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static) -> AnyView
where
    T: Send + 'static,
    R: IntoFuture<Output = Loaded<T>, IntoFuture: Send> + Copy + Send + Sync + 'static,
{
    let location = use_location();
    let here = Signal::derive(move || {
        format!(
            "{}{}",
            location.pathname.get(),
            location.search.with(|s| if s.is_empty() { String::new() } else { format!("?{s}") })
        )
    });
    view! {
        <Transition>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    match resource.await {
                        Ok(answer) => view(answer),
                        Err(Refused { error: ApiError::NotSignedIn, .. }) => {
                            let next = here.get_untracked();
                            view! { <Redirect path=address("/sign-in", &[("next", &next)]) /> }.into_any()
                        }
                        Err(refused) => view! { <Sorry refused=refused current=current /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// A page of one sentence in the place of the one that was asked for.
#[component]
fn Sorry(
    /// Why.
    refused: Refused,
    /// The part of the site that is open.
    current: &'static str,
) -> impl IntoView {
    let title = match &refused.error {
        ApiError::NotFound(_) => "Not found",
        ApiError::NotAllowed => "Not for this account",
        ApiError::TooOften => "One moment",
        _ => "This page cannot be shown",
    };
    view! {
        <Frame current=current me=refused.me>
            <Page title=title lead=refused.error.to_string() narrow=true>
                <p>
                    <a href="/">"Go to the home page"</a>
                </p>
            </Page>
        </Frame>
    }
}
