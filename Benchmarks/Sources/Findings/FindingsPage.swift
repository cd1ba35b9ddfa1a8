/// A page of Markdown with sentences that are checked while it is written.
///
/// No line is longer than 100 columns, but for rows of tables and pictures.
public struct FindingsPage: Sendable {
  /// A sentence that no longer holds.
  public struct Failure: Equatable, Sendable {
    /// The sentence.
    public let sentence: String
    /// The value that was found.
    public let found: String
    /// The value that the sentence was written for.
    public let expected: String

    /// Creates a failure.
    public init(sentence: String, found: String, expected: String) {
      self.sentence = sentence
      self.found = found
      self.expected = expected
    }
  }

  /// The most columns of a line that can be broken.
  public static let width = 100

  private var blocks: [String] = []
  private var isInList = false
  /// The sentences that no longer hold.
  public private(set) var failures: [Failure] = []

  /// An empty page.
  public init() {}

  /// The page, ending in a newline.
  public var text: String { blocks.joined(separator: "\n") + "\n" }

  /// Adds a heading of a level, 1 or 2.
  public mutating func heading(_ text: String, level: Int = 2) {
    add(String(repeating: "#", count: level) + " " + text)
  }

  /// Adds a paragraph, wrapped.
  public mutating func paragraph(_ text: String) {
    add(FindingsPage.wrapped(text.split(whereSeparator: \.isWhitespace).map(String.init)))
  }

  /// Adds a command; where it is long, it goes on in lines that begin with an option.
  public mutating func command(_ words: [String]) {
    var parts: [String] = []
    for word in words {
      if word.hasPrefix("--") || parts.isEmpty {
        parts.append(word)
      } else {
        parts[parts.count - 1] += " " + word
      }
    }
    add("```\n" + FindingsPage.wrapped(parts, indent: "  ", end: " \\") + "\n```")
  }

  /// Adds a picture that stands beside the page.
  public mutating func picture(_ file: String, alternative: String) {
    add("![\(alternative)](\(file))")
  }

  /// Adds a table with its header.
  public mutating func table(_ header: [String], rows: [[String]]) {
    let lines = [header, header.map { _ in "---" }] + rows
    add(
      lines.enumerated().map { index, cells in
        index == 1
          ? "|" + cells.joined(separator: "|") + "|" : "| " + cells.joined(separator: " | ") + " |"
      }.joined(separator: "\n"))
  }

  /// Adds a sentence that holds if what was found is what it was written for.
  public mutating func verdict(_ found: String, is expected: String, _ sentence: String) {
    let mark: String
    if found == expected {
      mark = "**Holds.**"
    } else {
      mark = "**No longer holds** (found: \(found); expected: \(expected))."
      failures.append(Failure(sentence: sentence, found: found, expected: expected))
    }
    let words = (mark + " " + sentence).split(separator: " ").map(String.init)
    let item = FindingsPage.wrapped(words, first: "- ", indent: "  ")
    if isInList { blocks[blocks.count - 1] += "\n" + item } else { add(item) }
    isInList = true
  }

  private mutating func add(_ block: String) {
    if !blocks.isEmpty { blocks.append("") }
    blocks.append(block)
    isInList = false
  }

  /// Words in lines of at most ``width`` columns; a longer word is not broken.
  private static func wrapped(
    _ words: [String], first: String = "", indent: String = "", end: String = ""
  ) -> String {
    var lines: [String] = []
    var line = first
    var isEmpty = true
    for word in words {
      if !isEmpty, line.count + 1 + word.count + end.count > width {
        lines.append(line + end)
        line = indent
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return (lines + [line]).joined(separator: "\n")
  }
}
