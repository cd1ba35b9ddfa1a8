/// Reads one line of a recording into its value, and knows the field that it has come to.
struct LineParser {
  var scanner: RecordingScanner
  /// The member of the line's object that is being read.
  private var member = ""
  /// The element of a list within it; nil is none.
  private var index: Int?
  /// The member of that element, or of the object within it.
  private var inner = ""

  init(_ bytes: [UInt8], _ line: Range<Int>) {
    scanner = RecordingScanner(bytes, line)
  }

  /// The field that is being read, as `layers[3].name`; empty before the first one.
  var field: String {
    member + (index.map { "[\($0)]" } ?? "") + (inner.isEmpty ? "" : ".\(inner)")
  }

  /// Reads the members of the line's object.
  mutating func line(
    _ read: (inout LineParser, String) throws(RecordingProblem) -> Void
  ) throws(RecordingProblem) {
    try scanner.take("{")
    var isFirst = true
    while let key = try scanner.nextKey(&isFirst) {
      (member, index, inner) = (key, nil, "")
      try read(&self, key)
    }
    (member, index, inner) = ("", nil, "")
    try scanner.finish()
  }

  /// Reads the members of an object within a member.
  mutating func object(
    _ read: (inout LineParser, String) throws(RecordingProblem) -> Void
  ) throws(RecordingProblem) {
    guard scanner.peek() == UInt8(ascii: "{") else { throw scanner.wrongKind("an object") }
    scanner.advance()
    var isFirst = true
    while let key = try scanner.nextKey(&isFirst) {
      inner = key
      try read(&self, key)
    }
    inner = ""
  }

  /// Reads the elements of a list within a member; `read` gets their number.
  mutating func list(
    most: Int, _ read: (inout LineParser, Int) throws(RecordingProblem) -> Void
  ) throws(RecordingProblem) {
    guard scanner.peek() == UInt8(ascii: "[") else { throw scanner.wrongKind("a list") }
    scanner.advance()
    var isFirst = true
    var count = 0
    while try scanner.hasNext(closing: "]", &isFirst) {
      guard count < most else { throw .tooMany(limit: most) }
      (index, inner) = (count, "")
      try read(&self, count)
      count += 1
    }
    (index, inner) = (nil, "")
  }

  /// Reads a value that must be there once.
  mutating func set<Value>(
    _ slot: inout Value?, _ read: (inout RecordingScanner) throws(RecordingProblem) -> Value
  ) throws(RecordingProblem) {
    guard slot == nil else { throw .twice }
    slot = try read(&scanner)
  }

  /// A value that had to be there; `name` is the member that is named where it is not.
  mutating func required<Value>(
    _ value: Value?, _ name: String
  ) throws(RecordingProblem) -> Value {
    guard let value else { throw blame(name, .missing) }
    return value
  }

  /// A problem of a member that is not being read any more.
  mutating func blame(_ name: String, _ problem: RecordingProblem) -> RecordingProblem {
    if member.isEmpty { member = name } else { inner = name }
    return problem
  }

  /// Reads a word of a list of known ones.
  static func word<Word: RawRepresentable & CaseIterable>(
    _ scanner: inout RecordingScanner
  ) throws(RecordingProblem) -> Word where Word.RawValue == String {
    let text = try scanner.text()
    guard let word = Word(rawValue: text) else {
      throw .unknownWord(text, known: Word.allCases.map(\.rawValue))
    }
    return word
  }
}
