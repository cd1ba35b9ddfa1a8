/// The value of a part of a condition.
enum ConditionResult: Equatable {
  case truth(Bool)
  case number(Double)
  case word(String)
  case waiting
  case absent(String)

  /// Whether there is a value.
  fileprivate var isKnown: Bool {
    switch self {
    case .truth, .number, .word: true
    case .waiting, .absent: false
    }
  }
}

extension ConditionNode {
  /// The value.
  func result(_ values: LessonValues) -> ConditionResult {
    switch self {
    case .truth(let holds): return .truth(holds)
    case .number(let number): return .number(number)
    case .word(let word): return .word(word)
    case .quantity(let name): return ConditionNode.result(values.now(name), name)
    case .since(let name): return ConditionNode.result(values.since(name), name)
    case .before(let name): return ConditionNode.result(values.before(name), name)
    case .absolute(let part):
      let result = part.result(values)
      if case .number(let number) = result { return .number(number.magnitude) }
      return result
    case .negative(let part):
      let result = part.result(values)
      if case .number(let number) = result { return .number(-number) }
      return result
    case .not(let part):
      let result = part.result(values)
      if case .truth(let holds) = result { return .truth(!holds) }
      return result
    case .binary(let operation, let first, let second):
      return operation.applied(to: first.result(values), second.result(values))
    }
  }

  private static func result(_ value: LessonValue, _ name: String) -> ConditionResult {
    switch value {
    case .number(let number): .number(number)
    case .word(let word): .word(word)
    case .waiting: .waiting
    case .absent: .absent(name)
    }
  }

  /// The value, where it depends on no quantity; nil where it does.
  var constant: ConditionResult? {
    names.isEmpty ? result(LessonValues(now: { _ in .absent })) : nil
  }

  /// The names of all quantities.
  var names: [String] {
    switch self {
    case .truth, .number, .word: []
    case .quantity(let name), .since(let name), .before(let name): [name]
    case .absolute(let part), .negative(let part), .not(let part): part.names
    case .binary(_, let first, let second): first.names + second.names
    }
  }

  /// The quantities whose earlier values are needed.
  var earlier: EarlierNames {
    switch self {
    case .truth, .number, .word, .quantity: EarlierNames()
    case .since(let name): EarlierNames(since: [name])
    case .before(let name): EarlierNames(before: [name])
    case .absolute(let part), .negative(let part), .not(let part): part.earlier
    case .binary(_, let first, let second): first.earlier.union(second.earlier)
    }
  }
}

extension ConditionOperator {
  /// The value of both parts together; a part that is not known decides nothing where the other one
  /// decides alone.
  func applied(to first: ConditionResult, _ second: ConditionResult) -> ConditionResult {
    switch (self, first, second) {
    case (.and, .truth(false), _), (.and, _, .truth(false)): return .truth(false)
    case (.or, .truth(true), _), (.or, _, .truth(true)): return .truth(true)
    default: break
    }
    guard first.isKnown else { return first }
    guard second.isKnown else { return second }
    switch (first, second) {
    case (.truth(let first), .truth(let second)):
      return .truth(self == .and ? first && second : first || second)
    case (.word(let first), .word(let second)):
      return .truth((first == second) == (self == .equal))
    case (.number(let first), .number(let second)): return applied(to: first, second)
    default: preconditionFailure("\(first) \(rawValue) \(second)")
    }
  }

  private func applied(to first: Double, _ second: Double) -> ConditionResult {
    // Numbers are written in decimals: what differs by rounding is the same.
    let isSame = abs(first - second) <= 1e-9 * max(1, first.magnitude, second.magnitude)
    return switch self {
    case .plus: .number(first + second)
    case .minus: .number(first - second)
    case .times: .number(first * second)
    case .divided: .number(first / second)
    case .less: .truth(first < second && !isSame)
    case .more: .truth(first > second && !isSame)
    case .lessOrEqual: .truth(first <= second || isSame)
    case .moreOrEqual: .truth(first >= second || isSame)
    case .equal: .truth(isSame)
    case .unequal: .truth(!isSame)
    case .or, .and: preconditionFailure("\(first) \(rawValue) \(second)")
    }
  }
}
