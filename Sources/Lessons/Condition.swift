/// A condition on the quantities of the network on the screen, such as `abs(ratio - 2) < 0.1`.
///
/// It is made of numbers, quantities, `+ - * /`, `abs()`, `since()`, `before()`, `< <= > >= = !=`,
/// `and`, `or`, `not` and parentheses. A word such as `classic` stands for itself beside a quantity
/// whose values are words.
public struct Condition: Equatable, Sendable {
  /// The text that it was read from.
  public let text: String
  let root: ConditionNode

  /// A condition that always holds, or never does.
  public init(_ holds: Bool) {
    (text, root) = (holds ? "true" : "false", .truth(holds))
  }

  init(text: String, root: ConditionNode) {
    (self.text, self.root) = (text, root)
  }

  /// A decision on a condition.
  public enum Decision: Equatable, Sendable {
    /// It holds.
    case holds
    /// It does not hold.
    case fails
    /// A quantity is being measured, and decides.
    case waiting
    /// A quantity has no value here, and decides.
    case absent(String)
  }

  /// Decides it.
  ///
  /// - Parameter values: the values of quantities.
  /// - Returns: the decision.
  public func decide(_ values: LessonValues) -> Decision {
    switch root.result(values) {
    case .truth(let holds): holds ? .holds : .fails
    case .waiting: .waiting
    case .absent(let name): .absent(name)
    case .number, .word: preconditionFailure("'\(text)' is no condition")
    }
  }

  /// The quantities whose earlier values it needs.
  public var earlier: EarlierNames { root.earlier }

  /// The names of all quantities in it.
  public var names: [String] { root.names }

  /// Whether it holds, where that depends on no quantity; nil where it does.
  var constant: Bool? {
    guard case .truth(let holds)? = root.constant else { return nil }
    return holds
  }
}

/// A computation on quantities, such as `1/keep`, or a quantity whose value is a word.
public struct Expression: Equatable, Sendable {
  /// The text that it was read from.
  public let text: String
  let root: ConditionNode

  init(text: String, root: ConditionNode) {
    (self.text, self.root) = (text, root)
  }

  /// The names of all quantities in it.
  public var names: [String] { root.names }

  /// Its value.
  public func value(_ values: LessonValues) -> LessonValue {
    switch root.result(values) {
    case .number(let number): .measured(number)
    case .word(let word): .word(word)
    case .waiting: .waiting
    case .absent: .absent
    case .truth: preconditionFailure("'\(text)' is a condition")
    }
  }

  /// The quantities whose earlier values it needs.
  public var earlier: EarlierNames { root.earlier }
}

/// The values of quantities, now and earlier.
public struct LessonValues {
  /// The value now.
  public var now: (String) -> LessonValue
  /// The value when the step began.
  public var since: (String) -> LessonValue
  /// The value when the last step began in which the person was to do something.
  public var before: (String) -> LessonValue

  /// Creates values.
  public init(
    now: @escaping (String) -> LessonValue,
    since: @escaping (String) -> LessonValue = { _ in .absent },
    before: @escaping (String) -> LessonValue = { _ in .absent }
  ) {
    (self.now, self.since, self.before) = (now, since, before)
  }
}

/// The quantities whose earlier values something needs.
public struct EarlierNames: Equatable, Sendable {
  /// Those whose values when the step began are needed.
  public var since: Set<String> = []
  /// Those whose values before the last task are needed.
  public var before: Set<String> = []

  /// Creates names; without arguments none.
  public init(since: Set<String> = [], before: Set<String> = []) {
    (self.since, self.before) = (since, before)
  }

  /// Both together.
  public func union(_ other: EarlierNames) -> EarlierNames {
    EarlierNames(since: since.union(other.since), before: before.union(other.before))
  }
}

/// A part of a condition.
indirect enum ConditionNode: Equatable, Sendable {
  case truth(Bool)
  case number(Double)
  case word(String)
  case quantity(String)
  case since(String)
  case before(String)
  case absolute(ConditionNode)
  case negative(ConditionNode)
  case not(ConditionNode)
  case binary(ConditionOperator, ConditionNode, ConditionNode)
}

/// An operator between two parts.
enum ConditionOperator: String, CaseIterable, Sendable {
  case or, and
  case lessOrEqual = "<="
  case moreOrEqual = ">="
  case unequal = "!="
  case less = "<"
  case more = ">"
  case equal = "="
  case plus = "+"
  case minus = "-"
  case times = "*"
  case divided = "/"

  /// Whether it compares.
  var compares: Bool {
    switch self {
    case .lessOrEqual, .moreOrEqual, .unequal, .less, .more, .equal: true
    case .or, .and, .plus, .minus, .times, .divided: false
    }
  }
}
