use super::*;

#[test]
fn numbers_as_written() {
    let cases = [
        ("3,450.5", Some((34_505, 1))),
        ("-0.250", Some((-25, 2))),
        ("+12", Some((12, 0))),
        ("1,234,567", Some((1_234_567, 0))),
        ("007", Some((7, 0))),
        ("34,50", None),
        ("1234,567", None),
        (",123", None),
        ("1.2.3", None),
        ("1.", None),
        (".5", None),
        ("", None),
        ("-", None),
        ("--1", None),
        ("1e5", None),
        ("1234567890123456789012345", None),
    ];
    for (text, expected) in cases {
        assert_eq!(Decimal::parse(text).map(|d| (d.mantissa, d.places)), expected, "{text}");
    }
}

#[test]
fn written_back() {
    let cases = [
        (34_505, 1, 0, "3,450.5"),
        (-25, 2, 0, "-0.25"),
        (1_200, 2, 0, "12"),
        (1_230, 2, 2, "12.30"),
        (0, 6, 0, "0"),
        (1_000_000, 0, 0, "1,000,000"),
        (5, 0, 0, "5"),
    ];
    for (value, places, least, expected) in cases {
        assert_eq!(write(value, places, least), expected);
    }
}

#[test]
fn halves_go_away_from_zero() {
    let cases = [(5, 2, 3), (-5, 2, -3), (4, 3, 1), (5, 3, 2), (-4, 3, -1), (0, 7, 0), (1, 2, 1), (1, 3, 0)];
    for (num, den, expected) in cases {
        assert_eq!(divide_half_up(num, den), Some(expected), "{num}/{den}");
    }
}
