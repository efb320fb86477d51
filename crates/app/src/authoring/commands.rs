//! What is done with versions: begin, save, check, approve, return, discard, withdraw; and what is due by the day.
//!
//! Decisions are those of [`liangu_policy::release`]; here they are authorised, written, and made true for the rest of
//! the program: releasing writes the policy's rule and clauses in the same commit.
use super::project;
use super::version::{VERSION, Version, digest, put_in_force, read_content};
use super::wire::{NewPolicy, OpenVersion, PolicyVersion, SaveContent, VersionOrder};
use crate::eligibility::{CLAUSE, POLICY};
use crate::fault::{Fault, Outcome, forbidden, invalid};
use crate::reads::Reads as _;
use crate::records::NewRecord;
use crate::{Caller, RequestKey};
use liangu_base::{Date, Id, Text};
use liangu_expr::Expect;
use liangu_policy::content::Content;
use liangu_policy::release::{Command, Refusal, Standing, State, decide};
use liangu_policy::{Compiled, Frame, cases, compile, gate, source};
use liangu_store::{Change, Commit, Condition, Item, Query, Value, Values, Years};
use std::collections::BTreeMap;

/// Roles that write policies.
pub(crate) const AUTHORS: [&str; 2] = ["officer", "administrator"];
/// Versions released on one day.
const MOST_DUE: u32 = 500;
/// Longest note in characters.
const MOST_NOTE: usize = 500;

