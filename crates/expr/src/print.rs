//! A typed form as text that types to the same form again: `check(print(x)) == x`.
//!
//! Amounts are written in the largest unit that is exact, brackets only where the grammar needs them.
use crate::schema::{ChildIx, Schema, Type, Unit};
use crate::typed::{Aggregate, Arith, Compare, Const, Form, Kind, Node, Source, Typed};
use liangu_base::area::Area;
use std::fmt::Write;
use std::sync::Arc;

/// The whole expression as an author would write it.
pub fn print(typed: &Typed, schema: &Schema) -> String {
    print_node(&typed.root, schema)
}

/// A part that stands outside any macro over child records.
pub fn print_node(node: &Node, schema: &Schema) -> String {
    print_within(node, schema, &[])
}

/// A part that stands within macros of these variables, outermost first.
pub fn print_within(node: &Node, schema: &Schema, variables: &[String]) -> String {
    Printer { schema, bound: variables.to_vec() }.node(node, Level::If)
}

/// The ways to write a number of the unit: names of functions, the empty name for a bare number.
pub fn units(unit: Unit) -> &'static [&'static str] {
    match unit {
        Unit::Fen => &["wan", "yuan", "yi"],
        Unit::BasisPoint => &["percent"],
        Unit::SquareMetre => &["mu", "hectare", "square_metres"],
        Unit::Kgce => &["tce"],
        _ => &[""],
    }
}

/// A number as a decimal and the name of its unit, as it would be printed; none where that is no single literal.
pub fn number_parts(n: i64, unit: Unit) -> Option<(String, &'static str)> {
    let (text, level) = number(n, unit);
    if level != Level::Member {
        return None;
    }
    let Some((name, rest)) = text.split_once('(') else { return Some((text, "")) };
    let name = units(unit).iter().find(|u| **u == name)?;
    Some((rest.strip_suffix(')')?.to_owned(), name))
}

/// How tightly a form binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    If,
    Or,
    And,
    Relation,
    Sum,
    Product,
    Unary,
    Member,
}

struct Printer<'s> {
    schema: &'s Schema,
    /// Variables of macros, outermost first.
    bound: Vec<String>,
}

