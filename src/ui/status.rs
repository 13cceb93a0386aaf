//! A state: an icon, a word and a colour, never the colour alone.

use leptos::prelude::*;

use super::Icon;

/// The colour of a state, and its icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// Wants somebody to look.
    Warning,
    /// Wrong.
    Bad,
    /// Something is under way.
    Busy,
    /// Waits for its turn.
    Waiting,
    /// Switched off.
    Off,
}

impl Tone {
    fn look(self) -> (&'static str, &'static str) {
        match self {
            Self::Good => ("status good", "check"),
            Self::Warning => ("status warning", "warning"),
            Self::Bad => ("status bad", "warning"),
            Self::Busy => ("status busy", "busy"),
            Self::Waiting => ("status waiting", "clock"),
            Self::Off => ("status off", "off"),
        }
    }
}

/// A state in a row or beside a title.
#[component]
pub fn Status(
    /// Colour and icon.
    tone: Tone,
    /// The word.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let (class, icon) = tone.look();
    view! { <span class=class><Icon name=icon /><span>{text}</span></span> }
}
