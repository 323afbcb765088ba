//! Feedback about a checkpoint: the form, on a page and in the room, and what facilitators read of it.

use crate::api::feedback::GiveFeedback;
use crate::domain::feedback::{Feedback, Report, SMALLEST, WORTH};
use crate::domain::text::FeedbackText;
use crate::ui::components::{Distribution, TextField};
use crate::ui::forms::{Refusal, Submit, refusal};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// Who sees it, in words.
pub const PRIVACY: &str = "Nobody can tell who said what: your answer is kept without your name, your seat or the time. Facilitators read \
                           the answers when there are at least three.";

/// Three questions.
#[component]
pub fn FeedbackForm(
    /// The code of the room.
    code: String,
    /// Sends it; it must outlive the form.
    give: ServerAction<GiveFeedback>,
    /// What this browser has said before.
    #[prop(optional_no_strip)]
    mine: Option<Feedback>,
) -> AnyView {
    let worth = mine.as_ref().map(|mine| mine.worth);
    let choices = (1_u8..)
        .zip(WORTH)
        .map(|(number, word)| {
            view! {
                <label>
                    <input type="radio" name="worth" value=number.to_string() required=true checked=worth == Some(number) />
                    {format!("{number} {word}")}
                </label>
            }
            .into_any()
        })
        .collect_view();
    let most = u16::try_from(FeedbackText::MAX).unwrap_or(u16::MAX);
    let label = if mine.is_some() { "Change my answer" } else { "Send" };
    let (keep, change) = mine
        .map(|mine| (mine.keep.to_string(), mine.change.to_string()))
        .unwrap_or_default();
    view! {
        <ActionForm action=give attr:class="form">
            <input type="hidden" name="code" value=code />
            <fieldset class="worth">
                <legend>"Was this checkpoint worth the time?"</legend>
                <div class="segment">{choices}</div>
            </fieldset>
            <TextField label="What should stay as it is? (optional)" name="keep" initial=keep maxlength=most />
            <TextField label="What should change? (optional)" name="change" initial=change maxlength=most />
            <Refusal why=refusal(give) />
            <div class="form__end">
                <Submit label=label pending=give.pending() />
            </div>
        </ActionForm>
    }
    .into_any()
}

/// "4 answers so far."
#[must_use]
pub fn so_far(count: u32) -> String {
    match count {
        0 => "No answer yet.".to_owned(),
        1 => "1 answer so far.".to_owned(),
        count => format!("{count} answers so far."),
    }
}

/// What people said, for facilitators; a sentence while they are too few.
#[component]
pub fn FeedbackReport(
    /// What they said.
    #[prop(optional_no_strip)]
    report: Option<Report>,
) -> AnyView {
    let Some(report) = report else {
        return view! { <p class="quiet">{format!("You read the answers here when there are at least {SMALLEST}.")}</p> }.into_any();
    };
    let said = format!("{:.1} of 5 on average, from {} answers.", report.mean(), report.people());
    let label = (1..)
        .zip(report.counts)
        .map(|(number, count): (u32, u32)| format!("{count} × {number}"))
        .collect::<Vec<_>>()
        .join(", ");
    view! {
        <div class="worth-report">
            <p>"Worth the time: " <strong>{said}</strong></p>
            <Distribution counts=report.counts.to_vec() label=label />
            {sentences("Keep", report.keep)}
            {sentences("Change", report.change)}
        </div>
    }
    .into_any()
}

fn sentences(title: &'static str, texts: Vec<String>) -> AnyView {
    if texts.is_empty() {
        return ().into_any();
    }
    let items = texts.into_iter().map(|text| view! { <li>{text}</li> }.into_any()).collect_view();
    view! {
        <h3>{title}</h3>
        <ul>{items}</ul>
    }
    .into_any()
}
