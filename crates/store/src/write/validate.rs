//! Whether a value may stand in a field: its type, its length, its code list, its form, its bounds.
use crate::error::FieldProblem;
use crate::layout::RecordLayout;
use crate::value::{Value, wanted};
use liangu_base::credit_code::CreditCode;
use liangu_base::{Date, Explain, Fen, Id, Lang, Text};
use liangu_model::bounds::{Bounded, Breach, Pattern};
use liangu_model::record::{Field, FieldType, Model};

/// What is wrong with `value` in `field` on `day`; null is always well formed.
pub fn check(model: &Model, field: &Field, value: &Value, day: Date) -> Option<(&'static str, Text)> {
    well_formed(model, field, value).or_else(|| out_of_bounds(field, value, day))
}

fn well_formed(model: &Model, field: &Field, value: &Value) -> Option<(&'static str, Text)> {
    if !value.fits(&field.ty) {
        return Some(("type", named(field, &wanted(&field.ty))));
    }
    if has_nul(value) {
        return Some(("format", named(field, &Text::fixed("含有空字符（NUL）；请删去。", "It has a NUL character; delete it."))));
    }
    match (&field.ty, value) {
        (FieldType::Text { limit }, Value::Text(s)) => too_long(field, s, *limit),
        (FieldType::Bilingual { limit }, Value::Bilingual(t)) => too_long(field, &t.zh, *limit).or_else(|| too_long(field, &t.en, *limit)),
        (FieldType::Code { list }, Value::Text(code)) => not_in_list(model, field, list, code),
        (FieldType::Set { list }, Value::Set(codes)) => codes.iter().find_map(|code| not_in_list(model, field, list, code)),
        (FieldType::CreditCode, Value::Text(code)) => match CreditCode::parse(code) {
            Ok(parsed) if parsed.as_str() == code => None,
            Ok(parsed) => {
                let zh = format!("请写成规范形式“{}”。", parsed.as_str());
                Some(("format", named(field, &Text::new(zh, format!("Write it in its standard form \"{}\".", parsed.as_str())))))
            }
            Err(error) => Some(("format", named(field, &error.text()))),
        },
        _ => None,
    }
}

fn out_of_bounds(field: &Field, value: &Value, day: Date) -> Option<(&'static str, Text)> {
    let seen = match value {
        Value::Int(n) => Bounded::Number(*n),
        Value::Date(date) => Bounded::Date(*date),
        Value::Text(text) => Bounded::Text(text),
        _ => return None,
    };
    let text = match field.bounds.breach(seen, day)? {
        Breach::Below(least) => {
            let (zh, en) = amount(field, least);
            Text::new(format!("不能小于 {zh}；请核对。"), format!("It cannot be less than {en}; check it."))
        }
        Breach::Above(most) => {
            let (zh, en) = amount(field, most);
            Text::new(
                format!("不能大于 {zh}；请核对是否多写了位数或单位不对。"),
                format!("It cannot be more than {en}; check digits and unit."),
            )
        }
        Breach::After(day) => {
            Text::new(format!("不能晚于今天（{day}）；请核对。"), format!("It cannot lie after today ({day}); check it."))
        }
        Breach::Form(Pattern::Phone) => Text::fixed(
            "不是电话号码；例如 13800001111 或 0738-8312345。",
            "This is no telephone number; write it as 13800001111 or 0738-8312345.",
        ),
        Breach::Form(Pattern::Postcode) => Text::fixed("邮政编码是 6 位数字。", "A postcode has six digits."),
    };
    Some(("bounds", named(field, &text)))
}

/// A bound as a person says it, in both languages.
fn amount(field: &Field, bound: i64) -> (String, String) {
    match &field.ty {
        FieldType::Money => (Fen(bound).display(Lang::Zh), Fen(bound).display(Lang::En)),
        FieldType::Percent => {
            let percent = if bound % 100 == 0 { (bound / 100).to_string() } else { format!("{}.{:02}", bound / 100, (bound % 100).abs()) };
            (format!("{percent}%"), format!("{percent} %"))
        }
        FieldType::Area => (format!("{} 平方米", grouped(bound)), format!("{} m²", grouped(bound))),
        FieldType::Date => {
            let day = i32::try_from(bound).ok().and_then(Date::from_days).map_or_else(|| bound.to_string(), |day| day.to_string());
            (day.clone(), day)
        }
        _ => (grouped(bound), grouped(bound)),
    }
}

