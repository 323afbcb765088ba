//! Pages as JSON: one page as its address gives it, or an export of many. A large file is read page by page.

use super::{Found, Problem, Tell, problem, shown};
use crate::domain::page::{FORMAT, Page};
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;

/// The longest page, in bytes.
const LONGEST_PAGE: usize = 8 * 1024 * 1024;

/// What a file of this version begins with, and what each page says of itself.
#[derive(Deserialize)]
struct Head {
    format: Option<u32>,
    #[serde(default)]
    squad: String,
    #[serde(default)]
    held_on: String,
}

/// Reads the file.
pub(super) fn read(name: &str, content: impl Read, tell: &mut Tell<'_>) {
    let mut file = File {
        name,
        tell,
        refused: false,
    };
    let mut json = serde_json::Deserializer::from_reader(content);
    let read = json.deserialize_map(&mut file).and_then(|()| json.end());
    if let Err(error) = read
        && !file.refused
    {
        let why = match error.classify() {
            Category::Eof => format!(
                "The file ends in the middle, at line {}. It was cut off: export it again, or copy it again.",
                error.line()
            ),
            Category::Io => format!("The file cannot be read: {error}."),
            Category::Syntax | Category::Data => format!("This is no export of Checkpoint: {}.", shown(&error.to_string())),
        };
        tell(problem(name, why));
    }
}

/// A file that is being read.
struct File<'a, 'b> {
    name: &'a str,
    tell: &'a mut Tell<'b>,
    /// Why the rest is left alone was told already.
    refused: bool,
}

impl File<'_, '_> {
    /// Ends the reading.
    fn stop<E: Error>(&mut self) -> E {
        self.refused = true;
        E::custom("enough")
    }

    /// One page; whether to go on.
    fn page(&mut self, number: Option<usize>, text: &str) -> bool {
        let head: Option<Head> = serde_json::from_str(text).ok();
        let which = head
            .as_ref()
            .map_or_else(String::new, |head| format!(" ({}, {})", shown(&head.squad), shown(&head.held_on)));
        let place = number.map_or_else(
            || self.name.to_owned(),
            |number| format!("{}, checkpoint {number}{which}", self.name),
        );
        if text.len() > LONGEST_PAGE {
            return (self.tell)(problem(&place, "This page has more than 8 MiB.".to_owned()));
        }
        if let Some(why) = head.and_then(|head| head.format).and_then(newer) {
            return (self.tell)(problem(&place, why));
        }
        let mut ignored = vec![];
        let mut json = serde_json::Deserializer::from_str(text);
        let read = serde_ignored::deserialize(&mut json, |path| ignored.push(path.to_string()));
        ignored.retain(|field| field != "$schema");
        match read {
            Ok(page) => {
                let page: Page = page;
                ignored
                    .iter()
                    .all(|field| (self.tell)(Found::Ignored(format!("the field {}", shown(field)))))
                    && (self.tell)(Found::Page {
                        place,
                        page: Box::new(page),
                    })
            }
            Err(error) => {
                let why = format!("This is no page of Checkpoint: {}.", shown(&error.to_string()));
                (self.tell)(Found::Problem(Problem { place, why }))
            }
        }
    }
}

/// Why a file of this format cannot be read, if it cannot.
fn newer(format: u32) -> Option<String> {
    (format > FORMAT).then(|| {
        format!("This is from a newer version of Checkpoint: it has format {format}, and this version reads {FORMAT}. Update Checkpoint, then import it.")
    })
}

/// The outermost object: a page has its fields here, an export has `checkpoints`.
impl<'de> Visitor<'de> for &mut File<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a page or with checkpoints")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut fields: BTreeMap<String, Box<RawValue>> = BTreeMap::new();
        let (mut many, mut length) = (false, 0);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "checkpoints" => {
                    many = true;
                    map.next_value_seed(List(self))?;
                }
                _ => {
                    let value: Box<RawValue> = map.next_value()?;
                    let format = (key == "format").then(|| value.get().parse().ok()).flatten();
                    if let Some(why) = format.and_then(newer) {
                        (self.tell)(problem(self.name, why));
                        return Err(self.stop());
                    }
                    length += key.len() + value.get().len();
                    if length > LONGEST_PAGE {
                        (self.tell)(problem(self.name, "This page has more than 8 MiB.".to_owned()));
                        return Err(self.stop());
                    }
                    fields.insert(key, value);
                }
            }
        }
        if many {
            let unknown = fields.keys().filter(|key| *key != "format");
            for key in unknown {
                (self.tell)(Found::Ignored(format!("the field {}", shown(key))));
            }
        } else {
            let page = serde_json::to_string(&fields).map_err(Error::custom)?;
            self.page(None, &page);
        }
        Ok(())
    }
}

/// The pages of an export.
struct List<'a, 'b, 'c>(&'a mut File<'b, 'c>);

impl<'de> DeserializeSeed<'de> for List<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, list: D) -> Result<(), D::Error> {
        list.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of pages")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut number = 0;
        while let Some(page) = list.next_element::<Box<RawValue>>()? {
            number += 1;
            if !self.0.page(Some(number), page.get()) {
                return Err(self.0.stop());
            }
        }
        Ok(())
    }
}
