//! A claim's flow, small enough to be read, and what tests ask of it.
use liangu_base::{Date, Instant, Text, WorkCalendar};
use liangu_flow::*;

/// 2023 to 2026 are published, 2027 is not.
pub fn calendar() -> WorkCalendar {
    let text = include_str!("../../../../packs/standards/holidays.json");
    serde_json::from_str(text).expect("the shipped calendar")
}

pub fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

/// Ten in the morning in Beijing.
pub fn at(text: &str) -> Instant {
    Instant::at_beijing(day(text), 10, 0, 0).expect("a time")
}

/// The first moment of the day in Beijing.
pub fn midnight(text: &str) -> Instant {
    Instant::start_of(day(text))
}

pub fn officer(account: &str) -> Actor {
    office(account, "officer")
}

pub fn office(account: &str, role: &str) -> Actor {
    Actor { account: account.into(), name: account.into(), roles: vec![role.into()], is_firm: false }
}

pub fn firm() -> Actor {
    Actor { account: "firm".into(), name: "firm".into(), roles: vec![], is_firm: true }
}

pub fn names(words: &str) -> Vec<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

fn label(name: &str) -> Text {
    Text::new(format!("〈{name}〉"), name.to_owned())
}

pub fn state(name: &str, kind: Kind, duty: &str) -> (String, State) {
    let duty = match duty {
        "" => Duty::Nobody,
        "firm" => Duty::Firm,
        role => Duty::Role(role.into()),
    };
    (name.into(), State { label: label(name), kind, duty })
}

pub fn waiting(lapses: u32, to: &str) -> Kind {
    Kind::Waiting { lapses, to: to.into() }
}

pub fn timed(ends: u32, to: &str) -> Kind {
    Kind::Timed { ends, to: to.into() }
}

pub fn done(outcome: Outcome, reopen: Option<u32>) -> Kind {
    Kind::Done { outcome, reopen }
}

/// `from` and `by` as words.
pub fn command(name: &str, from: &str, to: &str, by: &str) -> (String, Command) {
    let command = Command {
        label: label(name),
        from: names(from),
        to: to.into(),
        by: names(by),
        holder_only: false,
        takes: false,
        not: vec![],
        needs: vec![],
        confirm: None,
    };
    (name.into(), command)
}

pub fn clock(name: &str, days: u32, starts: &str, stops: &str) -> (String, Clock) {
    (name.into(), Clock { label: label(name), days, starts: names(starts), stops: names(stops) })
}

pub fn escalation(clock: &str, after: i32, to: &str) -> Escalation {
    Escalation { clock: clock.into(), after, to: to.into() }
}

pub fn claim() -> Definition {
    let with = |(name, command): (String, Command), change: fn(&mut Command)| {
        let mut command = command;
        change(&mut command);
        (name, command)
    };
    Definition {
        version: 1,
        start: "draft".into(),
        other_starts: names("consenting"),
        states: [
            state("draft", Kind::Draft, "firm"),
            state("consenting", waiting(20, "lapsed"), "firm"),
            state("submitted", Kind::Open, "officer"),
            state("reviewing", Kind::Open, "officer"),
            state("correcting", waiting(10, "lapsed"), "firm"),
            state("deciding", Kind::Open, "reviewer"),
            state("notice", timed(5, "payable"), "reviewer"),
            state("objected", Kind::Open, "reviewer"),
            state("payable", Kind::Open, "finance"),
            state("paid", done(Outcome::Fulfilled, None), ""),
            state("refused", done(Outcome::Refused, Some(10)), ""),
            state("lapsed", done(Outcome::Withdrawn, None), ""),
            state("withdrawn", done(Outcome::Withdrawn, None), ""),
        ]
        .into_iter()
        .collect(),
        commands: [
            command("submit", "draft", "submitted", "firm"),
            command("consent", "consenting", "notice", "firm"),
            with(command("sign_for", "submitted", "reviewing", "officer"), |c| c.takes = true),
            with(command("ask", "reviewing", "correcting", "officer"), |c| {
                c.needs = names("question");
                c.holder_only = true;
            }),
            command("resubmit", "correcting", "reviewing", "firm"),
            with(command("recommend", "reviewing", "deciding", "officer"), |c| c.holder_only = true),
            command("send_back", "deciding", "reviewing", "reviewer"),
            with(command("approve", "deciding", "notice", "reviewer"), |c| c.not = names("recommend")),
            with(command("refuse", "reviewing deciding", "refused", "officer reviewer"), |c| c.needs = names("reason")),
            command("object", "notice", "objected", "officer"),
            with(command("dismiss", "objected", "notice", "reviewer"), |c| c.not = names("approve")),
            with(command("uphold", "objected", "refused", "reviewer"), |c| c.needs = names("reason")),
            command("pay", "payable", "paid", "system"),
            command("withdraw", "draft submitted reviewing correcting", "withdrawn", "firm"),
            command("appeal", "refused", "deciding", "firm"),
        ]
        .into_iter()
        .collect(),
        clocks: [
            clock("contact", 1, "", "sign_for"),
            clock("resolution", 15, "", "approve refuse"),
            clock("objection", 10, "objected", "dismiss uphold"),
            clock("payment", 10, "payable", ""),
        ]
        .into_iter()
        .collect(),
        escalation: vec![
            escalation("contact", 0, "leader"),
            escalation("resolution", -2, "officer"),
            escalation("resolution", 0, "leader"),
            escalation("payment", 0, "leader"),
        ],
        unassigned: Some(Unassigned { days: 1, to: "leader".into() }),
        moved: Default::default(),
    }
}

