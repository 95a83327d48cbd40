//! Connections that never come to the point: slow ones, silent ones, and those that speak something else.

use std::time::Duration;

use tokio::time::sleep;

use super::trial::{CLOSING, STALL, Trial, try_on};
use crate::support::{
    now,
    wire::{ACK, CONTINUATION, DATA, END_HEADERS, END_STREAM, HEADERS, PREFACE, SETTINGS, Wire, call, frame, header},
};

const SUBMIT: &str = "/hearten.v1.FeedbackService/SubmitEvent";
/// Connections that say the same.
const EACH: usize = 40;

/// All of them are closed, by themselves: none is let in, and none may stay.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_makes_no_call_has_to_go() {
    try_on("connections without a call that is let in", &[], async |trial: &Trial| {
        let says = sayings(&trial.key);
        println!("  {} connections", EACH * says.len() + 1);
        let mut wires = Vec::new();
        for (name, bytes) in &says {
            for _ in 0..EACH {
                let mut wire = Wire::connect(trial.server.addr()).await.unwrap();
                // It may be closed before all is said.
                let _ = wire.send(bytes).await;
                wires.push((*name, wire));
            }
        }
        let mut slow = Wire::connect(trial.server.addr()).await.unwrap();
        for byte in PREFACE {
            if slow.send(&[*byte]).await.is_err() {
                break;
            }
            sleep(Duration::from_millis(50)).await;
        }
        wires.push(("the preface byte by byte", slow));
        let deadline = now() + STALL + CLOSING;
        for (name, mut wire) in wires {
            assert!(wire.closed_within(deadline - now()).await, "{name}: still connected");
        }
    })
    .await;
}

/// What is said, and then nothing more.
fn sayings(key: &str) -> Vec<(&'static str, Vec<u8>)> {
    let hello = [PREFACE, &frame(SETTINGS, 0, 0, &[]), &frame(SETTINGS, ACK, 0, &[])].concat();
    let after = |bytes: &[u8]| [&hello, bytes].concat();
    let headers = |flags, stream, key| frame(HEADERS, flags, stream, &call(SUBMIT, key));
    let whole = headers(END_HEADERS, 1, Some(key));
    let ask = |path| frame(HEADERS, END_HEADERS | END_STREAM, 1, &call(path, None));
    let watch = frame(HEADERS, END_HEADERS, 1, &call("/grpc.health.v1.Health/Watch", None));
    let mut random = fastrand::Rng::with_seed(7);
    let noise: Vec<u8> = (0..4096).map(|_| random.u8(..)).collect();
    vec![
        ("nothing", vec![]),
        ("half a preface", PREFACE[..5].to_vec()),
        ("hello", hello.clone()),
        ("headers without an end", after(&headers(0, 1, Some(key)))),
        ("a call without a credential", after(&headers(END_HEADERS, 1, None))),
        (
            "a length of 4 GiB without a credential",
            after(&[headers(END_HEADERS, 1, None), frame(DATA, 0, 1, &[0, 255, 255, 255, 255])].concat()),
        ),
        ("how healthy it is", after(&ask("/grpc.health.v1.Health/Check"))),
        ("no method", after(&ask("/etc/passwd"))),
        ("health, watched without an end", after(&[watch, frame(DATA, END_STREAM, 1, &[0; 5])].concat())),
        ("noise", noise.clone()),
        ("noise after the preface", after(&noise)),
        ("a TLS handshake", [&[0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3][..], &noise[..512]].concat()),
        ("HTTP/1.1", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec()),
        ("another preface", b"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n".to_vec()),
        ("a frame cut short", after(&whole[..whole.len() / 2])),
        ("a frame larger than allowed", after(&frame(DATA, 0, 1, &vec![0; 20_000]))),
        ("a stream of the server's", after(&headers(END_HEADERS, 2, None))),
        ("DATA of no stream", after(&frame(DATA, 0, 7, b"x"))),
        ("settings of five bytes", after(&frame(SETTINGS, 0, 0, &[0, 4, 0, 0, 0]))),
        ("a window larger than there is", after(&frame(SETTINGS, 0, 0, &[0, 4, 255, 255, 255, 255]))),
        ("headers that are no HPACK", after(&frame(HEADERS, END_HEADERS, 1, &[0xff; 64]))),
        ("headers of more than 16 KiB", after(&large(key))),
    ]
}

fn large(key: &str) -> Vec<u8> {
    let block = [call(SUBMIT, Some(key)), header("x", &"y".repeat(17_000))].concat();
    let (first, rest) = block.split_at(10_000);
    [frame(HEADERS, 0, 1, first), frame(CONTINUATION, END_HEADERS, 1, rest)].concat()
}
