//! `convert:` of a field whose type changes: an expression of the new type in which `old` is the stored value.
use crate::error::text;
use crate::record::{Field, Model};
use crate::schema::type_of;
use crate::types::parse;
use indexmap::IndexMap;
use liangu_base::text::Text;
use liangu_expr::schema::{FieldDecl, Schema, Type, Unit};
use liangu_expr::{Expect, check as check_expression};

/// What the store evaluates a `convert:` over: a record with the one field `old`. None for types that the language
/// does not see.
pub fn convert_schema(old: &str, model: &Model) -> Option<Schema> {
    let ty = type_of(&parse(old, None).ok()?, None, &model.lists)?;
    let label = text("旧值", "the stored value");
    let decl = FieldDecl { label: label.clone(), ty, yearly: false };
    let fields = IndexMap::from([("old".to_owned(), decl)]);
    Some(Schema { record: "old".into(), label, fields, children: IndexMap::new(), params: IndexMap::new() })
}

pub(crate) fn check(convert: &str, old: &str, field: &Field, model: &Model) -> Result<(), Text> {
    let unseen = |ty: &str| text(format!("{ty} 的值不能换算"), format!("values of {ty} do not convert"));
    let schema = convert_schema(old, model).ok_or_else(|| unseen(old))?;
    let written = crate::types::written(&field.ty);
    let new = type_of(&field.ty, field.unit, &model.lists).ok_or_else(|| unseen(&written))?;
    let typed = check_expression(convert, &schema, Expect::Any).map_err(|findings| {
        let all = |of: fn(&Text) -> &str| findings.iter().map(|f| of(&f.message)).collect::<Vec<_>>().join("; ");
        text(all(|t| &t.zh), all(|t| &t.en))
    })?;
    if fits(&new, &typed.root.ty) {
        Ok(())
    } else {
        Err(text(format!("它不给出 {written} 的值"), format!("it gives no value of {written}")))
    }
}

/// A bare number counts in the smallest unit of the new type; a text may become a code.
fn fits(new: &Type, given: &Type) -> bool {
    match (new, given) {
        (Type::Int(a), Type::Int(b)) => a == b || *b == Unit::One,
        (Type::Code(_), Type::Text) | (Type::Text, Type::Code(_)) => true,
        (Type::Code(a), Type::Code(b)) | (Type::Set(a), Type::Set(b)) => a.name == b.name,
        (Type::Ref(a), Type::Ref(b)) => a == b,
        (Type::Bool, Type::Bool) | (Type::Text, Type::Text) | (Type::Date, Type::Date) => true,
        _ => false,
    }
}
