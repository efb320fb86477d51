//! Clocks in working days: turns of the day, pauses, years whose holidays are not published.
use crate::claim::*;
use liangu_base::{Instant, WorkCalendar};
use liangu_flow::*;

fn reviewing(handed_in: &str) -> Told {
    let mut t = Told::begin(claim(), "draft", at(handed_in));
    t.give("submit", &firm(), "", handed_in).give("sign_for", &officer("ann"), "", handed_in);
    t
}

fn resolution(case: &Case) -> &RunState {
    &case.clocks["resolution"].state
}

#[test]
fn the_day_of_receipt_is_not_counted_however_late_in_the_day() {
    for (moment, due) in [
        (Instant::start_of(day("2026-11-02")), "2026-11-23"),
        (Instant::end_of(day("2026-11-02")), "2026-11-23"),
        (Instant::start_of(day("2026-11-03")), "2026-11-24"),
    ] {
        let (definition, calendar) = (claim(), calendar());
        let draft = begin(&definition, moment, &calendar).case;
        let step = decide(&definition, &draft, "submit", &firm(), &[], moment, &calendar).expect("a draft is handed in");
        assert_eq!(promise(&definition, &step.case).expect("a promise").date, day(due), "{moment}");
    }
}

#[test]
fn a_timer_fires_at_midnight_and_not_a_microsecond_before() {
    let mut t = reviewing("2026-11-02");
    t.give("ask", &officer("ann"), "question", "2026-11-03");
    let moment = due(&t.definition, &t.case).expect("a waiting case has a timer");
    assert_eq!(moment, midnight("2026-11-18"));
    assert_eq!(fire(&t.definition, &t.case, moment.plus_micros(-1), &t.calendar), None);
    let answer = |now| decide(&t.definition, &t.case, "resubmit", &firm(), &[], now, &t.calendar);
    assert_eq!(answer(moment.plus_micros(-1)).expect("the last moment is in time").case.state, "reviewing");
    assert_eq!(answer(moment).expect_err("the timer has not fired, but the time is over").code, "timer_due");
    let step = fire(&t.definition, &t.case, moment, &t.calendar).expect("it is due");
    assert_eq!(step.case.state, "lapsed");
}

#[test]
fn a_timer_that_was_missed_fires_later_and_counts_from_then() {
    let mut t = reviewing("2026-11-02");
    t.give("recommend", &officer("ann"), "", "2026-11-03").give("approve", &office("rita", "reviewer"), "", "2026-11-04");
    let late = at("2026-12-01");
    let step = fire(&t.definition, &t.case, late, &t.calendar).expect("the notice is long over");
    assert_eq!((step.case.state.as_str(), step.case.entered), ("payable", late));
    assert_eq!(promise(&t.definition, &step.case).expect("the payment's clock").date, day("2026-12-15"));
    assert!(due(&t.definition, &step.case).expect("the next timer") > late);
}

#[test]
fn missed_notices_are_one_but_every_escalation_is_told() {
    let t = reviewing("2026-11-02");
    let step = fire(&t.definition, &t.case, at("2026-12-14"), &t.calendar).expect("it is long late");
    let events: Vec<&EventKind> = step.events.iter().map(|e| &e.kind).collect();
    let told = |after, to: &str| EventKind::Escalated { clock: Some("resolution".into()), after, to: to.into() };
    let late = EventKind::Overdue { clock: "resolution".into(), after: 10 };
    assert_eq!(events, [&late, &told(-2, "officer"), &told(0, "leader")]);
    assert_eq!(fire(&t.definition, &step.case, at("2026-12-14"), &t.calendar), None);
}

#[test]
fn a_pause_keeps_whole_working_days() {
    for (asked, answered, due) in [
        // Asked and answered on one day, nothing moves.
        ("2026-11-09", "2026-11-09", "2026-11-23"),
        // Over a weekend, nothing moves either.
        ("2026-11-06", "2026-11-08", "2026-11-23"),
        ("2026-11-06", "2026-11-09", "2026-11-24"),
        ("2026-11-09", "2026-11-11", "2026-11-25"),
        // On the last day: it still ends with a working day.
        ("2026-11-23", "2026-11-28", "2026-11-30"),
    ] {
        let mut t = reviewing("2026-11-02");
        t.give("ask", &officer("ann"), "question", asked);
        assert!(matches!(resolution(&t.case), RunState::Paused { .. }));
        t.give("resubmit", &firm(), "", answered);
        assert_eq!(t.case.clocks["resolution"].due(), Some(day(due)), "asked {asked}, answered {answered}");
    }
}

