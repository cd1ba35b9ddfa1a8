import DropoutEngine
import Explorer
import ExplorerPlay
import Fuzzing

/// Built-in experiments that are small enough to be tried by the thousand.
enum BoundedExperiments {
  /// The points of the curves before a lesson begins: few, since each is measured.
  static let lessonPoints = 3
  /// Generates built-in data; an experiment that is large is refused, as one without memory is.
  static let load: ExperimentLoader = {
    (configuration: ExperimentConfiguration) throws(ExperimentLoadError) in
    let units = configuration.hidden.reduce(0, +)
    guard configuration.examples <= 1000, units <= 24, configuration.hidden.count <= 5,
      configuration.learnerCount <= 4, configuration.batch <= 1000
    else { throw .unreadable(FuzzError("that is too large to be tried")) }
    return try BuiltInExperiments.load(configuration)
  }
}
