//! Versions as authors read them: one, all of a policy, all that ask for attention, and what changed between two.
use super::commands::{being_written, open_version};
use super::version::{VERSION, Version};
use super::wire::{
    AuthoringLine, AuthoringList, DifferenceLine, Differences, PolicyHead, PolicyVersion, PolicyVersions, SplitClause, SplitClauses,
    VersionLine,
};
use crate::Caller;
use crate::eligibility::POLICY;
use crate::fault::{Outcome, invalid};
use crate::reads::Reads as _;
use crate::views::{Permission, Raw, Words};
use liangu_base::Text;
use liangu_policy::difference::{Change, differences};
use liangu_policy::release::{Command, Standing, State, decide};
use liangu_policy::split;
use liangu_store::{Condition, Item, Query, Sort, Value};
use std::collections::BTreeMap;

/// Versions of a state that a list shows.
const SHOWN: u32 = 50;

impl Caller<'_> {
    pub fn policy_version(&self, policy: &str, number: i64) -> Outcome<PolicyVersion> {
        self.may_author()?;
        let item = self.policy_item(policy)?;
        let version = self.version_numbered(item.id, number)?;
        let content = self.content_of(&version)?;
        let missing = match version.state {
            State::Draft | State::Checked => self.missing(&item, &version)?,
            _ => Vec::new(),
        };
        Ok(PolicyVersion {
            content: Raw(serde_json::to_value(&content).unwrap_or_default()),
            can: self.may(&version, &missing),
            base: version.base,
            policy: self.policy_head(&item),
            line: line(&version),
        })
    }

    /// The commands a person may give now, and why not the others.
    fn may(&self, version: &Version, missing: &[Text]) -> BTreeMap<String, Permission> {
        let commands = [
            Command::Save,
            Command::Check,
            Command::Approve { effective_from: None },
            Command::Return,
            Command::Discard,
            Command::Withdraw,
        ];
        let standing = Standing { state: version.state, writers: &version.writers, effective_from: version.effective_from, missing };
        let one = |command: Command| {
            let permission = match decide(&standing, command, &self.me().0, self.app.today()) {
                Ok(_) => Permission::granted(),
                Err(refusal) => Permission::refused(refusal.why),
            };
            (super::commands::name(command).to_owned(), permission)
        };
        commands.into_iter().map(one).collect()
    }

    pub fn policy_versions(&self, policy: &str) -> Outcome<PolicyVersions> {
        self.may_author()?;
        let item = self.policy_item(policy)?;
        let versions = self.versions_of(item.id)?;
        let open = match open_version(&versions) {
            Some(open) => Permission::refused(being_written(open)),
            None => Permission::granted(),
        };
        Ok(PolicyVersions {
            policy: self.policy_head(&item),
            versions: versions.iter().map(line).collect(),
            can: BTreeMap::from([("open".to_owned(), open)]),
        })
    }

    /// What there is to do; `q` narrows by the policies' titles.
    pub fn authoring(&self, q: Option<&str>) -> Outcome<AuthoringList> {
        self.may_author()?;
        let mut list = AuthoringList::default();
        let me = self.me().0;
        for line in self.lines(&[State::Draft], q)? {
            if line.0.writers.contains(&me) { list.mine.push(line.1) } else { list.others.push(line.1) }
        }
        let lines = |states: &[State]| Ok::<_, crate::Fault>(self.lines(states, q)?.into_iter().map(|(_, line)| line).collect());
        list.waiting = lines(&[State::Checked])?;
        list.scheduled = lines(&[State::Scheduled])?;
        list.recent = lines(&[State::InForce, State::Superseded, State::Withdrawn])?;
        Ok(list)
    }

    fn lines(&self, states: &[State], q: Option<&str>) -> Outcome<Vec<(Version, AuthoringLine)>> {
        let states = states.iter().map(|state| Value::text(state.name())).collect();
        let query = Query {
            conditions: vec![Condition::In { field: "state".to_owned(), values: states }],
            text: q.map(str::trim).filter(|q| !q.is_empty()).map(|q| q.chars().take(100).collect()),
            sort: Some(Sort { field: "saved_at".to_owned(), descending: true }),
            limit: SHOWN,
            total: false,
            ..self.rows(VERSION)?
        };
        let rows = self.app.store.query(VERSION, &query)?.items;
        let versions: Vec<Version> = rows.iter().map(Version::read).collect::<Outcome<_>>()?;
        let ids: Vec<_> = versions.iter().map(|v| v.policy).collect();
        let policies: BTreeMap<_, Item> = self.app.store.get_many(POLICY, &ids)?.into_iter().map(|item| (item.id, item)).collect();
        let with_policy = |version: Version| {
            let policy = self.policy_head(policies.get(&version.policy)?);
            let line = AuthoringLine { line: line(&version), policy };
            Some((version, line))
        };
        Ok(versions.into_iter().filter_map(with_policy).collect())
    }

    /// What a version changes, by meaning; `from` is the number of an earlier one, by default what is in force.
    pub fn version_difference(&self, policy: &str, number: i64, from: Option<i64>) -> Outcome<Differences> {
        self.may_author()?;
        let item = self.policy_item(policy)?;
        let versions = self.versions_of(item.id)?;
        let version = self.version_numbered(item.id, number)?;
        let (from, before) = match from {
            Some(from) => (Some(from), self.content_of(&self.version_numbered(item.id, from)?)?),
            // a version in force or past is compared with the one it came after
            None if version.state != State::Draft && version.state != State::Checked && version.state != State::Scheduled => {
                match version.base {
                    Some(base) => (Some(base), self.content_of(&self.version_numbered(item.id, base)?)?),
                    None => (None, liangu_policy::Content::default()),
                }
            }
            None => self.content_in_force(&item, &versions)?,
        };
        let after = self.content_of(&version)?;
        let frame = self.rules()?.frame_with(&item.values, after.dates);
        let found = differences(&before, &after, &frame);
        let line = |d: liangu_policy::difference::Difference| DifferenceLine {
            change: match d.change {
                Change::Added => "added",
                Change::Removed => "removed",
                Change::Changed => "changed",
            }
            .to_owned(),
            part: d.part.to_owned(),
            key: d.key,
            label: d.label.into(),
            before: d.before.map(Words::from),
            after: d.after.map(Words::from),
        };
        Ok(Differences { from, differences: found.into_iter().map(line).collect() })
    }

    /// Cuts the text of a document into clauses; nothing is kept.
    ///
    /// # Errors
    /// Invalid for a text that is too long.
    pub fn split_text(&self, text: &str) -> Outcome<SplitClauses> {
        self.may_author()?;
        if text.chars().count() > split::MAX_CHARACTERS {
            let (zh, en) = ("原文超过 6 万字，请分段粘贴。", "The text is over 60,000 characters; paste it in parts.");
            return Err(invalid("text", "too_long", zh, en));
        }
        let clauses = split::split(text).into_iter().map(|piece| SplitClause { article: piece.article, text: piece.text });
        Ok(SplitClauses { clauses: clauses.collect() })
    }

    pub(crate) fn policy_head(&self, item: &Item) -> PolicyHead {
        let values = &item.values;
        let words = |field: &str| match values.get(field) {
            Some(Value::Bilingual(text)) => Words::from(text),
            _ => Words::from(Text::default()),
        };
        let word = |field: &str| match values.get(field) {
            Some(Value::Text(text)) => Some(text.clone()),
            Some(Value::Date(date)) => Some(date.to_string()),
            _ => None,
        };
        let flag = |field: &str| values.get(field) == Some(&Value::Bool(true));
        PolicyHead {
            id: item.id.text(&self.app.model.records[POLICY].prefix),
            title: words("title"),
            number: word("number"),
            issuer: words("issuer"),
            level: word("level"),
            region: word("region"),
            kind: word("kind"),
            published: word("published"),
            valid_from: word("valid_from"),
            valid_to: word("valid_to"),
            window_from: word("window_from"),
            window_to: word("window_to"),
            draft: flag("draft"),
            synthetic: flag("synthetic"),
        }
    }
}

fn line(version: &Version) -> VersionLine {
    let day = |date: Option<liangu_base::Date>| date.map(|d| d.to_string());
    VersionLine {
        number: version.number,
        state: version.state.name().to_owned(),
        revision: version.revision,
        author: version.author_name.clone(),
        checked_by: version.checked_by.clone(),
        approved_by: version.approved_by.clone(),
        effective_from: day(version.effective_from),
        effective_to: day(version.effective_to),
        saved_by: version.saved_by.clone(),
        saved_at: version.saved_at.map(|at| at.to_rfc3339_beijing()),
        note: version.note.clone(),
    }
}
