//! What a sync of the disk costs, written as the store writes its journal: 4 KiB after 4 KiB into a file that has its length.

use std::{fs::File, os::unix::fs::FileExt as _, path::Path, time::Duration};

use hdrhistogram::Histogram;

use crate::now;

const BLOCK: usize = 4096;
const LENGTH: u64 = 64 * 1024 * 1024;

pub struct Disk {
    file: File,
    next: u64,
    /// Microseconds of a write and its sync.
    pub syncs: Histogram<u32>,
}

impl Disk {
    pub fn new(place: &Path) -> Self {
        let file = tempfile::tempfile_in(place).unwrap();
        file.set_len(LENGTH).unwrap();
        file.sync_all().unwrap();
        let mut syncs = Histogram::new(3).unwrap();
        syncs.auto(true);
        Self { file, next: 0, syncs }
    }

    /// Syncs one after the other for so long.
    pub fn measure(&mut self, length: Duration) {
        let until = now() + length;
        let mut began = now();
        while began < until {
            self.file.write_all_at(&[self.next as u8; BLOCK], self.next * BLOCK as u64 % LENGTH).unwrap();
            self.file.sync_data().unwrap();
            let ended = now();
            self.syncs.record((ended - began).as_micros() as u64).unwrap();
            self.next += 1;
            began = ended;
        }
    }
}
