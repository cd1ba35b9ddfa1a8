import DropoutMeasure
import ExperimentFiles

/// Runs as lines on the standard output, in an order that does not depend on which run finishes
/// first.
struct RunLines: ~Copyable {
  private let plan: ComparisonPlan
  private let order: [Int]
  private var next = 0
  private var held: [Int: FinishedRun] = [:]
  private var output = OutputStream.standardOutput()

  init(plan: ComparisonPlan, order: [Int]) {
    self.plan = plan
    self.order = order
  }

  /// Writes the line that describes the comparison.
  mutating func begin() throws(CommandFailure) {
    try output.writeLine(RunFile.header(of: plan, program: Dropscope.version))
    try output.flush()
  }

  /// Writes a run as soon as all runs before it are written.
  mutating func add(_ number: Int, _ finished: FinishedRun) throws(CommandFailure) {
    held[number] = finished
    while next < order.count, let finished = held.removeValue(forKey: order[next]) {
      try output.writeLine(RunLine.text(plan.run(order[next]), of: plan, finished))
      next += 1
    }
    try output.flush()
  }

  /// Writes the runs that waited for a run that was given up.
  mutating func end() throws(CommandFailure) {
    for number in order {
      guard let finished = held[number] else { continue }
      try output.writeLine(RunLine.text(plan.run(number), of: plan, finished))
    }
    held = [:]
    try output.flush()
  }
}
