//! What waits for a person, the most pressing first, over all record types with a flow.
//!
//! An office sees the cases it holds and those of its roles' pools, or everything in sight; a firm sees what it must do,
//! what is under way for it, and what is done. Every list is cut by the reader's scope.
use super::case::{firm_field, firm_of};
use super::groups::{Days, Group, GroupCounts, PRESSING, States};
use super::merge::merged;
use super::view::{CommandView, LampView, is_mine, label_of};
use super::with_flow;
use super::write::{instant_of, text_of};
use crate::eligibility::FIRM;
use crate::fault::{Outcome, bad_request};
use crate::reads::Reads as _;
use crate::records::limit as read_limit;
use crate::views::{Titled, Words};
use crate::{App, Caller};
use liangu_base::Instant;
use liangu_flow::{Definition, Holder, definition};
use liangu_model::record::{FieldType, Record};
use liangu_store::{Condition, Cursor, Item, Query, Sort, Value, Values};
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use utoipa::ToSchema;

const PAGE: u32 = 30;

#[derive(Debug, Serialize, ToSchema)]
pub struct Inbox {
    /// What is shown: `mine` (held or in the pool), `pool`, `all`; of a firm `todo`, `running`, `done`.
    pub show: String,
    pub groups: GroupCounts,
    pub items: Vec<InboxItem>,
    pub next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct InboxItem {
    pub record: String,
    pub id: String,
    pub version: i64,
    pub number: Option<String>,
    /// What it is about, such as its policy; where it is about nothing else, its own title.
    pub title: String,
    pub firm: Option<Titled>,
    pub state: String,
    pub state_label: Words,
    pub entered_at: Option<String>,
    pub lamp: LampView,
    pub promised: Option<String>,
    pub provisional: bool,
    pub holder_name: Option<String>,
    /// This reader has the duty.
    pub mine: bool,
    /// Nobody of the role has taken it.
    pub unassigned: bool,
    pub commands: Vec<CommandView>,
}

/// What an inbox is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct InboxQuery<'q> {
    pub record: Option<&'q str>,
    pub group: Option<&'q str>,
    pub show: Option<&'q str>,
    pub after: Option<&'q str>,
    pub limit: Option<&'q str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Show {
    /// Held by this person, and the pool.
    Desk,
    Mine,
    Pool,
    All,
    Todo,
    Running,
    Done,
}

/// One query of the list.
struct Stream<'m> {
    record: &'m Record,
    definition: &'m Definition,
    /// Scope and whose cases; without states.
    query: Query,
}

