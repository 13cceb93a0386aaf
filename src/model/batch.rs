//! Many things done in pieces: which piece is next, what has become of each thing, when to stop. No requests, no signals.
//!
//! Servers refuse a piece as a whole where one thing in it is not as they want it, so a refused piece is cut in two until the
//! culprits stand alone. Every thing ends with exactly one result.

use std::collections::HashMap;

/// Most things in a piece (from the contract).
pub const PIECE_MAX: usize = 100;

/// A thing: its id and what people call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Id.
    pub id: String,
    /// Name, for the report.
    pub name: String,
}

/// What has become of a thing; `E` is why not.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome<E> {
    /// Its turn has not come.
    Waiting,
    /// It is being done.
    Running,
    /// It is done.
    Done,
    /// It was not done, and this is why.
    Refused(E),
    /// It was not tried, because somebody stopped or because nothing would have worked.
    NotTried,
}

/// What has become of a piece.
#[derive(Clone, Debug, PartialEq)]
pub enum PieceOutcome<E> {
    /// The things of the piece that were refused; the others are done.
    Each(Vec<(String, E)>),
    /// Refused as a whole, perhaps because of one of them.
    Refused(E),
    /// It failed for a reason that every other piece would fail for too.
    Failed(E),
}

/// A batch.
#[derive(Clone, Debug)]
pub struct Batch<E> {
    items: Vec<(Item, Outcome<E>)>,
    places: HashMap<String, usize>,
    /// Pieces to do, the next one last, as places of items.
    pieces: Vec<Vec<usize>>,
    running: Vec<usize>,
    is_cancelled: bool,
}

impl<E> Default for Batch<E> {
    fn default() -> Self {
        Self { items: Vec::new(), places: HashMap::new(), pieces: Vec::new(), running: Vec::new(), is_cancelled: false }
    }
}

impl<E> Batch<E> {
    /// A batch over these things, each once, in pieces of at most `most`.
    #[must_use]
    pub fn new(items: impl IntoIterator<Item = Item>, most: usize) -> Self {
        let mut batch = Self::default();
        for item in items {
            if !batch.places.contains_key(&item.id) {
                batch.places.insert(item.id.clone(), batch.items.len());
                batch.items.push((item, Outcome::Waiting));
            }
        }
        batch.cut((0..batch.items.len()).collect(), most);
        batch
    }

    fn cut(&mut self, places: Vec<usize>, most: usize) {
        let most = most.clamp(1, PIECE_MAX);
        self.pieces = places.chunks(most).rev().map(<[usize]>::to_vec).collect();
    }

    /// The ids of the next piece; its things count as being done from now on. `None` when there is nothing left to do.
    pub fn next(&mut self) -> Option<Vec<String>> {
        let piece = self.pieces.pop()?;
        for place in &piece {
            self.items[*place].1 = Outcome::Running;
        }
        let ids = piece.iter().map(|place| self.items[*place].0.id.clone()).collect();
        self.running = piece;
        Some(ids)
    }

    /// What has become of the piece under way.
    pub fn settle(&mut self, outcome: PieceOutcome<E>)
    where
        E: Clone,
    {
        let piece = std::mem::take(&mut self.running);
        match outcome {
            PieceOutcome::Each(refused) => {
                for place in &piece {
                    self.items[*place].1 = Outcome::Done;
                }
                for (id, reason) in refused {
                    // Only things of this piece; a server may name others.
                    if let Some(place) = self.places.get(&id).filter(|place| piece.contains(place)) {
                        self.items[*place].1 = Outcome::Refused(reason);
                    }
                }
            }
            PieceOutcome::Refused(_) if piece.len() > 1 && self.is_cancelled => self.give_up(&piece),
            PieceOutcome::Refused(_) if piece.len() > 1 => {
                let (first, second) = piece.split_at(piece.len() / 2);
                for place in &piece {
                    self.items[*place].1 = Outcome::Waiting;
                }
                self.pieces.push(second.to_vec());
                self.pieces.push(first.to_vec());
            }
            PieceOutcome::Refused(reason) => {
                for place in piece {
                    self.items[place].1 = Outcome::Refused(reason.clone());
                }
            }
            PieceOutcome::Failed(reason) => {
                for place in piece {
                    self.items[place].1 = Outcome::Refused(reason.clone());
                }
                self.cancel();
            }
        }
    }

    /// Nothing more is begun; what is under way ends.
    pub fn cancel(&mut self) {
        self.is_cancelled = true;
        let rest: Vec<usize> = std::mem::take(&mut self.pieces).into_iter().flatten().collect();
        self.give_up(&rest);
    }

    fn give_up(&mut self, places: &[usize]) {
        for place in places {
            self.items[*place].1 = Outcome::NotTried;
        }
    }

    /// Whatever is not done gets another turn.
    pub fn retry(&mut self, most: usize) {
        self.is_cancelled = false;
        let rest: Vec<usize> = (0..self.items.len()).filter(|place| self.is_left(*place)).collect();
        for place in &rest {
            self.items[*place].1 = Outcome::Waiting;
        }
        self.cut(rest, most);
    }

    fn is_left(&self, place: usize) -> bool {
        matches!(self.items[place].1, Outcome::Refused(_) | Outcome::NotTried)
    }

