/// A page of Markdown with sentences that are checked while it is written.
///
/// The short comes before the long: sentences with a headline are listed where ``summary(_:)`` was
/// called, and the commands of a section stand folded at its end.
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
  private var headlines: [String] = []
  private var summaryPlace: Int?
  private var commands: [String] = []
  /// The sentences that no longer hold.
  public private(set) var failures: [Failure] = []

  /// An empty page.
  public init() {}

  /// The page, ending in a newline.
  public var text: String {
    var page = self
    page.fold()
    if let place = summaryPlace, !headlines.isEmpty {
      page.blocks.insert(headlines.joined(separator: "\n"), at: place)
    }
    return page.blocks.joined(separator: "\n\n") + "\n"
  }

  /// Adds a heading of a level, 1 or 2.
  public mutating func heading(_ text: String, level: Int = 2) {
    fold()
    add(String(repeating: "#", count: level) + " " + text)
  }

  /// Adds a paragraph, wrapped.
  public mutating func paragraph(_ text: String) {
    add(FindingsPage.wrapped(text.split(whereSeparator: \.isWhitespace).map(String.init)))
  }

  /// The place of the list of headlines, under a heading.
  public mutating func summary(_ heading: String) {
    self.heading(heading)
    summaryPlace = blocks.count
  }

  /// Adds a command to those that stand folded at the end of the section.
  public mutating func command(_ words: [String]) { commands.append(FindingsPage.block(words)) }

  /// Adds a picture that stands beside the page, and under it the command that draws it.
  public mutating func picture(_ file: String, alternative: String, command words: [String]) {
    add("![\(alternative)](\(file))")
    add(FindingsPage.block(words))
  }

  private mutating func fold() {
    guard !commands.isEmpty else { return }
    let title = commands.count == 1 ? "The command" : "The \(commands.count) commands"
    add("<details markdown=\"1\">\n<summary>\(title) behind these numbers</summary>")
    commands.forEach { add($0) }
    add("</details>")
    commands = []
  }

  /// A command in a block; where it is long, it goes on in lines that begin with an option.
  private static func block(_ words: [String]) -> String {
    var parts: [String] = []
    for word in words {
      if word.hasPrefix("--") || word == ">" || parts.isEmpty {
        parts.append(word)
      } else {
        parts[parts.count - 1] += " " + word
      }
    }
    return "```\n" + wrapped(parts, indent: "  ", end: " \\") + "\n```"
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
  ///
  /// A headline says it in plain words in the summary of the page.
  public mutating func verdict(
    _ found: String, is expected: String, _ sentence: String, headline: String? = nil
  ) {
    let mark: String
    if found == expected {
      mark = "**Holds.**"
    } else {
      mark = "**No longer holds** (found: \(found); expected: \(expected))."
      failures.append(Failure(sentence: sentence, found: found, expected: expected))
    }
    let item = FindingsPage.item(mark + " " + sentence)
    if isInList { blocks[blocks.count - 1] += "\n" + item } else { add(item) }
    isInList = true
    if let headline {
      let number = "\(headlines.count + 1). "
      let words = (found == expected ? "" : mark + " ") + headline
      headlines.append(FindingsPage.item(words, first: number))
    }
  }

  private static func item(_ text: String, first: String = "- ") -> String {
    wrapped(
      text.split(separator: " ").map(String.init), first: first,
      indent: String(repeating: " ", count: first.count))
  }

  private mutating func add(_ block: String) {
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
