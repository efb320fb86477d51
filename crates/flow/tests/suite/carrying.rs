//! Running cases under another version of their flow.
use crate::claim::*;
use liangu_flow::*;

fn second(change: impl Fn(&mut Definition)) -> Definition {
    let mut definition = claim();
    definition.version = 2;
    change(&mut definition);
    assert_eq!(check(&definition), vec![]);
    definition
}

fn reviewing() -> Told {
    let mut t = Told::begin(claim(), "draft", at("2026-11-02"));
    t.give("submit", &firm(), "", "2026-11-02").give("sign_for", &officer("ann"), "", "2026-11-02");
    t
}

fn carried(t: &Told, definition: &Definition) -> Case {
    let step = carry_over(definition, &t.case, at("2026-11-05"), &t.calendar).expect("it is carried over");
    assert_eq!(step.case.version, definition.version);
    assert_eq!(step.events[0].kind, EventKind::Carried { from: 1, to: definition.version });
    assert_eq!(carry_over(definition, &step.case, at("2026-11-05"), &t.calendar).expect("again").events, vec![]);
    step.case
}

#[test]
fn what_was_promised_stays() {
    let t = reviewing();
    let case = carried(&t, &second(|d| d.clocks["resolution"].days = 5));
    assert_eq!(Case { version: 1, ..case }, t.case);
    let mut waiting = reviewing();
    waiting.give("ask", &officer("ann"), "question", "2026-11-03");
    let case = carried(&waiting, &second(|d| d.states["correcting"].kind = crate::claim::waiting(3, "lapsed")));
    assert_eq!(case.timer, waiting.case.timer);
}

#[test]
fn a_state_that_is_gone_needs_a_successor() {
    let merged = |d: &mut Definition| {
        d.states.shift_remove("submitted");
        d.commands.shift_remove("sign_for");
        d.commands["submit"].to = "reviewing".into();
        d.commands["withdraw"].from = names("draft reviewing correcting");
        d.commands["ask"].holder_only = false;
        d.commands["recommend"].holder_only = false;
        d.clocks.shift_remove("contact");
        d.escalation.retain(|e| e.clock != "contact");
    };
    let mut t = Told::begin(claim(), "draft", at("2026-11-02"));
    t.give("submit", &firm(), "", "2026-11-02");
    let refusal = carry_over(&second(merged), &t.case, at("2026-11-05"), &t.calendar).expect_err("nobody knows where it goes on");
    assert_eq!(refusal.code, "removed_state");
    let moved = second(|d| {
        merged(d);
        d.moved = [("submitted".to_owned(), "reviewing".to_owned())].into();
    });
    let case = carried(&t, &moved);
    assert_eq!((case.state.as_str(), &case.holder), ("reviewing", &Holder::Role("officer".into())));
    assert_eq!(case.clocks.keys().collect::<Vec<_>>(), ["resolution"]);
    assert_eq!(case.clocks["resolution"].due(), Some(day("2026-11-23")));
}

#[test]
fn a_clock_that_is_new_starts_for_what_runs() {
    let t = reviewing();
    let renamed = second(|d| {
        let clock = d.clocks.shift_remove("resolution").expect("a clock");
        d.clocks.insert("decision".into(), clock);
        d.escalation.retain(|e| e.clock != "resolution");
    });
    let case = carried(&t, &renamed);
    let clock = &case.clocks["decision"];
    assert_eq!((clock.started, clock.due()), (day("2026-11-05"), Some(day("2026-11-26"))));
    assert!(!case.clocks.contains_key("resolution"));
    assert!(due(&renamed, &case).is_some());
}

#[test]
fn another_role_gets_the_duty_and_another_kind_its_timer() {
    let t = reviewing();
    let by_reviewer = second(|d| {
        d.states["reviewing"].duty = Duty::Role("reviewer".into());
        d.commands["sign_for"].takes = false;
        for name in ["ask", "recommend"] {
            d.commands[name].by = names("reviewer");
            d.commands[name].holder_only = false;
        }
    });
    let case = carried(&t, &by_reviewer);
    assert_eq!(case.holder, Holder::Role("reviewer".into()));
    assert_eq!(case.timer.as_ref().map(|timer| timer.what), Some(What::Unassigned));
    let paused = second(|d| d.states["reviewing"].kind = timed(3, "lapsed"));
    let case = carried(&t, &paused);
    assert_eq!(case.timer.as_ref().map(|timer| (timer.what, timer.date)), Some((What::End, day("2026-11-10"))));
    assert_eq!(case.clocks["resolution"].state, RunState::Paused { left: 12 });
    assert_eq!(case.holder, t.case.holder);
}
