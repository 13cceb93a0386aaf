//! Writes `.br` and `.gz` beside each file that gets smaller by it, and tells the sizes.

use crate::run::Failure;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

const STEP: &str = "compressing the built app";

/// Formats that are not compressed already.
const COMPRESSIBLE: [&str; 10] = ["html", "js", "css", "wasm", "bin", "svg", "json", "webmanifest", "txt", "ico"];

/// A file of the built app and what it weighs on the wire.
#[derive(Debug, Clone)]
pub struct Size {
    /// Its path inside the folder.
    pub name: String,
    /// Bytes as built.
    pub raw: u64,
    /// Bytes after gzip 9.
    pub gzip: u64,
    /// Bytes after brotli 11.
    pub brotli: u64,
}

/// Compresses all files under the folder, as many at a time as there are processors.
pub fn folder(folder: &Path) -> Result<Vec<Size>, Failure> {
    let files = files_under(folder)?;
    let next = AtomicUsize::new(0);
    let work = || {
        let mut sizes = Vec::new();
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            sizes.push(one(folder, file)?);
        }
        Ok(sizes)
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let mut sizes = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let mut sizes = Vec::new();
        for handle in handles {
            let crashed = || Failure::new(STEP, "a compressor crashed", "report this with the built files");
            sizes.extend(handle.join().map_err(|_| crashed())??);
        }
        Ok(sizes)
    })?;
    sizes.sort_by(|a, b| b.brotli.cmp(&a.brotli).then_with(|| a.name.cmp(&b.name)));
    Ok(sizes)
}

/// All files under the folder but the compressed ones, the largest first so that it does not start last.
fn files_under(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| Failure::file(STEP, &folder, &error))?;
        for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
            if path.is_dir() {
                folders.push(path);
            } else if !matches!(extension(&path), "br" | "gz") {
                files.push(path);
            }
        }
    }
    files.sort_by_key(|path| std::cmp::Reverse(length(path)));
    Ok(files)
}

fn one(root: &Path, file: &Path) -> Result<Size, Failure> {
    let content = std::fs::read(file).map_err(|error| Failure::file(STEP, file, &error))?;
    let name = file.strip_prefix(root).unwrap_or(file).to_string_lossy().replace('\\', "/");
    let raw = content.len() as u64;
    if !COMPRESSIBLE.contains(&extension(file)) {
        return Ok(Size { name, raw, gzip: raw, brotli: raw });
    }
    let store = |suffix: &str, bytes: std::io::Result<Vec<u8>>| {
        let path = PathBuf::from(format!("{}.{suffix}", file.display()));
        let write = || bytes.and_then(|bytes| std::fs::write(&path, &bytes).map(|()| bytes.len() as u64));
        write().map_err(|error| Failure::file(STEP, &path, &error))
    };
    let gzip = store("gz", gzip(&content))?;
    let brotli = store("br", brotli(&content))?;
    Ok(Size { name, raw, gzip, brotli })
}

fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

fn brotli(mut content: &[u8]) -> std::io::Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, size_hint: content.len(), ..Default::default() };
    let mut output = Vec::new();
    brotli::BrotliCompress(&mut content, &mut output, &parameters)?;
    Ok(output)
}

/// The sizes of a folder that was compressed before.
pub fn read_sizes(folder: &Path) -> Result<Vec<Size>, Failure> {
    let size = |file: PathBuf| {
        let raw = length(&file);
        let packed = |suffix: &str| match length(Path::new(&format!("{}.{suffix}", file.display()))) {
            0 => raw,
            bytes => bytes,
        };
        let name = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        Size { raw, gzip: packed("gz"), brotli: packed("br"), name }
    };
    let mut sizes: Vec<Size> = files_under(folder)?.into_iter().map(size).collect();
    sizes.sort_by(|a, b| b.brotli.cmp(&a.brotli).then_with(|| a.name.cmp(&b.name)));
    Ok(sizes)
}

fn length(path: &Path) -> u64 {
    path.metadata().map_or(0, |data| data.len())
}

fn extension(path: &Path) -> &str {
    path.extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn text_is_compressed_beside_itself_and_a_picture_is_left() {
        let root = std::env::temp_dir().join(format!("xtask-compress-{}", std::process::id()));
        std::fs::create_dir_all(root.join("sub")).unwrap();
        std::fs::write(root.join("sub/a.js"), "let a = 1;\n".repeat(500)).unwrap();
        std::fs::write(root.join("b.png"), [0u8; 300]).unwrap();
        let sizes = folder(&root).unwrap();
        assert_eq!(sizes.len(), 2);
        let script = sizes.iter().find(|size| size.name == "sub/a.js").unwrap();
        assert!(script.raw == 5500 && script.brotli < 100 && script.gzip < 150, "{script:?}");
        assert_eq!(length(&root.join("sub/a.js.br")), script.brotli);
        assert_eq!(length(&root.join("sub/a.js.gz")), script.gzip);
        assert!(!root.join("b.png.br").exists());
        let again = read_sizes(&root).unwrap();
        assert_eq!(again.iter().map(|size| size.brotli).sum::<u64>(), sizes.iter().map(|size| size.brotli).sum::<u64>());
        std::fs::remove_dir_all(root).unwrap();
    }
}
