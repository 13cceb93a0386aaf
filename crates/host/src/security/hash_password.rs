//! `loredesk-host hash-password NAME`: prints a line for the password file.

use std::ffi::OsString;
use std::io::{IsTerminal, Read};
use std::process::ExitCode;

use super::passwords;

const USAGE: &str = "\
Usage: loredesk-host hash-password [NAME]

  Reads a password from the terminal, where it is not shown, or from a pipe, and prints its argon2id hash. With a name it
  prints the whole line for the password file:
      loredesk-host hash-password anna >> passwords";

/// Shortest password that is taken, in characters.
const SHORTEST: usize = 10;

/// Runs the command if the arguments after the program's name ask for it.
pub fn main(mut arguments: impl Iterator<Item = OsString>) -> Option<ExitCode> {
    if arguments.next()? != "hash-password" {
        return None;
    }
    let arguments: Vec<String> = arguments.map(|argument| argument.to_string_lossy().into_owned()).collect();
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        println!("{USAGE}");
        return Some(ExitCode::SUCCESS);
    }
    Some(match line(&arguments, ask) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            eprintln!("{sentence}\n\n{USAGE}");
            ExitCode::from(2)
        }
    })
}

fn line(arguments: &[String], ask: impl FnOnce() -> Result<String, String>) -> Result<String, String> {
    let name = match arguments {
        [] => None,
        [name] if passwords::is_name(name) => Some(name),
        [name] => {
            return Err(format!("{name:?} is no name: it has to have 1 to {} characters and no colon.", passwords::LONGEST_NAME));
        }
        _ => return Err("One name at a time.".to_owned()),
    };
    let password = ask()?;
    if password.chars().count() < SHORTEST {
        return Err(format!("The password is too short: {SHORTEST} characters are the least."));
    }
    if password.len() > passwords::LONGEST {
        return Err(format!("The password is longer than {} bytes.", passwords::LONGEST));
    }
    let hash = passwords::hash(&password)?;
    Ok(name.map_or_else(|| hash.clone(), |name| format!("{name}:{hash}")))
}

fn ask() -> Result<String, String> {
    let failed = |error: std::io::Error| format!("The password could not be read: {error}.");
    if !std::io::stdin().is_terminal() {
        let mut text = String::new();
        std::io::stdin().take(1 << 16).read_to_string(&mut text).map_err(failed)?;
        // The line end is the pipe's, not the password's.
        let password = text.strip_suffix('\n').unwrap_or(&text);
        return Ok(password.strip_suffix('\r').unwrap_or(password).to_owned());
    }
    let first = rpassword::prompt_password("Password: ").map_err(failed)?;
    let second = rpassword::prompt_password("Once more: ").map_err(failed)?;
    if first == second { Ok(first) } else { Err("The two passwords differ.".to_owned()) }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::line;

    #[test]
    fn a_line_is_made_or_a_sentence_says_why_not() {
        let say = |password: &'static str| move || Ok(password.to_owned());
        let made = line(&["anna".to_owned()], say("correct horse")).unwrap();
        assert!(made.starts_with("anna:$argon2id$v=19$m=19456,t=2,p=1$"), "{made}");
        assert!(line(&[], say("correct horse")).unwrap().starts_with("$argon2id$"));
        assert!(line(&["a:b".to_owned()], say("correct horse")).unwrap_err().contains("no colon"));
        assert!(line(&["anna".to_owned()], say("short")).unwrap_err().contains("too short"));
        assert!(line(&["a".to_owned(), "b".to_owned()], say("")).is_err());
    }
}
