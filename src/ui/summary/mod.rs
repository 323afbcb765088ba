//! The summary as a document: in the room's last step, at `/checkpoints/{id}`, and on paper.

pub mod answers;
pub mod capabilities;
pub mod document;
pub mod file;
pub mod flow;
pub mod improvements;

pub use answers::FourAnswers;
pub use document::SummaryDocument;
pub use flow::DeliveryFlow;
