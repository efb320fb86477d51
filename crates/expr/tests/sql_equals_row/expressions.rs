//! Random typed expressions of every kind.
use crate::records::{CHILD_TYPES, CODES, DOUBLES, IDS, TEXTS, YEARLY, day, number, type_of};
use liangu_base::random::{RandomExt, SplitMix64};
use liangu_expr::schema::{ChildIx, CodeList, FieldIx, Type, Unit};
use liangu_expr::typed::{Aggregate, Arith, Compare, Const, Kind, Node, Source, Span};
use std::sync::Arc;

pub struct Expressions {
    pub random: SplitMix64,
    pub list: Arc<CodeList>,
    /// Binders around the place at hand.
    pub bound: u32,
    /// Whether doubles are computed with.
    pub doubles: bool,
}

const ONE: Type = Type::Int(Unit::One);

pub fn node(kind: Kind, ty: Type) -> Node {
    Node { kind, ty, span: Span::default() }
}

impl Expressions {
    fn boxed(&mut self, ty: &Type, depth: u32) -> Box<Node> {
        Box::new(self.of(ty, depth))
    }

    fn some(&mut self, all: &[&str]) -> Vec<Arc<str>> {
        (0..self.random.below(4)).map(|_| (*self.random.pick(all)).into()).collect()
    }

    pub fn of(&mut self, ty: &Type, depth: u32) -> Node {
        if depth == 0 || self.random.chance(0.12) {
            return self.leaf(ty);
        }
        if self.random.chance(0.06) {
            let kind = Kind::If(self.boxed(&Type::Bool, depth - 1), self.boxed(ty, depth - 1), self.boxed(ty, depth - 1));
            return node(kind, ty.clone());
        }
        if self.random.chance(0.04) {
            return node(self.steps(ty, depth - 1), ty.clone());
        }
        let kind = match ty {
            Type::Bool => self.condition(depth - 1),
            Type::Int(_) => self.whole(depth - 1),
            Type::Date => self.date(depth - 1),
            Type::Double if self.doubles => self.double(depth - 1),
            _ => return self.leaf(ty),
        };
        node(kind, ty.clone())
    }

