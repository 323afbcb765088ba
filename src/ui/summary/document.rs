//! The document from its title to how it went. It knows nothing of the server: a page is complete in itself.

use super::answers::FourAnswers;
use super::capabilities::{Capabilities, recommendation};
use super::file::FlowFile;
use super::flow::DeliveryFlow;
use super::improvements::{DecidedActions, Improvements};
use crate::domain::flow::report::Report;
use crate::domain::page::{Line, Looked, Page};
use crate::domain::scene;
use crate::domain::summary::Section;
use crate::domain::text::day;
use crate::ui::components::{LocalTime, TimeKind, neighbours};
use crate::ui::lists::Badge;
use crate::ui::maturity::{MaturityBar, MaturityDetail};
use leptos::prelude::*;

/// A summary. The caller gives it its `<main>` or its place in the room.
#[component]
pub fn SummaryDocument(
    /// The page.
    page: Page,
    /// What there is to say of the flow, and where its picture is as a file, if it is.
    #[prop(optional_no_strip)]
    flow: Option<(Report, Option<FlowFile>)>,
    /// Stands in the room, where the step has the page's only `h1`.
    #[prop(optional)]
    in_room: bool,
) -> impl IntoView {
    let agreed = page.agreed();
    let changes = page.flow_changes.clone();
    let since = page.previous.as_ref().map_or_else(String::new, |before| day(before.held_on));
    let actions = page.actions.clone();
    let (improvements, decided, gaps) = (page.improvements.clone(), page.decided.clone(), page.gaps.clone());
    let (recommended, surveyed, focus) = (page.recommended.clone(), page.capabilities.clone(), page.focus.clone());
    let (level, dissent, left_out) = (
        page.maturity.as_ref().map(|m| m.level),
        page.dissent.clone(),
        page.left_out_in_words(),
    );
    let (answers, timeline, industry) = (page.answers.clone(), page.timeline.clone(), page.industry);
    let answered = page.by_hand.is_none() || !answers.is_empty();
    view! {
        <Head page=page in_room=in_room />
        {answered
            .then(|| {
                view! {
                    <section aria-labelledby="s-answers">
                        <h2 id="s-answers">"The answers"</h2>
                        <FourAnswers answers=answers />
                    </section>
                }
                    .into_any()
            })}
        {(!dissent.is_empty()).then(|| differed(dissent))}
        {agreed.map(|answers| view! { <MaturityDetail answers=answers industry=industry /> }.into_any())}
        {(!surveyed.is_empty() || !recommended.is_empty())
            .then(|| {
                view! {
                    <section aria-labelledby="s-capabilities">
                        <h2 id="s-capabilities">"Capabilities"</h2>
                        {level.map(|level| recommendation(level, recommended))}
                        {(!surveyed.is_empty()).then(|| view! { <Capabilities surveyed=surveyed focus=focus /> }.into_any())}
                    </section>
                }
                    .into_any()
            })}
        {flow
            .map(|(report, file)| {
                view! { <DeliveryFlow report=report file=file changes=changes since=since /> }.into_any()
            })}
        {(!improvements.is_empty()).then(|| view! { <Improvements improvements=improvements /> }.into_any())}
        {(!decided.is_empty()).then(|| view! { <DecidedActions decided=decided gaps=gaps /> }.into_any())}
        {(!actions.is_empty()).then(|| view! { <Actions actions=actions /> }.into_any())}
        {(!timeline.is_empty()).then(|| view! { <Story lines=timeline /> }.into_any())}
        {left_out.map(|words| view! { <p class="doc__left-out small quiet">{words}</p> }.into_any())}
    }
}

/// Where people saw it differently.
fn differed(dissent: Vec<String>) -> AnyView {
    let lines = dissent.into_iter().map(|line| view! { <li>{line}</li> }.into_any()).collect_view();
    view! {
        <section aria-labelledby="s-dissent">
            <h2 id="s-dissent">{Section::Dissent.title()}</h2>
            <p class="lead-in">"Both ends of the answers that lay far apart, without names."</p>
            <ul class="doc__list own-words">{lines}</ul>
        </section>
    }
    .into_any()
}

/// Title, level and bar, foreword, and the table of facts.
#[component]
fn Head(page: Page, in_room: bool) -> impl IntoView {
    let about = format!("{}, DevOps Checkpoint, {}", page.squad, day(page.held_on));
    let above = if page.title.is_empty() {
        about
    } else {
        format!("{} · {about}", page.title)
    };
    let level = page.level();
    let title = match level {
        Some(level) => view! {
            "DevOps maturity is… "
            <em>{level.name()}</em>
        }
        .into_any(),
        None => format!("The checkpoint of {}", page.squad).into_any(),
    };
    let title = if in_room {
        view! { <h2 class="doc__title">{title}</h2> }.into_any()
    } else {
        view! { <h1 class="doc__title">{title}</h1> }.into_any()
    };
    let lead = page.lead();
    view! {
        <header class=level.map(|level| format!("level--{}", level.key()))>
            <p class="eyebrow">{above}</p>
            {title}
            <p class="doc__lead">{lead}</p>
            {page.not_known().map(|words| view! { <p class="gap-above">{words}</p> }.into_any())}
            {page.agreed().map(|answers| view! { <MaturityBar answers=answers /> }.into_any())}
            {(!page.foreword.is_empty()).then(|| view! { <p class="doc__foreword own-words">{page.foreword.to_string()}</p> }.into_any())}
            <Properties page=page />
        </header>
    }
}

