/// The statuses with which the program ends: the one list from which help and manual are made.
enum ExitStatus: Int32, CaseIterable {
  case done = 0
  case wrong = 1
  case usage = 64
  case badData = 65
  case noInput = 66
  case notFinite = 70
  case noResources = 71
  case cannotCreate = 73
  case inputOutput = 74
  case interrupted = 130
  case terminated = 143

  /// The meaning, in a few words.
  var meaning: String {
    switch self {
    case .done: "done"
    case .wrong: "verify found a law that fails, or diagnose a bug"
    case .usage: "wrong usage"
    case .badData: "bad data, weights or recording"
    case .noInput: "no such input file"
    case .notFinite: "a value of the training is not finite"
    case .noResources: "the system gives no thread or file"
    case .cannotCreate: "cannot write a file"
    case .inputOutput: "input or output failed"
    case .interrupted: "interrupted"
    case .terminated: "ended by a signal"
    }
  }

  /// All statuses in one sentence.
  static var sentence: String {
    allCases.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: ", ") + "."
  }
}
