//! Standard CEL over bare values, as data: what each expression is, and what fails.
use liangu_expr::dynamic::{self, Fault, Names, eval_text};
use liangu_expr::row::Context;
use liangu_expr::syntax::parse;
use liangu_expr::value::{Key, Map, Reason, Value};
use std::sync::Arc;

fn names() -> Names {
    let map =
        |entries: &[(&str, Value)]| Value::Map(Arc::new(entries.iter().map(|(k, v)| (Key::Text((*k).into()), v.clone())).collect::<Map>()));
    let values = [
        ("x".to_owned(), Value::Int(7)),
        ("m".to_owned(), map(&[("a", map(&[("b", Value::Int(1))])), ("名", Value::Text("钢".into()))])),
        ("a.b".to_owned(), Value::Int(40)),
        ("a.b.c".to_owned(), Value::Int(41)),
        ("org.y".to_owned(), Value::Text("inner".into())),
        ("y".to_owned(), Value::Text("outer".into())),
    ];
    Names { values: values.into_iter().collect(), container: "org.liangu".to_owned() }
}

fn said(source: &str) -> String {
    match eval_text(source, &names(), &Context::default()) {
        Ok(value) => dynamic::text(&value),
        Err(Fault::Failed(Reason::Failed(what))) => format!("error: {what}"),
        Err(Fault::Failed(other)) => format!("{other:?}"),
        Err(Fault::Syntax(finding)) => format!("error: {}", finding.code),
    }
}