/// A case under a definition, told step by step.
pub struct Told {
    pub definition: Definition,
    pub calendar: WorkCalendar,
    pub case: Case,
    pub now: Instant,
    pub lines: Vec<String>,
}

impl Told {
    pub fn begin(definition: Definition, state: &str, now: Instant) -> Told {
        assert_eq!(check(&definition), vec![], "the definition is in order");
        let calendar = calendar();
        let step = begin_in(&definition, state, now, &calendar).expect("a start");
        let mut told = Told { definition, calendar, case: step.case.clone(), now, lines: vec![] };
        told.take(step);
        told
    }

    fn take(&mut self, step: Step) {
        for event in &step.events {
            let by = event.by.as_deref().map(|b| format!(" by {b}")).unwrap_or_default();
            self.lines.push(format!("{} {}{by}", event.at.date_beijing(), said(&event.kind)));
        }
        let json = serde_json::to_string(&step.case).expect("a case is written");
        assert_eq!(serde_json::from_str::<Case>(&json).expect("and read"), step.case);
        self.case = step.case;
    }

    pub fn give(&mut self, command: &str, actor: &Actor, inputs: &str, when: &str) -> &mut Told {
        self.now = at(when);
        let given: Vec<&str> = inputs.split_whitespace().collect();
        match decide(&self.definition, &self.case, command, actor, &given, self.now, &self.calendar) {
            Ok(step) => self.take(step),
            Err(refusal) => {
                self.lines.push(format!("{} {command} refused: {}: {}", self.now.date_beijing(), refusal.code, refusal.text.en))
            }
        }
        self
    }

    /// Fires every timer at its moment until `until`.
    pub fn pass(&mut self, until: &str) -> &mut Told {
        let until = midnight(until);
        while let Some(moment) = due(&self.definition, &self.case).filter(|d| *d <= until) {
            self.now = moment;
            let step = fire(&self.definition, &self.case, moment, &self.calendar).expect("what is due does something");
            self.take(step);
        }
        self.now = until;
        self
    }

    pub fn delegate(&mut self, to: &Actor, by: &Actor, when: &str) -> &mut Told {
        self.now = at(when);
        match delegate(&self.definition, &self.case, to, by, self.now, &self.calendar) {
            Ok(step) => self.take(step),
            Err(refusal) => self.lines.push(format!("{} delegation refused: {}", self.now.date_beijing(), refusal.code)),
        }
        self
    }

    /// How it stands, in a line.
    pub fn stands(&mut self) -> &mut Told {
        let lamp = lamp(&self.definition, &self.case, self.now, &self.calendar);
        let days = lamp.days.map(|d| format!(" {d} days")).unwrap_or_default();
        let promised = promise(&self.definition, &self.case).map(|p| format!(", promised {}", p.date)).unwrap_or_default();
        self.lines.push(format!("  = {}, {:?}, {:?}{days}{promised}", self.case.state, self.case.holder, lamp.colour));
        self
    }

    pub fn text(&self) -> String {
        self.lines.iter().map(|l| format!("{l}\n")).collect()
    }
}

fn said(kind: &EventKind) -> String {
    match kind {
        EventKind::Entered { from, to, command } => {
            format!("{} -{}-> {to}", from.as_deref().unwrap_or("·"), command.as_deref().unwrap_or(""))
        }
        EventKind::Lapsed { from, to } => format!("{from} lapsed to {to}"),
        EventKind::Ended { from, to } => format!("{from} ended, {to}"),
        EventKind::Reopened => "reopened".into(),
        EventKind::Assigned { to } => format!("assigned to {to}"),
        EventKind::Delegated { from, to } => format!("delegated from {from:?} to {to}"),
        EventKind::Escalated { clock: Some(clock), after, to } => format!("{clock} {after:+} escalated to {to}"),
        EventKind::Escalated { clock: None, after, to } => format!("unassigned for {after}, escalated to {to}"),
        EventKind::Overdue { clock, after } => format!("{clock} late by {after}"),
        EventKind::Carried { from, to } => format!("carried from {from} to {to}"),
        EventKind::Reprojected { clock, was, due } => format!("{} from {was} to {due}", clock.as_deref().unwrap_or("timer")),
    }
}
