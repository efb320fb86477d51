//! People and time at random: who does what to which claim follows from a seed alone.
use crate::books::{Books, case, state};
use crate::granted::award;
use crate::place::{FIRMS, POLICIES, Place, Policy, firm, id, key, wan};
use liangu_app::claims::{ChangeBudget, JudgeClause, NewBudget, NewClaim, NewObjection, SaveClaim, SaveMaterial};
use liangu_app::flows::{CommandInputs, Delegation};
use liangu_app::payments::NewPaymentBatch;
use liangu_app::views::Raw;
use liangu_app::{Fault, Outcome, Principal};
use liangu_flow::Holder;
use liangu_store::{Commit, FactEntry, Item, Value};
use serde_json::json;
use std::collections::{BTreeMap, VecDeque};

/// Actions that a failure tells.
const TOLD: usize = 25;

/// The same throws for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed ^ 0x9E37_79B9_7F4A_7C15)
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.roll(n) == 0
    }

    fn of<'t, T>(&mut self, all: &'t [T]) -> Option<&'t T> {
        if all.is_empty() { None } else { all.get(self.roll(all.len())) }
    }
}

pub struct Walk<'p> {
    place: &'p Place,
    dice: Dice,
    pub books: Books,
    seed: u64,
    steps: usize,
    told: VecDeque<String>,
    /// Steps that changed something, by what they were.
    pub done: BTreeMap<String, usize>,
}

type Did = Option<(String, Outcome<()>)>;

