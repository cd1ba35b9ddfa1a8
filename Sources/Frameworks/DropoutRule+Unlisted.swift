import DropoutEngine

/// Libraries that have no row in the table of frameworks, and a call that does not say whose it is.
extension DropoutRule {
  /// MXNet, whose layer and functions share their names.
  static let mxNet = DropoutRule(
    matches: { call, _ in
      call.name.lowercased() == "dropout"
        && call.path.contains { ["mx", "mxnet", "gluon", "npx"].contains($0) }
    },
    read: { call, _ throws(DropoutReadingError) in
      let isLayer = call.path.contains("gluon") || call.path.contains("nn")
      let isAlways = call.value(named: ["mode"])?.contains("always") ?? false
      return Found(
        frameworks: [], number: .drop,
        // The layer of Gluon has no usual number, the functions have one.
        text: try number(
          of: call, named: ["p", "rate"], at: isLayer ? 0 : 1, otherwise: isLayer ? nil : "0.5"),
        effect: .variant(isAlways ? .leftOnAtTest : .inverted),
        remarks: [
          isAlways
            ? "This is MXNet; mode='always' drops at test too."
            : "This is MXNet, which drops within autograd.record() alone."
        ])
    })

  /// The layer and the function of CNTK; the layer takes the probability to keep as well.
  static let cntk = DropoutRule(
    matches: { call, _ in
      call.name.lowercased() == "dropout" && ["C", "cntk"].contains(call.path.first)
    },
    read: { call, _ throws(DropoutReadingError) in
      let remarks = ["This is CNTK, which drops in training alone."]
      if let keep = call.value(named: ["keep_prob"]) {
        return Found(frameworks: [], number: .keep, text: keep, remarks: remarks)
      }
      return Found(
        frameworks: [], number: .drop,
        text: try number(
          of: call, named: ["dropout_rate"], at: call.name == "Dropout" ? 0 : 1, otherwise: nil),
        remarks: remarks)
    })

  /// The function of Julia's Flux, which is told nothing of training.
  static let flux = DropoutRule(
    matches: { call, _ in
      call.name == "dropout" && call.path.contains { ["Flux", "NNlib"].contains($0) }
    },
    read: { call, _ throws(DropoutReadingError) in
      // A random number generator may stand before what is dropped from.
      let text = call.value(at: 2) ?? call.value(at: 1)
      let isActive = call.value(named: ["active"]) ?? "true"
      return text.map {
        Found(
          frameworks: [], number: .drop, text: $0,
          effect: .variant(
            isActive == "true" ? .leftOnAtTest : isActive == "false" ? .none : .inverted),
          remarks: isActive == "true"
            ? [
              "Flux.dropout and NNlib.dropout drop whenever they are called. The layer Dropout is "
                + "switched off in testing."
            ] : [])
      }
    })

  /// torch in R, which is PyTorch with other names.
  static let torchR = DropoutRule(
    matches: { call, _ in ["nn_dropout", "nn_dropout2d", "nn_dropout3d"].contains(call.name) },
    read: { call, _ throws(DropoutReadingError) in
      Found(
        frameworks: [], number: .drop, text: try moduleNumber(call, named: ["p"]),
        remarks: ["This is torch in R, whose layers are those of PyTorch."] + channels(call))
    })

  /// A function that was imported by its name, whose number is called rate.
  static let bareRate = DropoutRule(
    matches: { call, _ in call.path == ["dropout"] && call.value(named: ["rate"]) != nil },
    read: { call, _ throws(DropoutReadingError) in
      call.value(named: ["rate"]).map {
        Found(
          frameworks: [], number: .drop, text: $0,
          remarks: [
            "The line does not say whose function this is. TensorFlow 2, tf.layers and Haiku call "
              + "their drop probability rate."
          ])
      }
    })
}
