extension ParameterTable {
  static let trainingRows: [ParameterDefinition] = [
    .perLayer(
      "l1", .training, \.experiment.l1, help: "L1, the weight of sum |W|; biases have none",
      range: "a number, at least 0", in: { $0 >= 0 && $0 <= 1e6 }),
    .perLayer(
      "l2", .training, \.experiment.l2,
      help: "L2, the weight of half the sum of W^2; biases have none",
      range: "a number, at least 0", in: { $0 >= 0 && $0 <= 1e6 }),
    ParameterDefinition(
      name: "max-norm", group: .training, valueName: "NUMBER[,NUMBER…]",
      help: "The largest 2-norm of the weights into a unit", range: maxNormRange,
      choices: ["none"], effect: .nextStep,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        var values: [Double?] = []
        for part in ParameterText.list(text) {
          if part == "none" {
            values.append(nil)
          } else if let value = ParameterText.number(part), value > 0 {
            values.append(value)
          } else {
            throw ParameterDefinition.wrong("max-norm", part, maxNormRange)
          }
        }
        settings.experiment.maxNorm = PerLayer(values: values)
      },
      get: { settings in
        settings.experiment.maxNorm.values.map { $0.map(ParameterText.text) ?? "none" }
          .joined(separator: ",")
      }),
    .choice(
      "optimizer", .training, \.experiment.optimizer.kind,
      help: "The rule of the updates; another one starts with an empty state", effect: .nextStep),
    .perLayer(
      "learning-rate", .training, \.experiment.learningRate, help: "The learning rate",
      range: "a number, at least 0", in: { $0 >= 0 && $0 <= 1e30 }),
    .count(
      "batch", .training, \.experiment.batch, help: "The examples of a minibatch",
      range: 1...1_000_000, effect: .nextStep),
    fraction("momentum", \.experiment.optimizer.momentum, "mu of momentum and nesterov"),
    fraction("decay", \.experiment.optimizer.decay, "d of rmsprop"),
    fraction("beta1", \.experiment.optimizer.beta1, "b1 of adam"),
    fraction("beta2", \.experiment.optimizer.beta2, "b2 of adam"),
    .number(
      "epsilon", .training, \.experiment.optimizer.epsilon, help: "eps of rmsprop and adam",
      range: "a number, 0 to 1", in: { (0...1).contains($0) }),
  ]

  private static let maxNormRange = "none, or a number above 0; one for all layers, or one for each"

  private static func fraction(
    _ name: String, _ path: any SettingsPath<Double>, _ help: String
  ) -> ParameterDefinition {
    .number(
      name, .training, path, help: help, range: "a number from 0 to below 1",
      in: { $0 >= 0 && $0 < 1 })
  }

  static let seedRows: [ParameterDefinition] = [
    .seed(
      "seed", [\.experiment.dataSeed, \.experiment.initSeed, \.experiment.maskSeed],
      help: "All three seeds"),
    .seed("data-seed", [\.experiment.dataSeed], help: "The seed of data, split and order"),
    .seed("init-seed", [\.experiment.initSeed], help: "The seed of the initial weights"),
    .seed("mask-seed", [\.experiment.maskSeed], help: "The seed of the masks"),
  ]

  static let runRows: [ParameterDefinition] = [
    .optionalCount(
      "steps", .run, \.run.steps, none: "auto",
      help: "The number of updates; auto is 1000, or as many as epochs gives", range: stepRange,
      effect: .display),
    .optionalCount(
      "epochs", .run, \.run.epochs, none: "none",
      help: "The number of passes over the training part",
      range: 1...1_000_000_000, effect: .display),
    .count(
      "every", .run, \.run.every, help: "The number of steps between two lines",
      range: 1...stepRange.upperBound, effect: .display),
    .optionalNumber(
      "until-loss", .run, \.run.untilLoss, none: "none",
      help: "Stop once the test loss is at most this", range: "a number, at least 0, or none",
      effect: .display, in: { $0 >= 0 }),
    .optionalNumber(
      "until-accuracy", .run, \.run.untilAccuracy, none: "none",
      help: "Stop once the test accuracy is at least this", range: "a number, 0 to 1, or none",
      effect: .display, in: { (0...1).contains($0) }),
  ]

  static let displayRows: [ParameterDefinition] = [
    ParameterDefinition(
      name: "speed", group: .display, valueName: "NUMBER",
      help: "Steps per second; max is as fast as possible",
      range: "a number, 0.1 to 1000000, or max", choices: ["max"], effect: .display,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        if text == "max" {
          settings.display.speed = .infinity
          return
        }
        guard let value = ParameterText.number(text), (0.1...1_000_000).contains(value) else {
          throw ParameterDefinition.wrong("speed", text, "a number, 0.1 to 1000000, or max")
        }
        settings.display.speed = value
      },
      get: { settings in
        settings.display.speed == .infinity ? "max" : ParameterText.text(settings.display.speed)
      }),
    .choice(
      "theme", .display, \.display.theme, help: "The terminal's background", effect: .display),
    .choice("colors", .display, \.display.colors, help: "The number of colours", effect: .display),
    .choice("glyphs", .display, \.display.glyphs, help: "The characters drawn", effect: .display),
    .flag("no-mouse", .display, \.display.usesMouse, value: false, help: "Do not use the mouse"),
    .flag(
      "plain", .display, \.display.plain, value: true,
      help: "Print lines instead of a screen, for screen readers and dumb terminals"),
  ]
}
