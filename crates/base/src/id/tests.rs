use super::*;

/// RFC 9562, appendix A.6: the worked example of version 7.
#[test]
fn the_example_of_the_rfc() {
    let random = (0xcc3_u128 << 62) | 0x18c4_dc0c_0c07_398f;
    let id = Id::v7(0x017f_22e2_79b0, random);
    assert_eq!(id.to_string(), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    assert_eq!(id.unix_ms(), 0x017f_22e2_79b0);
    assert_eq!("017f22e2-79b0-7cc3-98c4-dc0c0c07398f".parse(), Ok(id));
    assert_eq!(Id::from_bytes(id.to_bytes()), id);
}

#[test]
fn outside_form_comes_back() {
    let cases = [
        (Id(0), "ent_00000000000000000000000000"),
        (Id(u128::MAX), "ent_7zzzzzzzzzzzzzzzzzzzzzzzzz"),
        (Id(0x017f_22e2_79b0_7cc3_98c4_dc0c_0c07_398f), "ent_01fwhe4ydgfk1shh6w1g60eecf"),
    ];
    for (id, text) in cases {
        assert_eq!(id.text("ent"), text);
        assert_eq!(Id::parse("ent", text), Ok(id));
    }
}

#[test]
fn read_out_loud_and_typed_in_capitals() {
    let id = Id(0x017f_22e2_79b0_7cc3_98c4_dc0c_0c07_398f);
    assert_eq!(Id::parse("ent", " ent_OLFWHE4YDGFKISHH6W1G60EECF "), Ok(id));
}

#[test]
fn mistakes_are_named() {
    let good = "ent_01fwhe4ydgfk1shh6w1g60eecf";
    assert!(matches!(Id::parse("pol", good), Err(IdError::Prefix { .. })));
    assert!(matches!(Id::parse("ent", "01fwhe4ydgfk1shh6w1g60eecf"), Err(IdError::Prefix { .. })));
    assert_eq!(Id::parse("ent", "ent_01fw"), Err(IdError::Length { found: 4 }));
    assert_eq!(Id::parse("ent", "ent_01fwhe4ydgfk1shh6w1g60eecu"), Err(IdError::Letter { position: 26, found: 'u' }));
    assert_eq!(Id::parse("ent", "ent_81fwhe4ydgfk1shh6w1g60eecf"), Err(IdError::Letter { position: 1, found: '8' }));
    assert_eq!(
        Id::parse("ent", "ent_企业企业企业企业企业企业企业企业企业企业企业企业企业"),
        Err(IdError::Letter { position: 1, found: '企' })
    );
    for text in ["", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "+17f22e2-79b0-7cc3-98c4-dc0c0c07398f"] {
        assert!(matches!(text.parse::<Id>(), Err(IdError::Uuid { .. })), "{text}");
    }
}

#[test]
fn a_sequence_rises_when_the_clock_does_not() {
    let mut ids = IdSequence::default();
    let clock = [5, 5, 5, 3, 4, 6, 6, 2];
    let made: Vec<Id> = clock.iter().enumerate().map(|(i, ms)| ids.next(*ms, u128::MAX - i as u128)).collect();
    assert!(made.windows(2).all(|pair| pair[0] < pair[1]), "{made:?}");
    assert_eq!(made.iter().map(|id| id.unix_ms()).collect::<Vec<_>>(), [5, 5, 5, 5, 5, 6, 6, 6]);
    assert!(made.iter().all(|id| id.to_string().as_bytes()[14] == b'7'));
}

#[test]
fn json_form_is_the_uuid() {
    let id = Id::v7(1, 2);
    let json = serde_json::to_string(&id).unwrap();
    assert_eq!(json, r#""00000000-0001-7000-8000-000000000002""#);
    assert_eq!(serde_json::from_str::<Id>(&json).unwrap(), id);
}
