//! Administration: tribes and squads, accounts, and the organisation's own texts, on one page.
//!
//! The forms outlive the one answer they change: each success asks for it again.

pub mod accounts;
pub mod capabilities;
pub mod changes;
pub mod import;
pub mod retention;
pub mod squads;
pub mod texts;

use crate::api::admin::{AdminView, ArchiveSquad, ChangeAccount, CreateAccount, CreateSquad, CreateTribe, DeleteCapability};
use crate::api::admin::{MergeSquads, RenameSquad, RenameTribe, SaveCapability, SaveContent, SetTribe, load_admin};
use crate::ui::components::Page;
use crate::ui::forms::successes;
use crate::ui::frame::Frame;
use crate::ui::load;
use accounts::Accounts;
use capabilities::Capabilities;
use leptos::prelude::*;
use squads::{Squads, Tribes};
use texts::Texts;

/// All forms of the page.
#[derive(Clone, Copy)]
pub struct Forms {
    tribe: ServerAction<CreateTribe>,
    squad: ServerAction<CreateSquad>,
    set_tribe: ServerAction<SetTribe>,
    rename: ServerAction<RenameSquad>,
    archive: ServerAction<ArchiveSquad>,
    merge: ServerAction<MergeSquads>,
    rename_tribe: ServerAction<RenameTribe>,
    account: ServerAction<CreateAccount>,
    change: ServerAction<ChangeAccount>,
    capability: ServerAction<SaveCapability>,
    drop_capability: ServerAction<DeleteCapability>,
    text: ServerAction<SaveContent>,
    /// Which of the forms that stand beside each squad was answered last.
    of_squads: Memo<Answered<4>>,
    typed: Typed,
}

/// How often each of several forms was answered, and which of them last.
type Answered<const N: usize> = ([usize; N], Option<usize>);

/// What is typed into the forms that create something; emptied when it is created.
#[derive(Clone, Copy, Default)]
pub struct Typed {
    tribe: RwSignal<String>,
    squad: RwSignal<String>,
    name: RwSignal<String>,
    email: RwSignal<String>,
    password: RwSignal<String>,
    capability: RwSignal<String>,
    capability_summary: RwSignal<String>,
    capability_items: RwSignal<String>,
}

/// `/admin`.
#[component]
pub fn AdminPage() -> AnyView {
    let (set_tribe, rename) = (ServerAction::new(), ServerAction::new());
    let (archive, merge) = (ServerAction::new(), ServerAction::new());
    let forms = Forms {
        tribe: ServerAction::new(),
        squad: ServerAction::new(),
        of_squads: last([set_tribe.version(), rename.version(), archive.version(), merge.version()]),
        set_tribe,
        rename,
        archive,
        merge,
        rename_tribe: ServerAction::new(),
        account: ServerAction::new(),
        change: ServerAction::new(),
        capability: ServerAction::new(),
        drop_capability: ServerAction::new(),
        text: ServerAction::new(),
        typed: Typed::default(),
    };
    let changes = [
        empty_after(successes(forms.tribe), vec![forms.typed.tribe]),
        empty_after(successes(forms.squad), vec![forms.typed.squad]),
        empty_after(
            successes(forms.account),
            vec![forms.typed.name, forms.typed.email, forms.typed.password],
        ),
        empty_after(
            successes(forms.capability),
            vec![forms.typed.capability, forms.typed.capability_summary, forms.typed.capability_items],
        ),
        successes(forms.drop_capability),
        successes(forms.set_tribe),
        successes(forms.rename),
        successes(forms.archive),
        successes(forms.merge),
        successes(forms.rename_tribe),
        successes(forms.change),
        successes(forms.text),
    ];
    let view = load::again(move || changes.map(|change| change.get()), |_| load_admin());
    load::show(view, "/admin", move |view: AdminView| {
        view! {
            <Frame current="/admin" me=view.me.clone()>
                <Page title="Administration">
                    <div class="admin">
                        <nav aria-label="Parts of this page">
                            <ul>
                                <li>
                                    <a href="#squads">"Squads"</a>
                                </li>
                                <li>
                                    <a href="#tribes">"Tribes"</a>
                                </li>
                                <li>
                                    <a href="#accounts">"Accounts"</a>
                                </li>
                                <li>
                                    <a href="#capabilities">"Capabilities"</a>
                                </li>
                                <li>
                                    <a href="#texts">"Texts"</a>
                                </li>
                                <li>
                                    <a href="/admin/changes">"Who changed what"</a>
                                </li>
                                <li>
                                    <a href="/admin/retention">"How long things are kept"</a>
                                </li>
                                <li>
                                    <a href="/admin/import">"Import and export"</a>
                                </li>
                            </ul>
                        </nav>
                        <div>
                            <Squads squads=view.squads tribes=view.tribes.clone() forms=forms />
                            <Tribes tribes=view.tribes forms=forms />
                            <Accounts accounts=view.accounts forms=forms />
                            <Capabilities capabilities=view.capabilities forms=forms />
                            <Texts content=view.content forms=forms />
                        </div>
                    </div>
                </Page>
            </Frame>
        }
        .into_any()
    })
}

/// Which of several forms was answered last, by the numbers of their answers.
fn last<const N: usize>(versions: [RwSignal<usize>; N]) -> Memo<Answered<N>> {
    Memo::new(move |before: Option<&Answered<N>>| {
        let now = versions.map(|version| version.get());
        let changed = |(then, last): &Answered<N>| (0..N).find(|form| then[*form] != now[*form]).or(*last);
        (now, before.and_then(changed))
    })
}

/// Empties fields once what they held is stored.
fn empty_after(success: Memo<usize>, fields: Vec<RwSignal<String>>) -> Memo<usize> {
    Effect::new(move |before: Option<usize>| {
        let now = success.get();
        if before.is_some_and(|before| before != now) {
            for field in &fields {
                field.set(String::new());
            }
        }
        now
    });
    success
}