impl Caller<'_> {
    /// # Errors
    /// A bad request for a parameter that is none of those declared, not found for a record type without a flow.
    pub fn inbox(&self, asked: &InboxQuery<'_>) -> Outcome<Inbox> {
        let show = self.show(asked.show)?;
        let wrong =
            || bad_request("group", "group 可为 overdue、today、soon、later、paused。", "group is overdue, today, soon, later or paused.");
        let group = asked.group.map(|name| Group::read(name).ok_or_else(wrong)).transpose()?;
        let limit = asked.limit.map_or(Ok(PAGE), read_limit)?;
        let streams = self.streams(show, asked.record)?;
        let days = Days::from(self.app.moment().date_beijing(), self.app.calendar());
        let sort = match show {
            Show::Done => Sort { field: "closed_at".to_owned(), descending: true },
            _ => Sort { field: PRESSING.to_owned(), descending: false },
        };
        let fetch = |stream: usize, after: Option<Cursor>| {
            let Stream { record, definition, query } = &streams[stream];
            let mut conditions = query.conditions.clone();
            conditions.extend(within(show, definition, group, days));
            let query = Query { conditions, sort: Some(sort.clone()), after, limit, total: false, ..query.clone() };
            Ok(self.app.store.query(&record.name, &query)?)
        };
        let place = |item: &Item| Cursor::of(&sort, item.values.get(&sort.field), item.id);
        let found = merged(streams.len(), asked.after, limit as usize, fetch, |a, b| first(&sort, a, b), place)?;
        let rows: Vec<(&Stream<'_>, &Item)> = found.items.iter().map(|(stream, item)| (&streams[*stream], item)).collect();
        Ok(Inbox {
            show: show.name().to_owned(),
            groups: self.group_counts(show, &streams, days)?,
            items: self.inbox_items(&rows)?,
            next: found.next,
        })
    }

    fn show(&self, name: Option<&str>) -> Outcome<Show> {
        let firm = self.principal.firm.is_some() && self.principal.has(definition::FIRM);
        let show = match name {
            None if firm => Show::Todo,
            None => Show::Desk,
            Some("mine") => Show::Mine,
            Some("pool") => Show::Pool,
            Some("desk") => Show::Desk,
            Some("all") => Show::All,
            Some("todo") if firm => Show::Todo,
            Some("running") if firm => Show::Running,
            Some("done") if firm => Show::Done,
            Some(_) => {
                let (zh, en) = (
                    "show 可为 desk、mine、pool、all；企业用户为 todo、running、done。",
                    "show is desk, mine, pool or all; for a firm todo, running or done.",
                );
                return Err(bad_request("show", zh, en));
            }
        };
        Ok(show)
    }

    fn streams(&self, show: Show, only: Option<&str>) -> Outcome<Vec<Stream<'_>>> {
        if let Some(name) = only {
            self.cases(name)?;
        }
        let me = Value::text(self.me().0);
        let held = || vec![Condition::In { field: "holder".to_owned(), values: vec![me.clone()] }];
        let roles: Vec<Value> = self.principal.roles.iter().map(|role| Value::text(role.clone())).collect();
        let pool = || {
            vec![
                Condition::In { field: "holder_role".to_owned(), values: roles.clone() },
                Condition::Known { field: "holder".to_owned(), known: false },
            ]
        };
        let mut streams = Vec::new();
        for (record, definition) in with_flow(self.app) {
            if only.is_some_and(|name| name != record.name) || self.record_type(&record.name).is_err() {
                continue;
            }
            let own = || {
                let field = firm_field(record)?.to_owned();
                Some(vec![Condition::In { field, values: vec![Value::Ref(self.principal.firm?)] }])
            };
            let kinds = match show {
                Show::Desk => vec![held(), pool()],
                Show::Mine => vec![held()],
                Show::Pool => vec![pool()],
                Show::All => vec![Vec::new()],
                Show::Todo | Show::Running | Show::Done => own().into_iter().collect(),
            };
            for conditions in kinds {
                let query = Query { conditions, ..self.rows(&record.name)? };
                streams.push(Stream { record, definition, query });
            }
        }
        Ok(streams)
    }

    fn group_counts(&self, show: Show, streams: &[Stream<'_>], days: Days) -> Outcome<GroupCounts> {
        let mut counts = GroupCounts::default();
        if show == Show::Done {
            return Ok(counts);
        }
        for stream in streams {
            let (pressed, paused) = show.states().split(stream.definition);
            let of = |values: Vec<Value>| {
                let mut conditions = stream.query.conditions.clone();
                conditions.push(Condition::In { field: "state".to_owned(), values });
                Query { conditions, total: false, ..stream.query.clone() }
            };
            if !pressed.is_empty() {
                days.count(&self.app.store.totals(&stream.record.name, &of(pressed), None, Some(PRESSING))?, &mut counts);
            }
            if !paused.is_empty() {
                counts.paused += self.app.store.count(&stream.record.name, &of(paused))?;
            }
        }
        Ok(counts)
    }

    fn inbox_items(&self, rows: &[(&Stream<'_>, &Item)]) -> Outcome<Vec<InboxItem>> {
        let mut titles: BTreeMap<String, String> = BTreeMap::new();
        let mut kinds: Vec<&Record> = rows.iter().map(|(stream, _)| stream.record).collect();
        kinds.dedup_by_key(|record| &record.name);
        for record in kinds {
            let of_it: Vec<&Values> = rows.iter().filter(|(s, _)| s.record.name == record.name).map(|(_, item)| &item.values).collect();
            titles.extend(self.ref_titles(record, &of_it)?);
        }
        rows.iter().map(|(stream, item)| self.inbox_item(stream, item, &titles)).collect()
    }

    /// `titles`: of the records it refers to, by outside id.
    fn inbox_item(&self, stream: &Stream<'_>, item: &Item, titles: &BTreeMap<String, String>) -> Outcome<InboxItem> {
        let (record, definition) = (stream.record, stream.definition);
        let case = self.case_now(definition, item)?;
        let actor = self.actor(record, item)?;
        let promise = liangu_flow::promise(definition, &case);
        let firm = firm_of(record, &item.values).map(|firm| firm.text(&self.app.model.records[FIRM].prefix));
        let firm = firm.map(|id| Titled { title: titles.get(&id).cloned().unwrap_or_default(), id });
        let subject = subject_of(self.app, record, &item.values).and_then(|id| titles.get(&id).cloned());
        Ok(InboxItem {
            record: record.name.clone(),
            id: item.id.text(&record.prefix),
            version: item.version,
            number: text_of(&item.values, "number").map(str::to_owned),
            title: subject.unwrap_or_else(|| self.title(record, &item.values)),
            firm,
            state_label: label_of(definition, &case.state).into(),
            entered_at: instant_of(&item.values, "entered_at").map(Instant::to_rfc3339_beijing),
            lamp: self.lamp(definition, &case),
            promised: promise.map(|promise| promise.date.to_string()),
            provisional: promise.is_some_and(|promise| promise.provisional),
            holder_name: text_of(&item.values, "holder_name").map(str::to_owned),
            mine: is_mine(&case, &actor),
            unassigned: matches!(case.holder, Holder::Role(_)),
            commands: self.offers(record, definition, item, &case, &actor)?,
            state: case.state,
        })
    }
}

impl Show {
    fn name(self) -> &'static str {
        match self {
            Show::Desk => "desk",
            Show::Mine => "mine",
            Show::Pool => "pool",
            Show::All => "all",
            Show::Todo => "todo",
            Show::Running => "running",
            Show::Done => "done",
        }
    }

    fn states(self) -> States {
        match self {
            Show::Desk | Show::Mine | Show::Pool | Show::All => States::Office,
            Show::Todo => States::FirmTodo,
            Show::Running => States::FirmRunning,
            Show::Done => States::Done,
        }
    }
}

/// Outside id of what a numbered case is about: the first record among its columns that is no firm.
fn subject_of(app: &App, record: &Record, values: &Values) -> Option<String> {
    let numbered = matches!(record.fields.get(&record.title).map(|field| &field.ty), Some(FieldType::Number { .. }));
    if !numbered {
        return None;
    }
    record.columns.iter().find_map(|column| match (&record.fields.get(column)?.ty, values.get(column)?) {
        (FieldType::Ref { record: target }, Value::Ref(id)) if target != FIRM => Some(id.text(&app.model.records.get(target)?.prefix)),
        _ => None,
    })
}

/// Conditions on state and day.
fn within(show: Show, definition: &Definition, group: Option<Group>, days: Days) -> Vec<Condition> {
    let (pressed, paused) = show.states().split(definition);
    let values = match group {
        None => pressed.into_iter().chain(paused).collect(),
        Some(Group::Paused) => paused,
        Some(_) => pressed,
    };
    let mut conditions = vec![Condition::In { field: "state".to_owned(), values }];
    conditions.extend(group.and_then(|group| days.condition(group)));
    conditions
}

/// The order of the list over all its queries: what has no day comes last.
fn first(sort: &Sort, a: &Item, b: &Item) -> Ordering {
    let key = |item: &Item| match item.values.get(&sort.field) {
        Some(Value::Date(day)) => Some(i64::from(day.days())),
        Some(Value::Instant(at)) => Some(at.micros()),
        _ => None,
    };
    let (x, y) = (key(a), key(b));
    let missing = x.is_none().cmp(&y.is_none());
    let by = x.cmp(&y).then_with(|| a.id.cmp(&b.id));
    missing.then(if sort.descending { by.reverse() } else { by })
}
