import CMachine
import Charts
import DropoutEngine
import Figures

/// The cost of a step as the network grows, compared with the peak of the arithmetic units.
struct SizeBenchmarks {
  let options: BenchmarkOptions

  private static let batch = 128
  private static let sizes: [(inputs: Int, hidden: [Int], outputs: Int)] = [
    (2, [8, 8], 2), (2, [32, 32], 2), (64, [64, 32], 10), (784, [256, 128], 10),
    (784, [512, 512], 10), (784, [1024, 1024], 10),
  ]

  /// The two ways to train: one without anything to skip, and that of the tasks.
  private static let ways = ["tanh, no dropout", "ReLU, dropout 0.5"]

  func run() throws -> ReportSection {
    _ = cm_pin()
    defer { cm_unpin() }
    var section = ReportSection(
      "Cost over the size of the network",
      "All at batch \(Self.batch), inputs without a 0. The share of the peak is the multiply-adds "
        + "of the dense network (forward, signals, weight gradients) over the time and the peak of "
        + "fused multiply-adds, measured in turns. With ReLU and dropout about three quarters of "
        + "the hidden activations are 0, and where a kernel skips them that share says how fast "
        + "the step is and not how busy the units are; with tanh and no dropout there is nothing "
        + "to skip.",
      columns: ["network", "million multiply-adds"]
        + Self.ways.flatMap { ["microseconds a step, \($0)", "share of the peak"] })
    var points = [[(x: Double, y: Double)]](repeating: [], count: Self.ways.count + 1)
    var peaks: [Double] = []
    var unitName = ""
    for (inputs, hidden, outputs) in Self.sizes {
      let shape = NetworkShape(inputs: inputs, hidden: hidden, outputs: outputs)
      say("\(shape.description) …")
      let participants = try [false, true].map { drops in
        try training(shape, drops: drops)
      }
      let steps = try participants.map { try $0.steps(for: options.seconds) }
      let work = Self.multiplyAdds(shape)
      var seconds = [[Double]](repeating: [], count: participants.count)
      var rates: [Double] = []
      for _ in 0..<options.shortRounds {
        guard let peak = Peak.measure(seconds: options.seconds / 4) else {
          throw BenchmarkFailure(
            "the peak of this processor cannot be measured: it has none of the units that CMachine "
              + "knows"
          )
        }
        unitName = peak.name
        rates.append(peak.multiplyAddsPerSecond)
        for (index, participant) in participants.enumerated() {
          let elapsed = try participant.advance(steps: steps[index])
          seconds[index].append(elapsed / Double(steps[index]))
        }
      }
      peaks += rates
      var row = [shape.description, Figure.text(work / 1e6)]
      for (index, way) in Self.ways.enumerated() {
        let time = Figure(seconds[index])
        let share = Figure(zip(seconds[index], rates).map { 100 * work / $0 / $1 })
        row += [time.map { 1e6 * $0 }.text, "\(share.text) %"]
        section.note("\(shape.description) \(way)", "us/step", time.map { 1e6 * $0 })
        section.note("\(shape.description) \(way), share of the peak", "%", share)
        points[index].append((work, 1e6 * time.median))
      }
      points[Self.ways.count].append((work, 1e6 * work / Figure(rates).median))
      section.rows.append(row)
    }
    let peak = Figure(peaks)
    section.note("peak", "multiply-adds/s", peak)
    section.notes.append(
      "Peak of one core (\(unitName)): \(peak.map { $0 / 1e9 }.text) thousand million "
        + "multiply-adds a second."
    )
    section.picture = (
      "performance-sizes.svg",
      "The time of a step over the multiply-adds of the network, and the peak",
      LinePlot.svg(
        zip(Self.ways + ["at the peak"], points).map { LinePlot.Line(name: $0, points: $1) },
        title: "The time of a step as the network grows, batch \(Self.batch)",
        xTitle: "multiply-adds of a step", yTitle: "microseconds")
    )
    return section
  }

  /// The multiply-adds of a step without skipping: forward, weight gradients, and signals except
  /// for the first layer.
  private static func multiplyAdds(_ shape: NetworkShape) -> Double {
    let layers = (0..<shape.layerCount).map { shape.inputs(of: $0) * shape.units(of: $0) }
    return Double(batch * (3 * layers.reduce(0, +) - layers[0]))
  }

  private func training(_ shape: NetworkShape, drops: Bool) throws -> OwnTraining {
    var configuration = BenchmarkTask.configuration(
      hidden: shape.hidden, batch: Self.batch, learningRate: 0.001)
    configuration.normalization = .none
    if !drops {
      configuration.variant = .none
      configuration.dropout = Variant.none.settings
      configuration.activation = PerLayer(.tanh)
    }
    var random = RandomStream(seed: 7, purpose: .builtInData, stream: 101)
    let examples = 8 * Self.batch
    let names = (0..<shape.outputs).map { "\($0)" }
    let dataset = Dataset(
      name: "noise", inputNames: (0..<shape.inputs).map { "x\($0)" },
      values: .numbers(
        (0..<examples * shape.inputs).map { _ in Float(random.nextNormal()) }),
      targets: .classes((0..<examples).map { $0 % shape.outputs }), classNames: names,
      outputNames: names, image: nil, trainingExamples: Array(0..<examples), testExamples: [],
      normalization: .none)
    return try OwnTraining(
      BenchmarkTask(
        name: shape.description, remark: "", configuration: configuration, dataset: dataset,
        learningSteps: 0))
  }
}

/// The peak of this processor's widest unit, with all values in registers.
enum Peak {
  /// Measures it once.
  ///
  /// - Parameter seconds: the approximate duration.
  /// - Returns: the unit's name and its rate; nil where CMachine knows none.
  static func measure(seconds: Double) -> (name: String, multiplyAddsPerSecond: Double)? {
    var best: (name: String, multiplyAddsPerSecond: Double)?
    guard var unit = cm_units() else { return nil }
    while let name = unit.pointee.name {
      if unit.pointee.is_there() {
        let rate = rate(of: unit.pointee, seconds: seconds)
        if rate > best?.multiplyAddsPerSecond ?? 0 { best = (String(cString: name), rate) }
      }
      unit += 1
    }
    return best
  }

  private static func rate(of unit: cm_unit, seconds: Double) -> Double {
    var iterations: Int64 = 1_000
    while true {
      var sum: Float = 0
      let elapsed = ContinuousClock().measure { sum = unit.run(iterations) } / .seconds(1)
      precondition(sum.isFinite, "the chains of the peak came out as \(sum)")
      if elapsed >= seconds { return Double(iterations * unit.multiply_adds) / elapsed }
      iterations = max(
        iterations * 2, Int64(Double(iterations) * 1.05 * seconds / max(elapsed, 1e-9)))
    }
  }
}
