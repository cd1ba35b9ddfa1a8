import DropoutEngine

/// Layers of the same name in several frameworks.
extension DropoutRule {
  static let keras = DropoutRule(
    matches: { call, line in
      isModule(call)
        && (call.path.contains { ["keras", "layers", "tf"].contains($0) }
          || call.value(named: ["rate"]) != nil || call.name.hasSuffix("D")
          || call.name == "GaussianDropout")
    },
    read: { call, line in
      let isOn = line.filter { $0 != " " }.contains(")(") && line.contains("training=True")
      return Found(
        frameworks: [.keras], number: .drop, text: moduleNumber(call),
        variant: call.name == "GaussianDropout" ? .gaussian : isOn ? .leftOnAtTest : .inverted,
        remarks: channels(call) + (isOn ? ["training=True leaves it on at test."] : []))
    })

  static let functional = DropoutRule(
    matches: { call, _ in
      call.name == "dropout" && call.path.contains { ["F", "functional", "torch"].contains($0) }
    },
    read: { call, _ in
      let isTorch = call.path == ["torch", "dropout"]
      let training = call.value(named: ["training", "train"]) ?? call.value(at: 2)
      let isOn = training == "True" || training == nil && !isTorch
      let why =
        training == nil
        ? "Without training=self.training it drops at test too." : "It drops at test too."
      return Found(
        frameworks: [.pyTorch], number: .drop,
        text: call.value(named: ["p"]) ?? call.value(at: 1) ?? "0.5",
        variant: isOn ? .leftOnAtTest : .inverted, remarks: isOn ? [why] : [])
    })

  static let torch7 = DropoutRule(
    matches: { call, line in
      call.name == "Dropout" && (line.contains(":add(") || call.value(at: 1) == "true")
    },
    read: { call, _ in
      Found(
        frameworks: [.torch7], number: .drop, text: moduleNumber(call),
        variant: call.value(at: 1) == "true" ? .classic : .inverted)
    })

  static let module = DropoutRule(
    matches: { call, _ in isModule(call) },
    read: { call, _ in
      let isPlain = call.name == "Dropout"
      var remarks = channels(call)
      if isPlain, call.value(named: ["p"]) == nil {
        remarks.append("Only in MindSpore such a number is the probability to keep.")
      }
      let isNamed = call.path.contains { ["nn", "torch"].contains($0) }
      return Found(
        frameworks: isPlain
          ? (isNamed ? [.pyTorch, .mlx, .flax] : [.pyTorch, .keras]) : [.pyTorch],
        number: .drop, text: moduleNumber(call), remarks: remarks)
    })

  /// The ways of layers that drop more, or otherwise, than single units.
  static func channels(_ call: CodeCall) -> [String] {
    if call.name.contains("Alpha") {
      return [
        "Alpha dropout sets units to a negative value and rescales them, to keep mean and variance "
          + "of SELU networks. It has no variant here; the number means the same."
      ]
    }
    let last = call.name.last ?? " "
    guard call.name.contains("Spatial") || last == "d" else { return [] }
    return ["It drops whole channels: one multiplier for all values of a channel."]
  }
}
