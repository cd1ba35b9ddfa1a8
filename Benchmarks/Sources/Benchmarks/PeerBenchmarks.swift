import CMachine
import DropoutCore
import Figures
import Foundation

/// Steps a second of dropscope and its peers on the same tasks, in turns.
struct PeerBenchmarks {
  /// The peers, in the order of the table: the name in Benchmarks/peers, and what the table calls it.
  static let peers = [
    ("numpy", "NumPy"), ("torch-eager", "PyTorch"), ("torch-tuned", "PyTorch tuned"),
    ("jax", "JAX"),
  ]

  let options: BenchmarkOptions
  let tasks: [BenchmarkTask]
  /// Where tasks are written for the peers.
  let scratch: URL

  /// What came out: the table, and the versions of the frameworks.
  struct Outcome {
    var section: ReportSection
    var versions: [String: String]
    /// The ratios to each peer, a task each, for the README.
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
    for task in tasks { try run(task, processes, &outcome) }
    if options.python == nil {
      outcome.section.notes.append(
        "No peer was measured: there is no Python environment with them here (see Scripts/benchmark)."
      )
    }
    return outcome
  }

  private func explanation(isPinned: Bool) -> String {
    "One thread each\(isPinned ? ", on the same core" : ""), in turns, \(options.rounds) rounds of about "
      + "\(Figure.text(options.seconds)) s a measurement: the median, the lowest and the highest; ratios are the median "
      + "of those of each round. ReLU, softmax cross-entropy, plain SGD, inverted dropout with p = 0.5 on the hidden "
      + "layers, a fresh mask for each example and step, 32 bits, a shuffle each epoch, the same data and start."
  }

  private func run(
    _ task: BenchmarkTask, _ processes: [(title: String, process: PeerProcess)],
    _ outcome: inout Outcome
  ) throws {
    say("\(task.description) …")
    let own = try OwnTraining(task)
    let folder = scratch.appendingPathComponent(
      task.name.filter { $0 != "'" } + "-\(task.remark.count)")
    try TaskFolder.write(task, start: own.parameters, to: folder)
    var participants: [any Participant] = [own]
    for (title, process) in processes {
      let training = try PeerTraining(process, title: title, task: folder)
      let framework = title.replacingOccurrences(of: " tuned", with: "")
      outcome.versions[framework] = training.version
      participants.append(training)
    }
    let steps = try participants.map { try $0.steps(for: options.seconds) }
    var taken = steps.map { 2 * $0 }
    var rates = [[Double]](repeating: [], count: participants.count)
    for _ in 0..<options.rounds {
      for (index, participant) in participants.enumerated() {
        let seconds = try participant.advance(steps: steps[index])
        rates[index].append(Double(steps[index]) / seconds)
        taken[index] += steps[index]
      }
    }
    let figures = rates.map { Figure($0) }
    var ratios: [String: Figure] = [:]
    for (index, participant) in participants.enumerated() {
      // Slow ones have taken few steps: they learn on until it can be told whether they learn at all.
      let missing = max(0, task.learningSteps - taken[index])
      if missing > 0 {
        let chunk = participant.chunk
        _ = try participant.advance(steps: (missing + chunk - 1) / chunk * chunk)
      }
      let accuracy = try participant.accuracy()
      let ratio = figures[0].ratios(to: figures[index])
      let isFirst = index == 0
      if !isFirst { ratios[participant.name] = ratio }
      let note = participant.note.isEmpty ? "" : " (\(participant.note))"
      outcome.section.rows.append([
        isFirst ? task.description : "", isFirst ? data(of: task) : "",
        participant.name + note, figures[index].text, isFirst ? "" : "\(ratio.text) times as fast",
        String(format: "%.3f", accuracy),
      ])
      outcome.section.note("\(task.name) \(participant.name)", "steps/s", figures[index])
      if !isFirst {
        outcome.section.note("\(task.name) dropscope / \(participant.name)", "", ratio)
      }
      if !(accuracy >= task.threshold) {
        outcome.section.complaints.append(
          "\(task.name): \(participant.name) gets \(String(format: "%.3f", accuracy)) of the test examples right, "
            + "below \(task.threshold): it does not learn the task")
      }
    }
    outcome.ratios.append((task.description, ratios))
  }

  private func data(of task: BenchmarkTask) -> String {
    "\(task.remark); \(String(format: "%.0f", 100 * task.zeroShare)) % zeros"
  }
}

/// Says on the standard error what is going on.
func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
