//! Signing in again while one works. Not a part of [`super::Messages`]: most people never see it.

/// Messages of this area.
pub struct SignIn {
    /// Title of the dialog.
    pub title: &'static str,
    /// What happened, and what is kept.
    pub text: &'static str,
    /// Link that opens the login in a new tab.
    pub open: &'static str,
    /// Told while the dialog waits for the other tab.
    pub waiting: &'static str,
    /// Button that goes on without.
    pub not_now: &'static str,
    /// Title where somebody else has signed in: who.
    pub other_title: fn(&str) -> String,
    /// What that means: who was signed in before.
    pub other_text: fn(&str) -> String,
    /// Button that accepts it.
    pub go_on: &'static str,
}

/// English.
pub static ENGLISH: SignIn = SignIn {
    title: "Sign in again",
    text: "Your sign-in has ended, for example because it was unused for long. What you typed is kept, and what was being sent waits here.",
    open: "Sign in",
    waiting: "It opens in a new tab. This page goes on by itself once you have signed in there.",
    not_now: "Not now",
    other_title: |name| format!("You are now signed in as {name}"),
    other_text: |name| {
        format!("Before, it was {name}. What was being sent under that name was not sent. Check it, then send it again.")
    },
    go_on: "Go on",
};

/// Simplified Chinese.
pub static CHINESE: SignIn = SignIn {
    title: "请重新登录",
    text: "登录已失效，可能是因为长时间未使用。已输入的内容会保留，正在发送的内容在此等待。",
    open: "登录",
    waiting: "登录页会在新标签页中打开。登录后，此页会自动继续。",
    not_now: "暂不",
    other_title: |name| format!("您现在以 {name} 的身份登录"),
    other_text: |name| format!("之前是 {name}。以该身份发送的内容没有发出。请检查后重新发送。"),
    go_on: "继续",
};
