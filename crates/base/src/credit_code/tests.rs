use super::*;
use crate::{Explain, Random, RandomExt, SplitMix64};

#[test]
fn worked_examples() {
    let cases = [
        ("914403001922038216", Holder::Enterprise, "440300", "19220382-1"),
        ("91330100799655058B", Holder::Enterprise, "330100", "79965505-8"),
        ("9144030071526726XG", Holder::Enterprise, "440300", "71526726-X"),
        ("914300007121944054", Holder::Enterprise, "430000", "71219440-5"),
        ("91440300192317458F", Holder::Enterprise, "440300", "19231745-8"),
        ("11430623006382265N", Holder::StateOrgan, "430623", "00638226-5"),
        ("114302210061945556", Holder::StateOrgan, "430221", "00619455-5"),
        ("91350100M000100Y43", Holder::Enterprise, "350100", "M000100Y-4"),
    ];
    for (text, holder, division, organisation) in cases {
        let code = CreditCode::parse(text).unwrap();
        let read = (code.as_str(), code.holder(), code.division(), code.organisation_hyphenated());
        assert_eq!(read, (text, holder, division, organisation.to_owned()));
        assert_eq!(code.organisation_warning(), None, "{text}");
        assert_eq!(CreditCode::with_check_digits(&text[..2], &text[2..8], &text[8..16]), Ok(code));
    }
}

#[test]
fn the_well_known_counter_example() {
    let error = CreditCode::parse("91350100M000100Y4Z").unwrap_err();
    assert_eq!(error, CreditCodeError::Letter { position: 18, found: 'Z' });
    let error = CreditCode::parse("91350100M000100Y44").unwrap_err();
    assert_eq!(error, CreditCodeError::Check { expected: '3', found: '4', inner_fits: true });
    assert!(error.text().zh.contains("应为“3”") && error.to_string().contains("give \"3\""));
}

#[test]
fn what_people_paste() {
    for text in [
        " 91330100799655058b ",
        "9133-0100-7996-5505-8B",
        "９１３３０１００７９９６５５０５８Ｂ",
        "91330100 79965505 8B\u{200b}",
        "\u{feff}91330100799655058B\r\n",
        "91330100－79965505－8B",
    ] {
        assert_eq!(CreditCode::parse(text).unwrap().as_str(), "91330100799655058B", "{text}");
    }
}

#[test]
fn mistakes_have_a_place() {
    let cases = [
        ("", CreditCodeError::Empty),
        (" - ", CreditCodeError::Empty),
        ("9133010079965505", CreditCodeError::Length { found: 16 }),
        ("430000000012345", CreditCodeError::Length { found: 15 }),
        ("91330100799655058BB", CreditCodeError::Length { found: 19 }),
        ("91330I00799655058B", CreditCodeError::DivisionDigit { position: 6, found: 'I' }),
        ("9133010O799655058B", CreditCodeError::DivisionDigit { position: 8, found: 'O' }),
        ("9I330100799655058B", CreditCodeError::Letter { position: 2, found: 'I' }),
        ("91330100799655058企", CreditCodeError::Letter { position: 18, found: '企' }),
        ("91330100799655058C", CreditCodeError::Check { expected: 'B', found: 'C', inner_fits: true }),
        ("91330100799655085B", CreditCodeError::Check { expected: '5', found: 'B', inner_fits: false }),
    ];
    for (text, expected) in cases {
        assert_eq!(CreditCode::parse(text), Err(expected), "{text}");
    }
    assert!(CreditCode::parse("430000000012345").unwrap_err().text().zh.contains("注册号"));
    assert!(CreditCode::parse("9O330100799655058B").unwrap_err().text().zh.contains("可能是“0”"));
}

#[test]
fn a_wrong_organisation_check_is_a_warning() {
    // 79965505 asks for 8; with 7 in its place the outer character is made right again.
    let outer = outer_check("91330100799655057").unwrap();
    let code = CreditCode::parse(&format!("91330100799655057{outer}")).unwrap();
    let warning = code.organisation_warning().unwrap();
    assert_eq!((warning.expected, warning.found), ('8', '7'));
    assert!(warning.text().zh.contains("应为“8”"));
}

#[test]
fn codes_that_begin_with_a_letter() {
    for (kind, holder) in [
        ("N2", Holder::RuralCollective),
        ("A1", Holder::Other),
        ("Y1", Holder::Other),
        ("92", Holder::SoleProprietor),
        ("93", Holder::FarmersCooperative),
    ] {
        let code = CreditCode::with_check_digits(kind, "431382", "MF123456").unwrap();
        assert_eq!((code.holder(), code.organisation_warning()), (holder, None));
        assert_eq!(CreditCode::parse(code.as_str()), Ok(code));
    }
    assert_eq!(CreditCode::with_check_digits("91", "431382", "MZ123456"), Err(CreditCodeError::Letter { position: 10, found: 'Z' }));
    assert_eq!(CreditCode::with_check_digits("91", "431382", "M"), Err(CreditCodeError::Length { found: 11 }));
    assert_eq!(CreditCode::with_check_digits("91", "431382", "M_123456"), Err(CreditCodeError::Letter { position: 10, found: '_' }));
}

#[test]
fn every_single_wrong_character_and_every_swap_of_neighbours_is_caught() {
    let mut rng = SplitMix64::new(5);
    for _ in 0..200 {
        let body = format!("{:08}", rng.next_u64() % 100_000_000);
        let code = CreditCode::with_check_digits("91", "431302", &body).unwrap().to_string();
        let place = rng.below(18) as usize;
        let mut wrong = code.clone().into_bytes();
        wrong[place] = if wrong[place] == b'7' { b'4' } else { b'7' };
        assert!(CreditCode::parse(std::str::from_utf8(&wrong).unwrap()).is_err(), "{code} at {place}");
        let mut swapped = code.clone().into_bytes();
        let place = rng.below(17) as usize;
        swapped.swap(place, place + 1);
        let swapped = String::from_utf8(swapped).unwrap();
        assert_eq!(CreditCode::parse(&swapped).is_ok(), swapped == code, "{code} at {place}");
    }
}

#[test]
fn json_form() {
    let code: CreditCode = serde_json::from_str(r#""91330100799655058b""#).unwrap();
    assert_eq!(serde_json::to_string(&code).unwrap(), r#""91330100799655058B""#);
    assert!(serde_json::from_str::<CreditCode>(r#""91330100799655058C""#).is_err());
}
