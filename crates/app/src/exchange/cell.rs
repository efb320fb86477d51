//! What a cell says in a field: numbers with units, days as people write them, codes by code or label.
use super::state::MoneyUnit;
use liangu_base::text::{Explain as _, Text};
use liangu_base::{CreditCode, Date, Instant};
use liangu_model::record::{Field, FieldType, Model};
use liangu_store::Value;
use liangu_workbook::{Cell, Kind};
use std::collections::HashMap;

/// Digits from which on a number in a workbook is no longer exact.
const EXACT_DIGITS: usize = 16;
/// Square metres of three mu.
const THREE_MU: i128 = 2000;
/// Serial days of a workbook that are taken for a day where the column is one: 1927 to 2173.
const SERIALS: std::ops::RangeInclusive<i64> = 10_000..=100_000;

fn say(zh: String, en: String) -> Text {
    Text::new(zh, en)
}

/// The cell's text without what cannot be seen; a leading apostrophe that guards a formula or a number goes.
pub fn clean(cell: &Cell) -> Result<String, Text> {
    if cell.kind == Kind::Error {
        let text = &cell.text;
        return Err(say(
            format!("单元格是公式错误 {text}；请改为数值，或清空。"),
            format!("the cell is the formula error {text}; give a value or empty it."),
        ));
    }
    if cell.text.contains('\0') {
        return Err(Text::fixed("含有空字符（NUL）；请删去。", "it has a NUL character; delete it."));
    }
    let unseen = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}');
    let text: String = cell.text.chars().filter(|c| !unseen(*c)).collect();
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}');
    let guarded = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_digit() || "=+-@\t\r\n＝＋－＠".contains(c));
    Ok(text.strip_prefix('\'').filter(guarded).unwrap_or(text).to_owned())
}

/// Full-width digits, letters and signs made half, spaces taken out.
fn half(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '−' | '—' => '-',
            other => other,
        })
        .collect()
}

/// `digits × 10^-places`.
struct Decimal {
    digits: i128,
    places: u32,
}

fn decimal(text: &str) -> Option<Decimal> {
    let text = text.replace([',', '，'], "");
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let all = format!("{whole}{part}");
    if all.is_empty() || all.len() > 30 || !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(Decimal { digits: sign * all.parse::<i128>().ok()?, places: part.len() as u32 })
}

impl Decimal {
    /// Times a fraction, rounded half away from zero.
    fn times(&self, numerator: i128, denominator: i128) -> Option<i64> {
        let (top, bottom) = (self.digits.checked_mul(numerator)?, 10_i128.checked_pow(self.places)?.checked_mul(denominator)?);
        let rounded = (top.abs() + bottom / 2) / bottom * top.signum();
        i64::try_from(rounded).ok()
    }

    fn whole(&self) -> Option<i64> {
        let power = 10_i128.checked_pow(self.places)?;
        (self.digits % power == 0).then(|| i64::try_from(self.digits / power).ok()).flatten()
    }
}

/// Looks up codes by code or label; made once per list.
#[derive(Default)]
pub struct Codes(HashMap<String, HashMap<String, Option<String>>>);

impl Codes {
    /// The code that a text names in a list.
    pub fn find(&mut self, model: &Model, list: &str, text: &str) -> Result<String, Text> {
        let known = self.0.entry(list.to_owned()).or_insert_with(|| words(model, list));
        let key = half(text).to_lowercase();
        let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
        // `431382 涟源市`; of places also 涟源 and 湖南省娄底市涟源市.
        let found = known.get(&key).or_else(|| known.get(&first).filter(|_| first.bytes().all(|byte| byte.is_ascii_digit())));
        let longest =
            || known.iter().filter(|(word, _)| word.chars().count() > 1 && key.ends_with(word.as_str())).max_by_key(|(word, _)| word.len());
        let tree = || model.lists.get(list).is_some_and(|list| list.codes.values().any(|code| code.parent.is_some()));
        let suffixed = || ["市", "县", "区", "省"].iter().find_map(|suffix| known.get(&format!("{key}{suffix}")));
        let found = match found {
            Some(code) => Some(code),
            None if tree() => suffixed().or_else(|| longest().map(|(_, code)| code)),
            None => None,
        };
        let label = model.lists.get(list).map(|list| list.label.clone()).unwrap_or_default();
        match found {
            Some(Some(code)) => Ok(code.clone()),
            Some(None) => Err(say(
                format!("“{text}”在{}中不止一个；请写代码。", label.zh),
                format!("\"{text}\" stands for several of {}; write the code.", label.en),
            )),
            None => Err(say(
                format!("“{text}”不在{}中；请写其中的名称或代码。", label.zh),
                format!("\"{text}\" is not one of {}; write a name or code of that list.", label.en),
            )),
        }
    }
}

