//! `liangu expr`: one expression by hand: does it type, what does it say, what does it answer for these facts.
use crate::console::Console;
use crate::failure::{Failure, MISUSED, Outcome};
use crate::packs;
use crate::place::now;
use clap::{Args, Subcommand};
use liangu_base::text::Text;
use liangu_base::{Date, Lang};
use liangu_expr::explain::explain;
use liangu_expr::row::{self, Context, Row};
use liangu_expr::schema::{ChildIx, FieldIx, Schema, Type};
use liangu_expr::typed::Typed;
use liangu_expr::value::{Reason, Value};
use liangu_expr::{Expect, check, sentence};
use serde_json::Value as Json;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Subcommand, Debug)]
pub enum Command {
    /// 检查表达式 · check an expression
    Check(Expression),
    /// 把表达式说成一句话 · say an expression as a sentence
    Sentence(Expression),
    /// 对一份资料求值 · evaluate it for one set of facts
    Eval(Evaluation),
    /// 逐条说明求值结果 · evaluate it part by part
    Explain(Evaluation),
}

#[derive(Args, Debug)]
pub struct Expression {
    /// 表达式 · the expression
    text: String,
    /// 所属记录类型 · record type it speaks about
    #[arg(long, default_value = "enterprise")]
    record: String,
    /// 附加业务包文件夹 · folders of further packs
    #[arg(long, value_name = "DIR")]
    packs: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub struct Evaluation {
    #[command(flatten)]
    expression: Expression,
    /// 资料（JSON 文件）：字段名和值，年度字段写 {"2025": 值} · facts as JSON; a yearly field is {"2025": value}
    #[arg(long, value_name = "FILE")]
    facts: PathBuf,
    /// 判断日，默认今天 · day of evaluation; today by default
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

pub fn run(command: &Command, console: &Console) -> Outcome<()> {
    match command {
        Command::Check(expression) => {
            expression.typed()?;
            console.say("表达式正确。", "The expression is right.");
            Ok(())
        }
        Command::Sentence(expression) => {
            let (typed, schema) = expression.typed()?;
            console.line(&sentence::sentence(&typed.root, console.lang, &schema));
            Ok(())
        }
        Command::Eval(evaluation) => evaluation.run(console, false),
        Command::Explain(evaluation) => evaluation.run(console, true),
    }
}

impl Expression {
    fn typed(&self) -> Outcome<(Typed, Arc<Schema>)> {
        let model = packs::model(&self.packs)?;
        let schema = model.schemas.get(&self.record).cloned().ok_or_else(|| {
            let (record, known) = (&self.record, model.schemas.keys().cloned().collect::<Vec<_>>().join(", "));
            Failure::misused(
                format!("没有记录类型“{record}”；可用：{known}。"),
                format!("There is no record type \"{record}\"; there are: {known}."),
            )
        })?;
        let typed = check(&self.text, &schema, Expect::Any).map_err(|findings| {
            let shown: String = findings.iter().map(|f| f.render(&self.text)).collect();
            Failure { text: Text::new(shown.clone(), shown), code: MISUSED }
        })?;
        Ok((typed, schema))
    }
}

impl Evaluation {
    fn run(&self, console: &Console, parts: bool) -> Outcome<()> {
        let (typed, schema) = self.expression.typed()?;
        let text = std::fs::read_to_string(&self.facts).map_err(|e| Failure::file(&self.facts, &e))?;
        let facts: Json = serde_json::from_str(&text).map_err(|e| {
            let shown = self.facts.display();
            Failure::misused(format!("{shown} 不是 JSON：{e}"), format!("{shown} is not JSON: {e}"))
        })?;
        let today = self.as_of.unwrap_or_else(|| now().date_beijing());
        let context = Context::new(today, today.year() - 1);
        let row = Facts { json: &facts, schema: &schema, judged_year: context.judged_year };
        if parts {
            console.line(explain(&typed, &schema, &row, &context).render(console.lang).trim_end());
            return Ok(());
        }
        console.line(&shown(&row::eval(&typed, &row, &context), console.lang));
        Ok(())
    }
}

fn shown(value: &Value, lang: Lang) -> String {
    let text = match value {
        Value::Unknown(Reason::Missing { field, year }) => {
            Text::new(format!("还不知道（缺 {field}，相对年度 {year}）"), format!("unknown ({field} is missing, relative year {year})"))
        }
        Value::Unknown(reason) => Text::new(format!("还不知道（{reason:?}）"), format!("unknown ({reason:?})")),
        Value::Null => Text::fixed("空", "null"),
        Value::Bool(true) => Text::fixed("是", "yes"),
        Value::Bool(false) => Text::fixed("否", "no"),
        Value::Int(number) => return number.to_string(),
        Value::Double(number) => return number.to_string(),
        Value::Text(text) => return text.to_string(),
        Value::Date(date) => return date.to_string(),
        Value::List(list) => return list.iter().map(|v| shown(v, lang)).collect::<Vec<_>>().join(", "),
    };
    text.get(lang).to_owned()
}

/// Facts from JSON, in the raw forms of the HTTP interface: fen, basis points, square metres, `YYYY-MM-DD`.
struct Facts<'a> {
    json: &'a Json,
    schema: &'a Schema,
    judged_year: i32,
}

impl Row for Facts<'_> {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        let missing = |name: &str| Value::Unknown(Reason::Missing { field: name.to_owned(), year });
        let Some((name, decl)) = self.schema.fields.get_index(field.0 as usize) else { return missing("?") };
        let stored = &self.json[name.as_str()];
        let stored = if decl.yearly { &stored[(self.judged_year + year).to_string()] } else { stored };
        value(stored, &decl.ty).unwrap_or_else(|| missing(name))
    }

    fn children(&self, child: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        let (name, child) = self.schema.children.get_index(child.0 as usize)?;
        let rows = self.json[name.as_str()].as_array()?;
        Some(
            rows.iter()
                .map(|json| Box::new(Facts { json, schema: &child.schema, judged_year: self.judged_year }) as Box<dyn Row>)
                .collect(),
        )
    }
}

fn value(json: &Json, ty: &Type) -> Option<Value> {
    Some(match ty {
        Type::Bool => Value::Bool(json.as_bool()?),
        Type::Int(_) | Type::Days => Value::Int(json.as_i64()?),
        Type::Double => Value::Double(json.as_f64()?),
        Type::Date => Value::Date(Date::parse(json.as_str()?).ok()?),
        Type::Set(_) => Value::List(json.as_array()?.iter().filter_map(|c| c.as_str().map(|c| Value::Text(c.into()))).collect()),
        Type::Text | Type::Code(_) | Type::Ref(_) => Value::Text(json.as_str()?.into()),
        Type::Children(_) | Type::Null => return None,
    })
}
