import DropoutEngine

/// Frameworks that the name of the call tells, or of an argument.
extension DropoutRule {
  static let paddle1 = DropoutRule(
    matches: { call, _ in call.path.contains("fluid") && call.name.lowercased() == "dropout" },
    read: { call, _ in
      let isFunction = call.name == "dropout"
      guard
        let text = call.value(named: ["dropout_prob", "p"]) ?? call.value(at: isFunction ? 1 : 0)
      else { return nil }
      let scales = call.value(named: ["dropout_implementation"])?.contains("upscale") ?? false
      return Found(
        frameworks: [.paddle1], number: .drop, text: text, variant: scales ? .inverted : .classic)
    })

  static let paddle2 = DropoutRule(
    matches: { call, _ in
      call.name.lowercased().hasPrefix("dropout")
        && (call.path.contains("paddle")
          || call.value(named: ["mode"])?.contains("scale_in_") ?? false)
    },
    read: { call, _ in
      let place = call.name.hasPrefix("d") ? 1 : 0
      let isClassic = call.value(named: ["mode"])?.contains("downscale") ?? false
      return Found(
        frameworks: [.paddle2], number: .drop,
        text: call.value(named: ["p"]) ?? call.value(at: place) ?? "0.5",
        variant: isClassic ? .classic : .inverted)
    })

  static let mindSpore = DropoutRule(
    matches: { call, _ in
      call.name.lowercased() == "dropout"
        && (call.path.contains("mindspore")
          || call.name == "Dropout" && call.value(named: ["keep_prob"]) != nil)
    },
    read: { call, _ in
      if call.name == "dropout" {
        let text = call.value(named: ["p"]) ?? call.value(at: 1) ?? "0.5"
        return Found(frameworks: [.mindSpore], number: .drop, text: text)
      }
      if let drop = call.value(named: ["p"]) {
        return Found(frameworks: [.mindSpore], number: .drop, text: drop)
      }
      let text = call.value(named: ["keep_prob"]) ?? call.value(at: 0) ?? "0.5"
      return Found(frameworks: [.mindSpore], number: .keep, text: text)
    })

  private static func isTensorFlowFunction(_ call: CodeCall) -> Bool {
    call.path.suffix(2) == ["nn", "dropout"] && call.path.first != "torch"
  }

  static let tensorFlowKeep = DropoutRule(
    matches: { call, _ in isTensorFlowFunction(call) && call.value(named: ["rate"]) == nil },
    read: { call, _ in
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
    read: { call, _ in
      (call.value(named: ["rate"]) ?? call.value(at: 1)).map {
        Found(frameworks: [.tensorFlow2], number: .drop, text: $0)
      }
    })

  static let tensorFlowLayers = DropoutRule(
    matches: { call, _ in call.path.suffix(2) == ["layers", "dropout"] },
    read: { call, _ in
      var remarks: [String] = []
      if call.value(named: ["training"]) == nil {
        remarks.append("It drops nothing unless training=True is given: False is its default.")
      }
      return Found(
        frameworks: [.tensorFlow1], number: .drop,
        text: call.value(named: ["rate"]) ?? call.value(at: 1) ?? "0.5", remarks: remarks)
    })

  static let wrapper = DropoutRule(
    matches: { call, _ in call.name == "DropoutWrapper" },
    read: { call, _ in
      call.value(named: ["input_keep_prob", "output_keep_prob", "state_keep_prob"]).map {
        Found(frameworks: [.tensorFlow1], number: .keep, text: $0)
      }
    })

  static let haiku = DropoutRule(
    matches: { call, _ in
      call.name == "dropout" && call.path.contains { ["hk", "haiku"].contains($0) }
    },
    read: { call, _ in
      (call.value(named: ["rate"]) ?? call.value(at: 1)).map {
        Found(frameworks: [.haiku], number: .drop, text: $0)
      }
    })

  private static func named(_ words: [String], as framework: Framework) -> DropoutRule {
    DropoutRule(
      matches: { call, _ in isModule(call) && call.path.contains { words.contains($0) } },
      read: { call, _ in
        Found(frameworks: [framework], number: .drop, text: moduleNumber(call))
      })
  }

  static let flax = named(["flax", "nnx", "linen"], as: .flax)
  static let equinox = named(["eqx", "equinox"], as: .equinox)
  static let mlx = named(["mlx"], as: .mlx)

  static let deepLearning4J = DropoutRule(
    matches: { call, _ in call.name == "dropOut" },
    read: { call, _ in
      call.value(at: 0).map { Found(frameworks: [.deepLearning4J], number: .keep, text: $0) }
    })

  static let matlab = DropoutRule(
    matches: { call, _ in call.name == "dropoutLayer" },
    read: { call, _ in
      Found(frameworks: [.matlab], number: .drop, text: call.value(at: 0) ?? "0.5")
    })

  static let caffe = DropoutRule(
    matches: { call, line in line.contains("dropout_ratio") },
    read: { call, _ in
      call.value(named: ["dropout_ratio"]).map {
        Found(frameworks: [.caffe], number: .drop, text: $0)
      }
    })

  static let convNetJS = DropoutRule(
    matches: { call, line in
      call.value(named: ["drop_prob"]) != nil && call.value(named: ["type"]) != nil
    },
    read: { call, _ in
      call.value(named: ["drop_prob"]).map {
        Found(
          frameworks: [.convNetJS], number: .drop, text: $0,
          variant: $0 == "0.5" ? .classic : .keepDropSwapped)
      }
    })
}
