//! Who sees which rows and fields, and who may change them, as the packs say.
//!
//! Each record type has, per role, one boolean expression over its rows with `user.*`; the roles of a person add up, a
//! role without an entry sees nothing, and unknown denies. The expressions are typed once, when the program starts,
//! and compiled into every query. A child record without an entry of its own is seen through its parent only.
use crate::fault::{Fault, Outcome};
use crate::principal::Principal;
use liangu_base::Text;
use liangu_expr::typed::Typed;
use liangu_model::record::{Field, FieldType, Model, Record};
use liangu_store::Scope;
use std::collections::HashMap;
use std::sync::Arc;

/// The scopes of all record types, typed.
pub struct Access {
    scopes: HashMap<String, Vec<(String, Arc<Typed>)>>,
}

impl Access {
    /// # Errors
    /// Internal, when a scope does not type: the pack check lets no such model through.
    pub fn build(model: &Model) -> Outcome<Access> {
        let mut scopes = HashMap::new();
        for (name, record) in &model.records {
            let schema = &model.schemas[name];
            let mut typed = Vec::new();
            for (role, source) in &record.scope {
                let scope = crate::language::boolean(source, schema)
                    .map_err(|why| Fault::Internal(format!("scope of {name} for {role}: {why}")))?;
                typed.push((role.clone(), Arc::new(scope)));
            }
            scopes.insert(name.clone(), typed);
        }
        Ok(Access { scopes })
    }

    /// The rows of `record` that the principal sees.
    pub fn scope(&self, principal: &Principal, record: &str) -> Scope {
        self.scope_for(record, |role| principal.has(role))
    }

    /// The rows that the principal sees in one of `roles`: the roles that allow a change allow it within their own rows.
    pub fn scope_in_roles(&self, principal: &Principal, record: &str, roles: &[&str]) -> Scope {
        self.scope_for(record, |role| principal.has(role) && roles.contains(&role))
    }

    /// Whether the principal has any entry for the record type, so that it exists for him at all.
    pub fn sees_type(&self, principal: &Principal, record: &str) -> bool {
        self.scopes.get(record).is_some_and(|entries| entries.iter().any(|(role, _)| principal.has(role)))
    }

    /// The roles by which the principal sees rows of `record`, if what they see does not depend on who has them.
    pub fn impersonal(&self, principal: &Principal, record: &str) -> Option<Vec<String>> {
        let entries = self.scopes.get(record).map_or(&[][..], Vec::as_slice);
        let mut own = entries.iter().filter(|(role, _)| principal.has(role));
        own.clone().all(|(_, scope)| !scope.source.contains("user.")).then(|| own.by_ref().map(|(role, _)| role.clone()).collect())
    }

    fn scope_for(&self, record: &str, may: impl Fn(&str) -> bool) -> Scope {
        let entries = self.scopes.get(record).map_or(&[][..], Vec::as_slice);
        Scope::AnyOf(entries.iter().filter(|(role, _)| may(role)).map(|(_, scope)| scope.clone()).collect())
    }
}

/// Whether the principal may read the field of a record that he sees.
pub fn reads(principal: &Principal, field: &Field) -> bool {
    !field.hidden && (field.readers.is_empty() || principal.has_any(&field.readers))
}

/// The fields that the principal reads, in the order of the pack.
pub fn readable<'m>(principal: &Principal, record: &'m Record) -> Vec<&'m Field> {
    record.fields.values().filter(|field| reads(principal, field)).collect()
}

/// The roles of the principal that may change `field` of a record.
pub fn updating_roles<'m>(principal: &Principal, record: &'m Record, field: &Field) -> Vec<&'m str> {
    if field.read_only || field.hidden || matches!(field.ty, FieldType::Number { .. }) || !reads(principal, field) {
        return Vec::new();
    }
    let names = |fields: &[String]| fields.iter().any(|name| name == "*" || *name == field.name);
    let roles = record.can_update.iter().filter(|(role, fields)| principal.has(role) && names(fields));
    roles.map(|(role, _)| role.as_str()).collect()
}

/// The roles of the principal that may change anything of a record type.
pub fn roles_that_update<'m>(principal: &Principal, record: &'m Record) -> Vec<&'m str> {
    let roles = record.can_update.iter().filter(|(role, fields)| principal.has(role) && !fields.is_empty());
    roles.map(|(role, _)| role.as_str()).collect()
}

/// Why someone who sees a record may not change it.
pub fn no_update_reason(model: &Model, record: &Record) -> Text {
    let label = |role: &String| model.roles.get(role).map_or_else(|| Text::chinese_only(role.clone()), |r| r.label.clone());
    let labels: Vec<Text> = record.can_update.keys().map(label).collect();
    if labels.is_empty() {
        return Text::fixed("此类记录由系统写入，不能直接修改。", "Records of this kind are written by the system only.");
    }
    let zh: Vec<&str> = labels.iter().map(|l| l.zh.as_ref()).collect();
    let en: Vec<&str> = labels.iter().map(|l| l.get(liangu_base::Lang::En)).collect();
    Text::new(
        format!("只有管辖此记录的{}可以修改。", zh.join("、")),
        format!("Only {} in charge of this record may change it.", en.join(", ")),
    )
}
