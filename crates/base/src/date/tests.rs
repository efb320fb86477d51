use super::*;

fn d(text: &str) -> Date {
    Date::parse(text).unwrap()
}

#[test]
fn known_days_and_their_weekdays() {
    let cases = [
        ("1970-01-01", 0, 4),
        ("2000-02-29", 11_016, 2),
        ("2026-11-24", 20_781, 2),
        ("1969-12-31", -1, 3),
        ("0001-01-01", Date::MIN.days(), 1),
        ("9999-12-31", Date::MAX.days(), 5),
    ];
    for (text, days, weekday) in cases {
        assert_eq!((d(text).days(), d(text).weekday(), d(text).to_string()), (days, weekday, text.to_owned()));
    }
}

#[test]
fn every_day_of_eight_centuries_follows_the_one_before() {
    let (mut year, mut month, mut day) = (1601, 1, 1);
    let mut date = d("1601-01-01");
    while year < 2401 {
        assert_eq!(date.ymd(), (year, month, day));
        assert_eq!(Date::from_ymd(year, month, day), Some(date));
        date = date.add_days(1);
        day += 1;
        if day > days_in_month(year, month) {
            (month, day) = (month + 1, 1);
        }
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
}

#[test]
fn what_people_paste() {
    for text in ["2026-1-5", "2026/01/05", "2026.1.5", "2026年1月5日", " 2026-01-05 "] {
        assert_eq!(Date::parse(text).unwrap().to_string(), "2026-01-05", "{text}");
    }
    for text in [
        "",
        "2026-02-29",
        "2100-02-29",
        "2026-13-01",
        "2026-00-10",
        "26-01-05",
        "2026-01",
        "2026-01-05-01",
        "2026-01-+5",
        "0000-01-01",
        "二〇二六年一月五日",
    ] {
        assert!(Date::parse(text).is_err(), "{text}");
    }
}

#[test]
fn months_end_on_the_last_day_when_they_are_shorter() {
    let cases = [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-11-24", 14, "2028-01-24"),
        ("0001-01-01", -1, "0001-01-01"),
        ("9999-12-01", 1, "9999-12-31"),
    ];
    for (start, months, expected) in cases {
        assert_eq!(d(start).add_months(months).to_string(), expected, "{start} {months:+}");
    }
    assert_eq!(Date::MAX.add_years(i32::MAX), Date::MAX);
    assert_eq!(Date::MIN.add_days(i32::MIN), Date::MIN);
}

#[test]
fn full_months_and_years() {
    let cases = [
        ("2023-11-25", "2026-11-24", 35, 2),
        ("2023-11-24", "2026-11-24", 36, 3),
        ("2024-02-29", "2025-02-28", 12, 1),
        ("2026-01-31", "2026-02-28", 1, 0),
        ("2026-11-24", "2026-11-24", 0, 0),
        ("2026-11-24", "2023-11-25", -35, -2),
    ];
    for (from, to, months, years) in cases {
        assert_eq!((d(from).months_between(d(to)), d(from).years_between(d(to))), (months, years), "{from} to {to}");
    }
}

#[test]
fn month_edges_and_json() {
    assert_eq!((d("2024-02-10").first_of_month(), d("2024-02-10").last_of_month()), (d("2024-02-01"), d("2024-02-29")));
    assert_eq!(serde_json::to_string(&d("2026-11-24")).unwrap(), r#""2026-11-24""#);
    assert!(serde_json::from_str::<Date>(r#""2026-02-30""#).is_err());
    assert_eq!(Date::from_days(Date::MAX.days() + 1), None);
}
