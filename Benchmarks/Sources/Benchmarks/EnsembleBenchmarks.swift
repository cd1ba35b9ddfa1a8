import DropoutEngine
import DropoutMeasure
import Figures
import Foundation

/// The number of subnetworks per second on one thread, compared with NumPy's rate by the same
/// method.
struct EnsembleBenchmarks {
  let options: BenchmarkOptions

  /// A network with one masked layer of 20 units, none of which is off.
  struct Case {
    let classes: Int
    let keep = 0.5
    let state: NetworkState
    let measurer: Measurer

    init(classes: Int) {
      self.classes = classes
      var configuration = ExperimentConfiguration()
      configuration.hidden = [20]
      configuration.activation = PerLayer(.linear)
      configuration.normalization = .none
      var random = RandomStream(seed: 1, purpose: .initialWeights)
      let dataset = Dataset(
        name: "one input", inputNames: ["x"], values: .numbers([1]), targets: .classes([0]),
        classNames: (0..<classes).map { "\($0)" }, outputNames: (0..<classes).map { "\($0)" },
        image: nil, trainingExamples: [0], testExamples: [], normalization: .none)
      state = NetworkState(
        configuration: configuration,
        parameters: NetworkParameters(layers: [
          LayerParameters(
            weights: Matrix(rows: 20, columns: 1, repeating: 1),
            biases: [Float](repeating: 0, count: 20)),
          LayerParameters(
            weights: Matrix(
              rows: classes, columns: 20,
              elements: (0..<classes * 20).map { _ in Float(0.5 * random.nextNormal()) }),
            biases: (0..<classes).map { _ in Float(random.nextNormal()) }),
        ]))
      measurer = Measurer(dataset: dataset)
    }

    /// The line for the Python side: classes, keep, the sums with no unit kept, and the
    /// contribution of each unit.
    var line: String {
      let output = state.parameters.layers[1]
      let added = (0..<20).flatMap { unit in (0..<classes).map { output.weights[$0, unit] } }
      return ([Double(classes), keep] + (output.biases + added).map { Double($0) })
        .map { "\($0)" }.joined(separator: " ")
    }

    /// The best rate of 30 runs, as with NumPy, and the mean.
    func rate(_ precision: EnsembleOptions.Precision) -> (rate: Double, mean: [Double]) {
      let options = EnsembleOptions(precision: precision)
      var best = 0.0
      var mean: [Double] = []
      for _ in 0..<30 {
        let elapsed = ContinuousClock().measure {
          mean = measurer.subnetworkMean(state, inputs: [1], options: options).mean
        }
        best = max(best, 0x1p20 / (elapsed / .seconds(1)))
      }
      return (best, mean)
    }

    /// The milliseconds of a whole ensemble, including losses, histogram and ranks.
    func wholeEnsemble(_ precision: EnsembleOptions.Precision) -> Figure {
      milliseconds {
        _ = measurer.ensemble(state, example: 0, options: EnsembleOptions(precision: precision))
      }
    }
  }

  func run() throws -> [ReportSection] {
    say("ensembles …")
    return [try means(), try wholeEnsembles()]
  }