    /// Results by steps of a number or a date between ascending constants.
    fn steps(&mut self, ty: &Type, depth: u32) -> Kind {
        let of = type_of(*self.random.pick(&[1, 2, 3, 8]), &self.list);
        let mut thresholds: Vec<Const> = (0..self.random.between(1, 3))
            .map(|_| match of {
                Type::Date => Const::Date(day(&mut self.random)),
                Type::Double => Const::Double(*self.random.pick(&DOUBLES)),
                _ => Const::Int(number(&mut self.random)),
            })
            .collect();
        thresholds.sort_by(|a, b| match (a, b) {
            (Const::Int(a), Const::Int(b)) => a.cmp(b),
            (Const::Double(a), Const::Double(b)) => a.total_cmp(b),
            (Const::Date(a), Const::Date(b)) => a.cmp(b),
            _ => std::cmp::Ordering::Equal,
        });
        if self.random.chance(0.1) {
            thresholds[0] = Const::Null;
        }
        let mut parts = vec![self.of(&of, depth), self.of(ty, depth)];
        for threshold in thresholds {
            parts.push(node(Kind::Const(threshold), of.clone()));
            parts.push(self.of(ty, depth));
        }
        Kind::Call(self.random.pick::<&'static str>(&["bands", "tiers"]), parts)
    }

    fn leaf(&mut self, ty: &Type) -> Node {
        let roll = self.random.below(12);
        let kind = match (roll, ty) {
            (0, Type::Int(_)) => Kind::JudgedYear,
            (0, Type::Date) => Kind::Today,
            (0, _) => Kind::Const(Const::Null),
            (1..=3, Type::Bool) => Kind::Const(Const::Bool(self.random.chance(0.5))),
            (1..=3, Type::Int(_)) => Kind::Const(Const::Int(number(&mut self.random))),
            (1..=3, Type::Double) => Kind::Const(Const::Double(*self.random.pick(&DOUBLES))),
            (1..=3, Type::Date) => Kind::Const(Const::Date(day(&mut self.random))),
            (1..=3, Type::Text) => Kind::Const(Const::Text((*self.random.pick(&TEXTS)).into())),
            (1..=3, Type::Code(_)) => Kind::Const(Const::Text((*self.random.pick(&CODES)).into())),
            (1..=3, Type::Ref(_)) => Kind::Const(Const::Text((*self.random.pick(&["ent_01", "ent_02", "nobody"])).into())),
            (4, Type::Code(_)) => param(if self.random.chance(0.5) { "region" } else { "absent" }),
            (4, Type::Ref(_)) => param("firm"),
            (4, Type::Set(_)) => param("regions"),
            (4, Type::Double) => param("rate"),
            _ => self.fact(ty),
        };
        node(kind, ty.clone())
    }

    fn fact(&mut self, ty: &Type) -> Kind {
        let fits = |field: &usize, list| std::mem::discriminant(&type_of(*field, list)) == std::mem::discriminant(ty);
        if self.bound > 0 && self.random.chance(0.7) {
            let fields: Vec<usize> = (0..CHILD_TYPES).filter(|f| fits(f, &self.list)).collect();
            if !fields.is_empty() {
                let field = FieldIx(*self.random.pick(&fields) as u32);
                return Kind::Fact(Source::Child { child: ChildIx(0), field, depth: self.random.below(u64::from(self.bound)) as u32 });
            }
        }
        let fields: Vec<usize> = (0..=YEARLY).filter(|f| fits(f, &self.list)).collect();
        let field = *self.random.pick(&fields);
        let year = if field == YEARLY { -(self.random.below(2) as i32) } else { 0 };
        Kind::Fact(Source::Record { field: FieldIx(field as u32), year })
    }

    fn condition(&mut self, depth: u32) -> Kind {
        let (code, set) = (Type::Code(self.list.clone()), Type::Set(self.list.clone()));
        match self.random.below(18) {
            0 => Kind::Not(self.boxed(&Type::Bool, depth)),
            1 => Kind::And(self.several(&Type::Bool, depth)),
            2 => Kind::Or(self.several(&Type::Bool, depth)),
            3 => Kind::AtLeast(self.random.below(4) as u32, self.several(&Type::Bool, depth)),
            4 => self.since(depth),
            17 => {
                let mut parts = vec![self.of(&ONE, depth), self.of(&ONE, 0), node(Kind::JudgedYear, ONE)];
                parts.extend((0..4).map(|_| self.of(&ONE, 0)));
                Kind::Call("first_reach", parts)
            }
            5..=7 => self.comparison(depth),
            8 => Kind::OneOf(self.boxed(&code, depth), self.some(&CODES)),
            9 if self.random.chance(0.5) => Kind::OneOf(self.boxed(&Type::Text, depth), self.some(&TEXTS)),
            9 => Kind::OneOf(self.boxed(&Type::Ref("ent".into()), depth), self.some(&IDS)),
            10 => Kind::Within(self.boxed(&code, depth), self.some(&["43", "4313", "C", "none"])),
            11 => {
                let ancestor = node(param(if self.random.chance(0.8) { "region" } else { "absent" }), code.clone());
                Kind::WithinOf(self.boxed(&code, depth), Box::new(ancestor))
            }
            12 => Kind::HasAny(self.boxed(&set, depth), self.some(&CODES)),
            13 => Kind::HasAll(self.boxed(&set, depth), self.some(&CODES)),
            14 => {
                let ty = type_of(self.random.below(8) as usize, &self.list);
                Kind::IsKnown(self.boxed(&ty, depth))
            }
            15 if self.random.chance(0.3) => Kind::Call("in_set", vec![self.of(&code, depth), self.of(&set, depth)]),
            15 => {
                let part = node(Kind::Const(Const::Text((*self.random.pick(&["娄底", "a", "?1", "\\", "'"])).into())), Type::Text);
                let name = *self.random.pick(&["startsWith", "contains"]);
                Kind::Call(name, vec![self.of(&Type::Text, depth), part])
            }
            _ => self.aggregate(&Type::Bool, depth),
        }
    }

    fn several(&mut self, ty: &Type, depth: u32) -> Vec<Node> {
        (0..self.random.below(4)).map(|_| self.of(ty, depth)).collect()
    }

    fn compare(&mut self) -> Compare {
        *self.random.pick(&[Compare::Eq, Compare::Ne, Compare::Lt, Compare::Le, Compare::Gt, Compare::Ge])
    }

    /// Of an age with a number, which becomes a comparison of the date.
    fn since(&mut self, depth: u32) -> Kind {
        let name = *self.random.pick(&["years_since", "months_since", "days_since"]);
        let age = node(Kind::Call(name, vec![self.of(&Type::Date, depth)]), ONE);
        let bound = *self.random.pick(&[-8000, -13, -1, 0, 1, 2, 12, 24, 365, 500_000, i64::MAX]);
        Kind::Compare(self.compare(), Box::new(age), Box::new(node(Kind::Const(Const::Int(bound)), ONE)))
    }

    fn comparison(&mut self, depth: u32) -> Kind {
        let ty = type_of(*self.random.pick(&[0, 1, 1, 1, 3, 3, 4, 5, 7, 8]), &self.list);
        let how = if matches!(ty, Type::Ref(_)) { *self.random.pick(&[Compare::Eq, Compare::Ne]) } else { self.compare() };
        Kind::Compare(how, self.boxed(&ty, depth), self.boxed(&ty, depth))
    }

    fn whole(&mut self, depth: u32) -> Kind {
        let set = Type::Set(self.list.clone());
        match self.random.below(12) {
            0..=3 => {
                let op = *self.random.pick(&[Arith::Add, Arith::Sub, Arith::Mul, Arith::Div, Arith::Rem]);
                Kind::Arith(op, self.boxed(&ONE, depth), self.boxed(&ONE, depth))
            }
            4 => Kind::Arith(Arith::Sub, self.boxed(&Type::Date, depth), self.boxed(&Type::Date, depth)),
            5 => Kind::Neg(self.boxed(&ONE, depth)),
            6 => Kind::Size(self.boxed(&set, depth)),
            7 => {
                let name = *self.random.pick(&["growth", "ratio", "share", "floor_to"]);
                Kind::Call(name, vec![self.of(&ONE, depth), self.of(&ONE, depth)])
            }
            8 => {
                let name = *self.random.pick(&["min", "max", "sum_years", "mean_years", "max_years", "min_years"]);
                Kind::Call(name, (0..self.random.between(1, 3)).map(|_| self.of(&ONE, depth)).collect())
            }
            9 => Kind::Call("abs", vec![self.of(&ONE, depth)]),
            10 if self.random.chance(0.4) => {
                let name = *self.random.pick(&["months_between", "years_between"]);
                Kind::Call(name, vec![self.of(&Type::Date, depth), self.of(&Type::Date, depth)])
            }
            10 => {
                let name = *self.random.pick(&["years_since", "months_since", "days_since", "year_of"]);
                Kind::Call(name, vec![self.of(&Type::Date, depth)])
            }
            _ => self.aggregate(&ONE, depth),
        }
    }

    fn date(&mut self, depth: u32) -> Kind {
        match self.random.below(4) {
            3 => Kind::Call("add_months", vec![self.of(&Type::Date, depth), self.of(&ONE, depth)]),
            0 => self.aggregate(&Type::Date, depth),
            1 => Kind::Call(
                self.random.pick::<&'static str>(&["min", "max"]),
                vec![self.of(&Type::Date, depth), self.of(&Type::Date, depth)],
            ),
            _ => {
                let op = *self.random.pick(&[Arith::Add, Arith::Sub]);
                Kind::Arith(op, self.boxed(&Type::Date, depth), self.boxed(&ONE, depth))
            }
        }
    }

    fn double(&mut self, depth: u32) -> Kind {
        match self.random.below(5) {
            0 => Kind::Neg(self.boxed(&Type::Double, depth)),
            _ => {
                let op = *self.random.pick(&[Arith::Add, Arith::Sub, Arith::Mul, Arith::Div]);
                Kind::Arith(op, self.boxed(&Type::Double, depth), self.boxed(&Type::Double, depth))
            }
        }
    }

    /// At most two binders within each other.
    fn aggregate(&mut self, ty: &Type, depth: u32) -> Kind {
        if self.bound == 2 {
            return self.leaf(ty).kind;
        }
        self.bound += 1;
        let filter = self.random.chance(0.6).then(|| self.boxed(&Type::Bool, depth));
        let what = match (ty, self.random.below(5)) {
            (Type::Bool, 0 | 1) => Aggregate::Exists(self.boxed(&Type::Bool, depth)),
            (Type::Bool, _) => Aggregate::All(self.boxed(&Type::Bool, depth)),
            (Type::Int(_), 0) => Aggregate::Count,
            (Type::Int(_), 1) => Aggregate::Sum(self.boxed(&ONE, depth)),
            (Type::Int(_), 2) => Aggregate::Mean(self.boxed(&ONE, depth)),
            (_, 3) => Aggregate::Min(self.boxed(ty, depth)),
            _ => Aggregate::Max(self.boxed(ty, depth)),
        };
        self.bound -= 1;
        Kind::Aggregate { child: ChildIx(0), filter, what }
    }
}

fn param(field: &str) -> Kind {
    Kind::Fact(Source::Param { object: "user".into(), field: field.into() })
}
