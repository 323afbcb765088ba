//! The JSON on the socket and in the log, word for word.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod actions;
mod flow;
mod improving;
mod leaving;
mod log;
mod socket;
mod surveys;

use checkpoint::domain::ids::{ParticipantId, StepId};
use checkpoint::domain::metric::Code;
use checkpoint::domain::vote::{Answer, Ballot, Confidence, Hands};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use uuid::Uuid;

/// The value is written as this text, and this text is read as the value.
fn pin<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, json: &str) {
    assert_eq!(serde_json::to_string(value).unwrap(), json);
    assert_eq!(&serde_json::from_str::<T>(json).unwrap(), value);
}

const STEP: StepId = StepId(3);
const ID: Uuid = Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001);
const ANA: ParticipantId = ParticipantId(2);

fn code(n: u8) -> Code {
    Code::new(n).unwrap()
}

fn guess() -> Ballot {
    Ballot {
        answer: Answer::Code(code(4)),
        confidence: Some(Confidence::Guess),
    }
}

fn hands() -> Hands {
    Hands {
        counts: [0, 0, 2, 1, 0, 0],
        not_sure: 1,
    }
}
