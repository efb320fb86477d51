//! The packs that come with the program are whole: they check, the table of files is the folder, and what other
//! crates rely on is there.
use liangu_base::text::Lang;
use liangu_model::applied::Applied;
use liangu_model::plan::{Step, plan};
use liangu_model::record::FieldType;
use liangu_model::{Model, PackError, SourceFile};
use std::collections::BTreeSet;
use std::path::Path;

fn whole(checked: Result<Model, Vec<PackError>>) -> Model {
    checked.unwrap_or_else(|errors| {
        panic!("{}", errors.iter().map(|e| e.render(Lang::Zh) + &e.render(Lang::En)).collect::<Vec<_>>().join("\n"))
    })
}

fn model() -> Model {
    whole(liangu_packs::load(Vec::new()))
}

#[test]
fn the_shipped_packs_check() {
    let model = model();
    let packs: Vec<&str> = model.packs.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(packs, ["standards", "registry", "flow", "policy", "claims"]);
    let facts = model.records["enterprise"].fields.values().filter(|f| f.fact).count();
    assert!(facts >= 40, "{facts} facts");
}

#[test]
fn search_knows_what_officials_and_firms_type() {
    let model = model();
    let groups = &model.synonyms;
    assert!(groups.len() >= 40, "{} groups", groups.len());
    for (short, full) in [
        ("技改", "技术改造"),
        ("高企", "高新技术企业"),
        ("科小", "科技型中小企业"),
        ("规上", "规模以上"),
        ("四上", "规模以上"),
        ("首台套", "首台（套）"),
        ("稳岗", "稳定岗位"),
        ("智改数转", "数字化改造"),
        ("设备更新", "以旧换新"),
        ("创投", "创业投资"),
        ("社保", "社会保险"),
    ] {
        let group = groups.iter().find(|group| group.iter().any(|word| word == short));
        assert!(group.is_some_and(|group| group.iter().any(|word| word == full)), "{short} and {full}");
    }
}

#[test]
fn the_table_of_files_is_the_folder() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeSet::new();
    for pack in ["standards", "registry", "flow", "policy", "claims"] {
        for file in std::fs::read_dir(root.join(pack)).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".yaml") && !name.starts_with("criteria") {
                found.insert(format!("{pack}/{name}"));
            }
        }
    }
    let listed: BTreeSet<String> = liangu_packs::FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(listed, found);
}

#[test]
fn records_come_after_those_they_refer_to() {
    let model = model();
    let place = |r: &str| model.records.get_index_of(r).unwrap();
    for (earlier, later) in [("organisation", "park"), ("park", "enterprise"), ("enterprise", "ip_right"), ("policy", "policy_clause")] {
        assert!(place(earlier) < place(later), "{earlier} before {later}");
    }
}

#[test]
fn regions_and_industries_contain_each_other_as_the_standards_say() {
    let model = model();
    let (region, industry) = (&model.lists["region"], &model.lists["industry"]);
    for (list, ancestor, code, contained) in [
        (region, "430000", "431302", true),
        (region, "431300", "431382", true),
        (region, "431300", "430523", false),
        (industry, "C", "3130", true),
        (industry, "31", "3130", true),
        (industry, "30", "3130", false),
    ] {
        assert_eq!(list.contains(ancestor, code), contained, "{code} in {ancestor}");
    }
}

/// The files of a folder below the repository's root, as a command with `--packs` would read them.
fn folder(path: &str) -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    let pack = root.file_name().unwrap().to_str().unwrap().to_owned();
    let mut files: Vec<_> = std::fs::read_dir(&root).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let yaml = files.into_iter().filter(|f| f.extension().is_some_and(|e| e == "yaml"));
    yaml.map(|f| SourceFile {
        pack: pack.clone(),
        path: format!("{path}/{}", f.file_name().unwrap().to_str().unwrap()),
        text: std::fs::read_to_string(&f).unwrap(),
    })
    .collect()
}

#[test]
fn the_example_pack_adds_a_record_a_rule_a_list_and_facts_without_code() {
    let model = whole(liangu_packs::load(folder("examples/packs/training")));
    let course = &model.records["training_course"];
    assert_eq!(course.fields["fits"].ty, FieldType::Rule { of: "enterprise".into(), live: false });
    assert_eq!(course.columns, ["name", "topic", "region", "starts", "fee"]);
    let firm = &model.records["enterprise"];
    assert!(firm.fields["trained_employees"].yearly);
    assert!(model.schemas["enterprise"].fields.contains_key("training_manager"));
    assert_eq!(model.indicators["training_courses_open"].record, "training_course");
    let request = &model.records["training_request"];
    let flow = request.flow.as_ref().unwrap();
    assert_eq!((flow.start.as_str(), flow.clocks["arrangement"].days), ("draft", 10));
    assert_eq!(request.fields["state"].ty, FieldType::Code { list: "training_request_state".into() });
}

#[test]
fn the_example_pack_only_adds_to_a_database_of_the_shipped_packs() {
    let larger = whole(liangu_packs::load(folder("examples/packs/training")));
    let plan = plan(&Applied::of(&model()), &larger);
    assert!(plan.refused.is_empty());
    let enterprise = |field: &str| Step::AddField { record: "enterprise".into(), field: field.into() };
    for step in [Step::CreateRecord { record: "training_course".into() }, enterprise("training_manager"), enterprise("trained_employees")] {
        assert!(plan.steps.contains(&step), "{step:?}");
    }
}

#[test]
fn tests_that_packs_name_as_proof_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut named = 0;
    for (path, text) in liangu_packs::FILES {
        for proof in text.split("\"test:").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(root.join(proof).is_file(), "{path} names {proof}");
            named += 1;
        }
    }
    assert!(named > 0);
}