/// `2,000,000`.
fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::from(if n < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// PostgreSQL cannot store the character, and nobody means it.
fn has_nul(value: &Value) -> bool {
    match value {
        Value::Text(s) => s.contains('\0'),
        Value::Bilingual(t) => t.zh.contains('\0') || t.en.contains('\0'),
        _ => false,
    }
}

fn too_long(field: &Field, text: &str, limit: u32) -> Option<(&'static str, Text)> {
    // A byte is at least a letter, so counting is needed only for long texts.
    if text.len() <= limit as usize {
        return None;
    }
    let length = text.chars().count();
    (length > limit as usize).then(|| {
        let zh = format!("最多 {limit} 个字，现有 {length} 个；请删减。");
        ("too_long", named(field, &Text::new(zh, format!("At most {limit} characters, this has {length}; shorten it."))))
    })
}

fn not_in_list(model: &Model, field: &Field, list: &str, code: &str) -> Option<(&'static str, Text)> {
    let known = model.lists.get(list).is_some_and(|l| l.codes.contains_key(code));
    (!known).then(|| {
        let label = model.lists.get(list).map_or_else(|| Text::new(list.to_owned(), list.to_owned()), |l| l.label.clone());
        let zh = format!("“{code}”不在“{}”的代码中；请从列表中选择。", label.zh);
        (
            "not_in_list",
            named(field, &Text::new(zh, format!("\"{code}\" is not a code of \"{}\"; choose one from the list.", label.get(Lang::En)))),
        )
    })
}

/// The sentence with the field's label before it.
pub fn named(field: &Field, text: &Text) -> Text {
    Text::new(format!("{}：{}", field.label.zh, text.zh), format!("{}: {}", field.label.get(Lang::En), text.en))
}

/// Problems with one record while it is put together.
pub struct Problems<'a> {
    layout: &'a RecordLayout,
    id: Id,
    pub found: Vec<FieldProblem>,
}

impl<'a> Problems<'a> {
    pub fn new(layout: &'a RecordLayout, id: Id) -> Problems<'a> {
        Problems { layout, id, found: Vec::new() }
    }

    pub fn add(&mut self, field: &str, year: Option<i32>, code: &'static str, message: Text) {
        self.found.push(FieldProblem { record: self.layout.name.clone(), id: Some(self.id), field: field.to_owned(), year, code, message });
    }

    pub fn check(&mut self, field: &Field, year: Option<i32>, value: &Value, day: Date) {
        if let Some((code, message)) = check(self.layout.model(), field, value, day) {
            self.add(&field.name, year, code, message);
        }
    }

    /// Nobody knows today what will be true tomorrow.
    pub fn not_after(&mut self, field: &Field, year: Option<i32>, as_of: Date, day: Date) {
        if as_of > day {
            let zh = format!("资料日期 {as_of} 不能晚于今天（{day}）；请改正日期。");
            let en = format!("The date of this value, {as_of}, cannot lie after today ({day}); correct the date.");
            self.add(&field.name, year, "as_of", named(field, &Text::new(zh, en)));
        }
    }

    pub fn required(&mut self, field: &Field) {
        self.add(&field.name, None, "required", named(field, &Text::fixed("必须填写。", "This must be filled in.")));
    }

    pub fn unknown(&mut self, field: &str, yearly: bool) {
        let (code, message) = match (yearly, self.layout.field(field)) {
            (true, Ok(known)) => ("needs_no_year", named(known, &Text::fixed("该字段不分年度。", "This field has no yearly values."))),
            (false, Ok(known)) => {
                ("needs_year", named(known, &Text::fixed("该字段分年度填写；请注明年份。", "This field has yearly values; give the year.")))
            }
            (_, Err(_)) => (
                "unknown_field",
                Text::new(format!("没有字段“{field}”；请核对名称。"), format!("There is no field \"{field}\"; check the name.")),
            ),
        };
        self.add(field, None, code, message);
    }

    pub fn needs_source(&mut self, field: &Field, year: Option<i32>) {
        let text = Text::fixed("须注明数据来源和日期。", "The source and date of this value must be given.");
        self.add(&field.name, year, "needs_source", named(field, &text));
    }

    pub fn no_source(&mut self, field: &str, source: &str) {
        let text = Text::new(format!("没有数据来源“{source}”；请核对。"), format!("There is no source \"{source}\"; check the name."));
        self.add(field, None, "needs_source", text);
    }

    pub fn no_such_record(&mut self, field: &Field) {
        self.add(
            &field.name,
            None,
            "no_such_record",
            named(field, &Text::fixed("所引用的记录不存在；请重新选择。", "The record referred to does not exist; choose again.")),
        );
    }
}