    /// The things with what has become of them, in their order.
    pub fn items(&self) -> impl Iterator<Item = &(Item, Outcome<E>)> {
        self.items.iter()
    }

    /// Things in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.items.len()
    }

    /// Things that are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Done))
    }

    /// Things that were refused.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Refused(_)))
    }

    /// Things that were not tried.
    #[must_use]
    pub fn not_tried(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::NotTried))
    }

    /// Things of which it is known what became of them.
    #[must_use]
    pub fn settled(&self) -> usize {
        self.count(|outcome| !matches!(outcome, Outcome::Waiting | Outcome::Running))
    }

    /// Whether somebody stopped it, or something that stops everything happened.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled
    }

    fn count(&self, is_counted: impl Fn(&Outcome<E>) -> bool) -> usize {
        self.items.iter().filter(|(_, outcome)| is_counted(outcome)).count()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn items(count: usize) -> Vec<Item> {
        (0..count).map(|number| Item { id: number.to_string(), name: format!("document {number}") }).collect()
    }

    /// Runs a batch against a server that refuses a piece with a culprit in it; gives the pieces that it was sent.
    fn run(batch: &mut Batch<&'static str>, culprits: &HashSet<String>) -> Vec<Vec<String>> {
        let mut sent = Vec::new();
        while let Some(piece) = batch.next() {
            let is_refused = piece.iter().any(|id| culprits.contains(id));
            sent.push(piece);
            batch.settle(if is_refused { PieceOutcome::Refused("busy") } else { PieceOutcome::Each(Vec::new()) });
        }
        sent
    }

    #[test]
    fn one_culprit_among_two_hundred_is_named_and_the_others_are_done() {
        let mut batch = Batch::new(items(200), PIECE_MAX);
        let sent = run(&mut batch, &HashSet::from(["137".to_owned()]));
        assert_eq!((batch.done(), batch.refused()), (199, 1));
        assert!(sent.len() <= 2 + 2 * 7, "{}", sent.len());
        let refused: Vec<&str> =
            batch.items().filter(|(_, outcome)| *outcome == Outcome::Refused("busy")).map(|(item, _)| item.id.as_str()).collect();
        assert_eq!(refused, ["137"]);
    }

    #[test]
    fn a_reason_that_holds_for_all_ends_it_and_a_retry_goes_on() {
        let mut batch = Batch::new(items(250), PIECE_MAX);
        batch.next();
        batch.settle(PieceOutcome::Each(vec![("3".to_owned(), "differs"), ("240".to_owned(), "not of this piece")]));
        batch.next();
        batch.settle(PieceOutcome::Failed("offline"));
        assert_eq!(batch.next(), None);
        assert_eq!((batch.done(), batch.refused(), batch.not_tried(), batch.settled()), (99, 101, 50, 250));
        batch.retry(PIECE_MAX);
        let sent = run(&mut batch, &HashSet::new());
        assert_eq!(sent.iter().map(Vec::len).sum::<usize>(), 151);
        assert_eq!((batch.done(), batch.total()), (250, 250));
    }

    #[test]
    fn a_cancel_lets_what_is_under_way_end() {
        let mut batch: Batch<&str> = Batch::new(items(150), PIECE_MAX);
        batch.next();
        batch.cancel();
        assert_eq!((batch.next(), batch.settled()), (None, 50));
        batch.settle(PieceOutcome::Refused("one of them"));
        // It is not cut any more: whose fault it was is not known, and nothing was done.
        assert_eq!((batch.next(), batch.not_tried()), (None, 150));
    }

    #[test]
    fn nothing_to_do_is_done_at_once() {
        let mut batch: Batch<&str> = Batch::new([], 0);
        assert_eq!((batch.next(), batch.total(), batch.settled()), (None, 0, 0));
    }

    proptest! {
        #[test]
        fn everything_has_one_result_and_requests_are_bounded(
            count in 0_usize..450,
            culprits in prop::collection::hash_set(0_usize..450, 0..6),
            most in 0_usize..130,
            twice in 0_usize..20,
        ) {
            let culprits: HashSet<String> = culprits.into_iter().filter(|culprit| *culprit < count).map(|culprit| culprit.to_string()).collect();
            // Some are chosen twice.
            let chosen = items(count).into_iter().chain(items(count.min(twice)));
            let mut batch = Batch::new(chosen, most);
            let sent = run(&mut batch, &culprits);
            let size = most.clamp(1, PIECE_MAX);
            let mut accepted = HashSet::new();
            for piece in &sent {
                prop_assert!(piece.len() <= size);
                if piece.iter().all(|id| !culprits.contains(id)) {
                    for id in piece {
                        prop_assert!(accepted.insert(id.clone()), "{id} was done twice");
                    }
                }
            }
            prop_assert_eq!(batch.total(), count);
            prop_assert_eq!(batch.done(), count - culprits.len());
            prop_assert_eq!(batch.refused(), culprits.len());
            prop_assert_eq!(batch.settled(), count);
            let bound = count.div_ceil(size) + culprits.len() * 2 * 7;
            prop_assert!(sent.len() <= bound, "{} requests of {bound}", sent.len());
        }
    }
}
