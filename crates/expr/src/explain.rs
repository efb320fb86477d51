//! Why an answer is what it is: the rule taken apart over one record, with the values seen and the distance to yes.
//!
//! Start at [`explain`]. The tree follows the rule; a leaf is what holds no further conditions of the same record.
use crate::check::declaration;
use crate::kleene;
use crate::reads::reads;
use crate::row::{Context, Row, answer_node, eval_node};
use crate::schema::{FieldIx, Schema, Type, Unit};
use crate::sentence;
use crate::typed::{Compare, Kind, Node, Source, Span, Typed};
use crate::value::{Answer, Value};
use liangu_base::date::Date;
use liangu_base::text::{Lang, Text};

/// How the parts of an explanation make its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joiner {
    All,
    Any,
    Not,
    AtLeast(u32),
}

#[derive(Clone, Debug)]
pub struct Explanation {
    pub answer: Answer,
    pub sentence: Text,
    pub span: Span,
    /// None for a leaf.
    pub joiner: Option<Joiner>,
    pub parts: Vec<Explanation>,
    /// Facts of the record that a leaf reads.
    pub facts: Vec<Seen>,
    /// Of a leaf that compares with a fixed number or day.
    pub distance: Option<Distance>,
    /// The first day on which this no becomes a yes if nothing else changes; up to ten years ahead.
    pub time_cures: Option<Date>,
    /// The whole answer is not yes, and would be if exactly this were yes.
    pub near: bool,
}

/// One fact and the value that was seen.
#[derive(Clone, Debug)]
pub struct Seen {
    pub field: FieldIx,
    /// Counted from the judged year.
    pub year: i32,
    pub label: Text,
    pub value: Value,
    /// The value as a person says it.
    pub text: Text,
}

/// Numbers in the smallest unit; days since 1970 for dates, whose `missing` is in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Distance {
    pub have: i64,
    pub need: i64,
    /// The least change that makes it enough; zero once it is.
    pub missing: i64,
    pub unit: Unit,
    pub date: bool,
}

const HORIZON_DAYS: i32 = 10 * 366;

/// Explains the answer of a rule for a record.
pub fn explain(typed: &Typed, schema: &Schema, row: &dyn Row, context: &Context) -> Explanation {
    let explaining = Explaining { schema, row, context };
    let mut whole = explaining.node(&typed.root);
    if whole.answer != Answer::Yes {
        let mut path = Vec::new();
        let near = near_paths(&whole, &mut path);
        for path in near {
            at(&mut whole, &path).near = true;
        }
    }
    whole
}

struct Explaining<'a> {
    schema: &'a Schema,
    row: &'a dyn Row,
    context: &'a Context,
}

impl Explaining<'_> {
    fn node(&self, node: &Node) -> Explanation {
        let (joiner, parts): (Option<Joiner>, Vec<&Node>) = match &node.kind {
            Kind::And(parts) => (Some(Joiner::All), parts.iter().collect()),
            Kind::Or(parts) => (Some(Joiner::Any), parts.iter().collect()),
            Kind::AtLeast(n, parts) => (Some(Joiner::AtLeast(*n)), parts.iter().collect()),
            Kind::Not(inner) if matches!(inner.kind, Kind::And(_) | Kind::Or(_) | Kind::AtLeast(..)) => (Some(Joiner::Not), vec![inner]),
            _ => (None, Vec::new()),
        };
        let answer = answer_node(node, self.row, self.context);
        let leaf = joiner.is_none();
        Explanation {
            answer,
            sentence: sentence::text(node, self.schema),
            span: node.span,
            joiner,
            parts: parts.into_iter().map(|p| self.node(p)).collect(),
            facts: if leaf { self.seen(node) } else { Vec::new() },
            distance: if leaf { distance(node, self.row, self.context) } else { None },
            time_cures: if leaf && answer == Answer::No { time_cures(node, self.row, self.context) } else { None },
            near: false,
        }
    }

    fn seen(&self, node: &Node) -> Vec<Seen> {
        let fact = |(field, year): (FieldIx, i32)| {
            let declaration = declaration(self.schema, &Source::Record { field, year })?;
            let value = self.row.fact(field, year);
            let label = if declaration.yearly {
                let of = self.context.judged_year + year;
                Text::new(format!("{of} 年{}", declaration.label.zh), format!("{} in {of}", declaration.label.get(Lang::En)))
            } else {
                declaration.label.clone()
            };
            Some(Seen { field, year, label, text: sentence::value(&value, &declaration.ty), value })
        };
        reads(node).facts.into_iter().filter_map(fact).collect()
    }
}

/// Of a comparison, or the denial of one, between what the record says and what does not depend on it; a comparison of two
/// facts needs the right one. None where a side is unknown or no number or day.
pub fn distance(node: &Node, row: &dyn Row, context: &Context) -> Option<Distance> {
    let (compare, left, right) = match &node.kind {
        Kind::Compare(c, a, b) => (*c, a, b),
        Kind::Not(inner) => match &inner.kind {
            Kind::Compare(c, a, b) => (c.negated(), a, b),
            _ => return None,
        },
        _ => return None,
    };
    let (compare, left, right) =
        if is_fixed(left) && !is_fixed(right) { (compare.mirrored(), right, left) } else { (compare, left, right) };
    let date = matches!(left.ty, Type::Date);
    let unit = if date { Unit::Day } else { left.ty.unit().or_else(|| right.ty.unit())? };
    let number = |n: &Node| match eval_node(n, row, context) {
        Value::Int(n) => Some(n),
        Value::Date(d) => Some(i64::from(d.days())),
        _ => None,
    };
    let (have, need) = (number(left)?, number(right)?);
    let gap = i128::from(need) - i128::from(have);
    let missing = match compare {
        Compare::Ge => gap.max(0),
        Compare::Gt => (gap + 1).max(0),
        Compare::Le => (-gap).max(0),
        Compare::Lt => (1 - gap).max(0),
        Compare::Eq => gap.abs(),
        Compare::Ne => i128::from(gap == 0),
    };
    Some(Distance { have, need, missing: i64::try_from(missing).ok()?, unit, date })
}