/// Codes by all they are called; a label that several have names none of them.
fn words(model: &Model, list: &str) -> HashMap<String, Option<String>> {
    let mut words: HashMap<String, Option<String>> = HashMap::new();
    let Some(list) = model.lists.get(list) else { return words };
    for (code, entry) in &list.codes {
        for label in [&entry.label.zh, &entry.label.en] {
            let key = half(label).to_lowercase();
            if !key.is_empty() {
                let several = |known: &mut Option<String>| {
                    if known.as_ref().is_some_and(|known| known != code) {
                        *known = None;
                    }
                };
                words.entry(key).and_modify(several).or_insert_with(|| Some(code.clone()));
            }
        }
    }
    words.extend(list.codes.keys().map(|code| (code.to_lowercase(), Some(code.clone()))));
    words
}

/// The value of a cleaned text in a field that refers to nothing; an empty text never comes here.
pub fn value(cell: &Cell, text: &str, field: &Field, unit: MoneyUnit, model: &Model, codes: &mut Codes) -> Result<Value, Text> {
    match &field.ty {
        FieldType::Text { .. } | FieldType::Number { .. } => exact(cell, text).map(|()| Value::text(text)),
        FieldType::Bilingual { .. } => exact(cell, text).map(|()| Value::Bilingual(Text::chinese_only(text.to_owned()))),
        FieldType::CreditCode => {
            exact(cell, text)?;
            CreditCode::parse(text).map(|code| Value::text(code.as_str())).map_err(|error| error.text())
        }
        FieldType::Int => whole(text, field),
        FieldType::Money => money(text, unit),
        FieldType::Area => area(text),
        FieldType::Percent => percent(cell, text),
        FieldType::Bool => truth(text),
        FieldType::Date => date(text).map(Value::Date),
        FieldType::Instant => instant(text),
        FieldType::Code { list } => codes.find(model, list, text).map(Value::text),
        FieldType::Set { list } => set(text, list, model, codes),
        FieldType::Ref { .. } | FieldType::Rule { .. } => Err(Text::fixed("此列不能导入。", "this column cannot be imported.")),
    }
}

/// A number of 16 or more digits was rounded by the program that made the workbook.
fn exact(cell: &Cell, text: &str) -> Result<(), Text> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if cell.kind == Kind::Number && digits >= EXACT_DIGITS {
        return Err(Text::fixed(
            "单元格按数字保存，超过 15 位的尾数已经丢失；请把该列设为“文本”格式后重新填写。",
            "the cell is stored as a number and its last digits are lost; format the column as text and enter it again.",
        ));
    }
    Ok(())
}

fn number(text: &str) -> Result<Decimal, Text> {
    decimal(text).ok_or_else(|| say(format!("“{text}”不是数；请只写数字。"), format!("\"{text}\" is not a number; write digits only.")))
}

fn too_large(text: &str) -> Text {
    say(format!("“{text}”超出范围；请检查单位。"), format!("\"{text}\" is out of range; check the unit."))
}

fn whole(text: &str, field: &Field) -> Result<Value, Text> {
    let mut bare = half(text);
    if let Some(unit) = field.unit.and_then(crate::shown::unit_words) {
        for word in [unit.zh.as_ref(), unit.en.as_ref()] {
            bare = bare.strip_suffix(&half(word)).map(str::to_owned).unwrap_or(bare);
        }
    }
    let refused = || say(format!("“{text}”不是整数。"), format!("\"{text}\" is not a whole number."));
    number(&bare)?.whole().map(Value::Int).ok_or_else(refused)
}

fn money(text: &str, unit: MoneyUnit) -> Result<Value, Text> {
    let bare = half(text);
    let bare = bare.trim_start_matches(['¥', '￥']).trim_start_matches("RMB");
    let units = [("亿元", MoneyUnit::Yi), ("万元", MoneyUnit::Wan), ("亿", MoneyUnit::Yi), ("万", MoneyUnit::Wan), ("元", MoneyUnit::Yuan)];
    let stated = units.into_iter().find_map(|(word, unit)| bare.strip_suffix(word).map(|rest| (rest, unit)));
    let (digits, unit) = stated.unwrap_or((bare, unit));
    let fen = match unit {
        MoneyUnit::Yuan => 100,
        MoneyUnit::Wan => 1_000_000,
        MoneyUnit::Yi => 10_000_000_000,
    };
    number(digits)?.times(fen, 1).map(Value::Int).ok_or_else(|| too_large(text))
}

