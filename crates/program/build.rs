//! Compiles the program anew when the app is another one; the derive itself sees changed files, but no new ones.

fn main() {
    println!("cargo:rerun-if-changed=../../target/embedded-app");
}
