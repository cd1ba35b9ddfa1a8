// Steps a second of the fast form on one thread, dropout on, a fresh mask for each example and step.
//
//   swift run --package-path Benchmarks -c release

import DropoutCore

/// A network and a dataset to time.
struct Task {
  var data: BuiltInDataset
  var hidden: [Int]
  var batch: Int
  var steps: Int

  /// Steps a second on one path of the kernels: the median of five runs, with the lowest and the highest.
  func measure(on path: KernelPath) throws -> (
    shape: String, lowest: Double, median: Double, highest: Double
  ) {
    var configuration = ExperimentConfiguration()
    configuration.data = data.rawValue
    configuration.hidden = hidden
    configuration.batch = batch
    configuration.examples = 2_000
    let trainer = try Trainer(
      configuration: configuration, dataset: try data.generate(configuration), kernels: path)
    try trainer.advance(steps: steps / 10)
    let rates = try (0..<5).map { _ in
      let elapsed = try ContinuousClock().measure { try trainer.advance(steps: steps) }
      return Double(steps) / (elapsed / .seconds(1))
    }.sorted()
    return (trainer.shape.description, rates[0], rates[2], rates[4])
  }
}

let tasks = [
  Task(data: .circle, hidden: [8, 8], batch: 10, steps: 100_000),
  Task(data: .circle, hidden: [32, 32], batch: 32, steps: 20_000),
  Task(data: .glyphs, hidden: [64, 32], batch: 32, steps: 5_000),
  Task(data: .glyphs, hidden: [256, 128], batch: 128, steps: 500),
]

print("network, batch             kernels    steps/s: median (lowest to highest of 5 runs)")
for task in tasks {
  for name in KernelPath.allNames {
    guard let path = KernelPath(named: name) else { continue }
    var task = task
    if name == "portable" { task.steps /= 20 }
    let result = try task.measure(on: path)
    let network = "\(result.shape), \(task.batch)"
    print(
      network + String(repeating: " ", count: max(1, 27 - network.count)) + name
        + String(repeating: " ", count: max(1, 11 - name.count))
        + "\(Int(result.median)) (\(Int(result.lowest)) to \(Int(result.highest)))")
  }
}

EnsembleBenchmarks().run()
