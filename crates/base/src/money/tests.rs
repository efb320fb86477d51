use super::*;

#[test]
fn amounts_as_policies_write_them() {
    let cases = [
        ("3450万元", 3_450_000_000),
        ("3,450.5 万元", 3_450_500_000),
        ("2.38亿元", 23_800_000_000),
        ("1200元", 120_000),
        ("１２００元", 120_000),
        ("３，４５０．５万元", 3_450_500_000),
        ("¥0.01元", 1),
        ("￥800元", 80_000),
        ("人民币 500万元", 500_000_000),
        ("50万元人民币", 50_000_000),
        ("5分", 5),
        ("-20万元", -20_000_000),
        ("－20万", -20_000_000),
        ("0元", 0),
        ("0.000001万元", 1),
        ("1.2万亿元", 120_000_000_000_000),
    ];
    for (text, fen) in cases {
        assert_eq!(Fen::from_wan_text(text), Ok(Fen(fen)), "{text}");
    }
}

#[test]
fn refusals_say_what_is_wrong() {
    let found = |s: &str| s.to_owned();
    let cases = [
        ("", FenError::NoNumber { found: found("") }),
        ("五十万元", FenError::NoNumber { found: found("五十万元") }),
        ("3450", FenError::NoUnit { found: found("3450") }),
        ("3450美元", FenError::Unit { found: found("美元") }),
        ("34,50万元", FenError::Number { found: found("34,50") }),
        ("3 450元", FenError::Number { found: found("3 450") }),
        ("1.234元", FenError::PartOfFen { found: found("1.234元") }),
        ("9999999999亿元", FenError::TooLarge { found: found("9999999999亿元") }),
    ];
    for (text, expected) in cases {
        assert_eq!(Fen::from_wan_text(text), Err(expected), "{text}");
    }
    assert!(Fen::from_wan_text("3450").unwrap_err().text().zh.contains("没有单位"));
}

#[test]
fn display_is_exact() {
    let cases = [
        (Fen::from_wan(3_450), "34,500,000元", "3,450万元", "3,450万元", "CNY 34.5 million"),
        (Fen(3_450_500_001), "34,505,000.01元", "3,450.500001万元", "3,450.500001万元", "CNY 34.50500001 million"),
        (Fen(23_800_000_000), "238,000,000元", "23,800万元", "2.38亿元", "CNY 238 million"),
        (Fen(1_230), "12.30元", "0.00123万元", "12.30元", "CNY 12.30"),
        (Fen(-20_000_000), "-200,000元", "-20万元", "-20万元", "CNY -200,000"),
        (Fen::from_yuan(2_500_000_000), "2,500,000,000元", "250,000万元", "25亿元", "CNY 2.5 billion"),
        (Fen::ZERO, "0元", "0万元", "0元", "CNY 0"),
    ];
    for (fen, yuan, wan, zh, en) in cases {
        assert_eq!(
            [fen.display_yuan(Lang::Zh), fen.display_wan(Lang::Zh), fen.display(Lang::Zh), fen.display(Lang::En)],
            [yuan, wan, zh, en]
        );
    }
    assert_eq!(Fen(i64::MIN).to_string(), "-92,233,720,368,547,758.08元");
}

#[test]
fn what_is_displayed_reads_back() {
    let mut rng = crate::SplitMix64::new(11);
    for _ in 0..2_000 {
        let digits = crate::RandomExt::below(&mut rng, 18) as u32 + 1;
        let fen = Fen(crate::RandomExt::between(&mut rng, -(10i64.pow(digits)), 10i64.pow(digits)));
        for text in [fen.display_yuan(Lang::Zh), fen.display_wan(Lang::Zh), fen.display(Lang::Zh)] {
            assert_eq!(Fen::from_wan_text(&text), Ok(fen), "{text}");
        }
    }
}

#[test]
fn arithmetic_never_wraps() {
    assert_eq!(Fen(i64::MAX).checked_add(Fen(1)), None);
    assert_eq!(Fen(i64::MIN).checked_sub(Fen(1)), None);
    assert_eq!(Fen(i64::MIN).checked_neg(), None);
    assert_eq!(Fen(i64::MAX).checked_mul(2), None);
    assert_eq!(Fen::checked_sum([Fen(1), Fen(2), Fen(3)]), Some(Fen(6)));
    assert_eq!(Fen::checked_from_yuan(i64::MAX), None);
}

#[test]
fn shares_round_as_told() {
    let cases = [
        (100, 1, 3, Rounding::HalfUp, 33),
        (100, 2, 3, Rounding::HalfUp, 67),
        (5, 1, 2, Rounding::HalfUp, 3),
        (-5, 1, 2, Rounding::HalfUp, -3),
        (5, 1, 2, Rounding::Down, 2),
        (-5, 1, 2, Rounding::Down, -3),
        (5, 1, 2, Rounding::Up, 3),
        (-5, 1, 2, Rounding::Up, -2),
        (200, 30, 100, Rounding::Up, 60),
    ];
    for (fen, num, den, rounding, expected) in cases {
        assert_eq!(Fen(fen).checked_fraction(num, den, rounding), Some(Fen(expected)), "{fen} × {num}/{den} {rounding:?}");
    }
    assert_eq!(Fen(1).checked_fraction(1, 0, Rounding::Down), None);
    assert_eq!(Fen(i64::MAX).checked_fraction(3, 2, Rounding::Down), None);
}
