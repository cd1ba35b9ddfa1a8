import DropoutEngine

/// Masks that are made by hand.
extension DropoutRule {
  static let bernoulli = DropoutRule(
    matches: { call, _ in ["bernoulli", "binomial"].contains(call.name) },
    read: { call, line in
      let isJAX = call.name == "bernoulli"
      guard let text = call.value(named: ["p"]) ?? call.value(at: 1),
        isJAX || call.value(at: 0) == "1"
      else { return nil }
      return Found(
        frameworks: isJAX ? [.jax] : [], number: .keep, text: text,
        variant: line.contains("/") ? .inverted : .unscaled, remarks: byHand(line))
    })

  static let uniform = DropoutRule(
    matches: { call, line in
      ["rand", "random", "uniform", "rand_like"].contains(call.name)
        && line.contains { "<>".contains($0) }
    },
    read: { call, line in
      guard let sign = line.lastIndex(where: { "<>".contains($0) }) else { return nil }
      let rest = line[line.index(after: sign)...].drop { $0 == "=" || $0 == " " }
      let text = String(rest.prefix { $0.isNumber || $0.isLetter || "._".contains($0) })
      guard !text.isEmpty else { return nil }
      return Found(
        frameworks: [], number: line[sign] == "<" ? .keep : .drop, text: text,
        variant: line.contains("/") ? .inverted : .unscaled, remarks: byHand(line))
    })

  private static func byHand(_ line: String) -> [String] {
    line.contains("/")
      ? ["A mask made by hand, which is 1 where a unit is kept."]
      : [
        "A mask made by hand, which is 1 where a unit is kept. This line scales nothing: where no "
          + "other line does, the network is tested on sums that are too large."
      ]
  }

  static let scikitLearn = DropoutRule(
    matches: { call, _ in ["MLPClassifier", "MLPRegressor"].contains(call.name) },
    read: { _, _ in
      Found(frameworks: [.scikitLearn], number: nil, text: "", variant: .none)
    })
}
