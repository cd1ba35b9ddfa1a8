public import DropoutEngine

/// A table that cannot be trained on.
public enum TableProblem: Equatable, Sendable {
  /// The bytes are no UTF-8.
  case notUTF8
  /// A text contains a NUL byte.
  case binary
  /// A line is longer than any line of a table.
  case lineTooLong(limit: Int)
  /// A record has more cells than any table may have.
  case tooManyColumns(most: Int)
  /// There are more inputs than a network may have.
  case tooManyInputs(Int, most: Int)
  /// Two separators give equally many cells in each of the first lines.
  case unclearSeparator(TableSeparator, cells: Int, other: TableSeparator, otherCells: Int)
  /// The comma of a number may stand before decimals or between thousands.
  case unclearDecimal(String)
  /// The lines hold pairs of a number and a value, as sparse data have them.
  case sparse(String)
  /// A quote is never closed.
  case openQuote
  /// Text follows a closing quote.
  case textAfterQuote
  /// No line has values.
  case noValues
  /// No line below the header has values.
  case headerOnly
  /// There is no column besides the target; a mark that may be meant to separate cells.
  case oneColumn(mark: String?)
  /// A line of dashes below the header, as Markdown tables have it.
  case markdown
  /// A first line of one cell above lines of several.
  case title(String, cells: Int)
  /// A line that starts with a mark of comments inside the table.
  case comment(Character)
  /// Two cells that are hardly two numbers, but one with a decimal comma.
  case tornDecimals(String)
  /// A line and the first one have different numbers of cells; decimal commas may be why.
  case wrongCellCount(Int, first: Int, firstLine: Int, mayBeTorn: Bool)
  /// A requested column does not exist; without a header, columns have only numbers.
  case noSuchColumn(String, option: String, columns: [String], hasHeader: Bool)
  /// A column is requested twice.
  case columnTwice(String, option: String)
  /// Two columns have the requested name.
  case nameTwice(String, option: String, columns: Int, Int)
  /// A column is requested as target, and to be left out.
  case targetIsLeftOut(String)
  /// A column is requested both as target and as input.
  case targetIsInput(String)
  /// A column is requested as input, but cannot be one.
  ///
  /// A number of different words is few enough to be made inputs of.
  case unusableInput(String, String, words: Int?)
  /// No column is left to be an input.
  case noInputs(leftOut: [LeftOutColumn])
  /// Each row misses a value; the columns, from 0, in which one is missing.
  case allRowsDropped(Int, columns: [Int])
  /// One of several target columns holds words.
  case wordsAmongTargets(String)
  /// Several target columns are to be classes, but are not one-hot.
  case notOneHot([String])
  /// The columns of the test file differ.
  case columnsDiffer(columns: Int, training: Int, trainingPath: String)
  /// A cell has the wrong content; nil where it is blank.
  case wrongCell(String?, Expectation)
  /// The target has more distinct values than there can be classes, or than repeat in the rows;
  /// other columns may be the target. A first value is given where all are dates.
  case tooManyClasses(target: String, classes: Int, rows: Int, date: String?, others: [Column])
  /// All targets are the same number; another column, by number, looks like labels.
  case constantTarget(String, value: String, labels: Int?)
  /// All examples have the same target; another column, by number, looks like labels.
  case oneClass(String, labels: Int?)

  /// A column that is left out, and why.
  public struct LeftOutColumn: Equatable, Sendable {
    /// Its place among the columns, from 0.
    public var column: Int
    /// Its name.
    public var name: String
    /// The reason.
    public var reason: String
    /// The number of its different words, where inputs can be made of them.
    public var words: Int?
  }

  /// A column that can be named instead of another.
  public struct Column: Equatable, Sendable {
    /// Its place among the columns, from 0.
    public var column: Int
    /// Its name.
    public var name: String
  }

  /// The expected content of a cell.
  public enum Expectation: Equatable, Sendable {
    /// Any number.
    case number
    /// A number without anything about it.
    case plainNumber
    /// A target that is a number without anything about it.
    case plainTarget
    /// A number of at most this size.
    case numberWithin(Double)
    /// A target.
    case target
    /// A target that is a number, as the others are.
    case targetNumber
    /// A target that is a number, as the task needs it.
    case targetNumberToRegress
    /// One of the words of the training file.
    case oneOf([String])
    /// One 1 in the columns of a one-hot target.
    case oneOne
  }
}

