import DropoutEngine

/// Layers of the same name in several frameworks.
extension DropoutRule {
  static let keras = DropoutRule(
    matches: { call, _ in
      isModule(call)
        && (call.path.contains { ["keras", "layers", "tf"].contains($0) }
          || call.path.count == 1 && call.value(named: ["rate"]) != nil
          || call.name.hasSuffix("D")
          || call.name == "GaussianDropout"
          || call.following.value(named: ["training"]) != nil
          || call.path.count == 1 && call.following.value(at: 1) != nil)
    },
    read: { call, _ throws(DropoutReadingError) in
      let flag = DropoutFlag(name: "training", remedy: "Leave it out: Keras sets it.")
      let (effect, remarks) = flag.effect(
        of: call.name == "GaussianDropout" ? .gaussian : .inverted,
        given: call.following.value(named: ["training"]) ?? call.following.value(at: 1))
      return Found(
        frameworks: [.keras], number: .drop, text: try moduleNumber(call, otherwise: nil),
        effect: effect, remarks: channels(call) + remarks)
    })

  /// Keras in R, where the model may stand before a pipe.
  static let kerasR = DropoutRule(
    matches: { call, _ in
      call.path.count == 1
        && [
          "layer_dropout", "layer_gaussian_dropout", "layer_alpha_dropout",
          "layer_spatial_dropout_1d", "layer_spatial_dropout_2d", "layer_spatial_dropout_3d",
        ].contains(call.name)
    },
    read: { call, line throws(DropoutReadingError) in
      let isPiped = line.contains("%>%") || line.contains("|>")
      let place = isPiped || call.value(at: 1) == nil ? 0 : 1
      guard let text = call.value(named: ["rate"]) ?? call.value(at: place) else { return nil }
      return Found(
        frameworks: [.kerasR], number: .drop, text: text,
        effect: .variant(call.name == "layer_gaussian_dropout" ? .gaussian : .inverted),
        remarks: channels(call))
    })

  /// Whether a call is that of a function that was imported by its name, from any framework.
  static func isBare(_ call: CodeCall) -> Bool {
    call.path == ["dropout"] && (call.value(named: ["p", "keep_prob"]) ?? call.value(at: 1)) != nil
  }

  private static let functions = ["dropout", "dropout1d", "dropout2d", "dropout3d"]

  static let functional = DropoutRule(
    matches: { call, _ in
      functions.contains(call.name)
        && (isBare(call) || call.path.contains { ["F", "functional", "torch"].contains($0) })
    },
    read: { call, _ throws(DropoutReadingError) in
      let isTorch = call.path == ["torch", "dropout"]
      let flag = DropoutFlag(
        name: "training", standard: isTorch ? nil : true, remedy: "Give training=self.training.")
      let (effect, remarks) = flag.effect(
        of: .inverted, given: call.value(named: ["training", "train"]) ?? call.value(at: 2))
      return Found(
        frameworks: [.pyTorch], number: .drop,
        text: try number(of: call, named: ["p"], at: 1, otherwise: "0.5"), effect: effect,
        remarks: channels(call) + remarks + (isOfChainer(call) ? [chainerRemark] : []))
    })

  private static let chainerRemark =
    "Chainer writes this alike; there chainer.config.train switches it off."

  /// Whether Chainer would write a call in the same way.
  private static func isOfChainer(_ call: CodeCall) -> Bool {
    call.path == ["F", "dropout"] && call.arguments.count < 3
      && call.arguments.allSatisfy { $0.name == nil }
  }

  /// The attention of PyTorch, which is told nothing of training.
  static let attention = DropoutRule(
    matches: { call, _ in call.name == "scaled_dot_product_attention" },
    read: { call, _ throws(DropoutReadingError) in
      (call.value(named: ["dropout_p"]) ?? call.value(at: 4)).map { text in
        let isFixed = Double(text).map { $0 > 0 } ?? false
        return Found(
          frameworks: [.pyTorch], number: .drop, text: text,
          effect: .variant(isFixed ? .leftOnAtTest : .inverted),
          remarks: ["It drops attention weights."]
            + (isFixed
              ? [
                "This function is not told whether it is training, so this drops at test too. Give "
                  + "dropout_p=p if self.training else 0.0."
              ] : []))
      }
    })

