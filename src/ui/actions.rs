//! A list of actions, and the form in each that says how far it is: the same over all squads, of one squad, and for its members.

use crate::api::ApiError;
use crate::api::actions::{Change, ChangeAction, Line, Place, Unchanged};
use crate::domain::action::{Action, Status};
use crate::domain::ids::{ActionId, WorkshopId};
use crate::domain::sorted::SortedMap;
use crate::domain::text::{DisplayName, Why, day};
use crate::ui::components::{Choice, Icon, IconName, LocalTime, Select, TextField, TimeKind};
use crate::ui::forms::{Done, Refusal, Submit, refusal};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// Who reads the list.
#[derive(Clone, PartialEq, Eq)]
pub enum Reader {
    /// Somebody who may only read.
    Viewer,
    /// Somebody whose account may change it.
    Account,
    /// Somebody with the squad's link.
    Link {
        /// Its token.
        token: String,
        /// The name this browser gave before.
        name: RwSignal<String>,
    },
}

/// What is typed in a row and not saved yet.
#[derive(Clone, PartialEq, Eq)]
struct Unsaved {
    status: String,
    note: String,
    /// The version of the action that it was typed against.
    seen: u32,
}

/// The form of all rows of a list. It outlives the list: when one row is saved all are made anew, and what is typed in others stays.
#[derive(Clone, Copy)]
pub struct Changing {
    /// What saves a row.
    pub action: ServerAction<ChangeAction>,
    unsaved: StoredValue<SortedMap<(WorkshopId, ActionId), Unsaved>>,
}

impl Default for Changing {
    fn default() -> Self {
        Self {
            action: ServerAction::new(),
            unsaved: StoredValue::new(SortedMap::new()),
        }
    }
}

impl Changing {
    /// What is typed in the row of this action, where that is not what stands.
    fn unsaved(self, line: &Line) -> Option<Unsaved> {
        let all = self.unsaved.read_value();
        let differs = |typed: &&Unsaved| !stands(line, &typed.status, &typed.note);
        all.get(&(line.workshop, line.number)).filter(differs).cloned()
    }

    /// Remembers what is typed in a row from now on.
    fn watch(self, line: Line, seen: u32, status: RwSignal<String>, note: RwSignal<String>) {
        Effect::new(move || {
            let (status, note) = (status.get(), note.get());
            let key = (line.workshop, line.number);
            self.unsaved.update_value(|all| {
                if stands(&line, &status, &note) {
                    all.remove(&key);
                } else {
                    all.insert(key, Unsaved { status, note, seen });
                }
            });
        });
    }
}

/// Whether this is what the server has.
fn stands(line: &Line, status: &str, note: &str) -> bool {
    status == line.action.status.key() && note.trim() == line.action.why.as_str()
}

/// What every row of a list shares.
#[derive(Clone)]
struct Rows {
    reader: Reader,
    squads: bool,
    change: Changing,
}

/// Actions with what there is to say and do.
#[component]
pub fn ActionList(
    /// The actions.
    lines: Vec<Line>,
    /// Who reads.
    reader: Reader,
    /// The form of all rows.
    change: Changing,
    /// Names the squad of each.
    #[prop(optional)]
    squads: bool,
) -> AnyView {
    let rows = Rows { reader, squads, change };
    let failed = failure(change.action);
    let here: Vec<_> = lines.iter().map(|line| (line.workshop, line.number)).collect();
    // What is refused stands in its row; the rest, and what is about a row that is gone, stands over the list.
    let in_a_row = move || {
        failed.with(|failed| {
            failed
                .as_ref()
                .is_some_and(|failed| here.contains(&(failed.workshop, failed.number)))
        })
    };
    let why = refusal(change.action);
    let over = Signal::derive(move || why.get().filter(|_| !in_a_row()));
    let items = lines.into_iter().map(|line| row(line, &rows)).collect_view();
    view! {
        <div class="deeds__said">
            <Refusal why=over />
            <Done action=change.action text="Saved" />
        </div>
        <ul class="deeds">{items}</ul>
    }
    .into_any()
}

