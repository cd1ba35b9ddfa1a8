/// Tells an experiment from those before and after it, and its data from theirs.
///
/// Each fresh start and each handover gives one out. Whatever goes from one thread to another
/// (commands, snapshots, requests to measure, races and their runners) names the one that it
/// belongs to, and is refused or dropped where another one stands by then.
public struct ExperimentIdentity: Hashable, Sendable {
  /// The command that started it, as counted by ``TrainingSnapshot/handledCommands``; 0 for the
  /// first one.
  public let start: Int
  /// The ``start`` that its data were read for: experiments on the same data share it.
  public let data: Int

  /// The experiment that a training begins with.
  public static let first = ExperimentIdentity(start: 0, data: 0)

  /// Whether something of another experiment is of the same data.
  public func hasData(of other: ExperimentIdentity) -> Bool { data == other.data }

  /// The experiment that a command starts: on the same data, or on data that were read for it.
  func next(start: Int, keepsData: Bool) -> ExperimentIdentity {
    ExperimentIdentity(start: start, data: keepsData ? data : start)
  }
}
