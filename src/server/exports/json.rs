//! The page as JSON: the form that is complete, documented by `docs/page.schema.json`, and read again by an import.

use crate::domain::page::Page;
use serde::Serialize;

/// The JSON Schema of the form.
pub const SCHEMA: &str = include_str!("../../../docs/page.schema.json");
/// What the schema is called: the same on every instance, so that a page that went through an import is written as before.
const SCHEMA_ID: &str = "urn:checkpoint:page:1";

#[derive(Serialize)]
struct File<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    #[serde(flatten)]
    page: &'a Page,
}

/// The page in this form, to be read by people too.
pub fn json(page: &Page) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(&File { schema: SCHEMA_ID, page })
}
