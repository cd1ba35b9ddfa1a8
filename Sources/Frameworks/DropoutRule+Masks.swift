import DropoutEngine

/// Masks that are made by hand.
extension DropoutRule {
  static let bernoulli = DropoutRule(
    matches: { call, _ in ["bernoulli", "binomial"].contains(call.name) },
    read: { call, line throws(DropoutReadingError) in
      let isBernoulli = call.name == "bernoulli"
      guard let text = call.value(named: ["p"]) ?? call.value(at: 1) ?? filling(call),
        isBernoulli || (call.value(named: ["n"]) ?? call.value(at: 0)) == "1"
      else { return nil }
      let mask = HandmadeMask(call, in: line)
      return mask.found(
        isBernoulli && call.path.first != "torch" ? [.jax] : [], text: text,
        number: mask.marksDropped(call) ? .drop : .keep)
    })

  /// The number of a tensor that holds it everywhere: `torch.full(x.shape, 0.8)`.
  private static func filling(_ call: CodeCall) -> String? {
    let inner = call.value(at: 0).map(CodeCall.all) ?? []
    return inner.first { ["full", "full_like"].contains($0.name) }?.value(at: 1)
  }

  static let uniform = DropoutRule(
    matches: { call, line in
      ["rand", "random", "uniform", "rand_like", "random_sample", "runif"].contains(call.name)
    },
    read: { call, line throws(DropoutReadingError) in
      let mask = HandmadeMask(call, in: line)
      guard let (bound, isBelow) = mask.comparison(call) else { return nil }
      return mask.found(
        [], text: bound, number: isBelow != mask.marksDropped(call) ? .keep : .drop)
    })

  static let scikitLearn = DropoutRule(
    matches: { call, _ in ["MLPClassifier", "MLPRegressor"].contains(call.name) },
    read: { _, _ throws(DropoutReadingError) in
      Found(
        frameworks: [.scikitLearn], number: nil, text: "", effect: .variant(.none))
    })
}

/// The statement in which a mask is drawn, and those behind it that use it.
struct HandmadeMask {
  private let line: [Character]
  /// The characters of the line that are the statement.
  private let range: Range<Int>
  /// The characters that are the call, whose own arguments are sizes.
  private let call: Range<Int>
  /// The later statements that use the mask, or what was made with it.
  private let uses: [Range<Int>]

  init(_ call: CodeCall, in line: String) {
    let characters = Array(line)
    let statements = Self.statements(characters)
    let own = statements.firstIndex { $0.upperBound >= call.range.upperBound } ?? 0
    self.line = characters
    // A call may go over several lines.
    let first = statements.last { $0.lowerBound <= call.range.lowerBound } ?? statements[own]
    range = first.lowerBound..<statements[own].upperBound
    self.call = call.range
    let mask = Self.assigned(characters[statements[own]])
    var products: Set<String> = []
    var uses: [Range<Int>] = []
    for statement in statements[(own + 1)...] {
      let code = characters[statement]
      let isOfMask = mask.map { Self.names(code).contains($0) } ?? false
      guard isOfMask || Self.scales(products, in: code) else { continue }
      uses.append(statement)
      if let name = Self.assigned(code) { products.insert(name) }
    }
    self.uses = uses
  }

  /// Whether a statement is a product, or a quotient, of one of some names and nothing else before
  /// it: `h = h / 0.8`, `h /= 0.8`, `return h * 1.25`.
  private static func scales(_ products: Set<String>, in statement: ArraySlice<Character>) -> Bool {
    let sign = assignment(in: statement)
    let isInPlace = sign.map { $0 > statement.startIndex && "*/".contains(statement[$0 - 1]) }
    if isInPlace ?? false { return assigned(statement).map(products.contains) ?? false }
    var value = String(statement[(sign.map { $0 + 1 } ?? statement.startIndex)...])
    value = CodeCall.trimmed(value)
    if sign == nil, value.hasPrefix("return ") {
      value = CodeCall.trimmed(String(value.dropFirst("return ".count)))
    }
    let name = value.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    let rest = value.dropFirst(name.count).drop { $0 == " " }
    return products.contains(String(name)) && rest.first.map { "*/".contains($0) } ?? false
  }

