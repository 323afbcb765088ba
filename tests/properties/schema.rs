//! The published schema describes whatever page a checkpoint can leave behind.

use crate::cases;
use crate::history::history;
use checkpoint::domain::ids::WorkshopId;
use checkpoint::domain::page::Page;
use proptest::prelude::*;
use std::sync::LazyLock;

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema = serde_json::from_str(include_str!("../../docs/page.schema.json")).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
});

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn every_page_is_as_the_schema_says(history in history()) {
        let page = Page::of(WorkshopId::new(uuid::Uuid::nil()), &history.end().state);
        let page = serde_json::to_value(&page).unwrap();
        let errors: Vec<_> = SCHEMA.iter_errors(&page).map(|error| format!("{} {error}", error.instance_path())).collect();
        prop_assert!(errors.is_empty(), "{errors:?}");
    }
}
