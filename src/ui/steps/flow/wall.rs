//! The flow on the screen of the meeting room: the picture and its figures, large, and nothing to press.

use crate::domain::flow::report::{Report, report};
use crate::ui::flow::Picture;
use crate::ui::live::Live;
use crate::ui::summary::flow::{Figures, label};
use leptos::prelude::*;

/// The picture as it grows.
#[component]
pub fn FlowOnWall() -> AnyView {
    let live = Live::from_context();
    let drawn = live.select(|w| (!w.flow.is_empty()).then(|| report(&w.flow, |metric| w.agreed(metric))));
    let body = move || match drawn.get() {
        None => view! { <p class="wall__question">"Nothing is drawn yet."</p> }.into_any(),
        Some(Report {
            picture, facts, remarks, ..
        }) => {
            let label = label(&picture.steps.iter().map(|step| step.label.as_str()).collect::<Vec<_>>());
            view! {
                <div class="wall__flow">
                    <Picture scene=picture label=label />
                    <div>
                        <Figures facts=facts />
                        {remarks.into_iter().map(|remark| view! { <p>{remark}</p> }).collect_view()}
                    </div>
                </div>
            }
            .into_any()
        }
    };
    view! { {body} }.into_any()
}
