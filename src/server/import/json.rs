//! Pages as JSON: one page as its address gives it, or an export of many. A large file is read page by page.

use super::{Found, Problem, Tell, problem, shown};
use crate::domain::page::{FORMAT, Page};
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use serde_json::value::RawValue;
use std::cell::Cell;
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
    let left = Cell::new(LONGEST_PAGE);
    let mut file = File {
        place: name.to_owned(),
        left: &left,
        tell,
        refused: false,
    };
    let mut json = serde_json::Deserializer::from_reader(Bounded { content, left: &left });
    let read = json.deserialize_map(&mut file).and_then(|()| json.end());
    if let Err(error) = read
        && !file.refused
    {
        let why = match error.classify() {
            _ if left.get() == 0 => "This page has more than 8 MiB.".to_owned(),
            Category::Eof => format!(
                "The file ends in the middle, at line {}. It was cut off: export it again, or copy it again.",
                error.line()
            ),
            Category::Io => format!("The file cannot be read: {error}."),
            Category::Syntax | Category::Data => format!("This is no export of Checkpoint: {}.", shown(&error.to_string())),
        };
        (file.tell)(problem(&file.place, why));
    }
}

/// A reader that ends with an error where a page is too long, before all of it is in memory.
struct Bounded<'a, R> {
    content: R,
    /// So much of the page may still come; nothing once it was too long.
    left: &'a Cell<usize>,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let read = self.content.read(buf)?;
        self.left.set(self.left.get().saturating_sub(read));
        if self.left.get() == 0 {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        Ok(read)
    }
}

/// A file that is being read.
struct File<'a, 'b> {
    /// Where it is read.
    place: String,
    /// See [`Bounded`].
    left: &'a Cell<usize>,
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
    fn page(&mut self, text: &str) -> bool {
        let head: Option<Head> = serde_json::from_str(text).ok();
        let which = head
            .as_ref()
            .map(|head| format!(" ({}, {})", shown(&head.squad), shown(&head.held_on)));
        let place = format!("{}{}", self.place, which.unwrap_or_default());
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
                        line: false,
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
        let mut many = false;
        while let Some(key) = map.next_key::<String>()? {
            if key == "checkpoints" {
                many = true;
                map.next_value_seed(List(self))?;
                continue;
            }
            let value: Box<RawValue> = map.next_value()?;
            let format = (key == "format").then(|| value.get().parse().ok()).flatten();
            if let Some(why) = format.and_then(newer) {
                (self.tell)(problem(&self.place, why));
                return Err(self.stop());
            }
            fields.insert(key, value);
        }
        if many {
            let unknown = fields.keys().filter(|key| *key != "format");
            for key in unknown {
                (self.tell)(Found::Ignored(format!("the field {}", shown(key))));
            }
        } else {
            let page = serde_json::to_string(&fields).map_err(Error::custom)?;
            self.page(&page);
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
        let name = self.0.place.clone();
        for number in 1.. {
            self.0.place = format!("{name}, checkpoint {number}");
            self.0.left.set(LONGEST_PAGE);
            let Some(page) = list.next_element::<Box<RawValue>>()? else { break };
            if !self.0.page(page.get()) {
                return Err(self.0.stop());
            }
        }
        self.0.place = name;
        Ok(())
    }
}