impl<'p> Walk<'p> {
    pub fn new(place: &'p Place, seed: u64) -> Walk<'p> {
        Walk { place, dice: Dice::new(seed), books: Books::default(), seed, steps: 0, told: VecDeque::new(), done: BTreeMap::new() }
    }

    /// One action, and the books after it.
    ///
    /// # Panics
    /// When something does not hold any more, or the program fails instead of refusing.
    pub fn step(&mut self) {
        self.steps += 1;
        let Some((what, outcome)) = self.act() else { return };
        let verb = what.split(' ').next().unwrap_or_default().to_owned();
        let result = match &outcome {
            Ok(()) => "done".to_owned(),
            Err(Fault::Internal(why)) => self.fail(&what, &[format!("failed: {why}")]),
            Err(Fault::Unavailable { cause, .. }) => self.fail(&what, &[format!("unavailable: {cause}")]),
            Err(fault) => format!("{fault:?}").chars().take(90).collect(),
        };
        self.told.push_back(format!("{what}: {result}"));
        if self.told.len() > TOLD {
            self.told.pop_front();
        }
        let changed = self.books.follow(self.place);
        if outcome.is_ok() {
            *self.done.entry(verb).or_default() += 1;
        }
        let mut broken = self.books.broken(self.place);
        broken.extend(self.books.kept(self.place, &changed));
        if what == "tick" {
            broken.extend(self.books.overdue_timers(self.place.app.moment()));
        }
        if !broken.is_empty() {
            self.fail(&what, &broken);
        }
    }

    fn fail(&self, what: &str, broken: &[String]) -> ! {
        let before: Vec<&str> = self.told.iter().map(String::as_str).collect();
        panic!("seed {}, step {}, {what}:\n  {}\nbefore it:\n  {}", self.seed, self.steps, broken.join("\n  "), before.join("\n  "));
    }

    fn act(&mut self) -> Did {
        match self.dice.roll(100) {
            0..6 => self.start(),
            6..13 => self.save(),
            13..60 => self.command(),
            60..67 => self.judge(),
            67..69 => self.object(),
            69..73 => self.draw(),
            73..84 => self.batch(),
            84..87 => self.recovery(),
            87..90 => self.budget(),
            90..92 => self.correct(),
            92..94 => self.award(),
            94 => self.delegate(),
            _ => self.time(),
        }
    }

    fn number(&self) -> String {
        format!("{}-{}", self.seed, self.steps)
    }

    fn start(&mut self) -> Did {
        let (n, policy) = (self.dice.roll(FIRMS as usize), *self.dice.of(&POLICIES)?);
        let who = &self.place.people.firms[if self.dice.one_in(20) { (n + 1) % FIRMS as usize } else { n }];
        let new = NewClaim { policy: policy.id().text("pol"), items: Vec::new() };
        let made = self.place.by(who).start_claim(&firm(n as u64).text("ent"), &new, &key(&self.number()));
        Some((format!("start {policy:?} of firm {n}"), made.map(drop)))
    }

    fn claim(&mut self) -> Option<Item> {
        let open = |item: &&Item| !["paid", "withdrawn", "granted"].contains(&state(item));
        let lively = !self.dice.one_in(12);
        let claims: Vec<Item> = self.books.of("claim").filter(|item| !lively || open(item)).cloned().collect();
        self.dice.of(&claims).cloned()
    }

    fn firm_of(&self, claim: &Item) -> Principal {
        let of = claim.values.get("enterprise");
        let firms = self.place.people.firms.iter();
        firms.into_iter().find(|person| person.firm.map(Value::Ref).as_ref() == of).unwrap_or(&self.place.people.firms[0]).clone()
    }

    /// The firm fills in, whatever state its claim is in: what is refused must change nothing.
    fn save(&mut self) -> Did {
        let claims: Vec<Item> = {
            let fillable = |item: &&Item| ["draft", "correcting", "consenting", "payable"].contains(&state(item));
            self.books.of("claim").filter(fillable).cloned().collect()
        };
        let claim = if self.dice.one_in(5) { self.claim()? } else { self.dice.of(&claims)?.clone() };
        let n = self.number();
        let fields = BTreeMap::from([
            ("payee_name", format!("户名 {n}")),
            ("payee_bank", format!("银行 {n}")),
            ("payee_account", format!("6222 0000 {:08}", self.steps)),
            ("contact", format!("联系人 {n}")),
            ("note", format!("说明 {n}")),
        ]);
        let outside = claim.id.text("clm");
        let who = self.firm_of(&claim);
        let view = self.place.by(&who).claim_file(&outside).ok()?;
        let wanted = view.wanted.iter().filter(|_| !self.dice.one_in(4));
        let papers: Vec<(String, String, Option<String>)> =
            wanted.enumerate().map(|(at, wanted)| (format!("材料 {n}-{at}"), format!("见附件 {n}"), Some(wanted.clause.clone()))).collect();
        let materials = papers.iter().map(|(name, note, clause)| SaveMaterial {
            id: None,
            clause: clause.clone(),
            name: name.clone(),
            note: Some(note.clone()),
            file: None,
        });
        let given = |field: &str| fields.get(field).cloned();
        let payee_only = state(&claim) == "payable";
        let save = SaveClaim {
            payee_name: given("payee_name"),
            payee_bank: given("payee_bank"),
            payee_account: given("payee_account"),
            contact: given("contact"),
            note: given("note").filter(|_| !payee_only),
            items: None,
            materials: (!payee_only).then(|| materials.collect()),
        };
        let saved = self.place.by(&who).save_claim(&outside, view.version, &save).map(drop);
        if saved.is_ok() {
            let typed = self.books.typed.entry(claim.id).or_default();
            let kept = |field: &str| !payee_only || field != "note";
            typed.fields.extend(fields.iter().filter(|(field, _)| kept(field)).map(|(field, text)| (*field, text.clone())));
            if !payee_only {
                typed.materials = papers.into_iter().map(|(name, note, _)| (name, note)).collect();
            }
        }
        Some((format!("save {outside} in {}", state(&claim)), saved))
    }

    /// Who gives a command: mostly one who may.
    fn actor(&mut self, by: &[String], item: &Item) -> Principal {
        let people = &self.place.people;
        if self.dice.one_in(10) {
            let all = people.all();
            return (*self.dice.of(&all).unwrap_or(&&people.leader)).clone();
        }
        if by.iter().any(|role| role == "firm") {
            return self.firm_of(item);
        }
        let holder = case(item).map(|case| case.holder);
        if let Some(Holder::Account(account)) = holder.filter(|_| !self.dice.one_in(4))
            && let Some(held) = people.all().into_iter().find(|person| person.account.map(|id| id.text("acc")) == Some(account.clone()))
        {
            return held.clone();
        }
        let role = self.dice.of(by).cloned().unwrap_or_default();
        self.dice.of(people.of_role(&role)).unwrap_or(&people.leader).clone()
    }

    /// A command of a case: mostly one that leads on from where it stands.
    fn give(&mut self, record: &'static str, item: &Item) -> Did {
        let definition = self.place.app.model().records[record].flow.clone()?;
        let fits = !self.dice.one_in(8);
        let commands: Vec<_> =
            definition.commands.iter().filter(|(_, command)| !fits || command.from.iter().any(|from| from == state(item))).collect();
        let (name, command) = *self.dice.of(&commands)?;
        // claims end too soon if their firms withdraw them as often as anything else happens
        if ["withdraw", "decline", "cancel", "refuse"].contains(&name.as_str()) && !self.dice.one_in(8) {
            return None;
        }
        let who = self.actor(&command.by, item);
        let fen = wan(self.dice.roll(60) as i64) + self.dice.roll(100) as i64;
        let mut inputs: BTreeMap<String, Raw> = ["reason", "question", "reply"].map(|name| (name.to_owned(), Raw(json!("经核实")))).into();
        let computed = item.values.get("amount_computed").is_some_and(|fen| !fen.is_null());
        if self.dice.one_in(if computed { 5 } else { 1 }) {
            inputs.insert("amount".to_owned(), Raw(json!(fen.to_string())));
        }
        let version = item.version - i64::from(self.dice.one_in(20));
        let outside = item.id.text(&self.place.app.model().records[record].prefix);
        let given = self.place.by(&who).command(record, &outside, name, version, &CommandInputs { inputs }, None);
        Some((format!("{record}.{name} {outside} in {} by {}", state(item), who.name), given.map(drop)))
    }

    fn command(&mut self) -> Did {
        let claim = self.claim()?;
        self.give("claim", &claim)
    }

    fn any(&mut self, record: &'static str, open: &[&str]) -> Option<Item> {
        let rows: Vec<Item> = self.books.of(record).filter(|item| open.contains(&state(item))).cloned().collect();
        self.dice.of(&rows).cloned()
    }

    fn judge(&mut self) -> Did {
        let claim = self.any("claim", &["reviewing"])?;
        let by = ["officer".to_owned()];
        let who = self.actor(&by, &claim);
        let clause = if claim.values.get("policy") == Some(&Value::Ref(Policy::Scale.id())) { "health" } else { "c1" };
        let view = self.place.by(&who).claim_file(&claim.id.text("clm")).ok()?;
        let clause = view.clauses.iter().find(|one| one.judgeable).map_or(clause, |one| one.key.as_str());
        let answer = [Some("yes"), Some("yes"), Some("yes"), Some("no"), None][self.dice.roll(5)];
        let judge: JudgeClause = serde_json::from_value(json!({"clause": clause, "answer": answer, "note": "看过材料"})).unwrap();
        let judged = self.place.by(&who).judge_clause(&claim.id.text("clm"), &judge).map(drop);
        Some((format!("judge {} {answer:?} by {}", claim.id.text("clm"), who.name), judged))
    }

    fn object(&mut self) -> Did {
        let claim = self.any("claim", &["notice", "objected"])?;
        let contact = format!("1380000{:04}", self.dice.roll(9999));
        let new = NewObjection { name: "王某".to_owned(), contact, reason: "重复享受".to_owned() };
        let anybody = Principal::anonymous();
        let objected = self.place.by(&anybody).object(&claim.id.text("clm"), &new, &key(&self.number())).map(drop);
        Some((format!("object {}", claim.id.text("clm")), objected))
    }

    fn draw(&mut self) -> Did {
        let who = self.dice.of(&self.place.people.finance)?.clone();
        let payable = self.any("claim", &["payable"]);
        let of = payable.and_then(|claim| POLICIES.into_iter().find(|policy| claim.values.get("policy") == Some(&Value::Ref(policy.id()))));
        let policy = of.unwrap_or(*self.dice.of(&POLICIES)?);
        let new = NewPaymentBatch { claims: Vec::new(), policy: Some(policy.id().text("pol")) };
        let drawn = self.place.by(&who).draw_batch(&new, &key(&self.number())).map(drop);
        Some((format!("draw {policy:?} by {}", who.name), drawn))
    }

    fn batch(&mut self) -> Did {
        let batch = self.any("payment_batch", &["drawn", "signed", "released", "sent", "settled"])?;
        if state(&batch) != "sent" && (state(&batch) != "settled" || self.dice.one_in(3)) {
            return self.give("payment_batch", &batch);
        }
        let who = self.dice.of(&self.place.people.finance)?.clone();
        let outside = batch.id.text("pay");
        let view = self.place.by(&who).payment_batch(&outside).ok()?;
        let mut lines = "付款编号,金额,处理结果,失败原因\n".to_owned();
        for payment in &view.payments {
            let result = ["成功", "成功", "失败", "处理中"][self.dice.roll(4)];
            let fen = payment.amount + i64::from(self.dice.one_in(12));
            lines += &format!("{},{}.{:02},{result},户名不符\n", payment.reference, fen / 100, fen % 100);
        }
        let applied = self.place.by(&who).apply_bank_answer(&outside, view.version, lines.as_bytes(), &key(&self.number())).map(drop);
        Some((format!("answer {outside}"), applied))
    }

    fn recovery(&mut self) -> Did {
        let recovery = self.any("recovery", &["open", "demanded", "reported", "overdue"])?;
        self.give("recovery", &recovery)
    }

    fn budget(&mut self) -> Did {
        let finance = self.dice.of(&self.place.people.finance)?.clone();
        let policy = *self.dice.of(&POLICIES)?;
        let year = i64::from(self.place.app.today().year());
        let total = wan(self.dice.roll(600) as i64);
        let caller = self.place.by(&finance);
        let line = caller.budgets(Some(&policy.id().text("pol")), Some(year)).ok()?.pop();
        let done = match line {
            Some(line) => caller.change_budget(&line.id, line.version, &ChangeBudget { total }).map(drop),
            None => caller.set_budget(&NewBudget { policy: policy.id().text("pol"), year, total }, &key(&self.number())).map(drop),
        };
        Some((format!("budget {policy:?} {year} {total}"), done))
    }

    /// An authority says something else about a firm.
    fn correct(&mut self) -> Did {
        let n = self.dice.roll(FIRMS as usize) as u64;
        let (field, fen) = (["revenue", "revenue", "rd_spend"][self.dice.roll(3)], wan(self.dice.roll(5000) as i64));
        let (year, day) = (self.place.app.judged_year(), self.place.app.today());
        let entry = FactEntry {
            record: "enterprise".to_owned(),
            id: firm(n),
            field: field.to_owned(),
            year: Some(year),
            value: Value::Int(fen),
            source: "tax".to_owned(),
            as_of: day,
        };
        let commit = Commit { facts: vec![entry], ..Commit::new(self.place.app.now(), "test.correct") };
        let done = self.place.store.commit(commit).map(drop).map_err(Fault::from);
        Some((format!("correct {field} of firm {n} {year} {fen}"), done))
    }

    /// A grant without application, as a run makes it: a claim that waits for consent, its money reserved.
    fn award(&mut self) -> Did {
        let (n, amount) = (self.dice.roll(FIRMS as usize) as u64, wan(20));
        let commit = award(self.place, &self.books, n, amount, id(5, self.seed * 1_000_000 + self.steps as u64))?;
        Some((format!("award firm {n}"), self.place.store.commit(commit).map(drop).map_err(Fault::from)))
    }

    fn delegate(&mut self) -> Did {
        let claim = self.any("claim", &["reviewing", "submitted", "deciding"])?;
        let role = if state(&claim) == "deciding" { "reviewer" } else { "officer" };
        let who = self.actor(&[role.to_owned()], &claim);
        let to = self.dice.of(self.place.people.of_role(role))?.account?.text("acc");
        let done = self.place.by(&who).delegate("claim", &claim.id.text("clm"), claim.version, &Delegation { account: to.clone() });
        Some((format!("delegate {} to {to}", claim.id.text("clm")), done.map(drop)))
    }

    fn time(&mut self) -> Did {
        let minutes = [3, 60, 24 * 60, 24 * 60, 3 * 24 * 60, 9 * 24 * 60][self.dice.roll(6)];
        self.place.advance_minutes(minutes);
        Some(("tick".to_owned(), self.place.app.tick()))
    }
}
