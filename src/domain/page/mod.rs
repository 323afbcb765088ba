//! The summary page: what a checkpoint leaves behind, complete in itself and readable without the log.
//!
//! It is made from the state, fixed as a revision when it is published, and is also the JSON export (`format` 1).

mod answers;
mod by_hand;
mod capabilities;
mod check;
pub mod choices;
mod dissent;
mod document;
mod gist;
mod improvements;
mod tables;
pub mod words;

pub use by_hand::ByHand;
pub use capabilities::{Focus, Recommended, Statement, Surveyed};
pub use check::Unfit;
pub use gist::{CapabilityGist, Gist};
pub use improvements::Improvement;
pub use tables::Table;

use super::action::{Action, Origin};
use super::actions::{Actions, Entry};
use super::agenda::Step;
use super::facts::{self, Industry};
use super::flow::Flow;
use super::flow::difference::difference;
use super::flow::layout::layout;
use super::flow::report::{Report, report};
use super::flow::scene::{Scene, scene};
use super::ids::{ActionId, ElementId, WorkshopId};
use super::maturity::{self, Answers, Level};
use super::metric::{Code, Metric};
use super::people::Role;
use super::scene::Scope;
use super::since::{Effect, Item};
use super::summary::{Part, Section};
use super::text::{DisplayName, Foreword, PersonName, SquadName, Title, TribeName, Why};
use super::time::Timestamp;
use super::vote::{Tally, Vote};
use super::workshop::Workshop;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The version of the page's JSON form.
pub const FORMAT: u32 = 1;

/// One summary page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The version of this form.
    pub format: u32,
    /// The checkpoint.
    pub id: WorkshopId,
    /// The revision this is; the next one while not published.
    pub revision: u32,
    /// When it was published; `None` for a page that still grows.
    pub published_at: Option<Timestamp>,
    /// The squad.
    pub squad: SquadName,
    /// Its tribe.
    pub tribe: Option<TribeName>,
    /// The day it was held.
    pub held_on: NaiveDate,
    /// Who prepared it.
    pub facilitator: PersonName,
    /// Who was there, facilitators included.
    pub present: Vec<DisplayName>,
    /// Who watched.
    pub observing: Vec<DisplayName>,
    /// How many they were, where the squad prefers that to names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headcount: Option<Headcount>,
    /// The industry it is compared with; `None` for all.
    pub industry: Option<Industry>,
    /// The squad's own title, or empty.
    pub title: Title,
    /// The words before everything else, or empty.
    pub foreword: Foreword,
    /// What the squad talked about.
    pub scope: Scope,
    /// The questions that were asked, in the order of the agenda.
    pub answers: Vec<Answered>,
    /// Where people saw it differently, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dissent: Vec<String>,
    /// What the squad decided before, and how far it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Looked>,
    /// The result of the quick check; `None` until all four are agreed.
    pub maturity: Option<Maturity>,
    /// The capabilities that DORA recommends at this level.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recommended: Vec<Recommended>,
    /// The capabilities that were surveyed, in the order of the ranking; pages of before have none.
    #[serde(default)]
    pub capabilities: Vec<Surveyed>,
    /// Which of them comes first, once recorded.
    #[serde(default)]
    pub focus: Option<Focus>,
    /// How the squad delivers; `None` where nothing was drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow: Option<Flow>,
    /// What has changed in it since the checkpoint before, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flow_changes: Vec<String>,
    /// What would help, most dots first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub improvements: Vec<Improvement>,
    /// What the squad does until the next checkpoint, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decided: Vec<Decided>,
    /// What these actions lack, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<String>,
    /// What was decided when.
    pub timeline: Vec<Line>,
    /// The squad's checkpoint before this one.
    pub previous: Option<Before>,
    /// Set where the page was made of what somebody kept by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<ByHand>,
    /// What the squad left out, without what it says: "Delivery flow", "2 improvements".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
}

/// How many people a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headcount {
    /// Who was there, facilitators included.
    pub present: usize,
    /// Who watched.
    pub observing: usize,
}

/// What is printed, or nothing.
fn when<T: Default>(printed: bool, what: impl FnOnce() -> T) -> T {
    if printed { what() } else { T::default() }
}

/// What has changed in the flow since the checkpoint before, where both drew one.
fn flow_changes(workshop: &Workshop) -> Vec<String> {
    let before = workshop.previous.as_ref().and_then(|previous| previous.flow.as_ref());
    match before.filter(|_| !workshop.flow.is_empty()) {
        Some(before) => difference(before, &workshop.flow).sentences().collect(),
        None => vec![],
    }
}

