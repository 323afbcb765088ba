//! The form of an action: a new one, or one that is written anew.

use crate::domain::action::TrackerLink;
use crate::domain::actions::{self, Draft};
use crate::domain::command::Command;
use crate::domain::facts::{self, CapabilityKey};
use crate::domain::ids::{ActionId, CommandId};
use crate::domain::improve::Item;
use crate::domain::metric::{Code, Metric};
use crate::domain::rejection::Rejection;
use crate::domain::sorted::sort_by_key;
use crate::domain::text::{ActionTitle, DoneWhen, Owner};
use crate::domain::workshop::Workshop;
use crate::ui::components::{Checkbox, Choice, Select, TextField, changing};
use crate::ui::live::{Live, Topic};
use crate::ui::room::Refusal;
use leptos::prelude::*;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A new action.
    New,
    /// An action that is there.
    Old(ActionId),
    /// A second action from one that is there.
    Part(ActionId),
}

/// What is in the form; kept beside it, so that nothing is lost while other things change.
#[derive(Clone, Copy)]
pub(super) struct Editing {
    /// What is written; `None` while the form is away.
    pub(super) what: RwSignal<Option<What>>,
    live: Live,
    /// The action as it was when the form was opened.
    draft: StoredValue<Draft>,
    on_its_way: RwSignal<Option<CommandId>>,
}

impl Editing {
    pub(super) fn new() -> Self {
        let live = Live::from_context();
        let editing = Self {
            what: RwSignal::new(None),
            live,
            draft: StoredValue::new(Draft::default()),
            on_its_way: RwSignal::new(None),
        };
        // What was typed stays until the server has it.
        Effect::new(move || {
            if live.last_done().is_some() && live.last_done() == editing.on_its_way.get_untracked() {
                editing.on_its_way.set(None);
                editing.what.set(None);
            }
        });
        editing
    }

    /// Opens the form for a new action, from an improvement or from nothing.
    pub(super) fn begin(self, item: Option<Item>) {
        let draft = self.live.with_untracked(|w| of_item(w, item));
        self.draft.set_value(draft);
        self.what.set(Some(What::New));
    }

    /// Opens the form for an action that is there.
    pub(super) fn open(self, what: What, draft: Draft) {
        self.draft.set_value(draft);
        self.what.set(Some(what));
    }

    /// What is asked, and what it was written against. Who was told that somebody was quicker and saves again has seen what there is.
    fn against(self, action: ActionId, draft: Draft) -> (Draft, Draft) {
        let seen = self.draft.get_value();
        let told = self
            .live
            .refusal(Topic::Actions)
            .is_some_and(|why| why == Rejection::ActionOvertaken.to_string());
        let now = self.live.with_untracked(|w| w.actions.get(action).map(Draft::of));
        match now.filter(|_| told) {
            Some(now) => {
                self.draft.set_value(now.clone());
                (draft.onto(&seen, &now).0, now)
            }
            None => (draft, seen),
        }
    }
}

/// A draft with what is known of the improvement it comes from.
fn of_item(w: &Workshop, item: Option<Item>) -> Draft {
    let Some(item) = item else { return Draft::default() };
    let board = &w.improvements;
    let serves = board.notes_of(item).find_map(|note| note.serves.clone());
    Draft {
        title: board.title(item),
        outside: board.notes_of(item).any(|note| note.outside),
        item: Some(item),
        serves,
        ..Draft::default()
    }
}

/// The fields of the form.
#[derive(Clone, Copy)]
struct Fields {
    title: RwSignal<String>,
    done_when: RwSignal<String>,
    owner: RwSignal<String>,
    due: RwSignal<String>,
    expects: RwSignal<String>,
    expects_answer: RwSignal<String>,
    item: RwSignal<String>,
    serves: RwSignal<String>,
    tracker: RwSignal<String>,
    outside: RwSignal<bool>,
}

impl Fields {
    fn new(draft: Draft, items: &[Item]) -> Self {
        let place = draft.item.and_then(|item| items.iter().position(|other| *other == item));
        Self {
            title: RwSignal::new(draft.title),
            done_when: RwSignal::new(draft.done_when),
            owner: RwSignal::new(draft.owner),
            due: RwSignal::new(draft.due),
            expects: RwSignal::new(draft.expects.map_or("", Metric::key).to_owned()),
            expects_answer: RwSignal::new(draft.expects_answer.map_or_else(String::new, |code| code.get().to_string())),
            item: RwSignal::new(place.map_or_else(String::new, |place| place.to_string())),
            serves: RwSignal::new(draft.serves.map_or_else(String::new, |key| key.to_string())),
            tracker: RwSignal::new(draft.tracker),
            outside: RwSignal::new(draft.outside),
        }
    }

    fn metric(self) -> Option<Metric> {
        let key = self.expects.get();
        Metric::ALL.into_iter().find(|metric| metric.key() == key)
    }

    fn draft(self, items: &[Item]) -> Draft {
        let expects = untrack(|| self.metric());
        let answer = self.expects_answer.get_untracked().parse().ok().and_then(Code::new);
        let serves = self.serves.get_untracked();
        Draft {
            title: self.title.get_untracked(),
            done_when: self.done_when.get_untracked(),
            owner: self.owner.get_untracked(),
            due: self.due.get_untracked(),
            expects,
            expects_answer: answer.filter(|_| expects.is_some()),
            item: self
                .item
                .get_untracked()
                .parse::<usize>()
                .ok()
                .and_then(|place| items.get(place).copied()),
            serves: (!serves.is_empty()).then(|| CapabilityKey::new(serves)),
            tracker: self.tracker.get_untracked(),
            outside: self.outside.get_untracked(),
        }
    }
}

