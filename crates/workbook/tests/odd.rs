//! Odd and hostile files, each with what is said of it, and what good files give.
use flate2::Compression;
use flate2::write::DeflateEncoder;
use liangu_workbook::{Book, Kind, Limits, Out, Row, Unreadable, Writer};
use std::io::{Cursor, Write as _};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A zip of deflated parts.
fn zip(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let offset = out.len() as u32;
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        let packed = encoder.finish().unwrap();
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let mut common = vec![20, 0, 0, 8, 8, 0, 0, 0, 0x21, 0];
        for number in [crc.sum(), packed.len() as u32, bytes.len() as u32] {
            common.extend(number.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(packed);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (count, offset) = ((parts.len() as u16).to_le_bytes(), out.len() as u32);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\x00\x00\x00\x00");
    out.extend(count);
    out.extend(count);
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(offset.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// A workbook around the content of its sheet, with further parts and a head for `workbookPr`.
fn workbook(sheet: &str, shared: Option<&str>, settings: &str) -> Vec<u8> {
    let mut parts = vec![
        ("xl/workbook.xml", format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{REL}\">{settings}<sheets><sheet name=\"企业\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>").into_bytes()),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships><Relationship Id=\"r1\" Type=\"{REL}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{REL}/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"r3\" Type=\"{REL}/styles\" Target=\"styles.xml\"/><Relationship Id=\"r4\" Type=\"{REL}/externalLink\" Target=\"http://example.org/x\" TargetMode=\"External\"/></Relationships>").into_bytes()),
        ("xl/styles.xml", format!("<styleSheet xmlns=\"{MAIN}\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"10\"/></cellXfs></styleSheet>").into_bytes()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{MAIN}\"><dimension ref=\"A1:XFD1048576\"/><sheetData>{sheet}</sheetData><mergeCells><mergeCell ref=\"A1:C1\"/></mergeCells></worksheet>").into_bytes()),
    ];
    if let Some(shared) = shared {
        parts.push(("xl/sharedStrings.xml", format!("<sst xmlns=\"{MAIN}\">{shared}</sst>").into_bytes()));
    }
    zip(&parts)
}

fn read(bytes: Vec<u8>) -> Result<Vec<Row>, Unreadable> {
    read_within(bytes, &Limits::default())
}

fn read_within(bytes: Vec<u8>, limits: &Limits) -> Result<Vec<Row>, Unreadable> {
    let mut book = Book::open(Cursor::new(bytes), limits)?;
    let mut rows = book.rows(0)?;
    let (mut all, mut row) = (Vec::new(), Row::default());
    while rows.next_row(&mut row)? {
        all.push(row.clone());
    }
    Ok(all)
}

fn refusal(bytes: Vec<u8>) -> &'static str {
    let error = read(bytes).expect_err("the file is refused");
    assert!(!error.text.zh.is_empty() && !error.text.en.is_empty());
    error.code
}

fn texts(row: &Row) -> Vec<&str> {
    row.cells.iter().map(|cell| cell.text.as_str()).collect()
}

#[test]
fn all_kinds_of_cells_are_read() {
    let shared = "<si><t>名称</t></si><si><r><t>涟源</t></r><r><rPr><b/></rPr><t>湘石 &amp; 公司</t></r><rPh sb=\"0\" eb=\"1\"><t>lian</t></rPh></si>";
    let sheet = concat!(
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>",
        "<row r=\"3\" hidden=\"1\"><c r=\"A3\" t=\"s\"><v>1</v></c><c r=\"B3\" t=\"inlineStr\"><is><t> =1+1</t></is></c>",
        "<c r=\"C3\"><f>SUM(D3:E3)</f><v>12.5</v></c><c r=\"D3\" s=\"1\"><v>45293</v></c><c r=\"E3\" s=\"2\"><v>45293</v></c>",
        "<c r=\"F3\" s=\"3\"><v>0.032</v></c><c r=\"G3\" t=\"b\"><v>1</v></c><c r=\"H3\" t=\"e\"><v>#N/A</v></c>",
        "<c r=\"I3\" t=\"str\"><f>A1</f><v>结果</v></c><c r=\"J3\"><v>9.1431300123456998E+17</v></c><c r=\"L3\"><v>1</v></c><c r=\"N3\" s=\"1\"/></row>",
    );
    let rows = read(workbook(sheet, Some(shared), "")).expect("a sound workbook");
    assert_eq!((rows.len(), rows[1].number), (2, 3), "hidden rows count, empty ones are not there");
    let wanted =
        ["涟源湘石 & 公司", " =1+1", "12.5", "2024-01-02", "2024-01-02", "0.032", "1", "#N/A", "结果", "914313001234570000", "", "1"];
    assert_eq!(texts(&rows[1]), wanted);
    let kinds: Vec<Kind> = rows[1].cells.iter().map(|cell| cell.kind).collect();
    use Kind::{Bool, Date, Empty, Error, Number, Percent, Text};
    assert_eq!(kinds, [Text, Text, Number, Date, Date, Percent, Bool, Error, Text, Number, Empty, Number]);
}

