//! One step in a line of the outline, with what stands before and after its name.

use crate::domain::flow::span::SpanError;
use crate::domain::flow::{Kind, Span};
use crate::domain::text::{ConnectorLabel, Environment, FlowStepName};

/// What is wrong, and at which byte of the line.
pub(super) type Wrong = (usize, String);

/// A step as it is mentioned.
#[derive(Debug, Default)]
pub(super) struct Item {
    /// Where it begins in the line.
    pub(super) at: usize,
    /// Whether something was said of the connector that leads to it.
    pub(super) led_to: bool,
    pub(super) wait: Option<Span>,
    pub(super) label: Option<ConnectorLabel>,
    pub(super) name: FlowStepName,
    /// Which step of this name, from 1.
    pub(super) number: usize,
    pub(super) kind: Option<Kind>,
    pub(super) work: Option<Span>,
    pub(super) environment: Option<Environment>,
}

/// The line, and how far it is read.
pub(super) struct Cursor<'a> {
    line: &'a str,
    at: usize,
}

/// What may follow a name.
enum Tail {
    Kind(Kind),
    Work(Span),
    Environment(Environment),
    Number(usize),
}

impl<'a> Cursor<'a> {
    pub(super) fn new(line: &'a str) -> Self {
        let mut cursor = Self { line, at: 0 };
        cursor.skip_space();
        cursor
    }

    /// What is not read yet.
    pub(super) fn rest(&self) -> &'a str {
        self.line.get(self.at..).unwrap_or_default()
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn skip_space(&mut self) {
        self.at = self.line.len() - self.rest().trim_start().len();
    }

    /// Takes this character, if it is the next one.
    pub(super) fn take(&mut self, c: char) -> bool {
        let there = self.rest().starts_with(c);
        if there {
            self.at += c.len_utf8();
        }
        there
    }

    /// The step that stands here, up to the next `>` or the end of the line.
    pub(super) fn item(&mut self) -> Result<Item, Wrong> {
        self.skip_space();
        let mut item = Item {
            at: self.at,
            number: 1,
            ..Item::default()
        };
        self.before_the_name(&mut item)?;
        let name_at = self.at;
        let quoted = if self.rest().starts_with('"') { Some(self.quoted()?) } else { None };
        let words = self.words()?;
        let named = after_the_name(&words, usize::from(quoted.is_none()), &mut item)?;
        let bare = words.get(..named).and_then(|words| words.first().zip(words.last()));
        let name = match (&quoted, bare) {
            (Some(name), _) => name,
            (None, Some((first, last))) => self.line.get(first.at..last.at + last.text.len()).unwrap_or_default(),
            (None, None) => return Err((name_at, "A step is missing here.".to_owned())),
        };
        if quoted.is_some() && named > 0 {
            let at = words.first().map_or(name_at, |word| word.at);
            let sentence = "After a name in quotation marks comes a time, a, m, an @environment or a number like #2.";
            return Err((at, sentence.to_owned()));
        }
        item.name = FlowStepName::parse(name).map_err(|error| (name_at, error.to_string()))?;
        Ok(item)
    }

    /// The wait and the label.
    fn before_the_name(&mut self, item: &mut Item) -> Result<(), Wrong> {
        loop {
            let at = self.at;
            if self.take('[') {
                let inside = self.up_to(']', at)?;
                let wait = inside.parse().map_err(|error: SpanError| (at + 1, error.to_string()))?;
                if item.wait.replace(wait).is_some() {
                    return Err((at, "A connector has one wait.".to_owned()));
                }
            } else if self.take('(') {
                self.skip_space();
                let label = if self.rest().starts_with('"') {
                    let label = self.quoted()?;
                    self.skip_space();
                    if !self.take(')') {
                        return Err((at, NOT_CLOSED.to_owned()));
                    }
                    label
                } else {
                    self.up_to(')', at)?.to_owned()
                };
                let label = ConnectorLabel::parse(&label).map_err(|error| (at + 1, error.to_string()))?;
                if item.label.replace(label).is_some() {
                    return Err((at, "A connector has one label.".to_owned()));
                }
            } else {
                return Ok(());
            }
            item.led_to = true;
            self.skip_space();
        }
    }

