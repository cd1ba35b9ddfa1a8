/// Sentences in lines of a terminal, broken between words.
package enum Prose {
  /// Text in lines of at most `width` columns, each with blanks before it.
  package static func lines(_ text: String, width: Int = 80, indent: Int = 0) -> [String] {
    let space = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, indent + line.count + 1 + word.count > width {
        lines.append(space + line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [space + line]
  }
}
