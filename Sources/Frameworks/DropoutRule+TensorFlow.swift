import DropoutEngine

/// TensorFlow, the libraries upon it, and others that write a function or a layer of their own.
extension DropoutRule {
  private static func isTensorFlowFunction(_ call: CodeCall) -> Bool {
    call.path.suffix(2) == ["nn", "dropout"] && call.path.first != "torch"
  }

  static let tensorFlowKeep = DropoutRule(
    matches: { call, _ in
      (isTensorFlowFunction(call) || isBare(call)) && call.value(named: ["rate"]) == nil
    },
    read: { call, _ throws(DropoutReadingError) in
      if let text = call.value(named: ["keep_prob"]) {
        return Found(frameworks: [.tensorFlow1], number: .keep, text: text)
      }
      return call.value(at: 1).map {
        Found(
          frameworks: [.tensorFlow1], number: .keep, text: $0,
          isDoubtful: !call.path.contains("v1"))
      }
    })

  static let tensorFlowRate = DropoutRule(
    matches: { call, _ in isTensorFlowFunction(call) },
    read: { call, _ throws(DropoutReadingError) in
      (call.value(named: ["rate"]) ?? call.value(at: 1)).map {
        Found(frameworks: [.tensorFlow2], number: .drop, text: $0)
      }
    })

  /// Whether a call is that of TensorFlow.js, which takes an object in braces.
  private static func isOfJavaScript(_ call: CodeCall) -> Bool {
    call.value(at: 0)?.hasPrefix("{") ?? false
  }

  /// The layer of TensorFlow.js, which is that of Keras.
  static let tensorFlowJS = DropoutRule(
    matches: { call, _ in call.path.suffix(2) == ["layers", "dropout"] && isOfJavaScript(call) },
    read: { call, line throws(DropoutReadingError) in
      let inner = CodeCall.arguments(in: (call.value(at: 0) ?? "").dropFirst().dropLast())
      return inner.value(named: ["rate"]).map {
        Found(
          frameworks: [.keras], number: .drop, text: $0,
          remarks: ["This is the layer of Keras in TensorFlow.js."])
      }
    })

  /// The function of tf.layers; without tf before it, that of tf.contrib.layers may be meant.
  static let tensorFlowLayers = DropoutRule(
    matches: { call, _ in
      call.path.suffix(2) == ["layers", "dropout"] && call.value(named: ["keep_prob"]) == nil
        && !isOfJavaScript(call)
    },
    read: { call, _ throws(DropoutReadingError) in
      let flag = DropoutFlag(
        name: "training", standard: false, remedy: "Give training=is_training.")
      let (effect, remarks) = flag.effect(
        of: .inverted, given: call.value(named: ["training"]) ?? call.value(at: 4))
      let isNamed = call.value(named: ["rate", "training"]) != nil
      return Found(
        frameworks: [.tensorFlowLayers], number: .drop,
        text: try number(of: call, named: ["rate"], at: 1, otherwise: "0.5"), effect: effect,
        remarks: remarks, isDoubtful: call.path.count == 2 && !isNamed)
    })

  /// The function of tf.contrib.layers and of TF-Slim, which is the same one.
  static let contrib = contrib { call in
    call.path.contains { ["contrib", "slim", "tf_slim"].contains($0) }
      || call.path.suffix(2) == ["layers", "dropout"] && call.value(named: ["keep_prob"]) != nil
  }

  /// The second reading of `layers.dropout`.
  static let contribLayers = contrib { $0.path == ["layers", "dropout"] }

  private static func contrib(_ isMeant: @escaping @Sendable (CodeCall) -> Bool) -> DropoutRule {
    DropoutRule(
      matches: { call, _ in call.name == "dropout" && isMeant(call) },
      read: { call, _ throws(DropoutReadingError) in
        let flag = DropoutFlag(
          name: "is_training", standard: true, remedy: "Give is_training=is_training.")
        let (effect, remarks) = flag.effect(
          of: .inverted, given: call.value(named: ["is_training"]) ?? call.value(at: 3))
        return Found(
          frameworks: [.contrib], number: .keep,
          text: try number(of: call, named: ["keep_prob"], at: 1, otherwise: "0.5"),
          effect: effect, remarks: remarks)
      })
  }

