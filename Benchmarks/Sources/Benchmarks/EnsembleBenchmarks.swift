import DropoutCore
import Foundation

/// How many subnetworks a second, on one thread, and NumPy's rate by the same method beside it.
///
/// NumPy is that of the virtual environment Benchmarks/.venv, where there is one (python3 -m venv Benchmarks/.venv &&
/// Benchmarks/.venv/bin/pip install numpy), else that of the system's python3.
struct EnsembleBenchmarks {
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

    /// What the Python side reads: classes, keep, the sums with no unit kept, and what each unit adds.
    var line: String {
      let output = state.parameters.layers[1]
      let added = (0..<20).flatMap { unit in (0..<classes).map { output.weights[$0, unit] } }
      return ([Double(classes), keep] + (output.biases + added).map { Double($0) })
        .map { "\($0)" }.joined(separator: " ")
    }

    /// The best rate of 30 runs, as NumPy's, and the mean.
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

    /// The median milliseconds of a whole ensemble: losses, histogram, ranks and all.
    func milliseconds(_ precision: EnsembleOptions.Precision) -> Double {
      median {
        _ = measurer.ensemble(state, example: 0, options: EnsembleOptions(precision: precision))
      }
    }
  }

  /// Prints all of it.
  func run() {
    let cases = [2, 10].map { Case(classes: $0) }
    let numpy = numpyRates(cases.map(\.line))
    print("\nensemble of 2^20 subnetworks: arithmetic mean, subnetworks/s (best of 30 runs)")
    print("classes  bits  dropscope  NumPy      times  largest difference of the means")
    for task in cases {
      for (precision, type) in [
        (EnsembleOptions.Precision.single, "float32"), (.double, "float64"),
      ] {
        let own = task.rate(precision)
        let other = numpy?["\(type) \(task.classes)"]
        let difference = other.map { other in
          zip(own.mean, other.mean).map { abs($0 - $1) }.max() ?? 0
        }
        print(
          column("\(task.classes)", 9) + column(String(type.suffix(2)), 6)
            + column(short(own.rate), 11) + column(other.map { short($0.rate) } ?? "-", 11)
            + column(other.map { short(own.rate / $0.rate) } ?? "-", 7)
            + (difference.map(short) ?? "-"))
      }
    }
    if numpy == nil {
      print("NumPy: there is no python3 with numpy here, so its rates are missing")
    }
    for task in cases {
      print(
        "whole ensemble, \(task.classes) classes: \(short(task.milliseconds(.single))) ms in 32 bits, "
          + "\(short(task.milliseconds(.double))) ms in 64 bits")
    }
    twoLayers()
  }

  /// The default network: 24 units in two layers, and the map over its plane.
  private func twoLayers() {
    for activation in [ActivationFunction.relu, .tanh] {
      var configuration = ExperimentConfiguration()
      configuration.activation = PerLayer(activation)
      guard let dataset = try? BuiltInDataset.circle.generate(configuration),
        let trainer = try? Trainer(configuration: configuration, dataset: dataset),
        (try? trainer.advance(steps: 600)) != nil
      else { return print("the default experiment does not train") }
      let state = trainer.state
      let measurer = Measurer(dataset: dataset)
      let example = dataset.testExamples[0]
      let single = measurer.ensemble(state, example: example)
      let milliseconds = median { _ = measurer.ensemble(state, example: example) }
      let mean = median {
        _ = measurer.subnetworkMean(state, inputs: dataset.inputs(of: example))
      }
      var points: [Float] = []
      for cell in 0..<48 * 48 { points += [Float(cell % 48) / 12 - 2, Float(cell / 48) / 12 - 2] }
      let inputs = Matrix(rows: 48 * 48, columns: 2, elements: points)
      let map = median { _ = measurer.jensenMap(state, inputs: inputs, output: 0) }
      print(
        "2-12-12-2 \(activation.rawValue), \(single.relevantUnits) of 24 units relevant, "
          + "\(single.method.name): whole ensemble \(short(milliseconds)) ms, mean alone \(short(mean)) ms, "
          + "map of 48 x 48 \(short(map)) ms")
    }
  }

  private func numpyRates(_ lines: [String]) -> [String: (rate: Double, mean: [Double])]? {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let own = folder.appendingPathComponent(".venv/bin/python3").path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      FileManager.default.isExecutableFile(atPath: own) ? own : "python3",
      folder.appendingPathComponent("numpy_ensemble.py").path,
    ]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    input.fileHandleForWriting.write(Data((lines.joined(separator: "\n") + "\n").utf8))
    input.fileHandleForWriting.closeFile()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    var rates: [String: (rate: Double, mean: [Double])] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      let numbers = words.dropFirst(2).compactMap { Double($0) }
      guard words.count > 3, numbers.count == words.count - 2 else { return nil }
      rates["\(words[0]) \(words[1])"] = (numbers[0], Array(numbers.dropFirst()))
    }
    return rates
  }
}

/// The median milliseconds of nine runs.
private func median(_ body: () -> Void) -> Double {
  (0..<9).map { _ in ContinuousClock().measure(body) / .milliseconds(1) }.sorted()[4]
}

private func column(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(1, width - text.count))
}

private func short(_ value: Double) -> String { String(format: "%.3g", value) }
