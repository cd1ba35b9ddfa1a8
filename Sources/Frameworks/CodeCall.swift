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
  /// Whatever cannot be read is left out: the text is a line out of somebody's code.
  static func all(in text: String) -> [CodeCall] {
    let characters = Array(text)
    var calls: [CodeCall] = []
    for (index, character) in characters.enumerated() where "({[".contains(character) {
      let (path, start) = self.path(before: index, in: characters)
      guard character != "(" || !path.isEmpty else { continue }
      // Only the outermost brackets of what follows belong to this call.
      let inner = inside(index, of: characters)
      var end = min(inner.endIndex + 1, characters.count)
      var following: [Argument] = []
      if character == "(", end < characters.count, characters[end] == "(" {
        let second = inside(end, of: characters)
        following = arguments(Array(second))
        end = min(second.endIndex + 1, characters.count)
      }
      calls.append(
        CodeCall(
          path: path, arguments: arguments(Array(inner)), following: following,
          range: start..<end))
    }
    return calls
  }

  /// The arguments of a text without brackets around it, such as `keep_prob: 0.8`.
  static func arguments(_ characters: [Character]) -> [Argument] {
    var pieces: [String] = [""]
    var depth = 0
    for character in characters {
      if "([{".contains(character) { depth += 1 }
      if ")]}".contains(character) { depth -= 1 }
      if depth == 0, ",;\n".contains(character) {
        pieces.append("")
      } else {
        pieces[pieces.count - 1].append(character)
      }
    }
    return pieces.map(argument).filter { !$0.value.isEmpty || $0.name != nil }
  }

  private static func argument(_ piece: String) -> Argument {
    let characters = Array(piece)
    for (index, character) in characters.enumerated() {
      if "([{".contains(character) { break }
      let isComparison = index + 1 < characters.count && characters[index + 1] == "="
      guard character == ":" || character == "=" && !isComparison else { continue }
      let name = trimmed(String(characters[..<index])).filter { $0 != "\"" && $0 != "'" }
      guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
        break
      }
      return Argument(name: name, value: trimmed(String(characters[(index + 1)...])))
    }
    return Argument(name: nil, value: trimmed(piece))
  }

  /// The characters between a bracket and the one that closes it, or the end.
  private static func inside(_ open: Int, of characters: [Character]) -> ArraySlice<Character> {
    var depth = 0
    for index in open..<characters.count {
      if "([{".contains(characters[index]) { depth += 1 }
      if ")]}".contains(characters[index]) {
        depth -= 1
        if depth == 0 { return characters[(open + 1)..<index] }
      }
    }
    return characters[(open + 1)...]
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

  static func trimmed(_ text: String) -> String {
    let blank: (Character) -> Bool = { $0.isWhitespace }
    return String(text.drop(while: blank).reversed().drop(while: blank).reversed())
  }
}