fn is_fixed(node: &Node) -> bool {
    let reads = reads(node);
    reads.facts.is_empty() && reads.children.is_empty()
}

/// The first day on which a condition holds that does not hold today, all else as it is; up to ten years ahead.
pub fn time_cures(node: &Node, row: &dyn Row, context: &Context) -> Option<Date> {
    if !reads(node).today {
        return None;
    }
    let holds = |days: i32| {
        let context = Context { today: context.today.add_days(days), ..context.clone() };
        answer_node(node, row, &context) == Answer::Yes
    };
    if !holds(HORIZON_DAYS) {
        return None;
    }
    let (mut no, mut yes) = (0, HORIZON_DAYS);
    while yes - no > 1 {
        let middle = no + (yes - no) / 2;
        if holds(middle) { yes = middle } else { no = middle }
    }
    Some(context.today.add_days(yes))
}

/// The answer of a tree in which the part at `path` is yes.
fn if_yes(whole: &Explanation, path: &[usize]) -> Answer {
    let Some((&first, rest)) = path.split_first() else { return Answer::Yes };
    let parts = whole.parts.iter().enumerate().map(|(i, p)| if i == first { if_yes(p, rest) } else { p.answer });
    match whole.joiner {
        Some(Joiner::All) => kleene::all(parts),
        Some(Joiner::Any) => kleene::any(parts),
        Some(Joiner::AtLeast(n)) => kleene::at_least(n, parts),
        Some(Joiner::Not) => kleene::not(kleene::all(parts)),
        None => whole.answer,
    }
}

/// Paths to the parts, the whole excepted, that alone keep the answer from yes.
fn near_paths(whole: &Explanation, path: &mut Vec<usize>) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    let part = path.iter().fold(whole, |at, &i| &at.parts[i]);
    if part.answer != Answer::Yes && (!path.is_empty() || part.parts.is_empty()) && if_yes(whole, path) == Answer::Yes {
        found.push(path.clone());
    }
    for i in 0..part.parts.len() {
        path.push(i);
        found.extend(near_paths(whole, path));
        path.pop();
    }
    found
}

fn at<'e>(whole: &'e mut Explanation, path: &[usize]) -> &'e mut Explanation {
    path.iter().fold(whole, |at, &i| &mut at.parts[i])
}

impl Explanation {
    /// The tree as lines: mark, sentence, what was seen, what is missing.
    pub fn render(&self, lang: Lang) -> String {
        let mut out = String::new();
        self.write(lang, 0, &mut out);
        out
    }

    fn write(&self, lang: Lang, depth: usize, out: &mut String) {
        let mark = match (self.answer, self.near) {
            (Answer::Yes, _) => "✓",
            (Answer::No, true) => "✗!",
            (Answer::No, false) => "✗",
            (Answer::Unknown, true) => "?!",
            (Answer::Unknown, false) => "?",
        };
        let said = match (self.joiner, lang) {
            (Some(Joiner::All), Lang::Zh) => "以下都要满足".to_string(),
            (Some(Joiner::All), Lang::En) => "all of".to_string(),
            (Some(Joiner::Any), Lang::Zh) => "以下满足其一".to_string(),
            (Some(Joiner::Any), Lang::En) => "any of".to_string(),
            (Some(Joiner::AtLeast(n)), Lang::Zh) => format!("以下至少满足 {n} 项"),
            (Some(Joiner::AtLeast(n)), Lang::En) => format!("at least {n} of"),
            (Some(Joiner::Not), Lang::Zh) => "以下不成立".to_string(),
            (Some(Joiner::Not), Lang::En) => "not".to_string(),
            (None, _) => self.sentence.get(lang).to_string(),
        };
        out.push_str(&format!("{}{mark} {said}", "  ".repeat(depth)));
        let notes = self.notes(lang);
        if !notes.is_empty() {
            let (open, close, by) = if lang == Lang::Zh { ("（", "）", "；") } else { (" (", ")", "; ") };
            out.push_str(&format!("{open}{}{close}", notes.join(by)));
        }
        out.push('\n');
        for part in &self.parts {
            part.write(lang, depth + 1, out);
        }
    }

    fn notes(&self, lang: Lang) -> Vec<String> {
        let mut notes: Vec<String> = self.facts.iter().map(|seen| format!("{} {}", seen.label.get(lang), seen.text.get(lang))).collect();
        if let Some(d) = self.distance.filter(|d| d.missing > 0 && self.answer == Answer::No) {
            let word = if lang == Lang::Zh { "差 " } else { "off by " };
            // of `more than` the one fen, person … beyond the limit goes without saying
            let gap = d.need.saturating_sub(d.have).saturating_abs();
            notes.push(format!("{word}{}", sentence::number(if gap > 0 { gap } else { d.missing }, d.unit, lang)));
        }
        if let Some(day) = self.time_cures {
            notes.push(if lang == Lang::Zh { format!("到 {day} 自然满足") } else { format!("holds by itself from {day}") });
        }
        notes
    }
}