/// Each is true.
#[test]
fn what_holds() {
    let wrong: Vec<String> = [
        // numbers
        "1 == 1u && 1u == 1.0 && 1 != 1.5 && dyn(1) in [1.0] && 3.0 in {3: ''}",
        "9223372036854775807 < 9223372036854775808u && -1 < 0u && 1u > -1",
        "9007199254740993 > 9007199254740992.0 && 9223372036854775807 < 9223372036854775808.0",
        "0.0 / 0.0 != 0.0 / 0.0 && !(0.0 / 0.0 < 1.0) && !(0.0 / 0.0 >= 1.0)",
        "-7 / 2 == -3 && -7 % 2 == -1 && 7 % -2 == 1 && 0x1F == 31 && 0xFFu == 255u && -0x10 == -16",
        "1e3 == 1000.0 && .5 == 0.5 && 1.0 / 0.0 > 1e308 && -(-5) == 5",
        "[1, 2.0, 3u] == [1u, 2, 3.0] && {1: 2} == {1u: 2.0} && [] == [] && {} == {} && [[]] != [[1]]",
        "null == null && null != 0 && 'a' != 1 && !([] == {}) && type(null) == null_type",
        // text and bytes
        "'娄底'.size() == 2 && size(b'娄') == 3 && '😀'.size() == 1 && 'a' + '底' == 'a底'",
        r"'\u5a04' == '娄' && '\x41\101\n' == 'AA\n' && r'\d' == '\\d' && b'\xff' == b'\377' && '''a'b''' == 'a\'b'",
        "'a' < 'b' && 'A' < 'a' && b'a' < b'b' && b'ab' == b'a' + b'b' && '' < 'a'",
        "'abc'.contains('') && 'abc'.startsWith('') && 'abc'.endsWith('bc') && 'abc'.matches('^a.c$') && matches('钢铁', '^\\\\p{Han}+$')",
        "string(b'\\xe5\\xba\\x95') == '底' && bytes('底') == b'\\xe5\\xba\\x95'",
        // conversions
        "int(3.99) == 3 && int(-3.99) == -3 && int('-5') == -5 && int(7u) == 7 && uint(3.2) == 3u && double(7) == 7.0",
        "string(1.5) == '1.5' && string(-4.5e-3) == '-0.0045' && string(true) == 'true' && string(7u) == '7' && double('1e3') == 1000.0",
        "bool('True') && !bool('f') && type(dyn(1)) == int && type(type(1)) == type && type([]) == list && type({}) == map",
        "type(1) == type(2) && type(1) != type(1u) && type(b'') == bytes && int == int && type(timestamp(0)) == google.protobuf.Timestamp",
        // logic: what fails on one side does not matter where the other decides
        "(1 / 0 > 1 || true) && (true || 1 / 0 > 1) && !(false && 1 / 0 > 1) && !(1 / 0 > 1 && false)",
        "true || 'text' && true ? true : 1 / 0 == 1",
        "[0, 1].exists(i, 1 / i == 1) && ![0, 1].all(i, 1 / i > 1)",
        // lists, maps, macros
        "[1, 2, 3][1] == 2 && [1, 2, 3][1u] == 2 && [1, 2, 3][1.0] == 2 && {1: 'a'}[1u] == 'a' && {'a': 1}['a'] == 1",
        "m.a.b == 1 && has(m.a.b) && !has(m.a.c) && m['名'] == '钢' && 'a' in m && !('z' in m)",
        "[1, 2, 3].map(i, i * i) == [1, 4, 9] && [1, 2, 3].filter(i, i % 2 == 1) == [1, 3] && [3, 4].map(i, i > 3, i) == [4]",
        "{'a': 1, 'b': 2}.all(k, k in ['a', 'b']) && {'a': 1, 'b': 2}.exists_one(k, k == 'a') && [].all(i, false) && ![].exists(i, true)",
        "[[1, 2], [3]].all(l, l.exists(i, i > 1)) && [1].map(x, [2].map(x, x + 1))[0][0] == 3 && x == 7",
        "[1, 2, 3].all(i, v, v == i + 1) && {'a': 1}.exists(k, v, k == 'a' && v == 1) && [5].transformMap(i, v, v * 2) == {0: 10}",
        "{'a': 1}.transformMapEntry(k, v, {v: k}) == {1: 'a'} && [1, 2].transformList(i, v, i > 0, v) == [2]",
        // names: the longest that is one, the nearest container, variables of macros first
        "a.b.c == 41 && a.b == 40 && y == 'inner' && .y == 'outer' && org.y == 'inner'",
        "[{'b': {'c': 5}}].exists(a, a.b.c == 5) && [1].exists(y, y == 1)",
        // times
        "timestamp('2009-02-13T23:31:30Z').getFullYear() == 2009 && timestamp('2009-02-13T23:31:30Z').getMonth() == 1",
        "timestamp('2009-02-13T23:31:30Z').getHours('Asia/Shanghai') == 7 && timestamp('2009-02-13T23:31:30Z').getDayOfWeek() == 5",
        "timestamp('2009-02-13T23:31:30Z').getMinutes('+05:45') == 16 && timestamp(0).getDate('-02:00') == 31",
        "timestamp('2024-12-31T00:00:00Z').getDayOfYear() == 365 && timestamp('2009-02-13T23:31:30.123Z').getMilliseconds() == 123",
        "timestamp('2009-02-13T23:31:30Z') - timestamp('2009-02-13T22:31:30Z') == duration('1h') && duration('1.5s') < duration('1501ms')",
        "int(timestamp('2009-02-13T23:31:30Z')) == 1234567890 && string(duration('1h1s')) == '3601s' && duration('-90s').getMinutes() == -1",
        // comments, white space, reserved words after a dot, names in back quotes
        "true // and nothing else\n && \n\t true",
        "{'if': 1}.if == 1 && {'a-b': 2}.`a-b` == 2",
        // values that may be absent
        "m.?a.b.value() == 1 && !m.?z.b.hasValue() && m[?'z'].orValue(3) == 3 && [1][?5] == optional.none()",
        "[?m.?z, 1] == [1] && {?'k': m.?z} == {} && {?'k': optional.of(1)} == {'k': 1} && optional.of(2).optMap(v, v + 1).value() == 3",
        "has(m.?a.b) && type(optional.none()) == optional_type && m.?a.?b.or(optional.of(9)).value() == 1",
        // beyond the standard
        "cel.bind(t, 'a', t + t + t) == 'aaa' && math.greatest(1, 2u, 2.5) == 2.5 && math.least([3, 1]) == 1",
        "'%d/%s/%.2f/%x/%b/%%'.format([1, ['a', 2], 2.5, 255, 5]) == '1/[a, 2]/2.50/ff/101/%'",
        "'tacocat'.indexOf('a', 3) == 5 && 'tacocat'.lastIndexOf('a', 4) == 1 && 'a,b,c'.split(',', 2) == ['a', 'b,c']",
    ]
    .into_iter()
    .filter(|source| said(source) != "true")
    .map(|source| format!("{source}\n    {}", said(source)))
    .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each is an error, whatever stands around it decides nothing.
#[test]
fn what_fails() {
    for (source, why) in [
        ("9223372036854775807 + 1", "overflow"),
        ("-9223372036854775808 - 1", "overflow"),
        ("9223372036854775807 * 2", "overflow"),
        ("-9223372036854775808 / -1", "overflow"),
        ("-(-9223372036854775808)", "overflow"),
        ("0u - 1u", "overflow"),
        ("18446744073709551615u + 1u", "overflow"),
        ("1 / 0", "divide by zero"),
        ("1u % 0u", "divide by zero"),
        ("1 + 1u", "no such overload: _+_(int, uint)"),
        ("1.0 % 2.0", "no such overload"),
        ("'a' + 1", "no such overload"),
        ("1 < 'a'", "no such overload"),
        ("!1", "no such overload"),
        ("1 ? 2 : 3", "no such overload"),
        ("true && 1", "no such overload"),
        ("1 in 1", "no such overload"),
        ("[1][1]", "index out of bounds"),
        ("[1][-1]", "index out of bounds"),
        ("[1][0.5]", "invalid argument"),
        ("[1]['0']", "invalid argument"),
        ("{'a': 1}.b", "no such key: b"),
        ("{'a': 1}[1]", "no such key: 1"),
        ("{1: 'a', 1u: 'b'}", "repeated key"),
        ("{null: 1}", "unsupported key type"),
        ("{1.5: 1}", "unsupported key type"),
        ("unknown", "undeclared reference to 'unknown'"),
        ("f(1)", "unbound function: f"),
        ("'a'.f()", "unbound function: f"),
        ("size(1)", "no such overload: size(int)"),
        ("size('a', 'b')", "no such overload"),
        ("int('a')", "cannot convert"),
        ("int(1e19)", "range"),
        ("uint(-1)", "range"),
        ("int(9223372036854775808u)", "range"),
        ("string(b'\\xff')", "invalid UTF-8"),
        ("bool('yes')", "cannot convert"),
        ("timestamp('2023-02-29T00:00:00Z')", "range"),
        ("duration('1y')", "range"),
        ("timestamp(0).getHours('Nowhere/City')", "no such time zone"),
        ("'a'.matches('(')", "invalid regular expression"),
        ("[1, 2].map(i, i / 0)", "divide by zero"),
        ("[0, 1].exists_one(i, 1 / i == 1)", "divide by zero"),
        ("[1].all(i, i)", "no such overload"),
        ("1.all(i, true)", "a macro over int"),
        ("[1].all(x.y, true)", "simple name"),
        ("has(x)", "invalid argument to has()"),
        ("optional.none().value()", "optional.none() dereference"),
        ("within('a', 'b')", "needs the record"),
        ("1 +", "expr.syntax"),
        ("'a", "expr.unterminated"),
        ("18446744073709551616u", "expr.literal"),
        ("b'\\u0041'", "expr.literal"),
        ("T{a: 1}", "expr.message"),
        ("as", "expr.syntax"),
        (r"'\q'", "expr.literal"),
        ("[1, 2, 3].map(a, [1, 2, 3].map(b, b)) == [1, 2, 3].map(i, 1 / 0)", "divide by zero"),
    ] {
        let said = said(source);
        assert!(said.starts_with("error: ") && said.contains(why), "{source} says {said}");
    }
}

#[test]
fn work_and_nesting_have_limits() {
    let twice = (0..40).fold("s".to_owned(), |inner, n| format!("cel.bind(s{n}, s + s, {inner})").replace(&format!("s{n},"), "s,"));
    assert!(said(&format!("cel.bind(s, 'aaaaaaaa', size({twice}))")).contains("too much"), "doubling");
    let nested = (0..8).fold("1".to_owned(), |inner, _| format!("[1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map(i, {inner})"));
    assert!(said(&nested).contains("too much"), "a macro in a macro");
    assert_eq!(said(&format!("{}1{}", "[".repeat(32), "]".repeat(32))), "list");
    assert_eq!(said(&format!("{}1", "1 + ".repeat(32))), "33");
    assert_eq!(said(&format!("{}1", "true ? 1 : ".repeat(32))), "1");
    assert_eq!(parse(&"[".repeat(9_000)).expect_err("too deep").code, "expr.too-deep");
}
