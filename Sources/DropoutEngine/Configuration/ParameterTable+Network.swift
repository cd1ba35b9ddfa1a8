extension ParameterTable {
  static let networkRows: [ParameterDefinition] = [
    .init(
      "hidden", .network, \.experiment.hidden, hidden, effect: .startsAnew,
      help: "The units of each hidden layer"),
    .init(
      "activation", .network, \.experiment.activation, activation,
      help: "The nonlinearity of the hidden layers: one for all, or one for each"),
    .init(
      "loss", .network, \.experiment.loss, loss, effect: .startsAnew,
      help: "The loss to minimise; auto: cross-entropy for classes, squared error for numbers"),
    .init(
      "init", .network, \.experiment.initialization, .choice, effect: .startsAnew,
      help: "The way to draw the initial weights"),
    .init(
      "bias-init", .network, \.experiment.biasInitialization,
      .number("a number, -1000 to 1000") { abs($0) <= 1000 }, effect: .startsAnew,
      help: "The initial biases"),
    .init(
      "weights", .network, \.experiment.weights,
      ParameterKind.text("FILE").orNone("none", range: "text"), effect: .startsAnew,
      help: "A safetensors file to start from"),
    .init(
      "layers", .network, \.experiment.weightLayers,
      ParameterKind.text("NAMES").orNone("auto", range: "text"), effect: .startsAnew,
      help: "The layers of the weights file in order, as in fc1,fc2,head; auto goes by shape"),
  ]

  private static let hidden: ParameterKind<[Int]> = {
    let range = "0 to 8 layers of 1 to 4096 units, as in 64,32; or none"
    let layers = ParameterKind.count(1...4096).described(range, valueName: "UNITS").list()
    return ParameterKind(
      layers.valueName, range, text: { $0.isEmpty ? "none" : layers.text($0) },
      reading: { (text) throws(ParameterRefusal) in
        if text == "none" { return [] }
        let units = try layers.read(text)
        guard units.count <= 8 else { throw .init(text) }
        return units
      })
  }()

  private static let activation: ParameterKind<PerLayer<ActivationFunction>> = {
    let names = ParameterKind<ActivationFunction>.choice
    return names.perLayer().described(names.range + "; for all layers, or one for each")
  }()

  private static let loss: ParameterKind<LossFunction?> = {
    let names = LossFunction.allCases.map(\.rawValue)
    var kind = ParameterKind<LossFunction>.choice.orNone("auto")
    kind.choices = ["auto"] + names
    return kind.described(
      "auto, or one of " + names.joined(separator: ", "),
      expected: "auto, " + names.joined(separator: ", "))
  }()
}
