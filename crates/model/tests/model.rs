//! What packs say is what the rest of the program sees: fields, units, the language's view, children, extensions.
mod common;
use common::{BASE, check, record};
use liangu_base::date::Date;
use liangu_base::text::Lang;
use liangu_expr::schema::{Type, Unit};
use liangu_expr::value::Value;
use liangu_model::record::{Archetype, FieldType};
use liangu_model::{Model, PackError, constant, schema_of};

fn whole(checked: Result<Model, Vec<PackError>>) -> Model {
    checked.unwrap_or_else(|errors| panic!("{}", errors.iter().map(|e| e.render(Lang::En)).collect::<String>()))
}

fn shown(ty: &Type) -> String {
    match ty {
        Type::Int(u) => format!("{u:?}"),
        Type::Code(l) => format!("code {}", l.name),
        Type::Set(l) => format!("set {}", l.name),
        Type::Ref(r) => format!("ref {r}"),
        other => format!("{other:?}"),
    }
}

#[test]
fn each_field_type_has_its_type_in_the_language() {
    let cases = [
        ("text", Some("Text")),
        ("bilingual", Some("Text")),
        ("credit_code", Some("Text")),
        ("number(TH)", Some("Text")),
        ("int", Some("One")),
        ("money", Some("Fen")),
        ("area", Some("SquareMetre")),
        ("percent", Some("BasisPoint")),
        ("bool", Some("Bool")),
        ("date", Some("Date")),
        ("instant", None),
        ("code(region)", Some("code region")),
        ("set(size)", Some("set size")),
        ("ref(firm)", Some("ref firm")),
        ("\"rule(of: firm, live)\"", None),
    ];
    let field = |(i, (ty, _)): (usize, &(&str, Option<&str>))| format!("f{i}: {{type: {ty}, label: {{zh: 甲, en: A}}}}\n");
    let fields: String = cases.iter().enumerate().map(field).collect();
    let model = whole(check(&[("demo/base.yaml", BASE), ("demo/thing.yaml", &record(&fields, ""))]));
    let schema = schema_of(&model, "thing").unwrap();
    for (i, (ty, expected)) in cases.iter().enumerate() {
        let found = schema.fields.get(&format!("f{i}")).map(|f| shown(&f.ty));
        assert_eq!(found.as_deref(), *expected, "{ty}");
    }
    assert_eq!(shown(&schema.fields["id"].ty), "ref thing");
}

#[test]
fn the_reader_is_known_to_expressions() {
    let model = whole(check(&[("demo/base.yaml", BASE)]));
    let user = &schema_of(&model, "firm").unwrap().params["user"];
    let seen: Vec<String> = user.iter().map(|(n, f)| format!("{n}: {}", shown(&f.ty))).collect();
    assert_eq!(
        seen,
        ["id: ref account", "firm: ref enterprise", "organisation: ref organisation", "park: ref park", "region: code region"]
    );
}

#[test]
fn units_years_and_defaults_are_kept() {
    let fields = "staff: {type: int, unit: person, yearly: true, fact: true, label: {zh: 人数, en: Staff}}\nno: {type: number(TH), label: {zh: 编号, en: Number}}\ntext: {type: text, limit: 20, label: {zh: 文, en: Text}}";
    let thing = record(fields, "archetype: shelf\nsort: -no\n");
    let model = whole(check(&[("demo/base.yaml", BASE), ("demo/thing.yaml", &thing)]));
    let thing = &model.records["thing"];
    let staff = &thing.fields["staff"];
    assert_eq!((staff.unit, staff.yearly, staff.fact), (Some(Unit::Person), true, true));
    let no = &thing.fields["no"];
    assert!(no.unique && no.read_only, "numbers are given by the write path");
    assert_eq!(thing.fields["text"].ty, FieldType::Text { limit: 20 });
    assert_eq!(thing.archetype, Archetype::Shelf);
    assert_eq!(thing.columns, ["name"], "without columns a list shows the title");
    assert_eq!(thing.sort, "-no");
}

