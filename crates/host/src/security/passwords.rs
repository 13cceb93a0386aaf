//! The password file: lines `name:hash` with argon2id hashes. Read again when it changes.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

/// Longest password, in bytes. Longer ones are refused without being hashed.
pub(super) const LONGEST: usize = 1024;
/// Longest name, in characters.
pub(super) const LONGEST_NAME: usize = 100;

/// The people of a password file.
#[derive(Default)]
struct People {
    hashes: HashMap<String, String>,
    /// The hash of a password that nobody has, made as the others are.
    nobody: String,
}

/// A password file that is read again when it changes.
pub(super) struct Passwords {
    path: PathBuf,
    read: Mutex<(Option<Stamp>, People)>,
}

/// What tells that a file was changed.
type Stamp = (SystemTime, u64);

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // No hashes in a log.
        write!(f, "Passwords({})", self.path.display())
    }
}

impl Passwords {
    /// Reads the file.
    ///
    /// # Errors
    /// A sentence with the line to mend.
    pub(super) fn open(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("The password file {} cannot be read: {error}.", path.display()))?;
        let (hashes, problems) = parse(&text);
        if let Some(problem) = problems.first() {
            return Err(format!("{}, {problem}", path.display()));
        }
        if hashes.is_empty() {
            let way = "loredesk-host hash-password NAME prints a line for it";
            return Err(format!("The password file {} names nobody: {way}.", path.display()));
        }
        let people = People::new(hashes)?;
        Ok(Self { path: path.to_owned(), read: Mutex::new((stamp(path), people)) })
    }

    /// The hash of a person; none for people who are not, or no longer, in the file.
    pub(super) fn hash_of(&self, name: &str) -> Option<String> {
        self.with(|people| people.hashes.get(name).cloned())
    }

    /// Whether the password is the person's; answers the hash that it fits. Takes as long for a name that nobody has.
    pub(super) fn check(&self, name: &str, password: &str) -> Option<String> {
        let (hash, is_known) = self.with(|people| match people.hashes.get(name) {
            Some(hash) => (hash.clone(), true),
            None => (people.nobody.clone(), false),
        });
        let fits = PasswordHash::new(&hash).is_ok_and(|parsed| argon2().verify_password(password.as_bytes(), &parsed).is_ok());
        (fits && is_known).then_some(hash)
    }

    fn with<T>(&self, look: impl FnOnce(&People) -> T) -> T {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let now = stamp(&self.path);
        if read.0 != now || now.is_none() {
            *read = (now, self.read_again());
        }
        look(&read.1)
    }

    /// While the host runs, a line that cannot be read shuts out its person only, and a file that cannot be read everybody:
    /// never is somebody let in because of a mistake.
    fn read_again(&self) -> People {
        let text = std::fs::read_to_string(&self.path).unwrap_or_else(|error| {
            tracing::error!("the password file {} cannot be read: {error}", self.path.display());
            String::new()
        });
        let (hashes, problems) = parse(&text);
        for problem in problems {
            tracing::error!("{}, {problem}", self.path.display());
        }
        People::new(hashes).unwrap_or_default()
    }
}

impl People {
    fn new(hashes: HashMap<String, String>) -> Result<Self, String> {
        let params = hashes.values().next().and_then(|hash| Params::try_from(&PasswordHash::new(hash).ok()?).ok());
        let nobody = hash_with(&random_text()?, params.unwrap_or_default())?;
        Ok(Self { hashes, nobody })
    }
}

/// The line's hash of a new password.
///
/// # Errors
/// A sentence: the system gives no random bytes.
pub(super) fn hash(password: &str) -> Result<String, String> {
    hash_with(password, Params::default())
}

fn hash_with(password: &str, params: Params) -> Result<String, String> {
    let failed = |error: &dyn fmt::Display| format!("The password could not be hashed: {error}.");
    let mut salt = [0_u8; 16];
    getrandom::fill(&mut salt).map_err(|error| failed(&error))?;
    let salt = SaltString::encode_b64(&salt).map_err(|error| failed(&error))?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    Ok(argon2.hash_password(password.as_bytes(), &salt).map_err(|error| failed(&error))?.to_string())
}