  /// The statements of a text.
  private static func statements(_ line: [Character]) -> [Range<Int>] {
    let ends = line.indices.filter { ";\n".contains(line[$0]) } + [line.count]
    return zip([0] + ends.map { $0 + 1 }, ends).map { $0..<$1 }
  }

  /// The place of the sign by which a statement gives a value to a name; nil where it gives none.
  ///
  /// Neither a comparison does, nor the name of an argument.
  private static func assignment(in statement: ArraySlice<Character>) -> Int? {
    var depth = 0
    for (index, character) in zip(statement.indices, statement) {
      if "([{".contains(character) { depth += 1 }
      if ")]}".contains(character) { depth -= 1 }
      guard character == "=", depth == 0 else { continue }
      let last = index > statement.startIndex ? statement[index - 1] : " "
      let next = index + 1 < statement.endIndex ? statement[index + 1] : " "
      if next != "=", !"=!<>".contains(last) { return index }
    }
    return nil
  }

  /// The name that a statement gives a value; nil where it gives none.
  private static func assigned(_ statement: ArraySlice<Character>) -> String? {
    assignment(in: statement).flatMap { names(statement[..<$0]).last }
  }

  /// The names in a statement.
  private static func names(_ statement: ArraySlice<Character>) -> [String] {
    statement.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map { String($0) }
  }

  /// The statement, with those that use the mask.
  var code: String {
    ([range] + uses).map { CodeCall.trimmed(String(line[$0])) }.joined(separator: "; ")
  }

  /// The find of the mask: its factor is what the statement multiplies a kept unit by.
  func found(
    _ frameworks: [Framework], text: String, number: Framework.Number
  ) -> DropoutRule.Found {
    let written = CodeNumber(text)
    let keep = number == .keep ? written : written.complement
    let effect = effect(keep)
    return DropoutRule.Found(
      frameworks: frameworks, number: number, text: text, effect: effect,
      remarks: effect == .variant(.unscaled)
        ? [
          "A mask made by hand. Nothing here scales it: where no other line does, the network is "
            + "tested on sums that are too large."
        ] : ["A mask made by hand."], code: code)
  }

  /// The effect of the factors in the statement, beside a keep probability.
  private func effect(_ keep: CodeNumber) -> DropoutEffect {
    let (divisors, factor) = factors()
    if divisors.isEmpty, factor == 1 { return .variant(.unscaled) }
    if divisors == [keep], factor == 1 { return .variant(.inverted) }
    if divisors == [keep.complement], factor == 1, keep.value == nil {
      return .variant(.dropScaled)
    }
    let values = divisors.compactMap(\.value)
    if values.count == divisors.count, values.allSatisfy({ $0 != 0 }), keep.value != nil {
      return .factor(values.reduce(factor, /))
    }
    let names = divisors.map { $0.isComplement ? "(1 - \($0.text))" : $0.text }
    let text = names.joined(separator: " and ")
    if factor == 1 { return .divided(by: text) }
    let inverse = ParameterText.text(1 / factor)
    return .divided(by: text.isEmpty ? inverse : "\(text) and \(inverse)")
  }

  /// All that the statement divides by, and the product of the numbers that it multiplies by.
  private func factors() -> (divisors: [CodeNumber], factor: Double) {
    var (divisors, factor) = ([CodeNumber](), 1.0)
    for range in [range] + uses {
      let found = factors(in: range)
      divisors += found.divisors
      factor *= found.factor
    }
    return (divisors, factor)
  }

  private func factors(in range: Range<Int>) -> (divisors: [CodeNumber], factor: Double) {
    var (divisors, factor) = ([CodeNumber](), 1.0)
    for index in range where "*/".contains(line[index]) && !call.contains(index) {
      let character = line[index]
      // Neither // nor ** divides or multiplies, nor does a * before the list of a call.
      let isDouble =
        index > 0 && line[index - 1] == character
        || index + 1 < line.count && line[index + 1] == character
      let operand = operand(from: index + 1, in: range)
      guard !isDouble, !operand.isEmpty else { continue }
      let number = CodeNumber(operand)
      if character == "/" {
        divisors.append(number)
      } else if let value = number.value {
        factor *= value
      }
      if let value = leadingNumber(before: index, in: range) { factor *= value }
    }
    return (divisors, factor)
  }

