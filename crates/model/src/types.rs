//! The syntax of field types: `text`, `code(region)`, `ref(park)`, `rule(of: enterprise, live)`, `number(SQ)`.
use crate::error::text;
use crate::names::nearest;
use crate::record::FieldType;
use liangu_base::text::Text;
use liangu_expr::schema::Unit;

/// Letters of a text when the pack does not say.
const TEXT_LIMIT: u32 = 200;

/// Every type with an example of how it is written.
pub(crate) const TYPES: &[(&str, &str)] = &[
    ("text", "text"),
    ("bilingual", "bilingual"),
    ("int", "int"),
    ("money", "money"),
    ("area", "area"),
    ("percent", "percent"),
    ("bool", "bool"),
    ("date", "date"),
    ("instant", "instant"),
    ("code", "code(size_class)"),
    ("set", "set(certificate)"),
    ("ref", "ref(enterprise)"),
    ("rule", "rule(of: enterprise, live)"),
    ("credit_code", "credit_code"),
    ("number", "number(SQ)"),
];

/// Units of whole numbers as packs write them.
pub(crate) const UNITS: &[(&str, Unit)] = &[
    ("one", Unit::One),
    ("person", Unit::Person),
    ("piece", Unit::Piece),
    ("year", Unit::Year),
    ("month", Unit::Month),
    ("day", Unit::Day),
    ("kwh", Unit::Kwh),
    ("kgce", Unit::Kgce),
    ("point", Unit::Point),
];

/// What is wrong with a type, and what to write.
pub(crate) struct BadType {
    pub message: Text,
    pub hint: Text,
}

fn bad(message: Text, name: &str) -> BadType {
    let example = TYPES.iter().find(|(n, _)| *n == name).map(|(_, e)| *e);
    let all = || TYPES.iter().map(|(n, _)| *n).collect::<Vec<_>>().join(", ");
    let hint = match example {
        Some(e) => text(format!("写作 {e}"), format!("write {e}")),
        None => match nearest(name, TYPES.iter().map(|(n, _)| *n)) {
            Some(n) => text(format!("是否想写 {n}？可用的类型：{}", all()), format!("did you mean {n}? types: {}", all())),
            None => text(format!("可用的类型：{}", all()), format!("types: {}", all())),
        },
    };
    BadType { message, hint }
}

/// Reads a type. `limit` is the field's own `limit:`.
pub(crate) fn parse(source: &str, limit: Option<u32>) -> Result<FieldType, BadType> {
    let source = source.trim();
    let (name, argument) = match source.split_once('(') {
        None => (source, None),
        Some((name, rest)) => match rest.strip_suffix(')') {
            Some(inner) => (name.trim(), Some(inner.trim())),
            None => {
                let m = text(format!("类型 {source} 缺少右括号"), format!("type {source} lacks its closing parenthesis"));
                return Err(bad(m, name.trim()));
            }
        },
    };
    let limit = limit.unwrap_or(TEXT_LIMIT);
    let plain = match name {
        "text" => Some(FieldType::Text { limit }),
        "bilingual" => Some(FieldType::Bilingual { limit }),
        "int" => Some(FieldType::Int),
        "money" => Some(FieldType::Money),
        "area" => Some(FieldType::Area),
        "percent" => Some(FieldType::Percent),
        "bool" => Some(FieldType::Bool),
        "date" => Some(FieldType::Date),
        "instant" => Some(FieldType::Instant),
        "credit_code" => Some(FieldType::CreditCode),
        "code" | "set" | "ref" | "rule" | "number" => None,
        _ => {
            return Err(bad(text(format!("没有类型 {name}"), format!("there is no type {name}")), name));
        }
    };
    match (plain, argument) {
        (Some(ty), None) => Ok(ty),
        (Some(_), Some(_)) => Err(bad(text(format!("类型 {name} 不带括号"), format!("type {name} takes no parentheses")), name)),
        (None, None | Some("")) => {
            Err(bad(text(format!("类型 {name} 要在括号里说明对象"), format!("type {name} needs its object in parentheses")), name))
        }
        (None, Some(argument)) => with_argument(name, argument),
    }
}

fn with_argument(name: &str, argument: &str) -> Result<FieldType, BadType> {
    let word = |w: &str| !w.is_empty() && w.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let unreadable = || bad(text(format!("看不懂类型 {name}({argument})"), format!("type {name}({argument}) cannot be read")), name);
    if name == "rule" {
        let mut parts = argument.split(',').map(str::trim);
        let of = parts.next().and_then(|p| p.strip_prefix("of:")).map(str::trim).filter(|w| word(w));
        let live = parts.next();
        return match (of, live, parts.next()) {
            (Some(of), None, None) => Ok(FieldType::Rule { of: of.to_owned(), live: false }),
            (Some(of), Some("live"), None) => Ok(FieldType::Rule { of: of.to_owned(), live: true }),
            _ => Err(unreadable()),
        };
    }
    if !word(argument) {
        return Err(unreadable());
    }
    let argument = argument.to_owned();
    match name {
        "code" => Ok(FieldType::Code { list: argument }),
        "set" => Ok(FieldType::Set { list: argument }),
        "ref" => Ok(FieldType::Ref { record: argument }),
        _ if argument.len() <= 8 && argument.chars().all(|c| c.is_ascii_uppercase()) => Ok(FieldType::Number { prefix: argument }),
        _ => Err(unreadable()),
    }
}

/// The type as a pack writes it; the applied model and messages use this form.
pub fn written(ty: &FieldType) -> String {
    match ty {
        FieldType::Text { .. } => "text".into(),
        FieldType::Bilingual { .. } => "bilingual".into(),
        FieldType::Int => "int".into(),
        FieldType::Money => "money".into(),
        FieldType::Area => "area".into(),
        FieldType::Percent => "percent".into(),
        FieldType::Bool => "bool".into(),
        FieldType::Date => "date".into(),
        FieldType::Instant => "instant".into(),
        FieldType::Code { list } => format!("code({list})"),
        FieldType::Set { list } => format!("set({list})"),
        FieldType::Ref { record } => format!("ref({record})"),
        FieldType::Rule { of, live: true } => format!("rule(of: {of}, live)"),
        FieldType::Rule { of, live: false } => format!("rule(of: {of})"),
        FieldType::CreditCode => "credit_code".into(),
        FieldType::Number { prefix } => format!("number({prefix})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_reads_as_its_example_and_writes_back() {
        for (name, example) in TYPES {
            let Ok(ty) = parse(example, None) else { panic!("{name}: {example}") };
            assert_eq!(&written(&ty), example);
        }
    }
}