/// One question and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    /// The question.
    pub metric: Metric,
    /// The agreed answer, 1 to 6, 6 best.
    pub answer: Option<Code>,
    /// The agreed answer in words.
    pub label: Option<String>,
    /// Why.
    pub why: Why,
    /// The agreed answer of the checkpoint before.
    pub last_time: Option<Code>,
    /// The counts of the revealed rounds; never with names.
    pub rounds: Vec<Tally>,
}

/// An action that stood to be settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// Its number among those that stood to be settled; pages of before this was kept have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<ActionId>,
    /// The action as it stands.
    #[serde(flatten)]
    pub action: Action,
    /// Whether the squad looked at it in this checkpoint.
    pub settled: bool,
    /// Whether the effect that was expected has come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
}

/// An action that the squad took on in this checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Its number in this checkpoint.
    pub number: ActionId,
    /// The action.
    #[serde(flatten)]
    pub action: Action,
}

/// The result of the 2019 check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Maturity {
    /// The edition that gives level and percentile.
    pub edition: u16,
    /// The performer level.
    pub level: Level,
    /// Better than so many percent of the respondents of the edition.
    pub percentile: u8,
    /// The sum of the four answers, 4 to 24.
    pub sum: u8,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: String,
    /// Whether somebody wrote it; the rest follows from what happened.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub note: bool,
}

/// The checkpoint before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Before {
    /// Which.
    pub id: WorkshopId,
    /// When it was held.
    pub held_on: NaiveDate,
}

impl Page {
    /// The page of a checkpoint as it stands.
    #[must_use]
    pub fn of(id: WorkshopId, workshop: &Workshop) -> Self {
        let names = |observing: bool| -> Vec<DisplayName> {
            let is_one = |role: Role| (role == Role::Observer) == observing;
            workshop
                .people
                .all()
                .filter(|(_, p)| is_one(p.role))
                .map(|(_, p)| p.name.clone())
                .collect()
        };
        let vote = |step: &Step| {
            let answered = Answered::of(workshop.votes.get(&step.id)?);
            Some(Answered {
                why: when(workshop.summary.prints(Part::Reason(step.id)), || answered.why.clone()),
                ..answered
            })
        };
        let section = |section| workshop.summary.prints(Part::Section(section));
        let (present, observing) = (names(false), names(true));
        let headcount = workshop.summary.only_numbers.then_some(Headcount {
            present: present.len(),
            observing: observing.len(),
        });
        let unless_counted = |people: Vec<DisplayName>| if headcount.is_some() { vec![] } else { people };
        let capabilities = section(Section::Capabilities);
        let decided = Decided::printed(workshop);
        let fixed = workshop.published() && !workshop.summary.changed;
        Self {
            format: FORMAT,
            id,
            revision: if fixed {
                workshop.summary.revision
            } else {
                workshop.summary.revision + 1
            },
            published_at: workshop.summary.published_at.filter(|_| fixed),
            squad: workshop.squad.clone(),
            tribe: workshop.tribe.clone(),
            held_on: workshop.held_on,
            facilitator: workshop.facilitator.clone(),
            present: unless_counted(present),
            observing: unless_counted(observing),
            headcount,
            industry: workshop.industry,
            title: workshop.summary.title.clone(),
            foreword: workshop.summary.foreword.clone(),
            scope: when(section(Section::Scope), || workshop.scope.clone()),
            answers: workshop.agenda.steps.iter().filter_map(vote).collect(),
            dissent: when(section(Section::Dissent), || dissent::all(workshop)),
            actions: when(section(Section::Since), || Looked::all(workshop)),
            maturity: workshop.answers().as_ref().map(Maturity::of),
            recommended: when(capabilities, || Recommended::all(workshop).collect()),
            capabilities: when(capabilities, || Surveyed::all(workshop)),
            focus: when(capabilities, || Focus::of(workshop)),
            flow: (section(Section::Flow) && !workshop.flow.is_empty()).then(|| workshop.flow.drawn()),
            flow_changes: when(section(Section::Flow), || flow_changes(workshop)),
            improvements: Improvement::all(workshop),
            gaps: decided.missing(),
            decided: Decided::all(id, workshop, &decided),
            timeline: when(section(Section::Timeline), || choices::timeline(workshop)),
            previous: workshop.previous.as_ref().map(|p| Before {
                id: p.id,
                held_on: p.held_on,
            }),
            left_out: choices::left_out(workshop),
            by_hand: None,
        }
    }

    /// The agreed answers, once all four are there.
    #[must_use]
    pub fn agreed(&self) -> Option<Answers> {
        Answers::from_fn(|metric| self.answer_to(metric))
    }