  /// A number or a name, or what stands in brackets, from a place on.
  private func operand(from start: Int, in range: Range<Int>) -> String {
    var index = start
    while index < range.upperBound, line[index] == "=" || line[index] == " " { index += 1 }
    let first = index
    guard index < range.upperBound else { return "" }
    if line[index] == "(" {
      var depth = 0
      while index < range.upperBound {
        if line[index] == "(" { depth += 1 }
        if line[index] == ")" { depth -= 1 }
        index += 1
        if depth == 0 { break }
      }
      return String(line[first..<index])
    }
    while index < range.upperBound, isToken(index, since: first) { index += 1 }
    return String(line[first..<index])
  }

  /// Whether a character goes on with a number or a name; `2e-1` is one number.
  private func isToken(_ index: Int, since first: Int) -> Bool {
    if line[index].isNumber || line[index].isLetter || "._".contains(line[index]) { return true }
    return index > first && "+-".contains(line[index]) && "eE".contains(line[index - 1])
      && (line[first].isNumber || line[first] == ".")
  }

  /// The number that a product begins with, which ends before a place.
  private func leadingNumber(before end: Int, in range: Range<Int>) -> Double? {
    guard let found = before(end, in: range), let value = CodeNumber(found.text).given else {
      return nil
    }
    var start = found.start
    while start > range.lowerBound, line[start - 1] == " " { start -= 1 }
    return start > range.lowerBound && "*/<>".contains(line[start - 1]) ? nil : value
  }

  /// The number or name that ends before a place, and where it begins.
  private func before(_ end: Int, in range: Range<Int>) -> (text: String, start: Int)? {
    var end = end
    while end > range.lowerBound, line[end - 1] == " " { end -= 1 }
    var start = end
    while start > range.lowerBound,
      line[start - 1].isNumber || line[start - 1].isLetter || "._".contains(line[start - 1])
    {
      start -= 1
    }
    return start < end ? (String(line[start..<end]), start) : nil
  }

  /// The bound that random numbers are compared with, and whether they are to be below it.
  func comparison(_ call: CodeCall) -> (bound: String, isBelow: Bool)? {
    if let sign = (call.range.upperBound..<max(range.upperBound, call.range.upperBound))
      .first(where: isSign)
    {
      var bound = operand(from: sign + 1, in: range)
      var rest = sign + 1
      while rest < range.upperBound, line[rest] == "=" || line[rest] == " " { rest += 1 }
      rest += bound.count
      while rest < range.upperBound, line[rest] == " " { rest += 1 }
      if rest < range.upperBound, line[rest] == "-" {
        bound += " - " + operand(from: rest + 1, in: range)
      }
      return bound.isEmpty ? nil : (bound, line[sign] == "<")
    }
    guard let sign = (range.lowerBound..<call.range.lowerBound).last(where: isSign),
      let bound = before(sign, in: range)
    else { return nil }
    return (bound.text, line[sign] == ">")
  }

  /// Whether a character compares; an arrow does not, nor a pipe.
  private func isSign(_ index: Int) -> Bool {
    guard "<>".contains(line[index]) else { return false }
    let (last, next) = (
      index > 0 ? line[index - 1] : " ", index + 1 < line.count ? line[index + 1] : " "
    )
    return !"-=%|<>".contains(last) && !"-%<>".contains(next)
  }

  /// Whether the mask marks what is set to 0: `x[rand(n) < 0.2] = 0`, `where(mask, 0, x)`.
  func marksDropped(_ call: CodeCall) -> Bool {
    let text = code.filter { $0 != " " }
    if text.contains("masked_fill") { return true }
    if ["]=0", "]=0.", "]=0.0"].contains(where: text.hasSuffix) { return true }
    return CodeCall.all(in: String(line[range])).contains { outer in
      outer.name == "where" && ["0", "0.", "0.0"].contains(outer.value(at: 1))
    }
  }
}
