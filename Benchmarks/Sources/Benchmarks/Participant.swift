import DropoutEngine
import DropoutMeasure
import Figures

/// Something that trains a task and is timed while it does.
protocol Participant: AnyObject {
  /// What the table calls it.
  var name: String { get }
  /// How it trains, where there is something to say.
  var note: String { get }
  /// Steps are taken in whole multiples of this many.
  var chunk: Int { get }

  /// Takes steps, a multiple of ``chunk``.
  ///
  /// - Parameter steps: how many.
  /// - Returns: the seconds that it took.
  /// - Throws: `NotFiniteError` where a value is not finite, `BenchmarkFailure` where a peer has ended.
  func advance(steps: Int) throws -> Double

  /// The share of the test examples that its network gets right now.
  func accuracy() throws -> Double
}

extension Participant {
  /// The steps that take about so many seconds, and at least a chunk.
  func steps(for seconds: Double) throws -> Int {
    var steps = chunk
    var elapsed = try advance(steps: steps)
    while elapsed < seconds / 8 {
      steps *= 2
      elapsed = try advance(steps: steps)
    }
    return max(chunk, Int(Double(steps) * seconds / elapsed) / chunk * chunk)
  }
}

/// Several that are timed in turns, so that what slows the machine down for a while slows all of them down.
struct Turns {
  /// Steps a second of each, a sample a round.
  let rates: [Figure]
  /// The steps that each has taken in these rounds.
  let steps: [Int]

  /// Times them.
  ///
  /// - Parameters:
  ///   - participants: who takes steps, in the order of a round.
  ///   - rounds: how often each is timed.
  ///   - seconds: about how long each time.
  /// - Throws: what a participant throws.
  init(_ participants: [any Participant], rounds: Int, seconds: Double) throws {
    let each = try participants.map { try $0.steps(for: seconds) }
    var samples = [[Double]](repeating: [], count: participants.count)
    for _ in 0..<rounds {
      for (index, participant) in participants.enumerated() {
        samples[index].append(Double(each[index]) / (try participant.advance(steps: each[index])))
      }
    }
    rates = samples.map { Figure($0) }
    steps = each.map { $0 * rounds }
  }
}

/// dropscope itself, in this process.
final class OwnTraining: Participant {
  let name = "dropscope"
  let note: String
  let chunk = 1
  private let trainer: Trainer
  private let measurer: Measurer

  init(_ task: BenchmarkTask, kernels: KernelPath = .best) throws {
    trainer = try Trainer(
      configuration: task.configuration, dataset: task.dataset, kernels: kernels)
    measurer = Measurer(dataset: task.dataset, kernels: kernels)
    note = "kernels \(kernels.name)"
  }

  /// The weights now.
  var parameters: NetworkParameters { trainer.parameters }

  func advance(steps: Int) throws -> Double {
    try ContinuousClock().measure { try trainer.advance(steps: steps) } / .seconds(1)
  }

  func accuracy() throws -> Double {
    measurer.evaluate(trainer.state, on: .test).accuracy ?? 0
  }
}
