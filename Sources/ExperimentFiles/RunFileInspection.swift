import DropoutEngine
import DropoutMeasure

/// Inspects a file of runs while it is read, so that other files are not read to their end.
public struct RunFileInspection: Sendable {
  /// The longest first line: it names each value of each sweep.
  static let longestHeader = 16 << 20
  /// The longest line of a run.
  static let longestLine = 1 << 20

  private let program: String
  private var line = 1
  private var current: [UInt8] = []
  private var runs = 0

  /// Starts the inspection of a file that this version of the program should have written.
  public init(program: String) {
    self.program = program
  }

  /// Looks at the next piece.
  ///
  /// - Throws: ``ExperimentFiles/RunFileError`` to stop reading: the first line is no plan, a line
  ///   is too long, or there are more lines than runs.
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
