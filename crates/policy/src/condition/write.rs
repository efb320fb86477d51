//! Tree → text.
use super::{Children, Condition, Op, Operand, Quantifier, Row};
use liangu_base::Text;

/// Longest tree, in rows and groups.
const MOST_NODES: usize = 500;

/// The text of a tree, or what is missing in it.
///
/// # Errors
/// If a row has no fact or no value, or a name could not be one.
pub fn write(condition: &Condition) -> Result<String, Text> {
    let mut left = MOST_NODES;
    text(condition, &mut left)
}

fn text(condition: &Condition, left: &mut usize) -> Result<String, Text> {
    *left = left
        .checked_sub(1)
        .ok_or_else(|| Text::fixed("条件太长，请拆成几条", "the condition is too long; split it into several clauses"))?;
    match condition {
        Condition::All { all } => group(all, " && ", left),
        Condition::Any { any } => group(any, " || ", left),
        Condition::None { none } => Ok(format!("!({})", group(none, " || ", left)?)),
        Condition::AtLeast { at_least, of } => {
            let parts = parts(of, left)?;
            Ok(format!("at_least({at_least}, {})", parts.join(", ")))
        }
        Condition::Children(children) => over_children(children, left),
        Condition::Fact(row) => of_row(row),
        Condition::Text { text } if text.trim().is_empty() => Err(incomplete()),
        Condition::Text { text } => Ok(text.clone()),
    }
}

fn parts(conditions: &[Condition], left: &mut usize) -> Result<Vec<String>, Text> {
    if conditions.is_empty() {
        return Err(Text::fixed("这一组里还没有条件", "this group has no condition yet"));
    }
    conditions.iter().map(|c| text(c, left)).collect()
}

fn group(conditions: &[Condition], by: &str, left: &mut usize) -> Result<String, Text> {
    let single = conditions.len() == 1;
    let texts = parts(conditions, left)?;
    let wrapped = conditions.iter().zip(texts).map(|(condition, text)| {
        // the text of a row binds more tightly than a joiner; groups and free text may not
        let loose = matches!(condition, Condition::All { .. } | Condition::Any { .. } | Condition::Text { .. });
        if loose && !single { format!("({text})") } else { text }
    });
    Ok(wrapped.collect::<Vec<_>>().join(by))
}

fn over_children(children: &Children, left: &mut usize) -> Result<String, Text> {
    let (name, variable) = (named(&children.children)?, named(&children.variable)?);
    let filter = text(&children.filter, left)?;
    Ok(match children.quantifier {
        Quantifier::Exists => format!("{name}.exists({variable}, {filter})"),
        Quantifier::All => format!("{name}.all({variable}, {filter})"),
        Quantifier::None => format!("!{name}.exists({variable}, {filter})"),
        Quantifier::Count { count, value } => format!("{name}.filter({variable}, {filter}).size() {} {value}", sign(count)?),
    })
}

fn of_row(row: &Row) -> Result<String, Text> {
    if row.fact.trim().is_empty() {
        return Err(Text::fixed("请选择一个事实", "choose a fact"));
    }
    let fact = match row.year {
        Some(year) if year != 0 => format!("{}.at({year})", row.fact),
        _ => row.fact.clone(),
    };
    let codes = || match &row.value {
        Some(Operand::Codes { codes }) if !codes.is_empty() => Ok(codes),
        _ => Err(Text::fixed("请选择至少一个代码", "choose at least one code")),
    };
    let list = || codes().map(|codes| codes.iter().map(|c| quoted(c)).collect::<Vec<_>>().join(", "));
    Ok(match row.op {
        Op::Is => fact,
        Op::IsNot => format!("!{}", tight(&fact)),
        Op::Known => format!("known({fact})"),
        Op::Unknown => format!("!known({fact})"),
        Op::In => format!("{} in [{}]", tight(&fact), list()?),
        Op::NotIn => format!("!({} in [{}])", tight(&fact), list()?),
        Op::Within => format!("within({fact}, {})", list()?),
        Op::NotWithin => format!("!within({fact}, {})", list()?),
        Op::HasAny => has_any(&fact, codes()?, &list()?),
        Op::HasNone => format!("!({})", has_any(&fact, codes()?, &list()?)),
        Op::HasAll => format!("[{}].all(x, x in {fact})", list()?),
        Op::Eq | Op::Ne | Op::Lt | Op::Le | Op::Gt | Op::Ge => format!("{} {} {}", tight(&fact), sign(row.op)?, value(row)?),
    })
}

fn has_any(fact: &str, codes: &[String], list: &str) -> String {
    match codes {
        [only] => format!("{} in {}", quoted(only), tight(fact)),
        _ => format!("{}.exists(x, x in [{list}])", tight(fact)),
    }
}

/// In brackets unless it is a name, a call or a member.
fn tight(expression: &str) -> String {
    let mut depth = 0i32;
    let loose = expression.chars().any(|c| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        depth == 0 && (c.is_whitespace() || "+-*/%<>=!&|?:".contains(c))
    });
    if loose { format!("({expression})") } else { expression.to_owned() }
}

fn value(row: &Row) -> Result<String, Text> {
    let missing = || Text::fixed("请填写要比较的值", "fill in the value to compare with");
    match row.value.as_ref().ok_or_else(missing)? {
        Operand::Amount { amount, unit } => number(amount, unit),
        Operand::Codes { codes } => match &codes[..] {
            [only] => Ok(quoted(only)),
            _ => Err(Text::fixed("这里只能选一个代码", "choose exactly one code here")),
        },
        Operand::Date { date } => Ok(format!("date({})", quoted(date))),
        Operand::Text { text } => Ok(quoted(text)),
        Operand::Bool { bool } => Ok(bool.to_string()),
        Operand::Expression { expression } if expression.trim().is_empty() => Err(missing()),
        Operand::Expression { expression } => Ok(format!("({expression})")),
    }
}

/// A decimal as people type it (`2,000.5`) in a unit of the language.
fn number(amount: &str, unit: &str) -> Result<String, Text> {
    let plain: String = amount.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |s: &str| !s.is_empty() && s.len() <= 18 && s.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return Err(Text::new(format!("“{amount}”不是一个数"), format!("\"{amount}\" is not a number")));
    }
    match unit {
        "" => Ok(plain),
        unit if unit.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') => Ok(format!("{unit}({plain})")),
        _ => Err(Text::new(format!("没有单位“{unit}”"), format!("there is no unit \"{unit}\""))),
    }
}

fn sign(op: Op) -> Result<&'static str, Text> {
    Ok(match op {
        Op::Eq => "==",
        Op::Ne => "!=",
        Op::Lt => "<",
        Op::Le => "<=",
        Op::Gt => ">",
        Op::Ge => ">=",
        _ => return Err(Text::fixed("这里要一个比较符号", "a comparison is needed here")),
    })
}

fn named(name: &str) -> Result<&str, Text> {
    let letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    let ok = name.starts_with(letter) && name.chars().all(|c| letter(c) || c.is_ascii_digit());
    ok.then_some(name).ok_or_else(|| Text::new(format!("“{name}”不能作为名称"), format!("\"{name}\" cannot be a name")))
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out + "\""
}

fn incomplete() -> Text {
    Text::fixed("条件还没有写完", "the condition is not complete yet")
}