#[test]
fn the_calendar_of_1904_and_merged_cells() {
    let bytes = workbook("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>43831</v></c></row>", None, "<workbookPr date1904=\"1\"/>");
    let mut book = Book::open(Cursor::new(bytes), &Limits::default()).unwrap();
    assert_eq!(book.sheets()[0].name, "企业");
    let (mut rows, mut row) = (book.rows(0).unwrap(), Row::default());
    assert!(rows.next_row(&mut row).unwrap());
    assert_eq!(texts(&row), ["2024-01-02"]);
    assert!(!rows.next_row(&mut row).unwrap());
    assert_eq!((rows.merges()[0].first_row, rows.merges()[0].last_column), (1, 2));
}

#[test]
fn what_is_no_workbook_is_told_apart() {
    assert_eq!(refusal(Vec::new()), "empty");
    assert_eq!(refusal(vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), "old_or_encrypted");
    assert_eq!(refusal(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()), "not_a_table");
    assert_eq!(refusal(zip(&[("content.xml", b"<office/>".to_vec())])), "not_a_workbook");
    assert_eq!(refusal(b"PK\x03\x04 cut off".to_vec()), "damaged");
    let mut cut = workbook("<row r=\"1\"/>", None, "");
    cut.truncate(cut.len() / 2);
    assert_eq!(refusal(cut), "damaged");
    let mut flipped = workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", None, "");
    flipped[60] ^= 0xff;
    assert_eq!(refusal(flipped), "damaged");
    let encrypted = {
        let mut bytes = zip(&[("xl/workbook.xml", b"<workbook/>".to_vec())]);
        let at = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
        bytes[at + 8] |= 1;
        bytes
    };
    assert_eq!(refusal(encrypted), "encrypted");
    assert_eq!(refusal(zip(&[("a", vec![]), ("A", vec![])])), "damaged");
    assert_eq!(refusal(zip(&[("xl/workbook.xml", b"<workbook><sheets/></workbook>".to_vec())])), "no_sheets");
    let absent = format!("<workbook xmlns:r=\"{REL}\"><sheets><sheet name=\"a\" r:id=\"r1\"/></sheets></workbook>");
    let link = format!("<Relationships><Relationship Id=\"r1\" Type=\"{REL}/worksheet\" Target=\"s.xml\"/></Relationships>");
    assert_eq!(refusal(zip(&[("xl/workbook.xml", absent.into()), ("xl/_rels/workbook.xml.rels", link.into())])), "sheet_missing");
}

