//! The language's view of record types: which names an expression over a record may use, and their types.
//!
//! Every field but instants and rules is visible under its name, hidden ones included (a pack's own expressions still
//! read them). `id` is the record itself. Children are visible under the name in their `child_of`. `user.id`,
//! `user.firm`, `user.organisation`, `user.region` and `user.park` stand for the reader.
use crate::error::text;
use crate::record::{FieldType, Model, Record};
use indexmap::IndexMap;
use liangu_base::text::Text;
use liangu_expr::schema::{Child, CodeList, FieldDecl, FieldIx, Schema, Type, Unit};
use std::sync::Arc;

type Lists = IndexMap<String, Arc<CodeList>>;

/// The schema of one record type, if the model has it. All of them are in [`Model::schemas`].
pub fn schema_of(model: &Model, record: &str) -> Option<Arc<Schema>> {
    model.schemas.get(record).cloned()
}

pub(crate) fn schemas_of(records: &IndexMap<String, Record>, lists: &Lists) -> IndexMap<String, Arc<Schema>> {
    let leaf: IndexMap<&str, Arc<Schema>> = records.values().map(|r| (r.name.as_str(), Arc::new(leaf_schema(r, lists)))).collect();
    let whole = |r: &Record| {
        let mut schema = Schema::clone(&leaf[r.name.as_str()]);
        for c in records.values() {
            if let Some(of) = c.child_of.as_ref().filter(|of| of.record == r.name) {
                let since = of.complete_since.as_ref().and_then(|field| schema.fields.get_index_of(field));
                let complete_since = since.map(|at| FieldIx(at as u32));
                let child = Child { label: c.label.clone(), schema: leaf[c.name.as_str()].clone(), complete_since };
                schema.children.insert(of.name.clone(), child);
            }
        }
        Arc::new(schema)
    };
    records.values().map(|r| (r.name.clone(), whole(r))).collect()
}

fn leaf_schema(r: &Record, lists: &Lists) -> Schema {
    let id = FieldDecl {
        label: text(format!("{}编号", r.label.zh), format!("{} id", r.label.en)),
        ty: Type::Ref(r.name.clone()),
        yearly: false,
    };
    let mut fields = IndexMap::from([("id".to_owned(), id)]);
    for f in r.fields.values() {
        if let Some(ty) = type_of(&f.ty, f.unit, lists) {
            fields.insert(f.name.clone(), FieldDecl { label: f.label.clone(), ty, yearly: f.yearly });
        }
    }
    Schema { record: r.name.clone(), label: r.label.clone(), fields, children: IndexMap::new(), params: params(lists) }
}

/// The type of a field in the language; none for instants and rules.
pub(crate) fn type_of(ty: &FieldType, unit: Option<Unit>, lists: &Lists) -> Option<Type> {
    let list = |name: &String| lists.get(name).cloned().unwrap_or_else(|| empty(name));
    Some(match ty {
        FieldType::Text { .. } | FieldType::Bilingual { .. } | FieldType::CreditCode | FieldType::Number { .. } => Type::Text,
        FieldType::Int => Type::Int(unit.unwrap_or(Unit::One)),
        FieldType::Money => Type::Int(Unit::Fen),
        FieldType::Percent => Type::Int(Unit::BasisPoint),
        FieldType::Area => Type::Int(Unit::SquareMetre),
        FieldType::Bool => Type::Bool,
        FieldType::Date => Type::Date,
        FieldType::Code { list: l } => Type::Code(list(l)),
        FieldType::Set { list: l } => Type::Set(list(l)),
        FieldType::Ref { record } => Type::Ref(record.clone()),
        FieldType::Instant | FieldType::Rule { .. } => return None,
    })
}

fn empty(name: &str) -> Arc<CodeList> {
    Arc::new(CodeList { name: name.to_owned(), label: Text::default(), codes: IndexMap::new() })
}

fn params(lists: &Lists) -> IndexMap<String, IndexMap<String, FieldDecl>> {
    let reference = |record: &str| Type::Ref(record.to_owned());
    let mut user = vec![
        ("id", text("本人", "the user"), reference("account")),
        ("firm", text("本人的企业", "the user's firm"), reference("enterprise")),
        ("organisation", text("本人的单位", "the user's organisation"), reference("organisation")),
        ("park", text("本人的园区", "the user's park"), reference("park")),
    ];
    if let Some(region) = lists.get("region") {
        user.push(("region", text("本人的辖区", "the user's region"), Type::Code(region.clone())));
    }
    let user = user.into_iter().map(|(n, label, ty)| (n.to_owned(), FieldDecl { label, ty, yearly: false })).collect();
    IndexMap::from([("user".to_owned(), user)])
}
