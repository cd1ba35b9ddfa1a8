import CMachine
import DropoutEngine
import Figures
import Foundation

/// The steps per second of dropscope and its peers on the same tasks, in turns.
struct PeerBenchmarks {
  /// The peers, in the order of the table: the name in Benchmarks/peers, and the name in the table.
  static let peers = [
    ("numpy", "NumPy"), ("torch-eager", "PyTorch"), ("torch-tuned", "PyTorch tuned"),
    ("jax", "JAX"),
  ]

  let options: BenchmarkOptions
  let tasks: [BenchmarkTask]
  /// The folder in which tasks are written for the peers.
  let scratch: URL

  /// The results: the table, and the versions of the frameworks.
  struct Outcome {
    var section: ReportSection
    var versions: [String: String]
    /// The ratios to each peer by task, for the README.
    var ratios: [(task: String, ratios: [String: Figure])]
  }

  func run() throws -> Outcome {
    let isPinned = cm_pin()
    defer { cm_unpin() }
    var processes: [(title: String, process: PeerProcess)] = []
    defer { for entry in processes { entry.process.stop() } }
    if let python = options.python {
      for (name, title) in Self.peers {
        processes.append(
          (
            title,
            try PeerProcess(
              name, python: python, folder: options.folder, compiles: !options.isQuick)
          ))
      }
    }
    var outcome = Outcome(
      section: ReportSection(
        "Steps a second", explanation(isPinned: isPinned),
        columns: ["task", "data", "who", "steps/s", "dropscope is", "test accuracy"]),
      versions: [:], ratios: [])
    for (index, task) in tasks.enumerated() {
      let folder = scratch.appendingPathComponent("task\(index)")
      try run(task, in: folder, processes, &outcome)
    }
    if options.python == nil {
      outcome.section.notes.append(
        "No peer was measured: there is no Python environment with them here (see "
          + "Scripts/benchmark)."
      )
    }
    return outcome
  }

  private func explanation(isPinned: Bool) -> String {
    "One thread each\(isPinned ? ", on the same core" : ""), in turns, \(options.rounds) rounds of "
      + "about \(options.seconds) s a measurement: the median, the lowest and the highest; ratios "
      + "are the median of those of each round. ReLU, softmax cross-entropy, plain SGD, inverted "
      + "dropout with p = 0.5 on the hidden layers, a fresh mask for each example and step, 32 "
      + "bits, a shuffle each epoch, the same data and start. All must get "
      + "\(BenchmarkTask.threshold) of the test examples right."
  }

  private func run(
    _ task: BenchmarkTask, in folder: URL, _ processes: [(title: String, process: PeerProcess)],
    _ outcome: inout Outcome
  ) throws {
    say("\(task.description) …")
    let own = try OwnTraining(task)
    try TaskFolder.write(task, start: own.parameters, to: folder)
    var participants: [any Participant] = [own]
    for (title, process) in processes {
      let training = try PeerTraining(process, title: title, task: folder)
      outcome.versions[title.replacingOccurrences(of: " tuned", with: "")] = training.version
      participants.append(training)
    }
    let turns = try Turns(participants, rounds: options.rounds, seconds: options.seconds)
    var ratios: [String: Figure] = [:]
    for (index, participant) in participants.enumerated() {
      let rate = turns.rates[index]
      let accuracy = try accuracy(of: participant, task, taken: turns.steps[index])
      let note = participant.note.isEmpty ? "" : " (\(participant.note))"
      var row = [index == 0 ? task.description : "", index == 0 ? data(of: task) : ""]
      row += [participant.name + note, rate.text]
      outcome.section.note("\(task.name) \(participant.name)", "steps/s", rate)
      if index == 0 {
        row.append("")
      } else {
        let ratio = turns.rates[0].ratios(to: rate)
        ratios[participant.name] = ratio
        row.append("\(ratio.text) times as fast")
        outcome.section.note("\(task.name) dropscope / \(participant.name)", "times", ratio)
      }
      outcome.section.rows.append(row + [String(format: "%.3f", accuracy)])
      if !(accuracy >= BenchmarkTask.threshold) {
        outcome.section.complaints.append(
          "\(task.name): \(participant.name) gets \(String(format: "%.3f", accuracy)) of the test "
            + "examples right, below \(BenchmarkTask.threshold): it does not learn the task")
      }
    }
    outcome.ratios.append(("\(task.description), \(task.remark)", ratios))
  }

  /// The test accuracy after enough steps to tell whether a network learns, since slow peers have
  /// taken few.
  private func accuracy(
    of participant: any Participant, _ task: BenchmarkTask, taken: Int
  ) throws -> Double {
    let chunks = (task.learningSteps - taken + participant.chunk - 1) / participant.chunk
    if chunks > 0 { _ = try participant.advance(steps: chunks * participant.chunk) }
    return try participant.accuracy()
  }

  private func data(of task: BenchmarkTask) -> String {
    "\(task.remark); \(String(format: "%.0f", 100 * task.zeroShare)) % zeros"
  }
}

/// Reports the current activity on the standard error.
func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