#[test]
fn bombs_and_traps_are_refused_while_they_are_read() {
    let row = "<row><c><v>1</v></c></row>".repeat(400_000);
    assert_eq!(refusal(workbook(&row, None, "")), "ratio");
    let cell = |reference: &str| format!("<row r=\"1\"><c r=\"{reference}\"><v>1</v></c></row>");
    assert_eq!(refusal(workbook(&cell("XFD1"), None, "")), "too_many_columns");
    assert_eq!(refusal(workbook(&cell("ZZZ1"), None, "")), "damaged");
    assert_eq!(refusal(workbook(&cell("A2"), None, "")), "damaged");
    assert_eq!(refusal(workbook("<row r=\"2\"/><row r=\"1\"/>", None, "")), "damaged");
    assert_eq!(refusal(workbook("<row r=\"-1\"/>", None, "")), "damaged");
    assert_eq!(refusal(workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>", None, "")), "damaged");
    assert_eq!(refusal(workbook("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>", None, "")), "no_shared_texts");
    assert_eq!(refusal(workbook("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>9</v></c></row>", Some("<si><t>a</t></si>"), "")), "damaged");
    assert_eq!(refusal(workbook("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>&bomb;</v></c></row>", None, "")), "damaged");
    assert_eq!(refusal(workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></row>", None, "")), "damaged");
    assert_eq!(refusal(workbook(&"<a>".repeat(10_000), None, "")), "damaged");
    let noise: String = (0..2_000_000_u64).map(|n| char::from(b'a' + (n.wrapping_mul(2_654_435_761) >> 7) as u8 % 26)).collect();
    assert_eq!(refusal(workbook(&format!("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>{noise}</v></c></row>"), None, "")), "too_long");
    assert_eq!(
        refusal(workbook(&format!("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>{}</v></c></row>", &noise[..40_000]), None, "")),
        "long_cell"
    );
    let entity = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><workbook/>";
    assert_eq!(refusal(zip(&[("xl/workbook.xml", entity.into())])), "doctype");
}

#[test]
fn limits_are_those_given() {
    let sheet = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>1</v></c></row>";
    let code = |limits: Limits| read_within(workbook(sheet, None, ""), &limits).map(|_| ()).map_err(|error| error.code);
    let limits = Limits::default();
    assert_eq!(code(limits), Ok(()));
    assert_eq!(code(Limits { cells: 1, ..limits }), Err("too_many_cells"));
    assert_eq!(code(Limits { columns: 1, ..limits }), Err("too_many_columns"));
    assert_eq!(code(Limits { entries: 3, ..limits }), Err("too_many_entries"));
    assert_eq!(code(Limits { file_bytes: 100, ..limits }), Err("too_large"));
}

#[test]
fn delimited_text_of_offices() {
    let lines = |bytes: &[u8]| read(bytes.to_vec()).map(|rows| rows.iter().map(|row| texts(row).join("|")).collect::<Vec<_>>());
    let wanted = vec!["名称|地区".to_owned(), "湘石, 机械|涟源\n市".to_owned()];
    let text = "名称,地区\r\n\"湘石, 机械\",\"涟源\n市\"\r\n";
    assert_eq!(lines(text.as_bytes()).unwrap(), wanted);
    assert_eq!(lines(format!("\u{feff}{text}").as_bytes()).unwrap(), wanted);
    let (gbk, _, _) = encoding_rs::GBK.encode(text);
    assert_eq!(lines(&gbk).unwrap(), wanted);
    let utf16: Vec<u8> = "\u{feff}名称\t地区\n湘石\t涟源".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(lines(&utf16).unwrap(), ["名称|地区", "湘石|涟源"]);
    assert_eq!(lines("a;b\n1;2\n".as_bytes()).unwrap(), ["a|b", "1|2"]);
    assert_eq!(lines("a,b\n\n1".as_bytes()).unwrap(), ["a|b", "1"], "short lines and empty ones are borne");
    assert_eq!(read(b"a,b\n\x81\xff\xff".to_vec()).unwrap_err().code, "encoding");
    let open = format!("a,b\n\"{}", "x".repeat(40_000));
    assert_eq!(read(open.into_bytes()).unwrap_err().code, "long_cell");
}

#[test]
fn what_is_written_is_read_again() {
    let mut writer = Writer::new(Cursor::new(Vec::new()), "企业[1]").unwrap();
    writer.head(["名称", "营业收入 (元)"]).unwrap();
    let text = |text: &str| Out::Text(text.to_owned());
    writer.row([text("=HYPERLINK(\"x\") & <b>\u{1}\r\n"), Out::Number("-1234.56".to_owned())]).unwrap();
    writer.row([Out::Empty, text("914313000000000000")]).unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    let rows = read(bytes).expect("our own workbook is sound");
    assert_eq!(texts(&rows[1]), ["=HYPERLINK(\"x\") & <b>\r\n", "-1234.56"]);
    assert_eq!((rows[1].cells[0].kind, rows[1].cells[1].kind), (Kind::Text, Kind::Number));
    assert_eq!((rows[2].cells[0].kind, rows[2].cells[1].kind), (Kind::Empty, Kind::Text));
}