impl Printer<'_> {
    /// In brackets where it binds less tightly than its place asks.
    fn node(&mut self, node: &Node, place: Level) -> String {
        let (text, level) = self.bare(node);
        if level < place { format!("({text})") } else { text }
    }

    fn bare(&mut self, node: &Node) -> (String, Level) {
        use Level::{And, If, Member, Or, Relation, Unary};
        match &node.kind {
            Kind::Const(c) => constant(c, &node.ty),
            Kind::Fact(source) => (self.fact(source), Member),
            Kind::Today => ("today".to_string(), Member),
            Kind::JudgedYear => ("year".to_string(), Member),
            Kind::Not(inner) => match &inner.kind {
                Kind::OneOf(of, codes) if codes.len() == 1 => (format!("{} != {}", self.node(of, Level::Sum), quoted(&codes[0])), Relation),
                _ => (format!("!{}", self.node(inner, Unary)), Unary),
            },
            Kind::And(parts) => (self.joined(parts, " && ", Relation), And),
            Kind::Or(parts) => (self.joined(parts, " || ", And), Or),
            Kind::AtLeast(n, parts) => (format!("at_least({n}, {})", self.joined(parts, ", ", If)), Member),
            Kind::Compare(compare, a, b) => {
                (format!("{} {} {}", self.node(a, Relation), sign(*compare), self.node(b, Level::Sum)), Relation)
            }
            Kind::OneOf(of, codes) => match &codes[..] {
                [only] => (format!("{} == {}", self.node(of, Relation), quoted(only)), Relation),
                _ => (format!("{} in [{}]", self.node(of, Relation), list(codes)), Relation),
            },
            Kind::Within(of, codes) => (format!("within({}, {})", self.node(of, If), list(codes)), Member),
            Kind::WithinOf(of, within) => (format!("within({}, {})", self.node(of, If), self.node(within, If)), Member),
            Kind::HasAny(of, codes) => match &codes[..] {
                [only] => (format!("{} in {}", quoted(only), self.node(of, Level::Sum)), Relation),
                _ => {
                    let (of, x) = (self.node(of, Member), self.variable());
                    (format!("{of}.exists({x}, {x} in [{}])", list(codes)), Member)
                }
            },
            Kind::HasAll(of, codes) => {
                let (of, x) = (self.node(of, Level::Sum), self.variable());
                (format!("[{}].all({x}, {x} in {of})", list(codes)), Member)
            }
            Kind::Size(of) => (format!("{}.size()", self.node(of, Member)), Member),
            Kind::IsKnown(of) => (format!("known({})", self.node(of, If)), Member),
            Kind::Arith(arith, a, b) => self.arith(*arith, a, b),
            Kind::Neg(of) => (format!("-{}", self.node(of, Unary)), Unary),
            Kind::If(condition, a, b) => (format!("{} ? {} : {}", self.node(condition, Or), self.node(a, Or), self.node(b, If)), If),
            Kind::Call(name, arguments) => self.call(name, arguments),
            Kind::Aggregate { child, filter, what } => (self.aggregate(*child, filter.as_deref(), what), Member),
            Kind::Named { form, node } => self.form(form, node),
        }
    }

    fn joined(&mut self, parts: &[Node], by: &str, place: Level) -> String {
        parts.iter().map(|p| self.node(p, place)).collect::<Vec<_>>().join(by)
    }

    fn fact(&self, source: &Source) -> String {
        match source {
            Source::Record { field, year } => {
                let name = self.schema.fields.get_index(field.0 as usize).map_or("", |(n, _)| n);
                if *year == 0 { name.to_string() } else { format!("{name}.at({year})") }
            }
            Source::Child { child, field, depth } => {
                let schema = self.schema.children.get_index(child.0 as usize).map(|(_, c)| &c.schema);
                let name = schema.and_then(|s| s.fields.get_index(field.0 as usize)).map_or("", |(n, _)| n);
                let variable = self.bound.len().checked_sub(1 + *depth as usize).map_or("", |at| &self.bound[at]);
                format!("{variable}.{name}")
            }
            Source::Param { object, field } => format!("{object}.{field}"),
        }
    }

    fn arith(&mut self, arith: Arith, a: &Node, b: &Node) -> (String, Level) {
        let (sign, level, right) = match arith {
            Arith::Add => ("+", Level::Sum, Level::Product),
            Arith::Sub => ("-", Level::Sum, Level::Product),
            Arith::Mul => ("*", Level::Product, Level::Unary),
            Arith::Div => ("/", Level::Product, Level::Unary),
            Arith::Rem => ("%", Level::Product, Level::Unary),
        };
        (format!("{} {sign} {}", self.node(a, level), self.node(b, right)), level)
    }

    fn call(&mut self, name: &str, arguments: &[Node]) -> (String, Level) {
        let text = match (name, arguments) {
            ("in_set", [code, set]) => {
                return (format!("{} in {}", self.node(code, Level::Relation), self.node(set, Level::Sum)), Level::Relation);
            }
            ("startsWith" | "contains", [of, part]) => format!("{}.{name}({})", self.node(of, Level::Member), self.node(part, Level::If)),
            ("growth", [now, _]) => format!("growth({})", self.node(now, Level::If)),
            ("first_reach", [threshold, _, _, now, ..]) => {
                format!("first_reach({}, {})", self.node(now, Level::If), self.node(threshold, Level::If))
            }
            ("sum_years" | "mean_years" | "max_years" | "min_years", [first, .., last]) => self.years(name, first, last),
            ("sum_years" | "mean_years" | "max_years" | "min_years", [only]) => self.years(name, only, only),
            _ => format!("{name}({})", self.joined(arguments, ", ", Level::If)),
        };
        (text, Level::Member)
    }

    fn form(&mut self, form: &Form, node: &Node) -> (String, Level) {
        let text = match form {
            Form::Reference { name, code, .. } => {
                let function = if matches!(node.ty, Type::Bool) { "listed" } else { "param" };
                let code = code.as_ref().map(|code| format!(", {}", self.node(code, Level::If))).unwrap_or_default();
                format!("{function}({}{code})", quoted(name))
            }
            Form::Complete(child) => format!("complete({})", self.schema.children.get_index(child.0 as usize).map_or("", |(n, _)| n)),
            Form::Open(aggregate) => return self.bare(aggregate),
        };
        (text, Level::Member)
    }

    fn years(&self, name: &str, first: &Node, last: &Node) -> String {
        match (&first.kind, &last.kind) {
            (Kind::Fact(Source::Record { field, year: from }), Kind::Fact(Source::Record { year: to, .. })) => {
                let base = self.fact(&Source::Record { field: *field, year: 0 });
                format!("{name}({base}, {from}, {to})")
            }
            _ => String::new(),
        }
    }

    fn aggregate(&mut self, child: ChildIx, filter: Option<&Node>, what: &Aggregate) -> String {
        let mut out = self.schema.children.get_index(child.0 as usize).map_or(String::new(), |(n, _)| n.clone());
        if let Some(filter) = filter {
            let (x, filter) = self.per_child(filter);
            let _ = write!(out, ".filter({x}, {filter})");
        }
        let (name, inner) = match what {
            Aggregate::Count => return out + ".size()",
            Aggregate::Sum(v) => ("sum", v),
            Aggregate::Mean(v) => ("mean", v),
            Aggregate::Min(v) => ("min", v),
            Aggregate::Max(v) => ("max", v),
            Aggregate::Exists(v) => ("exists", v),
            Aggregate::All(v) => ("all", v),
        };
        let (x, inner) = self.per_child(inner);
        let _ = write!(out, ".{name}({x}, {inner})");
        out
    }

    fn per_child(&mut self, body: &Node) -> (String, String) {
        let x = self.variable();
        self.bound.push(x.clone());
        let body = self.node(body, Level::If);
        self.bound.pop();
        (x, body)
    }

    /// A name that hides nothing.
    fn variable(&self) -> String {
        let taken = |n: &str| {
            self.schema.fields.contains_key(n)
                || self.schema.children.contains_key(n)
                || self.schema.params.contains_key(n)
                || self.bound.iter().any(|b| b == n)
        };
        let mut names = ["x", "y", "z"].map(str::to_string).into_iter().chain((1..).map(|i| format!("x{i}")));
        names.find(|n| !taken(n)).unwrap_or_default()
    }
}