extension TableProblem: CustomStringConvertible {
  /// The value found, and the remedy.
  public var description: String {
    switch self {
    case .notUTF8:
      "is not UTF-8 text; save it as UTF-8, or convert it: iconv -f CP1252 -t UTF-8 FILE > NEW.csv"
    case .binary: "a NUL byte stands there; this is neither text nor an IDX file"
    case .lineTooLong(let limit): "has more than \(limit >> 20) MiB; this is no table"
    case .tooManyColumns(let most):
      "there are more than \(most) columns; a network takes at most \(ImageFiles.mostInputs) inputs"
    case .tooManyInputs(let inputs, let most):
      "there are \(inputs) inputs; a network takes at most \(most) (--inputs chooses)"
    case .unclearSeparator(let one, let cells, let other, let otherCells):
      "has \(cells) cells between \(one.words), or \(otherCells) between \(other.words); "
        + "say which"
    case .unclearDecimal(let text):
      "'\(TableProblem.shown(text))' may be a number with decimals or one above a thousand; say "
        + "which"
    case .sparse(let text):
      "'\(TableProblem.shown(text))' is an index with a value, as sparse (libsvm) files have; "
        + "save it with a column for each index"
    case .openQuote:
      "a quote is opened and never closed; close it, or double a quote that belongs to the text"
    case .textAfterQuote:
      "text follows the closing quote; double a quote that belongs to the text"
    case .noValues: "holds no line with values"
    case .headerOnly: "there is a header, but no line with values below it"
    case .oneColumn(let mark):
      "there is one column; at least one input and a target are needed"
        + (mark.map {
          "; where '\($0)' separates the cells, put commas, semicolons, tabs or pipes in its place"
        } ?? "")
    case .tornDecimals(let text):
      "'\(TableProblem.shown(text))' stands there, which is one number with a decimal comma rather "
        + "than two; " + TableProblem.wholeDecimals
    case .wrongCellCount(let cells, let first, let line, let mayBeTorn):
      "has \(cells) \(cells == 1 ? "cell" : "cells"), but line \(line) has \(first)"
        + (cells == 1 ? "; delete it if it is a remark and no row" : "")
        + (mayBeTorn
          ? "; where its numbers have decimal commas, \(TableProblem.wholeDecimals)" : "")
    case .markdown:
      "is the rule of a Markdown table; delete this line and the pipes at both ends of each line"
    case .title(let text, let cells):
      "'\(TableProblem.shown(text))' is one cell above lines of \(cells); delete it if it is a "
        + "title"
    case .comment(let mark):
      "starts with \(mark), as a comment; comments stand before the table, so delete it"
    case .noSuchColumn(let name, let option, let columns, let hasHeader):
      "there is no column '\(TableProblem.shown(name))' for --\(option); "
        + (hasHeader ? TableProblem.near(name, in: columns) : "")
        + (hasHeader
          ? "there are \(TableProblem.list(columns))"
          : "without a header, give its number, 1 to \(columns.count)")
    case .columnTwice(let name, let option):
      "--\(option) names column '\(TableProblem.shown(name))' twice; name it once"
    case .nameTwice(let name, let option, let first, let second):
      "columns \(first) and \(second) are both named '\(TableProblem.shown(name))'; "
        + "name one by its number: --\(option) \(second)"
    case .targetIsLeftOut(let name):
      "column '\(TableProblem.shown(name))' is the target and cannot be left out; choose another "
        + "--target"
    case .targetIsInput(let name):
      "column '\(TableProblem.shown(name))' is the target and cannot be an input; leave it out of "
        + "--inputs, or choose another --target"
    case .unusableInput(let name, let reason, _):
      "column '\(TableProblem.shown(name))' cannot be an input: \(reason)"
    case .noInputs(let leftOut):
      "no column is left to be an input"
        + leftOut.prefix(3).map { "; '\(TableProblem.shown($0.name))': \($0.reason)" }.joined()
        + (leftOut.count > 3 ? "; and \(leftOut.count - 3) more" : "")
        + (leftOut.isEmpty ? "; choose with --inputs" : "")
    case .allRowsDropped(let rows, _):
      "in each of the \(rows) rows a cell is missing or is no number, so that none is left"
    case .wordsAmongTargets(let name):
      "target column '\(TableProblem.shown(name))' holds words; several targets must be numbers"
    case .notOneHot(let names):
      "the targets \(TableProblem.list(names)) are not one-hot (a 1 in one of them, 0 in the "
        + "others), so they are no classes; name one column"
    case .columnsDiffer(let columns, let training, let path):
      "its \(columns) columns are not those of \(ForeignText.path(path)), which has \(training); "
        + "both files need the same ones in the same order"
    case .wrongCell(let text, let expected):
      (text.map { "'\(TableProblem.shown($0))' stands there" } ?? "the value is missing")
        + "; " + (text.flatMap { expected.need(of: $0) } ?? expected.words)
        + (text.flatMap { DateText($0) }.map { "; it is a \($0.name): \($0.remedy)" } ?? "")
    case .tooManyClasses(let target, _, _, let date?, _):
      "the target '\(TableProblem.shown(target))' \(DateText.holding(date)), or choose another "
        + "--target"
    case .tooManyClasses(let target, let classes, let rows, nil, _):
      "the target '\(TableProblem.shown(target))' has \(classes) distinct values in \(rows) rows"
        + (classes > TargetColumn.mostClasses
          ? "; at most \(TargetColumn.mostClasses) classes are possible"
          : ", so they hardly repeat")
        + "; choose another --target"
    case .constantTarget(let name, let value, _):
      "the target '\(TableProblem.shown(name))' is \(TableProblem.shown(value)) in each row, so "
        + "there is nothing to learn; choose another --target"
    case .oneClass(let value, _):
      "all targets are '\(TableProblem.shown(value))'; at least two classes are needed"
    }
  }
}

extension TableProblem {
  /// The remedy for decimal commas in a table of commas.
  static let wholeDecimals =
    "export it with semicolons between cells, with decimal points, or with quotes around numbers"

  /// A cell or a name, shortened to fit into a sentence.
  private static func shown(_ text: String) -> String { ForeignText.shown(text, limit: 40) }

  /// A question after the name that was meant; empty where no name is near.
  fileprivate static func near(_ name: String, in columns: [String]) -> String {
    let found = NameDistance.nearest(
      to: name, in: columns.filter { $0.count >= 3 || $0.lowercased() == name.lowercased() })
    return found.map { "did you mean '\(shown($0))'? " } ?? ""
  }

  /// The first names of a list, which may be long.
  static func list(_ names: [String]) -> String {
    names.prefix(8).map { shown($0) }.joined(separator: ", ") + (names.count > 8 ? ", …" : "")
  }
}
