import DropoutEngine

/// A table that cannot be trained on.
public enum TableProblem: Equatable, Sendable {
  /// The bytes are no UTF-8.
  case notUTF8
  /// A text contains a NUL byte.
  case binary
  /// A line is longer than any line of a table.
  case lineTooLong(limit: Int)
  /// There are more inputs than a network may have.
  case tooManyInputs(most: Int)
  /// A quote is never closed.
  case openQuote
  /// Text follows a closing quote.
  case textAfterQuote
  /// No line has values.
  case noValues
  /// No line below the header has values.
  case headerOnly
  /// There is no column besides the target.
  case oneColumn
  /// A line and the first one have different numbers of cells.
  case wrongCellCount(Int, firstLine: Int)
  /// The requested target does not exist; without a header, columns have only numbers.
  case noSuchTarget(String, columns: [String], hasHeader: Bool)
  /// The columns of the test file differ.
  case columnsDiffer(columns: Int, training: Int, trainingPath: String)
  /// A cell has the wrong content; nil where it is blank.
  case wrongCell(String?, Expectation)
  /// The target has more distinct values than there can be classes.
  case tooManyClasses(target: String, classes: Int, most: Int)
  /// All examples have the same target.
  case oneClass(String)

  /// The expected content of a cell.
  public enum Expectation: Equatable, Sendable {
    /// Any number.
    case number
    /// A number of at most this size.
    case numberWithin(Double)
    /// A target.
    case target
    /// One of the classes of the training file.
    case oneOf([String])
  }
}

extension TableProblem: CustomStringConvertible {
  /// The value found, and the remedy.
  public var description: String {
    switch self {
    case .notUTF8: "is not UTF-8 text; convert it to UTF-8"
    case .binary: "a NUL byte stands there; this is neither text nor an IDX file"
    case .lineTooLong(let limit): "has more than \(limit >> 20) MiB; this is no table"
    case .tooManyInputs(let most):
      "there are more than \(most) inputs, the most that a network takes"
    case .openQuote:
      "a quote is opened and never closed; close it, or double a quote that belongs to the text"
    case .textAfterQuote:
      "text follows the closing quote; double a quote that belongs to the text"
    case .noValues: "holds no line with values"
    case .headerOnly: "there is a header, but no line with values below it"
    case .oneColumn: "there is one column; at least one input and a target are needed"
    case .wrongCellCount(let cells, let first):
      "has \(cells) cells, but the first line has \(first)"
    case .noSuchTarget(let target, let columns, let hasHeader):
      "there is no column '\(TableProblem.shown(target))' to be the target; "
        + (hasHeader
          ? "there are \(TableProblem.list(columns))"
          : "without a header, give its number, 1 to \(columns.count)")
    case .columnsDiffer(let columns, let training, let path):
      "its \(columns) columns are not those of \(ForeignText.path(path)), which has \(training); "
        + "both files need the same ones in the same order"
    case .wrongCell(let text, let expected):
      (text.map { "'\(TableProblem.shown($0))' stands there" } ?? "the value is missing")
        + "; " + expected.words
    case .tooManyClasses(let target, let classes, let most):
      "the target '\(TableProblem.shown(target))' has \(classes) distinct values; at most "
        + "\(most) classes are possible: is it the right --target, or --task regress?"
    case .oneClass(let value):
      "all targets are '\(TableProblem.shown(value))'; at least two classes are needed"
    }
  }
}

extension TableProblem {
  /// A cell or a name, shortened to fit into a sentence.
  private static func shown(_ text: String) -> String { ForeignText.shown(text, limit: 40) }

  /// The first names of a list, which may be long.
  fileprivate static func list(_ names: [String]) -> String {
    names.prefix(8).map { shown($0) }.joined(separator: ", ") + (names.count > 8 ? ", …" : "")
  }
}

extension TableProblem.Expectation {
  fileprivate var words: String {
    switch self {
    case .number: "a number is needed"
    case .numberWithin(let limit): "a number of at most \(limit) in size is needed"
    case .target: "a target is needed"
    case .oneOf(let classes):
      "the classes of the training file are \(TableProblem.list(classes))"
    }
  }
}
