extension ParameterTable {
  static let trainingRows: [ParameterDefinition] = [
    .init(
      "l1", .training, \.experiment.l1, penalty.perLayer(),
      help: "L1, the weight of sum |W|; biases have none"),
    .init(
      "l2", .training, \.experiment.l2, penalty.perLayer(),
      help: "L2, the weight of half the sum of W^2; biases have none"),
    .init(
      "max-norm", .training, \.experiment.maxNorm, maxNorm,
      help: "The largest 2-norm of the weights into a unit"),
    .init(
      "optimizer", .training, \.experiment.optimizer.kind, .choice,
      help: "The rule of the updates; another one starts with an empty state"),
    .init(
      "learning-rate", .training, \.experiment.learningRate,
      ParameterKind.number("a number, 0 to 1e30") { (0...1e30).contains($0) }.perLayer(),
      help: "The learning rate"),
    .init(
      "batch", .training, \.experiment.batch, .count(1...1_000_000),
      help: "The examples of a minibatch"),
    .init(
      "momentum", .training, \.experiment.optimizer.momentum, fraction,
      help: "mu of momentum and nesterov"),
    .init(
      "decay", .training, \.experiment.optimizer.decay, fraction, help: "d of rmsprop"),
    .init(
      "beta1", .training, \.experiment.optimizer.beta1, fraction, help: "b1 of adam"),
    .init(
      "beta2", .training, \.experiment.optimizer.beta2, fraction, help: "b2 of adam"),
    .init(
      "epsilon", .training, \.experiment.optimizer.epsilon,
      .number("a number, 0 to 1") { (0...1).contains($0) }, help: "eps of rmsprop and adam"),
  ]

  private static let penalty = ParameterKind.number("a number, 0 to 1000000") {
    (0...1e6).contains($0)
  }

  private static let fraction = ParameterKind.number("a number from 0 to below 1") {
    $0 >= 0 && $0 < 1
  }

  private static let maxNorm: ParameterKind<PerLayer<Double?>> = {
    let range = "none, or a number above 0; one for all layers, or one for each"
    var kind = ParameterKind.number("a number above 0") { $0 > 0 }.orNone("none").perLayer()
    kind.choices = ["none"]
    return kind.described(range, expected: range)
  }()

  static let seedRows: [ParameterDefinition] = [
    .init(
      "seed", .seeds, \.experiment.allSeeds, .seed, effect: .startsAnew, help: "All three seeds"),
    .init(
      "data-seed", .seeds, \.experiment.dataSeed, .seed, effect: .startsAnew,
      help: "The seed of data, split and order"),
    .init(
      "init-seed", .seeds, \.experiment.initSeed, .seed, effect: .startsAnew,
      help: "The seed of the initial weights"),
    .init(
      "mask-seed", .seeds, \.experiment.maskSeed, .seed, effect: .startsAnew,
      help: "The seed of the masks"),
  ]

  static let runRows: [ParameterDefinition] = [
    .init(
      "steps", .run, \.run.steps, ParameterKind.count(stepRange).orNone("auto"), effect: .display,
      help: "The number of updates; auto is 1000, or as many as epochs gives"),
    .init(
      "epochs", .run, \.run.epochs, ParameterKind.count(1...1_000_000_000).orNone("none"),
      effect: .display, help: "The number of passes over the training part"),
    .init(
      "every", .run, \.run.every, .count(1...stepRange.upperBound), effect: .display,
      help: "The number of steps between two lines"),
    .init(
      "until-loss", .run, \.run.untilLoss,
      ParameterKind.number("a number, at least 0") { $0 >= 0 }.orNone("none"), effect: .display,
      help: "Stop once the test loss is at most this"),
    .init(
      "until-accuracy", .run, \.run.untilAccuracy,
      ParameterKind.number("a number, 0 to 1") { (0...1).contains($0) }.orNone("none"),
      effect: .display, help: "Stop once the test accuracy is at least this"),
  ]

  static let displayRows: [ParameterDefinition] = [
    .init(
      "speed", .display, \.display.speed, speed, effect: .display,
      help: "Steps per second; max is as fast as possible"),
    .init(
      "theme", .display, \.display.theme, .choice, effect: .display,
      help: "The terminal's background"),
    .init(
      "colors", .display, \.display.colors, .choice, effect: .display,
      help: "The number of colours"),
    .init(
      "glyphs", .display, \.display.glyphs, .choice, effect: .display,
      help: "The characters drawn"),
    .init(
      "no-mouse", .display, \.display.usesMouse, .flag(false), effect: .display,
      help: "Do not use the mouse"),
    .init(
      "plain", .display, \.display.plain, .flag(), effect: .display,
      help: "Print lines instead of a screen, for screen readers and dumb terminals"),
  ]

  private static let speed = ParameterKind<Double>(
    "NUMBER", "a number, 0.1 to 1000000, or max", choices: ["max"],
    read: { text in
      if text == "max" { return .infinity }
      return ParameterText.number(text).flatMap { (0.1...1_000_000).contains($0) ? $0 : nil }
    }, text: { $0 == .infinity ? "max" : ParameterText.text($0) })
}

extension ExperimentConfiguration {
  /// The seed of the data; setting it sets all three.
  fileprivate var allSeeds: UInt64 {
    get { dataSeed }
    set { (dataSeed, initSeed, maskSeed) = (newValue, newValue, newValue) }
  }
}
