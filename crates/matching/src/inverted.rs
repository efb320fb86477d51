//! The inverted index of one block of a code or set column: code → rows, as bits.
use crate::bits::{Block, WORDS};

/// Only codes that occur in the block have bits; all others share the empty block at place 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inverted {
    places: Vec<u32>,
    bits: Vec<Block>,
}

impl Inverted {
    /// `codes` is the size of the dictionary; `cells` are (position in the block, codes of the row).
    pub fn build<'a>(codes: usize, cells: impl Iterator<Item = (usize, &'a [u32])>) -> Inverted {
        let (mut places, mut bits) = (vec![0u32; codes], vec![Block::ZERO]);
        for (at, row) in cells {
            for &code in row {
                let place = &mut places[code as usize];
                if *place == 0 {
                    *place = bits.len() as u32;
                    bits.push(Block::ZERO);
                }
                bits[*place as usize].set(at);
            }
        }
        Inverted { places, bits }
    }

    /// Rows that have one of the codes.
    #[inline(always)]
    pub fn any_of<const W: usize>(&self, codes: &[u32], out: &mut Block) {
        for chunk in 0..WORDS / W {
            let mut union = [0u64; W];
            for &code in codes {
                // a code that entered the dictionary after this block was indexed has no row here
                let place = self.places.get(code as usize).copied().unwrap_or(0);
                let Some(bits) = self.bits.get(place as usize) else { continue };
                let part = &bits.0.as_chunks::<W>().0[chunk];
                for i in 0..W {
                    union[i] |= part[i];
                }
            }
            out.0.as_chunks_mut::<W>().0[chunk] = union;
        }
    }
}