  /// A recurrent layer of PyTorch, which drops what one layer of a stack sends to the next.
  static let recurrent = DropoutRule(
    matches: { call, _ in
      ["LSTM", "GRU", "RNN"].contains(call.name)
        && (call.path.contains("torch") || call.path == ["nn", call.name])
    },
    read: { call, _ throws(DropoutReadingError) in
      guard let text = call.value(named: ["dropout"]) ?? call.value(at: 5) else { return nil }
      let layers = call.value(named: ["num_layers"]) ?? call.value(at: 2) ?? "1"
      return Found(
        frameworks: [.pyTorch], number: .drop, text: text,
        effect: .variant(layers == "1" ? .none : .inverted),
        remarks: [
          layers == "1"
            ? "It would drop what one layer of a stack sends to the next. With num_layers 1 there "
              + "is none, and PyTorch warns."
            : "It drops what each layer but the last one sends to the next."
        ])
    })

  static let torch7 = DropoutRule(
    matches: { call, line in
      (call.name == "Dropout" && (line.contains(":add(") || call.value(at: 1) == "true"))
        || call.name == "SpatialDropout"
    },
    read: { call, _ throws(DropoutReadingError) in
      let isSpatial = call.name == "SpatialDropout"
      return Found(
        frameworks: [.torch7], number: .drop, text: try moduleNumber(call),
        effect: .variant(call.value(at: 1) == "true" || isSpatial ? .classic : .inverted),
        remarks: channels(call))
    })

  static let module = DropoutRule(
    matches: { call, _ in isModule(call) },
    read: { call, _ throws(DropoutReadingError) in
      let isPlain = call.name == "Dropout"
      let libraries = call.path.dropLast()
      let others = libraries.filter { !["nn", "torch", "modules", "self"].contains($0) }
      let isPyTorch = others.isEmpty && !libraries.isEmpty
      // Where no number stands, the library must be one that has a usual one.
      let isGiven = call.value(named: ["p", "rate"]) != nil || call.value(at: 0) != nil
      let text = try moduleNumber(
        call, named: isPyTorch ? ["p"] : ["p", "rate"], otherwise: others.isEmpty ? "0.5" : nil)
      guard others.isEmpty else {
        return Found(
          frameworks: [], number: .drop, text: text,
          remarks: [
            "dropscope does not know \(others.joined(separator: ".")): this is what most libraries "
              + "mean by the number, and inverted dropout is what most of them have."
          ] + channels(call))
      }
      var remarks = channels(call)
      if isPlain, call.value(named: ["p"]) == nil, call.value(at: 0) != nil {
        remarks.append(
          "In MindSpore and in JAX's stax such a number is the probability to keep.")
      }
      return Found(
        frameworks: isPlain
          ? (isPyTorch
            ? [.pyTorch, .mlx] + (isGiven ? [.flax] : [])
            : isGiven
              ? [.pyTorch, .keras] : [.pyTorch]) : [.pyTorch],
        number: .drop, text: text, remarks: remarks)
    })

  /// The ways of layers that drop more, or otherwise, than single units.
  static func channels(_ call: CodeCall) -> [String] {
    let name = call.name.lowercased()
    if isAlpha(call) {
      return [
        "Alpha dropout sets units to a negative value and rescales them, to keep mean and variance "
          + "of SELU networks. It has no variant here; the number means the same."
      ]
    }
    guard name.contains("spatial") || name.hasSuffix("d") else { return [] }
    return ["It drops whole channels: one multiplier for all values of a channel."]
  }
}
