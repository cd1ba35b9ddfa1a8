extension ParameterTable {
  static let networkRows: [ParameterDefinition] = [
    ParameterDefinition(
      name: "hidden", group: .network, valueName: "UNITS[,UNITS…]",
      help: "The units of each hidden layer", range: hiddenRange, choices: [], effect: .startsAnew,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        settings.experiment.hidden = try hidden(text)
      },
      get: { settings in
        settings.experiment.hidden.isEmpty
          ? "none" : settings.experiment.hidden.map { String($0) }.joined(separator: ",")
      }),
    ParameterDefinition(
      name: "activation", group: .network, valueName: "NAME[,NAME…]",
      help: "The nonlinearity of the hidden layers: one for all, or one for each",
      range: "one of " + activations.joined(separator: ", ") + "; for all layers, or one for each",
      choices: activations, effect: .nextStep,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        var values: [ActivationFunction] = []
        for part in ParameterText.list(text) {
          guard let value = ActivationFunction(rawValue: part) else {
            throw ParameterDefinition.wrong(
              "activation", part, "one of " + activations.joined(separator: ", "),
              choices: activations)
          }
          values.append(value)
        }
        settings.experiment.activation = PerLayer(values: values)
      },
      get: { $0.experiment.activation.values.map(\.rawValue).joined(separator: ",") }),
    ParameterDefinition(
      name: "loss", group: .network, valueName: "NAME",
      help: "The loss to minimise; auto: cross-entropy for classes, squared error for numbers",
      range: "auto, or one of " + losses.joined(separator: ", "), choices: ["auto"] + losses,
      effect: .startsAnew,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        if text == "auto" {
          settings.experiment.loss = nil
          return
        }
        guard let loss = LossFunction(rawValue: text) else {
          throw ParameterDefinition.wrong(
            "loss", text, "auto, " + losses.joined(separator: ", "), choices: losses)
        }
        settings.experiment.loss = loss
      }, get: { $0.experiment.loss?.rawValue ?? "auto" }),
    .choice(
      "init", .network, \.experiment.initialization, help: "The way to draw the initial weights",
      effect: .startsAnew),
    .number(
      "bias-init", .network, \.experiment.biasInitialization, help: "The initial biases",
      range: "a number, -1000 to 1000", effect: .startsAnew, in: { abs($0) <= 1000 }),
    .text(
      "weights", .network, \.experiment.weights, valueName: "FILE", none: "none",
      help: "A safetensors file to start from"),
  ]

  private static let activations = ActivationFunction.allCases.map(\.rawValue)
  private static let losses = LossFunction.allCases.map(\.rawValue)
  private static let hiddenRange = "0 to 8 layers of 1 to 4096 units, as in 64,32; or none"

  private static func hidden(_ text: String) throws(ConfigurationError) -> [Int] {
    if text == "none" { return [] }
    let parts = ParameterText.list(text)
    var layers: [Int] = []
    for part in parts {
      guard let units = Int(part), (1...4096).contains(units) else {
        throw ParameterDefinition.wrong("hidden", part, hiddenRange)
      }
      layers.append(units)
    }
    guard layers.count <= 8 else { throw ParameterDefinition.wrong("hidden", text, hiddenRange) }
    return layers
  }
}
