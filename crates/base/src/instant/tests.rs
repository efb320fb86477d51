use super::*;

fn at(text: &str) -> Instant {
    Instant::from_rfc3339(text).unwrap()
}

#[test]
fn offsets_name_the_same_moment() {
    let cases = [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T08:00:00+08:00", 0),
        ("1969-12-31T18:30:00-05:30", 0),
        ("2026-11-24T09:30:00+08:00", 1_795_483_800_000_000),
        ("2026-11-24 01:30:00.25z", 1_795_483_800_250_000),
        ("1969-12-31T23:59:59.999999999Z", -1),
    ];
    for (text, micros) in cases {
        assert_eq!(at(text).micros(), micros, "{text}");
    }
}

#[test]
fn the_day_in_beijing_begins_eight_hours_early() {
    assert_eq!(at("2026-12-31T16:00:00Z").date_beijing().to_string(), "2027-01-01");
    assert_eq!(at("2026-12-31T15:59:59Z").date_beijing().to_string(), "2026-12-31");
    assert_eq!(at("2026-12-31T15:59:59Z").time_beijing(), (23, 59, 59));
    let day = Date::parse("2026-11-24").unwrap();
    assert_eq!(Instant::start_of(day), at("2026-11-24T00:00:00+08:00"));
    assert_eq!(Instant::end_of(day), at("2026-11-24T23:59:59.999999+08:00"));
    assert_eq!(Instant::end_of(day).plus_micros(1).date_beijing(), day.add_days(1));
}

#[test]
fn written_and_read_again() {
    for text in [
        "2026-11-24T09:30:00+08:00",
        "2026-11-24T09:30:00.000001+08:00",
        "1949-10-01T15:00:00+08:00",
        "0001-01-01T00:00:00+08:00",
        "9999-12-31T23:59:59.999999+08:00",
    ] {
        assert_eq!(at(text).to_rfc3339_beijing(), text);
    }
    assert_eq!((at("0001-01-01T00:00:00+08:00"), at("9999-12-31T23:59:59.999999+08:00")), (Instant::MIN, Instant::MAX));
    assert_eq!(serde_json::to_string(&at("2026-11-24T01:30:00Z")).unwrap(), r#""2026-11-24T09:30:00+08:00""#);
}

#[test]
fn what_is_no_time() {
    let cases = [
        "",
        "2026-11-24",
        "2026-11-24T09:30:00",
        "2026-11-24T24:00:00Z",
        "2026-11-24T09:60:00Z",
        "2026-11-24T09:30:60Z",
        "2026-02-29T09:30:00Z",
        "2026-11-24T09:30:00+8:00",
        "2026-11-24T09:30:00.Z",
        "2026-11-24T09:30:00 08:00",
        "2026-11-24T+9:30:00Z",
        "9999-12-31T23:59:59-10:00",
        "2026年11月24日09:30:00",
        "2026/11/24T09:30:00Z",
    ];
    for text in cases {
        assert!(Instant::from_rfc3339(text).is_err(), "{text}");
    }
}

#[test]
fn milliseconds_round_down_and_ends_hold() {
    assert_eq!(Instant::from_micros(-1).millis(), -1);
    assert_eq!(Instant::from_millis(1_500).micros(), 1_500_000);
    assert_eq!(Instant::from_micros(i64::MAX), Instant::MAX);
    assert_eq!(Instant::MIN.plus_seconds(i64::MIN), Instant::MIN);
    assert_eq!(Instant::MAX.date_beijing(), Date::MAX);
    assert_eq!(FixedClock(Instant::from_millis(7)).now().micros_since(Instant::from_millis(5)), 2_000);
}
