//! What the condition editor offers: facts, collections, functions, reference data.
use super::wire::{RuleCollection, RuleFact, RuleFunction, RuleParameter, RuleUnit, RuleVocabulary};
use crate::Caller;
use crate::access;
use crate::eligibility::FIRM;
use crate::fault::Outcome;
use crate::views::Words;
use liangu_base::Text;
use liangu_expr::schema::{Schema, Type, Unit};
use liangu_expr::{functions, print};
use liangu_model::record::{Field, Record};
use std::collections::BTreeMap;

impl Caller<'_> {
    pub fn rule_vocabulary(&self) -> Outcome<RuleVocabulary> {
        self.may_author()?;
        let model = &self.app.model;
        let rules = self.rules()?;
        let (record, schema) = (&model.records[FIRM], &model.schemas[FIRM]);
        let collections = schema.children.iter().map(|(name, child)| {
            let owner = model.records.values().find(|r| r.child_of.as_ref().is_some_and(|of| of.record == FIRM && of.name == *name));
            let facts = owner.map(|owner| self.facts(owner, &child.schema)).unwrap_or_default();
            RuleCollection { name: name.clone(), label: Words::from(&child.label), facts }
        });
        let function = |f: &functions::Function| RuleFunction {
            name: f.name.to_owned(),
            signature: f.signature.to_owned(),
            about: Words::from(Text::fixed(f.about[0], f.about[1])),
            example: f.example[0].to_owned(),
            result: f.example[1].to_owned(),
        };
        let mut parameters: BTreeMap<String, RuleParameter> = BTreeMap::new();
        let mut lists: BTreeMap<String, RuleParameter> = BTreeMap::new();
        for row in &rules.reference.rows {
            let words = RuleParameter {
                name: row.name.clone(),
                label: Words::from(&row.label),
                value: row.value.filter(|_| row.key.is_none()).map(|n| Words::from(crate::shown::amount(n, row.unit))),
            };
            let of = if row.value.is_some() { &mut parameters } else { &mut lists };
            of.entry(row.name.clone()).or_insert(words);
        }
        Ok(RuleVocabulary {
            facts: self.facts(record, schema),
            collections: collections.collect(),
            functions: functions::all().filter(|f| f.in_rules && f.name != "in_set").map(function).collect(),
            parameters: parameters.into_values().collect(),
            lists: lists.into_values().collect(),
        })
    }

    /// The fields that rules may name and this reader may read: an author's rule shows nothing its author may not see.
    fn facts(&self, record: &Record, schema: &Schema) -> Vec<RuleFact> {
        let readable: Vec<&str> = access::readable(self.principal, record).iter().map(|f| f.name.as_str()).collect();
        let fact = |(name, decl): (&String, &liangu_expr::schema::FieldDecl)| {
            let field = record.fields.get(name).filter(|_| readable.contains(&name.as_str()))?;
            fact_word(field, &decl.label, &decl.ty, decl.yearly, record)
        };
        schema.fields.iter().filter_map(fact).collect()
    }
}

fn fact_word(field: &Field, label: &Text, ty: &Type, yearly: bool, record: &Record) -> Option<RuleFact> {
    let ordered = ["==", "!=", ">=", ">", "<=", "<"];
    let (kind, ops): (&str, Vec<&str>) = match ty {
        Type::Bool => ("bool", vec!["is", "is_not"]),
        Type::Int(_) | Type::Days | Type::Double => ("number", ordered.to_vec()),
        Type::Date => ("date", ordered.to_vec()),
        Type::Code(list) if list.codes.values().any(|code| code.parent.is_some()) => {
            ("code", vec!["within", "not_within", "==", "!=", "in", "not_in"])
        }
        Type::Code(_) => ("code", vec!["==", "!=", "in", "not_in"]),
        Type::Set(_) => ("set", vec!["has_any", "has_all", "has_none"]),
        Type::Text | Type::Ref(_) => ("text", vec!["==", "!="]),
        Type::Children(_) | Type::Null => return None,
    };
    let unit = ty.unit();
    Some(RuleFact {
        name: field.name.clone(),
        label: Words::from(label),
        kind: kind.to_owned(),
        unit: unit.and_then(crate::shown::raw_unit).map(Words::from),
        units: unit.map(units).unwrap_or_default(),
        list: match ty {
            Type::Code(list) | Type::Set(list) => Some(list.name.clone()),
            _ => None,
        },
        yearly,
        group: field.group.as_ref().and_then(|group| record.groups.get(group)).map(Words::from),
        ops: ops.into_iter().chain(["known", "unknown"]).map(str::to_owned).collect(),
    })
}

fn units(unit: Unit) -> Vec<RuleUnit> {
    let label = |name: &str| match name {
        "yuan" => Text::fixed("元", "yuan"),
        "wan" => Text::fixed("万元", "10,000 yuan"),
        "yi" => Text::fixed("亿元", "100 million yuan"),
        "percent" => Text::fixed("%", "%"),
        "mu" => Text::fixed("亩", "mu"),
        "hectare" => Text::fixed("公顷", "ha"),
        "square_metres" => Text::fixed("平方米", "m²"),
        "tce" => Text::fixed("吨标准煤", "tce"),
        _ => crate::shown::unit_words(unit).unwrap_or_default(),
    };
    print::units(unit).iter().map(|name| RuleUnit { code: (*name).to_owned(), label: Words::from(label(name)) }).collect()
}