  static let tflearn = DropoutRule(
    matches: { call, _ in call.name == "dropout" && call.path.contains("tflearn") },
    read: { call, _ throws(DropoutReadingError) in
      (call.value(named: ["keep_prob"]) ?? call.value(at: 1)).map {
        Found(frameworks: [.tflearn], number: .keep, text: $0)
      }
    })

  /// A layer of Lasagne; without its library, that of TensorLayer has the same name.
  static let lasagne = DropoutRule(
    matches: { call, _ in
      call.name == "DropoutLayer" && call.value(named: ["keep"]) == nil
        && !isTensorLayer(call)
        || call.name == "dropout" && call.path.contains("lasagne")
        || call.path == ["layers", "dropout"] && call.value(named: ["p", "rescale"]) != nil
    },
    read: { call, _ throws(DropoutReadingError) in
      let rescales = call.value(named: ["rescale"]) ?? call.value(at: 2)
      // The layer before it comes first; a number alone is one of another library.
      if let text = call.value(at: 0), CodeNumber(text).given != nil {
        throw .unknownArgument(name: text, call: call.path.joined(separator: "."))
      }
      let isNamed = call.path.contains("lasagne") || call.value(named: ["p", "rescale"]) != nil
      return Found(
        frameworks: [.lasagne], number: .drop,
        text: try number(of: call, named: ["p"], at: 1, otherwise: "0.5"),
        effect: .variant(rescales == "False" ? .unscaled : .inverted),
        remarks: rescales == "False" ? ["rescale=False scales nothing, ever."] : [],
        isDoubtful: !isNamed && call.value(at: 1) != nil)
    })

  private static func isTensorLayer(_ call: CodeCall) -> Bool {
    call.path.contains { ["tl", "tensorlayer"].contains($0) }
  }

  static let tensorLayer = DropoutRule(
    matches: { call, _ in
      call.name == "DropoutLayer"
        || call.name == "Dropout" && isTensorLayer(call) && call.path.count > 2
    },
    read: { call, _ throws(DropoutReadingError) in
      let isLayer = call.name == "DropoutLayer"
      guard let text = call.value(named: ["keep"]) ?? call.value(at: isLayer ? 1 : 0) else {
        return nil
      }
      // Where the probability is not fixed, it is fed, so that dropout can still be left out.
      let isFixed = (call.value(named: ["is_fix"]) ?? call.value(at: 2)) == "True"
      let given = call.value(named: ["is_train"]) ?? call.value(at: 3)
      let flag = DropoutFlag(
        name: "is_train", standard: isFixed ? true : nil, remedy: "Give is_train=is_train.")
      let (effect, remarks) = flag.effect(
        of: .inverted, given: isLayer && (isFixed || given == "False") ? given : nil)
      return Found(
        frameworks: [.tensorLayer], number: .keep, text: text,
        effect: isLayer ? effect : .variant(.inverted), remarks: isLayer ? remarks : [])
    })

  static let chainer = DropoutRule(
    matches: { call, _ in
      call.name == "dropout"
        && (call.path.contains("chainer")
          || call.path.contains { ["F", "functions"].contains($0) }
            && call.value(named: ["ratio", "train"]) != nil)
    },
    read: { call, _ throws(DropoutReadingError) in
      let flag = DropoutFlag(name: "train", remedy: "Only Chainer 1 has it.")
      let (effect, remarks) = flag.effect(
        of: .inverted, given: call.value(named: ["train"]) ?? call.value(at: 2))
      return Found(
        frameworks: [.chainer], number: .drop,
        text: try number(of: call, named: ["ratio"], at: 1, otherwise: "0.5"), effect: effect,
        remarks: remarks)
    })
}