fn random_text() -> Result<String, String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| format!("The system gives no random bytes: {error}."))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn argon2() -> Argon2<'static> {
    // Verifying takes cost and algorithm from the hash itself.
    Argon2::default()
}

/// Whether a name can stand in the file.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.trim() == name
        && !name.starts_with('#')
        && name.chars().count() <= LONGEST_NAME
        && !name.chars().any(|c| c == ':' || c.is_control())
}

/// The people of a file, and what is wrong with it, by line.
fn parse(text: &str) -> (HashMap<String, String>, Vec<String>) {
    let (mut hashes, mut seen, mut problems) = (HashMap::new(), HashSet::new(), Vec::new());
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut problem = |what: &str| problems.push(format!("line {}: {what}", number + 1));
        let Some((name, hash)) = line.split_once(':') else {
            problem("there is no colon between a name and a hash.");
            continue;
        };
        let (name, hash) = (name.trim(), hash.trim());
        if !is_name(name) {
            problem("that is no name.");
        } else if !seen.insert(name) {
            problem(&format!("{name} was named before."));
            // Which of the two is meant, nobody knows.
            hashes.remove(name);
        } else if PasswordHash::new(hash).is_ok_and(|parsed| parsed.algorithm.as_str() == "argon2id" && parsed.hash.is_some()) {
            hashes.insert(name.to_owned(), hash.to_owned());
        } else {
            problem(&format!("the hash of {name} is no argon2id hash; make the line with loredesk-host hash-password {name}."));
        }
    }
    (hashes, problems)
}

fn stamp(path: &Path) -> Option<Stamp> {
    let data = std::fs::metadata(path).ok()?;
    Some((data.modified().ok()?, data.len()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_named_by_line_and_let_nobody_in() {
        let hash = hash("correct horse").unwrap();
        let text = format!(
            "# people\n\nanna:{hash}\nbert\nfrida:$2y$10$abcdefghijklmnopqrstuv\n:{hash}\ncarl:{hash}\ncarl:{hash}\ndora: {hash} \r\n"
        );
        let (hashes, problems) = parse(&text);
        let mut names: Vec<&str> = hashes.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["anna", "dora"]);
        for (problem, part) in problems.iter().zip(["line 4", "line 5", "line 6", "line 8"]) {
            assert!(problem.starts_with(part), "{problem}");
        }
        assert_eq!(problems.len(), 4);
    }

    #[test]
    fn a_file_is_read_again_when_it_changes() {
        let path = std::env::temp_dir().join(format!("loredesk-passwords-{}", std::process::id()));
        std::fs::write(&path, format!("anna:{}\n", hash("one").unwrap())).unwrap();
        let passwords = Passwords::open(&path).unwrap();
        assert!(passwords.check("anna", "one").is_some());
        assert!(passwords.check("anna", "two").is_none());
        assert!(passwords.check("nobody", "one").is_none());
        std::fs::write(&path, format!("bert:{}\n# and no more\n", hash("two").unwrap())).unwrap();
        assert!(passwords.hash_of("anna").is_none());
        assert_eq!(passwords.check("bert", "two"), passwords.hash_of("bert"));
        std::fs::remove_file(&path).unwrap();
        assert!(passwords.check("bert", "two").is_none(), "nobody without the file");
        assert!(Passwords::open(&path).unwrap_err().contains("cannot be read"));
        std::fs::write(&path, "# nobody yet\n").unwrap();
        assert!(Passwords::open(&path).unwrap_err().contains("names nobody"));
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn the_hash_of_nobody_costs_what_the_others_cost() {
        let params = Params::new(8192, 3, 1, None).unwrap();
        let hash = hash_with("one", params).unwrap();
        let people = People::new(HashMap::from([("anna".to_owned(), hash)])).unwrap();
        assert!(people.nobody.contains("m=8192,t=3,p=1"), "{}", people.nobody);
    }
}
