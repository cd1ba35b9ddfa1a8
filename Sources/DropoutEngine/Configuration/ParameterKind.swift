/// A text that a parameter does not take.
struct ParameterRefusal: Error {
  /// The refused part of the text.
  let text: String
  /// The values that would be taken, where the words of its kind do not say it best.
  var expected: String?

  init(_ text: String, expected: String? = nil) {
    self.text = text
    self.expected = expected
  }
}

/// A kind of value: how it is read from text, and written as text that reads as the same value.
struct ParameterKind<Value: Sendable>: Sendable {
  /// The name of the value in help; nil where the name alone is a value.
  var valueName: String?
  /// The values that it takes, in words.
  var range: String
  /// The words of a refusal, where they differ from `range`.
  var expected: String?
  /// The names that it takes, where it takes names.
  var choices: [String] = []
  /// Whether negative numbers are among the values: their `-` looks like an option's.
  var takesNegativeNumbers = false
  let read: @Sendable (String) throws(ParameterRefusal) -> Value
  let text: @Sendable (Value) -> String

  /// A kind that takes whatever `read` makes a value of.
  init(
    _ valueName: String?, _ range: String, choices: [String] = [],
    read: @escaping @Sendable (String) -> Value?, text: @escaping @Sendable (Value) -> String
  ) {
    self.init(valueName, range, choices: choices, text: text) { (text) throws(ParameterRefusal) in
      guard let value = read(text) else { throw ParameterRefusal(text) }
      return value
    }
  }

  /// A kind whose `read` says itself what is refused.
  init(
    _ valueName: String?, _ range: String, choices: [String] = [],
    text: @escaping @Sendable (Value) -> String,
    reading read: @escaping @Sendable (String) throws(ParameterRefusal) -> Value
  ) {
    self.valueName = valueName
    self.range = range
    self.choices = choices
    self.read = read
    self.text = text
  }

  /// The same kind with other words for the values that it takes.
  func described(_ range: String, expected: String? = nil, valueName: String? = nil)
    -> ParameterKind
  {
    var kind = self
    kind.range = range
    kind.expected = expected ?? self.expected
    kind.valueName = valueName ?? self.valueName
    return kind
  }

  /// The same kind, or a word for no value.
  func orNone(_ none: String, range: String? = nil) -> ParameterKind<Value?> {
    let kind = self
    var optional = ParameterKind<Value?>(
      valueName, range ?? "\(self.range), or \(none)", choices: choices,
      text: { $0.map(kind.text) ?? none },
      reading: { (text) throws(ParameterRefusal) in
        text == none ? nil : try kind.read(text)
      })
    optional.expected = expected
    optional.takesNegativeNumbers = takesNegativeNumbers
    return optional
  }

  /// Several values of this kind between commas; a refusal names the part.
  func list() -> ParameterKind<[Value]> {
    let kind = self
    var list = ParameterKind<[Value]>(
      valueName.map { "\($0)[,\($0)…]" }, range, choices: choices,
      text: { ParameterText.clearList($0.map(kind.text).joined(separator: ",")) },
      reading: { (text) throws(ParameterRefusal) in
        var values: [Value] = []
        for part in ParameterText.list(text) {
          // Nobody writes 001 for 1: these are the decimals of 0,001.
          guard !ParameterText.hasNeedlessZero(part) else { throw .init(text) }
          values.append(try kind.read(part))
        }
        return values
      })
    list.expected = expected ?? range
    list.takesNegativeNumbers = takesNegativeNumbers
    return list
  }
}

extension ParameterKind where Value: Equatable {
  /// One value of this kind for all layers, or one for each.
  func perLayer(_ layers: String = "layers") -> ParameterKind<PerLayer<Value>> {
    let list = list()
    var kind = ParameterKind<PerLayer<Value>>(
      list.valueName, "\(range); one for all \(layers), or one for each", choices: choices,
      text: { list.text($0.values) },
      reading: { (text) throws(ParameterRefusal) in
        PerLayer(values: try list.read(text))
      })
    kind.expected = list.expected
    kind.takesNegativeNumbers = takesNegativeNumbers
    return kind
  }
}

extension ParameterKind<Double> {
  /// A number in a range.
  static func number(
    _ range: String, in isAllowed: @escaping @Sendable (Double) -> Bool
  ) -> ParameterKind {
    var kind = ParameterKind(
      "NUMBER", range, read: { ParameterText.number($0).flatMap { isAllowed($0) ? $0 : nil } },
      text: ParameterText.text)
    kind.takesNegativeNumbers = isAllowed(-1) || isAllowed(-0x1p-20)
    return kind
  }
}

extension ParameterKind<Int> {
  /// A whole number in a range.
  static func count(_ range: ClosedRange<Int>) -> ParameterKind {
    ParameterKind(
      "COUNT", "a whole number, \(range.lowerBound) to \(range.upperBound)",
      read: { Int($0).flatMap { range.contains($0) ? $0 : nil } }, text: { String($0) })
  }
}

extension ParameterKind where Value: NamedChoice {
  /// One of a few names.
  static var choice: ParameterKind {
    let names = Value.allCases.map(\.rawValue)
    return ParameterKind(
      "NAME", "one of " + names.joined(separator: ", "), choices: names,
      read: { Value(rawValue: $0) }, text: \.rawValue)
  }
}

extension ParameterKind<String> {
  /// Text that is taken as it is, such as a path, but for none at all.
  static func text(_ valueName: String) -> ParameterKind {
    ParameterKind(valueName, "text", read: { $0.isEmpty ? nil : $0 }, text: { $0 })
      .described("text", expected: "a name that is not empty")
  }
}

extension ParameterKind<UInt64> {
  /// A seed.
  static var seed: ParameterKind {
    ParameterKind(
      "SEED", "a whole number, 0 to 9007199254740991",
      read: { UInt64($0).flatMap { $0 < 1 << 53 ? $0 : nil } }, text: { String($0) })
  }
}

extension ParameterKind<Bool> {
  /// On or off, as `value` and its opposite; without a value it means on.
  static func flag(_ value: Bool = true) -> ParameterKind {
    ParameterKind(
      nil, "yes or no", choices: ["yes", "no"],
      read: { $0 == "yes" ? value : $0 == "no" ? !value : nil },
      text: { $0 == value ? "yes" : "no" })
  }
}