/// The table of facts.
#[component]
fn Properties(page: Page) -> impl IntoView {
    let squad = page
        .tribe
        .as_ref()
        .map_or_else(|| page.squad.to_string(), |tribe| format!("{}, tribe {tribe}", page.squad));
    let scope = scene::Line::ALL
        .into_iter()
        .filter(|line| !page.scope.get(*line).is_empty())
        .map(|line| (line.label(), page.scope.get(line).to_string()));
    let mut facts = vec![
        ("Squad", squad),
        ("Held", day(page.held_on)),
        ("Facilitator", page.facilitator.to_string()),
        ("Present", page.people()),
    ];
    facts.extend(scope);
    facts.push((
        "Compared with",
        page.industry.map_or("All industries", |industry| industry.name()).to_owned(),
    ));
    // Of what was kept by hand an empty line says less than none.
    let by_hand = page.by_hand.is_some();
    let known = |(name, value): &(&str, String)| !by_hand || !(value.is_empty() || *name == "Compared with");
    let facts = facts
        .into_iter()
        .filter(known)
        .map(|(name, value)| {
            view! {
                <dt>{name}</dt>
                <dd>{value}</dd>
            }
            .into_any()
        })
        .collect_view();
    let level = page.level().map(|level| {
        view! {
            <dt>"Level"</dt>
            <dd>
                <Badge level=level />
            </dd>
        }
        .into_any()
    });
    let focus = page.focus.map(|focus| {
        view! {
            <dt>"Focus"</dt>
            <dd>{focus.title}</dd>
        }
    });
    view! { <dl class="props">{facts} {level} {focus}</dl> }
}

/// What the squad decided before, and how far it is.
#[component]
fn Actions(actions: Vec<Looked>) -> AnyView {
    let open = actions.iter().filter(|looked| looked.action.status.is_open()).count();
    let words = match open {
        0 => "None is left open.".to_owned(),
        1 => "One is open and goes on to the next checkpoint.".to_owned(),
        n => format!("{n} are open and go on to the next checkpoint."),
    };
    let row = |looked: Looked| {
        let class = if looked.action.status.is_open() {
            "chip"
        } else {
            "chip chip--good"
        };
        let effect = looked.effect.map(|effect| view! { <small>{effect.sentence()}</small> });
        let why = (!looked.action.why.is_empty()).then(|| view! { <small class="own-words">{looked.action.why.to_string()}</small> });
        view! {
            <li>
                <span>
                    <span class="own-words">{looked.action.title.to_string()}</span>
                    <small>{looked.action.about()}</small>
                    {effect}
                    {why}
                </span>
                <span class=class>{looked.standing()}</span>
            </li>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="s-actions">
            <h2 id="s-actions">"Since last time"</h2>
            <p>{words}</p>
            <ul class="settle">{actions.into_iter().map(row).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// What was decided when.
#[component]
fn Story(lines: Vec<Line>) -> impl IntoView {
    let moments: Vec<i64> = lines.iter().map(|line| line.at.0).collect();
    let lines = lines
        .into_iter()
        .zip(neighbours(&moments))
        .map(|(line, beside)| {
            view! {
                <li>
                    <LocalTime at_ms=line.at.0 kind=TimeKind::TimeBeside(beside) />
                    <span class="own-words">{line.text}</span>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <section aria-labelledby="s-story">
            <h2 id="s-story">"How it went"</h2>
            <ol class="story">{lines}</ol>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Timestamp;

    #[test]
    fn how_it_went_over_two_days_names_each_day_once() {
        let story = |moments: &[i64]| {
            let line = |at: &i64| Line {
                at: Timestamp(*at),
                text: "Vote".to_owned(),
                note: false,
            };
            let lines = moments.iter().map(line).collect();
            Owner::new().with(|| view! { <Story lines/> }.to_html())
        };
        let (tuesday, later, friday) = (1_673_344_920_000, 1_673_345_000_000, 1_673_604_120_000);
        let html = story(&[tuesday, later, friday]);
        assert_eq!(html.matches("10 Jan 2023").count(), 1, "{html}");
        assert_eq!(html.matches("13 Jan 2023").count(), 1, "{html}");
        assert!(!story(&[tuesday, later]).contains("Jan"), "one day stands in the head of the page");
    }
}