impl Caller<'_> {
    /// A new policy with its first draft; only offices see it until a version comes into force.
    ///
    /// # Errors
    /// As creating a record of `policy`.
    pub fn draft_policy(&self, new: &NewPolicy, key: &RequestKey) -> Outcome<PolicyVersion> {
        self.may_author()?;
        let mut values = new.0.clone();
        values.entry("series").or_insert_with(|| if self.app.installation().demonstration { "demonstration" } else { "real" }.into());
        let head = NewRecord { values, years: BTreeMap::new(), source: None };
        let version = self.app.next_id();
        let content = Content::default();
        let document = Version::put(version, &content)?;
        let (me, at) = (self.me(), self.now());
        let made = self.create_with(POLICY, &head, key, |policy, commit| {
            let title = title_of(commit, policy);
            if let Some(Change::Create { values, .. }) = commit.changes.first_mut() {
                values.insert("draft".to_owned(), Value::Bool(true));
            }
            let mut values = begun(policy, 1, None, &me, title);
            values.insert("saved_at".to_owned(), Value::Instant(at));
            commit.changes.push(Change::Create { record: VERSION.to_owned(), id: version, values, years: Years::new() });
            commit.documents.push(document.clone());
        })?;
        self.policy_version(&made.id, 1)
    }

    /// A draft that starts from what is in force.
    ///
    /// # Errors
    /// Conflict while another draft is open.
    pub fn open_version(&self, policy: &str, _: &OpenVersion, key: &RequestKey) -> Outcome<PolicyVersion> {
        self.may_author()?;
        let item = self.policy_item(policy)?;
        let versions = self.versions_of(item.id)?;
        if let Some(open) = open_version(&versions) {
            return Err(Fault::Conflict { code: "open", why: being_written(open), fields: vec![] });
        }
        let (base, content) = self.content_in_force(&item, &versions)?;
        let number = versions.iter().map(|v| v.number).max().unwrap_or(0) + 1;
        let id = self.app.next_id();
        let title = self.title(&self.app.model.records[POLICY], &item.values);
        let mut values = begun(item.id, number, base, &self.me(), Some(title));
        values.insert("saved_at".to_owned(), Value::Instant(self.now()));
        let mut commit = self.commit("policy_version.open");
        commit.changes.push(Change::Create { record: VERSION.to_owned(), id, values, years: Years::new() });
        commit.documents.push(Version::put(id, &content)?);
        self.commit_once(commit, Some(key), move |_| serde_json::json!({ "number": number }))?;
        self.policy_version(policy, number)
    }

    /// Keeps a draft as it now is.
    ///
    /// # Errors
    /// Stale when somebody else saved first; conflict when it is no draft any more.
    pub fn save_version(&self, policy: &str, number: i64, revision: i64, save: &SaveContent) -> Outcome<PolicyVersion> {
        self.may_author()?;
        let item = self.policy_item(policy)?;
        let version = self.version_numbered(item.id, number)?;
        let content = read_content(&save.content.0)?;
        self.decided(&version, Command::Save, &[])?;
        let mut commit = self.commit("policy_version.save");
        let mut values = Values::new();
        values.insert("saved_by".to_owned(), Value::text(self.me().1));
        values.insert("saved_at".to_owned(), Value::Instant(self.now()));
        values.insert("writers".to_owned(), Value::text(writers_with(&version.writers, &self.me().0)));
        // another content is another row, so that whoever saved on the earlier one is told
        values.insert("digest".to_owned(), Value::text(digest(&content)));
        commit.changes.push(update(&version, revision, values));
        commit.documents.push(Version::put(version.id, &content)?);
        self.app.write(commit)?;
        self.policy_version(policy, number)
    }

    /// # Errors
    /// Not found for an unknown command; conflict where the version's state or the gate refuses it; forbidden for one's
    /// own work.
    pub fn order_version(&self, policy: &str, number: i64, command: &str, revision: i64, order: &VersionOrder) -> Outcome<PolicyVersion> {
        self.may_author()?;
        let item = self.policy_item(policy)?;
        let version = self.version_numbered(item.id, number)?;
        let effective_from = match order.effective_from.as_deref().filter(|d| !d.is_empty()) {
            Some(text) => Some(
                Date::parse(text)
                    .map_err(|_| invalid("effective_from", "date", "日期写作 2026-12-01。", "Write the date as 2026-12-01."))?,
            ),
            None => None,
        };
        if order.note.as_ref().is_some_and(|note| note.chars().count() > MOST_NOTE) {
            return Err(invalid("note", "too_long", "说明至多 500 字。", "A note has at most 500 characters."));
        }
        let command = match command {
            "check" => Command::Check,
            "approve" => Command::Approve { effective_from },
            "return" => Command::Return,
            "discard" => Command::Discard,
            "withdraw" => Command::Withdraw,
            _ => return Err(Fault::NotFound),
        };
        let missing = match command {
            Command::Check | Command::Approve { .. } => self.missing(&item, &version)?,
            _ => Vec::new(),
        };
        let state = self.decided(&version, command, &missing)?;
        let mut commit = match command {
            Command::Check => self.commit("policy_version.check"),
            Command::Approve { .. } => self.commit("policy_version.approve"),
            Command::Return => self.commit("policy_version.return"),
            Command::Discard => self.commit("policy_version.discard"),
            _ => self.commit("policy_version.withdraw"),
        };
        let mut values = Values::new();
        values.insert("state".to_owned(), Value::text(state.name()));
        if let Some(note) = &order.note {
            values.insert("note".to_owned(), Value::text(note.clone()));
        }
        let me = self.me().1;
        match command {
            Command::Check => drop(values.insert("checked_by".to_owned(), Value::text(me))),
            Command::Approve { .. } => {
                values.insert("approved_by".to_owned(), Value::text(me));
                values.insert("effective_from".to_owned(), Value::Date(effective_from.unwrap_or(self.app.today())));
            }
            Command::Return => {
                for field in ["checked_by", "approved_by", "effective_from"] {
                    values.insert(field.to_owned(), Value::Null);
                }
            }
            Command::Withdraw => {
                values.insert("effective_to".to_owned(), Value::Date(self.app.today()));
                commit.changes.push(ended(&item, self.app.today()));
            }
            _ => {}
        }
        commit.changes.insert(0, update(&version, revision, values));
        if state == State::InForce {
            self.release_into(&mut commit, &item, &version, self.app.today())?;
        }
        self.app.write(commit)?;
        self.policy_version(policy, number)
    }

    /// Adds to a commit what a release changes: the policy, its clauses, the version before.
    fn release_into(&self, commit: &mut Commit, item: &Item, version: &Version, from: Date) -> Outcome<()> {
        let content = self.content_of(version)?;
        let rules = self.rules()?;
        let frame = rules.frame_with(&item.values, content.dates);
        let compiled = compile(&content, &frame);
        let clauses = self.app.store.children(CLAUSE, item.id)?;
        commit.documents.push(put_in_force(item.id, &content)?);
        commit.changes.extend(project::released(item, &clauses, &content, &compiled, &frame, from, || self.app.next_id()));
        for earlier in self.versions_of(item.id)?.iter().filter(|v| v.state == State::InForce && v.id != version.id) {
            let mut values = Values::new();
            values.insert("state".to_owned(), Value::text(State::Superseded.name()));
            values.insert("effective_to".to_owned(), Value::Date(from));
            commit.changes.push(update(earlier, earlier.revision, values));
        }
        Ok(())
    }

    /// Releases what is scheduled up to today. One that no longer passes its gate stays scheduled and is told in the log.
    pub(crate) fn release_due(&self) -> Outcome<()> {
        if !self.app.model.records.contains_key(VERSION) {
            return Ok(());
        }
        let today = self.app.today();
        let scheduled = Condition::In { field: "state".to_owned(), values: vec![Value::text(State::Scheduled.name())] };
        let due = Condition::Range { field: "effective_from".to_owned(), from: None, to: Some(Value::Date(today)) };
        let query = Query { conditions: vec![scheduled, due], limit: MOST_DUE, total: false, ..self.rows(VERSION)? };
        for row in self.app.store.query(VERSION, &query)?.items {
            // one that cannot be released must not keep others waiting
            if let Err(fault) = self.release_one(&row) {
                tracing::warn!(version = %row.id, ?fault, "a scheduled version could not be released");
            }
        }
        Ok(())
    }

    fn release_one(&self, row: &Item) -> Outcome<()> {
        let version = Version::read(row)?;
        let item = self.visible(POLICY, version.policy)?;
        let missing = self.missing(&item, &version)?;
        if !missing.is_empty() {
            tracing::warn!(version = %version.id, missing = missing.len(), "a scheduled version no longer passes its gate");
            return Ok(());
        }
        let state = self.decided(&version, Command::Release, &[])?;
        let mut commit = self.commit("policy_version.release");
        let values = Values::from([("state".to_owned(), Value::text(state.name()))]);
        commit.changes.push(update(&version, version.revision, values));
        self.release_into(&mut commit, &item, &version, version.effective_from.unwrap_or(self.app.today()))?;
        self.app.write(commit)?;
        Ok(())
    }

    /// What keeps a version from being checked.
    pub(crate) fn missing(&self, item: &Item, version: &Version) -> Outcome<Vec<Text>> {
        let content = self.content_of(version)?;
        let frame = self.rules()?.frame_with(&item.values, content.dates);
        let compiled = compile(&content, &frame);
        let results = cases::run(&content, &compiled, &frame);
        let mut missing = gate::missing(&content, &compiled, &results);
        if missing.is_empty() {
            missing.extend(self.unmatched(&content, &compiled, &frame)?);
        }
        Ok(missing)
    }

    /// Why the rule as a whole cannot be decided for all firms, if it cannot.
    fn unmatched(&self, content: &Content, compiled: &Compiled, frame: &Frame) -> Outcome<Option<Text>> {
        let Some(text) = source::rule(content, compiled) else { return Ok(None) };
        let why = match frame.typed(&text, Expect::Bool) {
            Err(findings) => findings.into_iter().next().map(|finding| finding.message),
            Ok(rule) => {
                let state = self.app.eligibility.able_to_answer(&self.app.store, self.now(), &[&rule])?;
                state.engine.policy(&rule).err().map(|refused| Text::new(refused.to_string(), refused.to_string()))
            }
        };
        Ok(why.map(|why| {
            Text::new(format!("合起来的规则不能对所有企业判定：{}", why.zh), format!("the rule as a whole cannot be decided: {}", why.en))
        }))
    }

    fn decided(&self, version: &Version, command: Command, missing: &[Text]) -> Outcome<State> {
        let standing = Standing { state: version.state, writers: &version.writers, effective_from: version.effective_from, missing };
        decide(&standing, command, &self.me().0, self.app.today()).map_err(refused)
    }

    /// Account id and name of this person.
    pub(crate) fn me(&self) -> (String, String) {
        (self.principal.account.map_or_else(|| "console".to_owned(), |id| id.text("acc")), self.principal.name.clone())
    }

    /// # Errors
    /// Forbidden to others than officers and administrators.
    pub(crate) fn may_author(&self) -> Outcome<()> {
        if AUTHORS.iter().any(|role| self.principal.has(role)) {
            return Ok(());
        }
        Err(forbidden("author", "只有部门人员可以编写政策。", "Only officers write policies."))
    }
}

