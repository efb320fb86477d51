//! Our reading of CEL's grammar is the library's: both accept the same sources and see the same tree.
mod common;
#[path = "common/source.rs"]
mod source;
use cel::common::ast::{EntryExpr, Expr, IdedExpr, LiteralValue};
use cel::parser::PrattParser;
use common::Random;
use liangu_expr::syntax::{self, Shape, Tree};
use source::Writer;

fn ours(tree: &Tree) -> String {
    let all = |l: &[Tree]| l.iter().map(ours).collect::<Vec<_>>().join(" ");
    match &tree.shape {
        Shape::Null => "null".to_string(),
        Shape::Bool(b) => b.to_string(),
        Shape::Int(n) => n.to_string(),
        Shape::Uint(n) => format!("{n}u"),
        Shape::Double(x) => format!("{x:?}"),
        Shape::Bytes(b) => format!("b{b:?}"),
        Shape::Map(entries) => {
            let entry = |(key, value): &(Tree, Tree)| format!("{}: {}", ours(key), ours(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(" "))
        }
        Shape::Optional(a) => format!("?{}", ours(a)),
        Shape::Text(t) => format!("{t:?}"),
        Shape::Name(n) => n.clone(),
        Shape::Select(of, field, _) => format!("(. {} {field})", ours(of)),
        Shape::Call(c) => format!("({} {} | {})", c.name, c.target.as_ref().map_or(String::new(), ours), all(&c.arguments)),
        Shape::List(l) => format!("[{}]", all(l)),
        Shape::Not(a) => format!("(!_  | {})", ours(a)),
        Shape::Negate(a) => format!("(-_  | {})", ours(a)),
        Shape::And(l) => format!("(_&&_  | {})", all(l)),
        Shape::Or(l) => format!("(_||_  | {})", all(l)),
        Shape::If(l) => format!("(_?_:_  | {})", all(&l[..])),
        Shape::Binary(op, l) => format!("({op}  | {})", all(&l[..])),
    }
}

fn theirs(e: &IdedExpr) -> String {
    let all = |l: &[IdedExpr]| l.iter().map(theirs).collect::<Vec<_>>().join(" ");
    match &e.expr {
        Expr::Call(c) => format!("({} {} | {})", c.func_name, c.target.as_deref().map_or(String::new(), theirs), all(&c.args)),
        Expr::Ident(n) => n.clone(),
        Expr::List(l) => {
            let mark = |at: usize| if l.optional_indices.contains(&at) { "?" } else { "" };
            let elements: Vec<String> = l.elements.iter().enumerate().map(|(at, e)| format!("{}{}", mark(at), theirs(e))).collect();
            format!("[{}]", elements.join(" "))
        }
        Expr::Map(m) => {
            let entry = |e: &EntryExpr| match e {
                EntryExpr::MapEntry(e) => {
                    format!("{}: {}{}", theirs(&e.key), if e.optional { "?" } else { "" }, theirs(&e.value))
                }
                EntryExpr::StructField(e) => e.field.clone(),
            };
            format!("{{{}}}", m.entries.iter().map(|e| entry(&e.expr)).collect::<Vec<_>>().join(" "))
        }
        Expr::Select(s) => format!("(. {} {})", theirs(&s.operand), s.field),
        Expr::Literal(LiteralValue::Null) => "null".to_string(),
        Expr::Literal(LiteralValue::Boolean(b)) => b.inner().to_string(),
        Expr::Literal(LiteralValue::Int(n)) => n.inner().to_string(),
        Expr::Literal(LiteralValue::UInt(n)) => format!("{}u", n.inner()),
        Expr::Literal(LiteralValue::Bytes(b)) => format!("b{:?}", b.inner()),
        Expr::Literal(LiteralValue::Double(x)) => format!("{:?}", x.inner()),
        Expr::Literal(LiteralValue::String(s)) => format!("{:?}", s.inner()),
        other => format!("{other:?}"),
    }
}

fn agree(source: &str) {
    let library =
        PrattParser::new().enable_variadic_operator_asts(true).enable_optional_syntax(true).enable_ident_escape_syntax(true).parse(source);
    match (syntax::parse(source), library) {
        (Ok(our), Ok(their)) => assert_eq!(ours(&our), theirs(&their), "{source}"),
        (Err(_), Err(_)) => {}
        (Ok(_), Err(e)) => panic!("only ours reads {source}\n{e}"),
        (Err(f), Ok(_)) => assert_eq!(f.code, "expr.message", "only the library reads {source}\n{}", f.render(source)),
    }
}

/// The library expands macros while it parses; under other names, which a slip of one character does not undo, they
/// stay calls.
fn without_macros(source: &str) -> String {
    let backwards = |name: &str| name.chars().rev().collect::<String>();
    ["exists_one", "exists", "all", "filter", "map"]
        .iter()
        .fold(source.to_string(), |s, m| s.replace(&format!("{m}("), &format!("{}(", backwards(m))))
}

#[test]
fn written_by_hand() {
    for source in [
        "a.b.c(1, 'x')[0]",
        "1 + 2 * 3 - -4 % 5",
        "a ? b : c ? d : e",
        "a ? b ? c : d : e",
        "!a && !(b || c) && d",
        "a < b == c",
        "- 5",
        "-(5)",
        "-a.b",
        "a in [1, 2,]",
        "f(1,)",
        "f()",
        "[]",
        "a..b",
        "a.in",
        "x == r'\\d' + \"\\u4e2d\\n\"",
        "'''a\nb'''",
        "0x1F",
        "1e3",
        ".5",
        "1.",
        "1u",
        "b'x'",
        "{}",
        "T{a: 1}",
        "a // comment\n && b",
        "a &&",
        "&& a",
        "a b",
        "(a",
        "a)",
        "true.x",
        "if",
        "a.if",
        "-9223372036854775808",
        "9223372036854775808",
        "'\\q'",
        "\"娄底\" in 名",
        "a ? b",
        "a[?0]",
        "a.?b",
        "a[0].b['x'][1u]",
        "{'a': 1, 2: [3], 4u: {},}",
        "{?'a': b, 'c': d}",
        "[?a, b]",
        ".a.b",
        ".f(1)",
        "a.`b-c`",
        "b'\\x00\\377' + rb'\\x'",
        "0xFFu",
        "-0x10",
    ] {
        agree(source);
    }
}

/// The library cancels pairs of signs that follow each other (`!!a`), which the typer does here.
fn has_chained_signs(source: &str) -> bool {
    let dense: String = source.split_whitespace().collect();
    ["!!", "!-", "-!", "--"].iter().any(|chain| dense.contains(chain))
}

#[test]
fn written_at_random_and_broken_at_random() {
    let mut random = Random(7);
    for _ in 0..2_000 {
        let source = without_macros(&Writer::new(&mut random).condition(3));
        agree(&source);
        let at = random.below(source.len());
        if source.is_char_boundary(at) && source.is_char_boundary(at + 1) {
            let shorter = format!("{}{}", &source[..at], &source[at + 1..]);
            let insert = random.pick(&["(", ")", "-", "!", ",", ".", " && ", "\"", "=", "?", "1", "[", "in "]);
            let longer = format!("{}{insert}{}", &source[..at], &source[at..]);
            [shorter, longer].iter().filter(|s| !has_chained_signs(s)).for_each(|s| agree(s));
        }
    }
}
