//! Why a command is refused, in one plain sentence for the person who gave it.

use super::text::TextError;

/// A refusal. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// A text that cannot be taken.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The command needs the facilitator's role.
    #[error("Only a facilitator can do this.")]
    FacilitatorOnly,
    /// No seat in this room.
    #[error("You have no seat in this checkpoint any more. Join again with the link.")]
    NotHere,
    /// Joining twice.
    #[error("You are in the room already.")]
    AlreadyHere,
    /// Newcomers stay outside.
    #[error("The facilitator has closed the door. Ask them to open it, then try again.")]
    DoorClosed,
    /// No seat left.
    #[error("This room is full.")]
    RoomFull,
    /// Two people of one name.
    #[error("{0} is in the room already. If that is you on another device, ask for your seat; if not, add a letter to your name.")]
    NameTaken(String),
    /// A seat with an account behind it.
    #[error("This seat belongs to somebody who signs in. Sign in to take it.")]
    SeatOfAccount,
    /// Somebody asked for it before.
    #[error("Somebody has asked for this seat already. The facilitator will answer.")]
    SeatAskedAlready,
    /// Unknown wish.
    #[error("This request is settled already.")]
    NoSuchRequest,
    /// Unknown person.
    #[error("There is nobody of this name in the room.")]
    NoSuchPerson,
    /// Removing oneself.
    #[error("You cannot remove yourself. Hand the checkpoint over first.")]
    NotYourself,
    /// Nobody would lead.
    #[error("You are the only facilitator. Hand the checkpoint over first.")]
    LastFacilitator,
    /// Claiming too early.
    #[error("A facilitator is still here. The role can be claimed when all of them have been gone for a minute.")]
    FacilitatorHere,
    /// Unknown step.
    #[error("This step is not on the agenda.")]
    NoSuchStep,
    /// Nothing would be left.
    #[error("An agenda needs at least one step.")]
    LastStep,
    /// A step that was entered.
    #[error("The squad is at this step or has been there, so it stays on the agenda.")]
    StepInUse,
    /// A step that holds what people wrote before it was entered.
    #[error("People have written in “{0}” already, so it stays on the agenda.")]
    StepWritten(String),
    /// A kind that can be there once.
    #[error("This step is on the agenda already.")]
    StepThere,
    /// Too many steps.
    #[error("An agenda holds 40 steps at most. Remove one first.")]
    TooManySteps,
    /// No time, or too much.
    #[error("A step takes 1 to 120 minutes.")]
    StepMinutes,
    /// No time, or too much.
    #[error("A checkpoint takes 10 to 480 minutes.")]
    SessionMinutes,
    /// The result or the page before what they are made of.
    #[error("Maturity comes after the votes, the focus after the surveys, dots after the improvements, and the summary after all of them.")]
    VotesFirst,
    /// A break that separates nothing.
    #[error("There is one break at most, and a step after it.")]
    BreakAtEnd,
    /// Changing the terms of a vote that has begun.
    #[error("The first vote has been opened, so this can no longer change.")]
    VotingBegan,
    /// Planning what is being held.
    #[error("This checkpoint has started, so this can no longer change.")]
    StartedAlready,
    /// A text where none is shown.
    #[error("This step has no text of its own.")]
    NoTextHere,
    /// No date.
    #[error("The date is missing or is no date. Choose the day of the checkpoint.")]
    NoDate,
    /// A day in the past, or far ahead.
    #[error("Choose today or a later day, at most two years from now.")]
    DayTooFar,
    /// A time that is not of the day.
    #[error("The time does not belong to that day. Choose both again.")]
    TimeOfAnotherDay,
    /// Called off.
    #[error("This checkpoint is cancelled. A facilitator can open it again.")]
    Cancelled,
    /// Too late to take a move back.
    #[error("It is too late to undo this. Use the agenda to go back.")]
    TooLateToUndo,
    /// Too many added minutes.
    #[error("This step has two extra hours already. Go on, or restart the timer.")]
    TimerFull,
    /// The squad is elsewhere.
    #[error("The squad is on another step now, so this vote takes no more answers.")]
    StepOver,
    /// The round is revealed or another one is open.
    #[error("This round is over. Your answer counts in the next one.")]
    RoundOver,
    /// Observers watch.
    #[error("Observers do not vote.")]
    ObserverVote,
    /// The squad chose that facilitators do not vote.
    #[error("In this checkpoint the facilitator does not vote.")]
    FacilitatorVote,
    /// Nobody has voted.
    #[error("Nobody has voted yet, so there is nothing to reveal.")]
    NothingToReveal,
    /// Agreeing on what nobody has seen.
    #[error("Reveal the votes first, then agree.")]
    NotRevealed,
    /// Another round after agreeing.
    #[error("The squad has agreed on an answer. Undo that first, then vote again.")]
    AgreedAlready,
    /// Too many rounds.
    #[error("Twenty rounds are enough. Agree on the answer that most can live with.")]
    TooManyRounds,
    /// More hands than a room holds.
    #[error("That is more hands than this room can hold: at most 200 for each answer.")]
    TooManyHands,
    /// Opening a survey of nothing.
    #[error("Choose a capability first, then open its survey.")]
    NoCapability,
    /// A key that names nothing.
    #[error("This capability is not there any more. Choose another one.")]
    NoSuchCapability,
    /// A capability without statements.
    #[error("This capability has no statements to answer, so it can only be read about.")]
    NothingToAsk,
    /// More surveys than a checkpoint has time for.
    #[error("Six capabilities are enough for one checkpoint. Take one off the list first.")]
    TooManySurveys,
    /// Swapping a survey with answers.
    #[error("Somebody has answered this survey already, so it stays on the list.")]
    SurveyBegun,
    /// Answering too early.
    #[error("This survey is not open yet.")]
    SurveyNotOpen,
    /// Answering too late.
    #[error("This survey is closed. What you answered before counts, this answer does not.")]
    SurveyClosed,
    /// Unknown statement.
    #[error("This survey has no such statement.")]
    NoSuchItem,
    /// Closing without answers.
    #[error("Nobody has answered yet, so there is nothing to close.")]
    NothingToClose,
    /// A focus without a survey.
    #[error("Survey this capability first, then it can be the focus.")]
    NotSurveyed,
    /// Unknown note.
    #[error("This note is not there any more.")]
    NoSuchNote,
    /// Somebody else's note.
    #[error("Only the person who wrote this note, or a facilitator, can change it.")]
    NotYourNote,
    /// Too many notes.
    #[error("There are 500 notes already. Remove one first.")]
    TooManyNotes,
    /// The summary is fixed.
    #[error("The summary is published, so this can no longer change.")]
    Published,
    /// Publishing the same thing twice.
    #[error("Nothing has changed since the last revision.")]
    NothingToPublish,
    /// Deleting what the squad has begun.
    #[error("This checkpoint has begun, so it stays.")]
    HasBegun,
    /// Erasing names of a checkpoint that is being held.
    #[error("Names are erased once the checkpoint has ended. Publish its summary first.")]
    NotEnded,
    /// Leaving out what is gone.
    #[error("This is not on the page any more.")]
    NotOnThePage,
    /// Unknown action.
    #[error("This action is not on the list any more.")]
    NoSuchAction,
    /// An action that another checkpoint wrote down.
    #[error("This action comes from an earlier checkpoint. Set it to dropped instead.")]
    CarriedAction,
    /// Too many actions.
    #[error("There are 50 actions already. Settle or remove some first.")]
    TooManyActions,
    /// Changing who is told about writers after somebody has written.
    #[error("Somebody has written a sticky already, so this can no longer change.")]
    StickiesBegan,
    /// Somebody else's action, or one that is accepted.
    #[error("A facilitator can change this action, and whoever proposed it until it is accepted.")]
    NotYourAction,
    /// Two people changed the same at once.
    #[error("Somebody changed the same part of this action while you wrote. Save again if what you typed should stand instead.")]
    ActionOvertaken,
    /// A due date before the checkpoint.
    #[error("The due date lies before this checkpoint. Choose its day or a later one.")]
    DueBefore,
    /// A due date in a future that nobody plans for.
    #[error("The due date is more than two years away. Choose an earlier one.")]
    DueTooFar,
    /// A link that is no web address.
    #[error("The tracker link must begin with http:// or https:// and hold no spaces, odd characters, name or password.")]
    NotALink,
    /// Merging an action with itself.
    #[error("Choose two different actions to merge.")]
    MergedWithItself,
    /// Unknown sticky.
    #[error("Somebody has taken this sticky away meanwhile.")]
    NoSuchSticky,
    /// Somebody else's sticky.
    #[error("Only the person who wrote this sticky, or a facilitator, can change it.")]
    NotYourSticky,
    /// Too many stickies.
    #[error("There are 300 stickies already. Take one away first.")]
    TooManyStickies,
    /// An observer who writes.
    #[error("Observers watch. Ask the facilitator for a member's seat if you want to write.")]
    ObserversStick,
    /// Going on while something is hidden.
    #[error("Some stickies are still hidden. Show them in the Improvements step first.")]
    StillHidden,
    /// A group of one.
    #[error("A group needs at least two stickies.")]
    GroupOfOne,
    /// Unknown group.
    #[error("This group is not there any more.")]
    NoSuchGroup,
    /// Changing what people are voting on.
    #[error("The dot vote is open, so the groups stay as they are.")]
    DotsOpen,
    /// Opening a vote on nothing.
    #[error("There is no improvement to put a dot on yet. Write one first.")]
    NothingToDot,
    /// More dots than a person can keep in mind, or none.
    #[error("Each person has 1 to 10 dots, and puts at least one on an improvement.")]
    DotTerms,
    /// The dots of another round.
    #[error("This dot vote is over.")]
    DotsOver,
    /// More dots than one has.
    #[error("Your dots are placed, {0} of {0}. Take one back first.")]
    TooManyDots(u32),
    /// More dots on one item than agreed.
    #[error("At most {0} of your dots can be on one improvement.")]
    TooManyOnOne(u32),
    /// A dot on what is gone or not on the list.
    #[error("This improvement is not on the list any more.")]
    NoSuchImprovement,
    /// Observers watch.
    #[error("Observers place no dots.")]
    ObserverDots,
    /// No day.
    #[error("This is no date. Choose a day, or leave it empty.")]
    NotADate,
    /// Ending the last part.
    #[error("This is the last step, so there is nothing left for another part.")]
    NoPartAfter,
    /// Opening a part that nothing has ended.
    #[error("There is no break, so there is no part to open.")]
    NoBreak,
    /// The clock of a room that is on a break.
    #[error("The squad is on a break. Open the next part first.")]
    OnBreak,
    /// The count of the warm-up is shown.
    #[error("The answers are shown already. The next question comes with the first vote.")]
    WarmUpOver,
    /// An answer that is not among the options.
    #[error("This answer is not one of the options.")]
    NoSuchOption,
    /// A checkpoint that lies ahead.
    #[error("This checkpoint has not started yet.")]
    NotStarted,
    /// Too much at once.
    #[error("That is too much at once. Do it in smaller pieces, please.")]
    TooManyEdits,
    /// A flow that is as large as it gets.
    #[error("The flow is full: a thousand steps, connectors and texts is the most. Delete some first.")]
    FlowFull,
    /// Taking over last time's flow into a flow that has begun.
    #[error("Somebody has drawn something already, so last time's flow stays where it is.")]
    FlowBegan,
    /// Last time's flow where there is none.
    #[error("The squad's last checkpoint has no flow to begin with.")]
    NoLastFlow,
    /// An edit of something that was deleted.
    #[error("Somebody has deleted this meanwhile, so nothing has changed.")]
    ElementGone,
    /// A connector from a step to itself.
    #[error("A connector needs two different steps.")]
    ToItself,
    /// A time of more than ten years, or from more to less.
    #[error("A time goes from less to more and is at most ten years.")]
    TooLongATime,
    /// A place far away.
    #[error("That is too far out. The canvas ends {0} units from its middle.")]
    TooFar(i32),
    /// An observer who draws.
    #[error("Observers watch. Ask the facilitator for a member's seat if you want to draw.")]
    ObserversWatch,
    /// Somebody draws while the squad has a scribe.
    #[error("{0} draws for all at the moment. The facilitator can let everybody draw.")]
    ScribeDraws(String),
}
