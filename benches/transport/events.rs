//! What learners do, encoded beforehand but for who does it and its number: the generator must cost little, and the same for
//! both servers.

use std::sync::Arc;

use bytes::{BufMut as _, Bytes, BytesMut};
use hearten::rpc::pb;
use prost::{
    Message as _,
    encoding::{decode_varint, encode_varint, encoded_len_varint},
};

/// Events in one batch.
pub const IN_BATCH: u64 = 100;
/// Tags of fields 1 and 2 where they hold bytes.
const FIRST: u8 = 0x0a;
const SECOND: u8 = 0x12;
/// Of a stream's messages, those that answer an event.
const REPLY: u8 = SECOND;
const REJECTED: u8 = 0x22;
const ITEMS: u64 = 500;
/// Items of one skill; learners take one after the other.
const ITEMS_OF_A_SKILL: u64 = 12;
/// Bytes before what is the same for everybody: number and learner, each with tag and length.
const HEAD: usize = 2 + NUMBER + 2 + LEARNER;
const NUMBER: usize = 10;
const LEARNER: usize = PREFIX + 7;
/// Letters that set one crowd's names apart from another's.
pub const PREFIX: usize = 8;

/// How events are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Unary,
    Batch,
    Stream,
}

impl Kind {
    /// Events in one request.
    pub const fn events(self) -> u64 {
        match self {
            Self::Batch => IN_BATCH,
            Self::Unary | Self::Stream => 1,
        }
    }
}

/// Item, skill and answer of every event there is.
pub fn tails() -> Arc<[Bytes]> {
    let tail = |item: u64, correct| {
        let attempt = pb::Attempt {
            correct: Some(correct),
            response_time: Some(pb::Duration { seconds: 9, nanos: 0 }),
            ..Default::default()
        };
        let event = pb::Event {
            item_id: format!("q{item}"),
            skill_ids: vec![format!("skill-{}", item / ITEMS_OF_A_SKILL)],
            action: Some(pb::event::Action::Attempt(attempt)),
            ..Default::default()
        };
        Bytes::from(event.encode_to_vec())
    };
    (0..ITEMS).flat_map(|item| [tail(item, false), tail(item, true)]).collect()
}

/// Learners, divided among workers so that each learner's events are sent by one.
pub fn crowd(prefix: &[u8; PREFIX], learners: u64, workers: u64, tails: &Arc<[Bytes]>) -> Vec<Source> {
    let own = learners / workers;
    assert!(own > 0, "{learners} learners are too few for {workers} workers");
    let source = |worker| Source {
        prefix: *prefix,
        worker,
        workers,
        own,
        sent: 0,
        tails: Arc::clone(tails),
        buffer: BytesMut::new(),
    };
    (0..workers).map(source).collect()
}

/// One worker's events, without end.
pub struct Source {
    prefix: [u8; PREFIX],
    pub worker: u64,
    workers: u64,
    own: u64,
    /// How many were made.
    pub sent: u64,
    tails: Arc<[Bytes]>,
    buffer: BytesMut,
}

impl Source {
    /// The next request, and the number of its first event.
    pub fn request(&mut self, kind: Kind) -> (Bytes, u64) {
        let first = self.sent;
        if self.buffer.capacity() < 32 * 1024 {
            self.buffer = BytesMut::with_capacity(256 * 1024);
        }
        for _ in 0..kind.events() {
            self.event(if kind == Kind::Stream { SECOND } else { FIRST });
        }
        (self.buffer.split().freeze(), first)
    }