fn refused(refusal: Refusal) -> Fault {
    match refusal.code {
        "own_work" => Fault::Forbidden { code: "own_work", why: refusal.why },
        code => Fault::Conflict { code, why: refusal.why, fields: vec![] },
    }
}

/// The version that is being worked on, if any.
pub(crate) fn open_version(versions: &[Version]) -> Option<&Version> {
    versions.iter().find(|v| matches!(v.state, State::Draft | State::Checked | State::Scheduled))
}

pub(crate) fn being_written(open: &Version) -> Text {
    let who = open.author_name.clone().unwrap_or_default();
    Text::new(
        format!("第 {} 版正在起草（{who}），先完成或弃用它", open.number),
        format!("version {} is being written ({who}); finish or discard it first", open.number),
    )
}

pub(crate) fn name(command: Command) -> &'static str {
    match command {
        Command::Save => "save",
        Command::Check => "check",
        Command::Approve { .. } => "approve",
        Command::Return => "return",
        Command::Discard => "discard",
        Command::Withdraw => "withdraw",
        Command::Release => "release",
        Command::Supersede => "supersede",
    }
}

fn begun(policy: Id, number: i64, base: Option<i64>, (account, name): &(String, String), title: Option<String>) -> Values {
    let mut values = Values::from([
        ("policy".to_owned(), Value::Ref(policy)),
        ("number".to_owned(), Value::Int(number)),
        // two people who begin at once: one of them is told
        ("slot".to_owned(), Value::text(format!("{policy} {number}"))),
        ("state".to_owned(), Value::text(State::Draft.name())),
        ("author".to_owned(), Value::text(account.clone())),
        ("author_name".to_owned(), Value::text(name.clone())),
        ("writers".to_owned(), Value::text(writers_with(&[], account))),
        ("saved_by".to_owned(), Value::text(name.clone())),
    ]);
    if let Some(base) = base {
        values.insert("base".to_owned(), Value::Int(base));
    }
    if let Some(title) = title {
        values.insert("name".to_owned(), Value::text(format!("{} · {number}", title.chars().take(200).collect::<String>())));
    }
    values
}

fn writers_with(writers: &[String], account: &str) -> String {
    let mut all: Vec<&str> = writers.iter().map(String::as_str).collect();
    if !all.contains(&account) {
        all.push(account);
    }
    all.join("|")
}

fn update(version: &Version, revision: i64, values: Values) -> Change {
    Change::Update { record: VERSION.to_owned(), id: version.id, expected_version: Some(revision), values, years: Years::new() }
}

/// The policy ends the day before.
fn ended(item: &Item, today: Date) -> Change {
    let values = Values::from([("valid_to".to_owned(), Value::Date(today.add_days(-1)))]);
    Change::Update { record: POLICY.to_owned(), id: item.id, expected_version: None, values, years: Years::new() }
}

fn title_of(commit: &Commit, policy: Id) -> Option<String> {
    commit.changes.iter().find_map(|change| match change {
        Change::Create { id, values, .. } if *id == policy => match values.get("title") {
            Some(Value::Bilingual(title)) => Some(title.zh.to_string()),
            _ => None,
        },
        _ => None,
    })
}
