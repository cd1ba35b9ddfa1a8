/// Reads conditions.
struct ConditionParser {
  /// The type of a part.
  private enum Kind: Equatable {
    case truth, number, word
    /// A word that no quantity has the name of: it stands for itself beside words.
    case bare(String, column: Int)
  }

  private typealias Part = (node: ConditionNode, kind: Kind)

  /// The longest text of a condition.
  static let longest = 300
  /// The deepest nesting.
  private static let deepest = 20

  private let vocabulary: LessonVocabulary
  private var tokens: [ConditionToken]
  private var position = 0
  private var depth = 0

  /// Reads a condition.
  static func parse(
    _ text: String, _ vocabulary: LessonVocabulary
  ) throws(TextFault) -> Condition {
    let (part, column) = try whole(text, vocabulary)
    guard part.kind == .truth else {
      throw TextFault(
        column: column, problem: .expected("a condition, as in ratio < 2", found: "\(text)"))
    }
    return Condition(text: text, root: part.node)
  }

  /// Reads a computation.
  static func expression(
    _ text: String, _ vocabulary: LessonVocabulary
  ) throws(TextFault) -> Expression {
    let (part, column) = try whole(text, vocabulary)
    switch part.kind {
    case .number, .word: return Expression(text: text, root: part.node)
    case .bare(let name, let column):
      throw TextFault(column: column, problem: .unknown(.quantity, name, vocabulary.quantities))
    case .truth:
      throw TextFault(column: column, problem: .expected("a computation", found: "a condition"))
    }
  }

  /// Reads a text to its end.
  private static func whole(
    _ text: String, _ vocabulary: LessonVocabulary
  ) throws(TextFault) -> (part: Part, column: Int) {
    guard text.unicodeScalars.count <= longest else {
      throw TextFault(column: longest + 1, problem: .tooLong(limit: longest))
    }
    var parser = ConditionParser(
      vocabulary: vocabulary, tokens: try ConditionToken.tokens(of: text))
    let column = parser.tokens[0].column
    let part = try parser.either()
    guard case .end = parser.next.content else { throw parser.unexpected("an operator or the end") }
    return (part, column)
  }

  private init(vocabulary: LessonVocabulary, tokens: [ConditionToken]) {
    (self.vocabulary, self.tokens) = (vocabulary, tokens)
  }

  private var next: ConditionToken { tokens[min(position, tokens.count - 1)] }

  private func unexpected(_ expected: String) -> TextFault {
    TextFault(column: next.column, problem: .expected(expected, found: next.words))
  }

  /// Takes the next token where it is one of these operators.
  private mutating func take(
    _ which: (ConditionOperator) -> Bool
  ) -> (operation: ConditionOperator, column: Int)? {
    guard case .operation(let operation) = next.content, which(operation) else { return nil }
    defer { position += 1 }
    return (operation, next.column)
  }

  private mutating func either() throws(TextFault) -> Part {
    var part = try both()
    while let (operation, column) = take({ $0 == .or }) {
      part = try combined(part, operation, try both(), at: column)
    }
    return part
  }

  private mutating func both() throws(TextFault) -> Part {
    var part = try negated()
    while let (operation, column) = take({ $0 == .and }) {
      part = try combined(part, operation, try negated(), at: column)
    }
    return part
  }

  private mutating func negated() throws(TextFault) -> Part {
    guard case .name("not") = next.content else { return try comparison() }
    let column = next.column
    position += 1
    let part = try nested { (parser) throws(TextFault) in try parser.negated() }
    guard part.kind == .truth else { throw TextFault(column: column, problem: .mixed) }
    return (.not(part.node), .truth)
  }

  private mutating func comparison() throws(TextFault) -> Part {
    let first = try sum()
    guard let (operation, column) = take({ $0.compares }) else { return first }
    return try combined(first, operation, try sum(), at: column)
  }

  private mutating func sum() throws(TextFault) -> Part {
    var part = try product()
    while let (operation, column) = take({ $0 == .plus || $0 == .minus }) {
      part = try combined(part, operation, try product(), at: column)
    }
    return part
  }

  private mutating func product() throws(TextFault) -> Part {
    var part = try factor()
    while let (operation, column) = take({ $0 == .times || $0 == .divided }) {
      part = try combined(part, operation, try factor(), at: column)
    }
    return part
  }

