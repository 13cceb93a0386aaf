//! Knowledge pipelines: the inputs that a data source asks for, what it finds, and what the events of a run tell.

mod found;
mod run;
mod variable;

pub use found::{Found, FoundKind, NodeRun, is_found_by_running};
pub use run::{Ending, RunState, Step, StepState};
pub use variable::{MoreProblem, UploadedFile, Variable, VariableKind, VariableProblem, inputs, more_inputs, variables};