    /// What there is to say of the flow.
    #[must_use]
    pub fn flow_report(&self) -> Option<Report> {
        let report = report(self.flow.as_ref()?, |metric| self.answer_to(metric));
        Some(Report {
            picture: report.picture.pinned(self.pins()),
            ..report
        })
    }

    /// The flow as it is drawn, with the numbers of the improvements where they are.
    #[must_use]
    pub fn picture(&self) -> Option<Scene> {
        self.flow.as_ref().map(|flow| scene(flow, &layout(flow)).pinned(self.pins()))
    }

    fn pins(&self) -> impl Iterator<Item = (ElementId, usize)> {
        let numbered = (1..).zip(&self.improvements);
        numbered.filter_map(|(number, improvement)| Some((improvement.on?, number)))
    }

    /// The agreed answer to a question.
    #[must_use]
    pub fn answer_to(&self, metric: Metric) -> Option<Code> {
        self.answers.iter().find(|a| a.metric == metric).and_then(|a| a.answer)
    }

    /// What is not finished, as the next checkpoint finds it: first what was open before, then what was decided here.
    #[must_use]
    pub fn open_actions(&self) -> Vec<Action> {
        let before = self.actions.iter().map(|looked| &looked.action);
        let all = before.chain(self.decided.iter().map(|decided| &decided.action));
        all.filter(|action| action.status.is_open()).map(Action::taken_along).collect()
    }

    /// Squad and date, as the browser's tab and a link's preview say it.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}, {}", self.squad, super::text::day(self.held_on))
    }
}

impl Answered {
    fn of(vote: &Vote) -> Self {
        let nameless = |tally: &Tally| Tally {
            open: None,
            ..tally.clone()
        };
        let answer = vote.agreed.as_ref().map(|a| a.answer);
        Self {
            metric: vote.metric,
            answer,
            label: answer.map(|code| facts::question(vote.metric).label(code).to_owned()),
            why: vote.agreed.as_ref().map(|a| a.why.clone()).unwrap_or_default(),
            last_time: vote.last_time,
            rounds: vote.rounds.iter().filter_map(|round| round.tally.as_ref()).map(nameless).collect(),
        }
    }
}

impl Looked {
    /// Those that are printed.
    fn all(workshop: &Workshop) -> Vec<Self> {
        let printed = |(id, _): &(&ActionId, &Item)| workshop.summary.prints(Part::Earlier(**id));
        workshop
            .since
            .0
            .iter()
            .filter(printed)
            .map(|(number, item)| Self::of(workshop, *number, item))
            .collect()
    }

    fn of(workshop: &Workshop, number: ActionId, item: &Item) -> Self {
        Self {
            number: Some(number),
            action: item.action.clone(),
            settled: item.settled,
            effect: workshop.effect(&item.action),
        }
    }

    /// Its number, where it is the page's action at this place.
    #[must_use]
    pub fn number_at(&self, place: u32) -> ActionId {
        self.number.unwrap_or(ActionId(place))
    }

    /// How far it is, in words; said of one that the squad did not look at.
    #[must_use]
    pub fn standing(&self) -> String {
        let status = self.action.status.label();
        if self.settled {
            status.to_owned()
        } else {
            format!("{status}, not looked at this time")
        }
    }
}

impl Decided {
    /// Those that are printed.
    fn printed(workshop: &Workshop) -> Actions {
        let section = workshop.summary.prints(Part::Section(Section::Actions));
        let printed = |entry: &&Entry| section && workshop.summary.prints(Part::Action(entry.id));
        Actions(workshop.actions.accepted().filter(printed).cloned().collect())
    }

    fn all(id: WorkshopId, workshop: &Workshop, printed: &Actions) -> Vec<Self> {
        let from = |entry: &Entry| entry.item.is_none_or(|item| Improvement::is_printed(workshop, item));
        let one = |entry: &Entry| Self {
            number: entry.id,
            action: Action {
                improvement: when(from(entry), || entry.action.improvement.clone()),
                opened_on: Some(workshop.held_on),
                origin: Some(Origin {
                    workshop: id,
                    action: entry.id,
                }),
                ..entry.action.clone()
            },
        };
        printed.0.iter().map(one).collect()
    }
}

impl Maturity {
    /// What the 2019 check says of these answers.
    #[must_use]
    pub fn of(answers: &Answers) -> Self {
        Self {
            edition: 2019,
            level: maturity::level(answers),
            percentile: maturity::percentile(answers),
            sum: maturity::sum(answers),
        }
    }

    /// The sentence under the level.
    #[must_use]
    pub fn sentence(&self) -> String {
        format!(
            "Better than {} % of the State of DevOps respondents of {}.",
            self.percentile, self.edition
        )
    }
}