    /// What stands before this character, which is taken too.
    fn up_to(&mut self, end: char, opened: usize) -> Result<&'a str, Wrong> {
        let (inside, _) = self.rest().split_once(end).ok_or((opened, NOT_CLOSED.to_owned()))?;
        self.at += inside.len() + end.len_utf8();
        Ok(inside)
    }

    /// What stands in the quotation marks that begin here.
    fn quoted(&mut self) -> Result<String, Wrong> {
        let mut text = String::new();
        let mut escaped = false;
        for (place, c) in self.rest().char_indices().skip(1) {
            match c {
                '"' if !escaped => {
                    self.at += place + 1;
                    return Ok(text);
                }
                '\\' if !escaped => escaped = true,
                _ => {
                    text.push(c);
                    escaped = false;
                }
            }
        }
        Err((self.at, "The quotation mark is not closed.".to_owned()))
    }

    /// The words up to the next `>` or the end of the line.
    fn words(&mut self) -> Result<Vec<Word<'a>>, Wrong> {
        let mut words = vec![];
        loop {
            self.skip_space();
            let (at, rest) = (self.at, self.rest());
            if rest.is_empty() || rest.starts_with('>') {
                return Ok(words);
            }
            let environment = if rest.starts_with("@\"") {
                self.at += 1;
                Some(self.quoted()?)
            } else {
                let word = rest.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default();
                self.at += word.len();
                word.strip_prefix('@').filter(|name| !name.is_empty()).map(str::to_owned)
            };
            let text = self.line.get(at..self.at).unwrap_or_default();
            words.push(Word { at, text, environment });
        }
    }
}

const NOT_CLOSED: &str = "The bracket is not closed.";

/// A word of the line, where it begins, and the environment it names.
struct Word<'a> {
    at: usize,
    text: &'a str,
    environment: Option<String>,
}

/// Takes what says more about the step from the end of the words; how many words are left for its name.
fn after_the_name(words: &[Word], least: usize, item: &mut Item) -> Result<usize, Wrong> {
    let mut left = words.len();
    while left > least
        && let Some((last, before)) = words.get(..left).and_then(<[Word]>::split_last)
    {
        // `5 min` is one time in two words; in `5 m` the last one is for manual.
        let unit = last.text != "m" && last.text.starts_with(char::is_alphabetic);
        let apart = before.last().filter(|_| unit && left > least + 1);
        let apart = apart.filter(|word| word.text.chars().all(|c| c.is_ascii_digit()));
        let span = apart.and_then(|word| [word.text, last.text].concat().parse().ok());
        let (tail, taken) = match span {
            Some(span) => (Tail::Work(span), 2),
            None => match tail(last)? {
                Some(tail) => (tail, 1),
                None => break,
            },
        };
        if !fill(item, tail) {
            return Err((
                last.at,
                "This is said twice of one step. A name that it belongs to stands in quotation marks.".to_owned(),
            ));
        }
        left -= taken;
    }
    // What is left must be a name.
    if let ([word], Ok(Some(Tail::Work(_) | Tail::Environment(_)))) =
        (words.get(..left).unwrap_or_default(), words.first().map_or(Ok(None), tail))
    {
        let sentence = "A step needs a name before this. A wait stands in brackets, like [2h], before the name.";
        return Err((word.at, sentence.to_owned()));
    }
    Ok(left)
}

/// What a word says about a step, if it is not part of a name.
fn tail(word: &Word) -> Result<Option<Tail>, Wrong> {
    let wrong = |message: String| Err((word.at, message));
    if let Some(environment) = &word.environment {
        return match Environment::parse(environment) {
            Ok(environment) => Ok(Some(Tail::Environment(environment))),
            Err(error) => wrong(error.to_string()),
        };
    }
    let number = word.text.strip_prefix('#').and_then(|number| number.parse::<usize>().ok());
    match (word.text, number) {
        ("a", _) => return Ok(Some(Tail::Kind(Kind::Automated))),
        ("m", _) => return Ok(Some(Tail::Kind(Kind::Manual))),
        (_, Some(0)) => return wrong("Steps of one name are counted from #1.".to_owned()),
        (_, Some(number)) => return Ok(Some(Tail::Number(number))),
        _ => {}
    }
    match word.text.parse() {
        Ok(span) => Ok(Some(Tail::Work(span))),
        Err(SpanError::NotATime) => Ok(None),
        Err(error) => wrong(error.to_string()),
    }
}

/// Whether this was not said before.
fn fill(item: &mut Item, tail: Tail) -> bool {
    match tail {
        Tail::Kind(kind) => item.kind.replace(kind).is_none(),
        Tail::Work(work) => item.work.replace(work).is_none(),
        Tail::Environment(environment) => item.environment.replace(environment).is_none(),
        Tail::Number(number) => std::mem::replace(&mut item.number, number) == 1,
    }
}
