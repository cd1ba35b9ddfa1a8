/// Breaks text into lines of at most `width` columns, at spaces where that is possible.
///
/// A word wider than the line is broken; a newline in the text ends a line. Words are separated by
/// one space; lines have no spaces at their ends. A character wider than the line becomes `?`. With
/// a width of 0 there are no lines.
public func wrap(_ text: String, width: Int) -> [String] {
  guard width > 0 else { return [] }
  return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).flatMap {
    wrapParagraph($0, width: width)
  }
}

private func wrapParagraph(_ paragraph: Substring, width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  var columns = 0
  for word in paragraph.split(separator: " ") {
    let text = String(word)
    let wordColumns = text.columns
    if !line.isEmpty, columns + 1 + wordColumns <= width {
      line += " " + text
      columns += 1 + wordColumns
      continue
    }
    if !line.isEmpty { lines.append(line) }
    line = ""
    columns = 0
    for scalar in text.unicodeScalars {
      let fitting = scalar.columns > width ? "?" : scalar
      let next = fitting.columns < 0 ? 1 : fitting.columns
      if wordColumns > width, columns + next > width, !line.isEmpty {
        lines.append(line)
        line = ""
        columns = 0
      }
      line.unicodeScalars.append(fitting)
      columns += next
    }
  }
  if !line.isEmpty || lines.isEmpty { lines.append(line) }
  return lines
}

extension String {
  /// The text cut to a number of columns, with an ellipsis in place of the rest.
  public func truncated(to width: Int, ellipsis: Unicode.Scalar) -> String {
    guard columns > width else { return self }
    guard width > 0 else { return "" }
    var result = String.UnicodeScalarView()
    var used = 0
    for scalar in unicodeScalars {
      let next = scalar.columns < 0 ? 1 : scalar.columns
      guard used + next <= width - 1 else { break }
      result.append(scalar)
      used += next
    }
    result.append(ellipsis)
    return String(result)
  }
}
