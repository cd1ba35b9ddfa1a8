public import DropoutEngine

/// A line's effect on a unit, in training and at test.
public enum DropoutEffect: Equatable, Sendable {
  /// It trains and tests by a variant; `none` where it never drops.
  case variant(Variant)
  /// It does in training and at test what the variant does in one of them.
  case always(inTraining: Bool, Variant)
  /// In training a kept unit is multiplied by a factor that is neither 1 nor 1/p; at test by 1.
  case factor(Double)
  /// In training a kept unit is divided by something whose value the line does not tell.
  case divided(by: String)
  /// In training a dropped unit gets a value below 0, and all are rescaled: no factor says it.
  case alpha
  /// Everything is dropped in training, and at test as well or not: p is 0.
  case dropsAll(atTest: Bool)
}

/// An argument that says whether dropout is on: `training=self.training`, `deterministic=True`.
struct DropoutFlag: Sendable {
  /// The name.
  let name: String
  /// The value with which dropout is on.
  var on = true
  /// The value where the line has none; nil where the mode of the model decides.
  var standard: Bool?
  /// The way to let it follow the mode of the model, in a sentence.
  var remedy = ""

  /// The effect of a variant with the flag, and remarks about it.
  func effect(
    of variant: Variant, given text: String?
  ) -> (effect: DropoutEffect, remarks: [String]) {
    guard let value = text.map(Self.constant) ?? standard else { return (.variant(variant), []) }
    let isOn = value == on
    let cause =
      text == nil
      ? "\(name) is \(value ? "True" : "False") where the line does not say otherwise"
      : "\(name)=\(value ? "True" : "False") is fixed"
    let remark =
      isOn
      ? "\(cause), so this drops at test too." : "\(cause), so this drops nothing, ever."
    return (
      Self.fixed(variant, isOn: isOn), [remark + (remedy.isEmpty ? "" : " " + remedy)]
    )
  }

  /// The value of a constant; nil for a name or an expression, which may change.
  private static func constant(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "1": true
    case "false", "0": false
    default: nil
    }
  }

  private static func fixed(_ variant: Variant, isOn: Bool) -> DropoutEffect {
    switch (variant, isOn) {
    case (.inverted, true): .variant(.leftOnAtTest)
    case (.inverted, false), (.gaussian, false): .variant(.none)
    default: .always(inTraining: isOn, variant)
    }
  }
}