fn most(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

/// The form.
#[component]
pub(super) fn Form() -> AnyView {
    let live = Live::from_context();
    let editing = expect_context::<Editing>();
    let what = editing.what.get_untracked().unwrap_or(What::New);
    let leads = live.leads();
    // What can be chosen stands as it was when the form was opened.
    let (items, item_choices) = live.with_untracked(items);
    let people = live.select(|w| w.people.all().map(|(_, person)| person.name.to_string()).collect::<Vec<_>>());
    let fields = Fields::new(editing.draft.get_value(), &items);
    let items = StoredValue::new(items);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let draft = items.with_value(|items| fields.draft(items));
        let command = match what {
            What::New => actions::Command::Propose(draft),
            What::Old(action) => {
                let (draft, seen) = editing.against(action, draft);
                actions::Command::Edit {
                    action,
                    seen: Some(Box::new(seen)),
                    draft,
                }
            }
            What::Part(action) => actions::Command::Split {
                action,
                title: draft.title,
            },
        };
        editing.on_its_way.set(Some(live.send(Command::Actions(command))));
    };
    let title = match what {
        What::New => "A new action",
        What::Old(_) => "Change the action",
        What::Part(_) => "A second action from this one",
    };
    let button = move || match (what, leads.get()) {
        (What::New, true) => "Add the action",
        (What::New, false) => "Propose the action",
        (What::Old(_), _) => "Save the action",
        (What::Part(_), _) => "Split it",
    };
    let more = move || match what {
        What::Part(_) => ().into_any(),
        What::New | What::Old(_) => rest(live, fields, item_choices.clone()),
    };
    let name = move |name: String| view! { <option value=name></option> }.into_any();
    view! {
        <form class="form note action-form" on:submit=submit aria-label=title>
            <h2>{title}</h2>
            <TextField
                label="What is to be done"
                name="action-title"
                value=fields.title
                required=true
                maxlength=most(ActionTitle::MAX)
                hint="When … we will …: say what sets it off, and what you do then."
            />
            {more()}
            <datalist id="action-people">{changing(move || people.get().into_iter().map(name).collect_view())}</datalist>
            <Refusal topic=Topic::Actions/>
            <div class="form__end">
                <button class="btn btn--primary" type="submit">{button}</button>
                <button class="btn" type="button" on:click=move |_| editing.what.set(None)>"Not now"</button>
            </div>
        </form>
    }
    .into_any()
}

fn rest(live: Live, fields: Fields, items: Vec<Choice>) -> AnyView {
    let capabilities = live.select(capabilities);
    let metrics = Signal::derive(|| {
        let each = Metric::ALL.map(|metric| Choice::new(metric.key(), metric.name()));
        [Choice::new("", "No answer in particular")]
            .into_iter()
            .chain(each)
            .collect::<Vec<_>>()
    });
    let answers = Signal::derive(move || {
        let metric = fields.metric();
        let label = |metric: Metric| Code::ALL.map(|code| Choice::new(code.get().to_string(), facts::question(metric).label(code)));
        [Choice::new("", "A better one")]
            .into_iter()
            .chain(metric.into_iter().flat_map(label))
            .collect::<Vec<_>>()
    });
    let items = Signal::derive(move || items.clone());
    let to = move || {
        fields.metric().map(|_| {
            view! { <Select label="To which answer?" name="action-answer" choices=answers value=fields.expects_answer/> }.into_any()
        })
    };
    view! {
        <TextField label="Done when (optional)" name="action-done" value=fields.done_when maxlength=most(DoneWhen::MAX)/>
        <div class="form__row">
            <div class="field">
                <label for="action-owner">"Owner"</label>
                <input
                    class="input"
                    id="action-owner"
                    list="action-people"
                    autocomplete="off"
                    maxlength=Owner::MAX.to_string()
                    prop:value=move || fields.owner.get()
                    on:input=move |event| fields.owner.set(event_target_value(&event))
                />
            </div>
            <TextField label="Due" name="action-due" value=fields.due kind="date"/>
        </div>
        <Select label="From which improvement?" name="action-item" choices=items value=fields.item/>
        <div class="form__row">
            <Select label="Which answer will it move?" name="action-expects" choices=metrics value=fields.expects/>
            {to}
        </div>
        <Select label="Which capability does it serve?" name="action-serves" choices=capabilities value=fields.serves/>
        <TextField
            label="Link into your tracker (optional)"
            name="action-tracker"
            value=fields.tracker
            kind="url"
            maxlength=most(TrackerLink::MAX)
        />
        <Checkbox label="Needs help from outside the squad" name="action-outside" checked=fields.outside/>
    }
    .into_any()
}

/// The improvements an action can come from, and how they are chosen.
fn items(w: &Workshop) -> (Vec<Item>, Vec<Choice>) {
    let board = &w.improvements;
    let all = board.votable();
    let choice = |(place, item): (usize, &Item)| Choice::new(place.to_string(), board.title(*item));
    let choices = [Choice::new("", "None, from scratch")]
        .into_iter()
        .chain(all.iter().enumerate().map(choice))
        .collect();
    (all, choices)
}

/// The capabilities this checkpoint asks about, the focus first.
pub(in crate::ui::steps) fn capabilities(w: &Workshop) -> Vec<Choice> {
    let focus = w.focus.chosen.as_ref().map(|chosen| &chosen.capability);
    let mut all: Vec<_> = w.surveys.list.iter().map(|survey| &survey.capability).collect();
    sort_by_key(&mut all, |capability| Some(&capability.key) != focus);
    let each = all
        .into_iter()
        .map(|capability| Choice::new(capability.key.to_string(), capability.title.clone()));
    [Choice::new("", "None in particular")].into_iter().chain(each).collect()
}
