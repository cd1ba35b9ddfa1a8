/// A call in a line of code of any language: its name and its arguments, as they are written.
struct CodeCall: Equatable {
  /// An argument.
  struct Argument: Equatable {
    /// The name before `=` or `:`; nil where there is none.
    let name: String?
    /// The value, without blanks around it.
    let value: String
  }

  /// The parts of the name, which points or colons separate: `F`, `dropout`.
  let path: [String]
  /// The arguments, in their order.
  let arguments: [Argument]
  /// The arguments of the call of its result, which follows at once: `Dropout(0.2)(x)`.
  var following: [Argument] = []
  /// The characters of the text that are the call, with the one that follows.
  let range: Range<Int>

  /// The last part of the name.
  var name: String { path.last ?? "" }

  /// The argument of one of the names.
  func value(named names: [String]) -> String? { arguments.value(named: names) }

  /// The argument in a place, of those without names.
  func value(at place: Int) -> String? { arguments.value(at: place) }
}

extension [CodeCall.Argument] {
  /// The argument of one of the names.
  func value(named names: [String]) -> String? {
    names.lazy.compactMap { name in first { $0.name == name }?.value }.first
  }

  /// The argument in a place, of those without names.
  func value(at place: Int) -> String? {
    let unnamed = prefix { $0.name == nil }
    return place < unnamed.count ? unnamed[place].value : nil
  }
}

extension CodeCall {
  /// All calls in a text, the outer ones first; an object in braces is a call without a name.
  ///
  /// Whatever cannot be read is left out: the text is a line out of somebody's code. So are calls
  /// inside of ``deepest`` others.
  static func all(in text: String) -> [CodeCall] {
    let characters = Array(text)
    let closings = closings(of: characters)
    // The characters between a bracket and the one that closes it, or the end.
    let inside = { (open: Int) in
      characters[(open + 1)..<closings[open, default: characters.count]]
    }
    var calls: [CodeCall] = []
    for index in closings.keys.sorted() {
      let (path, start) = self.path(before: index, in: characters)
      guard characters[index] != "(" || !path.isEmpty else { continue }
      // Only the outermost brackets of what follows belong to this call.
      let inner = inside(index)
      var end = min(inner.endIndex + 1, characters.count)
      var following: [Argument] = []
      if characters[index] == "(", end < characters.count, characters[end] == "(" {
        let second = inside(end)
        following = arguments(second)
        end = min(second.endIndex + 1, characters.count)
      }
      calls.append(
        CodeCall(
          path: path, arguments: arguments(inner), following: following, range: start..<end))
    }
    return calls
  }

  /// The most brackets around a call: each is read for every one of them.
  private static let deepest = 64

  /// The places of the brackets that open, but for those that are too deep, with the place of the
  /// one that closes each, or the end.
  private static func closings(of characters: [Character]) -> [Int: Int] {
    var closings: [Int: Int] = [:]
    var open: [Int] = []
    for (index, character) in characters.enumerated() {
      if isOpening(character) {
        open.append(index)
        if open.count <= deepest { closings[index] = characters.count }
      } else if isClosing(character), let opening = open.popLast() {
        if open.count < deepest { closings[opening] = index }
      }
    }
    return closings
  }

  private static func isOpening(_ character: Character) -> Bool {
    character == "(" || character == "[" || character == "{"
  }

  private static func isClosing(_ character: Character) -> Bool {
    character == ")" || character == "]" || character == "}"
  }

  /// The arguments of a text without brackets around it, such as `keep_prob: 0.8`.
  static func arguments(in text: some StringProtocol) -> [Argument] {
    arguments(Array(text)[...])
  }

  private static func arguments(_ characters: ArraySlice<Character>) -> [Argument] {
    var depth = 0
    let pieces = characters.split(omittingEmptySubsequences: false) { character in
      if isOpening(character) { depth += 1 }
      if isClosing(character) { depth -= 1 }
      return depth == 0 && (character == "," || character == ";" || character == "\n")
    }
    return pieces.map(argument).filter { !$0.value.isEmpty || $0.name != nil }
  }

  private static func argument(_ piece: ArraySlice<Character>) -> Argument {
    for (index, character) in zip(piece.indices, piece) {
      if isOpening(character) { break }
      let isComparison = index + 1 < piece.endIndex && piece[index + 1] == "="
      guard character == ":" || character == "=" && !isComparison else { continue }
      let name = trimmed(piece[..<index]).filter { $0 != "\"" && $0 != "'" }
      guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
        break
      }
      return Argument(name: name, value: trimmed(piece[(index + 1)...]))
    }
    return Argument(name: nil, value: trimmed(piece))
  }

  /// The parts of the name that stands before a bracket, and where it begins.
  private static func path(
    before index: Int, in characters: [Character]
  ) -> (path: [String], start: Int) {
    var start = index
    while start > 0, characters[start - 1] == " " { start -= 1 }
    let end = start
    while start > 0, isPart(characters[start - 1]) { start -= 1 }
    return (String(characters[start..<end]).split { ".:".contains($0) }.map(String.init), start)
  }

  private static func isPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "_.:".contains(character)
  }

  static func trimmed(_ text: some BidirectionalCollection<Character>) -> String {
    let blank: (Character) -> Bool = { $0.isWhitespace }
    return String(text.drop(while: blank).reversed().drop(while: blank).reversed())
  }
}
