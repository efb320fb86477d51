use super::*;

#[test]
fn areas_as_land_notices_write_them() {
    let cases = [
        ("62.4亩", 4_160_000, "62.4亩", "41,600平方米"),
        ("3公顷", 3_000_000, "45亩", "30,000平方米"),
        ("1亩", 66_667, "1亩", "666.67平方米"),
        ("41,600.35平方米", 4_160_035, "62.4005亩", "41,600.35平方米"),
        ("６２．４亩", 4_160_000, "62.4亩", "41,600平方米"),
        ("1.2平方公里", 120_000_000, "1,800亩", "1,200,000平方米"),
        ("2.5 ha", 2_500_000, "37.5亩", "25,000平方米"),
        ("100㎡", 10_000, "0.15亩", "100平方米"),
        ("0亩", 0, "0亩", "0平方米"),
    ];
    for (text, dm, mu, metres) in cases {
        let area = Area::parse(text).unwrap();
        assert_eq!(
            (area.0, area.display_mu(Lang::Zh), area.display_square_metres(Lang::Zh)),
            (dm, mu.to_owned(), metres.to_owned()),
            "{text}"
        );
    }
    assert_eq!(Area(4_160_035).display_hectares(Lang::En), "4.160035 ha");
    assert_eq!(Area(4_160_000).display_mu(Lang::En), "62.4 mu");
}

#[test]
fn tenths_of_a_mu_read_back_and_fifteen_mu_are_a_hectare() {
    for tenths in (0..20_000).chain([1_234_567_890]) {
        let area = Area::from_tenths_of_mu(tenths).unwrap();
        assert_eq!(area.tenths_of_mu(), tenths);
        assert_eq!(Area::parse(&area.display_mu(Lang::Zh)), Ok(area));
    }
    for hectares in 0..2_000 {
        let area = Area::parse(&format!("{hectares}公顷")).unwrap();
        assert_eq!(area.tenths_of_mu(), hectares * 150);
        assert_eq!(Area::from_square_metres(hectares * 10_000), Some(area));
        assert_eq!(area.square_metres(), hectares * 10_000);
    }
}

#[test]
fn four_places_of_a_mu_read_back() {
    for places in 0..30_000 {
        let text = format!("{}亩", numeral::write(places, 4, 0));
        assert_eq!(Area::parse(&text).unwrap().display_mu(Lang::Zh), text);
    }
}

#[test]
fn refusals() {
    let found = |s: &str| s.to_owned();
    let cases = [
        ("六十亩", AreaError::NoNumber { found: found("六十亩") }),
        ("62.4", AreaError::NoUnit { found: found("62.4") }),
        ("62.4畝地", AreaError::Unit { found: found("畝地") }),
        ("6,2.4亩", AreaError::Number { found: found("6,2.4") }),
        ("-3亩", AreaError::Negative { found: found("-3亩") }),
        ("99999999999999平方公里", AreaError::TooLarge { found: found("99999999999999平方公里") }),
    ];
    for (text, expected) in cases {
        assert_eq!(Area::parse(text), Err(expected), "{text}");
    }
    assert_eq!(Area::from_square_metres(i64::MAX), None);
    assert_eq!(Area::from_tenths_of_mu(i64::MAX), None);
    assert_eq!(Area::checked_sum([Area(i64::MAX), Area(1)]), None);
}
