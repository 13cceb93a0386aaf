//! Reads: a typed query, its shared answer, and the hook that screens use.
//!
//! Screens with the same query share one request and one answer. A second load keeps the old answer on screen; after a change
//! of parameters the answer before stays, marked as previous, until the new one is there.

use std::{any::Any, cell::RefCell, collections::HashMap, future::Future, rc::Rc, sync::Arc};

use leptos::{prelude::*, task::spawn_local};

use super::{
    cache::{Cache, Key, Resource},
    poll::BackOff,
};
use crate::{
    api::ApiError,
    dom::{clock, timers::Timer, visibility},
};

/// A read of a server.
pub trait Query: Clone + PartialEq + Send + Sync + 'static {
    /// What it answers.
    type Value: Send + Sync + 'static;

    /// Its key in the cache.
    fn key(&self) -> Key;

    /// Asks the server.
    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static;

    /// Whether the answer will change by itself, so that it is asked for again.
    fn is_moving(_value: &Self::Value) -> bool {
        false
    }

    /// Whether two answers show progress between them; decides how soon to ask again.
    fn has_changed(_old: &Self::Value, _new: &Self::Value) -> bool {
        true
    }
}

type Data = Arc<dyn Any + Send + Sync>;

/// What is known of one key.
#[derive(Clone, Default)]
struct Snapshot {
    data: Option<Data>,
    error: Option<ApiError>,
    is_fetching: bool,
    is_stale: bool,
}

/// Every answer of the app. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct QueryCache {
    rules: StoredValue<Cache>,
    answers: StoredValue<HashMap<Key, ArcRwSignal<Snapshot>>>,
}

impl QueryCache {
    /// An empty cache.
    #[must_use]
    pub fn new() -> Self {
        Self { rules: StoredValue::new(Cache::default()), answers: StoredValue::new(HashMap::new()) }
    }

    fn answer(self, key: &Key) -> ArcRwSignal<Snapshot> {
        self.answers.try_update_value(|answers| answers.entry(key.clone()).or_default().clone()).unwrap_or_default()
    }

    /// Marks everything about a resource as old: what is on screen is fetched again, the rest when it is next wanted.
    pub fn invalidate(self, resource: Resource) {
        let keys = self.rules.try_update_value(|rules| rules.invalidate(resource)).unwrap_or_default();
        for key in keys {
            self.answer(&key).update(|snapshot| {
                snapshot.is_stale = true;
                snapshot.is_fetching = false;
            });
        }
    }

    /// Puts an answer in that a write has just brought, so that no screen shows the old one meanwhile.
    pub fn put<Q: Query>(self, query: &Q, value: Q::Value) {
        self.answer(&query.key()).update(|snapshot| {
            snapshot.data = Some(Arc::new(value));
            snapshot.error = None;
        });
    }

    fn start<Q: Query>(self, query: &Q, is_forced: bool) {
        let key = query.key();
        let now = clock::now();
        let ticket =
            self.rules.try_update_value(|rules| if is_forced { rules.want_anew(&key, now) } else { rules.want(&key, now) });
        let Some(Some(ticket)) = ticket else { return };
        let answer = self.answer(&key);
        answer.update(|snapshot| {
            snapshot.is_fetching = true;
            snapshot.is_stale = false;
        });
        let future = query.fetch();
        spawn_local(async move {
            let outcome = future.await.map(|value| Arc::new(value) as Data);
            self.settle(&key, ticket, &answer, outcome);
        });
    }

    fn settle(self, key: &Key, ticket: super::cache::Ticket, answer: &ArcRwSignal<Snapshot>, outcome: Result<Data, ApiError>) {
        let counts = self.rules.try_update_value(|rules| rules.settle(key, ticket, outcome.is_ok(), clock::now()));
        if counts != Some(true) {
            return;
        }
        answer.update(|snapshot| {
            snapshot.is_fetching = false;
            match outcome {
                Ok(data) => (snapshot.data, snapshot.error) = (Some(data), None),
                Err(error) => snapshot.error = Some(error),
            }
        });
        let evicted = self.rules.try_update_value(Cache::evict).unwrap_or_default();
        self.answers.try_update_value(|answers| evicted.iter().for_each(|key| drop(answers.remove(key))));
    }
}

