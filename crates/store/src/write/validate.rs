//! Whether a value may stand in a field: its type, its length, its code list, its form.
use crate::error::FieldProblem;
use crate::layout::RecordLayout;
use crate::value::{Value, wanted};
use liangu_base::credit_code::CreditCode;
use liangu_base::{Explain, Id, Lang, Text};
use liangu_model::record::{Field, FieldType, Model};

/// What is wrong with `value` in `field`; null is always well formed.
pub fn check(model: &Model, field: &Field, value: &Value) -> Option<(&'static str, Text)> {
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

    pub fn check(&mut self, field: &Field, year: Option<i32>, value: &Value) {
        if let Some((code, message)) = check(self.layout.model(), field, value) {
            self.add(&field.name, year, code, message);
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
