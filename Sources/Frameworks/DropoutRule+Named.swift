import DropoutEngine

/// Frameworks that the name of the call tells, or of an argument.
extension DropoutRule {
  static let paddle1 = DropoutRule(
    matches: { call, _ in call.path.contains("fluid") && call.name.lowercased() == "dropout" },
    read: { call, _ throws(DropoutReadingError) in
      let isFunction = call.name == "dropout"
      guard
        let text = call.value(named: ["dropout_prob", "p"]) ?? call.value(at: isFunction ? 1 : 0)
      else { return nil }
      let scales = call.value(named: ["dropout_implementation"])?.contains("upscale") ?? false
      let flag = DropoutFlag(name: "is_test", on: false)
      let (effect, remarks) = flag.effect(
        of: scales ? .inverted : .classic,
        given: isFunction ? call.value(named: ["is_test"]) ?? call.value(at: 2) : nil)
      return Found(
        frameworks: [.paddle1], number: .drop, text: text, effect: effect, remarks: remarks)
    })

  static let paddle2 = DropoutRule(
    matches: { call, _ in
      call.name.lowercased().hasPrefix("dropout")
        && (call.path.contains("paddle")
          || call.value(named: ["mode"])?.contains("scale_in_") ?? false)
    },
    read: { call, _ throws(DropoutReadingError) in
      let isFunction = call.name.hasPrefix("d")
      let isPlain = call.name == "dropout"
      let flag = DropoutFlag(
        name: "training", standard: isFunction ? true : nil, remedy: "Give training=self.training.")
      let given = call.value(named: ["training"]) ?? call.value(at: isPlain ? 3 : 2)
      let (effect, remarks) = flag.effect(
        of: call.value(named: ["mode"])?.contains("downscale") ?? false ? .classic : .inverted,
        given: isFunction ? given : nil)
      return Found(
        frameworks: [.paddle2], number: .drop,
        text: try number(of: call, named: ["p"], at: isFunction ? 1 : 0, otherwise: "0.5"),
        effect: effect, remarks: channels(call) + remarks)
    })

  static let mindSpore = DropoutRule(
    matches: { call, _ in
      call.name.lowercased() == "dropout"
        && (call.path.contains("mindspore")
          || call.name == "Dropout" && call.value(named: ["keep_prob"]) != nil
            && !call.path.contains { ["tf", "keras", "layers", "torch"].contains($0) })
    },
    read: { call, _ throws(DropoutReadingError) in
      if call.name == "dropout" {
        let flag = DropoutFlag(
          name: "training", standard: true, remedy: "Give training=self.training.")
        let (effect, remarks) = flag.effect(
          of: .inverted, given: call.value(named: ["training"]) ?? call.value(at: 2))
        return Found(
          frameworks: [.mindSpore], number: .drop,
          text: try number(of: call, named: ["p"], at: 1, otherwise: "0.5"), effect: effect,
          remarks: remarks)
      }
      // Its mint is written as PyTorch is.
      if call.path.contains("mint") || call.value(named: ["p"]) != nil {
        return Found(frameworks: [.mindSpore], number: .drop, text: try moduleNumber(call))
      }
      return Found(
        frameworks: [.mindSpore], number: .keep,
        text: try moduleNumber(call, named: ["keep_prob"]))
    })

  static let haiku = DropoutRule(
    matches: { call, _ in
      call.name == "dropout" && call.path.contains { ["hk", "haiku"].contains($0) }
    },
    read: { call, _ throws(DropoutReadingError) in
      (call.value(named: ["rate"]) ?? call.value(at: 1)).map {
        Found(frameworks: [.haiku], number: .drop, text: $0)
      }
    })

  /// Stax keeps with what it calls rate.
  static let stax = DropoutRule(
    matches: { call, _ in call.name == "Dropout" && call.path.contains("stax") },
    read: { call, _ throws(DropoutReadingError) in
      guard let text = call.value(named: ["rate"]) ?? call.value(at: 0) else { return nil }
      let mode = call.value(named: ["mode"]) ?? call.value(at: 1)
      let isTest = mode?.filter { $0.isLetter } == "test" && mode != "test"
      return Found(
        frameworks: [.stax], number: .keep, text: text,
        effect: .variant(isTest ? .none : .inverted),
        remarks: isTest ? ["mode='test' is fixed, so this drops nothing, ever."] : [])
    })