  /// The mean over 2^20 subnetworks, compared with NumPy.
  private func means() throws -> ReportSection {
    var section = ReportSection(
      "Ensembles",
      "The arithmetic mean over all 2^20 subnetworks of 20 masked units: subnetworks a second on "
        + "one thread, the best of 30 runs, and NumPy by the same method.",
      columns: [
        "classes", "bits", "dropscope", "NumPy", "times as fast", "largest difference of the means",
      ])
    let cases = [2, 10].map { Case(classes: $0) }
    let numpy = try options.python.map { try numpyRates(cases.map(\.line), python: $0) }
    for task in cases {
      for (precision, type) in [
        (EnsembleOptions.Precision.single, "float32"), (.double, "float64"),
      ] {
        let own = task.rate(precision)
        let other = numpy?["\(type) \(task.classes)"]
        let difference = other.map { other in
          zip(own.mean, other.mean).map { abs($0 - $1) }.max() ?? 0
        }
        let bits = String(type.suffix(2))
        section.rows.append([
          "\(task.classes)", bits, Figure.text(own.rate),
          other.map { Figure.text($0.rate) } ?? "-",
          other.map { Figure.text(own.rate / $0.rate) } ?? "-",
          difference.map { String(format: "%.1e", $0) } ?? "-",
        ])
        let name = "\(task.classes) classes, \(bits) bits"
        section.note("dropscope, \(name)", "subnetworks/s", Figure([own.rate]))
        if let other { section.note("NumPy, \(name)", "subnetworks/s", Figure([other.rate])) }
      }
    }
    if numpy == nil { section.notes.append("NumPy is not here, so its rates are missing.") }
    for task in cases {
      section.notes.append(
        "The whole ensemble, losses, histogram and ranks and all, \(task.classes) classes: "
          + "\(task.wholeEnsemble(.single).text) ms in 32 bits, "
          + "\(task.wholeEnsemble(.double).text) ms in 64 bits."
      )
    }
    return section
  }

  /// The default network: 24 units in two layers, and the map over its plane.
  private func wholeEnsembles() throws -> ReportSection {
    var section = ReportSection(
      "Ensembles of the default network",
      "2-12-12-2 after 600 steps: all 2^24 subnetworks of one example, their mean alone, and the "
        + "map of the Jensen gap over 48 x 48 points, in milliseconds.",
      columns: ["activation", "relevant units", "method", "whole ensemble", "mean alone", "map"])
    for activation in [ActivationFunction.relu, .tanh] {
      var configuration = ExperimentConfiguration()
      configuration.activation = PerLayer(activation)
      let dataset = try BuiltInDataset.circle.generate(configuration)
      let trainer = try Trainer(configuration: configuration, dataset: dataset)
      try trainer.advance(steps: 600)
      let state = trainer.state
      let measurer = Measurer(dataset: dataset)
      let example = dataset.testExamples[0]
      let single = measurer.ensemble(state, example: example)
      var points: [Float] = []
      for cell in 0..<48 * 48 { points += [Float(cell % 48) / 12 - 2, Float(cell / 48) / 12 - 2] }
      let inputs = Matrix(rows: 48 * 48, columns: 2, elements: points)
      let figures = [
        milliseconds { _ = measurer.ensemble(state, example: example) },
        milliseconds { _ = measurer.subnetworkMean(state, inputs: dataset.inputs(of: example)) },
        milliseconds { _ = measurer.jensenMap(state, inputs: inputs, output: 0) },
      ]
      section.rows.append(
        [activation.rawValue, "\(single.relevantUnits) of 24", single.method.name]
          + figures.map(\.text))
      for (name, figure) in zip(["whole ensemble", "mean alone", "map"], figures) {
        section.note("\(activation.rawValue) \(name)", "ms", figure)
      }
    }
    return section
  }

  private func numpyRates(
    _ lines: [String], python: String
  ) throws -> [String: (rate: Double, mean: [Double])] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [options.folder.appendingPathComponent("numpy_ensemble.py").path]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    input.fileHandleForWriting.write(Data((lines.joined(separator: "\n") + "\n").utf8))
    input.fileHandleForWriting.closeFile()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BenchmarkFailure("numpy_ensemble.py ended with status \(process.terminationStatus)")
    }
    var rates: [String: (rate: Double, mean: [Double])] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      let numbers = words.dropFirst(2).compactMap { Double($0) }
      guard words.count > 3, numbers.count == words.count - 2 else {
        throw BenchmarkFailure("numpy_ensemble.py wrote the line '\(line)', which is no result")
      }
      rates["\(words[0]) \(words[1])"] = (numbers[0], Array(numbers.dropFirst()))
    }
    return rates
  }
}

/// The milliseconds of nine runs.
private func milliseconds(_ body: () -> Void) -> Figure {
  Figure((0..<9).map { _ in ContinuousClock().measure(body) / .milliseconds(1) })
}
