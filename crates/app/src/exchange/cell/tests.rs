//! Cells as offices write them.
use super::*;

fn read(field: &str, unit: MoneyUnit, kind: Kind, text: &str) -> Result<Value, String> {
    let model = liangu_packs::load(vec![]).expect("the packs are sound");
    let field = &model.records["enterprise"].fields[field];
    let cell = Cell { kind, text: text.to_owned() };
    let cleaned = clean(&cell).map_err(|why| why.zh.into_owned())?;
    value(&cell, &cleaned, field, unit, &model, &mut Codes::default()).map_err(|why| why.zh.into_owned())
}

fn text(field: &str, text: &str) -> Result<Value, String> {
    read(field, MoneyUnit::Yuan, Kind::Text, text)
}

#[test]
fn money_in_its_units() {
    for (unit, written, fen) in [
        (MoneyUnit::Yuan, "1,234.56", 123_456),
        (MoneyUnit::Yuan, "￥ １２元", 1200),
        (MoneyUnit::Wan, "3.5", 3_500_000),
        (MoneyUnit::Yuan, "3.5万元", 3_500_000),
        (MoneyUnit::Wan, "1.2 亿", 12_000_000_000),
        (MoneyUnit::Yi, "-0.01", -100_000_000),
        (MoneyUnit::Yuan, "0.005", 1),
    ] {
        assert_eq!(read("revenue", unit, Kind::Text, written), Ok(Value::Int(fen)), "{written}");
    }
    assert!(text("revenue", "约三百万").unwrap_err().contains("不是数"));
    assert!(read("revenue", MoneyUnit::Yi, Kind::Text, "99999999999999").unwrap_err().contains("单位"));
}

#[test]
fn days_as_people_write_them() {
    let wanted = Ok(Value::Date(Date::from_ymd(2024, 1, 2).unwrap()));
    for written in ["2024-01-02", "2024/1/2", "2024.1.2", "2024年1月2日", "20240102", "45293", "2024-01-02T10:00:00"] {
        assert_eq!(text("established", written), wanted, "{written}");
    }
    for written in ["2024-13-01", "2024年1月", "昨天", "12", "24-1-2"] {
        assert!(text("established", written).unwrap_err().contains("2024-01-02"), "{written}");
    }
}

#[test]
fn codes_sets_and_yes_or_no() {
    assert_eq!(text("region", "431382"), Ok(Value::text("431382")));
    assert_eq!(text("region", "涟源市"), Ok(Value::text("431382")));
    assert_eq!(text("region", "涟源"), Ok(Value::text("431382")));
    assert_eq!(text("region", "湖南省娄底市涟源市"), Ok(Value::text("431382")));
    assert_eq!(text("region", "431382 涟源市"), Ok(Value::text("431382")));
    assert!(text("region", "亚特兰蒂斯").unwrap_err().contains("不在"));
    let model = liangu_packs::load(vec![]).expect("the packs are sound");
    let (first, second) = {
        let mut codes = model.lists["certificate"].codes.iter();
        (codes.next().unwrap(), codes.next().unwrap())
    };
    let wanted = Ok(Value::set([first.0.as_str(), second.0.as_str()]));
    for separator in ["、", ",", "；", "/", "|"] {
        assert_eq!(text("certs", &format!("{}{separator}{}", first.1.label.zh, second.0)), wanted, "{separator}");
    }
    assert_eq!(text("certs", "无"), Ok(Value::set(Vec::<String>::new())));
    assert_eq!(text("legal_person", "是"), Ok(Value::Bool(true)));
    assert!(text("legal_person", "也许").unwrap_err().contains("是"));
}

#[test]
fn what_workbooks_do_to_numbers() {
    assert_eq!(read("rd_ratio", MoneyUnit::Yuan, Kind::Percent, "0.032"), Ok(Value::Int(320)));
    assert_eq!(text("rd_ratio", "3.2%"), Ok(Value::Int(320)));
    assert_eq!(text("rd_ratio", "3.2"), Ok(Value::Int(320)));
    assert_eq!(text("employees", "120 人"), Ok(Value::Int(120)));
    assert!(text("employees", "12.5").unwrap_err().contains("整数"));
    assert!(read("credit_code", MoneyUnit::Yuan, Kind::Number, "914313001234570000").unwrap_err().contains("文本"));
    assert_eq!(text("land_area", "3亩"), Ok(Value::Int(2000)));
    assert_eq!(text("address", "'=1+1"), Ok(Value::text("=1+1")));
    assert_eq!(text("address", "'t Hof"), Ok(Value::text("'t Hof")));
    assert_eq!(text("address", "\u{feff}人民路\u{200b} "), Ok(Value::text("人民路")));
    assert!(read("address", MoneyUnit::Yuan, Kind::Text, "a\0b").unwrap_err().contains("NUL"));
    assert!(read("revenue", MoneyUnit::Yuan, Kind::Error, "#N/A").unwrap_err().contains("#N/A"));
}