/// The last refusal of a change, with what was typed.
fn failure(change: ServerAction<ChangeAction>) -> Memo<Option<Unchanged>> {
    let value = change.value();
    Memo::new(move |_| {
        value.with(|last| match last {
            Some(Err(ApiError::Unchanged(unchanged))) => Some(Unchanged::clone(unchanged)),
            _ => None,
        })
    })
}

fn row(line: Line, rows: &Rows) -> AnyView {
    let action = &line.action;
    let title = action.title.to_string();
    let squad = rows.squads.then(|| {
        view! {
            <a href=format!("/squads/{}", line.slug)>{line.squad.clone()}</a>
            ", "
        }
        .into_any()
    });
    let late = line.overdue.map(|days| {
        let words = if days == 1 {
            "overdue by 1 day".to_owned()
        } else {
            format!("overdue by {days} days")
        };
        view! { <span class="chip chip--bad">{words}</span> }.into_any()
    });
    let outside = action
        .outside
        .then(|| view! { <span class="chip chip--warn">"Needs help from outside"</span> }.into_any());
    let changed = line.changes.first().map(last_change);
    view! {
        <li class="deed">
            <div>
                <h3>{title}</h3>
                <p class="small quiet">{squad} {action.about()}</p>
                {details(action)}
            </div>
            <div class="deed__now">
                <p>
                    <span class="chip">{action.status.label()}</span>
                    {late}
                    {outside}
                </p>
                {changed}
            </div>
            {changing_part(line, rows)}
        </li>
    }
    .into_any()
}

/// When it is done, what it should do, where it comes from and where it is followed.
fn details(action: &Action) -> AnyView {
    let given = |label: &'static str, text: String| {
        (!text.is_empty()).then(|| view! { <p class="small">{format!("{label}: {text}")}</p> }.into_any())
    };
    let tracker = action.tracker.as_ref().map(|link| {
        view! {
            <p class="small">
                <a href=link.to_string() rel="noopener noreferrer">
                    "In the tracker"
                    <span class="vh">{format!(": {}", action.title)}</span>
                </a>
            </p>
        }
        .into_any()
    });
    view! {
        {given("Done when", action.done_when.to_string())}
        {given("Expected effect", action.expectation().unwrap_or_default())}
        {given("For the improvement", action.improvement.clone())}
        {given("Serves", action.serves.as_ref().map(|serves| serves.title.clone()).unwrap_or_default())}
        {tracker}
    }
    .into_any()
}

fn last_change(change: &Change) -> AnyView {
    let note = (!change.note.is_empty()).then(|| view! { <p class="small deed__note">{format!("“{}”", change.note)}</p> }.into_any());
    view! {
        {note}
        <p class="small quiet">
            {format!("{}, ", change.who)} <LocalTime at_ms=change.at.0 kind=TimeKind::Date />
        </p>
    }
    .into_any()
}

/// The form behind a fold, with the changes under it.
fn changing_part(line: Line, rows: &Rows) -> AnyView {
    let title = line.action.title.to_string();
    let history = history(&line.changes);
    let may_change = rows.reader != Reader::Viewer;
    if !may_change && line.changes.is_empty() {
        return ().into_any();
    }
    let failed = failure(rows.change.action);
    let unsaved = rows.change.unsaved(&line);
    let begun = unsaved.is_some();
    let (workshop, number) = (line.workshop, line.number);
    let mine = Signal::derive(move || {
        let here = |failed: &&Unchanged| (failed.workshop, failed.number) == (workshop, number);
        failed.with(|failed| failed.as_ref().filter(here).cloned())
    });
    let form = may_change.then(|| form(line, rows, mine, unsaved));
    view! {
        <details class="fold deed__change" open=move || begun || mine.with(Option::is_some)>
            <summary>
                {if may_change { "Change" } else { "Changes" }} <span class="vh">{format!(" {title}")}</span>
            </summary>
            {form}
            {history}
        </details>
    }
    .into_any()
}

