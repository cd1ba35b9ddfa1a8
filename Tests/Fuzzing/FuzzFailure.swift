import CLibrary

/// The way in which an input broke its reader.
package enum FuzzFailure: Equatable, Sendable {
  /// The worker was ended by a signal: a trap, a fault of memory.
  case signal(Int32)
  /// The input took longer than it may.
  case hang
  /// A promise was broken.
  case fault(FuzzFault)
  /// The worker ended by itself.
  case status(Int32)

  /// Whether it is the same way: one promise may be broken with other evidence.
  func isLike(_ other: FuzzFailure) -> Bool {
    if case .fault(let own) = self, case .fault(let theirs) = other {
      return own.promise == theirs.promise
    }
    return self == other
  }
}

extension FuzzFailure: CustomStringConvertible {
  /// The way, in a line.
  package var description: String {
    switch self {
    case .signal(let signal): "ended by signal \(signal) (\(String(cString: strsignal(signal))))"
    case .hang: "takes longer than an input may"
    case .fault(let fault):
      "broke the promise that \(fault.promise)"
        + (fault.evidence.isEmpty ? "" : ": \(FuzzFailure.shown(fault.evidence))")
    case .status(let status): "ended the process with status \(status)"
    }
  }

  /// Evidence as it may be shown: it can hold what paints a terminal.
  private static func shown(_ evidence: String) -> String {
    evidence.unicodeScalars.map { scalar in
      RefusalLine.isShown(scalar)
        ? String(scalar) : "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }.joined()
  }
}
