import DropoutEngine
import DropoutMeasure

/// Looks at a file of runs while it is read, so that what cannot be one is not read to its end.
public struct RunFileInspection: Sendable {
  /// The longest first line: it names each value of each sweep.
  static let longestHeader = 16 << 20
  /// The longest line of a run.
  static let longestLine = 1 << 20

  private let program: String
  private var line = 1
  private var current: [UInt8] = []
  private var runs = 0

  /// Starts to look at a file that this version of the program should have written.
  public init(program: String) {
    self.program = program
  }

  /// Looks at the next piece.
  ///
  /// - Throws: ``ExperimentFiles/RunFileError`` where nothing more should be read: the first line says nothing of runs, a
  ///   line is too long, or there are more of them than runs.
  public mutating func accept(_ piece: some Sequence<UInt8>) throws(RunFileError) {
    for byte in piece {
      guard byte == UInt8(ascii: "\n") else {
        current.append(byte)
        guard current.count <= (line == 1 ? Self.longestHeader : Self.longestLine) else {
          throw line == 1 ? .notRuns : .broken(line: line, reason: "is longer than any run's")
        }
        continue
      }
      if line == 1 {
        runs = try RunFile.plan(of: current, program: program).runCount
      } else if line > runs + 1 {
        throw .broken(line: line, reason: "is one more than there are runs, \(runs)")
      }
      line += 1
      current.removeAll(keepingCapacity: true)
    }
  }
}