  static let flax = DropoutRule(
    matches: { call, _ in
      isModule(call)
        && (call.path.contains { ["flax", "nnx", "linen"].contains($0) }
          || (call.arguments + call.following).contains {
            ["deterministic", "rngs"].contains($0.name)
          } || call.path.contains("nn") && call.following.value(at: 1) != nil
          || call.path == ["nn", "Dropout"] && call.value(named: ["rate"]) != nil)
    },
    read: { call, _ throws(DropoutReadingError) in
      // The layer of nnx takes the mode of its model, whatever it was made with.
      let isNNX = call.path.contains("nnx") || call.value(named: ["rngs"]) != nil
      let made = isNNX ? nil : call.value(named: ["deterministic"])
      let flag = DropoutFlag(
        name: "deterministic", on: false, remedy: "Give deterministic=not train.")
      let (effect, remarks) = flag.effect(
        of: .inverted,
        given: call.following.value(named: ["deterministic"]) ?? call.following.value(at: 1)
          ?? made)
      return Found(
        frameworks: [.flax], number: .drop,
        text: try moduleNumber(call, named: ["rate"], otherwise: nil), effect: effect,
        remarks: remarks)
    })

  static let equinox = DropoutRule(
    matches: { call, _ in
      isModule(call) && call.path.contains { ["eqx", "equinox"].contains($0) }
    },
    read: { call, _ throws(DropoutReadingError) in
      let flag = DropoutFlag(
        name: "inference", on: false, remedy: "Leave it out, and use eqx.nn.inference_mode.")
      let (effect, remarks) = flag.effect(
        of: .inverted,
        given: call.following.value(named: ["inference"])
          ?? (call.value(named: ["inference"]) ?? call.value(at: 1)).flatMap {
            $0 == "False" ? nil : $0
          })
      return Found(
        frameworks: [.equinox], number: .drop, text: try moduleNumber(call, named: ["p"]),
        effect: effect, remarks: remarks)
    })

  static let mlx = DropoutRule(
    matches: { call, _ in isModule(call) && call.path.contains("mlx") },
    read: { call, _ throws(DropoutReadingError) in
      Found(
        frameworks: [.mlx], number: .drop, text: try moduleNumber(call, named: ["p"]),
        remarks: channels(call))
    })

  static let deepLearning4J = DropoutRule(
    matches: { call, _ in call.name == "dropOut" },
    read: { call, _ throws(DropoutReadingError) in
      call.value(at: 0).map { Found(frameworks: [.deepLearning4J], number: .keep, text: $0) }
    })

  static let matlab = DropoutRule(
    matches: { call, _ in call.name == "dropoutLayer" },
    read: { call, _ throws(DropoutReadingError) in
      Found(
        frameworks: [.matlab], number: .drop,
        text: try number(of: call, named: ["Probability"], at: 0, otherwise: "0.5"))
    })

  static let caffe = DropoutRule(
    matches: { call, _ in call.value(named: ["dropout_ratio"]) != nil },
    read: { call, _ throws(DropoutReadingError) in
      // Blanks alone may part its fields, and some of its forks can leave the factor to the test.
      let fields = call.value(named: ["dropout_ratio"]).map { $0.split(separator: " ") } ?? []
      let isClassic =
        call.value(named: ["scale_train"]) == "false"
        || fields.dropFirst() == ["scale_train:", "false"]
      return fields.first.map {
        Found(
          frameworks: [.caffe], number: .drop, text: String($0),
          effect: .variant(isClassic ? .classic : .inverted))
      }
    })

  static let convNetJS = DropoutRule(
    matches: { call, line in
      call.value(named: ["drop_prob"]) != nil && call.value(named: ["type"]) != nil
    },
    read: { call, _ throws(DropoutReadingError) in
      call.value(named: ["drop_prob"]).map {
        Found(
          frameworks: [.convNetJS], number: .drop, text: $0,
          effect: .variant($0 == "0.5" ? .classic : .keepDropSwapped))
      }
    })
}
