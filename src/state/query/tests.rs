//! The hook on real signals: when it asks, and when it does not ask again.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::atomic::{AtomicU32, Ordering};

use any_spawner::Executor;
use tokio::task::LocalSet;

use super::*;
use crate::api::ErrorKind;

/// A read that counts how often it is asked, and fails for a negative number.
#[derive(Clone)]
struct Asked {
    number: i32,
    times: Arc<AtomicU32>,
}

impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Query for Asked {
    type Value = i32;

    fn key(&self) -> Key {
        Key { resource: Resource::Chunks, identity: self.number.to_string() }
    }

    fn fetch(&self) -> impl Future<Output = Result<i32, ApiError>> + 'static {
        self.times.fetch_add(1, Ordering::Relaxed);
        let number = self.number;
        async move { if number < 0 { Err(ApiError::local(ErrorKind::Offline, "GET", "chunks")) } else { Ok(number) } }
    }
}

/// A screen with a query whose number is a signal.
struct Screen {
    cache: QueryCache,
    number: RwSignal<Option<i32>>,
    handle: RawHandle,
    times: Arc<AtomicU32>,
    _owner: Owner,
}

impl Screen {
    fn new(number: Option<i32>) -> Self {
        let owner = Owner::new();
        owner.set();
        let (cache, number, times) = (QueryCache::new(), RwSignal::new(number), Arc::new(AtomicU32::new(0)));
        let asked = Arc::clone(&times);
        let wanted = Memo::new(move |_| {
            number.get().map(|number| {
                let query = Asked { number, times: Arc::clone(&asked) };
                let key = Query::key(&query);
                Wanted(Arc::new(query), key)
            })
        });
        let (handle, _) = read(cache, wanted);
        Self { cache, number, handle, times, _owner: owner }
    }

    /// Lets effects and requests run until nothing is left to do.
    async fn settle(&self) {
        for _ in 0..50 {
            Executor::tick().await;
            tokio::task::yield_now().await;
        }
    }

    fn times(&self) -> u32 {
        self.times.load(Ordering::Relaxed)
    }

    fn value(&self) -> Option<i32> {
        self.handle.data.get_untracked().and_then(|data| data.downcast_ref().copied())
    }
}

/// Signals run on one thread, as in a browser.
fn on_signals(test: impl Future<Output = ()>) {
    let _ = Executor::init_tokio();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    LocalSet::new().block_on(&runtime, test);
}

#[test]
fn a_failure_is_no_reason_to_ask_again() {
    on_signals(async {
        let screen = Screen::new(Some(-1));
        screen.settle().await;
        assert_eq!(screen.times(), 1);
        assert!(screen.handle.error.get_untracked().is_some());
        assert!(!screen.handle.is_fetching.get_untracked());
        screen.handle.retry.run(());
        screen.settle().await;
        assert_eq!(screen.times(), 2, "a person may ask again");
    });
}

#[test]
fn what_is_on_screen_is_asked_for_again_after_a_change() {
    on_signals(async {
        let screen = Screen::new(Some(1));
        screen.settle().await;
        for times in 2..5 {
            screen.cache.invalidate(Resource::Chunks);
            screen.settle().await;
            assert_eq!(screen.times(), times);
        }
        screen.cache.invalidate(Resource::Document);
        screen.settle().await;
        assert_eq!(screen.times(), 4, "a change of something else");
    });
}

#[test]
fn what_is_wanted_later_is_asked_for_then() {
    on_signals(async {
        let screen = Screen::new(None);
        screen.settle().await;
        assert_eq!((screen.times(), screen.value()), (0, None));
        screen.number.set(Some(7));
        screen.settle().await;
        assert_eq!((screen.times(), screen.value()), (1, Some(7)));
    });
}

#[test]
fn after_a_change_of_parameters_the_answer_before_stays_until_the_new_one_is_there() {
    on_signals(async {
        let screen = Screen::new(Some(1));
        screen.settle().await;
        screen.number.set(Some(-2));
        screen.settle().await;
        assert_eq!(screen.value(), Some(1));
        assert!(screen.handle.is_previous.get_untracked());
        screen.number.set(Some(3));
        screen.settle().await;
        assert_eq!((screen.times(), screen.value()), (3, Some(3)));
        assert!(!screen.handle.is_previous.get_untracked());
        screen.number.set(Some(1));
        screen.settle().await;
        assert_eq!(screen.times(), 3, "a fresh answer is not asked for again");
    });
}