  private mutating func factor() throws(TextFault) -> Part {
    if let (_, column) = take({ $0 == .minus }) {
      let part = try nested { (parser) throws(TextFault) in try parser.factor() }
      guard part.kind == .number else { throw TextFault(column: column, problem: .mixed) }
      return (.negative(part.node), .number)
    }
    let token = next
    switch token.content {
    case .number(let number):
      position += 1
      return (.number(number), .number)
    case .open:
      position += 1
      return try closed()
    case .name(let name):
      position += 1
      return try named(name, at: token.column)
    case .close, .operation, .end: throw unexpected("a number, a quantity or a word")
    }
  }

  /// The inside of parentheses, to the closing one.
  private mutating func closed() throws(TextFault) -> Part {
    let part = try nested { (parser) throws(TextFault) in try parser.either() }
    guard case .close = next.content else { throw unexpected(")") }
    position += 1
    return part
  }

  private mutating func nested(
    _ read: (inout ConditionParser) throws(TextFault) -> Part
  ) throws(TextFault) -> Part {
    depth += 1
    defer { depth -= 1 }
    guard depth <= ConditionParser.deepest else {
      throw TextFault(column: next.column, problem: .tooLong(limit: ConditionParser.longest))
    }
    return try read(&self)
  }

  private mutating func named(_ name: String, at column: Int) throws(TextFault) -> Part {
    guard case .open = next.content, ["abs", "since", "before"].contains(name) else {
      if let layer = vocabulary.layer(name), let layers = vocabulary.layers,
        !layers.contains(layer)
      {
        throw TextFault(column: column, problem: .noLayer(layer, layers))
      }
      return switch vocabulary.kind(name) {
      case .number?: (.quantity(name), .number)
      case .word?: (.quantity(name), .word)
      case nil: (.word(name), .bare(name, column: column))
      }
    }
    position += 1
    let argument = next.column
    let part = try closed()
    if name == "abs" {
      guard part.kind == .number else { throw fault(of: part, at: argument) }
      return (.absolute(part.node), .number)
    }
    guard case .quantity(let quantity) = part.node else {
      if case .bare = part.kind { throw fault(of: part, at: argument) }
      throw TextFault(
        column: argument, problem: .expected("the name of a quantity", found: "a computation"))
    }
    return (name == "since" ? .since(quantity) : .before(quantity), part.kind)
  }

  /// The fault of a part that should be a number.
  private func fault(of part: Part, at column: Int) -> TextFault {
    if case .bare(let name, column: let column) = part.kind {
      return TextFault(column: column, problem: .unknown(.quantity, name, vocabulary.quantities))
    }
    return TextFault(column: column, problem: .mixed)
  }

  /// Checks that a quantity can have the word that it is compared with.
  private func checkWord(of quantity: Part, _ word: Part) throws(TextFault) {
    guard case .bare(let text, let column) = word.kind, quantity.kind == .word else { return }
    let name: String
    switch quantity.node {
    case .quantity(let own), .since(let own), .before(let own): name = own
    default: return
    }
    guard let words = vocabulary.words(name), !words.contains(text) else { return }
    throw TextFault(column: column, problem: .noWord(text, of: name, words))
  }

  private func combined(
    _ first: Part, _ operation: ConditionOperator, _ second: Part, at column: Int
  ) throws(TextFault) -> Part {
    let node = ConditionNode.binary(operation, first.node, second.node)
    if operation == .divided, second.node.constant == .number(0) {
      throw TextFault(column: column, problem: .dividedByZero)
    }
    switch (first.kind, second.kind) {
    case (.truth, .truth) where operation == .and || operation == .or: return (node, .truth)
    case (.number, .number) where operation.compares: return (node, .truth)
    case (.number, .number) where operation != .and && operation != .or: return (node, .number)
    case (.word, .word), (.word, .bare), (.bare, .word):
      if operation == .equal || operation == .unequal {
        try checkWord(of: first, second)
        try checkWord(of: second, first)
        return (node, .truth)
      }
    case (.bare, _): throw fault(of: first, at: column)
    case (_, .bare): throw fault(of: second, at: column)
    default: break
    }
    throw TextFault(column: column, problem: .mixed)
  }
}