fn area(text: &str) -> Result<Value, Text> {
    let bare = half(text);
    let (digits, top, bottom) = match bare.strip_suffix('亩') {
        Some(rest) => (rest, THREE_MU, 3),
        None => (bare.trim_end_matches("平方米").trim_end_matches('㎡').trim_end_matches("m2").trim_end_matches("m²"), 1, 1),
    };
    number(digits)?.times(top, bottom).map(Value::Int).ok_or_else(|| too_large(text))
}

fn percent(cell: &Cell, text: &str) -> Result<Value, Text> {
    let bare = half(text);
    let factor = if cell.kind == Kind::Percent { 10_000 } else { 100 };
    number(bare.trim_end_matches('%'))?.times(factor, 1).map(Value::Int).ok_or_else(|| too_large(text))
}

fn truth(text: &str) -> Result<Value, Text> {
    match half(text).to_lowercase().as_str() {
        "是" | "有" | "对" | "√" | "✓" | "1" | "true" | "yes" | "y" => Ok(Value::Bool(true)),
        "否" | "无" | "没有" | "错" | "×" | "✗" | "0" | "false" | "no" | "n" => Ok(Value::Bool(false)),
        _ => Err(say(format!("“{text}”应写“是”或“否”。"), format!("\"{text}\" should be yes or no."))),
    }
}

/// 2024-01-02, 2024/1/2, 2024.1.2, 2024年1月2日, 20240102, and the day's number of a workbook.
fn date(text: &str) -> Result<Date, Text> {
    let refused =
        || say(format!("“{text}”不是日期；请写成 2024-01-02 的样子。"), format!("\"{text}\" is not a date; write it like 2024-01-02."));
    let bare = half(text);
    let bare = bare.split(['T', 't']).next().unwrap_or_default();
    if bare.len() >= 5 && bare.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i64 = bare.parse().map_err(|_| refused())?;
        if bare.len() == 8 {
            return Date::from_ymd((number / 10_000) as i32, (number / 100 % 100) as u32, (number % 100) as u32).ok_or_else(refused);
        }
        let day = || Date::from_days(Date::from_ymd(1899, 12, 30)?.days() + number as i32);
        return SERIALS.contains(&number).then(day).flatten().ok_or_else(refused);
    }
    let parts: Vec<&str> = bare.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    let [year, month, day] = parts.as_slice() else { return Err(refused()) };
    let parse = |part: &str| part.parse::<u32>().ok();
    let (Some(year), Some(month), Some(day)) = (parse(year), parse(month), parse(day)) else { return Err(refused()) };
    Date::from_ymd(year as i32, month, day).filter(|_| year >= 1000).ok_or_else(refused)
}

fn instant(text: &str) -> Result<Value, Text> {
    if let Ok(at) = Instant::from_rfc3339(text) {
        return Ok(Value::Instant(at));
    }
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let day = date(day)?;
    let parts: Vec<u32> = time.split(':').filter_map(|part| part.trim().parse().ok()).collect();
    let at = |index: usize| parts.get(index).copied().unwrap_or(0);
    let refused = || say(format!("“{text}”不是时间。"), format!("\"{text}\" is not a time."));
    Instant::at_beijing(day, at(0), at(1), at(2)).map(Value::Instant).ok_or_else(refused)
}

/// One code, or several with a separator between them; a label may hold a separator itself.
fn set(text: &str, list: &str, model: &Model, codes: &mut Codes) -> Result<Value, Text> {
    if matches!(text, "无" | "none" | "None" | "-" | "—") {
        return Ok(Value::set(Vec::<String>::new()));
    }
    if let Ok(code) = codes.find(model, list, text).map(|code| vec![code])
        && !text.contains(['、', ',', '，', ';', '；', '/', '|', '\n'])
    {
        return Ok(Value::set(code));
    }
    let parts = text.split(['、', ',', '，', ';', '；', '/', '|', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let each: Result<Vec<String>, Text> = parts.map(|part| codes.find(model, list, part)).collect();
    match each {
        Ok(codes) => Ok(Value::set(codes)),
        Err(why) => codes.find(model, list, text).map(|code| Value::set([code])).map_err(|_| why),
    }
}

#[cfg(test)]
mod tests;
