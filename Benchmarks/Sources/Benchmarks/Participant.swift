import DropoutEngine
import DropoutMeasure
import Figures

/// Something that trains a task and is timed while it does.
protocol Participant: AnyObject {
  /// Its name in the table.
  var name: String { get }
  /// A note on its way of training; empty where there is nothing to note.
  var note: String { get }
  /// The number of steps at a time: a training takes whole multiples of it.
  var chunk: Int { get }

  /// Takes steps, a multiple of ``chunk``.
  ///
  /// - Parameter steps: the number of steps.
  /// - Returns: the seconds taken.
  /// - Throws: `NotFiniteError` where a value is not finite, `BenchmarkFailure` where a peer has
  ///   ended.
  func advance(steps: Int) throws -> Double

  /// The current share of the test examples that its network classifies right.
  func accuracy() throws -> Double
}

extension Participant {
  /// The number of steps that take about this many seconds, at least one chunk.
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

/// Several participants timed in turns, so that a temporary slowdown of the machine affects all of
/// them.
struct Turns {
  /// The steps per second of each participant, with one sample for each round.
  let rates: [Figure]
  /// The steps that each participant has taken in these rounds.
  let steps: [Int]

  /// Times the participants.
  ///
  /// - Parameters:
  ///   - participants: the participants, in the order of a round.
  ///   - rounds: the number of times that each is timed.
  ///   - seconds: the approximate seconds of each time.
  /// - Throws: the error of a participant.
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

  /// The current weights.
  var parameters: NetworkParameters { trainer.parameters }

  func advance(steps: Int) throws -> Double {
    try ContinuousClock().measure { try trainer.advance(steps: steps) } / .seconds(1)
  }

  func accuracy() throws -> Double {
    measurer.evaluate(trainer.state, on: .test).accuracy ?? 0
  }
}
