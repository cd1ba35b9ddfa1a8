import DropoutMeasure
import ExperimentFiles
import Threads

/// Computes the runs of a comparison, or of one part of it, on all cores, and keeps finished runs.
struct ComparisonComputation: Sendable {
  let plan: ComparisonPlan
  let shard: ComparisonShard
  let inputs: ComparisonInputs
  let file: ResumeFile?
  /// Whether runs are written to the standard output as lines where no file keeps them.
  let writesLines: Bool
  let jobs: Int
  let interruption: Interruption

  /// Computes the missing runs.
  ///
  /// - Returns: the runs of the part by number; a signal leaves some out.
  func run() throws -> [Int: FinishedRun] {
    try file?.checkData(inputs)
    let order = plan.order(of: shard)
    let known = file?.results ?? [:]
    let waiting = order.filter { known[$0] == nil }
    var results = known.filter { shard.contains(run: $0.key) }
    var best = BestSoFar(plan)
    for (number, finished) in results { best.add(plan.run(number), finished) }
    var lines = file == nil && writesLines ? RunLines(plan: plan, order: order) : nil
    try lines?.begin()
    let isShown =
      StandardError.isTerminal && (lines == nil || !OutputStream.isTerminal)
    let progress = ComparisonProgress(runs: waiting.count, isShown: isShown)
    defer { progress.end() }
    // Shown at once, since the first run may take long.
    progress.begin(note: best.text)
    try ParallelRuns.forEach(waiting, jobs: jobs) {
      [inputs, plan, interruption] (number, isEnded) in
      try inputs.compute(plan.run(number)) { share in
        progress.show(share, of: number)
        return interruption.signal == nil && !isEnded()
      }
    } finished: { number, finished in
      try file?.append(plan.run(number), finished)
      results[number] = finished
      try lines?.add(number, finished)
      best.add(plan.run(number), finished)
      progress.finish(number, note: best.text)
    }
    try lines?.end()
    return results
  }
}
