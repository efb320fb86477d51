//! Whatever way a claim goes, nothing that was filled in is lost; and what must refuse says why.
use crate::books::{Books, int, state, text};
use crate::granted::award;
use crate::place::{Place, Policy, firm, id, key, places, wan};
use liangu_app::claims::{ClaimView, JudgeClause, NewClaim, NewObjection, SaveClaim, SaveMaterial, replay_all};
use liangu_app::flows::{CommandInputs, Delegation};
use liangu_app::views::Raw;
use liangu_app::{Fault, Outcome, Principal};
use liangu_store::{FileMeta, Item};
use serde_json::json;
use std::collections::BTreeMap;

pub struct Claim<'p> {
    place: &'p Place,
    pub firm: Principal,
    id: String,
}

/// `done`, or the code of the refusal.
pub fn refusal(outcome: Outcome<()>) -> String {
    match outcome {
        Ok(()) => "done".to_owned(),
        Err(Fault::Forbidden { code, .. } | Fault::Conflict { code, .. }) => code.to_owned(),
        Err(Fault::Stale { .. }) => "stale".to_owned(),
        Err(Fault::Invalid(faults)) => faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>().join(" "),
        Err(other) => panic!("{other:?}"),
    }
}

impl<'p> Claim<'p> {
    pub fn begun(place: &'p Place, own: &Principal, policy: Policy, n: u64, request: &str) -> Outcome<Claim<'p>> {
        let new = NewClaim { policy: policy.id().text("pol"), items: Vec::new() };
        let view = place.by(own).start_claim(&firm(n).text("ent"), &new, &key(request))?;
        Ok(Claim { place, firm: own.clone(), id: view.id })
    }

    fn of(place: &'p Place, n: u64, id: String) -> Claim<'p> {
        Claim { place, firm: place.people.firms[n as usize].clone(), id }
    }

    /// Filled in by the firm with everything a firm can fill in.
    fn filled(place: &'p Place, policy: Policy, n: u64) -> Claim<'p> {
        let claim = Claim::begun(place, &place.people.firms[n as usize], policy, n, &format!("{policy:?} {n}")).unwrap();
        claim.save(&SaveClaim {
            payee_name: Some("户名".to_owned()),
            payee_bank: Some("银行".to_owned()),
            payee_account: Some("6222 0000 1111".to_owned()),
            contact: Some("李四 138".to_owned()),
            note: Some("说明文字".to_owned()),
            ..SaveClaim::default()
        });
        let meta = FileMeta {
            id: id(10, n),
            name: "审计报告.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            record: Some("claim".to_owned()),
            record_id: Some(claim.row().id),
        };
        place.store.put_file(&meta, b"%PDF-1.4", claim.firm.account, place.app.now()).unwrap();
        let clause = claim.view(&claim.firm).wanted.first().map(|wanted| wanted.clause.clone());
        let file = Some(meta.id.text("file"));
        let material = SaveMaterial { id: None, clause, name: "审计报告".to_owned(), note: Some("第 3 页".to_owned()), file };
        claim.save(&SaveClaim { materials: Some(vec![material]), ..SaveClaim::default() });
        claim
    }

    pub fn handed_in(place: &'p Place, policy: Policy, n: u64) -> Claim<'p> {
        let claim = Claim::filled(place, policy, n);
        claim.give(&claim.firm, "submit", &[]);
        claim
    }

    pub fn recommended(place: &'p Place, policy: Policy, n: u64) -> Claim<'p> {
        let claim = Claim::handed_in(place, policy, n);
        let officer = &place.people.officers[0];
        claim.give(officer, "sign_for", &[]);
        claim.judge(officer, "health", "yes");
        claim.give(officer, "recommend", &[]);
        claim
    }

    pub fn view(&self, who: &Principal) -> ClaimView {
        self.place.by(who).claim_file(&self.id).unwrap()
    }

    pub fn version(&self) -> i64 {
        self.view(&self.firm).version
    }

    pub fn row(&self) -> Item {
        let id = self.place.by(&self.firm).id("claim", &self.id).unwrap();
        self.place.store.read(|reader| reader.get("claim", id)).unwrap().unwrap()
    }

    fn state(&self) -> String {
        state(&self.row()).to_owned()
    }

    fn save(&self, save: &SaveClaim) {
        self.place.by(&self.firm).save_claim(&self.id, self.version(), save).unwrap();
    }

    pub fn judge(&self, who: &Principal, clause: &str, answer: &str) {
        let judge: JudgeClause = serde_json::from_value(json!({"clause": clause, "answer": answer, "note": "现场看过"})).unwrap();
        self.place.by(who).judge_clause(&self.id, &judge).unwrap();
    }

    pub fn tried(&self, who: &Principal, command: &str, version: i64, inputs: &[(&str, &str)]) -> Outcome<()> {
        let inputs: BTreeMap<String, Raw> = inputs.iter().map(|(name, text)| ((*name).to_owned(), Raw(json!(text)))).collect();
        self.place.by(who).command("claim", &self.id, command, version, &CommandInputs { inputs }, None).map(drop)
    }

    pub fn give(&self, who: &Principal, command: &str, inputs: &[(&str, &str)]) {
        self.tried(who, command, self.version(), inputs).unwrap_or_else(|fault| panic!("{command}: {fault:?}"));
    }

    fn told(&self, who: &Principal, command: &str, inputs: &[(&str, &str)]) -> String {
        refusal(self.tried(who, command, self.version(), inputs))
    }

    fn object(&self) {
        let new = NewObjection { name: "王某".to_owned(), contact: "138".to_owned(), reason: "重复".to_owned() };
        let request = key(&format!("objection {}", self.version()));
        self.place.by(&Principal::anonymous()).object(&self.id, &new, &request).unwrap();
    }

    /// What the firm filled in, as it reads it.
    fn kept(&self) -> String {
        let view = self.view(&self.firm);
        let payee = view.payee.unwrap();
        let material = |one: &liangu_app::claims::Material| format!("{} {:?} {:?}", one.name, one.note, one.file.is_some());
        let materials: Vec<String> = view.materials.iter().map(material).collect();
        let files = self.place.store.read(|reader| reader.files_of("claim", self.row().id)).unwrap().len();
        format!("{:?} {:?} {:?} {:?} {:?} {materials:?} {files}", payee.name, payee.bank, payee.account, payee.contact, view.note)
    }
}

/// One step of a path.
fn turn(claim: &Claim<'_>, place: &Place, what: &str) {
    let (officer, reviewer) = (&place.people.officers[0], &place.people.reviewers[0]);
    match what {
        "ask" => claim.give(officer, what, &[("question", "请补充第 4 页")]),
        "sign_for" | "recommend" => claim.give(officer, what, &[]),
        "judge" => claim.judge(officer, "health", "yes"),
        "resubmit" => claim.give(&claim.firm, what, &[("reply", "已补充")]),
        "withdraw" => claim.give(&claim.firm, what, &[]),
        "appeal" => claim.give(&claim.firm, what, &[("reason", "请复查")]),
        "approve" => claim.give(reviewer, what, &[]),
        "send_back" | "refuse" | "dismiss" | "uphold" => claim.give(reviewer, what, &[("reason", "经核实")]),
        "object" => claim.object(),
        "a month" => {
            place.advance_days(30);
            place.app.tick().unwrap();
        }
        "delegate" => {
            let to = Delegation { account: place.people.officers[1].account.unwrap().text("acc") };
            place.by(officer).delegate("claim", &claim.id, claim.version(), &to).unwrap();
        }
        other => panic!("{other}"),
    }
}

#[test]
fn on_no_way_is_anything_lost_that_was_filled_in() {
    let paths = [
        ("sign_for ask resubmit", "reviewing"),
        ("sign_for withdraw", "withdrawn"),
        ("sign_for ask,a month", "lapsed"),
        ("sign_for ask,a month,appeal sign_for", "reviewing"),
        ("sign_for judge delegate", "reviewing"),
        ("sign_for judge recommend send_back", "reviewing"),
        ("sign_for refuse appeal", "submitted"),
        ("sign_for judge recommend approve object dismiss", "notice"),
        ("sign_for judge recommend approve object uphold", "refused"),
        ("sign_for judge recommend approve object uphold appeal sign_for", "reviewing"),
    ];
    for (what, end) in paths {
        let place = Place::open(None);
        let claim = Claim::handed_in(&place, Policy::Scale, 4);
        let filled = claim.kept();
        let part = |part: &'static str| if part == "a month" { vec![part] } else { part.split(' ').collect() };
        for one in what.split(',').flat_map(part) {
            turn(&claim, &place, one);
            assert_eq!(claim.kept(), filled, "{what}: {one}");
        }
        assert_eq!(claim.state(), end, "{what}");
        let view = claim.view(&place.people.officers[0]);
        let health = view.clauses.iter().find(|clause| clause.key == "health").unwrap();
        assert_eq!(health.judged.is_some(), what.contains("judge"), "{what}: what was judged stays");
        let steps = place.by(&claim.firm).flow("claim", &claim.id).unwrap().steps;
        let said: Vec<&String> = steps.iter().flat_map(|step| step.inputs.values()).collect();
        assert_eq!(said.iter().any(|text| *text == "请补充第 4 页"), what.contains("ask"), "{what}: {said:?}");
        let totals = replay_all(&place.app, &mut |one| assert!(one.agrees, "{what}: {one:?}")).unwrap();
        assert_eq!(totals.differ, 0);
    }
}

#[test]
fn a_grant_without_application_is_taken_declined_or_taken_up_late() {
    for place in places() {
        let mut books = Books::default();
        let mut reserved = |place: &Place| {
            books.follow(place);
            assert_eq!(books.broken(place), Vec::<String>::new());
            books.of("budget").find(|row| row.id == id(3, Policy::Automatic as u64)).map(|row| int(row, "reserved")).unwrap()
        };
        let granted = |n: u64| {
            let mut books = Books::default();
            books.follow(&place);
            place.store.commit(award(&place, &books, n, wan(20), id(5, n)).unwrap()).unwrap();
            Claim::of(&place, n, id(5, n).text("clm"))
        };
        let [taken, declined, late] = [3, 4, 5].map(granted);
        assert_eq!(reserved(&place), wan(60));
        assert_eq!(taken.told(&taken.firm, "consent", &[]), "payee_name payee_bank payee_account");
        taken.save(&SaveClaim {
            payee_name: Some("户名".to_owned()),
            payee_bank: Some("银行".to_owned()),
            payee_account: Some("6222 0000 1111".to_owned()),
            ..SaveClaim::default()
        });
        taken.give(&taken.firm, "consent", &[]);
        assert_eq!((taken.state().as_str(), taken.view(&taken.firm).decision.unwrap().amount), ("notice", wan(20)));
        declined.give(&declined.firm, "decline", &[]);
        assert_eq!(reserved(&place), wan(40));
        place.advance_days(40);
        place.app.tick().unwrap();
        assert_eq!((taken.state().as_str(), late.state().as_str()), ("payable", "unclaimed"));
        assert_eq!(reserved(&place), wan(20), "what nobody took is free again");
        late.give(&late.firm, "take_up", &[]);
        assert_eq!((late.state().as_str(), reserved(&place)), ("consenting", wan(40)));
        let totals = replay_all(&place.app, &mut |one| assert!(one.agrees, "{one:?}")).unwrap();
        assert_eq!((totals.agree, totals.differ), (1, 0));
    }
}

#[test]
fn two_persons_and_an_account_before_money_is_promised() {
    let place = Place::open(None);
    let both = Principal { roles: vec!["officer".to_owned(), "reviewer".to_owned()], ..place.people.officers[0].clone() };
    let claim = Claim::recommended(&place, Policy::Scale, 4);
    assert_eq!(claim.told(&both, "approve", &[]), "two_persons");
    claim.give(&place.people.reviewers[0], "approve", &[]);
    // what the bank refuses to pay is put right by the firm, while nothing else can be changed
    let payee = SaveClaim { payee_account: Some("6222 9999 8888".to_owned()), ..SaveClaim::default() };
    claim.save(&payee);
    let more = SaveClaim { note: Some("又及".to_owned()), ..payee };
    let refused = place.by(&claim.firm).save_claim(&claim.id, claim.version(), &more).map(drop);
    assert_eq!(refusal(refused), "edit");
    assert_eq!(text(&claim.row(), "payee_account"), Some("6222 9999 8888"));

    let bare = Claim::begun(&place, &place.people.firms[6], Policy::Scale, 6, "bare").unwrap();
    assert_eq!(bare.told(&bare.firm, "submit", &[]), "payee_bank payee_account");
    let again = Claim::handed_in(&place, Policy::Scale, 8);
    again.give(&place.people.officers[0], "sign_for", &[]);
    again.give(&place.people.reviewers[1], "refuse", &[("reason", "材料不实")]);
    Claim::begun(&place, &again.firm, Policy::Scale, 8, "second").unwrap();
    assert_eq!(again.told(&again.firm, "appeal", &[("reason", "请复查")]), "claimed");
}

#[test]
fn the_file_shows_every_fact_with_its_source() {
    let place = Place::open(None);
    let claim = Claim::handed_in(&place, Policy::Scale, 4);
    let facts = claim.view(&place.people.officers[0]).facts;
    let said: Vec<String> = facts
        .iter()
        .map(|fact| {
            let source = fact.source.as_ref().map(|source| source.label.zh.as_str()).unwrap_or_default();
            format!("{} {:?} {} {source} {:?}", fact.label.zh, fact.year, fact.value.as_ref().unwrap().zh, fact.as_of)
        })
        .collect();
    assert_eq!(said, ["营业收入 Some(2025) 1,900 万元 税务 Some(\"2026-03-02\")"]);
}