    fn event(&mut self, tag: u8) {
        let number = self.sent;
        let (learner, turn) = ((number % self.own) * self.workers + self.worker, number / self.own);
        let correct = !(turn * 7 + learner).is_multiple_of(3);
        let tail = &self.tails[((turn + learner * 7) % ITEMS * 2 + u64::from(correct)) as usize];
        self.buffer.put_u8(tag);
        encode_varint((HEAD + tail.len()) as u64, &mut self.buffer);
        self.buffer.put_slice(&[FIRST, NUMBER as u8]);
        self.buffer.put_slice(&digits::<NUMBER>(number));
        self.buffer.put_slice(&[SECOND, LEARNER as u8]);
        self.buffer.put_slice(&self.prefix);
        self.buffer.put_slice(&digits::<{ LEARNER - PREFIX }>(learner));
        self.buffer.put_slice(tail);
        self.sent += 1;
    }

    /// Every learner, and how many of the events were theirs.
    pub fn shares(&self) -> impl Iterator<Item = (String, u64)> {
        (0..self.own).map(|place| {
            let learner = digits::<{ LEARNER - PREFIX }>(place * self.workers + self.worker);
            let name = [&self.prefix[..], &learner].concat();
            (String::from_utf8(name).unwrap(), self.sent / self.own + u64::from(place < self.sent % self.own))
        })
    }
}

fn digits<const N: usize>(mut number: u64) -> [u8; N] {
    let mut digits = [b'0'; N];
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
    digits
}

/// Whether a stream's message answers an event, in whatever way.
pub fn answers(message: &[u8]) -> bool {
    matches!(message.first(), Some(&REPLY | &REJECTED))
}

/// How many events, from this number on, were answered with a reply that names them.
pub fn replied(kind: Kind, message: &[u8], number: u64) -> u64 {
    let names = |reply: Option<&[u8]>, number| {
        let id = reply.and_then(|mut reply| field(&mut reply, FIRST));
        id.is_some_and(|id| id == digits::<NUMBER>(number))
    };
    let mut rest = message;
    match kind {
        Kind::Unary => names(field(&mut rest, FIRST), number).into(),
        Kind::Stream => names(field(&mut rest, REPLY), number).into(),
        Kind::Batch => {
            let mut result = || field(&mut rest, FIRST).map(|mut result| field(&mut result, FIRST));
            (number..number + IN_BATCH).map(|number| u64::from(names(result().flatten(), number))).sum()
        }
    }
}

/// The field that comes next, if it is this one.
fn field<'a>(message: &mut &'a [u8], tag: u8) -> Option<&'a [u8]> {
    let (&first, mut rest) = message.split_first()?;
    if first != tag {
        return None;
    }
    let length = decode_varint(&mut rest).ok()? as usize;
    let (field, rest) = rest.split_at_checked(length)?;
    *message = rest;
    Some(field)
}

/// Fails if what is put together by hand is not what prost would read.
pub fn check(tails: &Arc<[Bytes]>) {
    let mut source = crowd(b"learner-", 300, 100, tails).remove(7);
    (0..4).for_each(|_| drop(source.request(Kind::Unary)));
    let (unary, number) = source.request(Kind::Unary);
    let event = pb::SubmitEventRequest::decode(unary.clone()).unwrap().event.unwrap();
    assert_eq!((event.event_id.as_str(), event.learner_id.as_str()), ("0000000004", "learner-0000107"));
    assert_eq!(encoded_len_varint(event.encoded_len() as u64) + event.encoded_len() + 1, unary.len());
    let reply = pb::Reply { event_id: event.event_id, ..Default::default() };
    let reply = pb::SubmitEventResponse { reply: Some(reply) }.encode_to_vec();
    assert_eq!((replied(Kind::Unary, &reply, number), replied(Kind::Unary, &reply, number + 1)), (1, 0));
    let (batch, _) = source.request(Kind::Batch);
    assert_eq!(pb::BatchSubmitEventsRequest::decode(batch).unwrap().events.len() as u64, IN_BATCH);
    let (stream, _) = source.request(Kind::Stream);
    let message = pb::StreamSessionsRequest::decode(stream).unwrap().message.unwrap();
    assert!(matches!(message, pb::stream_sessions_request::Message::Event(_)));
}
