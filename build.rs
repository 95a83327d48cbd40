//! Compiles the API without protoc: protox reads the files, tonic and pbjson write the code.

use std::{env, error::Error, fs, path::PathBuf};

use prost::Message as _;

fn main() -> Result<(), Box<dyn Error>> {
    let files = ["feedback_service", "learner_service"].map(|name| format!("hearten/v1/{name}.proto"));
    let descriptors = protox::compile(files, ["proto"])?;
    let encoded = descriptors.encode_to_vec();
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("descriptors.bin"), &encoded)?;

    tonic_prost_build::configure()
        .compile_well_known_types(true)
        .extern_path(".google.protobuf", "::pbjson_types")
        // Read more strictly than there.
        .extern_path(".google.protobuf.Duration", "crate::rpc::pb::Duration")
        .codec_path("crate::rpc::codec::Counted")
        .compile_fds(descriptors)?;
    pbjson_build::Builder::new().register_descriptors(&encoded)?.build(&[".hearten.v1"])?;

    println!("cargo::rerun-if-changed=proto");
    Ok(())
}