fn form(line: Line, rows: &Rows, failed: Signal<Option<Unchanged>>, unsaved: Option<Unsaved>) -> AnyView {
    let id = format!("{}-{}", line.workshop, line.number);
    let refused = failed.get_untracked().map(|typed| Unsaved {
        status: typed.status.key().to_owned(),
        note: typed.note,
        seen: line.version,
    });
    let Unsaved { status, note, seen } = unsaved.or(refused).unwrap_or_else(|| Unsaved {
        status: line.action.status.key().to_owned(),
        note: line.action.why.to_string(),
        seen: line.version,
    });
    let (status, note) = (RwSignal::new(status), RwSignal::new(note));
    let choices: Vec<Choice> = Status::ALL.map(|status| Choice::new(status.key(), status.label())).into();
    let change = rows.change.action;
    let (workshop, number) = (line.workshop.to_string(), line.number.to_string());
    let (status_id, note_id) = (format!("status-{id}"), format!("note-{id}"));
    rows.change.watch(line, seen, status, note);
    let seen = move || failed.with(|failed| failed.as_ref().map_or(seen, |failed| failed.seen)).to_string();
    let why = Signal::derive(move || failed.with(|failed| failed.as_ref().map(|failed| failed.said.clone())));
    let by_link = match &rows.reader {
        Reader::Link { token, name } => Some(
            view! {
                <input type="hidden" name="said[token]" value=token.clone() />
                <TextField
                    label="Your name"
                    name="said[name]"
                    id=format!("name-{id}")
                    value=*name
                    required=true
                    maxlength=u16::try_from(DisplayName::MAX).unwrap_or(u16::MAX)
                    autocomplete="name"
                />
            }
            .into_any(),
        ),
        Reader::Viewer | Reader::Account => None,
    };
    view! {
        <ActionForm action=change attr:class="form">
            <input type="hidden" name="said[workshop]" value=workshop />
            <input type="hidden" name="said[number]" value=number />
            <input type="hidden" name="said[seen]" value=seen />
            <Select label="How far is it" name="said[status]" id=status_id choices=choices value=status />
            <TextField
                label="Note"
                name="said[note]"
                id=note_id
                hint="Why, or what is in the way. It stands beside the action; empty for none."
                value=note
                maxlength=u16::try_from(Why::MAX).unwrap_or(u16::MAX)
            />
            {by_link}
            <Refusal why=why />
            <p class="buttons">
                <Submit label="Save" pending=change.pending() class="btn" />
            </p>
        </ActionForm>
    }
    .into_any()
}

/// Every change, the last first.
fn history(changes: &[Change]) -> AnyView {
    if changes.is_empty() {
        return view! { <p class="small quiet">"Nobody has changed it since it was decided."</p> }.into_any();
    }
    let lines = changes.iter().map(told).collect_view();
    view! { <ul class="lines small">{lines}</ul> }.into_any()
}

fn told(change: &Change) -> AnyView {
    let what = if change.from == change.to {
        format!("Still “{}”", change.to.label())
    } else {
        format!("From “{}” to “{}”", change.from.label(), change.to.label())
    };
    let note = if change.note.is_empty() {
        String::new()
    } else {
        format!(", “{}”", change.note)
    };
    let place = match change.place {
        Place::Account => String::new(),
        Place::Link => " by the squad’s link".to_owned(),
        Place::Checkpoint(held_on) => format!(" in the checkpoint of {}", day(held_on)),
    };
    view! {
        <li>
            {format!("{what}{note}. {}{place}, ", change.who)} <LocalTime at_ms=change.at.0 kind=TimeKind::DateTime />
        </li>
    }
    .into_any()
}

/// Why there is nothing to press for somebody who only reads.
#[component]
pub fn ReadOnly(
    /// Who reads.
    reader: Reader,
) -> impl IntoView {
    (reader == Reader::Viewer).then(|| {
        view! {
            <p class="small quiet gap-below">
                <Icon name=IconName::Help small=true />
                " Your account reads actions. Facilitators and administrators say how far one is, and a squad’s members by its link."
            </p>
        }
    })
}