#[test]
fn a_pause_does_not_make_up_for_lateness() {
    let mut t = reviewing("2026-11-02");
    t.pass("2026-11-26").give("ask", &officer("ann"), "question", "2026-11-26");
    assert_eq!(*resolution(&t.case), RunState::Paused { left: -3 });
    let paused = clock_lamp(t.definition.clocks.get("resolution"), &t.case.clocks["resolution"], t.now, &t.calendar);
    assert_eq!((paused.colour, paused.days), (Colour::Paused, Some(-3)));
    t.give("resubmit", &firm(), "", "2026-12-03");
    let lamp = lamp(&t.definition, &t.case, t.now, &t.calendar);
    assert_eq!((lamp.colour, lamp.days), (Colour::Red, Some(-3)));
    // Due on a Friday, paused on Saturday: late by one day, although no working day has passed.
    let mut t = reviewing("2026-10-30");
    assert_eq!(t.case.clocks["resolution"].due(), Some(day("2026-11-20")));
    t.pass("2026-11-21").give("ask", &officer("ann"), "question", "2026-11-21");
    assert_eq!(*resolution(&t.case), RunState::Paused { left: -1 });
}

#[test]
fn the_lamp_turns_amber_in_the_last_fifth_and_red_when_the_day_is_over() {
    let t = reviewing("2026-11-02");
    for (now, colour, days) in [
        (at("2026-11-17"), Colour::Green, 4),
        (at("2026-11-18"), Colour::Amber, 3),
        (Instant::end_of(day("2026-11-23")), Colour::Amber, 0),
        (midnight("2026-11-24"), Colour::Red, -1),
        (at("2026-11-30"), Colour::Red, -5),
    ] {
        let lamp = lamp(&t.definition, &t.case, now, &t.calendar);
        assert_eq!((lamp.colour, lamp.days), (colour, Some(days)), "{now}");
        let (clock, run) = (t.definition.clocks.get("resolution"), &t.case.clocks["resolution"]);
        assert_eq!(clock_lamp(clock, run, now, &t.calendar), lamp, "the only clock that runs is the case's");
    }
}

#[test]
fn a_year_without_holidays_makes_a_promise_provisional_until_they_are_published() {
    let mut t = reviewing("2026-12-21");
    let promised = promise(&t.definition, &t.case).expect("a promise");
    assert_eq!((promised.date, promised.provisional), (day("2027-01-11"), true));
    assert!(t.case.is_provisional());
    assert_eq!(reproject(&t.definition, &t.case, t.now, &t.calendar), None);
    // Published: 1 January off, Saturday 2 January worked in exchange for Monday the 4th.
    let published: WorkCalendar = with_2027();
    let step = reproject(&t.definition, &t.case, t.now, &published).expect("dates are certain now");
    let promised = promise(&t.definition, &step.case).expect("a promise");
    assert_eq!((promised.date, promised.provisional), (day("2027-01-12"), false));
    let moved = EventKind::Reprojected { clock: Some("resolution".into()), was: day("2027-01-11"), due: day("2027-01-12") };
    assert_eq!(step.events.iter().map(|e| &e.kind).collect::<Vec<_>>(), [&moved]);
    assert_eq!(reproject(&t.definition, &step.case, t.now, &published), None);
    // A timer moves as well.
    t.give("ask", &officer("ann"), "question", "2026-12-28");
    let step = reproject(&t.definition, &t.case, t.now, &published).expect("the wait ends later");
    let timer = step.case.timer.expect("a timer");
    assert!(t.case.timer.expect("it was a guess").provisional && !timer.provisional);
}

/// The shipped calendar and one more year.
fn with_2027() -> WorkCalendar {
    let text = include_str!("../../../../packs/standards/holidays.json");
    let mut file: serde_json::Value = serde_json::from_str(text).expect("the shipped calendar");
    let year = file["years"]["2027"].as_object_mut().expect("2027 stands there, unpublished");
    for (key, days) in [("off_days", &["2027-01-01", "2027-01-04"][..]), ("makeup_workdays", &["2027-01-02"])] {
        year.insert(key.into(), days.into());
    }
    year.insert("published".into(), true.into());
    serde_json::from_value(file).expect("a calendar")
}
