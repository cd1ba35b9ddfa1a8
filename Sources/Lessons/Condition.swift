/// A condition on the quantities of the network on the screen, such as `abs(ratio - 2) < 0.1`.
///
/// It is made of numbers, quantities, `+ - * /`, `abs()`, `since()`, `< <= > >= = !=`, `and`, `or`,
/// `not` and parentheses. A word such as `classic` stands for itself beside a quantity whose values
/// are words.
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
  /// - Parameters:
  ///   - value: the value of a quantity now.
  ///   - since: its value when the step of the lesson began.
  /// - Returns: the decision.
  public func decide(
    _ value: (String) -> LessonValue, since: (String) -> LessonValue
  ) -> Decision {
    switch root.result(value, since) {
    case .truth(let holds): holds ? .holds : .fails
    case .waiting: .waiting
    case .absent(let name): .absent(name)
    case .number, .word: preconditionFailure("'\(text)' is no condition")
    }
  }

  /// The quantities whose values at the beginning of the step it needs.
  public var sinceNames: Set<String> { root.sinceNames }
}

/// A part of a condition.
indirect enum ConditionNode: Equatable, Sendable {
  case truth(Bool)
  case number(Double)
  case word(String)
  case quantity(String)
  case since(String)
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