#[test]
fn children_are_seen_under_their_collection_name() {
    let child = record(
        "firm: {type: ref(firm), required: true, label: {zh: 企业, en: Firm}}",
        "child_of: {record: firm, field: firm, name: things}\n",
    );
    let model = whole(check(&[("demo/base.yaml", BASE), ("demo/thing.yaml", &child)]));
    let firm = schema_of(&model, "firm").unwrap();
    assert_eq!(firm.children["things"].schema.record, "thing");
    assert_eq!(firm.children["things"].complete_since, None);
    assert!(schema_of(&model, "thing").unwrap().children.is_empty());
    assert!(model.records.get_index_of("firm") < model.records.get_index_of("thing"));
}

#[test]
fn children_are_complete_since_a_date_of_the_parent() {
    let base = BASE.replace("revenue:", "things_since: {type: date, label: {zh: 登记起始日, en: On file since}}\n  revenue:");
    let child = record(
        "firm: {type: ref(firm), required: true, label: {zh: 企业, en: Firm}}",
        "child_of: {record: firm, field: firm, name: things, complete_since: things_since}\n",
    );
    let model = whole(check(&[("demo/base.yaml", &base), ("demo/thing.yaml", &child)]));
    let firm = schema_of(&model, "firm").unwrap();
    let since = firm.children["things"].complete_since.expect("the day since which they are on file");
    assert_eq!(firm.fields.get_index(since.0 as usize).unwrap().0, "things_since");
}

#[test]
fn an_extension_adds_relabels_and_hides() {
    let head =
        "pack: more\nlabel: {zh: 补充, en: More}\nversion: \"1\"\nuses: [demo]\nlists: {size: {add: {huge: {zh: 特大, en: Huge}}}}\n";
    let extend = "extend: firm\nadd: {grade: {type: code(size), label: {zh: 等级, en: Grade}}}\nrelabel: {size: {zh: 体量, en: Extent}}\nhide: [region]\ncolumns: [grade]\n";
    let model = whole(check(&[("demo/base.yaml", BASE), ("more/pack.yaml", head), ("more/firm.yaml", extend)]));
    let firm = &model.records["firm"];
    assert!(firm.fields.contains_key("grade"));
    assert_eq!(firm.fields["size"].label.en, "Extent");
    assert!(firm.fields["region"].hidden);
    assert_eq!(firm.columns, ["name", "grade"]);
    let size: Vec<&str> = model.lists["size"].codes.keys().map(String::as_str).collect();
    assert_eq!(size, ["small", "large", "huge"]);
}

#[test]
fn answers_and_defaults_have_values_of_their_type() {
    let kinds = ["money", "percent", "int", "bool", "date", "text", "code(size)", "set(size)"];
    let field = |(i, ty): (usize, &&str)| format!("f{i}: {{type: {ty}, label: {{zh: 甲, en: A}}}}\n");
    let fields: String = kinds.iter().enumerate().map(field).collect();
    let model = whole(check(&[("demo/base.yaml", BASE), ("demo/thing.yaml", &record(&fields, ""))]));
    let schema = schema_of(&model, "thing").unwrap();
    let text = |t: &str| Value::Text(t.into());
    let cases = [
        (0, "wan(500)", Value::Int(500_000_000)),
        (1, "percent(3)", Value::Int(300)),
        (2, "12", Value::Int(12)),
        (3, "true", Value::Bool(true)),
        (3, "false", Value::Bool(false)),
        (4, "date(\"2026-11-24\")", Value::Date(Date::parse("2026-11-24").unwrap())),
        (5, "\"三班\"", text("三班")),
        (6, "\"small\"", text("small")),
        (7, "[\"small\", \"large\"]", Value::List(vec![text("small"), text("large")])),
        (7, "[]", Value::List(Vec::new())),
    ];
    for (i, source, expected) in cases {
        let decl = &schema.fields[&format!("f{i}")];
        assert_eq!(constant(source, decl), Ok(expected), "{source}");
    }
    for (i, source) in [(2, "size(f7)"), (2, "today"), (3, "field"), (6, "small")] {
        assert!(constant(source, &schema.fields[&format!("f{i}")]).is_err(), "{source}");
    }
}

#[test]
fn the_order_of_files_changes_nothing_that_is_stored() {
    let thing = record("owner: {type: ref(firm), label: {zh: 业主, en: Owner}}", "");
    let one = whole(check(&[("demo/base.yaml", BASE), ("demo/thing.yaml", &thing)]));
    let other = whole(check(&[("demo/thing.yaml", &thing), ("demo/base.yaml", BASE)]));
    assert_eq!(one.hash, other.hash);
}