fn sign(compare: Compare) -> &'static str {
    match compare {
        Compare::Eq => "==",
        Compare::Ne => "!=",
        Compare::Lt => "<",
        Compare::Le => "<=",
        Compare::Gt => ">",
        Compare::Ge => ">=",
    }
}

fn constant(c: &Const, ty: &Type) -> (String, Level) {
    let text = match c {
        Const::Null => "null".to_string(),
        Const::Bool(b) => b.to_string(),
        Const::Int(n) => return number(*n, ty.unit().unwrap_or(Unit::One)),
        Const::Double(x) => format!("{x:?}"),
        Const::Text(t) => quoted(t),
        Const::Date(d) => format!("date(\"{d}\")"),
    };
    (text, Level::Member)
}

fn number(n: i64, unit: Unit) -> (String, Level) {
    let (name, scale) = match unit {
        Unit::Fen if n != 0 && n % 10_000_000_000 == 0 => ("yi", 10_000_000_000),
        Unit::Fen if n != 0 && n % 1_000_000 == 0 => ("wan", 1_000_000),
        Unit::Fen => ("yuan", 100),
        Unit::BasisPoint => ("percent", 100),
        Unit::SquareMetre if n != 0 && n % 10_000 == 0 => ("hectare", 10_000),
        Unit::SquareMetre => return (area(n), Level::Member),
        Unit::Kgce => ("tce", 1000),
        _ => return (n.to_string(), Level::Member),
    };
    let (whole, rest) = (n / scale, (n % scale).unsigned_abs());
    if rest == 0 {
        return (format!("{name}({whole})"), Level::Member);
    }
    let width = scale.ilog10() as usize;
    let fraction = format!("{rest:0width$}");
    let (sign, fraction) = (if n < 0 { "-" } else { "" }, fraction.trim_end_matches('0'));
    // a decimal literal is a double: longer numbers are written as a sum
    if whole.unsigned_abs() < 1_000_000_000_000 {
        return (format!("{name}({sign}{}.{fraction})", whole.unsigned_abs()), Level::Member);
    }
    (format!("{name}({whole}) + {name}({sign}0.{fraction})"), Level::Sum)
}

/// In mu where that reads back as the same area.
fn area(n: i64) -> String {
    let tenths = Area::from_square_metres(n).map(Area::tenths_of_mu).filter(|t| (1..1_000_000_000).contains(t));
    match tenths.filter(|t| Area::from_tenths_of_mu(*t).is_some_and(|a| a.square_metres() == n)) {
        Some(t) if t % 10 == 0 => format!("mu({})", t / 10),
        Some(t) => format!("mu({}.{})", t / 10, t % 10),
        None => format!("square_metres({n})"),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out + "\""
}

fn list(codes: &[Arc<str>]) -> String {
    codes.iter().map(|c| quoted(c)).collect::<Vec<_>>().join(", ")
}
