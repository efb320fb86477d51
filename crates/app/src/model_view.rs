//! The model as the web reads it: what the reader may see, with everything a form or a list needs to draw itself.
use crate::eligibility::{POLICY, STATUS, STATUS_LIST, status_list};
use crate::fault::{Fault, Outcome};
use crate::shown::unit_words;
use crate::views::{Code, Words};
use crate::{Caller, PUBLIC};
use liangu_base::Text;
use liangu_expr::schema::CodeList;
use liangu_flow::{Definition, Kind};
use liangu_model::record::{Archetype, Field, FieldType, Record};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Model)]
pub struct ModelView {
    pub hash: String,
    pub records: Vec<RecordModel>,
    pub lists: Vec<String>,
    pub sources: Vec<Labelled>,
    /// Roles an account may have.
    pub roles: Vec<RoleModel>,
    pub packs: Vec<PackModel>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RecordModel {
    pub name: String,
    pub label: Words,
    /// `register`, `case` or `shelf`.
    pub archetype: String,
    pub prefix: String,
    /// Field that names a record.
    pub title: String,
    pub fields: Vec<FieldModel>,
    pub groups: Vec<Labelled>,
    pub columns: Vec<String>,
    pub filters: Vec<String>,
    pub facets: Vec<String>,
    pub sort: String,
    /// Record types of its children.
    pub children: Vec<String>,
    pub can_create: bool,
    /// Of cases: where they can stand and what moves them.
    pub flow: Option<FlowModel>,
}

/// A record type's flow; the journal calls its commands `<record>.<command>`.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowModel {
    pub states: Vec<FlowState>,
    pub commands: Vec<Labelled>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FlowState {
    pub name: String,
    pub label: Words,
    /// `draft`, `open`, `waiting`, `timed` or `done`.
    pub kind: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FieldModel {
    pub name: String,
    pub label: Words,
    /// `text`, `bilingual`, `int`, `money`, `area`, `percent`, `bool`, `date`, `instant`, `code`, `set`, `ref`, `rule`,
    /// `credit_code` or `number`.
    #[serde(rename = "type")]
    pub ty: String,
    pub unit: Option<Words>,
    /// Code list of a code or set.
    pub list: Option<String>,
    /// Record type that a ref points to or a rule speaks of.
    pub record: Option<String>,
    pub yearly: bool,
    pub required: bool,
    pub read_only: bool,
    /// Characters of a text.
    pub limit: Option<u32>,
    pub help: Option<Words>,
    pub group: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Labelled {
    pub name: String,
    pub label: Words,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RoleModel {
    pub name: String,
    pub label: Words,
    /// What it sees, in a few words.
    pub about: Option<Words>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PackModel {
    pub name: String,
    pub label: Words,
    pub version: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CodeListView {
    pub name: String,
    pub label: Words,
    pub codes: Vec<Code>,
}

impl Caller<'_> {
    /// What of the model exists for this reader.
    pub fn model_view(&self) -> ModelView {
        let model = &self.app.model;
        let labelled = |(name, label): (&String, Words)| Labelled { name: name.clone(), label };
        ModelView {
            hash: model.hash.clone(),
            records: model.records.values().filter(|record| self.sees_type(record)).map(|record| self.record_model(record)).collect(),
            lists: model.lists.keys().cloned().chain([STATUS_LIST.to_owned()]).collect(),
            sources: model.sources.iter().map(|(name, source)| labelled((name, (&source.label).into()))).collect(),
            roles: self.roles(),
            packs: self.packs(),
        }
    }

    fn roles(&self) -> Vec<RoleModel> {
        let given = self.app.model.roles.iter().filter(|(name, _)| *name != PUBLIC);
        let role = |(name, role): (&String, &liangu_model::record::Role)| RoleModel {
            name: name.clone(),
            label: (&role.label).into(),
            about: role.about.as_ref().map(Words::from),
        };
        given.map(role).collect()
    }

    pub(crate) fn packs(&self) -> Vec<PackModel> {
        let pack = |pack: &liangu_model::record::PackInfo| PackModel {
            name: pack.name.clone(),
            label: (&pack.label).into(),
            version: pack.version.clone(),
        };
        self.app.model.packs.iter().map(pack).collect()
    }

    /// A code list with its tree.
    pub fn code_list(&self, name: &str) -> Outcome<CodeListView> {
        if name == STATUS_LIST {
            return Ok(code_list_view(&status_list()));
        }
        Ok(code_list_view(self.app.model.lists.get(name).ok_or(Fault::NotFound)?))
    }

    /// A child record type without a scope of its own is seen with its parent.
    fn sees_type(&self, record: &Record) -> bool {
        match &record.child_of {
            Some(parent) if record.scope.is_empty() => self.app.access.sees_type(self.principal, &parent.record),
            _ => self.app.access.sees_type(self.principal, &record.name),
        }
    }

    fn record_model(&self, record: &Record) -> RecordModel {
        let fields = crate::access::readable(self.principal, record);
        let named = |names: &[String]| -> Vec<String> {
            names.iter().filter(|name| fields.iter().any(|field| field.name == **name)).cloned().collect()
        };
        let child = |child: &&Record| child.child_of.as_ref().is_some_and(|of| of.record == record.name) && self.sees_type(child);
        let mut model = RecordModel {
            name: record.name.clone(),
            label: (&record.label).into(),
            archetype: match record.archetype {
                Archetype::Register => "register",
                Archetype::Case => "case",
                Archetype::Shelf => "shelf",
            }
            .to_owned(),
            prefix: record.prefix.clone(),
            title: record.title.clone(),
            groups: record.groups.iter().map(|(name, label)| Labelled { name: name.clone(), label: label.into() }).collect(),
            columns: named(&record.columns),
            filters: named(&record.filters),
            facets: named(&record.facets),
            sort: record.sort.clone(),
            children: self.app.model.records.values().filter(child).map(|child| child.name.clone()).collect(),
            can_create: self.principal.has_any(&record.can_create),
            flow: record.flow.as_deref().map(flow_model),
            fields: fields.into_iter().map(field_model).collect(),
        };
        if record.name == POLICY {
            model.fields.push(status_field());
            model.filters.insert(0, STATUS.to_owned());
            model.facets.insert(0, STATUS.to_owned());
        }
        model
    }
}

fn flow_model(flow: &Definition) -> FlowModel {
    let kind = |kind: &Kind| match kind {
        Kind::Draft => "draft",
        Kind::Open => "open",
        Kind::Waiting { .. } => "waiting",
        Kind::Timed { .. } => "timed",
        Kind::Done { .. } => "done",
    };
    let state = |(name, state): (&String, &liangu_flow::State)| FlowState {
        name: name.clone(),
        label: (&state.label).into(),
        kind: kind(&state.kind).to_owned(),
    };
    let command = |(name, command): (&String, &liangu_flow::Command)| Labelled { name: name.clone(), label: (&command.label).into() };
    FlowModel { states: flow.states.iter().map(state).collect(), commands: flow.commands.iter().map(command).collect() }
}

fn code_list_view(list: &CodeList) -> CodeListView {
    let code = |(code, entry): (&String, &liangu_expr::schema::CodeEntry)| Code {
        code: code.clone(),
        label: (&entry.label).into(),
        parent: entry.parent.clone(),
    };
    CodeListView { name: list.name.clone(), label: (&list.label).into(), codes: list.codes.iter().map(code).collect() }
}

/// The life of a policy, which is computed: a field to filter and to count by, not to write.
fn status_field() -> FieldModel {
    FieldModel {
        name: STATUS.to_owned(),
        label: Text::fixed("状态", "Status").into(),
        ty: "code".to_owned(),
        unit: None,
        list: Some(STATUS_LIST.to_owned()),
        record: None,
        yearly: false,
        required: false,
        read_only: true,
        limit: None,
        help: None,
        group: None,
    }
}

fn field_model(field: &Field) -> FieldModel {
    let (ty, list, record, limit) = match &field.ty {
        FieldType::Text { limit } => ("text", None, None, Some(*limit)),
        FieldType::Bilingual { limit } => ("bilingual", None, None, Some(*limit)),
        FieldType::Int => ("int", None, None, None),
        FieldType::Money => ("money", None, None, None),
        FieldType::Area => ("area", None, None, None),
        FieldType::Percent => ("percent", None, None, None),
        FieldType::Bool => ("bool", None, None, None),
        FieldType::Date => ("date", None, None, None),
        FieldType::Instant => ("instant", None, None, None),
        FieldType::Code { list } => ("code", Some(list.clone()), None, None),
        FieldType::Set { list } => ("set", Some(list.clone()), None, None),
        FieldType::Ref { record } => ("ref", None, Some(record.clone()), None),
        FieldType::Rule { of, .. } => ("rule", None, Some(of.clone()), None),
        FieldType::CreditCode => ("credit_code", None, None, None),
        FieldType::Number { .. } => ("number", None, None, None),
    };
    FieldModel {
        name: field.name.clone(),
        label: (&field.label).into(),
        ty: ty.to_owned(),
        unit: field.unit.and_then(unit_words).map(Words::from),
        list,
        record,
        yearly: field.yearly,
        required: field.required,
        read_only: field.read_only,
        limit,
        help: field.help.as_ref().map(Words::from),
        group: field.group.clone(),
    }
}

/// The API's name of a field type, as [`FieldModel::ty`].
pub(crate) fn type_name(field: &Field) -> String {
    field_model(field).ty
}
