//! `liangu expr`: one expression by hand: does it type, what does it say, what does it answer for these facts; without
//! facts, what is the value of any CEL expression over bare values.
mod bare;

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
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Subcommand, Debug)]
pub enum Command {
    /// 检查表达式 · check an expression
    Check(Expression),
    /// 把表达式说成一句话 · say an expression as a sentence
    Sentence(Expression),
    /// 求值，结果是一个 JSON 对象 · evaluate it, for facts or over bare values; prints one JSON object
    Eval(AnyEvaluation),
    /// 逐条说明求值结果 · evaluate it part by part
    Explain(Evaluation),
}

#[derive(Args, Debug)]
pub struct Expression {
    /// 表达式 · the expression
    #[arg(allow_hyphen_values = true)]
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

#[derive(Args, Debug)]
pub struct AnyEvaluation {
    #[command(flatten)]
    expression: Expression,
    /// 资料（JSON 文件）：按模型核对的规则；不给则按通用 CEL 求值 · facts as JSON for a rule of the model; without, any CEL
    #[arg(long, value_name = "FILE", conflicts_with_all = ["bindings", "container"])]
    facts: Option<PathBuf>,
    /// 判断日，默认今天 · day of evaluation; today by default
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// 变量（JSON 对象）；{"value": …, "type": "uint"} 指明类型 · variables as a JSON object; {"value": …, "type": "uint"} names a type
    #[arg(long, value_name = "JSON")]
    bindings: Option<String>,
    /// 名称所在的容器 · container in which names are looked for first
    #[arg(long, value_name = "NAME")]
    container: Option<String>,
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
        Command::Eval(evaluation) => evaluation.run(console),
        Command::Explain(evaluation) => evaluation.run(console),
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
    fn run(&self, console: &Console) -> Outcome<()> {
        let (typed, schema) = self.expression.typed()?;
        let context = context(self.as_of);
        let facts = facts(&self.facts)?;
        let row = Facts { json: &facts, schema: &schema, judged_year: context.judged_year };
        console.line(explain(&typed, &schema, &row, &context).render(console.lang).trim_end());
        Ok(())
    }
}

impl AnyEvaluation {
    fn run(&self, console: &Console) -> Outcome<()> {
        let context = context(self.as_of);
        let outcome = match &self.facts {
            Some(file) => self.for_facts(file, &context),
            None => bare::value(&self.expression.text, self.bindings.as_deref(), self.container.as_deref(), &context),
        };
        match &outcome {
            Ok(value) => console.line(&bare::shown(value).to_string()),
            Err(failure) => console.line(&serde_json::json!({"error": failure.text.get(Lang::En)}).to_string()),
        }
        outcome.map(drop)
    }

    fn for_facts(&self, file: &Path, context: &Context) -> Outcome<Value> {
        let (typed, schema) = self.expression.typed()?;
        let facts = facts(file)?;
        Ok(row::eval(&typed, &Facts { json: &facts, schema: &schema, judged_year: context.judged_year }, context))
    }
}

fn context(as_of: Option<Date>) -> Context {
    let today = as_of.unwrap_or_else(|| now().date_beijing());
    Context::new(today, today.year() - 1)
}

fn facts(file: &Path) -> Outcome<Json> {
    let text = std::fs::read_to_string(file).map_err(|e| Failure::file(file, &e))?;
    serde_json::from_str(&text).map_err(|e| {
        let shown = file.display();
        Failure::misused(format!("{shown} 不是 JSON：{e}"), format!("{shown} is not JSON: {e}"))
    })
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
