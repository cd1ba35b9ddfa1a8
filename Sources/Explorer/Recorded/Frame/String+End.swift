import TerminalCells

extension String {
  /// The end of the text in a number of columns, with an ellipsis in place of its start: names of
  /// modules differ at their ends.
  func ending(in width: Int, ellipsis: Unicode.Scalar) -> String {
    guard columns > width else { return self }
    guard width > 0 else { return "" }
    var kept: [Unicode.Scalar] = []
    var used = 1
    for scalar in unicodeScalars.reversed() {
      let next = scalar.columns < 0 ? 1 : scalar.columns
      guard used + next <= width else { break }
      kept.append(scalar)
      used += next
    }
    var result = String.UnicodeScalarView()
    result.append(ellipsis)
    result.append(contentsOf: kept.reversed())
    return String(result)
  }
}
