//! The JSON form against its published schema.

use crate::pages::{all, maximal};
use checkpoint::server::exports::json::{SCHEMA, json};
use jsonschema::Validator;
use serde_json::{Value, json as value};

fn validator() -> Validator {
    let schema = serde_json::from_str(SCHEMA).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

#[test]
fn every_page_is_as_the_schema_says() {
    let validator = validator();
    for (name, page) in all() {
        let page: Value = serde_json::from_str(&json(&page).unwrap()).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(&page)
            .map(|error| format!("{} {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, [""; 0], "{name}");
    }
}

/// Or else the schema would not notice a field that it does not describe.
#[test]
fn the_schema_is_closed_and_knows_ranges() {
    let validator = validator();
    let page: Value = serde_json::from_str(&json(&maximal()).unwrap()).unwrap();
    for (place, wrong) in [
        ("/new_field", value!(1)),
        ("/answers/0/new_field", value!(1)),
        ("/capabilities/0/items/0/counted/new_field", value!(1)),
        ("/decided/0/new_field", value!(1)),
        ("/flow/steps/1/new_field", value!(1)),
        ("/answers/0/answer", value!(7)),
        ("/maturity/percentile", value!(101)),
        ("/capabilities/0/score", value!(100.1)),
        ("/held_on", value!("10 Jan 2023")),
        ("/decided/0/tracker", value!("javascript:alert(1)")),
        ("/id", value!("1")),
        ("/format", value!(2)),
    ] {
        let mut page = page.clone();
        let (parent, field) = place.rsplit_once('/').unwrap();
        page.pointer_mut(parent).unwrap()[field] = wrong;
        assert!(!validator.is_valid(&page), "{place}");
    }
}

#[test]
fn every_field_is_described() {
    fn look(schema: &Value, place: &str) {
        if let Some(fields) = schema["properties"].as_object() {
            for (name, field) in fields {
                let described = field["description"].is_string() || field["$ref"].is_string();
                assert!(described, "{place}/{name}");
            }
        }
        match schema {
            Value::Object(parts) => parts.iter().for_each(|(name, part)| look(part, &format!("{place}/{name}"))),
            Value::Array(parts) => parts.iter().for_each(|part| look(part, place)),
            _ => {}
        }
    }
    look(&serde_json::from_str(SCHEMA).unwrap(), "");
}
