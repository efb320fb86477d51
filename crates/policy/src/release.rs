//! The life of a version: draft → checked → scheduled → in force → superseded or withdrawn.
//!
//! Nothing goes into force untested or by one person alone: checking runs the gate ([`crate::gate`]), approving needs
//! someone who wrote none of it. Pure: who, when and what stands are arguments.
use liangu_base::{Date, Text};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Draft,
    /// Its cases passed; waits for another person.
    Checked,
    /// Approved, in force from a day to come.
    Scheduled,
    InForce,
    Superseded,
    Withdrawn,
    Discarded,
}

impl State {
    pub const ALL: [State; 7] =
        [State::Draft, State::Checked, State::Scheduled, State::InForce, State::Superseded, State::Withdrawn, State::Discarded];

    pub fn name(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Checked => "checked",
            State::Scheduled => "scheduled",
            State::InForce => "in_force",
            State::Superseded => "superseded",
            State::Withdrawn => "withdrawn",
            State::Discarded => "discarded",
        }
    }

    pub fn parse(name: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether nothing can follow.
    pub fn is_final(self) -> bool {
        matches!(self, State::Superseded | State::Withdrawn | State::Discarded)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Save,
    Check,
    Approve {
        effective_from: Option<Date>,
    },
    /// Back to its authors.
    Return,
    Discard,
    Withdraw,
    /// The day of a scheduled version has come.
    Release,
    /// Another version of the policy comes into force.
    Supersede,
}

/// What a decision needs to know of a version.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    pub state: State,
    /// Everyone who wrote in it, as account ids.
    pub writers: &'a [String],
    pub effective_from: Option<Date>,
    /// What the gate finds missing; nothing: it may be checked.
    pub missing: &'a [Text],
}

/// A command that cannot be done, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub code: &'static str,
    pub why: Text,
}

/// The state after a command of `actor` on `today`.
pub fn decide(standing: &Standing<'_>, command: Command, actor: &str, today: Date) -> Result<State, Refusal> {
    use State::{Checked, Discarded, Draft, InForce, Scheduled, Superseded, Withdrawn};
    match (standing.state, command) {
        (Draft, Command::Save) => Ok(Draft),
        (Draft, Command::Check) => match standing.missing {
            [] => Ok(Checked),
            missing => Err(incomplete(missing)),
        },
        (Checked, Command::Approve { effective_from }) => {
            if standing.writers.iter().any(|writer| writer == actor) {
                return Err(own_work());
            }
            if let [_, ..] = standing.missing {
                return Err(incomplete(standing.missing));
            }
            Ok(if effective_from.is_some_and(|day| day > today) { Scheduled } else { InForce })
        }
        (Checked | Scheduled, Command::Return) => Ok(Draft),
        (Draft | Checked | Scheduled, Command::Discard) => Ok(Discarded),
        (Scheduled, Command::Release) if standing.effective_from.is_none_or(|day| day <= today) => Ok(InForce),
        (InForce, Command::Withdraw) => Ok(Withdrawn),
        (InForce, Command::Supersede) => Ok(Superseded),
        (state, command) => Err(out_of_order(state, command)),
    }
}

fn own_work() -> Refusal {
    Refusal {
        code: "own_work",
        why: Text::fixed("你写过这个版本，须由另一位同事批准", "You wrote in this version; another person must approve it"),
    }
}

fn incomplete(missing: &[Text]) -> Refusal {
    let zh: Vec<&str> = missing.iter().map(|m| m.zh.as_ref()).collect();
    let en: Vec<&str> = missing.iter().map(|m| m.en.as_ref()).collect();
    Refusal { code: "gate", why: Text::new(format!("还不能提交：{}", zh.join("；")), format!("Not yet: {}", en.join("; "))) }
}

fn out_of_order(state: State, command: Command) -> Refusal {
    let (zh, en) = match state {
        State::Draft => ("草稿", "a draft"),
        State::Checked => ("已核对的版本", "a checked version"),
        State::Scheduled => ("待生效的版本", "a scheduled version"),
        State::InForce => ("生效中的版本", "a version in force"),
        State::Superseded => ("已被替代的版本", "a superseded version"),
        State::Withdrawn => ("已废止的版本", "a withdrawn version"),
        State::Discarded => ("已弃用的草稿", "a discarded draft"),
    };
    let (does, do_en) = match command {
        Command::Save => ("修改", "be changed"),
        Command::Check => ("核对", "be checked"),
        Command::Approve { .. } => ("批准", "be approved"),
        Command::Return => ("退回", "be returned"),
        Command::Discard => ("弃用", "be discarded"),
        Command::Withdraw => ("废止", "be withdrawn"),
        Command::Release => ("生效", "come into force yet"),
        Command::Supersede => ("被替代", "be superseded"),
    };
    Refusal { code: "state", why: Text::new(format!("{zh}不能{does}"), format!("{en} cannot {do_en}")) }
}

#[cfg(test)]
mod tests {
    use super::{Command, Standing, State, decide};
    use liangu_base::{Date, Text};

    fn day(d: u32) -> Date {
        Date::from_ymd(2026, 11, d).unwrap()
    }

    fn after(state: State, command: Command, actor: &str, missing: &[Text]) -> Result<State, &'static str> {
        let writers = ["author".to_owned()];
        let standing = Standing { state, writers: &writers, effective_from: Some(day(25)), missing };
        decide(&standing, command, actor, day(20)).map_err(|refusal| refusal.code)
    }

    #[test]
    fn a_version_goes_its_way_and_no_other() {
        use State::{Checked, Discarded, Draft, InForce, Scheduled, Superseded, Withdrawn};
        let approve = |d| Command::Approve { effective_from: Some(day(d)) };
        let steps = [
            (Draft, Command::Save, "author", Ok(Draft)),
            (Draft, Command::Check, "author", Ok(Checked)),
            (Draft, approve(20), "other", Err("state")),
            (Checked, Command::Save, "author", Err("state")),
            (Checked, approve(20), "author", Err("own_work")),
            (Checked, approve(20), "other", Ok(InForce)),
            (Checked, approve(21), "other", Ok(Scheduled)),
            (Checked, Command::Return, "other", Ok(Draft)),
            (Scheduled, Command::Release, "", Err("state")),
            (Scheduled, Command::Return, "other", Ok(Draft)),
            (InForce, Command::Withdraw, "other", Ok(Withdrawn)),
            (InForce, Command::Supersede, "", Ok(Superseded)),
            (InForce, Command::Discard, "author", Err("state")),
            (Superseded, Command::Withdraw, "other", Err("state")),
            (Draft, Command::Discard, "author", Ok(Discarded)),
        ];
        for (state, command, actor, expected) in steps {
            assert_eq!(after(state, command, actor, &[]), expected, "{state:?} {command:?} by {actor}");
        }
    }

    #[test]
    fn nothing_untested_is_checked_or_approved() {
        let missing = [Text::fixed("两条没有用例", "two clauses have no case")];
        assert_eq!(after(State::Draft, Command::Check, "author", &missing), Err("gate"));
        assert_eq!(after(State::Checked, Command::Approve { effective_from: None }, "other", &missing), Err("gate"));
    }

    #[test]
    fn what_is_over_stays_over() {
        let commands =
            [Command::Save, Command::Check, Command::Return, Command::Discard, Command::Withdraw, Command::Release, Command::Supersede];
        for state in State::ALL.into_iter().filter(|state| state.is_final()) {
            for command in commands {
                assert_eq!(after(state, command, "other", &[]), Err("state"), "{state:?} {command:?}");
            }
        }
    }
}
