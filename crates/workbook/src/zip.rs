//! The archive a workbook is: its directory read within limits, its parts inflated under count.
//!
//! Invariant: nothing that the directory says of sizes is believed; a part that inflates beyond the ratio, or does not
//! have the stated length and checksum at its end, is refused while it is read.
use crate::fault::Unreadable;
use crate::{Limits, Source};
use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::collections::HashMap;
use std::io::{self, Read, SeekFrom, Take};

/// Bytes of the end record, and of the longest comment after it.
const END: u64 = 22;
const COMMENT: u64 = 65_535;
const CENTRAL: usize = 46;
const LOCAL: usize = 30;
/// What a small part may inflate to, whatever the ratio.
const SLACK: u64 = 2 << 20;

#[derive(Clone, Debug)]
pub struct Entry {
    method: u16,
    crc: u32,
    packed: u64,
    size: u64,
    offset: u64,
}

pub struct Archive<R> {
    source: R,
    entries: HashMap<String, Entry>,
    ratio: u64,
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

impl<R: Source> Archive<R> {
    pub fn open(mut source: R, limits: &Limits) -> Result<Archive<R>, Unreadable> {
        let length = source.seek(SeekFrom::End(0))?;
        let (count, size, offset) = end_record(&mut source, length)?;
        if count > limits.entries {
            let most = limits.entries;
            return Err(Unreadable::new(
                "too_many_entries",
                format!("文件内含 {count} 个部件，最多 {most} 个；请另存为只含数据的 .xlsx。"),
                format!("The file has {count} parts, {most} are allowed; save a copy that holds the data only."),
            ));
        }
        if offset.saturating_add(size) > length || size > (limits.entries as u64) * 4096 {
            return Err(Unreadable::damaged("zip directory"));
        }
        source.seek(SeekFrom::Start(offset))?;
        let mut directory = vec![0; size as usize];
        source.read_exact(&mut directory)?;
        let entries = entries(&directory, count, length)?;
        Ok(Archive { source, entries, ratio: limits.ratio })
    }

    /// The name of a part as the archive has it; parts are found whatever their case.
    pub fn has(&self, name: &str) -> bool {
        self.entries.contains_key(&name.to_ascii_lowercase())
    }

    pub fn part(&mut self, name: &str) -> Result<Part<'_, R>, Unreadable> {
        let entry = self.entries.get(&name.to_ascii_lowercase()).cloned();
        let entry = entry.ok_or_else(|| Unreadable::damaged(format!("{name}?")))?;
        self.source.seek(SeekFrom::Start(entry.offset))?;
        let mut local = [0; LOCAL];
        self.source.read_exact(&mut local)?;
        if &local[..4] != b"PK\x03\x04" {
            return Err(Unreadable::damaged("zip entry"));
        }
        let skip = u64::from(u16_at(&local, 26)) + u64::from(u16_at(&local, 28));
        self.source.seek(SeekFrom::Start(entry.offset + LOCAL as u64 + skip))?;
        let packed = (&mut self.source).take(entry.packed);
        let inner = match entry.method {
            0 => Inner::Stored(packed),
            8 => Inner::Deflated(Box::new(DeflateDecoder::new(packed))),
            _ => return Err(Unreadable::damaged(format!("zip method {}", entry.method))),
        };
        let most = entry.packed.saturating_mul(self.ratio).max(SLACK);
        Ok(Part { inner, entry, crc: Crc::new(), inflated: 0, most, ratio: self.ratio })
    }
}

/// Entries, bytes and place of the directory.
fn end_record<R: Source>(source: &mut R, length: u64) -> Result<(usize, u64, u64), Unreadable> {
    let tail_length = length.min(END + COMMENT);
    source.seek(SeekFrom::Start(length - tail_length))?;
    let mut tail = vec![0; tail_length as usize];
    source.read_exact(&mut tail)?;
    let last = tail.len().checked_sub(END as usize);
    let found = last.and_then(|last| (0..=last).rev().find(|at| &tail[*at..*at + 4] == b"PK\x05\x06"));
    let Some(at) = found else { return Err(Unreadable::damaged("zip end")) };
    let end = &tail[at..];
    let (count, size, offset) = (u16_at(end, 10), u32_at(end, 12), u32_at(end, 16));
    if count == u16::MAX || offset == u32::MAX || size == u32::MAX {
        return Err(Unreadable::damaged("zip64"));
    }
    Ok((usize::from(count), u64::from(size), u64::from(offset)))
}

fn entries(directory: &[u8], count: usize, length: u64) -> Result<HashMap<String, Entry>, Unreadable> {
    let mut entries = HashMap::with_capacity(count);
    let mut at = 0;
    for _ in 0..count {
        let head = directory.get(at..at + CENTRAL).filter(|head| &head[..4] == b"PK\x01\x02");
        let Some(head) = head else { return Err(Unreadable::damaged("zip directory")) };
        let (name, extra, comment) = (usize::from(u16_at(head, 28)), usize::from(u16_at(head, 30)), usize::from(u16_at(head, 32)));
        let Some(name) = directory.get(at + CENTRAL..at + CENTRAL + name) else { return Err(Unreadable::damaged("zip directory")) };
        if u16_at(head, 8) & 1 != 0 {
            return Err(Unreadable::new(
                "encrypted",
                "压缩包已加密；请去掉密码后再上传。",
                "The archive is encrypted; remove the password and upload it again.",
            ));
        }
        let entry = Entry {
            method: u16_at(head, 10),
            crc: u32_at(head, 16),
            packed: u64::from(u32_at(head, 20)),
            size: u64::from(u32_at(head, 24)),
            offset: u64::from(u32_at(head, 42)),
        };
        if entry.offset.saturating_add(entry.packed) > length {
            return Err(Unreadable::damaged("zip entry"));
        }
        let key = String::from_utf8_lossy(name).to_ascii_lowercase();
        if entries.insert(key, entry).is_some() {
            return Err(Unreadable::damaged("zip: one name twice"));
        }
        at += CENTRAL + name.len() + extra + comment;
    }
    Ok(entries)
}

enum Inner<'a, R> {
    Stored(Take<&'a mut R>),
    Deflated(Box<DeflateDecoder<Take<&'a mut R>>>),
}

/// One part as it inflates.
pub struct Part<'a, R> {
    inner: Inner<'a, R>,
    entry: Entry,
    crc: Crc,
    inflated: u64,
    most: u64,
    ratio: u64,
}

impl<R: Read> Read for Part<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.inner {
            Inner::Stored(source) => source.read(buffer)?,
            Inner::Deflated(source) => source.read(buffer).map_err(|e| Unreadable::damaged(e).to_io())?,
        };
        self.crc.update(&buffer[..read]);
        self.inflated += read as u64;
        let ended = read == 0 && !buffer.is_empty();
        if self.inflated > self.most {
            let ratio = self.ratio;
            return Err(Unreadable::new(
                "ratio",
                format!("文件解压后超过压缩大小的 {ratio} 倍，可能是恶意文件；没有写入任何内容。请另存为新的 .xlsx 后再上传。"),
                format!("The file inflates to more than {ratio} times its size and may be malicious; nothing was written. Save it as a new .xlsx and upload that."),
            )
            .to_io());
        }
        if ended && (self.crc.sum() != self.entry.crc || self.inflated != self.entry.size) {
            return Err(Unreadable::damaged("zip checksum").to_io());
        }
        Ok(read)
    }
}