impl Default for QueryCache {
    fn default() -> Self {
        Self::new()
    }
}

/// A screen's view of a query.
pub struct QueryHandle<T: Send + Sync + 'static> {
    /// The answer: the one wanted, or the one before while that is being fetched.
    pub data: Signal<Option<Arc<T>>>,
    /// Why the latest attempt failed; the answer before it may still be there.
    pub error: Signal<Option<ApiError>>,
    /// Whether a request is under way.
    pub is_fetching: Signal<bool>,
    /// Whether `data` belongs to the parameters before, so that it is shown dimmed.
    pub is_previous: Signal<bool>,
    /// Asks again.
    pub retry: Callback<()>,
}

impl<T: Send + Sync + 'static> Clone for QueryHandle<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for QueryHandle<T> {}

/// Reads a query on a screen. `None` asks for nothing yet.
pub fn use_query<Q: Query>(query: impl Fn() -> Option<Q> + Send + Sync + 'static) -> QueryHandle<Q::Value> {
    let cache = expect_context::<QueryCache>();
    let query = Memo::new(move |_| query());
    let snapshot = Signal::derive(move || {
        query.with(|query| query.as_ref().map(|query| cache.answer(&query.key()).get())).unwrap_or_default()
    });
    let typed = |snapshot: &Snapshot| snapshot.data.clone().and_then(|data| data.downcast::<Q::Value>().ok());
    let current = Signal::derive(move || snapshot.with(typed));
    let previous: StoredValue<Option<Arc<Q::Value>>> = StoredValue::new(None);

    // Fetches at the start, after a change of parameters and after an invalidation.
    Effect::new(move |_| {
        snapshot.with(|snapshot| snapshot.is_stale);
        query.with(|query| {
            if let Some(query) = query {
                cache.start(query, false);
            }
        });
    });
    // Remembers the last answer, for the time after a change of parameters.
    Effect::new(move |_| {
        if let Some(value) = current.get() {
            previous.set_value(Some(value));
        }
    });
    let retry = Callback::new(move |()| {
        query.with_untracked(|query| {
            if let Some(query) = query {
                cache.start(query, true);
            }
        });
    });
    poll_while_moving::<Q>(snapshot, current, retry);

    QueryHandle {
        data: Signal::derive(move || current.get().or_else(|| previous.get_value())),
        error: Signal::derive(move || snapshot.with(|snapshot| snapshot.error.clone())),
        is_fetching: Signal::derive(move || snapshot.with(|snapshot| snapshot.is_fetching)),
        is_previous: Signal::derive(move || current.with(Option::is_none)),
        retry,
    }
}

/// One timer a query: asks again while the answer moves, backs off while nothing changes, rests while the tab is hidden.
fn poll_while_moving<Q: Query>(snapshot: Signal<Snapshot>, current: Signal<Option<Arc<Q::Value>>>, retry: Callback<()>) {
    let timer: Rc<RefCell<Option<Timer>>> = Rc::default();
    let back_off = RefCell::new(BackOff::default());
    let seen: RefCell<Option<Arc<Q::Value>>> = RefCell::new(None);
    let is_waiting_for_sight = StoredValue::new(false);
    let slot = Rc::clone(&timer);
    Effect::new(move |_| {
        let is_fetching = snapshot.with(|snapshot| snapshot.is_fetching);
        let Some(value) = current.get().filter(|value| Q::is_moving(value)) else {
            slot.borrow_mut().take();
            return;
        };
        if is_fetching {
            return;
        }
        let before = seen.replace(Some(Arc::clone(&value)));
        let has_changed = before.is_none_or(|before| Q::has_changed(&before, &value));
        let wait = back_off.borrow_mut().next(has_changed);
        *slot.borrow_mut() = Some(Timer::start(wait, move || {
            if visibility::is_hidden() {
                let _ = is_waiting_for_sight.try_set_value(true);
            } else {
                retry.run(());
            }
        }));
    });
    visibility::on_change(move |is_hidden| {
        if !is_hidden && is_waiting_for_sight.get_value() {
            is_waiting_for_sight.set_value(false);
            retry.run(());
        }
    });
}
