use super::*;
use crate::test_data::HOLIDAYS;
use crate::{RandomExt, SplitMix64};

fn calendar() -> WorkCalendar {
    serde_json::from_str(HOLIDAYS).unwrap()
}

fn d(text: &str) -> Date {
    Date::parse(text).unwrap()
}

#[derive(Deserialize)]
struct Vectors {
    test_vectors: Vec<(Date, bool)>,
    #[serde(rename = "_meta")]
    meta: Meta,
}

#[derive(Deserialize)]
struct Meta {
    add_n_workdays_examples: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    start_excluded: Date,
    n: u32,
    deadline: Date,
}

#[test]
fn the_vectors_of_the_data_file() {
    let calendar = calendar();
    let vectors: Vectors = serde_json::from_str(HOLIDAYS).unwrap();
    assert_eq!(vectors.test_vectors.len(), 15);
    for (date, works) in vectors.test_vectors {
        assert_eq!(calendar.is_workday(date), Ok(works), "{date}");
    }
    assert_eq!(vectors.meta.add_n_workdays_examples.len(), 5);
    for Example { start_excluded, n, deadline } in vectors.meta.add_n_workdays_examples {
        assert_eq!(calendar.add_workdays(start_excluded, n), Deadline { date: deadline, provisional: false });
        assert_eq!(calendar.add_workdays_strict(start_excluded, n), Ok(deadline));
    }
}

#[test]
fn working_days_of_the_published_years() {
    let calendar = calendar();
    assert_eq!(calendar.published_years(), [2023, 2024, 2025, 2026]);
    assert_eq!([2023, 2024, 2025, 2026].map(|y| calendar.workdays_in_year(y).unwrap()), [249, 251, 248, 248]);
    assert_eq!(calendar.workdays_in_year(2027), Err(UnpublishedYear { year: 2027 }));
    assert_eq!(calendar.count_workdays_strict(d("2025-12-31"), d("2026-12-31")), Ok(248));
}

#[test]
fn a_year_without_notice_is_refused_in_law_and_presumed_in_promises() {
    let calendar = calendar();
    let refused = UnpublishedYear { year: 2027 };
    assert_eq!(calendar.is_workday(d("2027-01-01")), Err(refused));
    // 2026-12-30 is a Wednesday: Thursday the 31st is known, Friday 2027-01-01 is presumed worked.
    assert_eq!(calendar.add_workdays(d("2026-12-30"), 1), Deadline { date: d("2026-12-31"), provisional: false });
    assert_eq!(calendar.add_workdays(d("2026-12-30"), 2), Deadline { date: d("2027-01-01"), provisional: true });
    assert_eq!(calendar.add_workdays(d("2026-12-30"), 3), Deadline { date: d("2027-01-04"), provisional: true });
    assert_eq!(calendar.add_workdays_strict(d("2026-12-30"), 1), Ok(d("2026-12-31")));
    assert_eq!(calendar.add_workdays_strict(d("2026-12-30"), 2), Err(refused));
    assert_eq!(calendar.count_workdays(d("2026-12-30"), d("2027-01-04")), WorkdayCount { days: 3, provisional: true });
    assert_eq!(calendar.count_workdays_strict(d("2026-12-30"), d("2027-01-04")), Err(refused));
    assert_eq!(calendar.subtract_workdays(d("2027-01-01"), 2), Deadline { date: d("2026-12-30"), provisional: true });
    assert!(refused.text().zh.contains("2027年节假日安排尚未载入") && refused.to_string().contains("administrator"));
}

#[test]
fn nothing_to_add_stays_and_holidays_roll_on() {
    let calendar = calendar();
    let spring_festival = d("2026-02-17");
    assert_eq!(calendar.add_workdays(spring_festival, 0), Deadline { date: spring_festival, provisional: false });
    assert_eq!(calendar.roll_forward(spring_festival).date, d("2026-02-24"));
    assert_eq!(calendar.roll_forward(d("2026-02-28")).date, d("2026-02-28")); // a Saturday worked instead
    assert_eq!(calendar.roll_forward(d("2027-05-01")), Deadline { date: d("2027-05-03"), provisional: true });
    assert_eq!(calendar.subtract_workdays(d("2026-10-08"), 2).date, d("2026-09-29"));
}

#[test]
fn adding_and_counting_undo_each_other_and_never_go_back() {
    let calendar = calendar();
    let mut rng = SplitMix64::new(2026);
    for _ in 0..3_000 {
        let start = d("2022-06-01").add_days(rng.below(2_400) as i32);
        let n = rng.below(90) as u32;
        let end = calendar.add_workdays(start, n);
        assert_eq!(calendar.count_workdays(start, end.date).days, n as i32);
        assert_eq!(calendar.count_workdays(end.date, start).days, -(n as i32));
        let later = calendar.add_workdays(start, n + 1);
        assert!(later.date > end.date && (later.provisional || !end.provisional));
        assert!(calendar.add_workdays(start.add_days(1), n).date >= end.date);
        match calendar.add_workdays_strict(start, n) {
            Ok(date) => assert_eq!(end, Deadline { date, provisional: false }),
            Err(_) => assert!(end.provisional),
        }
        let back = calendar.subtract_workdays(end.date, n);
        assert_eq!(calendar.count_workdays(back.date, end.date).days, n as i32);
        assert!(back.date >= start);
    }
}

#[test]
fn a_calendar_day_is_worked_or_not_and_they_add_up() {
    let calendar = calendar();
    for year in calendar.published_years() {
        let (first, last) = (Date::from_ymd(year, 1, 1).unwrap(), Date::from_ymd(year, 12, 31).unwrap());
        let worked = (0..=last.days_since(first)).filter(|n| calendar.is_workday(first.add_days(*n)).unwrap()).count();
        assert_eq!(Ok(worked as u32), calendar.workdays_in_year(year));
    }
}

#[test]
fn files_that_contradict_themselves() {
    let day = d;
    let cases = [
        (
            r#"{"2027":{"published":false,"off_days":["2027-01-01"],"makeup_workdays":[]}}"#,
            CalendarError::DayInUnpublishedYear { year: 2027, date: day("2027-01-01") },
        ),
        (
            r#"{"2027":{"published":true,"off_days":["2026-12-31"],"makeup_workdays":[]}}"#,
            CalendarError::DayOfOtherYear { year: 2027, date: day("2026-12-31") },
        ),
        (
            r#"{"2027":{"published":true,"off_days":[],"makeup_workdays":["2027-01-04"]}}"#,
            CalendarError::MakeUpOnWeekday { date: day("2027-01-04") },
        ),
        (
            r#"{"2027":{"published":true,"off_days":["2027-01-02"],"makeup_workdays":["2027-01-02"]}}"#,
            CalendarError::OffAndWorked { date: day("2027-01-02") },
        ),
        (
            r#"{"2027":{"published":true,"off_days":["2027-01-01"],"makeup_workdays":[],"workday_count":261}}"#,
            CalendarError::Count { year: 2027, stated: 261, counted: 260 },
        ),
        (r#"{"0":{"published":true,"off_days":[],"makeup_workdays":[]}}"#, CalendarError::YearOutOfRange { year: 0 }),
    ];
    for (years, expected) in cases {
        let text = format!(r#"{{"years":{years}}}"#);
        let file: HolidayFile = serde_json::from_str(&text).unwrap();
        assert_eq!(WorkCalendar::try_from(file).unwrap_err(), expected);
        let shown = serde_json::from_str::<WorkCalendar>(&text).unwrap_err().to_string();
        assert!(shown.contains(&expected.to_string()), "{shown}");
    }
}
