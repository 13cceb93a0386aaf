//! What the login page says, in English and in Chinese.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

/// The words of one language.
pub(super) struct Words {
    pub(super) tag: &'static str,
    pub(super) title: &'static str,
    pub(super) name: &'static str,
    pub(super) password: &'static str,
    pub(super) sign_in: &'static str,
    pub(super) wrong: &'static str,
    pub(super) wait: fn(u64) -> String,
    pub(super) framed: &'static str,
    pub(super) own_tab: &'static str,
    pub(super) done: fn(&str) -> String,
    pub(super) done_text: &'static str,
    pub(super) to_desk: &'static str,
    pub(super) not_named: &'static str,
    pub(super) not_named_text: &'static str,
}

const ENGLISH: Words = Words {
    tag: "en",
    title: "Sign in to Loredesk",
    name: "Name",
    password: "Password",
    sign_in: "Sign in",
    wrong: "The name or the password is not right.",
    wait: |seconds| {
        let unit = if seconds == 1 { "second" } else { "seconds" };
        format!("Too many wrong tries. Wait {seconds} {unit}, then try again.")
    },
    framed: "Inside another site's page, browsers keep no sign-in of this one.",
    own_tab: "Open Loredesk in a tab of its own",
    done: |name| format!("You are signed in as {name}"),
    done_text: "Go back to the tab you came from: it goes on where it was. This one can be closed.",
    to_desk: "Open Loredesk here",
    not_named: "You are not signed in",
    not_named_text: "Loredesk is opened through a portal that signs people in, and it did not say who you are. Open Loredesk from there. If you came from there, tell the person who runs it.",
};

const CHINESE: Words = Words {
    tag: "zh-CN",
    title: "登录 Loredesk",
    name: "用户名",
    password: "密码",
    sign_in: "登录",
    wrong: "用户名或密码不正确。",
    wait: |seconds| format!("错误次数过多。请等待 {seconds} 秒后重试。"),
    framed: "在其他网站的页面中，浏览器不会保留本站的登录状态。",
    own_tab: "在单独的标签页中打开 Loredesk",
    done: |name| format!("您已登录为 {name}"),
    done_text: "请回到原来的标签页，它会从原处继续。此标签页可以关闭。",
    to_desk: "在此打开 Loredesk",
    not_named: "您尚未登录",
    not_named_text: "Loredesk 需通过负责登录的门户打开，但门户没有说明您是谁。请从门户打开 Loredesk。如果您正是从那里来的，请告知门户的管理员。",
};

/// The words of the language that the browser likes best.
pub(super) fn of(headers: &HeaderMap) -> &'static Words {
    let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if prefers_chinese(wanted) { &CHINESE } else { &ENGLISH }
}

fn prefers_chinese(wanted: &str) -> bool {
    let mut best = ("en", 0.0);
    for entry in wanted.split(',') {
        let (tag, weight) = entry.split_once(';').unwrap_or((entry, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok()).unwrap_or(0.0);
        let language = tag.trim().split('-').next().unwrap_or_default();
        for known in ["en", "zh"] {
            if language.eq_ignore_ascii_case(known) && weight > best.1 {
                best = (known, weight);
            }
        }
    }
    best.0 == "zh"
}

#[cfg(test)]
mod tests {
    use super::prefers_chinese;

    #[test]
    fn the_best_known_language_wins() {
        for wanted in ["zh", "zh-CN,zh;q=0.9,en;q=0.8", "fr, zh-TW;q=0.5", "en;q=0.3, ZH-hans;q=0.7"] {
            assert!(prefers_chinese(wanted), "{wanted}");
        }
        for wanted in ["", "en", "de", "en-GB,en;q=0.9,zh;q=0.8", "zh;q=0", "zh;q=x"] {
            assert!(!prefers_chinese(wanted), "{wanted}");
        }
    }
}
